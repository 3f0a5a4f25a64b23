"""What each match of a pattern holds: sets of words, one word of each set.

A pattern is read as the engine reads it; what can be spelt out of it is, across its parts.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as syntax  # type: ignore[attr-defined]
from typing import Any

Words = frozenset[str]

_MOST = 64  # words that a part of a pattern is spelt out as
_FEW = 16  # characters of a class that are spelt out
_CLASS = 8192  # characters of a class, at most, that tells something
_COMMON = frozenset(map(ord, " \n0的，a"))  # a class with one of these tells nothing
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def words_of(shape: re.Pattern[str]) -> list[Words]:
    """List sets of words, one word of each of which is in or beside each match of a pattern.

    >>> words_of(re.compile("(?:楼|层)主[0-9]*回复"))[1]
    frozenset({'回复'})
    """
    return words_in(shape.pattern, shape.flags)


def words_in(pattern: str, flags: int) -> list[Words]:
    """List the same of a pattern that is not compiled: that would take longest."""
    return [] if flags & re.I else _held(_parsed(pattern, flags))


def reach_of(pattern: str, flags: int) -> int:
    """Return how many characters a match and all that it looks at take up at most."""
    return _reach(_parsed(pattern, flags))


@lru_cache(maxsize=1)
def _parsed(pattern: str, flags: int) -> Any:
    return syntax.parse(pattern, flags)


def _held(parts: Iterable[Any]) -> list[Words]:
    """List sets of words, one of each of which is there for a sequence of parts."""
    found: list[Words] = []
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


def _one_of(words: Iterable[str]) -> list[Words]:
    """Give the set of some words, unless one is empty, without those that hold another."""
    some = frozenset(words)
    able = some and all(some) and (w for w in some if not any(v in w for v in some if v != w))
    return [frozenset(able)] if able else []


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


def _within(code: Any, value: Any) -> list[Words]:
    """List what a part holds that is not spelt out."""
    if code is op.IN:
        chars = [chr(n) for low, high in _ranges(value) for n in range(low, high)]
        return [frozenset(chars)] if 0 < len(chars) <= _CLASS else []
    if code is op.BRANCH:
        others = [_held(branch) for branch in value[1]]
        return [frozenset().union(*map(_telling, others))] if all(others) else []
    if code is op.SUBPATTERN:
        return [] if value[1] & re.I else _held(value[3])
    if code in _REPEATS:
        return _held(value[2]) if value[0] else []
    return _held(value[1]) if code is op.ASSERT else _held(value) if code is op.ATOMIC_GROUP else []


def _telling(sets: list[Words]) -> Words:
    """Choose the set whose words say most: no single characters, and few."""
    return min(sets, key=lambda words: (min(map(len, words)) == 1, len(words)))


def _reach(parts: Any) -> int:
    """Return how many characters parts take up at most, with what is only looked at."""
    return int(parts.getwidth()[1]) + sum(map(_reach, _looked_at(parts)))


def _looked_at(parts: Any) -> Iterator[Any]:
    for code, value in parts:
        inner = value if isinstance(value, tuple) else (value,)
        below = [p for some in inner for p in (some if isinstance(some, list) else [some])]
        for part in (part for part in below if isinstance(part, syntax.SubPattern)):
            yield from [part] if code in (op.ASSERT, op.ASSERT_NOT) else _looked_at(part)


def _ranges(members: list[Any]) -> list[tuple[int, int]]:
    """Return the characters of a class in ranges; none if it is of others, or of common ones."""
    ranges = [
        (value, value + 1) if code is op.LITERAL else (value[0], value[1] + 1)
        for code, value in members
        if code in (op.LITERAL, op.RANGE)
    ]
    tells = not any(low <= char < high for low, high in ranges for char in _COMMON)
    return ranges if tells and len(ranges) == len(members) else []
