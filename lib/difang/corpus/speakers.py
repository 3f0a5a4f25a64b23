"""Who speaks: persons named with their office who chair, speak, stress or are interviewed.

A page goes in; out comes one piece of evidence a speaker, as stated: 刘奇（省委书记）.
"""

from __future__ import annotations

import re

from difang.corpus.bodies import HEAD, cite_head, is_common
from difang.corpus.cues import pattern
from difang.corpus.evidence import Evidence, Page
from difang.corpus.gazetteer import find_places


def speaker_evidence(page: Page) -> list[Evidence]:
    """Name those who speak, each as name（office）, in the order of their first words.

    A person counts if a verb of speaking follows in the clause or with the bare name elsewhere, if
    the line holds nothing but office and name, or if the text says the person was interviewed.
    """
    found: dict[str, Evidence] = {}
    for text, in_title in ((page.title or "", True), (page.text, False)):
        for match in pattern("PERSON").finditer(text):
            name = re.sub(r"\s", "", match["name"])
            reason = "" if is_common(text, match.start() + 1) else _why(page, text, match, name)
            if reason and name not in found:
                start = _office_start(text, match)
                cite = cite_head if in_title else Page.cite
                quote = cite(page, start, match.end())
                value = f"{name}（{text[start : match.end('office')]}）"
                found[name] = Evidence(
                    "speakers", value, "stated", "high", "office and name", "", *quote, reason
                )
    return list(found.values())


def _why(page: Page, text: str, match: re.Match[str], name: str) -> str:
    clause = re.split(r"[，。；\n]", text[match.end() : match.end() + 80], maxsplit=1)[0]
    line = text[text.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0]
    if pattern("VERBS").search(clause) or re.match(
        r"，并(?:讲话|作|发言|致辞)", text[match.end() :][:6]
    ):
        return "The clause says that the person speaks or chairs."
    if pattern("ASKED").search(text[: match.start()]):
        return "The text says that the person was interviewed."
    if match.start() < HEAD and len(line) <= len(match[0]) + 12 and not re.search(r"[，。]", line):
        return "A line at the head gives office and name."
    if re.search(
        rf"{re.escape(name)}(?:同志)?(?:还|最后|进一步|在讲话中)?{pattern('VERBS').pattern}",
        page.text,
    ):
        return "The person speaks elsewhere in the text."
    return ""


def _office_start(text: str, match: re.Match[str]) -> int:
    """Find where the office begins: at the last body named, with the place before it."""
    first = re.split(r"[、兼]", match["office"], maxsplit=1)[0]
    bodies = list(pattern("OFFICE_BODY").finditer(first))
    start = match.start() + (bodies[-1].start() if bodies else 0)
    before = max(0, start - 12)
    for place in find_places(text[before : start + 3]):
        if place.full and before + place.start < start < before + place.end + 1:
            return before + place.start
    return start
