"""What dates a text without saying so: party meetings it names, phrases with a birthday, leaders.

The three tables of data/reference go in, each editable; `landmarks` finds their words in a text and
turns them into windows. A meeting is named for months before it meets, so its surroundings decide.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ahocorasick

from difang import project
from difang.corpus.evidence import Evidence, Page
from difang.corpus.windows import Window, meet, parse, show
from difang.errors import DifangError

CALENDAR = "party_calendar.csv"
PHRASES = "dated_phrases.csv"
LEADERS = "provincial_leaders.csv"
COLUMNS = {
    CALENDAR: ("kind", "name", "aliases", "start", "end", "confidence"),
    PHRASES: ("phrase", "variants", "scope", "window_start", "window_end", "lower_bound"),
    LEADERS: ("name", "province", "office", "start", "end", "start_confidence", "end_confidence"),
}
DATES = ("start", "end", "window_start", "window_end")
# Meetings with an ordinal in the name; of others only names with their year are unique for sure.
NUMBERED = ("party_congress", "plenum", "npc", "cppcc", "provincial")
MILESTONES = ("party_congress", "plenum")
NATIONAL = "全国"
ACTING = timedelta(days=184)  # an acting governor is elected at the next people's congress
FOLD = str.maketrans("０１２３４５６７８９．－／：‘’「」『』", "0123456789.-/:“”“”“”")

_BREAK = r"，。；！？：\n"
_CLAUSE = re.compile(rf"[^{_BREAK}、]*$")
_GREETED = re.compile(r"迎接|喜迎|将迎来|筹备|提请|开好|欢迎|(?:即将|今年将|将要)召开的?$")
_AND_STUDIED = re.compile(r"(?:迎接?和?|喜迎).*(?:学习|宣传|贯彻)")
_FOR = re.compile(r"(?:[为向]|确保|围绕)$")
_HELD_YEAR = re.compile(r".{0,20}召开的?.{0,4}年")
_AHEAD_AFTER = re.compile(
    r".{0,24}?(?:即将召开(?!的)|将要?.{0,4}召开(?!的)|将[于在]|献礼|召开[前在]|议题)"
)
_CALLED = re.compile(r".{0,24}?召开")
_PAST_AFTER = re.compile(
    r"(?:(?!召开|献礼|审议).){0,30}?(?:精神|以来)|(?:[胜顺]利|圆满)召开|.{0,12}?(?:闭幕|通过|作出|提出"
    r"|确[定立]|报告|指出|强调|决[定议]|公报|部署|要求|召开后|召开以|擘画|描绘)"
)
_CLOSED = re.compile(r".{0,30}?(?:精神|以来|以后|之后|[胜顺]利闭幕|圆满[结闭完])")
_STUDIED = re.compile(r"[^，。；！？\n]{0,10}?精神")
_PLENUMS = re.compile(
    r"([一二三四五六七八九十]{2,3})届((?:[一二三四五六七]中(?:全会)?[、，和及与]*){1,6})全会"
)
_OFFICE = r"(?:代理?)?(?:省委书记|自治区党委书记|市委书记|省长|自治区(?:政府)?主席|市长)"
_TITLE = re.compile(rf"(.{{0,6}}?)({_OFFICE})(?:、[^，。；：！？\n]{{2,24}})?[\s（(]*$", re.DOTALL)
_FORMER = re.compile(r"(?:原|前|时任|首任|副|历任)(?:任)?$")


class ReferenceTableError(DifangError):
    """A reference table that cannot be used, with the line and what to write."""


class Entry(NamedTuple):
    """A row of a reference table, ready to be found: its window and what it may be used for."""

    table: str
    name: str
    kind: str
    scope: str
    window: Window
    confidence: str


def read_reference(name: str, folder: Path | None = None) -> list[dict[str, str]]:
    """Read a reference table; dates in it are years, months or days.

    Raises
    ------
    ReferenceTableError
        The file is missing, a column is, or a date cannot be read.
    """
    path = (folder or project.REFERENCE) / name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReferenceTableError(
            f"Cannot read data/reference/{name}: {error}. Restore it, saved as UTF-8 CSV."
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if missing := [c for c in COLUMNS[name] if c not in (reader.fieldnames or ())]:
        raise ReferenceTableError(
            f"Cannot use data/reference/{name}. Its first line holds "
            f"{', '.join(reader.fieldnames or ())}; {', '.join(missing)} is missing. Add it."
        )
    rows = []
    for row in reader:
        for column in DATES:
            if row.get(column) and not parse(row[column]):
                raise ReferenceTableError(
                    f"Cannot use data/reference/{name}, line {reader.line_num}: {column} "
                    f"{row[column]!r} is no date. Write 2021, 2021-11 or 2021-11-08."
                )
        rows.append({k: v or "" for k, v in row.items() if isinstance(k, str)})
    return rows


def entries(folder: Path | None = None) -> dict[str, list[Entry]]:
    """Return what is searched for, by the words that are looked up in a text."""
    words: dict[str, list[Entry]] = defaultdict(list)
    for row in read_reference(CALENDAR, folder):
        for alias in [row["name"], *filter(None, row["aliases"].split("|"))]:
            if row["kind"] in NUMBERED or alias[:4].isdigit():
                scope = _province_in(row["name"]) if row["kind"] == "provincial" else NATIONAL
                words[alias].append(_entry(CALENDAR, row, row["kind"], scope, row["confidence"]))
    for row in read_reference(PHRASES, folder):
        confidence = "medium" if row["lower_bound"] == "hard" else "low"
        for phrase in [row["phrase"], *filter(None, row["variants"].split("|"))]:
            entry = _entry(PHRASES, row, row["lower_bound"], row["scope"], confidence)
            words[phrase.translate(FOLD)].append(entry)
    for row in read_reference(LEADERS, folder):
        sure = {row["start_confidence"], row["end_confidence"][:4]} <= {"high", "open"}
        entry = _entry(LEADERS, row, row["office"], row["province"], "high" if sure else "medium")
        spaced = (
            [" ".join(row["name"]), "\u3000".join(row["name"])] if len(row["name"]) == 2 else []
        )
        for name in [row["name"], *spaced]:
            words[name].append(entry)
    return words


def _entry(table: str, row: dict[str, str], kind: str, scope: str, confidence: str) -> Entry:
    starts = [parse(row.get(c, "")) for c in ("start", "window_start", "first_official")]
    left = min(filter(None, starts), default=Window())  # a campaign is announced before it opens
    right = parse(row.get("end") or row.get("window_end") or "") or Window()
    name = row.get("phrase") or row["name"]
    return Entry(table, name, kind, scope, Window(left.start, right.end), confidence)


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(sorted({row["province"] for row in read_reference(LEADERS)}))


def _province_in(name: str) -> str:
    return next((p for p in _provinces() if p in name), "")


def _in_scope(scope: str, province: str | None) -> bool:
    return scope == NATIONAL or bool(scope and province and province.startswith(scope))


@cache
def _matcher() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word, found in entries().items():
        automaton.add_word(word, (word, found))
    automaton.make_automaton()
    return automaton


class Hit(NamedTuple):
    """A word of the tables in a text, at clean offsets."""

    start: int
    end: int
    entries: list[Entry]


def find(text: str) -> list[Hit]:
    """Find the words of the three tables in a text, the longest where they overlap at one end."""
    hits = [
        Hit(end - len(word) + 1, end + 1, found) for end, (word, found) in _matcher().iter(text)
    ]
    hits += _listed_plenums(text)
    return _longest(sorted(hits, key=lambda h: (h.start, -h.end)))


def _longest(hits: list[Hit]) -> list[Hit]:
    """Leave out a hit that lies inside a longer one of the same row (十九大 in 党的十九大)."""
    kept: list[Hit] = []
    for hit in hits:
        if not any(hit.end <= k.end and hit.entries == k.entries for k in kept[-3:]):
            kept.append(hit)
    return kept


def _listed_plenums(text: str) -> Iterator[Hit]:
    """Read 十九届二中、三中、四中全会: each plenum of the list, under its full name."""
    for match in _PLENUMS.finditer(text):
        for plenum in re.finditer(r"[一二三四五六七]中", match[2]):
            name = f"{match[1]}届{plenum[0]}全会"
            if name in _matcher():
                yield Hit(match.start(), match.end(), _matcher().get(name)[1])


def calendar_evidence(page: Page, hits: list[Hit], province: str | None) -> list[Evidence]:
    """Bound the day by the meetings a text looks back on, and those it looks forward to.

    A text that both looks forward to and back on one meeting is taken at its majority; at a tie
    it says nothing.
    """
    text = page.text
    past: dict[Entry, list[Hit]] = defaultdict(list)
    ahead: dict[Entry, list[Hit]] = defaultdict(list)
    for hit in hits:
        for entry in hit.entries:
            if entry.table == CALENDAR and _in_scope(entry.scope, province):
                side = _side(text, hit, entry.kind)
                if side:
                    (past if side == "past" else ahead)[entry].append(hit)
    found = []
    for entry in sorted({*past, *ahead}):
        back, forward = past.get(entry, []), ahead.get(entry, [])
        if len(back) == len(forward):
            continue
        hit, confidence = (back or forward)[0], "high"
        if back and forward:
            hit, confidence = (back if len(back) > len(forward) else forward)[0], "medium"
        if hit in back:
            over = _CLOSED.match(_after(text, hit))
            window = Window(start=entry.window.end if over else entry.window.start)
            reason = f"{entry.name} is looked back on: it met {show(entry.window)}."
        else:
            window = Window(end=entry.window.start)
            reason = f"{entry.name} is still ahead: it met {show(entry.window)}."
        found.append(_piece(page, hit, entry, show(window), confidence, "party_calendar", reason))
    return found + _next_not_named(page, past, {*past, *ahead})


def _side(text: str, hit: Hit, kind: str) -> str:
    """Tell from its clause whether a meeting is behind a text, ahead of it, or neither surely."""
    before = _CLAUSE.search(text[max(0, hit.start - 24) : hit.start])[0]  # type: ignore[index]
    before = re.sub(r"(?:中国共产党|党的|中共)$", "", before)
    after = _after(text, hit)
    if _AND_STUDIED.search(before) or _HELD_YEAR.match(after) or before.endswith("召开"):
        return ""
    if _GREETED.search(before) or _AHEAD_AFTER.match(after):
        return "ahead"
    if _FOR.search(before) and _CALLED.match(after):
        return "" if "了" in after else "ahead"
    if kind in ("npc", "cppcc"):  # named for weeks while they are prepared and sit
        return "past" if _CLOSED.match(after) else ""
    return "past" if kind == "plenum" or _PAST_AFTER.match(after) else ""


def _after(text: str, hit: Hit) -> str:
    return re.split(f"[{_BREAK}]", text[hit.end : hit.end + 36], maxsplit=1)[0]


def _next_not_named(page: Page, past: dict[Entry, list[Hit]], named: set[Entry]) -> list[Evidence]:
    """Bound the day from above by the next meeting, where the newest one is studied and it is not.

    Texts of the party name the newest congress and plenum. On 1,062 dated reports and broadcasts
    this held for every congress whose 精神 is studied, and for every plenum; a text is short of
    words, so a plenum gives a hint only. (党的十八大以来 is said for good, and says nothing.)
    """
    entry = max(past, key=lambda e: e.window.end, default=None)
    hit = (
        next((h for h in past.get(entry, []) if _STUDIED.match(page.text, h.end)), None)
        if entry
        else None
    )
    if entry is None or hit is None or entry.kind not in MILESTONES:
        return []
    kinds = MILESTONES if entry.kind == "plenum" else MILESTONES[:1]
    later = [e for e in _milestones() if e.kind in kinds and e.window.start > entry.window.end]
    if not later or later[0] in named:
        return []
    value, reason = (
        show(Window(end=later[0].window.end)),
        f"The next, {later[0].name}, is not named.",
    )
    confidence = "medium" if entry.kind == MILESTONES[0] else "low"
    return [_piece(page, hit, entry, value, confidence, "next_not_named", reason)]


@cache
def _milestones() -> list[Entry]:
    """Return the congresses and their plenums of substance (the third to sixth), in order."""
    found = {e for word in entries().values() for e in word if e.kind in MILESTONES}
    routine = re.compile("第[一二七]次全体会议")
    return sorted((e for e in found if not routine.search(e.name)), key=lambda e: e.window.start)


def phrase_evidence(page: Page, hits: list[Hit], province: str | None) -> list[Evidence]:
    """Bound the day from below by phrases with a first official use; their fading is a hint."""
    found: list[Evidence] = []
    seen: set[Entry] = set()
    for hit in hits:
        for entry in hit.entries:
            if entry.table != PHRASES or entry in seen or not _in_scope(entry.scope, province):
                continue
            seen.add(entry)
            since = Window(start=entry.window.start)
            reason = f"First in official use {show(since)} ({entry.kind} bound)."
            rule = "dated_phrase"
            found.append(_piece(page, hit, entry, show(since), entry.confidence, rule, reason))
            if entry.window.end != date.max:
                until = show(Window(end=entry.window.end))
                reason = f"Went out of use about {entry.window.end.isoformat()}: a hint only."
                found.append(_piece(page, hit, entry, until, "low", "phrase_fades", reason))
    return found


def leader_evidence(page: Page, hits: list[Hit], province: str | None) -> list[Evidence]:
    """Bound the day by the terms of party secretaries and governors named with their office.

    A name alone says nothing, and never says the province: it moves between provinces.
    """
    found: list[Evidence] = []
    seen: set[str] = set()
    for hit in hits:
        terms = [e for e in hit.entries if e.table == LEADERS]
        title = terms and _TITLE.search(page.text[max(0, hit.start - 40) : hit.start])
        if not title or _FORMER.search(title[1]):
            continue
        office = title[2].removeprefix("代理").removeprefix("代").replace("政府", "")
        place = _province_in(title[1]) or province
        terms = [e for e in terms if e.kind.removeprefix("代理") == office]
        terms = [e for e in terms if not place or place.startswith(e.scope)]
        if not terms or hit.entries[0].name + office in seen:
            continue
        seen.add(hit.entries[0].name + office)
        window = Window(min(e.window.start for e in terms), max(e.window.end for e in terms))
        if title[2].startswith("代"):
            window = meet(window, Window(end=window.start + ACTING)) or window
        confidence = terms[0].confidence if len(terms) == 1 else "medium"
        where = "、".join(sorted({e.scope for e in terms}))
        reason = f"{terms[0].name} was {title[2]} ({where}) {show(window)}."
        spot = Hit(hit.start - len(title[0]) + len(title[1]), hit.end, hit.entries)
        found.append(
            _piece(page, spot, terms[0], show(window), confidence, "term_of_office", reason)
        )
    return found


def _piece(
    page: Page, hit: Hit, entry: Entry, value: str, confidence: str, rule: str, reason: str
) -> Evidence:
    quote, start, end = page.cite(hit.start, hit.end)
    return Evidence(
        "date", value, "inferred", confidence, rule, entry.table, quote, start, end, reason
    )
