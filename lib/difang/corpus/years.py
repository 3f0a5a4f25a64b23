"""Which year a text says it belongs to: a plan for the year, a review of the last, 今年是….

A page goes in, windows of days come out as evidence; a year that is only an aim (到2035年) is none.
Cues and anniversaries stand in data/reference, in year_cues.csv and anniversaries.csv.
"""

import re
from collections import defaultdict
from datetime import date

from difang.corpus.bodies import cite_head, head
from difang.corpus.cues import cues, pattern
from difang.corpus.dates import HEAD, headed
from difang.corpus.evidence import Evidence, Page
from difang.corpus.mentions import mentions
from difang.corpus.windows import Window, parse, show

KEPT = 60  # characters around 周年 that tell of what it is
OPENING = 2000  # characters in which a text says what the year is to be
_OPENING_YEAR = re.compile(r"((?:19|20)\d\d)\s?年(?:，|是)")
_SHIFT = {
    "去年": 1,
    "今年": 0,
    "明年": -1,
    **dict.fromkeys(("是在", "正值", "恰逢", "适逢", "时值"), 0),
}


def stated_years(page: Page) -> list[Evidence]:
    """Read statements that fix the year: a plan for the year, a review of the last, 今年是….

    Plans are made from November on: without more, 2022年重点工作 allows November 2021 to 2022. In a
    report to a people's congress the year planned is the year of the report, unless the text
    calls it 明年.
    """
    report = pattern("REPORT").search(page.text[: 3 * HEAD])
    found = _report_year(page) if report else [*_congress_year(page), *_cued_years(page)]
    return found + _title_year(page) + _this_year(page) + _anniversaries(page, bool(report))


def _cued_years(page: Page) -> list[Evidence]:
    """Read the years of the table of cues: of each rule the first that speaks, once."""
    zones = {"head": head(page), "opening": page.text[:OPENING], "text": page.text}
    found: dict[str, Evidence] = {}
    for cue, shows in cues("year_cues.csv"):
        hits = [*shows.finditer(zones[cue["where"]])]
        matches = {int(cue["year"] or next(filter(None, m.groups()))): m for m in reversed(hits)}
        year = (min if cue["several"] == "first" else max)(matches, default=0)
        alone = cue["several"] != "none" or len(matches) == 1
        newest = cue["several"] != "newest" or year >= _newest(page.text)
        if not (year and alone and newest) or cue["rule"] in found:
            continue
        window = Window(
            _day(year, cue["since"]) if cue["since"] else date.min,
            _day(year, cue["until"]) if cue["until"] else date.max,
        )
        cite = cite_head if cue["where"] == "head" else Page.cite
        quote = cite(page, *matches[year].span())
        found[cue["rule"]] = Evidence(
            "date", show(window), "stated", "medium", cue["rule"], "year_cues.csv", *quote,
            f"{year}: {cue['reason']}",
        )  # fmt: skip
    return [*found.values()]


def _newest(text: str) -> int:
    """Return the latest year the text names that is no mere aim; 0 if it names none."""
    return max(map(int, pattern("YEAR_NAMED").findall(text)), default=0)


def _day(year: int, shifted: str) -> date:
    """Return the day that a table writes as "-1 11-01": 1 November of the year before."""
    shift, day = shifted.split()
    return date.fromisoformat(f"{year + int(shift):04}-{day}")


def _congress_year(page: Page) -> list[Evidence]:
    """Read the year of a people's congress from the work that its report plans."""
    news = pattern("CONGRESS").search(page.text[:HEAD])
    plans = {int(m[1] or m[2]): m for m in pattern("PLAN").finditer(page.text)} if news else {}
    if not plans or "明年" in page.text:
        return []
    year, match = max(plans.items())
    window = Window(date(year, 1, 1), date(year, 12, 31))
    reason = f"The congress hears the plan of {year}."
    return [_year_piece(page, match, window, "congress_year", reason)]


