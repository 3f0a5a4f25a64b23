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
from difang.corpus.gazetteer import LEVELS, Mention, Unit, find_places
from difang.corpus.provinces import GAZETTEER, Finding, common_province, leaders, phrases
from difang.corpus.windows import Window

_LEVELS = (*LEVELS, "township")


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
    window : Window
        The dates the document may have; names and codes are those of that time.
    """
    cue = host(page)
    if cue and cue.sign == "国":
        return []
    mentions, top = find_places(page.text, window), find_places(head(page), window)
    findings = [*_of_body(page, cue, mentions, top)] if cue else []
    findings += _of_province(page, window, LEVEL_OF[cue.sign] if cue else "", mentions)
    sure = next((f for f in findings if f.piece.confidence != "low"), None)
    known = [u for m in (*mentions, *top) for u in m.units]
    pieces = _winner(sure, known) if sure else []
    return pieces + [_other(f, sure) for f in findings if f is not sure]


def _of_body(
    page: Page, cue: Cue, mentions: list[Mention], top: list[Mention]
) -> Iterator[Finding]:
    """Yield the places of the body that speaks, and of those above it."""
    yield from _cued(page, cue, top)
    bodies = [m for m in mentions if m.full and pattern("BODY_AFTER").match(page.text, m.end)]
    called = {m.units for m in bodies if _fits(m.units[0], cue)}
    own = [m for m in mentions if m.units in called]
    yield from _most(page, own, 2, "named body", "stated", "The body named so is of this kind.")
    own = [m for m in mentions if _fits(m.units[0], cue)]
    yield from _most(page, own, 3, "self name", "inferred", "The text names this place most.")
    for higher in reversed(_LEVELS[: _LEVELS.index(LEVEL_OF[cue.sign])]):
        above = [m for m in bodies if m.units[0].level == higher]
        reason = "The speaker answers to this body."
        yield from _most(page, above, 2, "body above", "inferred", reason)


def _of_province(
    page: Page, window: Window, level: str, mentions: list[Mention]
) -> Iterator[Finding]:
    """Yield the province by all else: the places named, leaders, set phrases."""
    yield from common_province(page, mentions, level == "province")
    able = [m for m in mentions if m.units[0].level == "province"]
    able = [m for m in able if level != "city" or not m.units[0].name.endswith("市")]
    least, reason = 5 if level == "province" else 8, "The text names this province most."
    yield from _most(page, able, least, "province named", "inferred", reason)
    yield from leaders(page, window)
    yield from phrases(page, mentions)


def _cued(page: Page, cue: Cue, top: list[Mention]) -> Iterator[Finding]:
    units = next((m.units for m in top if cue.place and m.start == cue.place.start), ())
    sure = _one(units)
    reason = cue.reason if sure else f"{cue.reason} Several places are called so."
    quote = cite_head(page, cue.start, cue.end)
    how = ("stated", cue.confidence if sure else "low", cue.rule, GAZETTEER, *quote, reason)
    for unit in sure or units:
        yield Finding(unit, True, Evidence("province", unit.province, *how))


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
    piece = page.piece(
        "province", unit.province, first[:2], f"{reason} ({n} times)",
        rule=rule, basis=basis, confidence=confidence, resource=GAZETTEER,
    )  # fmt: skip
    yield Finding(unit, rule in ("named body", "self name"), piece)


def _winner(finding: Finding, known: list[Unit]) -> list[Evidence]:
    """Fill the columns from one finding; the code only if it is one at that time."""
    unit, host, piece = finding
    named = {u.name for u in known}
    values = {"province": unit.province, "city": unit.city, unit.level: unit.name}
    pieces = [
        piece._replace(
            field=field, value=value, basis=piece.basis if value in named else "inferred"
        )
        for field, value in values.items()
        if value
    ]
    if host:
        pieces.append(piece._replace(field="level", value=unit.level))
    spells = (u for u in known if u[1:5] == unit[1:5])  # name, short, level, province
    codes = {u.code for u in spells if unit.city in ("", u.city)} or {unit.code}
    confidence = piece.confidence if len(codes) == 1 else "low"
    code = piece._replace(field="code", basis="inferred", confidence=confidence)
    return pieces + [code._replace(value=value) for value in sorted(codes - {""})]


def _other(finding: Finding, sure: Finding | None) -> Evidence:
    piece = finding.piece
    if sure is None or sure.unit.province == piece.value:
        return piece
    reason = f"{piece.reason} The {sure.piece.rule} stands higher."
    return piece._replace(confidence="low", reason=reason)
