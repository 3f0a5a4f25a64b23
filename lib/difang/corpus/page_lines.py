"""How much of a line are the words of web pages: an additive score with its weights in a table.

In goes a line; out comes a number. Each cue of data/reference/furniture_cues.csv (a label with its
value, a stamp, an address, a button, a disclaimer) adds its weight; the words that no cue explains
and the marks of sentences take away. A line that reaches `FURNITURE` belongs to the page.
"""

import re
from functools import lru_cache

from difang.corpus.cues import cues

FURNITURE = 1.0
_OWN = 0.13  # taken away for each character that no cue explains: eight outweigh a button
_CLAUSE = 0.5  # taken away for each mark of a clause or sentence outside the cues
_STRONG = 4.0  # of cues: with less, half of the words of a line must be the page's
_LITTLE = 8  # characters that no cue explains
_LONGEST = 400  # characters; a longer line is a paragraph
_CUES = [
    (float(row["weight"]), int(row["most"]), shape) for row, shape in cues("furniture_cues.csv")
]
_WORD, _MARK = re.compile(r"\w"), re.compile("[，。；！？]")


@lru_cache(maxsize=1024)  # pages say the same again and again, and each line is weighed twice
def score(line: str) -> float:
    """Return how much more speaks for page furniture than for a line of the document.

    >>> score("打印 | 收藏 | 发给好友") > FURNITURE > score("要打印收藏会议文件。")
    True
    """
    if len(line) > _LONGEST:
        return -float(len(line))
    found, rest = 0.0, line
    for weight, most, shape in _CUES:
        rest, times = shape.subn(" ", rest)
        if times:
            found += weight * min(times, most)
    own, all_words = len(_WORD.findall(rest)), len(_WORD.findall(line))
    if found < _STRONG and own * 2 > all_words:
        return -_OWN * own
    return found - _OWN * own - _CLAUSE * len(_MARK.findall(rest))


def hinted(line: str) -> bool:
    """Return whether a line holds words of the page at all and little else."""
    rest = line
    for weight, _, shape in _CUES:
        rest = shape.sub("", rest) if weight >= 1 else rest
    return rest != line and len(rest) <= _LITTLE


def is_furniture(line: str) -> bool:
    """Return whether a line belongs to the page, not to the document."""
    return score(line) >= FURNITURE
