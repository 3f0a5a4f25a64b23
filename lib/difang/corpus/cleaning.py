"""Cleaning: from a raw text to its clean text, with every change recorded and reversible.

In goes the raw text of one document; out come the clean text, the edits that made it, what moved
into the metadata, the script found and the number of spots that could not be repaired.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from difang.corpus.byte_damage import damage, realign
from difang.corpus.edits import Edit, Offsets, apply, compose
from difang.corpus.furniture import MOVES, furniture
from difang.corpus.glosses import glosses
from difang.corpus.layout import blanks, invisible, page_numbers, repair_indent, rewrap, widths
from difang.corpus.markup import markup
from difang.corpus.script import script_of, simplify
from difang.corpus.titles import title
from difang.errors import DifangError

RULES = {
    "html_tag": "tags, scripts and styles of HTML are no text",
    "html_comment": "a comment in HTML is not shown to readers; its words are kept as captions",
    "entity": "an HTML entity stands for a character",
    "markdown": "marks of Markdown (bold, heads, list marks, link targets) are no text",
    "image": "a picture is no text; its caption is kept",
    "invisible": "control and zero-width characters cut words that look whole",
    "lost_indent": "question marks at the start of a line are indentation that lost its encoding",
    "bytes": "a replacement across two characters, realigned by its bytes with one clean reading",
    "gloss": "a bracket that is a reading of the character before it was put in by a mirror site",
    "script": "traditional characters hide matches with simplified documents",
    "page_number": "a page number alone on its line belongs to the paper",
    "line_join": "lines of one width that end no sentence are a wrapped paragraph",
    "line_space": "indentation, blank lines and blanks at line ends are layout",
    "inner_space": "a blank beside Chinese is layout, except between clauses of a head or names",
    "paragraph_break": "blanks after a sentence, where paragraphs ran together, were a line end",
    "digit_width": "full-width digits and letters are variants of the ASCII ones",
    "mark_width": "ASCII marks beside Han are variants of the full-width ones",
    "header_label": "the label of a header field names what follows",
    "header_title": "a labelled title",
    "header_date": "a labelled date, or a line that is a time stamp: the day of publication",
    "header_source": "a labelled source",
    "header_reporter": "a labelled author",
    "header_editors": "a labelled editor",
    "header_other": "other header fields: page counters, index numbers, font size",
    "navigation": "the path of the page within its site",
    "buttons": "lines made of button words only: font size, print, share",
    "separator": "lines made of rule marks only, and a bar at the end",
    "caption": "a line with a photographer's credit describes a picture",
    "byline": "a bracket or line that names reporters",
    "dateline": "the agency's mark before the lead (本报讯)",
    "source_line": "a line below the article that names where it comes from",
    "editors": "a line below the article that names its editors",
    "closing": "copyright, neighbouring pages and related reading below the article",
    "widget": "short lines of a comment box below the article",
    "appeal": "an address to readers with a telephone number or survey below the article",
    "links": "short lines without marks below the byline are links of the page",
    "after_end": "what follows the editors' line is no longer the article",
    "title": "short lines without sentence marks above the text name it",
}
_STAGES = (
    markup, repair_indent, invisible, realign, glosses, simplify, page_numbers, rewrap, blanks,
    widths, furniture, title, blanks,
)  # fmt: skip
_DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")
_OFFICE = re.compile(r"^[（(□■●◎\s]*(?:本[报网台刊社])?(?:首席|见习)?记者[:：\s/]*|[）)\s]+$")
_SOURCE = re.compile(r"^(?:[^：:\s]{0,4}来源|稿源|转载?自|原载|摘自|来自|据)[：:]\s*")


class UnknownRuleError(DifangError):
    """A rule to be switched off that does not exist."""


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
        Spots where characters are lost and could not be restored.
    moved : tuple of Moved
        What left the text as metadata, in order of place.
    """

    text: str
    edits: list[Edit]
    script: str
    damage: int
    moved: tuple[Moved, ...]


def clean(raw: str, *, off: Collection[str] = ()) -> Cleaned:
    r"""Return the clean text of a document with all edits.

    The stages run until none changes anything, so that a clean text is left as it is; each change
    takes characters out or puts one form for another, never back, so they come to an end.

    Parameters
    ----------
    raw : str
        Any text.
    off : collection of str
        Names of rules (see `RULES`) that are switched off.

    Raises
    ------
    UnknownRuleError
        `off` names a rule that does not exist.

    Examples
    --------
    >>> clean("標題：縣(xiàn)域\n\n  發(fā)展縣(xiàn)域經(jīng)濟,是省(shěng)委的要求。").text
    '发展县域经济，是省委的要求。'
    """
    if unknown := sorted(set(off) - set(RULES)):
        known = ", ".join(RULES)
        raise UnknownRuleError(
            f"Cannot switch off the rule {unknown[0]!r}. "
            f"The cleaning rules hold {known}. Choose from these."
        )
    edits: list[Edit] = []
    moved: list[Moved] = []
    text, before = raw, None
    while text != before:
        before = text
        for stage in _STAGES:
            changes = _disjoint([edit for edit in stage(text) if edit.rule not in off])
            if changes:
                moved += _moved(changes, Offsets(edits))
                edits = compose(raw, edits, changes)
                text = apply(text, changes)
    script = "glossed" if any(edit.rule == "gloss" for edit in edits) else script_of(raw)
    return Cleaned(text, edits, script, damage(text), tuple(sorted(moved, key=lambda m: m.start)))


def _disjoint(edits: list[Edit]) -> list[Edit]:
    """Return edits in order, each beginning where the last one has ended; the longer one wins."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _moved(changes: list[Edit], offsets: Offsets) -> list[Moved]:
    """Return the metadata in what the changes move out of the text."""
    found = []
    for edit in changes:
        value = " ".join(edit.old.split())
        if edit.action == "move" and value:
            start = edit.start + len(edit.old) - len(edit.old.lstrip())
            span = offsets.raw_span(start, start + len(edit.old.strip()))
            found.append(Moved(MOVES[edit.rule], _value(edit.rule, value), *span, edit.rule))
    return found


def _value(rule: str, value: str) -> str:
    """Return a value without brackets and label; a date as an ISO day."""
    field = MOVES[rule]
    if field == "date_published" and (day := _DAY.search(value)):
        return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    if field == "reporter":
        return _OFFICE.sub("", value)
    if field == "source":
        bare = _SOURCE.sub("", value.strip("（()）【】[]：: "))
        return re.split("[（(]", bare)[0] if rule == "dateline" else bare
    if rule == "html_comment":
        return value.removeprefix("<!--").removesuffix("-->").strip()
    return value
