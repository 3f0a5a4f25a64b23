"""Paper: what printing sets on each page, numbers and running heads.

In goes a text, its pages parted by form feeds if it comes from a PDF; out come edits that take out
what stands at the head or foot of page after page, so that paragraphs run on across them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
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
_OF_ALL = re.compile(rf"(?m)^{_GAP}(\d{{1,3}})\s?[/／]\s?(\d{{1,3}}){_GAP}(?:\n|\Z)")
_WORD = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d{1,4}")
_NAMED = re.compile(r"页|[^\W\d_]{5}.*\s\d+\s*$|^\s*\d+\s.*[^\W\d_]{5}")
_PIECE = re.compile(r"(?m)^[ \t\u3000]{0,9}(\d{1,3})、")
_LONG = 200  # characters of a piece, or a page, at least
_BARE = re.compile(rf"(?m)^{_GAP}(\d{{1,3}}){_GAP}$")
_PROSE = 20  # characters of a line that a page ends amid, at least
_NTH = "[一二三四五六七八九十]{1,3}"
_HEAD = rf"(?:[（(]?{_NTH}[）)、]|第{_NTH}[章节条])"
_RUNS_ON = re.compile(rf"\s*\n(?![ \t\u3000]|\s*{_HEAD}|[^\n，。]*(?:\n|\Z))")
_ENDS = "。！？；：”）》…"  # of a sentence or a head
_ALIKE = 2  # times as long as another piece of a document, at most
_PAGES, _SHARE = 3, 0.3  # on which a running head stands, and the share of the pages, at least
_DEEP = 3  # lines of a running head
_LONGEST = 60  # characters of one


def page_numbers(text: str) -> list[Edit]:
    r"""Return edits that take out page numbers and running heads, with the blank lines around.

    A number alone on its line between dashes (— 3 —) or as 第3页 goes anywhere, so does one beside
    a head that a wide gap parts from it (·42·　　大邑年鉴); at the head or foot
    of a page whatever other pages repeat there, be it a number that rises with them. Where pages
    run on without form feeds, what stands beside several numbers is their running head; 2/14 is a
    page if 3/14 is there, too, and bare numbers are pages if nothing else is counted so. Libraries
    show documents in numbered pieces (2、) cut amid sentences. What a page cuts in two runs on.

    >>> pages = [f"政府工作报告 {n}\n我们迈出第{n}步。\n" for n in (4, 5, 6)]
    >>> [edit.old for edit in page_numbers("\f".join(pages))]
    ['政府工作报告 4\n', '政府工作报告 5\n', '政府工作报告 6\n']
    """
    alone = [(max(0, m.start() - 1), m.end() - 1) for m in _ALONE.finditer("\n" + text)]
    heads = [*_running_heads(text), *_beside(text, alone)]
    return [
        *(
            change(text, *span, "", "page_number")
            for span in (*_whole(text, [*alone, *_rising(text)]), *_of_all(text), *_pieces(text))
        ),
        *(
            change(text, *span, "", "running_head" if _WORD.search(text, *span) else "page_number")
            for span in heads
        ),
    ]


def _of_all(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that say which page of how many ends: 2/14, if several rise to one total."""
    found = defaultdict[int, list[re.Match[str]]](list)
    for match in _OF_ALL.finditer(text):
        found[int(match[2])].append(match)
    for total, pages in found.items():
        numbers = [0, *(int(m[1]) for m in pages), total + 1]
        if len(pages) > 1 and all(a < b for a, b in pairwise(numbers)):
            yield from (m.span() for m in pages)


def _rising(text: str) -> list[tuple[int, int]]:
    """Return the lines of bare numbers, if they count pages: one after the other, and no others."""
    found = [*_BARE.finditer(text)]
    numbers = [int(match[1]) for match in found]
    counted = len(found) >= _PAGES and numbers == [*range(numbers[0], numbers[0] + len(found))]
    apart = all(b.start() - a.end() >= _LONG for a, b in pairwise(found))
    return [(max(0, m.start() - 1), m.end()) for m in found] if counted and apart else []


def _whole(text: str, numbers: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans of page numbers, with the line ends around those amid a sentence."""
    for start, end in numbers:
        before = text[max(0, start - _LONG) : start].rstrip()
        line, behind = before.rpartition("\n")[2], _RUNS_ON.match(text, end)
        prose = len(line) >= _PROSE and "，" in line and line[-1] not in _ENDS
        if behind and prose and not re.match(_HEAD, line):
            yield start - (min(start, _LONG) - len(before)), behind.end()
        else:
            yield start, end


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return the numbers of equal pieces, 1、 2、 and so on, most of which begin amid a sentence.

    The line end before such a number goes with it; items of a list end where they end.
    """
    found = [(int(m[1]), m.end(), *_end_before(text, m.start())) for m in _PIECE.finditer(text)]
    chain = [piece for piece in found if piece[0] == 1][:1]
    broken = [number for number, *_, amid in found if amid]
    for piece in found:
        due = bool(chain) and piece[0] == chain[-1][0] + 1 and piece[2] - chain[-1][1] >= _LONG
        if due and (piece[3] or piece[0] not in broken):
            chain.append(piece)
    sizes = [b[1] - a[1] for a, b in pairwise(chain)]
    if sum(amid for *_, amid in chain) * 3 < len(chain) * 2 - 1 or len(chain) < _PAGES:
        return []
    if max(sizes) > _ALIKE * min(sizes):
        return []
    return [(before if amid else end - len(f"{n}、"), end) for n, end, before, amid in chain]


def _end_before(text: str, start: int) -> tuple[int, bool]:
    """Return where the text before a line ends, and whether that is amid a sentence."""
    before = text[max(0, start - _LONG) : start].rstrip()
    amid = len(before) > _LONG // 2 and "\n" not in before and before[-1] not in _ENDS
    return start - (min(start, _LONG) - len(before)), amid


def _beside(text: str, numbers: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the short lines that stand alike right behind, or right before, several numbers."""
    behind = [_line(text, end + text.startswith("\n", end)) for _, end in numbers]
    before = [_line(text, text.rfind("\n", 0, start) + 1) for start, _ in numbers]
    for spans in (behind, before):
        often = Counter(text[slice(*span)].strip() for span in spans)
        for start, end in spans:
            line = text[start:end].strip()
            if often[line] > 1 and _WORD.search(line) and _keys(line, 0):
                yield start, min(end + 1, len(text))


def _line(text: str, start: int) -> tuple[int, int]:
    """Return where the line that begins here begins and ends."""
    end = text.find("\n", start)
    return start, end if end >= 0 else len(text)


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
