"""Tables as HTML that read well in a report and in JupyterLab.

In goes a DataFrame, out comes a fragment that a notebook shows when a cell ends with it. All
text is escaped; sorting and filtering come from a small script and are not needed to read.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
import pandas as pd
from pandas.api import types

from difang.errors import DifangError
from difang.reports.fragment import Fragment
from difang.reports.language import VALUES, named, plain, reworded
from difang.reports.lines import LINES_SHOWN, WORDS, count, listed
from difang.reports.prose import language_of

MISSING = "—"
BETWEEN = " · "  # pinyin and gloss
DIGITS = 3  # significant digits at the largest value of a column
LONG = 15  # characters; a longer name of a row may be broken
# not broken at its hyphens; a place may stand before it, a count behind
DATE = re.compile(r"(?:[^\W\d]+ )?\d{4}[-– ][0-9A-Za-z –-]{1,15}(?: \(\+\d+\))?")
RANGE = re.compile(r"[−\d.,]+ (?:to|…) [−\d.,]+", re.ASCII)  # not broken either
GROUPED_FROM = 10_000  # numbers from here on get separators: 2018 stays a year


class UnknownColumnError(DifangError):
    """A column that the table does not have."""


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    rows: int | None = 20,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    formats: Mapping[str, str] | None = None,
    sentences: Mapping[str, pd.DataFrame] | None = None,
    beneath: str | None = None,
) -> Fragment:
    """Show the first `rows` rows of `frame` as an HTML table that states what was cut.

    Parameters
    ----------
    frame : DataFrame
        One row a row of the table; a named index becomes the first column.
    caption : str
        What the table shows; stands above it.
    rows : int or None, default 20
        At most this many rows; None for all.
    columns : names, or a mapping name → label, optional
        Which columns, in which order, under which labels (Chinese if wished). Default all.
    formats : mapping column → format, optional
        A format spec such as ``".1%"``. Without one the numbers of a column share their decimals:
        three digits at its largest value.
    sentences : mapping term → concordance lines, optional
        DataFrames with doc_id, left, keyword, right. The row whose column ``term`` (or else
        first column) holds the term opens them, at most 20, spread over documents: "20 of 57".
    beneath : str, optional
        A column of glosses (or pinyin · gloss) small beneath the first cell of a row; "" for none.

    Returns
    -------
    Fragment
        Numbers stand to the right, missing values are —, the first column heads its row. Its
        `csv` holds all rows of a table that was cut.

    Raises
    ------
    UnknownColumnError
        `columns`, `formats` or `beneath` names a column that `frame` does not have.

    Examples
    --------
    >>> scores = pd.DataFrame({"term": ["数字经济", "乡村振兴"], "n": [12, 3]})
    >>> shown = table(scores, caption="Terms", columns={"term": "词项", "n": "次数"}, rows=1)
    >>> "1 of 2 rows" in shown.html, "乡村振兴" in shown.html
    (True, False)
    """
    whole = frame.reset_index() if frame.index.name is not None else frame
    formats = formats or {}
    labels = _labels(whole, columns, [*formats, *filter(None, [beneath])])
    shown = whole if rows is None else whole.head(rows)
    cells = [
        _column(shown[name], _writer(whole[name], formats.get(name)), "td" if at else "th")
        for at, name in enumerate(labels)
    ]
    if beneath:
        cells[0] = list(map(_over, cells[0], shown[beneath]))
    keys = shown["term" if "term" in whole else whole.columns[0]]
    lines = [_lines(sentences, str(key), len(labels)) for key in keys]
    body = (
        f"<tbody><tr>{''.join(row)}{spare}</tr>{below}</tbody>"
        for row, (spare, below) in zip(zip(*cells, strict=True), lines, strict=True)
    )
    heads = [_heading(whole[name], label) for name, label in labels.items()]
    heads += [f'<th scope="col" class="plain">{WORDS["sentences"]}</th>'] if sentences else []
    counted = count(len(whole), len(shown), "row")
    return Fragment(
        f'<div class="difang" role="group" aria-label="{escape(caption)}" tabindex="0"><table>'
        f"<caption>{escape(caption)} <small>{counted}</small></caption>"
        f"<thead><tr>{''.join(heads)}</tr></thead>{''.join(body)}</table></div>",
        whole[list(labels)].to_csv(index=False) if len(shown) < len(whole) else "",
    )


def _labels(
    frame: pd.DataFrame,
    columns: Sequence[str] | Mapping[str, str] | None,
    used: Sequence[str],
) -> dict[str, str]:
    names = list(frame.columns if columns is None else columns)
    unknown = [name for name in [*names, *used] if name not in frame]
    if unknown:
        raise UnknownColumnError(
            f"Cannot show column {', '.join(map(repr, unknown))}. The table holds "
            f"{', '.join(map(str, frame.columns))}. Choose from these."
        )
    return {name: columns[name] if isinstance(columns, Mapping) else str(name) for name in names}


def _heading(values: pd.Series, label: str) -> str:
    kind = ' class="number"' if _is_number(values) else ""
    return f'<th scope="col"{kind}{_language(label)}>{escape(label)}</th>'


def _column(values: pd.Series, write: Callable[[object], str], tag: str) -> list[str]:
    opening = '<th scope="row"' if tag == "th" else "<td"
    if _is_number(values):
        opening += ' class="number"'
    return [f"{opening}{_cell(value, write)}</{tag}>" for value in values]


def _cell(value: Any, write: Callable[[object], str]) -> str:
    """Give the rest of a cell's opening tag, and its text."""
    if types.is_scalar(value) and pd.isna(value):
        return f">{MISSING}"
    text = write(value)
    sorts_by = f' data-value="{value:.15g}"' if isinstance(value, int | float) else ""
    whole = DATE.fullmatch(text) or RANGE.fullmatch(text)
    kind = "date" if whole else "long" if len(text) > LONG else ""
    marked = f' class="{kind}"' if kind and not sorts_by else ""
    return f"{sorts_by}{marked}{_language(text)}>{escape(text)}"


