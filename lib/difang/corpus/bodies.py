"""Which body speaks or meets: the cue that names it (省委召开, 我代表市人民政府).

A page goes in; out comes the surest cue, with its sign (省, 市, 县 …) and the place it names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from difang.corpus.evidence import Page
from difang.corpus.gazetteer import Mention, find_places
from difang.corpus.reference import read_reference

HEAD = 600  # characters at the start in which a text says whose it is
LEAD = 200  # characters of the lead of a report
H = r"[\u4e00-\u9fff]"
N = r"[零〇一二三四五六七八九十百\d]{1,4}"
SIGN = r"(?P<sign>自治区|省|市|州|盟|地(?=委)|地区(?=行署)|县|区|旗|镇|乡|街道)"
ORG = (
    r"(?:委(?![员托派屈任])|党委|党工委|工委|党代会|人民政府|政府|行署|人大(?!代表)|人民代表大会|政协"
    r"|纪委|监委)"
)
LEVEL_OF = {
    "自治区": "province", "省": "province", "市": "city", "州": "city", "盟": "city", "地": "city",
    "地区": "city", "县": "county", "区": "county", "旗": "county", "镇": "township",
    "乡": "township", "街道": "township", "国": "national",
}  # fmt: skip

_DEPARTMENT = (
    rf"(?![级域内外直场民])(?:(?![省市县区州旗镇]){H}){{2,10}}?(?:局|厅|办|委|法院|检察院)"
)
_ACTS = (
    r"(?:召开|举行|主持|出席|强调|指出|印发|发布|开幕|闭幕|听取|部署|传达|审议|调研|督导|检查|走访|会见|要求"
    r"|启动|宣布|作出|推进|开展|接受|介绍|赴|到)"
)
_NOT_SUBJECT = r"(?:学习|贯彻|落实|传达|按照|根据|在|赴|到|对|向|为|从|由|与|和|访)"
_SUBJECT = rf"(?:^|(?<=[，。；：！\n”》）\s]))(?:(?!{_NOT_SUBJECT})[\u4e00-\u9fff\d]){{0,24}}?"
_FRAGMENTS = {
    "<N>": N, "<H>": H, "<ORG>": ORG, "<SIGN>": SIGN, "<SUBJECT>": _SUBJECT,
    "<DEPARTMENT>": _DEPARTMENT, "<ACTS>": _ACTS,
}  # fmt: skip
_NATIONAL = re.compile(
    r"代表国务院|中华人民共和国(?:国民经济|第.{1,4}届全国)|第.{1,4}届全国人民代表大会|新闻联播"
    rf"|(?:中共中央|国务院|中央政治局|全国人大常委会|全国政协|国家主席习近平){H}{{0,30}}"
    r"(?:召开|举行|主持|会见|印发|发布)"
    rf"|(?:国家主席|国务院总理|军委主席|委员长){H}{{2,4}}[\u4e00-\u9fff\d]{{0,12}}"
    r"(?:主持|考察|调研|会见|会谈|出席|召开)"
)
_NAMED_ONLY = ("place in the title", "place acts")
_SELF = re.compile(
    r"(?:(?P<own>我)|(?<![居列占在于达为])全)(?P<sign>自治区|[省市州盟县区旗镇乡])"
    r"(?![域场长民委政第前首唯最平率领先各试示一二三十]|统一)"
)
_ORDER = ("province", "city", "county", "township")
# 城市委, 社区党委, 各县委: common nouns, no body of its own
_COMMON = re.compile(
    r"(?:[城超股]市|[社园校小厂库战军灾景矿林地新片城山湖]区|[各外邻两].|[县乡区]镇|城乡|县市|市县|市区)$"
)


class Cue(NamedTuple):
    """What names the speaking body: its sign (省, 市, 县 …) and its place in the head."""

    sign: str
    start: int
    end: int
    rule: str
    confidence: str
    reason: str
    place: Mention | None


def head(page: Page) -> str:
    """Join the title and the first lines, in which a text says whose it is."""
    return f"{page.title or ''}\n{page.text[:HEAD]}"


def cite_head(page: Page, start: int, end: int) -> tuple[str, int, int]:
    """Cite a place of the head: the title where it was moved from, or the text."""
    shift = len(page.title or "") + 1
    if start >= shift:
        return page.cite(start - shift, max(end - shift, 0))
    title = next((m for m in page.moved if m.field == "title"), None)
    spot = (title.start, title.end) if title else (-1, -1)
    return (page.title or "", *spot)


def host(page: Page) -> Cue | None:
    """Find the cue that names the body which speaks or meets; None if nothing does.

    The surest cue tells what kind of body speaks; a later one of that kind may name it.
    """
    cues = list(_cues(page))
    if not cues:
        return _national(head(page)) or _self_reference(page)
    named = (c for c in cues if c.place and LEVEL_OF[c.sign] == LEVEL_OF[cues[0].sign])
    return next(named, cues[0])


def _cues(page: Page) -> Iterator[Cue]:
    text, shift = head(page), len(page.title or "") + 1
    places = {m.end: m for m in find_places(text) if m.full}
    limits = {"title": shift - 1, "lead": shift + LEAD, "head": len(text)}
    for cue, pattern in _patterns():
        for match in pattern.finditer(text[: limits[cue["where"]]]):
            start, end = match.span("sign")
            place = places.get(end) or places.get(start)
            if cue["rule"] in _NAMED_ONLY and (not place or _is_object(text, place)):
                continue
            if place or not is_common(text, end):
                start = place.start if place else start
                how = (cue["rule"], cue["confidence"], cue["reason"])
                yield Cue(match["sign"], start, match.end(), *how, place)
                break


@cache
def _patterns() -> list[tuple[dict[str, str], re.Pattern[str]]]:
    """Read what names the speaking body, surest first; `where` is title, lead or head."""
    rows = read_reference("body_cues.csv", ("rule", "where", "pattern", "confidence", "reason"))
    for fragment, meaning in _FRAGMENTS.items():
        for row in rows:
            row["pattern"] = row["pattern"].replace(fragment, meaning)
    return [(row, re.compile(row["pattern"])) for row in rows]


def is_common(text: str, end: int) -> bool:
    """Tell whether the sign that ends here belongs to a common noun: 社区, 城市, 各县."""
    return bool(_COMMON.search(text[max(0, end - 3) : end]))


def _is_object(text: str, place: Mention) -> bool:
    return bool(re.search(r"[在赴到来访率对向与和同给致援]$", text[: place.start]))


def _national(text: str) -> Cue | None:
    match = _NATIONAL.search(text)
    reason = "A national body speaks or meets."
    return match and Cue("国", *match.span(), "national body", "high", reason, None)


def _self_reference(page: Page) -> Cue | None:
    """Take the lowest unit the text calls its own: a city speaks of 全省, a province not of 我市.

    我省 counts thrice 全省, and 全省第一 not at all: it is said by those who compare themselves.
    """
    votes: Counter[str] = Counter()
    first: dict[str, re.Match[str]] = {}
    for match in _SELF.finditer(page.text):
        votes[match["sign"]] += 3 if match["own"] else 1
        first.setdefault(match["sign"], match)
    least = max(3, 0.3 * max(votes.values(), default=0))
    signs = [sign for sign, n in votes.items() if n >= least]
    if not signs:
        return None
    sign = max(signs, key=lambda s: (_ORDER.index(LEVEL_OF[s]), votes[s]))
    shift = len(page.title or "") + 1
    span = (first[sign].start() + shift, first[sign].end() + shift)
    reason = f"The text says 我{sign} or 全{sign} of itself."
    return Cue(sign, *span, "self reference", "medium", reason, None)
