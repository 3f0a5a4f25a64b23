"""What notebook 05 shows: the register of set phrases (提法), who uses them, and since when.

A corpus and a lexicon go in; charts, tables and sentences come out.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from difang.corpus.documents import Corpus
from difang.passages.candidates import proposed
from difang.passages.normalising import originals
from difang.passages.occurrences import days, periods
from difang.passages.register import official, precedence
from difang.passages.set_phrases import Marks, families, marks_of, registered, stands
from difang.passages.variants import fillings
from difang.reports import charts, tables
from difang.reports.language import named
from difang.reports.tiles import by_code, short_name
from difang.reports.wording import Shown, captions, plain, say, sentences, tabulate
from difang.words.concordance import lines
from difang.words.lexicon import Lexicon
from difang.words.segmentation import segment

OFFICIAL = ["first_use", "lower_bound", "occasion", "source"]
COLUMNS = 12  # groups, from which on they are the rows of a chart, and phrases its columns
ENOUGH = 3  # documents of a group; a share of fewer says nothing, and is not drawn
WORDS = sentences("phrases")


@dataclass(frozen=True, eq=False)
class Phrases:
    """The register of a corpus with what the lexicon knows, and where each phrase stands."""

    corpus: Corpus
    lexicon: Lexicon | None
    documents: pd.DataFrame
    register: pd.DataFrame
    places: pd.DataFrame
    marks: Marks

    def rows(self, name: str) -> pd.DataFrame:
        """Choose the phrases of a table: register, official, local, single or early."""
        rows, ours = self.register, self.register["lexicon"] == "no"
        if name == "early":
            early = self.places[self.places["early"]].groupby("phrase")
            counts = {"documents": ("doc_id", "nunique"), "count": ("day", "size")}
            used = early.agg(**counts, first=("day", "min"))
            rows = rows.drop(columns=used.columns).merge(used, on="phrase")
            order = ["lower_bound", "documents"]
            return rows.sort_values(order, ascending=[True, False], kind="stable")
        several = len(self.documents["province"].unique()) > 1
        local = (rows["documents"] > 1) & (rows["places"] == 1) & several
        masks = {"official": rows["first_use"].notna(), "local": ours & local,
                 "single": ours & (rows["documents"] == 1)}  # fmt: skip
        return rows[masks[name]] if name in masks else rows

    def facts(self) -> dict[str, object]:
        """Give what sentences are filled with."""
        register, n = self.register, len(self.documents)
        single, entry = int((register["documents"] == 1).sum()), register["lexicon"] == "yes"
        return {
            "first": None if register.empty else register.iloc[0],
            "n": n, "folder": self.corpus.folder, "phrases": len(register), "single": single,
            "share": single / max(len(register), 1), "listed": int(entry.sum()),
            "shared": int(register["documents"].ge(max(2, n / 5)).sum()),
            "quoted": int((entry & (register["quoted"] == 0)).sum()),
            "undated": int(days(self.documents).isna().sum()),
            "copies": len(self.corpus.documents) - n,
        }  # fmt: skip


def read(corpus: Corpus, lexicon: Lexicon | None = None) -> Phrases:
    """Register the phrases of a corpus, with their official dates and every occurrence."""
    documents, marks = originals(corpus), marks_of(corpus)
    register, places = registered(corpus, lexicon, marks)
    forms, entries = families(lexicon, "any", "quoted"), official(lexicon)
    early = precedence(places, documents, entries)
    fields = documents[["date", "year", "province"]]  # a text a place fills memory
    at = fields.loc[places["doc_id"]].reset_index()
    province = at["province"].fillna(at["doc_id"])
    places = places.assign(day=days(at), province=province, early=early.all(axis=1))
    known = pd.Index([forms.get(one, "") for one in register["phrase"]])
    dated = entries[OFFICIAL].replace("", None).assign(official=entries["day"])
    dated = dated.reindex(known).set_axis(register.index)
    used = places.groupby("phrase").agg(
        places=("province", "nunique"), province=("province", "first"), doc_id=("doc_id", "first")
    )
    register = register.join(dated).merge(used, on="phrase")
    register["seen"] = periods(register["first"], register["last"])
    bounds = [named("bound", bound) for bound in register["lower_bound"].fillna("")]
    register["first_use"] += " " + pd.Series(bounds, register.index)
    said = register[["pinyin", "gloss"]].astype("str")
    both = said["pinyin"] + tables.BETWEEN + said["gloss"]
    register["gloss"] = said["gloss"].mask((said != "").all(axis=1), both)
    register["origin"] = register["origin"].fillna(WORDS["unsaid"])
    return Phrases(corpus, lexicon, documents, register, places, marks)


def told(found: Phrases, name: str) -> Shown:
    """Say one of the sentences size, headline, conclusions, limits from the register."""
    return say(WORDS["none" if found.register.empty else name], **found.facts())


def most_documents(found: Phrases, top: int) -> Shown:
    """Chart the phrases by the number of documents that have them."""
    if found.register.empty:
        return told(found, "none")
    words, rows = captions(WORDS["bars"], **found.facts()), found.register.head(top)
    return charts.bars(rows, label="phrase", value="documents", n="count", **words)


def table(found: Phrases, name: str, top: int) -> Shown:
    """List phrases, each with the lines it stands in; `name` as in `Phrases.rows`."""
    if found.register.empty:
        return told(found, "none")
    rows, places = found.rows(name), found.places
    if rows["heat"].isna().all():  # of fewer documents than the scale asks for
        rows = rows.drop(columns="heat")
    among = places["phrase"].isin(rows["phrase"][:top]) & (places["early"] | (name != "early"))
    stands = lines(found.corpus, places.loc[among, ["phrase", "doc_id", "start", "end"]])
    held = {str(phrase): here for phrase, here in stands.groupby("phrase")}
    return tabulate(WORDS[name], rows, rows=top, sentences=held)


def variants(found: Phrases, top: int) -> Shown:
    """List the families of two wordings or more, each with its wordings and their documents."""
    rows = found.register[found.register.duplicated("family", keep=False)]
    told = (rows["phrase"] + " " + rows["documents"].astype("str")).groupby(rows["family"])
    users = found.places.merge(rows[["phrase", "family"]], on="phrase").groupby("family")
    frames = rows.groupby("family")["slot"].agg(lambda slots: max(slots, key=list(slots).count))
    table = pd.DataFrame({"wordings": told.agg("、".join), "slot": frames})
    table["documents"], table["count"] = users["doc_id"].nunique(), users.size()
    table = table.sort_values("documents", ascending=False, kind="stable").reset_index()
    return tabulate(WORDS["variants"], table, rows=top)


def slot(found: Phrases, frame: str | None, top: int) -> Shown:
    """List what fills the slot of a frame in the texts; by default that of most documents."""
    known = found.register.loc[found.register["slot"] != "", "slot"]
    if frame is None and known.empty:
        return say(WORDS["no frame"])
    frame = frame or str(known.iloc[0])
    return tabulate(WORDS["slot"], fillings(found.corpus, frame), rows=top, pattern=frame)


def repeated(found: Phrases, top: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Propose wordings that documents repeat and the register has not; and where they stand."""
    tokens = segment(found.corpus, lexicon=found.lexicon)
    return proposed(found.corpus, tokens, top=top, without=set(found.register["phrase"]))


