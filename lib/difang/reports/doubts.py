"""The fields that a person should look at, each with its evidence and the line that settles it.

A corpus goes in; tables come out, for `tables.table` with the lines that each of its rows opens.
"""

from functools import partial
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from difang.corpus.documents import Corpus
from difang.corpus.metadata import doubtful
from difang.corpus.overrides import LINE
from difang.corpus.windows import meet, parse
from difang.reports.filled import ENDS, NEEDED, needed, ranks
from difang.reports.fragment import Fragment
from difang.reports.language import named as naming
from difang.reports.language import plain, reworded, sentences
from difang.reports.lines import COLUMNS
from difang.reports.samples import in_context

HEAD, PIECES = 80, 5  # characters of a text's beginning; pieces for, against, and too weak
SOFT = pd.Timedelta(days=366)  # after a date, before words with a soft bound count as later
SIDES = ("for", "against", "too weak")
WEAK = SIDES.index("too weak")
WORDS = sentences("corpus")["doubts"]
DISAGREE = "good evidence disagrees"
WEAK_ONLY = "empty: the evidence is too weak"
OPEN = "no year: the window spans several, or is open"
SILENT = "empty: the text does not say"


def doubts(corpus: Corpus) -> pd.DataFrame:
    """List the fields in dispute, then those needed and empty; a correction ends a doubt.

    Returns
    -------
    DataFrame, one row a document and field, within each kind what comparisons rest on first
        doc_id, field, now (its value, or window), instead (list of other values), why.
    """
    known, evidence = corpus.documents, corpus.evidence
    rows: list[tuple[Any, ...]] = []
    for doc_id, field, values in doubtful(evidence).itertuples(index=False):
        now = period(known.loc[doc_id]) if field == "date" else known.loc[doc_id, field]
        rivals = [value for value in values.split(" | ") if _against(value, now)]
        rows.append((doc_id, field, now, rivals, DISAGREE))
    weak = evidence[evidence["confidence"] == "low"].drop_duplicates(["doc_id", "field", "value"])
    for field in set(NEEDED) - {"date"}:
        hints = weak[weak["field"] == field].groupby("doc_id")["value"].agg(list)
        for doc_id, row in known[known[field].isna() & needed(known, field)].iterrows():
            hint, window = hints.get(doc_id), period(row) if field == "year" else None
            why = OPEN if window else WEAK_ONLY if hint else SILENT
            rows.append((doc_id, field, window, hint, why))
    table = pd.DataFrame(rows, columns=["doc_id", "field", "now", "instead", "why"])
    table = table[~_about(table).isin(_about(evidence[evidence["basis"] == "override"]))]
    kinds = [DISAGREE, WEAK_ONLY, OPEN, SILENT]
    order = [*NEEDED, *sorted({*table["field"]} - {*NEEDED})]
    place = table["why"].map(kinds.index) * len(order) + table["field"].map(order.index)
    return table.loc[place.sort_values(kind="stable").index].reset_index(drop=True)


