"""The head of a page: what stands above the first paragraph, and which of it is the site's.

In go the lines of a text; out come edits for menus, paths, header fields, buttons, bylines, links
and the title's repetition. A line falls by its words (page_lines) or by its place: above the title,
or between two lines of fields. The title is the line for which most speaks.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from difang.corpus.characters import END, HAN, HEAD
from difang.corpus.cues import pattern
from difang.corpus.edits import Edit
from difang.corpus.layout import Line
from difang.corpus.page_lines import (
    FIELD,
    NAMED,
    cut,
    is_label,
    is_running,
    kind,
    parts,
    shaped,
    weigh,
)
from difang.corpus.titles import is_title

_SAID = "。！？；：:"  # ends a sentence or an address, which is no title again
_SUFFIX, _TITLE = 20, 8  # characters of a site's name behind a title; of a title that comes again
_LIST = 1000  # lines
_FAR = 40  # lines, at most, above the first paragraph that are no furniture
_TEASER, _BELOW = 30, 3000  # characters of a teaser, at least, and those in which it stands
_CLAUSE = f"{END}，、：；".replace("…", "")  # a line that ends so does not break off
_GAP = 3  # lines between two lines of fields
_NOTICE = 8  # lines between what a site says above its menu and the path of the page
_WORDS = re.compile(rf"[{HAN}]|(?:19|20)\d\d")  # a line above a Chinese text has one of these
_OWN = "—―─（("  # a subtitle or a day begins so
_LISTED, _MOST = 6, 3  # lines above the title to each that is the page's; lines of a title
_COLUMN = 5  # characters that the name of a column above a title has not
_LABEL = 12  # characters of the longest line between fields that names no subtitle


def article_start(rows: list[Line]) -> int | None:
    """Return the number of lines above the first paragraph, or of those near the beginning.

    A thousand lines of the page and no paragraph are a list, no page: None.
    """
    others = 0
    for i, (*_, line) in enumerate(rows):
        if others == _FAR or (_begins(line) and not _is_sites(rows, i)):
            return i
        if i == _LIST:
            return None
        others += not _is_header(line)
    return len(rows)


def _begins(line: str) -> bool:
    """Return whether a document begins with a line: running text, an address, a numbered head."""
    return is_running(line) or (pattern("BEGINS").match(line) is not None and not _is_header(line))


def _is_sites(rows: list[Line], i: int) -> bool:
    """Return whether running text above the article is the site's: a teaser, or above its path."""
    paths = (
        pattern("MENU").search(line) and weigh(line)[1] == "navigation" and kind(line)
        for *_, line in rows[i + 1 : i + _NOTICE]
    )
    article = (is_running(line) for *_, line in rows[i + 1 : i + _FAR])
    return _is_teaser(rows, i) or (any(paths) and any(article))


