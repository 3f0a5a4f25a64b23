"""Sentences filled from tables, and tables that become a sentence where they hold no row.

Sentences with holes go in, Markdown comes out. `{n:document(s)}` gives "1 document" or
"2,100 documents"; what a value holds is shown as text, never read as Markdown.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd
from IPython.display import Markdown

from difang.reports.fragment import Fragment
from difang.reports.language import LANGUAGE, Filler
from difang.reports.language import plain as plain
from difang.reports.language import sentences as sentences
from difang.reports.tables import BETWEEN, table
from difang.words.lexicon import read_lexicon

TERMS = ("term", "phrase")  # columns of terms, glossed where they head the rows
_MARKS = re.compile(r"([\\`*_{}\[\]<>|#$~])")


class _Writer(Filler):
    def format_field(self, value: Any, format_spec: str) -> str:
        return _MARKS.sub(r"\\\1", super().format_field(value, format_spec))


def say(sentence: str, **values: object) -> Markdown:
    r"""Fill a sentence.

    >>> say("The folder holds {n:document(s)} of {who}.", n=1, who="a_b").data
    'The folder holds 1 document of a\\_b.'
    """
    return Markdown(_Writer().format(sentence, **values))


def captions(told: Mapping[str, str], **values: object) -> dict[str, Any]:
    """Fill what a figure says: its title, unit and note.

    >>> captions({"title": "{n:document(s)}", "unit": "篇"}, n=2)
    {'title': '2 documents', 'unit': '篇'}
    """
    return {part: plain(sentence, **values) for part, sentence in told.items()}


def bullets(said: Iterable[Markdown]) -> Markdown:
    """Put sentences under each other as a list."""
    return Markdown("\n".join(f"- {one.data}" for one in said))


@cache
def glosses() -> dict[str, str]:
    """Give pinyin and gloss of the set phrases that have both in the lexicon."""
    rows = read_lexicon().phrases
    rows = rows[rows["pinyin"].ne("") & rows["gloss"].ne("")]
    return dict(zip(rows["phrase"], rows["pinyin"] + BETWEEN + rows["gloss"], strict=True))


def tabulate(
    told: Mapping[str, Any], frame: pd.DataFrame, *, rows: int | None = None,
    sentences: Mapping[str, pd.DataFrame] | None = None, none: Markdown | None = None,
    **values: object,
) -> Fragment | Markdown:  # fmt: skip
    """Show a table as the page's sentences describe it.

    Parameters
    ----------
    told : mapping
        `caption`; `none`, the sentence for a table without a row; `columns` (name → label; of
        these, columns that `frame` lacks are left out) and `formats`, all optional. On an English
        page terms have their pinyin and gloss beneath them, where the lexicon has these.
    rows, sentences
        As in `tables.table`.
    none : Markdown, optional
        In place of that of `told`.
    **values
        What captions, labels and the sentence are filled with.
    """
    if frame.empty:
        return none or say(told["none"], **values)
    labels = told.get("columns", dict(zip(frame, frame, strict=True)))
    glossed = LANGUAGE == "en" and next(iter(labels)) in TERMS
    if glossed and "gloss" not in frame:
        frame = frame.assign(gloss=frame[next(iter(labels))].map(glosses()).fillna(""))
    formats = told.get("formats", {})
    return table(
        frame, rows=rows, sentences=sentences, caption=plain(told["caption"], **values),
        beneath="gloss" if glossed else None,
        columns={name: plain(label, **values) for name, label in labels.items() if name in frame},
        formats={name: form for name, form in formats.items() if name in frame},
    )  # fmt: skip
