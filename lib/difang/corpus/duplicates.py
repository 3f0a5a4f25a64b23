"""Copies: which documents are one text again, as reposts are, whole, cut, captioned or misread.

Takes the table of documents; gives its column `duplicate_of`, and the evidence for each copy.

Two texts are compared as Han characters, letters and digits alone (width, case, punctuation and
blanks are out). They share a character of theirs if it lies in a run of 8 that the other has too.
Their **resemblance** is the number of shared characters (in the text that has fewer of them) over
the length of the longer text. So an excerpt or a summary resembles its source little, however
faithful it is: a copy covers most of both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.corpus.evidence import Evidence
from difang.corpus.sketches import RUN, Hashes, compared, forms, runs_of
from difang.progress import bar

# A text without its last third is a copy, half a text is none. Work reports of one place in
# successive years, the nearest that are no copies, reach a third. A short text may be stock wording
# and names for the most part: three quarters in reports of two sittings of one meeting.
RESEMBLANCE, RESEMBLANCE_SHORT = 0.6, 0.8
SHORT = 800  # characters
# Forms filled in year by year resemble each other without being copies: the numbers tell.
AGREEING = 0.5
HOLDERS = 8  # documents a run leads back to, the earliest; more would tell of stock wording only
PARTS = 16  # of the runs, compared one after the other: less is held at once
COMPARED = ["province", "city", "county", "year"]

Ints = npt.NDArray[np.int64]


class Copy(NamedTuple):
    """One document that copies another, with the characters they share and the longer's length."""

    doc_id: str
    duplicate_of: str
    shared: int
    longer: int


def find_copies(documents: pd.DataFrame, known: pd.DataFrame | None = None) -> list[Copy]:
    """Name for each copy the earliest document it resembles that is itself no copy.

    A copy has a resemblance of 0.6 or more to that very document (not to another copy of it), 0.8
    where both are under 800 characters; and of the numbers of three digits or more in the one with
    fewer, more than half stand in the other. Texts under 200 characters must be equal; texts
    without any are no copies.

    Parameters
    ----------
    documents : DataFrame, index doc_id
        Columns text, date_earliest, date_published. Earliest is by these dates, then by doc_id;
        documents without a date come last. The order of rows is of no account.
    known : DataFrame, optional
        What `forms` gives for the texts, in the order of the rows, if it was asked before.

    Returns
    -------
    list of Copy, from the earliest to the latest

    Notes
    -----
    Candidates share enough of the 256 runs with the smallest hashes (Broder 1997, "On the
    resemblance and containment of documents"); each is then verified on all runs. A run leads back
    to the 8 earliest documents that hold it, so the search grows in proportion to the documents;
    a copy is missed only if its source has nearly all its wording from 8 earlier ones.
    """
    known = forms(documents["text"].fillna("")) if known is None else known
    order = documents[["date_earliest", "date_published"]].rename_axis("doc_id").reset_index()
    order = order.sort_values([*order.columns[1:], "doc_id"])  # NaT is last
    doc_ids, known, texts = order["doc_id"].tolist(), known.iloc[order.index], documents["text"]
    equal, sketches = _read(known)
    sizes, rows = known["size"].tolist(), order.index.to_numpy()
    near = _near(lambda at: texts.iloc[rows[at]], sizes, sketches, known["numbers"].tolist())
    found = [
        (at, *near.get(same, (same, sizes[same], sizes[same]))) for at, same in enumerate(equal)
    ]
    return [
        Copy(doc_ids[at], doc_ids[source], shared, longer)
        for at, source, shared, longer in found
        if at != source and shared
    ]


