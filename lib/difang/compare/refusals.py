"""What can be said of a group of so many documents, and the sentence for what cannot.

In go numbers of documents, out come sentences in Chinese and English. All wording stands
in data/reference/refusals.csv.
"""

from __future__ import annotations

from collections.abc import Collection
from math import log
from typing import Any, NamedTuple

import pandas as pd

from difang import project

FEW = 10  # documents: below this an interval is too narrow, and idf hardly weighs
UNEVEN = 10  # times: documents whose lengths differ more are not weighed alike by plain tf


class TooLittleWarning(UserWarning):
    """A table is empty, since there is too little to say anything; the message says why."""


class Refusal(NamedTuple):
    """A sentence that limits what may be read from a table, in both languages."""

    zh: str
    en: str


_TABLE = pd.read_csv(project.REFERENCE / "refusals.csv", keep_default_na=False)
#: Every sentence of this room.
WORDS = {key: Refusal(zh, en) for key, zh, en in _TABLE.itertuples(index=False)}


def say(key: str, **values: Any) -> Refusal:
    """Fill a sentence of `WORDS` in both languages; the Chinese calls columns by their labels.

    >>> say("no group", by="level").zh
    '没有一篇文献标明“层级”，无从比较。'
    """
    zh, en = WORDS[key]
    own = {name: WORDS.get(f"column {one}", Refusal(str(one), "")) for name, one in values.items()}
    labels = {f"{name}_zh": label.zh for name, label in own.items()}
    return Refusal(zh.format(**labels | values), en.format(**values))


def refusal(n_docs: int) -> Refusal | None:
    """Give the sentence that stands in place of a headline list, or None if the list may stand.

    >>> refusal(2).zh
    '本组只有 2 篇文献，无法可靠估计组内差异；仅列两篇各自的词频与共同出现的词，不作检验。'
    >>> refusal(3) is None
    True
    """
    return reading(n_docs) if n_docs < 3 else None


def reading(n_docs: int) -> Refusal:
    """Say how far a group of so many documents carries: never an empty sentence.

    >>> reading(3).en[:37]
    'This group has only 3 documents. Limi'
    """
    small = ("none", "one", "two", "range", "range")
    key = small[max(n_docs, 0)] if n_docs < len(small) else "narrow" if n_docs < FEW else "enough"
    return say(key, n=n_docs)


def idf_range(n_documents: int) -> tuple[float, float]:
    """Give the smooth idf of a term that all documents have, and of one that a single one has.

    >>> [round(idf, 2) for idf in idf_range(5)]
    [1.0, 2.1]
    """
    return 1.0, log((1 + n_documents) / 2) + 1


def idf_reading(n_documents: int) -> Refusal:
    """Say between what values idf runs, and that it hardly weighs where documents are few."""
    low, high = idf_range(n_documents)
    weak = WORDS["weak"] if n_documents < FEW else Refusal("", "")
    sentences = zip(WORDS["idf"], weak, strict=True)
    return Refusal(*(s.format(n=n_documents, low=low, high=high, weak=w) for s, w in sentences))


def length_reading(tokens: Collection[int]) -> Refusal | None:
    """Advise on documents of very different lengths (tokens of each), or None where they are not.

    >>> length_reading([900, 9_000]) is None
    True
    """
    some = [int(n) for n in tokens if n > 0]
    if not some or max(some) <= UNEVEN * min(some):
        return None
    return say("lengths", longest=max(some), shortest=min(some))
