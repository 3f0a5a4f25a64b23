"""Loading with cleaning, evidence and edits: speed against named peers, growth, memory.

Made-up reports are written and loaded, four and sixteen times as many after that. Beside it stands
what others need for a part of the work on the same texts: OpenCC's C++ for the script,
BeautifulSoup for tags, ftfy for damaged characters. Out comes a table; the exit status is 1 if a
goal is missed. `--reports 10` for a quick look; or the .txt of a folder: `python
benchmarks/loading.py FOLDER`.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

os.environ["DIFANG_CORES"] = "1"  # before difang is loaded: a core is what is measured

import opencc

from difang.corpus.cleaning import clean
from difang.corpus.loading import load
from made_up import reports

SPEED, MEMORY, GROWTH = 5.0, 3.0, 1.05  # MB/s a core; MB above the text, per MB; exponent
SIZES = (1, 4, 16)


def seconds(run: Callable[[], object]) -> float:
    """Return seconds of the core that a run takes."""
    start = time.process_time()
    run()
    return time.process_time() - start


def peers(texts: list[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the peers that are installed, each with what it does to the texts."""
    convert = opencc.OpenCC("t2s").convert
    yield "OpenCC (C++), script alone", lambda: [convert(text) for text in texts]
    if find_spec("bs4"):
        from bs4 import BeautifulSoup

        pages = [f"<p>{text}</p>".replace("\n", "</p>\n<p>") for text in texts]
        yield (
            "BeautifulSoup, tags alone",
            lambda: [BeautifulSoup(page, "html.parser").get_text() for page in pages],
        )
    if find_spec("ftfy"):
        from ftfy import fix_text

        yield "ftfy, damage alone", lambda: [fix_text(text) for text in texts]


def above(folder: Path, size: float) -> float:
    """Return MB at the peak of a load, above the texts it holds, for each MB of files."""
    tracemalloc.start()
    corpus = load(folder, cache=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    held = sum(map(sys.getsizeof, [*corpus.raw.values(), *corpus.documents["text"]]))
    return (peak - held) / 2**20 / size


def main() -> int:
    """Print speed, ratios, growth and memory; tell whether the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--reports", type=int, default=50)
    asked = parser.parse_args()
    files = sorted(asked.folder.rglob("*.txt")) if asked.folder else []
    number = len(files) // SIZES[-1] or asked.reports
    texts = [file.read_text("utf-8") for file in files] or [*reports(number * SIZES[-1])]
    with tempfile.TemporaryDirectory() as home:
        folders, sizes = [], []
        for times in SIZES:
            folders.append(Path(home, str(times)))
            folders[-1].mkdir()
            for n, text in enumerate(texts[: number * times]):
                (folders[-1] / f"{n:05}.txt").write_text(text, "utf-8")
            sizes.append(sum(f.stat().st_size for f in folders[-1].iterdir()) / 2**20)
        print(f"first load of one process: {seconds(lambda: load(folders[0], cache=False)):.2f} s")
        took = [seconds(lambda f=f: load(f, cache=False)) for f in folders]  # type: ignore[misc]
        memory = above(folders[-1], sizes[-1])
    for size, time_taken in zip(sizes, took, strict=True):
        print(f"load {size:6.1f} MB: {time_taken:6.2f} s of a core, {size / time_taken:5.2f} MB/s")
    some, size = texts[: number * SIZES[1]], sizes[1]
    alone = size / seconds(lambda: [clean(text) for text in some])
    print(f"cleaning alone: {alone:.2f} MB/s")
    for name, run in peers(some):
        speed = size / seconds(run)
        print(f"{name}: {speed:.2f} MB/s, cleaning takes {speed / alone:.1f} times as long")
    growth = math.log(took[-1] / took[1]) / math.log(sizes[-1] / sizes[1])
    goals = {
        f"load {sizes[-1] / took[-1]:.2f} MB/s, goal {SPEED:.0f}": sizes[-1] / took[-1] >= SPEED,
        f"time grows by size to the {growth:.2f}, goal {GROWTH}": growth <= GROWTH,
        f"peak {memory:.1f} MB above the text per MB, goal {MEMORY:.0f}": memory <= MEMORY,
    }
    for told, met in goals.items():
        print(f"{told}: {'met' if met else 'MISSED'}")
    return int(not all(goals.values()))


if __name__ == "__main__":
    raise SystemExit(main())
