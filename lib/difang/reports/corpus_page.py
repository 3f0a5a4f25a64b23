"""What notebook 01 shows: what a corpus holds, what cleaning did to it, what each field rests on.

A corpus goes in; charts, tables and sentences come out, what a person should look at first.
"""

import csv
import io
from typing import Any

import pandas as pd
from IPython.display import Markdown

from difang.corpus.documents import Corpus
from difang.corpus.metadata import doubtful
from difang.corpus.overrides import Override
from difang.corpus.windows import CONFIDENCE, STRENGTH, meet, parse
from difang.reports import charts
from difang.reports.fonts import drawable
from difang.reports.overviews import UNKNOWN
from difang.reports.wording import bullets, plain, say

FIELDS = ("province", "city", "county", "level", "genre", "title", "source")
SPREAD = ("province", "year")
ENDS = ("date_earliest", "date_latest")
NEEDED = {
    "province": "",
    "year": "",
    "level": "",
    "genre": "",
    "city": "city county township",
    "county": "county township",
}  # column → levels that need it; all if none is named
WORDS = {
    "en": {
        "empty": "There is no document to describe. Files that were not read are listed below.",
        "coverage": "{n:document(s)}, {provinces:province(s)}, {years:year(s)}",
        "headline": "**{n:document(s)}** from {provinces:province(s)} and {years:year(s)}. Cleaning"
        " took out {share:.1%} of the raw characters. **{open:field(s)}** in {docs:document(s)}"
        " should be looked at: the evidence disagrees, or there is none.",
        "disagree": "good evidence disagrees",
        "window": "no year: the window spans several, or is open",
        "weak": "empty: the evidence is too weak",
        "silent": "empty: the text does not say",
        "correct": "Read the document first. Then put your words in place of those in capitals, and"
        " the second line into `data/overrides.csv`:",
        "no correction": "No field is in dispute or empty: there is nothing to correct.",
        "nothing removed": "Cleaning removed nothing from these documents.",
        "source": "Source: {folder}; {unknown}: not known",
        "groups": "Groups with three or more documents, the least for a list: {province:,} of"
        " {provinces:province(s)}, {year:,} of {years:year(s)}.",
        "sure": "{sure:,} of {fields:field(s)} are filled on high confidence, {medium:,} on medium:"
        " read the evidence of these first.",
        "open": "{open:field(s)} in {docs:document(s)} are in dispute, or empty where needed.",
        "lost": "No comparison by province or year holds what lacks it: {n:document(s)}.",
        "damage": "Damage is left at {n:spot(s)}: words cut by it are not counted.",
        "copies": "Comparisons leave out copies: {n:document(s)}.",
        "fiction": "Comparisons leave out fiction: {n:document(s)}.",
        "skipped": "Not read, or not used: {n:file(s)}.",
        "unchecked": "Evidence is what texts and tables say. Whether a stated day or place is true"
        " is not checked.",
    }
}  # fmt: skip


def coverage(corpus: Corpus, *, lang: str = "en") -> object:
    """Chart the documents by province and year, 未知 where either is not known."""
    documents = corpus.documents
    if documents.empty:
        return say(WORDS, "empty", lang)
    title = plain(WORDS, "coverage", lang, n=len(documents), **_spread(documents))
    note = plain(WORDS, "source", lang, folder=drawable(corpus.folder), unknown=UNKNOWN)
    return charts.coverage(documents, title=title, note=note)


def removed(edits: pd.DataFrame, *, title: str, lang: str = "en") -> object:
    """Chart what cleaning took out of each document, or say that it took nothing out."""
    if not edits["action"].eq("remove").any():
        return say(WORDS, "nothing removed", lang)
    return charts.removed(edits, title=title)


def headline(corpus: Corpus, *, lang: str = "en") -> Markdown:
    """Say what the folder holds, how much cleaning took out, and how many fields are open."""
    documents, found = corpus.documents, doubts(corpus, lang=lang)
    if documents.empty:
        return say(WORDS, "empty", lang)
    sizes = documents.index.map(corpus.raw).str.len()
    gone = (documents["removed_share"] * sizes).sum() / sizes.to_numpy().sum()
    facts = {"n": len(documents), "share": gone, "open": len(found)}
    facts |= _spread(documents) | {"docs": found["doc_id"].nunique()}
    return say(WORDS, "headline", lang, **facts)


def conclusions(corpus: Corpus, *, lang: str = "en") -> Markdown:
    """Say what comparisons the corpus can carry and how sure its fields are."""
    found, filled = doubts(corpus, lang=lang), deciding(corpus)["confidence"]
    facts = {name: corpus.documents[name].value_counts().ge(3).sum() for name in SPREAD}
    facts |= {"fields": len(filled), "sure": filled.eq("high").sum(), "open": len(found)}
    facts |= {"medium": filled.eq("medium").sum(), "docs": found["doc_id"].nunique()}
    facts |= _spread(corpus.documents)
    return bullets(say(WORDS, key, lang, **facts) for key in ("groups", "sure", "open"))


