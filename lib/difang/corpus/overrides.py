"""Hand corrections of metadata: the table data/overrides.csv, and how it wins.

A line holds for one document and one state of its file: doc_id and sha256 must both match, so that
a correction never passes unseen to another text. Lines that correct nothing are listed.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from difang import project
from difang.corpus.documents import Corpus
from difang.corpus.evidence import Evidence
from difang.corpus.reference import append_rows, read_rows
from difang.corpus.windows import parse
from difang.errors import DifangError

DAYS = ("date", "date_published")
NUMBERS = {"year": r"[12]\d{3}", "month": r"0?[1-9]|1[0-2]"}
WORDS = (
    "title", "province", "city", "county", "code", "level", "genre", "speakers", "source",
    "duplicate_of",
)  # fmt: skip
FIELDS = (*DAYS, *NUMBERS, *WORDS)  # that can be corrected
RESOURCE = "data/overrides.csv"


class OverrideError(DifangError):
    """A correction that cannot be used or read, with what to write."""


class Override(NamedTuple):
    """One correction: who set which field of which state of a document to what, when and why."""

    doc_id: str
    sha256: str
    field: str
    value: str
    who: str
    when: str
    why: str
    line: int


LINE = Override._fields[:-1]  # the columns of the table


def read_overrides(path: Path) -> list[Override]:
    """Read the table of corrections; no such file means no corrections.

    An empty value means: this field is not known, leave it empty.

    Raises
    ------
    OverrideError
        A column is missing, a field is no correctable column, a value is no date or number.
    """
    if not path.exists():
        return []
    return [
        _checked(f"use {path.name}, line {line}", Override(**{c: row[c] for c in LINE}, line=line))
        for line, row in read_rows(path, LINE, OverrideError)
    ]


def correct(
    corpus: Corpus,
    doc_id: str,
    field: str,
    value: object,
    *,
    who: str,
    why: str,
    when: str | None = None,
    path: Path = project.OVERRIDES,
) -> pd.DataFrame:
    """Put a correction beneath those in data/overrides.csv; it holds when the folder is read again.

    Parameters
    ----------
    corpus : Corpus
        That has the document: the correction is for this state of its file.
    doc_id, field, value
        What is to stand where; "" means: not known, leave it empty. Of two lines for one field
        the later one holds.
    who, why : str
        Who corrects it, and for which reason.
    when : str, optional
        Day; today by default.
    path : Path
        The table; it is made if it is not there.

    Returns
    -------
    DataFrame, one row
        The line that was added.

    Raises
    ------
    OverrideError
        There is no such document or field, the value is no date or number, nobody signs, no reason
        is given, or the table cannot be read. The file is then as it was.
    OutputError
        The file cannot be written.
    """
    task, unsigned = f"correct {field} of {doc_id!r}", not (who.strip() and why.strip())
    if doc_id not in corpus.documents.index or unsigned:
        here = f"The corpus {corpus.folder} holds no such document. Copy its doc_id from the tables"
        fault = "It lacks who corrects it, or why. Give both" if unsigned else here
        raise OverrideError(f"Cannot {task}. {fault}.")
    cells = (doc_id, str(corpus.documents["sha256"][doc_id]), field, str(value).strip())
    signed = (who.strip(), when or date.today().isoformat(), why.strip())
    line = _checked(task, Override(*cells, *signed, line=0))[:-1]
    read_overrides(path)  # to a table that cannot be read nothing is added
    added = pd.DataFrame([line], columns=LINE, dtype="str")
    text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    append_rows(path, text, added, header=LINE)
    return added


def _checked(task: str, item: Override) -> Override:
    day, fault = parse(item.value), ""
    if item.field not in FIELDS:
        fault = (
            f"{item.field!r} is no field that can be corrected. Choose from {', '.join(FIELDS)}."
        )
    elif item.value and item.field in DAYS and not (day and day.is_day):
        fault = f"{item.value!r} is no day. Write it as 2021-12-28, or correct `year` if the day "
        fault += "is not known."
    elif item.value and not re.fullmatch(NUMBERS.get(item.field, ".*"), item.value):
        fault = f"{item.value!r} is no {item.field}. Write a whole number."
    if fault:
        raise OverrideError(f"Cannot {task}: {fault}")
    return item


def apply_overrides(
    documents: pd.DataFrame, evidence: pd.DataFrame, corrections: list[Override]
) -> tuple[pd.DataFrame, pd.DataFrame, list[tuple[str, str]]]:
    """Let corrections win: new documents and evidence, and the lines that corrected nothing.

    Parameters
    ----------
    documents : DataFrame, index doc_id
        With the columns sha256 and those to be corrected.
    evidence : DataFrame, one row a piece of evidence
        Gets one row more for each correction used (basis "override"); what stood there stays.
    corrections : list of Override
        As read; of two lines for one field the later one holds.

    Returns
    -------
    documents, evidence : DataFrame
        Copies, the inputs stay as they were.
    unused : list of (reason, what to do)
        One for each line that names no document, or another state of its file.
    """
    documents = documents.copy()
    rows, unused = [], []
    for item in corrections:
        if item.doc_id not in documents.index:
            unused.append(_unused(item, "names no document of this corpus", "Correct the doc_id"))
        elif documents.loc[item.doc_id, "sha256"] != item.sha256:
            what = "Read the file again, then update the sha256"
            unused.append(_unused(item, "was written for another state of the file", what))
        else:
            for column, value in _cells(item).items():
                documents.loc[item.doc_id, column] = value
            rows.append((item.doc_id, *_piece(item)))
    if rows:
        new = pd.DataFrame(rows, columns=["doc_id", *Evidence._fields])
        evidence = pd.concat([new.astype(evidence.dtypes), evidence], ignore_index=True)
    return documents, evidence, unused


def _unused(item: Override, fault: str, what: str) -> tuple[str, str]:
    reason = f"Line {item.line} ({item.doc_id}, {item.field}) {fault}."
    return reason, f"{what}, or delete the line."


def _piece(item: Override) -> Evidence:
    reason = f"Corrected by {item.who or 'an unnamed hand'} on {item.when or 'an unknown day'}: "
    reason += item.why or "no reason given."
    return Evidence(
        item.field, item.value, "override", "high", "override", RESOURCE, "", -1, -1, reason
    )


def _cells(item: Override) -> dict[str, Any]:
    """Return what a correction writes: a corrected date or year moves its window too."""
    if item.field in WORDS:
        return {item.field: item.value or None}
    window = parse(item.value)
    start, end = (pd.Timestamp(window.start), pd.Timestamp(window.end)) if window else (None, None)
    if item.field == "date_published":
        return {item.field: start}
    if item.field == "month":
        return {item.field: int(item.value) if item.value else None}
    day = start if window and window.is_day else None
    return {
        "date": day, "date_earliest": start, "date_latest": end,
        "year": start.year if start else None, "month": day.month if day else None,
    }  # fmt: skip
