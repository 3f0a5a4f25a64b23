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
from difang.reports.fonts import drawable
from difang.reports.fragment import Fragment
from difang.reports.wording import bullets, captions, say, sentences, tabulate
from difang.words.concordance import occurrences
from difang.words.counting import Counts, count
from difang.words.lexicon import Lexicon
from difang.words.tokens import Tokens

UNEVEN = 10  # times: beyond it the longest document outweighs the shortest
SHOWN = 12  # documents of the figure of strokes
FREQUENT = 200  # terms among which the uneven ones are sought
WORDS = sentences("explore")


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


def size(corpus: Corpus, counts: Counts) -> Markdown:
    """Say how many documents are counted."""
    return say(WORDS["size"], n=counts.n_documents, all=len(corpus.documents))


def headline(counts: Counts, terms: pd.DataFrame) -> Markdown:
    """Say which term is used most, and which frequent one is spread least evenly."""
    used, uneven = content(terms), gathered(counts, terms)
    if used.empty:
        return say(WORDS["nothing"])
    first = {"first": used.iloc[0], "uneven": next(iter(uneven["term"]), None)}
    return say(WORDS["headline"], n=counts.n_documents, **first)


def lengths(corpus: Corpus, counts: Counts) -> object:
    """Chart the lengths of the documents counted."""
    chars = counts.documents["chars"]
    if chars.empty:
        return say(WORDS["nothing"])
    facts = {"n": len(chars), "low": chars.min(), "high": chars.max()}
    told = captions(WORDS["lengths"], folder=drawable(corpus.folder), **facts)
    return charts.lengths(counts.documents, **told)


def composition(documents: pd.DataFrame) -> Markdown:
    """Warn of few documents, and of lengths so different that they decide what is counted."""
    chars = documents.loc[documents["chars"] > 0, "chars"]
    if chars.empty:
        return say(WORDS["nothing"])
    times = float(chars.max() / chars.min())
    held = {"uneven": times > UNEVEN, "even": times <= UNEVEN, "few": len(chars) < FEWEST * 2}
    return say(WORDS["composition"], times=times, limit=UNEVEN, n=len(chars), **held)


def most_used(corpus: Corpus, counts: Counts, terms: pd.DataFrame, *, top: int) -> object:
    """Chart the terms used most, function words aside."""
    used = content(terms).assign(term=lambda table: table["term"].map(drawable))
    if used.empty:
        return say(WORDS["nothing"])
    facts = {"n": counts.n_documents, "tokens": counts.tokens_per_document.sum()}
    named = {"folder": drawable(corpus.folder), "terms": list(used["term"].head(3))}
    told = captions(WORDS["rates"], **facts, **named)
    return charts.bars(used.head(top), label="term", value="rate", n="n", **told)


def table(rows: pd.DataFrame, key: str, *, top: int) -> Fragment | Markdown:
    """Show the first rows of a table under words, or the sentence that there is none."""
    return tabulate(WORDS[key] | {"columns": WORDS["columns"]}, rows, rows=top)


def with_sentences(
    corpus: Corpus, tokens: Tokens, terms: pd.DataFrame, *, top: int
) -> Fragment | Markdown:
    """Show the first terms of a table, each opening the sentences it was counted in."""
    found = occurrences(corpus, tokens, list(terms["term"].head(top)))
    found = found[~found["doc_id"].map(repeats(corpus.documents)).astype(bool)]  # as counted
    rows = {str(term): lines for term, lines in found.groupby("term")}
    shown = terms if terms["DPnorm"].notna().any() else terms.drop(columns="DPnorm")
    told = WORDS["used table"] | {"columns": WORDS["columns"]}
    return tabulate(told, shown, rows=top, sentences=rows, none=say(WORDS["nothing"]))


def strokes(corpus: Corpus, tokens: Tokens, chosen: Sequence[str]) -> object:
    """Chart where terms stand in the documents, the 12 longest of them."""
    documents = corpus.documents[~repeats(corpus.documents)]
    documents = documents.sort_values("chars", ascending=False, kind="stable")
    shown = list(documents.index[:SHOWN])
    hits = occurrences(corpus, tokens, chosen)
    hits = hits[hits["doc_id"].isin(shown)].assign(term=lambda table: table["term"].map(drawable))
    facts = {"terms": list(map(drawable, chosen)), "folder": drawable(corpus.folder)}
    if hits.empty:
        return say(WORDS["absent"], **facts)
    told = captions(WORDS["strokes"], shown=len(shown), n=len(documents), **facts)
    return charts.dispersion(hits, documents=shown, **told)


def firing(report: pd.DataFrame, entry: str) -> Markdown:
    """Say of one entry of the firing report why it is a token less often than it stands."""
    rows = report[report["entry"] == entry]
    if rows["in_text"].sum() == 0:
        return say(WORDS["no lines"], pattern=entry)
    return say(WORDS["fires"], row=rows.iloc[0], inside=rows["inside"].iloc[0])


def conclusions(counts: Counts, terms: pd.DataFrame, report: pd.DataFrame) -> Markdown:
    """Say what the terms and the lexicon came to."""
    used, entries = list(content(terms)["term"].head(5)), report[report["kind"] != "asked"]
    facts = {"terms": used, "all": len(terms), "entries": len(entries)}
    facts |= {"common": terms["n_docs"].eq(counts.n_documents).sum()}
    facts |= {"found": entries["in_text"].gt(0).sum(), "split": entries["split"].gt(0).sum()}
    return bullets(WORDS["conclusions"], **facts)


def limits(terms: pd.DataFrame) -> Markdown:
    """Say what stands between these numbers and the texts."""
    left_out, total = terms.loc[terms["left_out"].notna(), "n"].sum(), terms["n"].sum()
    return bullets(WORDS["limits"], share=left_out / max(total, 1))
