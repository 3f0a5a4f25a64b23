"""Page furniture: what a web page sets around an article.

In goes a text with one paragraph a line; out come edits for header fields, buttons, bylines,
captions, credits and what follows the article. Rules go by position, by the shape of a line and by
the words of the trade (记者, 责编, 来源), never by the sentences of one site.
"""

import re
from collections.abc import Iterator

from difang.corpus.characters import HAN
from difang.corpus.edits import Edit, change
from difang.corpus.layout import Line, lines
from difang.corpus.rules import MOVES

_COLON = r"\s{0,4}[:：]\s{0,9}"
_FIELDS = {
    "header_title": "Title|标题|题目|名称",
    "header_date": "Date|日期|时间|发布时间|发布日期|发文日期|发稿时间|更新时间|公开日期|成文日期",
    "header_source": "Source|来源|信息来源|稿源|文章来源|新闻来源|发布机构|发布单位|供稿单位",
    "header_reporter": "Author|作者|记者|通讯员|撰稿",
    "header_editors": "Editor|编辑|责任编辑|责编|审核|校对|编审",
    "header_other": "URL|Link|Keywords?|(?:浏览|点击|阅读|访问)(?:次数|量|数)?|"
    "人气|字号|字体|字体大小|视力保护色|索引号|主题分类|文号|发文字号|关键词|分类|有效性",
    "header_text": "Text|Content|正文|内容",
}
_LABEL = "|".join(f"(?P<{rule}>{names})" for rule, names in _FIELDS.items())
_FIELD = re.compile(rf"[【\[（(]?(?<!\w)(?:{_LABEL}){_COLON}")
_CLOCK = r"\s{0,4}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_STAMP = re.compile(
    rf"[（(\[【]?(?:\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}(?:{_CLOCK})?|\d{{4}}年\d{{1,2}}月\d{{1,2}}日{_CLOCK})"
    r"[）)\]】]?(?=\s|$)"
)
_CRUMBS = re.compile(
    r"您?(?:现在|当前)?(?:所在|的)?位置[:：].{1,80}|"
    r"[^\s>»＞›《]{2,12}(?:\s{0,3}[>»＞›]{1,2}\s{0,3}[^>»＞›。]{1,30}){1,8}|"
    r"(?:楼主|本帖|发表于|只看该作者|\d{1,4}楼|[#＃]\d{1,4})(?:[^，。；]{0,60})"  # of a forum
)
_BUTTONS = re.compile(
    r"(?:[【\[（(]?(?:字体大小|字[体号]|打印(?:本页|此页|文章)?|关闭(?:窗口|本页|此页)?|分享(?:到|至|按钮)?|收藏(?:本页)?|"
    r"返回(?:顶部|首页|列表)?|微信|微博|QQ空间|纠错|复制链接|我要(?:纠错|评论|打印)|[大中小])[】\]）)]?[\s|/：:，,·]{0,9}){1,12}"
)
_RULER = re.compile(r"[-—=_*·•.…~|#+\s]{2,200}|\|")
_JOBS = (
    "责任编辑|责编|编辑|值班编辑|编审|主编|编委|值班主任|美编|视觉|校对|审校|审核|审签|签发|初审|一审|二审|三审|复审|终审|监制|"
    "总监制|策划|统筹|制作|排版|录入|编发|供稿|供图|撰稿|撰文|文字|摄影|文|图|记者|通讯员|实习生|作者"
)
_NAMES = rf"[{HAN}A-Za-z·、，/\s]{{1,30}}?"
_CREDIT = re.compile(
    rf"[（(【\[]?(?:(?:{_JOBS})(?:[/、](?:{_JOBS})){{0,3}}(?:{_COLON}|\s){_NAMES}[|；;\s]{{0,4}}){{1,6}}[）)】\]]?"
)
_EDITOR = re.compile(r"责任编辑|责编|编辑|编审|主编|[初一二三终复]审|审核|审校|校对|监制|签发")
_SOURCE = re.compile(
    rf"[（(【\[]?(?:(?:信息|文章|新闻|稿件)?来源|稿源|转载?自|原载|摘自){_COLON}.{{1,60}}|"
    rf"(?:[（(](?:(?:原载|来源|据|转自|《)[^（）()。]{{2,50}}|[{HAN}]{{2,8}}社[^（）()。]{{2,30}}[讯电])[）)]){{1,3}}"
)
_REPORTER = r"(?:记者|通讯员|特约员|实习生|见习生|撰稿|撰文|执笔|作者[系为：:])(?![注按会节站问])"
_BYLINE = re.compile(rf"[（(][^（）()。，；]{{0,20}}?{_REPORTER}[^（）()。]{{0,50}}[）)]")
_BYLINE_ROW = re.compile(
    rf"[□■●◎◆▲\s]{{0,3}}(?:本[报网台刊社]|[{HAN}]{{0,6}}[报网台社])?[{HAN}]{{0,4}}(?:记者|通讯员)[\s:：/][^。，；：:]{{2,40}}"
)
_DATELINE = re.compile(
    rf"(?:本[报网台刊社][{HAN}]{{0,6}}讯|[{HAN}]{{1,8}}[网报台社](?:消息|讯)(?=[（(：:\s]))"
    r"\s{0,3}(?:[（(][^（）()。]{1,40}[）)])?\s{0,3}[：:]?\s{0,3}"
)
_CAPTION = re.compile(
    rf"(?:.{{0,100}}[。！”）\s（(：:/])?[{HAN}·、]{{2,16}}(?<![拍航])\s?(?:摄|摄影|摄影报道|供图|资料图片?)[）)】]?|"
    r"[（(]?(?:图为|图片[:：说来由]|▲|△|↑).{1,110}"
)
_CLOSING = re.compile(
    r"(?:版权所有|[主承]办(?:单位|[:：])|技术支持|网站标识|网站地图|Copyright|©).{0,200}|"
    r".{0,40}(?:ICP备|公网安备|All Rights).{0,200}|"
    r"[（(]完[）)]|.{0,60}\.(?:docx?|pdf|xlsx?|wps|zip|rar)|"
    r"[上下]一(?:篇|条|页|则).{0,80}|[（(]?(?:更新|发布|编辑)时间[^。]{0,40}|"
    r"(?:相关|推荐|延伸|热点|热门|更多)(?:阅读|新闻|文章|链接|推荐|报道|资讯)[:：]?.{0,40}"
)
_WIDGET = re.compile(
    r"评论|跟帖|沙发|网友|点赞|登录|注册|点击|扫一扫|扫码|二维码|关注我|下载|举报|转发"
)
_APPEAL = re.compile(r"(?!.{0,3}[“：]).*(?:您|亲爱的|尊敬的)")
_CONTACT = re.compile(r"\d{3,4}-\d{6,}|热线|来电|扫码|问卷")
_OWN = re.compile(r"附[件录：:]|名词解释|注释|[（(]?\d{4}年|[一二三四五六七八九十]、")
_FAR = 15  # lines, at most, above the first paragraph that are no furniture


