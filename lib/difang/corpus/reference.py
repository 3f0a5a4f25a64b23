"""Tables that people edit: a file in, its rows out; and new rows put beneath those it has."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from difang import project
from difang.errors import DifangError
from difang.writing import whole


class ReferenceTableError(DifangError):
    """A reference table that cannot be used, with the line and what to write."""


def read_reference(
    name: str, columns: Sequence[str], folder: Path | None = None
) -> list[dict[str, str]]:
    """Read a table of data/reference (or of `folder`).

    Raises
    ------
    ReferenceTableError
        The file is missing or no UTF-8, or it lacks one of `columns`.
    """
    path = (folder or project.REFERENCE) / name
    return [row for _, row in read_rows(path, columns, ReferenceTableError)]


def read_rows(
    path: Path, columns: Sequence[str], error: type[DifangError]
) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV table as rows with their line numbers; raise `error` if that does not go."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise error(
            f"Cannot read {path.name}: {fault}. Restore it, or save it as UTF-8 CSV."
        ) from fault
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    header = reader.fieldnames or ()
    if missing := [column for column in columns if column not in header]:
        raise error(
            f"Cannot use {path.name}. Its first line holds {', '.join(header)}; "
            f"{', '.join(missing)} is missing. Write the header {','.join(columns)}."
        )
    rows = []
    for row in reader:
        if None in row:
            raise error(
                f"Cannot use {path.name}, line {reader.line_num}. It has more cells than the first "
                "line. Put a cell that holds a comma in double quotes."
            )
        rows.append((reader.line_num, {c: row[c].strip() for c in header}))
    return [(line, row) for line, row in rows if any(row.values())]


def append_rows(
    path: Path, text: str, rows: pd.DataFrame, *, header: Sequence[str], needed: Sequence[str] = ()
) -> None:
    """Add rows beneath the `text` of a CSV table; its lines and line ends stay as they are.

    Parameters
    ----------
    path : Path
        Written whole or not at all, as UTF-8 with BOM.
    text : str
        What the file holds; "" for a new one, which gets `header` as its first line.
    rows : DataFrame
        Cells by column; columns that the table has not are left out, but for `needed`.
    header, needed : names of columns
        Of a new table; and those that a table gets if it lacks them.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    head, _, body = text.partition(end)
    columns = [name.strip() for name in next(csv.reader([head]), [])] or [*header]
    columns += [name for name in needed if name not in columns]
    lines = io.StringIO()
    table = rows.reindex(columns=columns, fill_value="")
    table.to_csv(lines, index=False, lineterminator=end)
    head, _, more = lines.getvalue().partition(end)
    body += end if body and not body.endswith(("\n", "\r")) else ""
    with whole(path) as part:
        part.write_bytes((head + end + body + more).encode("utf-8-sig"))
