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
from difang.corpus.windows import parse

TOP = 1500  # raw characters in which a dateline lies
LEAD = 300  # characters of the lead
EVE, LATE, RECENT = 2, 4, 15  # days: as fresh is a day named without its month
_ANY_YEAR = 2000  # to count back one day from a month and day; a leap year
_MORNING = re.compile(r"\s(?:0?\d|1[01])[:：]\d")  # too early for news of 今天
_HOUR = re.compile(r"\d[:：]\d")
_NIGHT = re.compile(r"\s2[0-3][:：]\d")  # the paper of the next day may be up


def dateline_day(page: Page, stamp: Evidence | None) -> list[Evidence]:
    """Return the day of the event as the lead counts it from its dateline or publication.

    Where there is neither, a day without its month is returned as "---22".
    """
    said = pattern("DAY_ONLY").search(page.text[:LEAD])
    if said is None:
        return []
    line, published = _dateline(page.raw), parse(stamp.value) if stamp else None
    number_said, late = number(said["day"] or ""), said["late"] is not None
    if line:
        rule, reason = "dateline", "The lead counts its day from the dateline."
        near = RECENT if said["till"] else EVE
        day = _count(line.date(_ANY_YEAR), number_said, near, back=bool(said["back"]))
        leap = day and day.month == 2 < line.month and not line.year  # 28 or 29 February
        value = line._replace(month=day.month, day=day.day).value if day and not leap else ""
    elif stamp and published:
        rule = "day_of_publication"
        reason = "The lead names the day, the day of publication its month."
        back = _back(page, stamp)
        able, fresh = number_said or back is not None, LATE if late else RECENT
        day = _count(published.end, number_said, fresh, back=bool(back)) if able else None
        value = day.isoformat() if day else ""
    else:
        rule, value = "day_alone", f"---{number_said:02}" if number_said and not late else ""
        reason = "The lead names the day without its month."
    how = {"rule": rule, "confidence": "medium"}
    return [page.piece("date", value, said.span(), reason, **how)] if value else []


def _dateline(raw: str) -> Mention | None:
    for day in mentions(raw, 0, TOP):
        if pattern("DATELINE_END").match(raw, day.end):
            return day
    return None


def _count(anchor: date, wanted: int, days: int, *, back: bool) -> date | None:
    """Count back to the day of a month that is wanted, or else to the eve or the day itself."""
    able = [anchor - timedelta(days=n) for n in range(days)]
    return next((d for d in able if d.day == wanted), None) if wanted else able[back]


def _back(page: Page, stamp: Evidence) -> bool | None:
    """Tell whether the lead says 昨天 or 今天 of a stamp; None if that cannot be counted.

    It cannot on a site that posts again. The 今天 of a newspaper is the day it is written, that
    before its stamp or another, as it is if the hour is early. The 昨天 of a newspaper is that
    before its issue, which may be up the night before, or on the site of an authority days later.
    """
    said = pattern("COUNTED").search(page.text[:LEAD])
    if said is None or stamp.rule == "repost_date":
        return None
    morning = _MORNING.search(stamp.quote)
    if "昨" in said[0]:
        copy = (
            pattern("PAPER_COPY").search(page.raw[:TOP])
            and _HOUR.search(stamp.quote)
            and not morning
        )
        return None if copy or _NIGHT.search(stamp.quote) else True
    early = morning or pattern("PAPER").search(page.raw[:TOP])
    return None if early else False
