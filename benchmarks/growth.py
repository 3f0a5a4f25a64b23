"""Growth: what each stage takes of made-up reports, of a few sizes.

Out comes a table of seconds of the core, with the power of the number of documents that they grow
with over the whole range, and of memory: what a stage takes at its highest above what was held
before it (a load, above its text); the exit status is 1 if a goal is missed. Each size has a
process of its own. `--sizes 500 2000 8000 32000` for more than the quick three. Words that made-up
reports share by chance grow faster than the reports: of passages it is told how what is found
grows, too.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.update(DIFANG_CORES="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # one core

import psutil

import difang
from difang import project
from difang.compare.keyness import keyness
from difang.compare.tfidf import tfidf_contrast
from made_up import write

SIZES = [250, 1_000, 4_000]  # reports
GROWTH, MEMORY = 1.05, 3.0  # power; MB per MB of text
WARM = 20  # reports that are read first: dictionaries and libraries are loaded


def stages(folder: Path) -> dict[str, tuple[float, float, int]]:
    """Return seconds of the core of each stage, MB at its highest above before, and rows found."""
    took, held = {}, dict[str, Any]()
    for name, run in {
        "load": lambda: difang.load(folder, cache=False),
        "words": lambda: difang.segment(held["load"], cache=False),
        "counts": lambda: difang.count(held["words"], held["load"].documents),
        "TF-IDF": lambda: tfidf_contrast(held["counts"], by="province"),
        "keyness": lambda: keyness(held["counts"], by="province"),
        "passages": lambda: difang.shared_passages(held["load"]),
        "set phrases": lambda: difang.set_phrases(held["load"], difang.read_lexicon()),
    }.items():
        start = time.process_time()
        with watched() as memory:
            held[name] = run()
        found = len(held[name]) if name == "passages" else 1
        took[name] = (time.process_time() - start, max(memory) - memory[0], found)
    return took


@contextmanager
def watched() -> Iterator[list[float]]:
    """Note the MB of memory that this process holds, from the start of a stage to its end."""
    process, done = psutil.Process(), threading.Event()
    memory = [process.memory_info().rss / 2**20]

    def watch() -> None:
        while not done.wait(0.01):
            memory.append(process.memory_info().rss / 2**20)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield memory
    finally:
        done.set()
        thread.join()


def measured(folder: Path) -> Any:
    """Run the stages of a folder in a process of its own."""
    command = [sys.executable, __file__, "--folder", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def alone(folder: Path) -> None:
    """Print what the stages of a folder take, once all is warm."""
    with tempfile.TemporaryDirectory() as home:
        project.CACHE = Path(home, "cache")  # nothing is known from a run before
        write(Path(home, "warm"), WARM)
        stages(Path(home, "warm"))
        print(json.dumps(stages(folder)))


def power(values: Sequence[float], sizes: Sequence[int]) -> float:
    """Return the power of the sizes that values grow with, from the first to the last."""
    return math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0])


def main() -> int:
    """Print seconds, growth and memory of each stage; tell whether the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, help="the stages of this folder alone, as JSON")
    options = parser.parse_args()
    if options.folder:
        alone(options.folder)
        return 0
    numbers, sizes, measures = options.sizes, [], []
    with tempfile.TemporaryDirectory() as home:
        for number in numbers:
            sizes.append(write(Path(home), number) / 2**20)
            measures.append(measured(Path(home)))
    print(f"{'reports':12s}", *(f"{number:11,}  " for number in numbers))
    print(f"{'text, MB':12s}", *(f"{size:11.1f}  " for size in sizes))
    goals = {}
    for name in measures[0]:
        seconds, more, found = zip(*(one[name] for one in measures), strict=True)
        grown, of_found = power(seconds, numbers), power(found, numbers)
        above = more[-1] / sizes[-1] - (name == "load")  # which holds the text itself
        told = f"to the {grown:.2f}, at most {above:.1f} MB more a MB"
        told += f"; what is found to the {of_found:.2f}" if found[-1] > 1 else ""
        print(f"{name:12s}", *(f"{s:11.2f} s" for s in seconds), f" {told}")
        goals[f"{name}: growth to the {GROWTH}"] = grown <= GROWTH
        goals[f"{name}: {MEMORY:.0f} MB more a MB"] = above <= MEMORY
    for told, met in goals.items():
        print(f"{told}: {'met' if met else 'MISSED'}")
    return int(not all(goals.values()))


if __name__ == "__main__":
    raise SystemExit(main())
