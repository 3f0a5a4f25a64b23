"""A folder to a corpus: reads, cleans, describes, and hands over the tables.

`load` is the door of this room; the tables have the columns that the README lists.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pandas as pd
import pyarrow as pa

from difang import project
from difang.corpus import caching
from difang.corpus.documents import COLUMNS, Corpus
from difang.corpus.duplicates import Copy, find_copies, note_copies
from difang.corpus.edit_tables import in_order
from difang.corpus.engine import spread
from difang.corpus.overrides import Override, apply_overrides, read_overrides
from difang.corpus.reading import CorpusNotFoundError, RawDocument, Skipped, read_folder
from difang.corpus.rules import check_rules

BATCH = 8  # documents, about, that are kept together: where one is changed, all are redone
PIECE = 16  # batches that become one piece of the tables
PACE = 1_000_000  # characters a second, about, to tell whether more processes pay

_Recall = Callable[..., pd.DataFrame]  # as `caching.kept`
_Lines = Mapping[str, Collection[str]]  # repeated, of folders
_Batch = tuple[list[RawDocument], _Lines]
_Worked = tuple[caching.Tables, list[Skipped]]  # the tables of a batch, and its faults


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
    recall = caching.kept if cache else _made
    site = _site(documents, recall)
    keys: list[str] = []
    worked = _worked(documents, rules_off, site, cache, progress)
    tables = _joined(_noted(worked, keys, skipped))
    rests_on = keys, tables["documents"]["doc_id"].tolist(), corrections
    copies = partial(_copies, recall, rests_on, tables["forms"])
    corpus = _assemble(root.name, documents, tables, skipped, corrections, copies)
    pa.default_memory_pool().release_unused()
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


def _made(name: str, make: Callable[[], pd.DataFrame], *parts: object) -> pd.DataFrame:
    """Make a table that `caching.kept` would look for."""
    return make()


def _site(documents: list[RawDocument], recall: _Recall) -> _Lines:
    """Give the lines that the site of each folder repeats."""

    def lines() -> pd.DataFrame:
        from difang.corpus.repeats import repeated_lines  # with rules, which take long to import

        found = repeated_lines((d.folder, d.raw[d.body :]) for d in documents)
        pairs = [(folder, line) for folder in found for line in sorted(found[folder])]
        return pd.DataFrame(pairs, columns=["folder", "line"], dtype="str")

    table = recall("site", lines, [(d.path, d.sha256) for d in documents])
    site: dict[str, set[str]] = {document.folder: set() for document in documents}
    for folder, line in table.itertuples(index=False, name=None):
        site[folder].add(line)
    return site


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
    site: _Lines,
    cache: bool,
    progress: Callable[[Iterable[Any]], Iterable[Any]],
) -> Iterator[tuple[str, *_Worked]]:
    """Give the tables of each batch, as they were kept or worked out now."""
    dealt: list[_Batch] = [
        (some, {d.folder: site[d.folder] for d in some}) for some in batches(documents)
    ]
    keys = [_key(*batch, rules_off) for batch in dealt]
    there = [cache and caching.is_kept(key) for key in keys]
    missing = [batch for batch, is_there in zip(dealt, there, strict=True) if not is_there]
    fresh = _anew(missing, rules_off)
    every = zip(batches(progress(documents)), dealt, keys, there, strict=True)
    for _, batch, key, is_there in every:
        tables = caching.recall(key) if is_there else None  # one at a time: all take much memory
        anew = _anew([batch], rules_off) if is_there else fresh  # what is there can be damaged
        made, faults = next(anew) if tables is None else (tables, [])
        if cache and tables is None and not faults:
            caching.keep(key, made)
        yield key, made, faults


def _noted(
    worked: Iterable[tuple[str, *_Worked]], keys: list[str], skipped: list[Skipped]
) -> Iterator[caching.Tables]:
    """Pass the tables of the batches on; their keys and faults are noted."""
    for key, tables, faults in worked:
        keys.append(key)
        skipped += faults
        yield tables


def _anew(missing: list[_Batch], rules_off: Collection[str]) -> Iterator[_Worked]:
    """Work out batches; what does it is imported where there are some."""
    from difang.corpus.working import work

    seconds = sum(len(document.raw) for documents, _ in missing for document in documents) / PACE
    yield from spread(partial(work, rules_off=rules_off), missing, seconds)


def _key(documents: list[RawDocument], site: _Lines, rules_off: Collection[str]) -> str:
    own = [(d.doc_id, d.path, d.sha256, d.given) for d in documents]
    lines = [(folder, sorted(site[folder])) for folder in sorted(site)]
    return caching.key("documents", own, lines, sorted(rules_off))


def _joined(batches: Iterator[caching.Tables]) -> dict[str, pd.DataFrame]:
    """Put the tables of the batches one below the other.

    A few become one piece as they come: of all at the end, the text would be held twice, and the
    columns of a batch are too small for their memory to be given back.
    """
    pieces = [*iter(lambda: _piece([*islice(batches, PIECE)]), {})]
    pieces = pieces or [next(_anew([([], {})], ()))[0]]  # no documents: tables with no rows
    joined = {n: _below([piece.pop(n) for piece in pieces]).to_pandas() for n in [*pieces[0]]}
    pa.default_memory_pool().release_unused()
    return joined


def _piece(few: list[caching.Tables]) -> caching.Tables:
    """Make one of the tables of a few batches, and let go of theirs."""
    names = [*few[0]] if few else []
    return {n: _below([tables.pop(n) for tables in few]).combine_chunks() for n in names}


def _below(tables: list[pa.Table]) -> pa.Table:
    """Put tables one below the other; empty ones have no types to give."""
    return pa.concat_tables([table for table in tables if len(table)] or tables[:1])


def _copies(
    recall: _Recall, rests_on: tuple[object, ...], forms: pd.DataFrame, documents: pd.DataFrame
) -> list[Copy]:
    """List the copies, as they were found before or are now."""
    columns = list(Copy._fields)
    table = recall(
        "copies", lambda: pd.DataFrame(find_copies(documents, forms), columns=columns), *rests_on
    )
    return [*map(Copy._make, table.itertuples(index=False, name=None))]


def _assemble(
    folder: str,
    raw_documents: list[RawDocument],
    tables: dict[str, pd.DataFrame],
    skipped: list[Skipped],
    corrections: list[Override],
    copies: Callable[[pd.DataFrame], list[Copy]],
) -> Corpus:
    documents = tables["documents"].set_index("doc_id").astype(COLUMNS)
    documents, evidence, unused = apply_overrides(documents, tables["evidence"], corrections)
    documents, evidence = note_copies(documents, evidence, copies(documents))
    raw = {d.doc_id: d.raw for d in raw_documents if d.doc_id in documents.index}
    rows = [*skipped, *(Skipped("data/overrides.csv", reason, what) for reason, what in unused)]
    listed = pd.DataFrame(rows, columns=list(Skipped._fields))
    return Corpus(folder, documents, evidence, in_order(tables["edits"]), listed, raw)
