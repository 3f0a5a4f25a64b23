"""Type that travels inside a report, so that no machine shows boxes for Chinese or formulas.

In goes the text of a page, out comes one CSS `@font-face` rule that carries just the characters
used, as WOFF2 in a data address. The bytes depend on the text only.
"""

import base64
import io
from functools import cache
from importlib.resources import files
from pathlib import Path

SANS = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")  # package, file in it
SERIF = ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf")
MATHS = ("matplotlib", "mpl-data/fonts/ttf/STIXGeneral.ttf")
BRACKETS = ("matplotlib", "mpl-data/fonts/ttf/DejaVuSerif.ttf")  # these stretch

ASCII = "".join(map(chr, range(0x20, 0x7F)))
SLANTED = "".join(map(chr, [0x210E, *range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C)]))
"""What browsers draw for the letters of a formula."""
BRACKET_SIGNS = "()[]{}|‖⌈⌉⌊⌋⟨⟩"
TABLES_OF_NO_USE = ["vhea", "vmtx", "VORG", "BASE", "DSIG", "FFTM", "GPOS"]


def path_of(font: tuple[str, str]) -> Path:
    """Give the path of a font that comes with a Python package."""
    package, file = font
    return Path(str(files(package) / file))


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
