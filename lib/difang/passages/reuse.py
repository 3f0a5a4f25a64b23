"""Shared passages: which wording stands, character for character, in two documents or more.

Takes a corpus; gives one row a passage and document.
"""

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from difang.corpus.caching import kept
from difang.corpus.documents import Corpus
from difang.corpus.duplicates import repeats
from difang.errors import DifangError
from difang.passages.families import families
from difang.passages.joining import in_two, wholes
from difang.passages.matches import Ints, Names, documents_of, maximal_matches
from difang.passages.normalising import BREAK, Codes, is_han, kept_codes, normalise, originals
from difang.progress import bar

LARGE_CORPUS = 50  # documents; from here on passages of 8 characters are mostly chance
MIN_CHARS_SMALL, MIN_CHARS_LARGE = 8, 12  # Han characters
STOCK_SHARE, STOCK_FLOOR, STOCK_CEILING = 0.2, 3, 20  # of the documents; documents
WORTH = 1.0  # seconds: what is found sooner is not kept
COPIED = 40  # Han characters of a sentence; what the seeds share of national wording has up to 38

COLUMNS = [
    *("span_id", "text", "chars", "doc_id", "start", "end", "n", "kind", "family"),
    *("whole", "whole_start", "whole_end"),
]


class ReuseError(DifangError):
    """Shared passages cannot be found as asked."""


class _Stream(NamedTuple):
    """All documents one after another: characters as small integers."""

    letters: Codes  # code points of the distinct characters, by number
    names: Names  # equal for equal characters, 0 at breaks
    begins: Ints  # where each document begins


def shared_passages(corpus: Corpus, *, min_chars: int | None = None) -> pd.DataFrame:
    """Find every passage that two documents share and that cannot be made longer in both.

    What takes more than a second is kept in the cache for the next time.

    A passage is a run of characters inside one sentence, on text reduced to Han characters,
    letters and digits (script and width alike, punctuation out). It is listed if some two
    documents have it where their neighbouring characters differ on the left and on the right
    (maximal exact match); all documents that hold it are then listed, also where it is part of
    a longer one. Exact, no sampling. Copies (`duplicate_of`) are left out.

    Variants of one wording are one family (`difang.passages.families`), and `kind` is that of the
    family. It is "stock formula" where many documents hold it: a fifth of them, but at least 3
    and at most 20 are enough (what stands in more than 20 documents has no one source to be traced
    to, however large the corpus); "copied passage" where fewer hold it, and two documents have 40
    Han characters of it as a whole, which wording that everyone uses seldom has; else "shared
    passage".
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
        the passage that its family is called after); whole (Han characters that this sentence has
        of the family, gaps too); whole_start, whole_end (where these begin and end).

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
    texts = documents["text"]
    code = [path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("*.py"))]
    hashes = [sha256(text.encode()).hexdigest() for text in texts]
    given = length, texts.index.tolist(), hashes, code
    return kept("passages", partial(_found, texts, length), *given, worth=WORTH)


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


def _found(texts: "pd.Series[str]", length: int) -> pd.DataFrame:
    stream = _stream(texts)
    matches = maximal_matches(stream.names, stream.begins, length)
    found = [_by_document(stream, *passages) for passages in matches]
    if not found:
        return _typed(pd.DataFrame(columns=COLUMNS))
    return _table(pd.concat(found, ignore_index=True), stream, texts, length)


def _by_document(stream: _Stream, length: int, positions: Ints, group: Ints) -> pd.DataFrame:
    """One row a passage and document: where the passage first stands, there and in the corpus."""
    rows = pd.DataFrame(
        {"group": group, "row": documents_of(positions, stream.begins), "at": positions}
    )
    rows = rows.groupby(["group", "row"], sort=False)["at"].agg(at="first", n="size").reset_index()
    rows["first"] = rows.groupby("group")["at"].transform("first")
    return rows.assign(length=length)


def _table(
    found: pd.DataFrame, stream: _Stream, texts: "pd.Series[str]", min_chars: int
) -> pd.DataFrame:
    """Name, measure and order the passages: longest first, then in most documents, then first."""
    han = np.array([is_han(chr(code)) for code in stream.letters])[stream.names]
    before = np.zeros(len(han) + 1, np.int32)
    np.cumsum(han, out=before[1:])
    del han
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
        sentence=np.searchsorted(np.flatnonzero(stream.names == 0), found["at"]),
    )
    found["family"] = families(found)
    many = min(STOCK_CEILING, max(STOCK_FLOOR, int(np.ceil(STOCK_SHARE * len(texts)))))
    few = (found.groupby("family")["row"].transform("nunique") < many).to_numpy()
    found = found.join(wholes(found, few, stream.names, before, gap=min_chars))
    both = found["family"].map(in_two(found, "row"))
    copied = np.where(both >= COPIED, "copied passage", "shared passage")
    spans = found.drop_duplicates("span_id")
    written = [
        _written(stream, *span) for span in zip(spans["first"], spans["length"], strict=True)
    ]
    return _typed(
        found.assign(
            text=pd.Index(written, dtype="str")[found["span_id"] - 1],
            doc_id=texts.index[found["row"]],
            kind=np.where(few, copied, "stock formula"),
            **_offsets(found, stream, texts),
        )
    )


def _written(stream: _Stream, first: int, length: int) -> str:
    codes = stream.letters[stream.names[first : first + length]]
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def _offsets(found: pd.DataFrame, stream: _Stream, texts: "pd.Series[str]") -> dict[str, Ints]:
    """Tell where passages begin and end in the clean text; it is read again, not kept in mind."""
    ends = [0, 1, 0, 1]
    places = found[["at", "end", "whole_start", "whole_end"]].to_numpy() - ends
    rows = found["row"].to_numpy()
    places -= stream.begins[rows, None]
    for lines in found.groupby("row").indices.values():
        places[lines] = kept_codes(texts.iloc[int(rows[lines[0]])])[1][places[lines]]
    return dict(zip(("start", "end", "whole_start", "whole_end"), (places + ends).T, strict=True))


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
    numbers = np.zeros(0x110000, np.uint32)
    letters, parts = [ord(BREAK)], [np.zeros(1, np.uint16)]
    for text in bar(texts, "passages, documents"):
        codes, _ = kept_codes(text + BREAK)
        new = np.unique(codes[(numbers[codes] == 0) & (codes != ord(BREAK))])
        numbers[new] = np.arange(len(letters), len(letters) + len(new))
        letters += new.tolist()
        parts.append(numbers[codes].astype(np.min_scalar_type(len(letters))))
    begins = np.cumsum([*map(len, parts[:-1])])
    return _Stream(np.array(letters, np.uint32), np.concatenate(parts), begins)
