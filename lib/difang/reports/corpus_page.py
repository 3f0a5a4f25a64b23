"""What notebook 01 shows first: what a corpus holds, and what a person should look at in it.

A corpus goes in; charts, tables and sentences come out. The fields in doubt are in `doubts`.
"""

from functools import partial
from typing import Any

import pandas as pd
from IPython.display import Markdown

from difang.corpus.documents import Corpus
from difang.reports import charts
from difang.reports.doubts import DISAGREE, anachronisms, doubts, period
from difang.reports.filled import deciding, needed
from difang.reports.fonts import drawable
from difang.reports.fragment import Fragment
from difang.reports.language import joined, named
from difang.reports.overviews import UNKNOWN
from difang.reports.samples import returned, risks
from difang.reports.wording import bullets, captions, say, sentences, tabulate, tally

SPREAD = ("province", "year")
LISTED = 6  # kinds named in a sentence, the most frequent
WORDS = sentences("corpus")


def coverage(corpus: Corpus) -> object:
    """Chart the documents by province and year, 未知 where either is not known."""
    documents = corpus.documents
    if documents.empty:
        return say(WORDS["empty"])
    facts = {"folder": drawable(corpus.folder), "unknown": UNKNOWN, **_spread(documents)}
    return charts.coverage(documents, **captions(WORDS["coverage"], n=len(documents), **facts))


def table(name: str, frame: pd.DataFrame, **options: Any) -> Fragment | Markdown:
    """Show a table under its words, or the sentence that it has no row; `options` of `tabulate`."""
    frame = frame.reset_index() if frame.index.name is not None else frame
    labels = {column: WORDS["columns"].get(column, str(column)) for column in frame}
    return tabulate(WORDS[name] | {"columns": labels}, frame, **options)


def kinds(documents: pd.DataFrame) -> Fragment | Markdown:
    """Count the documents of each level and genre."""
    levels, genres = (documents[name].fillna(UNKNOWN) for name in ("level", "genre"))
    counts = pd.crosstab(levels, genres)
    counts = counts.loc[levels.value_counts().index, genres.value_counts().index]
    shown = counts.rename(columns=partial(named, "genre"))
    return table("kinds", shown.rename_axis("level").rename_axis(columns=None))


def resting(corpus: Corpus) -> pd.DataFrame:
    """Give the evidence that decided, basis and confidence in one column."""
    rows = deciding(corpus)
    told = zip(rows["basis"], rows.pop("confidence"), strict=True)
    rows["basis"] = [joined((named("basis", b), named("confidence", c))) for b, c in told]
    return rows


def proof(corpus: Corpus) -> Markdown:
    """Say whether the raw text comes back when all edits are undone."""
    facts = {"edits": len(corpus.edits), "n": len(corpus.documents), "back": returned(corpus)}
    return say(WORDS["proof"], **facts)


def removed(edits: pd.DataFrame) -> object:
    """Chart what cleaning took out of each document, or say that it took nothing out."""
    if not edits["action"].eq("remove").any():
        return say(WORDS["nothing removed"])
    return charts.removed(edits, title=WORDS["removed"])


def headline(corpus: Corpus) -> Markdown:
    """Say what the folder holds, how much cleaning took out, and how many fields are open."""
    documents, found = corpus.documents, doubts(corpus)
    if documents.empty:
        return say(WORDS["empty"])
    sizes = pd.Series({doc_id: len(corpus.raw[doc_id]) for doc_id in documents.index})
    gone = (documents["removed_share"] * sizes).sum() / sizes.sum()
    facts = {"n": len(documents), "share": gone, "open": len(found)}
    facts |= _spread(documents) | {"docs": found["doc_id"].nunique()}
    return say(WORDS["headline"], **facts)


def signoff(corpus: Corpus) -> Markdown:
    """List what to look at before signing, warnings first; what there is none of is not said."""
    documents, found, risky = corpus.documents, doubts(corpus), risks(corpus)
    disputed = found[found["why"] == DISAGREE]
    damaged = documents.loc[documents["damage"] > 0, "damage"]
    odd = corpus.evidence.query("rule == 'copy' and confidence == 'medium'")["doc_id"]
    copied, genres = documents["duplicate_of"].notna(), documents["genre"].value_counts()
    compared, late = documents[needed(documents, "year")], anachronisms(corpus)
    lost = compared[[*SPREAD]].isna().any(axis=1)
    facts = {
        "disagree": _which(disputed, "field"),
        "late": _which(late, "words"),
        "risks": _which(risky, "rule"),
        "damage": len(damaged),
        "lost": lost.sum(),
        "copies": copied.sum(),
        "fiction": genres.get("fiction", 0),
        "skipped": len(corpus.skipped),
    }
    beside = {"spots": damaged.sum(), "odd": (copied & documents.index.isin(odd)).sum()}
    return bullets(WORDS["signoff"], nothing=not any(facts.values()), **facts, **beside)


def conclusions(corpus: Corpus) -> Markdown:
    """Say what comparisons the corpus can carry and how sure its fields are; and where to sign."""
    filled = deciding(corpus)["confidence"]
    facts: dict[str, Any] = {
        name: corpus.documents[name].value_counts().ge(3).sum() for name in SPREAD
    }
    facts |= {"fields": len(filled)} | {c: filled.eq(c).sum() for c in ("high", "medium")}
    facts |= _spread(corpus.documents) | {"n": len(corpus.documents), "hash": corpus.hash[:12]}
    return bullets(WORDS["conclusions"], **facts)


def limits() -> Markdown:
    """Say what this page cannot tell; what the corpus lacks stands in `signoff`."""
    return bullets(WORDS["limits"])


def overview(corpus: Corpus) -> pd.DataFrame:
    """Give one row a document, those with most fields to look at first.

    Returns
    -------
    DataFrame, index doc_id
        open (fields to look at), title, place, period, level, genre, chars, removed_share.
    """
    documents = corpus.documents
    places = documents[["province", "city", "county"]].itertuples(index=False)
    table = pd.DataFrame({"open": doubts(corpus)["doc_id"].value_counts()}, documents.index)
    table = table.fillna(0).astype("int64").assign(title=documents["title"])
    table["place"] = [" ".join(filter(pd.notna, place)) or None for place in places]
    table["period"] = [period(row) for _, row in documents.iterrows()]
    rest = documents[["level", "genre", "chars", "removed_share"]]
    return table.join(rest).sort_values("open", ascending=False, kind="stable")


def by_reason(skipped: pd.DataFrame) -> pd.DataFrame:
    """Count the files not read by their reason, without what is said of each alone.

    >>> told = ["The PDF is locked.", "Line 3 (a) names none.", "Line 12 (b) names none."]
    >>> by_reason(pd.DataFrame({"reason": told}))["files"].tolist()
    [2, 1]
    """
    reasons = skipped["reason"].str.replace(r"\s*\([^()]*\)|[:;].*|(?<=\D)\.\s.*", "", regex=True)
    counts = reasons.str.replace(r"\d+", "…", regex=True).value_counts()
    return counts.rename_axis("reason").rename("files").reset_index()


def _which(rows: pd.DataFrame, kind: str) -> dict[str, Any]:
    """Count the documents of some rows, and name what they are of; empty where there is none."""
    told = {"n": rows["doc_id"].nunique(), "which": tally(rows[kind], LISTED)}
    return told if len(rows) else {}


def _spread(documents: pd.DataFrame) -> dict[str, int]:
    return {f"{name}s": documents[name].nunique() for name in SPREAD}
