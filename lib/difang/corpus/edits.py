"""Edits: what was changed in a raw text, so that every change can be undone and cited.

In go a raw text and lists of edits; out come the clean text, the raw text again, one list
for two layers of changes, or the raw place of a clean one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat
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
    return apply(text, (Edit(start, end, e.new, e.old, *e[4:]) for start, end, e in _placed(edits)))


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
    shifts = [0, *accumulate(len(edit.old) - len(edit.new) for edit in edits)]
    starts = [edit.start - shift for edit, shift in zip(edits, shifts, strict=False)]
    ends = [edit.end - shift for edit, shift in zip(edits, shifts[1:], strict=True)]
    merged: list[Edit] = []
    done = 0
    for mine, theirs in _overlapping(starts, ends, changes):
        first, last = edits[mine], changes[theirs]
        group = [(edit.start, edit.end, 1, edit) for edit in last]
        if first:
            placed = zip(starts[mine], ends[mine], repeat(0), first, strict=False)
            group = sorted([*placed, *group])
        start, end = group[0][0], max(span[1] for span in group)
        raw_start, raw_end = start + shifts[mine.start], end + shifts[mine.stop]
        old = raw[raw_start:raw_end]
        new = last[0].new if len(group) == 1 else _made(_made(old, raw_start, first), start, last)
        merged += edits[done : mine.start]
        if old != new:
            merged.append(_merged(raw_start, old, new, [edit for *_, edit in group], last))
        done = mine.stop
    return [*merged, *edits[done:]]


class Offsets:
    """The way from the clean text to the raw text and back, by bisection.

    >>> offsets = Offsets([Edit(1, 5, "(fā)", "", "gloss", "remove")])
    >>> offsets.raw(1), offsets.raw_span(0, 1), offsets.clean(5)
    (5, (0, 1), 1)
    """

    def __init__(self, edits: Iterable[Edit]) -> None:
        """Index the edits of one document (sorted, in raw offsets)."""
        placed = list(_placed(edits))
        self._clean = [(0, 0), *((start, end) for start, end, _ in placed)]
        self._raw = [(0, 0), *((edit.start, edit.end) for *_, edit in placed)]

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


def _placed(edits: Iterable[Edit]) -> Iterator[tuple[int, int, Edit]]:
    """Yield the edits with the span of their `new` in the text they make."""
    shift = 0
    for edit in edits:
        start = edit.start + shift
        yield start, start + len(edit.new), edit
        shift += len(edit.new) - len(edit.old)


def _made(text: str, start: int, edits: Sequence[Edit]) -> str:
    """Return a stretch that begins at `start` with the edits in it made."""
    return apply(text, (e._replace(start=e.start - start, end=e.end - start) for e in edits))


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


def _merged(start: int, old: str, new: str, group: list[Edit], changes: Sequence[Edit]) -> Edit:
    """Return the one edit that a group comes to; the changes took words out of it last."""
    end = start + len(old)
    if len(group) == 1:
        return group[0]._replace(start=start, end=end)
    if not new:
        last = [edit for edit in changes if not edit.new and edit.old.strip()] or group
        taken: Counter[str] = Counter()
        for edit in reversed(last):
            taken[edit.rule] += 0 if edit.new else len(edit.old)
        rule = taken.most_common(1)[0][0]
        removal = next(e for e in last if e.rule == rule and not e.new)
        return removal._replace(start=start, end=end, old=old)
    names = dict.fromkeys(name for edit in group for name in edit.rule.split("+"))
    return Edit(start, end, old, new, "+".join(names), "replace")


def _carry(pos: int, spans: list[_Span], there: list[_Span]) -> _Span:
    """Return the span, on the other side, of the character at `pos`."""
    i = bisect_right(spans, pos, key=itemgetter(0)) - 1
    (start, end), (to_start, to_end) = spans[i], there[i]
    if pos < end and end - start != to_end - to_start:
        return there[i]
    to = to_end + pos - end
    return to, to + 1
