"""Meetings, phrases and leaders: which side of a text they lie on, and what windows they give."""

import pytest

from difang.corpus.calendar import (
    CALENDAR,
    LEADERS,
    PHRASES,
    find,
    read_dated,
)
from difang.corpus.cues import _named as named
from difang.corpus.cues import cues
from difang.corpus.edits import Offsets
from difang.corpus.evidence import Page
from difang.corpus.landmarks import calendar_evidence, leader_evidence, phrase_evidence
from difang.corpus.reference import ReferenceTableError

CONGRESS = "2022-10-22/.."


def run(infer, text, province=None):
    page = Page("a", text, text, Offsets([]))
    return infer(page, find(text), province)


def windows(text, province=None):
    pieces = run(calendar_evidence, text, province)
    return {e.value for e in pieces if e.rule == "party_calendar"}


@pytest.mark.parametrize(
    "text",
    [
        "学习贯彻党的二十大精神",
        "党的二十大以来",
        "认真落实党的二十大和省委全会精神",
        "党的二十大胜利闭幕以后",
        "把思想统一到二十大精神上来",
        "中共二十大精神",
    ],
)
def test_meetings_behind(text):
    assert windows(text) == {CONGRESS}


@pytest.mark.parametrize(
    "text",
    [
        "为党的二十大胜利召开营造平稳环境",
        "以优异成绩迎接党的二十大",
        "喜迎二十大",
        "迎接党的二十大胜利召开",
        "党的二十大即将召开",
        "为党的二十大和省党代会召开创造良好环境",
        "向党的二十大献礼",
    ],
)
def test_meetings_ahead(text):
    assert windows(text) == {"2021-10-01/2022-10-16"}  # called in the autumn before


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("今年将召开党的二十大和省党代会", "2022-01-01/2022-10-16"),
        ("十八届三中全会下半年就要召开", "2013-01-01/2013-11-09"),
        ("十八届三中全会即将召开", "../2013-11-09"),
    ],
)
def test_a_meeting_ahead_within_the_year_gives_the_year(text, window):
    assert windows(text) == {window}


@pytest.mark.parametrize(
    "text",
    [
        "推荐二十大代表",
        "做好党的二十大安保工作",
        "迎接和学习贯彻党的二十大精神",
        "2022年是党的二十大召开之年",
        "实施二十大工程、十九大项目",
        "迎接党的二十大召开，学习党的二十大精神",
        "开展2021年中央经济工作",
    ],
)
def test_meetings_that_date_nothing(text):
    assert windows(text) == set()


def test_a_report_given_at_a_meeting_dates_from_its_first_day():
    assert windows("党的二十大报告指出") == {"2022-10-16/.."}


def test_the_majority_of_mentions_decides():
    text = "去年喜迎党的二十大。学习党的二十大精神。落实党的二十大精神。"
    assert windows(text) == {CONGRESS}
    assert {e.confidence for e in run(calendar_evidence, text)} == {"medium"}


def test_what_is_passed_down_is_fresh():
    passed = run(calendar_evidence, "会议传达学习了党的二十大精神。")
    assert {e.value for e in passed if e.rule == "conveyed"} == {"2022-10-22/2023-03-21"}
    studied = run(calendar_evidence, "深入学习贯彻党的二十大精神。")
    assert not [e for e in studied if e.rule == "conveyed"]


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("党的十八大刚刚闭幕，形势喜人。", "just_over", "2012-11-14/2012-12-29"),
        ("学习刚刚闭幕的党的十九大精神。", "just_over", "2017-10-24/2017-12-08"),
        ("党的十八大闭幕以来，形势喜人。", "just_over", None),
        ("传达学习中央城市工作会议精神。", "conveyed",
         "2015-12-21/2016-05-19|2025-07-15/2025-12-12"),
        ("贯彻中央城市工作会议精神。", "conveyed", None),
        ("传达学习习近平总书记在湖南考察时的重要讲话精神。", "conveyed",
         "2013-11-05/2014-04-04|2020-09-18/2021-02-15|2024-03-21/2024-08-18"),
        ("学习习近平总书记在湖南考察时的重要讲话精神。", "conveyed", None),
        ("会议学习了习近平同志在庆祝中国共产党成立95周年大会上的讲话。", "conveyed",
         "2016-07-01/2016-11-28"),
        ("党的十七大胜利闭幕后的第一个工作日，县里开会。", "just_over", "2007-10-21/2007-12-05"),
        ("党的十八大14日在北京胜利闭幕。", "just_over", "2012-11-14/2012-12-29"),
        ("党的十七大胜利闭幕后的第一个春节，县里开会。", "just_over", None),
        ("传达学习中央经济工作会议精神。", "conveyed", None),  # held each year
    ],
)  # fmt: skip
def test_what_is_new_lies_near_one_of_its_meetings(text, rule, value):
    assert [e.value for e in run(calendar_evidence, text) if e.rule == rule] == [value] * bool(
        value
    )


