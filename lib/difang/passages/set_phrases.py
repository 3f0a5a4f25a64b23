"""Set phrases (提法): which fixed wordings the documents quote, number, or share with a lexicon.

Takes a corpus and, if there is one, a lexicon; gives the register, one row a phrase.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import chain

import pandas as pd

from difang.corpus.documents import Corpus
from difang.passages import quotations as quotes
from difang.passages.normalising import normalise, originals
from difang.passages.occurrences import automaton, hits
from difang.words.lexicon import Lexicon

# A wording that is put in quotes once and written a hundred times without them is a plain word.
MARKED_SHARE = 0.1  # of its occurrences; in quotation marks, alone or as member of a series

COLUMNS = ["phrase", "count", "documents", "quoted", "kind", "family", "first", "last", "lexicon"]


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
        none is dated); lexicon (yes or no).
    """
    documents = originals(corpus)
    texts = documents["text"].tolist()
    written = [list(quotes.quotations(text)) for text in texts]
    in_quotes = [Counter(map(quotes.wording, one)) for one in written]
    quoted = Counter(chain.from_iterable(one.elements() for one in in_quotes))
    wholes = chain.from_iterable(written)
    series = {quotes.wording(one): set(map(quotes.wording, quotes.members(one))) for one in wholes}
    numbered = _in_two(map(quotes.numbered_shapes, texts))
    forms = families(lexicon, "any", "quoted")
    candidates = dict.fromkeys([*quoted, *chain(*map(sorted, series.values())), *numbered, *forms])
    counts = _counts(texts, in_quotes, candidates, set(families(lexicon, "quoted")))
    kept = _marked(counts, quoted, series) | set(numbered) | set(forms)
    return _register(counts[counts["phrase"].isin(kept)], documents, quoted, forms)


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


def _in_two(found: Iterable[set[str]]) -> list[str]:
    """Wordings found in two documents or more."""
    documents = Counter(chain.from_iterable(sorted(one) for one in found))
    return [phrase for phrase, number in documents.items() if number > 1]


def _counts(
    texts: list[str], in_quotes: list[Counter[str]], candidates: dict[str, None], bound: set[str]
) -> pd.DataFrame:
    """One row a phrase and document (its row number), with the occurrences.

    Numbers and what is `bound` to quotation marks count there only.
    """
    bound = bound | {phrase for phrase in candidates if quotes.is_number(phrase)}
    wanted = automaton(phrase for phrase in candidates if phrase not in bound)
    rows = []
    for row, text in enumerate(texts):
        counts = Counter(phrase for _, phrase in hits(wanted, normalise(text, keep=quotes.PLUS)))
        counts.update({p: n for p, n in in_quotes[row].items() if p in bound})
        rows += [(phrase, row, count) for phrase, count in counts.items()]
    counted = pd.DataFrame(rows, columns=["phrase", "row", "count"])
    order = {phrase: place for place, phrase in enumerate(candidates)}
    return counted.sort_values("phrase", key=lambda column: column.map(order), kind="stable")


def _marked(counts: pd.DataFrame, quoted: Counter[str], series: dict[str, set[str]]) -> set[str]:
    """Wordings marked by quotation marks, not plain words that happened to be quoted.

    A two-character word has to be numbered or quoted twice; a member of a series has to stand
    outside its series too; a tenth of the occurrences has to be quoted.
    """
    inside: Counter[str] = Counter()
    for whole, parts in series.items():
        inside.update(dict.fromkeys(parts, quoted[whole]))
    marked = set()
    for phrase, count in counts.groupby("phrase")["count"].sum().items():
        own, name = quoted[str(phrase)], str(phrase)
        tells = len(name) > quotes.SHORTEST or quotes.is_numbered(name) or own > 1
        alone = own > 0 or count > inside[name]
        if tells and alone and own + inside[name] >= MARKED_SHARE * count:
            marked.add(name)
    return marked


def _register(
    counts: pd.DataFrame, documents: pd.DataFrame, quoted: Counter[str], families: dict[str, str]
) -> pd.DataFrame:
    """One row a phrase."""
    dates = documents["date"].reset_index(drop=True)
    dated = counts.assign(date=dates.reindex(counts["row"]).to_numpy())
    grouped = dated.groupby("phrase", sort=False)
    register = grouped.agg(
        count=("count", "sum"),
        documents=("row", "size"),
        first=("date", "min"),
        last=("date", "max"),
    ).reset_index()
    phrase = register["phrase"]
    register = register.assign(
        quoted=[quoted[one] for one in phrase],
        kind=["numbered" if quotes.is_numbered(one) else "wording" for one in phrase],
        family=[families.get(one, one) for one in phrase],
        lexicon=["yes" if one in families else "no" for one in phrase],
    )
    ranked = register.sort_values(["documents", "count"], ascending=False, kind="stable")
    return ranked[COLUMNS].reset_index(drop=True)
