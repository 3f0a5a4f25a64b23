"""Cells: documents grouped by several columns at once, such as province × year.

In go counts and columns, out come the cells as groups, the codes of their places, and the
documents that are in none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from difang.compare.groups import PLACES, Groups, group
from difang.corpus.divisions import provinces
from difang.words.counting import Counts

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
    levels = [_levels(one) for one in groups]
    tokens = counts.tokens_per_document.to_numpy()[groups[0].rows]
    codes = np.where(tokens > 0, 0, -1)
    for one, level in zip(groups, levels, strict=True):
        place = np.append(level.get_indexer(pd.Index(one.names)), -1)[one.codes]
        codes = np.where((codes < 0) | (place < 0), -1, codes * len(level) + place)
    names = tuple(product(*levels))
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
    reasons = pd.Series("a copy of another document", index=documents.index)
    if "genre" in documents:
        reasons[documents["genre"].eq("fiction").fillna(False)] = "fiction"
    absent = compared[list(by)].replace("", None).isna().to_numpy()
    told = ["no " + ", ".join(np.array(by)[row]) if row.any() else "no tokens" for row in absent]
    reasons[compared.index] = pd.Series(told, compared.index, dtype="str")
    within = pd.Index(compared.index[cells.codes >= 0])
    left = reasons.drop(within)
    return pd.DataFrame({"doc_id": left.index, "reason": left.to_numpy()}).astype("str")


def _levels(groups: Groups) -> pd.Index[Any]:
    names = list(groups.names)
    if groups.by == "year" and names:
        names = list(range(min(names), max(names) + 1))
    if groups.by == "province":
        code = {name: unit.code for name, unit in provinces().items()}
        names.sort(key=lambda name: code.get(name, "~"))
    index: pd.Index[Any] = pd.Index(names)
    return index


def _codes(
    table: pd.DataFrame, documents: pd.DataFrame, name: str, above: list[str]
) -> pd.Series[str]:
    if name == "province":
        return (
            table[name].map({name: unit.code for name, unit in provinces().items()}).astype("str")
        )
    digits = _DIGITS[name]
    known = documents[[*above, "code"]].dropna()
    known = known.assign(code=known["code"].str[:digits].str.ljust(6, "0"))
    known = known[known["code"].str[digits - 2 : digits] != "00"].drop_duplicates()
    single = known[~known.duplicated(above, keep=False)]
    return table[above].merge(single, how="left", on=above)["code"]
