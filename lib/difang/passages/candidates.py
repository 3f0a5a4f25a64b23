"""Candidates: wordings that documents repeat, proposed to the researcher as set phrases.

Takes a corpus and its tokens; gives a ranked list. Proposals, not findings: who reads the
sentences accepts (`accept`) or leaves them. Token by token, so that none begins within a word:
委书记 is never proposed for 县委书记.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.corpus.documents import Corpus
from difang.passages.matches import number
from difang.passages.normalising import is_han, originals
from difang.passages.ordinary import ordinary
from difang.words.lexicon import Lexicon, read_lexicon
from difang.words.matching import QUOTES
from difang.words.segmentation import segment
from difang.words.tokens import Tokens

SHORTEST, LONGEST = 4, 8  # characters; tokens
MANY = 200  # documents, from which on neighbours say something, and five occurrences are asked for
PLACES = ["phrase", "doc_id", "start", "end"]
COLUMNS = ["phrase", "count", "documents", "c_value", "cohesion", "freedom", "ordinary"]
Ints = npt.NDArray[np.int64]
Gram = tuple[Any, ...]


def candidates(
    corpus: Corpus, tokens: Tokens | None = None, lexicon: Lexicon | None = None
) -> pd.DataFrame:
    """Propose wordings of two tokens or more that two documents or more repeat.

    A wording stays within a clause, is four characters or longer, and neither begins nor ends
    with a function word or a quantity. It is a fragment, and left out, if half of its occurrences
    or more stand in one and the same longer wording. In corpora of 200 documents a wording has to
    stand five times.

    Parameters
    ----------
    corpus : Corpus
    tokens : Tokens, optional
        What `segment` made of it with `lexicon`: phrases that are known are tokens then.
    lexicon : Lexicon, optional
        Its stopwords are the function words and quantities; by default that of data/lexicon.

    Returns
    -------
    DataFrame, one row a wording, the highest first
        phrase; count; documents; c_value (Frantzi et al. 2000: log2 of its characters, times its
        occurrences less those within longer wordings); and from 200 documents on, else missing:
        cohesion (pointwise mutual information in bits of its two parts, where the cut makes it
        least) and freedom (entropy in bits of its neighbours, on the side where it is less; 0
        where there is one neighbour only); ordinary (whether it names somebody, heads a section, or
        only puts common words together: `difang.passages.ordinary`). Ordinary ones last; ranked by
        c_value, from 200 documents on by cohesion times log2 of c_value, as what is merely frequent
        (加快发展) hangs loosely together.
    """
    return proposed(corpus, tokens, lexicon)[0]


def proposed(
    corpus: Corpus, tokens: Tokens | None = None, lexicon: Lexicon | None = None,
    *, top: int = 0, without: Collection[str] = (),
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Give the candidates but some, and where the first `top` stand (as `occurrences` does)."""
    known = lexicon or read_lexicon()
    tokens = tokens or segment(corpus, lexicon=known)
    kept = originals(corpus).index
    many = len(kept) >= MANY
    runs = _runs(tokens, set(kept))
    names = runs.names
    rows = _repeated(names, runs.document, 5 if many else 2)
    spans = zip(rows["at"], rows["tokens"], strict=True)
    grams: list[Gram] = [tuple(names[at : at + size].tolist()) for at, size in spans]
    counts = dict(zip(grams, rows["count"].tolist(), strict=True))
    phrases = _worded(grams, tokens, frozenset().union(*known.stopwords.values()))
    whole = {gram: counts[gram] for gram in phrases}
    most, values = _largest(whole), c_value(whole, lambda gram: len(phrases[gram]))
    able = [k for k, gram in enumerate(grams) if gram in whole and 2 * most[gram] < whole[gram]]
    rows, grams = rows.iloc[able], [grams[k] for k in able]
    rows = rows.assign(phrase=pd.Series([phrases[gram] for gram in grams], rows.index, dtype="str"))
    rows["c_value"] = np.array([values[gram] for gram in grams], dtype=np.float64)
    counts |= {(one,): n for one, n in enumerate(np.bincount(names[names >= 0]).tolist())}
    bound = _cohesion(grams, counts) if many else np.full(len(rows), np.nan)
    score = bound * np.log2(rows["c_value"]) if many else rows["c_value"]
    rows = rows.assign(cohesion=bound, freedom=rows["freedom"].where(pd.Series(many, rows.index)))
    rows = rows.assign(score=score, gram=pd.Series(grams, rows.index, dtype=object))
    plain = ordinary(corpus, known, tokens.terms, {gram: phrases[gram] for gram in grams}, counts)
    rows["ordinary"] = [gram in plain for gram in grams]
    rows = rows[~rows["phrase"].isin([*without])]
    rows = rows.sort_values(["ordinary", "score", "phrase"], ascending=[True, False, True])
    cut_twice = rows[rows["phrase"].duplicated(keep=False)]
    exact = _stands(tokens, runs, cut_twice).groupby("phrase")["doc_id"].agg(["size", "nunique"])
    ranked = rows.drop_duplicates("phrase").set_index("phrase")
    ranked.loc[exact.index, ["count", "documents"]] = exact.to_numpy()
    first = rows[rows["phrase"].isin(ranked.index[:top])]
    return ranked.reset_index()[COLUMNS], _stands(tokens, runs, first)


