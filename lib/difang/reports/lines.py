"""Concordance lines as HTML: one sentence a line, aligned on the keyword.

In goes a table of lines (doc_id, left, keyword, right), out comes a list that reads as plain
sentences without any style, on a phone and aloud.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from difang.errors import DifangError
from difang.reports.fragment import Fragment, fragment
from difang.reports.language import plain, sentences

COLUMNS = ("doc_id", "left", "keyword", "right")
LONG = 12  # characters of a keyword; lines with longer ones run on, not aligned on it
LINES_SHOWN = 20  # under one term, or in one list
WORDS = sentences("page")


class NotLinesError(DifangError):
    """A table that does not hold concordance lines."""


class Quoted(NamedTuple):
    """Lines to show; what they are of, how many of how many they are, and whether they run on."""

    term: str
    counted: str
    running: bool
    shown: Sequence[tuple[str, ...]]


def quote_lines(lines: pd.DataFrame, *, caption: str = "", rows: int = LINES_SHOWN) -> Fragment:
    """Concordance lines, at most `rows`, taken in turn from each document.

    Parameters
    ----------
    lines : DataFrame, one row a line
        Columns doc_id, left, keyword, right; all are shown as text, never as HTML.
    caption : str, optional
        What was looked for; the number of lines is added ("20 of 57 lines").
    rows : int, default 20
        At most this many lines.

    Raises
    ------
    NotLinesError
        A column is missing.

    Examples
    --------
    >>> row = {"doc_id": "江西/2018", "left": "做大", "keyword": "数字经济", "right": "规模"}
    >>> "<b>数字经济</b>" in quote_lines(pd.DataFrame([row])).html
    True
    """
    csv = lines.to_csv(index=False) if len(lines) > rows else ""
    told = {"caption": caption, "counted": count(len(lines), rows, "line")}
    return fragment("quoted", csv, lines=quoted(lines, rows), **told)


def count(total: int, limit: int, of: str = "") -> str:
    """How many of how many are shown, "row" or "line" of them, if that is to be said.

    >>> count(57, 20), count(3, 20, "row")
    ('20 of 57', '3 rows')
    """
    shown = plain(WORDS["part"], n=limit, all=total) if total > limit else f"{total:,}"
    return plain(WORDS[of if total == 1 else f"{of}s"], shown=shown) if of else shown


def quoted(lines: pd.DataFrame, limit: int, term: str = "") -> Quoted:
    """Choose at most `limit` lines of a term, spread over the documents."""
    absent = [name for name in COLUMNS if name not in lines]
    if absent:
        raise NotLinesError(
            f"Cannot quote lines without {', '.join(absent)}. The table holds "
            f"{', '.join(map(str, lines.columns))}. Use the table that kwic gives."
        )
    turn = lines.groupby("doc_id", sort=False).cumcount().to_numpy()
    chosen = lines.iloc[sorted(turn.argsort(kind="stable")[:limit])]
    running = bool(chosen["keyword"].str.len().max() > LONG)
    shown = list(chosen[[*COLUMNS]].fillna("").itertuples(index=False, name=None))
    return Quoted(term, count(len(lines), limit), running, shown)
