"""Paper: what printing sets on each page, numbers and running heads.

In goes a text, its pages parted by form feeds if it comes from a PDF; out come edits that take out
what stands at the head or foot of page after page, so that paragraphs run on across them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, takewhile

from difang.corpus.edits import Edit, change
from difang.corpus.layout import lines

_GAP = r"[ \t\r\u3000]{0,40}"
_DASHED = r"[-—–－·•][ \u3000]?\d{1,4}[ \u3000]?[-—–－·•]"
_DOTTED = r"[—·•][ \u3000]?\d{1,4}[ \u3000]?[—·•]"
_BESIDE, _WIDE_GAP = r"[^\s，。；：][^\n，。；：]{0,30}?", r"[ \t\u3000]{2,60}"
_ALONE = re.compile(
    rf"\n{_GAP}(?:\n{_GAP}){{0,5}}"
    rf"(?:{_DASHED}|{_BESIDE}{_WIDE_GAP}{_DOTTED}|{_DOTTED}{_WIDE_GAP}{_BESIDE}"
    rf"|第\s?\d{{1,4}}\s?页[^。\n]{{0,12}}){_GAP}"
    rf"(?=\n|\Z)(?:\n{_GAP}(?=\n)){{0,5}}"
)
_WORD = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d{1,4}")
_NAMED = re.compile(r"页|[^\W\d_]{5}.*\s\d+\s*$|^\s*\d+\s.*[^\W\d_]{5}")
_PAGES, _SHARE = 3, 0.3  # on which a running head stands, and the share of the pages, at least
_DEEP = 3  # lines of a running head
_LONGEST = 60  # characters of one


def page_numbers(text: str) -> list[Edit]:
    r"""Return edits that take out page numbers and running heads, with the blank lines around.

    A number alone on its line between dashes (— 3 —) or as 第3页 goes anywhere, so does one beside
    a head that a wide gap parts from it (·42·　　大邑年鉴); at the head or foot
    of a page whatever other pages repeat there, be it a number that rises with them.

    >>> pages = [f"政府工作报告 {n}\n我们迈出第{n}步。\n" for n in (4, 5, 6)]
    >>> [edit.old for edit in page_numbers("\f".join(pages))]
    ['政府工作报告 4\n', '政府工作报告 5\n', '政府工作报告 6\n']
    """
    return [
        *(
            change(text, max(0, m.start() - 1), m.end() - 1, "", "page_number")
            for m in _ALONE.finditer("\n" + text)
        ),
        *(
            change(text, *span, "", "running_head" if _WORD.search(text, *span) else "page_number")
            for span in _running_heads(text)
        ),
    ]


def _running_heads(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of running heads; a line end is left between pages."""
    if text.count("\f") < _PAGES - 1:
        return
    starts = [0, *(m.end() for m in re.finditer("\f", text)), len(text) + 1]
    pages = [
        [(a + start, a + end, line) for start, end, line in lines(text[a : b - 1])]
        for a, b in pairwise(starts)
    ]
    pages = [rows for rows in pages if rows]
    least = max(_PAGES, _SHARE * len(pages))
    for step in (1, -1):
        edges = [
            [(row, _keys(row[2], n)) for row in rows[::step][:_DEEP]]
            for n, rows in enumerate(pages)
        ]
        counts = Counter(key for rows in edges for key in set().union(*(keys for _, keys in rows)))
        often = {key for key, n in counts.items() if n >= least}
        for rows in edges:
            heads = sum(1 for _ in takewhile(often.intersection, (keys for _, keys in rows)))
            yield from ((start, min(end + 1, len(text))) for (start, end, _), _ in rows[:heads])


def _keys(line: str, page: int) -> set[str]:
    """Return what tells whether two pages bear the same line: it, or a number that rises.

    A number counts alone, with 页, or set apart from a longer name: 附件1 counts what it is of.
    """
    bare = re.sub(r"\s", "", line)
    if len(bare) > _LONGEST or re.search("[，。；]", bare):
        return set()
    rising = _NUMBER.finditer(line.strip()) if _NAMED.search(line) or not _WORD.search(line) else ()
    return {
        bare,
        *(f"{m.string[: m.start()]}\0{int(m[0]) - page}{m.string[m.end() :]}" for m in rising),
    }
