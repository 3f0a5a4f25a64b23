"""Cleaning: from a raw text to its clean text, with every change recorded and reversible.

In goes the raw text of one document; out come the clean text, the edits that made it, what moved
into the metadata, the script found and the number of spots that could not be repaired.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from difang.corpus.byte_damage import damage, lost_breaks, realign, shifted
from difang.corpus.cues import pattern
from difang.corpus.decoding import undecodable
from difang.corpus.edits import Edit, Offsets, apply, change, compose
from difang.corpus.furniture import WITHHELD, furniture
from difang.corpus.glosses import glosses
from difang.corpus.layout import blanks, invisible, repair_indent, rewrap, strewn_commas, widths
from difang.corpus.markup import markup
from difang.corpus.mentions import mentions
from difang.corpus.mojibake import mojibake
from difang.corpus.paper import page_numbers
from difang.corpus.repeats import repeats
from difang.corpus.replaced import replaced
from difang.corpus.rules import MOVES, check_rules
from difang.corpus.rules import RULES as RULES
from difang.corpus.script import compatibility, script_of, simplify
from difang.corpus.titles import joined, title

FRONT_MATTER = "front_matter"
_STAGES = (
    undecodable, mojibake, markup, realign, shifted, repair_indent, lost_breaks, invisible,
    compatibility, glosses, simplify, page_numbers, rewrap, blanks, widths, strewn_commas,
    furniture, title, blanks,
)  # fmt: skip
PASSES = 8


class Moved(NamedTuple):
    """A piece of the page that became metadata: field, value, raw offsets and rule.

    `field` is title, date_published (ISO day), source, reporter, editors or captions.
    """

    field: str
    value: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Cleaned:
    """A clean text and how it came about.

    Parameters
    ----------
    text : str
        Simplified, one paragraph a line, full-width marks, without title and page furniture.
    edits : list of Edit
        `apply(raw, edits) == text` and `undo(text, edits) == raw`, always.
    script : str
        simplified, traditional, mixed; glossed if glosses were taken out.
    damage : int
        Spots where characters are lost and could not be restored, a site kept a part back, or a
        library of documents replaced a word.
    moved : tuple of Moved
        What left the text as metadata, in order of place.
    """

    text: str
    edits: list[Edit]
    script: str
    damage: int
    moved: tuple[Moved, ...]


def clean(
    raw: str, *, off: Collection[str] = (), head: int = 0, repeated: Collection[str] = ()
) -> Cleaned:
    r"""Return the clean text of a document with all edits.

    The stages run until none changes anything, so that a clean text is left as it is (but for a
    subtitle, which would be taken for a title without the one above it); each change
    takes characters out or puts one form for another, never back, so they come to an end. Pages
    need two or three rounds; one made to need a round a character does not get them all.

    Parameters
    ----------
    raw : str
        Any text.
    off : collection of str
        Names of rules (see `RULES`) that are switched off.
    head : int
        Characters at the start that are front matter: they leave the text, whatever they hold.
    repeated : collection of str
        Lines that the folder of the document repeats (`repeats.repeated_lines`).

    Raises
    ------
    UnknownRuleError
        `off` names a rule that does not exist.

    Examples
    --------
    >>> clean("標題：縣(xiàn)域\n\n  發(fā)展縣(xiàn)域經(jīng)濟,是省(shěng)委的要求。").text
    '发展县域经济，是省委的要求。'
    """
    check_rules(off)
    edits = [change(raw, 0, head, "", FRONT_MATTER, move=True)] if head else []
    moved: list[Moved] = []
    text, before, withheld = raw[head:], None, 0
    settled: dict[object, str] = {}  # the text in which a stage has found nothing
    stages = (partial(repeats, lines=repeated), *_STAGES)
    for _ in range(PASSES):
        if text == before:
            break
        before = text
        for stage in stages:
            if stage is title and any(piece.rule == "title" for piece in moved):
                continue  # what it leaves is a subtitle
            if settled.get(stage) == text:
                continue
            if found := [edit for edit in stage(text) if edit.rule not in off]:
                changes = _disjoint(found)
                withheld += sum(edit.rule == WITHHELD for edit in changes)
                moved += _moved(changes, edits)
                edits = compose(raw, edits, changes)
                text = apply(text, changes)
            else:
                settled[stage] = text
    script = "glossed" if any(edit.rule == "gloss" for edit in edits) else script_of(raw[head:])
    lost = damage(text) + replaced(text) + withheld
    moves = tuple(sorted(moved, key=lambda m: m.start))
    return Cleaned(text, edits, script, lost, moves)


def _disjoint(edits: list[Edit]) -> list[Edit]:
    """Return edits in order, each beginning where the last one has ended; the longer one wins."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _moved(changes: list[Edit], edits: list[Edit]) -> list[Moved]:
    """Return the metadata in what the changes, made after the edits, move out of the text."""
    found = []
    moves = [edit for edit in changes if edit.action == "move"]
    offsets = Offsets(edits if moves else ())
    for edit in moves:
        words = " ".join((joined(edit.old) if edit.rule == "title" else edit.old).split())
        if value := words and _value(edit.rule, words):
            start = edit.start + len(edit.old) - len(edit.old.lstrip())
            span = offsets.raw_span(start, start + len(edit.old.strip()))
            found.append(Moved(MOVES[edit.rule], value, *span, edit.rule))
    return found


def _value(rule: str, value: str) -> str:
    """Return a value without brackets and label; a date as an ISO day."""
    field = MOVES[rule]
    if field == "date_published" and (there := pattern("AMERICAN").search(value)):
        month, number, year = there[0].split()[0].split("/")
        return f"{year}-{int(month):02}-{int(number):02}"
    if field == "date_published" and (day := pattern("VALUE_DAY").search(value)):
        return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    if field == "date_published" and (told := next(mentions(value), None)) and told.year:
        return told.value
    value = pattern("VALUE_UNOPENED").sub(r"\1", value)
    if field == "reporter":
        return pattern("VALUE_OFFICE").sub("", pattern("VALUE_FIELDS").split(value)[0])
    if field == "source":
        value = pattern("VALUE_BRACKETS").sub(r"\1", value.strip("：: "))
        value = pattern("VALUE_END").sub("", pattern("VALUE_SOURCE").sub("", value)) or value
        outlet = pattern("VALUE_OUTLET").match(value) if rule == "dateline" else None
        value = outlet[0] if outlet else value
        return "" if pattern("NO_OUTLET").fullmatch(value) else value
    if field == "title":
        value = pattern("VALUE_TITLE").sub("", value)
    return value.removeprefix("<!--").removesuffix("-->").strip()