def _is_teaser(rows: list[Line], i: int) -> bool:
    """Return whether a line breaks off and stands below but for a few words: the site's way in."""
    line = rows[i][2]
    words = _bare(line)
    breaks_off = line[-1] not in _CLAUSE and len(words) >= _TEASER
    below = "".join(row[2] for row in rows[i + 1 : i + _FAR])[:_BELOW] if breaks_off else ""
    return breaks_off and words[: len(words) * 9 // 10] in _bare(below)


def _bare(line: str) -> str:
    return re.sub(r"\W", "", line)


def placed(text: list[Line], head: int) -> Iterator[tuple[Line, str]]:
    """Walk the lines of a text above the article, each with the rule that its place tells, if any.

    What stands above the title is the site's, so is what stands between two lines of fields below
    it, between the title and its repetition, and in a list of links.
    """
    rows = text[:head]
    headers = _headers(rows)
    listed = _listed(rows, headers)
    fits = [not (headers[i] or listed[i]) and is_title(line) for i, (*_, line) in enumerate(rows)]
    again = _repeated(rows, fits)
    title = _title(rows, headers, fits, again)
    for i, row in enumerate(rows):
        line = row[2]
        fields = any(headers[max(title, i - _GAP) : i]) and any(headers[i : i + _GAP])
        if i >= title and pattern("ACCOUNT").match("\n".join(r[2] for r in rows[i : i + 3])):
            rule = "header_source"
        elif headers[i]:
            label = FIELD.match(rows[i - 1][2]) if i and is_label(rows[i - 1][2]) else None
            value = label and not (FIELD.match(line) or pattern("STAMP").match(line))
            named = label is not None and label.lastgroup in NAMED
            rule = str(label.lastgroup) if label and value and named else "page_line"
        elif i in again or _is_teaser(text, i):
            rule = "title_repeat"
        elif _own(line) or (line[-1] == "：" and i > title):
            rule = ""
        elif i < title or not _WORDS.search(line):
            rule = "navigation"
        elif listed[i] or (fields and i > title and len(line) <= _LABEL and line[0] not in _OWN):
            rule = "links"
        else:
            names = i and headers[i - 1] and " " in line and pattern("NAMES_ONLY").fullmatch(line)
            rule = "byline" if names else ""
        yield row, rule


def _listed(rows: list[Line], headers: list[bool]) -> list[bool]:
    """Return which lines stand in a list of links, below a head that ends with a colon."""
    listed = [False]
    for (*_, line), known in zip(rows, headers[1:], strict=False):
        opens = line[-1] == "：" and pattern("LINKS_HEAD").fullmatch(line) is not None
        listed.append(not known and (opens or listed[-1]))
    return listed


def _own(line: str) -> bool:
    """Return whether a line above the article is the document's wherever it stands."""
    minutes = pattern("MINUTES").match(line) or pattern("WHEN").match(line)
    return line[-1] in "。；，" or bool(minutes) or is_running(line)


def _headers(rows: list[Line]) -> list[bool]:
    """Return which lines are the page's by their words, or the value of the label above them."""
    headers = [_is_header(line) for *_, line in rows]
    minutes = [pattern("MINUTES").match(line) is not None for *_, line in rows]
    for i, (*_, line) in enumerate(rows):
        near = slice(max(0, i - 1), i + 2)
        if any(minutes[near]):
            headers[i] = headers[i] and not pattern("WHEN").match(line)
        elif pattern("DAY_LINE").fullmatch(line) or len(line) == 1:  # 大 中 小
            clock = i == 0 and "星期" in line  # the day on which a site was read
            headers[i] = headers[i] or any(headers if clock else headers[near])
        elif i and is_label(rows[i - 1][2]):
            value = any(headers[i + 1 : i + 2]) and not pattern("TITLE_WORDS").search(line)
            headers[i] = headers[i] or len(line) <= _LABEL or value
    return headers


def _title(rows: list[Line], headers: list[bool], fits: list[bool], again: range) -> int:
    """Return the number of lines above the title that are the site's.

    For a line as title speaks that a line with a day or source follows, that the path of the page
    stands above, that it comes again, that it is worded like the name of news or of a document.
    """
    dated = [headers[i] and pattern("PUBLISHED").search(row[2]) for i, row in enumerate(rows)]
    final = max((i for i, fit in enumerate(fits) if fit), default=0)
    twice = (again.start - 1, again.stop) if again else ()
    told, words = [], []
    for i, (*_, line) in enumerate(rows):
        path = i > 0 and pattern("ABOVE_TITLE").search(rows[i - 1][2])
        told.append(2 * any(dated[i + 1 : i + 1 + _GAP]) + 3 * (i in twice) + bool(path))
        words.append(1.5 * bool(pattern("TITLE_WORDS").search(line)) - (len(line) < _TITLE))
    weights = [fit * (told[i] + words[i] + (i == final)) for i, fit in enumerate(fits)]
    best = max(weights, default=0)
    last = first = weights.index(best) if best else 0
    while first and fits[first - 1] and weigh(rows[first - 1][2])[0] < 0:
        first -= 1
    first = last if last - first >= _MOST else first  # a list of articles
    first -= first > 0 and pattern("KICKER").fullmatch(rows[first - 1][2]) is not None
    fields = sum(FIELD.match(row[2]) is not None for row in rows[:first])
    opens = first > 0 and (weigh(rows[0][2])[0] > 0 or told[last] > 0 or fields > 1)
    column = all(len(row[2]) < _COLUMN and not _is_name(row[2]) for row in rows[:first])
    site = opens and (column or first <= sum(headers[:first]) * _LISTED)
    return first if site or again or (best > _GAP and first > _MOST) else 0


def _is_name(line: str) -> bool:
    return pattern("NAMES_ONLY").fullmatch(line) is not None


def _repeated(rows: list[Line], fits: list[bool]) -> range:
    """Return the places of the title's repetition and of what parts it from the first.

    The shorter one stays: about the other stands the name of the site.
    """
    words = [_bare(line) for *_, line in rows]
    for first in (i for i, fit in enumerate(fits) if fit and len(words[i]) >= _TITLE):
        for last in reversed(range(first + 1, min(len(rows), first + _FAR))):
            between = (row[2] for row in rows[first + 1 : last])
            same = _same(words[first], words[last]) and rows[last][2][-1] not in _SAID
            if same and not any(map(re.compile(HEAD).match, between)):
                longer = len(words[first]) > len(words[last])
                return range(first, last) if longer else range(first + 1, last + 1)
    return range(0)


def _same(one: str, other: str) -> bool:
    """Return whether two lines say the same, but for a few characters at an end of one of them."""
    short, long = sorted((one, other), key=len)
    whole = short in long and len(short) * 2 > len(long)
    edge = long.startswith(short) or (whole and long.endswith(short))
    framed = whole and len(long) - len(short) <= _TITLE  # 【推荐】… 相关内容
    return len(short) >= _TITLE and (framed or (edge and len(long) - len(short) <= _SUFFIX))


@lru_cache(maxsize=1024)
def _is_header(line: str) -> bool:
    """Return whether a line holds fields, a stamp or words of the page, or is such by its shape."""
    field = FIELD.match(line)
    if field and not (field.lastgroup in NAMED and re.search("[，。？！?!]", line[field.end() :])):
        return True
    return kind(line, "above") != "" or pattern("STAMP").match(line) is not None


def above(text: str, row: Line, rule: str) -> Iterator[Edit]:
    """Yield edits for a line above the article: a path, reporters, a time stamp, header fields."""
    line = row[2]
    shape = shaped(line, "above") if rule != "header_source" else ""
    if rule == "page_line" and not shape:
        yield from parts(text, row)
    elif shape or rule:
        yield cut(text, row, shape or rule)
    elif ends := pattern("TITLE_END").search(line[-40:]):
        yield cut(text, row, "navigation", len(line[:-40]) + ends.start())
