"""Association measures against published numbers, scipy, and what must hold of any of them."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from difang.compare.association import c_tfidf, g2, log_odds, log_ratio

GOLD = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "gold" / "statistics.json").read_text(encoding="utf-8")
    )
}


def arrays(*numbers):
    return [np.array([float(number)]) for number in numbers]


def of_tokens(a, b, c, d):
    """Turn the four cells of Dunning's table into the counts and sizes of two sides."""
    return arrays(a, b, a + c, b + d)


@pytest.mark.parametrize("words", GOLD["G04"]["input"])
def test_g2_of_dunning(words):
    value = g2(*of_tokens(*GOLD["G04"]["input"][words]))
    assert abs(value[0]) == pytest.approx(GOLD["G04"]["expected"][words], abs=0.005)


@pytest.mark.parametrize("row", range(3))
def test_g2_of_two_terms_and_of_four_cells(row):
    n, m, size, reference = GOLD["G27"]["input"][row]
    two, four = GOLD["G27"]["expected"][row]
    sides = arrays(n, m, size, reference)
    assert abs(g2(*sides, form="two_term")[0]) == pytest.approx(two, abs=1e-9)
    assert abs(g2(*sides)[0]) == pytest.approx(four, abs=1e-9)


def test_g2_of_the_toy_table_in_both_forms():
    expected = GOLD["G07"]["expected"]
    sides = arrays(3, 7, 10, 9)  # "a" in d1 and d2
    assert abs(g2(*sides)[0]) == pytest.approx(expected["G2"], abs=1e-6)
    assert abs(g2(*sides, form="two_term")[0]) == pytest.approx(expected["G2_two_term"], abs=1e-6)


def test_log_ratio_of_gabrielatos_and_marchi():
    case = GOLD["G08"]
    n, m, size, reference = case["input"]
    value = log_ratio(*arrays(n, m, size, reference))[0]
    assert value == pytest.approx(case["expected"]["log_ratio_exact"], abs=1e-9)
    assert 100 * (2**value - 1) == pytest.approx(case["expected"]["pct_diff"], abs=0.05)


def test_log_odds_with_an_informative_prior():
    case = GOLD["G16"]
    y1, y2 = (np.array(case["input"][key], float) for key in ("y1", "y2"))
    sizes = (np.array(y1.sum()), np.array(y2.sum()))
    z, delta = log_odds(y1, y2, *sizes, prior=10)
    expected = case["expected"]["informative_a0_10"]
    assert z == pytest.approx(expected["z"], abs=1e-9)
    assert delta == pytest.approx(expected["delta"], abs=1e-9)


def test_class_based_tfidf_is_that_of_the_paper():
    case = GOLD["G17"]
    counts = np.array(case["input"])
    values = c_tfidf(counts, counts.sum(axis=1))
    assert values == pytest.approx(np.array(case["expected"]["untruncated"]), abs=1e-9)


sides = st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(1, 9000),
                  st.integers(1, 9000)).map(
    lambda drawn: arrays(drawn[0], drawn[1], drawn[0] + drawn[2], drawn[1] + drawn[3])
)  # fmt: skip


@given(sides.filter(lambda drawn: drawn[0][0] + drawn[1][0] > 0))
@settings(deadline=None, max_examples=80)
def test_g2_equals_scipy_and_has_the_sign_of_the_rates(drawn):
    n, m, size, reference = (float(array[0]) for array in drawn)
    table = [[n, m], [size - n, reference - m]]
    value = g2(*drawn)[0]
    statistic = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert abs(value) == pytest.approx(statistic, rel=1e-6, abs=1e-6)
    assert np.sign(value) in (np.sign(n / size - m / reference), 0)


@given(sides)
@settings(deadline=None, max_examples=80)
def test_changing_sides_changes_the_sign_only(drawn):
    n, m, size, reference = drawn
    for measure in (g2, log_ratio, lambda *counts: log_odds(*counts)[0]):
        there, back = measure(n, m, size, reference), measure(m, n, reference, size)
        assert there == pytest.approx(-back, abs=1e-9, nan_ok=True)


@given(sides)
@settings(deadline=None, max_examples=40)
def test_what_neither_side_says_has_no_value(drawn):
    _, _, size, reference = drawn
    none = np.zeros(1)
    assert np.isnan(log_ratio(none, none, size, reference)[0])
    assert np.isnan(log_odds(none, none, size, reference)[0][0])
    assert g2(none, none, size, reference)[0] == 0
    for measure in (g2, log_ratio, lambda *counts: log_odds(*counts)[0]):
        assert np.isnan(measure(np.ones(1), none, size, none)[0])


def test_a_larger_prior_draws_rare_terms_nearer_to_none():
    few = arrays(3, 0, 1000, 1000)
    assert abs(log_odds(*few, prior=5000)[1][0]) < abs(log_odds(*few, prior=50)[1][0])
