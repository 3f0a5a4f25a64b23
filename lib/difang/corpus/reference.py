"""Tables that people edit, in data/reference and data/overrides.csv: a file in, its rows out."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from difang import project
from difang.errors import DifangError


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
