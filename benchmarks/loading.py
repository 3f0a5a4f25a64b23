"""Loading with cleaning, evidence and edits: speed against named peers, growth, memory.

Made-up reports (about 50 KB, half of them pages with a menu and a foot, every twentieth in
traditional characters) are written and loaded, four and sixteen times as many after that. Beside
it stand what others need for a part of the work on the same texts: OpenCC's C++ for the script,
BeautifulSoup for tags, ftfy for damaged characters. Out comes a table; the exit status is 1 if a
goal is missed. `--reports 2` for a quick look.
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

import numpy as np
import opencc

from difang.corpus.cleaning import clean
from difang.corpus.divisions import units
from difang.corpus.loading import load

SPEED, MEMORY, GROWTH = 5.0, 3.0, 1.05  # MB/s a core; MB above the text, per MB; exponent
SIZES = (1, 4, 16)
SENTENCES, PARAGRAPH = 420, 4  # of a report; sentences of a paragraph
SEED = 20_160_318
# sixteen words each, of two characters
VERBS = "坚持推进加快落实深化完善强化实施提升抓好促进扩大保障组织开展做好"
KINDS = "农业工业城乡教育卫生生态交通水利就业财政旅游项目扶贫安全文化科技"
THINGS = "建设发展改革工作体系服务管理投资治理创新合作保护规划改造监管增收"
HEADS = ("过去五年工作回顾", "主要目标", "今年重点工作", "加强政府自身建设")
MENU = "首页 | 新闻中心 | 政务公开 | 互动交流\n您现在的位置：首页 > 政务公开 > 工作报告\n"
FOOT = "\n【打印本页】【关闭窗口】\n主办：县人民政府办公室 版权所有\n"


def reports(number: int) -> Iterator[str]:
    """Yield made-up reports, the same for the same number."""
    places = units(2010, 2015)
    places = places[places["level"] == "county"]
    for n in range(number):
        random = np.random.default_rng((SEED, n))
        place = places.iloc[int(random.integers(len(places)))]
        year = int(random.integers(2005, 2023))
        lines = [f"{place['name']}{year}年政府工作报告", "各位代表："]
        for part, head in enumerate(HEADS):
            lines.append(f"{'一二三四'[part]}、{head}")
            told = [sentence(random, str(place["name"]), year) for _ in range(SENTENCES // 4)]
            paragraphs = range(0, len(told), PARAGRAPH)
            lines += ["　　" + "".join(told[i : i + PARAGRAPH]) for i in paragraphs]
        page = "\n".join(lines)
        page = f"{MENU}{page}{FOOT}" if n % 2 else page
        yield opencc.OpenCC("s2t").convert(page) if n % 20 == 9 else page


def sentence(random: np.random.Generator, place: str, year: int) -> str:
    """Draw a sentence as reports have them: clauses of verb, kind and thing, a figure, a place."""
    drawn = 2 * random.integers(0, len(VERBS) // 2, (int(random.integers(2, 6)), 3))
    said = [VERBS[a : a + 2] + KINDS[b : b + 2] + THINGS[c : c + 2] for a, b, c in drawn]
    if random.random() < 0.4:
        mark = ",，"[int(random.random() < 0.9)]  # as pages mix them
        told = f"{random.integers(1, 900)}亿元{mark}增长{random.random():.1%}"
        said.append(f"{year - 1}年完成投资{told}")
    if random.random() < 0.1:
        said.append(f"全力支持{place}高质量发展")
    return "，".join(said) + "。"


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
    parser.add_argument("--reports", type=int, default=10)
    number = parser.parse_args().reports
    texts = list(reports(number * SIZES[-1]))
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
