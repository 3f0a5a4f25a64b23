"""What notebook 02 shows: how long the documents are, which terms they use, where these stand.

A corpus, its tokens and counts go in; charts, tables and sentences come out.
"""

from collections.abc import Sequence

import pandas as pd
from IPython.display import Markdown

from difang.compare.dispersion import FEWEST, dispersion
from difang.corpus.documents import Corpus
from difang.corpus.duplicates import repeats
from difang.reports import charts
from difang.reports.clouds import cloud
from difang.reports.fonts import drawable
from difang.reports.fragment import Fragment
from difang.reports.tables import MISSING
from difang.reports.wording import bullets, listed, plain, say
from difang.words.concordance import occurrences
from difang.words.counting import Counts, count
from difang.words.lexicon import Lexicon
from difang.words.tokens import Tokens

UNEVEN = 10  # times: beyond it the longest document outweighs the shortest
UNIT = "occurrences per 10,000 tokens 每万词"
SHOWN = 12  # documents of the figure of strokes
CLOUD, FREQUENT = 80, 200  # terms of the cloud; terms among which the uneven ones are sought
WORDS = {
    "en": {
        "nothing": "No document holds a word that counts: there is nothing to show.",
        "lengths": "{n:document(s)} of {low:,} to {high:character(s)}",
        "headline": "**{term}** is the term used most, function words aside: {rate:.0f} in 10,000"
        " tokens, in {n_docs:,} of {n:document(s)}.",
        "spread": "Of the frequent terms **{term}** is spread least evenly.",
        "few": "With {n:document(s)} no figure here speaks for more than these texts.",
        "uneven": "The longest document is {times:.0f} times as long as the shortest: long"
        " documents decide each sum over documents. Compare rates by document, repeat a TF-IDF"
        " comparison with sublinear weights (`TfidfTransformer(sublinear_tf=True)` of scikit-learn"
        " on `counts.matrix`), and keep what both show.",
        "even": "The longest document is {times:.1f} times as long as the shortest. Below {limit}"
        " times, lengths ask for no other weights.",
        "bars": "Used most: {terms}",
        "cloud": "The terms used most, each as tall as its rate",
        "note": "Source: {folder}, {n:document(s)}, {tokens:token(s)}; function words left out",
        "source": "Source: {folder}",
        "strokes": "Where {terms} stand",
        "longest": "Source: {folder}; {shown:,} of {n:document(s)}, the longest first; a stroke is"
        " an occurrence",
        "absent": "No document holds {terms} as a token.",
        "no lines": "Taken literally, {pattern} does not stand in the documents.",
        "fires": "**{entry}** stands in the texts {in_text:time(s)} and is a token"
        " {as_token:time(s)}.",
        "inside": "Elsewhere it is read as part of {inside}.",
        "used": "The terms used most are {terms}.",
        "common": "Terms that stand in every document, and can tell documents apart by their rate"
        " only: {common:,} of {all:,}.",
        "entries": "Of the lexicon, {found:,} of {entries:,} entries stand in the texts; cut"
        " otherwise somewhere: {split:,}.",
        "left out": "Function words that the lists of `data/lexicon` leave out are {share:.0%} of"
        " all tokens.",
        "longer": "Terms are what jieba and the lexicon make of the texts: what is part of a longer"
        " term is not counted again.",
        "pooled": "Rates of all documents together follow the long ones; they are no average of"
        " provinces or years.",
    }
}  # fmt: skip


def counted(tokens: Tokens, documents: pd.DataFrame) -> Counts:
    """Count the tokens of every document but copies."""
    return count(tokens, documents).where(~repeats(documents))


def frequencies(counts: Counts, lexicon: Lexicon) -> pd.DataFrame:
    """Give the terms by frequency, each with the stopword lists that leave it out.

    Returns
    -------
    DataFrame, one row a term, the most frequent first
        term, n, n_docs, rate, DPnorm as in `dispersion`; left_out (names of lists, or missing).
    """
    terms = dispersion(counts).query("n > 0").drop(columns="DP")
    lists = {
        word: ", ".join(name for name, words in lexicon.stopwords.items() if word in words)
        for word in set().union(*lexicon.stopwords.values())
    }
    terms["left_out"] = terms["term"].map(lists).astype("str")
    return terms.sort_values("n", ascending=False, kind="stable", ignore_index=True)


def content(terms: pd.DataFrame) -> pd.DataFrame:
    """Give the terms that no list leaves out."""
    return terms[terms["left_out"].isna()].drop(columns="left_out")


def gathered(counts: Counts, terms: pd.DataFrame) -> pd.DataFrame:
    """Give the frequent terms, function words aside, the least evenly spread first.

    Frequent: of the 200 most frequent, those that occur twice as often as there are documents;
    what is rarer cannot be spread evenly.
    """
    found = content(terms).head(FREQUENT).dropna(subset="DPnorm")
    found = found[found["n"] >= 2 * counts.n_documents]
    return found.sort_values("DPnorm", ascending=False, kind="stable")


def headline(counts: Counts, terms: pd.DataFrame, *, lang: str = "en") -> Markdown:
    """Say which term is used most, and which frequent one is spread least evenly."""
    used, uneven = content(terms), gathered(counts, terms)
    if used.empty:
        return say(WORDS, "nothing", lang)
    first = {name: used[name].iloc[0] for name in ("term", "rate", "n_docs")}
    said = [say(WORDS, "headline", lang, n=counts.n_documents, **first)]
    if len(uneven):
        said.append(say(WORDS, "spread", lang, term=uneven["term"].iloc[0]))
    return _together(said)


