"""The library beside named peers on made-up reports, in one run: ratios of time, and memory.

Out come a table, `results.csv` and `results.png` beside this file. Each tool reads 1, 4 and 16
times as many reports, each time in a process of its own on one core, warmed up; a ratio is the time
of the peer by that of difang, for the same task. Peers that this Python lacks are looked for in
another: `python benchmarks/run.py --peers VENV/bin/python`, where datasketch, cntext and
opencc-python-reimplemented (which has the module name of OpenCC) are installed; what is not there
is named and not measured. `--reports 20` for a quick look.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ.update(DIFANG_CORES="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # one core

SIZES = (1, 4, 16)
SEEN = "政府工作报告指出，推动高质量发展。"  # read first, so that dictionaries are loaded
SHINGLE, PERMUTATIONS, THRESHOLD = 5, 64, 0.6  # of datasketch
HERE = Path(__file__).parent
Tool = Callable[[list[str]], Any]


def table(texts: list[str]) -> Any:
    """Return the texts as difang takes them."""
    import pandas as pd

    index = pd.Index([f"{n:06}" for n in range(len(texts))], name="doc_id")
    days = {name: pd.NaT for name in ("date_earliest", "date_published")}
    return pd.DataFrame({"text": texts, **days}, index=index)


def difang_words(texts: list[str]) -> Any:
    """Segment as jieba does."""
    from difang.words.segmentation import segment

    corpus: Any = SimpleNamespace(documents=table(texts))
    return corpus, segment(corpus, lexicon=None, cache=False)


def difang_counts(texts: list[str]) -> Any:
    """Segment and count."""
    from difang.words.counting import count

    corpus, tokens = difang_words(texts)
    return count(tokens, corpus.documents, keep="all")


def difang_tfidf(texts: list[str]) -> Any:
    """Weigh as scikit-learn does."""
    from difang.compare.tfidf import document_weights

    return document_weights(difang_counts(texts).matrix)


def difang_cleaning(texts: list[str]) -> Any:
    """Clean by all rules, the script among them, with every edit kept."""
    from difang.corpus.cleaning import clean

    return [clean(text) for text in texts]


def difang_copies(texts: list[str]) -> Any:
    """Find the documents that copy others."""
    from difang.corpus.duplicates import find_copies

    return find_copies(table(texts))


def jieba_words(texts: list[str]) -> Any:
    """Segment with jieba."""
    import jieba

    return [jieba.lcut(text) for text in texts]


def sklearn_tfidf(texts: list[str]) -> Any:
    """Weigh with scikit-learn and jieba."""
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer=jieba.lcut).fit_transform(texts)


def cntext_counts(texts: list[str]) -> Any:
    """Count with cntext, which segments with jieba."""
    import cntext

    return [cntext.word_count(text, lang="chinese") for text in texts]


def opencc_script(texts: list[str]) -> Any:
    """Convert the script alone, with the OpenCC that this Python has."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    return [convert(text) for text in texts]


def datasketch_copies(texts: list[str]) -> Any:
    """Find candidates for copies with MinHash and LSH; they are not verified."""
    from datasketch import MinHash, MinHashLSH

    index, found = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS), []
    for n, text in enumerate(texts):
        runs = {text[at : at + SHINGLE].encode() for at in range(len(text) - SHINGLE + 1)}
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch(sorted(runs))
        found.append(index.query(sketch))
        index.insert(str(n), sketch)
    return found


TASKS: dict[str, tuple[Tool, dict[str, tuple[Tool, str]]]] = {
    "words": (difang_words, {"jieba.lcut": (jieba_words, "jieba")}),
    "TF-IDF": (difang_tfidf, {"scikit-learn, jieba.lcut": (sklearn_tfidf, "scikit-learn")}),
    "word counts": (difang_counts, {"cntext": (cntext_counts, "cntext")}),
    "cleaning": (difang_cleaning, {
        "OpenCC (C++), script alone": (opencc_script, "OpenCC"),
        "OpenCC (Python), script alone": (opencc_script, "opencc-python-reimplemented"),
    }),
    "copies": (difang_copies, {"datasketch, candidates alone": (datasketch_copies, "datasketch")}),
}  # fmt: skip


