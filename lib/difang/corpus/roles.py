"""At what level a text speaks, what kind of text it is, and which outlet it names.

A page goes in; out comes evidence for `level`, `genre` and `source`.
"""

from __future__ import annotations

import re

from difang.corpus.bodies import LEVEL_OF, H, N, cite_head, head, host
from difang.corpus.evidence import Evidence, Page

GENRES = (
    "meeting news", "speech", "interview", "work report", "plan", "news", "other", "fiction"
)  # fmt: skip

_DAY = r"(?:\d{1,2}月\d{1,2}日|近日|日前|昨日|昨天|今天|今日|连日来)"
_ADDRESS = (
    r"(?m:^)(?:尊敬的)?(?:各位|同志们|朋友们|女士们|老师们|同学们|乡亲们)[^。\n]{0,40}[：！:!]"
)
_TEXT, _TITLE, _HEAD, _START = "text", "title", "head", "start"
#: What shows the kind of text, surest first: (genre, rule, where, pattern, confidence, reason).
_KINDS = (
    (
        "news",
        "digest",
        _HEAD,
        r"新闻联播|新闻摘要|本期节目|联播快讯|今日要闻",
        "high",
        "The text gathers items of news.",
    ),
    (
        "work report",
        "report of work",
        _HEAD,
        r"向(?:大会|[^，。\n]{0,20}会议?)[^，。\n]{0,40}(?:报告|汇报)"
        rf"|政府工作报告\s*(?:\n|$|（|——)|^{H}{{0,30}}工作报告"
        r"|(?m:^)\W*(?:\d.{0,9}日)?\W*在[^。，\n]{2,20}(?:人民代表大会|人大)[^。，\n]{0,20}会议上\W*\n",
        "high",
        "The speaker reports work to a congress, or the heading says so.",
    ),
    (
        "interview",
        "interview named",
        _TITLE,
        r"专访|访谈|对话|答记者问|[^采走信]访(?:[省市县区州]|$)",
        "high",
        "The title calls it an interview.",
    ),
    (
        "interview",
        "questions and answers",
        _TEXT,
        r"(?m)^(?:记者|问|主持人)[：:](?s:.){0,2500}?^(?:记者|问|主持人)[：:]",
        "high",
        "Questions and answers alternate.",
    ),
    (
        "speech",
        "speech named",
        _TITLE,
        r"讲话(?!精神)|致辞|致词|发言|演讲|寄语|贺词",
        "high",
        "The title calls it a speech.",
    ),
    (
        "plan",
        "plan named",
        _TITLE,
        r"(?:规划|纲要|(?:行动|工作|实施|专项)(?:计划|方案)|实施意见|要点|若干(?:意见|措施))"
        r"(?:》|的通知|（.{0,20}）|\s|$)",
        "high",
        "The title calls it a plan.",
    ),
    ("speech", "address", _START, _ADDRESS, "high", "The text opens with an address."),
    (
        "work report",
        "address of deputies",
        _TEXT,
        r"各位代表[！：，!:](?s:.)*?各位代表[！：，!:]",
        "medium",
        "Deputies are addressed throughout.",
    ),
    (
        "interview",
        "interview arranged",
        _HEAD,
        rf"接受{H}{{0,20}}(?:采访|专访)|访谈(?s:.){{0,120}}(?:邀请|做客|嘉宾)"
        r"|(?:邀请|做客)(?s:.){0,120}访谈",
        "high",
        "The text says that someone was interviewed.",
    ),
    (
        "meeting news",
        "meeting reported",
        _HEAD,
        rf"{_DAY}[^。]{{0,60}}(?:召开|举行|开幕|闭幕)|主持召开|会(?:议)?(?:在{H}{{2,8}})?(?:召开|举行)"
        r"|(?:召开|举行)[^。]{0,50}(?:会议|座谈会|大会|全会|[^社机]会)[。，]",
        "high",
        "The lead reports that a body met.",
    ),
    (
        "plan",
        "chapters of a plan",
        _TEXT,
        r"(?m)^\W*第一[章编篇][^\n]*(?s:.)*?^\W*第[二一][章编篇节](?s:.)*?"
        r"(?:发展目标|主要目标|指导思想|总体要求)",
        "medium",
        "Chapters with aims and guiding principles.",
    ),
    (
        "meeting news",
        "meeting reported",
        _TEXT,
        r"会议(?:强调|指出|认为|要求|听取|传达)",
        "medium",
        "The text reports what a meeting said.",
    ),
    (
        "news",
        "dateline",
        _HEAD,
        rf"记者|本报讯|新华社|新闻联播|{_DAY}",
        "medium",
        "A dateline or a reporter is named.",
    ),
)
_KINDS_COMPILED = tuple((g, r, z, re.compile(p), c, w) for g, r, z, p, c, w in _KINDS)
_SAID = re.compile(
    r"(?:道|说|问|喊|笑|骂|答|叫)[：:，]\s*[“「]|[”」]\s*[^。，\n“]{0,12}(?:道|说|问|笑|喊)"
)
_PRONOUN = re.compile(r"[他她](?!们)")
_CHAPTER = re.compile(rf"(?m)^\W*第{N}[章回节][^\n]{{0,30}}$")


