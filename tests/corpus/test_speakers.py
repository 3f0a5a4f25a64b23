import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.edits import Offsets
from difang.corpus.evidence import Page
from difang.corpus.speakers import speaker_evidence

GOLD = Path(__file__).parents[1] / "gold"
SEEDS = {d["file"]: d for d in json.loads((GOLD / "metadata.json").read_text("utf-8"))["documents"]}


def page(text, title=None):
    return Page("x", text, text, Offsets([]), title=title)


def speakers(text, title=None):
    return [p.value for p in speaker_evidence(page(text, title))]


@pytest.mark.parametrize(
    "text",
    [
        "要把稳增长工作放在首位。工作指出了方向。",  # 增长 is no office
        "省直驻长单位积极参与。单位表示，要支持发展。",  # 长 is short for 长沙
        "我们转变增长方式。方式强调质量。",
        "实施中小企业成长工程，工程要求严格。",
        "感谢关心和支持长沙建设的朋友。沙建设表示，要再接再厉。",
    ],
)
def test_what_follows_growth_or_changsha_is_no_person(text):
    assert speakers(text) == []


@pytest.mark.parametrize("file", sorted(SEEDS))
def test_seeds_name_the_speakers_of_the_expert(file):
    gold = SEEDS[file]
    text = (GOLD / "clean" / file).read_text("utf-8")
    named = [s for s in gold["speakers"]["value"] or [] if s["name"]]
    values = speakers(text, gold["title"]["value"])
    assert {v.split("（")[0] for v in values} == {s["name"] for s in named}
    office = {v.split("（")[0]: v.split("（")[1].rstrip("）") for v in values}
    assert all(s["office"].endswith(office[s["name"]]) for s in named)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("省委书记王忠林出席会议并讲话。", ["王忠林（省委书记）"]),
        ("区委副书记、区长邱伟主持并讲话。", ["邱伟（区委副书记、区长）"]),
        ("会上，市委书记欧阳明主持会议。", ["欧阳明（市委书记）"]),
        # a zone is named whole, with a name of its own where the clause begins with it
        ("会上，经济技术开发区管委会主任李明强调，要快。", ["李明（经济技术开发区管委会主任）"]),
        ("滨湖新区党工委书记李明强调，要快。", ["李明（滨湖新区党工委书记）"]),
        ("随后新区党工委书记李明强调，要快。", ["李明（新区党工委书记）"]),
        ("自由贸易区主任李明强调，要快。", ["李明（自由贸易区主任）"]),
        ("湖北省省长王晓东强调，要抓落实。", ["王晓东（湖北省省长）"]),
        ("常务副省长李明说：“要快。”", ["李明（常务副省长）"]),
        ("县长才让当周在仪式上说，要护好鱼。", ["才让当周（县长）"]),
        ("自治区主席雪克来提·扎克尔指出，要稳。", ["雪克来提·扎克尔（自治区主席）"]),
        ("——在省人民代表大会上\n省长 马 飚\n各位代表：", ["马飚（省长）"]),
        ("自治区主席 洛桑江村\n各位代表：", ["洛桑江村（自治区主席）"]),
        ("县委书记刘和平在会上表示，要干。", ["刘和平（县委书记）"]),
        ("市场监管总局局长罗文表示，要快。", ["罗文（市场监管总局局长）"]),
        ("县长高峰主持会议。高峰强调，要错开用电高峰。", ["高峰（县长）"]),  # a word, and a name
        ("县长贺江致辞，人大代表余春说：“好。”", ["贺江（县长）", "余春（人大代表）"]),
        ("州委书记仁青加主持会议。", ["仁青加（州委书记）"]),
        ("旗长巴特尔，旗委书记孟和先后讲话。", ["巴特尔（旗长）", "孟和（旗委书记）"]),
        ("盟委书记罗志虎到我旗调研。他强调，要快。", ["罗志虎（盟委书记）"]),
        ("县长王海受县委委托，向大会作了报告。", ["王海（县长）"]),
        (
            "省农业厅副厅长王沛，省统计局副局长刘慧先后发言。",
            ["王沛（省农业厅副厅长）", "刘慧（省统计局副局长）"],
        ),
        ("记者：怎样？\n冯毅（松溪县委书记）：很好。", ["冯毅（松溪县委书记）"]),
        ("镇党委书记代民同志主持会议。", ["代民（镇党委书记）"]),
        ("我们采访了吉水县委书记肖梓才。", ["肖梓才（吉水县委书记）"]),
        # names no surname tells: what follows the office speaks elsewhere
        ("旗委书记额尔德木图作报告。额尔德木图在报告中说，要快。", ["额尔德木图（旗委书记）"]),
        ("专访县长仉振宏。\n记者：怎样？\n仉振宏：很好。", ["仉振宏（县长）"]),
        ("本台记者对民政部部长苗禾进行了专访。苗禾表示，要稳。", ["苗禾（民政部部长）"]),
        ("县长会见了到访的东山区区长钱前。钱前对接待表示感谢。", ["钱前（东山区区长）"]),
        ("县委书记高远到敬老院看望老人。高远叮嘱院长，要细心。", ["高远（县委书记）"]),
        ("地区专员次旺陪同。座谈会上，次旺代表地委致辞。", ["次旺（地区专员）"]),
        ("州委书记索朗多吉在东山主持召开会议。", ["索朗多吉（州委书记）"]),
        # the head of a speech, what is proposed or explained, who goes about and talks
        ("县长文海在全县修路现场会上的讲话\n今天讲三点。", ["文海（县长）"]),
        ("在全县总结大会上的发言\n马海\n2018年10月17日\n同志们：\n路通了。", ["马海"]),
        ("政委唐守在闭幕讲话中说，要快。", ["唐守（政委）"]),
        ("镇人大主席金海提议，每人认领一个难点。", ["金海（镇人大主席）"]),
        ("副旗长韩志、周远出席。韩志就供热管网改造作了说明。", ["韩志（副旗长）"]),
        ("市长赖明带着几个局长来看灾。他对记者说，要快。", ["赖明（市长）"]),
        # who reports, answers, explains or asks, in whatever office or none
        ("县农业局局长卢艳汇报了完成情况：存栏稳定。", ["卢艳（县农业局局长）"]),
        ("省交通厅副厅长郝志回应说，要取缔一批。", ["郝志（省交通厅副厅长）"]),
        ("市自然资源局局长方小燕解释了报批时限。", ["方小燕（市自然资源局局长）"]),
        ("县长刘治提出，要打响牌子。", ["刘治（县长）"]),
        ("区长唐文结合设区谈了体会。", ["唐文（区长）"]),
        ("县委副书记汪孝领学了《准则》。", ["汪孝（县委副书记）"]),
        ("村民魏福说，炉子发下来了。", ["魏福（村民）"]),
        ("养殖户代表鞠长海直言，养不起好种。", ["鞠长海（养殖户代表）"]),
        ("青山村村民朱本在会上说：“剩一溜能种啥？”", ["朱本（青山村村民）"]),
        ("镇长候选人刘贵就抓落实作了发言。", ["刘贵（镇长候选人）"]),
        ("县委副书记、县长洛桑旺扎通报了受灾情况。", ["洛桑旺扎（县委副书记、县长）"]),
        ("乡长白玛措姆说，先保人。", ["白玛措姆（乡长）"]),
        ("区委书记司马长青到馆。司马长青对干部们说，要严。", ["司马长青（区委书记）"]),
        (
            "在造林现场会上的讲话\n佟山\n（4月12日，根据录音整理，未经审阅）\n同志们，风大。",
            ["佟山"],
        ),
        ("（2020年6月3日）\n曹建新\n同志们、朋友们：\n今天开会。", ["曹建新"]),
        ("国家林草局草原司副司长关大伟致辞时说，要快。", ["关大伟（国家林草局草原司副司长）"]),
        ("青山村村民王元摸着驴脖子说，“养得起。”", ["王元（青山村村民）"]),
        ("记者：怎么看？\n何光荣：减的是老树。\n记者：还有呢？\n何光荣：等。", ["何光荣"]),
        ("网友“山里人”：路灯亮吗？\n康守田：亮。", ["康守田"]),
        ("问：难吗？\n周书记：难。\n问：怕吗？\n王县长：怕。", []),
        ("国家主席胡某说，要快。记者：你好？\n读者：好。", []),
        ("县长听取汇报了解情况。农民工工资要发放。村民自治要规范。", []),
        ("县长李明听取了汇报。移民安置说，要快。", []),
        ("当年老书记谷明带着军民种树。他要求人人动手。", []),
        ("代表发言踊跃。祁连的代表说，湿地变好了。", []),
        ("县委常委班子召开会议，常委班子作了对照检查，班子成员发言。", []),
        ("县长办公会议召开。会议强调，要快。市长表扬了他。表扬说明一切。", []),
    ],
)
def test_office_and_name_are_cut_where_they_end(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "县委书记要深入学习，县委书记是关键。",
        "省长高度重视，要求抓落实。",
        "学习贯彻省委书记易炼红在萍乡调研时的讲话精神。",
        "贯彻省委书记易炼红重要讲话精神，区长要求抓落实。",
        "省领导侯淅珉、郭元强出席。省委书记刘奇参加植树。",
        "社区书记说：“好。”",
        "贯彻市委书记陈一鸣的要求，会议强调要快。",
        "县长李宁出席，会议强调要快。",
        "县委书记亲自主持，县长分别主持会议。",
        "全县各级强调，要快。与会同志表示，要快。",
        "（作者李明，系县委办公室主任）",
        "习近平总书记强调，要干。",
    ],
)
def test_those_who_do_not_speak_are_not_named(text):
    assert speakers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "做好重点工作，各项工作和民生工作。落实指挥长工作制度。工作强调实效。",
        "自治区党委常委集体调研时指出：“要抓紧。”",
        "引导农民按照新民居要求建房。",
        "健全校长定期交流制度。市领导听取意见，定期强调安全，定期研究。",  # a word, no surname
        "落实县长项目负责制。重大项目、工业项目、新项目开工，项目指出方向。",  # 项 is a surname
    ],
)
def test_two_signs_without_a_surname_and_words_of_time_are_no_names(text):
    assert speakers(text) == []


