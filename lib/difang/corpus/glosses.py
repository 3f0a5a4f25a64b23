"""Pinyin glosses: readings that mirror sites put behind characters, as in 區(qū).

In goes a text; out come edits that take out each bracket that is a reading of its character.
"""

import json
import re
import unicodedata
from functools import cache

from difang.corpus.characters import HAN, LETTERS
from difang.corpus.divisions import package_folder
from difang.corpus.edits import Edit, change
from difang.corpus.script import simplified
from difang.corpus.sieve import spots

_OPENS, _CLOSES = "[(（\\[［〔]", "[)）\\]］〕]"
_BRACKET = rf"{_OPENS}[{LETTERS}{LETTERS.upper()}'/,，、;；:：1-5\s]{{1,24}}{_CLOSES}"
_GLOSSES = re.compile(rf"{_BRACKET}(?:\s{{0,2}}{_BRACKET}){{0,3}}")
_GLOSSED = re.compile(rf"([{HAN}])([@-~]?)\s{{0,2}}\Z")
_TELLS = re.compile(r"[^\x00-\x7f\s，、；：]|[a-zü][1-5]")  # a tone, as a mark or as a digit
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_ENOUGH = 3  # glosses that together show that a page is glossed: one alone may be its author's


def glosses(text: str) -> list[Edit]:
    """Return edits that take out the glosses of a text.

    A bracket goes if it is a dictionary reading of the character before it or of its simplified
    form: toned, toneless or doubled. Glosses come in dozens, behind traditional characters. So
    toneless ones count only on a page that is glossed: one with tones, or with several in small
    letters; and a reading or two behind rare characters are the author's, and stay: 亳（bó）州.

    >>> [edit.old for edit in glosses("區(qū)域（GDP）")]
    ['(qū)']
    """
    edits: list[Edit] = []
    plain: list[str] = []  # characters with toneless glosses in small letters
    mirrored = False
    for match in spots(_GLOSSES, text):
        before = _GLOSSED.search(text[max(0, match.start() - 4) : match.start()])
        char = _across(before[1], before[2]) if before else ""
        for bracket in re.finditer(_BRACKET, match[0]):
            if not char or not is_reading(bracket[0][1:-1], char):
                break
            start, end = (match.start() + place for place in bracket.span())
            edits.append(change(text, start, end, "", "gloss"))
            plain += char * bracket[0].islower()
            mirrored = mirrored or simplified(char) != char or _is_common(char)
    toned = any(_TELLS.search(edit.old[1:-1]) for edit in edits)
    if not mirrored and len(edits) < _ENOUGH:
        return []
    return edits if toned or (len(plain) >= _ENOUGH and len(set(plain)) > 1) else []


def is_reading(letters: str, char: str) -> bool:
    """Return whether `letters` are one or more readings of `char`, toned or not.

    >>> is_reading("xiàn", "縣"), is_reading("xian4", "縣"), is_reading("he", "縣")
    (True, True, False)
    """
    plain = unicodedata.normalize("NFC", letters.lower().replace("ɡ", "g"))
    plain = plain.replace("u:", "ü").replace("v", "ü")
    known = readings(char)
    parts = re.split(r"[\s/,，、;；]+", plain.strip()) or [""]
    whole = "".join(parts)
    half = whole[: len(whole) // 2]
    return (
        all(part in known for part in parts)
        or whole in known
        or (whole == half * 2 and half in known)
    )


@cache
def readings(char: str) -> frozenset[str]:
    """Return the dictionary readings of a character and of its simplified form, toned and not."""
    known = (_toned().get(str(ord(form)), "") for form in char + simplified(char))
    toned = {reading for row in known for reading in row.split(",") if reading}
    return frozenset(form for reading in toned for form in (reading, *_toneless(reading)))


@cache
def _toned() -> dict[str, str]:
    """Return the readings that pypinyin has, by code, without its phrases, which load slowly."""
    table = package_folder("pypinyin") / "pinyin_dict.json"
    return dict(json.loads(table.read_text(encoding="utf-8")))


def _is_common(char: str) -> bool:
    """Return whether no author would need to spell a character: the first level of GB 2312."""
    return b"\xb0" <= char.encode("gb2312", "ignore")[:1] < b"\xd8"


def _across(char: str, letter: str) -> str:
    """Return the character whose GBK bytes end `char` and are `letter`: 年P(guān) is 年P."""
    if not letter:
        return char
    return (char.encode("gbk", "ignore")[-1:] + letter.encode()).decode("gbk", "ignore")


def _toneless(reading: str) -> tuple[str, str]:
    """Return a reading without its tone, and with the tone as a digit."""
    parts = unicodedata.normalize("NFD", reading)
    plain = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return plain, plain + "".join(_TONES.get(c, "") for c in parts)
