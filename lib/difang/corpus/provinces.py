"""Which province a text belongs to by what is not the speaking body: places, leaders, phrases.

A page goes in; out come findings, each with its confidence; they fill only where no body is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from difang.corpus.calendar import LEADERS, PHRASES, Hit
from difang.corpus.claims import GAZETTEER, OWN, PLAIN, Scene, strongest
from difang.corpus.cues import pattern
from difang.corpus.divisions import Unit, provinces
from difang.corpus.evidence import Evidence
from difang.corpus.gazetteer import Mention
from difang.corpus.windows import Window, meet

#: What a leader of a province is called, and what the province then ends in.
_OFFICE = 8  # characters of an office in full
OFFICES = {"书记": "", "省长": "省", "市长": "市", "主席": "区"}
_NAMED, _NAMED_ABOVE = 8, 2  # weight from which a province is named enough; where a body speaks
_FEW = 4  # places named that may all be those a body gives aid to
_QUOTE = 60  # characters quoted at most
_SLOGAN = 8  # Han characters from which a sure phrase of one province may place a text


class Finding(NamedTuple):
    """A unit that some cue points to; `host` if it is the speaker, not only a place above it."""

    unit: Unit
    host: bool
    piece: Evidence

    def beside(self, sure: Finding) -> Evidence:
        """Return the piece, at low confidence if it contradicts what fills the columns."""
        if self.unit.province == sure.unit.province:
            return self.piece
        reason = f"{self.piece.reason} The {sure.piece.rule} stands higher."
        return self.piece._replace(confidence="low", reason=reason)


def common_province(whole: Scene, level: str, sign: str = "") -> Iterator[Finding]:
    """Yield the province, and for a city the city, in which all places named in full lie.

    A provincial body or a city (`level`) speaks of its own counties: two are enough, or three named
    by short names, or one named often, and one in five may lie elsewhere. Others may well speak of
    their neighbours or of places they have visited, and need four; who gives aid names few of his
    own. Of a prefecture of a rare kind (`sign` 州, 盟, 地区) only places in one of that kind count.
    """
    high = level in ("province", "city")
    inner = [m for m, n in whole.weights.items() if n and m.units[0].level != "province"]
    if level == "city" and sign != "市":
        inner = [m for m in inner if m.units[0].city.endswith(sign[0])] or inner
    below = list({m.text: m for m in inner if high or (m.full and not m.weak)}.values())
    parents = {u.city for m in below for u in m.units}
    n = sum(m.units[0].name not in parents for m in below)
    often = sum(whole.weights[m] for m in inner) > PLAIN
    enough = n > 2 or (n == 2 and any(m.full for m in below)) or (n == 1 and high and often)
    common = _shared(below, "province", whole.weights if high else {})
    if enough and common:
        unit = provinces()[common]
        counties = [m for m in below if m.units[0].level == "county"]
        city = _shared(counties, "city", dict.fromkeys(counties, 1) if high else {})
        peers = {m.units[0].name for m in below if m not in counties} - {city}
        if level == "city" and city and len(counties) > len(peers):
            unit = unit._replace(name=city, level="city", code="", city="")
        start, end = below[0].start, below[-1].end
        near = end - start <= _QUOTE and end <= whole.rims[0][0]
        span = (start, end if near else below[0].end)
        reason = f"The {n} cities and counties named lie in {unit.name}."
        aided = n <= _FEW and pattern("AID").search(whole.text)
        confidence = "low" if aided else ("low", "medium", "high")[high + (n >= 4)]
        yield _found(whole, unit, span, reason, "places named", confidence)


def _shared(below: list[Mention], parent: str, weights: Mapping[Mention, int]) -> str:
    """Give the province or the city that all mentions share, or with weights four fifths of them.

    What the page claims for its own (本报济南讯) weighs more than what it names.
    """
    shared: Counter[str] = Counter()
    for m in below:
        shared.update(dict.fromkeys({getattr(u, parent) for u in m.units}, weights.get(m, 1)))
    least = sum(weights.get(m, 1) for m in below) * (0.8 if weights else 1)
    best = [name for name, n in shared.items() if n >= least]
    return best[0] if len(best) == 1 else ""


def province_named(whole: Scene, level: str) -> Iterator[Finding]:
    """Yield the province the text claims, or names by far the most; `level` is the speaker's.

    A place below counts for its province where the text claims it; a municipality is no province
    above 我市.
    """
    claim = strongest(
        whole, lambda u: u.level == "province" and not (level == "city" and u.name.endswith("市"))
    )
    if claim:
        unit, weight, best, spot, _ = claim
        named = (u for m, n in whole.weights.items() if n for u in m.units)
        alone = {u for u in named if u.level == "province"} == {unit}
        often = weight >= (_NAMED_ABOVE if level else _NAMED)
        sure = often or (best == OWN and (level or alone))
        reason = f"The text names this province most (weight {weight})."
        confidence = "medium" if sure else "low"
        yield _found(whole, unit, spot[:2], reason, "province named", confidence)


def leaders(whole: Scene, hits: list[Hit], window: Window, sure: bool) -> Iterator[Finding]:
    """Yield the province whose leaders are named in office.

    One name is enough only where a body surely speaks.
    """
    held: dict[str, set[str]] = {}
    spots: list[Hit] = []
    for hit in hits:
        terms = [e for e in hit.entries if e.table == LEADERS]
        before = whole.text[max(0, hit.start - _OFFICE) : hit.start]
        if terms and (office := before[-2:]) in OFFICES:
            full = [e for e in terms if before.endswith(e.kind)] or terms  # 自治区党委书记, 书记
            able = (e.scope for e in full if meet(e.window, window))
            held[terms[0].name] = {s for s in able if provinces()[s].name.endswith(OFFICES[office])}
            spots.append(hit)
    shared = set.intersection(*held.values()) if held else set()
    if len(shared) == 1:
        unit = provinces()[shared.pop()]
        span = (spots[0].start - 2, spots[0].end)
        reason = f"{'、'.join(held)} held office in {unit.name} at the time."
        confidence = "medium" if sure or len(held) > 1 else "low"
        yield _found(whole, unit, span, reason, "leaders", confidence, LEADERS)


def phrases(whole: Scene, hits: list[Hit]) -> Iterator[Finding]:
    """Yield the province a set phrase belongs to: medium if long, sure and not contradicted."""
    first = {entry: hit for hit in reversed(hits) for entry in hit.entries}
    able = (e for e in first if e.table == PHRASES and e.scope in provinces())
    found = {e: first[e] for e in able if e.scope not in e.name}
    owners = {entry.scope for entry in found}
    inner = (m for m in whole.weights if m.start < whole.rims[0][0])
    named = {u.name for m in inner for u in m.units if u.level == "province"}
    for entry, hit in sorted(found.items(), key=itemgetter(1)):
        unit = provinces()[entry.scope]
        long = len(pattern("HAN").findall(entry.name)) >= _SLOGAN and entry.confidence != "low"
        sure = len(owners) == 1 and named <= {unit.name} and (long or len(found) > 1)
        reason = f"A phrase of {unit.name}: one cue, to be confirmed by a reader."
        confidence = "medium" if sure else "low"
        yield _found(whole, unit, hit[:2], reason, "phrase of one province", confidence, PHRASES)


def _found(
    whole: Scene, unit: Unit, span: tuple[int, int], reason: str, rule: str, confidence: str,
    resource: str = GAZETTEER,
) -> Finding:  # fmt: skip
    how = {"rule": rule, "basis": "inferred", "confidence": confidence, "resource": resource}
    return Finding(unit, False, whole.piece(unit.province, span, reason, **how))