def furniture(text: str) -> list[Edit]:
    """Return edits that take out, or move to the metadata, what is not the article's own text."""
    rows = [row for row in lines(text) if row[2].strip()]
    head = 0
    others = 0
    edits: list[Edit] = []
    while head < len(rows) and others < _FAR and not _is_running(rows[head][2]):
        found = list(_above(text, rows[head], True))
        others += not found
        edits += found
        head += 1
    end, tail = _tail(rows, head)
    edits += [edit for row in rows[head : head + 1] for edit in _above(text, row, False)]
    edits += [edit for row in rows[:end] for edit in _anywhere(text, row)]
    edits += [change(text, row[0], row[1], "", rule, move=rule in MOVES) for row, rule in tail]
    return sorted(edits)


def _is_running(line: str) -> bool:
    """Return whether a line is running text, not a title, field or credit."""
    return (
        len(line) >= 30
        and any(mark in line for mark in "，。；")
        and not _CAPTION.fullmatch(line[:120])
    )


def _above(text: str, row: Line, above: bool) -> Iterator[Edit]:
    """Yield edits for a line of header fields; of running text only the label 正文 falls."""
    start, end, line = row
    stamp = _STAMP.match(line) if above else None
    fields = list(_FIELD.finditer(line)) if len(line) <= 160 or not above else []
    if not above:
        fields = [f for f in [_FIELD.match(line)] if f and f.lastgroup == "header_text"]
    elif _CRUMBS.fullmatch(line):
        yield change(text, start, end, "", "navigation")
        return
    elif _BYLINE_ROW.fullmatch(line):
        yield change(text, start, end, "", "byline", move=True)
        return
    if stamp and (not fields or stamp.end() <= fields[0].start()):
        yield change(text, start, start + stamp.end(), "", "header_date", move=True)
    elif not fields or fields[0].start() > 0:
        return
    stops = [*(f.start() for f in fields[1:]), len(line)]
    for field, stop in zip(fields, stops, strict=False):
        rule = str(field.lastgroup)
        yield change(text, start + field.start(), start + field.end(), "", "header_label")
        value = line[field.end() : stop].rstrip()
        if value and rule != "header_text":
            at = start + field.end()
            yield change(text, at, at + len(value), "", rule, move=rule in MOVES)