def both_sides(
    corpus: Corpus, found: pd.DataFrame, *, shown: int
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Name each doubt, and give the lines that it opens: the evidence side by side, in context.

    Returns
    -------
    DataFrame, dict of DataFrames
        `found` with its document and field as one column, doubt; for each of the first `shown`
        the strongest pieces for what fills the field, then against, then those too weak, then
        how the text begins: doc_id (what the piece is), left, keyword, right.
    """
    first = found.head(shown)
    own = corpus.evidence[corpus.evidence["doc_id"].isin(first["doc_id"])]
    own = own.assign(rank=ranks(own)).sort_values("rank", kind="stable")
    named = found.drop(columns=["doc_id", "field"])
    fields = found["field"].map(partial(naming, "field"))
    named.insert(0, "doubt", found["doc_id"] + WORDS["colon"] + fields)
    lines = {}
    for name, about, doc_id, now in zip(
        named["doubt"][:shown], _about(first), first["doc_id"], first["now"], strict=True
    ):
        mine = own[_about(own) == about]
        against = np.array([_against(value, now) for value in mine["value"]], dtype=int)
        sides = np.where(mine["confidence"] == "low", WEAK, against)
        mine = mine.assign(side=sides).sort_values("side", kind="stable")
        mine = mine.drop_duplicates(["side", "value", "quote"]).groupby("side").head(PIECES)
        told = [_line(corpus, piece) for piece in mine.itertuples(index=False)]
        told.append((WORDS["begins"], *in_context(corpus.raw[doc_id], 0, 0, HEAD)))
        lines[name] = pd.DataFrame(told, columns=COLUMNS)
    return named, lines


def corrections(corpus: Corpus, found: pd.DataFrame) -> pd.DataFrame:
    """Write the lines for data/overrides.csv that settle doubts, the value left to fill in.

    Returns
    -------
    DataFrame, one row a document and field
        doc_id, sha256, field, value (empty), who, when (empty), why (what was in doubt).
    """
    lines = found.assign(sha256=found["doc_id"].map(corpus.documents["sha256"]))
    return lines.reindex(columns=LINE, fill_value="")


def to_fill_in(lines: pd.DataFrame, *, rows: int) -> Fragment:
    """Show the first lines as they stand in a CSV file; all of them are in the file beside."""
    shown = lines.head(rows).to_csv(index=False, lineterminator="\n")
    return Fragment(f"<pre>{escape(shown)}</pre>", lines.to_csv(index=False, lineterminator="\n"))


def anachronisms(corpus: Corpus) -> pd.DataFrame:
    """List the words that came up only after the date of the document that uses them.

    Of phrases whose first use is a soft bound, which may be plain words in an older text, only
    those more than a year late are listed.

    Returns
    -------
    DataFrame, one row a document and phrase, hard bounds first, then the most frequent phrases
        doc_id, words, since (when they came up), bound, dated (day, or window), context.
    """
    late = corpus.evidence[corpus.evidence["rule"].isin(["anachronism", "dated_phrase"])]
    late = late.assign(words=late["quote"], since=late["value"].str.split("/").str[0])
    latest = corpus.documents["date_latest"].reindex(late["doc_id"]).to_numpy()
    hard = late["rule"].eq("anachronism")
    late["bound"] = hard.map({True: "hard", False: "soft"})
    late = late[hard | (pd.to_datetime(late["since"], errors="coerce") - latest > SOFT)]
    late["dated"] = [period(corpus.documents.loc[doc_id]) for doc_id in late["doc_id"]]
    spans = zip(late["doc_id"], late["start"], late["end"], strict=True)
    late["context"] = ["".join(in_context(corpus.raw[i], *span)) for i, *span in spans]
    late["often"] = -late.groupby("words")["words"].transform("size")
    late = late.sort_values(["bound", "often", "words"], kind="stable", ignore_index=True)
    columns = ["doc_id", "dated", "words", "since", "bound", "context"]
    return late[columns].drop_duplicates(["doc_id", "words"])


def period(row: "pd.Series[Any]") -> str | None:
    """Write the days a document lies between, as evidence writes them."""
    days = [".." if pd.isna(row[end]) else str(row[end].date()) for end in ENDS]
    return None if days == ["..", ".."] else "/".join(dict.fromkeys(days))


def _line(corpus: Corpus, piece: Any) -> tuple[str, ...]:
    """Tell what a piece of evidence is, and give its words in context, if it has any."""
    at = plain(WORDS["at"], start=piece.start) if piece.start >= 0 else ""
    told = plain(
        WORDS["piece"],
        side=WORDS[SIDES[piece.side]],
        at=at,
        piece=piece,
        reason=reworded(piece.reason),
    )
    if piece.start < 0:
        return told, "", str(piece.quote), ""
    return told, *in_context(corpus.raw[piece.doc_id], piece.start, piece.end)


def _about(table: pd.DataFrame) -> "pd.Series[str]":
    """Name documents with the fields that are weighed together: a year is part of a date."""
    return table["doc_id"] + ": " + table["field"].replace("year", "date")


def _against(value: str, now: object) -> bool:
    """Tell whether a value, or a window of days, cannot stand beside what fills the field."""
    there, here = parse(value), parse(str(now))
    return meet(there, here) is None if there and here else value != now
