"""Tables to rows: tables of documents, and tables of metadata beside documents.

Read are .csv (parted by commas, tabs or semicolons), .xlsx, .jsonl and .parquet.
"""

import csv
import io
import json
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from difang.corpus.archives import Budget, open_zip
from difang.corpus.decoding import UnreadableError, decode, readable
from difang.corpus.parts import Part, Problem, damaged

TEXT_COLUMNS = ("text", "full_text", "content", "正文", "全文", "内容")
KEY_COLUMNS = ("file", "doc_id")
CELL_LIMIT = 32_767  # UTF-16 units, the most that Excel keeps in a cell
_MEND = "Mend the row in the table."


class TableError(UnreadableError):
    """A table that cannot be used, with the reason."""

    what_to_do = "Save it as a UTF-8 .csv table that has such a column and one row a document."


class _Table(NamedTuple):
    """A table: its name within the file, its columns, its rows (or what is wrong with one)."""

    name: str
    columns: list[str]
    rows: list[dict[str, Any] | str]
    encoding: str

    def named(self) -> str:
        return ", ".join(filter(None, self.columns)) or "none"


def read_table(kind: str, data: bytes, wanted: Sequence[str]) -> Iterator[Part | Problem]:
    """Yield each row by the first of the columns `wanted` that is there; the rest is metadata.

    Raises
    ------
    UnreadableError
        It has none of the columns, two columns of one name, or is no table of this kind.
    """
    tables = [table for table in TABLES[kind](data) if table.rows or table.columns]
    if not tables:
        raise TableError("The table is empty.")
    lacks = f"No column {' or '.join(f'`{c}`' for c in wanted)}. The table holds: {{}}."
    mains = [next((c for c in wanted if c in table.columns), None) for table in tables]
    if not any(mains):
        raise TableError(lacks.format(tables[0].named()))
    several = sum(map(bool, mains)) > 1
    for table, main in zip(tables, mains, strict=True):
        if not main or not table.rows:
            reason = "The table holds no rows." if main else lacks.format(table.named())
            sheet = f"Sheet {table.name}: " if table.name else ""
            yield Problem(sheet + reason, TableError.what_to_do)
            continue
        for number, row in enumerate(table.rows, start=1):
            label, where = (f"{table.name}#", f"{table.name} ") if several else ("", "")
            empty = Part("", table.encoding, {}, f"{where}row {number}", row=f"{label}{number}")
            yield from _row(row, main, empty)


def _row(row: dict[str, Any] | str, main: str, part: Part) -> Iterator[Part | Problem]:
    """Yield what a row holds: a text with its metadata, or what is wrong with it."""
    if isinstance(row, str):
        yield Problem(row, _MEND, part.row)
        return
    cells = {k: _cell(v) for k, v in row.items() if k}
    value = cells.pop(main, "")
    if not value.strip():
        yield Problem(f"The cell `{main}` is empty.", _MEND, part.row)
        return
    if len(value) <= CELL_LIMIT <= len(value.encode("utf-16-le", "surrogatepass")) // 2:
        reason = (
            f"The cell `{main}` is read, but holds 32,767 characters, the most that Excel keeps: "
            "it may be cut."
        )
        what = "Compare its end with the source; put longer texts into .csv or files."
        yield Problem(reason, what, part.row)
    yield part._replace(raw=value, fields={k: v.strip() for k, v in cells.items() if v.strip()})


def _cell(value: object) -> str:
    """Return a cell as text: days as ISO, whole numbers without a point, lists as JSON."""
    if value is None or value != value:
        return ""
    if isinstance(value, date):
        return value.isoformat().replace("T", " ").removesuffix(" 00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return readable(str(value))


def _table(name: str, rows: Sequence[Sequence[Any]], encoding: str) -> _Table:
    """Make a table of rows of cells, of which the first is the header."""
    header = [_cell(c).strip() for c in rows[0]] if rows else []
    if twice := sorted({c for c in header if c and header.count(c) > 1}):
        raise TableError(f"Two columns have one name: {', '.join(twice)}.")
    full: list[dict[str, Any] | str] = [
        dict(zip(header, cells, strict=True))
        if len(cells) == len(header)
        else f"The row has {len(cells)} cells, the header {len(header)}."
        for cells in rows[1:]
    ]
    return _Table(name, header, full, encoding)


def _csv(data: bytes) -> Iterator[_Table]:
    text, encoding = decode(data)
    header = text.partition("\n")[0]
    separator = max(",\t;", key=header.count)
    limit = csv.field_size_limit(2**31 - 1)  # a cell may hold a whole report
    try:
        lines = io.StringIO(text, newline="")
        rows = [row for row in csv.reader(lines, strict=True, delimiter=separator) if row]
    except csv.Error as error:
        raise TableError(f"Not a CSV table: {error}.") from error
    finally:
        csv.field_size_limit(limit)
    yield _table("", rows, encoding)


def _xlsx(data: bytes) -> Iterator[_Table]:
    import pandas as pd
    from openpyxl.utils.escape import unescape
    from openpyxl.utils.exceptions import InvalidFileException

    open_zip(data, Budget(len(data)))
    with damaged("an Excel workbook", InvalidFileException), warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")  # of styles
        sheets = pd.read_excel(
            io.BytesIO(data), sheet_name=None, header=None, dtype=object, na_filter=False
        )
    for name, sheet in sheets.items():
        cells = [
            [unescape(c) if isinstance(c, str) else c for c in row] for row in sheet.to_numpy()
        ]
        yield _table(name, [row for row in cells if any(_cell(c).strip() for c in row)], "xlsx")


def _jsonl(data: bytes) -> Iterator[_Table]:
    text, encoding = decode(data)
    rows = [_object(line) for line in text.split("\n") if line.strip()]
    columns = dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row)
    yield _Table("", list(columns), rows, encoding)


def _object(line: str) -> dict[str, Any] | str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"The line is no JSON: {error}."
    return row if isinstance(row, dict) else "The line is no JSON object."


def _parquet(data: bytes) -> Iterator[_Table]:
    from pyarrow import ArrowException, BufferReader
    from pyarrow.parquet import ParquetFile

    with damaged("a Parquet table", ArrowException):
        file = ParquetFile(BufferReader(data))
        rows = [row for batch in file.iter_batches() for row in batch.to_pylist()]
    yield _Table("", file.schema_arrow.names, rows, "parquet")


TABLES: dict[str, Callable[[bytes], Iterator[_Table]]] = {
    "csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl, "parquet": _parquet
}  # fmt: skip
