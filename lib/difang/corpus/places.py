"""Where a document speaks from: province, city, county and code of the body that speaks or meets.

A page and a window of dates go in; out comes evidence. Places that are only mentioned (counties
whose secretaries attend) give the province at most, never city or county.
"""

from __future__ import annotations

from collections.abc import Iterator

from difang.corpus.bodies import CITED, LEAD, LEVEL_OF, Cue, host
from difang.corpus.claims import NEAR, OWN, Claim, Scene, files, one, scene, strongest
from difang.corpus.cues import pattern
from difang.corpus.divisions import LEVELS, Unit, provinces
from difang.corpus.evidence import Evidence, Page, seek
from difang.corpus.provinces import Finding, common_province, leaders, phrases, province_named
from difang.corpus.windows import Window

_LEVELS = (*LEVELS, "township")
MANY = 3  # other counties of its city, which a county-level city hardly lists
_ABOVE = 3  # weight from which a city named is the one above a county; less with its province


def place_evidence(page: Page, window: Window) -> list[Evidence]:
    """Infer province, city, county and code (and the level they show) of the speaking body.

    In order: the body named at the head; the place of its kind that the page claims for its own, or
    names most; places above it (their province and city only); the province all other places lie
    in, or that is named most; leaders in office within the window; set phrases of one province. The
    first that is sure fills; what contradicts it stays at low confidence.

    Parameters
    ----------
    page : Page
        The cleaned document.
    window : Window
        The dates the document may have; names and codes are those of that time.
    """
    cue = host(page)
    if cue and LEVEL_OF[cue.sign] == "national":
        return []
    whole = scene(page, window)
    if cue and cue.rule == "visitor":
        cue = cue._replace(sign=_own_sign(page), place=None)
    findings = list(_findings(whole, window, cue if cue and cue.sign else None))
    sure = next((f for f in findings if f.piece.confidence != "low"), None)
    if sure is None:
        return [f.piece for f in findings]
    known = [u for m in whole.weights if not m.weak for u in m.units if u.short in m.text]
    return _winner(sure, known) + [f.beside(sure) for f in findings if f is not sure]


def _findings(whole: Scene, window: Window, cue: Cue | None) -> Iterator[Finding]:
    if cue:
        for look in (_own, _cued) if cue.sign == "师" else (_cued, _own):
            yield from look(whole, cue)
    yield from _above(whole, cue)
    level = LEVEL_OF[cue.sign] if cue else ""
    yield from common_province(whole, level, cue.sign if cue else "")
    yield from province_named(whole, level)
    hits = whole.hits()
    yield from leaders(whole, hits, window, cue is not None and cue.confidence == "high")
    yield from phrases(whole, hits)


def _own_sign(page: Page) -> str:
    found = (m["sign"] for m in pattern("SELF").finditer(f"{page.title}\n{page.text}") if m["own"])
    return next(found, "")


def _cued(whole: Scene, cue: Cue) -> Iterator[Finding]:
    units = next((m.units for m in whole.weights if cue.place and m.start == cue.place.start), ())
    sure = one(units)
    reason = cue.reason if sure else f"{cue.reason} Several places are called so."
    how = {"rule": cue.rule, "basis": "stated", "confidence": cue.confidence if sure else "low"}
    for unit in sure or units:
        host = cue.rule != "zone acts"
        yield Finding(unit, host, whole.piece(unit.province, (cue.start, cue.end), reason, **how))
    if cue.rule == "corps" and pattern("CORPS").search(whole.text):  # the only one there is
        unit = provinces()["新疆"]
        piece = whole.piece(unit.province, (cue.start, cue.end), cue.reason, **how)
        yield Finding(unit, cue.sign == "兵团", piece._replace(confidence=cue.confidence))


def _own(whole: Scene, cue: Cue) -> Iterator[Finding]:
    """Yield the place that bears the sign of the speaker: 我县, 区政府, 市委.

    我市 may be a prefecture or one of its counties: where both are named, what they share is sure.
    """
    large = strongest(whole, lambda u: _fits(u, cue) and u.level != "county", weak=True)
    small = strongest(whole, lambda u: _fits(u, cue) and u.level == "county", weak=True)
    if large and large.unit.level == "province" and large.weight < OWN:
        large = None
    below = cue.sign == "市" and any(seek(whole.page, pattern("SMALL_CITY"), whole.page.raw, "raw"))
    if large and small and (below or _is_told(whole, large.unit) or _by_towns(whole, small.unit)):
        large = None  # the city above 我市
    elif small and cue.sign == "市" and _is_one_of_its_counties(whole, small):
        small = None
    if large and small:
        if small.weight >= 2 * large.weight or small.best > large.best:
            large = None
        elif large.weight < 2 * small.weight and large.unit.name not in small.unit[4:6]:
            return
    if claim := large or small:
        reason = "The page claims this place, of the kind that speaks, for its own."
        yield _claimed(whole, claim, "own place", reason)._replace(host=cue.sign != "师")


