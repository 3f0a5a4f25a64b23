"""Page furniture: what a web page sets around an article.

In goes a text with one paragraph a line; out come edits for header fields, navigation, buttons,
bylines, captions, credits and what follows the article. A line falls by its place, its shape and
the words of the trade (记者, 责编, 来源), never by the sentences of one site. Shapes stand in
data/reference/page_furniture.csv and patterns.csv; what no shape tells is weighed (page_lines).
"""

import re
from collections.abc import Iterator
from itertools import accumulate, takewhile

from difang.corpus.characters import HAN, HEAD
from difang.corpus.cues import cues, pattern
from difang.corpus.edits import Edit, change
from difang.corpus.layout import Line, lines
from difang.corpus.page_lines import is_furniture
from difang.corpus.rules import MOVES
from difang.corpus.titles import is_title

_TABLE = cues("page_furniture.csv")
_ABOVE, _ANYWHERE, _BELOW = (
    {row["rule"]: shape for row, shape in _TABLE if place in row["place"].split()}
    for place in ("above", "anywhere", "below")
)
_LABELS = "|".join(
    f"(?P<{row['rule']}>{words.pattern})" for row, words in _TABLE if row["place"] == "label"
)
_FIELD = re.compile(rf"[【〖\[（(•·|]?\s?(?<!\w)(?:{_LABELS}){pattern('COLON').pattern}")
_NAMED = ("header_source", "header_reporter", "header_editors")  # values that hold no sentence
_LINK = re.compile(rf"[{HAN}A-Z]{{1,12}}\Z")
_LINKS = 10  # at most, below a byline
_SUFFIX = 20  # characters of a site's name behind a title
_FAR = 40  # lines, at most, above the first paragraph that are no furniture
_GAP = 3  # lines between two lines of fields
_WORDS = re.compile(rf"[{HAN}]|(?:19|20)\d\d")  # a line above a Chinese text has one of these
_FOREIGN = 5  # times as much Chinese must a text hold for its foreign lines to be the page's
_CHINESE = re.compile(rf"[{HAN}]|^\W*\d[\d\W]*$")  # figures may sign a text or be its table
_NUMBERED = re.compile(rf"{HEAD}|目\s?录")
_LONG = 120  # characters of the longest line that is furniture as a whole
_NEAR = 60  # lines at the end that are weighed
_SURE, _LISTED, _SHORT, _PARAGRAPH = 2.0, 0.3, -2.5, -5.0  # what kinds of lines count for an end


def furniture(text: str) -> list[Edit]:
    """Return edits that take out, or move to the metadata, what is not the article's own text."""
    rows = [row for row in lines(text) if row[2].strip()]
    head = _head(rows)
    tail = _tail(rows, head)
    own = rows[: len(rows) - len(tail)]
    edits = [edit for row, rule in _sorted(rows[:head]) for edit in _above(text, row, rule)]
    for row in own[head : head + 1]:
        edits += _before_text(text, row)
    edits += [edit for row in own for edit in _anywhere(text, row)]
    if own[head:] and (signed := pattern("SIGNED").search(own[-1][2][-90:])):
        edits.append(_cut(text, own[-1], "byline", len(own[-1][2][:-90]) + signed.start()))
    for row, rule in tail:
        edits += _parts(text, row) if rule == "page_line" else [_cut(text, row, rule)]
    return sorted(edits)


def _cut(text: str, row: Line, rule: str, start: int = 0, end: int | None = None) -> Edit:
    """Return the edit that takes `start` to `end` out of a line, or moves it if the rule does."""
    stop = row[1] if end is None else row[0] + end
    return change(text, row[0] + start, stop, "", rule, move=rule in MOVES)


def _head(rows: list[Line]) -> int:
    """Return the number of lines above the first paragraph, or of those near the beginning."""
    others = 0
    for i, (_, _, line) in enumerate(rows):
        below = (row[2] for row in rows[i + 1 : i + _GAP])
        if others == _FAR or (_is_running(line) and not any(map(_is_path, below))):
            return i
        others += not _is_header(line)
    return len(rows)


def _is_running(line: str) -> bool:
    """Return whether a line is running text, not a title, field or credit."""
    marked = len(line) >= 30 and any(mark in line for mark in "，。；")
    shapes = (pattern("CAPTION"), *_ABOVE.values())
    short = line[: 2 * _LONG]
    return marked and not any(shape.fullmatch(short) for shape in shapes) and not is_furniture(line)


def _is_path(line: str) -> bool:
    """Return whether a line is the path of the page within its site."""
    return (
        _ABOVE["navigation"].fullmatch(line) is not None
        and pattern("MENU").search(line) is not None
    )


