"""Dates a text states: its own are taken, those of other events are not."""

import dataclasses

import pytest

from difang.corpus.cleaning import Moved, clean
from difang.corpus.dates import published, stated_dates
from difang.corpus.edits import Offsets, change
from difang.corpus.evidence import Page
from difang.corpus.mentions import mentions
from difang.corpus.years import stated_years

NAMED = "work_of_year"


def page(text, doc_id="a"):
    return Page(doc_id, text, text, Offsets([]))


def dates(text):
    return [(e.value, e.rule) for e in stated_dates(page(text)) if e.field == "date"]


def years(text):
    return [(e.value, e.rule) for e in stated_years(page(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2018年9月13日", "2018-09-13"),
        ("2018 年 9 月 13 日", "2018-09-13"),
        ("2018-9-13", "2018-09-13"),
        ("2018.09.13", "2018-09-13"),
        ("2018/09/13", "2018-09-13"),
        ("二〇二〇年一月十日", "2020-01-10"),
        ("二○一九年十二月三十一日", "2019-12-31"),
        ("２０１８年９月１３日", "2018-09-13"),
        ("（20230102）", "2023-01-02"),
        ("十一月二十日", "--11-20"),
        ("9月3号", "--09-03"),
        ("3月4下午", "--03-04"),
        ("14年11月20日", "2014-11-20"),
        ("09年9月9日", "2009-09-09"),
        ("二OO八年一月七日", "2008-01-07"),
    ],
)
def test_forms_of_a_day(text, value):
    assert [m.value for m in mentions(text)] == [value]


@pytest.mark.parametrize(
    "text", ["2018年13月1日", "2月30日", "112018-01-015", "1.5.3", "电话2018-0913", "第20230102号"]
)
def test_what_is_no_day(text):
    assert list(mentions(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1月6日至8日，市委书记到各县调研。", "--01-06"),
        ("2026年1月6日至8日，市委书记到各县调研。", "2026-01-06/2026-01-08"),
        ("2025年12月30日-1月2日，市委书记到各县调研。", "2025-12-30/2026-01-02"),
    ],
)
def test_an_event_of_several_days(text, found):
    assert dates(text + "会" * 60) == [(found, "lead_days")]


def test_a_meeting_that_is_decided_on_is_not_the_day():
    for text in (
        "会议决定区人代会于2022年1月8日至11日召开。",
        "——决定区人代会于2022年1月8日至11日召开\n",
    ):
        assert dates(text + "会" * 60) == []


@pytest.mark.parametrize(
    "text",
    ["某日报 2018年01月03日\n州里开会。", "2021-07-26\n市里开会。", "2009年2月28日 星期六\n开会。"],
)
def test_a_stamp_of_the_page_is_not_the_day(text):
    assert dates(text + "会" * 60) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "政府工作报告\n——2020年5月9日在四川省第十三届人民代表大会上\n省长 尹力\n各位代表：\n",
            "2020-05-09",
        ),
        ("（2019年1月14日）\n各位代表：\n现在", "2019-01-14"),
        ("文 号：\n——2010年5月31日在某市人民代表大会上\n各位代表：\n", "2010-05-31"),
        ("工作报告\n——2009年1月在黑龙江省人民代表大会上\n", "2009-01"),
        ("——3 月 1 日 在市第十三届人民代表大会上\n各位代表：\n", "--03-01"),
    ],
)
def test_title_block(text, found):
    assert dates(text) == [(found, "title_block")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12月28日，省委召开工作交流会。", "--12-28"),
        ("本报讯（记者 张三）9月13日，市委书记调研。", "--09-13"),
        ("如何学习的？11月15日，栏目邀请了县委书记。", "--11-15"),
        ("全市工作会议于3月5日在市会议中心召开。", "--03-05"),
        ("新闻：今天（2月17日）上午举行座谈会。", "--02-17"),
        ("同志们：\n今天是2月21日，圣火昨晚熄灭。", "--02-21"),
        ("按照统一安排，2月3日，代表团召开会议。", "--02-03"),
        ("为进一步统一思想，凝聚共识，持续改善人居环境，9月24日，推进会在某县召开。", "--09-24"),
        ("表态发言某县县长（2026年2月6日）各位代表：今天，大会选举我。", "2026-02-06"),
        ("本报讯 记者 王艳8月23日上午，大会开幕。", "--08-23"),
        (
            "大会在完成各项议程后，于2016年7月29日上午在县城胜利闭幕。到2020年只有四年。",
            "2016-07-29",
        ),
        ("网讯 据报报道 8月8日上午，会议召开。", "--08-08"),
    ],
)
def test_lead(text, found):
    assert dates(text + "会" * 60) == [(found, "lead")]


