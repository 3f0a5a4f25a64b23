"""Who speaks: persons named with their office who chair, speak, stress or are interviewed.

A page goes in; out comes one piece of evidence a speaker, as stated: 刘奇（省委书记）.
"""

from __future__ import annotations

import re

from difang.corpus.bodies import HEAD, ORG, H, cite_head, is_common
from difang.corpus.evidence import Evidence, Page
from difang.corpus.gazetteer import find_places

#: Surnames that may follow an office; those that are rather words (全, 和, 来) are left out.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞"
    "左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕"
    "屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂佟应臧闵"
    "苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈匡鞠惠荆乐冀郁胥南班储"
    "原栗燕楚鄢劳谌奚皮粟冼蔺楼盘闻厉伊仝区郜海阚花帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平宣晋云"
    "容敬扈晁芮普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭宿鲜印逯隆茹诺洪咸逄蹇庹揭鄂宇扶笪仉帕"
)
_COMPOUND = "欧阳|司马|上官|诸葛|皇甫|尉迟|慕容|司徒|令狐|夏侯"
_NAME = (
    rf"(?P<name>(?:{_COMPOUND}){H}{{1,2}}?|[{_SURNAMES}]{H}{{1,2}}?|{H}{{2,6}}(?:[·•]{H}{{1,8}}?)+"
    rf"|[{_SURNAMES}][ \u3000\xa0\u2002]+{H}(?=\s*$)|(?<=[ \u3000\xa0\u2002]){H}{{3,5}}(?=\s*$))"
)
_POST = r"(?:书记|长|主席|主任|常委|政委|司令员|专员|经理|巡视员|总指挥)(?!会|办|级|期|江|效)"
_SIGN = r"(?:自治区|[省州盟县旗镇]|市(?!场|民|值)|区(?!域|块)|乡(?!村))"
_NEXT = rf"(?:[、兼]{H}{{1,16}}?{_POST}){{0,4}}"
_OFFICE = rf"(?P<office>(?:常务副|副|代理|代)?{_SIGN}{H}{{0,14}}?{_POST}{_NEXT})"
_AFTER = (
    r"(?=同志|出席|主持|强调|指出|表示|介绍|讲话|作|在|与|就|向|率|深入|参加|代表|宣布|致|传达|听取|到|赴|对|要求"
    r"|说|认为|告诉|为|围绕|带队|分别|先后|一行|[，。、；：！\s（）”]|$)"
)
_PERSON = re.compile(rf"{_OFFICE}[ \u3000\xa0\u2002]*{_NAME}{_AFTER}", re.MULTILINE)
_BODY = re.compile(rf"(?:常务副|副|代理|代)?{_SIGN}(?:{ORG}|长|主席)")
_VERBS = (
    r"(?:强调|指出|表示|主持|致辞|致词|点评|发言|宣讲|介绍|要求|认为|说(?=[，：“])|(?<!的)讲话(?!精神|要求|中|时|内容)"
    r"|作\S{0,12}(?:报告|讲话|讲解|总结))"
)
_ASKED = re.compile(r"(?:专访|访|邀请了?|采访了?|做客|对话)(?:[\u4e00-\u9fff]{0,12})$")


def speaker_evidence(page: Page) -> list[Evidence]:
    """Name those who speak, each as name（office）, in the order of their first words.

    A person counts if a verb of speaking follows in the clause or with the bare name elsewhere, if
    the line holds nothing but office and name, or if the text says the person was interviewed.
    """
    found: dict[str, Evidence] = {}
    for text, in_title in ((page.title or "", True), (page.text, False)):
        for match in _PERSON.finditer(text):
            name = re.sub(r"\s", "", match["name"])
            reason = "" if is_common(text, match.start() + 1) else _why(page, text, match, name)
            if reason and name not in found:
                start = _office_start(text, match)
                cite = cite_head if in_title else Page.cite
                quote = cite(page, start, match.end())
                value = f"{name}（{text[start : match.end('office')]}）"
                found[name] = Evidence(
                    "speakers", value, "stated", "high", "office and name", "", *quote, reason
                )
    return list(found.values())


def _why(page: Page, text: str, match: re.Match[str], name: str) -> str:
    clause = re.split(r"[，。；\n]", text[match.end() : match.end() + 80], maxsplit=1)[0]
    line = text[text.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0]
    if re.search(_VERBS, clause) or re.match(r"，并(?:讲话|作|发言|致辞)", text[match.end() :][:6]):
        return "The clause says that the person speaks or chairs."
    if _ASKED.search(text[: match.start()]):
        return "The text says that the person was interviewed."
    if match.start() < HEAD and len(line) <= len(match[0]) + 12 and not re.search(r"[，。]", line):
        return "A line at the head gives office and name."
    if re.search(rf"{re.escape(name)}(?:同志)?(?:还|最后|进一步|在讲话中)?{_VERBS}", page.text):
        return "The person speaks elsewhere in the text."
    return ""


def _office_start(text: str, match: re.Match[str]) -> int:
    """Find where the office begins: at the last body named, with the place before it."""
    first = re.split(r"[、兼]", match["office"], maxsplit=1)[0]
    bodies = list(_BODY.finditer(first))
    start = match.start() + (bodies[-1].start() if bodies else 0)
    before = max(0, start - 12)
    for place in find_places(text[before : start + 3]):
        if place.full and before + place.start < start < before + place.end + 1:
            return before + place.start
    return start
