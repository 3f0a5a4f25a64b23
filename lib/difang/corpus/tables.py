"""Tables as text to rows: tables of documents, and tables of metadata beside documents."""

import csv
import io
from typing import NamedTuple

from difang.errors import DifangError

TEXT_COLUMNS = ("text", "full_text", "content", "正文")
KEY_COLUMNS = ("file", "doc_id")


class TableError(DifangError):
    """A table that cannot be used, with the reason."""


class Row(NamedTuple):
    """A row of a table of documents: its text, its other cells; or what is wrong with it."""

    text: str
    fields: dict[str, str]
    problem: str


def read_table(text: str) -> list[Row]:
    """Read a CSV table of documents, one a row; the other columns are metadata.

    Raises
    ------
    TableError
        It has no text column, two columns of one name, or is not a CSV table.
    """
    header, rows = _parse(text)
    columns = [c for c in TEXT_COLUMNS if c in header]
    if not columns:
        raise TableError(f"No column of texts. The table holds: {', '.join(header)}.")
    return [_row(header, cells, columns[0]) for cells in rows]


def read_metadata(text: str) -> list[tuple[str, dict[str, str]]]:
    """Read a metadata table: for each row its key (file or doc_id) and its other cells.

    Raises
    ------
    TableError
        It has no key column, a row of another length, or is not a CSV table.
    """
    header, rows = _parse(text)
    keys = [c for c in KEY_COLUMNS if c in header]
    if not keys:
        raise TableError(f"No column `file` or `doc_id`. The table holds: {', '.join(header)}.")
    found = []
    for number, cells in enumerate(rows, start=1):
        if len(cells) != len(header):
            raise TableError(f"Row {number} has {len(cells)} cells, the header {len(header)}.")
        fields = {k: v.strip() for k, v in zip(header, cells, strict=True) if v.strip()}
        found.append((fields.pop(keys[0], ""), fields))
    return found


def _parse(text: str) -> tuple[list[str], list[list[str]]]:
    limit = csv.field_size_limit(2**31 - 1)  # a cell may hold a whole report
    try:
        rows = [r for r in csv.reader(io.StringIO(text, newline=""), strict=True) if r]
    except csv.Error as error:
        raise TableError(f"Not a CSV table: {error}.") from error
    finally:
        csv.field_size_limit(limit)
    if not rows:
        raise TableError("The table is empty.")
    header = [c.strip() for c in rows[0]]
    twice = sorted({c for c in header if header.count(c) > 1})
    if twice:
        raise TableError(f"Two columns have one name: {', '.join(twice)}.")
    return header, rows[1:]


def _row(header: list[str], cells: list[str], column: str) -> Row:
    if len(cells) != len(header):
        return Row("", {}, f"The row has {len(cells)} cells, the header {len(header)}.")
    fields = dict(zip(header, cells, strict=True))
    text = fields.pop(column)
    problem = "" if text.strip() else "The row holds no text."
    return Row(text, {k: v.strip() for k, v in fields.items() if k and v.strip()}, problem)