def proposals(found: Phrases, rows: pd.DataFrame, places: pd.DataFrame, top: int) -> Shown:
    """List what `repeated` proposes, for a reader to accept."""
    stands = lines(found.corpus, places)
    held = {str(phrase): here for phrase, here in stands.groupby("phrase")}
    shown = rows if rows.empty else rows.dropna(axis=1, how="all")
    return tabulate(WORDS["proposals"], shown, rows=top, sentences=held)


def contradictions(found: Phrases, top: int) -> Shown:
    """List the evidence of phrases and meetings that contradicts a date stated or given."""
    rows = found.corpus.evidence.query("rule == 'anachronism'")
    return tabulate(WORDS["against"], rows, rows=top)


def groups(found: Phrases, by: str, top: int) -> Shown:
    """Compare the share of documents with a phrase between groups, where it differs most."""
    sizes = _sizes(found.documents[by])
    drawn = sizes[sizes >= ENOUGH] if (sizes >= ENOUGH).sum() > 1 else sizes
    facts = {**found.facts(), "by": by, "enough": ENOUGH, "left": len(sizes) - len(drawn)}
    if len(sizes) < 2 or found.places.empty:
        return say(WORDS["one group"], **facts)
    users = found.places.drop_duplicates(["phrase", "doc_id"])
    counts = pd.crosstab(users["phrase"], users["doc_id"].map(found.documents[by]))
    counts = counts.reindex(index=found.register["phrase"], columns=drawn.index, fill_value=0)
    counts = counts[counts.sum(axis=1) > 1]
    expected = np.outer(counts.sum(axis=1) / drawn.sum(), drawn)
    uneven = (counts - expected).abs().sum(axis=1).sort_values(ascending=False, kind="stable")
    turned = len(drawn) > COLUMNS and by != "year"
    counts = counts.loc[uneven.index[: min(top, COLUMNS) if turned else top]]
    if (drawn < ENOUGH).any():
        cells = counts.astype(str) + WORDS["of"] + drawn.astype(str)
        cells.columns = pd.Index([f"{named(by, name)} ({n})" for name, n in drawn.items()])
        return tables.table(cells, caption=plain(WORDS["group table"], **facts), rows=top)
    if by == "year":
        middle = (counts * np.arange(len(drawn))).sum(axis=1) / counts.sum(axis=1)
        counts = counts.loc[middle.sort_values(kind="stable").index]
    shares = 100 * counts / drawn
    shares.columns = pd.Index([f"{short_name(g) or named(by, g)} n={n}" for g, n in drawn.items()])
    words = captions(WORDS["shares"], k=len(counts), **facts)
    return charts.heat(shares.T if turned else shares, **words)


def added(found: Phrases) -> Shown:
    """Compare what marks find (quotation marks, numbering) with what the lexicon finds."""
    if found.lexicon is None or found.register.empty:
        return say(WORDS["none" if found.lexicon else "no lexicon"], **found.facts())
    by_marks, _ = stands(found.corpus, None, found.marks)
    marked = found.register["phrase"].isin(by_marks["phrase"])
    entry = found.register["lexicon"] == "yes"
    by = np.select([marked & entry, marked, entry], ["both", "marks", "lexicon"], "neither")
    kinds = found.register.groupby(pd.Series(by).map(WORDS["found by"]))
    rows = kinds.agg(phrases=("phrase", "size"), occurrences=("count", "sum"))
    rows["several"] = kinds["documents"].agg(lambda n: int(n.gt(1).sum()))
    rows["such as"] = kinds["phrase"].agg(lambda names: "、".join(names[:6]))
    return tabulate(WORDS["added"], rows.rename_axis("found by").reset_index())


def _sizes(values: pd.Series) -> pd.Series:
    """Count the documents of each group: years in order, provinces by code, others by size."""
    sizes = values.value_counts()
    if values.name == "province":
        return sizes.sort_index(key=lambda names: names.map(by_code), kind="stable")
    return sizes.sort_index() if values.name == "year" else sizes
