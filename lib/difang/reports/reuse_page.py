"""What notebook 06 shows: the passages that documents share, formulas kept apart.

A corpus and a lexicon go in; charts, tables and sentences come out. Sharing is not copying.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from difang.corpus.documents import Corpus
from difang.passages.joining import in_two
from difang.passages.normalising import normalise, originals
from difang.passages.occurrences import automaton, days, longest_rest, periods
from difang.passages.reuse import COPIED as LONG
from difang.passages.reuse import shared_passages, shortest
from difang.passages.set_phrases import families
from difang.passages.travels import witnesses
from difang.reports import charts
from difang.reports.overviews import UNKNOWN
from difang.reports.tiles import by_code, short_name
from difang.reports.wording import Shown, captions, plain, say, sentences, tabulate
from difang.words.concordance import lines
from difang.words.lexicon import Lexicon

STOCK, PHRASES, COPIED, OTHER = "stock formula", "set phrases", "copied passage", "other wording"
BARS, LABEL, SHOWN, MARK = 15, 15, 60, "＊"  # of the figure; characters of a label, of a cell
WIDTH = 20  # characters beside a passage
NAMED = 3  # provinces; more are only counted
MATRIX = 30  # documents up to which they are compared one by one, not by province
WORDS = sentences("reuse")


@dataclass(frozen=True, eq=False)
class Reuse:
    """Shared passages: all of them, a row a family, and a row a family and document.

    The latter gives what a document has most of, the earliest date first.
    """

    corpus: Corpus
    documents: pd.DataFrame
    spans: pd.DataFrame
    held: pd.DataFrame
    passages: pd.DataFrame
    chars: int
    provinces: int

    @property
    def worded(self) -> pd.DataFrame:
        """Passages of other wording than formulas and set phrases: what may have been taken."""
        made = self.passages["made"]
        return self.spans[self.spans["family"].isin(made.index[made.isin([OTHER, COPIED])])]

    def rows(self, name: str) -> pd.DataFrame:
        """Choose the passages between provinces (all, if there is but one), within, or formulas.

        Those between are as long as what documents of two provinces have of them. Unplaced are
        those of documents without a province, of which neither can be said.
        """
        stock, unplaced = self.passages["made"] == STOCK, self.passages["unplaced"]
        if name == "formulas":
            order = ["documents", "chars"]
            return self.passages[stock].sort_values(order, ascending=False, kind="stable")
        between = (self.passages["provinces"] > 1) | (self.provinces < 2)
        if name == "between":
            found = self.passages.assign(chars=self.passages["across"])[~stock & between]
            found.loc[(found["made"] == COPIED) & (found["chars"] < LONG), "made"] = OTHER
            return found.sort_values("chars", ascending=False, kind="stable")
        return self.passages[~stock & ~between & (unplaced == (name == "unplaced"))]

    def facts(self) -> dict[str, object]:
        """Give what sentences are filled with."""
        made, n = self.passages["made"], len(self.documents)
        stock, phrases = int(made.eq(STOCK).sum()), int(made.eq(PHRASES).sum())
        return {
            "n": n, "chars": self.chars, "folder": self.corpus.folder, "passages": len(made),
            "longest": int(self.passages["chars"].max()) if len(made) else 0, "stock": stock,
            "phrases": phrases, "other": len(made) - stock - phrases,
            "copied": int(made.eq(COPIED).sum()), "copies": len(self.corpus.documents) - n,
            "formulaic": (stock + phrases) / max(len(made), 1),
            "undated": int(days(self.documents).isna().sum()),
        }  # fmt: skip


def read(corpus: Corpus, lexicon: Lexicon | None = None, *, min_chars: int | None = None) -> Reuse:
    """Find the shared passages of a corpus, and say of each what it is made of and who has it.

    A passage is as long as what two documents have of its whole, with what a change has left
    (`shared_passages`). It is made of set phrases if what stands between phrases of the lexicon is
    nowhere as long as a passage must be to be listed.
    """
    spans = shared_passages(corpus, min_chars=min_chars)
    chars, documents = min_chars or shortest(corpus), originals(corpus)
    held = spans.sort_values("whole", ascending=False, kind="stable")
    held = held.drop_duplicates(["family", "doc_id"])
    held = held.join(documents[["province", "date_latest"]], on="doc_id")
    held = held.sort_values("date_latest", kind="stable")
    held["day"] = held["doc_id"].map(days(documents))
    held["place"] = held["province"].map(lambda name: short_name(name) or UNKNOWN)
    held["unplaced"] = held["province"].isna()
    passages = witnesses(spans, documents).set_index("family").join(
        held.groupby("family").agg(
            provinces=("province", "nunique"), unplaced=("unplaced", "any"),
            places=("place", "unique"),
            start=("day", "min"), last=("day", "max"), where=("place", "first"),
            least=("whole", "min"),
        )
    )  # fmt: skip
    passages = passages.assign(chars=passages["whole"], text=_wholes(held, documents))
    across = in_two(held.dropna(subset="province"), "province").reindex(passages.index)
    passages["across"] = across.fillna(passages["chars"]).astype(int)
    passages = passages.sort_values("chars", ascending=False, kind="stable")
    phrases = automaton(families(lexicon, "any", "quoted"))
    rest = passages["text"].map(lambda text: longest_rest(text, phrases))
    made = passages["kind"].replace({"shared passage": OTHER})
    passages["made"] = made.mask((rest < chars) & (made != STOCK), PHRASES)
    passages["dates"] = periods(passages["start"], passages["last"])
    day = passages["first"].map(days(documents))
    more = passages["as_early"].map(lambda others: f" (+{others})" if others else "")
    passages["witness"] = passages["where"] + " " + day + more
    passages["places"] = passages["places"].map(_places)
    passages["term"] = passages.index.astype(str)
    passages["shown"] = [t if len(t) <= SHOWN else f"{t[:SHOWN]}…" for t in passages["text"]]
    provinces = documents["province"].nunique()
    return Reuse(corpus, documents, spans, held, passages, chars, provinces)


def _wholes(held: pd.DataFrame, documents: pd.DataFrame) -> "pd.Series[str]":
    """Write each family, without punctuation, as the document has it that has second most of it."""
    most = held.sort_values("whole", ascending=False, kind="stable")
    most = most.groupby("family").nth(1).set_index("family")
    texts = documents.loc[most["doc_id"], "text"]
    places = zip(texts, most["whole_start"], most["whole_end"], strict=True)
    return pd.Series([normalise(text[a:b]).text for text, a, b in places], most.index, dtype="str")


def _places(names: list[str]) -> str:
    """Name a few provinces, count more; 未知 is none of them."""
    known = [name for name in names if name != UNKNOWN]
    told = known if len(known) <= NAMED else [plain(WORDS["provinces"], n=len(known))]
    return "、".join([*told, UNKNOWN] if len(known) < len(names) else told)


def told(found: Reuse, name: str) -> Shown:
    """Say one of the sentences size, headline, conclusions, limits from the passages."""
    return say(WORDS["none" if found.passages.empty else name], **found.facts())


def longest(found: Reuse) -> Shown:
    """Chart the longest passages, stock formulas and parts of longer ones left out."""
    rows = apart(found.rows("between"), BARS)
    if rows.empty:
        return told(found, "none")
    facts = {**found.facts(), "longest": rows["chars"].max()}
    where = WORDS["where"] if found.provinces > 1 else ""
    cut = [f"{t[:LABEL]}{'…' * (len(t) > LABEL)}" for t in rows["text"]]
    marks = [MARK * (made == PHRASES) for made in rows["made"]]
    rows = rows.assign(label=[a + b for a, b in zip(cut, marks, strict=True)])
    words = captions(WORDS["bars"], where=where, **facts)
    return charts.bars(rows, label="label", value="chars", n="documents", **words)


def table(found: Reuse, name: str, top: int) -> Shown:
    """List passages between provinces, within one, or formulas, each with its lines."""
    rows, held = _once(found, found.rows(name).drop(columns="dates"))
    if name == "formulas":
        rows, held = apart(found.rows(name), top).drop(columns=["made", "witness"]), found.held
    lines = _lines(found, rows[:top], held)
    return tabulate(WORDS["columns"] | WORDS[name], rows, rows=top, sentences=lines)


def pairs(found: Reuse) -> list[Shown]:
    """Chart who shares how many passages with whom: documents, or provinces if they are many."""
    single = len(found.documents) <= MATRIX
    places = found.documents["province"].map(lambda name: short_name(name) or name)
    shares = shares_of(found, _named(found.documents) if single else places)
    between = shares.mask(np.eye(len(shares), dtype=bool))
    cells = between.rename_axis("first").rename_axis("second", axis=1).reset_index()
    cells = cells.melt("first", value_name="n").sort_values("n", ascending=False, kind="stable")
    if not cells["n"].max() > 0:
        return [say(WORDS["no pairs" if len(shares) > 1 else "one group"])]
    cut = WORDS["names cut"] if single else ""
    words = captions(WORDS["pairs"], best=cells.iloc[0], cut=cut)
    if single:
        named = zip(between, places.fillna(""), strict=True)
        between.index = pd.Index([f"{one} {home}".strip() for one, home in named])
    means = {"within": pd.Series(np.diag(shares)).mean(), "across": cells["n"].mean()}
    mean = [say(WORDS["means"], **means)] if pd.notna(means["within"]) else []
    return [charts.heat(between, **words), *mean]


def copies(found: Reuse) -> Shown:
    """List the documents that are copies of another; they were left out above."""
    rows = found.corpus.documents.rename_axis("doc_id").reset_index()
    return tabulate(WORDS["copies"], rows[rows["duplicate_of"].notna()], rows=20)


def apart(rows: pd.DataFrame, top: int) -> pd.DataFrame:
    """Keep the first rows of which none holds another."""
    kept: list[str] = []
    for text in rows["text"]:
        if len(kept) < top and not any(text in one or one in text for one in kept):
            kept.append(text)
    return rows[rows["text"].isin(kept)]


def _once(found: Reuse, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Join the sets of documents that hold one sentence: one row, the earliest witness, all places.

    Pieces of a sentence may stand in different sets: each is a passage, the sentence is one.
    """
    dated = rows.sort_values("start", kind="stable")
    own = dated.index.to_series().groupby(dated["text"].to_numpy()).transform("first")
    held = found.held[found.held["family"].isin(own.index)]
    held = held.assign(family=held["family"].map(own)).drop_duplicates(["family", "doc_id"])
    sets = held.groupby("family")
    joined = {"documents": sets["doc_id"].size(), "places": sets["place"].unique().map(_places)}
    return rows[rows.index.isin(own)].assign(**joined), held


