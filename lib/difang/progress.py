"""Progress: in a terminal, which step is on, how much of it is done, and how long it will take.

Nowhere else: not in pipes and files, not in notebooks and what is exported of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

WAIT = 1.0  # seconds of a step before its bar is shown


def bar(
    items: Any, said: str, *, total: int | None = None, size: Callable[[Any], int] | None = None
) -> Any:
    """Wrap what a step goes through.

    Parameters
    ----------
    said : str
        The step, and what it goes through: "words, characters".
    size : callable, optional
        Tells how much of it an item is: where long documents come last, so does most of the work,
        and a bar that counts documents says too little.
    """
    from tqdm import tqdm

    options: dict[str, Any] = {"disable": True}
    if sys.stderr is not None and sys.stderr.isatty():
        options = {"leave": False, "delay": WAIT, "smoothing": 0.1}
        if not all(os.get_terminal_size(sys.stderr.fileno())):  # it does not say: tqdm shows none
            options |= {"ncols": 80, "nrows": 24}
    if size is None:
        return tqdm(items, said, total, unit="", **options)
    return _weighed(
        tqdm(None, said, sum(map(size, items)), unit="", unit_scale=True, **options), items, size
    )


def _weighed(shown: Any, items: Sequence[Any], size: Callable[[Any], int]) -> Iterator[Any]:
    with shown:
        for item in items:
            yield item
            shown.update(size(item))
