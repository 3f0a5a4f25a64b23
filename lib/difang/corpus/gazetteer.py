"""Which places of China a text names: provinces, cities and counties as they were in a given year.

In go a text and a window of dates; out come mentions, each with the units it can stand for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from difang.corpus import caching
from difang.corpus.cues import pattern
from difang.corpus.divisions import (
    LEVELS,
    OPEN,
    Unit,
    abbreviations,
    all_units,
    nicknames,
    package_folder,
    units,
)
from difang.corpus.lookup import hits, matcher
from difang.corpus.windows import Window

__all__ = ["LEVELS", "Mention", "Unit", "abbreviations", "find_places", "units"]

ALWAYS = Window()
_SIGN = "省市州盟县区旗"
Units = tuple[Unit, ...]
_CITY, _PROVINCE = Unit._fields.index("city"), Unit._fields.index("province")
_LATE = 2  # years after its last in which a unit is still named
_WEB = 2005  # texts of unknown date are rarely older
#: Times in the dictionary's corpus from which a word is no place: by kind, 15 for all others.
_OFTEN = {"ns": 200, "nr": 200, "nrt": 200, "nz": 50}
_RUN_ON = tuple("级域乡长")


class Mention(NamedTuple):
    """A place named in a text; `full` if the name carries its sign (江西省, not 江西).

    `weak` if the name may be a common word and nothing else in the text speaks for the place.
    """

    start: int
    end: int
    text: str
    full: bool
    units: tuple[Unit, ...]
    weak: bool = False


def find_places(text: str, window: Window = ALWAYS, *, bare: bool = False) -> list[Mention]:
    """Find the places a text names, longest name first, valid within the window.

    Short names of counties, and names that are common words (城区, 和县), count only where the
    text names the city (or the province, if there is no city) they lie in; `bare` gives those that
    are rare words as well, marked as weak. Without a first date names are read as in the years of
    the web, and older ones where they mean nothing then.

    >>> [(m.text, m.units[0].code) for m in find_places("在吉安市吉水县，江西安则民安")]
    [('吉安市', '360800'), ('吉水县', '360822'), ('江西', '360000')]
    """
    people = set(pattern("OFFICIAL").findall(text))
    found = [m for m in _valid(text, window) if m.full or text[m.start - 1 : m.end] not in people]
    named = {u.name for m in found if not _weak(m) for u in m.units}
    spelt = {m.text for m in found}
    mentions: list[Mention] = []
    known: dict[str, tuple[tuple[Unit, ...], bool]] = {}  # of names that stand alone
    for mention in found:
        before = mentions[-1] if mentions and mentions[-1].end == mention.start else None
        if before or mention.text not in known:
            choice = _narrow(mention.units, {u.name for u in before.units} if before else set())
            if choice == mention.units:
                choice = _narrow(choice, named, spelt)
            choice = tuple(u for u in choice if u.name in spelt) or choice
            backed = not _weak(mention) or any(_backed(unit, named) for unit in choice)
            if not before:
                known[mention.text] = choice, backed
        else:
            choice, backed = known[mention.text]
        if backed or (bare and not _is_word(text, mention)):
            mentions.append(Mention(*mention[:4], choice, not backed))
    return mentions


def _weak(mention: Mention) -> bool:
    """Tell whether a county's name needs its city beside it: 安源, 和县, 市中区."""
    plain = mention.full and len(mention.text) > 2
    doubtful = not plain or pattern("GENERIC").fullmatch(mention.text)
    return mention.units[0].level == "county" and bool(doubtful)


def _is_word(text: str, mention: Mention) -> bool:
    """Tell whether a weak name is a word, or cut from words or a person's name (召|开县|委)."""
    start, end = mention[:2]
    words = common_words()
    if text[max(0, start - 1) : start + 1] in words or mention.text[0] in "和各":
        return True
    if pattern("BROADCASTER").match(text, end):
        return False
    if mention.text in {unit.name for unit in mention.units}:
        return bool(pattern("GENERIC").fullmatch(mention.text)) or text[end : end + 1] in _RUN_ON
    return text[end - 1 : end + 1] in words or bool(pattern("PLACE_WORD").fullmatch(mention.text))


def _dictionary() -> str:
    return (package_folder("jieba") / "dict.txt").read_text(encoding="utf-8")


@cache
def common_words() -> frozenset[str]:
    """Give the words of two characters that are frequent enough not to be read as a county."""

    def frequent() -> list[str]:
        rows = re.findall(r"(?m)^(\S\S) (\d+) (\w+)", _dictionary())
        return [word for word, n, kind in rows if int(n) >= _OFTEN.get(kind, 15)]

    return frozenset(kept_words("common", frequent))


def longer_words() -> frozenset[str]:
    """Give the words of three characters and more of the dictionary."""
    return frozenset(re.findall(r"(?m)^(\S{3,}) ", _dictionary()))


