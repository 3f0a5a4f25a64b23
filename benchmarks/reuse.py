"""Shared passages: speed, growth, memory, and how many planted copies are found.

Made-up reports of 2,300 characters (words as uneven as real ones, three sentences in ten from a
stock of formulas); into every tenth a passage of 60 characters is copied from another, one
character in twenty changed, lost or added. They are compared exactly, 5,000 of them and four times
as many; `--documents 100000` for more. Beside it stands what MinHash-LSH of whole documents
(datasketch, if it is installed) finds of the copies. Out comes a table; the exit status is 1 if a
goal is missed.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from types import SimpleNamespace
from typing import NamedTuple

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # before numpy is loaded

import numpy as np
import pandas as pd

from difang.passages.reuse import shared_passages

SECONDS, GROWTH, RECALL = 120.0, 1.05, 0.95  # of the core, for 5,000; exponent; share of the copies
SIZE, TIMES = 5_000, 4
CHARS, SENTENCE, COPY = 2_300, 46, 60  # of a report; of a sentence; copied
FORMULAS, FORMULAIC, EDITED, COPYING = 2_000, 0.3, 0.05, 10
WORDS = 6_000  # of two characters, the n-th in proportion to 1 / (n + 20)
SEED = 20_160_318

Pair = tuple[int, int]


class Measured(NamedTuple):
    """What a run took and found."""

    documents: int
    mb: float
    seconds: float
    peak: float
    passages: int
    recall: float
    called: float


def made_up(documents: int) -> tuple[list[str], list[Pair]]:
    """Return the reports, and which two share a planted passage."""
    dice = np.random.default_rng(SEED)
    written = words(dice)
    stock = [next(written) for _ in range(FORMULAS)]
    texts = []
    for _ in range(documents):
        formulaic = dice.random(CHARS // SENTENCE) < FORMULAIC
        drawn = (FORMULAS * dice.random(len(formulaic)) ** 2).astype(int)
        pairs = zip(formulaic, drawn, strict=True)
        texts.append([stock[n] if formula else next(written) for formula, n in pairs])
    planted = [(n, int(dice.integers(documents))) for n in range(0, documents, COPYING)]
    planted = [(one, other) for one, other in planted if one != other]
    for pair in planted:
        passage = (next(written) + next(written))[:COPY]
        for number, said in zip(pair, (passage, edited(dice, passage)), strict=True):
            texts[number].insert(int(dice.integers(len(texts[number]))), said)
    return ["。".join(text) for text in texts], planted


def words(dice: np.random.Generator) -> Iterator[str]:
    """Yield sentences without end, of words each drawn by how frequent it is."""
    codes = dice.integers(0x4E00, 0x6E00, (WORDS, 2)).astype("<u4")
    shares = np.cumsum(1 / (np.arange(WORDS) + 20))
    while True:
        drawn = codes[np.searchsorted(shares, dice.random(SENTENCE * 5_000) * shares[-1])]
        text = drawn.tobytes().decode("utf-32-le")
        yield from (text[at : at + SENTENCE] for at in range(0, len(text), SENTENCE))


def edited(dice: np.random.Generator, passage: str) -> str:
    """Change, lose or add a character at one place in twenty."""
    strange = [chr(code) for code in dice.integers(0x7000, 0x9000, len(passage))]
    ways = [[new, "", old + new] for old, new in zip(passage, strange, strict=True)]
    hit, way = dice.random(len(passage)) < EDITED, dice.integers(0, 3, len(passage))
    kept = zip(passage, ways, hit, way, strict=True)
    return "".join(how[which] if change else old for old, how, change, which in kept)


def run(documents: int) -> Measured:
    """Find what the reports share; peak memory is that of the process, above its beginning."""
    texts, planted = made_up(documents)
    mb, begun = sum(map(len, texts)) * 3 / 2**20, _peak()
    corpus = SimpleNamespace(documents=pd.DataFrame({"text": texts}))
    start = time.process_time()
    found = shared_passages(corpus)  # type: ignore[arg-type]
    seconds = time.process_time() - start
    few = found[found["kind"] != "stock formula"]
    holders = few.groupby("family")["doc_id"].agg(lambda ids: tuple(sorted({*map(int, ids)})))
    kinds = dict(zip(holders, few.groupby("family")["kind"].first(), strict=True))
    hits = [kinds.get(tuple(sorted(pair))) for pair in planted]
    recall = sum(hit is not None for hit in hits) / len(hits)
    called = hits.count("copied passage") / len(hits)
    number = found["span_id"].nunique()
    return Measured(documents, mb, seconds, _peak() - begun, number, recall, called)


def peer(documents: int) -> tuple[float, float]:
    """Return seconds of the core and recall of MinHash-LSH, at a threshold of .1."""
    from datasketch import MinHash, MinHashLSH

    texts, planted = made_up(documents)
    start, index, found = time.process_time(), MinHashLSH(threshold=0.1, num_perm=64), set()
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=64)
        sketch.update_batch([text[at : at + 12].encode() for at in range(len(text) - 11)])
        found |= {(other, number) for other in index.query(sketch)}
        index.insert(number, sketch)
    hits = [tuple(sorted(pair)) in found for pair in planted]
    return time.process_time() - start, sum(hits) / len(hits)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print what was measured beside the goals, and return 1 if one is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=SIZE * TIMES)
    most = parser.parse_args().documents
    measured = []
    for size in (SIZE, most):  # each in a process of its own, so that its memory is its own
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            measured.append(pool.submit(run, size).result())
        print("  ".join(f"{name} {value:,.4g}" for name, value in measured[-1]._asdict().items()))
    small, large = measured
    growth = math.log(large.seconds / small.seconds) / math.log(large.mb / small.mb)
    recall = min(small.recall, large.recall)
    print(f"seconds of the core, {SIZE:,} reports: {small.seconds:.1f} (goal {SECONDS:.0f})")
    print(f"growth: exponent {growth:.2f} (goal {GROWTH})")
    print(f"copies found: {recall:.3f} (goal {RECALL})")
    if find_spec("datasketch"):
        print("MinHash-LSH of 1,000 reports: {:.1f} s, copies found {:.3f}".format(*peer(1_000)))
    return int(small.seconds > SECONDS or growth > GROWTH or recall < RECALL)


if __name__ == "__main__":
    raise SystemExit(main())
