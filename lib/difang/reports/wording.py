"""Sentences filled from tables, and tables that become a sentence where they hold no row.

Sentences with holes go in, Markdown comes out. `{n:document(s)}` gives "1 document" or
"2,100 documents"; what a value holds is shown as text, never read as Markdown.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd
from IPython.display import Markdown

from difang.reports.figures import Chart
from difang.reports.fragment import Fragment
from difang.reports.language import LANGUAGE, Filler, Sentence, joined, named
from difang.reports.language import plain as plain
from difang.reports.language import sentences as sentences
from difang.reports.tables import BETWEEN, table
from difang.words.lexicon import read_lexicon

Shown = Chart | Fragment | Markdown
TERMS = ("term", "phrase")  # columns of terms, glossed where they head the rows
_MARKS = re.compile(r"([\\`*_{}\[\]<>|#$~])")


class _Writer(Filler):
    def format_field(self, value: Any, format_spec: str) -> str:
        return _MARKS.sub(r"\\\1", super().format_field(value, format_spec))


class Page(ABC):
    """What a page is about: it says, and tabulates, with `facts` to fill sentences from."""

    @property
    @abstractmethod
    def facts(self) -> Mapping[str, Any]:
        """What every sentence, caption and label of the page can be filled with."""

    def say(self, sentence: Sentence, **more: object) -> Markdown:
        """Fill a sentence, as `say`."""
        return say(sentence, **{**self.facts, **more})

    def bullets(self, parts: Mapping[str, str], **more: object) -> Markdown:
        """Fill a list, as `bullets`."""
        return bullets(parts, **{**self.facts, **more})

    def captions(self, told: Mapping[str, Sentence], **more: object) -> dict[str, Any]:
        """Fill what a figure says, as `captions`."""
        return captions(told, **{**self.facts, **more})

    def table(
        self, told: Mapping[str, Any], frame: pd.DataFrame, **more: Any
    ) -> Fragment | Markdown:
        """Show a table, as `tabulate`."""
        return tabulate(told, frame, **{**self.facts, **more})


def say(sentence: Sentence, **values: object) -> Markdown:
    r"""Fill a sentence, in one or in parts.

    >>> say("The folder holds {n:document(s)} of {who}.", n=1, who="a_b").data
    'The folder holds 1 document of a\\_b.'
    >>> say({"all": "{n:document(s)}", "if few": ", too few"}, n=1, few=True).data
    '1 document, too few'
    """
    return Markdown("".join(_Writer().parts(sentence, values)))


def bullets(parts: Mapping[str, str], **values: object) -> Markdown:
    """Fill the parts of a sentence, and put them under each other as a list."""
    return Markdown("\n".join(f"- {one}" for one in _Writer().parts(parts, values)))


def captions(told: Mapping[str, Sentence], **values: object) -> dict[str, Any]:
    """Fill what a figure says: its title, unit and note.

    >>> captions({"title": "{n:document(s)}", "unit": "篇"}, n=2)
    {'title': '2 documents', 'unit': '篇'}
    """
    return {part: plain(sentence, **values) for part, sentence in told.items()}


def first_of(names: Sequence[object], most: int) -> list[object]:
    """Name the first of many, and say of how many.

    >>> first_of("甲乙", 2), first_of("甲乙丙", 2)
    (['甲', '乙'], ['甲', '乙', '… 3 个'])
    """
    return [*names[:most], *[f"… {len(names):,} 个"][: len(names) - most]]


def between(
    low: "pd.Series[Any]", high: "pd.Series[Any]", write: Callable[[float], str]
) -> "pd.Series[str]":
    """Write two ends of each row, such as 0.1 to 0.3; missing where an end is."""
    first, last = (end.map(write, na_action="ignore").astype("str") for end in (low, high))
    return first + str(sentences("page")["between"]) + last


def tally(values: "pd.Series[Any]", most: int | None = None) -> str:
    """Name the values of a column with the number of each, the most frequent first.

    >>> tally(pd.Series(["b", "a", None, "a"], name="level"), most=2)
    'a (2), b (1), …'
    """
    counted = values.astype("str").fillna("未知").value_counts(sort=False)
    counted = counted.sort_values(ascending=False, kind="stable")
    told = [f"{named(str(values.name), value)} ({n:,})" for value, n in counted.items()]
    return joined(told if most is None or len(told) <= most else [*told[:most], "…"])


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
        these, columns that `frame` lacks are left out, but rank numbers the rows) and `formats`,
        all optional. On an English page terms have their pinyin and gloss beneath them, where the
        lexicon has these.
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
    if "rank" in labels and "rank" not in frame:
        frame = frame.assign(rank=range(1, len(frame) + 1))
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
