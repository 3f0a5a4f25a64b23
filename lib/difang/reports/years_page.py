"""Terms over time: what notebook 04 shows of levels, trends, and new and gone terms.

In goes a `Comparison` by year; out come charts, tables and sentences, the sentence where there is
too little to show.
"""

from collections.abc import Sequence

import pandas as pd

from difang.compare.groups import support
from difang.compare.inference import LEVEL
from difang.compare.novelty import new_and_gone
from difang.compare.rates import rates_by
from difang.compare.refusals import FEW
from difang.compare.trends import no_trend, trend
from difang.reports.compare_page import BRIEF, RANGE, Shown, source
from difang.reports.compare_views import everywhere
from difang.reports.comparison import Comparison
from difang.reports.figures import number
from difang.reports.tables import table
from difang.reports.timelines import FEW as FEWEST
from difang.reports.timelines import SMOOTHED, landmarks, lines
from difang.reports.wording import listed, plain, say, sentences

WORDS = sentences("years")
TREND = 4  # terms followed where none are chosen
NAMED = 6  # periods a note names before it breaks off


def trend_terms(page: Comparison, terms: Sequence[str] | None = None) -> list[str]:
    """Choose terms to follow: those given, else the first telling ones, else of all groups'."""
    if terms:
        return list(terms)
    return (page.telling(page.target) or list(everywhere(page)["term"]))[:TREND]


def trend_figure(page: Comparison, terms: Sequence[str] | None = None) -> Shown:
    """Follow terms over the years, with intervals, the documents below, landmarks above."""
    known = [term for term in trend_terms(page, terms) if term in page.counts.terms]
    if not known or not in_years(page):
        return say(WORDS["no trend"], by=page.by, terms="、".join(terms or []) or "—")
    rates = rates_by(page.counts, terms=known, by=page.by, spent=page.spent)
    rates = rates.dropna(subset="rate")
    return lines(
        rates,
        year="group",
        value="rate",
        documents="group_docs",
        by="term",
        interval=("interval_low", "interval_high"),
        marks=marks(page),
        title=plain(WORDS["trend"], by=page.by, terms="、".join(known)),
        unit="每万词",
        note=source(page, _note(page, rates)),
    )


def in_years(page: Comparison) -> bool:
    """Whether the groups are whole numbers, as years and months are."""
    names = page.groups.names
    return bool(names) and all(isinstance(name, int) for name in names)


def marks(page: Comparison) -> pd.DataFrame | None:
    """Return the landmarks of the years that the groups span; None if they are no years."""
    return landmarks(page.groups.names[0], page.groups.names[-1]) if page.by == "year" else None


def undated(page: Comparison) -> list[Shown]:
    """Say how many documents have no year (未知), if any, and between what days they lie."""
    documents = page.counts.documents.iloc[page.groups.rows[page.groups.codes < 0]]
    told = {"unknown": len(documents), "n": len(page.groups.rows), "by": page.by}
    if documents.empty:
        return []
    sentence = say(WORDS["undated"], **told)
    days = documents[["date_earliest", "date_latest"]].rename_axis("doc_id")
    return [sentence, table(days, caption="未知")]


def trends(page: Comparison, *, top: int = 20) -> list[Shown]:
    """List the terms that rise or fall over the years; the sentence below five periods."""
    if why := no_trend(page.counts, by=page.by):
        return [say("{zh}\n\n{en}", zh=why.zh, en=why.en)]
    tested = trend(page.counts, by=page.by, spent=page.spent)
    found = tested[tested["q"] < LEVEL]
    parts = {"rising": found[found["tau"] > 0], "falling": found[found["tau"] < 0]}
    told = {name: len(rows) for name, rows in parts.items()} | {"tested": len(tested)}
    account = {name: tested.attrs[name] for name in ("periods", "floor", "by")}
    account["thin"] = int((page.groups.sizes < FEWEST).sum())
    shown: list[Shown] = [say(WORDS["tested"], **told, **account)]
    return [*shown, *(_moving(page, rows, name, top) for name, rows in parts.items())]


def arrivals(page: Comparison, *, top: int = 20) -> list[Shown]:
    """List what is new in the target, what went with it, and the same in brief of every period."""
    if not page.groups.has_order or page.target is None:
        return [say(WORDS["no order"], by=page.by)]
    found = new_and_gone(page.counts, by=page.by, spent=page.spent)
    if found.empty:
        return [say(WORDS["not beside"], by=page.by)]
    certain = (found["within"] == 0) & (found["n_docs"] / found["group_docs"] > found["upper"])
    rows = found[certain & ~found["term"].isin(page.hidden)]
    shown: list[Shown] = [say(WORDS["beside"], all=len(found), listed=len(rows), by=page.by)]
    for change, here in (("new", "group"), ("gone", "other")):
        own = rows[(rows["change"] == change) & (rows[here] == page.target)]
        shown.append(_changed(page, own, change, top))
    return [*shown, _every_period(page, rows)]


