"""The head of a page: what stands above the first paragraph, and which of it is the site's.

In go the lines of a text; out come edits for menus, paths, header fields, buttons, bylines, links
and the title's repetition. A line falls by its shape, its words (page_lines) or its place.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from difang.corpus.characters import END, HAN, HEAD
from difang.corpus.cues import pattern
from difang.corpus.edits import Edit
from difang.corpus.layout import Line
from difang.corpus.page_lines import hinted, is_furniture
from difang.corpus.page_shapes import ABOVE, FIELD, LONG, cut, is_running
from difang.corpus.titles import is_title

_NAMED = ("header_source", "header_reporter", "header_editors")  # values that hold no sentence
_SUFFIX = 20  # characters of a site's name behind a title
_LIST = 1000  # lines
_FAR = 40  # lines, at most, above the first paragraph that are no furniture
_TEASER, _BELOW = 30, 3000  # characters of a teaser, at least, and those in which it stands
_CLAUSE = f"{END}，、：；".replace("…", "")  # a line that ends so does not break off
_GAP = 3  # lines between two lines of fields
_WORDS = re.compile(rf"[{HAN}]|(?:19|20)\d\d")  # a line above a Chinese text has one of these
_NUMBERED = re.compile(rf"{HEAD}|目\s?录")
_OWN = "—―─（("  # a subtitle or a day begins so
_OF_TEXT = re.compile(rf"^{HEAD}|[，：].*[，。；：！]|[。；]$")
_MOST = 3  # lines of a title: more are a list of articles
_LISTED, _MANY = 6, 5  # lines of the page to each that shows itself one; lines of a head, at most
_LABEL = 12  # characters of the longest line between fields that names no subtitle


def article_start(rows: list[Line]) -> int | None:
    """Return the number of lines above the first paragraph, or of those near the beginning.

    A thousand lines of the page and no paragraph are a list, no page: None.
    """
    others = 0
    for i, (_, _, line) in enumerate(rows):
        below = (row[2] for row in rows[i + 1 : i + _GAP])
        ends = _is_running(line) and not any(map(_is_path, below)) and not _is_teaser(rows, i)
        if others == _FAR or ends:
            return i
        if i == _LIST:
            return None
        others += not _is_header(line)
    return len(rows)


def _is_running(line: str) -> bool:
    """Return whether a line is running text, not a title, field or credit."""
    shapes = (pattern("CAPTION"), *ABOVE.values())
    short = line[: 2 * LONG]
    shaped = any(shape.fullmatch(short) for shape in shapes)
    return is_running(line) and not shaped and not is_furniture(line)


def _is_teaser(rows: list[Line], i: int) -> bool:
    """Return whether a line breaks off and stands below but for a few words: the site's way in."""
    line = rows[i][2]
    words = _bare(line)
    below = _bare("".join(row[2] for row in rows[i + 1 : i + _FAR])[:_BELOW])
    breaks_off = line[-1] not in _CLAUSE and len(words) >= _TEASER
    return breaks_off and words[: len(words) * 9 // 10] in below


def _bare(line: str) -> str:
    return re.sub(r"\W", "", line)


def _is_path(line: str) -> bool:
    """Return whether a line is the path of the page within its site."""
    return (
        ABOVE["navigation"].fullmatch(line) is not None and pattern("MENU").search(line) is not None
    )


def placed(text: list[Line], head: int) -> Iterator[tuple[Line, str]]:
    """Walk the lines of a text above the article, each with the rule that its place tells, if any.

    What stands above the page's path or menu is the site's, so is what stands between two lines of
    fields below the title, between the title and its repetition, and in a list of links.
    """
    rows = text[:head]
    minutes = [pattern("MINUTES").match(line) is not None for *_, line in rows]
    headers = [_is_header(line) for *_, line in rows]
    for i in (i for i, line in enumerate(rows) if any(minutes[max(0, i - 1) : i + 2])):
        headers[i] = headers[i] and not pattern("WHEN").match(rows[i][2])
    for i in (i for i, row in enumerate(rows) if pattern("DAY_LINE").fullmatch(row[2])):
        headers[i] = headers[i] or any(headers[max(0, i - 1) : i + 2])
    fits = [not head and is_title(line) for head, (*_, line) in zip(headers, rows, strict=True)]
    again, menu = _repeated(rows, fits), _site(rows, headers, fits)
    title = next((i for i in range(menu, len(rows)) if fits[i]), 0)
    title = again.stop if title in again else title
    listed = False
    for i, row in enumerate(rows):
        line = row[2]
        opens = pattern("LINKS_HEAD").fullmatch(line) is not None
        listed = listed and not opens and not headers[i]
        fields = any(headers[max(title, i - _GAP) : i]) and any(headers[i : i + _GAP])
        if headers[i]:
            yield row, "page_line"
        elif pattern("WHEN").match(line) or minutes[i]:
            continue
        elif _is_running(line) and _is_teaser(text, i):
            yield row, "title_repeat"
        elif line[-1] in "。：；，":
            continue
        elif i in again:
            yield row, "title_repeat"
        elif i < menu or not _WORDS.search(line):
            yield row, "navigation"
        elif listed or (fields and i > title and len(line) <= _LABEL and line[0] not in _OWN):
            yield row, "links"
        elif i and headers[i - 1] and " " in line and pattern("NAMES_ONLY").fullmatch(line):
            yield row, "byline"
        else:
            yield row, ""
        listed = listed or (opens and line[-1] in ":：")


def _site(rows: list[Line], headers: list[bool], fits: list[bool]) -> int:
    """Return the number of lines that stand above the title, or 0 if nothing tells.

    The title stands right above the first line with a day or source, else below the last menu.
    """
    last = max((i for i, fit in enumerate(fits) if fit), default=0)
    menus = (i for i in range(last) if headers[i] and pattern("MENU").search(rows[i][2]))
    menu = max(menus, default=0)
    dated = (i for i, row in enumerate(rows) if headers[i] and pattern("PUBLISHED").search(row[2]))
    field = next(dated, 0)
    near = [i for i in range(max(0, field - _GAP), field) if fits[i]]
    place = _first(rows, fits, near[-1]) if near else 0
    if not near:
        below = max((i for i in range(last) if headers[i]), default=0)
        listed = any(row[2][0] in "·•" for row in rows[menu:below])
        place = below if listed or sum(fits[menu:below]) > _MOST else 0
    place = place if sum(headers[:place]) * _LISTED >= place else 0
    above = (
        row[2] for row, head in zip(rows[: max(place, menu)], headers, strict=False) if not head
    )
    return 0 if any(map(_OF_TEXT.search, above)) else max(place, menu)


def _first(rows: list[Line], fits: list[bool], last: int) -> int:
    """Return the first line of the title that ends at a line, with who said it above it."""
    first = last
    while first and fits[first - 1] and not hinted(rows[first - 1][2]):
        first -= 1
    first = last if last - first > _MANY else first
    return first - (first > 0 and pattern("KICKER").fullmatch(rows[first - 1][2]) is not None)


def _repeated(rows: list[Line], fits: list[bool]) -> range:
    """Return the places of the title's repetition and of what parts it from the first.

    The shorter one stays: about the other stands the name of the site.
    """
    words = [_bare(line) for *_, line in rows]
    first = next((i for i, fit in enumerate(fits) if fit), len(rows))
    for last in reversed(range(first + 1, min(len(rows), first + _FAR))):
        between = rows[first + 1 : last]
        if _same(words[first], words[last]) and not any(_NUMBERED.match(row[2]) for row in between):
            longer = len(words[first]) > len(words[last])
            return range(first, last) if longer else range(first + 1, last + 1)
    return range(0)


def _same(one: str, other: str) -> bool:
    """Return whether two lines say the same, but for a few characters at an end of one of them."""
    short, long = sorted((one, other), key=len)
    edge = long.startswith(short) or (long.endswith(short) and len(short) * 2 > len(long))
    return len(short) >= 5 and edge and len(long) - len(short) <= _SUFFIX


@lru_cache(maxsize=1024)
def _is_header(line: str) -> bool:
    """Return whether a line holds fields, a stamp or words of the page, or is such by its shape."""
    field = FIELD.match(line)
    if field and not (field.lastgroup in _NAMED and re.search("[，。？！?!]", line[field.end() :])):
        return True
    shapes = any(shape.fullmatch(line) for shape in ABOVE.values())
    return shapes or pattern("STAMP").match(line) is not None or is_furniture(line)


def above(text: str, row: Line, rule: str) -> Iterator[Edit]:
    """Yield edits for a line above the article: a path, reporters, a time stamp, header fields."""
    line = row[2]
    shape, named = _shape(line)
    if rule == "page_line" and (not shape or named):
        yield from parts(text, row)
    elif shape or rule:
        yield cut(text, row, shape or rule)
    elif ends := pattern("TITLE_END").search(line[-40:]):
        yield cut(text, row, "navigation", len(line[:-40]) + ends.start())


@lru_cache(maxsize=1024)
def _shape(line: str) -> tuple[str, bool]:
    """Return the rule of a line above the article by its shape, and whether it has fields."""
    shape = next((name for name, shape in ABOVE.items() if shape.fullmatch(line)), "")
    fields = {field.lastgroup for field in FIELD.finditer(line)}
    stamped = pattern("STAMP").match(line) is not None
    return shape, stamped or not fields.isdisjoint({*_NAMED, "header_date"})


def parts(text: str, row: Line) -> Iterator[Edit]:
    """Yield edits that take a whole line out, in parts: labels, values, stamps, outlets, others."""
    fields = list(FIELD.finditer(row[2]))
    outlets = all(field.lastgroup != "header_source" for field in fields)
    stops = [*(field.start() for field in fields), len(row[2])]
    yield from _values(text, row, 0, stops[0], "", outlets)
    for field, stop in zip(fields, stops[1:], strict=True):
        yield cut(text, row, "header_label", *field.span())
        if (rule := str(field.lastgroup)) != "header_text":
            yield from _values(text, row, field.end(), stop, rule, False)


def _values(
    text: str, row: Line, start: int, stop: int, rule: str, outlets: bool
) -> Iterator[Edit]:
    """Yield edits for a stretch of a header line: a value, then stamps, outlets and the rest."""
    spans = []
    for part in pattern("HEADER_PART").finditer(row[2], start, stop):
        kind = str(part.lastgroup)
        if kind != "header_source" or outlets:
            spans += [(start, part.start(), rule or "page_line"), (*part.span(), kind)]
            start, rule = part.end(), ""
    for begin, end, name in [*spans, (start, stop, rule or "page_line")]:
        words = row[2][begin:end]
        if words.strip():
            begin += len(words) - len(words.lstrip())
            yield cut(text, row, name, begin, begin + len(words.strip()))


def before_text(text: str, row: Line) -> Iterator[Edit]:
    """Yield the edit for what stands before the text on its first line: a label, a site's name."""
    label = FIELD.match(row[2])
    site = pattern("SITE_BEFORE").match(row[2])
    if label and label.lastgroup == "header_text":
        yield cut(text, row, "header_label", *label.span())
    elif site:
        yield cut(text, row, "page_line", *site.span())
