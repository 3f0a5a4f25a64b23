"""What takes long, kept: numbers of a comparison under the hash of all that they rest on.

In go a function that makes a table and what it is given, out comes the table: that of an earlier
run where there is one (`corpus.caching`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from difang.corpus import caching

WORTH = 1.0  # seconds: what is made sooner is not kept
CODE = "arrangements", "permutation", "resampling", "kept"  # files that decide the numbers


def kept(
    name: str,
    make: Callable[[], pd.DataFrame],
    matrix: csr_matrix,
    *others: npt.NDArray[Any],
) -> pd.DataFrame:
    """Return the table that `make` makes of a matrix and other arrays, or made of them before."""
    given = matrix.shape, matrix.data, matrix.indices, matrix.indptr, *others
    code = [Path(__file__).with_name(f"{file}.py").read_text("utf-8") for file in CODE]
    return caching.kept(name, make, *given, code, worth=WORTH)
