"""Set phrases (提法): which fixed wordings the documents quote, number, or share with a lexicon.

Takes a corpus and, if there is one, a lexicon; gives the register, one row a phrase.
"""

import re
from collections import Counter
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd

from difang.corpus.documents import Corpus
from difang.passages import quotations as quotes
from difang.passages import register, variants
from difang.passages.normalising import originals
from difang.passages.occurrences import fragments, occurrences
from difang.words.lexicon import Lexicon

# A wording that is put in quotes once and written a hundred times without them is a plain word.
MARKED_SHARE = 0.1  # of its occurrences; in quotation marks, alone or as member of a series
# A short one that is not numbered and marked a single time: of its occurrences, a third. A long
# wording said again word for word is fixed whether marked or not; a short one may be plain words.
MARKED_ONCE, SHORT = 1 / 3, 4

TOLD = ["pinyin", "gloss"]  # what the lexicon says of an entry
COLUMNS = [
    *("phrase", "count", "documents", "quoted", "kind", "family", "first", "last", "lexicon"),
    *(*TOLD, "provinces", "levels", "speakers", "heat", "origin", "slot", "holds"),
]


def set_phrases(corpus: Corpus, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """Register the set phrases of a corpus: how often, in how many documents, since when, whose.

    Candidates are what stands in quotation marks (all kinds, nested ones too, 2 to 24
    characters), members of a quoted series (即申即享、免申即享) that also stand elsewhere,
    numbered shapes (一主两翼) and parallel clauses (问需于民、问计于民) in two documents, and the
    entries of the lexicon. Left out by
    their shape: single characters, two-character words that are quoted once and not numbered,
    sentences and speech, titles, telephone numbers; by what stands around them: names of works,
    vessels, events, nicknames. `count` is every occurrence as a string, quoted or not, on text
    without punctuation, within one sentence; a phrase of numerals only (十二五, 1231511) counts
    where it is quoted: elsewhere it is a number. What stands nowhere but in longer phrases, and
    is never quoted itself, has no row: the longer phrase `holds` it. Copies are left out.

    A register of this corpus, not of the language: `first` is the first seen here, and what
    nobody quotes is found by a lexicon only.

    Parameters
    ----------
    corpus : Corpus
        Uses `documents`, index doc_id, column text and, where present, duplicate_of, date,
        date_earliest, date_latest, year, province, level, speakers.
    lexicon : Lexicon, optional
        Its phrases and their variants are looked for too.

    Returns
    -------
    DataFrame, one row a phrase, in most documents first
        phrase (without punctuation); count; documents; quoted (occurrences in quotation marks);
        kind (numbered or wording); family (the lexicon's phrase, or the best known one, of the
        wordings that differ in a slot or go on otherwise); first, last (day, or year, of the
        first and last dated document; missing if none is dated); lexicon (yes or no); pinyin and
        gloss, of entries for which the lexicon has them, else "" (a variant has the gloss of its
        phrase, and no pinyin); provinces, levels, speakers, heat (as `register.usage` tells
        them); origin (central, a province, or missing: it cannot be said; `register.origins`);
        slot (the frame shared with others, 一张蓝图*到底); holds (phrases that stand only within
        it, 、 between them).
    """
    return registered(corpus, lexicon, marks_of(corpus))[0]


class Marks(NamedTuple):
    """What documents mark as a phrase by quotation marks, numbering and parallel clauses."""

    written: list[tuple[str, bool]]
    quoted: Counter[str]
    named: Counter[str]
    series: dict[str, set[str]]
    shapes: list[str]


def marks_of(corpus: Corpus) -> Marks:
    """Read the marks of the documents; `written` are the quotations, and whether each is a name."""
    texts = originals(corpus)["text"]
    spans = [(text, *span) for text in texts for span in quotes.spans(text)]
    written = [(text[start:end], quotes.is_name(text, start, end)) for text, start, end in spans]
    quoted = Counter(quotes.wording(one) for one, _ in written)
    named = Counter(quotes.wording(one) for one, name in written if name)
    series = {
        quotes.wording(one): set(map(quotes.wording, quotes.members(one))) for one, _ in written
    }
    built = (quotes.numbered_shapes(text) | quotes.parallels(text) for text in texts)
    shapes = [one for one, n in Counter(chain(*map(sorted, built))).items() if n > 1]
    return Marks(written, quoted, named, series, shapes)


def stands(
    corpus: Corpus, lexicon: Lexicon | None, marks: Marks
) -> "tuple[pd.DataFrame, pd.Series[str]]":
    """List where the phrases of the register stand, and what stands in longer ones only."""
    forms = families(lexicon, "any", "quoted")
    candidates = [*marks.quoted, *chain(*map(sorted, marks.series.values())), *marks.shapes, *forms]
    found = occurrences(corpus, candidates, bound=families(lexicon, "quoted"))
    count = found["phrase"].value_counts(sort=False)
    kept = _marked(count, marks.quoted, marks.named, marks.series) | set(marks.shapes) | set(forms)
    found = found[found["phrase"].isin(kept)]
    held = fragments(found)
    held = held[[one not in marks.quoted for one in held.index]]
    return found[~found["phrase"].isin(held.index)], held


def registered(
    corpus: Corpus, lexicon: Lexicon | None, marks: Marks
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the register, and where its phrases stand: `occurrences`, and the entry of each."""
    documents, forms = originals(corpus), families(lexicon, "any", "quoted")
    found, held = stands(corpus, lexicon, marks)
    found = found.assign(entry=[forms.get(one, "") for one in found["phrase"]])
    table = register.usage(found, documents)
    table = table.sort_values(["documents", "count"], ascending=False, kind="stable")
    names = [*table.index]
    heads = {
        quotes.wording(one): quotes.wording(re.split("[、，]", one)[0]) for one, _ in marks.written
    }
    table = table.join(variants.families(names, forms, heads)).assign(
        quoted=np.array([marks.quoted[one] for one in names], dtype=np.int64),
        kind=["numbered" if quotes.is_numbered(one) else "wording" for one in names],
        lexicon=["yes" if one in forms else "no" for one in names],
        origin=register.origins(found, documents, register.official(lexicon)),
        holds=held.index.to_series().groupby(held).agg("、".join),
    )
    table = table.astype({"holds": "str"}).fillna({"holds": ""}).rename_axis("phrase").reset_index()
    return table.assign(**_told(table, forms, lexicon))[COLUMNS], found.reset_index(drop=True)


def families(lexicon: Lexicon | None, *matches: str) -> dict[str, str]:
    """Give each wording the lexicon matches in these ways, with the phrase it is a form of."""
    if lexicon is None:
        return {}
    forms: dict[str, str] = {}
    table = lexicon.phrases[lexicon.phrases["match"].isin(matches)]
    for phrase, others in table[["phrase", "variants"]].itertuples(index=False):
        for form in (phrase, *others.split("|")):
            forms.setdefault(quotes.wording(form), quotes.wording(phrase))
    return {form: phrase for form, phrase in forms.items() if form}


def _told(
    table: pd.DataFrame, forms: dict[str, str], lexicon: Lexicon | None
) -> "dict[str, list[str]]":
    """Say what the lexicon says: the gloss of a variant is that of its phrase, pinyin is not."""
    said = register.official(lexicon)[TOLD].to_dict()
    of = {"pinyin": table["phrase"], "gloss": table["phrase"].map(lambda one: forms.get(one, ""))}
    return {name: [said[name].get(one, "") for one in of[name]] for name in TOLD}


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
