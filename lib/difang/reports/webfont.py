"""Chinese type that travels inside a report, so that no machine shows boxes.

In goes the text of a page, out comes one CSS `@font-face` rule that carries just
the characters used, as WOFF2 in a data address. The bytes depend on the text only.
"""

import base64
import importlib.util
import io
from functools import cache
from pathlib import Path

from difang.errors import DifangError

SANS = "NotoSansSC-Regular.otf"
SERIF = "NotoSerifSC-Regular.otf"
PACKAGE = "pylopdf_fonts_zh_cn"

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_UNUSED_TABLES = ["vhea", "vmtx", "VORG", "BASE", "DSIG"]


class MissingFontError(DifangError):
    """The package that holds the Chinese fonts is not installed."""


@cache
def font_file(name: str) -> Path:
    """Path of the font file `name` (SANS or SERIF); MissingFontError when it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    path = Path(spec.origin).with_name(name) if spec and spec.origin else None
    if path is None or not path.is_file():
        raise MissingFontError(
            f"Cannot embed {name} in a report. The package pylopdf-fonts-zh-cn does not hold it. "
            "Install it: pip install pylopdf-fonts-zh-cn"
        )
    return path


def font_face(family: str, name: str, text: str) -> str:
    """One `@font-face` rule: `family` drawn from file `name`, cut down to the characters of `text`.

    Printable ASCII is always in. Characters that the font lacks are left to the fonts of the
    reader's machine. Table checksums and dates are kept, so the same text gives the same bytes.
    """
    data = base64.b64encode(_subset(font_file(name), "".join(sorted({*_ASCII, *text})))).decode()
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
        layout_features=["kern", "tnum", "lnum", "locl"],
        layout_closure=False,
        notdef_outline=True,
        name_IDs=[1, 2],
        drop_tables=[*subset.Options().drop_tables, *_UNUSED_TABLES],
    )
    with TTFont(path, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=characters)
        cutter.subset(font)
        font.flavor = "woff2"
        buffer = io.BytesIO()
        font.save(buffer)
    return buffer.getvalue()
