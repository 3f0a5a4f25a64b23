"""Groups: which documents are compared, and which of them share a value of a variable.

In go counts and the name of a column, out come the groups, or an error that says what is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from difang.compare.refusals import Refusal, reading, say
from difang.corpus.duplicates import repeats
from difang.errors import DifangError
from difang.words.counting import Counts

PLACES = ("province", "city", "county")
FICTION, COPY = "fiction", "a copy of another document"
_LISTED = 40  # groups an error message names before it breaks off


class UnknownColumnError(DifangError):
    """There is no such column to group documents by."""


class UnknownGroupError(DifangError):
    """No group, or more than one, goes by this name."""


class TooFewGroupsError(DifangError):
    """A contrast needs two groups, a list one, and there are fewer."""


@dataclass(frozen=True, eq=False)
class Groups:
    """The documents that are compared, and the groups they fall into.

    Attributes
    ----------
    by : str
        The column of `documents` that names the groups.
    names : tuple
        Its values, sorted: the groups.
    rows : array of int
        The rows of the counts that are compared: no fiction, no copies.
    codes : array of int, one per row of `rows`
        Place of the document's group in `names`, -1 if it has none.
    has_order : bool
        Whether the groups follow one another (years, days), so that there is a before.
    fiction, copies : int
        Documents left out of all comparison, and why.
    """

    by: str
    names: tuple[Any, ...]
    rows: npt.NDArray[np.intp]
    codes: npt.NDArray[np.intp]
    has_order: bool
    fiction: int
    copies: int

    @property
    def sizes(self) -> npt.NDArray[np.intp]:
        """Number of documents, one per group."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.names))

    @property
    def no_group(self) -> int:
        """Number of documents that count for idf but have no value of the column."""
        return int((self.codes < 0).sum())

    def told(self) -> str:
        """Say which documents are compared, and which are not and why."""
        return (
            f"Compared by {self.by}: {self.sizes.sum():,} documents of {len(self.names):,} groups. "
            f"Without a {self.by}, which count for idf only: {self.no_group:,}. Left out as copies "
            f"of others: {self.copies:,}; as fiction: {self.fiction:,}."
        )

    def members(self) -> csr_matrix:
        """Return a matrix, groups × compared documents, 1 where the document is of the group."""
        (columns,) = np.nonzero(self.codes >= 0)
        cells = (np.ones(len(columns)), (self.codes[columns], columns))
        return csr_matrix(cells, shape=(len(self.names), len(self.rows)))

    def need(self, number: int) -> None:
        """Raise TooFewGroupsError if there are fewer groups than `number`."""
        if len(self.names) < number:
            raise TooFewGroupsError(
                f"Cannot compare by {self.by}: it takes {number} or more groups. The counts hold "
                f"{listed(self.names)}. Add documents that have a {self.by}, or choose another `by`"
                f"{', or list the terms of one group with `tfidf`' if number > 1 else ''}."
            )


def group(counts: Counts, *, by: str) -> Groups:
    """Group the documents by a column; fiction and copies are left out and counted.

    A copy leaves if the document it copies is among the counts; of several copies of a document
    that is not there, the first stays. Blank values are no group.

    Raises
    ------
    UnknownColumnError
        `by` is not a column of `counts.documents`.
    """
    documents = counts.documents
    if by not in documents.columns:
        columns = ", ".join(map(str, documents.columns))
        raise UnknownColumnError(
            f"Cannot group documents by {by!r}. The documents hold the columns: {columns}. "
            "Choose `by` from these."
        )
    why = left_out(documents).to_numpy()
    rows = np.flatnonzero(why == "")
    values, has_order = _values(documents[by].iloc[rows])
    names = sorted(values.dropna().unique().tolist())
    codes = pd.Categorical(values, categories=names).codes.astype(np.intp)
    fiction, copies = (int((why == one).sum()) for one in (FICTION, COPY))
    return Groups(by, tuple(names), rows, codes, has_order, fiction, copies)


def left_out(documents: pd.DataFrame) -> pd.Series[str]:
    """Say of each document why it is not compared: fiction, or a copy; "" where it is."""
    genre = documents.get("genre", pd.Series(pd.NA, index=documents.index))
    reasons = pd.Series(np.where(genre.eq(FICTION).fillna(False), FICTION, ""), documents.index)
    copies = repeats(documents[reasons == ""])
    return reasons.mask(copies.reindex(documents.index, fill_value=False), COPY)


def together(counts: Counts, groups: Groups, column: str | None) -> npt.NDArray[np.intp]:
    """Give numbers to the compared documents: those of a group with one value of a column share it.

    Documents without a value have numbers of their own; without a column, all have.
    """
    alone = np.arange(len(groups.rows), dtype=np.intp)
    if column is None:
        return alone
    values = group(counts, by=column).codes
    pairs = pd.MultiIndex.from_arrays([groups.codes, np.where(values < 0, -1 - alone, values)])
    return np.asarray(pairs.factorize()[0], np.intp)


def support(counts: Counts, *, by: str) -> pd.DataFrame:
    """List the groups with their documents, and say how far so many documents carry.

    Returns
    -------
    DataFrame, one row a group, in their order
        group, group_docs (documents compared), tokens, zh and en (the reading of that number).
    """
    groups = group(counts, by=by)
    tokens = groups.members() @ counts.tokens_per_document.to_numpy()[groups.rows]
    said = [reading(int(n)) for n in groups.sizes]
    counted = {"group_docs": groups.sizes, "tokens": tokens.astype(int)}
    return pd.DataFrame({"group": list(groups.names)} | counted).join(pd.DataFrame(said))


def cannot_compare(counts: Counts, *, by: str) -> Refusal | None:
    """Give the sentence for fewer than two groups, or None if there is something to compare."""
    names = group(counts, by=by).names
    if not names:
        return say("no group", by=by)
    return say("one group", group=names[0]) if len(names) == 1 else None


def find_group(names: Sequence[Any], target: Any, *, by: str = "group") -> int:
    """Find a group by value, by its value as text ("2016"), or by a place's short name (江苏).

    Returns
    -------
    int
        Its place in `names`.

    Raises
    ------
    UnknownGroupError
        No group has that name, or several begin with it.
    """
    found = matching(names, target, by=by)
    if len(found) != 1:
        raise UnknownGroupError(
            f"Cannot compare {by} {target!r} with the rest. The counts hold {listed(names)}. "
            "Choose `target` from these, and keep two or more."
        )
    return found[0]


def matching(names: Sequence[Any], value: Any, *, by: str) -> list[int]:
    """Return the places of the names that a value stands for: as it is, as text, or begun."""
    text = str(value).strip()
    found = [i for i, name in enumerate(names) if name == value or str(name) == text]
    if not found and len(text) > 1 and by in PLACES:
        found = [i for i, name in enumerate(names) if str(name).startswith(text)]
    return found


def listed(names: Sequence[Any]) -> str:
    """Say how many groups there are, and which, for a message."""
    shown = [*map(str, names[:_LISTED]), *["…"] * (len(names) > _LISTED)]
    return f"{len(names)}: {', '.join(shown)}" if names else "0"


def _values(column: pd.Series[Any]) -> tuple[pd.Series[Any], bool]:
    """Give the values as whole numbers or text, and whether they have an order in time."""
    column = column.infer_objects()
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.dt.strftime("%Y-%m-%d"), True
    if pd.api.types.is_numeric_dtype(column):
        whole = (column.dropna() % 1 == 0).all()
        return column.astype("Int64" if whole else "float64"), True
    text = column.astype("str").str.strip()
    return text.where(text != ""), False
