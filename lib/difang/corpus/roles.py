"""At what level a text speaks, what kind of text it is, and which outlet it names.

A page goes in; out comes evidence for `level`, `genre` and `source`.
"""

from __future__ import annotations

from collections.abc import Iterator

from difang.corpus.bodies import LEVEL_OF, Cue, cite_head, head, host, lead
from difang.corpus.cues import cues, pattern
from difang.corpus.evidence import Evidence, Page
from difang.corpus.fiction import fiction_evidence

QUOTE = 60  # characters quoted at most


def level_evidence(page: Page) -> list[Evidence]:
    """Infer the level of the body that speaks or meets, from its sign or its place.

    A district of a municipality counts as county, a city of whatever rank as city, unless the
    gazetteer knows it as a municipality (province) or a county-level city.
    """
    cue = host(page)
    if cue is None:
        return []
    level, confidence, basis = LEVEL_OF[cue.sign], cue.confidence, "stated"
    if cue.place and level != "township":
        level = cue.place.units[0].level
    elif cue.sign in ("市", "区"):
        confidence, basis = _unnamed(page, cue), "inferred"
    quote = cite_head(page, cue.start, cue.end)
    return [Evidence("level", level, basis, confidence, cue.rule, "", *quote, cue.reason)]


def _unnamed(page: Page, cue: Cue) -> str:
    """Say how sure it is that a 市 without a name is a city, and a 区 a county.

    A 市 that speaks of townships rather than of counties may be one of county level; 我区 and 全区
    may be an autonomous region.
    """
    if cue.sign == "市":
        towns, counties = (len(pattern(p).findall(page.text)) for p in ("TOWNS", "COUNTIES"))
        return "low" if towns > counties else "medium"
    if cue.rule == "self reference":
        return "low" if "自治区" in page.text or "我区" not in page.text else "medium"
    return "low" if cue.rule == "gathering in the lead" else "medium"


def genre_evidence(page: Page) -> list[Evidence]:
    """Infer the kind of text: one piece for each rule that speaks, the surest first.

    Fiction comes first, because novels of officialdom hold meetings too; then texts whose names are
    masked (某县, ××), which are models to write by: they are `other` whatever they model.
    """
    found = [*fiction_evidence(page), *_kinds(page)]
    if not found:
        reason = "No rule knows the kind of text."
        return [Evidence("genre", "other", "inferred", "medium", "no rule", "", "", -1, -1, reason)]
    first, *rest = found
    return [first, *(p._replace(confidence="low") for p in rest if p.value != first.value)]


def _kinds(page: Page) -> Iterator[Evidence]:
    top = head(page)
    title, start = page.title or "", top[: lead(page)]
    zones = {"title": title, "start": start, "head": top, "text": page.text, "page": page.raw}
    for cue, shows in cues("genre_cues.csv"):
        match = shows.search(zones[cue["where"]])
        if match:
            span = (match.start(), min(match.end(), match.start() + QUOTE))
            cite = Page.cite if cue["where"] == "text" else cite_head
            quote = (match[0], *span) if cue["where"] == "page" else cite(page, *span)
            basis = "stated" if cue["where"] == "title" else "inferred"
            how = (basis, cue["confidence"], cue["rule"], "genre_cues.csv")
            yield Evidence("genre", cue["genre"], *how, *quote, cue["reason"])


def source_evidence(page: Page) -> list[Evidence]:
    """Give the outlet the page states (来源：…), as cleaning took it out of the text."""
    return page.headers("source", "The page names its source.")
