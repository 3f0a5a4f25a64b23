"""What tells a line of a web page from a line of a document: its words, its fields, its shape.

In goes a line; out come a number and the rule that weighs most in it. Each cue of
data/reference/furniture_cues.csv (a label with its value, a stamp, an address, a button) adds its
weight; the words that no cue explains and the marks of sentences take away. A line that reaches
`FURNITURE` belongs to the page. The labels of fields and the few shapes of whole lines stand in
data/reference/page_furniture.csv.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from difang.corpus.characters import HAN
from difang.corpus.cues import cues, pattern
from difang.corpus.edits import Edit, change
from difang.corpus.layout import Line
from difang.corpus.rules import MOVES
from difang.corpus.sieve import sifter

FURNITURE = 1.0
LONG = 120  # characters of the longest line that is furniture as a whole
_OWN = 0.13  # taken away for each character that no cue explains: eight outweigh a button
_CLAUSE = 0.5  # taken away for each mark of a clause or sentence outside the cues
_STRONG = 4.0  # of cues: with less, half of the words of a line must be the page's
_LONGEST = 400  # characters; a longer line is a paragraph
_RUNNING = 30  # characters of the shortest line of running text
_CUES = [
    (float(row["weight"]), int(row["most"]), row["rule"], shape)
    for row, shape in cues("furniture_cues.csv")
]
_ABLE = sifter([shape for *_, shape in _CUES])
_TABLE = cues("page_furniture.csv")
_NAMED = [
    (row["place"], f"(?P<{row['rule']}_{n}>{_.pattern})") for n, (row, _) in enumerate(_TABLE)
]
_SHAPES = {  # those of a place as one
    place: re.compile("|".join(shape for places, shape in _NAMED if place in places.split()))
    for place in ("above", "anywhere", "below")
}
_LABELS = "|".join(
    f"(?P<{row['rule']}>{words.pattern})" for row, words in _TABLE if row["place"] == "label"
)
_CELL = rf"\s?(?:丨|[|｜](?=\s?[{HAN}]{{4}}))\s?"  # behind a label in a row of a table
FIELD = re.compile(
    rf"(?<!注明)(?<!注明“)[【〖\[（(•·|*]?\s?(?:{_LABELS})(?:{pattern('COLON').pattern}|{_CELL})"
)
NAMED = (
    "header_source",
    "header_reporter",
    "header_editors",
    "header_issuer",
)  # values that hold no sentence
_WORD, _MARK = re.compile(r"\w"), re.compile("[，。；！？]")
_SPREAD = re.compile(rf"(?<![{HAN}])[{HAN}](?:\s{{1,3}}[{HAN}])+(?![{HAN}])")


def weigh(line: str) -> tuple[float, str]:
    """Return how much more speaks for page furniture than for a document, and the rule it is by.

    >>> weigh("打印 | 收藏 | 发给好友")[0] > FURNITURE > weigh("要打印收藏会议文件。")[0]
    True
    """
    return _weighed(line) if len(line) <= _LONGEST else (-float(len(line)), "")


@lru_cache(maxsize=4096)  # pages say the same again and again, and each line is weighed twice
def _weighed(line: str) -> tuple[float, str]:
    line = rest = _SPREAD.sub(lambda letters: re.sub(r"\s", "", letters[0]), line)  # 索 引 号
    found, heaviest = 0.0, (0.0, "page_line")
    for weight, most, rule, shape in map(_CUES.__getitem__, _ABLE(line)):
        rest, times = shape.subn(" ", rest)
        if times:
            found += weight * min(times, most)
            heaviest = max(heaviest, (weight * min(times, most), rule))
    own, every = len(_WORD.findall(rest)), len(_WORD.findall(line))
    if found < _STRONG and own * 2 > every:
        return -_OWN * own, ""
    return found - _OWN * own - _CLAUSE * len(_MARK.findall(rest)), heaviest[1]


def shaped(line: str, *places: str) -> str:
    """Return the rule of the first shape of a place that a line has as a whole, or nothing."""
    if len(line) > 2 * LONG:
        return ""
    return next((rule for place in places if (rule := _shape(line, place))), "")


@lru_cache(maxsize=4096)
def _shape(line: str, place: str) -> str:
    shape = _SHAPES[place].fullmatch(line)
    return str(shape.lastgroup).rpartition("_")[0] if shape else ""


def kind(line: str, *places: str) -> str:
    """Return the rule by which a line falls at a place, by its shape or its words, or nothing."""
    return shaped(line, *places) or ("page_line" if weigh(line)[0] >= FURNITURE else "")


def is_running(line: str) -> bool:
    """Return whether a line is as long as running text, has its marks, and is not the page's."""
    long = len(line) >= _RUNNING and any(mark in line for mark in "，。；")
    return long and not kind(line, "above", "anywhere")


def is_label(line: str) -> bool:
    """Return whether a line is the label of a field, whose value stands on the next line."""
    label = FIELD.match(line)
    return label is not None and label.end() == len(line)


def cut(text: str, row: Line, rule: str, start: int = 0, end: int | None = None) -> Edit:
    """Return the edit that takes `start` to `end` out of a line, or moves it if the rule does."""
    stop = row[1] if end is None else row[0] + end
    return change(text, row[0] + start, stop, "", rule, move=rule in MOVES)


def parts(text: str, row: Line) -> Iterator[Edit]:
    """Yield edits that take a whole line out: labels, values, stamps, outlets, others."""
    line = row[2]
    fields = list(FIELD.finditer(line))
    named = {field.lastgroup for field in fields} & {*NAMED, "header_date", "header_title"}
    rule = weigh(line)[1] or "page_line"
    dated = pattern("PUBLISHED").search(line) is not None
    greets = not named and pattern("GREETING").search(line)  # outlet and day are the site's
    if greets or (not (named or dated) and rule not in ("page_line", "header_date", "byline")):
        yield cut(text, row, rule)
        return
    outlets = "header_source" not in named and dated
    stops = [*(field.start() for field in fields), len(line)]
    yield from _values(text, row, 0, stops[0], "", outlets)
    for field, stop in zip(fields, stops[1:], strict=True):
        yield cut(text, row, "header_label", *field.span())
        if (rule := str(field.lastgroup)) != "header_text":
            other = outlets and rule == "header_other"
            yield from _values(text, row, field.end(), stop, rule, other)


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
