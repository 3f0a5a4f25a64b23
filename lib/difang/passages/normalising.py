"""The text as passages are compared: what is left when punctuation, spaces and width are gone.

Takes clean text; gives the kept characters, a line break where a sentence ends, and for each
character its offset in the clean text, so that a passage found can be shown as it was written.
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.corpus.documents import Corpus
from difang.corpus.duplicates import repeats

# A passage ends where a sentence or a paragraph ends; clauses (，、：) run on.
SENTENCE_ENDS = frozenset("。！？；!?;\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
BREAK = "\n"
_DROPPED = -1
_BLOCK = 256  # code points that are looked up together
Codes = npt.NDArray[np.uint32]


class Normalised(NamedTuple):
    """Kept characters, one sentence a line, and the offset of each in the text it came from."""

    text: str
    offsets: npt.NDArray[np.int64]


def normalise(text: str, *, keep: str = "") -> Normalised:
    r"""Reduce `text` to Han characters, letters and digits, with a line break at each sentence end.

    Full-width letters and digits become half-width, one character for one. Sentence ends are
    。！？； (and their half-width forms) and line ends.

    Parameters
    ----------
    text : str
        Clean text.
    keep : str
        Further characters to keep, such as "+" in 互联网+.

    Returns
    -------
    Normalised
        `offsets[i]` is where `text[i]` stood in the text given.

    Examples
    --------
    >>> normalise("“１３５”计划，开局。").text
    '135计划开局\n'
    """
    codes, offsets = kept_codes(text, keep)
    return Normalised(codes.tobytes().decode("utf-32-le"), offsets)


def kept_codes(text: str, keep: str = "") -> tuple[Codes, npt.NDArray[np.int64]]:
    """Normalise, with the characters as code points."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    blocks, within = np.divmod(codes, _BLOCK)
    found = np.bincount(blocks) > 0
    tables = [_kept(block, keep) for block in np.flatnonzero(found).tolist()]
    place = (np.cumsum(found) - 1)[blocks]
    mapped = np.stack([*tables, np.zeros(_BLOCK, np.int32)])[place, within]
    offsets = np.flatnonzero(mapped != _DROPPED)
    return mapped[offsets].astype("<u4"), offsets


def originals(corpus: Corpus) -> pd.DataFrame:
    """Documents that hold text and are no copy of another that is there."""
    documents = corpus.documents
    return documents[documents["text"].notna() & ~repeats(documents)]


def is_han(char: str) -> bool:
    """Tell whether a character is Chinese script; 〇 and 々 count, they stand in for characters."""
    return char in "〇々" or unicodedata.name(char, "").startswith("CJK ")


@lru_cache(maxsize=2**12)
def _kept(block: int, keep: str) -> npt.NDArray[np.int32]:
    """Give the code points that those of a block are compared as."""
    codes = range(block * _BLOCK, (block + 1) * _BLOCK)
    return np.array([_kept_as(chr(code), keep) for code in codes], np.int32)


def _kept_as(char: str, keep: str) -> int:
    """Code point a character is compared as, or `_DROPPED`."""
    if char in SENTENCE_ENDS:
        return ord(BREAK)
    folded = unicodedata.normalize("NFKC", char)
    kind = unicodedata.category(char)
    if kind[0] != "L" and kind not in ("Nd", "Nl") and folded not in [*keep]:
        return _DROPPED
    return ord(folded) if len(folded) == 1 else ord(char)
