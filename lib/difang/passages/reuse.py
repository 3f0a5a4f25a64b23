"""Shared passages: which wording stands, character for character, in two documents or more.

Takes a corpus; gives one row a passage and document.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from difang.corpus.documents import Corpus
from difang.corpus.duplicates import repeats
from difang.errors import DifangError
from difang.passages.families import families
from difang.passages.joining import wholes
from difang.passages.matches import Ints, Names, maximal_matches
from difang.passages.normalising import BREAK, is_han, normalise, originals

LARGE_CORPUS = 50  # documents; from here on passages of 8 characters are mostly chance
MIN_CHARS_SMALL, MIN_CHARS_LARGE = 8, 12  # Han characters
STOCK_SHARE, STOCK_FLOOR, STOCK_CEILING = 0.2, 3, 20  # of the documents; documents
COPIED = 40  # Han characters of a sentence; what the seeds share of national wording has up to 38

COLUMNS = [
    *("span_id", "text", "chars", "doc_id", "start", "end", "n", "kind", "family"),
    *("whole", "whole_start", "whole_end"),
]


class ReuseError(DifangError):
    """Shared passages cannot be found as asked."""


class _Stream(NamedTuple):
    """All documents one after another: characters as small integers."""

    text: str
    letters: str  # distinct characters, by number
    names: Names  # equal for equal characters, 0 at breaks
    document: Names  # row number of the document
    offset: Names  # offset in its clean text


def shared_passages(corpus: Corpus, *, min_chars: int | None = None) -> pd.DataFrame:
    """Find every passage that two documents share and that cannot be made longer in both.

    A passage is a run of characters inside one sentence, on text reduced to Han characters,
    letters and digits (script and width alike, punctuation out). It is listed if some two
    documents have it where their neighbouring characters differ on the left and on the right
    (maximal exact match); all documents that hold it are then listed, also where it is part of
    a longer one. Exact, no sampling. Copies (`duplicate_of`) are left out.

    Variants of one wording are one family (`difang.passages.families`), and `kind` is that of the
    family. It is "stock formula" where many documents hold it: a fifth of them, but at least 3
    and at most 20 are enough (what stands in more than 20 documents has no one source to be traced
    to, however large the corpus); "copied passage" where fewer hold it, and a sentence has 40 Han
    characters of it as a whole, which wording that everyone uses seldom has; else "shared passage".
    The whole is what a change, or several, have left of the sentence: all passages of the family
    in it, what is shared beside them in pieces that are too short to be listed
    (`difang.passages.joining`), and the gaps between, if none is as long as a passage has to be.
    Copied from each other, or both from a third text: a directive, a speech, last year's report. A
    document that is whole a copy of another, a repost, is left out; `reposts` lists these.

    Parameters
    ----------
    corpus : Corpus
        Uses `documents`, index doc_id, columns text and, where present, duplicate_of.
    min_chars : int, optional
        Shortest passage, in Han characters; 12, or 8 below 50 documents.

    Returns
    -------
    DataFrame, one row a passage and document, longest passage first
        span_id; text (normalised); chars (Han characters); doc_id; start, end (of the first
        occurrence, in the clean text); n (occurrences in the document); kind; family (span_id of
        the passage that its family is called after); whole (Han characters that a sentence has of
        the family, gaps too, at most); whole_start, whole_end (of what this sentence has of it).

    Raises
    ------
    ReuseError
        `min_chars` is below 2.
    """
    documents = originals(corpus)
    length = shortest(corpus) if min_chars is None else min_chars
    if length < 2:
        raise ReuseError(
            f"Cannot look for shared passages of {length} character. A passage holds at least 2 "
            "characters; 8 suit a small corpus, 12 a large one. Choose `min_chars` from there."
        )
    stream = _stream(documents["text"])
    matches = maximal_matches(stream.names, stream.document, length)
    found = [_by_document(stream, *passages) for passages in matches]
    if not found:
        return _typed(pd.DataFrame(columns=COLUMNS))
    return _table(pd.concat(found, ignore_index=True), stream, documents.index, length)


def reposts(corpus: Corpus) -> pd.DataFrame:
    """List the documents that are whole one text again, as `shared_passages` lists passages.

    Parameters
    ----------
    corpus : Corpus
        Uses `documents`, index doc_id, columns text and, where present, duplicate_of.

    Returns
    -------
    DataFrame, one row a document, those of one text together
        The columns of `shared_passages`, kind "repost"; text and chars are those of the document
        that is kept where copies are left out, start and end those of the whole text. The copies
        may differ from it: the evidence of `duplicate_of` says how much is shared.
    """
    documents = corpus.documents[corpus.documents["text"].notna()]
    own = pd.Series(documents.index, documents.index)
    source = documents["duplicate_of"].fillna(own) if "duplicate_of" in documents else own
    again = documents[source.duplicated(keep=False)]
    rows: list[tuple[object, ...]] = []
    for number, (_, copies) in enumerate(again.groupby(source, sort=False), start=1):
        kept = normalise(copies.loc[~repeats(copies), "text"].iloc[0]).text.replace(BREAK, "")
        whole = (number, kept, sum(map(is_han, kept)))
        for doc_id, text in copies["text"].items():
            plain = normalise(text)
            places = np.flatnonzero([char != BREAK for char in plain.text])
            start, end = plain.offsets[places[[0, -1]]] if len(places) else (0, -1)
            rows.append(
                (*whole, doc_id, start, end + 1, 1, "repost", number, whole[2], start, end + 1)
            )
    return _typed(pd.DataFrame(rows, columns=COLUMNS))


def shortest(corpus: Corpus) -> int:
    """Length of the shortest passage looked for unless another is asked for, in characters."""
    return MIN_CHARS_SMALL if len(originals(corpus)) < LARGE_CORPUS else MIN_CHARS_LARGE


def _by_document(stream: _Stream, length: int, positions: Ints, group: Ints) -> pd.DataFrame:
    """One row a passage and document: where the passage first stands, there and in the corpus."""
    rows = pd.DataFrame({"group": group, "row": stream.document[positions], "at": positions})
    rows = rows.groupby(["group", "row"], sort=False)["at"].agg(at="first", n="size").reset_index()
    rows["first"] = rows.groupby("group")["at"].transform("first")
    return rows.assign(length=length)


def _table(found: pd.DataFrame, stream: _Stream, doc_ids: pd.Index, min_chars: int) -> pd.DataFrame:
    """Name, measure and order the passages: longest first, then in most documents, then first."""
    han = np.array([is_han(char) for char in stream.letters])[stream.names]
    before = np.insert(np.cumsum(han, dtype=np.int32), 0, 0)
    found["chars"] = before[found["first"] + found["length"]] - before[found["first"]]
    found = found[found["chars"] >= min_chars]
    passage = found.groupby(["first", "length"], sort=False)
    found = found.assign(documents=passage["row"].transform("size")).sort_values(
        ["chars", "documents", "first", "length", "row"],
        ascending=[False, False, True, False, True],
    )
    found = found.assign(
        span_id=found.groupby(["first", "length"], sort=False).ngroup() + 1,
        end=found["at"] + found["length"],
        sentence=np.cumsum(stream.names == 0, dtype=np.int32)[found["at"]],
    )
    found["family"] = families(found)
    many = min(STOCK_CEILING, max(STOCK_FLOOR, int(np.ceil(STOCK_SHARE * len(doc_ids)))))
    few = (found.groupby("family")["row"].transform("nunique") < many).to_numpy()
    found = found.join(wholes(found, few, stream.names, before, gap=min_chars))
    copied = np.where(found["whole"] >= COPIED, "copied passage", "shared passage")
    spans = zip(found["first"], found["length"], strict=True)
    return _typed(
        found.assign(
            text=[stream.text[first : first + length] for first, length in spans],
            doc_id=doc_ids[found["row"]],
            start=stream.offset[found["at"]],
            end=stream.offset[found["end"] - 1] + 1,
            kind=np.where(few, copied, "stock formula"),
            whole_start=stream.offset[found["whole_start"]],
            whole_end=stream.offset[found["whole_end"] - 1] + 1,
        )
    )


def _typed(found: pd.DataFrame) -> pd.DataFrame:
    """Columns in order and of one type, also when no row was found."""
    texts, numbers = (
        ["text", "doc_id", "kind"],
        [*COLUMNS[:1], "chars", *COLUMNS[4:7], *COLUMNS[8:]],
    )
    types = dict.fromkeys(texts, "str") | dict.fromkeys(numbers, "int64")
    return found.reindex(columns=COLUMNS).astype(types).reset_index(drop=True)


def _stream(texts: "pd.Series[str]") -> _Stream:
    """Lay the normalised documents end to end, a break before, between and after."""
    texts_kept, offsets, sizes = [BREAK], [np.zeros(1, np.int32)], []
    for text in texts:
        part = normalise(text + BREAK)
        texts_kept.append(part.text)
        offsets.append(part.offsets.astype(np.int32))
        sizes.append(len(part.text))
    text = "".join(texts_kept)
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4")
    numbers = np.zeros(int(codes.max()) + 1, np.int32)
    numbers[codes] = 1
    letters = np.flatnonzero(numbers)  # the first is a break: letters and digits come after it
    numbers[letters] = np.arange(len(letters))
    document = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    document = np.insert(document, 0, 0)
    characters = "".join(map(chr, letters))
    return _Stream(text, characters, numbers[codes], document, np.concatenate(offsets))