@pytest.mark.parametrize(
    "text",
    [
        "截至11月6日，全县落实资金三亿元。",
        "自1月1日起施行。",
        "5月12日汶川特大地震发生后，我市干部群众踊跃捐款。",
        "会议指出，6月1日总体方案对外公布以来，各界反响热烈。",
        "深入学习贯彻习近平总书记7月23日重要讲话精神。",
        "2015年1月12日，习近平总书记在北京同县委书记座谈。",
        "1月1日以来，全市新增项目十个。",
        "来源：新华网 2019年3月5日",
        "2019年3月5日 08:30\n近日，",
        "“7·1”讲话发表以后，干部群众备受鼓舞。",
    ],
)
def test_days_of_other_events_are_not_taken(text):
    assert dates(text + "会" * 60) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("今天下午（12月26日），市人大开会。", ["--12-26"]),
        ("在线访谈\n访谈时间：2010年8月12日 9:30\n嘉宾：某局长", ["2010-08-12"]),
        ("会议时间:2010-8-12\n地点：二楼", ["2010-08-12"]),
        ("在某会上的讲话\n2011.3.18\n同志们：\n这次会议很重要。", ["2011-03-18"]),
        ("在某会上的讲话\n2011.3.18\n近日，县里开会。", []),  # a stamp
        ("受理时间：2010年8月12日\n地点：二楼", []),
        ("关于召开会议的通知\n会议时间：2010年8月12日\n请准时参加。", []),  # still to come
    ],
)
def test_a_label_names_the_day_of_the_event(text, found):
    assert [value for value, _ in dates(text + "会" * 60)] == found


@pytest.mark.parametrize(
    "text",
    [
        "县委会议传达2012年4月25日省委会议精神，部署工作。",
        "大桥将于2012年10月12日建成。",
        "贯彻2012年4月25日省委会议精神。",
        "1998年3月12日，镇里开会承包荒山，2018年产值过亿元。",  # recounted
    ],
)
def test_days_of_other_events_are_not_the_day(text):
    assert dates(text + "会" * 60) == []


@pytest.mark.parametrize(
    ("raw", "value", "rule"),
    [
        ("县里开会。\n发布时间：2014-02-12 18:20:33", "2014-02-12", "header_date"),
        ("某报数字版　第1831期　2014年9月25日　要闻版\n昨天开会。", "2014-09-25", "header_date"),
        ("某刊 2017年4月18日 星期二 03版\n开会。", "2017-04-18", "header_date"),
        ("某某论坛 > 时政\n楼主 发表于 2011-3-8 22:10\n开会。", "2011-03-08", "forum_date"),
        ("某县零距离\n融媒 2021-05-13 21:30 发表于某地\n开会。", "2021-05-13", "header_date"),
        ("报名截至 2021-05-13 21:30\n开会。", None, None),
        ("全县开会。书记于 2021-05-13 21:30 到会。\n开会。", None, None),  # a sentence
        ("开会。\n（本文來源：2013-07-31 某某日報A1版）", "2013-07-31", "header_date"),
        ("访州长\n作者：小王　注册：2005-11-3\n开会。", None, None),  # a user joined then
        ("第一文库网\n更新时间：2015-07-30\n开会。", "2015-07-30", "repost_date"),
        ("转载请注明出处\n更新时间：2015-07-30\n开会。", "2015-07-30", "header_date"),
        ("2014年9月25日，县里开会。", None, None),
        ("据《某某日报》2019年3月5日报道，各地开会。", None, None),
        ("今天是2021年3月5日 第12期\n县里开会。", None, None),  # the day the page was saved
    ],
)
def test_the_day_of_publication_behind_a_label_or_in_the_line_of_a_paper(raw, value, rule):
    stamp = published(page(raw))
    assert (stamp and (stamp.value, stamp.rule)) == (value and (value, rule))
    assert stamp is None or raw[stamp.start : stamp.end] == stamp.quote


def test_the_day_on_top_on_which_a_page_was_read_is_no_stamp_where_there_is_another():
    text = "2023年03月29日 星期三\n县委开会\n发布日期：2021-03-05\n3月4日，县委开会。"
    stamps = [Moved("date_published", text[i : i + 11], i, i + 11, "header_date") for i in (0, 26)]
    for moved, value in ((stamps, "2021-03-05"), (stamps[:1], "2023-03-29")):
        stamp = published(Page("a", text, text, Offsets([]), tuple(moved)))
        assert stamp is not None
        assert stamp.value == value


