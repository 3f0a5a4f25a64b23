"""The county a text is set in by the townships it names: 林校路街道 and 庞各庄镇 lie in one.

A text and the places named in it go in; out come its townships, as mentions of their county.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import log2
from typing import Any

from difang.corpus.divisions import Unit, all_units
from difang.corpus.gazetteer import Mention, at_time, common_words, kept_words, longer_words
from difang.corpus.lookup import hits, matcher
from difang.corpus.reference import read_reference
from difang.corpus.windows import Window

County = tuple[str, str, str]  # short name, level, province: the same before and after a renaming

_TOWNS = re.compile(
    r"((?:[\u4e00-\u9fff]{2,10}、)*)([\u4e00-\u9fff]{2,12}?)"
    r"(?:(?:等|[两二三四五六七八九十])个?)?(镇街|乡镇|(?<!景德)镇|乡|街道|苏木)(?!村|化|愁|亲|土|贤|居民|职工|就业|人口|登记|建设)"
)
_SIGNED = re.compile(
    "[镇乡街苏][\u4e00-\u9fff、]*+"
)  # the rest of a run of Han, from the first sign
_COMPOUND = re.compile("(?![县市区旗到在赴往于自、])..[城村集乡下古][镇乡]")  # 高城乡 in 提高城乡
_FEW = 3  # names, more than which must mostly be the county's
#: Bits of evidence: those of a name of its own, of a city and a province named; those to be sure.
_ONE, _CITY, _PROVINCE, _SURE, _AHEAD = 6.0, 10.0, 5.0, 17.0, 6.0


def find_townships(text: str, places: Sequence[Mention], window: Window) -> list[Mention]:
    """Find the townships of a text that lie in one county, if its names leave no other.

    Many townships share a name (城关镇): each counts for a county by how few have it, in bits;
    that the city or the province is named counts too. A name that one county has is enough. Names
    of three characters without their sign (汤家汇、斑竹园) count half, and none against a county.
    """
    spots: dict[str, list[tuple[int, int]]] = defaultdict(list)
    unsigned = {hit[0]: hit for hit in hits(_unsigned_names(), text)}  # the longest at a place
    for start, end, name in (*_names(text), *sorted(unsigned.values())):
        spots[name].append((start, end))
    signed = sum(name in _townships() for name in spots)
    named = {u.name for m in places for u in m.units}
    owners = {county for name in spots for county in _owners(name)}
    ranked = sorted((-_bits(county, spots, named), county) for county in owners)
    if not ranked:
        return []
    best = ranked[0][1]
    mine = [name for name in spots if best in _owners(name)]
    own = sum(name in _townships() for name in mine)
    ahead = ranked[1][0] - ranked[0][0] if len(ranked) > 1 else _AHEAD
    if -ranked[0][0] < _SURE or ahead < _AHEAD or 2 * own < signed + (signed > _FEW):
        return []
    units = at_time(_counties()[best], window)
    return [Mention(*spot, name, True, units) for name in mine for spot in spots[name] if units]


def _bits(county: County, names: Iterable[str], named: set[str]) -> float:
    """Say how much speaks for a county: the rarer its townships' names the more."""
    inside = any({u.name, u.city} & named for u in _counties()[county])
    bits = _CITY if inside else _PROVINCE * (county[2] in named)
    for name in names:
        if county in (owners := _owners(name)):
            own = len(owners) == 1 and _stem(name) not in common_words()  # not for 促进乡
            rare = log2(len(_counties()) / len(owners))
            bits += rare + _ONE * own if name in _townships() else rare / 2
    return bits


def _stem(name: str) -> str:
    return name.rstrip("镇乡街道苏木")


def _names(text: str) -> Iterator[tuple[int, int, str]]:
    """Give the townships named: 到石桥镇, 石桥、双河、龙门三镇.

    A list counts if its last name, before 等 or the sign, is one: 大宁、北栅社区和镇政府 is none.
    """
    for found in (town for run in _runs(text) for town in _TOWNS.finditer(text, *run)):
        position = found.start()
        if found[3] in ("乡镇", "镇街") and not found[1]:
            continue
        listed, signs = found[1].split("、")[:-1], _signs(found[3])
        last = found[2].split("等")[0] if listed else found[2]  # 石桥、双河等沿江乡镇
        if listed and not _town(last, signs)[0]:
            continue
        for part in (*listed, last):
            name, i = _town(part, signs)
            cut = text[max(0, position + i - 1) : position + i] + name
            word = cut[:2] in common_words() or _COMPOUND.fullmatch(cut)
            if len(_stem(name)) > 1 and not word:
                end = position + len(part)
                yield position + i, found.end() if end == found.end(2) else end, name
            position += len(part) + 1


def _signs(sign: str) -> tuple[str, ...]:
    """Give the signs that one behind a list can stand for."""
    return (sign,) if len(sign) == 1 or sign in ("街道", "苏木") else ("镇", "乡")


def _town(part: str, signs: tuple[str, ...]) -> tuple[str, int]:
    """Give the township that a part of a list ends in, with its sign, and where it begins."""
    tails = ((part[i:] + sign, i) for sign in ("", *signs) for i in range(len(part) - 1))
    return next((tail for tail in tails if tail[0] in _townships()), ("", 0))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Give the runs of Han that hold the sign of a township."""
    done = 0
    for start, end in (rest.span() for rest in _SIGNED.finditer(text)):
        while start > done and (text[start - 1] == "、" or "\u4e00" <= text[start - 1] <= "\u9fff"):
            start -= 1
        yield start, end
        done = end


def _owners(name: str) -> set[County]:
    return _townships()[name] if name in _townships() else _stems()[name]


@cache
def _unsigned_names() -> Any:
    """Match names of three characters and more that stand without their sign."""

    def able() -> list[str]:
        words = longer_words()
        return [name for name in _stems() if len(name) < 5 and name not in words]

    return matcher({name: name for name in kept_words("unsigned", able)})


@cache
def _stems() -> dict[str, set[County]]:
    """Map names of three characters and more, without their sign, to the counties."""
    found: dict[str, set[County]] = defaultdict(set)
    for name, owners in _townships().items():
        if len(stem := _stem(name)) > 2:
            found[stem] |= owners
    return dict(found)


@cache
def _counties() -> dict[County, list[Unit]]:
    """Give the spells of the counties (and of the cities without any) that have townships."""
    found: dict[County, list[Unit]] = defaultdict(list)
    for unit in all_units():
        found[_key(unit)].append(unit)
    return {county: found[county] for owners in _townships().values() for county in owners}


@cache
def _townships() -> dict[str, set[County]]:
    """Map the names of townships to the counties that have one, by the codes of the lists."""
    counties = {unit.code: _key(unit) for unit in sorted(all_units(), key=lambda u: u.last)}
    owners: dict[str, set[County]] = defaultdict(set)
    for row in read_reference("townships.csv", ("code", "names")):
        for name in row["names"].split("|"):
            owners[name].add(counties[row["code"]])
    return owners


def _key(unit: Unit) -> County:
    return unit.short, unit.level, unit.province