def _is_told(whole: Scene, unit: Unit) -> bool:
    """Tell whether a place is named only for what it passes down: 传达绵阳市会议精神."""
    spots = [m.start for m, n in whole.weights.items() if n and unit in m.units]
    return all(CITED.search(whole.text, max(0, spot - NEAR), spot) for spot in spots)


def _is_one_of_its_counties(whole: Scene, claim: Claim) -> bool:
    """Tell whether a prefecture visits or lists the county: it is named once, or as one of many."""
    peers = {
        u.name: n
        for m, n in whole.weights.items()
        for u in m.units
        if n and u.level == "county" and u.city == claim.unit.city and u.name != claim.unit.name
    }
    listed = len(peers) >= MANY and sum(peers.values()) >= claim.weight
    return listed or (claim.weight < OWN and not claim.by_town)


def _by_towns(whole: Scene, unit: Unit) -> bool:
    """Tell whether the text itself names a county by two townships only, as one of its own does."""
    spots = [m for m in whole.weights if unit in m.units and m.end <= whole.rims[0][0]]
    return len(spots) > 1 and all(unit.short not in m.text for m in spots)


def _above(whole: Scene, cue: Cue | None) -> Iterator[Finding]:
    """Yield the county and the city that a lower body names, as what it belongs to.

    A zone counts as a lower body, and a text in which none speaks, if it is mostly of this place.
    """
    zone = cue is not None and cue.rule == "zone acts"
    level = LEVEL_OF[cue.sign] if cue and not zone else "township"
    named = [u.name for m, n in whole.weights.items() if n for u in m.units]
    below = sum(n for m, n in whole.weights.items() if m.units[0].level != "province")
    for higher in reversed(LEVELS[1 : _LEVELS.index(level)]):
        claim = strongest(whole, lambda u, at=higher: u.level == at, weak=zone)  # type: ignore[misc]
        if claim and (cue or claim.weight >= below / 2):
            enough = _ABOVE - (claim.unit.province in named)
            if claim.best == OWN or claim.by_town or claim.weight >= enough:
                if cue is None and _is_filed_from(whole, claim.unit):
                    claim = claim._replace(unit=provinces()[claim.unit.province])
                reason = "The speaker belongs to this place, or the text is about it."
                come = cue is None and f"来{claim.unit.short}" in whole.text[:LEAD]
                yield _claimed(whole, claim, "place above", reason)._replace(host=come)


def _is_filed_from(whole: Scene, unit: Unit) -> bool:
    """Tell whether only datelines claim a capital: there the papers of all the province have desks.

    郑州7月25日电 is of 河南省; the papers of the city itself write 本报讯.
    """
    own = [m for m, n in whole.weights.items() if n == OWN and unit in m.units]
    capital = unit.level == "city" and unit.code.endswith("0100")
    return capital and bool(own) and all(files(whole.text, m) for m in own)


def _claimed(whole: Scene, claim: Claim, rule: str, reason: str) -> Finding:
    unit, weight, best, spot, _ = claim
    piece = whole.piece(
        unit.province, spot[:2], f"{reason} (weight {weight})", rule=rule,
        basis="stated" if best == OWN else "inferred",
        confidence="high" if weight >= 4 * OWN else "medium",
    )  # fmt: skip
    return Finding(unit, True, piece)


def _fits(unit: Unit, cue: Cue) -> bool:
    """Tell whether a unit can be what the text calls 我县, 区政府, 市委."""
    if cue.place and unit.name not in {u.name for u in cue.place.units}:
        return False
    if cue.sign == "区" and unit.level == "province":
        return unit.name.endswith("自治区") and cue.rule == "self reference"
    if cue.sign == "师":  # the corps runs cities, which the state counts as counties
        return unit.level == "county" and unit.name.endswith("市")
    sign = "地区" if cue.sign in ("地", "行署") else cue.sign
    return unit.name.endswith(sign) and not (sign == "区" and unit.level == "city")


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
