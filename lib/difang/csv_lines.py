"""Tables as lines of CSV, the text that pandas writes, many rows at once.

In goes a table, out come blocks of bytes. pandas makes an object of each field, and looks at each
of its characters; here a column becomes text in one step, and only fields with marks are quoted.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

ROWS = 1 << 17  # of a block
MARKS = '",\r\n'  # what may have to be quoted
PLAIN = 1e-4, 1e10  # numbers between these are written alike by Arrow and Python

Texts: TypeAlias = pa.Array  # of large strings; nothing where a value is missing


def csv_lines(table: pd.DataFrame, *, index: bool) -> Iterator[bytes | pa.Buffer]:
    """Yield the lines of a table in UTF-8, as `DataFrame.to_csv` would write them.

    Columns of text, categories, numbers and days are written at once, a table with others by
    pandas. What UTF-8 cannot say (half a character) is spelt with a backslash.
    """
    whole = table.reset_index() if index else table
    if not all(_is_known(column) for _, column in whole.items()) or whole.shape[1] < 2:
        yield table.to_csv(index=index).encode(errors="backslashreplace")
        return
    yield whole.head(0).to_csv(index=False).encode(errors="backslashreplace")
    for start in range(0, len(whole), ROWS):
        block = whole.iloc[start : start + ROWS]
        *fields, last = (_texts(column) for _, column in block.items())
        ends = pc.binary_join_element_wise(pc.fill_null(last, ""), _text(os.linesep), _text(""))
        lines = pc.binary_join_element_wise(
            *fields, ends, _text(","), null_handling="replace", null_replacement=""
        )
        yield _bytes(lines)


def _is_known(column: pd.Series[Any]) -> bool:
    """Say whether a column is of text, categories of text, numbers or days."""
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        return kind.categories.inferred_type in ("string", "empty")
    if kind.kind == "M" and getattr(kind, "tz", None) is None:
        return bool((column.dropna() == column.dropna().dt.normalize()).all())
    return isinstance(kind, pd.StringDtype) or kind.kind == "i" or kind.name in ("bool", "float64")


def _texts(column: pd.Series[Any]) -> Texts:
    """Return the fields of a column, quoted where they must be."""
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy()
        return _quoted(_spelt(kind.categories)).take(pa.array(codes, mask=codes < 0))
    if isinstance(kind, pd.StringDtype):
        return _quoted(_spelt(column))
    if kind.name == "float64":
        return _numbers(column.to_numpy())
    if kind.name == "bool":
        return pc.if_else(pa.array(column), _text("True"), _text("False"))
    whole = pa.array(column, from_pandas=True)
    return (whole.cast(pa.date32()) if kind.kind == "M" else whole).cast(pa.large_string())


def _spelt(texts: pd.Series[Any] | pd.Index[Any]) -> Texts:
    """Return texts, with a backslash for what UTF-8 cannot say."""
    if texts.dtype == object:
        told = [one.encode("utf-8", "backslashreplace").decode() for one in texts]
        return pa.array(told, pa.large_string())
    spelt = pa.array(texts, pa.large_string(), from_pandas=True)
    return spelt.combine_chunks() if isinstance(spelt, pa.ChunkedArray) else spelt


def _numbers(values: npt.NDArray[np.float64]) -> Texts:
    """Write numbers, each once: many columns hold few."""
    bits = np.ascontiguousarray(values).view(np.int64)  # tells -0.0 from 0.0
    each = pa.array(bits, mask=np.isnan(values)).dictionary_encode()
    return _digits(each.dictionary.to_numpy().view(np.float64)).take(each.indices)


def _digits(values: npt.NDArray[np.float64]) -> Texts:
    """Write numbers with as few digits as tell them apart, as Python does."""
    size, texts = np.abs(values), pa.array(values).cast(pa.large_string())
    whole = pa.array(values == np.floor(values))
    texts = pc.if_else(whole, pc.binary_join_element_wise(texts, _text(".0"), _text("")), texts)
    odd = (size > 0) & ((size < PLAIN[0]) | (size >= PLAIN[1]))
    spelt = pa.array([*map(repr, values[odd].tolist())], pa.large_string())
    return pc.replace_with_mask(texts, pa.array(odd), spelt)


def _quoted(texts: Texts) -> Texts:
    """Put fields that hold marks between quotes."""
    marked = pc.fill_null(pc.match_substring_regex(texts, _marks()), False)
    doubled = pc.replace_substring(texts.filter(marked), '"', '""')
    quoted = pc.binary_join_element_wise(_text('"'), doubled, _text('"'), _text(""))
    return pc.replace_with_mask(texts, marked, quoted)


@cache
def _marks() -> str:
    """Give a pattern of the marks that Python quotes: its versions differ in line ends."""
    lines = io.StringIO()
    csv.writer(lines, lineterminator=os.linesep).writerow(MARKS)
    quoted = [mark for mark in MARKS if f'"{mark}' in lines.getvalue()]
    return f"[{''.join(quoted)}]"


def _text(text: str) -> pa.Scalar:
    return pa.scalar(text, pa.large_string())


def _bytes(lines: Texts) -> bytes | pa.Buffer:
    """Return the texts behind each other: so they lie in memory."""
    _, ends, data = lines.buffers()
    stop = np.frombuffer(ends, np.int64)[lines.offset + len(lines)]
    return b"" if data is None else data.slice(0, int(stop))
