"""Which body speaks or meets: the cue that names it (省委召开, 我代表市人民政府).

A page goes in; out comes the surest cue, with its sign (省, 市, 县 …) and the place it names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from difang.corpus.cues import cues, pattern
from difang.corpus.evidence import Page, of_page, whole
from difang.corpus.gazetteer import Mention, find_places
from difang.corpus.sieve import may_hold

HEAD = 600  # characters at the start in which a text says whose it is
LEAD = 200  # characters of the lead of a report
FAR = 3000  # characters in which the running text begins
LEVEL_OF = {
    "自治区": "province", "省": "province", "市": "city", "州": "city", "盟": "city", "地": "city",
    "地区": "city", "行署": "city", "县": "county", "区": "county", "旗": "county",
    "镇": "township", "乡": "township", "乡镇": "township", "街道": "township", "社区": "township",
    "村": "township", "国": "national", "联播": "national",
    "兵团": "province", "师": "city", "团": "county",
}  # fmt: skip

_UNNAMED = ("社区", "村", "乡镇")
_NAMED_ONLY = ("place in the title", "place acts", "away")
CITED = re.compile(r"《[^》]*$|(?:学习|传达|贯彻|落实)[^，。；\n]{0,60}$")
_ORDER = ("province", "city", "county", "township")


class Cue(NamedTuple):
    """What names the speaking body: its sign (省, 市, 县 …) and its place in the head."""

    sign: str
    start: int
    end: int
    rule: str
    confidence: str
    reason: str
    place: Mention | None


@of_page
def head(page: Page) -> str:
    """Join the title and the first lines, in which a text says whose it is."""
    return f"{page.title or ''}\n{page.text[: _above(page) + HEAD]}"


def lead(page: Page) -> int:
    """Return where in the head the lead ends."""
    return len(page.title or "") + 1 + _above(page) + LEAD


def headings(page: Page) -> list[tuple[int, str]]:
    """List the title, or else the short lines at the top, each with its start in the head."""
    if page.title:
        return [(0, page.title)]
    lines = re.finditer(r"[^\n]{4,60}", page.text[: _above(page)])
    return [(line.start() + 1, line[0]) for line in lines]


@of_page
def _above(page: Page) -> int:
    """Count the characters above the running text: lines of the page that cleaning left."""
    prose = pattern("PROSE").search(page.text[:FAR])
    return prose.start() if prose else 0


def cite_head(page: Page, start: int, end: int) -> tuple[str, int, int]:
    """Cite a place of the head: the title where it was moved from, or the text."""
    shift = len(page.title or "") + 1
    if start >= shift:
        return page.cite(start - shift, max(end - shift, 0))
    title = next((m for m in page.moved if m.field == "title"), None)
    spot = (title.start, title.end) if title else (-1, -1)
    return (page.title or "", *spot)


@of_page
def host(page: Page) -> Cue | None:
    """Find the cue that names the body which speaks or meets; None if nothing does.

    The surest cue tells what kind of body speaks; a later one of that kind may name it.
    """
    cues = list(_cues(page))
    national = pattern("NATIONAL").search(head(page))
    within = min((c.start for c in cues), default=HEAD + FAR), len(page.title or "")
    if national and (not cues or national.start() < min(within)):
        reason = "A national body speaks or meets."
        return Cue("国", *national.span(), "national body", "high", reason, None)
    if not cues:
        return _signature(page) or _self_reference(page)
    if cues[0].sign == "区" and not cues[0].place:  # of an autonomous region, if named so in full
        cues.sort(key=lambda c: c.sign != "自治区")
    named = (c for c in cues if c.place and LEVEL_OF[c.sign] == LEVEL_OF[cues[0].sign])
    return next(named, cues[0])


def _cues(page: Page) -> Iterator[Cue]:
    text, shift = head(page), len(page.title or "") + 1
    named = find_places(text)
    guests = {m.text for m in named if pattern("GUEST").match(text, m.end)}
    places = {m.end: m for m in named if m.full}
    title = shift - 1 if page.title else shift + _above(page)
    limits = {"title": title, "lead": lead(page), "head": len(text)}
    able = (able for able in cues("body_cues.csv") if may_hold(able[1], whole(page)))
    for cue, names_body in able:
        for match in names_body.finditer(text[: limits[cue["where"]]]):
            start, end = match.span("sign")
            place = places.get(end) or places.get(start)
            vague = cue["rule"] in _NAMED_ONLY and (not place or _is_vague(text, place, named))
            cited = start >= shift and CITED.search(text[shift:start])
            if (
                vague
                or cited
                or pattern("AND_OTHERS").match(text, end)
                or (place and place.text in guests)
            ):
                continue
            sure = place or match["sign"] in _UNNAMED or cue["rule"] == "zone acts"
            if sure or not is_common(text, end):
                start = place.start if place else start
                how = (cue["rule"], cue["confidence"], cue["reason"])
                sign = "自治区" if cue["rule"] == "autonomous region" else match["sign"]
                yield Cue(sign, start, match.end(), *how, place)
                break
    for place in find_places(text[: limits["lead"]], bare=True):
        marked = f"{text[: place.start]}◆{text[place.end :]}"
        if not place.full and pattern("BARE_ACTS").search(marked):
            sign = next(s for s in LEVEL_OF if place.units[0].name.endswith(s))
            reason = "A place, named without its sign, stands as the one who meets or acts."
            yield Cue(sign, place.start, place.end, "place acts", "medium", reason, place)


def is_common(text: str, end: int) -> bool:
    """Tell whether the sign that ends here belongs to a common noun: 社区, 城市, 各县."""
    return bool(pattern("COMMON").search(text[max(0, end - 3) : end]))


def _is_vague(text: str, place: Mention, named: list[Mention]) -> bool:
    """Tell whether a place is an object, one of a row, or leads to a lower one (贵州省黔西南州)."""
    first = {m.end: m.start for m in named}
    start = place.start
    while start in first:
        start = first[start]
    follows = {m.start for m in named if m.full}
    comma = text[start - 1 : start] == "、" and start - 1 in first
    in_row = comma or (text[place.end : place.end + 1] == "、" and place.end + 1 in follows)
    is_object = re.search(r"[在赴到来访率对向与和同给致援]$", text[:start]) is not None
    return in_row or place.end in follows or is_object


def _signature(page: Page) -> Cue | None:
    """Take the body that signs at the foot, above the day."""
    found = pattern("SIGNATURE").search(page.text, max(0, len(page.text) - FAR))
    if not found:
        return None
    shift, sign = len(page.title or "") + 1, found["sign"]
    at = found.start() + shift
    named = {m.end: m for m in find_places(found["body"]) if m.full}
    place = named.get(found.end("sign") - found.start())
    if place:
        place = place._replace(start=place.start + at, end=place.end + at)
    reason = "The body signs the text."
    return Cue(sign, at, found.end("body") + shift, "signature", "medium", reason, place)


def _self_reference(page: Page) -> Cue | None:
    """Take the lowest unit the text calls its own: a city speaks of 全省, a province not of 我市.

    我省 counts thrice 全省, and 全省第一 not at all: it is said by those who compare themselves.
    """
    found = list(pattern("SELF").finditer(page.text))
    votes = Counter(m["sign"] for m in found for _ in range(3 if m["own"] else 1))
    least = max(3, 0.3 * max(votes.values(), default=0))
    able = [m for m in found if votes[m["sign"]] >= least]
    if not able:
        return None
    first = max(able, key=lambda m: (_ORDER.index(LEVEL_OF[m["sign"]]), votes[m["sign"]]))
    start, end = (position + len(page.title or "") + 1 for position in first.span())
    reason = f"The text says 我{first['sign']} or 全{first['sign']} of itself."
    return Cue(first["sign"], start, end, "self reference", "medium", reason, None)
