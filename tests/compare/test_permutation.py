"""Permutation by document against scipy and enumeration, and how often it cries wolf."""

import json
import tracemalloc
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.sparse import csr_matrix

from difang import project
from difang.compare import arrangements
from difang.compare.permutation import DRAWS, Sides, permutation_test, permutation_tests

GOLD = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "gold" / "statistics.json").read_text(encoding="utf-8")
    )
}


def first(k, n):
    return np.arange(n) < k


def difference(x, y, axis):
    return np.mean(x, axis=axis) - np.mean(y, axis=axis)


def apart(x, y, axis):
    return np.abs(difference(x, y, axis))


@given(
    st.integers(1, 4),
    st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=5, max_size=8),
)
@settings(deadline=None, max_examples=40)
def test_p_is_the_share_of_arrangements_as_far_from_equal(k, rows):
    rates = np.array(rows, float)
    tested = permutation_test(csr_matrix(rates), first(k, len(rows)))
    every = [
        np.abs(rates[list(c)].mean(axis=0) - np.delete(rates, list(c), axis=0).mean(axis=0))
        for c in combinations(range(len(rows)), k)
    ]
    observed = every[0]
    assert tested.p == pytest.approx((np.array(every) >= observed - 1e-9).mean(axis=0))
    assert tested.exact
    assert tested.q == pytest.approx(stats.false_discovery_control(tested.p))


@given(
    st.lists(st.integers(0, 6), min_size=4, max_size=6).flatmap(
        lambda side: st.tuples(st.just(side), st.permutations(side))
    )
)
@settings(deadline=None, max_examples=60)
def test_the_same_rates_on_both_sides_are_never_extreme(sides):
    rates = np.concatenate(sides)[:, None] * 0.1  # whose sums differ in the last digit
    tested = permutation_test(csr_matrix(rates), first(len(sides[0]), len(rates)))
    assert tested.p[0] == 1


@pytest.mark.parametrize("sizes", GOLD["G22"]["input"])
def test_the_floor_is_one_arrangement(sizes):
    n1, n2 = map(int, sizes.split("v"))
    rates = csr_matrix(np.ones((n1 + n2, 1)))
    floor = permutation_test(rates, first(n1, n1 + n2)).floor
    assert floor == pytest.approx(GOLD["G22"]["expected"]["one_sided"][sizes])


def test_drawn_p_is_near_that_of_scipy():
    random = np.random.default_rng(7)
    rates = random.gamma(2, size=(40, 6)) + np.linspace(0, 1.2, 6) * first(15, 40)[:, None]
    tested = permutation_test(csr_matrix(rates), first(15, 40))
    assert not tested.exact and tested.draws == DRAWS
    oracle = stats.permutation_test(
        (rates[:15], rates[15:]), difference, vectorized=True, n_resamples=9999, axis=0, rng=1
    ).pvalue
    assert tested.p == pytest.approx(oracle, abs=0.02)


def test_the_same_data_give_the_same_p():
    rates = csr_matrix(np.random.default_rng(3).random((60, 50)))
    one, other = (permutation_test(rates, first(20, 60)) for _ in range(2))
    assert (one.p == other.p).all() and (one.q == other.q).all()


def test_p_is_the_same_for_any_number_of_cores(monkeypatch, tmp_path):
    monkeypatch.setattr(arrangements, "_PACE", (1, 1, 1, 1))  # so slow that processes pay
    rates = csr_matrix(np.random.default_rng(3).random((60, 50)))
    found = []
    for cores in "123":
        monkeypatch.setenv("DIFANG_CORES", cores)
        monkeypatch.setattr(project, "CACHE", tmp_path / cores)
        found.append(permutation_test(rates, first(20, 60)))
    assert (found[0].p == found[1].p).all() and (found[0].p == found[2].p).all()


def years(random, terms):
    """Documents of four years, each compared with the years before it."""
    rates, year = random.gamma(2, size=(48, terms)), np.repeat(np.arange(4), 12)
    rates[:, 0] += 0.5 * year
    sides = [(np.flatnonzero(year == y), np.flatnonzero(year < y)) for y in (1, 2, 3)]
    return rates, [Sides(*one, np.arange(y, terms)) for y, one in enumerate(sides)]


def test_each_of_several_comparisons_has_the_p_of_scipy():
    rates, compared = years(np.random.default_rng(7), 5)
    for sides, tested in zip(compared, permutation_tests(csr_matrix(rates), compared), strict=True):
        of = [rates[rows][:, sides.terms] for rows in sides[:2]]
        oracle = stats.permutation_test(
            of, apart, vectorized=True, n_resamples=9999, axis=0, rng=1, alternative="greater"
        ).pvalue
        assert not tested.exact
        assert tested.p == pytest.approx(oracle, abs=0.02)


