"""Cells: documents grouped by several columns at once, such as province × year.

In go counts, columns and occurrences of concepts; out come the cells as groups, the codes of their
places, the documents that are in none, and what a panel says of each cell and concept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from difang.compare.groups import PLACES, Groups, group, left_out
from difang.compare.rates import levels, limits_of
from difang.compare.refusals import FEW
from difang.compare.resampling import FEWEST, RESAMPLES
from difang.compare.usage import Usage, ratio
from difang.corpus.divisions import provinces
from difang.words.concepts import find_concepts
from difang.words.counting import PER_TOKENS, Counts

MEASURES = (
    "n", "tokens", "rate_mean", "rate_pooled", "n_docs", "group_docs", "interval_low",
    "interval_high", "limits",
)  # fmt: skip
LIMITS = ("none", "range", "narrow", "interval")
_DIGITS = {"city": 4, "county": 6}  # of a code that tell a unit of the level from its neighbours


def cross(counts: Counts, by: Sequence[str]) -> Groups:
    """Group the documents by all values of the columns, crossed; provinces in order of their code.

    Years run from the first to the last, so that one without documents is seen to be missing. A
    document without tokens, or without a value of one of the columns, has no cell.

    Returns
    -------
    Groups
        Its `names` are tuples, one value a column.
    """
    groups = [group(counts, by=name) for name in by]
    values = [_values(one) for one in groups]
    tokens = counts.tokens_per_document.to_numpy()[groups[0].rows]
    codes = np.where(tokens > 0, 0, -1)
    for one, held in zip(groups, values, strict=True):
        place = np.append(held.get_indexer(pd.Index(one.names)), -1)[one.codes]
        codes = np.where((codes < 0) | (place < 0), -1, codes * len(held) + place)
    names = tuple(product(*values))
    return replace(groups[0], by=" × ".join(by), names=names, codes=codes.astype(np.intp))


def describe(cells: Groups, counts: Counts, by: Sequence[str]) -> pd.DataFrame:
    """Name the cells, one row each: the columns, each place followed by its code (GB/T 2260).

    The code of a city or county is that of the documents that name it; missing if they name none,
    or more than one.
    """
    table = pd.DataFrame(list(cells.names), columns=list(by))
    for name in PLACES:
        if name in by:
            above = [one for one in PLACES[: PLACES.index(name) + 1] if one in by]
            code = _codes(table, counts.documents, name, above)
            table.insert(list(table.columns).index(name) + 1, f"{name}_code", code)
    return table


def outside(cells: Groups, counts: Counts, by: Sequence[str]) -> pd.DataFrame:
    """List the documents that are in no cell, in the order of the counts: doc_id, reason."""
    documents = counts.documents
    compared = documents.iloc[cells.rows]
    absent = compared[list(by)].replace("", None).isna().to_numpy()
    told = ["no " + ", ".join(np.array(by)[row]) if row.any() else "no tokens" for row in absent]
    reasons = left_out(documents)
    reasons[compared.index] = pd.Series(told, compared.index, dtype="str")
    left = reasons.drop(compared.index[cells.codes >= 0])
    return left.rename_axis("doc_id").reset_index(name="reason").astype("str")


def concept_use(
    counts: Counts, cells: Groups, hits: pd.DataFrame, concepts: pd.DataFrame, told: pd.DataFrame
) -> tuple[Usage, pd.DataFrame]:
    """Lay the occurrences out as documents × concepts, and list what is spent.

    A document is spent for a concept if its value of a column of the cells hangs on a phrase
    (`told`: doc_id, field, phrase) that holds a term of the concept.
    """
    documents = counts.documents.index[cells.rows]
    names = pd.Index(concepts["concept"].unique())
    shape = (len(documents), len(names))
    told = told[told["field"].isin(cells.by.split(" × ")) & told["doc_id"].isin(documents)]
    within = find_concepts(told["phrase"], concepts).astype({"doc_id": "int64"})
    rows = told.loc[within["doc_id"]].reset_index(drop=True)
    rows["concept"] = within["concept"]
    rows["reason"] = rows["field"] + " hangs on “" + rows["phrase"] + "”"

    def matrix(table: pd.DataFrame) -> csr_matrix:
        at = (
            documents.get_indexer(pd.Index(table["doc_id"])),
            names.get_indexer(pd.Index(table["concept"])),
        )
        return csr_matrix((np.ones(len(table)), at), shape=shape)

    n, gone = matrix(hits), matrix(rows.drop_duplicates(["doc_id", "concept"]))
    n = (n - n.multiply(gone)).tocsr()
    tokens = counts.tokens_per_document.to_numpy()[cells.rows]
    columns = np.arange(len(names))
    return Usage(cells, names, columns, n, gone, tokens), rows.drop_duplicates()


def measures(used: Usage) -> pd.DataFrame:
    """Give `MEASURES` (see `panel`), one row a cell and concept."""
    found, tokens = levels(used), used.term_tokens()
    documents, n_docs = found["group_docs"], found["n_docs"]
    few = [(n_docs == 0) | (documents < 3), documents < FEWEST, documents < FEW]
    limits = np.select(few, LIMITS[:3], LIMITS[3])
    bounded = np.where(limits == LIMITS[0], np.nan, limits_of(used, RESAMPLES))
    said = {"n": found["n"], "tokens": tokens, "n_docs": n_docs}
    columns = {
        **{name: np.where(documents > 0, values, np.nan) for name, values in said.items()},
        "rate_mean": found["rate"],
        "rate_pooled": ratio(found["n"] * PER_TOKENS, tokens),
        "group_docs": documents,
        "interval_low": bounded[0],
        "interval_high": bounded[1],
        "limits": limits,
    }
    table = pd.DataFrame({name: columns[name].ravel() for name in MEASURES})
    return table.astype({**dict.fromkeys(said, "Int64"), "group_docs": "int64", "limits": "str"})


def _values(groups: Groups) -> pd.Index[Any]:
    names = list(groups.names)
    if groups.by == "year" and names:
        names = list(range(names[0], names[-1] + 1))
    if groups.by == "province":
        code = _province_codes()
        names.sort(key=lambda name: code.get(name, "~"))
    index: pd.Index[Any] = pd.Index(names)
    return index


def _codes(
    table: pd.DataFrame, documents: pd.DataFrame, name: str, above: list[str]
) -> pd.Series[str]:
    if name == "province":
        return table[name].map(_province_codes()).astype("str")
    digits = _DIGITS[name]
    known = documents[[*above, "code"]].dropna()
    known = known.assign(code=known["code"].str[:digits].str.ljust(6, "0"))
    known = known[known["code"].str[digits - 2 : digits] != "00"].drop_duplicates()
    single = known[~known.duplicated(above, keep=False)]
    return table[above].merge(single, how="left", on=above)["code"]


def _province_codes() -> dict[str, str]:
    return {name: unit.code for name, unit in provinces().items()}
