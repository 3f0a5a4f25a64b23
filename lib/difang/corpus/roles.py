"""At what level a text speaks, what kind of text it is, and which outlet it names.

A page goes in; out comes evidence for `level`, `genre` and `source`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from difang.corpus.bodies import LEAD, LEVEL_OF, cite_head, head, host
from difang.corpus.cues import cues
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
        vague = cue.sign == "区" and cue.rule in ("self reference", "gathering in the lead")
        confidence, basis = "low" if vague else "medium", "inferred"
    quote = cite_head(page, cue.start, cue.end)
    return [Evidence("level", level, basis, confidence, cue.rule, "", *quote, cue.reason)]


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
    title, start = page.title or "", top[:LEAD]
    zones = {"title": title, "start": start, "head": top, "text": page.text, "page": page.raw}
    cites = {"text": page.cite, "page": lambda start, end: (page.raw[start:end], start, end)}
    for cue, shows in cues("genre_cues.csv"):
        match = shows.search(zones[cue["where"]])
        if match:
            cite = cites.get(cue["where"], partial(cite_head, page))
            quote = cite(match.start(), min(match.end(), match.start() + QUOTE))
            basis = "stated" if cue["where"] == "title" else "inferred"
            how = (basis, cue["confidence"], cue["rule"], "genre_cues.csv")
            yield Evidence("genre", cue["genre"], *how, *quote, cue["reason"])


def source_evidence(page: Page) -> list[Evidence]:
    """Give the outlet the page states (来源：…), as cleaning took it out of the text."""
    return page.headers("source", "The page names its source.")
