"""Which year a text says it belongs to: a plan for the year, a review of the last, 今年是….

A page goes in, windows of days come out as evidence; a year that is only an aim (到2035年) is none.
Cues and anniversaries stand in data/reference, in year_cues.csv and anniversaries.csv.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache, partial

from difang.corpus.bodies import cite_head, head
from difang.corpus.cues import cues, pattern
from difang.corpus.dates import HEAD, LAST, headed, newest_year, published
from difang.corpus.evidence import Evidence, Page, seek
from difang.corpus.mentions import WORDED, number
from difang.corpus.reference import read_reference
from difang.corpus.sieve import spots
from difang.corpus.windows import NEAR, OR, Window, parse, show

OF_REPORTS = ("this_year", "title_year", "anniversary")  # the rules that hold for reports, too
Cite = Callable[[int, int], tuple[str, int, int]]
OPENING = 2000  # characters in which a text says what the year is to be
_ANIMALS = "鼠牛虎兔龙蛇马羊猴鸡狗猪"  # three rounds of them from 1996
_EVE = ("昨天", "昨晚")
_PLANS = "六七八九十一二三四五"  # “六五” from 1981 to “十五五”
_WEEK = "一二三四五六日天"
_PARTS = {"head": "head", "opening": "text", "text": "text", "raw": "raw"}
_WORDED_YEAR = re.compile(rf"{WORDED}(?=\s?年)")
_OPENING_YEAR = re.compile(r"((?:19|20)\d\d)\s?年(?:，|是)(?:[^\n]{0,60}?(预期|目标|重点抓))?")


def stated_years(page: Page) -> list[Evidence]:
    """Read statements that fix the year: a plan for the year, a review of the last, 今年是….

    Plans are made from November on: without more, 2022年重点工作 allows November 2021 to 2022. In a
    report to a people's congress the year planned is the year of the report, unless the text
    calls it 明年. What begins after the page was published is an aim.
    """
    report = pattern("REPORT").search(page.text[: 3 * HEAD]) or pattern("REPORT_TITLE").search(
        page.title or ""
    )
    stamp = published(page)
    latest = int(stamp.value[:4]) if stamp else LAST
    cued = _cued_years(page, latest, bool(report))
    return (_report_year(page) if report else []) + cued + _marked_days(page)


def _cued_years(page: Page, latest: int, report: bool) -> list[Evidence]:
    """Read the years of the table of cues: of each rule the first that speaks, once."""
    zones, found = _zones(page), dict[str, Evidence]()
    plain = zones["text"][0] == page.text and zones["head"][0] == head(page)
    able = "" if plain else "\n".join(text for text, _ in zones.values())
    for cue, shows in cues("year_cues.csv"):
        text, cite = zones[cue["where"]]
        if report and cue["rule"] not in OF_REPORTS:
            continue
        part = _PARTS.get(cue["where"], "")
        if not (hits := [*(seek(page, shows, text, part) if plain else spots(shows, text, able))]):
            continue
        matches = {years: m for m in reversed(hits) if (years := _years(cue, m, latest))}
        years = (min if cue["several"] == "first" else max)(matches, default=())
        alone = cue["several"] != "none" or len(matches) == 1
        newest = cue["several"] != "newest" or years[-1:] >= (newest_year(page, latest),)
        if not (years and alone and newest) or cue["rule"] in found:
            continue
        found[cue["rule"]] = Evidence(
            "date", OR.join(show(_window(year, cue)) for year in years), "stated", "medium",
            cue["rule"], "year_cues.csv", *cite(*matches[years].span()),
            f"{years[-1]}: {cue['reason']}",
        )  # fmt: skip
    return [*found.values()]


def _marked_days(page: Page) -> list[Evidence]:
    """Read 8月7日（星期四） and 2月26日（正月初十）: the years in which that day is such a day.

    今天是正月初八 is one day in each year.
    """
    match = pattern("MARKED_DAY").search(page.text, 0, OPENING)
    if match is None:
        return []
    near = []
    lunar = number(match["now"] or match["lunar"] or "") or 15 + (match["feast"] in _EVE)
    for row in read_reference("spring_festivals.csv", ("day",)):
        feast = date.fromisoformat(row["day"])
        said = feast + timedelta(days=lunar - 1)
        if match["now"] or match["feast"]:  # the day itself, in whatever year
            near.append(Window(said, said))
            continue
        day = parse(f"{feast.year}-{match['month']}-{match['day']}")
        if match["week"]:
            such = day and day.start.weekday() == min(_WEEK.index(match["week"]), 6)
        else:
            such = day and day.start == said
        if day and such:
            near.append(Window(day.start - NEAR, day.start + NEAR))
    reason = "In these years that day is such a day of the week or the moon."
    how = {"rule": "marked_day", "confidence": "medium", "resource": "spring_festivals.csv"}
    return [page.piece("date", OR.join(map(show, near)), match.span(), reason, **how)] * bool(near)


def _zones(page: Page) -> dict[str, tuple[str, Cite]]:
    """Return the parts of a page that cues look at, each with the way to cite it."""
    lines = headed(page)
    title = "\n".join(line for line, _ in lines)
    return {
        "title": (title, lambda start, _: lines[title.count("\n", 0, start)][1]),
        "head": (_in_digits(head(page)), partial(cite_head, page)),
        "opening": (_in_digits(page.text[:OPENING]), page.cite),
        "text": (_in_digits(page.text), page.cite),
        "raw": (page.raw[:OPENING], lambda start, end: (page.raw[start:end], start, end)),
    }


@lru_cache(maxsize=4)  # the text is asked for twice
def _in_digits(text: str) -> str:
    """Write years as 2008年 that stand there as 二〇〇八年; every character keeps its place."""
    return _WORDED_YEAR.sub(lambda year: f"{number(year[0]):04}", text)


def _years(cue: dict[str, str], match: re.Match[str], latest: int) -> tuple[int, ...]:
    """Return the years a cue may mean: its own ("2006|2011"), that of the text, or those counted.

    Counted are anniversaries and feasts, the animals of years, and five-year plans.
    """
    said, groups = next(filter(None, match.groups()), ""), match.groupdict(default="")
    written = groups.get("count", "")
    count = 100 if "百" in written else number(written)
    if "base" in groups:
        years = [int(groups["base"]) + count - number(groups.get("left", ""))]
    elif "of" in groups:
        kept = (row for row, named in _anniversaries() if named.search(groups["of"]))
        years = [int(row["year"]) + count for row in kept][:1]
    elif cue["year"] or said.isdecimal():
        years = [*map(int, (cue["year"] or said).split(OR))]
    elif said in _ANIMALS:
        years = [*range(1996 + _ANIMALS.index(said), 2032, 12)]
    else:
        years = [1981 + 5 * _PLANS.index(said)]
    return tuple(year for year in years if _window(year, cue).start.year <= latest)


@cache
def _anniversaries() -> list[tuple[dict[str, str], re.Pattern[str]]]:
    """Give what is kept, each with its pattern for the end of the words that name it."""
    return [(row, re.compile(f"(?:{kept.pattern})$")) for row, kept in cues("anniversaries.csv")]


def _window(year: int, cue: dict[str, str]) -> Window:
    """Return the days that a table writes as "-1 11-01": since 1 November of the year before."""
    days = (re.fullmatch(r"(-?\d+) (\d\d-\d\d)", cue[side]) for side in ("since", "until"))
    start, end = (day and date.fromisoformat(f"{year + int(day[1]):04}-{day[2]}") for day in days)
    return Window(start or date.min, end or date.max)


def _report_year(page: Page) -> list[Evidence]:
    """Let the headings of a report vote: 2019年工作回顾 for 2020, 2020年工作安排 for 2020."""
    text = _in_digits(page.text)
    votes: dict[int, list[re.Match[str]]] = defaultdict(list)
    plain, heading = text == page.text, pattern("HEADING_YEAR")
    for match in seek(page, heading, text, "text") if plain else spots(heading, text):
        reviewed = pattern("REVIEWED").search(match[1] + match[3])
        votes[int(match[2]) + bool(reviewed)].append(match)
    for match in () if votes else pattern("PLAN").finditer(text):
        votes[int(match[1] or match[2])].append(match)
    titled = votes or re.search(r"\d{4}\s?年", page.title or "")
    opening = None if titled else _OPENING_YEAR.search(text[: 2 * HEAD])
    if opening:
        votes[int(opening[1]) + (not opening[2])].append(opening)
    if not votes:
        return []
    near = [y for y in votes if y <= min(votes) + 1]  # later years are aims of a five-year plan
    year = max(near, key=lambda y: (len(votes[y]), y))
    told = any("明年" in match[1] for match in votes[year] if match.re.groups > 2)
    ahead = told or text.count("明年") > max(2, text.count("去年") + text.count("过去一年"))
    window = Window(date(year, 1, 1), date(year, 12, 31))
    if ahead:
        window = Window(date(year - 1, 11, 1), date(year - 1, 12, 31))
    reason = f"A report that plans {year}" + (", which it calls 明年." if ahead else ".")
    how = {"rule": "report_year", "confidence": "medium"}
    return [page.piece("date", show(window), votes[year][0].span(), reason, **how)]