def level_evidence(page: Page) -> list[Evidence]:
    """Infer the level of the body that speaks or meets, from its sign or its place.

    A district of a municipality counts as county, a city of whatever rank as city, unless the
    gazetteer knows it as a municipality (province) or a county-level city.
    """
    cue = host(page)
    if cue is None:
        return []
    level, confidence, basis = LEVEL_OF[cue.sign], cue.confidence, "stated"
    if cue.place and level != "township":
        level = cue.place.units[0].level
    elif cue.sign in ("市", "区"):
        vague = cue.sign == "区" and cue.rule in ("self reference", "gathering in the lead")
        confidence, basis = "low" if vague else "medium", "inferred"
    quote = cite_head(page, cue.start, cue.end)
    return [Evidence("level", level, basis, confidence, cue.rule, "", *quote, cue.reason)]


def genre_evidence(page: Page) -> list[Evidence]:
    """Infer the kind of text: one piece for each rule that speaks, the surest first.

    Fiction is told by spoken lines, he and she, and no body that meets in the lead; it comes first
    because novels of officialdom hold meetings too.
    """
    found = [*_fiction(page), *(piece for piece in _kinds(page))]
    if not found:
        reason = "No rule knows the kind of text."
        return [Evidence("genre", "other", "inferred", "medium", "no rule", "", "", -1, -1, reason)]
    first, *rest = found
    return [first, *(p._replace(confidence="low") for p in rest if p.value != first.value)]


def _kinds(page: Page) -> list[Evidence]:
    top = head(page)
    pieces = []
    for genre, rule, where, pattern, confidence, reason in _KINDS_COMPILED:
        zone = {_TITLE: page.title or "", _HEAD: top, _START: top[:200], _TEXT: page.text}[where]
        match = pattern.search(zone)
        if match:
            cite = page.cite if where == _TEXT else lambda s, e: cite_head(page, s, e)
            quote = cite(match.start(), min(match.end(), match.start() + 60))
            basis = "stated" if where == _TITLE else "inferred"
            pieces.append(Evidence("genre", genre, basis, confidence, rule, "", *quote, reason))
    return pieces


def _fiction(page: Page) -> list[Evidence]:
    text, thousands = page.text, max(len(page.text), 500) / 1000
    spoken = list(_SAID.finditer(text))
    rate, persons = len(spoken) / thousands, len(_PRONOUN.findall(text)) / thousands
    chapters = len(_CHAPTER.findall(text))
    if not (rate >= 2 and persons >= 4) and not (rate >= 1 and persons >= 6 and chapters):
        return []
    quote = page.cite(spoken[0].start(), min(spoken[0].end() + 20, len(text)))
    reason = f"{rate:.1f} spoken lines and {persons:.0f} 他, 她 in 1,000 characters: narration."
    return [Evidence("genre", "fiction", "inferred", "high", "dialogue", "", *quote, reason)]


def source_evidence(page: Page) -> list[Evidence]:
    """Give the outlet the page states (来源：…), as cleaning took it out of the text."""
    reason = "The page names its source."
    return [
        Evidence("source", m.value, "stated", "high", m.rule, "", page.raw[m.start : m.end],
                 m.start, m.end, reason)
        for m in page.moved
        if m.field == "source"
    ]  # fmt: skip
