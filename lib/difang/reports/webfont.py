"""Type that travels inside a report, so that no machine shows boxes for Chinese or formulas.

In goes the text of a page, out comes one CSS `@font-face` rule that carries just the characters
used, as WOFF2 in a data address. The bytes depend on the text only.
"""

import base64
import importlib.util
import io
from functools import cache
from pathlib import Path
from typing import NamedTuple

from difang.errors import DifangError


class MissingFontError(DifangError):
    """A font file that belongs to an installed package is not there."""


class FontFile(NamedTuple):
    """A font that comes with a Python package: the package, and the file's place in it."""

    package: str
    file: str


SANS = FontFile("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
SERIF = FontFile("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
MATHS = FontFile("matplotlib", "mpl-data/fonts/ttf/STIXGeneral.ttf")
BRACKETS = FontFile("matplotlib", "mpl-data/fonts/ttf/DejaVuSerif.ttf")  # these stretch

MATHS_LETTERS = "".join(map(chr, [0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C)]))
"""The slanted letters that browsers draw for the plain ones in a formula."""
BRACKET_SIGNS = "()[]{}|‖⌈⌉⌊⌋⟨⟩"

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_TABLES_OF_NO_USE = ["vhea", "vmtx", "VORG", "BASE", "DSIG", "FFTM"]


def path_of(font: FontFile) -> Path:
    """Give the path of `font`; MissingFontError where its package does not hold it."""
    spec = importlib.util.find_spec(font.package)
    path = Path(spec.origin).parent / font.file if spec and spec.origin else None
    if path is None or not path.is_file():
        raise MissingFontError(
            f"Cannot embed the font {Path(font.file).name} in a report. The package that holds it, "
            f"{font.package.replace('_', '-')}, is missing or damaged. Install it again with pip."
        )
    return path


def font_face(family: str, font: FontFile, text: str) -> str:
    """Write one `@font-face` rule: `family` drawn from `font`, cut to the characters of `text`.

    Characters that the font lacks are left to the fonts of the reader's machine.
    """
    data = base64.b64encode(_subset(path_of(font), "".join(sorted({*text})))).decode()
    return (
        f'@font-face{{font-family:"{family}";font-display:block;'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}\n'
    )


def page_faces(page: str, *, serif: str) -> str:
    """Write the rules that a page needs; `page` and `serif` are plain text, not HTML.

    "Difang Sans" has all characters of `page`, "Difang Serif" those of `serif`; both have ASCII.
    """
    return font_face("Difang Sans", SANS, _ASCII + page) + font_face(
        "Difang Serif", SERIF, _ASCII + serif
    )


def maths_faces(page: str) -> str:
    """Write the rules that a page with formulas needs besides: "Difang Maths" and brackets."""
    return font_face("Difang Maths", MATHS, _ASCII + MATHS_LETTERS + page) + font_face(
        "Difang Brackets", BRACKETS, BRACKET_SIGNS
    )


@cache
def _subset(path: Path, characters: str) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        hinting=False,
        desubroutinize=True,
        layout_features=["kern", "tnum", "lnum", "locl"],
        layout_closure=False,
        notdef_outline=True,
        name_IDs=[1, 2],
        drop_tables=[*subset.Options().drop_tables, *_TABLES_OF_NO_USE],
    )
    with TTFont(path, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(font)
        font.flavor = "woff2"
        buffer = io.BytesIO()
        font.save(buffer)
    return buffer.getvalue()