@pytest.mark.parametrize("size", [4, 12])  # all arrangements; drawn
def test_documents_of_no_comparison_change_nothing(size):
    rates = np.random.default_rng(9).gamma(2, size=(4 * size, 5))
    inside = np.flatnonzero(np.arange(4 * size) % 4 % 3)  # two of four
    sides = Sides(inside[:size], inside[size:], np.arange(5))
    tested = permutation_tests(csr_matrix(rates), [sides])[0]
    alone = permutation_test(csr_matrix(rates[inside]), first(size, 2 * size))
    assert tested.p.tolist() == alone.p.tolist()


def test_what_many_comparisons_share_is_held_once():
    rates = csr_matrix(np.random.default_rng(3).gamma(2, size=(200, 500)))
    places, terms = np.arange(200), np.arange(500)
    sides = [Sides(places[places % 20 == i], places[places % 20 != i], terms) for i in range(20)]

    def peak(compared):
        tracemalloc.start()
        permutation_tests(rates, compared)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    assert peak(sides) - peak(sides[:2]) < 2 * (rates.data.nbytes + rates.indices.nbytes)


def test_where_all_arrangements_are_looked_at_a_comparison_among_others_is_as_alone():
    rates = np.random.default_rng(4).gamma(2, size=(14, 6))
    side = np.arange(14) % 3
    compared = [Sides(*map(np.flatnonzero, (side == i, side != i)), np.arange(6)) for i in range(3)]
    for sides, tested in zip(compared, permutation_tests(csr_matrix(rates), compared), strict=True):
        alone = permutation_test(csr_matrix(rates), np.isin(np.arange(14), sides.target))
        assert tested.exact
        assert tested.p.tolist() == alone.p.tolist()


@given(st.integers(0, 2**32), st.booleans(), st.integers(1, 3))
@settings(deadline=None, max_examples=20)
def test_what_is_dealt_is_as_often_extreme_as_of_all_arrangements(seed, alone, number):
    random = np.random.default_rng(seed)
    sizes = np.ones(11) if alone else random.integers(1, 4, 11).astype(float)
    units = np.arange(11) if alone else np.arange(9)  # two are in no comparison
    rates = csr_matrix(random.gamma(2, size=(11, 8)) * sizes[:, None])
    sides = [np.array(side) for side in ([0, 3, 5], [1, 2, 4, 6], [7])][:number]
    trials = [arrangements.Trial(rates, sizes, units, side) for side in sides]
    dealt = arrangements.dealt(trials, [8000] * number, seed)
    for trial, found in zip(trials, dealt, strict=True):
        share = arrangements.every(trial) / len([*combinations(units, len(trial.chosen))])
        assert found / 8000 == pytest.approx(share, abs=5 * np.sqrt(0.25 / 8000))


@pytest.mark.parametrize("few", [0, 2])  # as below
@pytest.mark.parametrize("others", [0, 1])  # comparisons tested beside
def test_as_far_as_observed_is_as_extreme_where_all_hold_the_same(few, others, monkeypatch):
    monkeypatch.setattr(arrangements, "_FEW", few)
    n, k, held = 200, 40, np.array([7, 30, 90, 140])
    there = np.array([3, 9, 25, 33])  # documents of the target with the term
    place, rates = np.arange(n)[:, None], np.array([1 / 3, 1234.5678, 10 / 7, 0.1])
    inside = (place < there) | ((place >= k) & (place < k + held - there))
    sides = [Sides(np.arange(k), np.arange(k, n), np.arange(4))] * (1 + others)
    tested = permutation_tests(csr_matrix(inside * rates), sides)[0]
    ways = np.arange(k + 1)[:, None]
    far = np.abs(ways * n - k * held) >= np.abs(there * n - k * held)
    share = (stats.hypergeom.pmf(ways, n, held, k) * far).sum(axis=0)
    assert tested.p == pytest.approx(share, abs=5 * np.sqrt(0.25 / DRAWS), rel=0)
    assert (tested.p > share * 0.8).all()


