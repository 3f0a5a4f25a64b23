"""Lines over time: levels of terms with their intervals, the documents below, landmarks above.

A table of one row a period goes in, or one a period and series; a `Chart` comes out, one panel a
series, all on one axis of time.
"""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from difang import project
from difang.corpus.calendar import CALENDAR, read_dated
from difang.reports import figures as fig
from difang.reports.figures import Chart
from difang.reports.language import plain

FEW = 3  # documents; a rate from fewer is drawn hollow, and joined to nothing
RANGE = 5  # documents; the limits of fewer are no interval, and dotted
SMOOTHED = 8  # periods with a value, from which on a mean of three neighbours is drawn
PLANS = project.REFERENCE / "five_year_plans.csv"
_YEARS = 18  # labels that fit on the axis of time
_UPRIGHT = 30  # periods; the numbers of documents of more stand upright


@fig.style()
def lines(
    table: pd.DataFrame, *, year: str, value: str, documents: str, title: str, unit: str,
    by: str = "term", note: str = "", interval: tuple[str, str] | None = None,
    other: str | None = None, marks: pd.DataFrame | None = None, mean: bool = True,
) -> Chart:  # fmt: skip
    """Follow values over the years, one panel a series, with the documents below.

    A point from fewer than three documents is hollow and joined to nothing; a year without a value
    leaves a gap. Below eight years the points are joined as they are; from eight on the pale line
    is the mean of three neighbouring years, over the raw points.

    Parameters
    ----------
    table : DataFrame
        One row a year, or a year and series.
    year, value, documents : str
        Columns: year, value, and the number of documents it rests on.
    by : str, default "term"
        Column that names the series, in the order of the table.
    title, unit, note : str
        The finding; what the axis measures; source and reading aid below.
    interval : (str, str), optional
        Columns with the lower and upper end, drawn as a line through the point; dotted below five
        documents.
    other : str, optional
        Column with a second value, drawn as a dashed line: a standardised rate.
    marks : DataFrame, optional
        What `landmarks` gave.
    mean : bool, default True
        Whether the line is a mean of three from eight years on; False joins the points.

    Returns
    -------
    Chart
        `data` holds the rows drawn.
    """
    data = fig.filled(table[table[year].notna()].sort_values(year, kind="stable"), title)
    names = list(table[by].unique())
    every = pd.RangeIndex(int(data[year].min()), int(data[year].max()) + 1, name=year)
    ratios = [0.5, *[1.9] * len(names), 0.9]
    stacked = {"nrows": len(ratios), "sharex": True, "height_ratios": ratios}
    figure, axes = fig.canvas(title, note, 1.2 + sum(ratios), **stacked)
    shown = "" if marks is None else _marked(axes, marks)
    for panel, name in zip(axes[1:-1], names, strict=True):
        one = data[data[by] == name].set_index(year).reindex(every)
        _panel(panel, one, value, documents, interval, other, mean)
        panel.set_ylabel(unit)
        panel.set_title(str(name))
    axes[0].axis("off")
    _documents(axes[-1], data.groupby(year)[documents].max().reindex(every))
    names_of = data[year].astype(int).astype(str) + " " + data[by].astype(str)
    words = fig.alt("lines", title, unit, names_of, data[value])
    return Chart(figure, words + (plain(fig.WORDS["marked"], shown=shown) if shown else ""), data)


def smoothed(values: "pd.Series[float]") -> "pd.Series[float] | None":
    """Give the centred mean of three neighbouring periods; None below eight with a value.

    Missing at both ends and beside a gap: nothing is made up there.

    >>> smoothed(pd.Series([1.0, 2, 6, 1, 2, 6, 1, 2])).tolist()
    [nan, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, nan]
    """
    return values.rolling(3, center=True).mean() if values.count() >= SMOOTHED else None


