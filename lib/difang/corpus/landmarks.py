"""What dates a text without saying so: party meetings it names, set phrases, leaders in office.

Words of the reference tables, found in a page, go in; windows of days come out as evidence. A
meeting is named for months before it meets, so the clause it stands in decides.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from difang.corpus.anchors import FORMED, counted
from difang.corpus.calendar import CALENDAR, LEADERS, PHRASES, Entry, Hit, entries, province_in
from difang.corpus.cues import cues, pattern
from difang.corpus.evidence import Evidence, Page, of_page
from difang.corpus.sieve import has_words
from difang.corpus.windows import LANDMARK, OR, Window, meet, show

JUST = timedelta(days=45)  # a meeting has just ended
FRESH = timedelta(days=150)  # what a meeting decided is passed down within this time
ACTING = timedelta(days=184)  # an acting governor is elected at the next people's congress
MEETING = "◆"  # stands for the meeting in the patterns of meeting_cues.csv
HEAD = 300  # characters in which news tells of its own meeting
GATHERING = timedelta(days=4)  # delegations come before a session and report after it
SEASON = timedelta(days=40)  # the sessions of one province take less, those of all take more
SESSIONS = ("npc", "cppcc")
MILESTONES = ("party_congress", "plenum")

_BREAK = r"，。；！？：\n"
_CLAUSE = re.compile(rf"[^{_BREAK}、]*$")
_STUDIED = re.compile(r".{0,20}?(?:精神|讲话)")
_PARTY = re.compile(r"(?:中国共产党|党的|中共)$")


def calendar_evidence(page: Page, hits: list[Hit], province: str | None) -> list[Evidence]:
    """Bound the day by the meetings a text looks back on, and those it looks forward to.

    A text that both looks forward to and back on one meeting is taken at its majority; at a tie
    it says nothing. Of meetings of one name the first is looked back on at least, and one of them
    if it is passed down.
    """
    past: dict[Entry, list[Hit]] = {}
    ahead: dict[Entry, list[Hit]] = {}
    near: dict[tuple[str, str], Evidence] = {}
    found = []
    for hit, entry in _entries(hits, CALENDAR, province):
        side, pieces = _spoken(page)(hit, entry)
        for piece in pieces:
            near.setdefault((piece.rule, entry.name), piece)
        if side == "past" or (side and len(hit.entries) == 1):
            (past if side == "past" else ahead).setdefault(entry, []).append(hit)
    for entry in sorted({*past, *ahead}):
        back, forward = past.get(entry, []), ahead.get(entry, [])
        if len(back) == len(forward):
            continue
        hit, (until, since) = max(back, forward, key=len)[0], _edges(entry)
        if hit in back:
            over = pattern("MEETING_OVER").match(_after(page.text, hit))
            early = FORMED if entry.kind == "typhoon" else timedelta()
            window = Window(since if over else entry.window.start - early)
            reason = f"{entry.name} is looked back on ({show(entry.window)})."
        else:
            window = Window(_called(page.text, hit, entry), until)
            reason = f"{entry.name} is still ahead ({show(entry.window)})."
        confidence = "medium" if (back and forward) or since < until else entry.confidence
        found.append(_piece(page, hit, entry, [window], confidence, LANDMARK, reason))
    return [*found, *near.values(), *_next_not_named(page, past, {*past, *ahead})]


@of_page
def _spoken(page: Page) -> Callable[[Hit, Entry], tuple[str, list[Evidence]]]:
    """Give what tells, once, on which side of a meeting a text stands, and of the days near it."""

    def spoken(hit: Hit, entry: Entry) -> tuple[str, list[Evidence]]:
        side = _side(page.text, hit, entry.kind)
        return side, _near(page, hit, entry, side)

    return cache(spoken)


def _edges(entry: Entry) -> tuple[date, date]:
    """Return the day a meeting has begun by, and that from which it can be over.

    Of the sessions of provinces only the season is known, in which each has days of its own.
    """
    start, end = entry.window
    if entry.kind == "games":  # spoken of while they go on
        return start, start
    return (end, start) if entry.kind in SESSIONS and end - start >= SEASON else (start, end)


def _called(text: str, hit: Hit, entry: Entry) -> date:
    """Return since when a meeting is ahead: a congress from the autumn before on."""
    clause = _CLAUSE.findall(text[max(0, hit.start - 24) : hit.start])[0] + _after(text, hit)
    if pattern("WITHIN_YEAR").search(clause):
        return date(entry.window.start.year, 1, 1)
    congress = entry.kind == MILESTONES[0]
    return date(entry.window.start.year - 1, 10, 1) if congress else date.min


def _near(page: Page, hit: Hit, entry: Entry, side: str) -> list[Evidence]:
    """Bound the day by a meeting that sits, has just ended, or whose results are passed down.

    So does one the text counts from.
    """
    before, after = page.text[max(0, hit.start - 40) : hit.start], _after(page.text, hit)
    of_name = [e for e in hit.entries if e.table == CALENDAR]
    near, leads = (before[-24:], page.text[hit.end : hit.end + 36]), hit.start < HEAD
    told = [(e, counted(*near, e, leads=leads)) for e in of_name]
    found = [(e, *said) for e, said in told if said]
    if found:
        reason = f"{found[0][2]}: {entry.name} was {OR.join(show(e.window) for e, *_ in found)}."
        windows = [window for _, window, _ in found]
        return [_piece(page, hit, entry, windows, "medium", "counted_from", reason)]
    opens = hit.start < HEAD and pattern("IN_SESSION").match(page.text, hit.end)
    there = pattern("ATTENDED").search(before) and not _STUDIED.match(after)
    if entry.kind in SESSIONS and (opens or there):
        rule, within = "attended", GATHERING
    elif side == "past" and pattern("JUST_OVER").search(f"{before[-8:]}{MEETING}{after}"):
        rule, within = "just_over", JUST
    elif side == "past" and pattern("CONVEYED").search(before) and _STUDIED.match(after):
        rule, within = "conveyed", FRESH
    else:
        return []
    windows = [
        Window(
            e.window.start - within if rule == "attended" else _edges(e)[1], e.window.end + within
        )
        for e in of_name
    ]
    reason = f"{entry.name} sits, or is over and still new ({show(entry.window)})."
    return [_piece(page, hit, entry, windows, "medium", rule, reason)]


def _entries(hits: list[Hit], table: str, province: str | None) -> Iterator[tuple[Hit, Entry]]:
    """Walk the entries of one table that hold for the whole country or this province."""
    for hit in hits:
        for entry in hit.entries:
            later = table == CALENDAR and entry != hit.entries[0]  # of one name the first
            if entry.table == table and (province or "").startswith(entry.scope) and not later:
                yield hit, entry


def _side(text: str, hit: Hit, kind: str) -> str:
    """Tell from its clause whether a meeting is behind a text, ahead of it, or neither surely."""
    near = text[max(0, hit.start - 24) : hit.start]
    clause = _CLAUSE.findall(near)[0]
    clause = f"{_PARTY.sub('', clause)}{MEETING}{_after(text, hit)}"
    for cue, shows in cues("meeting_cues.csv"):
        if kind in (cue["kinds"] or kind).split("|") and shows.search(clause):
            return cue["side"]
    return ""


def _after(text: str, hit: Hit) -> str:
    return re.split(f"[{_BREAK}]", text[hit.end : hit.end + 36], maxsplit=1)[0]


def _next_not_named(page: Page, past: dict[Entry, list[Hit]], named: set[Entry]) -> list[Evidence]:
    """Bound the day from above by the next meeting, where the newest one is studied and it is not.

    Texts of the party name the newest congress and plenum. On 1,007 dated texts, nearly all long
    work reports, this spoke 133 times of a congress and 391 times of a plenum, and was right each
    time; so it was on 23 short pages of news and speeches.
    (党的十八大以来 is said for good, and says nothing: the 精神 must be studied.)
    """
    met = [e for e in past if e.kind in MILESTONES]
    if not met:
        return []
    entry = max(met, key=lambda e: e.window.end)
    hit = next((h for h in past[entry] if _STUDIED.match(_after(page.text, h))), None)
    if hit is None:
        return []
    kinds = MILESTONES if entry.kind == "plenum" else MILESTONES[:1]
    later = [e for e in _milestones() if e.kind in kinds and e.window.start > entry.window.end]
    if not later or later[0] in named:
        return []
    reason = f"The next, {later[0].name}, is not named."
    window = Window(end=later[0].window.end)
    return [_piece(page, hit, entry, [window], "medium", "next_not_named", reason)]


@cache
def _milestones() -> list[Entry]:
    """Return the congresses and their plenums of substance (the third to sixth), in order."""
    found = {e for word in entries().values() for e in word if e.kind in MILESTONES}
    routine = re.compile("第[一二七]次全体会议")
    return sorted((e for e in found if not routine.search(e.name)), key=lambda e: e.window.start)


def phrase_evidence(page: Page, hits: list[Hit], province: str | None) -> list[Evidence]:
    """Bound the day from below by phrases with a first official use; their fading is a hint."""
    found: list[Evidence] = []
    first: dict[Entry, Hit] = {}
    for hit, entry in _entries(hits, PHRASES, province):
        first.setdefault(entry, hit)
    for entry, hit in first.items():
        since, gone = Window(start=entry.window.start), Window(end=entry.window.end)
        reason = f"First in official use {show(since)} ({entry.kind} bound)."
        found.append(_piece(page, hit, entry, [since], entry.confidence, "dated_phrase", reason))
        if gone.end != date.max:
            reason = f"Went out of use about {gone.end.isoformat()}: a hint only."
            found.append(_piece(page, hit, entry, [gone], "low", "phrase_fades", reason))
    return found


def leader_evidence(page: Page, hits: list[Hit], province: str | None) -> list[Evidence]:
    """Bound the day by the terms of party secretaries and governors named with their office.

    A name alone says nothing, and never says the province: it moves between provinces.
    """
    found: dict[str, Evidence] = {}
    for hit in (hit for hit in hits if any(e.table == LEADERS for e in hit.entries)):
        before, title, spot = _title(page.text, hit)
        if not title or pattern("FORMER").search(before):
            continue
        office = title.removeprefix("代理").removeprefix("代").replace("政府", "")
        place = province_in(before) or province or ""
        terms = [e for e in hit.entries if e.table == LEADERS and e.kind.endswith(office)]
        terms = [e for e in terms if not place or place.startswith(e.scope)]
        if not terms or terms[0].name + office in found:
            continue
        windows = [e.window for e in terms]
        if title.startswith("代"):
            windows = [meet(w, Window(end=w.start + ACTING)) or w for w in windows]
        confidence = terms[0].confidence if len(terms) == 1 else "medium"
        where = "、".join(sorted({e.scope for e in terms}))
        reason = f"{terms[0].name} was {title} ({where}) then."
        piece = _piece(page, spot, terms[0], windows, confidence, "term_of_office", reason)
        found[terms[0].name + office] = piece
    return list(found.values())


def _title(text: str, hit: Hit) -> tuple[str, str, Hit]:
    """Give the office of a name, what stands before it, and where both stand; "" if none does."""
    before = text[max(0, hit.start - 40) : hit.start]
    title = pattern("LEADER").search(before) if has_words(pattern("LEADER"), before) else None
    if title:
        start = hit.start - len(title[0]) + len(title[1])
        return title[1], title[2], hit._replace(start=start)
    after = pattern("LEADER_AFTER").match(text, hit.end)
    return ("", after[0], hit._replace(end=after.end())) if after else ("", "", hit)


def _piece(
    page: Page, hit: Hit, entry: Entry, windows: Sequence[Window], confidence: str, rule: str,
    reason: str,
) -> Evidence:  # fmt: skip
    how = {"rule": rule, "confidence": confidence, "basis": "inferred", "resource": entry.table}
    return page.piece("date", OR.join(map(show, sorted(windows))), hit[:2], reason, **how)