@pytest.mark.parametrize("few", [0, 2])  # none are few, all are
def test_sums_of_few_and_of_many_are_the_same(few, monkeypatch):
    rates = np.random.default_rng(6).random((30, 7)) * (np.arange(7) > 2)
    chosen = np.array([[0, 3, 29, 4], [9, 8, 7, 1], [29, 28, 27, 26]])
    monkeypatch.setattr(arrangements, "_FEW", few)
    found = arrangements._sums(csr_matrix(rates), chosen)
    assert found == pytest.approx(rates[chosen].sum(axis=1))


def test_a_clear_difference_among_many_terms_can_reach_q():
    random = np.random.default_rng(5)
    rates = random.gamma(2, size=(40, 800))
    rates[:20, 0] += 30
    tested = permutation_test(csr_matrix(rates), first(20, 40))
    assert tested.p[0] < 1 / (DRAWS + 1)  # drawn afresh
    assert tested.q[0] < 0.05


@pytest.mark.parametrize("terms", [800, 3_000])
def test_rare_arrangements_are_drawn_twenty_times_as_often_as_there_are_terms(terms):
    rates = np.random.default_rng(5).gamma(2, size=(40, terms))
    rates[:20, :150] += 30
    tested = permutation_test(csr_matrix(rates), first(20, 40))
    assert tested.floor == pytest.approx(1 / (20 * terms + 1))
    assert (tested.p[:150] == tested.p.min()).all()
    assert tested.p.min() == pytest.approx(tested.floor)
    assert (tested.q[:150] < 0.05).all()


def test_no_p_is_below_what_the_arrangements_allow():
    for documents in (53, 55, 61):  # 23,426 to 35,990 ways, and 56,000 draws
        rates = np.random.default_rng(5).gamma(2, size=(documents, 2800))
        rates[:3, :5] += 40
        tested = permutation_test(csr_matrix(rates), first(3, documents))
        assert tested.p.min() >= tested.floor - 1e-15
        assert tested.floor == pytest.approx(1 / tested.arrangements)


def test_without_a_difference_few_terms_have_a_small_p_even_if_words_cluster():
    random = np.random.default_rng(11)
    shares = random.dirichlet(np.full(400, 0.05), size=50)  # bursty: few words a document
    counts = np.array([random.multinomial(800, share) for share in shares])
    held = (counts > 0).sum(axis=0) >= 5
    tested = permutation_test(csr_matrix(counts[:, held] / 800.0), first(25, 50))
    assert 0.02 <= (tested.p < 0.05).mean() <= 0.08
    assert (tested.q < 0.05).sum() == 0


def step_up(p):
    """Adjust p as Benjamini & Hochberg (1995) say, in a plain loop."""
    adjusted, least = [0.0] * len(p), 1.0
    for rank, i in reversed(list(enumerate(sorted(range(len(p)), key=lambda i: p[i]), 1))):
        adjusted[i] = least = min(least, p[i] * len(p) / rank)
    return adjusted


def test_q_is_that_of_benjamini_and_hochberg():
    case = GOLD["G15"]
    adjusted = step_up(case["input"])
    assert adjusted == pytest.approx(case["expected"]["adjusted"], abs=case["tol"])
    assert sum(q < 0.05 for q in adjusted) == case["expected"]["rejected_at_05"]
    random = np.random.default_rng(8)
    rates = random.gamma(2, size=(12, 15)) + np.linspace(0, 4, 15) * first(6, 12)[:, None]
    tested = permutation_test(csr_matrix(rates), first(6, 12))
    assert tested.q.tolist() == pytest.approx(step_up(tested.p.tolist()), abs=1e-12)
    assert 0 < (tested.q < 0.05).sum() < 15


def test_clusters_change_sides_together():
    rates = csr_matrix(np.array([[9.0], [9], [9], [1], [1], [1], [1], [1], [1]]))
    clusters = np.array([1, 1, 1, 2, 2, 2, 3, 3, 3])
    alone = permutation_test(rates, first(3, 9))
    together = permutation_test(rates, first(3, 9), clusters=clusters)
    assert (alone.arrangements, together.arrangements) == (84, 3)
    assert alone.p[0] == pytest.approx(1 / 84)
    assert together.p[0] == pytest.approx(1 / 3)


def test_each_document_a_cluster_is_no_cluster():
    rates = csr_matrix(np.random.default_rng(2).random((9, 5)))
    alone = permutation_test(rates, first(4, 9))
    assert alone.p == pytest.approx(permutation_test(rates, first(4, 9), clusters=np.arange(9)).p)


def test_a_cluster_on_both_sides_is_refused():
    with pytest.raises(ValueError, match="both sides"):
        permutation_test(csr_matrix(np.ones((4, 1))), first(2, 4), clusters=np.array([1, 2, 2, 3]))
