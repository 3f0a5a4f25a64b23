"""Concordance: the sentences in which a wording stands.

In goes a corpus and a pattern, out comes one row an occurrence. The search is on
characters, so that no segmentation can hide a hit.
"""

import re
from collections.abc import Callable, Collection

import pandas as pd

from difang.corpus.documents import Corpus, require_documents
from difang.errors import DifangError, need
from difang.words.lexicon import Lexicon, bare
from difang.words.matching import Matcher, longest, spelling
from difang.words.tokens import Tokens

GAP = 12  # characters a `*` may stand for, at most
CLAUSE_END = "，。！？；：,!?;:\n"
ALONGSIDE = ("province", "year")


class PatternError(DifangError):
    """A pattern that would match everywhere."""


def kwic(
    corpus: Corpus, pattern: str, *, lexicon: Lexicon | None = None, width: int = 20
) -> pd.DataFrame:
    """List every occurrence of a wording with what stands left and right of it.

    Parameters
    ----------
    corpus : Corpus
        Its `documents` have the index doc_id and the column text.
    pattern : str
        Taken literally, quotation marks and all, but for `*`: as few characters as need be,
        at most 12, within one clause (，。！？；： and line ends stop it; 、 and quotation
        marks do not).
    lexicon : Lexicon, optional
        With it, a pattern without `*` is found as the lexicon finds its entries: quotation marks
        within it are looked through (“五型”政府), and of a set phrase all variants are listed, as
        many lines as `firing_report` says `in_text`.
    width : int, default 20
        Characters of context on either side; line ends are shown as spaces.

    Returns
    -------
    DataFrame, one row per occurrence, in the order of the corpus
        doc_id; start, end (offsets in the clean text); left, keyword, right; and province
        and year where the documents have them. Occurrences do not overlap, as in
        `str.count`.

    Raises
    ------
    PatternError
        The pattern is empty, or holds nothing but `*` and space.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> texts = {"甲": "功成不必在我、功成必定有我。", "乙": "功成。在我"}
    >>> corpus = SimpleNamespace(documents=pd.DataFrame({"text": texts}))
    >>> kwic(corpus, "功成*在我", width=3)
      doc_id  start  end left keyword right
    0      甲      0    6       功成不必在我   、功成
    """
    find, documents = _finder(pattern, lexicon), corpus.documents
    rows = [(doc_id, *span) for doc_id, text in documents["text"].items() for span in find(text)]
    places = pd.DataFrame(rows, columns=["doc_id", "start", "end"])
    places = places.astype({"doc_id": "str", "start": "int64", "end": "int64"})
    beside = documents[[name for name in ALONGSIDE if name in documents]]
    return lines(corpus, places, width=width).join(beside, on="doc_id")


def occurrences(
    corpus: Corpus, tokens: Tokens, terms: Collection[str], *, width: int = 20
) -> pd.DataFrame:
    """List every occurrence of some terms as tokens: as many rows as the counts count.

    Parameters
    ----------
    corpus : Corpus
        The documents that `tokens` come from.
    tokens : Tokens
        What `segment` made of them.
    terms : collection of str
        Terms of `tokens`; others have no row.
    width : int, default 20
        Characters of context on either side; line ends are shown as spaces.

    Returns
    -------
    DataFrame, one row per occurrence, in the order of `terms`, then of the corpus
        term; doc_id; start, end (offsets in the clean text); share (place of its start in the
        document, 0 to 1); left, keyword (as the text has it), right.
    """
    order = {term: place for place, term in enumerate(terms)}
    places = tokens.where(terms)
    chars = corpus.documents["text"].str.len().reindex(places["doc_id"])
    places["share"] = places["start"] / chars.to_numpy()
    places = places.sort_values("term", key=lambda term: term.map(order), kind="stable")
    return lines(corpus, places.reset_index(drop=True), width=width)


def lines(corpus: Corpus, places: pd.DataFrame, *, width: int = 20) -> pd.DataFrame:
    """Put beside each place what the text has there: left, keyword, right.

    Parameters
    ----------
    corpus : Corpus
        The corpus the places lie in.
    places : DataFrame
        Columns doc_id, start, end (offsets in the clean text) and any others.
    width : int, default 20
        Characters to each side; line ends are shown as spaces.
    """
    need(0, width=width)
    require_documents(places["doc_id"], corpus.documents.index)
    texts = corpus.documents["text"].loc[list(places["doc_id"].unique())].str.replace("\n", " ")
    held = texts.to_dict()  # looked up, not mapped: a column of texts would copy one for each row
    rows = []
    for name, start, end in zip(places["doc_id"], places["start"], places["end"], strict=True):
        text = held[name]
        rows.append((text[max(0, start - width) : start], text[start:end], text[end : end + width]))
    shown = pd.DataFrame(rows, columns=["left", "keyword", "right"], index=places.index)
    return places.join(shown.astype("str"))


def _finder(pattern: str, lexicon: Lexicon | None) -> Callable[[str], list[tuple[int, int]]]:
    """Return what finds a pattern in a text: its variants too, if there is a lexicon."""
    search = re.compile(expression(pattern))
    if lexicon is None or "*" in pattern or not bare(pattern):
        return lambda text: [found.span() for found in search.finditer(text)]
    word, known = spelling(bare(pattern), bare(pattern), "literal"), lexicon.to_match()
    entries = {one.entry for one in known if one.key == word.key}
    matcher = Matcher([one for one in known if one.entry in entries] or [word])
    return lambda text: [(hit.start, hit.end) for hit in longest(matcher.hits(text))]


def expression(pattern: str) -> str:
    """Write a pattern as a regular expression: literal, but for `*` (see `kwic`)."""
    parts = [re.escape(part) for part in pattern.split("*") if part]
    if not pattern.replace("*", "").strip():
        raise PatternError(
            f"Cannot look for {pattern!r}. The pattern holds no character to look for. "
            "Write what should stand there, with * for up to 12 characters: 功成*在我."
        )
    return f"[^{re.escape(CLAUSE_END)}]{{0,{GAP}}}?".join(parts)
