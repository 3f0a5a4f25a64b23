"""Which year a text says it belongs to: a plan for the year, a review of the last, 今年是….

A page goes in, windows of days come out as evidence; a year that is only an aim (到2035年) is none.
"""

import re
from collections import defaultdict
from datetime import date

from difang.corpus.cues import pattern
from difang.corpus.dates import HEAD, headed
from difang.corpus.evidence import Evidence, Page
from difang.corpus.windows import Window, parse, show

_OPENING_YEAR = re.compile(r"((?:19|20)\d\d)\s?年(?:，|是)")
_FOUNDED = {
    "新中国": 1949, "人民共和国": 1949, "中国共产党": 1921, "建党": 1921, "建军": 1927,
    "改革开放": 1978,
}  # fmt: skip
_SHIFT = {"去年": 1, "今年": 0, "明年": -1}


def stated_years(page: Page) -> list[Evidence]:
    """Read statements that fix the year: a plan for the year, a review of the last, 今年是….

    Plans are made from November on: without more, 2022年重点工作 allows November 2021 to 2022. In a
    report to a people's congress the year planned is the year of the report, unless the text
    calls it 明年.
    """
    report = pattern("REPORT").search(page.text[: 3 * HEAD])
    found = _report_year(page) if report else _plan_year(page)
    return found + _title_year(page) + _anniversaries(page)


def _plan_year(page: Page) -> list[Evidence]:
    plans = [(int(m[1] or m[2]), m) for m in pattern("PLAN").finditer(page.text)]
    if len({year for year, _ in plans}) != 1:
        return []
    year, match = plans[0]
    window = Window(date(year - 1, 11, 1), date(year, 12, 31))
    return [_year_piece(page, match, window, "plan_year", f"Work of {year} is planned.")]


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
    for line, place in headed(page):
        match = pattern("REPORT_TITLE").search(line)
        if match:
            value, reason = match[1] or match[2], "The title names the year."
            return [Evidence("date", value, "stated", "medium", "title_year", "", *place, reason)]
    return []


def _anniversaries(page: Page) -> list[Evidence]:
    """Read the year from 今年是“十四五”开局之年, 今年是新中国成立70周年 and their like."""
    for match in pattern("THIS_YEAR").finditer(page.text):
        said, plan, phase, founded, count = match.groups()
        if said not in _SHIFT:
            continue
        if plan:  # 十一五 began in 2006
            year = 2006 + 5 * "一二三四五".index(plan[1]) + 4 * (phase in ("收官", "最后一年"))
        else:
            year = _FOUNDED[founded] + (100 if "百" in count else int(count))
        window = parse(f"{year + _SHIFT[said]:04}") if year > 1949 else None
        if window:
            reason = f"What it says of {said} holds in {window.start.year}."
            return [_year_piece(page, match, window, "this_year", reason)]
    return []


def _year_piece(
    page: Page, match: re.Match[str], window: Window, rule: str, reason: str
) -> Evidence:
    how = {"rule": rule, "confidence": "medium"}
    return page.piece("date", show(window), match.span(), reason, **how)
