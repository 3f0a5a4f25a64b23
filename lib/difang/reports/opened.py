"""The sentences behind the counts of a comparison: as many lines as are counted.

In go a `Comparison` and terms; out come concordance lines by term, without copies and what is
spent, or a table whose rows open them.
"""

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from difang.compare.usage import spent_terms
from difang.reports.comparison import Comparison
from difang.reports.wording import Shown
from difang.words.concordance import occurrences


def lines_of(page: Comparison, terms: Collection[str], name: Any = None) -> dict[str, pd.DataFrame]:
    """Return the sentences of terms, as many as are counted, in a group or in all of them."""
    names = page.groups.names if name is None else [name]
    rows = occurrences(page.corpus, page.tokens, terms)
    codes = [page.groups.names.index(one) for one in names]
    inside = page.groups.rows[np.isin(page.groups.codes, codes)]
    rows = rows[rows["doc_id"].isin(page.counts.documents.index[inside])]
    if name is not None:  # what is spent is not counted in the group
        gone = _spent_in(page)
        pairs = zip(rows["doc_id"], rows["term"], strict=True)
        rows = rows[[pair not in gone for pair in pairs]]
    return {str(term): part for term, part in rows.groupby("term", sort=False)}


def opening(
    page: Comparison, told: Mapping[str, Any], rows: pd.DataFrame, name: Any = None, *, top: int,
    **facts: object,
) -> Shown:  # fmt: skip
    """Show a table of terms whose first rows open their sentences, in a group or in all of them."""
    lines = lines_of(page, rows["term"].head(top), name) if len(rows) else None
    return page.table(told, rows, rows=top, sentences=lines, group=name, **facts)


def _spent_in(page: Comparison) -> set[tuple[str, str]]:
    """Return the documents that leave the comparison of a term, each with the term."""
    told = page.spent.loc[page.spent["field"] == page.by, ["doc_id", "phrase"]]
    held = frozenset(page.counts.terms)
    return {
        (doc_id, term)
        for doc_id, phrase in told.itertuples(index=False)
        for term in spent_terms(phrase, held)
    }