def highest() -> float:
    """Return MB of memory that this process has held at the highest."""
    kept = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kept / (2**20 if sys.platform == "darwin" else 2**10)


def alone(tool: Tool, package: str, texts: list[str]) -> None:
    """Print the seconds of the core and MB that a tool takes, and the version of its package."""
    version = metadata.version(package)
    tool([SEEN])
    before, start = highest(), time.process_time()
    tool(texts)
    print(json.dumps([time.process_time() - start, highest() - before, version]))


def measured(task: str, name: str, texts: Path, pythons: list[str]) -> Any:
    """Run a tool in a process of the first Python that has its package; None if none has."""
    command = ["--task", task, "--tool", name, "--texts", str(texts)]
    for python in pythons:
        done = subprocess.run([python, __file__, *command], capture_output=True, text=True)
        if not done.returncode:
            return json.loads(done.stdout.splitlines()[-1])
        if "PackageNotFoundError" not in done.stderr:
            raise SystemExit(f"{name} failed:\n{done.stderr}")
    return None


def chart(rows: Any, path: Path) -> None:
    """Draw the ratios at the largest size."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 0.5 * len(rows) + 1.4), layout="constrained")
    rows = rows[::-1]
    names = rows["task"] + ": " + rows["tool"]
    axes.barh(names, rows["ratio"] - 1, left=1, color="#35618e")
    for at, ratio in enumerate(rows["ratio"]):
        side, gap = ("left", 1.05) if ratio > 1 else ("right", 1 / 1.05)
        axes.text(ratio * gap, at, f"{ratio:.2g}", ha=side, va="center")
    axes.axvline(1, color="#777777", linewidth=1)
    axes.set_xscale("log")
    axes.margins(x=0.15)
    axes.set_xlabel(f"time of the peer by that of difang, {rows['reports'].max():,} reports")
    figure.savefig(path, dpi=120, metadata={"Software": None})


def main() -> int:
    """Measure all, print the table, and write it and the chart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--peers", metavar="PYTHON", action="append", default=[])
    for inner in ("--task", "--tool", "--texts"):
        parser.add_argument(inner, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        ours, peers = TASKS[options.task]
        tool, package = peers.get(options.tool, (ours, "difang"))
        alone(tool, package, json.loads(Path(options.texts).read_text("utf-8")))
        return 0
    import pandas as pd

    from made_up import reports

    rows = []
    with tempfile.TemporaryDirectory() as home:
        for number in [options.reports * times for times in SIZES]:
            texts = Path(home, f"{number}.json")
            texts.write_text(json.dumps([*reports(number)]), "utf-8")
            for task, (_, peers) in TASKS.items():
                base = None
                for name in ("difang", *peers):
                    took = measured(task, name, texts, [sys.executable, *options.peers])
                    seconds, mb, version = took or (None, None, "not installed")
                    base = base or seconds
                    ratio = seconds / base if took else None
                    rows.append((task, name, version, number, seconds, mb, ratio))
    columns = ["task", "tool", "version", "reports", "seconds", "mb", "ratio"]
    found = pd.DataFrame(rows, columns=columns)
    found.round(3).to_csv(HERE / "results.csv", index=False)
    wide = found.pivot_table(
        index=columns[:3], columns="reports", values=columns[4:], sort=False, dropna=False
    ).dropna(how="all")
    print(wide.round(2).to_string())
    print(
        "not installed:", ", ".join(found.loc[found["seconds"].isna(), "tool"].unique()) or "none"
    )
    last = found[found["reports"] == found["reports"].max()].dropna()
    chart(last[last["tool"] != "difang"], HERE / "results.png")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
