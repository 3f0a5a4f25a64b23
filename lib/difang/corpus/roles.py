"""At what level a text speaks, what kind of text it is, and which outlet it names.

A page goes in; out comes evidence for `level`, `genre` and `source`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from difang.corpus.bodies import LEVEL_OF, cite_head, head, headings, host, lead
from difang.corpus.cues import cues, pattern
from difang.corpus.evidence import Evidence, Page, seek
from difang.corpus.fiction import SAMPLE, fiction_evidence
from difang.corpus.gazetteer import find_places

_VAGUE = ("self reference", "gathering in the lead")
_PARTS = {"start": "head", "head": "head", "text": "text", "page": "raw", "page top": "raw"}
QUOTE = 60  # characters quoted at most
TOP = 80  # characters of a page in which it says what it is


def level_evidence(page: Page) -> list[Evidence]:
    """Infer the level of the body that speaks or meets, from its sign or its place.

    A district of a municipality counts as county, a city of whatever rank as city, unless the
    gazetteer knows it as a municipality (province) or a county-level city, or it speaks of a
    prefecture above, or of townships and not of counties. 全区 may be an autonomous region.
    """
    cue = host(page)
    if cue is None:
        return []
    level, confidence, basis = LEVEL_OF[cue.sign], cue.confidence, "stated"
    if cue.place and level != "township" and cue.rule != "zone acts":
        level = cue.place.units[0].level
    elif cue.sign in ("市", "区") and confidence != "low":
        towns, counties = (
            sum(1 for _ in seek(page, pattern(name), page.text, "text"))
            for name in ("TOWNS", "COUNTIES")
        )
        small = any(seek(page, pattern("SMALL_CITY"), page.raw, "raw")) or towns > 2 * counties + 1
        region = cue.rule in _VAGUE and ("自治区" in page.text or "我区" not in page.text)
        level, basis = "county" if small else level, "inferred"
        confidence = "low" if region and cue.sign == "区" else "medium"
    quote = cite_head(page, cue.start, cue.end)
    return [Evidence("level", level, basis, confidence, cue.rule, "", *quote, cue.reason)]


def genre_evidence(page: Page) -> list[Evidence]:
    """Infer the kind of text: one piece for each rule that speaks, the surest first.

    Fiction comes first, because novels of officialdom hold meetings too; then texts whose names are
    masked (某县, ××), which are models to write by: they are `other` whatever they model.
    """
    found = [*fiction_evidence(page), *_kinds(page)]
    if found and found[0].rule == "template" and (_is_of_a_place(page) or _is_lent(page, found)):
        found = [p for p in found if p.rule != "template"]
    if not found:
        return [_reported(page)]
    first, *rest = found
    return [first, *(p._replace(confidence="low") for p in rest if p.value != first.value)]


def _reported(page: Page) -> Evidence:
    """Take for news what a dateline or a reporter that cleaning took out stands above."""
    kind, rule, quote = "other", "no rule", ("", -1, -1)
    reason = "No rule knows the kind of text."
    for mark in (m for m in page.moved if m.rule in ("dateline", "byline")):
        kind, rule, reason = "news", "dateline", "A dateline or a reporter is named."
        quote = (page.raw[mark.start : mark.end], mark.start, mark.end)
    return Evidence("genre", kind, "inferred", "medium", rule, "", *quote, reason)


def _is_lent(page: Page, found: list[Evidence]) -> bool:
    """Tell whether a speech, by its name and its address, stands in a frame that sells models."""
    framed = found[0].quote not in f"{page.title or ''}\n{page.text}"
    return framed and {"speech named", "address"} <= {p.rule for p in found}


def _is_of_a_place(page: Page) -> bool:
    """Tell whether a text names a county or city more than once: a real one, lent as a model."""
    text = f"{page.title or ''}\n{page.text[:SAMPLE]}"
    units = Counter(m.units[0].name for m in find_places(text) if m.units[0].level != "province")
    return max(units.values(), default=0) > 1


def _kinds(page: Page) -> Iterator[Evidence]:
    top = head(page)
    zones = {"start": top[: lead(page)], "head": top, "text": page.text, "page": page.raw}
    zones["page top"] = page.raw[:TOP]
    parts = {"title": headings(page)} | {name: [(0, zone)] for name, zone in zones.items()}
    for cue, shows in cues("genre_cues.csv"):
        part = _PARTS.get(cue["where"], "")
        found = (
            (start, next(seek(page, shows, zone, part), None))
            for start, zone in parts[cue["where"]]
        )
        if hit := next(((start, match) for start, match in found if match), None):
            start, match = hit
            span = (start + match.start(), start + min(match.end(), match.start() + QUOTE))
            cite = Page.cite if cue["where"] == "text" else cite_head
            quote = (match[0], *span) if cue["where"].startswith("page") else cite(page, *span)
            basis = "stated" if cue["where"] == "title" else "inferred"
            how = (basis, cue["confidence"], cue["rule"], "genre_cues.csv")
            yield Evidence("genre", cue["genre"], *how, *quote, cue["reason"])


def source_evidence(page: Page) -> list[Evidence]:
    """Give the outlet the page states (来源：…), as cleaning took it out of the text."""
    found = page.headers("source", "The page names its source.")
    found = [piece._replace(value=piece.value.strip()) for piece in found]
    return sorted(found, key=lambda piece: piece.rule == "header_issuer")
