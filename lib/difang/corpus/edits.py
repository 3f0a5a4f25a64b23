"""Edits: what was changed in a raw text, so that every change can be undone and cited.

In go a raw text and lists of edits; out come the clean text, the raw text again, one list
for two layers of changes, or the raw place of a clean one.
"""

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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


_Placed = tuple[int, int, int, Edit]  # start and end in the text between, layer (0, 1), edit


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
    parts: list[str] = []
    done = shift = 0
    for edit in edits:
        start = edit.start + shift
        stop = start + len(edit.new)
        if start < done or text[start:stop] != edit.new:
            raise EditError(_misfit(edit, text[start:stop]))
        parts += (text[done:start], edit.old)
        done = stop
        shift += len(edit.new) - len(edit.old)
    return "".join([*parts, text[done:]])


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
        taken out keeps the rule that took it out; else the rules join by "+".
    """
    text = apply(raw, edits)
    apply(text, changes)
    later = ((edit.start, edit.end, 1, edit) for edit in changes)
    merged: list[Edit] = []
    shift = 0
    for group in _overlapping(heapq.merge(_placed(edits), later)):
        start, end = group[0][0], max(stop for _, stop, _, _ in group)
        raw_start = start + shift
        shift += sum(len(e.old) - len(e.new) for _, _, layer, e in group if layer == 0)
        new = _changed(text, start, end, group)
        merged += _merged(raw, raw_start, end + shift, new, group)
    return merged


class Offsets:
    """The way from the clean text to the raw text and back, by bisection.

    >>> offsets = Offsets([Edit(1, 5, "(fā)", "", "gloss", "remove")])
    >>> offsets.raw(1), offsets.raw_span(0, 1), offsets.clean(5)
    (5, (0, 1), 1)
    """

    def __init__(self, edits: Iterable[Edit]) -> None:
        """Index the edits of one document (sorted, in raw offsets)."""
        placed = list(_placed(edits))
        self._clean_starts = [start for start, _, _, _ in placed]
        self._clean_ends = [end for _, end, _, _ in placed]
        self._raw_starts = [edit.start for *_, edit in placed]
        self._raw_ends = [edit.end for *_, edit in placed]

    def raw(self, pos: int) -> int:
        """Return the raw offset of the character at `pos` of the clean text."""
        ends = (self._clean_starts, self._clean_ends, self._raw_starts, self._raw_ends)
        return _carry(pos, *ends)[0]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span of `clean[start:end]`, from its first to its last character."""
        if end <= start:
            return self.raw(start), self.raw(start)
        ends = (self._clean_starts, self._clean_ends, self._raw_starts, self._raw_ends)
        return self.raw(start), _carry(end - 1, *ends)[1]

    def clean(self, pos: int) -> int:
        """Return the clean offset of the raw character at `pos`, or of where it was taken out."""
        ends = (self._raw_starts, self._raw_ends, self._clean_starts, self._clean_ends)
        return _carry(pos, *ends)[0]


def _misfit(edit: Edit, found: str) -> str:
    return (
        f"Cannot make edit {edit.rule!r} at {edit.start}. The text holds {found[:20]!r} there, or "
        f"an earlier edit reaches into it. Pass the text and the edits of one document, in order."
    )


def _placed(edits: Iterable[Edit]) -> Iterator[_Placed]:
    """Yield the edits with the place of their `new` in the text they make."""
    shift = 0
    for edit in edits:
        start = edit.start + shift
        yield start, start + len(edit.new), 0, edit
        shift += len(edit.new) - len(edit.old)


def _overlapping(items: Iterable[_Placed]) -> Iterator[list[_Placed]]:
    """Gather edits of the two layers that share characters, or an empty spot."""
    group: list[_Placed] = []
    end = -1
    for item in items:
        same_spot = bool(group) and item[0] == item[1] == group[-1][0] == end
        if group and (item[0] < end or (same_spot and item[2] != group[-1][2])):
            group.append(item)
        else:
            if group:
                yield group
            group, end = [item], item[1]
        end = max(end, item[1])
    if group:
        yield group


def _changed(text: str, start: int, end: int, group: list[_Placed]) -> str:
    """Return `text[start:end]` with the later edits of the group made."""
    parts: list[str] = []
    for at, stop, layer, edit in group:
        if layer == 1:
            parts += (text[start:at], edit.new)
            start = stop
    return "".join([*parts, text[start:end]])


def _merged(raw: str, start: int, end: int, new: str, group: list[_Placed]) -> list[Edit]:
    """Return the one edit a group comes to; none if it restores what was there."""
    if len(group) == 1:
        edit = group[0][3]
        return [edit._replace(start=start, end=end)]
    if raw[start:end] == new:
        return []
    layers = [edit for *_, edit in group]
    emptied = [edit for edit in reversed(layers) if not edit.new] if not new else []
    longest = max(emptied, key=lambda edit: len(edit.old), default=None)
    if longest is not None:
        return [Edit(start, end, raw[start:end], "", longest.rule, longest.action)]
    names = dict.fromkeys(name for edit in layers for name in edit.rule.split("+"))
    return [Edit(start, end, raw[start:end], new, "+".join(names), "replace" if new else "remove")]


def _carry(
    pos: int, starts: list[int], ends: list[int], to_starts: list[int], to_ends: list[int]
) -> tuple[int, int]:
    """Return the span, on the other side, of the character at `pos`."""
    i = bisect_right(starts, pos) - 1
    if i < 0:
        return pos, pos + 1
    if pos >= ends[i]:
        there = to_ends[i] + pos - ends[i]
        return there, there + 1
    if ends[i] - starts[i] == to_ends[i] - to_starts[i]:
        there = to_starts[i] + pos - starts[i]
        return there, there + 1
    return to_starts[i], to_ends[i]