def test_of_meetings_of_one_name_the_first_is_surely_behind():
    assert windows("贯彻中央城市工作会议精神") == {"2015-12-21/.."}
    assert windows("贯彻习近平总书记考察江西重要讲话精神") == {"2016-02-03/.."}
    assert windows("传达学习习近平总书记视察新疆重要讲话精神") == {"2014-04-30/.."}
    assert windows("贯彻总书记考察江西重要讲话精神") == set()  # there were others before
    visits = run(calendar_evidence, "贯彻习近平总书记考察江西重要讲话精神")
    assert [e.confidence for e in visits] == ["medium"]  # nobody has checked the table
    assert windows("县里赴江西考察学习") == set()


def test_autonomous_regions_count_their_sessions_in_three_ways():
    found = run(calendar_evidence, "出席自治区十二届人大二次会议的某盟代表团审议报告。")
    assert [e.value for e in found if e.rule == "attended"] == [
        "2014-01-01/2014-03-09|2019-01-01/2019-03-09|2024-01-01/2024-03-09"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("国家主席在纪念红军长征胜利80周年大会上发表讲话。", {"2016-10-21/.."}),
        ("全国脱贫攻坚总结表彰大会隆重举行。", {"2021-02-25/.."}),
        ("香港回归以来，两地往来更密。", {"1997-07-01/.."}),
        ("我国加入世贸组织在即，企业要早作准备。", {"../2001-12-11"}),
        ("适应加入世贸组织要求，修订法规。", set()),  # so it was said before and after
        ("以迎接澳门回归为契机，整治市容。", set()),
        ("北京冬奥会、冬残奥会总结表彰大会隆重召开。", {"2022-04-08/.."}),  # not the games
    ],
)
def test_rallies_and_turning_points_lie_behind_or_ahead(text, found):
    assert windows(text) == found


def test_a_newer_gathering_hides_no_milestone():
    text = "学习党的十九大精神，学习习近平总书记在庆祝改革开放40周年大会上的讲话。"
    assert "next_not_named" in {e.rule for e in run(calendar_evidence, text)}


def test_each_plenum_of_a_list_is_read():
    found = windows("贯彻十九届二中、三中、四中全会精神")
    assert found == {"2018-01-19/..", "2018-02-28/..", "2019-10-31/.."}


def test_a_meeting_not_held_yet_when_it_is_decided_on():
    assert windows("中央政治局会议决定召开二十届二中全会") == set()


def test_a_provincial_meeting_counts_in_its_province_only():
    text = "贯彻省委十四届六次全会精神"
    assert windows(text, "江西省") == {"2018-07-31/.."}
    assert windows(text, "湖北省") == windows(text) == set()


def test_the_next_congress_bounds_a_text_that_studies_the_last_and_does_not_name_it():
    def bounds(text):
        pieces = run(calendar_evidence, text)
        return [(e.value, e.confidence) for e in pieces if e.rule == "next_not_named"]

    assert bounds("学习贯彻党的十九大精神") == [("../2022-10-22", "medium")]
    assert bounds("学习贯彻党的十九大精神，喜迎党的二十大") == []
    assert bounds("党的十八大以来") == []
    assert bounds("贯彻十九届四中全会精神") == [("../2020-10-29", "medium")]


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("省政协十三届四次会议举行大会。", "attended", "2026-01-01/2026-03-09"),
        ("出席某省第十二届人民代表大会第二次会议的代表。", "attended", "2014-01-01/2014-03-09"),
        ("全国政协十三届四次会议开幕。", "attended", "2021-02-28/2021-03-14"),
        ("贯彻省政协十一届三次会议精神", "party_calendar", "2015-01-05/.."),
        ("省政协十一届三次会议召开后", "", ""),
        ("省十二届人大常委会第二次会议开幕。", "", ""),
    ],
)
def test_a_session_that_sits_gives_its_days_and_a_provincial_one_its_season(text, rule, value):
    found = [(e.rule, e.value) for e in run(calendar_evidence, text)]
    assert ((rule, value) in found) if rule else (not [r for r, _ in found if r == "attended"])


def test_phrases_bound_from_below_hard_ones_only():
    pieces = run(phrase_evidence, "深刻领悟“两个确立”，推动高质量发展")
    found = {(e.quote, e.value, e.confidence) for e in pieces}
    assert ("“两个确立”", "2021-11-01/..", "medium") in found
    assert ("高质量发展", "2017-10-01/..", "low") in found


def test_a_campaign_dates_from_its_announcement():
    pieces = run(phrase_evidence, "深入开展“不忘初心、牢记使命”主题教育")
    starts = {e.value for e in pieces if e.quote.startswith("“") and e.rule == "dated_phrase"}
    assert starts == {"2017-10-18/.."}  # the congress report; it opened on 2019-05-31


def test_fading_is_a_hint_and_provincial_phrases_need_their_province():
    text = "落实“六个江西”目标"
    assert run(phrase_evidence, text, "湖北省") == []
    pieces = run(phrase_evidence, text, "江西省")
    assert [(e.value, e.confidence) for e in pieces] == [
        ("2021-11-01/..", "medium"),
        ("../2022-12-31", "low"),
    ]


