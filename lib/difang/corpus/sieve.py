"""Which patterns a text can hold at all: told by its pairs of characters, before one is sought.

In go a pattern and a text; out comes False where something that each match holds is not there. A
text is read once, into a table of its characters and pairs; a pattern is read once, into a question
that is put to tables.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise, product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as syntax  # type: ignore[attr-defined]
from typing import Any

import numpy as np
import numpy.typing as npt

_SHORT = 400  # characters of a text that is sooner searched than read into a table
_SINGLE, _BITS = 1 << 16, 18  # places of characters, and bits of the place of a pair behind them
_FIRST, _SECOND = 0x9E3779B1, 0x85EBCA6B  # two pairs may share a place: then one seeks in vain
_MOST = 64  # words that a part of a pattern is spelt out as; ranges of a class
_FEW = 16  # characters of a class that are spelt out
_COMMON = frozenset(map(ord, " \n0的，a"))  # a class with one of these tells nothing
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def may_hold(shape: re.Pattern[str], text: str) -> bool:
    """Tell whether a pattern could be found in a text; if not, it need not be sought.

    >>> may_hold(re.compile("(?:楼|层)主|回复"), "会议强调，要抓好落实。" * 40)
    False
    """
    return len(text) < _SHORT or bool(_question(shape.pattern, shape.flags)(_table(text)))


def spots(shape: re.Pattern[str], text: str, whole: str | None = None) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern in a text, if it (or the whole it is of) can hold any."""
    return shape.finditer(text) if may_hold(shape, whole or text) else iter(())


@lru_cache(maxsize=2)
def _table(text: str) -> bytearray:
    """Mark the characters of a text (in UTF-16), and behind them its pairs of characters."""
    table = bytearray(_SINGLE + (1 << _BITS))
    marked = np.frombuffer(table, np.uint8)
    units = _units(text)
    marked[units] = 1
    wide = units.astype(np.uint32)
    pairs = (wide * np.uint32(_FIRST))[:-1] + (wide * np.uint32(_SECOND))[1:]
    marked[_SINGLE:][pairs >> np.uint32(32 - _BITS)] = 1
    return table


def _units(text: str) -> npt.NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")


@cache
def _question(pattern: str, flags: int) -> Callable[[bytearray], object]:
    """Return what asks a table for all that each match of a pattern holds."""
    asked = [] if flags & re.I else _held(syntax.parse(pattern, flags))
    asks: Callable[[bytearray], object] = eval(f"lambda t: {_all(asked)}")  # of numbers only
    return asks


def _all(asked: list[str]) -> str:
    return " and ".join(asked) or "True"


def _any(asked: Iterable[str]) -> list[str]:
    return [f"({' or '.join(asked)})"]


def _held(parts: Iterable[Any]) -> list[str]:
    """List what must be there for a sequence of parts: words, across parts that can be spelt."""
    found: list[str] = []
    run = [""]
    for code, value in parts:
        words = [""] if code is op.ASSERT else _spelt(code, value)
        if code is op.ASSERT and value[0] < 0 and not any(run):  # what stands before what follows
            words = _spelt_all(value[1])
        elif code is op.ASSERT or words is None:
            found += _within(code, value)
        if words is None or len(words) * len(run) > _MOST:
            found += _one_of(run)
            run = words or [""]
        else:
            run = [a + b for a, b in product(run, words)]
    return found + _one_of(run)


def _one_of(words: list[str]) -> list[str]:
    """Ask for one of some words; those that hold another need not be asked for."""
    least = [w for w in dict.fromkeys(words) if not any(v in w for v in words if v != w)]
    return _any(_all([f"t[{place}]" for place in _places(w)]) for w in least) if all(words) else []


def _places(word: str) -> list[int]:
    units = [int(unit) for unit in _units(word)]
    sums = ((a * _FIRST + b * _SECOND) & 0xFFFFFFFF for a, b in pairwise(units))
    return [_SINGLE + (pair >> (32 - _BITS)) for pair in sums] or units


def _spelt(code: Any, value: Any) -> list[str] | None:
    """Spell out all that a part matches; None if that is much."""
    words: list[str] | None = None
    if code in (op.AT, op.ASSERT_NOT):
        words = [""]
    elif code is op.LITERAL:
        words = [chr(value)]
    elif code is op.IN and sum(high - low for low, high in _ranges(value)) <= _FEW:
        words = [chr(n) for low, high in _ranges(value) for n in range(low, high)]
    elif code is op.BRANCH:
        each = [_spelt_all(branch) for branch in value[1]]
        words = None if None in each else [word for some in each for word in some or ()]
    elif code is op.SUBPATTERN and not value[1] & re.I:
        words = _spelt_all(value[3])
    elif code is op.ATOMIC_GROUP:
        words = _spelt_all(value)
    elif code in _REPEATS and value[1] == 1:
        inner = _spelt_all(value[2])
        words = inner and [*inner, *([] if value[0] else [""])]
    return words if words and len(words) <= _MOST else None


def _spelt_all(parts: Iterable[Any]) -> list[str] | None:
    whole = [""]
    for part in parts:
        words = _spelt(*part)
        if words is None or len(words) * len(whole) > _MOST:
            return None
        whole = [a + b for a, b in product(whole, words)]
    return whole


def _within(code: Any, value: Any) -> list[str]:
    """List what a part holds that is not spelt out."""
    if code is op.IN:
        ranges = [(_unit(low), _unit(high - 1)) for low, high in _ranges(value)]
        asked = [f"t.find(1, {min(ends)}, {max(ends) + 1}) >= 0" for ends in ranges]
        return _any(asked) if 0 < len(asked) <= _MOST else []
    if code is op.BRANCH:
        others = [_held(branch) for branch in value[1]]
        return _any(map(_all, others)) if all(others) else []
    if code is op.SUBPATTERN:
        return [] if value[1] & re.I else _held(value[3])
    if code in _REPEATS:
        return _held(value[2]) if value[0] else []
    return _held(value[1]) if code is op.ASSERT else _held(value) if code is op.ATOMIC_GROUP else []


def _unit(char: int) -> int:
    """Return the place of a character in the table; those beyond 16 bits begin with a surrogate."""
    return char if char < _SINGLE else 0xD800 + (char - _SINGLE >> 10)


def _ranges(members: list[Any]) -> list[tuple[int, int]]:
    """Return the characters of a class in ranges; none if it is of others, or of common ones."""
    ranges = [
        (value, value + 1) if code is op.LITERAL else (value[0], value[1] + 1)
        for code, value in members
        if code in (op.LITERAL, op.RANGE)
    ]
    tells = not any(low <= char < high for low, high in ranges for char in _COMMON)
    return ranges if tells and len(ranges) == len(members) else []
