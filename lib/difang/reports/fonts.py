"""Chinese type for figures: one known font file, and a look at it before anything is drawn.

Figures name the font by a name of our own, so that a second font of the same name on the
machine is never taken in its place.
"""

import importlib.util
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from difang.errors import DifangError

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

FAMILY = "difang sans"
PACKAGE, FILE = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"
INSTALLED = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei")


class NoChineseFontError(DifangError):
    """Neither the font package nor a Chinese font of the machine was found."""


class MissingGlyphError(DifangError):
    """The font lacks characters of a figure: they would be drawn as boxes."""


def font_path() -> Path:
    """Path of the font file: Noto Sans SC of the font package, else the first installed one.

    Raises
    ------
    NoChineseFontError
        Neither is there.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec and spec.origin and Path(spec.origin).with_name(FILE).is_file():
        return Path(spec.origin).with_name(FILE)
    return _installed(INSTALLED)


def font_properties() -> "FontProperties":
    """Give matplotlib's handle on the font, for texts set by hand."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(font_path()))


def family() -> str:
    """Make the font known to matplotlib and give the name it goes by there."""
    _register(font_path())
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
    path = font_path()
    missing = sorted({char for text in texts for char in text if char.isprintable()})
    missing = [char for char in missing if ord(char) not in _characters(path)]
    if missing:
        named = "、".join(f"{char} (U+{ord(char):04X})" for char in missing)
        raise MissingGlyphError(
            f"Cannot draw {named}. The font {path.name} holds {len(_characters(path)):,} "
            "characters, these not. Replace them in the labels, or leave their rows out."
        )


def drawable(text: object) -> str:
    """Put 〓 for what the font lacks: for names that are the user's, such as those of files.

    >>> drawable("江苏😀/2018")
    '江苏〓/2018'
    """
    known = _characters(font_path())
    return "".join(char if ord(char) in known else "〓" for char in str(text))


def _installed(families: tuple[str, ...]) -> Path:
    from matplotlib.font_manager import fontManager

    for name in families:
        for entry in fontManager.ttflist:
            if entry.name == name:
                return Path(entry.fname)
    raise NoChineseFontError(
        "Cannot draw Chinese labels: no Chinese font is installed. Looked for: the package "
        f"pylopdf-fonts-zh-cn, {', '.join(families)}. Install the first: "
        "pip install pylopdf-fonts-zh-cn"
    )


@cache
def _register(path: Path) -> None:
    from matplotlib.font_manager import fontManager

    fontManager.addfont(path)
    fontManager.ttflist[-1] = replace(fontManager.ttflist[-1], name=FAMILY, weight=400)


@cache
def _characters(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())