@pytest.mark.parametrize(
    ("text", "province", "window"),
    [
        ("省委书记应勇主持会议", "湖北省", "2020-02-13/2022-03-29"),
        ("湖北省委书记应勇主持会议", None, "2020-02-13/2022-03-29"),
        ("省委副书记、省长王忠林出席", "湖北省", "2021-05-07/2025-01-02"),
        ("省委副书记、代省长易炼红主持", "江西省", "2018-08-06/2019-02-06"),
        ("省委书记易炼红", "江西省", "2021-10-18/2022-12-07"),
        ("省委书记易炼红", None, "2021-10-18/2022-12-07|2022-12-07/2024-10-28"),
        ("江西省人民政府省长 刘 奇", "江西省", "2016-07-01/2018-08-06"),
    ],
)
def test_terms_of_office(text, province, window):
    assert [e.value for e in run(leader_evidence, text, province)] == [window]


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("刘奇强调", "江西省"),
        ("原省委书记刘奇", "江西省"),
        ("时任省长刘奇", "江西省"),
        ("副省长刘奇", "江西省"),
        ("省委书记刘奇", "湖南省"),
        ("省委书记。刘奇说", "江西省"),
    ],
)
def test_names_that_date_nothing(text, province):
    assert run(leader_evidence, text, province) == []


def test_no_piece_says_the_province():
    pieces = run(leader_evidence, "省委书记应勇主持会议")
    assert {e.field for e in pieces} == {"date"}


@pytest.mark.parametrize("name", [CALENDAR, PHRASES, LEADERS])
def test_the_tables_can_be_read(name):
    assert len(read_dated(name)) > 100


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("kind,name,aliases,start,end,confidence\nplenum,x,,2018-13-40,,high\n",
         r"line 2: start '2018-13-40' is no date\. Write 2021, 2021-11 or 2021-11-08"),
        ("kind,name,aliases,start,end,confidence\nplenum,x,,2018,,high,a,b\n",
         r"line 2\. It has more cells than the first line\. Put a cell .* in double quotes"),
        ("kind,name\nplenum,x\n", r"aliases, start, end, confidence is missing\. Write the header"),
    ],
)  # fmt: skip
def test_a_bad_table_says_where(tmp_path, rows, message):
    (tmp_path / CALENDAR).write_text(rows, encoding="utf-8")
    with pytest.raises(ReferenceTableError, match=message):
        read_dated(CALENDAR, tmp_path)


def test_a_pattern_that_is_none_says_so(tmp_path, monkeypatch):
    (tmp_path / "meeting_cues.csv").write_text("side,kinds,pattern,reason\npast,,(◆,x\n", "utf-8")
    monkeypatch.setattr("difang.project.REFERENCE", tmp_path)
    with pytest.raises(ReferenceTableError, match=r"meeting_cues\.csv: \(◆ is no pattern"):
        cues.__wrapped__("meeting_cues.csv")


def test_a_missing_table_says_so(tmp_path):
    with pytest.raises(ReferenceTableError, match="Restore it"):
        read_dated(CALENDAR, tmp_path)


def test_an_office_may_stand_behind_the_name():
    found = run(leader_evidence, "王忠林省长主持会议", "湖北省")
    assert [e.value for e in found] == ["2021-05-07/2025-01-02"]
    assert run(leader_evidence, "王忠林副省长主持会议", "湖北省") == []


def test_a_phrase_cut_out_of_other_words_dates_nothing():
    assert [e.quote for e in run(phrase_evidence, "贯彻新发展理念")]
    assert run(phrase_evidence, "贯彻创新发展理念，提高质量发展水平") == []


def test_a_session_that_is_attended_gives_its_days():
    there = run(calendar_evidence, "出席十三届全国人大四次会议的某省代表团开会。")
    assert [e.value for e in there if e.rule == "attended"] == ["2021-03-01/2021-03-15"]
    back = run(calendar_evidence, "学习十三届全国人大四次会议精神。")
    assert not [e for e in back if e.rule == "attended"]


def test_two_patterns_of_one_name_are_named(tmp_path, monkeypatch):
    table = "name,pattern,what\nHOST,县,a county\nHOST,市,a city\n"
    (tmp_path / "patterns.csv").write_text(table, "utf-8")
    monkeypatch.setattr("difang.project.REFERENCE", tmp_path)
    with pytest.raises(ReferenceTableError, match=r"patterns\.csv: it names HOST twice\. Rename"):
        named.__wrapped__()


def test_a_typhoon_is_named_before_it_lands_and_an_earthquake_is_not() -> None:
    assert windows("强台风“莫兰蒂”正面袭击我省。") == {"2016-09-05/.."}  # landed 2016-09-15
    assert [e.value for e in run(calendar_evidence, "玉树地震灾区的孩子没有课桌。")] == [
        "2010-04-14/.."
    ]