def test_stamps_of_a_list_below_the_article_are_none_of_it():
    text = "县委开会。\n国内新闻精选：\n- 2025年07月16日\n- 2025年07月15日"
    stamps = [Moved("date_published", text[i : i + 11], i, i + 11, "header_date") for i in (16, 30)]
    clean_text = Page("a", text, text[:5], Offsets([change(text, 5, len(text), "", "x")]), ())
    for moved, value in ((stamps, None), (stamps[:1], "2025-07-16")):
        stamp = published(dataclasses.replace(clean_text, moved=tuple(moved)))
        assert (stamp and stamp.value) == value


def test_the_clock_of_a_site_is_no_stamp():
    text = "今天是2021年3月5日 星期五\n县里开会。"
    for start, value in ((3, None), (0, "2021-03-05")):
        moved = (Moved("date_published", "2021年3月5日", start, start + 9, "header"),)
        stamp = published(Page("a", text, text, Offsets([]), moved))
        assert (stamp and stamp.value) == value


@pytest.mark.parametrize(
    "foot",
    [
        "某县人民政府\n2019年3月5日\n抄送：县委办公室。\n某县政府办公室 2019年3月6日印发",
        "某县人民政府\n二O一九年三月五日\n（此件公开发布）",
        "某镇\n2019年3月5日\n附件：1.名单",
        "（某社某地2019年3月5日电）",
    ],
)
def test_what_may_stand_below_a_signature(foot):
    assert dates("通知如下。" * 40 + "\n" + foot) == [("2019-03-05", "signature")]


def test_a_day_on_its_own_line_amid_the_text_is_no_signature():
    assert dates("通知如下。" * 40 + "\n2019年3月5日\n县里又开会，" + "通知如下。" * 9) == []


NOTICE = (
    "关于印发造林方案的通知\n各乡镇人民政府：\n现将《造林方案》印发给你们，请认真落实。\n"
    "某某县人民政府\n二〇〇九年二月十日\n"
)


def test_a_notice_is_signed_above_what_it_hands_down():
    plan = "造林方案\n2009年3月1日至4月10日集中造林。" + "各乡镇要加强领导。" * 30
    assert dates(NOTICE + plan) == [("2009-02-10", "signature")]
    assert dates(NOTICE.replace("二〇〇九年二月十日\n", "") + plan) == []


def test_who_sends_a_text_in_does_so_soon():
    text = "我们村的房子都盖好了。" * 9 + "\n（县委宣传部 供稿）\n2010年5月11日"
    assert dates(text) == [("2010-04-10/2010-05-11", "signature")]


@pytest.mark.parametrize(
    ("line", "found"),
    [("（3月8日）", [("--03-08", "title_block")]), ("（3月8日晚补记）", []), ("3月8日", [])],
)
def test_a_day_alone_in_brackets_below_a_title_is_its_own(line, found):
    assert dates(f"在春耕动员会上的讲话\n{line}\n同志们：\n" + "下面我讲三点。" * 60) == found


def test_signature():
    assert dates("通知如下。" * 40 + "\n某某县人民政府\n2019年3月5日\n") == [
        ("2019-03-05", "signature")
    ]


def test_a_day_within_the_last_sentence_is_no_signature():
    assert dates("通知如下。" * 40 + "\n请于2019年3月5日\n前报送，逾期不候。") == []


REPORT = "各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (REPORT + "一、2019年工作回顾\n略\n二、2020年工作安排\n略", "2020-01-01/2020-12-31"),
        (REPORT + "一、五年回顾\n略\n二、2018年工作\n到2022年，翻一番。", "2018-01-01/2018-12-31"),
        (REPORT + "一、2005年工作\n略\n二、到2010年的目标\n略\n三、2006年主要工作\n",
         "2006-01-01/2006-12-31"),
        (REPORT + "一、2013年工作回顾\n今年是不平凡的一年。\n二、2014年工作\n" + "明年要抓好。" * 4,
         "2013-11-01/2013-12-31"),
        (REPORT + "一、2019年工作回顾\n略\n二、下一步工作\n略", "2020-01-01/2020-12-31"),
        (REPORT + "2012年，面对下行压力，我们攻坚克难。", "2013-01-01/2013-12-31"),
        (REPORT + "2007年，是本届的最后一年。主要预期目标是：增长10%。", "2007-01-01/2007-12-31"),
        (REPORT + "一、过去五年\n略\n二、二○○八年的主要任务\n略", "2008-01-01/2008-12-31"),
        (REPORT + "一、五年来的工作\n略\n二、明年（2022年）的重点工作\n", "2021-11-01/2021-12-31"),
        (REPORT + "2013年，我县攻坚克难。\n2.做好2022年冬奥会服务；\n2019年总结精选三篇\n",
         "2014-01-01/2014-12-31"),
        (REPORT + "今年，是全面深化改革的第一年。", "2014-01-01/2014-12-31"),
    ],
)  # fmt: skip
def test_year_of_a_report(text, found):
    assert found in [value for value, _ in years(text)]


