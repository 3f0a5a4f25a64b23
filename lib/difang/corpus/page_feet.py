"""The foot of a page: where the article ends and what follows it.

In go the lines of a text; out come those below the article, each with the rule it falls by.
"""

import re
from itertools import accumulate, takewhile

from difang.corpus.characters import HAN
from difang.corpus.cues import pattern
from difang.corpus.layout import Line
from difang.corpus.page_lines import LONG, is_label, kind

_CHINESE = re.compile(rf"[{HAN}]|^\W*\d[\d\W]*$")  # figures may sign a text or be its table
_BRACKET = re.compile(r"(?<=[。！？”])\s?[（(【][^（）()【】\n]{2,80}[）)】]$")  # behind a sentence
_NEAR = 80  # lines at the end that are weighed
_SURE, _LISTED, _LINKS, _SHORT, _OWN = 2.0, 0.3, -0.5, -2.5, -99.0  # what lines count for an end
_LABEL = 20  # characters of the longest value below its label
_ROW = re.compile(r"(?:\S{2,6}\s){4,40}\S{2,6}")  # of names of places and sites
_TERMS = 2  # of a glossary, at least
_REPLY = 80  # characters that no line of a reply has: in longer ones a document may go on
_BOX = 8  # lines of a box, at most


def article_end(rows: list[Line], head: int) -> list[tuple[Line, str]]:
    """Return the lines below the article, with the rule each falls by.

    The article ends where the lines from there on speak most for furniture: those below the
    editors' line, or below the head of a list of links, speak for it by their place.
    """
    replies = _replies(rows, head)
    box = _box(rows[:replies], head)
    end = _end(rows[:box], head)
    terms = [(row, "glossary") for row in rows[_glossary(rows[:end], head) : end]]
    kinds = zip(rows[end:replies], _kinds(rows[end:replies]), strict=True)
    below = [(row, rule or "links") for row, rule in kinds]
    return terms + below + [(row, "widget") for row in rows[replies:]]


def _replies(rows: list[Line], head: int) -> int:
    """Return the line from which on readers reply, if none of them writes as long as a document."""
    for i in range(head + 1, len(rows)):
        if len(rows[i][2]) <= _REPLY and pattern("REPLY").fullmatch(rows[i][2]):
            brief = all(len(line) < _REPLY for *_, line in rows[i:])
            return i if brief else len(rows)
    return len(rows)


def _box(rows: list[Line], head: int) -> int:
    """Return the line from which on a box below the editors' line explains the article."""
    for i in range(max(head + 2, len(rows) - _BOX), len(rows)):
        if pattern("BOX").fullmatch(rows[i][2]) and pattern("CREDIT").fullmatch(rows[i - 1][2]):
            return i
    return len(rows)


def _glossary(rows: list[Line], head: int) -> int:
    """Return the line from which on the words of a document are explained, to its end."""
    for i in reversed(range(head + 1, len(rows))):
        if len(rows[i][2]) <= LONG and pattern("GLOSSARY").fullmatch(rows[i][2]):
            terms = [pattern("TERM").match(row[2]) is not None for row in rows[i + 1 :]]
            return i if sum(terms) >= max(_TERMS, len(terms) * 2 / 3) else len(rows)
    return len(rows)


def _end(rows: list[Line], head: int) -> int:
    """Return the line from which on the lines to the end speak most for furniture."""
    chinese = sum(_CHINESE.search(line) is not None for *_, line in rows) * 2 > len(rows)
    last = reversed(rows[max(head + 1, len(rows) - _NEAR) :])
    near = [*takewhile(lambda row: not _is_paragraph(row[2]), last)][::-1]
    weights: list[float] = []
    listed = _opens_list(rows[-len(near) - 1][2], "") if len(near) < len(rows) else False
    for (*_, line), known in zip(near, _kinds(near), strict=True):
        listed = listed and not pattern("OWN_ANNEX").match(line)
        weight = _SURE if known else _weight(line, listed)
        weights.append(_LISTED if chinese and not _CHINESE.search(line) else weight)
        listed = listed or _opens_list(line, known)
    sums = list(accumulate(reversed(weights)))
    best = max(sums, default=0.0)
    return len(rows) - (sums.index(best) + 1 if best > 0 else 0)


def _is_paragraph(line: str) -> bool:
    """Return whether a line holds sentences of the document: the article has not ended above it."""
    return ("。" in line or len(line) > 2 * LONG) and not _kind(line)


def _opens_list(line: str, known: str) -> bool:
    """Return whether below a line stands no text any more: the editors' line, or 相关阅读."""
    credit = pattern("EDITOR").search(line) and pattern("CREDIT").fullmatch(line)
    byline = not known and re.search(pattern("BYLINE").pattern + r"$", line[-90:]) is not None
    return bool(credit or pattern("LINKS_HEAD").fullmatch(line)) or byline


def _weight(line: str, listed: bool) -> float:
    """Return what a line near the end counts for the article's having ended above it."""
    if listed and len(line) <= LONG:
        return _LISTED
    if line[-1] in "！？；" or len(line) > LONG or pattern("SIGNS").match(line):
        return _OWN
    row = _ROW.fullmatch(line) and not pattern("NAMES_ONLY").fullmatch(line)
    return _LINKS if row else _SHORT


def _kinds(rows: list[Line]) -> list[str]:
    """Return the rules by which lines below the article fall, or nothing for each that does not."""
    kinds = [_kind(line) for *_, line in rows]
    for i, (*_, line) in enumerate(rows[1:], 1):
        value = len(line) <= _LABEL and not pattern("SIGNS").match(line)
        if value and is_label(rows[i - 1][2]):
            kinds[i] = kinds[i] or "editors"
    return kinds


def _kind(line: str) -> str:
    """Return the rule by which a line below the article falls, or nothing."""
    whole = _BRACKET.sub("", line[: 2 * LONG + 1])
    own = pattern("SIGNED").split(whole)[0] if "。" in line else line
    return kind(own or line, "below", "anywhere") if len(line) <= 2 * LONG else ""
