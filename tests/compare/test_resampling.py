"""Bounds by resampling documents: against numpy by hand, and how often they hold the truth."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from difang import project
from difang.compare import kept, resampling
from difang.compare.resampling import bounds, bounds_of_each, drawn


def groups_of(*sizes):
    stops = np.cumsum(sizes)
    return [np.arange(stop - size, stop) for size, stop in zip(sizes, stops, strict=True)]


def test_leave_one_out_is_the_range_of_the_scores_without_each_document():
    weights = np.random.default_rng(1).random((9, 12))
    target, *others = groups_of(4, 3, 2)
    fixed = np.mean([weights[rows].mean(axis=0) for rows in others], axis=0)
    without = [np.delete(weights[target], i, axis=0).mean(axis=0) - fixed for i in range(4)]
    ranks = np.argsort(np.argsort(-np.array(without), axis=1), axis=1) + 1
    found = bounds(csr_matrix(weights), target, others)
    assert found.kind == "range"
    assert found.score_low == pytest.approx(np.min(without, axis=0))
    assert found.score_high == pytest.approx(np.max(without, axis=0))
    assert (found.rank_low == ranks.min(axis=0)).all()
    assert (found.rank_high == ranks.max(axis=0)).all()
    assert np.isnan(found.rank_median).all() and np.isnan(found.top_share).all()


@pytest.mark.parametrize("size", [1, 2])
def test_one_or_two_documents_have_no_bounds(size):
    found = bounds(csr_matrix(np.random.default_rng(1).random((9, 3))), *split(size))
    assert found.kind == ""
    for array in (found.score_low, found.score_high, found.rank_low, found.rank_high):
        assert np.isnan(array).all()


def split(size):
    return np.arange(size), [np.arange(size, 9)]


def test_the_interval_is_that_of_numpy_drawn_again_and_again():
    random = np.random.default_rng(4)
    weights = random.gamma(2, size=(30, 4))
    target, *others = groups_of(12, 10, 8)
    found = bounds(csr_matrix(weights), target, others, resamples=4000)
    again = np.array([
        weights[random.choice(target, 12)].mean(axis=0)
        - np.mean([weights[random.choice(rows, len(rows))].mean(axis=0) for rows in others], axis=0)
        for _ in range(4000)
    ])  # fmt: skip
    low, high = np.quantile(again, (0.025, 0.975), axis=0)
    spread = (high - low).max()
    assert found.kind == "interval"
    assert found.score_low == pytest.approx(low, abs=0.06 * spread)
    assert found.score_high == pytest.approx(high, abs=0.06 * spread)


def test_the_interval_holds_the_true_difference_about_as_often_as_it_says():
    random = np.random.default_rng(9)
    target, *others = groups_of(30, 30)
    held = []
    for _ in range(40):
        weights = random.gamma(2, size=(60, 20))  # no difference
        found = bounds(csr_matrix(weights), target, others, resamples=300)
        held.append((found.score_low <= 0) & (found.score_high >= 0))
    assert 0.91 <= np.mean(held) <= 0.97


def test_ranks_are_those_of_numpy_with_ties_by_place():
    random = np.random.default_rng(12)
    weights = random.integers(0, 3, size=(16, 70)) / 8  # many ties, and sums without rounding
    found = bounds(csr_matrix(weights), np.arange(8), [np.arange(8, 16)], resamples=150, seed=5)
    again = np.concatenate(list(drawn(8, [8], 150, 5))) @ weights
    ranks = np.empty(again.shape, int)
    for row, scores in zip(ranks, again, strict=True):
        row[np.argsort(-scores, kind="stable")] = np.arange(1, 71)
    low, median, high = np.quantile(ranks, [0.05, 0.5, 0.95], axis=0)
    assert found.rank_low == pytest.approx(low)
    assert found.rank_median == pytest.approx(median)
    assert found.rank_high == pytest.approx(high)
    assert found.top_share == pytest.approx((ranks <= 20).mean(axis=0))
    assert found.score_low == pytest.approx(np.quantile(again, 0.025, axis=0))


def test_resamples_keep_the_number_of_documents_and_the_signs_of_the_sides():
    shares = np.concatenate(list(drawn(6, [4, 3], 230, 1)))
    assert shares.shape == (230, 13)
    for side, total in ((slice(0, 6), 1), (slice(6, 10), -0.5), (slice(10, 13), -0.5)):
        assert shares[:, side].sum(axis=1) == pytest.approx(total)


def test_the_same_data_give_the_same_bounds():
    weights = csr_matrix(np.random.default_rng(1).random((20, 30)))
    target, *others = groups_of(8, 6, 6)
    one, other = (bounds(weights, target, others, resamples=50) for _ in range(2))
    assert (one.score_low == other.score_low).all()
    assert (one.rank_high == other.rank_high).all()


def test_a_term_of_one_document_has_a_wide_rank():
    random = np.random.default_rng(6)
    weights = random.gamma(20, 0.05, size=(20, 30))
    weights[:10, 0] += 3  # all documents of the target
    weights[0, 1] += 35  # one of them
    found = bounds(csr_matrix(weights), *groups_of(10, 10)[:1], groups_of(10, 10)[1:])
    assert (found.rank_low[0], found.rank_high[0]) == (1, 2)
    assert found.rank_high[1] > 10


def test_several_groups_are_bounded_as_each_alone_for_any_number_of_cores(monkeypatch, tmp_path):
    monkeypatch.setattr(resampling, "_PACE", 1)  # so slow that processes pay
    weights = csr_matrix(np.random.default_rng(4).random((24, 9)))
    rows = np.arange(24).reshape(4, 6)
    sides = [(rows[i], [rows[j] for j in range(4) if j != i]) for i in range(4)]
    alone = [bounds(weights, *one, resamples=50) for one in sides]
    for cores in "12":
        monkeypatch.setenv("DIFANG_CORES", cores)
        monkeypatch.setattr(project, "CACHE", tmp_path / cores)
        together = [*bounds_of_each(weights, sides, resamples=50)]
        for one, other in zip(alone, together, strict=True):
            assert one.kind == other.kind == "interval"
            assert all((a == b).all() for a, b in zip(one[:-1], other[:-1], strict=True))
    assert (alone[0].score_low != alone[1].score_low).any()


def test_kept_bounds_are_those_of_the_same_weights_sides_and_draws_only(monkeypatch, tmp_path):
    monkeypatch.setattr(kept, "WORTH", 0)
    made = []

    def intervals(*given):
        made.append(given)
        return drawn_anew(*given)

    drawn_anew = resampling._intervals
    monkeypatch.setattr(resampling, "_intervals", intervals)
    weights = csr_matrix(np.random.default_rng(4).random((24, 9)))
    target, *others = groups_of(8, 8, 8)
    asked = [
        ((weights, target, others), {}),
        ((weights[::-1].tocsr(), target, others), {}),
        ((weights, others[0], [target, others[1]]), {}),
        ((weights, target, others[::-1]), {}),
        ((weights, target, [np.concatenate(others)]), {}),
        ((weights, target, others), {"seed": 1}),
        ((weights, target, others), {"resamples": 60}),
    ]

    def ask(place):
        monkeypatch.setattr(project, "CACHE", tmp_path / place)
        return [bounds(*of, **{"resamples": 50, **how}) for of, how in asked]

    alone = [ask(f"alone{i}")[i] for i in range(len(asked))]
    made.clear()
    twice = [ask("together"), ask("together")]
    assert len(made) == len(asked)
    for found in twice:
        for one, other in zip(found, alone, strict=True):
            assert all((a == b).all() for a, b in zip(one[:-1], other[:-1], strict=True))