def kept_words(name: str, words: Callable[[], Iterable[str]]) -> list[str]:
    """Give words that take long to find: as they were kept, or found now."""
    table = caching.kept(name, lambda: pd.DataFrame({"word": [*words()]}))
    listed: list[str] = table["word"].tolist()
    return listed


def _narrow(some: Units, named: set[str], spelt: Container[str] = ()) -> Units:
    """Keep the units whose city is named, else those whose province is; all if neither helps."""
    for parent in (_CITY, _PROVINCE) if named else ():
        inside = ((u, str(u[parent])) for u in some if u[parent] in named)
        # 毕节 may be 毕节地区, and does not tell its county 毕节市 from the city it became
        if own := [u for u, name in inside if name in spelt or not name.startswith(u.short)]:
            return tuple(own)
    return some


def _backed(unit: Unit, named: set[str]) -> bool:
    return (unit.city or unit.province) in named or (len(unit.name) > 2 and unit.name in named)


def _valid(text: str, window: Window) -> Iterator[Mention]:
    able: dict[str, Units] = {}
    for start, end, full, candidates in _longest(text):
        if (kept := able.get(name := text[start:end])) is None:
            kept = able[name] = at_time(candidates, window) or (_late(candidates, window) * full)
        if kept and (full or not _part_of_word(text, start, end)):
            yield Mention(start, end, name, full, kept)


def at_time(candidates: Iterable[Unit], window: Window) -> Units:
    """Keep the units that existed within the window, a year either way.

    Without a first date, names are read as in the years of the web.
    """
    low, high = window.start.year - 1, window.end.year + 1
    if window.start == date.min:
        low, high = min(high - 1, _WEB), high - 1
    return (*[u for u in candidates if u.first <= high and u.last >= low],)


def _late(candidates: Units, window: Window) -> Units:
    """Keep the units that ended shortly before the window, as texts go on to name them."""
    any_time, year = window.start == date.min, window.start.year
    return (*[u for u in candidates if any_time or 0 < year - u.last <= _LATE],)


def _part_of_word(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 1) : start]
    after = text[end : end + 4]
    longer = pattern("NEW_TOWN").fullmatch(before + text[start:end])  # 沣东新城
    return bool(longer or pattern("RIVER").search(before) or pattern("WORD_AFTER").match(after))


def _longest(text: str) -> Iterator[tuple[int, int, bool, Units]]:
    """Give the names in a text from left to right, the longest where they overlap."""
    position = 0
    for start, end, found in sorted(hits(_matcher(), text), key=lambda hit: (hit[0], -hit[1])):
        if start >= position:
            position = end
            if found:
                yield start, end, text[end - 1] in _SIGN, found


@cache
def _matcher() -> Any:
    """Match all names, and the dictionary words that only contain one (文山会海, 孙中山)."""
    return matcher(_names() | dict.fromkeys(kept_words("longer", _longer_words), ()))


@cache
def _names() -> dict[str, Units]:
    """Map every string that can name a unit to those it names, the highest level only."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in sorted(all_units(), key=lambda u: LEVELS.index(u.level)):
        for name in _called(unit):
            exact = unit.name == name or not any(
                u.name == name and u.last >= unit.first for u in found[name]
            )
            if exact and (unit.name == name or all(u.level == unit.level for u in found[name])):
                found[name].append(unit)
    for name, official in nicknames().items():
        own = [unit for unit in found[name] if unit.name == name]
        last = min((unit.first - 1 for unit in own), default=OPEN)  # 两江新区 is a division now
        before = (u._replace(last=min(u.last, last)) for u in found[official] if u.first <= last)
        found[name] = [*own, *before]
    return {name: tuple(dict.fromkeys(units)) for name, units in found.items() if units}


def _called(unit: Unit) -> Iterator[str]:
    yield unit.name
    if len(unit.short) < 2:
        return
    yield unit.short
    for sign in re.findall(r"自治[区州县旗]$", unit.name):
        yield from (unit.short + sign, unit.short + sign[-1])


def _longer_words() -> Iterator[str]:
    """Find dictionary words that only contain a short place name.

    A chain of names is none, nor is a part of the place (苏州工业园区, 漳州人).
    """
    names, words = matcher(_names()), re.sub(r" .*", "", _dictionary())
    inside: dict[str, set[str]] = defaultdict(set)
    for start, end, _ in hits(names, words):
        line = slice(words.rfind("\n", 0, start) + 1, words.find("\n", start))
        inside[words[line]].add(words[start:end])
    chain = {*_names(), "中国", "中共"}
    for word, parts in inside.items():
        rest = {piece for part in parts for piece in word.split(part) if piece}
        signed = any(part[-1] in _SIGN and len(part) > 2 for part in parts)
        first = next((part for part in parts if word.startswith(part)), "")
        large = {unit.level for unit in _names().get(first, ())} - {"county"}
        of_place = large and pattern("OF_PLACE").fullmatch(word, len(first))
        if word not in parts and not signed and not of_place and not rest <= chain:
            yield word
