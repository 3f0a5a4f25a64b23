"""Tables as HTML that read well in a report and in JupyterLab.

In goes a DataFrame, out comes a fragment that a notebook shows when a cell ends with it. All
text but Markup is escaped; sorting and filtering come from a small script and are not needed to
read.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from markupsafe import Markup
from pandas.api import types

from difang.errors import DifangError
from difang.reports.fragment import Fragment, fragment
from difang.reports.language import VALUES, named, reworded
from difang.reports.lines import LINES_SHOWN, WORDS, count, quoted
from difang.reports.prose import language_of

MISSING = "—"
BETWEEN = " · "  # pinyin and gloss
DIGITS = 3  # significant digits at the largest value of a column
LONG = 15  # characters; a longer name of a row may be broken
# not broken at its hyphens; a place may stand before it, a count behind
DATE = re.compile(r"(?:[^\W\d]{1,8} )?\d{4}[-– ][0-9A-Za-z –-]{1,15}(?: \(\+\d+\))?")
RANGE = re.compile(r"[−\d.,]+ (?:to|…) [−\d.,]+", re.ASCII)  # not broken either
GROUPED_FROM = 10_000  # numbers from here on get separators: 2018 stays a year


class UnknownColumnError(DifangError):
    """A column that the table does not have."""


class Cell(NamedTuple):
    """What a cell shows, and the attributes of its HTML."""

    text: str
    marks: dict[str, str | None]


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    rows: int | None = 20,
    columns: Mapping[str, str] | None = None,
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
    columns : mapping name → label, optional
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
    labels: Mapping[Any, str] = columns or {name: str(name) for name in whole}
    formats = formats or {}
    _require(whole, [*labels, *formats, *filter(None, [beneath])])
    shown = whole if rows is None else whole.head(rows)
    cells = [_cells(shown[name], _writer(whole[name], formats.get(name))) for name in labels]
    heads = [
        Cell(label, {"class": "number" if _is_number(whole[name]) else None, "lang": _lang(label)})
        for name, label in labels.items()
    ]
    opened, small = sentences or {}, shown[beneath] if beneath else [""] * len(shown)
    keys = shown["term" if "term" in whole else whole.columns[0]].astype("str")
    lines = [quoted(opened[key], LINES_SHOWN, key) if key in opened else None for key in keys]
    csv = whole[list(labels)].to_csv(index=False) if len(shown) < len(whole) else ""
    rows_of = list(zip(zip(*cells, strict=True), small, lines, strict=True))
    told = {"caption": caption, "counted": count(len(whole), len(shown), "row")}
    return fragment("table", csv, heads=heads, rows=rows_of, opens=bool(opened), **told)


def _require(frame: pd.DataFrame, names: Iterable[str]) -> None:
    unknown = [name for name in names if name not in frame]
    if unknown:
        raise UnknownColumnError(
            f"Cannot show column {', '.join(map(repr, unknown))}. The table holds "
            f"{', '.join(map(str, frame.columns))}. Choose from these."
        )


def _cells(values: pd.Series, write: Callable[[object], str]) -> list[Cell]:
    return [_cell(value, write, _is_number(values)) for value in values]


def _cell(value: Any, write: Callable[[object], str], number: bool) -> Cell:
    if types.is_scalar(value) and pd.isna(value):
        return Cell(MISSING, {"class": "number" if number else None})
    text = write(value)
    whole = DATE.fullmatch(text) or RANGE.fullmatch(text)
    kind = "date" if whole else "long" if len(text) > LONG else None
    sorts_by = f"{value:.15g}" if isinstance(value, int | float) else None
    marks = {"class": "number" if number else kind, "data-value": sorts_by}
    return Cell(text, marks | {"lang": _lang(text)})


def _writer(values: pd.Series, given: str | None) -> Callable[[object], str]:
    """How the values of a column are written."""
    if given is not None:
        return lambda value: format(value, given)
    if _is_number(values):
        return _number_writer(values)
    if types.is_datetime64_any_dtype(values):
        return lambda value: str(value).removesuffix(" 00:00:00")
    if values.name in ("reason", "what_to_do"):
        return lambda value: reworded(str(value))
    if (kind := str(values.name)) in VALUES:
        return lambda value: named(kind, value)
    return _plain_text


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
    if isinstance(value, Markup):
        return value
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _is_number(values: pd.Series) -> bool:
    return types.is_numeric_dtype(values) and not types.is_bool_dtype(values)


def _lang(text: str) -> str | None:
    return language_of(text) or None
