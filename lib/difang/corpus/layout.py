"""Layout: paragraphs, blanks and the width of marks.

In goes a text; out come edits after which each paragraph is one line without indentation, blanks
stand only where they part words or clauses of a heading, and marks beside Han are full-width.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from difang.corpus.byte_damage import is_question
from difang.corpus.characters import END, HAN, HEAD, NUMERAL, WIDE, run_of
from difang.corpus.edits import Edit, change
from difang.corpus.sieve import spots

Line = tuple[int, int, str]  # start, end, text[start:end]

_BREAKS = frozenset("\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
# runs of blanks, but for the line end between two lines, which is as it should be
_BLANKS = re.compile(r"[\s](?:(?<!\n)\s*+|\s++|(?<=\A\n)|\Z)")
_INVISIBLE = re.compile(
    run_of("\x00-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff")
)
_LOST_INDENT = re.compile(rf"(?m)^[ \t]*[?？]{{1,8}}(?=[ \t]?[{HAN}“（《—\d])")
_INDENT = re.compile(r"\f?(?:\u3000|[ \t\xa0]{2})")
_INDENTED = 3  # lines that begin so, from which on it is how the text tells its paragraphs
_NUMBERED = re.compile(rf"\s*(?:{HEAD}|[\[【])")  # or a turn of talk: [主持人]
_ENDED = re.compile(  # nothing runs on below ——在…会议上, 记者 李四 摄
    r"\s*[—―─]{1,2}.*(?:会议|大会|全会|会)上\s*$|.*(?:记者.{2,8}|\s)摄[）)]?\s*$"
)
_HEADING = 60  # characters of the longest heading
_SPLIT = re.compile(
    rf"[。！？：；”][ \t]+(?=第[{NUMERAL}]+[，、,]|[（(][{NUMERAL}]+[）)]|[{NUMERAL}]+、|——)"
)
_SPACED_OUT = re.compile(rf"[{HAN}](?:\s+[{HAN}]){{3,30}}")  # 政 府 工 作 报 告
_OPENING, _CLOSING = "，。；：！？、（《“‘【,;:(", "，。；：！？、）》”’】,;:)"
_WIDE = re.compile(f"[{WIDE}]")
_STREWN = re.compile("，，*(?=[，、。；：！？])")
_MARKS = re.compile(r"[,;:!?()]")
_PAIR = re.compile(r"[(（][^()（）\n]*[)）]")
_FULL = dict(zip(",;:!?()", "，；：！？（）", strict=True))
_DIGITS = re.compile(
    "[０-９Ａ-Ｚａ-ｚ％．](?:(?<!．)[０-９Ａ-Ｚａ-ｚ％]*|(?<=[0-9０-９]．)(?=[0-9０-９]))"
)
_URL = re.compile(r"(?:https?://|www\.)[!-~]{1,500}(?<![,;:!?)])")


@lru_cache(maxsize=1)  # several stages ask
def lines(text: str) -> list[Line]:
    """Return the lines of a text that are not blank, with their offsets, without line ends."""
    rows = text.split("\n")
    starts = accumulate((len(row) + 1 for row in rows[:-1]), initial=0)
    spans = zip(starts, rows, strict=True)
    return [(start, start + len(row), row) for start, row in spans if row.strip()]


def repair_indent(text: str) -> list[Edit]:
    """Return edits that take out question marks that were indentation before they were lost."""
    found = _LOST_INDENT.finditer(text) if "?" in text or "？" in text else ()
    return [change(text, *m.span(), "", "lost_indent") for m in found]


def invisible(text: str) -> list[Edit]:
    """Return edits that take out control and zero-width characters."""
    return [change(text, *m.span(), "", "invisible") for m in spots(_INVISIBLE, text)]


def rewrap(text: str) -> list[Edit]:
    """Return edits that join lines wrapped at one width, as text taken from PDF has them.

    A text counts as wrapped if half of its lines, from the first that reaches the common width to
    the last, do so without ending a sentence, and hold clauses (so lists of names stay). A line
    that is full runs on if it does not end a sentence, unless a numbered head follows. Where
    paragraphs are indented or parted by blank lines, it runs on if the next line is not.
    """
    rows = lines(text)
    sizes = sorted(len(row.strip()) for _, _, row in rows)
    width = sizes[len(sizes) * 4 // 5] if sizes else 0
    if len(rows) < 8 or not 12 <= width <= 80:
        return []
    inner = [_INDENT.match(row) is None for *_, row in rows]
    full = [
        len(row.strip()) + (0 if flush else 2) >= width * 0.8 and not _ENDED.match(row)
        for flush, (*_, row) in zip(inner, rows, strict=True)
    ]
    runs_on = [f and row.strip()[-1] not in END for f, (*_, row) in zip(full, rows, strict=True)]
    parted = [
        text.count("\n", end, start) > 1 and "\f" not in text[end : start + 1]
        for (_, end, _), (start, _, _) in pairwise(rows)
    ]
    flush = [*(i and not p for i, p in zip(inner[1:], parted, strict=True)), False]
    wraps = sum(r and f for r, f in zip(runs_on, flush, strict=True))
    indented = flush.count(False) >= _INDENTED and wraps * 5 >= 3 * sum(runs_on)
    body = rows[full.index(True) : len(full) - full[::-1].index(True) + 1]  # no head, no foot
    clauses = sum(any(mark in row for mark in "，。、,") for *_, row in body)
    if sum(runs_on) * (4 if indented else 2) < len(body) or clauses * 2 < len(body):
        return []
    edits = []
    for i, ((_, end, row), (start, _, follower)) in enumerate(pairwise(rows)):
        head = _NUMBERED.match(follower)
        listed = head is not None and (not indented or (head[0][-1] != "是" and not runs_on[i]))
        joins = not listed and (full[i] and flush[i] if indented else runs_on[i])
        if joins and (text.count("\n", end, start) == 1 or "\f" in text[end : start + 1]):
            begin = end - len(row) + len(row.rstrip())
            stop = start + len(follower) - len(follower.lstrip())
            edits.append(change(text, begin, stop, "", "line_join"))
    return edits


def blanks(text: str) -> list[Edit]:
    """Return edits for line ends, blank lines, indentation and blanks within lines."""
    collapsed = _is_collapsed(text)
    edits = []
    row = (0, -1, "")
    unbroken = re.finditer(r"[^\n\r]+", text)
    for match in _BLANKS.finditer(text):
        start, end = match.span()
        if start == 0 or end == len(text):
            edits.append(change(text, start, end, "", "line_space"))
        elif not _BREAKS.isdisjoint(match[0]):
            edits += _line_end(text, start, end)
        else:
            while start > row[1]:
                line = next(unbroken)
                row = (*line.span(), line[0].strip())
            new, rule = _inner(text, start, end, row, collapsed)
            if new != match[0]:
                edits.append(change(text, start, end, new, rule))
    return edits


def widths(text: str) -> list[Edit]:
    """Return edits that make marks beside Han full-width, and digits and letters half-width.

    Marks within numbers (3,000), times, addresses of pages and runs of Latin stay. A question
    mark between Han where nothing is asked stays too: it is a lost character.
    """
    edits = [
        change(text, m.start(), m.end(), "".join(chr(ord(c) - 0xFEE0) for c in m[0]), "digit_width")
        for m in spots(_DIGITS, text)
    ]
    addresses = _URL.finditer(text) if "http" in text or "www." in text else ()
    skip = {i for m in addresses for i in range(*m.span())}
    marks = {m.start() for m in spots(_MARKS, text) if m.start() not in skip}
    edits += [change(text, i, i + 1, _FULL[text[i]], "mark_width") for i in _widened(text, marks)]
    return sorted(edits)


def strewn_commas(text: str) -> list[Edit]:
    """Return edits that take out commas right before another mark, where Chinese has none."""
    return [change(text, *m.span(), "", "strewn_comma") for m in _STREWN.finditer(text)]


def _is_collapsed(text: str) -> bool:
    """Return whether the paragraphs of a text have run together into one line."""
    longest = max(text.split("\n"), key=len)
    if len(longest) <= 400 or len(longest) * 10 <= len(text) * 6:
        return False
    return len(re.findall(rf"(?:[。：！？”]|[{HAN}]:)[ \u3000\xa0]", longest)) >= 3


def _line_end(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield edits that leave one line end of a run of blanks: its own, if it has one."""
    kept = text.find("\n", start, end)
    if kept < 0:
        yield change(text, start, end, "\n", "line_space")
        return
    for begin, stop in ((start, kept), (kept + 1, end)):
        if begin < stop:
            yield change(text, begin, stop, "", "line_space")


