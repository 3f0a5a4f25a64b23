"""Chinese type for figures: one known font file, and a look at it before anything is drawn.

Figures name the font by a name of our own, so that a second font of the same name on the
machine is never taken in its place.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from difang.errors import DifangError
from difang.reports.webfont import SANS, path_of

FAMILY = "difang sans"


class MissingGlyphError(DifangError):
    """The font lacks characters of a figure: they would be drawn as boxes."""


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


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path_of(SANS), lazy=True) as font:
        return frozenset(font.getBestCmap())
