"""Progress: in a terminal, which step is on, how much of it is done, and how long it will take.

Nowhere else: not in pipes and files, not in notebooks and what is exported of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Any

WAIT = 1.0  # seconds of a step before its bar is shown


def bar(items: Iterable[Any] | None, said: str, *, total: int | None = None) -> Any:
    """Wrap what a step goes through; or, with a total and no items, make a bar to `update`.

    Parameters
    ----------
    said : str
        The step, and what it goes through: "words, documents".
    """
    from tqdm import tqdm

    options: dict[str, Any] = {"disable": True}
    if sys.stderr is not None and sys.stderr.isatty():
        options = {"leave": False, "delay": WAIT, "smoothing": 0.1}
        if not all(os.get_terminal_size(sys.stderr.fileno())):  # it does not say: tqdm shows none
            options |= {"ncols": 80, "nrows": 24}
    return tqdm(items, said, total, unit="", **options)
