"""What notebook 05 shows: the register of set phrases (提法), who uses them, and since when.

A corpus and a lexicon go in; charts, tables and sentences come out.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from IPython.display import Markdown

from difang.corpus.documents import Corpus
from difang.passages.normalising import originals
from difang.passages.occurrences import days, lines, occurrences, periods
from difang.passages.quotations import wording
from difang.passages.set_phrases import families, set_phrases
from difang.reports import charts
from difang.reports.fragment import Fragment
from difang.reports.tables import table
from difang.reports.tiles import by_code, short_name
from difang.reports.wording import listed, plain, say
from difang.words.lexicon import Lexicon

OFFICIAL = ["first_use", "lower_bound", "occasion", "source"]
COLUMNS = 12  # groups, from which on they are the rows of a chart, and phrases its columns
ENOUGH = 3  # documents of a group; a share of fewer says nothing, and is not drawn
LABELS = {
    "phrase": "phrase 提法", "documents": "documents 篇", "count": "count 次", "kind": "kind",
    "quoted": "quoted 引号内", "first": "first seen in this corpus",
    "seen": "first – last seen in this corpus",
    "first_use": "official first use",
    "occasion": "occasion", "source": "source", "province": "province", "doc_id": "document",
    "earliest": "earliest",
}  # fmt: skip
WORDS = {
    "en": {
        "none": "No set phrase was found in {n:document(s)}: no wording is quoted or numbered as "
        "one, and no entry of the lexicon in use occurs.",
        "size": "{n:document(s)}, {phrases:phrase(s)}.",
        "title": "No set phrase stands in more documents than {phrase}: {documents:,} of {n:,}",
        "note": "Source: {folder}, {n:document(s)}. n: occurrences, quoted or not.",
        "headline": "No set phrase stands in more documents than **{phrase}**: {documents:,} of "
        "{n:,}, {count:occurrence(s)}. The register holds {phrases:phrase(s)}, **{share:.0%}** of "
        "them from one document alone.",
        "no dates": "No phrase found here has an official date in the lexicon in use.",
        "no single": "No phrase outside the lexicon stands in one document alone.",
        "no local": "No phrase outside the lexicon stands in two documents or more, all of one "
        "province, while documents of another province are at hand.",
        "one group": "No two groups of documents with phrases are known by {by}: there is nothing "
        "to compare.",
        "groups": "Share of documents with the phrase, by {by}: the {k} most uneven phrases",
        "drawn": "n: documents. Groups of fewer than {enough} documents, which are not "
        "drawn: {left:,}. Source: {folder}.",
        "group table": "Documents with the phrase, of all documents of the group, by {by}",
        "none early": "No phrase stands in a document dated before its official first use.",
        "no contradiction": "No phrase contradicts the date that a document states or was given.",
        "no lexicon": "No lexicon was in use: every phrase was found by its marks.",
        "conclusions": "Of {phrases:phrase(s)}, {single:,} are known from one document alone: "
        "local, or of the occasion. In a fifth of the documents or more (and in two at least): "
        "{shared:phrase(s)}. In the lexicon: {listed:phrase(s)}, {quoted:,} of them nowhere in "
        "quotation marks here.",
        "limits": "Without a date: {undated:,} of {n:document(s)}. They are counted, but tell "
        "nothing of when a phrase was first or last seen. Copies of other documents left out: "
        "{copies:,}.",
    }
}


@dataclass(frozen=True, eq=False)
class Phrases:
    """The register of a corpus with what the lexicon knows, and where each phrase stands."""

    corpus: Corpus
    lexicon: Lexicon | None
    documents: pd.DataFrame
    register: pd.DataFrame
    places: pd.DataFrame

    def facts(self) -> dict[str, object]:
        """Give what sentences are filled with."""
        register, n = self.register, len(self.documents)
        rows = register.head(1).to_dict("records")
        return {
            **{str(name): value for row in rows for name, value in row.items()},
            "n": n,
            "folder": self.corpus.folder,
            "phrases": len(register),
            "single": (single := int(register["documents"].eq(1).sum())),
            "share": single / max(len(register), 1),
            "shared": int(register["documents"].ge(max(2, n / 5)).sum()),
            "listed": int(register["lexicon"].eq("yes").sum()),
            "quoted": int((register["lexicon"].eq("yes") & register["quoted"].eq(0)).sum()),
            "undated": int(days(self.documents).isna().sum()),
            "copies": len(self.corpus.documents) - n,
        }


def read(corpus: Corpus, lexicon: Lexicon | None = None) -> Phrases:
    """Register the phrases of a corpus, with their official dates and every occurrence."""
    register = set_phrases(corpus, lexicon)
    known = pd.DataFrame(columns=["family", *OFFICIAL], dtype="str")
    if lexicon is not None:
        known = lexicon.phrases.assign(family=lexicon.phrases["phrase"].map(wording))
        known = known[["family", *OFFICIAL]].replace("", None).drop_duplicates("family")
    places = occurrences(corpus, register["phrase"], bound=families(lexicon, "quoted"))
    documents = originals(corpus)
    seen = places["doc_id"].map(days(documents)).groupby(places["phrase"]).agg(["min", "max"])
    seen.columns = pd.Index(["first", "last"])
    register = register.drop(columns=["first", "last"]).merge(seen, on="phrase", how="left")
    return Phrases(
        corpus, lexicon, documents, register.merge(known, how="left", on="family"), places
    )


def most_documents(found: Phrases, top: int, *, lang: str = "en") -> object:
    """Chart the phrases by the number of documents that have them."""
    if found.register.empty:
        return say(WORDS, "none", lang, **found.facts())
    title, note = (plain(WORDS, name, lang, **found.facts()) for name in ("title", "note"))
    unit = f"documents with the phrase 篇, of {len(found.documents):,}"
    return charts.bars(found.register.head(top), label="phrase", value="documents", n="count",
                       title=title, unit=unit, note=note)  # fmt: skip


def told(found: Phrases, name: str, *, lang: str = "en") -> Markdown:
    """Say one of the sentences size, headline, conclusions, limits from the register."""
    return say(WORDS, "none" if found.register.empty else name, lang, **found.facts())


def register(found: Phrases, top: int, *, lang: str = "en") -> Fragment | Markdown:
    """List the register, each phrase with the lines it stands in."""
    columns = "phrase documents count quoted kind seen"
    caption = "The register, phrases in most documents first"
    rows = found.register.assign(seen=periods(found.register["first"], found.register["last"]))
    return _table(found, rows, top, caption, told(found, "none", lang=lang), columns)


def official(found: Phrases, top: int, *, lang: str = "en") -> Fragment | Markdown:
    """List the official first use of the phrases that the lexicon dates, beside the first here."""
    rows = _bounded(found.register[found.register["first_use"].notna()])
    columns = "phrase first_use occasion source first"
    caption = "Official first use, as the lexicon has it"
    return _table(found, rows, top, caption, say(WORDS, "no dates", lang), columns)


def narrow(found: Phrases, top: int, *, lang: str = "en") -> list[Fragment | Markdown]:
    """List what the lexicon lacks and one province alone says, or one document alone."""
    home = found.documents["province"]
    users = found.places.assign(province=found.places["doc_id"].map(home))
    users["province"] = users["province"].fillna(users["doc_id"])
    users = users.groupby("phrase")[["province", "doc_id"]].agg(["nunique", "first"])
    users.columns = pd.Index(["provinces", "province", "users", "doc_id"])
    rows = found.register[found.register["lexicon"] == "no"].merge(users, on="phrase")
    local = rows[(rows["users"] > 1) & (rows["provinces"] == 1) & (len(home.unique()) > 1)]
    single, columns = rows[rows["users"] == 1], "phrase documents count first"
    by_province = "Phrases of one province, in two of its documents or more"
    none = {name: say(WORDS, name, lang) for name in ("no local", "no single")}
    return [
        _table(found, local, top, by_province, none["no local"], f"{columns} province"),
        _table(found, single, top, "Phrases of one document", none["no single"],
               f"{columns} doc_id"),
    ]  # fmt: skip


def groups(found: Phrases, by: str, top: int, *, lang: str = "en") -> object:
    """Compare the share of documents with a phrase between groups, where it differs most."""
    sizes = _sizes(found.documents[by])
    drawn = sizes[sizes >= ENOUGH] if (sizes >= ENOUGH).sum() > 1 else sizes
    facts = {**found.facts(), "by": by, "enough": ENOUGH, "left": len(sizes) - len(drawn)}
    if len(sizes) < 2 or found.places.empty:
        return say(WORDS, "one group", lang, **facts)
    users = found.places.drop_duplicates(["phrase", "doc_id"])
    counts = pd.crosstab(users["phrase"], users["doc_id"].map(found.documents[by]))
    counts = counts.reindex(index=found.register["phrase"], columns=drawn.index, fill_value=0)
    counts = counts[counts.sum(axis=1) > 1]
    expected = np.outer(counts.sum(axis=1) / drawn.sum(), drawn)
    uneven = (counts - expected).abs().sum(axis=1).sort_values(ascending=False, kind="stable")
    counts = counts.loc[uneven.index[:top]]
    if (drawn < ENOUGH).any():
        cells = {
            f"{name} ({n})": [f"{k} of {n}" for k in counts[name]] for name, n in drawn.items()
        }
        rows = pd.DataFrame({"phrase": counts.index, **cells})
        return table(rows, caption=plain(WORDS, "group table", lang, **facts), rows=top)
    names = [f"{short_name(str(name)) or name} n={n}" for name, n in drawn.items()]
    shares = (100 * counts / drawn).set_axis(names, axis=1)
    middle = (counts * np.arange(len(drawn))).sum(axis=1) / counts.sum(axis=1)
    shares = shares.loc[middle.sort_values(kind="stable").index] if by == "year" else shares
    shares = shares.head(COLUMNS).T if len(drawn) > COLUMNS and by != "year" else shares
    shown = len(counts) if len(shares) == len(counts) else COLUMNS
    title, note = (plain(WORDS, key, lang, k=shown, **facts) for key in ("groups", "drawn"))
    return charts.heat(shares, title=title, unit="% of documents", note=note)


def _sizes(values: pd.Series) -> pd.Series:
    """Count the documents of each group: years in order, provinces by code, others by size."""
    sizes = values.value_counts()
    if values.name == "province":
        return sizes.sort_index(key=lambda names: names.map(by_code), kind="stable")
    return sizes.sort_index() if values.name == "year" else sizes


def _bounded(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the kind of bound beside the date."""
    return rows.assign(first_use=rows["first_use"] + " " + rows["lower_bound"].fillna(""))


