"""What can be said of a group of so many documents, and the sentence for what cannot.

In go numbers of documents, out come sentences in Chinese and English. All wording stands
in `WORDS`.
"""

from __future__ import annotations

from math import log
from typing import Any, NamedTuple

FEW = 10  # documents: below this an interval is too narrow, and idf hardly weighs


class Refusal(NamedTuple):
    """A sentence that limits what may be read from a table, in both languages."""

    zh: str
    en: str


#: Every sentence of this room.
WORDS = {
    "none": Refusal(
        "本组没有可比较的文献，不列词语。",
        "This group has no document to compare: no terms are listed.",
    ),
    "one": Refusal(
        "本组只有 1 篇文献。表中词语只能说明这一篇与其他文献不同，"
        "无法区分是该省（年）的特点还是该篇的特点；不确定性无法估计，故不给区间与 p 值。",
        "This group has only 1 document. The terms show only that this document differs from the "
        "others; whether the province (year) or the document is special cannot be told apart. "
        "The uncertainty cannot be estimated, so neither interval nor p-value is given.",
    ),
    "two": Refusal(
        "本组只有 2 篇文献，无法可靠估计组内差异；仅列两篇各自的词频与共同出现的词，不作检验。",
        "This group has only 2 documents: how much documents of the group differ cannot be "
        "estimated reliably. Only the frequencies in each of the two and the terms they share are "
        "listed; nothing is tested.",
    ),
    "range": Refusal(
        "本组只有 {n} 篇文献。如列上下限，则为逐一剔除一篇后的变动范围，不是置信区间。",
        "This group has only {n} documents. Limits, where given, are what the result moves between "
        "when each document in turn is left out: a range, not an interval.",
    ),
    "narrow": Refusal(
        "本组有 {n} 篇文献，不足 10 篇：如列区间，则偏窄。",
        "This group has {n} documents, fewer than 10: an interval, where given, is too narrow.",
    ),
    "enough": Refusal("本组有 {n} 篇文献。", "This group has {n} documents."),
    "idf": Refusal(
        "共 {n} 篇文献，idf 介于 {low:.2f}（各篇都有）与 {high:.2f}（仅一篇有）之间{weak}。",
        "With {n} documents, idf lies between {low:.2f} (a term of every document) and {high:.2f} "
        "(a term of one){weak}.",
    ),
    "weak": Refusal("，权重差别很小", ": it weighs terms only weakly"),
    "no group": Refusal(
        "没有一篇文献标明“{by}”，无从比较。",
        "No document has a value for `{by}`: there is nothing to compare.",
    ),
    "one group": Refusal(
        "只有一组（{group}），没有可与之比较的文献。",
        "There is one group only ({group}): nothing to compare it with.",
    ),
    "first": Refusal(
        "{group} 之前没有文献，无法与此前相比；本组不列词语。",
        "No documents lie before {group}: it cannot be compared with those before, and no terms "
        "are listed.",
    ),
    "nothing": Refusal(
        "本组各篇共有的词语中，没有一个比参照组用得更多。",
        "Of the terms that documents of this group share, none is used more than in the reference.",
    ),
}


def say(key: str, **values: Any) -> Refusal:
    """Fill a sentence of `WORDS` in both languages."""
    return Refusal(*(sentence.format(**values) for sentence in WORDS[key]))


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
