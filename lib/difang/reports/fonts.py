"""Type: one known Chinese font for figures, and type that travels inside a report.

No machine shall show boxes for Chinese or formulas. Figures name the font by a name of our own, so
that a second font of the same name on the machine is never taken in its place, and its characters
are looked up before anything is drawn. A page carries, as one CSS `@font-face` rule a font, just
the characters it uses, as WOFF2 in a data address; the bytes depend on the text only.
"""

import base64
import io
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from difang.errors import DifangError

FAMILY = "difang sans"
SANS = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")  # package, file in it
SERIF = ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
MATHS = ("matplotlib", "mpl-data/fonts/ttf/STIXGeneral.ttf")
BRACKETS = ("matplotlib", "mpl-data/fonts/ttf/DejaVuSerif.ttf")  # these stretch

ASCII = "".join(map(chr, range(0x20, 0x7F)))
SLANTED = "".join(map(chr, [0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C)]))
"""What browsers draw for the letters of a formula."""
BRACKET_SIGNS = "()[]{}|‖⌈⌉⌊⌋⟨⟩"
TABLES_OF_NO_USE = ["vhea", "vmtx", "VORG", "BASE", "DSIG", "FFTM", "GPOS"]


class MissingGlyphError(DifangError):
    """The font lacks characters of a figure: they would be drawn as boxes."""


def path_of(font: tuple[str, str]) -> Path:
    """Give the path of a font that comes with a Python package."""
    package, file = font
    return Path(str(files(package) / file))


@cache
def family() -> str:
    """Make the font known to matplotlib and give the name it goes by there."""
    from matplotlib.font_manager import fontManager

    fontManager.addfont(path_of(SANS))
    fontManager.ttflist[-1] = replace(fontManager.ttflist[-1], name=FAMILY, weight=400)
    return FAMILY


def check_glyphs(texts: Iterable[str]) -> None:
    """Look up every character in the font before it is drawn.

    Parameters
    ----------
    texts : iterable of str
        All that a figure will show.

    Raises
    ------
    MissingGlyphError
        The font lacks some; the message names them.

    Examples
    --------
    >>> check_glyphs(["每万词", "江苏"])
    """
    shown = sorted({char for text in texts for char in text if char.isprintable()})
    missing = [char for char in shown if ord(char) not in _characters()]
    if missing:
        named = "、".join(f"{char} (U+{ord(char):04X})" for char in missing)
        raise MissingGlyphError(
            f"Cannot draw {named}. The font {SANS[1]} holds {len(_characters()):,} "
            "characters, these not. Replace them in the labels, or leave their rows out."
        )


def drawable(text: object) -> str:
    """Put 〓 for what the font lacks: for names that are the user's, such as those of files.

    >>> drawable("江苏😀/2018")
    '江苏〓/2018'
    """
    known = _characters()
    return "".join(char if ord(char) in known else "〓" for char in str(text))


def page_faces(page: str, *, serif: str, maths: bool) -> str:
    """Write the `@font-face` rules of a page; `page` and `serif` are its plain text.

    "Difang Sans" has all characters of `page`, "Difang Serif" those of `serif`; where there are
    formulas, "Difang Maths" and "Difang Brackets" set them.
    """
    faces = [("Difang Sans", SANS, ASCII + page), ("Difang Serif", SERIF, ASCII + serif)]
    if maths:
        faces += [("Difang Maths", MATHS, ASCII + SLANTED + page)]
        faces += [("Difang Brackets", BRACKETS, BRACKET_SIGNS)]
    return "\n".join(font_face(*face) for face in faces)


def font_face(family: str, font: tuple[str, str], text: str) -> str:
    """Write one `@font-face` rule: `family` drawn from `font`, cut to the characters of `text`.

    Characters that the font lacks are left to the fonts of the reader's machine.
    """
    data = base64.b64encode(_subset(path_of(font), "".join(sorted({*text})))).decode()
    return (
        f'@font-face{{font-family:"{family}";font-display:block;'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
    )


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path_of(SANS), lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def _subset(path: Path, characters: str) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        hinting=False,
        desubroutinize=True,
        layout_features=["tnum", "lnum", "locl"],
        layout_closure=False,
        notdef_outline=True,
        name_IDs=[1, 2],
        drop_tables=[*subset.Options().drop_tables, *TABLES_OF_NO_USE],
    )
    with TTFont(path, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(font)
        font.flavor = "woff2"
        buffer = io.BytesIO()
        font.save(buffer)
    return buffer.getvalue()