def test_a_title_names_a_report_and_its_year_stands_over_a_guess():
    text = "2021年，面对疫情，我们攻坚克难。\n2022年，将迎来新的一届。"
    told = stated_years(dataclasses.replace(page(text), title="某县政府工作报告（节选）"))
    assert [(e.value, e.rule) for e in told] == [("2022-01-01/2022-12-31", "report_year")]
    dated = stated_years(dataclasses.replace(page(text), title="某县2021年政府工作报告"))
    assert not [e for e in dated if e.rule == "report_year"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("就各自分管线2022年重点工作作了交流发言。", [("2021-11-01/2022-12-31", "plan_year")]),
        (
            "总结2021年工作，部署2022年各项工作。",
            [("2021-11-01/2022-12-31", "plan_year"), ("2021-11-01/2022-07-31", "year_turns")],
        ),
        ("今年是“十四五”开局之年。", [("2021-01-01/2021-12-31", "this_year")]),
        ("会议通报了2020年度民主生活会整改落实情况。", [("2021-01-01/2022-07-31", "last_meeting")]),
        (
            "县委召开2020年度民主生活会，李明主持。",
            [("2020-06-01/2021-04-30", "meeting_over_year")],
        ),
        ("今年是“十二五”的头一年。", [("2011-01-01/2011-12-31", "this_year")]),
        ("召开“十五五”开局首季调度会。", [("2025-12-01/2026-12-31", "plan_first")]),
        ("现就“十四五”开局重点工作通知如下。", [("2020-12-01/2021-12-31", "plan_first")]),
        ("谋划“十四五”工作，开局良好。", []),
        ("明年是“十三五”规划的收官之年。", [("2019-01-01/2019-12-31", "this_year")]),
        ("今年是新中国成立70周年。", [("2019-01-01/2019-12-31", "anniversary")]),
        ("今年是中国共产党成立100周年。", [("2021-01-01/2021-12-31", "anniversary")]),
        ("到2020年重点工作全面完成，实现2035年目标。", []),
        ("今年以来，去年同期，近日。", []),
        ("2021年是“十四五”开局之年。", [("2020-10-01/2022-04-30", "key_year")]),
        ("2021年是“十四五”开局之年，2022年继续。", []),
        ("会议指出，2009年十分关键。", [("2008-10-01/2009-12-31", "key_forward")]),
        ("为“十四五”开好局、起好步作贡献。", [("2020-10-01/2022-06-30", "plan_opens")]),
        ("今年是改革开放四十周年。", [("2018-01-01/2018-12-31", "anniversary")]),
        ("县委在建党90周年之际开会。", [("2011-01-01/2011-12-31", "anniversary_now")]),
        ("在党的生日九十周年过后不久，", [("2011-01-01/2011-12-31", "anniversary_now")]),
        ("新中国成立60周年刚过，", []),  # of whom is not said: no head of a clause
        (
            "会议就落实“十二五”规划第一年的任务提出要求。",
            [("2010-11-01/2011-12-31", "plan_opens_year")],
        ),
        ("受疫情影响，未脱贫的群众要倒排工期。", [("2020-01-20/2020-12-31", "named_year")]),
        ("疫情期间，全县未脱贫人口已全部脱贫，确保不返贫。", []),
        ("未脱贫的群众要倒排工期。", []),
        ("中心组集中学习《江泽民文选》。", [("2006-08-10/2006-12-31", "named_year")]),
        ("他爱读《江泽民文选》。", []),
        ("县里召开“美丽广西·清洁乡村”动员会。", [("2013-04-01/2013-12-31", "campaign_meeting")]),
        ("“美丽广西·清洁乡村”启动以来，", []),
        ("学习浦东开发开放三十周年大会精神。", []),
        ("“十三五”头一年就遇到大考。", [("2016-01-01/2016-12-31", "plan_opens_year")]),
        ("会议强调，“十一五”开局之年，要算账。", [("2006-01-01/2006-12-31", "plan_opens_year")]),
        ("“十三五”开局之年以来的成绩。", []),
        ("进入“十三五”的第三个年头。", [("2018-01-01/2018-12-31", "plan_goes_on")]),
        ("“十三五”前两年半，增长11%。", [("2018-06-01/2018-12-31", "plan_half")]),
        ("距离“十三五”收官只剩下不到五个月。", [("2020-01-01/2020-12-31", "plan_ends")]),
        ("“十二五”收官之年，任务很重。", [("2015-01-01/2015-12-31", "plan_ends")]),
        ("干了多久？从1998年在乡里算起，二十三年。", [("2021-01-01/2021-12-31", "years_counted")]),
        ("1987年，县里做了试验，二十七年了。", [("2014-01-01/2014-12-31", "years_counted")]),
        ("三十年前的1978年。", [("2008-01-01/2008-12-31", "years_counted")]),
        ("1987年至1995年，一共八年。", []),
        ("距离2020年全面脱贫只剩两年。", [("2018-01-01/2018-12-31", "years_counted")]),
        ("离2020年还有不到三年时间。", []),
        ("今年是全面深化改革的开局之年。", [("2014-01-01/2014-12-31", "this_year")]),
        ("要在“十三五”收官、“十四五”开局之际谋划。", [("2020-10-01/2021-06-30", "plans_turn")]),
        ("此事是在“十三五”收官、“十四五”开局之际办的。", [("2020-10-01/2021-06-30", "plans_turn")]),
        ("大桥预计2017年底建成，隧道计划2019年通车。", [("../2017-12-31", "due_year")]),
        ("大桥2017年底建成，恢复到2019年水平。", []),
        ("2008年，全县生产总值达20.1亿元，增长9%。", [("2008-12-01/..", "year_result")]),
        ("2008年，全县生产总值力争达20.1亿元。", []),
        ("2013年上半年增长12.6%。", [("2013-07-01/2013-12-31", "half_year")]),
        ("2013年上半年增长12.6%，2014年3月放缓。", []),
        ("督查组检查我县2017年重点改革落实情况。", [("2017-03-01/2018-07-31", "state_of_year")]),
        ("会议对2016年度优秀委员进行了表彰。", [("2016-06-01/2017-06-30", "commended")]),
        ("我县2015年梨花节圆满成功。", [("2015-01-01/2015-12-31", "fair_year")]),
        ("2019年前三季度增长6%。", [("2019-10-01/2020-01-31", "quarters")]),
        ("刚刚过去的2011年，硕果累累。", [("2011-12-20/2012-03-31", "year_gone")]),
        ("在即将过去的2011年里，硕果累累。", [("2011-11-15/2012-01-15", "year_going")]),
        ("2010年新春佳节即将到来之际。", [("2010-01-01/2010-03-05", "spring_of_year")]),
        ("某政发〔2008〕3号", [("2008-01-01/2008-12-31", "doc_number")]),
        ("按照某政发〔2008〕3号文件要求，现通知如下。", []),
        ("全县召开2022年度民主生活会。", [("2022-06-01/2023-04-30", "meeting_over_year")]),
        ("发文字号：某政办发〔2013〕57号　主题词：通知", [("2013-01-01/2013-12-31", "doc_number")]),
        ("庆祝第二十六个教师节。", [("2010-01-01/2010-12-31", "feast_number")]),
        ("第5个中国农民丰收节活动举行。", [("2022-01-01/2022-12-31", "feast_number")]),
        ("走访第二十六个村。", []),
        (
            "虎年将至，给大家拜年！",
            [("1998-01-01/1998-03-10|2010-01-01/2010-03-10|2022-01-01/2022-03-10", "animal_year")],
        ),
        ("他属虎，今年五十。", []),
        ("编制好“十二五”规划。", [("2009-06-01/2011-06-30", "plan_drafted")]),
        (
            "全会审议并通过了《关于制定全县第十三个五年规划的建议》。",
            [("2015-09-01/2016-03-31", "plan_proposed")],
        ),
        ("中心组学习《关于制定全县第十三个五年规划的建议》。", []),
        (
            "据报告，2010年全场实现产值3.2亿元，新建住房。今年要增长13%。",
            [("2011-01-01/2011-12-31", "year_reviewed")],
        ),
        ("2010年产值达3.2亿元。去年又增长12%。今年要增长13%。", []),
        ("2006年以来产值达3.2亿元。今年要增长13%。", []),
        ("2006年出台的意见实施后，产值达3.2亿元。今年要增长13%。", []),
        ("2006年产值达3.2亿元。新的一年要增长13%。", []),  # told in December or January
        ("2010年产值达3.2亿元，2013年翻番。今年要增长13%。", []),  # not the newest year
        ("换届是在“十一五”规划开始实施的情况下进行的。", [("2006-01-01/2006-12-31", "this_year")]),
        ("县新型冠状病毒感染的肺炎疫情防控指挥部开会。", []),  # the name lived on
        ("收治新型冠状病毒感染的肺炎患者。", [("2020-01-20/2020-06-30", "epidemic")]),
        (
            "书记在2014年度总结表彰大会上的讲话\n同志们：",
            [("2014-06-01/2015-04-30", "meeting_over_year")],
        ),
        ("2023年主题教育心得体会\n下面谈三点。", [("2023-01-01/2023-12-31", "title_year")]),
        ("落实“十二五”规划。", []),
        (
            "听取2024年区人代会筹备情况，提请2024年区人代会审议。",
            [("2023-11-01/2024-04-30", "congress_prepared")],
        ),
        ("我县是第二批学习实践活动单位。", [("2009-02-15/2009-09-30", "campaign_batch")]),
        ("巩固第二批学习实践活动成果。", []),
        ("我县是第二批教育实践活动单位。", [("2014-01-01/2014-11-15", "campaign_batch")]),
        ("抗击非典这几个月，大家很辛苦。", [("2003-02-01/2003-12-31", "named_year")]),
        ("今年是“七五”计划的第一年。", [("1986-01-01/1986-12-31", "this_year")]),
        ("今年是“七五”普法规划的第一年。", []),  # of the schooling in law, which counts anew
        ("“十五”开局，形势不同于几年前。", [("2001-01-01/2001-12-31", "plan_opens_year")]),
        ("在“十三五”大幕开启的时候。", [("2015-12-01/2016-12-31", "plan_opens_year")]),
        ("“十一五”后四年，建设基地。", [("2006-11-01/2007-12-31", "plan_left")]),
        (
            "贯彻今年中央一号文件关于加快水利改革发展的部署。",
            [("2011-01-01/2011-12-31", "first_document")],
        ),
        (
            "今年一号文件讲发展现代农业。",
            [("2007-01-01/2007-12-31|2013-01-01/2013-12-31", "first_document")],
        ),
        (
            "中央再次用一号文件讲农村，今年的主题是农民增加收入。",
            [("2004-01-01/2004-12-31", "first_document")],
        ),
        ("贯彻中央一号文件精神，促进农民增收。", []),
        ("我们即将迎来新中国六十华诞。", [("2009-01-01/2009-12-31", "anniversary_now")]),
        ("再过一周就是共和国五十岁生日。", [("1999-01-01/1999-12-31", "anniversary_now")]),
        (
            "为新中国成立60周年、某油田发现50周年庆祝活动期间的安全，再作部署。",
            [("2009-01-01/2009-12-31", "anniversary_now")],
        ),
        (
            "我们在这里集会，庆祝中国共产党成立90周年。",
            [("2010-11-01/2011-12-31", "anniversary_kept")],
        ),
        ("人均收入比2010年翻一番。", []),
        ("防治非典的压力很大。", [("2003-02-01/2004-06-30", "named_year")]),
        ("第六次全国人口普查的标准时点到了。", [("2009-11-15/2011-04-30", "census")]),
        ("各族各界共同庆祝中国共产党成立85周年。", [("2005-11-01/2006-12-31", "anniversary_kept")]),
        ("第七次全国人口普查登记开始。", [("2019-11-15/2021-04-30", "census")]),
        ("第七次全国人口普查数据显示，人口增加。", []),
        (
            "安排了新中国成立60周年大庆期间的安全稳定工作。",
            [("2009-01-01/2009-12-31", "anniversary_now")],
        ),
        ("会议研究谋划2012年工作。", [("2011-09-01/2012-03-31", "plan_year")]),
        ("防控新型冠状病毒感染的肺炎疫情。", [("2020-01-20/2020-06-30", "epidemic")]),
        ("这次大会是在实施“十一五”规划的第一年召开的。", [("2006-01-01/2006-12-31", "this_year")]),
        (
            "今年工作，确保“十二五”圆满收官，为“十三五”开局打基础。",
            [("2015-01-01/2015-12-31", "this_year")],
        ),
        (
            "中国共产党某县第十次代表大会胜利闭幕。",
            [
                (
                    "2001-01-01/2002-07-15|2002-01-01/2003-07-15|2006-01-01/2007-07-15|"
                    "2011-01-01/2012-07-15|2016-01-01/2017-07-15|2021-01-01/2022-07-15|"
                    "2026-01-01/2027-07-15",
                    "party_congress_wave",
                )
            ],
        ),
        ("中国共产党某县第十次代表大会第二次会议召开。", []),  # held each year
        ("中国共产党某县第十次代表大会以来。", []),
        ("某县第十八届人民代表大会第三次会议开幕。", []),  # who knows of extra sessions
    ],
)
def test_year_statements(text, found):
    assert [e for e in years(text) if e[1] != NAMED] == found


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("定于2月26日（正月初十）开会。", {2026}),
        ("2月10日（农历正月初一），", {2013, 2024}),
        ("5月8日（星期四），县委开会。", {1997, 2003, 2008, 2014, 2025}),
        ("2014年5月8日（星期四），县委开会。", set()),
        ("去年2月10日（正月初一），", set()),
        ("5月8日，星光大道开街。", set()),
    ],
)
def test_a_day_of_the_week_or_moon_is_so_in_few_years(text, days):
    found = [e[0] for e in years(text) if e[1] == "marked_day"]
    spots = [window.split("/") for value in found for window in value.split("|")]
    assert {int(end[:4]) for _, end in spots} == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("同志们：\n今天是正月初八，大家来得早。", "2010-02-21"),
        ("今天正月初八，我们开会。", "2010-02-21"),
        ("牛年已去，昨天过完了元宵节，收心干活。", "2010-03-01"),
        ("今晚是元宵节，祝大家团圆。", "2010-02-28"),
        ("去年的今天是正月初八以后，", None),
        ("他说昨天过完了元宵节。", None),
        ("过了元宵节就开工。", None),
    ],
)
def test_a_feast_gives_the_day_where_the_year_is_known(text, day):
    found = [e[0].split("|") for e in years(text) if e[1] == "marked_day"]
    assert [d for days in found for d in days if d[:4] == "2010"] == ([day] if day else [])


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("督查组就我县2017年重大改革进行督查。", 2017),
        ("县里举行2016年秋季项目开工仪式，投资2015年的两倍。", 2016),
        ("听取2016年秋季项目情况，到2020年建成。", 2016),
        ("听取2016年秋季项目情况，学习2018年意见。", 2018),
        ("回顾2016年工作，表彰2016年度优秀干部。", None),
        ("县长总结了2016年招商工作，布置任务。", None),
        ("县长回顾了2016年招商工作。", None),
        ("2016年，全县迎难而上。桥于2016年3月建成。", None),
        ("隧道计划2019年通车，描绘2035年远景目标。", None),
        ("关系我县2018年能不能按时摘帽。", None),
        ("技艺2009年列入名录，老街2006年被命名为名街。", None),
        ("配合做好2022年冬奥会的服务，迎接2025年全运会。", None),
    ],
)
def test_the_newest_year_named_is_that_of_the_work_in_hand(text, year):
    found = [e[0] for e in years(text) if e[1] == NAMED]
    assert found == ([f"{year - 1}-11-01/{year + 1}-02-28"] if year else [])


