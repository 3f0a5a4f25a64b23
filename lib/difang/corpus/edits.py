"""Edits: what was changed in a raw text, so that every change can be undone and cited.

In go a raw text and lists of edits; out come the clean text, the raw text again, one list
for two layers of changes, or the raw place of a clean one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple

from difang.errors import DifangError


class EditError(DifangError):
    """Edits that do not fit the text they are applied to, or overlap each other."""


class Edit(NamedTuple):
    """One change: `raw[start:end] == old` becomes `new`, by `rule`.

    `action` is remove (nothing is put in its place), move (removed, and kept as metadata) or
    replace. Offsets are `str` offsets in the raw text.
    """

    start: int
    end: int
    old: str
    new: str
    rule: str
    action: str


_Span = tuple[int, int]


def change(text: str, start: int, end: int, new: str, rule: str, *, move: bool = False) -> Edit:
    """Return the edit that puts `new` in the place of `text[start:end]`.

    >>> change("發(fā)展", 1, 5, "", "gloss")
    Edit(start=1, end=5, old='(fā)', new='', rule='gloss', action='remove')
    """
    action = "replace" if new else "move" if move else "remove"
    return Edit(start, end, text[start:end], new, rule, action)


def apply(raw: str, edits: Iterable[Edit]) -> str:
    """Return `raw` with all edits made.

    Raises
    ------
    EditError
        An edit does not find its `old` text at its place, or begins before the last one ends.
    """
    parts: list[str] = []
    done = 0
    for edit in edits:
        if edit.start < done or raw[edit.start : edit.end] != edit.old:
            raise EditError(_misfit(edit, raw[edit.start : edit.end]))
        parts += (raw[done : edit.start], edit.new)
        done = edit.end
    return "".join([*parts, raw[done:]])


def undo(text: str, edits: Iterable[Edit]) -> str:
    """Return the raw text that the edits made into `text`: the inverse of `apply`.

    Raises
    ------
    EditError
        An edit does not find its `new` text at its place.
    """
    edits = [*edits]
    spans = zip(*_placed(edits)[:2], edits, strict=True)
    return apply(text, (Edit(start, end, e.new, e.old, *e[4:]) for start, end, e in spans))


def compose(raw: str, edits: Sequence[Edit], changes: Sequence[Edit]) -> list[Edit]:
    """Return one list of edits that does what `edits` and then `changes` do.

    Parameters
    ----------
    raw : str
        The text before any edit.
    edits : sequence of Edit
        Sorted, not overlapping, in offsets of `raw`.
    changes : sequence of Edit
        The same, in offsets of the text that `edits` make.

    Returns
    -------
    list of Edit
        Offsets in `raw`; a change that overlaps earlier edits is merged with them. What is
        taken out keeps the rule that took most of it; else the rules join by "+".
    """
    if not edits:
        return [edit for edit in changes if edit.old != edit.new]
    starts, ends, shifts = _placed(edits)
    merged: list[Edit] = []
    done = 0
    for mine, theirs in _overlapping(starts, ends, changes):
        merged += edits[done : mine.start]
        done = mine.stop
        first, last = edits[mine], changes[theirs]
        start, end, old, new, rule, action = last[0]
        before, after = shifts[mine.start], shifts[mine.stop]
        if first:
            start, end = min(start, starts[mine.start]), max(last[-1].end, ends[mine.stop - 1])
            old = raw[start + before : end + after]
            new = _made(_made(old, start + before, first), start, last)
            placed = zip(starts[mine], ends[mine], repeat(0), first, strict=False)
            rule, action = _told(placed, last, new)
        if old != new:
            merged.append(Edit(start + before, end + after, old, new, rule, action))
    return [*merged, *edits[done:]]


class Offsets:
    """The way from the clean text to the raw text and back, by bisection.

    >>> offsets = Offsets([Edit(1, 5, "(fā)", "", "gloss", "remove")])
    >>> offsets.raw(1), offsets.raw_span(0, 1), offsets.clean(5)
    (5, (0, 1), 1)
    """

    def __init__(self, edits: Iterable[Edit]) -> None:
        """Index the edits of one document (sorted, in raw offsets)."""
        edits = [*edits]
        starts, ends, _ = _placed(edits)
        self._clean = [(0, 0), *zip(starts, ends, strict=True)]
        self._raw = [(0, 0), *(edit[:2] for edit in edits)]

    def raw(self, pos: int) -> int:
        """Return the raw offset of the character at `pos` of the clean text."""
        return _carry(pos, self._clean, self._raw)[0]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span of `clean[start:end]`, from its first to its last character."""
        first = self.raw(start)
        return first, _carry(end - 1, self._clean, self._raw)[1] if end > start else first

    def clean(self, pos: int) -> int:
        """Return the clean offset of the raw character at `pos`, or of where it was taken out."""
        return _carry(pos, self._raw, self._clean)[0]


