"""Set phrases (提法): which fixed wordings the documents quote, number, or share with a lexicon.

Takes a corpus and, if there is one, a lexicon; gives the register, one row a phrase.
"""

from collections import Counter
from itertools import chain

import pandas as pd

from difang.corpus.documents import Corpus
from difang.passages import quotations as quotes
from difang.passages.normalising import originals
from difang.passages.occurrences import occurrences
from difang.words.lexicon import Lexicon

# A wording that is put in quotes once and written a hundred times without them is a plain word.
MARKED_SHARE = 0.1  # of its occurrences; in quotation marks, alone or as member of a series
# A short one that is not numbered and marked a single time: of its occurrences, a third. A long
# wording said again word for word is fixed whether marked or not; a short one may be plain words.
MARKED_ONCE, SHORT = 1 / 3, 4

TOLD = ["pinyin", "gloss"]  # what the lexicon says of an entry
COLUMNS = [
    *("phrase", "count", "documents", "quoted", "kind", "family", "first", "last", "lexicon"),
    *TOLD,
]


def set_phrases(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Register the set phrases of a corpus: how often, in how many documents, since when.

    Candidates are what stands in quotation marks (all kinds, nested ones too, 2 to 24
    characters), members of a quoted series (即申即享、免申即享) that also stand elsewhere,
    numbered shapes (一主两翼) in two documents, and the entries of the lexicon. Left out by
    their shape: single characters, two-character words that are quoted once and not numbered,
    sentences and speech, titles, telephone numbers. `count` is every occurrence as a string,
    quoted or not, on text without punctuation, within one sentence; a phrase of numerals only
    (十二五, 1231511) counts where it is quoted: elsewhere it is a number. Copies are left out.

    A register of this corpus, not of the language: `first` is the first seen here, and what
    nobody quotes is found by a lexicon only.

    Parameters
    ----------
    corpus : Corpus
        Uses `documents`, index doc_id, columns text, date and, where present, duplicate_of.
    lexicon : Lexicon, optional
        Its phrases and their variants are looked for too.

    Returns
    -------
    DataFrame, one row a phrase, in most documents first
        phrase (without punctuation); count; documents; quoted (occurrences in quotation marks);
        kind (numbered or wording); family (the lexicon's phrase of which this is a variant,
        else the phrase); first, last (date of the first and last dated document, missing if
        none is dated); lexicon (yes or no); pinyin and gloss, of entries for which the lexicon
        has them, else "" (a variant has the gloss of its phrase, and no pinyin).
    """
    return registered(corpus, lexicon)[0]


def registered(corpus: Corpus, lexicon: Lexicon | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the register, and where its phrases stand (as `occurrences` does)."""
    documents = originals(corpus)
    texts = documents["text"].tolist()
    marked = [(text, *span) for text in texts for span in quotes.spans(text)]
    written = [text[start:end] for text, start, end in marked]
    quoted = Counter(map(quotes.wording, written))
    named = Counter(
        quotes.wording(one[0][one[1] : one[2]]) for one in marked if quotes.is_name(*one)
    )
    series = {quotes.wording(one): set(map(quotes.wording, quotes.members(one))) for one in written}
    shapes = Counter(chain(*(sorted(quotes.numbered_shapes(text)) for text in texts)))
    numbered = [phrase for phrase, n in shapes.items() if n > 1]
    forms = families(lexicon, "any", "quoted")
    candidates = [*quoted, *chain(*map(sorted, series.values())), *numbered, *forms]
    found = occurrences(corpus, candidates, bound=families(lexicon, "quoted"))
    count = found["phrase"].value_counts(sort=False)
    kept = _marked(count, quoted, named, series) | set(numbered) | set(forms)
    order = [phrase for phrase in dict.fromkeys(candidates) if phrase in count and phrase in kept]
    register = _register(order, found, documents["date"], quoted, forms)
    places = found[found["phrase"].isin(register["phrase"])].reset_index(drop=True)
    return register.assign(**_told(register, lexicon))[COLUMNS], places


def families(lexicon: Lexicon | None, *matches: str) -> dict[str, str]:
    """Give each wording the lexicon matches in these ways, with the phrase it is a form of."""
    if lexicon is None:
        return {}
    forms: dict[str, str] = {}
    table = lexicon.phrases[lexicon.phrases["match"].isin(matches)]
    for phrase, variants in table[["phrase", "variants"]].itertuples(index=False):
        for form in (phrase, *variants.split("|")):
            forms.setdefault(quotes.wording(form), quotes.wording(phrase))
    return {form: phrase for form, phrase in forms.items() if form}


def _told(register: pd.DataFrame, lexicon: Lexicon | None) -> "dict[str, pd.Series[str]]":
    """Say what the lexicon says: the gloss of a variant is that of its phrase, pinyin is not."""
    of = register[["phrase", "family"]].set_axis(TOLD, axis=1)
    if lexicon is None:
        return {name: of[name].map(lambda _: "") for name in TOLD}
    known = lexicon.phrases.reindex(columns=["phrase", *TOLD], fill_value="")
    entries = known.set_index(known["phrase"].map(quotes.wording))[TOLD].to_dict()
    return {name: of[name].map(lambda one, said=entries[name]: said.get(one, "")) for name in TOLD}


def _marked(
    count: "pd.Series[int]", quoted: Counter[str], named: Counter[str], series: dict[str, set[str]]
) -> set[str]:
    """Wordings marked by quotation marks, not names, nor plain words that happened to be quoted.

    A two-character word has to be numbered or quoted twice; a member of a series has to stand
    outside its series too; half of the quotations must not be names; a tenth of the occurrences
    has to be quoted, of short wordings quoted once a third.
    """
    inside: Counter[str] = Counter()
    for whole, parts in series.items():
        inside.update(dict.fromkeys(parts, quoted[whole]))
    marked = set()
    for phrase, n in count.items():
        own, name = quoted[str(phrase)], str(phrase)
        marks = own + inside[name]
        tells = len(name) > quotes.SHORTEST or quotes.is_numbered(name) or own > 1
        alone = own > 0 or n > inside[name]
        plain = marks == 1 and len(name) <= SHORT and not quotes.is_numbered(name)
        often = marks >= (MARKED_ONCE if plain else MARKED_SHARE) * n
        if tells and alone and often and 2 * named[name] <= own:
            marked.add(name)
    return marked


def _register(
    phrases: list[str],
    found: pd.DataFrame,
    dates: "pd.Series[pd.Timestamp]",
    quoted: Counter[str],
    families: dict[str, str],
) -> pd.DataFrame:
    """One row a phrase, from where they stand."""
    columns = {
        "quoted": [quoted[one] for one in phrases],
        "kind": ["numbered" if quotes.is_numbered(one) else "wording" for one in phrases],
        "family": [families.get(one, one) for one in phrases],
        "lexicon": ["yes" if one in families else "no" for one in phrases],
    }
    register = pd.DataFrame(columns, index=pd.Index(phrases, name="phrase", dtype="str"))
    told = {"count": ("start", "size"), "documents": ("doc_id", "nunique")}
    told |= {"first": ("date", "min"), "last": ("date", "max")}
    register = register.join(found.join(dates, on="doc_id").groupby("phrase").agg(**told))
    ranked = register.sort_values(["documents", "count"], ascending=False, kind="stable")
    return ranked.reset_index()
