"""What the search for copies compares of a text: its characters, hashes of their runs, a sketch.

In go texts, out comes a row a text, small enough to be kept with its document.
"""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import pandas as pd

RUN = 8  # characters; runs of 8 are seldom chance, and one character misread spoils 8 of them
SHORTEST = 200  # below, one sentence is much of the text: only equal texts are copies
SKETCH = 256  # runs that stand for a text in the search for candidates
NUMBERS = re.compile(r"\d{3,18}")

_OTHER = re.compile(r"[^0-9\u4e00-\u9fff]+")  # what has other forms, beside which Han has none
Hashes = npt.NDArray[np.uint64]
_ODD, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


def forms(texts: Iterable[str]) -> pd.DataFrame:
    """Tell what the search for copies asks of each text, in the order of the texts.

    Returns
    -------
    DataFrame
        Columns digest (bytes; equal for equal texts), size (characters compared), sketch (bytes;
        none of a text too short to resemble another), numbers (bytes; of three digits or more).
    """
    rows = []
    for text in texts:
        form, numbers = compared(text), {*map(int, NUMBERS.findall(text))}
        digest = blake2b(form.encode(), digest_size=16).digest()
        sketch = _sketch(runs_of(form)).tobytes() if len(form) >= SHORTEST else b""
        rows.append((digest, len(form), sketch, np.array(sorted(numbers), np.int64).tobytes()))
    return pd.DataFrame(rows, columns=["digest", "size", "sketch", "numbers"])


def compared(text: str) -> str:
    """Reduce a text to what is compared."""
    words = re.findall(r"[0-9A-Za-z\u4e00-\u9fff]+|[^\W_]", text)  # the first is much quicker
    return _OTHER.sub(lambda m: unicodedata.normalize("NFKC", m[0]).casefold(), "".join(words))


def runs_of(form: str) -> Hashes:
    """Hash each run of 8 characters, in order of place."""
    codes = np.frombuffer(form.encode("utf-32-le"), "<u4").astype(np.uint64)
    size = max(0, len(codes) - RUN + 1)
    hashes = np.zeros(size, np.uint64)
    for start in range(RUN):
        hashes = hashes * _ODD + codes[start : start + size]
    hashes = (hashes ^ (hashes >> np.uint64(29))) * _MIX
    return hashes ^ (hashes >> np.uint64(32))


def _sketch(hashes: Hashes) -> Hashes:
    """Return the smallest hashes of a text, each once; to sort them all would take longest."""
    low = np.partition(hashes, 4 * SKETCH)[: 4 * SKETCH] if len(hashes) > 4 * SKETCH else hashes
    sketch = np.unique(low)[:SKETCH]
    return (sketch if len(sketch) == SKETCH else np.unique(hashes)[:SKETCH]).copy()
