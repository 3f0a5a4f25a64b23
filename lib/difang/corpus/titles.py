"""Titles: the lines at the head of a text that name it.

In goes a text without furniture; out comes one edit that moves its title, if it has one.
"""

import re

from difang.corpus.characters import HAN, HEAD, NUMERAL
from difang.corpus.cues import pattern
from difang.corpus.edits import Edit, change
from difang.corpus.layout import lines

_LONGEST = 60  # characters of a title line
_CLAUSE = 12  # characters of the longest clause of a title that has three
_NONE = ("NO_TITLE", "KICKER", "SPEAKER_LINE")
_ON = re.compile(r"(?:关于|印发|[的和与及、])\n|\n(?:[—―─－]|[的和与及暨并])")
_MOST = 3  # lines of a title: more in a row are a list, a table or verse
_APART = 2  # of them, at most, that do not run on
_DATED = rf"\d{{4}}年\d|[{NUMERAL}0]{{4}}年[{NUMERAL}]"
_OTHER = re.compile(rf"[（(—―─－\-]|{_DATED}|.*会议?上(?:[）)]|[（(].{{0,40}})?$|{HEAD}")
_SUBTITLE = re.compile(rf"(?!\W*(?:{_DATED}|.*会议?上))[—―─－]{{1,4}}[^。！？：；]{{4,50}}")


def title(text: str) -> list[Edit]:
    """Return the edits that move the title: one to three title-like lines above running text.

    A lead sentence, an address (各位代表：), the line of date and meeting (——2012年…会议上),
    a speaker's line (省长 王国生), one that tells who said it (张明强调) or a numbered head is no
    title, so what stays never begins with another one.
    """
    rows = [row for row in lines(text) if row[2].strip()]
    first = 1 if len(rows) > 1 and pattern("KICKER").fullmatch(rows[0][2]) else 0
    count = first
    while count < len(rows) and count <= first + _MOST and is_title(rows[count][2]):
        count += 1
    if not 0 < count - first <= _MOST:
        return _glued(text) if count == 0 else []
    while count < len(rows) and _SUBTITLE.fullmatch(rows[count][2]):
        count += 1
    body = sum(end - start for start, end, _ in rows[count:])
    if body < 2 * (rows[count - 1][1] - rows[first][0]):
        return []
    edits: list[Edit] = []
    for start, end, line in rows[first:count]:
        if edits and _runs_on(edits[-1].old, line):
            start = edits.pop().start
        edits.append(change(text, start, end, "", "title", move=True))
    return edits if len(edits) <= _APART else []


def _runs_on(line: str, follower: str) -> bool:
    """Return whether a title goes on in the next line: as subtitle, or broken within a phrase."""
    broken = line.count("《") > line.count("》") or line.count("“") > line.count("”")
    return broken or _ON.search(f"{line}\n{follower}") is not None


def _glued(text: str) -> list[Edit]:
    """Return the edit for a title that runs into the day or address behind it: …讲话（2012年."""
    found = pattern("GLUED_TITLE").match(text.lstrip())
    start = len(text) - len(text.lstrip())
    return [change(text, start, start + found.end(), "", "title", move=True)] if found else []


def is_title(line: str) -> bool:
    """Return whether a line has the shape of a title: short, no sentence, no numbered head."""
    clauses = line.split("，")
    return (
        5 <= len(line) <= _LONGEST
        and line[-1] not in "。；;，,、：:…"
        and "。" not in line
        and (len(clauses) <= 2 or (len(clauses) == 3 and max(map(len, clauses)) <= _CLAUSE))
        and re.search(f"[{HAN}]{{2}}", line) is not None
        and not _OTHER.match(line)
        and not any(pattern(name).fullmatch(line) for name in _NONE)
    )