def early(found: Phrases, top: int, *, lang: str = "en") -> list[Fragment | Markdown]:
    """List phrases in documents dated before their official first use, and contradicted dates."""
    dated = found.register.set_index("phrase")["first_use"]
    known = pd.to_datetime(dated, format="ISO8601", errors="coerce")
    places = found.places.assign(day=found.places["doc_id"].map(days(found.documents)))
    latest = found.documents["date_latest"].reindex(places["doc_id"]).to_numpy()
    places = places[latest < known.reindex(places["phrase"]).to_numpy()]
    users = places.groupby("phrase").agg(
        before=("doc_id", "nunique"), among=("day", "size"), earliest=("day", "min")
    )
    rows = found.register.merge(users, on="phrase")
    rows = rows.assign(count=rows["among"], documents=rows["before"]).sort_values(
        ["lower_bound", "documents"], ascending=[True, False], kind="stable"
    )
    columns = "phrase documents count earliest first_use occasion"
    caption = "Phrases before their official first use, hard bounds first"
    against = found.corpus.evidence.query("rule == 'anachronism'")
    return [
        _table(
            found, _bounded(rows), top, caption, say(WORDS, "none early", lang), columns, places
        ),
        listed(
            against,
            rows=top,
            columns=["quote", "doc_id", "value", "reason"],
            caption="Phrases and meetings that contradict a date",
            none=say(WORDS, "no contradiction", lang),
        ),
    ]


