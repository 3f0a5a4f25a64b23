"""Variants: wordings that differ in one place, or in how they go on, are one family.

Takes wordings; gives the frame that several fill (一张蓝图*到底), and the families.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd

from difang.corpus.documents import Corpus
from difang.passages.normalising import normalise, originals
from difang.passages.occurrences import days
from difang.words.concordance import CLAUSE_END, GAP, PatternError

SLOT = "*"
SIDE, WIDEST, SAME = 2, 2, 0.7  # characters on each side of a slot and in it; share kept
HEAD = 5  # characters of a first clause by which continuations belong together
_NUMERAL = re.compile(r"[一二三四五六七八九十百千万两双〇零\dA-Z+]")


def frames(phrase: str) -> Iterator[str]:
    """Yield the frames of a wording: itself with a place inside left open, at most 2 characters.

    Numerals stay: 党的十八大精神 and 党的十九大精神 are no variants of one wording.

    >>> sorted(frames("绿水青山"))
    []
    >>> "一张蓝图*到底" in set(frames("一张蓝图绘到底")) & set(frames("一张蓝图干到底"))
    True
    """
    for start in range(SIDE, len(phrase) - SIDE + 1):
        for end in range(start, min(start + WIDEST, len(phrase) - SIDE) + 1):
            kept = len(phrase) - (end - start)
            enough = kept > 2 * SIDE and kept >= SAME * len(phrase)
            if enough and not _NUMERAL.search(phrase, start, end):
                yield phrase[:start] + SLOT + phrase[end:]


def families(
    phrases: Iterable[str], entries: Mapping[str, str], heads: Mapping[str, str]
) -> pd.DataFrame:
    """Join the wordings that share a frame, a first clause, or an entry of the lexicon.

    Parameters
    ----------
    phrases : iterable of str
        The best known first.
    entries : mapping
        Wording to the phrase of the lexicon that it is a form of.
    heads : mapping
        Wording to its first clause (功成不必在我), of those that have several.

    Returns
    -------
    DataFrame, index phrase
        family (the first entry of the lexicon in it, else its first phrase); slot (the frame
        that most of its phrases share, 功成不必在我* for continuations; "" if it shares none).
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    order = pd.Index(dict.fromkeys(phrases), dtype="str")
    known = pd.Series([entries.get(one, one) for one in order], index=order)
    open_to = [(one, frame) for one in order for frame in frames(one)]
    starts = ((one, heads.get(one, one)) for one in order)
    open_to += [(one, head + SLOT) for one, head in starts if len(head) >= HEAD]
    slots = pd.DataFrame(open_to, columns=["phrase", "slot"], dtype="str")
    slots = slots[slots.duplicated("slot", keep=False)]
    size = slots.groupby("slot")["phrase"].transform("size")
    best = slots.assign(size=size, length=slots["slot"].str.len())
    best = best.sort_values(["size", "length"], ascending=False, kind="stable")
    keys = pd.factorize(pd.concat([known, slots["slot"]]))[0] + len(order)
    rows = np.concatenate([np.arange(len(order)), order.get_indexer(pd.Index(slots["phrase"]))])
    shape = (len(order) + len(keys),) * 2
    links = coo_array((np.ones(len(keys)), (rows, keys)), shape)
    group = connected_components(links, directed=False)[1][: len(order)]
    first = known.iloc[np.argsort([one not in entries for one in order], kind="stable")]
    named = first.groupby(pd.Series(group, index=order).reindex(first.index)).first()
    slot = best.drop_duplicates("phrase").set_index("phrase")["slot"]
    told = {
        "family": named.loc[group.tolist()].to_numpy(),
        "slot": slot.reindex(order, fill_value=""),
    }
    return pd.DataFrame(told, index=order.rename("phrase"))


def fillings(corpus: Corpus, pattern: str) -> pd.DataFrame:
    """List what fills the slot of a frame in the texts, quoted there or not.

    Parameters
    ----------
    corpus : Corpus
        Uses `documents`: text and, where present, date, year, province.
    pattern : str
        A frame with one `*`: within a clause (一张蓝图*到底), or at its end, for what follows in
        the same or the next member of a series (功成不必在我*).

    Returns
    -------
    DataFrame, one row a wording, in most documents first
        wording (without punctuation); count; documents; provinces; first, last (dates of this
        corpus, as `days` gives them).

    Raises
    ------
    PatternError
        The pattern has no `*`, or more than one, or nothing before it.
    """
    before, *after = pattern.split(SLOT)
    if len(after) != 1 or not before:
        raise PatternError(
            f"Cannot fill {pattern!r}. It needs one `*` behind some characters, such as "
            "一张蓝图*到底 or 功成不必在我*."
        )
    ends = re.escape(CLAUSE_END)
    gap = (
        f"[^{ends}]{{0,{GAP}}}?{re.escape(after[0])}"
        if after[0]
        else (f"(?:[、，]?(?!的)(?:[^{ends}、”’」』]{{2,{GAP}}}(?=[{ends}、”’」』]|$)))?")
    )
    search = re.compile(re.escape(before) + gap)
    documents = originals(corpus)
    hits = [
        (doc_id, normalise(hit[0]).text)
        for doc_id, text in documents["text"].items()
        for hit in search.finditer(text)
    ]
    found = pd.DataFrame(hits, columns=["doc_id", "wording"], dtype="str")
    told = documents.reindex(columns=["province"]).assign(day=days(documents))
    found = (
        found.join(told, on="doc_id")
        .groupby("wording")
        .agg(
            count=("doc_id", "size"),
            documents=("doc_id", "nunique"),
            provinces=("province", "nunique"),
            first=("day", "min"),
            last=("day", "max"),
        )
    )
    return found.sort_values(["documents", "count"], ascending=False, kind="stable").reset_index()
