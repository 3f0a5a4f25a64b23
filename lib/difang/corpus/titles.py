"""Titles: the lines at the head of a text that name it.

In goes a text without furniture; out comes one edit that moves its title, if it has one.
"""

import re

from difang.corpus.characters import HAN, HEAD, NUMERAL
from difang.corpus.edits import Edit, change
from difang.corpus.layout import lines

_LONGEST = 60  # characters of a title line
_MOST = 3  # lines of a title: more in a row are a list, a table or verse
_OFFICE = "(?:[省市县区州旗镇乡局厅部]长|专员|主席|书记|主任|总理|委员长)"
_SPEAKER = re.compile(rf"(?!.*[访记对与])[{HAN}]{{0,20}}{_OFFICE}(?:\s?[{HAN}·]){{2,12}}")
_DATED = rf"\d{{4}}年\d|[{NUMERAL}0]{{4}}年[{NUMERAL}]"
_OTHER = re.compile(rf"[（(—―─－\-]|{_DATED}|.*会议?上(?:[）)]|[（(].{{0,40}})?$|{HEAD}")
_SUBTITLE = re.compile(rf"(?!\W*(?:{_DATED}|.*会议?上))[—―─－]{{1,4}}[^。！？：；]{{4,50}}")


def title(text: str) -> list[Edit]:
    """Return the edit that moves the title: one to three title-like lines above running text.

    A lead sentence, an address (各位代表：), the line of date and meeting (——2012年…会议上),
    a speaker's line (省长 王国生) or a numbered head is no title, so what stays never begins with
    another one.
    """
    rows = [row for row in lines(text) if row[2].strip()]
    count = next((i for i, row in enumerate(rows[: _MOST + 1]) if not _is_title(row[2])), _MOST + 1)
    if not 0 < count <= _MOST:
        return []
    while count < len(rows) and _SUBTITLE.fullmatch(rows[count][2]):
        count += 1
    body = sum(end - start for start, end, _ in rows[count:])
    if body < 2 * (rows[count - 1][1] - rows[0][0]):
        return []
    return [change(text, rows[0][0], rows[count - 1][1], "", "title", move=True)]


def _is_title(line: str) -> bool:
    return (
        5 <= len(line) <= _LONGEST
        and line[-1] not in "。！？!?；;，,、：:…"
        and "。" not in line
        and line.count("，") <= 2
        and re.search(f"[{HAN}]{{2}}", line) is not None
        and not _OTHER.match(line)
        and not _SPEAKER.fullmatch(line)
    )
