"""Mann-Kendall: published values, scipy, and all orders counted one by one."""

import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau, theilslopes

from difang.compare.kendall import mann_kendall, smallest_p, theil_sen

GOLD = Path(__file__).parents[1] / "gold" / "statistics.json"


@pytest.fixture(scope="module")
def gold():
    return {case["id"]: case for case in json.loads(GOLD.read_text(encoding="utf-8"))}


def test_gilberts_four_years(gold):
    case = gold["G19"]
    found = mann_kendall(case["input"])
    assert found.s == case["expected"]["S"]
    assert found.p == pytest.approx(case["expected"]["p_two_sided_exact"], abs=1e-12)


def test_seven_years_of_two_libraries(gold):
    case = gold["G20"]
    found = mann_kendall(case["input"])
    assert found.s == case["expected"]["S"]
    assert found.tau == pytest.approx(case["expected"]["tau"], abs=case["tol"])
    assert found.p == pytest.approx(case["expected"]["p_exact"], abs=1e-12)
    assert abs(found.p - case["expected"]["p_normal"]) > 0.005  # not the approximation


def test_the_smallest_p_of_few_periods(gold):
    for periods, p in gold["G21"]["expected"].items():
        assert smallest_p(int(periods)) == pytest.approx(p, abs=1e-12)
        assert mann_kendall(range(int(periods))).p == pytest.approx(p, abs=1e-12)


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=14, unique=True))
def test_without_ties_it_is_that_of_scipy(series):
    theirs = kendalltau(range(len(series)), series, method="exact")
    found = mann_kendall(series)
    assert found.p == pytest.approx(theirs.pvalue, abs=1e-12)
    assert found.tau == pytest.approx(theirs.statistic, abs=1e-12)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=6))
def test_with_ties_all_orders_are_counted(series):
    def s(order):
        return sum(np.sign(b - a) for i, a in enumerate(order) for b in order[i + 1 :])

    scores = np.abs([s(order) for order in permutations(series)])
    assert mann_kendall(series).p == pytest.approx(np.mean(scores >= abs(s(series))), abs=1e-12)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=12).filter(lambda one: len({*one}) > 1))
def test_with_ties_tau_is_tau_b(series):
    theirs = kendalltau(range(len(series)), series).statistic
    assert mann_kendall(series).tau == pytest.approx(theirs, abs=1e-12)


def test_a_constant_series_has_no_tau_and_no_evidence():
    found = mann_kendall([2, 2, 2, 2, 2])
    assert (found.s, found.p) == (0, 1)
    assert np.isnan(found.tau)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=20))
def test_backwards_it_falls_as_it_rose(series):
    there, back = mann_kendall(series), mann_kendall(series[::-1])
    assert (there.s, there.p) == (-back.s, back.p)


def test_the_slope_of_seven_years_of_two_libraries(gold):
    case = gold["G20"]
    slopes = theil_sen(range(7), np.array([case["input"]]).T).ravel()
    expected = [case["expected"][name] for name in ("sen_slope", "sen_lo95", "sen_hi95")]
    assert slopes == pytest.approx(expected, abs=case["tol"])


SERIES = st.integers(5, 16).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=1, max_size=4)
)


@given(SERIES, st.integers(1, 3))
def test_slopes_and_limits_are_those_of_scipy_series_by_series(series, step):
    periods = np.cumsum(np.arange(len(series[0])) % step + 1)
    found = theil_sen(periods, np.transpose(series))
    theirs = [theilslopes(one, periods) for one in series]
    expected = np.array([[one.slope, one.low_slope, one.high_slope] for one in theirs]).T
    np.testing.assert_allclose(found, expected)