def landmarks(first: int, last: int) -> pd.DataFrame:
    """List the party congresses and five-year plans that began in these years.

    Returns
    -------
    DataFrame, one row a landmark, in order
        label (十九大, 十三五); kind ("congress" or "plan"); at (place on an axis on which a year is
        centred on its number: 2016.5 is the end of 2016).
    """
    plans = pd.read_csv(PLANS)[["name", "start"]].assign(kind="plan")
    rows = [row for row in read_dated(CALENDAR) if row["kind"] == "party_congress"]
    short = [min(row["aliases"].split("|"), key=len) for row in rows]
    starts = [row["start"] for row in rows]
    congresses = pd.DataFrame({"name": short, "start": starts, "kind": "congress"})
    table = pd.concat([plans, congresses], ignore_index=True).rename(columns={"name": "label"})
    day = pd.to_datetime(table["start"])
    table["at"] = day.dt.year + (day.dt.day_of_year - 1) / 365 - 0.5
    table = table[table["at"].between(first - 0.5, last + 0.5, inclusive="left")]
    return table[["label", "kind", "at"]].sort_values("at").reset_index(drop=True)


def _marked(axes: Any, marks: pd.DataFrame) -> str:
    """Name the landmarks in the strip on top, plans above congresses, and rule them down."""
    for label, kind, at in marks.itertuples(index=False):
        dashes, height = ((1, 2), 0.55) if kind == "plan" else ((4, 2), 0.0)
        axes[0].text(at, height, label, ha="center", va="bottom", fontsize=8, color=fig.GREY)
        for panel in axes[1:-1]:
            panel.axvline(at, color=fig.GREY, linewidth=0.7, dashes=dashes, zorder=0)
    return "、".join(marks["label"])


def _panel(
    axes: Axes, one: pd.DataFrame, value: str, documents: str,
    interval: tuple[str, str] | None, other: str | None, mean: bool,
) -> None:  # fmt: skip
    rates, sizes = one[value].astype(float), one[documents].astype(float)
    enough = rates.where(sizes >= FEW)  # a line through hollow points would claim a course
    means = smoothed(enough) if mean else None
    course, colour = (enough, fig.BLUE) if means is None else (means, fig.SKY)
    axes.plot(one.index, course, color=colour)
    if interval:
        low, high = (one[end].astype(float) for end in interval)
        for held, look in ((sizes < RANGE, (0.0, (1.0, 1.0))), (sizes >= RANGE, (0.0, ()))):
            axes.vlines(one.index[held], low[held], high[held], color=fig.BLUE, linestyles=look)
    if other:
        axes.plot(one.index, one[other].astype(float), color=fig.ORANGE, dashes=(4, 2))
    face = np.where(sizes < FEW, "white", fig.BLUE).tolist()
    axes.scatter(one.index, rates, s=22, c=face, edgecolors=fig.BLUE, zorder=3, clip_on=False)
    axes.set_ylim(bottom=min(0, axes.get_ylim()[0]))
    axes.tick_params(axis="x", length=0, labelbottom=False)


def _documents(axes: Axes, sizes: "pd.Series[Any]") -> None:
    """Draw the number of documents of each period as a bar with its number, the year below."""
    counts = sizes.astype(float).fillna(0)
    bars = axes.bar(counts.index, counts, color=fig.PALE, width=0.8)
    size, upright = (6, 90) if len(counts) > _UPRIGHT else (7, 0)
    axes.bar_label(bars, [f"{count:,.0f}" for count in counts], fontsize=size, rotation=upright)
    years = counts.index[:: -(-len(counts) // _YEARS)]
    axes.set_xticks(years, years.astype("str"), fontsize=9)
    axes.set_ylim(0, max(counts.max(), 1) * (2.2 if upright else 1.6))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_ylabel("篇", rotation=0, labelpad=12, va="center")
    axes.set_xlabel(fig.WORDS["periods"])
    axes.set_xlim(counts.index[0] - 0.6, counts.index[-1] + 0.6)