def _sorted(rows: list[Line]) -> Iterator[tuple[Line, str]]:
    """Walk the lines above the article, each with the rule that its place tells, if any.

    What stands above the page's path or menu is the site's, so is what stands between two lines of
    fields below the title, between the title and its repetition, and in a list of links.
    """
    minutes = [pattern("MINUTES").match(line) is not None for *_, line in rows]
    headers = [_is_header(line) for *_, line in rows]
    for i in (i for i, line in enumerate(rows) if any(minutes[max(0, i - 1) : i + 2])):
        headers[i] = headers[i] and not pattern("WHEN").match(rows[i][2])
    menu, again = _menu(rows, headers), _repeated(rows, headers)
    title = next((i for i in range(menu, len(rows)) if not headers[i] and is_title(rows[i][2])), 0)
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
        elif i in again:
            yield row, "title_repeat"
        elif i < menu or not _WORDS.search(line):
            yield row, "navigation"
        elif listed or (fields and i > title and not _NUMBERED.match(line)):
            yield row, "links"
        elif i and headers[i - 1] and " " in line and pattern("NAMES_ONLY").fullmatch(line):
            yield row, "byline"
        else:
            yield row, ""
        listed = listed or (opens and line[-1] in ":：")


def _menu(rows: list[Line], headers: list[bool]) -> int:
    """Return the place of the last menu or path that has a title below it, or 0."""
    titled = False
    for i in reversed(range(len(rows))):
        if titled and headers[i] and pattern("MENU").search(rows[i][2]):
            return i
        titled = titled or (not headers[i] and is_title(rows[i][2]))
    return 0


def _repeated(rows: list[Line], headers: list[bool]) -> range:
    """Return the places of the title's repetition and of what parts it from the first.

    The shorter one stays: behind the other stands the name of the site.
    """
    words = [re.sub(r"\W", "", line) for *_, line in rows]
    titles = (i for i, row in enumerate(rows) if not headers[i] and is_title(row[2]))
    first = next(titles, len(rows))
    for last in reversed(range(first + 1, min(len(rows), first + _FAR))):
        between = rows[first + 1 : last]
        if _same(words[first], words[last]) and not any(_NUMBERED.match(row[2]) for row in between):
            longer = len(words[first]) > len(words[last])
            return range(first, last) if longer else range(first + 1, last + 1)
    return range(0)


def _same(one: str, other: str) -> bool:
    """Return whether two lines say the same, but for a few characters behind one of them."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 5 and long.startswith(short) and len(long) - len(short) <= _SUFFIX


def _is_header(line: str) -> bool:
    """Return whether a line holds fields, a stamp or words of the page, or is such by its shape."""
    field = _FIELD.match(line)
    if field and not (field.lastgroup in _NAMED and re.search("[，。？！?!]", line[field.end() :])):
        return True
    shapes = any(shape.fullmatch(line) for shape in _ABOVE.values())
    return shapes or pattern("STAMP").match(line) is not None or is_furniture(line)


def _above(text: str, row: Line, rule: str) -> Iterator[Edit]:
    """Yield edits for a line above the article: a path, reporters, a time stamp, header fields."""
    line = row[2]
    shape = next((name for name, shape in _ABOVE.items() if shape.fullmatch(line)), "")
    if rule == "page_line" and not shape:
        yield from _parts(text, row)
    elif shape or rule:
        yield _cut(text, row, shape or rule)
    elif ends := pattern("TITLE_END").search(line[-40:]):
        yield _cut(text, row, "navigation", len(line[:-40]) + ends.start())


def _parts(text: str, row: Line) -> Iterator[Edit]:
    """Yield edits that take a whole line out, in parts: labels, values, stamps, outlets, others."""
    fields = list(_FIELD.finditer(row[2]))
    outlets = all(field.lastgroup != "header_source" for field in fields)
    stops = [*(field.start() for field in fields), len(row[2])]
    yield from _values(text, row, 0, stops[0], "", outlets)
    for field, stop in zip(fields, stops[1:], strict=True):
        yield _cut(text, row, "header_label", *field.span())
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
            yield _cut(text, row, name, begin, begin + len(words.strip()))


def _before_text(text: str, row: Line) -> Iterator[Edit]:
    """Yield the edit for what stands before the text on its first line: a label, a site's name."""
    label = _FIELD.match(row[2])
    site = pattern("SITE_BEFORE").match(row[2])
    if label and label.lastgroup == "header_text":
        yield _cut(text, row, "header_label", *label.span())
    elif site:
        yield _cut(text, row, "page_line", *site.span())


