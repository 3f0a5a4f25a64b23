"""Where phrases stand: every occurrence, as counted, and the lines to read it in.

Takes phrases as the register writes them (no punctuation); gives offsets in the clean text.
"""

from array import array
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import pandas as pd

from difang.corpus.documents import Corpus
from difang.passages import quotations as quotes
from difang.passages.normalising import Normalised, normalise, originals


def automaton(phrases: Iterable[str]) -> Any:
    """All phrases as one automaton, so that a text is read once."""
    import ahocorasick

    found = ahocorasick.Automaton()
    for phrase in phrases:
        found.add_word(phrase, phrase)
    found.make_automaton()
    return found


def occurrences(
    corpus: Corpus, phrases: Iterable[str], *, bound: Collection[str] = ()
) -> pd.DataFrame:
    """List where phrases stand, as `set_phrases` counts them: numerals where they are quoted.

    Parameters
    ----------
    corpus : Corpus
        Uses `documents`, index doc_id, columns text and, where present, duplicate_of.
    phrases : iterable of str
        As in the column phrase of a register.
    bound : collection of str
        Further phrases that count in quotation marks only, such as `families(lexicon, "quoted")`.

    Returns
    -------
    DataFrame, one row an occurrence, in the order of the corpus
        phrase, doc_id, start, end (offsets in the clean text).
    """
    wanted = dict.fromkeys(phrases)
    quoted = {phrase for phrase in wanted if phrase in bound or quotes.is_number(phrase)}
    free = automaton(phrase for phrase in wanted if phrase not in quoted)
    open_ended = {
        phrase for phrase in wanted if any(map(quotes.is_number, phrase[:1] + phrase[-1:]))
    }
    texts, found, bounds, numbers = originals(corpus)["text"], list[str](), array("q"), array("q")
    for text in texts:
        plain = normalise(text, keep=quotes.PLUS)
        places = [
            (plain.offsets[last - len(phrase) + 1], plain.offsets[last] + 1, phrase)
            for last, phrase in (free.iter(plain.text) if len(free) else ())
            if phrase not in open_ended or not _is_cut(plain, last, phrase)
        ]
        marked = (
            (start, end, quotes.wording(text[start:end])) for start, end in quotes.spans(text)
        )
        places += (place for place in marked if place[2] in quoted)
        places.sort()
        found += [phrase for *_, phrase in places]
        bounds.extend(bound for *both, _ in places for bound in both)  # not kept as objects
        numbers.append(len(places))
    start, end = np.array(bounds, np.int64).reshape(-1, 2).T
    doc_id = texts.index.repeat(np.array(numbers, np.intp)).astype("str")
    columns = {"phrase": pd.Series(found, dtype="str"), "doc_id": doc_id.array}
    return pd.DataFrame({**columns, "start": start, "end": end})


def days(documents: pd.DataFrame) -> "pd.Series[str]":
    """Give the date of each document as text: its day, or its year if no more is known.

    >>> table = pd.DataFrame({"date": pd.to_datetime(["2018-09-13", None]), "year": [2018, 2019]})
    >>> days(table).tolist()
    ['2018-09-13', '2019']
    """
    told = documents.reindex(columns=["date", "year"])
    known: pd.Series[str] = pd.to_datetime(told["date"]).dt.strftime("%Y-%m-%d").astype("str")
    return known.fillna(told["year"].astype("Int64").astype("str"))


def periods(first: "pd.Series[str]", last: "pd.Series[str]") -> "pd.Series[str]":
    """Join the first and last date of each row, to the month; one where the last adds nothing.

    >>> first, last = pd.Series(["2018-09-13", "2019"]), pd.Series(["2021", "2019-02-11"])
    >>> periods(first, last).tolist()
    ['2018-09 – 2021', '2019']
    """
    start, end = first.str[:7], last.str[:7]
    within = np.array([str(b).startswith(str(a)) for a, b in zip(start, end, strict=True)], bool)
    return start.where(within, start + " – " + end)


def fragments(found: pd.DataFrame) -> "pd.Series[str]":
    """Name, of each phrase that stands nowhere by itself, the longer one that first holds it.

    Parameters
    ----------
    found : DataFrame
        What `occurrences` found.

    Returns
    -------
    Series of str, index phrase
    """
    base = pd.factorize(found["doc_id"])[0] * (found["end"].max() + 1 if len(found) else 0)
    rows = found.assign(start=found["start"] + base, end=found["end"] + base)
    rows = rows.sort_values(["start", "end"], ascending=[True, False], kind="stable")
    inside = rows["end"] <= rows["end"].cummax().shift(fill_value=-1)
    held = rows.assign(by=rows["phrase"].mask(inside).ffill(), inside=inside).groupby("phrase")
    told = held.agg(by=("by", "first"), inside=("inside", "all"))
    by: pd.Series[str] = told.loc[told["inside"], "by"]
    return by


def longest_rest(text: str, phrases: Any) -> int:
    """Length of the longest run of a text that no phrase of an automaton covers.

    >>> longest_rest("坚定四个自信做到两个维护", automaton(["四个自信", "两个维护"]))
    2
    """
    covered = [False] * len(text)
    for last, phrase in phrases.iter(text) if len(phrases) else ():
        covered[last - len(phrase) + 1 : last + 1] = [True] * len(phrase)
    return max(map(len, "".join(".#"[one] for one in covered).split("#")))


def _is_cut(text: Normalised, last: int, phrase: str) -> bool:
    """Tell 四个意识 in 二十四个意识, if the two numerals stood side by side in the clean text."""
    ends = [(last - len(phrase), last - len(phrase) + 1), (last, last + 1)]
    return any(
        0 <= left < right < len(text.text)
        and quotes.is_number(text.text[left : right + 1])
        and text.offsets[right] - text.offsets[left] == 1
        for left, right in ends
    )
