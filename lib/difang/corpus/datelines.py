"""Days that a lead leaves to its dateline, or to the day of publication.

A page goes in; out comes the day of 本报杭州2月27日讯 … 今天, or of 7日上午 on a page of 7 April.
Nothing is counted from today's clock.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from difang.corpus.cues import pattern
from difang.corpus.evidence import Evidence, Page
from difang.corpus.mentions import Mention, mentions, number

TOP = 1500  # raw characters in which a dateline lies
LEAD = 300  # characters of the lead
RECENT = timedelta(days=15)  # a day named without its month is this fresh at most
_ANY_YEAR = 2000  # to count back one day from a month and day; a leap year


def dateline_day(page: Page, published: date | None) -> list[Evidence]:
    """Return the day of the event as the lead counts it from its dateline or publication.

    Where there is neither, a day without its month is returned as "---22".
    """
    said = pattern("DAY_ONLY").search(page.text[:LEAD])
    if said is None:
        return []
    line = _dateline(page.raw)
    if line:
        rule, value = "dateline", _from_dateline(line, said)
        reason = "The lead counts its day from the dateline."
    elif published:
        paper = said["back"] and pattern("PAPER").search(page.raw[:TOP])
        eve = (published - timedelta(days=1)).isoformat()
        rule, value = "day_of_publication", eve if paper else _before(published, said)
        reason = "The lead names the day, the day of publication its month."
    else:
        rule, value = "day_alone", f"---{number(said['day']):02}" if said["day"] else ""
        reason = "The lead names the day without its month."
    how = {"rule": rule, "confidence": "medium"}
    return [page.piece("date", value, said.span(), reason, **how)] if value else []


def _dateline(raw: str) -> Mention | None:
    for day in mentions(raw, 0, TOP):
        if pattern("DATELINE_END").match(raw, day.end):
            return day
    return None


def _from_dateline(line: Mention, said: re.Match[str]) -> str:
    day = date(line.year or _ANY_YEAR, line.month, line.day)
    eve = day - timedelta(days=1)
    if said["day"]:
        found = next((d for d in (day, eve) if d.day == number(said["day"])), None)
    else:
        found = eve if said["back"] else day
    leap = found == eve and eve.month == 2 < day.month and not line.year  # 28 or 29 February
    return line._replace(month=found.month, day=found.day).value if found and not leap else ""


def _before(published: date, said: re.Match[str]) -> str:
    """Find the latest day with this number up to the day of publication."""
    days = (published - timedelta(days=back) for back in range(RECENT.days))
    wanted = number(said["day"] or "")
    return next((day.isoformat() for day in days if day.day == wanted), "")
