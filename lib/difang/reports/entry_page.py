"""How a phrase enters a corpus: who has it year after year, beside its official first use.

The register of notebook 05 goes in; a sentence, a curve and a table come out.
"""

import pandas as pd

from difang.compare.adoption import adoption
from difang.passages.quotations import wording
from difang.reports.phrases_page import ENOUGH, WORDS, Phrases
from difang.reports.spread_page import ADOPTERS, adoption_curve
from difang.reports.timelines import landmarks
from difang.reports.wording import Shown, captions, say, tabulate
from difang.words import concordance


def entering(found: Phrases, phrase: str | None = None) -> list[Shown]:
    """Tell how one phrase enters: by default the one whose share of documents rises most.

    Of phrases with an official date, in a year of three documents or more above all years before;
    of several, that of most documents.
    """
    name = _steepest(found) if phrase is None else wording(phrase)
    rows = found.places[found.places["phrase"] == name]
    if name is None or rows.empty:
        said = "no entry" if phrase is None else "not registered"
        return [say(WORDS[said], phrase=phrase, enough=ENOUGH, **found.facts())]
    years = found.documents["year"]
    table = _by_year(found, rows)
    if len(table) < 2:
        return [say(WORDS["one year"], phrase=name)]
    entry = found.register[found.register["phrase"] == name].iloc[0]
    at = int(table["used"].diff().argmax())
    told = {"phrase": name, "before": table.iloc[at - 1], "after": table.iloc[at], "entry": entry,
            "official": entry["first_use"] if pd.notna(entry["first_use"]) else "—",
            "earlier": int((years < rows["doc_id"].map(years).min()).sum())}  # fmt: skip
    shown = concordance.lines(found.corpus, rows[["phrase", "doc_id", "start", "end"]])
    held = dict(iter(shown.groupby(shown["doc_id"].map(years).astype("str"))))
    listed = tabulate(WORDS["entry"], table.astype({"period": "str"}), sentences=held, phrase=name)
    return [say(WORDS["entered"], **told), *_curve(found, name, entry), listed]


def _by_year(found: Phrases, rows: pd.DataFrame) -> pd.DataFrame:
    """Count documents and provinces of each year, in all and with the phrase."""
    documents = found.documents[["year", "province"]].dropna(subset="year")
    n = rows["doc_id"].value_counts().reindex(documents.index, fill_value=0)
    documents = documents.assign(n=n, has=n > 0)
    years = documents.groupby(documents["year"].astype(int).rename("period"))
    table = years.agg(documents=("has", "size"), holding=("has", "sum"), n=("n", "sum"))
    table["provinces"] = years["province"].nunique()
    having = documents[documents["has"]]
    table["used"] = having.groupby(having["year"].astype(int))["province"].nunique()
    return table.fillna(0).astype(int).reset_index()


def _curve(found: Phrases, name: str, entry: pd.Series) -> list[Shown]:
    """Follow the share of provinces that have used a phrase, its official first use marked."""
    if found.documents["province"].nunique() < ADOPTERS:
        return []
    held = found.places.loc[found.places["phrase"] == name, "doc_id"]
    rows = adoption(found.corpus, name, held=set(held)).assign(term=name)
    marks = landmarks(rows["period"].min(), rows["period"].max())
    if pd.notna(day := entry["official"]):
        at = day.year + (day.day_of_year - 1) / 365 - 0.5
        marks.loc[len(marks)] = [WORDS["official mark"], "official", at]
        marks = marks[marks["at"] >= rows["period"].min() - 0.5]
    told = {str(key): value for key, value in rows.attrs.items()} | found.facts()
    told |= {"phrase": name, "seen": rows["seen"].iloc[-1]}
    return [adoption_curve(rows, marks, **captions(WORDS["curve"], **told))]


def _steepest(found: Phrases) -> str | None:
    """Name the dated phrase whose share of documents rises most above that of all years before."""
    sizes = found.documents["year"].value_counts().sort_index()
    sizes = sizes[sizes >= ENOUGH]
    dated = found.register.loc[found.register["official"].notna(), "phrase"]
    users = found.places[found.places["phrase"].isin(dated)].drop_duplicates(["phrase", "doc_id"])
    if users.empty or len(sizes) < 2:
        return None
    counts = pd.crosstab(users["phrase"], users["doc_id"].map(found.documents["year"]))
    shares = counts.reindex(index=dated, columns=sizes.index, fill_value=0) / sizes
    rises = (shares - shares.cummax(axis=1).shift(axis=1)).max(axis=1)  # above all years before
    return str(rises.idxmax()) if rises.max() > 0 else None
