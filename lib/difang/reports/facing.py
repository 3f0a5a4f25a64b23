"""Two texts side by side as a figure, what both hold on a ground of colour.

The texts go in as runs, a `Chart` comes out; characters stand in rows of one width.
"""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from difang.reports import figures as fig
from difang.reports.figures import Chart
from difang.reports.fonts import drawable

ACROSS, GAP = 26, 2  # full-width characters of a column, and between two
LINE = 0.27  # inches
GROUND = "#FCE3A6"  # black text on it is easy to read, also in print

Runs = Sequence[tuple[bool, str]]  # (both texts hold it, what stands there)
Placed = Sequence[tuple[str, bool, float, int]]  # character, both, place in the row, row


@fig.style()
def facing(texts: Sequence[tuple[str, Runs]], *, title: str, unit: str, note: str = "") -> Chart:
    """Set two texts side by side, each under its name, and colour what both hold.

    Parameters
    ----------
    texts : sequence of (str, runs)
        Name of the text, and its runs of characters: whether both hold it, and the characters.
    title, unit, note : str
        The finding; what the colour says; source and reading aid below.

    Returns
    -------
    Chart
        `data` holds one row a run: doc_id (the name), both, text.
    """
    rows = [(name, both, run) for name, runs in texts for both, run in runs]
    data = fig.filled(pd.DataFrame(rows, columns=["doc_id", "both", "text"]), title)
    heads = [fig.wrap(drawable(name), ACROSS) for name, _ in texts]
    top = 1 + max(head.count("\n") for head in heads)
    grids = [_laid_out([(char, both) for both, run in runs for char in run]) for _, runs in texts]
    tall = top + max(row for grid in grids for *_, row in grid) + 1.5
    figure, axes = fig.canvas(title, note, 1 + LINE * tall)
    axes.set(xlim=(0, 2 * ACROSS + GAP), ylim=(tall, 0))
    axes.set_axis_off()
    for left, head, grid in zip((0, ACROSS + GAP), heads, grids, strict=True):
        axes.text(left, 0, head, va="top", fontsize=9, color=fig.GREY)
        _draw(axes, grid, left, top + 0.5)
    held = data.loc[data["both"], "text"]
    return Chart(figure, fig.alt("facing", title, unit, held, held.str.len()), data)


def _laid_out(characters: Sequence[tuple[str, bool]]) -> Placed:
    """Give each character its place in a row, and the number of the row."""
    placed, at, row = [], 0.0, 0
    for char, both in characters:
        if at + fig.measure(char) > ACROSS:
            at, row = 0.0, row + 1
        placed.append((drawable(char) if char.isprintable() else " ", both, at, row))
        at += fig.measure(char)
    return placed


def _draw(axes: Axes, placed: Placed, left: float, top: float) -> None:
    for char, both, at, row in placed:
        size, x, y = fig.measure(char), left + at, top + row
        axes.text(x + size / 2, y + 0.5, char, ha="center", va="center_baseline")
        if both:
            ground = Rectangle((x, y), size, 0.9, facecolor=GROUND, linewidth=0, antialiased=False)
            axes.add_patch(ground)
