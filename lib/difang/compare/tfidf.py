"""TF-IDF: which terms set a group of documents apart, and which are its own most telling ones.

In go counts and a grouping column, out comes a scores table, one row a term and group.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from difang.compare.association import c_tfidf as class_weights
from difang.compare.contrasts import Mask, contrast, own
from difang.compare.scores import scores_table
from difang.compare.usage import Table, Usage, compared, ratio
from difang.words.counting import Counts

Norm: TypeAlias = Literal["l2", "l1"]


class Weighing(TypedDict):
    """How documents are weighed: as scikit-learn's TfidfTransformer takes it."""

    sublinear_tf: bool
    norm: Norm


def tfidf_contrast(
    counts: Counts,
    *,
    by: str,
    target: str | int | None = None,
    reference: str | None = None,
    mask: Mask = None,
    spent: pd.DataFrame | None = None,
    min_count: int = 1,
    sublinear_tf: bool = False,
    norm: Norm = "l2",
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
        Names to flag. By default `names.names_in(counts)` if `by` is a place, else only "self".
    spent : DataFrame, one row a document, field and phrase, optional
        Columns doc_id, field, phrase. Where `field` is `by`, the document leaves the comparison of
        that term, in its group's mean and its group's numbers; of a phrase that is no term, the
        terms of two characters or more inside it.
    min_count : int, default 1
        Leave out terms with fewer occurrences in all compared documents. idf and norm use all.
    sublinear_tf : bool, default False
        Take 1 + ln n in the place of n, as scikit-learn does: where documents differ much in
        length, so that the words a long one repeats count for less.
    norm : {"l2", "l1"}
        Of the weights of a document: length 1, or sum 1.
    top : int, optional
        Keep the first so many rows of each group; `headline` wants them all.

    Returns
    -------
    DataFrame, one row a term and group, by group, then score from high to low, then term
        group; term; score and tfidf_contrast (the same; above 0 the group over-uses the term);
        n (occurrences in the group); rate (per 10,000 tokens of the group); n_docs (its documents
        with the term); group_docs (its documents); top_doc_share (largest share of n in one
        document); interval_low, interval_high, rank_low, rank_high, p, q (missing: TF-IDF has no
        p-value, and this version computes no intervals); flags (单篇词; place, person, self,
        number; slight: over-used, but less than twice as often as in the reference; spent; joined
        by "|"). `attrs` holds what was compared: measure, weighing, by, reference,
        n_documents, left_out_fiction, left_out_copies, no_group, spent (document–term pairs),
        idf_low, idf_high, groups (documents of each), refused (groups without reference, and why).

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
    setup = contrast(
        counts, by=by, target=target, reference=reference, mask=mask, spent=spent,
        min_count=min_count,
    )  # fmt: skip
    weighing: Weighing = {"sublinear_tf": sublinear_tf, "norm": norm}
    sums, documents = _weights(counts, setup.used, weighing), setup.used.documents()
    values = ratio(sums, documents) - setup.level_behind(sums, documents)
    del sums, documents
    table = scores_table(setup, "tfidf_contrast", lambda i: {"tfidf_contrast": values[i]}, top=top)
    table.attrs["weighing"] = weighing
    return table


def tfidf(
    counts: Counts,
    *,
    by: str,
    target: str | int | None = None,
    mask: Mask = None,
    spent: pd.DataFrame | None = None,
    min_count: int = 1,
    sublinear_tf: bool = False,
    norm: Norm = "l2",
    top: int | None = None,
) -> pd.DataFrame:
    """Score each term by its mean TF-IDF weight in the documents of a group: no comparison.

    m_g(t) of `tfidf_contrast`, which see for arguments, columns and errors (one group is enough
    here). A group's highest weights are its frequent words, not its distinctive ones: show this
    list beside the contrast, and rank by the contrast. `score` and `tfidf` are 0 or more; terms
    the group does not use stand last, with 0.
    """
    setup = own(counts, by=by, target=target, mask=mask, spent=spent, min_count=min_count)
    weighing: Weighing = {"sublinear_tf": sublinear_tf, "norm": norm}
    means = ratio(_weights(counts, setup.used, weighing), setup.used.documents())
    table = scores_table(setup, "tfidf", lambda i: {"tfidf": means[i]}, top=top)
    table.attrs["weighing"] = weighing
    return table


def c_tfidf(
    counts: Counts,
    *,
    by: str,
    target: str | int | None = None,
    mask: Mask = None,
    spent: pd.DataFrame | None = None,
    min_count: int = 1,
    top: int | None = None,
) -> pd.DataFrame:
    """Score each term by the class-based TF-IDF of a group, its documents joined into one.

    tf · ln(1 + A / f) (Grootendorst 2022, `association.c_tfidf`), over the groups of `by`;
    arguments and columns as `tfidf`. Long documents lead its lists: rank by the contrast.
    """
    setup = own(counts, by=by, target=target, mask=mask, spent=spent, min_count=min_count)
    values = class_weights(setup.used.per_group(setup.used.matrix), setup.used.group_tokens())
    return scores_table(setup, "c_tfidf", lambda i: {"c_tfidf": values[i]}, top=top)


def document_weights(
    matrix: csr_matrix, *, sublinear_tf: bool = False, norm: Norm = "l2"
) -> csr_matrix:
    """Weigh documents × terms: smooth idf over these documents, rows of length 1."""
    from sklearn.feature_extraction.text import TfidfTransformer

    how = TfidfTransformer(norm=norm, smooth_idf=True, sublinear_tf=sublinear_tf)
    weights: csr_matrix = how.fit_transform(matrix)
    return weights


def _weights(counts: Counts, used: Usage, weighing: Weighing) -> Table:
    """Add up the weights of the documents of each group, the spent left out, group by group."""
    from sklearn.feature_extraction.text import TfidfTransformer

    matrix = compared(counts, used.groups)
    how = TfidfTransformer(**weighing).fit(matrix)
    sums = np.empty((len(used.groups.names), len(used.columns)))
    for place in range(len(sums)):
        rows = np.flatnonzero(used.groups.codes == place)
        weights = how.transform(matrix[rows])[:, used.columns]
        sums[place] = (weights - weights.multiply(used.spent[rows])).sum(axis=0)
    return sums