def test_what_begins_after_the_stamp_is_an_aim():
    text = "方案。2020年全县用水总量控制在两亿立方米以内。"
    for stamp, found in (("2017-05-31", []), ("2020-05-31", [NAMED])):
        moved = (Moved("date_published", stamp, 0, 1, "stamp"),)
        assert [e.rule for e in stated_years(Page("a", text, text, Offsets([]), moved))] == found


@pytest.mark.parametrize(
    ("stamp", "found"),
    [("2015-03-03", ["title_year"]), ("2014-12-20", []), ("03-03", ["title_year"])],
)
def test_a_plan_out_before_its_year_is_not_of_it(stamp, found):
    moved = [Moved("title", "2015年某乡工作计划", 0, 11, "title")]
    moved += [Moved("date_published", stamp, 12, 22, "stamp")]
    text = "全乡上下团结一心。"
    pieces = stated_years(Page("a", text, text, Offsets([]), tuple(moved)))
    assert [e.rule for e in pieces if e.rule == "title_year"] == found


def test_a_title_names_the_year():
    text = "2018年江西省政府工作报告\n各位代表：\n"
    assert years(text)[-1] == ("2018-01-01/2018-12-31", "title_year")


def test_evidence_quotes_the_text():
    text = "12月28日，省委召开工作交流会。"
    for piece in stated_dates(page(text)):
        assert text[piece.start : piece.end] == piece.quote == "12月28日"


