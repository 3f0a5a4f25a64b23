"""Sentences filled from tables, and tables that become a sentence where they hold no row.

Sentences with holes go in, Markdown comes out. `{n:document(s)}` gives "1 document" or
"2,100 documents"; what a value holds is shown as text, never read as Markdown.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pandas as pd
from IPython.display import Markdown

from difang.reports.fragment import Fragment
from difang.reports.tables import table

SENTENCES = Path(__file__).with_name("template") / "sentences.toml"

_MARKS = re.compile(r"([\\`*_{}\[\]<>|#$~])")


class _Plain(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec.endswith("(s)"):
            return f"{value:,} {format_spec[:-3]}{'s' if value != 1 else ''}"
        return str(format(value, format_spec))


class _Writer(_Plain):
    def format_field(self, value: Any, format_spec: str) -> str:
        return _MARKS.sub(r"\\\1", super().format_field(value, format_spec))


def sentences(page: str) -> dict[str, Any]:
    """Read what a page says: its section of template/sentences.toml.

    A sentence is a text; what a table or a figure says is a mapping, for `tabulate` or `captions`.
    """
    said: dict[str, dict[str, Any]] = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    return said[page]


def say(sentence: str, **values: object) -> Markdown:
    r"""Fill a sentence.

    >>> say("The folder holds {n:document(s)} of {who}.", n=1, who="a_b").data
    'The folder holds 1 document of a\\_b.'
    """
    return Markdown(_Writer().format(sentence, **values))


def plain(sentence: str, **values: object) -> str:
    """Fill a sentence for a figure or a caption, which are no Markdown."""
    return _Plain().format(sentence, **values)


def captions(told: Mapping[str, str], **values: object) -> dict[str, Any]:
    """Fill what a figure says: its title, unit and note.

    >>> captions({"title": "{n:document(s)}", "unit": "篇"}, n=2)
    {'title': '2 documents', 'unit': '篇'}
    """
    return {part: plain(sentence, **values) for part, sentence in told.items()}


def bullets(said: Iterable[Markdown]) -> Markdown:
    """Put sentences under each other as a list."""
    return Markdown("\n".join(f"- {one.data}" for one in said))


def listed(
    frame: pd.DataFrame, *, caption: str, none: Markdown | str, **options: Any
) -> Fragment | Markdown:
    """Show a table (`options` as for `tables.table`), or the sentence `none` if it has no row."""
    if frame.empty:
        return Markdown(none) if isinstance(none, str) else none
    return table(frame, caption=caption, **options)


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
        these, columns that `frame` lacks are left out), `formats` and `beneath`, all optional.
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
    formats = told.get("formats", {})
    return table(
        frame, rows=rows, sentences=sentences, caption=plain(told["caption"], **values),
        beneath=told.get("beneath"),
        columns={name: plain(label, **values) for name, label in labels.items() if name in frame},
        formats={name: form for name, form in formats.items() if name in frame},
    )  # fmt: skip
