"""Ordinary wording: what documents repeat, and is no set phrase by what it is made of.

Takes wordings as runs of words; tells which a researcher need not read.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from difang.corpus.cues import pattern
from difang.corpus.documents import Corpus
from difang.passages import quotations as quotes
from difang.passages.normalising import originals
from difang.passages.set_phrases import families
from difang.words.cutting import general_counts
from difang.words.lexicon import Lexicon

Gram = tuple[Any, ...]
COMMON = 300  # times in the general text of `general_counts`, 60 million words
LINE = 60  # characters; longer paragraphs are no headings
_PARALLEL = re.compile(r"(\w)\w\1\w|\w(\w)\w\2")  # 招大引强 is none, 做大做强 is one


def ordinary(
    corpus: Corpus, lexicon: Lexicon, terms: tuple[str, ...], phrases: Mapping[Gram, str],
    counts: Mapping[Gram, int],
) -> set[Gram]:  # fmt: skip
    """Tell the wordings that name somebody, head a section, or only put common words together.

    A speaker of the corpus is named in it, or it ends as names of bodies and offices do (the
    pattern BODY_END); half of its occurrences are paragraphs by themselves; or each of its words
    is a function word, a phrase of the lexicon, or stands often in general text, and nothing marks
    the whole: no numeral, no parallel build (做大做强), and no quotation marks around it, or what
    holds it, anywhere.

    Parameters
    ----------
    corpus : Corpus
    lexicon : Lexicon
    terms : tuple of str
        The words, as the runs number them.
    phrases : mapping
        Runs of words to the wording.
    counts : mapping
        Runs of words to their occurrences.
    """
    texts = originals(corpus)
    lines = Counter(
        quotes.wording(line)
        for text in texts["text"]
        for line in text.split("\n")
        if len(line) < LINE
    )
    marks = ((text, *span) for text in texts["text"] for span in quotes.spans(text))
    quoted = "\n".join({quotes.wording(text[start:end]) for text, start, end in marks})
    speakers = texts.get("speakers", pd.Series(dtype="str")).dropna()
    named = {one.partition("（")[0] for names in speakers for one in names.split("；")}
    plain = _plain(terms, lexicon)
    return {
        gram for gram, phrase in phrases.items()
        if 2 * lines[phrase] >= counts[gram] or pattern("BODY_END").search(phrase)
        or any(terms[one] in named for one in gram)
        or (all(plain[one] for one in gram) and not (_marked(phrase) or phrase in quoted))
    }  # fmt: skip


def _marked(phrase: str) -> bool:
    return quotes.is_numbered(phrase) or _PARALLEL.fullmatch(phrase) is not None


def _plain(terms: Iterable[str], lexicon: Lexicon) -> list[bool]:
    """Tell the words that are common, or known."""
    general, known = general_counts(), families(lexicon, "any", "quoted")
    stop = frozenset().union(*lexicon.stopwords.values())
    return [
        term in stop or quotes.wording(term) in known
        or (len(term) > 1 and general.get(term, 0) >= COMMON)
        for term in terms
    ]  # fmt: skip
