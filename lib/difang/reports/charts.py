"""Charts of scores, counts and the corpus itself, each with its finding, unit, n and source.

A table goes in, with the names of its columns; a `Chart` comes out: figure, text, data as drawn.
Titles are the caller's, who knows the finding. Rows stand by value or in a given order;
names of points are placed by adjustText, alike in every run.
"""

import numpy as np
import pandas as pd
from adjustText import adjust_text
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox
from scipy.spatial import cKDTree

from difang.reports import figures as fig
from difang.reports.figures import Chart, png, save, show, svg
from difang.reports.maps import heat, tile_map
from difang.reports.overviews import coverage, dispersion, lengths, removed
from difang.reports.timelines import FEW, lines

__all__ = [
    "FEW", "Chart", "bars", "both_sides", "coverage", "dispersion", "heat", "lengths", "lines",
    "png", "removed", "save", "scatter", "show", "svg", "tile_map",
]  # fmt: skip
MOVES = 300  # that names are given to get out of each other's way
NEAR = 10  # points that a name is kept off: of tens of thousands, all would take minutes


@fig.style()
def bars(
    table: pd.DataFrame, *, label: str, value: str, title: str, unit: str, note: str = "",
    interval: tuple[str, str] | None = None, n: str | None = None,
) -> Chart:  # fmt: skip
    """Rank rows as horizontal bars, the largest first, each with its value.

    Parameters
    ----------
    table : DataFrame
        One row a bar; rows without a value are left out.
    label, value : str
        Columns: what the bar stands for, and its length.
    title, unit, note : str
        The finding; what the axis measures (每万词); source and reading aid below.
    interval : (str, str), optional
        Columns with the lower and upper end, drawn as a line over the bar.
    n : str, optional
        Column with the number of cases, written beside the value.

    Returns
    -------
    Chart
        `data` holds the rows in the order drawn.
    """
    data = fig.filled(fig.ranked(table, value), title)
    figure, axes = fig.canvas(title, note, 1.5 + fig.ROW * len(data))
    axes.barh(range(len(data)), data[value], height=0.7)
    ends = data[value].clip(lower=0)
    if interval:
        low, high = data[interval[0]], data[interval[1]]
        axes.hlines(range(len(data)), low, high, color="black", linewidth=1.2)
        ends = ends.combine(high, np.fmax)
    counts = [f"  n = {count:,.0f}" for count in data[n]] if n else [""] * len(data)
    for row, (end, one, count) in enumerate(zip(ends, data[value], counts, strict=True)):
        axes.text(end, row, f" {fig.number(one)}{count}", va="center", fontsize=9, color=fig.GREY)
    fig.name_rows(axes, data[label], unit)
    if pd.api.types.is_integer_dtype(data[value]):  # no quarter of a document
        axes.locator_params(axis="x", integer=True)
    return Chart(figure, fig.alt("bars", title, unit, data[label], data[value]), data)


@fig.style()
def both_sides(
    table: pd.DataFrame, *, label: str, value: str, sides: tuple[str, str], title: str, unit: str,
    note: str = "", top: int = 15,
) -> Chart:  # fmt: skip
    """Set two groups against each other: bars to the left for the one, to the right for the other.

    Parameters
    ----------
    table : DataFrame
        One row a bar; below zero it belongs to the left side, above to the right.
    label, value : str
        Columns: what the bar stands for, and its signed length.
    sides : (str, str)
        Names of the left and the right group.
    title, unit, note : str
        The finding; what the axis measures; source and reading aid below.
    top : int, default 15
        Rows of each side.

    Returns
    -------
    Chart
        `data` holds the rows in the order drawn, right side first.
    """
    order = fig.ranked(table, value)
    right, left = order[order[value] > 0].head(top), order[order[value] < 0].tail(top)
    data = fig.filled(pd.concat([right, left]).reset_index(drop=True), title)
    figure, axes = fig.canvas(title, note, 1.6 + fig.ROW * len(data))
    drawn = axes.barh(range(len(data)), data[value])
    for row, (name, one, bar) in enumerate(zip(data[label], data[value], drawn, strict=True)):
        bar.set_color(fig.ORANGE if one > 0 else fig.BLUE)
        axes.text(0, row, f" {fig.cut(name)} ", ha="right" if one > 0 else "left", va="center")
    axes.bar_label(drawn, data[value].map(fig.number), fontsize=9, color=fig.GREY, padding=3)
    fig.name_rows(axes, [], f"← {sides[0]}　　{unit}　　{sides[1]} →")
    reach = data[value].abs().max()
    axes.set_xlim(-reach, reach)
    axes.axvline(0, color="black", linewidth=0.8)
    axes.spines["left"].set_visible(False)
    return Chart(figure, fig.alt("sides", title, unit, data[label], data[value]), data)


