"""Three tables that date texts: the party calendar, phrases with a birthday, leaders' terms.

The files of data/reference go in, each editable by hand; out come their words, found in a text.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from difang import project
from difang.corpus.cues import pattern
from difang.corpus.divisions import provinces
from difang.corpus.evidence import Page, of_page
from difang.corpus.lookup import fold, hits, matcher
from difang.corpus.reference import ReferenceTableError, read_rows
from difang.corpus.windows import Window, parse

CALENDAR = "party_calendar.csv"
PHRASES = "dated_phrases.csv"
LEADERS = "provincial_leaders.csv"
COLUMNS = {
    CALENDAR: ("kind", "name", "aliases", "start", "end", "confidence"),
    PHRASES: ("phrase", "variants", "scope", "window_start", "window_end", "lower_bound"),
    LEADERS: ("name", "province", "office", "start", "end", "start_confidence", "end_confidence"),
}
DATES = ("start", "end", "window_start", "window_end")
# Of meetings held each year only names with their year say which is meant.
YEARLY = ("cewc", "yearly", "politburo", "campaign")

_PLENUMS = re.compile(r"届((?:[一二三四五六七]中(?:全会)?[、，和及与]*){1,6})全会")
_WHICH = re.compile("[一二三四五六七八九十]{2,3}$")


class Entry(NamedTuple):
    """A row of a reference table, ready to be found: its window and what it may be used for."""

    table: str
    name: str
    kind: str
    scope: str
    window: Window
    confidence: str


def read_dated(name: str, folder: Path | None = None) -> list[dict[str, str]]:
    """Read one of the three tables; dates in it are years, months or days.

    Raises
    ------
    ReferenceTableError
        The file is missing, a column is, or a date cannot be read.
    """
    path = (folder or project.REFERENCE) / name
    rows = read_rows(path, COLUMNS[name], ReferenceTableError)
    for line, row in rows:
        for column in DATES:
            if row.get(column) and not parse(row[column]):
                raise ReferenceTableError(
                    f"Cannot use data/reference/{name}, line {line}: {column} "
                    f"{row[column]!r} is no date. Write 2021, 2021-11 or 2021-11-08."
                )
    return [row for _, row in rows]


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """Return what is searched for, by the words that are looked up in a text."""
    words: dict[str, list[Entry]] = defaultdict(list)
    for row in read_dated(CALENDAR):
        scope = province_in(row["name"]) if row["kind"] == "provincial" else ""
        entry = _entry(CALENDAR, row, row["kind"], scope, row["confidence"])
        for alias in [row["name"], *_visits(row), *filter(None, row["aliases"].split("|"))]:
            if row["kind"] not in YEARLY or alias[:4].isdigit():
                words[alias].append(entry)
    for row in read_dated(PHRASES):
        confidence = "medium" if row["lower_bound"] == "hard" else "low"
        scope = row["scope"].replace("全国", "")  # "" is a part of each province's name
        entry = _entry(PHRASES, row, row["lower_bound"], scope, confidence)
        for phrase in [row["phrase"], *filter(None, row["variants"].split("|"))]:
            words[fold(phrase)].append(entry)
    for row in read_dated(LEADERS):
        sure = {row["start_confidence"], row["end_confidence"][:4]} <= {"high", "open"}
        entry = _entry(LEADERS, row, row["office"], row["province"], "high" if sure else "medium")
        spaced = [sign.join(row["name"]) for sign in " \u3000" if len(row["name"]) == 2]
        for name in [row["name"], *spaced]:
            words[name].append(entry)
    return {word: tuple(rows) for word, rows in words.items()}


def _visits(row: dict[str, str]) -> list[str]:
    """Spell the ways a visit is spoken of: …考察江西, …视察江西, …在江西考察, …江西视察."""
    if row["kind"] != "visit":
        return []
    who, where = row["name"].split("考察")
    there = [f"{who}{at}{where}{does}" for at in ("", *"在赴到来") for does in ("考察", "视察")]
    return [*there, f"{who}视察{where}"]


def _entry(table: str, row: dict[str, str], kind: str, scope: str, confidence: str) -> Entry:
    starts = [parse(row.get(c, "")) for c in ("start", "window_start", "first_official")]
    left = min(filter(None, starts), default=Window())  # a campaign is announced before it opens
    right = parse(row.get("end") or row.get("window_end") or "") or Window()
    name = row.get("phrase") or row["name"]
    return Entry(table, name, kind, scope, Window(left.start, right.end), confidence)


def province_in(name: str) -> str:
    """Return the short name of the province that stands in a name, "" if none does."""
    return next((unit.short for unit in provinces().values() if unit.short in name), "")


@cache
def _matcher() -> Any:
    return matcher(entries())


class Hit(NamedTuple):
    """A word of the tables in a text, at clean offsets."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@of_page
def found_in(page: Page) -> list[Hit]:
    """Find the words of the three tables in the text of a page."""
    return find(page.text)


def find(text: str) -> list[Hit]:
    """Find the words of the three tables in a text, the longest where they overlap at one end."""
    text, cut = fold(text), pattern("CUT_ACROSS")
    found = (*hits(_matcher(), text), *_listed_plenums(text))
    whole = [Hit(*hit) for hit in found if not cut.match(text, max(0, hit[0] - 1))]
    return _longest(sorted(whole, key=lambda h: (h.start, -h.end)))


def _longest(hits: list[Hit]) -> list[Hit]:
    """Leave out a hit inside one of its row (十九大 in 党的十九大) or in a name."""
    kept: list[Hit] = []
    for hit in hits:
        within = [k for k in kept[-3:] if hit.end <= k.end]
        same = any(k.entries == hit.entries for k in within)
        if not same and not any(_is_in_name(hit, k) for k in within):
            kept.append(hit)
    return kept


def _is_in_name(hit: Hit, longer: Hit) -> bool:
    """Tell whether both are events, one named by the other (北京冬奥会总结表彰大会)."""
    rows = hit.entries + longer.entries
    return hit[:2] != longer[:2] and all(row.table == CALENDAR for row in rows)


def _listed_plenums(text: str) -> Iterator[Hit]:
    """Read 十九届二中、三中、四中全会: each plenum of the list, under its full name."""
    for match in _PLENUMS.finditer(text) if "全会" in text else ():
        which = _WHICH.search(text, max(0, match.start() - 3), match.start())
        if which is None:
            continue
        for plenum in re.findall(r"[一二三四五六七]中", match[1]):
            name = f"{which[0]}届{plenum}全会"
            if name in entries():
                yield Hit(which.start(), match.end(), entries()[name])