def c_value(counts: Mapping[Gram, int], size: Callable[[Gram], int] = len) -> dict[Gram, float]:
    """Compute the C-value of terms, from their counts (Frantzi, Ananiadou & Mima 2000).

    log2 of the size, times the count, less the mean count of the longer terms that hold it;
    what of a longer term stands within still longer ones counts once.

    Parameters
    ----------
    counts : mapping
        Terms, each a tuple of words, to their occurrences, nested ones included.
    size : function
        The size of a term; its words by default.
    """
    net: dict[Gram, float] = {}
    longer: dict[Gram, list[float]] = defaultdict(list)
    for term in sorted(counts, key=len, reverse=True):
        net[term] = counts[term] - sum(longer[term])
        for part in _parts(term) & counts.keys():
            longer[part].append(net[term])
    mean = {term: sum(held) / len(held) if held else 0.0 for term, held in longer.items()}
    return {term: float(np.log2(size(term)) * (n - mean[term])) for term, n in counts.items()}


def _parts(term: Gram) -> set[Gram]:
    """All shorter terms within a term."""
    n = len(term)
    return {term[i:j] for i in range(n) for j in range(i + 1, n + 1) if j - i < n}


def _largest(counts: Mapping[Gram, int]) -> dict[Gram, int]:
    """Count how many occurrences of each term stand in one and the same longer term, at most."""
    most = dict.fromkeys(counts, 0)
    for term, n in counts.items():
        for part in _parts(term) & counts.keys():
            most[part] = max(most[part], n)
    return most


class Runs(NamedTuple):
    """The tokens of the documents kept, without quotation marks, document after document."""

    names: Ints  # as positions in the vocabulary; -1 where a clause or a document ends
    document: Ints
    token: Ints  # which of all tokens it is


def _runs(tokens: Tokens, kept: set[str]) -> Runs:
    sizes = np.diff(tokens.bounds)
    document = np.repeat(np.arange(len(sizes)), sizes)
    words = np.array([any(map(str.isalnum, term)) for term in tokens.terms], dtype=bool)
    quotes = np.array([term in QUOTES for term in tokens.terms], dtype=bool)
    names = np.where(words[tokens.ids], tokens.ids, -1).astype(np.int64)
    names[~np.isin(document, [k for k, one in enumerate(tokens.doc_ids) if one in kept])] = -1
    seen = np.flatnonzero(~quotes[tokens.ids])
    names, document = names[seen], document[seen]
    last = np.flatnonzero(np.diff(document, append=-1)) + 1
    parts = ((names, -1), (document, document[last - 1]), (seen, -1))
    return Runs(*(np.insert(part, last, value) for part, value in parts))


