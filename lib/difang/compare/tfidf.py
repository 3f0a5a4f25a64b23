"""TF-IDF: which terms set a group of documents apart, and which are its own most telling ones.

In go counts and a grouping column, out comes a scores table, one row a term and group.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from difang.compare.groups import PLACES, Groups, find_group, group, listed
from difang.compare.names import names_in
from difang.compare.refusals import say
from difang.compare.scores import Table, Usage, ratio, scores_table, usage
from difang.errors import DifangError
from difang.words.counting import Counts

REFERENCES = ("others", "before", "previous", "pooled")


class ReferenceGroupsError(DifangError):
    """The groups to compare with are not there, or not named by a word difang knows."""


def tfidf_contrast(
    counts: Counts,
    *,
    by: str,
    target: str | int | None = None,
    reference: str | None = None,
    mask: pd.Series[str] | Literal[False] | None = None,
    spent: pd.DataFrame | None = None,
    min_count: int = 1,
    top: int | None = None,
) -> pd.DataFrame:
    """Score each term by how far its TF-IDF weight in a group exceeds that in the other groups.

    With N documents, n(t,d) counts, df(t) documents that hold t, G groups of N_g documents:

        idf(t) = ln((1 + N) / (1 + df(t))) + 1          fitted once, on all documents
        w(t,d) = n(t,d)·idf(t) / ‖n(·,d)·idf(·)‖₂      scikit-learn's TfidfTransformer
        m_g(t) = mean of w(t,d) over the documents of g (Rocchio 1971; Manning et al. 2008, §14.2)
        c_g(t) = m_g(t) − mean of m_h(t) over the reference groups h, each counted once

    The usual shortcut joins the documents of a group into one: its idf takes only G values, and
    one long document leads the list. Here no document weighs more than 1/N_g. A score has no
    p-value, and with one or two documents in the group it speaks of those documents: read
    `n_docs`, `group_docs` and `top_doc_share` first, and take lists from `headline`.

    Parameters
    ----------
    counts : Counts
        Documents × terms. Fiction and copies leave N; documents without a value of `by` count for
        idf and belong to no group.
    by : str
        The column of `counts.documents` that names the groups: province, year, genre, …
    target : str or int, optional
        One group (江苏 finds 江苏省); by default all.
    reference : {"others", "before", "previous", "pooled"}, optional
        The groups to compare with: all others; those before; the last one before that has
        documents; or all documents of the others as one group. Default "before" for
        `by="year"`, else "others".
    mask : Series of "place", "person", "self" or "" by term; or False
        Names to flag. By default `names.names_in(counts)` if `by` is a place, none otherwise.
    spent : DataFrame, one row a document, field and phrase, optional
        Columns doc_id, field, phrase. Where `field` is `by`, the document leaves the comparison of
        that term, in its group's mean and its group's numbers; of a phrase that is no term, the
        terms of two characters or more inside it.
    min_count : int, default 1
        Leave out terms with fewer occurrences in all compared documents. idf and norm use all.
    top : int, optional
        Keep the first so many rows of each group; `headline` wants them all.

    Returns
    -------
    DataFrame, one row a term and group, by group, then score from high to low, then term
        group; term; score and tfidf_contrast (the same; above 0 the group over-uses the term);
        n (occurrences in the group); rate (per 10,000 tokens of the group); n_docs (its documents
        with the term); group_docs (its documents); top_doc_share (largest share of n in one
        document); interval_low, interval_high, rank_low, rank_high, p, q (missing: TF-IDF has no
        p-value, and this version computes no intervals); flags (单篇词; place, person, self;
        spent; joined by "|"). `attrs` holds what was compared: measure, by, reference, n_documents,
        left_out_fiction, left_out_copies, no_group, spent (document–term pairs), idf_low,
        idf_high, groups (documents of each), refused (groups without a reference, with why).

    Raises
    ------
    UnknownColumnError, UnknownGroupError, TooFewGroupsError
        `by` is no column, `target` no group of it, or there is one group only.
    ReferenceGroupsError
        `reference` is unknown or needs an order that `by` has not, or the target is the first.

    Examples
    --------
    >>> import pandas as pd
    >>> from scipy.sparse import csr_matrix
    >>> from difang.words.counting import Counts
    >>> documents = pd.DataFrame({"province": ["江苏省", "贵州省"]}, index=["甲", "乙"])
    >>> counts = Counts(csr_matrix([[3, 0], [0, 2]]), pd.Index(["创新", "脱贫"]), documents)
    >>> tfidf_contrast(counts, by="province", target="江苏")[["group", "term", "score", "n"]]
      group term  score  n
    0   江苏省   创新    1.0  3
    1   江苏省   脱贫   -1.0  0
    """
    groups = group(counts, by=by)
    wanted = _wanted(groups, target, 2)
    reference = reference or ("before" if by == "year" else "others")
    against = _against(groups, reference)
    refused = [i for i in wanted if not against[i].any()]
    if target is not None and refused:
        raise _first(groups, refused[0], reference)
    wanted = [i for i in wanted if i not in refused]
    used = usage(counts, groups, min_count=min_count, spent=spent)
    sums, documents = _weights(counts, used), used.documents()
    means = ratio(sums, documents)
    if reference == "pooled":
        values = means - ratio(against @ sums, against @ documents)
    else:
        values = means - ratio(against @ np.nan_to_num(means), against @ (documents > 0))
    kinds = _kinds(counts, by, mask)
    table = scores_table(used, wanted, "tfidf_contrast", values, kinds=kinds, top=top)
    reasons = {groups.names[i]: say("first", group=groups.names[i]).en for i in refused}
    table.attrs.update(reference=reference, refused=reasons)
    return table


def tfidf(
    counts: Counts,
    *,
    by: str,
    target: str | int | None = None,
    mask: pd.Series[str] | Literal[False] | None = None,
    spent: pd.DataFrame | None = None,
    min_count: int = 1,
    top: int | None = None,
) -> pd.DataFrame:
    """Score each term by its mean TF-IDF weight in the documents of a group: no comparison.

    m_g(t) of `tfidf_contrast`, which see for arguments, columns and errors (one group is enough
    here). A group's highest weights are its frequent words, not its distinctive ones: show this
    list beside the contrast, and rank by the contrast. `score` and `tfidf` are 0 or more; terms
    the group does not use stand last, with 0.
    """
    groups = group(counts, by=by)
    wanted = _wanted(groups, target, 1)
    used = usage(counts, groups, min_count=min_count, spent=spent)
    means, kinds = ratio(_weights(counts, used), used.documents()), _kinds(counts, by, mask)
    table = scores_table(used, wanted, "tfidf", means, kinds=kinds, top=top)
    table.attrs.update(reference="none", refused={})
    return table


def document_weights(matrix: csr_matrix) -> csr_matrix:
    """Weigh documents × terms: smooth idf over these documents, rows of length 1."""
    from sklearn.feature_extraction.text import TfidfTransformer

    weights: csr_matrix = TfidfTransformer(norm="l2", smooth_idf=True).fit_transform(matrix)
    return weights


def _weights(counts: Counts, used: Usage) -> Table:
    """Add up the weights of the documents of each group, the spent left out."""
    weights = document_weights(counts.matrix[used.groups.rows])[:, used.columns]
    return used.per_group(weights - weights.multiply(used.spent))


def _wanted(groups: Groups, target: str | int | None, number: int) -> list[int]:
    chosen = None if target is None else find_group(groups.names, target, by=groups.by)
    groups.need(number)
    return list(range(len(groups.names))) if chosen is None else [chosen]


def _against(groups: Groups, reference: str) -> Table:
    """Mark with 1, for each group, the groups it is compared with."""
    known = REFERENCES if groups.has_order else ("others", "pooled")
    if reference not in known:
        raise ReferenceGroupsError(
            f"Cannot take the reference {reference!r} by {groups.by}. There are: "
            f"{', '.join(known)} ('before' and 'previous' need groups with an order, such as "
            "years). Choose one."
        )
    place = np.arange(len(groups.names))
    behind = place[:, None] - place[None, :]
    marks = {"before": behind > 0, "previous": behind == 1}.get(reference, behind != 0)
    return np.asarray(marks, np.float64)


def _first(groups: Groups, place: int, reference: str) -> ReferenceGroupsError:
    return ReferenceGroupsError(
        f"Cannot compare {groups.by} {groups.names[place]} with those before: it is the first. "
        f"The counts hold {listed(groups.names)}. Choose a later `target`, or reference='others' "
        f"instead of {reference!r}."
    )


def _kinds(counts: Counts, by: str, mask: pd.Series[str] | Literal[False] | None) -> pd.Series[str]:
    if mask is None and by in PLACES:
        return names_in(counts)
    return pd.Series(dtype="str") if mask is None or mask is False else mask
