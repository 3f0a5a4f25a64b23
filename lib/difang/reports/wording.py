"""Sentences filled from tables, and tables that become a sentence where they hold no row.

Sentences with holes go in, Markdown comes out. `{n:document(s)}` gives "1 document" or
"2,100 documents"; what a value holds is shown as text, never read as Markdown.
"""

import re
import tomllib
from collections.abc import Iterable
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


def sentences(page: str) -> dict[str, str]:
    """Read what a page says: its section of template/sentences.toml."""
    said: dict[str, dict[str, str]] = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
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
