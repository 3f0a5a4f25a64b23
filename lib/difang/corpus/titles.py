"""Titles: the lines at the head of a text that name it.

In goes a text without furniture; out comes one edit that moves its title, if it has one.
"""

import re
from functools import partial
from itertools import takewhile

from difang.corpus.characters import HAN
from difang.corpus.cues import pattern
from difang.corpus.edits import Edit, change
from difang.corpus.layout import Line, lines

_LONGEST = 60  # characters of a title line
_UNEVEN = 3  # characters by which the clauses of a title that has three may differ
_NONE = ("NO_TITLE", "KICKER", "LETTERHEAD", "SPEAKER_LINE")
_PART = 24  # characters of a line that may be the end of a title
_TWICE = 8  # characters of the shortest title that may stand twice, glued
_MOST, _MANY = 3, 6  # lines in a row: more are a list or verse, unless a document's name opens them
_ABOVE = 2  # lines, at most, above a title: a letterhead and a number
_UNENDED = tuple("。；;，,、：:…")  # no title ends so
_HAN = re.compile(f"[{HAN}]")
_WITHIN = re.compile(r"“[^”]*”|（[^）]*）$")  # what is quoted or explained may be a sentence


def title(text: str) -> list[Edit]:
    """Return the edits that move the title, broken or not, from among the lines above the text.

    A lead sentence, an address (各位代表：), the line of date and meeting (——2012年…会议上),
    a speaker's line (省长 王国生), one that tells who said it (张明强调) or a numbered head is no
    title. What stays below a title is its subtitle.
    """
    rows = lines(text)
    if rows[1:] and _is_chapter([row[2] for row in rows]):
        return [change(text, rows[0][0], rows[0][1], "", "title", move=True)]
    first = sum(1 for _ in takewhile(partial(_is_above, rows), range(min(_ABOVE, len(rows) - 1))))
    count = first
    while count < len(rows) and count <= first + _MANY and _fits(rows, count):
        count += 1
    if count == first:
        return [] if first else _glued(text)
    stop = first + 1
    while stop < len(rows) - 1 and _runs_on(
        "".join(row[2] for row in rows[first:stop]), rows[stop][2], stop < count
    ):
        stop += 1
    count = max(count, stop)
    most = _MANY if pattern("DOCUMENT_NAME").search(rows[stop - 1][2]) else _MOST
    body = sum(end - start for start, end, _ in rows[count:])
    if count - first > most or body < 2 * (rows[count - 1][1] - rows[first][0]):
        return []
    return [change(text, rows[first][0], rows[stop - 1][1], "", "title", move=True)]


def _is_above(rows: list[Line], i: int) -> bool:
    """Return whether a line stands above a title: who said it, letterhead, number, session."""
    near = "\n".join(row[2] for row in rows[i : i + 3])
    named = any(pattern(name).fullmatch(rows[i][2]) for name in ("KICKER", "LETTERHEAD"))
    return named or any(pattern(name).match(near) for name in ("SESSION_HEAD", "ORGAN_HEAD"))


def _is_chapter(rows: list[str]) -> bool:
    """Return whether a text is one chapter of a book: it has a head, and no other or articles."""
    parts = sum(pattern("PARTS").match(line) is not None for line in rows)
    return parts == 1 and pattern("CHAPTER").fullmatch(rows[0]) is not None


def _fits(rows: list[Line], i: int) -> bool:
    """Return whether a line has the shape of a title, or of the first part of a broken one."""
    line, follower = rows[i][2], rows[i + 1][2] if i + 1 < len(rows) else ""
    return is_title(line) or (_is_parted(line, follower) and is_title(line + follower))


def _is_parted(line: str, follower: str) -> bool:
    """Return whether a title is broken within a word or a phrase."""
    both = f"{line}\n{follower}"
    if len(follower) > _PART or follower.endswith(_UNENDED):
        return False
    return any(pattern(name).search(both) for name in ("TITLE_BROKEN", "TITLE_WITHIN"))


def _runs_on(line: str, follower: str, fits: bool) -> bool:
    """Return whether a title is broken within a word, a phrase, or before a document's name."""
    if _is_parted(line, follower):
        return True
    if not fits:
        return False
    broken = line.count("《") > line.count("》") or line.count("“") > line.count("”")
    named = pattern("DOCUMENT_NAME")
    end = len(follower) <= _PART and named.search(follower) is not None
    parted = end and named.search(line) is None
    return broken or parted or pattern("TITLE_RUNS_ON").search(f"{line}\n{follower}") is not None


def joined(title: str) -> str:
    """Return a title in one piece: lines broken within a word or a phrase, and what is said twice.

    >>> joined("县长在县三干会上讲话县长在县三干会上的讲话")
    '县长在县三干会上的讲话'
    """
    for name in ("TITLE_BROKEN", "TITLE_WITHIN"):
        title = pattern(name).sub(lambda found: found[0].replace("\n", ""), title)
    half = len(title) // 2
    twice = [(title[:at].strip(), title[at:].strip()) for at in (half, half - 1, half + 1)]
    same = (max(both, key=len) for both in twice if _bare(both[0]) == _bare(both[1]))
    return next(same, title) if half >= _TWICE else title


def _bare(title: str) -> str:
    return title.replace("的", "")


def _glued(text: str) -> list[Edit]:
    """Return the edit for a title that runs into the day or address behind it: …讲话（2012年."""
    found = pattern("GLUED_TITLE").match(text.lstrip())
    start = len(text) - len(text.lstrip())
    return [change(text, start, start + found.end(), "", "title", move=True)] if found else []


def is_title(line: str) -> bool:
    """Return whether a line has the shape of a title: short, no sentence, no numbered head."""
    if not 5 <= len(line) <= _LONGEST:
        return False
    bare = _WITHIN.sub("“”", line)
    clauses = bare.split("，")
    return (
        not line.endswith(_UNENDED)
        and "。" not in line
        and len(clauses) <= 3
        and (len(clauses) < 3 or max(map(len, clauses)) - min(map(len, clauses)) <= _UNEVEN)
        and len(_HAN.findall(line)) > 1
        and pattern("BELOW_TITLE").match(line) is None
        and not any(pattern(name).fullmatch(line) for name in _NONE)
        and pattern("BROKEN_OFF").fullmatch(bare) is None
    )