def _misfit(edit: Edit, found: str) -> str:
    return (
        f"Cannot make edit {edit.rule!r} at {edit.start}. The text holds {found[:20]!r} there, or "
        f"an earlier edit reaches into it. Pass the text and the edits of one document, in order."
    )


def _placed(edits: Iterable[Edit]) -> tuple[list[int], list[int], list[int]]:
    """Return where the `new` of each edit starts and ends, and how far raw text lies behind.

    The last is told for the text before each edit, and for that behind all.
    """
    starts: list[int] = []
    ends: list[int] = []
    shifts = [0]
    shift = 0
    for start, end, _, new, _, _ in edits:
        starts.append(start - shift)
        ends.append(start - shift + len(new))
        shift = end - ends[-1]
        shifts.append(shift)
    return starts, ends, shifts


def _made(text: str, start: int, edits: Iterable[Edit]) -> str:
    """Return a stretch that begins at `start` with the edits in it made."""
    parts: list[str] = []
    done = start
    for first, end, _, new, _, _ in edits:
        parts += (text[done - start : first - start], new)
        done = end
    return "".join([*parts, text[done - start :]])


def _overlapping(
    starts: Sequence[int], ends: Sequence[int], changes: Sequence[Edit]
) -> Iterator[tuple[slice, slice]]:
    """Yield which earlier edits and which changes share characters, each change once."""
    to = 0
    while to < len(changes):
        begin, (start, end) = to, changes[to][:2]
        first = last = bisect_right(ends, start)
        while to < len(changes) and (to == begin or changes[to].start < end):
            end, to = max(end, changes[to].end), to + 1
            if (more := bisect_left(starts, end)) > last:
                last, end = more, max(end, ends[more - 1])
        yield slice(first, last), slice(begin, to)


def _told(
    placed: Iterable[tuple[int, int, int, Edit]], changes: Sequence[Edit], new: str
) -> tuple[str, str]:
    """Return rule and action of the one edit that earlier edits and changes come to."""
    both = sorted([*placed, *((edit.start, edit.end, 1, edit) for edit in changes)])
    group = [edit for *_, edit in both]
    if new:
        return "+".join(dict.fromkeys("+".join(edit.rule for edit in group).split("+"))), "replace"
    last = [edit for edit in changes if not edit.new and edit.old.strip()] or group
    taken: Counter[str] = Counter()
    for edit in reversed(last):
        taken[edit.rule] += 0 if edit.new else len(edit.old)
    rule = taken.most_common(1)[0][0]
    return rule, next(e.action for e in last if e.rule == rule and not e.new)


def _carry(pos: int, spans: list[_Span], there: list[_Span]) -> _Span:
    """Return the span, on the other side, of the character at `pos`."""
    i = bisect_right(spans, pos, key=itemgetter(0)) - 1
    (start, end), (to_start, to_end) = spans[i], there[i]
    if pos < end and end - start != to_end - to_start:
        return there[i]
    to = to_end + pos - end
    return to, to + 1
