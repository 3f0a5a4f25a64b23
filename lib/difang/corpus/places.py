"""Where a document speaks from: province, city, county and code of the body that speaks or meets.

A page and a window of dates go in; out comes evidence. Places that are only mentioned (counties
whose secretaries attend) give the province at most, never city or county.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from difang.corpus.bodies import LEVEL_OF, Cue, cite_head, head, host
from difang.corpus.cues import pattern
from difang.corpus.evidence import Evidence, Page
from difang.corpus.gazetteer import LEVELS, Mention, Unit, Window, find_places
from difang.corpus.provinces import GAZETTEER, Finding, common_province, leaders, phrases

_RANK = {level: rank for rank, level in enumerate((*LEVELS, "township"))}


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
    bodies = [m for m in mentions if m.full and pattern("BODY_AFTER").match(page.text, m.end)]
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
    yield from common_province(page, mentions, level == "province")
    able = [m for m in provinces if level != "city" or not m.units[0].name.endswith("市")]
    least, reason = 5 if level == "province" else 8, "The text names this province most."
    yield from _most(page, able, least, "province named", "inferred", reason)
    yield from leaders(page, window)
    yield from phrases(page, mentions)


def _cued(page: Page, window: Window, cue: Cue) -> Iterator[Finding]:
    places = find_places(head(page), window) if cue.place else []
    for mention in places:
        if cue.place and mention.start == cue.place.start:
            sure = _one(mention.units)
            reason = cue.reason if sure else f"{cue.reason} Several places are called so."
            for unit in sure or mention.units:
                quote = cite_head(page, cue.start, cue.end)
                how = (cue.rule, "stated", cue.confidence if sure else "low", GAZETTEER)
                yield Finding(unit, True, *how, quote, reason)


def _fits(unit: Unit, cue: Cue) -> bool:
    """Tell whether a unit can be what the text calls 我县, 区政府, 市委."""
    if cue.place and unit.name not in {u.name for u in cue.place.units}:
        return False
    if cue.sign == "区" and unit.level == "province":
        return unit.name.endswith("自治区") and cue.rule == "self reference"
    return unit.name.endswith("地区" if cue.sign == "地" else cue.sign)


def _one(candidates: Iterable[Unit]) -> list[Unit]:
    """Give the one unit meant, in its latest spell; without city if the spells differ in it."""
    units = sorted(candidates, key=lambda u: u.last)
    if len({(u.name, u.level, u.province) for u in units}) != 1:
        return []
    city = units[-1].city if len({u.city for u in units}) == 1 else ""
    return [units[-1]._replace(city=city)]


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
    first = next(m for m in mentions if unit in _one(m.units))
    host = rule in ("named body", "self name")
    quote = page.cite(first.start, first.end)
    yield Finding(unit, host, rule, basis, confidence, GAZETTEER, quote, f"{reason} ({n} times)")


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
    spells = (u for u in known if u[1:5] == unit[1:5])  # name, short, level, province
    same = {u.code for u in spells if unit.city in ("", u.city)} or {unit.code}
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