def _moving(page: Comparison, rows: pd.DataFrame, name: str, top: int) -> Shown:
    """Show the terms that rise, or that fall, with their sentences."""
    rows = rows[~rows["term"].isin(page.hidden)]
    rows = rows.assign(height=rows["tau"].abs(), steep=rows["slope"].abs())
    rows = rows.sort_values(["height", "steep"], ascending=False, kind="stable").head(top)
    pairs = zip(rows["slope_low"], rows["slope_high"], strict=True)
    rows["range"] = [plain(WORDS["between"], low=number(a), high=number(b)) for a, b in pairs]
    labels = {"term": "term 词项", "tau": "tau", "slope": plain(WORDS["slope"], by=page.by)}
    labels |= {"range": WORDS["slope range"], "q": "q", "first": WORDS["first"]}
    labels |= {"last": WORDS["last"], "n_docs": "documents 篇"}
    return listed(
        rows,
        caption=WORDS[name],
        none=say(WORDS[f"no {name}"]),
        columns=labels,
        formats={"q": ".2g"},
        sentences=page.lines(rows["term"]),
    )


def _changed(page: Comparison, rows: pd.DataFrame, change: str, top: int) -> Shown:
    """Show what came with the target, or went, with the sentences where it stands."""
    rows = rows.head(top)
    pairs = zip(rows["n_docs"], rows["group_docs"], strict=True)
    rows = rows.assign(held=[f"{docs}/{of} 篇" for docs, of in pairs])
    labels = {
        "term": "term 词项",
        "n": "n",
        "held": "documents 篇",
        "other_docs": WORDS["searched"],
    }
    labels |= {"upper": WORDS["upper"], "elsewhere": WORDS[f"{change} elsewhere"]}
    told = {"target": page.target, "other": rows["group"].iloc[0] if len(rows) else ""}
    if change == "new":
        told["other"] = rows["other"].iloc[0] if len(rows) else ""
    return listed(
        rows,
        caption=plain(WORDS[f"{change} caption"], **told),
        none=say(WORDS[f"no {change}"], target=page.target),
        columns=labels,
        formats={"upper": ".0%"},
        sentences=page.lines(rows["term"], rows["group"].iloc[0]) if len(rows) else None,
    )


def _every_period(page: Comparison, rows: pd.DataFrame) -> Shown:
    """Name the first new and gone terms of every period in one table."""
    first = {"new": rows[rows["change"] == "new"].groupby("group"),
             "gone": rows[rows["change"] == "gone"].groupby("other")}  # fmt: skip
    brief = support(page.counts, by=page.by)[["group", "group_docs"]]
    for change, parts in first.items():
        terms = parts["term"].agg(lambda one: "、".join(one.head(BRIEF)))
        brief[change] = [terms.get(name, "—") for name in brief["group"]]
    labels = {"group": page.by, "group_docs": "documents 篇", "new": WORDS["new"]}
    labels["gone"] = WORDS["gone"]
    caption = plain(WORDS["every period"], top=BRIEF, by=page.by)
    return table(brief, caption=caption, rows=None, columns=labels)


def _note(page: Comparison, rates: pd.DataFrame) -> str:
    """Say how to read the points, as far as these have it."""
    sizes = rates.groupby("group")["group_docs"].max()
    said = [WORDS["trend note"]]
    if (sizes >= 3).any():
        said.append(WORDS["limits"])
    for key, held in (
        ("range", sizes.between(3, RANGE - 1)),
        ("narrow", sizes.between(RANGE, FEW - 1)),
    ):
        if held.any():
            said.append(plain(WORDS[key], periods=_named(sizes.index[held])))
    if (sizes >= 3).sum() >= SMOOTHED:
        said.append(WORDS["mean"])
    if page.by in ("year", "month"):
        said.append(WORDS[f"{page.by} marks"])
    return " ".join([*said, plain(WORDS["left out"], unknown=page.groups.no_group)])


def _named(periods: "pd.Index[int]") -> str:
    return "、".join(map(str, periods[:NAMED])) + (" …" if len(periods) > NAMED else "")
