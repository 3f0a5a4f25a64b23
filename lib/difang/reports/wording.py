"""Sentences filled from tables, and tables that become a sentence where they hold no row.

Templates go in, by language and name; Markdown comes out. `{n:document(s)}` gives "1 document" or
"2,100 documents"; what a value holds is shown as text, never read as Markdown.
"""

import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

import pandas as pd
from IPython.display import Markdown

from difang.reports.fragment import Fragment
from difang.reports.tables import table

Words = Mapping[str, Mapping[str, str]]

_MARKS = re.compile(r"([\\`*_{}\[\]<>|#$~])")


class _Plain(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec.endswith("(s)"):
            return f"{value:,} {format_spec[:-3]}{'s' if value != 1 else ''}"
        return str(format(value, format_spec))


class _Writer(_Plain):
    def format_field(self, value: Any, format_spec: str) -> str:
        return _MARKS.sub(r"\\\1", super().format_field(value, format_spec))


def say(words: Words, name: str, lang: str = "en", **values: object) -> Markdown:
    r"""Fill the sentence `name` of `words` in a language.

    >>> words = {"en": {"size": "The folder holds {n:document(s)} of {who}."}}
    >>> say(words, "size", n=1, who="a_b").data
    'The folder holds 1 document of a\\_b.'
    """
    return Markdown(_Writer().format(words[lang][name], **values))


def plain(words: Words, name: str, lang: str = "en", **values: object) -> str:
    """Fill a sentence for a figure or a caption, which are no Markdown."""
    return _Plain().format(words[lang][name], **values)


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