def _anywhere(text: str, row: Line) -> Iterator[Edit]:
    """Yield edits for furniture that may stand at any paragraph."""
    start, end, line = row
    if len(line) <= 120:
        for pattern, rule in ((_RULER, "separator"), (_BUTTONS, "buttons"), (_CAPTION, "caption")):
            if len(line) > 1 and pattern.fullmatch(line) and not line.startswith("|"):
                yield change(text, start, end, "", rule, move=rule in MOVES)
                return
    lead = _DATELINE.match(line[:80])
    done = 0
    for byline in _BYLINE.finditer(line[:90]):
        if line[: byline.start()].rstrip()[-1:] in ("讯", "电", "息"):
            if lead:
                yield change(text, start, start + byline.start(), "", "dateline")
            done = byline.end()
            yield change(text, start + byline.start(), start + done, "", "byline", move=True)
    if lead and done < lead.end():
        yield change(text, start + done, start + lead.end(), "", "dateline", move=not done)
    rest = len(line) - len(line[-90:])
    last = [b for b in _BYLINE.finditer(line, rest) if b.end() == len(line)]
    if last:
        yield change(text, start + last[0].start(), end, "", "byline", move=True)
    elif line.endswith("|") and not line.startswith("|"):
        yield change(text, start + len(line.rstrip("| ")), end, "", "separator")


def _tail(rows: list[Line], head: int) -> tuple[int, list[tuple[Line, str]]]:
    """Return where the article's own lines end, and the rule each later line falls by.

    Below the editors' line all is furniture; above it lines are peeled off from the end as long
    as their shape says what they are.
    """
    cut = _after_credits(rows, head)
    tail = [(row, _kind(row[2]) or "after_end") for row in rows[cut:]]
    end = cut
    appeals = 0
    while end > head + 1 and (kind := _kind(rows[end - 1][2])):
        end -= 1
        tail.append((rows[end], kind))
    while appeals < end - head - 1 and _APPEAL.match(rows[end - 1 - appeals][2][:400]):
        appeals += 1
    if any(_CONTACT.search(row[2]) for row in rows[end - appeals : end]):
        tail += [(row, "appeal") for row in rows[end - appeals : end]]
        end -= appeals
    links = end
    while (
        links > head + 1
        and len(rows[links - 1][2]) <= 12
        and re.fullmatch(rf"[{HAN}A-Z]+", rows[links - 1][2])
    ):
        links -= 1
    if 0 < end - links <= 10 and _ends_with_byline(rows[links - 1][2]):
        tail += [(row, "links") for row in rows[links:end]]
        end = links
    return end, tail


def _ends_with_byline(line: str) -> bool:
    return any(b.end() == len(line[-90:]) for b in _BYLINE.finditer(line[-90:]))


def _after_credits(rows: list[Line], head: int) -> int:
    """Return the first line below the editors' line, if what follows is little and not 附 or 注."""
    for i in range(head + 1, len(rows)):
        line = rows[i][2]
        if len(line) <= 120 and _CREDIT.fullmatch(line) and _EDITOR.search(line):
            below = rows[-1][1] - rows[i][1]
            own = any(_OWN.match(row[2]) for row in rows[i + 1 :])
            return len(rows) if own or below * 2 > rows[i][0] else i + 1
    return len(rows)


def _kind(line: str) -> str:
    """Return the rule by which a line below the article falls, or nothing."""
    if len(line) > 240:
        return ""
    for rule, pattern in _BELOW.items():
        if pattern.fullmatch(line):
            return rule
    short = len(line) <= 30 and line[-1] not in "。；："
    return "widget" if short and _WIDGET.search(line) else ""


_BELOW = {
    "source_line": _SOURCE, "editors": _CREDIT, "byline": _BYLINE_ROW, "header_date": _STAMP,
    "closing": _CLOSING, "buttons": _BUTTONS, "separator": _RULER, "caption": _CAPTION,
}  # fmt: skip
