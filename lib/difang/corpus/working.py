"""Raw documents to the tables that are kept of them: cleaned, described, each step on record.

What cleans and infers takes long to import: this module is, only where there is something to do.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from difang.corpus.caching import Tables, as_kept
from difang.corpus.cleaning import clean
from difang.corpus.decoding import readable
from difang.corpus.documents import COLUMNS
from difang.corpus.edit_tables import Packed, Said, pack, unpack
from difang.corpus.edits import Edit, Offsets
from difang.corpus.evidence import Evidence, Page
from difang.corpus.metadata import describe
from difang.corpus.parts import FAULT
from difang.corpus.reading import RawDocument, Skipped
from difang.corpus.sketches import forms

Row = tuple[Any, ...]
Batch = tuple[list[RawDocument], dict[str, Collection[str]]]  # with its folders' repeated lines
Worked = tuple[Tables, list[Skipped]]


def work(batch: Batch, rules_off: Collection[str] = ()) -> Worked:
    """Work out the tables that are kept, and list the documents where that failed."""
    documents, site = batch
    rows, evidence, faults = [], [], []
    edits: dict[str, Packed] = {}
    said: Said = {}
    for document in documents:
        try:
            row, pieces, done = _document(document, rules_off, site[document.folder])
        except Exception as error:  # the one boundary: a fault of ours costs one document, loudly
            faults.append(_fault(document.path, error))
            continue
        rows.append(row)
        evidence += pieces
        edits[document.doc_id] = pack(done, said)
    found = pd.DataFrame(evidence, columns=["doc_id", *Evidence._fields])
    made = {
        "evidence": as_kept(found),
        "edits": unpack(edits, said),
        "forms": as_kept(forms(row["text"] for row in rows)),
    }
    return {"documents": _described(rows), **made}, faults


def _described(rows: list[dict[str, Any]]) -> pa.Table:
    """Make the table of documents; pandas would take longer than for all else."""
    schema = _schema()
    columns = [
        pa.array([row.get(one.name) for row in rows], one.type, from_pandas=True) for one in schema
    ]
    return pa.table(columns, schema=schema)


@cache
def _schema() -> pa.Schema:
    types = {"doc_id": "str", **COLUMNS}
    return pa.Schema.from_pandas(pd.DataFrame(columns=[*types]).astype(types), preserve_index=False)


def _fault(path: str, error: Exception) -> Skipped:
    where = traceback.extract_tb(error.__traceback__)[-1]
    cause = f"{type(error).__name__}: {error}"[:300]
    reason = f"{FAULT} ({cause}; {Path(where.filename).name} line {where.lineno})."
    return Skipped(path, reason, "This is a fault of the library, not of the file: report it.")


def _document(
    document: RawDocument, rules_off: Collection[str], repeated: Collection[str]
) -> tuple[dict[str, Any], list[Row], list[Edit]]:
    """Clean one raw document and describe it: its row, those of its evidence, and its edits."""
    raw = document.raw
    cleaned = clean(raw, off=rules_off, head=document.body, repeated=repeated)
    text, edits, moved = cleaned.text, cleaned.edits, cleaned.moved
    title = _title([m.value for m in moved if m.field == "title"])
    offsets = Offsets(edits)
    page = Page(document.doc_id, readable(raw), text, offsets, moved, document.given, title)
    fields, evidence = describe(page)
    gone = sum(max(0, len(e.old) - len(e.new)) for e in edits)
    row = {
        **fields, "doc_id": document.doc_id, "text": text, "script": cleaned.script,
        "chars": len(text), "removed_share": gone / len(raw), "damage": cleaned.damage,
        "path": document.path, "sha256": document.sha256, "encoding": document.encoding,
    }  # fmt: skip
    return row, [(document.doc_id, *piece) for piece in evidence], edits


def _title(stated: list[str]) -> str | None:
    """Choose the title: the first stated, or the one that adds who issued it in front of it."""
    first = next(iter(stated), "")
    parted = r" ?" if first.startswith(("关于", "印发", "转发", "批转")) else ""
    able = re.compile(rf"\S*{parted}{re.escape(first)}")
    return max(filter(able.fullmatch, stated), key=len, default=None)
