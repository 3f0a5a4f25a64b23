"""Simulations of what the inference must do, on made-up documents whose words cluster.

Each document draws its own shares around the common ones (Dirichlet; the smaller the concentration,
the burstier its words), then its tokens from them. Out comes a table of what was measured beside
its goal; the exit status is 1 if one is missed. `--runs 3` for a quick look.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from difang.compare.headline import headline, single_document
from difang.compare.inference import LEVEL, inference
from difang.compare.measures import placebo
from difang.compare.resampling import bounds
from difang.compare.testing import MIN_DOCS
from difang.compare.tfidf import tfidf_contrast
from difang.words.counting import Counts

Array = npt.NDArray[np.float64]

BURSTY, MILD = 400.0, 4000.0  # concentrations
TERMS, TOKENS = 3_000, 2_000  # of the language, of a document
COMMON = (1 / np.arange(3, TERMS + 3)) / (1 / np.arange(3, TERMS + 3)).sum()  # Zipf
OFTEN = 10  # documents (counties) and a quarter of all hold a term: p can fall below .05 freely
RUNS, SEED = 20, 20_160_318
BAND = (0.03, 0.07)  # share of terms with p < .05 where nothing differs
TARGET, OTHER = "甲", "乙"


class Line(NamedTuple):
    """A row of the table: what was measured, between which bounds it must lie (if any)."""

    what: str
    where: str
    measured: float
    low: float | None = None
    high: float | None = None


def documents(
    random: np.random.Generator,
    sizes: tuple[int, int],
    *,
    concentration: float = BURSTY,
    raised: npt.NDArray[np.intp] | None = None,
    counties: int = 1,
) -> Counts:
    """Make up documents of two groups.

    Parameters
    ----------
    sizes : pair of int
        Documents of the target, and of the other group.
    concentration : float
        Of the Dirichlet distribution of the shares of a document.
    raised : array of int, optional
        Terms that the target uses three times as often.
    counties : int, default 1
        Documents that share their shares: one county, one burst.
    """
    shares = np.tile(COMMON, (sum(sizes), 1))
    if raised is not None:
        shares[: sizes[0], raised] *= 3
    drawn = random.gamma(shares[::counties] * concentration) + 1e-300
    drawn = np.repeat(drawn / drawn.sum(axis=1, keepdims=True), counties, axis=0)
    matrix = csr_matrix(random.multinomial(TOKENS, drawn[: sum(sizes)]).astype(np.int32))
    index = pd.Index([f"d{i:04}" for i in range(sum(sizes))], dtype="str")
    columns = {"side": [TARGET] * sizes[0] + [OTHER] * sizes[1]}
    columns["county"] = [f"县{i // counties}" for i in range(sum(sizes))]
    terms = pd.Index([f"词{i:04}" for i in range(TERMS)], dtype="str")
    return Counts(matrix, terms, pd.DataFrame(columns, index=index))


def tested(counts: Counts, *, cluster: str | None = None, min_docs: int = MIN_DOCS) -> pd.DataFrame:
    """Score and test the target, by the library's own way."""
    scores = tfidf_contrast(counts, by="side", target=TARGET)
    return inference(scores, counts, cluster=cluster, min_docs=min_docs, resamples=0)


def small(scores: pd.DataFrame, counts: Counts, *, cluster: str | None = None) -> Array:
    """Count the tested terms with p < .05, and all: of any, and of those that are often held.

    These stand in a quarter of the documents (with a cluster: of the clusters) and in ten. The p of
    a rarer one takes few values, and its size lies below the level.
    """
    units = counts.matrix > 0
    if cluster:
        codes = pd.factorize(counts.documents[cluster])[0]
        units = csr_matrix((np.ones(len(codes)), (codes, np.arange(len(codes))))) @ units > 0
    held = pd.Series(np.asarray(units.sum(axis=0)).ravel(), index=counts.terms)
    p = scores.set_index("term")["p"].dropna()
    often = p[held[p.index] >= max(OFTEN, units.shape[0] / 4)]
    return np.array([(p < LEVEL).sum(), len(p), (often < LEVEL).sum(), len(often)], dtype=float)


def size(seed: int, sizes: tuple[int, int], concentration: float, runs: int) -> Array:
    """Count terms with p < .05 where nothing differs, as `small` does, over all runs."""
    random = np.random.default_rng(seed)
    every = (documents(random, sizes, concentration=concentration) for _ in range(runs))
    total: Array = np.sum([small(tested(counts), counts) for counts in every], axis=0)
    return total


def planted(
    seed: int, concentration: float, times: tuple[float, float], min_docs: int = MIN_DOCS
) -> Array:
    """Raise 20 words in 40 of 80 documents: the found, the wrongly found, and `small` of a placebo.

    The words are some that a document holds so many times on average.
    """
    random = np.random.default_rng(seed)
    mean = COMMON * TOKENS
    often = np.flatnonzero((mean >= times[0]) & (mean <= times[1]))
    raised = random.choice(often, 20, replace=False)
    counts = documents(random, (40, 40), concentration=concentration, raised=raised)
    scores = tested(counts, min_docs=min_docs)
    hits = set(scores.loc[(scores["q"] < LEVEL) & (scores["score"] > 0), "term"])
    true = set(counts.terms[raised])
    dealt = small(placebo(scores, counts, min_docs=min_docs), counts)
    return np.array([len(hits & true), len(hits - true), *dealt])