def _lines(found: Reuse, rows: pd.DataFrame, held: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give the lines of passages: each document with its date, and where in it they stand."""
    held = held[held["family"].isin(rows.index)]
    held = held.assign(start=held["whole_start"], end=held["whole_end"])
    shown = lines(found.corpus, held, width=WIDTH)
    places = shown["start"].astype(str) + "–" + shown["end"].astype(str)
    shown["doc_id"] += ", " + (shown["day"] + ", ").fillna("") + places
    return {str(family): here for family, here in shown.groupby("family")}


def _named(documents: pd.DataFrame) -> pd.Series:
    """Name documents by the beginnings of their names, as far as these differ."""
    names = documents.index.to_series().astype(str)
    return names.str[: next(k for k in range(3, 999) if names.str[:k].is_unique)]


def shares_of(found: Reuse, groups: pd.Series) -> pd.DataFrame:
    """Mean number of passages that a document of one group shares with one of another."""
    groups = groups.dropna()
    spans = found.worded.drop_duplicates(["family", "doc_id"])
    spans = spans[spans["doc_id"].isin(groups.index)]
    sizes = groups.value_counts(sort=False)
    sizes = sizes.sort_index(key=lambda names: names.map(by_code), kind="stable")
    counts = pd.crosstab(spans["family"], spans["doc_id"].map(groups))
    counts = counts.reindex(columns=sizes.index, fill_value=0)
    shared = counts.T.to_numpy() @ counts.to_numpy() - np.diag(counts.sum())
    number = np.outer(sizes, sizes) - np.diag(sizes)
    means = np.where(number > 0, shared / np.maximum(number, 1), np.nan)
    return pd.DataFrame(means, index=sizes.index, columns=sizes.index)
