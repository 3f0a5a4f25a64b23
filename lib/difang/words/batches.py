"""Batches of texts: what is made of them is kept, and made by the cores or the workers of Dask."""

import hashlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, TypeVar

import pandas as pd

from difang.corpus import caching
from difang.corpus.engine import spread
from difang.corpus.loading import batches
from difang.progress import bar

PACE = 3_000_000  # characters a second, about, to tell whether more processes pay
MADE_BY = (
    "counting", "cutting", "dictionary", "joining", "matching", "partitions", "routes",
    "segmentation", "viterbi", "vocabulary",
)  # fmt: skip
T = TypeVar("T", bound=tuple[object, ...])


class _Row(NamedTuple):
    place: int
    sha256: str
    chars: int


class _Batch(NamedTuple):
    rows: slice
    chars: int
    key: str


def by_batches(
    texts: "pd.Series[str]",
    rests_on: tuple[object, ...],
    make: Callable[[], Callable[[Sequence[str]], T]],
    kind: type[T],
    *,
    cache: bool,
    as_kept: Callable[[T], T] = lambda made: made,
) -> Iterator[T]:
    """Yield what a tool makes of each batch of texts: kept before, or made now.

    Parameters
    ----------
    texts : Series of str
    rests_on : tuple
        What decides the results, beside texts and code.
    make : callable
        Makes the tool, which takes the texts of a batch; only asked if some are missing.
    kind : class of named tuple
        What the tool gives.
    cache : bool
        Whether to look for, and leave, the results in data/cache.
    as_kept : callable, optional
        Turns results into what is kept of them.
    """
    dealt = _dealt(texts, kind.__name__, *rests_on)
    kept = [_recall(batch.key, kind) if cache else None for batch in dealt]
    missing = [batch for batch, made in zip(dealt, kept, strict=True) if made is None]
    with closing(_made(make, texts, missing, as_kept if cache else None)) as news:
        for made in kept:
            yield next(news) if made is None else made


def _dealt(texts: "pd.Series[str]", *rests_on: object) -> list[_Batch]:
    """Deal the texts into the batches that are kept, each under all that decides its words."""
    files = (Path(__file__).with_name(f"{name}.py") for name in MADE_BY)
    code = [file.read_text("utf-8") for file in files]
    return [
        _Batch(
            slice(rows[0].place, rows[-1].place + 1),
            sum(row.chars for row in rows),
            caching.key("words", rests_on, code, [row.sha256 for row in rows]),
        )
        for rows in batches(_Row(i, _sha256(text), len(text)) for i, text in enumerate(texts))
    ]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _made(
    make: Callable[[], Callable[[Sequence[str]], T]],
    texts: "pd.Series[str]",
    missing: list[_Batch],
    as_kept: Callable[[T], T] | None,
) -> Generator[T]:
    """Make what is not kept, and keep it."""
    seconds = sum(batch.chars for batch in missing) / PACE
    pieces = (texts.iloc[batch.rows].tolist() for batch in missing)
    shown = bar(missing, "words, characters", size=lambda batch: batch.chars)
    for batch, made in zip(shown, spread(make(), pieces, seconds), strict=True):
        if as_kept:
            row = pd.DataFrame([as_kept(made)])
            caching.keep(batch.key, {"words": caching.as_kept(row)})
        yield made


def _recall(key: str, kind: type[T]) -> T | None:
    kept = caching.recall(key)
    return kind(*kept["words"].to_pandas().iloc[0]) if kept else None
