"""Repeated passages: which tokens only say again what another document said before.

In go the tokens and the shared passages of a corpus, out comes a mask over the tokens, with which
`count` counts each passage once.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.corpus.documents import Corpus
from difang.words.tokens import Tokens


def repeated(corpus: Corpus, tokens: Tokens, passages: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Mark the tokens that lie in a passage which an earlier document has too.

    The first document keeps the passage: by `date_earliest`, the undated last, then by doc_id.
    Which of them wrote it first is not known; but one has to keep it, and a passage that a later
    year takes over is no news of that year. A token that reaches over the edge of a passage stays,
    and so does a passage that one document has twice.

    Parameters
    ----------
    corpus : Corpus
    tokens : Tokens
        What `segment` made of it.
    passages : DataFrame
        What `shared_passages` found in it; copies of documents are not among them.

    Returns
    -------
    array of bool, one per token of `tokens.ids`
        For `count(tokens, corpus.documents, without=…)`.
    """
    again = _later(passages, corpus.documents)
    marked = np.zeros(len(tokens.ids), dtype=bool)
    rows = {doc_id: row for row, doc_id in enumerate(tokens.doc_ids)}
    for doc_id, spans in again.groupby("doc_id", sort=False)[["start", "end"]]:
        starts, ends = tokens.spans(str(doc_id)).T
        depth = np.zeros(ends[-1] + 1, np.int64)
        np.add.at(depth, spans["start"], 1)
        np.add.at(depth, spans["end"], -1)
        inside = np.concatenate([[0], np.cumsum(np.cumsum(depth) > 0)])
        first, last = tokens.bounds[rows[str(doc_id)] :][:2]
        marked[first:last] = inside[ends] - inside[starts] == ends - starts
    return marked


def _later(passages: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return the spans of each passage but those in its first document."""
    dated = documents.get("date_earliest", pd.Series(pd.NaT, index=documents.index))
    order = dated.sort_index(kind="stable").sort_values(na_position="last", kind="stable").index
    place = pd.Series(range(len(order)), index=order)
    found = passages["doc_id"].map(place)
    return passages[found > found.groupby(passages["span_id"]).transform("min")]
