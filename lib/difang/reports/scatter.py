"""Two groups against each other, one point a term, with names that do not cover each other.

A table goes in, a `Chart` comes out; the names are placed by adjustText, alike in every run.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from difang.reports import figures as fig
from difang.reports.figures import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

MOVES = 300  # that names are given to get out of each other's way


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
    axes.xaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_major_formatter("{x:g}")
    fig.lay_out(figure)
    named = _named(axes, data, label, values, data.groupby(lower).head(top).index)
    told = data.loc[named, label] + " " + data.loc[named, across].map(fig.number) + " :"
    words = fig.alt("points", title, unit, told, data.loc[named, up])
    return Chart(figure, words, data.assign(named=data.index.isin(named)))


def _named(
    axes: "Axes", data: pd.DataFrame, label: str, values: tuple[str, str], rows: "pd.Index[int]"
) -> list[int]:
    """Write the names beside their points; give the rows for which there was room."""
    from adjustText import adjust_text

    points, places = data[list(values)].to_numpy(), data.loc[rows, [label, *values]]
    texts = [axes.text(x, y, fig.cut(name), fontsize=9) for name, x, y in places.to_numpy()]
    adjust_text(texts, *points.T, ax=axes, iter_lim=MOVES, expand=(1.2, 1.8))
    boxes, named, place = list["Bbox"](), list[int](), axes.transData
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
