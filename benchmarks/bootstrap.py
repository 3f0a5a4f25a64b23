"""Bootstrap of documents against a loop of `X[idx].sum`: time and memory, in one run on one core.

Out comes a table; the exit status is 1 if the goal is missed. `--resamples 100` for a quick look.
"""

from __future__ import annotations

import argparse
import os
import time
import tracemalloc
from collections.abc import Callable

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # before numpy is loaded

import numpy as np
from scipy.sparse import csr_matrix

from difang.compare.resampling import RESAMPLES, Rows, bounds, drawn

DOCUMENTS, TERMS, TOKENS = 10_000, 100_000, 800
LOOPED = 50  # resamples of the loop; its time grows with their number, nothing else
GOAL = 5.0
SEED = 20_160_318


def corpus(random: np.random.Generator) -> csr_matrix:
    """Return counts of documents × terms, terms as frequent as words are (Zipf)."""
    shares = 1 / np.arange(3, TERMS + 3)
    places = np.searchsorted(shares.cumsum() / shares.sum(), random.random(DOCUMENTS * TOKENS))
    starts = np.arange(0, DOCUMENTS * TOKENS + 1, TOKENS)
    shape = (DOCUMENTS, TERMS)
    counts = csr_matrix((np.ones(DOCUMENTS * TOKENS), places.clip(max=TERMS - 1), starts), shape)
    counts.sum_duplicates()
    return counts


def loop(counts: csr_matrix, resamples: int, *, ranks: bool = False) -> None:
    """Draw documents and add them up, one resample after the other; and rank the terms."""
    random = np.random.default_rng(SEED)
    for _ in range(resamples):
        added = counts[random.integers(0, DOCUMENTS, DOCUMENTS)].sum(axis=0)
        if ranks:
            np.argsort(np.argsort(-np.asarray(added).ravel(), kind="stable"))


def sums(counts: csr_matrix, target: Rows, others: Rows, resamples: int) -> None:
    """Add up the same as the loop, the library's way: blocks of resamples together."""
    used = counts.T.tocsr().astype(np.float32)
    for shares in drawn(len(target), [len(others)], resamples, SEED):
        used @ shares.T.astype(np.float32)


def measured(run: Callable[[], object]) -> tuple[float, float]:
    """Return seconds of the core, and MB at the peak of a second run (watching it takes time)."""
    start = time.process_time()
    run()
    seconds = time.process_time() - start
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak / 2**20


def main() -> int:
    """Print time, memory and ratio; tell whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resamples", type=int, default=RESAMPLES)
    resamples = parser.parse_args().resamples
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    counts = corpus(np.random.default_rng(SEED))
    target = np.arange(DOCUMENTS // 10)
    others = np.arange(len(target), DOCUMENTS)
    runs: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "sums": (
            lambda: loop(counts, LOOPED),
            lambda: sums(counts, target, others, resamples),
        ),
        "sums and ranks": (
            lambda: loop(counts, LOOPED, ranks=True),
            lambda: bounds(counts, target, [others], resamples=resamples),
        ),
    }
    print(
        f"{DOCUMENTS:,} documents x {TERMS:,} terms, {counts.nnz:,} cells, {resamples:,} resamples"
    )
    print(f"({LOOPED} of the loop are timed; beside ranks difang gives intervals)")
    ratios = []
    for name, (looped, ours) in runs.items():
        (slow, small), (quick, large) = measured(looped), measured(ours)
        slow *= resamples / LOOPED
        ratios.append(slow / quick)
        told = f"loop {slow:6.1f} s {small:5,.0f} MB, difang {quick:6.1f} s {large:5,.0f} MB"
        print(f"{name:15s} {told}, ratio {ratios[-1]:.1f}")
    print(f"goal for the sums {GOAL:.0f}: {'met' if ratios[0] >= GOAL else 'MISSED'}")
    return int(ratios[0] < GOAL)


if __name__ == "__main__":
    raise SystemExit(main())