@fig.style()
def scatter(
    table: pd.DataFrame, *, label: str, values: tuple[str, str], sides: tuple[str, str], title: str,
    unit: str, note: str = "", top: int = 12,
) -> Chart:  # fmt: skip
    """Set two groups against each other: what lies on the diagonal, both use alike.

    Parameters
    ----------
    table : DataFrame
        One row a point; of those on either side of the diagonal, the first are named.
    label, values : str, (str, str)
        Columns: what the point stands for, and its values in the two groups. The axes are
        linear up to the smallest value above 0, so that 0 has a place, and logarithmic beyond.
    sides : (str, str)
        Names of the two groups, of the horizontal and of the vertical axis.
    title, unit, note : str
        The finding; what both axes measure; source and reading aid below.
    top : int, default 12
        Points named on either side; a name for which there is no room is left out.

    Returns
    -------
    Chart
        `data` holds the points, and in `named` whether the name is drawn.
    """
    across, up = values
    data = fig.filled(table.dropna(subset=[across, up]).reset_index(drop=True), title)
    figure, axes = fig.canvas(title, note, 7.5)
    lower = data[up] < data[across]
    for part, colour, marker in ((lower, fig.BLUE, "v"), (~lower, fig.ORANGE, "^")):
        axes.scatter(data.loc[part, across], data.loc[part, up], s=26, c=colour, marker=marker)
    axes.axline((0, 0), (1, 1), color=fig.GREY, linewidth=0.8, dashes=(4, 2))
    least, most = data[[across, up]].melt()["value"].loc[lambda one: one > 0].agg(["min", "max"])
    near, far = -least / 3, most * 1.6
    axes.set_xscale("symlog", linthresh=least, linscale=0.4)
    axes.set_yscale("symlog", linthresh=least, linscale=0.4)
    axes.set(xlim=(near, far), ylim=(near, far), xlabel=f"{sides[0]}　{unit}")
    axes.set_ylabel(f"{sides[1]}　{unit}")
    decades = np.arange(np.ceil(np.log10(least)), np.floor(np.log10(most)) + 1)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks([0, *10.0**decades])  # below the least, on the linear part, is only 0
        axis.set_major_formatter("{x:g}")
    fig.lay_out(figure)
    named = _named(axes, data, label, values, data.groupby(lower).head(top).index)
    told = data.loc[named, label] + " " + data.loc[named, across].map(fig.number) + " :"
    words = fig.alt("points", title, unit, told, data.loc[named, up])
    return Chart(figure, words, data.assign(named=data.index.isin(named)))


def _named(
    axes: Axes, data: pd.DataFrame, label: str, values: tuple[str, str], rows: "pd.Index[int]"
) -> list[int]:
    """Write the names beside their points; give the rows for which there was room."""
    points, places = data[list(values)].to_numpy(), data.loc[rows, [label, *values]]
    texts = [axes.text(x, y, fig.cut(name), fontsize=9) for name, x, y in places.to_numpy()]
    boxes, named, place = list[Bbox](), list[int](), axes.transData
    shown = place.transform(points)
    near = cKDTree(shown).query(shown[rows], range(1, 1 + min(NEAR, len(points))))[1]
    kept_off = points[np.unique(near)]
    adjust_text(texts, *kept_off.T, ax=axes, iter_lim=MOVES, expand=(1.2, 1.8))
    for row, text in zip(rows, texts, strict=True):
        box = text.get_window_extent()
        if box.count_overlaps(boxes):
            text.remove()
            continue
        near = place.inverted().transform(np.clip(place.transform(points[row]), box.min, box.max))
        axes.plot(*zip(points[row], near, strict=True), color=fig.GREY, linewidth=0.6)
        boxes.append(box)
        named.append(row)
    return named