def _inner(text: str, start: int, end: int, row: Line, collapsed: bool) -> tuple[str, str]:
    """Return what a run of blanks within a line becomes, and by which rule."""
    before, after = text[start - 1], text[end]
    if before in "!?:" and _WIDE.match(text[start - 2 : start - 1]):
        before = _FULL[before]
    indent = end - start > 1 and text[start:end].strip(" \t") != ""
    if before in "。！？：；”" and (
        indent or (collapsed and before in "。！？：") or _SPLIT.match(text, start - 1)
    ):
        return "\n", "paragraph_break"
    if _keeps_blank(text, start, end, row) or (not _WIDE.match(before) and not _WIDE.match(after)):
        return " ", "inner_space"
    return "", "inner_space"


def _keeps_blank(text: str, start: int, end: int, row: Line) -> bool:
    """Return whether a blank parts clauses of a heading, cells, or names in a row."""
    if text.startswith(("记者", "通讯员"), end):
        return True
    if text[start - 1] in _OPENING or text[end] in _CLOSING:
        return False
    if _is_heading(row[2]):
        return not _SPACED_OUT.fullmatch(row[2])
    head = text[max(row[0], start - 60) : start]
    if max(head.rfind("《"), head.rfind("【")) > max(head.rfind("》"), head.rfind("】")):
        return True
    if start - row[0] <= 40 and re.match(HEAD, row[2]) and not re.search("[，。；：]", head):
        return True
    name = rf"[{HAN}]{{2,4}}"
    left = re.search(rf"\s({name})\Z", text[max(row[0], start - 6) : start])
    return bool(left or re.match(rf"{name}[ \u3000\xa0]", text[end : end + 6]))