def _stands(tokens: Tokens, runs: Runs, rows: pd.DataFrame) -> pd.DataFrame:
    """List where the runs of some rows (phrase, gram) stand, in the order of the corpus."""
    edges = np.concatenate([[0], np.cumsum(tokens.lengths, dtype=np.int64)])
    doc_ids, found = np.array(tokens.doc_ids, dtype=object), []
    for phrase, gram in zip(rows["phrase"], rows["gram"], strict=True):
        at = np.arange(len(runs.names) - len(gram))
        for place, name in enumerate(gram):
            at = at[runs.names[at + place] == name]
        whose = runs.document[at]
        start = edges[runs.token[at]] - edges[tokens.bounds[whose]]
        end = edges[runs.token[at + len(gram) - 1] + 1] - edges[tokens.bounds[whose]]
        columns = {"at": at, "phrase": phrase, "doc_id": doc_ids[whose], "start": start, "end": end}
        found.append(pd.DataFrame(columns))
    table = pd.concat(found or [pd.DataFrame(columns=["at", *PLACES])], ignore_index=True)
    return table.sort_values("at", kind="stable")[PLACES].reset_index(drop=True)


def _repeated(names: Ints, document: Ints, least: int) -> pd.DataFrame:
    """List the runs of 2 to 8 tokens that stand `least` times and in two documents."""
    at = np.flatnonzero(names >= 0)
    group, found = names[at], []
    for size in range(2, LONGEST + 1):
        inside = at + size - 1 < len(names)
        at, group = at[inside], group[inside]
        following = names[at + size - 1]
        at, group, following = (one[following >= 0] for one in (at, group, following))
        group = number(group * (names.max(initial=0) + 1) + following)
        count = np.bincount(group)
        pairs = np.unique(group * (document.max(initial=0) + 1) + document[at])
        documents = np.bincount(pairs // (document.max(initial=0) + 1), minlength=len(count))
        kept = (count >= least) & (documents > 1)
        at, group = at[kept[group]], group[kept[group]]
        group, places = number(group), pd.unique(group)
        first = at[np.unique(group, return_index=True)[1]]
        sides = [entropy(group, names[beside]) for beside in (at - 1, at + size)]
        columns = {
            "at": first,
            "tokens": size,
            "count": count[places],
            "documents": documents[places],
        }
        found.append(pd.DataFrame({**columns, "freedom": np.minimum(*sides)}))
    return pd.concat(found, ignore_index=True)


def entropy(group: Ints, neighbour: Ints) -> npt.NDArray[np.float64]:
    """Compute the entropy, in bits, of the neighbours of each group; each -1 is one of its own.

    >>> entropy(np.array([0, 0, 1, 1]), np.array([7, 7, -1, -1])).tolist()
    [0.0, 1.0]
    """
    ends = neighbour < 0
    free = np.where(ends, neighbour.max(initial=0) + 1 + np.cumsum(ends), neighbour)
    pairs, n = np.unique(group * (free.max(initial=0) + 1) + free, return_counts=True)
    owner = pairs // (free.max(initial=0) + 1)
    share = n / np.bincount(group)[owner]
    bits = np.bincount(owner, weights=-share * np.log2(share)) + 0.0  # no -0
    return bits.astype(np.float64)


def _worded(grams: list[Gram], tokens: Tokens, stop: frozenset[str]) -> dict[Gram, str]:
    """Write the runs that are long enough, and neither begin nor end with what counts or joins."""
    edge = [term not in stop and any(map(is_han, term)) for term in tokens.terms]
    able = (gram for gram in grams if edge[gram[0]] and edge[gram[-1]])
    words = {gram: "".join(tokens.terms[one] for one in gram) for gram in able}
    return {gram: phrase for gram, phrase in words.items() if len(phrase) >= SHORTEST}


def _cohesion(grams: list[Gram], counts: Mapping[Gram, int]) -> npt.NDArray[np.float64]:
    """Compute what the parts of each run tell of each other, in bits, where it is least."""
    total = sum(n for gram, n in counts.items() if len(gram) == 1)
    least = [
        counts[gram] * total / max(counts[gram[:k]] * counts[gram[k:]] for k in range(1, len(gram)))
        for gram in grams
    ]
    bits: npt.NDArray[np.float64] = np.log2(np.array(least, dtype=np.float64))
    return bits
