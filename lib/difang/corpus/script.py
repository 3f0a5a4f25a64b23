"""Script: is a text traditional, and its characters in mainland simplified forms.

In goes a text; out come edits, one a character, for its traditional lines.
"""

import re
import unicodedata
from bisect import bisect_left as bisect
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.corpus import caching
from difang.corpus.divisions import package_folder
from difang.corpus.edits import Edit, change
from difang.corpus.lookup import codes
from difang.corpus.sieve import spots

_UNSAFE = re.compile("[\x00\ud800-\udfff]")  # the converter stops at these
_WRITINGS = "原编专论合译遗撰校名巨拙显卓昭土"  # 原著, 专著, 显著 …: there 著 is no particle
_OLD, _NEW = 1, 2  # marks of characters that only traditional, or only simplified texts have
_FEW = 3  # traditional characters, or words of them: fewer may be a name in a simplified text
_USUAL = 100  # frequency in jieba's dictionary of a word that is no name
_COMPATIBLE = re.compile("[\u2e81-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")
_RADICALS = dict(  # without a decomposition in Unicode; as its EquivalentUnifiedIdeograph.txt has
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)


@cache
def _converter(name: str) -> Any:
    import opencc

    return opencc.OpenCC(name)


def simplified(char: str) -> str:
    """Return the simplified form of one character.

    >>> simplified("縣")
    '县'
    """
    return str(_converter("t2s").convert(_UNSAFE.sub("\ufffd", char)))


def script_of(text: str) -> str:
    """Return "simplified", "traditional" or "mixed", by the characters only one script has.

    A few traditional characters in a simplified text (names such as 旭昇) do not make it mixed:
    a tenth of the telling characters must be of the rarer script.
    """
    old, new = _telling(text)
    if old < _FEW or old * 10 < new:
        return "simplified"
    return "traditional" if new * 10 <= old else "mixed"


def other_script(text: str) -> re.Pattern[str]:
    """Return a pattern for the characters that only the script a text is not in has.

    >>> other_script("會議強調").search("会議")[0]
    '会'
    """
    old, new = _telling(text)
    return re.compile(f"[{_signs()[old > new]}]")


def simplify(text: str) -> list[Edit]:
    """Return edits, one a character, that put traditional lines into mainland simplified forms.

    Taiwan phrases are read as such (接著 → 接着), and 著 stays in 显著 or 专著. In a text that is
    not traditional as a whole, only its traditional lines are converted, and single characters
    where several stand in usual words (a text half converted; a name such as 旭昇 is no word).
    """
    old, new = _telling(text)
    if not old:
        return []
    edits: list[Edit] = []
    single: list[Edit] = []
    whole = old > new and old >= _FEW
    spots = np.flatnonzero(_marks(text) == _OLD).tolist()
    for line in re.finditer(r"[^\n]+", text):
        if not whole and bisect(spots, line.start()) == bisect(spots, line.end()):
            continue
        found = _line_edits(text, line.start(), line[0])
        if whole or _is_traditional(line[0]):
            edits += found
        else:
            single += [edit for edit in found if _is_word(text, edit)]
    return sorted(edits + single) if len(single) >= _FEW else edits


def compatibility(text: str) -> list[Edit]:
    """Return edits that put characters for radicals and forms kept for old codecs.

    Text taken from PDF holds them: they look like the character, and match nothing.

    >>> [edit.new for edit in compatibility("⼀⼆⼯⻓ ㎡")]
    ['一', '二', '工', '长']
    """
    edits = []
    for match in spots(_COMPATIBLE, text):
        new = _RADICALS.get(match[0], unicodedata.normalize("NFKC", match[0]))
        if new != match[0]:
            edits.append(change(text, *match.span(), new, "compatibility"))
    return edits


@cache
def words() -> dict[str, int]:
    """Return the words of two characters in the dictionary of jieba, with their frequency."""
    table = caching.kept("words of two", _words)
    return dict(zip(table["word"].tolist(), table["n"].tolist(), strict=True))


def _words() -> pd.DataFrame:
    text = (package_folder("jieba") / "dict.txt").read_text(encoding="utf-8")
    found = pd.DataFrame(re.findall(r"(?m)^(\S\S) (\d+)", text), columns=["word", "n"])
    return found.astype({"n": int})


def _is_word(text: str, edit: Edit) -> bool:
    """Return whether a character of one script alone makes a usual word with a neighbour."""
    before, after = text[max(0, edit.start - 1) : edit.start], text[edit.end : edit.end + 1]
    pairs = [simplified(before + edit.old), simplified(edit.old + after)]
    return edit.old in _signs()[0] and any(words().get(pair, 0) >= _USUAL for pair in pairs)


def _is_traditional(line: str) -> bool:
    old, new = _telling(line)
    return old >= _FEW and old > 4 * new


def _telling(text: str) -> tuple[int, int]:
    """Count the characters that only traditional, and only simplified texts have."""
    marks = _marks(text)
    return int(np.count_nonzero(marks == _OLD)), int(np.count_nonzero(marks == _NEW))


def _marks(text: str) -> npt.NDArray[np.uint8]:
    """Mark the characters of a text that only one script has."""
    return _table().take(codes(text), mode="clip")


@cache
def _table() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x10000, np.uint8)  # the last stands for all behind it
    for mark, chars in zip((_OLD, _NEW), _signs(), strict=True):
        table[codes(chars)] = mark
    return table


@cache
def _signs() -> tuple[str, str]:
    """Return the characters of one script alone.

    Traditional: changed by conversion and not in GB 2312, the mainland standard (so 乾, 著, 藉,
    which simplified texts use, do not tell). Simplified: the mirror image, with Big5.
    """
    chars = [chr(code) for code in range(0x4E00, 0xA000)]
    return _differing(chars, "t2s", "gb2312"), _differing(chars, "s2t", "big5")


def _differing(chars: list[str], name: str, standard: str) -> str:
    converted = _converter(name).convert("\n".join(chars)).split("\n")
    differing = (c for c, d in zip(chars, converted, strict=True) if c != d)
    return "".join(c for c in differing if not c.encode(standard, "ignore"))


def _line_edits(text: str, start: int, line: str) -> list[Edit]:
    masked = _UNSAFE.sub("\ufffd", line)
    new = str(_converter("tw2s").convert(masked))
    if len(new) != len(line):  # a phrase of another length: edits are one character long
        new = "".join(map(simplified, line))
    return [
        change(text, start + i, start + i + 1, new[i], "script")
        for i, old in enumerate(masked)
        if old != new[i] and not (old == "著" and i and new[i - 1] in _WRITINGS)
    ]