def _is_heading(line: str) -> bool:
    """Return whether a line is short and holds no sentence but clauses, which blanks may part."""
    core = line.rstrip("。；;！!")
    closed = core != line or line[-1:] in "，、：:？?…"
    return len(line) <= _HEADING and not (closed and re.search("[，。；：、,]", core[:-1]))


def _is_beside_han(text: str, pos: int) -> bool:
    before, after = text[max(0, pos - 1) : pos], text[pos + 1 : pos + 2]
    in_number = before.isdigit() and after.isdigit()
    return not in_number and _WIDE.search(before + after) is not None


def _widened(text: str, marks: set[int]) -> set[int]:
    """Return the marks that become full-width: beside Han, beside such a mark, or its partner."""
    partners = _partners(text)
    beside = [i for i in marks if _is_beside_han(text, i)]
    todo = beside + [i for pair in partners.items() for i in pair if text[pair[0]] in "（）"]
    wide: set[int] = set()
    while todo:
        i = todo.pop()
        lost = text[i] == "?" and not is_question(text, i, i + 1)
        if lost or i in wide or text[i] not in _FULL:
            continue
        wide.add(i)
        todo += [j for j in (i - 1, i + 1) if j in marks and text[j] != "?"]
        todo += [partners[i]] if i in partners else []
    return wide


def _partners(text: str) -> dict[int, int]:
    """Return, for each bracket, the other half of the pair on its line, if any is not wide."""
    found = _PAIR.finditer(text) if "(" in text or ")" in text else ()
    pairs = [(m.start(), m.end() - 1) for m in found]
    return {**dict(pairs), **{end: start for start, end in pairs}}
