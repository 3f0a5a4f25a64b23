"""Page furniture: what a web page sets around an article.

In goes a text with one paragraph a line; out come edits for header fields, navigation, buttons,
bylines, captions, credits and what follows the article. A line falls by its place, its shape and
the words of the trade (记者, 责编, 来源), never by the sentences of one site (page_lines).
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from difang.corpus.characters import HAN
from difang.corpus.cues import pattern
from difang.corpus.edits import Edit, change
from difang.corpus.layout import Line, lines
from difang.corpus.page_feet import article_end
from difang.corpus.page_heads import above, article_start, placed
from difang.corpus.page_lines import FIELD, LONG, cut, parts, shaped, weigh
from difang.corpus.sieve import has_words
from difang.corpus.titles import is_title

_BEHIND = re.compile(rf"(?<=[。！？”]) ?[{HAN}A-Za-z.·]{{4,}}$")
_FINAL = "。；，：！？"  # behind these a line holds nothing more
_START = 120  # characters of the beginning of a line in which its lead stands
_END = 90  # characters of the end of a line in which its byline stands
_OFTEN, _SHORT = 3, 30  # paragraphs that end alike; characters of such an end
_ADDRESS = "(?:各位|同志们|尊敬的)"
_NAMES = 8  # characters of a title that images are called by
_KEPT = 1000  # characters of the longest line that is remembered
WITHHELD = "withheld"  # the rule of what a site says that keeps a part of the text back
_SURE, _PLAIN = 1.5, 3.5  # weights of a bracket, and of a line, that is the page's amid the text


def furniture(text: str) -> list[Edit]:
    """Return edits that take out, or move to the metadata, what is not the article's own text."""
    rows = lines(text)
    head = article_start(rows)
    if head is None:
        return []
    tail = article_end(rows, head)
    own = rows[: len(rows) - len(tail)]
    edits: list[Edit] = []
    brackets = has_words(pattern("PAGE_BRACKET"), text)
    for row, rule in placed(rows, head):  # its fields hold brackets and bylines of their own
        edits += list(above(text, row, rule)) or _anywhere(row, False, brackets)
    for row in own[head:]:
        edits += _anywhere(row, True, brackets)
    edits += [*_ends(text, own[head:]), *_again(text, own, head)]
    for row, rule in tail:
        rule = rule.removesuffix("_bracket")
        edits += parts(text, row) if rule == "page_line" else [cut(text, row, rule)]
    return sorted(edits)


def _again(text: str, rows: list[Line], head: int) -> Iterator[Edit]:
    """Yield edits for a line of the head, the title, that stands below again and again: of images.

    A heading stands once below a table of contents. Right before the address it is no sentence's.
    """
    named = {line for *_, line in rows[:head] if len(line) >= _NAMES and is_title(line)}
    below = [row for row in rows[head:] if row[2] in named]
    often = Counter(row[2] for row in below)
    yield from (cut(text, row, "title_repeat") for row in below if often[row[2]] > 1)
    for row, name in product(rows[: head + 1], named):
        glued = re.match(rf"(?:{re.escape(name)}\s?)+(?={_ADDRESS})", row[2])
        if glued:
            yield cut(text, row, "title_repeat", 0, glued.end())


def _ends(text: str, rows: list[Line]) -> Iterator[Edit]:
    """Yield edits for what paragraphs end in behind their last sentence: names, a site's mark."""
    last, rows = rows[-1:], [row for row in rows if row[2][-1] not in _FINAL]
    found = [(row, m) for row in rows if (m := pattern("SIGNED").search(row[2][-_END:]))]
    for row, signed in found:
        if len(found) >= _OFTEN or [row] == last:
            yield cut(text, row, "byline", len(row[2][:-_END]) + signed.start())
    marks = [(row, m) for row in rows if (m := _BEHIND.search(row[2][-_SHORT:]))]
    often = Counter(mark[0] for _, mark in marks)
    for row, mark in marks:
        if often[mark[0]] >= _OFTEN:
            yield cut(text, row, "repeated", len(row[2][:-_SHORT]) + mark.start())


def _anywhere(row: Line, below: bool, brackets: bool) -> Iterator[Edit]:
    """Yield edits for furniture that may stand at any paragraph, or `below` the head."""
    start, _, line = row
    found = _in_line(line, below, brackets) if len(line) <= _KEPT else _seek(line, below, brackets)
    return (e._replace(start=start + e.start, end=start + e.end) for e in found)


@lru_cache(maxsize=4096)  # most lines stay from pass to pass
def _in_line(line: str, below: bool, brackets: bool) -> list[Edit]:
    return [*_seek(line, below, brackets)]


def _seek(line: str, below: bool, brackets: bool) -> Iterator[Edit]:
    """Yield edits for furniture in a line, at its offsets."""
    row = (0, len(line), line)
    if not line.strip("|?？-·• ▼▽▲△◆■●★☆▍▎"):
        yield cut(line, row, "separator")
        return
    if 1 < len(line) <= 2 * LONG and line[0] != "|":
        if rule := shaped(line, "anywhere"):
            yield cut(line, row, rule)
            return
        hint = below and "。" not in line[:-1] and pattern("PAGE_HINT").search(line)
        if hint and weigh(line)[0] >= _PLAIN:
            yield from parts(line, row)
            return
    for start, stop, rule, tells in _lead(line[:_START]):
        yield change(line, start, stop, "", rule, move=tells)
    for note in pattern("INLINE_NOTE").finditer(line):
        yield cut(line, row, "editors_note", *note.span())
    for bracket in pattern("PAGE_BRACKET").finditer(line) if brackets else ():
        weight, named = weigh(bracket[0][1:-1])
        if weight >= _SURE:
            last = bracket.end() == len(line) and pattern("SOURCED").match(bracket[0])
            rule = WITHHELD if named == WITHHELD else "source_line" if last else "page_line"
            yield cut(line, row, rule, *bracket.span())
            if last:
                return
    if line[-1] not in _FINAL and (end := pattern("LINE_END").search(line[-_END:])):
        yield cut(line, row, str(end.lastgroup), len(line[:-_END]) + end.start())


def _lead(line: str) -> list[tuple[int, int, str, bool]]:
    """Return the agency's mark and the reporters before the lead: 本报讯（记者刘勇）.

    Each with its span and its rule, and whether it tells something: 本报讯 names no source.
    """
    label, mark = FIELD.match(line), pattern("DATELINE").match(line)
    end = mark.end() if mark else 0
    inline = pattern("INLINE_BYLINE").match(line, end)
    byline = pattern("BYLINE").search(line, 0, end) or pattern("BYLINE").match(line, end)
    byline = byline or (inline if mark or (inline and "报道" in inline[0]) else None)
    found = []
    if part := pattern("SCRIPT_LABEL").match(line):
        found.append((*part.span(), "header_label", False))
    if label and label.lastgroup == "header_text":
        found.append((*label.span(), "header_label", False))
    if byline:
        found.append((*byline.span(), "byline", True))
    around = [(0, min(end, byline.start())), (byline.end(), end)] if byline else [(0, end)]
    names = not line.startswith("本")
    return found + [(a, b, "dateline", names and not a) for a, b in around if a < b]
