"""Tables as text to rows: tables of documents, and tables of metadata beside documents."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

from difang.corpus.decoding import UnreadableError

TEXT_COLUMNS = ("text", "full_text", "content", "正文")
KEY_COLUMNS = ("file", "doc_id")


class TableError(UnreadableError):
    """A table that cannot be used, with the reason."""

    what_to_do = "Save it as a UTF-8 .csv table that has such a column and one row a document."


class Row(NamedTuple):
    """A row: its cell in the column asked for, its other cells; or what is wrong with it."""

    main: str
    fields: dict[str, str]
    problem: str


def read_table(text: str, columns: Sequence[str]) -> list[Row]:
    """Read a CSV table by the first of `columns` that it has; the other cells are metadata.

    Raises
    ------
    TableError
        It has none of the columns, two columns of one name, or is not a CSV table.
    """
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
    main = next((c for c in columns if c in header), None)
    if main is None:
        asked = " or ".join(f"`{c}`" for c in columns)
        raise TableError(f"No column {asked}. The table holds: {', '.join(header)}.")
    return [_row(header, cells, main) for cells in rows[1:]]


def _row(header: list[str], cells: list[str], main: str) -> Row:
    if len(cells) != len(header):
        return Row("", {}, f"The row has {len(cells)} cells, the header {len(header)}.")
    fields = dict(zip(header, cells, strict=True))
    value = fields.pop(main)
    problem = "" if value.strip() else f"The cell `{main}` is empty."
    return Row(value, {k: v.strip() for k, v in fields.items() if k and v.strip()}, problem)
