"""What a text says of its own date: the day in its title block, lead or signature, and its year.

Position and verbs decide whose date it is: a text is full of days of other events (截至…, 自…起,
anniversaries), and those are never taken for its own.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from difang.corpus.calendar import FOLD
from difang.corpus.cues import pattern
from difang.corpus.evidence import Evidence, Page
from difang.corpus.windows import parse

HEAD = 700  # characters in which a title block and a lead lie
TAIL = 160  # characters in which a signature lies
LINE = 80  # a longer line is a paragraph

_YEAR = r"(?:19|20)\d\d|[一二][〇○零Ｏ0九][〇○零Ｏ0一二三四五六七八九]{2}"
_DAY = re.compile(
    rf"(?:(?<!\d)(?P<y>{_YEAR})\s?年\s?)?"
    r"(?<![\d一二三四五六七八九十])(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月\s?"
    r"(?P<d>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])\s?(?:[日号]|(?=[上下]午|晚))"
    r"|(?<!\d)(?P<Y>(?:19|20)\d\d)(?P<s>[-./])(?P<M>1[0-2]|0?[1-9])(?P=s)(?P<D>3[01]|[12]\d|0?[1-9])(?!\d)"
    r"|(?<=[(（])(?P<a>20\d\d)(?P<b>0[1-9]|1[0-2])(?P<c>3[01]|[12]\d|0[1-9])(?=[)）])"
)
_MONTH = re.compile(
    rf"(?<!\d)({_YEAR})年\s?(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月(?=在|[)）]|$)"
)
_NUMERALS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_LINES = re.compile(r"(?m)^.*$")


class Mention(NamedTuple):
    """A day named in a text, at clean offsets; year 0 where the text leaves it out."""

    start: int
    end: int
    year: int
    month: int
    day: int

    @property
    def value(self) -> str:
        """The day as the value of evidence: 2018-09-13, or --09-13 without a year."""
        return f"{f'{self.year:04}' if self.year else '-'}-{self.month:02}-{self.day:02}"


def mentions(text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """Find the days named in a stretch of text, in Arabic or Chinese numerals.

    >>> [m.value for m in mentions("二〇二〇年一月十日，9月13日，２０１８－９－１４")]
    ['2020-01-10', '--09-13', '2018-09-14']
    """
    for match in _DAY.finditer(text[start:end].translate(FOLD)):
        year, month, day = (
            _number(match[i] or match[j] or match[k] or "") for i, j, k in ("yYa", "mMb", "dDc")
        )
        if parse(f"{year or 2020}-{month}-{day}"):
            yield Mention(start + match.start(), start + match.end(), year, month, day)


def _number(digits: str) -> int:
    if "十" in digits:
        tens, _, ones = digits.partition("十")
        return _number(tens or "1") * 10 + _number(ones)
    return int(digits.translate(_NUMERALS) or 0)


def stated_dates(page: Page) -> list[Evidence]:
    """Return what the text and its labelled header say of date and publication."""
    return _published(page) + (_title_block(page) or _lead(page)) + _signature(page)


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
        if match.start() >= HEAD or len(line) > LINE or re.search("。|[：:]$", line):
            return
        yield line, page.cite(*match.span())


def _title_block(page: Page) -> list[Evidence]:
    """Read the day of a meeting or speech from the title and the short lines before the text."""
    for line, place in headed(page):
        day = next(mentions(line), None)
        month = _MONTH.search(line)
        if pattern("PUBLISHING").search(line):
            continue
        if day and (
            (day.year and re.search("年|[(（]", line)) or line[day.end :].strip()[:1] == "在"
        ):
            value, reason = day.value, "The title block names the day."
        elif month:
            value = f"{_number(month[1]):04}-{_number(month[2]):02}"
            reason = "The title block names the month."
        else:
            continue
        return [Evidence("date", value, "stated", "high", "title_block", "", *place, reason)]
    return []


def _lead(page: Page) -> list[Evidence]:
    """Read the day of the event from the lead: at the head of a sentence, or with 召开 and 举行."""
    text = page.text
    for day in mentions(text, 0, HEAD):
        before, after = f"\n{text}"[max(0, day.start - 24) : day.start + 1], text[day.end :][:60]
        around = f"{before}◆{after}"
        if pattern("OWN_DAY").search(around) and not pattern("OTHER_DAY").search(around):
            reason = "The lead opens with the day of the event."
            return [page.piece("date", day.value, day[:2], reason, rule="lead")]
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
