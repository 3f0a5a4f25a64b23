"""New and gone terms: what one period uses, and the period beside it not once.

In go counts, out comes one row a term and pair of adjacent periods, with the documents searched.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import numpy.typing as npt
import pandas as pd

from difang.compare.groups import group
from difang.compare.headline import is_shared
from difang.compare.trends import in_order
from difang.compare.usage import Usage, usage
from difang.passages.occurrences import automaton
from difang.words.counting import Counts

Array = npt.NDArray[Any]

COLUMNS = [
    "group", "other", "change", "term", "n", "n_docs", "group_docs", "top_doc_share", "other_docs",
    "upper", "elsewhere", "within",
]  # fmt: skip


def new_and_gone(
    counts: Counts, *, by: str = "year", spent: pd.DataFrame | None = None
) -> pd.DataFrame:
    """List the terms that documents of one period share and that no document beside it has.

    New: used in a period, not in the one before; gone: used in a period, not in the one after.
    Periods are those of the corpus: where a year has no documents, its neighbours stand side by
    side. A term has to be shared, as in a headline list (`is_shared`), and both periods need three
    documents: a term that one document lacks, or one alone has, tells nothing of the period.

    Absent is not unused: where k documents lack a term, up to 3/k of the documents of that period
    may still have it (95 %, rule of three: Hanley & Lippman-Hand 1983); `upper` gives that share.

    Parameters
    ----------
    spent : DataFrame, optional
        As in `rates_by`; a term that a document of either period is spent for is not listed.

    Returns
    -------
    DataFrame, one row a term and change, periods in order, new before gone, most documents first
        group (the period that has it); other (that lacks it); change ("new" or "gone"); term; n,
        n_docs, group_docs, top_doc_share (in the period that has it); other_docs (documents of the
        other, searched in vain); upper; elsewhere (documents of the periods before both, if new,
        or after both, if gone, that have it: it came back, or will); within (documents of the
        other in whose text it stands inside other tokens: a matter of segmentation).

    Raises
    ------
    UnknownColumnError, NoOrderError
        As in `trend`.

    Examples
    --------
    >>> from scipy.sparse import csr_matrix
    >>> years = pd.DataFrame({"year": [2015] * 3 + [2016] * 3}, index=list("甲乙丙丁戊己"))
    >>> rows = csr_matrix([[0, 1], [0, 1], [0, 1], [1, 1], [1, 1], [0, 1]])
    >>> new_and_gone(Counts(rows, pd.Index(["供给侧", "的"]), years)).iloc[:, :6]
       group  other change term  n  n_docs
    0   2016   2015    new  供给侧  2       2
    """
    groups = in_order(group(counts, by=by))
    used = usage(counts, groups, min_count=1, spent=spent)
    n, periods = used.per_group(used.matrix), range(len(groups.names))
    facts = {"n": n, "n_docs": used.per_group(used.matrix > 0)}
    facts["top_doc_share"] = used.top_share(n, periods)
    texts = counts.documents.get("text", pd.Series("", index=counts.documents.index))
    texts = texts.iloc[groups.rows].fillna("").astype("str")
    found = [
        _listed(used, facts, texts, *pair, change)
        for i, j in pairwise(periods)
        for pair, change in (((j, i), "new"), ((i, j), "gone"))
    ]
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS)
    rows.attrs = {"by": by, "unknown": groups.no_group}
    return rows


def _listed(
    used: Usage, facts: dict[str, Array], texts: pd.Series[str], has: int, lacks: int, change: str
) -> pd.DataFrame:
    """List what the period `has` shares and the period `lacks` has not."""
    sizes, names = used.groups.sizes, used.groups.names
    whole = used.documents()[[has, lacks]] == sizes[[has, lacks], None]  # nothing spent
    shared = is_shared(facts["n_docs"][has], sizes[has], facts["top_doc_share"][has])
    chosen = shared & (facts["n_docs"][lacks] == 0) & whole.all(axis=0) & (sizes[lacks] >= 3)
    beyond = facts["n_docs"][:lacks] if change == "new" else facts["n_docs"][lacks + 1 :]
    rows = pd.DataFrame({name: values[has][chosen] for name, values in facts.items()})
    rows[["n", "n_docs"]] = rows[["n", "n_docs"]].astype("int64")
    rows = rows.assign(
        group=names[has], other=names[lacks], change=change, term=used.terms[chosen],
        group_docs=sizes[has], other_docs=sizes[lacks], upper=upper_share(int(sizes[lacks])),
        elsewhere=beyond.sum(axis=0)[chosen].astype("int64"),
    )  # fmt: skip
    searched = automaton(rows["term"])
    within = Counter(
        term
        for text in (texts[used.groups.codes == lacks] if len(rows) else ())
        for term in {term for _, term in searched.iter(text)}
    )
    rows["within"] = [within[term] for term in rows["term"]]
    rows = rows.sort_values(["n_docs", "n", "term"], ascending=[False, False, True])
    return rows[COLUMNS]


def upper_share(searched: int) -> float:
    """Bound the share of documents that may have what none of those searched has: 3 / k.

    >>> upper_share(30), upper_share(2), upper_share(0)
    (0.1, 1.0, 1.0)
    """
    return min(1.0, 3 / searched) if searched else 1.0
