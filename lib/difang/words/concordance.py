"""Concordance: the sentences in which a wording stands.

In goes a corpus and a pattern, out comes one row an occurrence. The search is on
characters, so that no segmentation can hide a hit.
"""

import re
from collections.abc import Collection

import numpy as np
import pandas as pd

from difang.corpus.documents import Corpus
from difang.errors import DifangError
from difang.words.tokens import Tokens

GAP = 12  # characters a `*` may stand for, at most
CLAUSE_END = "，。！？；：,!?;:\n"
ALONGSIDE = ("province", "year")


class PatternError(DifangError):
    """A pattern that would match everywhere."""


def kwic(corpus: Corpus, pattern: str, *, width: int = 20) -> pd.DataFrame:
    """List every occurrence of a wording with what stands left and right of it.

    Parameters
    ----------
    corpus : Corpus
        Its `documents` have the index doc_id and the column text.
    pattern : str
        Taken literally, quotation marks and all, but for `*`: as few characters as need be,
        at most 12, within one clause (，。！？；： and line ends stop it; 、 and quotation
        marks do not).
    width : int, default 20
        Characters of context on either side; line ends are shown as spaces.

    Returns
    -------
    DataFrame, one row per occurrence, in the order of the corpus
        doc_id; start, end (offsets in the clean text); left, keyword, right; and province
        and year where the documents have them. Occurrences do not overlap, as in
        `str.count`.

    Raises
    ------
    PatternError
        The pattern is empty, or holds nothing but `*` and space.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> texts = {"甲": "功成不必在我、功成必定有我。", "乙": "功成。在我"}
    >>> corpus = SimpleNamespace(documents=pd.DataFrame({"text": texts}))
    >>> kwic(corpus, "功成*在我", width=3)
      doc_id  start  end left keyword right
    0      甲      0    6       功成不必在我   、功成
    """
    search = re.compile(_expression(pattern))
    documents = corpus.documents
    rows = [
        (doc_id, *found.span(), *_shown(text, *found.span(), width))
        for doc_id, text in documents["text"].items()
        for found in search.finditer(text)
    ]
    table = pd.DataFrame(rows, columns=["doc_id", "start", "end", "left", "keyword", "right"])
    shapes = dict.fromkeys(("doc_id", "left", "keyword", "right"), "str")
    table = table.astype({**shapes, "start": "int64", "end": "int64"})
    beside = documents[[name for name in ALONGSIDE if name in documents]]
    return table.join(beside, on="doc_id") if beside.shape[1] else table


def occurrences(
    corpus: Corpus, tokens: Tokens, terms: Collection[str], *, width: int = 20
) -> pd.DataFrame:
    """List every occurrence of some terms as tokens: as many rows as the counts count.

    Parameters
    ----------
    corpus : Corpus
        The documents that `tokens` come from.
    tokens : Tokens
        What `segment` made of them.
    terms : collection of str
        Terms of `tokens`; others have no row.
    width : int, default 20
        Characters of context on either side; line ends are shown as spaces.

    Returns
    -------
    DataFrame, one row per occurrence, in the order of `terms`, then of the corpus
        term; doc_id; start, end (offsets in the clean text); share (place of its start in the
        document, 0 to 1); left, keyword (as the text has it), right.
    """
    order = {term: at for at, term in enumerate(terms)}
    wanted = [at for at, term in enumerate(tokens.terms) if term in order]
    rows = []
    for row, doc_id in enumerate(tokens.doc_ids):
        ids = tokens.ids[tokens.bounds[row] : tokens.bounds[row + 1]]
        places = np.flatnonzero(np.isin(ids, wanted))
        text = str(corpus.documents["text"].loc[doc_id])
        for at, (start, end) in zip(
            ids[places], tokens.spans(doc_id)[places].tolist(), strict=True
        ):
            shown = _shown(text, start, end, width)
            rows.append((tokens.terms[at], doc_id, start, end, start / len(text), *shown))
    columns = ["term", "doc_id", "start", "end", "share", "left", "keyword", "right"]
    table = pd.DataFrame(rows, columns=columns).astype({"term": "str", "doc_id": "str"})
    rank = table["term"].map(order)
    return table.loc[rank.sort_values(kind="stable").index].reset_index(drop=True)


def _expression(pattern: str) -> str:
    parts = [re.escape(part) for part in pattern.split("*") if part]
    if not "".join(pattern.split("*")).strip():
        raise PatternError(
            f"Cannot look for {pattern!r}. The pattern holds no character to look for. "
            "Write what should stand there, with * for up to 12 characters: 功成*在我."
        )
    return f"[^{re.escape(CLAUSE_END)}]{{0,{GAP}}}?".join(parts)


def _shown(text: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    pieces = (text[max(0, start - width) : start], text[start:end], text[end : end + width])
    left, keyword, right = (piece.replace("\n", " ") for piece in pieces)
    return left, keyword, right
