"""Figures as things to keep: a drawing, its words for those who cannot see it, and its numbers.

A chart goes in, the same bytes come out every time: PNG, SVG, PDF, and the data as CSV.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from IPython import display
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from difang.errors import DifangError
from difang.reports import fonts
from difang.reports.language import TEMPLATE, joined, plain, sentences
from difang.writing import whole

WIDTH, DPI = 9.0, 100  # inches and dots per inch of the page: 900 pixels, drawn at twice that
BLUE, ORANGE, GREY, PALE = "#0072B2", "#D55E00", "#595959", "#E6E6E6"
SKY = "#56B4E9"
PALETTE = (BLUE, ORANGE, "#009E73", "#CC79A7", "#E69F00", SKY, "#7A5C00", "#8C8C8C")
STYLE = TEMPLATE / "figures.mplstyle"
ROW = 0.32  # inches a row of bars takes
LABEL, TITLE, NOTE = 18, 43, 66  # characters of full width that fit

WORDS = sentences("figures")

_NO_DATE: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": None, "Producer": None},
}
_ATOM = re.compile(r"(?:[!-~]+|.)[，。、；：！？）》”’…]*", re.DOTALL)


class EmptyChartError(DifangError):
    """A chart was asked for and there is nothing to draw."""


@dataclass(frozen=True)
class Chart:
    """A figure with its text in words (`alt`) and the numbers it shows (`data`)."""

    figure: Figure
    alt: str
    data: pd.DataFrame


@contextmanager
def style() -> Iterator[None]:
    """Draw in the house style, and leave matplotlib's settings as they were."""
    with rc_context({"font.family": [fonts.family()]}, STYLE):
        yield


def canvas(title: str, note: str, height: float, **panels: Any) -> tuple[Figure, Any]:
    """Give an empty figure, its finding above and its source below, and its axes.

    `height` is in inches; `panels` are those of matplotlib's `subplots`, by default one.
    """
    figure = Figure(figsize=(WIDTH, height))
    figure.suptitle(wrap(title, TITLE), x=0.01, ha="left")
    if note:
        figure.supxlabel(wrap(note, NOTE), x=0.01, ha="left", color=GREY)
    return figure, figure.subplots(**panels)


def lay_out(figure: Figure) -> None:
    """Give everything its place, once and for all: laid out again, it would shift by a hair."""
    if figure.get_layout_engine() is not None:
        figure.draw_without_rendering()
        figure.set_layout_engine("none")


def filled(data: pd.DataFrame, title: str) -> pd.DataFrame:
    """Give the data back if there are any; an empty chart would look like a finding."""
    if data.empty:
        raise EmptyChartError(
            f"Cannot draw '{title}'. The table holds no row with a value. "
            "Choose other documents or a lower threshold."
        )
    return data


def ranked(table: pd.DataFrame, value: str) -> pd.DataFrame:
    """Rows with a value, the largest first, ties as they came."""
    kept = table[table[value].notna()].sort_values(value, ascending=False, kind="stable")
    return kept.reset_index(drop=True)


def name_rows(axes: Axes, labels: Any, unit: str, size: float = 11) -> None:
    """Name the rows from top to bottom."""
    axes.set_yticks(range(len(labels)), [cut(one) for one in labels], fontsize=size)
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    axes.margins(y=0.02)
    axes.set_xlabel(wrap(unit, 50))


def alt(shape: str, title: str, unit: str, labels: Any, values: Any) -> str:
    """Say in words what the chart shows: finding, `shape` (a word of WORDS), size, some rows."""
    rows = [f"{label} {number(one)}" for label, one in zip(labels, values, strict=True)]
    told = joined(rows if len(rows) <= 6 else [*rows[:4], "…", rows[-1]])
    facts = {"title": title, "shape": WORDS[shape], "unit": unit, "n": len(rows)}
    return plain(WORDS["alt"], rows=told, **facts)


def png(chart: Chart) -> bytes:
    """Draw the chart as PNG, 1,800 pixels wide, in 256 colours, without date or program name."""
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(_drawn(chart, "png"))) as image:
        reduced = image.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        reduced.save(buffer, "png", optimize=True)
    return buffer.getvalue()


def svg(chart: Chart) -> str:
    """Draw the chart as SVG, letters as outlines, so that it needs no font."""
    return _drawn(chart, "svg").decode()


def show(*shown: object) -> None:
    """Display charts in a notebook, each with its text for those who cannot see it.

    What is no chart (a table, a sentence) is displayed as it is, so that a refusal may stand
    where a chart would.

    Raises
    ------
    MissingGlyphError
        The font lacks a character of a chart.
    """
    for one in shown:
        if isinstance(one, Chart):
            data = {"image/png": png(one), "text/plain": one.alt}
            display.display(data, raw=True, metadata=described(one))
        else:
            display.display(one)


def described(chart: Chart) -> dict[str, dict[str, Any]]:
    """Give the metadata that a chart has as an output: its text, and its width."""
    return {"image/png": {"alt": chart.alt, "width": int(WIDTH * DPI)}}


def save(chart: Chart, stem: str, folder: Path) -> list[Path]:
    """Write `stem`.png, .svg, .pdf and the data as .csv (UTF-8 with BOM) into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    table = chart.data.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
    drawn = {"png": png(chart), "svg": svg(chart).encode(), "pdf": _drawn(chart, "pdf")}
    paths = []
    for suffix, content in {**drawn, "csv": table}.items():
        paths.append(folder / f"{stem}.{suffix}")
        with whole(paths[-1]) as part:
            part.write_bytes(content)
    return paths


def wrap(text: str, width: int) -> str:
    """Break a text into lines of `width` full-width characters, Latin words kept whole."""
    lines = [""]
    for atom in _ATOM.findall(text):
        if measure(lines[-1] + atom.rstrip()) > width and lines[-1]:
            lines.append("")
        lines[-1] += atom if lines[-1] else atom.lstrip(" ")
    return "\n".join(line.rstrip() for line in lines)


def cut(text: object, width: int = LABEL) -> str:
    """Shorten a label to `width` full-width characters, … for the rest."""
    label = str(text)
    if measure(label) <= width:
        return label
    while measure(label) > width - 1:
        label = label[:-1]
    return label + "…"


def measure(text: str) -> float:
    """Width of a text in full-width characters; Latin letters and digits take half of one."""
    return sum(0.55 if char.isascii() else 1 for char in text)


def number(value: float) -> str:
    """Write a value with three figures or so; – where it is missing."""
    if pd.isna(value):
        return "–"
    size = abs(value)
    places = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2 + (size < 0.1)
    return f"{value:,.{places}f}".replace("-", "−")


def _drawn(chart: Chart, suffix: str) -> bytes:
    """Draw the chart in one format, after a look at all its characters."""
    fonts.check_glyphs(
        line for text in chart.figure.findobj(Text) for line in text.get_text().splitlines()
    )
    buffer = io.BytesIO()
    with style():
        lay_out(chart.figure)
        chart.figure.savefig(buffer, format=suffix, metadata=_NO_DATE.get(suffix))
    return buffer.getvalue()
