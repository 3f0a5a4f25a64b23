"""The foot of a page: where the article ends and what follows it.

In go the lines of a text; out come those below the article, each with the rule it falls by.
"""

import re
from itertools import accumulate, takewhile

from difang.corpus.characters import HAN
from difang.corpus.cues import pattern
from difang.corpus.layout import Line
from difang.corpus.page_lines import is_furniture
from difang.corpus.page_shapes import BELOW, FIELD, LONG, is_running

_LINK = re.compile(rf"[{HAN}A-Z]{{1,12}}\Z")
_LINKS = 10  # at most, below a byline
_FOREIGN = 5  # times as much Chinese must a text hold for its foreign lines to be the page's
_CHINESE = re.compile(rf"[{HAN}]|^\W*\d[\d\W]*$")  # figures may sign a text or be its table
_NEAR = 60  # lines at the end that are weighed
_SURE, _LISTED, _SHORT, _PARAGRAPH = 2.0, 0.3, -2.5, -5.0  # what kinds of lines count for an end


def article_end(rows: list[Line], head: int) -> list[tuple[Line, str]]:
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
    if 0 < len(links) <= _LINKS and last_byline(own[-len(links) - 1][2]) is not None:
        tail += [(row, "links") for row in links]
    return tail


def _last(rows: list[Line], shape: re.Pattern[str]) -> list[Line]:
    """Return the lines at the end that begin with a shape."""
    return list(takewhile(lambda row: shape.match(row[2]), reversed(rows)))


def _after_credits(rows: list[Line], head: int) -> int:
    """Return the first line below the editors' line, if links follow or little, and no 附 or 注."""
    for i in range(head + 1, len(rows)):
        line = rows[i][2]
        if len(line) <= LONG and pattern("EDITOR").search(line) and _credits(line):
            below = rows[-1][1] - rows[i][1]
            own = any(pattern("OWN_ANNEX").match(row[2]) for row in rows[i + 1 :])
            links = all(len(row[2]) <= LONG and "。" not in row[2] for row in rows[i + 1 :])
            follows = next((row[2] for row in rows[i + 1 :] if not _kind(row[2])), "")
            own = own or is_running(follows) or (below * 2 > rows[i][0] and not links)
            return len(rows) if own else i + 1
    return len(rows)


def _credits(line: str) -> bool:
    """Return whether a line names the editors and nothing else."""
    label = FIELD.match(line)
    labelled = label is not None and label.lastgroup == "header_editors" and is_furniture(line)
    return labelled or pattern("CREDIT").fullmatch(line) is not None


def _end(rows: list[Line], head: int) -> int:
    """Return the line from which on the lines to the end speak most for furniture."""
    foreign = sum(len(line) for *_, line in rows if not _CHINESE.search(line))
    chinese = foreign * _FOREIGN < sum(len(line) for *_, line in rows)
    near: list[tuple[str, float]] = []
    for *_, line in reversed(rows[max(head + 1, len(rows) - _NEAR) :]):
        weight = _LISTED if chinese and not _CHINESE.search(line) else _weight(line)
        if weight == _PARAGRAPH and not line.endswith(("...", "…")):
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
    return _PARAGRAPH if "。" in line or line[-1] in "！？；" or len(line) > LONG else _SHORT


def _kind(line: str) -> str:
    """Return the rule by which a line below the article falls, or nothing."""
    if own := pattern("SIGNED").split(line)[0] if "。" in line else "":
        line = own
    shapes = BELOW.items() if len(line) <= 2 * LONG else ()
    rule = next((rule for rule, shape in shapes if shape.fullmatch(line)), "")
    return rule or ("page_line" if is_furniture(line) else "")


def last_byline(line: str) -> int | None:
    """Return where the byline begins that ends a line, if one does."""
    found = pattern("BYLINE").finditer(line, max(0, len(line) - 90))
    return next((byline.start() for byline in found if byline.end() == len(line)), None)
