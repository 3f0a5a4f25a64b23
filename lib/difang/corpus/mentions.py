"""Days named in a text, in Arabic or Chinese numerals: text in, days with their offsets out."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from difang.corpus.lookup import fold
from difang.corpus.windows import parse

WORDED = "[一二][〇○零ＯO0九][〇○零ＯO0一二三四五六七八九]{2}"  # 二〇〇八
YEAR = rf"(?:19|20)\d\d|{WORDED}"
_SHORT = r"(?<![第近满整过约共时])[01]\d|2[0-6]"  # 14年11月20日
_DAY = re.compile(
    rf"(?:(?<!\d)(?P<y>{YEAR}|{_SHORT})\s?年\s?)?"
    r"(?<![\d一二三四五六七八九十])(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月\s?"
    r"(?P<d>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])\s?(?:[日号]|(?=[上下]午|晚))"
    r"|(?<!\d)(?P<Y>(?:19|20)\d\d)(?P<s>[-./])(?P<M>1[0-2]|0?[1-9])(?P=s)(?P<D>3[01]|[12]\d|0?[1-9])(?!\d)"
    r"|(?<=[(（])(?P<a>20\d\d)(?P<b>0[1-9]|1[0-2])(?P<c>3[01]|[12]\d|0[1-9])(?=[)）])"
)
_SPOT = re.compile(r"[月\-./2](?:(?<=月)|(?<=(?:19|20)\d\d[-./])|(?<=[(（]2))")  # is in each day
_BEFORE, _AFTER = 10, 12  # characters that a day and what tells it take up, around the spot
_NUMERALS = str.maketrans("〇○零ＯO一二两三四五六七八九", "000001223456789")


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

    def date(self, any_year: int) -> date:
        """Return the day itself, in a year of choice where the text leaves it out."""
        return date(self.year or any_year, self.month, self.day)


def mentions(text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """Find the days named in a stretch of text, in Arabic or Chinese numerals.

    >>> [m.value for m in mentions("二〇二〇年一月十日，9月13日，２０１８－９－１４")]
    ['2020-01-10', '--09-13', '2018-09-14']
    """
    text, position = fold(text[start:end]), 0
    for spot in _SPOT.finditer(text):
        first = max(position, spot.start() - _BEFORE)
        match = spot.start() >= position and _DAY.search(text, first, spot.end() + _AFTER)
        if not match:
            continue
        position = match.end()
        year, month, day = (
            number(match[i] or match[j] or match[k] or "") for i, j, k in ("yYa", "mMb", "dDc")
        )
        year += 2000 * (0 < year < 100)
        if parse(f"{year or 2020}-{month}-{day}"):
            yield Mention(start + match.start(), start + match.end(), year, month, day)


def number(digits: str) -> int:
    """Read a number up to 99, or a year, in Arabic or Chinese numerals; 0 if there is none."""
    if "十" in digits:
        tens, _, ones = digits.partition("十")
        return number(tens or "1") * 10 + number(ones)
    return int(digits.translate(_NUMERALS) or 0)
