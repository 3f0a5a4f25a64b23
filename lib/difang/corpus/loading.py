"""A folder to a corpus: reads, cleans, describes, and hands over the tables.

`load` is the door of this room; the tables have the columns that the README lists.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import tee
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pandas as pd

from difang import project
from difang.corpus import caching
from difang.corpus.cleaning import clean
from difang.corpus.decoding import readable
from difang.corpus.documents import COLUMNS, Corpus
from difang.corpus.duplicates import note_copies
from difang.corpus.edit_tables import Packed, Said, pack, unpack, with_old
from difang.corpus.edits import Edit, Offsets
from difang.corpus.engine import spread
from difang.corpus.evidence import Evidence, Page
from difang.corpus.metadata import describe
from difang.corpus.overrides import Override, apply_overrides, read_overrides
from difang.corpus.reading import CorpusNotFoundError, RawDocument, Skipped, read_folder
from difang.corpus.repeats import repeated_lines
from difang.corpus.rules import check_rules

FAULT = "difang failed on this document"  # how such a reason in `skipped` begins

BATCH = 32  # documents, about, that are kept together
PACE = 1_000_000  # characters a second, about, to tell whether more processes pay

_Row = tuple[Any, ...]
_Batch = tuple[list[RawDocument], dict[str, Collection[str]]]  # with its folders' repeated lines
_Tables = dict[str, pd.DataFrame]
_Worked = tuple[_Tables, list[Skipped]]


def load(
    folder: str | Path | None = None,
    *,
    rules_off: Collection[str] = (),
    overrides: str | Path = project.OVERRIDES,
    where: str | None = None,
    text_column: str | None = None,
    cache: bool = True,
    progress: Callable[[Iterable[Any]], Iterable[Any]] = iter,
) -> Corpus:
    """Load the documents of a folder as a corpus: cleaned, described, each step on record.

    Parameters
    ----------
    folder : path, default the five documents in seeds/
        Any folder of texts, pages, documents, tables and archives (README.md lists the formats),
        with folders in it; or one such file.
    rules_off : names of cleaning rules (`difang.RULES`), default none
        Rules that are to be left out.
    overrides : path, default data/overrides.csv
        Hand corrections of metadata; they win where doc_id and sha256 both match.
    where : str, optional
        A pandas condition on the documents, such as "province == '江西省'".
    text_column : str, optional
        The column of tables that holds the text; else the first of `tables.TEXT_COLUMNS`.
    cache : bool, default True
        Use and keep what was worked out before for the same bytes, rules and tables.
    progress : callable, optional
        Wraps the documents as they are worked on, `tqdm.tqdm` for example.

    Raises
    ------
    CorpusNotFoundError
        There is no such folder.
    UnknownRuleError, WhereError, OverrideError
        A rule, the condition or the table of corrections cannot be used.
    """
    rules_off = {rules_off} if isinstance(rules_off, str) else rules_off
    check_rules(rules_off)
    corrections = read_overrides(Path(overrides))
    root = _root(project.SEEDS if folder is None else folder)
    documents, skipped = read_folder(root, text_column=text_column)
    site = repeated_lines((_folder(d), d.raw[d.body :]) for d in documents)
    worked = list(_worked(documents, rules_off, site, cache, progress))
    skipped += [fault for _, faults in worked for fault in faults]
    tables = _joined([tables for tables, _ in worked])
    corpus = _assemble(root.name, documents, tables, skipped, corrections)
    return corpus if where is None else corpus.where(where)


def _root(folder: str | Path) -> Path:
    try:
        root = Path(folder).expanduser().resolve()
        root.exists()  # raises where one may not look
    except (OSError, RuntimeError, ValueError) as error:  # no rights; a loop of links; a NUL
        raise CorpusNotFoundError(
            f"Cannot read the corpus {str(folder)!r}: {error}. Name a folder that holds texts."
        ) from error
    return root


def _folder(document: RawDocument) -> str:
    return document.path.rpartition("/")[0]


def _work(
    document: RawDocument, rules_off: Collection[str], repeated: Collection[str]
) -> tuple[dict[str, Any], list[_Row], list[Edit]]:
    """Clean one raw document and describe it: its row, those of its evidence, and its edits."""
    raw = document.raw
    cleaned = clean(raw, off=rules_off, head=document.body, repeated=repeated)
    text, edits, moved = cleaned.text, cleaned.edits, cleaned.moved
    title = next((m.value for m in moved if m.field == "title"), None)
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


class Hashed(Protocol):
    """What has a hash of all that it holds."""

    @property
    def sha256(self) -> str:
        """The hash, in hexadecimal digits."""


T = TypeVar("T", bound=Hashed)


def batches(documents: Iterable[T]) -> Iterator[list[T]]:
    """Deal documents into batches, which are kept one by one.

    Where a batch ends its last document says, by its hash: where one is changed, added or gone,
    the batches that it is not in stay the same.
    """
    batch: list[T] = []
    for document in documents:
        batch.append(document)
        if int(document.sha256[:8], 16) % BATCH == 0 or len(batch) == 4 * BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _worked(
    documents: list[RawDocument],
    rules_off: Collection[str],
    site: Mapping[str, Collection[str]],
    cache: bool,
    progress: Callable[[Iterable[Any]], Iterable[Any]],
) -> Iterator[_Worked]:
    """Give the three tables of each batch, as they were kept or worked out now."""

    def looked_up() -> Iterator[tuple[_Batch, str, _Tables | None]]:
        for some in batches(documents):
            batch = some, {folder: site[folder] for folder in sorted(map(_folder, some))}
            key = _key(*batch, rules_off)
            yield batch, key, caching.recall(key) if cache else None

    looked, ahead = tee(looked_up())
    missing = (batch for batch, _, kept in ahead if kept is None)
    seconds = sum(len(document.raw) for document in documents) / PACE
    fresh = spread(partial(_tables, rules_off=rules_off), missing, seconds)
    for _, (_, key, kept) in zip(batches(progress(documents)), looked, strict=True):
        tables, faults = next(fresh) if kept is None else (kept, [])
        if cache and kept is None and not faults:
            caching.keep(key, tables)
        yield tables, faults


def _key(
    documents: list[RawDocument], site: Mapping[str, Collection[str]], rules_off: Collection[str]
) -> str:
    own = [(d.doc_id, d.path, d.sha256, d.given) for d in documents]
    return caching.key(own, {name: sorted(site[name]) for name in site}, sorted(rules_off))


def _joined(batches: list[_Tables]) -> _Tables:
    """Put the tables of the batches one below the other; empty ones have no types to give."""
    empty, _ = _tables(([], {}))
    found = {name: [b[name] for b in batches if len(b[name])] for name in empty}
    return {
        name: pd.concat(tables, ignore_index=True) if tables else empty[name]
        for name, tables in found.items()
    }


def _tables(batch: _Batch, rules_off: Collection[str] = ()) -> _Worked:
    """Work out the three tables that are kept, and list the documents where that failed."""
    documents, site = batch
    rows, evidence, faults = [], [], []
    edits: dict[str, Packed] = {}
    said: Said = {}
    for document in documents:
        try:
            row, found, done = _work(document, rules_off, site[_folder(document)])
        except Exception as error:  # the one boundary: a fault of ours costs one document, loudly
            faults.append(_fault(document.path, error))
            continue
        rows.append(row)
        evidence += found
        edits[document.doc_id] = pack(done, said)
    tables = {
        "documents": pd.DataFrame(rows, columns=["doc_id", *COLUMNS]).astype(COLUMNS),
        "evidence": pd.DataFrame(evidence, columns=["doc_id", *Evidence._fields]),
        "edits": unpack(edits, said),
    }
    return tables, faults


def _fault(path: str, error: Exception) -> Skipped:
    where = traceback.extract_tb(error.__traceback__)[-1]
    cause = f"{type(error).__name__}: {error}"[:300]
    reason = f"{FAULT} ({cause}; {Path(where.filename).name} line {where.lineno})."
    return Skipped(path, reason, "This is a fault of the library, not of the file: report it.")


def _assemble(
    folder: str,
    raw_documents: list[RawDocument],
    tables: dict[str, pd.DataFrame],
    skipped: list[Skipped],
    corrections: list[Override],
) -> Corpus:
    documents = tables["documents"].set_index("doc_id").astype(COLUMNS)
    documents, evidence, unused = apply_overrides(documents, tables["evidence"], corrections)
    documents, evidence = note_copies(documents, evidence)
    raw = {d.doc_id: d.raw for d in raw_documents if d.doc_id in documents.index}
    rows = [*skipped, *(Skipped("data/overrides.csv", reason, what) for reason, what in unused)]
    listed = pd.DataFrame(rows, columns=list(Skipped._fields))
    return Corpus(folder, documents, evidence, with_old(tables["edits"], raw), listed, raw)