def test_a_day_of_a_career_is_not_the_day_of_the_news():
    career = "公开资料显示，张某长期在某地工作，" * 10 + "\n2019年12月31日，某市人大常委会开会。"
    assert dates(career + "会" * 60) == []
    assert dates("2019年12月31日，某市人大常委会开会。" + "会" * 60) == [("2019-12-31", "lead")]


def test_a_bare_day_beside_a_stamp_of_that_day_is_the_stamp():
    text = "2009年8月31日\n干部群众认真学习重要讲话。" + "会" * 60
    moved = (Moved("date_published", "2009-08-31", 0, 10, "header_date"),)
    for stamps, days in (((), ["2009-08-31"]), (moved, [])):
        pieces = stated_dates(Page("a", text, text, Offsets([]), stamps))
        assert [e.value for e in pieces if e.field == "date"] == days


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("做好2022年冬奥会申办的前期工作。", []),
        ("2022年冬季农田水利建设现场会召开。", ["winter_meeting"]),
        ("技艺2009年列入名录，到今年整整五年。", ["years_counted"]),
        ("娄东经济\n2012年第4期（总第61期）\n对话书记\n问：有影响吗？", ["issue_year"]),
        ("文章刊于《求是》2019年第1期，大家要学习。", []),
    ],
)
def test_games_and_issues_are_no_plans(text, found):
    assert [rule for _, rule in years(text) if rule not in (NAMED, "meeting_year")] == found


