"""What takes long, kept: numbers of a comparison under the hash of all that they rest on.

In go a function that makes a table and what it is given, out comes the table: that of an earlier
run where there is one. Deleting data/cache only costs time.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy
from scipy.sparse import csr_matrix

from difang.corpus import caching

WORTH = 1.0  # seconds: what is made sooner is not kept
CODE = "permutation", "resampling", "kept"  # files that decide the numbers


def kept(
    name: str,
    make: Callable[[], pd.DataFrame],
    matrix: csr_matrix,
    *others: npt.NDArray[Any],
) -> pd.DataFrame:
    """Return the table that `make` makes of a matrix and other arrays, or made of them before."""
    given = *(matrix.data, matrix.indices, matrix.indptr), *others
    hashes = [(str(one.dtype), hashlib.sha256(one.tobytes()).hexdigest()) for one in given]
    code = [Path(__file__).with_name(f"{file}.py").read_text("utf-8") for file in CODE]
    key = caching.key(name, matrix.shape, hashes, code, np.__version__, scipy.__version__)
    if tables := caching.recall(key):
        return tables[name]
    started = time.perf_counter()
    made = make()
    if time.perf_counter() - started > WORTH:
        caching.keep(key, {name: made})
    return made