def note_copies(
    documents: pd.DataFrame, evidence: pd.DataFrame, copies: Collection[Copy]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fill `duplicate_of`, and add to the evidence why, and where a copy and its source disagree.

    Where place or year are known of both and differ, each gets the value of the other as evidence
    of medium confidence, so that both stand among the doubtful fields; where it is known of one
    only, the other gets it as weak evidence. No column but `duplicate_of` changes; what
    data/overrides.csv says of it (empty: no copy) stays. `copies` is what `find_copies` gave.
    """
    by_hand = evidence["field"].eq("duplicate_of") & evidence["basis"].eq("override")
    held = documents.loc[evidence.loc[by_hand, "doc_id"].unique(), "duplicate_of"]
    copies = [copy for copy in copies if copy.doc_id not in held.index]
    of = pd.Series(
        {copy.doc_id: copy.duplicate_of for copy in copies} | held.to_dict(), dtype="str"
    )
    documents = documents.assign(duplicate_of=of.reindex(documents.index).astype("str"))
    concerned = documents.index.isin([doc_id for copy in copies for doc_id in copy[:2]])
    known = documents.loc[concerned, COMPARED].astype("str").to_dict("index")
    rows = [(doc_id, *piece) for copy in copies for doc_id, piece in _pieces(copy, known)]
    if rows:
        new = pd.DataFrame(rows, columns=["doc_id", *Evidence._fields])
        evidence = pd.concat([evidence, new.astype(evidence.dtypes)], ignore_index=True)
    return documents, evidence


def repeats(documents: pd.DataFrame) -> pd.Series[bool]:
    """Tell which documents are to be left out so that each text counts once.

    A copy is left out if its source is among the documents; of several copies of a source that is
    not (a selection may lack it), all but the first.
    """
    if "duplicate_of" not in documents:
        return pd.Series(False, index=documents.index)
    source = documents["duplicate_of"]
    return source.notna() & (source.isin(documents.index) | source.duplicated())


def _pieces(
    copy: Copy, known: dict[Hashable, dict[Hashable, Any]]
) -> Iterator[tuple[str, Evidence]]:
    """Give the evidence of a copy, with the document each piece belongs to."""
    share = f"{copy.shared:,} of {copy.longer:,} characters ({copy.shared / copy.longer:.0%})"
    reason = f"Shares {share} with {copy.duplicate_of}, the earliest text it resembles."
    yield copy.doc_id, _piece("duplicate_of", copy.duplicate_of, "high", reason)
    pair = (copy.doc_id, copy.duplicate_of)
    for doc_id, other in (pair, pair[::-1]):
        reason = f"So it is in {other}, which is the same text: {share} are shared."
        for field, value in known[other].items():
            own = known[doc_id][field]
            if pd.notna(value) and own != value:
                yield doc_id, _piece(str(field), value, "low" if pd.isna(own) else "medium", reason)


def _piece(field: str, value: str, confidence: str, reason: str) -> Evidence:
    return Evidence(field, value, "inferred", confidence, "copy", reason=reason)


def _read(known: pd.DataFrame) -> tuple[list[int], dict[int, Hashes]]:
    """Give for each text the first one equal to it, and the sketches of the longer."""
    first: dict[bytes, int] = {}
    equal = [first.setdefault(digest, at) for at, digest in enumerate(known["digest"])]
    sketches = {
        at: np.frombuffer(sketch, np.uint64)
        for at, sketch in enumerate(known["sketch"])
        if equal[at] == at and sketch
    }
    return equal, sketches


def _near(
    text: Callable[[int], str], sizes: list[int], sketches: dict[int, Hashes], told: list[bytes]
) -> dict[int, tuple[int, int, int]]:
    """Map near copies to the text copied, with the characters shared and the longer's length."""
    runs = lru_cache(maxsize=64)(lambda at: runs_of(compared(text(at))))
    numbers = lru_cache(maxsize=64)(lambda at: {*np.frombuffer(told[at], np.int64).tolist()})
    near: dict[int, tuple[int, int, int]] = {}
    for at, source in bar(_candidates(sketches), "copies, pairs of documents"):
        shorter, longer = sorted((sizes[at], sizes[source]))
        least = (RESEMBLANCE if longer >= SHORT else RESEMBLANCE_SHORT) * longer
        if at in near or source in near or shorter < least:
            continue
        if _tell_the_same(numbers(at), numbers(source)):
            shared = _shared(runs(at), runs(source))
            if shared >= least:
                near[at] = source, shared, longer
    return near


def _candidates(sketches: dict[int, Hashes]) -> list[tuple[int, int]]:
    """Pair each text with the earlier ones that share enough of its sketch, all in order.

    At 0.6 no fewer than 0.6 / 8 of the runs are shared (each shared run covers 8 characters at
    most); half of that is asked of the sketch, which is a sample.
    """
    if not sketches:
        return []
    sizes = np.zeros(max(sketches) + 1, np.int64)
    sizes[list(sketches)] = [len(sketch) for sketch in sketches.values()]
    keys, votes = _votes(sketches, sizes)
    at, source = np.divmod(keys, len(sizes))
    enough = votes >= RESEMBLANCE / RUN / 2 * np.maximum(sizes[at], sizes[source])
    return list(zip(at[enough].tolist(), source[enough].tolist(), strict=True))


def _votes(sketches: dict[int, Hashes], sizes: Ints) -> tuple[Ints, Ints]:
    """Pair texts with earlier ones, as a number, and count the runs of sketches that both hold."""
    keys, votes = map(np.concatenate, zip(*_parts(sketches, sizes), strict=True))
    order = np.argsort(keys)
    keys, votes = keys[order], votes[order]
    (first,) = np.nonzero(np.diff(keys, prepend=-1))
    return keys[first], np.add.reduceat(votes, first) if len(first) else votes


def _parts(sketches: dict[int, Hashes], sizes: Ints) -> list[tuple[Ints, Ints]]:
    """Count the runs that pairs of texts share, part by part of all runs."""
    hashes = np.concatenate(list(sketches.values()))
    holder = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    nth = hashes.astype(np.uint8) % PARTS  # a byte each: the hashes themselves would take eight
    parts = (nth == part for part in range(PARTS))
    return [_voting(holder[part], hashes[part], len(sizes)) for part in parts]


def _voting(holder: npt.NDArray[np.int32], hashes: Hashes, texts: int) -> tuple[Ints, Ints]:
    """Pair texts with earlier ones, as a number, and count the runs that both hold."""
    order = np.argsort(hashes, kind="stable")  # of one run, the earliest holder first
    holder, hashes = holder[order].astype(np.int64), hashes[order]
    start = np.searchsorted(hashes, hashes)
    place = np.arange(len(hashes)) - start
    pairs = []
    for nth in range(HOLDERS):
        (later,) = np.nonzero(place > nth)
        pairs.append(holder[later] * texts + holder[start[later] + nth])
    return np.unique(np.concatenate(pairs), return_counts=True)


def _shared(one: Hashes, other: Hashes) -> int:
    """Count the characters that lie in shared runs, in the text that has fewer of them."""
    hits = pd.Index(one).isin(other), pd.Index(other).isin(one)
    return min(int((np.convolve(hit, np.ones(RUN)) > 0).sum()) for hit in hits)


def _tell_the_same(one: set[int], other: set[int]) -> bool:
    """Whether more than half of the numbers of the text with fewer stand in the other."""
    fewer = min(len(one), len(other))
    return not fewer or len(one & other) > AGREEING * fewer