def _report_year(page: Page) -> list[Evidence]:
    """Let the headings of a report vote: 2019年工作回顾 for 2020, 2020年工作安排 for 2020."""
    text = page.text
    votes: dict[int, list[re.Match[str]]] = defaultdict(list)
    for match in pattern("HEADING_YEAR").finditer(text):
        reviewed = pattern("REVIEWED").search(match[1] + match[3])
        votes[int(match[2]) + bool(reviewed)].append(match)
    for match in () if votes else pattern("PLAN").finditer(text):
        votes[int(match[1] or match[2])].append(match)
    opening = None if votes else _OPENING_YEAR.search(text[: 2 * HEAD])
    if opening:
        votes[int(opening[1]) + 1].append(opening)
    if not votes:
        return []
    near = [y for y in votes if y <= min(votes) + 1]  # later years are aims of a five-year plan
    year = max(near, key=lambda y: (len(votes[y]), y))
    ahead = text.count("明年") > max(2, text.count("去年") + text.count("过去一年"))
    window = Window(date(year, 1, 1), date(year, 12, 31))
    if ahead:
        window = Window(date(year - 1, 11, 1), date(year - 1, 12, 31))
    reason = f"A report that plans {year}" + (", which it calls 明年." if ahead else ".")
    return [_year_piece(page, votes[year][0], window, "report_year", reason)]


def _title_year(page: Page) -> list[Evidence]:
    stamps = (day for piece in page.headers("date_published", "") for day in mentions(piece.value))
    latest = min((day.year for day in stamps if day.year), default=date.max.year)
    for line, place in headed(page):
        match = pattern("REPORT_TITLE").search(line)
        if match and int(match[1] or match[2]) <= latest:  # else a plan, out before its year
            value, reason = match[1] or match[2], "The title names the year."
            return [Evidence("date", value, "stated", "medium", "title_year", "", *place, reason)]
    return []


def _this_year(page: Page) -> list[Evidence]:
    """Read the year from 今年是“十四五”开局之年 and its like."""
    for match in pattern("THIS_YEAR").finditer(page.text):
        said, plan, phase = match.groups()
        if said not in _SHIFT:
            continue
        year = 2006 + 5 * "一二三四五".index(plan[1]) + 4 * (phase in ("收官", "最后一年"))
        window = parse(f"{year + _SHIFT[said]:04}")  # 十一五 began in 2006
        if window:
            reason = f"What it says of {said} holds in {window.start.year}."
            return [_year_piece(page, match, window, "this_year", reason)]
    return []


def _anniversaries(page: Page, report: bool) -> list[Evidence]:
    """Read the year from an anniversary: 今年是新中国成立70周年, or a gathering that keeps one.

    A report tells of the gatherings of the year before, other texts of their own at the head.
    """
    for spot in re.finditer("周年", page.text):
        around = (max(0, spot.start() - KEPT), spot.end() + KEPT)
        match = pattern("ANNIVERSARY").search(page.text, *around)
        said, _, of, count = match.groups() if match else (None, None, "", "")
        years = (
            int(row["year"]) for row, named in cues("anniversaries.csv") if named.fullmatch(of)
        )
        founded = next(years, None)
        if not match or not founded or (not said and (report or match.start() > HEAD)):
            continue
        year = founded + (100 if "百" in count else int(count)) + _SHIFT.get(said or "", 0)
        window = Window(date(year, 1, 1) if said else date(year - 1, 11, 1), date(year, 12, 31))
        reason = f"{of} ({founded}): {count}周年 is kept."
        return [_year_piece(page, match, window, "anniversary", reason)]
    return []


def _year_piece(
    page: Page, match: re.Match[str], window: Window, rule: str, reason: str
) -> Evidence:
    how = {"rule": rule, "confidence": "medium"}
    return page.piece("date", show(window), match.span(), reason, **how)
