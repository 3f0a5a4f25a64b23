"""Tables to rows: tables of documents, and tables of metadata beside documents.

Read are .csv (parted by commas, tabs or semicolons), .xlsx, .jsonl and .parquet.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from difang.corpus.decoding import UnreadableError, decode, readable
from difang.corpus.office import read_sheets
from difang.corpus.parts import Part, Problem, damaged

TEXT_COLUMNS = ("text", "full_text", "content", "正文")
KEY_COLUMNS = ("file", "doc_id")
CELL_LIMIT = 32_767  # UTF-16 units, the most that Excel keeps in a cell
_SEPARATORS = ",\t;"


class TableError(UnreadableError):
    """A table that cannot be used, with the reason."""

    what_to_do = "Save it as a UTF-8 .csv table that has such a column and one row a document."


class _Table(NamedTuple):
    """A table: its name within the file, its columns, its rows (or what is wrong with them)."""

    name: str
    columns: list[str]
    rows: list[dict[str, Any] | str]
    encoding: str


def read_table(kind: str, data: bytes, columns: Sequence[str]) -> Iterator[Part | Problem]:
    """Yield each row by the first of `columns` that the table has; the other cells are metadata.

    Raises
    ------
    UnreadableError
        It has none of the columns, two columns of one name, or is no table of this kind.
    """
    tables = list(READERS[kind](data, columns))
    if not tables:
        raise TableError("The table is empty.")
    refusals = [_refusal(table, columns) for table in tables]
    if all(refusals):
        raise TableError(refusals[0])
    several = refusals.count("") > 1
    for table, refusal in zip(tables, refusals, strict=True):
        if refusal:
            yield Problem(f"Sheet {table.name}: {refusal}", TableError.what_to_do)
            continue
        main = next(c for c in columns if c in table.columns)
        for number, row in enumerate(table.rows, start=1):
            label = f"{table.name}#{number}" if several else str(number)
            where = f"{table.name} row {number}" if several else f"row {number}"
            yield from _row(row, main, Part("", table.encoding, {}, where, row=label))


def _refusal(table: _Table, columns: Sequence[str]) -> str:
    named = [c for c in table.columns if c]
    if twice := sorted({c for c in named if named.count(c) > 1}):
        return f"Two columns have one name: {', '.join(twice)}."
    if any(c in named for c in columns):
        return ""
    return (
        f"No column {' or '.join(f'`{c}`' for c in columns)}. The table holds: {', '.join(named)}."
    )


def _row(row: dict[str, Any] | str, main: str, part: Part) -> Iterator[Part | Problem]:
    mend = "Mend the row in the table."
    if isinstance(row, str):
        yield Problem(row, mend, part.row)
        return
    cells = {k: _cell(v) for k, v in row.items() if k}
    value = cells.pop(main, "")
    if not value.strip():
        yield Problem(f"The cell `{main}` is empty.", mend, part.row)
        return
    if len(value) <= CELL_LIMIT <= len(value.encode("utf-16-le", "surrogatepass")) // 2:
        reason = (
            f"The cell `{main}` holds 32,767 characters, the most that Excel keeps: it is read,"
        )
        what = "Compare its end with the source; texts as long go into .csv or files."
        yield Problem(f"{reason} but may be cut.", what, part.row)
    yield part._replace(raw=value, fields={k: v.strip() for k, v in cells.items() if v.strip()})


def _cell(value: object) -> str:
    """Return a cell as text: days as ISO, whole numbers without a point, lists as JSON."""
    if value is None or value != value:
        return ""
    if isinstance(value, datetime):
        day, _, time = value.isoformat(sep=" ").partition(" ")
        return day if time.startswith("00:00:00") else f"{day} {time}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _records(name: str, rows: Sequence[Sequence[Any]], encoding: str) -> _Table:
    """Make a table of rows of cells, the first of which is the header."""
    header = [_cell(c).strip() for c in rows[0]]
    wrong = "The row has {} cells, the header {}."
    return _Table(
        name,
        header,
        [
            dict(zip(header, cells, strict=True))
            if len(cells) == len(header)
            else wrong.format(len(cells), len(header))
            for cells in rows[1:]
        ],
        encoding,
    )


def _csv(data: bytes, columns: Sequence[str]) -> Iterator[_Table]:
    text, encoding = decode(data)
    limit = csv.field_size_limit(2**31 - 1)  # a cell may hold a whole report
    head = text[: text.find("\n") % (len(text) + 1)]
    fits = [s for s in _SEPARATORS if set(columns) & {c.strip(' "\r') for c in head.split(s)}]
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=(*fits, ",")[0])
        rows = [row for row in reader if row]
    except csv.Error as error:
        raise TableError(f"Not a CSV table: {error}.") from error
    finally:
        csv.field_size_limit(limit)
    if rows:
        yield _records("", rows, encoding)


def _xlsx(data: bytes, _: Sequence[str]) -> Iterator[_Table]:
    from openpyxl.utils.escape import unescape

    for name, rows in read_sheets(data):
        width = max(map(len, rows))
        cells = [
            [unescape(c) if isinstance(c, str) else c for c in (*row, *[None] * (width - len(row)))]
            for row in rows
        ]
        yield _records(name, cells, "xlsx")


def _jsonl(data: bytes, _: Sequence[str]) -> Iterator[_Table]:
    text, encoding = decode(data)
    rows = [_object(line) for line in text.split("\n") if line.strip()]
    columns = dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row)
    if rows:
        yield _Table("", list(columns), rows, encoding)


def _object(line: str) -> dict[str, Any] | str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"The line is no JSON: {error}."
    if not isinstance(row, dict):
        return "The line is no JSON object."
    return {key: readable(v) if isinstance(v, str) else v for key, v in row.items()}


def _parquet(data: bytes, _: Sequence[str]) -> Iterator[_Table]:
    from pyarrow import ArrowException, BufferReader
    from pyarrow.parquet import ParquetFile

    with damaged("a Parquet table", ArrowException):
        file = ParquetFile(BufferReader(data))
        rows = [row for batch in file.iter_batches() for row in batch.to_pylist()]
    yield _Table("", file.schema_arrow.names, rows, "parquet")


READERS: dict[str, Callable[[bytes, Sequence[str]], Iterator[_Table]]] = {
    "csv": _csv, "xlsx": _xlsx, "jsonl": _jsonl, "parquet": _parquet
}  # fmt: skip
