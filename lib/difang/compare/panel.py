"""Panels: how often concepts are named in each cell of a table such as province × year.

In go a corpus, its counts and a table of concepts; out comes a `Panel`, one row a cell and concept,
each number of which opens its sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from difang.compare.cells import MEASURES, concept_use, cross, describe, measures, outside
from difang.compare.groups import UnknownColumnError, listed, matching
from difang.corpus.documents import Corpus, require_documents
from difang.corpus.metadata import spent
from difang.errors import DifangError
from difang.words.concepts import as_concepts, find_concepts
from difang.words.concordance import lines
from difang.words.counting import Counts


class UnknownCellError(DifangError):
    """A concept or a value of a grouping column that the panel does not hold."""


@dataclass(frozen=True, eq=False)
class Panel:
    """Concepts by cell.

    Attributes
    ----------
    corpus : Corpus
        What was searched.
    concepts : DataFrame
        Columns concept and term, and what else the table of concepts has.
    by : tuple of str
        The columns of `documents` that make the cells.
    n_documents : int
        Documents that are in a cell.
    long : DataFrame, one row a cell and concept
        See `panel`.
    hits : DataFrame, one row an occurrence counted
        The columns of `by`; concept, term, doc_id, start, end.
    left_out : DataFrame, one row a document that is in no cell, or not for a concept
        doc_id; concept (missing: all); reason.
    """

    corpus: Corpus
    concepts: pd.DataFrame
    by: tuple[str, ...]
    n_documents: int
    long: pd.DataFrame
    hits: pd.DataFrame
    left_out: pd.DataFrame

    @cached_property
    def cells(self) -> list[str]:
        """The columns that name a cell: those of `by`, and the codes of places."""
        return list(self.long.columns[: self.long.columns.get_loc("concept")])

    def wide(self) -> pd.DataFrame:
        """Return one row a cell, and the measures of each concept as columns: rate_mean_发展."""
        names = list(dict.fromkeys(self.concepts["concept"]))
        of = [self.long[self.long["concept"] == name].reset_index(drop=True) for name in names]
        own = [
            rows[[*MEASURES]].add_suffix(f"_{name}") for name, rows in zip(names, of, strict=True)
        ]
        table: pd.DataFrame = pd.concat([of[0][self.cells], *own], axis=1)
        return table

    def empty(self) -> pd.DataFrame:
        """List the cells without a document: of these nothing can be said."""
        rows = self.long.groupby(self.cells, sort=False, dropna=False)["group_docs"].max()
        return rows[rows == 0].reset_index()[self.cells]

    def terms(self) -> pd.DataFrame:
        """Return the concepts with n and n_docs of each term, and what other concepts have it."""
        found = self.hits.groupby(["concept", "term"])["doc_id"].agg(["size", "nunique"])
        found = found.set_axis(["n", "n_docs"], axis=1)
        table = self.concepts.join(found, on=["concept", "term"]).fillna({"n": 0, "n_docs": 0})
        table = table.astype({"n": "int64", "n_docs": "int64"})
        owners = self.concepts.groupby("term")["concept"].agg(list)
        table["also_in"] = [
            "、".join(one for one in owners[term] if one != concept)
            for concept, term in zip(table["concept"], table["term"], strict=True)
        ]
        return table

    def sentences(
        self, concept: str | None = None, *, width: int = 20, **cell: Any
    ) -> pd.DataFrame:
        """List the sentences of a concept in a cell: as many as its `n`.

        Parameters
        ----------
        concept : str, optional
            One of the concepts; by default all.
        width : int, default 20
            Characters of context on either side.
        **cell
            Values of the grouping columns: province="江西省", year=2016. A place may go by its
            short name; a column left out takes all its values.

        Returns
        -------
        DataFrame, one row an occurrence
            The columns of `by`; concept, term, doc_id, start, end, left, keyword, right.

        Raises
        ------
        UnknownCellError
            The panel does not hold the concept, a column or a value.
        """
        rows = self.hits
        for name, value in {**({"concept": concept} if concept else {}), **cell}.items():
            known = self._known(name, value)
            rows = rows[rows[name] == known]
        return lines(self.corpus, rows, width=width)

    def _known(self, name: str, value: Any) -> Any:
        if name not in (*self.by, "concept"):
            raise UnknownCellError(
                f"Cannot look for {name} {value!r}. The cells are made by {', '.join(self.by)}. "
                "Choose from these."
            )
        held = list(self.long[name].unique())
        found = matching(held, value, by=name)
        if len(found) != 1:
            raise UnknownCellError(
                f"Cannot find {name} {value!r} in this panel. It holds {listed(held)}. "
                "Choose one of these."
            )
        return held[found[0]]


def panel(
    corpus: Corpus,
    counts: Counts,
    concepts: pd.DataFrame | Mapping[str, str | Sequence[str]],
    *,
    by: str | Sequence[str] = ("province", "year"),
) -> Panel:
    """Count concepts in each cell of two or more columns, by default province × year.

    Occurrences are found on characters (see `find_concepts`), tokens are those of `counts`. The
    mean rate gives each document of a cell the same weight; in the pooled one a long document
    weighs more. Limits are those of the mean rate, by the documents of the cell (METHODS: with one
    or two documents none, with three or four the range when each is left out once, from five on
    a percentile interval from documents drawn again; under ten it is too narrow); where no
    document has the concept there are none, as a resample of noughts would seem certain.

    Copies, fiction, documents without tokens or without a value of a column of `by` are in no
    cell. A document whose value hangs on a phrase that holds a term of a concept leaves the cell
    for that concept.

    Parameters
    ----------
    corpus : Corpus
        The documents that `counts` come from.
    counts : Counts
        What `count` gave.
    concepts : DataFrame or mapping
        What `read_concepts` gave: columns concept and term; or the terms of each concept by name.
    by : str or sequence of str
        Columns of `counts.documents`. All their values are crossed, and years run from the first
        to the last.

    Returns
    -------
    Panel
        Its `long` has one row a cell and concept, places by code: the columns of `by`; for
        places among them province_code, city_code, county_code (GB/T 2260); concept; n
        (occurrences); tokens; rate_mean (mean of the documents' rates per 10,000 tokens);
        rate_pooled (n per 10,000 tokens of the cell); n_docs (documents with the concept);
        group_docs (documents); interval_low, interval_high; limits (none, range, narrow or
        interval: what these two are). In a cell without documents all but group_docs is missing.

    Raises
    ------
    UnknownColumnError
        A column of `by` is not in the documents, or `by` names none.
    LexiconError
        There is no concept.
    OtherCorpusError
        The counts are of documents that the corpus has not.
    """
    concepts = as_concepts(concepts)
    columns = tuple(dict.fromkeys([by] if isinstance(by, str) else by))
    if not columns:
        raise UnknownColumnError("Cannot make cells of no column. Name some: province, year.")
    require_documents(counts.documents.index, corpus.documents.index)
    cells = cross(counts, columns)
    described = describe(cells, counts, columns)
    documents = counts.documents.iloc[cells.rows]
    hits = find_concepts(documents["text"], concepts)
    used, gone = concept_use(counts, cells, hits, concepts, spent(corpus.evidence))
    row = documents.index.get_indexer(pd.Index(hits["doc_id"]))
    column = used.terms.get_indexer(pd.Index(hits["concept"]))
    counted = (cells.codes[row] >= 0) & (used.spent.toarray()[row, column] == 0)
    at = described[list(columns)].iloc[cells.codes[row[counted]]].reset_index(drop=True)
    long = described.loc[described.index.repeat(len(used.terms))].reset_index(drop=True)
    long["concept"] = np.tile(used.terms, len(described))
    long = long.join(measures(used))
    left_out = pd.concat([outside(cells, counts, columns), gone], ignore_index=True)
    left_out = left_out[["doc_id", "reason", "concept"]]
    hits = pd.concat([at, hits[counted].reset_index(drop=True)], axis=1)
    within = int((cells.codes >= 0).sum())
    return Panel(corpus, concepts, columns, within, long, hits, left_out)
