"""A folder to a corpus: reads, cleans, describes, and hands over the tables.

`load` is the door of this room; the tables have the columns that the README lists.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from difang import project
from difang.corpus import caching
from difang.corpus.cleaning import RULES, clean
from difang.corpus.decoding import readable, undecodable
from difang.corpus.documents import COLUMNS, Corpus
from difang.corpus.edits import Edit, Offsets, apply, compose
from difang.corpus.evidence import Evidence, Page
from difang.corpus.metadata import describe
from difang.corpus.overrides import Override, apply_overrides, read_overrides
from difang.corpus.reading import RawDocument, Skipped, read_folder
from difang.errors import DifangError

FRONT_MATTER = "front_matter"


class RuleError(DifangError):
    """The name of a cleaning rule that does not exist."""


def load(
    folder: str | Path | None = None,
    *,
    rules_off: Collection[str] = (),
    overrides: str | Path = project.OVERRIDES,
    where: str | None = None,
    cache: bool = True,
    progress: Callable[[Iterable[Any]], Iterable[Any]] = iter,
) -> Corpus:
    """Load the documents of a folder as a corpus: cleaned, described, each step on record.

    Parameters
    ----------
    folder : path, default the five documents in seeds/
        Any folder of .txt, .md and .csv files, with folders in it; or one such file.
    rules_off : names of cleaning rules (`difang.RULES`), default none
        Rules that are to be left out.
    overrides : path, default data/overrides.csv
        Hand corrections of metadata; they win where doc_id and sha256 both match.
    where : str, optional
        A pandas condition on the documents, such as "province == '江西省'".
    cache : bool, default True
        Use and keep what was worked out before for the same bytes, rules and tables.
    progress : callable, optional
        Wraps the documents as they are worked on, `tqdm.tqdm` for example.

    Raises
    ------
    CorpusNotFoundError
        There is no such folder.
    RuleError, WhereError, OverrideError
        A rule, the condition or the table of corrections cannot be used.
    """
    _check_rules(rules_off)
    corrections = read_overrides(Path(overrides))
    root = Path(folder or project.SEEDS).expanduser().resolve()
    documents, skipped = read_folder(root)
    key = caching.key([(d.doc_id, d.sha256, d.given) for d in documents], sorted(rules_off))
    tables = caching.recall(key) if cache else None
    if tables is None:
        tables = _tables([_work(d, rules_off) for d in progress(documents)])
        if cache:
            caching.keep(key, tables)
    corpus = _assemble(root.name, documents, tables, skipped, corrections)
    return corpus if where is None else corpus.where(where)


def _check_rules(rules_off: Collection[str]) -> None:
    unknown = sorted(set(rules_off) - set(RULES))
    if unknown:
        raise RuleError(
            f"Cannot switch off the rule {unknown[0]!r}. The rules are: {', '.join(RULES)}."
        )


@dataclass(frozen=True)
class _Worked:
    """What cleaning and inference made of one document."""

    row: dict[str, Any]
    evidence: list[Evidence]
    edits: list[Edit]


def _work(document: RawDocument, rules_off: Collection[str]) -> _Worked:
    """Clean one raw document and describe it; `raw` here includes a YAML head."""
    raw, body = document.raw, document.body
    bad, marked = undecodable(raw), readable(raw)
    cleaned = clean(marked[body:], off=rules_off)
    edits = compose(raw, bad, _behind_head(marked, body, cleaned.edits))
    text = apply(raw, edits)
    moved = tuple(m._replace(start=m.start + body, end=m.end + body) for m in cleaned.moved)
    title = next((m.value for m in moved if m.field == "title"), None)
    page = Page(document.doc_id, marked, text, Offsets(edits), moved, document.given, title)
    fields, evidence = describe(page)
    row = {
        **fields, "doc_id": document.doc_id, "text": text, "script": cleaned.script,
        "chars": len(text), "removed_share": _removed_share(raw, edits),
        "damage": cleaned.damage, "path": document.path,
        "sha256": document.sha256, "encoding": document.encoding,
    }  # fmt: skip
    return _Worked(row, evidence, edits)


def _behind_head(raw: str, body: int, edits: list[Edit]) -> list[Edit]:
    head = [Edit(0, body, raw[:body], "", FRONT_MATTER, "move")] if body else []
    return head + [e._replace(start=e.start + body, end=e.end + body) for e in edits]


def _removed_share(raw: str, edits: list[Edit]) -> float:
    """Return the share of raw characters that edits took out and put nothing in their place."""
    gone = sum(max(0, len(e.old) - len(e.new)) for e in edits)
    return gone / len(raw)


def _tables(worked: list[_Worked]) -> dict[str, pd.DataFrame]:
    """Put the documents together into the three tables that are kept."""
    return {
        "documents": pd.DataFrame([w.row for w in worked], columns=["doc_id", *COLUMNS]),
        "evidence": _rows(Evidence, ((w.row["doc_id"], w.evidence) for w in worked)),
        "edits": _rows(Edit, ((w.row["doc_id"], _without_old(w.edits)) for w in worked)),
    }


def _without_old(edits: list[Edit]) -> list[Edit]:
    """Leave out what `raw` tells anyway: it may hold bytes that no table of texts can."""
    return [e._replace(old="") for e in edits]


def _with_old(edits: pd.DataFrame, raw: dict[str, str]) -> pd.DataFrame:
    spans = zip(edits["doc_id"], edits["start"], edits["end"], strict=True)
    old = [raw[doc_id][start:end] for doc_id, start, end in spans]
    return edits.assign(old=pd.Series(old, dtype=object, index=edits.index))


def _rows(kind: Any, groups: Iterable[tuple[str, list[Any]]]) -> pd.DataFrame:
    rows = [(doc_id, *item) for doc_id, items in groups for item in items]
    return pd.DataFrame(rows, columns=["doc_id", *kind._fields])


def _assemble(
    folder: str,
    raw_documents: list[RawDocument],
    tables: dict[str, pd.DataFrame],
    skipped: list[Skipped],
    corrections: list[Override],
) -> Corpus:
    documents = tables["documents"].set_index("doc_id").astype(COLUMNS)
    documents, evidence, unused = apply_overrides(documents, tables["evidence"], corrections)
    documents["duplicate_of"] = _earliest_copy(documents)
    raw = {d.doc_id: d.raw for d in raw_documents}
    rows = [*skipped, *(Skipped("data/overrides.csv", reason, what) for reason, what in unused)]
    return Corpus(
        folder=folder,
        documents=documents,
        evidence=evidence,
        edits=_with_old(tables["edits"], raw),
        skipped=pd.DataFrame(rows, columns=list(Skipped._fields)),
        raw=raw,
    )


def _earliest_copy(documents: pd.DataFrame) -> pd.Series:
    """Name, for each further copy of one text, the earliest; missing for the earliest itself."""
    order = documents.sort_values(["date_earliest"], kind="stable", na_position="last")
    first = order.index.to_series().groupby(order["text"]).transform("first")
    return first.where(first != first.index).reindex(documents.index).astype("str")
