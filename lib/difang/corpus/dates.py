"""What a text says of its own date: the day in its title block, lead or signature, and its year.

Position and verbs decide whose date it is: a text is full of days of other events (截至…, 自…起,
anniversaries), and those are never taken for its own.
"""

import re
from collections.abc import Iterator

from difang.corpus.cues import pattern
from difang.corpus.datelines import dateline_day
from difang.corpus.evidence import Evidence, Page
from difang.corpus.mentions import YEAR, mentions, number
from difang.corpus.windows import SEVERAL_DAYS, parse, several_days, show

HEAD = 700  # characters in which a title block and a lead lie
LEAD = 900  # characters in which news names its day
SCENE = 150  # characters after which a day with its year, in a later paragraph, is history
TAIL = 160  # characters in which a signature lies
LINE = 80  # a longer line is a paragraph

_MONTH = re.compile(
    rf"(?<!\d)({YEAR})年\s?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月(?=在|[)）]|$|[^。，]{{0,12}}大事记)"
)
_LINES = re.compile(r"(?m)^.*$")
_LABEL = re.compile(r"(?!.*[们志表位])\w{1,2}(?:\s?\w){1,3}\s?[：:]")  # 文号：, no address
_BARE = re.compile(r"[\s\d年月日]*")  # a day and nothing else: beside a stamp of that day, a stamp
_STAMP = re.compile(r"\d[-./]\d|[年月]0")  # 2021-07-26, 2018年01月03日: written by a machine


def stated_dates(page: Page) -> list[Evidence]:
    """Return what the text and its labelled header say of date and publication."""
    published = _published(page)
    window = parse(published[0].value) if published else None
    stamp = published[0].value if published else ""
    block = [e for e in _title_block(page) if e.value != stamp or not _BARE.fullmatch(e.quote)]
    own = block or _lead(page) or dateline_day(page, window and window.end)
    return published + own + _signature(page)


def _published(page: Page) -> list[Evidence]:
    for piece in page.headers("date_published", "The header names the day of publication."):
        day = next((m for m in mentions(piece.value) if m.year), None)
        if day:
            return [piece._replace(value=day.value, rule="header_date")]
    return []


def headed(page: Page) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Walk the title and the short lines before the first paragraph, each with its place.

    An address to the hearers ends them.
    """
    for title in page.headers("title", "The text is headed so."):
        yield title.value, (title.quote, title.start, title.end)
    for match in _LINES.finditer(page.text):
        line = match[0].strip()
        ends = re.search("。|[：:]$", line) and not _LABEL.fullmatch(line)
        if match.start() >= HEAD or len(line) > LINE or ends:
            return
        yield line, page.cite(*match.span())


def _title_block(page: Page) -> list[Evidence]:
    """Read the day of a meeting or speech from the title and the short lines before the text."""
    for line, place in headed(page):
        day = next(mentions(line), None)
        month = _MONTH.search(line)
        decided = day and re.search(f"(?:{pattern('DECIDED').pattern})$", line[: day.start])
        stamped = _STAMP.search(line) and not _is_bracketed(line)
        if decided or stamped or pattern("PUBLISHING").search(line):
            continue
        if day and (
            (day.year and re.search("年|[(（]", line)) or line[day.end :].strip()[:1] == "在"
        ):
            value, reason = day.value, "The title block names the day."
        elif month:
            value = f"{number(month[1]):04}-{number(month[2]):02}"
            reason = "The title block names the month."
        else:
            continue
        return [Evidence("date", value, "stated", "high", "title_block", "", *place, reason)]
    return []


def _is_bracketed(line: str) -> bool:
    return re.search(r"[(（][^()（）]*\d[^()（）]*[)）]", line) is not None


def _lead(page: Page) -> list[Evidence]:
    """Read the day of the event from the lead: at the head of a sentence, or with 召开 and 举行."""
    text = page.text
    for day in mentions(text, 0, LEAD):
        before, after = f"\n{text}"[max(0, day.start - 24) : day.start + 1], text[day.end :][:60]
        around = f"{before}◆{after}"
        if _STAMP.search(text, *day[:2]) or (day.year and "\n" in text[: day.start][SCENE:]):
            continue
        if pattern("OWN_DAY").search(around) and not pattern("OTHER_DAY").search(around):
            last = pattern("LAST_DAY").match(text, day.end)  # 1月6日至8日
            rule, end = (SEVERAL_DAYS, last.end()) if last else ("lead", day.end)
            reason = f"The lead opens with the day{'s' * bool(last)} of the event."
            whole = parse(day.value) if last else None  # None without a year, too
            days = show(several_days(whole.start, text[day.start : end])) if whole else day.value
            return [page.piece("date", days, (day.start, end), reason, rule=rule)]
    return []


def _signature(page: Page) -> list[Evidence]:
    """Read the day at the foot, alone on its line or behind the name of the body that signs."""
    text, found = page.text, []
    for day in mentions(text, max(0, len(text) - TAIL)):
        rest = text[day.end :].strip("（）()。 \u3000\n")
        before = text[: day.start].rpartition("\n")[2].strip("（( \u3000")
        if day.year and not rest and len(before) < 24 and not re.search("[，。；]", before):
            how = {"rule": "signature", "confidence": "medium"}
            found = [
                page.piece("date", day.value, day[:2], "The text is signed with this day.", **how)
            ]
    return found
