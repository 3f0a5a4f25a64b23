"""Lines that a site repeats: at the head or tail of many documents of one folder.

In go the texts of a corpus with their folders; out come the lines, masked, that stand near the
edges of so many of them that no document can have written them; then, for one text, the edits that
take them out. What official documents share (各位代表：, 一、…, titles, offices, signatures) stays,
and what names a day: whose day that is, other rules say.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from itertools import takewhile

from difang.corpus.cues import pattern
from difang.corpus.edits import Edit, change
from difang.corpus.layout import Line
from difang.corpus.mentions import mentions

_EDGE = 12  # lines from either end of a text
_LEAST, _SHARE = 3, 0.2  # documents, and their share of the folder, in which a line must stand
_LONGEST = 80  # characters of a line
_RUNNING = re.compile(r"(?=.{30}).*[，。；,;]")
_HEAD = 20_000  # characters from either end in which those lines are looked for


def repeated_lines(texts: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    r"""Return for each folder of (folder, text) pairs its repeated lines, marks and digits masked.

    >>> pages = [("a", f"某县在线 第{i}期\n会议今天召开，{i}人出席。") for i in "123"]
    >>> repeated_lines(pages)
    {'a': frozenset({'某县在线第0期'})}
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for folder, text in texts:
        counts[folder].update({_masked(line) for *_, line in _edges(text) if _may_repeat(line)})
        sizes[folder] += 1
    return {
        folder: frozenset(
            line for line, n in lines.items() if n >= max(_LEAST, _SHARE * sizes[folder])
        )
        for folder, lines in counts.items()
    }


def repeats(text: str, lines: Collection[str]) -> list[Edit]:
    """Return the edits that take the repeated lines out of the head and tail of a text."""
    found = (row for row in (_edges(text) if lines else ()) if _may_repeat(row[2]))
    return [change(text, *row[:2], "", "repeated") for row in found if _masked(row[2]) in lines]


def _edges(text: str) -> list[Line]:
    """Return the lines above the first paragraph of a text and below the last one."""
    ends = [(0, _HEAD), (len(text) - _HEAD, len(text))]
    rows = [
        (start + m.start(), start + m.end(), m[0])
        for start, end in (ends if len(text) > 2 * _HEAD else [(0, len(text))])
        for m in re.finditer(r"[^\n\r]+", text[start:end])
        if m[0].strip()
    ]
    above = list(takewhile(lambda row: not _RUNNING.match(row[2]), rows[:_EDGE]))
    below = takewhile(lambda row: not _RUNNING.match(row[2]), reversed(rows[len(above) :][-_EDGE:]))
    return [*above, *reversed(list(below))]


def _may_repeat(line: str) -> bool:
    words = re.sub(r"[\s*_#]", "", line)
    own = pattern("SHARED_LINE").search(words) or any(m.year for m in mentions(line))
    return not own and _masked(words) != "" and 2 <= len(words) <= _LONGEST


def _masked(line: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\W", "", line))
