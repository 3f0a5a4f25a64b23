"""Whether a text is fiction: novels of officialdom hold offices, meetings and speeches too.

A page goes in; out comes one piece of evidence for the genre, if narration outweighs official prose
and news. The cues and their weights stand in fiction_cues.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from difang.corpus.bodies import cite_head
from difang.corpus.cues import cues
from difang.corpus.evidence import Evidence, Page, seek
from difang.corpus.gazetteer import find_places

TABLE = "fiction_cues.csv"
LIMIT = 6.5  #: narration from here on: novels read 7 to 45, reports and news at most 6
SAMPLE = 8_000  # characters that are enough to tell
_REAL = (-5.0, 3.0)  # weight and most of places that exist, per 1,000 characters
_Weighed = tuple[float, str, re.Match[str], str]  # weight, cue, first found, where


def fiction_evidence(page: Page) -> list[Evidence]:
    """Weigh the cues of narration against those of official prose and of news.

    A cue counts as often as it stands in 1,000 characters (of 500 at least, of 8,000 at most), up
    to its own limit; one of the page (本章未完) counts once. If their weighted sum reaches `LIMIT`,
    real places are weighed too: a county named with its city or province, as novels seldom do.
    """
    texts = {"head": f"{page.title or ''}\n{page.text[:SAMPLE]}", "raw": page.raw[:SAMPLE]}
    weighed = [*_weighed(page, texts, narration=True)]
    total = sum(w[0] for w in weighed)
    against = _weighed(page, texts, narration=False)
    while total >= LIMIT and (cue := next(against, None)):  # they can but lower the sum
        weighed.append(cue)
        total += cue[0]
    if total >= LIMIT:
        places = _real_places(texts["head"])
        total += _REAL[0] * min(_rate(places, texts["head"]), _REAL[1])
    if total < LIMIT:
        return []
    best = sorted(weighed, key=lambda w: -w[0])
    reason = (
        f"Narration: {', '.join(w[1] for w in best[:4])}; {total:.1f} where {LIMIT:g} is enough."
    )
    _, _, match, where = best[0]
    span = match.start() - (match.lastindex is not None), match.end()  # a group looks back
    quote = cite_head(page, *span) if where == "text" else (match[0], *span)
    how = ("genre", "fiction", "inferred", "high", "narration", TABLE)
    return [Evidence(*how, *quote, reason)]


def _weighed(page: Page, texts: dict[str, str], *, narration: bool) -> Iterator[_Weighed]:
    """Weigh the cues that speak for narration, or those that speak against it."""
    for cue, shows in cues(TABLE):
        part = "head" if cue["where"] == "text" else "raw"
        text = texts[part]
        speaks_for = not cue["weight"].startswith("-")
        if speaks_for == narration and (found := [*seek(page, shows, text, part)]):
            count = len(found) if cue["where"] == "page" else _rate(len(found), text)
            weight = float(cue["weight"]) * min(count, float(cue["most"]))
            yield weight, cue["cue"], found[0], cue["where"]


def _real_places(text: str) -> int:
    """Count the places named in full together with the city or province they lie in."""
    units = [unit for m in find_places(text) if m.full for unit in m.units[:1]]
    named = {unit.name for unit in units}
    return sum(bool(named & ({u.city, u.province} - {u.name, ""})) for u in units)


def _rate(count: int, text: str) -> float:
    return 1000 * count / max(len(text), 500)
