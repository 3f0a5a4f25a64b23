"""The corpus: the table of documents, and beside it what was done to them and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from tokenize import TokenError

import pandas as pd

from difang.corpus.edits import Edit, undo
from difang.errors import DifangError

COLUMNS = {
    "title": "str", "text": "str", "date": "datetime64[s]", "date_earliest": "datetime64[s]",
    "date_latest": "datetime64[s]", "date_published": "datetime64[s]", "year": "Int64",
    "month": "Int64", "province": "str", "city": "str", "county": "str", "code": "str",
    "level": "str", "genre": "str", "speakers": "str", "source": "str", "script": "str",
    "chars": "int64", "removed_share": "float64", "damage": "int64", "duplicate_of": "str",
    "path": "str", "sha256": "str", "encoding": "str",
}  # fmt: skip


UNUSABLE = (  # what pandas and Python raise at such a condition
    ValueError, KeyError, TypeError, AttributeError, SyntaxError, NameError, RecursionError,
    MemoryError, NotImplementedError, TokenError,
)  # fmt: skip


class OtherCorpusError(DifangError):
    """Tokens, counts or places that are of other documents than the corpus they are used with."""


class WhereError(DifangError):
    """A condition on the documents that cannot be read or that no document meets."""


@dataclass(frozen=True)
class Corpus:
    """The documents of a folder, with what was done to them and why.

    Parameters
    ----------
    folder : str
        Name of the folder (its last part: a report must not tell where it lay).
    documents, evidence, edits, skipped : DataFrame
        One row a document (index `doc_id`), a piece of evidence, an edit, a file not read.
    raw : dict of str to str
        Raw text by `doc_id`.
    """

    folder: str
    documents: pd.DataFrame
    evidence: pd.DataFrame
    edits: pd.DataFrame
    skipped: pd.DataFrame
    raw: dict[str, str]

    @property
    def hash(self) -> str:
        """The fingerprint of the corpus: SHA-256 over doc_id and hash of every raw text."""
        lines = (f"{i}\t{h}\n" for i, h in sorted(self.documents["sha256"].items()))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def undo(self, doc_id: str) -> str:
        """Take all edits of a document back; the result is its raw text, to the character."""
        rows = self.edits[self.edits["doc_id"] == doc_id]
        edits = [Edit(*row) for row in rows.drop(columns="doc_id").itertuples(index=False)]
        return undo(str(self.documents.loc[doc_id, "text"]), edits)

    def where(self, condition: str) -> Corpus:
        """Keep the documents that meet a pandas condition, such as "year >= 2013".

        Raises
        ------
        WhereError
            The condition cannot be read, names no column, or no document meets it.
        """
        kept = _meeting(self.documents, condition)
        raw = {doc_id: self.raw[doc_id] for doc_id in kept.index}
        evidence, edits = (
            table[table["doc_id"].isin(kept.index)].reset_index(drop=True)
            for table in (self.evidence, self.edits)
        )
        return replace(self, documents=kept, raw=raw, evidence=evidence, edits=edits)


def _meeting(documents: pd.DataFrame, condition: str) -> pd.DataFrame:
    try:
        mask = documents.eval(condition, engine="python")
        if not (isinstance(mask, pd.Series) and pd.api.types.is_bool_dtype(mask)):
            raise TypeError("it is neither true nor false of a document")
    except UNUSABLE as error:
        cause = " ".join(str(error).split())
        raise WhereError(
            f"Cannot use the condition {condition!r}: {cause}. The columns are: "
            f'{", ".join(documents.columns)}. Write for example "year >= 2013".'
        ) from error
    kept = documents[mask.fillna(False).astype(bool)]
    if kept.empty:
        raise WhereError(
            f"Cannot select {condition!r}: none of the {len(documents)} documents meets it. "
            "Loosen the condition, or look at the columns with `difang corpus`."
        )
    return kept


def require_documents(asked: Iterable[object], there: Iterable[object]) -> None:
    """Raise OtherCorpusError if documents that are asked for are not there, by their doc_id."""
    wanted = {*asked}
    if lacking := sorted(map(str, wanted - {*there})):
        raise OtherCorpusError(
            f"Cannot use these together: {len(lacking):,} of {len(wanted):,} documents are in one "
            f"of them only ({', '.join(lacking[:3])}). Corpus, tokens and counts must be of one "
            "load: segment this corpus and count its tokens."
        )