def test_a_bare_name_that_speaks_later_counts():
    text = "省委书记刘奇出席会议。\n刘奇强调，要抓落实。"
    assert speakers(text) == ["刘奇（省委书记）"]


def test_the_quote_stands_in_the_raw_text():
    text = "9月13日，江西省委书记刘奇主持会议。"
    piece = speaker_evidence(page(text))[0]
    assert piece.quote == "江西省委书记刘奇" == text[piece.start : piece.end]


@settings(deadline=None, max_examples=80)
@given(st.text(st.sampled_from("省委书记县长王刘奇·强调，。、主持 \n兼\ud800"), max_size=80))
def test_any_text_names_each_speaker_once(text):
    values = speakers(text)
    names = [v.split("（")[0] for v in values]
    assert len(names) == len(set(names))
    assert all(len(name.split("·")[0]) >= 2 for name in names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在全省会议上的讲话\n（2010年4月6日）王小明同志们：今天开会。", ["王小明"]),
        ("旗人民政府代旗长 双宝\n各位代表：", ["双宝（代旗长）"]),
        ("县委副书记参加会议。王小明主持会议。", ["王小明"]),
        ("会上，各界发言。李小荣委员在发言中说，要植树。", ["李小荣（委员）"]),
        ("嘉宾是河北省委书记白志明。\n白志明：您好。", ["白志明（河北省委书记）"]),
        ("大家好。镇党委书记陈小超部署工作。她指出，要抓紧。", ["陈小超（镇党委书记）"]),
        ("工作安排同志们：今天开会。\n安排主持会议。", []),
    ],
)
def test_names_without_office_and_those_told_of_next(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize("sign", ["\ue000", "◆", "\x00"])
def test_signs_of_a_page_are_no_names_of_those_who_speak(sign):
    text = f"县长{sign}王刚调研。\n县委书记李明到会。\n{sign}县长{sign}李明强调要抓落实。"
    assert [value.split("（")[0] for value in speakers(text)] == ["李明"]


def test_an_office_begins_behind_by_whom():
    assert speakers("大会由执行主席李平主持。") == ["李平（执行主席）"]
    assert speakers("会议听取了大会副秘书长李平作的说明。") == ["李平（大会副秘书长）"]