def _over(cell: str, text: str) -> str:
    """Put a text small beneath what heads a row."""
    pinyin, between, gloss = escape(text).rpartition(BETWEEN)
    read = f'<span lang="zh-Latn">{pinyin}</span>{between}' if between else ""
    small = f' <small lang="en">{read}{gloss}</small></th>'
    return cell.replace("</th>", small) if text else cell


def _lines(sentences: Mapping[str, pd.DataFrame] | None, term: str, width: int) -> tuple[str, str]:
    """Give an empty cell to stand over the opener, and the row that opens the lines of `term`."""
    if not sentences:
        return "", ""
    if term not in sentences:
        return "<td></td>", ""
    number = count(len(sentences[term]), LINES_SHOWN)
    unseen = escape(plain(WORDS["sentences with"], term=term))
    opened = (
        f'<details><summary><span class="unseen">{unseen}</span>{number}'
        f"</summary>{listed(sentences[term], LINES_SHOWN)}</details>"
    )
    return "<td></td>", f'<tr class="opened"><td colspan="{width + 1}">{opened}</td></tr>'


def _writer(values: pd.Series, given: str | None) -> Callable[[object], str]:
    """How the values of a column are written."""
    if given is not None:
        return lambda value: format(value, given)
    if types.is_datetime64_any_dtype(values):
        return lambda value: str(value).removesuffix(" 00:00:00")
    if values.name in ("reason", "what_to_do"):
        return lambda value: reworded(str(value))
    if (kind := str(values.name)) in VALUES:
        return lambda value: named(kind, value)
    return _number_writer(values) if _is_number(values) else _plain_text


def _number_writer(values: pd.Series) -> Callable[[object], str]:
    numbers = values.astype("float64").abs()
    numbers = numbers[np.isfinite(numbers)]
    largest = float(numbers.max()) if len(numbers) else 0.0
    whole = bool((numbers == numbers.round()).all()) or largest == 0
    decimals = 0 if whole else max(0, DIGITS - 1 - math.floor(math.log10(largest)))
    spec = f"{',' if largest >= GROUPED_FROM else ''}.{decimals}f"
    return lambda value: format(value, spec).replace("-", "−")


def _plain_text(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return str(WORDS["yes" if value else "no"])
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _is_number(values: pd.Series) -> bool:
    return types.is_numeric_dtype(values) and not types.is_bool_dtype(values)


def _language(text: str) -> str:
    return f' lang="{tag}"' if (tag := language_of(text)) else ""
