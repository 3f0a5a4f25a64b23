"""The register: who uses each set phrase, since when, how widely, and where it comes from.

Takes where phrases stand, and the documents; gives columns, one row a phrase. All dates are those
of this corpus: first seen here, not first used.
"""

import numpy as np
import pandas as pd

from difang.passages.occurrences import days
from difang.passages.quotations import wording
from difang.words.lexicon import PHRASE_COLUMNS, Lexicon

LEVELS = ["national", "province", "city", "county", "township"]
CENTRAL, PROVINCIAL = "national", "provincial:"  # origin of an entry, in the lexicon's column kind
# Six degrees, after the China Media Project's 沸 烫 热 暖 温 冷; the thresholds, shares of
# documents, are ours and fixed. Below 100 documents one alone would be more than 冷.
HEAT = {"沸": 0.5, "烫": 0.25, "热": 0.1, "暖": 0.05, "温": 0.01, "冷": 0.0}
ENOUGH = 100
NAMED = 3  # speakers written out


def usage(found: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Tell of each phrase how often it stands, where, when, and in whose documents.

    Parameters
    ----------
    found : DataFrame
        What `occurrences` found.
    documents : DataFrame
        The documents that were searched; columns they lack are read as unknown.

    Returns
    -------
    DataFrame, index phrase, in the order of the corpus
        count; documents; provinces (how many are known to have it); levels (of government, the
        highest first); speakers (named in its documents: three, and how many more); first, last
        (day, or year where no more is known); heat (degree by share of documents).
    """
    told = _known(documents, "province", "level", "speakers").assign(day=days(documents))
    used = found.drop_duplicates(["phrase", "doc_id"]).join(told, on="doc_id")
    by = used.groupby("phrase", sort=False)
    table = by.agg(
        documents=("doc_id", "size"), provinces=("province", "nunique"),
        first=("day", "min"), last=("day", "max"),
    )  # fmt: skip
    table.insert(0, "count", found["phrase"].value_counts())
    rank = used["level"].map({level: k for k, level in enumerate(LEVELS)})
    levels = used.assign(rank=rank).sort_values("rank").dropna(subset="rank")
    table["levels"] = (
        levels.drop_duplicates(["phrase", "level"]).groupby("phrase")["level"].agg("、".join)
    )
    table["speakers"] = _speakers(used.dropna(subset="speakers"))
    table["heat"] = heat(table["documents"], len(documents))
    return table.astype({"levels": "str", "speakers": "str"}).fillna({"levels": "", "speakers": ""})


def heat(documents: "pd.Series[int]", searched: int) -> "pd.Series[str]":
    """Give the degree (沸 烫 热 暖 温 冷) of shares of documents; missing below 100 documents.

    >>> heat(pd.Series([60, 4]), 100).tolist()
    ['沸', '温']
    """
    if searched < ENOUGH:
        return pd.Series(None, index=documents.index, dtype="str")
    borders = np.array([*HEAT.values()])[::-1]
    degree = np.searchsorted(borders, documents / searched, side="right") - 1
    return pd.Series(np.array([*HEAT])[::-1][degree], index=documents.index, dtype="str")


def official(lexicon: Lexicon | None) -> pd.DataFrame:
    """Give what the lexicon says of the origin of its entries, index the wording.

    The columns of the file, and day (first_use as a date: the first of a month or year).
    """
    phrases = pd.DataFrame(dtype="str") if lexicon is None else lexicon.phrases
    columns = dict.fromkeys([*PHRASE_COLUMNS, *phrases.columns])
    table = phrases.reindex(columns=[*columns], fill_value="").astype("str")
    dates = pd.to_datetime(table["first_use"].replace("", None), format="ISO8601", errors="coerce")
    table = table.assign(day=dates, phrase=table["phrase"].map(wording).astype("str"))
    return table.drop_duplicates("phrase").set_index("phrase")


def precedence(found: pd.DataFrame, documents: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Say of each occurrence whether its document is older than the official first use.

    Parameters
    ----------
    found : DataFrame
        What `occurrences` found, with a column entry (the lexicon's phrase, or "").
    entries : DataFrame
        What `official` gave.

    Returns
    -------
    DataFrame, index as `found`, bool
        before (the window of the document ends before that day); own (the document is one of
        those that the lexicon speaks of: any for a national phrase, of its province for a
        provincial one; another province may have used the same words for something else).
    """
    told = _known(documents, "date", "date_latest", "province").loc[found["doc_id"]]
    entry = entries[["kind", "day"]].reindex(found["entry"])
    before = told["date_latest"].fillna(told["date"]).to_numpy() < entry["day"].to_numpy()
    kind, place = entry["kind"].to_numpy(), (PROVINCIAL + told["province"]).to_numpy()
    return pd.DataFrame({"before": before, "own": (kind == CENTRAL) | (kind == place)}, found.index)


def origins(
    found: pd.DataFrame, documents: pd.DataFrame, entries: pd.DataFrame
) -> "pd.Series[str]":
    """Say where each phrase comes from: central, a province, or missing: it cannot be said.

    The lexicon's dated source speaks, unless a document from elsewhere is older: one below the
    national level for a national phrase, one of another province for a provincial one. Of other
    phrases the documents speak, if national and other documents have it and the oldest is surely
    older than all of the other kind: then its province, or central.
    """
    told = _known(documents, "date", "date_earliest", "date_latest", "level", "province")
    used = found.drop_duplicates(["phrase", "doc_id"])
    used = used.join(told, on="doc_id").join(precedence(used, documents, entries))
    central = used["level"] == CENTRAL
    entry = entries.loc[entries["day"].notna(), "kind"].reindex(used["entry"])
    said = entry.str.removeprefix(PROVINCIAL).replace(CENTRAL, "central").set_axis(used.index)
    elsewhere = used["before"] & ~np.where(said == "central", central, used["own"])
    by = used.assign(said=said, elsewhere=elsewhere).groupby("phrase")
    said = by["said"].first()
    lexicon = said.mask(by["elsewhere"].any() | (said == ""))
    return lexicon.fillna(_older(used).where(by["entry"].first() == ""))


def _older(used: pd.DataFrame) -> "pd.Series[str]":
    """Name the side, central or a province, whose oldest document precedes all of the other's."""
    begin, end = (used[name].fillna(used["date"]) for name in ("date_earliest", "date_latest"))
    rows = used.assign(begin=begin, end=end, province=used["province"].fillna(""))
    central = rows["level"] == CENTRAL
    ours, theirs = (
        rows[side].sort_values("end", kind="stable").groupby("phrase")
        .agg(begin=("begin", "min"), end=("end", "min"), province=("province", "first"))
        .reindex(used["phrase"].unique())
        for side in (central, rows["level"].notna() & ~central)
    )  # fmt: skip
    place = theirs["province"].where(theirs["end"] < ours["begin"]).replace("", None)
    return place.mask(ours["end"] < theirs["begin"], "central")


def _known(documents: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Take columns, dates as dates and all else as text; missing where a corpus lacks them."""
    told = documents.reindex(columns=[*names])
    return pd.DataFrame({
        name: pd.to_datetime(told[name]) if name.startswith("date") else told[name].astype("str")
        for name in names
    })  # fmt: skip


def _speakers(used: pd.DataFrame) -> "pd.Series[str]":
    """Write the speakers of each phrase, without their offices."""
    named = used.assign(name=used["speakers"].str.split("；")).explode("name")
    named["name"] = named["name"].str.split("（").str[0]
    by = named.drop_duplicates(["phrase", "name"]).groupby("phrase")["name"]
    more = by.size() - NAMED
    return by.agg(lambda names: "、".join(names[:NAMED])) + np.where(
        more > 0, " +" + more.astype(str), ""
    )