def _anywhere(text: str, row: Line) -> Iterator[Edit]:
    """Yield edits for furniture that may stand at any paragraph."""
    line = row[2]
    if not line.strip("|?？ "):
        yield _cut(text, row, "separator")
        return
    if 1 < len(line) <= 2 * _LONG and line[0] != "|":
        for rule, shape in _ANYWHERE.items():
            if shape.fullmatch(line):
                yield _cut(text, row, rule)
                return
    yield from _lead(text, row)
    last = _last_byline(line)
    if last is not None:
        yield _cut(text, row, "byline", last)
    elif page := pattern("PAGE_END").search(line[-30:]):
        yield _cut(text, row, "page_number", len(line[:-30]) + page.start())
    elif line.endswith("|") and line[0] != "|":
        yield _cut(text, row, "separator", len(line.rstrip("| ")))


def _lead(text: str, row: Line) -> Iterator[Edit]:
    """Yield edits for the agency's mark and the reporters before the lead: 本报讯（记者刘勇）."""
    line = row[2][:120]
    mark = pattern("DATELINE").match(line)
    bylines = (
        b
        for b in pattern("BYLINE").finditer(line)
        if line[: b.start()].rstrip()[-1:] in ["", *"讯电息"]
    )
    byline = next(bylines, None) or (mark and pattern("INLINE_BYLINE").match(line, mark.end()))
    if byline:
        yield _cut(text, row, "byline", *byline.span())
    if mark:
        own = line.startswith("本")  # 本报讯 names no source
        stop = min(byline.start(), mark.end()) if byline else mark.end()
        yield change(text, row[0], row[0] + stop, "", "dateline", move=not own)
        if byline and byline.end() < mark.end():
            yield change(text, row[0] + byline.end(), row[0] + mark.end(), "", "dateline")


def _last_byline(line: str) -> int | None:
    """Return where the byline begins that ends a line, if one does."""
    found = pattern("BYLINE").finditer(line, max(0, len(line) - 90))
    return next((byline.start() for byline in found if byline.end() == len(line)), None)


def _tail(rows: list[Line], head: int) -> list[tuple[Line, str]]:
    """Return the lines below the article, with the rule each falls by.

    Below the editors' line all is furniture; above it the article ends where the lines from there
    on speak most for furniture.
    """
    end = _after_credits(rows, head)
    tail = [(row, _kind(row[2]) or "after_end") for row in rows[end:]]
    end = _end(rows[:end], head)
    tail += [(row, _kind(row[2]) or "links") for row in rows[end : len(rows) - len(tail)]]
    own = rows[:end]
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
    """Return the first line below the editors' line, if links follow or little, and no 附 or 注."""
    for i in range(head + 1, len(rows)):
        line = rows[i][2]
        if len(line) <= _LONG and pattern("EDITOR").search(line) and _credits(line):
            below = rows[-1][1] - rows[i][1]
            own = any(pattern("OWN_ANNEX").match(row[2]) for row in rows[i + 1 :])
            links = all(len(row[2]) <= _LONG and "。" not in row[2] for row in rows[i + 1 :])
            return len(rows) if own or (below * 2 > rows[i][0] and not links) else i + 1
    return len(rows)


def _credits(line: str) -> bool:
    """Return whether a line names the editors and nothing else."""
    label = _FIELD.match(line)
    labelled = label is not None and label.lastgroup == "header_editors" and is_furniture(line)
    return labelled or pattern("CREDIT").fullmatch(line) is not None


def _end(rows: list[Line], head: int) -> int:
    """Return the line from which on the lines to the end speak most for furniture."""
    foreign = sum(len(line) for *_, line in rows if not _CHINESE.search(line))
    chinese = foreign * _FOREIGN < sum(len(line) for *_, line in rows)
    near: list[tuple[str, float]] = []
    for *_, line in reversed(rows[max(head + 1, len(rows) - _NEAR) :]):
        weight = _LISTED if chinese and not _CHINESE.search(line) else _weight(line)
        if weight == _PARAGRAPH:
            break
        near.append((line, weight))
    weights, listed = [], False
    for line, weight in reversed(near):
        listed = listed or pattern("LINKS_HEAD").fullmatch(line) is not None
        weights.append(max(weight, _LISTED) if listed else weight)
    sums = list(accumulate(reversed(weights)))
    best = max(sums, default=0.0)
    return len(rows) - (sums.index(best) + 1 if best > 0 else 0)


def _weight(line: str) -> float:
    """Return what a line near the end counts for the article's having ended above it."""
    if _kind(line):
        return _SURE
    return _PARAGRAPH if "。" in line or line[-1] in "！？；" or len(line) > _LONG else _SHORT


def _kind(line: str) -> str:
    """Return the rule by which a line below the article falls, or nothing."""
    shapes = _BELOW.items() if len(line) <= 2 * _LONG else ()
    rule = next((rule for rule, shape in shapes if shape.fullmatch(line)), "")
    return rule or ("page_line" if is_furniture(line) else "")