def test_a_plan_of_several_years_is_made_as_they_begin():
    plan = "县域商业体系建设三年行动方案（2023—2025年）\n为落实部署，制定本方案。"
    assert ("2023-01-01/2023-12-31", "plan_of_years") in years(plan)
    assert years("到2025年建成（2023—2025年）\n为落实部署，制定本方案。") == []


@pytest.mark.parametrize(
    ("label", "title", "day"),
    [
        ("成文日期：2024年3月22日", "春季抗旱工作方案", "2024-03-22"),
        ("发文日期：2024-03-22", "关于做好防汛工作的通知", "2024-03-22"),
        ("发文日期：\n\n    2024-03-22 16:40", "某县人民政府工作规则", "2024-03-22"),
        ("发文日期：2024-03-22", "某市第十五个五年规划纲要", "2024-03-22"),
        ("施行日期：2024年5月1日", "春季抗旱工作方案", None),  # when it takes effect
        ("成文日期：2024年3月22日", "县长调研春耕", None),  # news has days of its own
    ],
)
def test_an_official_document_is_of_the_day_it_was_written(label, title, day):
    body = "为做好工作，制定本方案。4月5日前，各乡镇完成排查。"
    text = f"{label}\n发布日期：2024年3月29日\n{title}\n{body * 9}"
    cleaned = clean(text)
    written = Page("a", text, cleaned.text, Offsets(cleaned.edits), cleaned.moved, (), title)
    days = [e.value for e in stated_dates(written) if e.field == "date"]
    assert days == ([day] if day else [])


@pytest.mark.parametrize(("filler", "found"), [(600, [("--02-24", "lead")]), (1200, [])])
def test_news_may_name_its_day_far_down_but_not_at_the_end(filler, found):
    text = "县政协全会举行。" + "大家认真讨论。" * (filler // 7) + "2月24日，县政协全会闭幕。"
    assert dates(text) == found


def test_a_day_wired_at_the_foot_is_that_of_the_text():
    raw = "县委书记接受采访。" * 20 + "（本报北京3月9日电）"
    start = raw.index("本报")
    wired = (Moved("source", raw[start:-1], start, len(raw) - 1, "dateline"),)
    found = stated_dates(Page("a", raw, raw[:start], Offsets([]), wired))
    assert [(e.value, e.rule) for e in found] == [("--03-09", "signature")]
    above = (Moved("source", raw[start:-1], 0, 10, "dateline"),)  # 近日 may be any day before
    assert not stated_dates(Page("a", raw, raw[:start], Offsets([]), above))
