"""Words and TF-IDF against jieba and scikit-learn: the same tokens and weights, the time of each.

Out comes a table; the exit status is 1 if a goal is missed. The texts are made up, or those of a
folder: `python benchmarks/words.py FOLDER`.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # before numpy is loaded

import jieba
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer

from difang import cores
from difang.compare.tfidf import document_weights
from difang.words.counting import count
from difang.words.segmentation import segment
from made_up import reports

MB = 10  # of text, in UTF-8, at the larger size
GOALS = {("tokens", 1): 12.0, ("tokens", 2): 20.0, ("TF-IDF", 2): 15.0}  # by cores


class Spent(NamedTuple):
    """Seconds of this process, of those that it started, and of the clock."""

    own: float
    helpers: float
    wall: float


def timed(run: Callable[[], Any]) -> tuple[Any, Spent]:
    """Return what comes out, and the time it took."""
    before, clock = os.times(), time.perf_counter()
    result = run()
    after, wall = os.times(), time.perf_counter() - clock
    spent = [after[i] - before[i] for i in range(4)]
    return result, Spent(spent[0] + spent[1], spent[2] + spent[3], wall)


def ours(texts: list[str], number: int, what: str) -> tuple[Any, Spent]:
    """Segment the texts, and weigh them, on so many cores."""
    os.environ[cores.SETTING] = str(number)
    corpus: Any = SimpleNamespace(documents=pd.DataFrame({"text": texts}).rename(index=str))

    def run() -> Any:
        tokens = segment(corpus, lexicon=None, cache=False)
        if what == "tokens":
            return tokens
        counts = count(tokens, corpus.documents, keep="all")
        return counts.terms, document_weights(counts.matrix)

    return timed(run)


def theirs(texts: list[str], what: str) -> tuple[Any, Spent]:
    """Do the same with jieba and scikit-learn."""
    if what == "tokens":
        return timed(lambda: [jieba.lcut(text) for text in texts])
    vectorizer = TfidfVectorizer(analyzer=jieba.lcut)
    weights, spent = timed(lambda: vectorizer.fit_transform(texts))
    return (vectorizer.get_feature_names_out(), weights), spent


def is_same(what: str, mine: Any, other: Any) -> bool:
    """Say whether the tokens are the same, or the weights to 1e-12."""
    if what == "tokens":
        return all(mine.of(str(i)) == tokens for i, tokens in enumerate(other))
    (terms, weights), (names, expected) = mine, other
    return list(terms) == list(names) and abs(weights - expected).max() <= 1e-12


def main() -> int:
    """Print time and ratios; tell whether the results are the same and the goals met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    folder = parser.parse_args().folder
    jieba.setLogLevel(100)
    jieba.initialize()
    files = sorted(folder.rglob("*.txt")) if folder else []
    texts = [file.read_text("utf-8", "replace") for file in files] or [*reports(MB * 100)]
    ours(texts[:1], 1, "TF-IDF")  # dictionaries and libraries are loaded
    met = True
    for part in (texts[::4], texts):
        size = sum(len(text.encode("utf-8", "surrogatepass")) for text in part) / 2**20
        for what in ("tokens", "TF-IDF"):
            other, slow = theirs(part, what)
            print(f"{size:5.1f} MB {what:6s} jieba        {slow.own:6.2f} s of a core")
            for number in (1, 2):
                mine, quick = ours(part, number, what)
                busiest = quick.own + quick.helpers / number
                ratio, same = slow.own / busiest, is_same(what, mine, other)
                goal = GOALS.get((what, number)) if part is texts else None
                met &= same and ratio >= (goal or 0)
                told = "" if goal is None else f", goal {goal:.0f}"
                print(
                    f"{'':9s}{what:6s} difang on {number}  {quick.own:6.2f} s"
                    f" + {quick.helpers:5.2f} s in processes, ratio {ratio:4.1f}{told}"
                    f" (by the clock {slow.wall / quick.wall:4.1f})"
                    f"{'' if same else ', NOT THE SAME'}"
                )
    print(f"goals {'met' if met else 'MISSED'}")
    return int(not met)


if __name__ == "__main__":
    raise SystemExit(main())
