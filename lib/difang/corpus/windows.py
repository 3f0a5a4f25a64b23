"""When a document can have been spoken: windows of days, and how pieces of evidence narrow them.

Windows go in as the values of evidence ("2021-11-11/..", "2022", "2021-12-28"); one window comes
out, with the evidence marked where it was decisive or where it contradicts.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from difang.corpus.evidence import Evidence

OPEN = ".."
OR = "|"  # between windows one of which holds, in the value of evidence
NEAR = timedelta(days=31)  # news is published within a month of the event
LAG = timedelta(days=62)  # words live on a while after they have faded in Beijing
LANDMARK = "party_calendar"
SEVERAL_DAYS = "lead_days"  # the rule of a lead that names the first and the last day
STRENGTH = {"override": 0, "given": 1, "stated": 2, "inferred": 4}
CONFIDENCE = {"high": 0, "medium": 1, "low": 2}
_ISO = re.compile(r"\d{4}(?:-(?:0?[1-9]|1[0-2])(?:-\d{1,2})?)?")


class Window(NamedTuple):
    """Days from `start` to `end`, both in it; date.min and date.max stand for an open side."""

    start: date = date.min
    end: date = date.max

    @property
    def is_day(self) -> bool:
        """Whether the window holds one day only."""
        return self.start == self.end


@lru_cache(4096)
def parse(value: str) -> Window | None:
    """Read a day, month, year or window in ISO form; None if it is none of them.

    >>> parse("2018-02")
    Window(start=datetime.date(2018, 2, 1), end=datetime.date(2018, 2, 28))
    >>> parse("../2022-10-16").end, parse("2018-02-30")
    (datetime.date(2022, 10, 16), None)
    """
    first, _, last = value.partition("/")
    left = Window() if first == OPEN else _span(first)
    right = left if not last else Window() if last == OPEN else _span(last)
    if left is None or right is None or left.start > right.end:
        return None
    return Window(left.start, right.end)


def _span(value: str) -> Window | None:
    if not _ISO.fullmatch(value):
        return None
    year, month, day = ([int(part) for part in value.split("-")] + [-1, -1])[:3]
    if not year:
        return None
    start = date(year, max(month, 1), 1)
    last = monthrange(year, month if month > 0 else 12)[1]
    if day < 0:
        return Window(start, date(year, month if month > 0 else 12, last))
    return Window(*[start.replace(day=day)] * 2) if 0 < day <= last else None


def show(window: Window) -> str:
    """Write a window as the value of evidence: one day, or start and end with ".." for open."""
    if window.is_day:
        return window.start.isoformat()
    start = OPEN if window.start == date.min else window.start.isoformat()
    end = OPEN if window.end == date.max else window.end.isoformat()
    return f"{start}/{end}"


def meet(left: Window, right: Window) -> Window | None:
    """Return the days both windows hold; None if they share none."""
    start, end = max(left.start, right.start), min(left.end, right.end)
    return Window(start, end) if start <= end else None


def occurrences(window: Window, month: int, day: int) -> list[date]:
    """List the first three days of a window with this month and day; none if its start is open.

    Month 0 stands for any: then the window must be shorter than a month.

    >>> occurrences(Window(date(2021, 11, 11), date(2022, 10, 16)), 12, 28)
    [datetime.date(2021, 12, 28)]
    """
    if window.start == date.min:
        return []
    if not month:
        span = min((window.end - window.start).days + 1, NEAR.days)
        days = [window.start + timedelta(days=n) for n in range(span)]
        return [d for d in days if d.day == day] if span < NEAR.days else []
    years = range(window.start.year, min(window.end.year, window.start.year + 8) + 1)
    spots = (parse(f"{year}-{month}-{day}") for year in years)
    return [spot.start for spot in spots if spot and meet(window, spot)][:3]


def narrow(pieces: Sequence[Evidence]) -> tuple[Window, list[Evidence]]:
    """Intersect the windows of high and medium evidence, strongest first.

    A piece that shares no day with what stronger ones allow is not averaged in: it stands with
    the contradiction as its reason, and does not move the window. Two inferred pieces of equal
    standing that contradict each other are both set aside.

    Returns
    -------
    Window, list of Evidence
        The days left; the same pieces in the same order, contradictions noted in their reasons.
    """
    window, against = _intersect(pieces)
    return window, [
        _contradicting(piece, against[number], window) if number in against else piece
        for number, piece in enumerate(pieces)
    ]


def settle(pieces: Sequence[Evidence]) -> tuple[Window, list[Evidence]]:
    """Narrow the window, and fill a day named without its year where only one such day fits.

    Where several such days fit, the first is shown on low confidence, unless hints of words that
    faded exclude the others.
    An inferred piece without which the outcome would be wider is marked `decisive`.
    """
    window, noted = narrow(pieces)
    outcome, day = _outcome(noted, window)
    simple = day is None and noted == [*pieces]
    for number, piece in enumerate(noted):
        if piece.basis == "inferred" and not (simple and _has_room(piece, window)):
            rest = [*noted[:number], *noted[number + 1 :]]
            decisive = _outcome(rest, narrow(rest)[0])[0] != outcome
            noted[number] = piece._replace(decisive=decisive)
    return outcome, noted + ([day] if day else [])


def _has_room(piece: Evidence, window: Window) -> bool:
    """Tell whether a piece allows more than the window at either end, and so does not narrow it."""
    mine = parse(piece.value)
    return mine is not None and mine.start < window.start and window.end < mine.end


def _outcome(pieces: Sequence[Evidence], window: Window) -> tuple[Window, Evidence | None]:
    """Return the window left when a month and day are filled in, and the piece that fills it."""
    spells = _spells(pieces, window)
    window = Window(spells[0].start, spells[-1].end)
    spot = next((p for p in pieces if p.value.startswith("--") and p.confidence != "low"), None)
    if spot is None or window.is_day:
        return window, None
    day, confidence, reason = _fill(spot, pieces, spells)
    if day is None:
        return window, None
    days = several_days(day, spot.quote) if spot.rule == SEVERAL_DAYS else Window(day, day)
    piece = spot._replace(
        value=show(days), basis="inferred", confidence=confidence, rule="day_in_window",
        reason=reason,
    )  # fmt: skip
    return (window if confidence == "low" else days), piece


def _spells(pieces: Sequence[Evidence], window: Window) -> list[Window]:
    """Return the parts of a window left by pieces that allow one of several, in order."""
    spells = [window]
    for piece in pieces:
        options = [parse(value) for value in piece.value.split(OR)]
        if len(options) > 1 and piece.confidence != "low":
            left = [meet(spell, option) for spell in spells for option in options if option]
            spells = sorted(filter(None, left)) or spells
    return spells


def several_days(first: date, quote: str) -> Window:
    """Return the days of an event from its first day and the words that name both ends.

    >>> several_days(date(2026, 1, 6), "1月6日至8日").end
    datetime.date(2026, 1, 8)
    """
    behind = re.sub("^.*?[日号]", "", quote)
    *_, month, day = [0, first.month, *map(int, re.findall(r"\d+", behind) or [first.day])]
    last = parse(f"{first.year + (month < first.month)}-{month}-{day}")
    end = last.end if last and first <= last.end <= first + NEAR else first
    return Window(first, end)


def _fill(
    spot: Evidence, pieces: Sequence[Evidence], spells: Sequence[Window]
) -> tuple[date | None, str, str]:
    window = Window(spells[0].start, spells[-1].end)
    month, day = (int(number or 0) for number in spot.value[2:].split("-"))  # --09-13, ---22
    days = [found for spell in spells for found in occurrences(spell, month, day)]
    if len(days) == 1:
        return days[0], "medium", f"The only such day in {show(window)}."
    if len(_before_fading(days, pieces, window.start)) == 1:
        return days[0], "medium", f"The first such day in {show(window)}, as a hint agrees."
    return next(iter(days), None), "low", f"The first such day in {show(window)}."


def _before_fading(days: Sequence[date], pieces: Sequence[Evidence], start: date) -> list[date]:
    """Return the days up to which hints reach, if the newest meeting begins the window."""
    hints = [
        w.end + LAG
        for p in pieces
        if p.confidence == "low" and (w := parse(p.value)) and w.end < date.max
    ]
    meetings = [w.start for p in pieces if p.rule == LANDMARK and (w := parse(p.value))]
    return [day for day in days if hints and day <= min(hints) and start in meetings]


def _intersect(pieces: Sequence[Evidence]) -> tuple[Window, dict[int, Evidence]]:
    """Return the window, and what the pieces set aside contradict, by their numbers."""
    dated = {i: parse(p.value) for i, p in enumerate(pieces) if p.field in ("date", "year")}
    able = [i for i, mine in dated.items() if mine and pieces[i].confidence != "low"]
    against: dict[int, Evidence] = {}
    kept: dict[int, Window] = {}
    start, end = Window()
    for number in sorted(able, key=lambda i: rank(pieces[i])):
        piece, mine = pieces[number], dated[number] or Window()
        if mine.start <= end and start <= mine.end:  # it shares a day with each that is kept
            kept[number] = mine
            start, end = max(start, mine.start), min(end, mine.end)
            continue
        rivals = [i for i, window in kept.items() if not meet(window, mine)]
        against[number] = pieces[rivals[0]]
        for i in rivals:
            if rank(pieces[i]) == rank(piece) and piece.basis == "inferred":
                against[i] = piece
                del kept[i]
        start = max((window.start for window in kept.values()), default=date.min)
        end = min((window.end for window in kept.values()), default=date.max)
    return Window(start, end), against


def rank(piece: Evidence) -> tuple[int, int]:
    """Rank a piece; a year from a table or a file name yields to a day the text states surely."""
    late = piece.basis == "given" and piece.field == "year"
    return STRENGTH[piece.basis] + 2 * late, CONFIDENCE[piece.confidence]


def _contradicting(piece: Evidence, rival: Evidence, window: Window) -> Evidence:
    reason = f"{piece.reason} Contradicts {rival.value} ({rival.rule}: {rival.quote or 'given'})."
    mine = parse(piece.value)
    ahead = mine is not None and mine.start > window.end
    if piece.basis == "inferred" and rival.basis != "inferred" and ahead:
        return piece._replace(rule="anachronism", confidence="low", reason=reason)
    return piece._replace(reason=reason)
