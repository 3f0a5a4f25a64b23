"""How far a text says it is from a meeting or event: 今年, 去年, 再过一个月, 已经五年了.

A sentence in which the event stands as ◆ goes in, a window of days comes out. The words stand in
data/reference/anchor_cues.csv.
"""

import re
from datetime import date, timedelta

from difang.corpus.calendar import Entry
from difang.corpus.cues import cues
from difang.corpus.mentions import number
from difang.corpus.windows import Window, parse

TABLE = "anchor_cues.csv"
EVENT = "◆"  # stands for the event in the patterns
SOON = timedelta(days=100)  # what is so near is told in days and months
JUST = timedelta(days=45)  # what has just been
FORMED = timedelta(days=10)  # a typhoon is named when it forms, and lands days later
MONTH = timedelta(days=31)
LED = ("news", "led")  # units of cues that hold only where the sentence leads the text
_SENTENCE = r"[。；！？\n]"


def counted(before: str, after: str, entry: Entry, *, leads: bool) -> tuple[Window, str] | None:
    """Return the days a sentence allows as it counts from the event, and why; None if none.

    A cue gives `unit` soon (the hundred days before), just (the days after), news (those, and the
    days it took to come), month (counted from the event) or year: that of the event, and as many as
    the cue says or counts after it. News, and led (a year), count only if the sentence `leads`.
    """
    sentence = re.split(_SENTENCE, before)[-1] + EVENT + re.split(_SENTENCE, after)[0]
    for cue, shows in cues(TABLE):
        match = shows.search(sentence) if leads or cue["unit"] not in LED else None
        if not match or entry.kind not in (cue["kinds"] or entry.kind).split("|"):
            continue
        start, reason, said = entry.window.start, cue["reason"], match.groupdict()
        if said.get("month") and not _is_of(entry, int(said["month"]), said.get("day")):
            continue  # the day of something else
        count = number(said.get("count") or "")
        if cue["unit"] == "soon":
            return Window(start - SOON, start), reason
        if cue["unit"] == "just":
            return Window(start, entry.window.end + JUST), reason
        if cue["unit"] == "news":
            return Window(start - FORMED, entry.window.end + JUST), reason
        if cue["unit"] == "month":
            return Window(start + (count - 1) * MONTH, start + (count + 1) * MONTH), reason
        year = start.year + int(cue["more"]) + count
        return Window(date(year, 1, 1), date(year, 12, 31)), reason
    return None


def _is_of(entry: Entry, month: int, day: str | None) -> bool:
    """Tell whether an event was in a month, and on a day of it if one is told."""
    start, end = entry.window
    if day is None:
        return month == start.month
    year = start.year + (month < start.month)
    told = parse(f"{year}-{month}-{day}")
    return told is not None and start <= told.start <= end