def added(found: Phrases, *, lang: str = "en") -> Fragment | Markdown:
    """Compare what marks find (quotation marks, numbering) with what the lexicon finds."""
    if found.lexicon is None or found.register.empty:
        return say(WORDS, "none" if found.lexicon else "no lexicon", lang, **found.facts())
    marked = found.register["phrase"].isin(set_phrases(found.corpus)["phrase"])
    entry = found.register["lexicon"] == "yes"
    kinds = {
        "marks only": ~entry,
        "marks and lexicon": entry & marked,
        "lexicon only": entry & ~marked,
    }
    rows = [
        (name, len(some), some["count"].sum(), some["documents"].gt(1).sum(), [*some["phrase"][:6]])
        for name, some in ((name, found.register[mask]) for name, mask in kinds.items())
    ]
    columns = ["found by", "phrases", "occurrences 次", "in two documents or more", "such as"]
    return table(pd.DataFrame(rows, columns=columns), caption="How the phrases were found")


def _table(
    found: Phrases, rows: pd.DataFrame, top: int, caption: str, none: Markdown, columns: str,
    places: pd.DataFrame | None = None,
) -> Fragment | Markdown:  # fmt: skip
    """Show phrases, each with the lines it stands in: all of them, or those at some places."""
    among = found.places if places is None else places
    shown = lines(found.corpus, among[among["phrase"].isin(rows["phrase"][:top])])
    sentences = {str(phrase): here for phrase, here in shown.groupby("phrase")}
    labels = {name: LABELS[name] for name in columns.split()}
    return listed(rows, caption=caption, none=none, rows=top, columns=labels, sentences=sentences)
