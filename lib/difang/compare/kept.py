"""What takes long, kept: numbers of a comparison under the hash of all that they rest on.

In go a function that makes a table and what it is given, out comes the table: that of an earlier
run where there is one (`corpus.caching`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix, issparse

from difang.corpus import caching

WORTH = 1.0  # seconds: what is made sooner is not kept
CODE = "arrangements", "permutation", "resampling", "kept"  # files that decide the numbers
Digest = npt.NDArray[np.uint8]
Given = csr_matrix | npt.NDArray[Any]


def kept(name: str, make: Callable[[], pd.DataFrame], *given: Given) -> pd.DataFrame:
    """Return the table that `make` makes of matrices and arrays, or made of them before."""
    return caching.kept(name, make, *_parts(given), worth=WORTH)


def is_kept(name: str, *given: Given) -> bool:
    """Tell whether `kept` would find a table for these."""
    return caching.is_kept(caching.key(name, *_parts(given)))


def digest(matrix: csr_matrix) -> Digest:
    """Return the hash of a matrix, which stands for it where several tables rest on it."""
    return np.frombuffer(bytes.fromhex(caching.key(*_parts([matrix]))), np.uint8)


def _parts(given: Sequence[Given]) -> list[object]:
    """Give all that a table rests on: shapes and numbers, and the code that makes it."""
    parts: list[object] = [
        Path(__file__).with_name(f"{file}.py").read_text("utf-8") for file in CODE
    ]
    for one in given:
        whole = (one.shape, one.data, one.indices, one.indptr) if issparse(one) else (one,)
        parts += whole
    return parts
