"""Made-up reports of local government: any number of them, each the same whenever it is made.

A report is about 10 KB: a title with place and year, four parts with headings, a few words of its
province and year, figures, names, a passage that twenty reports share and one that all do. Words
are as frequent by their rank (Zipf), and new ones come up as often the more is read (Heaps), as in
400 reports of cities and provinces: these shares are all that was taken from them. Half of the
reports are pages with a menu and a foot, every twentieth is in traditional characters.
`python benchmarks/made_up.py FOLDER NUMBER` writes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jieba
import numpy as np
import numpy.typing as npt
import opencc

from difang.corpus.divisions import units

SEED = 20_160_318
CHARS = 3_300  # of a report
RANKS = 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 10_000_000  # of words
BEHIND = 0.976, 0.942, 0.893, 0.81, 0.66, 0.49, 0.285, 0.135, 0.045, 0.014, 1.5e-5  # their share
SINGLE = 30  # words of one character: of such that stand together jieba makes new ones
COMMON = 30_000  # ranks up to which words are the dictionary's, the most frequent first
NAMES = 3_000
SHARERS = 20  # reports with the same passages
OWN, OWN_SHARE = 20, 0.02  # words that a province, or a year, uses more; of all its words
YEARS = 2005, 2023
PASSAGE, PARAGRAPH = 40, 160  # words
HEADS = ("过去五年工作回顾", "主要目标", "今年重点工作", "加强政府自身建设")
MENU = "首页 | 新闻中心 | 政务公开 | 互动交流\n您现在的位置：首页 > 政务公开 > 工作报告\n"
FOOT = "\n【打印本页】【关闭窗口】\n主办：县人民政府办公室 版权所有\n"
SIGNS = {"，": 0.15, "。": 0.05, "、": 0.02, "；": 0.01, "“": 0.005, "”": 0.005, ",": 0.005}
FIGURES = {"2-3户": 0.001, "12.5%": 0.01, "2035年": 0.005, "3亿元": 0.01}

Words = npt.NDArray[np.object_]


def reports(number: int, *, chars: int = CHARS, first: int = 0) -> Iterator[str]:
    """Yield so many reports."""
    return (report(n, chars=chars) for n in range(first, first + number))


def report(n: int, *, chars: int = CHARS) -> str:
    """Make up the report of this number."""
    random = np.random.default_rng((SEED, n))
    place = _counties()[random.integers(len(_counties()))]
    year = int(random.integers(*YEARS))
    words = _prose(random, chars, int(place["code"][:2]), year)
    paragraphs = ["".join(words[at : at + PARAGRAPH]) for at in range(0, len(words), PARAGRAPH)]
    for known in ("all", n // SHARERS):
        paragraphs.insert(int(random.integers(len(paragraphs))), passage(known))
    lines = [f"{place['name']}{year}年政府工作报告"]
    lines += [f"——{year}年1月{random.integers(5, 29)}日在{place['name']}人民代表大会会议上"]
    lines += ["各位代表："]
    for part, head in enumerate(HEADS):
        lines += [f"{'一二三四'[part]}、{head}"]
        lines += [f"　　{told}。" for told in paragraphs[part :: len(HEADS)]]
    page = "\n".join(lines)
    page = f"{MENU}{page}{FOOT}" if n % 2 else page
    return _traditional()(page) if n % 20 == 9 else page


@cache
def passage(known: object) -> str:
    """Return the passage that these reports share."""
    random = np.random.default_rng((SEED, *str(known).encode()))
    return "".join(random.choice(_words()[:5_000], PASSAGE))


def write(folder: Path, number: int, *, chars: int = CHARS) -> int:
    """Write reports into a folder, a thousand in a folder of it; return their bytes."""
    size = 0
    for n in range(number):
        home = folder / f"{n // 1000:03}"
        home.mkdir(parents=True, exist_ok=True)
        size += (home / f"{n:06}.txt").write_bytes(report(n, chars=chars).encode())
    return size


def _prose(random: np.random.Generator, chars: int, *groups: int) -> Words:
    """Draw words, marks, figures and names, and words of the groups in the place of some."""
    behind = np.log(random.random(chars * 10 // 18))
    ranks = np.exp(np.interp(behind, np.log(BEHIND[::-1]), np.log(RANKS[::-1]))).astype(int) - 1
    drawn = np.array([_word(rank) for rank in ranks.tolist()], object)
    others, up_to = _others()
    place = np.searchsorted(up_to, random.random(len(drawn)), side="right")
    for group in groups:
        own = _words()[2_000 + OWN * group % 20_000 :][:OWN]
        chosen = random.random(len(drawn)) < OWN_SHARE
        drawn[chosen] = random.choice(own, int(chosen.sum()))
    replaced = place < len(others)
    drawn[replaced] = others[place[replaced]]
    return drawn


def _word(rank: int) -> str:
    """Return the word of this rank, from 0: of the rare ones every other is a figure."""
    rare = rank - COMMON
    place = rank if rare < 0 else COMMON + rare // 2
    known: str = _words()[place] if place < len(_words()) and (rare < 0 or rare % 2) else ""
    return known or f"{10_000 + rare / 100:.2f}"


@cache
def _words() -> Words:
    """Return the words of jieba's dictionary, the most frequent first, few of one character."""
    jieba.setLogLevel(100)
    jieba.initialize()
    known = jieba.dt.FREQ
    words = sorted((word for word in known if known[word]), key=lambda one: (-known[one], one))
    many = {*[word for word in words if len(word) == 1][SINGLE:]}
    return np.array([word for word in words if word not in many], object)


@cache
def _others() -> tuple[Words, npt.NDArray[np.float64]]:
    """Return marks, figures and names that no dictionary has, and their summed shares."""
    random = np.random.default_rng(SEED)
    names = ["".join(map(chr, random.integers(0x4E00, 0x8000, 3))) for _ in range(NAMES)]
    shares = {**SIGNS, **FIGURES, **dict.fromkeys(names, 0.01 / NAMES)}
    return np.array([*shares], object), np.cumsum([*shares.values()])


@cache
def _traditional() -> Callable[[str], str]:
    convert: Callable[[str], str] = opencc.OpenCC("s2t").convert
    return convert


@cache
def _counties() -> list[dict[str, Any]]:
    table = units(YEARS[0], YEARS[1])
    return table[table["level"] == "county"].to_dict("records")


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]), int(sys.argv[2])) / 2**20:.1f} MB")