def limits(corpus: Corpus, *, lang: str = "en") -> Markdown:
    """Say what the corpus leaves out or leaves broken; what there is none of is not said."""
    documents = corpus.documents
    numbers = {
        "lost": documents[[*SPREAD]].isna().any(axis=1).sum(),
        "damage": documents["damage"].sum(),
        "copies": documents["duplicate_of"].notna().sum(),
        "fiction": documents["genre"].eq("fiction").sum(),
        "skipped": len(corpus.skipped),
    }
    said = [say(WORDS, key, lang, n=number) for key, number in numbers.items() if number]
    return bullets([*said, say(WORDS, "unchecked", lang)])


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
    table["period"] = [_window(row) for _, row in documents.iterrows()]
    rest = documents[["level", "genre", "chars", "removed_share"]]
    return table.join(rest).sort_values("open", ascending=False, kind="stable")


def doubts(corpus: Corpus, *, lang: str = "en") -> pd.DataFrame:
    """List the fields to look at: those whose evidence disagrees, and those needed and empty.

    Returns
    -------
    DataFrame, one row a document and field, what comparisons rest on first
        doc_id, field, now (its value, or window), instead (list of other values), why.
    """
    words, known = WORDS[lang], corpus.documents
    rows: list[tuple[Any, ...]] = []
    for doc_id, field, values in doubtful(corpus.evidence).itertuples(index=False):
        now = _window(known.loc[doc_id]) if field == "date" else known.loc[doc_id, field]
        rivals = [value for value in values.split(" | ") if _against(value, now)]
        rows.append((doc_id, field, now, rivals, words["disagree"]))
    weak = corpus.evidence[corpus.evidence["confidence"] == "low"]
    weak = weak.drop_duplicates(["doc_id", "field", "value"])
    for field, levels in NEEDED.items():
        hints = weak[weak["field"] == field].groupby("doc_id")["value"].agg(list)
        asked = known["level"].isin(levels.split()) if levels else True
        for doc_id, row in known[known[field].isna() & asked].iterrows():
            hint, window = hints.get(doc_id), _window(row) if field == "year" else None
            why = words["window" if window else "weak" if hint else "silent"]
            rows.append((doc_id, field, window, hint, why))
    table = pd.DataFrame(rows, columns=["doc_id", "field", "now", "instead", "why"])
    order = {"date": 1} | {field: 2 * at for at, field in enumerate(NEEDED)}
    ranks = table["field"].map(order).fillna(len(order) * 2)
    return table.loc[ranks.sort_values(kind="stable").index].reset_index(drop=True)


def correction(corpus: Corpus, *, lang: str = "en") -> Markdown:
    """Write the line for data/overrides.csv that corrects the first field of `doubts`."""
    found = doubts(corpus, lang=lang)
    if found.empty:
        return say(WORDS, "no correction", lang)
    doc_id, field, _, instead, _ = found.iloc[0]
    value = instead[0] if isinstance(instead, list) and instead and field != "date" else "VALUE"
    sha256 = corpus.documents["sha256"].loc[doc_id]
    line = [doc_id, sha256, field.replace("date", "year"), value, "WHO", "WHEN", "WHY"]
    csv.writer(lines := io.StringIO(), lineterminator="\n").writerows([Override._fields[:-1], line])
    return Markdown(f"{WORDS[lang]['correct']}\n\n```\n{lines.getvalue()}```")


def deciding(corpus: Corpus) -> pd.DataFrame:
    """Give for each field of each document the evidence that filled it, the weakest first.

    Returns
    -------
    DataFrame, one row a document and field; a date may rest on two, one for each end
        doc_id, field, value, quote, basis, confidence, rule, reason.
    """
    able = corpus.evidence[corpus.evidence["confidence"] != "low"]
    rank = able["basis"].map(STRENGTH) * len(CONFIDENCE) + able["confidence"].map(CONFIDENCE)
    able = able.loc[rank.sort_values(kind="stable").index]
    known = corpus.documents[[*FIELDS, *ENDS]].astype("str").to_dict("index")
    settled = [
        (at, doc_id, column)
        for at, doc_id, field, value in able[["doc_id", "field", "value"]].itertuples()
        for column in _settled(field, value, known[doc_id])
    ]
    table = pd.DataFrame(settled, columns=["at", "doc_id", "column"])
    first = table.drop_duplicates(["doc_id", "column"])["at"].unique()
    weakest = rank.loc[first].sort_values(ascending=False, kind="stable").index
    columns = ["doc_id", "field", "value", "quote", "basis", "confidence", "rule", "reason"]
    return able.loc[weakest, columns].reset_index(drop=True)


def _settled(field: str, value: str, row: dict[Any, Any]) -> list[str]:
    """List the columns of a document that a piece of evidence settles."""
    if field in FIELDS:
        return [field] if value == row[field] else []
    window = parse(value) if field in ("date", "year") else None
    days = zip(ENDS, window, strict=True) if window else ()
    return [end for end, day in days if str(row[end]).startswith(day.isoformat())]


def _window(row: "pd.Series[Any]") -> str | None:
    """Write the days a document lies between, as evidence writes them."""
    days = [".." if pd.isna(row[end]) else str(row[end].date()) for end in ENDS]
    return None if days == ["..", ".."] else "/".join(dict.fromkeys(days))


def _against(value: str, now: object) -> bool:
    """Tell whether a value, or a window of days, cannot stand beside what fills the field."""
    there, here = parse(value), parse(str(now))
    return meet(there, here) is None if there and here else value != now


def _spread(documents: pd.DataFrame) -> dict[str, int]:
    return {f"{name}s": documents[name].nunique() for name in SPREAD}
