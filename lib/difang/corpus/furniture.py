"""Page furniture: what a web page sets around an article.

In goes a text with one paragraph a line; out come edits for header fields, buttons, bylines,
captions, credits and what follows the article. Rules go by position, by the shape of a line and by
the words of the trade (记者, 责编, 来源), never by the sentences of one site. The words and shapes
stand in data/reference, in page_furniture.csv by rule and place, and in patterns.csv.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from difang.corpus.characters import HAN
from difang.corpus.cues import cues, pattern
from difang.corpus.edits import Edit, change
from difang.corpus.layout import Line, lines
from difang.corpus.rules import MOVES

_TABLE = cues("page_furniture.csv")
_ABOVE, _ANYWHERE, _BELOW = (
    {row["rule"]: shape for row, shape in _TABLE if place in row["place"].split()}
    for place in ("above", "anywhere", "below")
)
_LABELS = "|".join(
    f"(?P<{row['rule']}>{words.pattern})" for row, words in _TABLE if row["place"] == "label"
)
_FIELD = re.compile(rf"[【\[（(]?(?<!\w)(?:{_LABELS}){pattern('COLON').pattern}")
_LINK = re.compile(rf"[{HAN}A-Z]{{1,12}}\Z")
_LINKS = 10  # at most, below a byline
_FAR = 15  # lines, at most, above the first paragraph that are no furniture
_LONG = 120  # characters of the longest line that is furniture as a whole


def furniture(text: str) -> list[Edit]:
    """Return edits that take out, or move to the metadata, what is not the article's own text."""
    rows = [row for row in lines(text) if row[2].strip()]
    edits: list[Edit] = []
    head = others = 0
    while head < len(rows) and others < _FAR and not _is_running(rows[head][2]):
        found = list(_above(text, rows[head]))
        others += not found
        edits += found
        head += 1
    tail = _tail(rows, head)
    own = rows[: len(rows) - len(tail)]
    for row in own[head : head + 1]:
        if (label := _FIELD.match(row[2])) and label.lastgroup == "header_text":
            edits.append(_cut(text, row, "header_label", *label.span()))
    edits += [edit for row in own for edit in _anywhere(text, row)]
    return sorted(edits + [_cut(text, row, rule) for row, rule in tail])


def _cut(text: str, row: Line, rule: str, start: int = 0, end: int | None = None) -> Edit:
    """Return the edit that takes `start` to `end` out of a line, or moves it if the rule does."""
    stop = row[1] if end is None else row[0] + end
    return change(text, row[0] + start, stop, "", rule, move=rule in MOVES)


def _is_running(line: str) -> bool:
    """Return whether a line is running text, not a title, field or credit."""
    marked = len(line) >= 30 and any(mark in line for mark in "，。；")
    return marked and not pattern("CAPTION").fullmatch(line[:_LONG])


def _above(text: str, row: Line) -> Iterator[Edit]:
    """Yield edits for a line above the article: a path, reporters, a time stamp, header fields."""
    line = row[2]
    for rule, shape in _ABOVE.items():
        if shape.fullmatch(line):
            yield _cut(text, row, rule)
            return
    fields = list(_FIELD.finditer(line))
    first = fields[0].start() if fields else len(line)
    stamps = list(_stamps(line, first))
    yield from (_cut(text, row, "header_date", *span) for span in stamps)
    if first > 0 and not stamps:
        return
    stops = [*(field.start() for field in fields[1:]), len(line)]
    for field, stop in zip(fields, stops, strict=False):
        rule = str(field.lastgroup)
        yield _cut(text, row, "header_label", *field.span())
        value = line[field.end() : stop].rstrip()
        if value and rule != "header_text":
            yield _cut(text, row, rule, field.end(), field.end() + len(value))


