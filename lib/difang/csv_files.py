"""Tables as CSV files that Excel reads as Chinese, alike on every system.

Arrow writes them, many rows at once: pandas makes an object of each field. Text stands between
quotes, so that an empty one is told from a missing one; days are ISO dates.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import csv

ROWS = 1 << 17  # that are text at once


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV in UTF-8, with its index if that has a name.

    What UTF-8 cannot say (half a character) is spelt with a backslash.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    whole = table.reset_index() if table.index.name is not None else table
    held = pa.table({name: _held(column) for name, column in whole.items()})
    plain = pa.schema([(field.name, _plain(field.type)) for field in held.schema])
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8)  # so that Excel knows
        with csv.CSVWriter(file, plain) as writer:
            for start in range(0, len(held), ROWS):
                writer.write_table(held.slice(start, ROWS).cast(plain))


def _held(column: pd.Series[Any]) -> pa.Array:
    """Return a column as Arrow holds it."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return pa.array(column, from_pandas=True)
    words = [str(word).encode(errors="backslashreplace").decode() for word in column.cat.categories]
    codes = column.cat.codes.to_numpy()
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(words, "str"))


def _plain(kind: pa.DataType) -> pa.DataType:
    """Return the type as which a column is written: all but text, numbers and truth have one."""
    if pa.types.is_dictionary(kind):
        return pa.large_string()
    return pa.date32() if pa.types.is_timestamp(kind) else kind
