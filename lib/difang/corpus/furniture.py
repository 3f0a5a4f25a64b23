"""Page furniture: what a web page sets around an article.

In goes a text with one paragraph a line; out come edits for header fields, navigation, buttons,
bylines, captions, credits and what follows the article. A line falls by its place, its shape and
the words of the trade (记者, 责编, 来源), never by the sentences of one site. Shapes stand in
data/reference/page_furniture.csv and patterns.csv; what no shape tells is weighed (page_lines).
"""

import re
from collections import Counter
from collections.abc import Iterator

from difang.corpus.characters import HAN
from difang.corpus.cues import pattern
from difang.corpus.edits import Edit, change
from difang.corpus.layout import Line, lines
from difang.corpus.page_feet import article_end, last_byline
from difang.corpus.page_heads import above, article_start, before_text, parts, placed
from difang.corpus.page_shapes import ANYWHERE, LONG, cut

_BEHIND = re.compile(rf"(?<=[。！？”]) ?[{HAN}A-Za-z.·]{{4,}}$")
_OFTEN, _SHORT = 3, 30  # paragraphs that end alike; characters of such an end


def furniture(text: str) -> list[Edit]:
    """Return edits that take out, or move to the metadata, what is not the article's own text."""
    rows = [row for row in lines(text) if row[2].strip()]
    head = article_start(rows)
    if head is None:
        return []
    tail = article_end(rows, head)
    own = rows[: len(rows) - len(tail)]
    edits = [edit for row, rule in placed(rows, head) for edit in above(text, row, rule)]
    for row in own[head : head + 1]:
        edits += before_text(text, row)
    edits += [edit for row in own for edit in _anywhere(text, row)]
    edits += _ends(text, own[head:])
    for row, rule in tail:
        edits += parts(text, row) if rule == "page_line" else [cut(text, row, rule)]
    return sorted(edits)


def _ends(text: str, rows: list[Line]) -> Iterator[Edit]:
    """Yield edits for what paragraphs end in behind their last sentence: names, a site's mark."""
    found = [(row, m) for row in rows if (m := pattern("SIGNED").search(row[2][-90:]))]
    for row, signed in found:
        if len(found) >= _OFTEN or row == rows[-1]:
            yield cut(text, row, "byline", len(row[2][:-90]) + signed.start())
    marks = [(row, m) for row in rows if (m := _BEHIND.search(row[2][-_SHORT:]))]
    often = Counter(mark[0] for _, mark in marks)
    for row, mark in marks:
        if often[mark[0]] >= _OFTEN:
            yield cut(text, row, "repeated", len(row[2][:-_SHORT]) + mark.start())


def _anywhere(text: str, row: Line) -> Iterator[Edit]:
    """Yield edits for furniture that may stand at any paragraph."""
    line = row[2]
    if not line.strip("|?？-·• "):
        yield cut(text, row, "separator")
        return
    if 1 < len(line) <= 2 * LONG and line[0] != "|":
        for rule, shape in ANYWHERE.items():
            if shape.fullmatch(line):
                yield cut(text, row, rule)
                return
    yield from _lead(text, row)
    last = last_byline(line)
    if last is not None:
        yield cut(text, row, "byline", last)
    elif page := pattern("PAGE_END").search(line[-30:]):
        yield cut(text, row, "page_number", len(line[:-30]) + page.start())
    elif line.endswith("|") and line[0] != "|":
        yield cut(text, row, "separator", len(line.rstrip("| ")))


def _lead(text: str, row: Line) -> Iterator[Edit]:
    """Yield edits for the agency's mark and the reporters before the lead: 本报讯（记者刘勇）."""
    line = row[2][:120]
    mark = pattern("DATELINE").match(line)
    bylines = (
        b
        for b in pattern("BYLINE").finditer(line)
        if line[: b.start()].rstrip()[-1:] in ["", *"讯电息"]
    )
    inline = pattern("INLINE_BYLINE").match(line, mark.end() if mark else 0)
    byline = next(bylines, None) or (inline if mark or (inline and "报道" in inline[0]) else None)
    if byline:
        yield cut(text, row, "byline", *byline.span())
    if mark:
        own = line.startswith("本")  # 本报讯 names no source
        stop = min(byline.start(), mark.end()) if byline else mark.end()
        yield change(text, row[0], row[0] + stop, "", "dateline", move=not own)
        if byline and byline.end() < mark.end():
            yield change(text, row[0] + byline.end(), row[0] + mark.end(), "", "dateline")