def _stamps(line: str, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the time stamps that a line begins with."""
    stamp = pattern("STAMP").match(line)
    while stamp and stamp.end() <= end:
        yield stamp.span()
        stamp = pattern("STAMP").match(line, stamp.end() + 1)


def _anywhere(text: str, row: Line) -> Iterator[Edit]:
    """Yield edits for furniture that may stand at any paragraph."""
    line = row[2]
    if 1 < len(line) <= _LONG and line[0] != "|":
        for rule, shape in _ANYWHERE.items():
            if shape.fullmatch(line):
                yield _cut(text, row, rule)
                return
    yield from _lead(text, row)
    last = _last_byline(line)
    if last is not None:
        yield _cut(text, row, "byline", last)
    elif line.endswith("|") and line[0] != "|":
        yield _cut(text, row, "separator", len(line.rstrip("| ")))


def _lead(text: str, row: Line) -> Iterator[Edit]:
    """Yield edits for the agency's mark and the reporters before the lead: 本报讯（记者刘勇）."""
    line = row[2][:90]
    mark = pattern("DATELINE").match(line)
    bylines = (
        b
        for b in pattern("BYLINE").finditer(line)
        if line[: b.start()].rstrip()[-1:] in [*"讯电息"]
    )
    byline = next(bylines, None)
    if byline:
        yield _cut(text, row, "byline", *byline.span())
    if mark and byline:  # nothing is moved: 本报讯 names no source
        for start, end in ((0, min(byline.start(), mark.end())), (byline.end(), mark.end())):
            if start < end:
                yield change(text, row[0] + start, row[0] + end, "", "dateline")
    elif mark:
        yield _cut(text, row, "dateline", 0, mark.end())


def _last_byline(line: str) -> int | None:
    """Return where the byline begins that ends a line, if one does."""
    found = pattern("BYLINE").finditer(line, max(0, len(line) - 90))
    return next((byline.start() for byline in found if byline.end() == len(line)), None)


def _tail(rows: list[Line], head: int) -> list[tuple[Line, str]]:
    """Return the lines below the article, with the rule each falls by.

    Below the editors' line all is furniture; above it lines are peeled off from the end as long
    as their shape says what they are.
    """
    end = _after_credits(rows, head)
    tail = [(row, _kind(row[2]) or "after_end") for row in rows[end:]]
    own = rows[:end]
    while len(own) > head + 1 and (kind := _kind(own[-1][2])):
        tail.append((own.pop(), kind))
    appeals = _last(own[head + 1 :], pattern("APPEAL"))
    if any(pattern("CONTACT").search(line) for _, _, line in appeals):
        tail += [(row, "appeal") for row in appeals]
        own = own[: -len(appeals)]
    links = _last(own[head + 1 :], _LINK)
    if 0 < len(links) <= _LINKS and _last_byline(own[-len(links) - 1][2]) is not None:
        tail += [(row, "links") for row in links]
    return tail


def _last(rows: list[Line], shape: re.Pattern[str]) -> list[Line]:
    """Return the lines at the end that begin with a shape."""
    return list(takewhile(lambda row: shape.match(row[2]), reversed(rows)))


def _after_credits(rows: list[Line], head: int) -> int:
    """Return the first line below the editors' line, if what follows is little and not 附 or 注."""
    for i in range(head + 1, len(rows)):
        line = rows[i][2]
        if (
            len(line) <= _LONG
            and pattern("CREDIT").fullmatch(line)
            and pattern("EDITOR").search(line)
        ):
            below = rows[-1][1] - rows[i][1]
            own = any(pattern("OWN_ANNEX").match(row[2]) for row in rows[i + 1 :])
            return len(rows) if own or below * 2 > rows[i][0] else i + 1
    return len(rows)


def _kind(line: str) -> str:
    """Return the rule by which a line below the article falls, or nothing."""
    shapes = _BELOW.items() if len(line) <= 2 * _LONG else ()
    return next((rule for rule, shape in shapes if shape.fullmatch(line)), "")
