"""Charts of tables in two directions: province by term, province by year, and a map of tiles.

A table goes in, a `Chart` comes out; an empty cell is drawn as empty, never as zero.
"""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import PowerNorm
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.ticker import MaxNLocator

from difang.reports import figures as fig
from difang.reports.figures import Chart
from difang.reports.language import joined, plain
from difang.reports.tiles import TILES, short_name

LINE = 56  # full-width characters that fit side by side below the columns
ENDS, LINKS, WIDEST = ("first", "second"), 30, 4.5  # of a link; links of a map; points
CELLS = 26  # columns up to which the values are written into the cells


@fig.style()
def heat(matrix: pd.DataFrame, *, title: str, unit: str, note: str = "", power: float = 1) -> Chart:
    """Colour a table by value: rows and columns in the order given, values in the cells.

    Parameters
    ----------
    matrix : DataFrame
        Index and columns name the rows and columns; a missing value stays white, with a –.
    title, unit, note : str
        The finding; what the colours measure; source and reading aid below.
    power : float, default 1
        Of the value, by which it is coloured; ½ where few cells hold far more than the others.

    Returns
    -------
    Chart
        `data` is the matrix, its index as first column.
    """
    values = fig.filled(matrix, title).to_numpy(dtype=float, na_value=np.nan)
    figure, axes = fig.canvas(title, note, 2.2 + 0.34 * len(matrix))
    scale, colours = _colours(values, power)
    image = axes.imshow(np.ma.masked_invalid(values), norm=scale, aspect="auto")
    width = min(4, max(2, LINE // max(1, matrix.shape[1])))
    columns = [fig.wrap(fig.cut(name, 10), width) for name in matrix.columns]
    step = 1 if len(columns) <= CELLS else 2
    axes.set_xticks(range(0, len(columns), step), columns[::step], fontsize=9)
    axes.set_yticks(range(len(matrix)), [fig.cut(name) for name in matrix.index])
    axes.set_xticks(np.arange(0.5, len(columns) - 1), minor=True)
    axes.set_yticks(np.arange(0.5, len(matrix) - 1), minor=True)
    axes.grid(which="minor", color="white", linewidth=1)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
    if len(columns) <= CELLS:
        for (row, column), one in np.ndenumerate(values):
            inside = {"ha": "center", "va": "center", "fontsize": 8, "color": colours(one)}
            axes.text(column, row, fig.number(one), inside)
    whole = MaxNLocator(integer=bool(np.all(np.nan_to_num(values) % 1 == 0)))
    shrink = min(1.0, 6 / len(matrix))
    figure.colorbar(image, ax=axes, label=unit, shrink=shrink, pad=0.01, ticks=whole)
    name = str(matrix.index.name or "row")
    data = matrix.rename_axis(index=name).rename_axis(None, axis="columns")
    return Chart(figure, _alt(title, unit, matrix), data.reset_index())


@fig.style()
def tile_map(values: "pd.Series[float]", *, title: str, unit: str, note: str = "") -> Chart:
    """Lay the 34 province-level units out as tiles, coloured by value, pale where there is none.

    Parameters
    ----------
    values : Series
        Index of province names, short or full.
    title, unit, note : str
        The finding; what the colours measure; source and reading aid below.

    Returns
    -------
    Chart
        `data` holds province and value, in the order of GB/T 2260.

    Raises
    ------
    EmptyChartError
        No value belongs to a province.
    """
    known = values.astype(float).groupby(short_name).last().reindex(list(TILES))
    data = known.rename_axis("province").rename("value").reset_index()
    fig.filled(data.dropna(), title)
    figure, axes = fig.canvas(title, note, 8.4)
    scale, colours = _colours(data["value"].to_numpy())
    mapped = ScalarMappable(scale)
    for name, value in zip(data["province"], data["value"], strict=True):
        missing = np.isnan(value)
        face = fig.PALE if missing else mapped.to_rgba(value)
        _tile(axes, name, fig.number(value), face, fig.GREY if missing else colours(value))
    _as_tiles(axes)
    figure.colorbar(mapped, ax=axes, label=unit, shrink=0.5, pad=0.01)
    shown = data.dropna().sort_values("value", ascending=False, kind="stable")
    told = fig.alt("tiles", title, unit, shown["province"], shown["value"])
    return Chart(figure, told, data)


@fig.style()
def links(pairs: pd.DataFrame, *, title: str, unit: str, note: str = "") -> Chart:
    """Join the province-level units that share something, each pair by a line as wide as its value.

    Parameters
    ----------
    pairs : DataFrame
        Columns first and second (provinces, short or full) and value; the 30 highest are drawn.
    title, unit, note : str
        The finding; what the width measures; source and reading aid below.

    Returns
    -------
    Chart
        `data` holds the pairs drawn, the highest first.
    """
    known = pairs.assign(**{end: pairs[end].map(short_name) for end in ENDS}).dropna()
    data = fig.filled(fig.ranked(known[known["value"] > 0], "value").head(LINKS), title)
    figure, axes = fig.canvas(title, note, 8.4)
    held = {*data["first"], *data["second"]}
    for name in TILES:
        face, ink = (fig.SKY, "black") if name in held else (fig.PALE, fig.GREY)
        _tile(axes, name, "", face, ink)
    for one, other, value in data[[*ENDS, "value"]].itertuples(index=False):
        start, end = ((TILES[name].column + 0.5, TILES[name].row + 0.7) for name in (one, other))
        bow = FancyArrowPatch(start, end, arrowstyle="-", connectionstyle="arc3,rad=0.2")
        bow.set(color=fig.ORANGE, linewidth=WIDEST * value / data["value"].max(), zorder=1.5)
        axes.add_patch(bow)
    _as_tiles(axes)
    names = data["first"] + "–" + data["second"]
    return Chart(figure, fig.alt("links", title, unit, names, data["value"]), data)


def _tile(axes: Axes, name: str, below: str, face: Any, ink: Any) -> None:
    """Draw one unit as a tile, with its name and what stands below it."""
    _, column, row = TILES[name]
    axes.add_patch(Rectangle((column + 0.03, row + 0.03), 0.94, 0.94, facecolor=face))
    inside = {"ha": "center", "va": "center", "color": ink}
    axes.text(column + 0.5, row + 0.38, name, inside)
    axes.text(column + 0.5, row + 0.7, below, inside, fontsize=9)


def _as_tiles(axes: Axes) -> None:
    axes.set(xlim=(0, 8), ylim=(9, 0), aspect="equal")
    axes.set_axis_off()


def _colours(values: Any, power: float = 1) -> tuple[PowerNorm, Any]:
    """Scale of the colours, and black or white for what is written on them."""
    low, high = np.nanmin([0.0, *np.ravel(values)]), np.nanmax([0.0, *np.ravel(values)])
    scale = PowerNorm(power, low, high if high > low else low + 1)
    return scale, lambda value: "white" if scale(value) > 0.55 else "black"


def _alt(title: str, unit: str, matrix: pd.DataFrame) -> str:
    """Say in words what the chart shows: finding, size, the highest cells."""
    cells = matrix.astype(float).reset_index(names="row").melt("row", var_name="column").dropna()
    best = cells.sort_values("value", ascending=False, kind="stable").head(4)
    named = [f"{row} {name} {fig.number(one)}" for row, name, one in best.itertuples(index=False)]
    told = {"title": title, "unit": unit, "rows": len(matrix), "columns": matrix.shape[1]}
    return plain(fig.WORDS["heat"], highest=joined(named), **told)