def lengths(corpus: Corpus, *, lang: str = "en") -> object:
    """Chart the lengths of the documents."""
    chars = corpus.documents["chars"]
    if chars.empty:
        return say(WORDS, "nothing", lang)
    facts = {"n": len(chars), "low": chars.min(), "high": chars.max()}
    title = plain(WORDS, "lengths", lang, **facts)
    note = plain(WORDS, "source", lang, folder=drawable(corpus.folder))
    return charts.lengths(corpus.documents, title=title, note=note)


def composition(documents: pd.DataFrame, *, lang: str = "en") -> Markdown:
    """Warn of few documents, and of lengths so different that they decide what is counted."""
    chars = documents.loc[documents["chars"] > 0, "chars"]
    if chars.empty:
        return say(WORDS, "nothing", lang)
    times = float(chars.max() / chars.min())
    key = "uneven" if times > UNEVEN else "even"
    said = [say(WORDS, key, lang, times=times, limit=UNEVEN)]
    if len(chars) < FEWEST * 2:
        said.append(say(WORDS, "few", lang, n=len(chars)))
    return _together(said)


def most_used(
    corpus: Corpus, counts: Counts, terms: pd.DataFrame, *, top: int, lang: str = "en"
) -> list[object]:
    """Chart the terms used most, function words aside: bars, and a cloud of more of them."""
    used = content(terms).assign(term=lambda table: table["term"].map(drawable))
    if used.empty:
        return [say(WORDS, "nothing", lang)]
    note = plain(WORDS, "note", lang, folder=drawable(corpus.folder), **_counted(counts))
    title = plain(WORDS, "bars", lang, terms="、".join(used["term"].head(3)))
    rates = used.head(CLOUD).set_index("term")["rate"]
    bars = charts.bars(
        used.head(top), label="term", value="rate", n="n", title=title, unit=UNIT, note=note
    )
    return [bars, cloud(rates, title=plain(WORDS, "cloud", lang), unit=UNIT, note=note)]


def with_sentences(
    corpus: Corpus, tokens: Tokens, terms: pd.DataFrame, *, top: int, caption: str, lang: str = "en"
) -> Fragment | Markdown:
    """Show the first terms of a table, each opening the sentences it was counted in."""
    shown = terms.head(top)
    found = occurrences(corpus, tokens, list(shown["term"])).groupby("term")
    rows = {str(term): lines for term, lines in found}
    shown = shown if shown["DPnorm"].notna().any() else shown.drop(columns="DPnorm")
    none = say(WORDS, "nothing", lang)
    return listed(shown, caption=caption, none=none, rows=None, sentences=rows)


def strokes(corpus: Corpus, tokens: Tokens, chosen: Sequence[str], *, lang: str = "en") -> object:
    """Chart where terms stand in the documents, the 12 longest of them."""
    documents = corpus.documents.sort_values("chars", ascending=False, kind="stable")
    shown = list(documents.index[:SHOWN])
    hits = occurrences(corpus, tokens, chosen)
    hits = hits[hits["doc_id"].isin(shown)].assign(term=lambda table: table["term"].map(drawable))
    told = drawable("、".join(chosen))
    if hits.empty:
        return say(WORDS, "absent", lang, terms=told)
    note = plain(
        WORDS, "longest", lang, folder=drawable(corpus.folder), shown=len(shown), n=len(documents)
    )
    title = plain(WORDS, "strokes", lang, terms=told)
    return charts.dispersion(hits, documents=shown, title=title, note=note)


def firing(report: pd.DataFrame, entry: str, *, lang: str = "en") -> Markdown:
    """Say of one entry of the firing report why it is a token less often than it stands."""
    rows = report[report["entry"] == entry]
    if rows["in_text"].sum() == 0:
        return say(WORDS, "no lines", lang, pattern=entry)
    row = {str(name): value for name, value in rows.iloc[0].items()}
    keys = ["fires", "inside"] if row["inside"] else ["fires"]
    return _together([say(WORDS, key, lang, **row) for key in keys])


def conclusions(
    counts: Counts, terms: pd.DataFrame, report: pd.DataFrame, *, lang: str = "en"
) -> Markdown:
    """Say what the terms and the lexicon came to."""
    used, entries = content(terms)["term"].head(5), report[report["kind"] != "asked"]
    facts = {"terms": "、".join(used) or MISSING, "all": len(terms), "entries": len(entries)}
    facts |= {"common": terms["n_docs"].eq(counts.n_documents).sum()}
    facts |= {"found": entries["in_text"].gt(0).sum(), "split": entries["split"].gt(0).sum()}
    return bullets(say(WORDS, key, lang, **facts) for key in ("used", "common", "entries"))


def limits(terms: pd.DataFrame, *, lang: str = "en") -> Markdown:
    """Say what stands between these numbers and the texts."""
    left_out, total = terms.loc[terms["left_out"].notna(), "n"].sum(), terms["n"].sum()
    share = left_out / total if total else 0.0
    return bullets(say(WORDS, key, lang, share=share) for key in ("left out", "longer", "pooled"))


def _counted(counts: Counts) -> dict[str, int]:
    return {"n": counts.n_documents, "tokens": int(counts.tokens_per_document.sum())}


def _together(said: Sequence[Markdown]) -> Markdown:
    return Markdown(" ".join(str(one.data) for one in said))