def repeated(seed: int, sizes: tuple[int, int]) -> tuple[int, int]:
    """Put a word 50 times into one document: its place in the headline and the second list.

    0 where it stands in none.
    """
    counts = documents(np.random.default_rng(seed), sizes)
    matrix = counts.matrix.tolil()
    matrix[0, TERMS - 1] = 50
    counts = Counts(matrix.tocsr(), counts.terms, counts.documents)
    scores = tested(counts)
    lists = (one(scores, group=TARGET, top=TERMS) for one in (headline, single_document))
    first, second = (list(rows["term"]) for rows in lists)
    word = counts.terms[-1]
    return tuple(rows.index(word) + 1 if word in rows else 0 for rows in (first, second))  # type: ignore[return-value]


def clustered(seed: int, runs: int) -> tuple[float, float]:
    """Give the share of small p with counties moved whole, and with their documents one by one.

    Of terms that a quarter of the counties hold, and ten.
    """
    random = np.random.default_rng(seed)
    every = [documents(random, (40, 40), counties=5) for _ in range(runs)]
    shares = []
    for cluster in ("county", None):
        each = [small(tested(c, cluster=cluster), c, cluster="county") for c in every]
        low, all_ = np.sum(each, axis=0)[2:]
        shares.append(low / all_)
    return shares[0], shares[1]


def coverage(seed: int, documents_each: int, runs: int) -> float:
    """Give how often the interval of a difference of rates holds 0, where nothing differs.

    Of terms that a document holds twice or more on average.
    """
    random, held = np.random.default_rng(seed), []
    for _ in range(runs):
        counts = documents(random, (documents_each, documents_each))
        rates = counts.rates()[:, np.flatnonzero(COMMON * TOKENS >= 2)]
        rows = np.arange(2 * documents_each)
        found = bounds(rates, rows[:documents_each], [rows[documents_each:]], seed=seed)
        held.append(((found.score_low <= 0) & (found.score_high >= 0)).mean())
    return float(np.mean(held))


def lines(runs: int) -> Iterator[Line]:
    """Run all simulations."""
    for concentration, name in ((BURSTY, "bursty"), (MILD, "mild")):
        for sizes in ((3, 3), (5, 5), (5, 20), (10, 10), (40, 40), (100, 100)):
            some = max(runs // 4, 2) if sum(sizes) > 50 else runs
            low, every, low_often, often = size(SEED, sizes, concentration, some)
            where = f"{sizes[0]} v {sizes[1]}, {name}"
            yield Line("p < .05, nothing differs: all terms", where, low / every, 0, BAND[1])
            if sum(sizes) >= OFTEN:
                share = low_often / often
                yield Line("p < .05, nothing differs: terms of many", where, share, *BAND)
    for concentration, name, times, goal, min_docs in (
        (MILD, "mild", (2, 20), 16, MIN_DOCS),
        (BURSTY, "bursty", (4, 20), 16, MIN_DOCS),
        (BURSTY, "bursty", (2, 4), None, MIN_DOCS),
        (BURSTY, "bursty", (2, 4), 16, 20),
    ):
        seeds = range(SEED, SEED + runs)
        each = np.array([planted(seed, concentration, times, min_docs) for seed in seeds])
        found, false, _, _, low, every = each.mean(axis=0)
        where = f"40 v 40, {name}" + f", in {min_docs}" * (min_docs > MIN_DOCS)
        words = f"20 words ({times[0]} to {times[1]} a document) at 3x"
        yield Line(f"{words}: found", where, found, goal, goal and 20)
        yield Line(f"{words}: in the worst run", where, each[:, 0].min())
        yield Line("false share of what is found", where, false / (found + false), 0, 0.1)
        yield Line("placebo: p < .05, terms of many", where, low / every, *BAND)
    for sizes in ((3, 5), (5, 20), (10, 10), (40, 40)):
        ranks = [repeated(seed, sizes) for seed in range(SEED, SEED + runs)]
        where = f"{sizes[0]} v {sizes[1]}, bursty"
        yield Line(
            "50 times in one document: in headline", where, sum(a > 0 for a, _ in ranks), 0, 0
        )
        yield Line(
            "50 times in one document: not in 单篇词", where, sum(b == 0 for _, b in ranks), 0, 0
        )
        yield Line(
            "50 times in one document: rank there, median", where, np.median(ranks, axis=0)[1]
        )
    whole, alone = clustered(SEED, max(runs // 4, 2))
    yield Line("5 documents a county, moved whole", "40 v 40, bursty", whole, *BAND)
    yield Line("5 documents a county, one by one: inflated", "40 v 40, bursty", alone, 0.15, 1)
    for each_side, expected in ((5, 0.89), (10, 0.92), (50, 0.95)):
        where = f"{each_side} v {each_side}, bursty"
        held = coverage(SEED, each_side, runs)
        yield Line("interval of nominal 95 % holds the truth", where, held, expected - 0.03,
                   expected + 0.03)  # fmt: skip


def main() -> int:
    """Print the table; tell whether every goal is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    missed = 0
    for line in lines(parser.parse_args().runs):
        low, high = (-np.inf if line.low is None else line.low), line.high
        met = low <= line.measured <= (np.inf if high is None else high)
        missed += not met
        goal = "" if high is None else f"{max(low, 0):g} to {high:g}"
        said = f"{line.what:50s} {line.where:18s} {line.measured:8.3f}   {goal:13s}"
        print(said, ("met" if met else "MISSED") if goal else "", flush=True)
    return int(missed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
