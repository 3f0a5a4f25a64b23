"""What a sentence that counts from a meeting or event says of its own day."""

import pytest

from difang.corpus.calendar import find
from difang.corpus.edits import Offsets
from difang.corpus.evidence import Page
from difang.corpus.landmarks import calendar_evidence


def counted(text):
    page = Page("a", text, text, Offsets([]))
    pieces = calendar_evidence(page, find(text), None)
    return [e.value for e in pieces if e.rule == "counted_from"]


def year(number):
    return [f"{number}-01-01/{number}-12-31"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("再过一个多月，党的十九大就要在北京召开。", ["2017-07-10/2017-10-18"]),
        ("离北京奥运会开幕还有30天。", ["2008-04-30/2008-08-08"]),
        ("北京冬残奥会再过十一天开幕。", ["2021-11-24/2022-03-04"]),
        ("再过十来天，贵广高铁就要开通运营。", ["2014-09-17/2014-12-26"]),
        ("昨晚，北京冬奥会闭幕。", ["2022-02-04/2022-04-06"]),
        ("两天前邻近的九寨沟地震，我县有震感。", ["2017-08-08/2017-09-22"]),
        ("芦山地震发生后第三天，车队出发。", ["2013-04-20/2013-06-04"]),
        ("汶川地震过去五个月零两天了。", ["2008-09-13/2008-11-14"]),
        ("中央八项规定出台已经整整五年了。", year(2017)),
        ("九寨沟地震已过去两年。", year(2019)),
        ("今年是全面贯彻落实党的十九大精神的开局之年。", year(2018)),
        ("今年是学习贯彻党的十七大精神的第一年。", year(2008)),
        ("今年是党的二十大召开之年，是新一届政府开局之年。", year(2022)),
        ("今年8月北京奥运会期间，全市加强值守。", year(2008)),
        ("去年“9·18”地震后重建的民居。", year(2012)),
        ("明年将召开党的十九大。", year(2016)),
        ("4月14日玉树发生7.1级地震以来，全州捐款。", year(2010)),
        ("党的十九大召开在即。", year(2017)),
        ("香港回归祖国的第四天，全市座谈。", ["1997-07-01/1997-08-15"]),
        ("就在四天前，北京冬奥会、冬残奥会总结表彰大会召开。", ["2022-04-08/2022-05-23"]),
        ("2月25日上午，全国脱贫攻坚总结表彰大会在北京隆重举行。", year(2021)),
        ("8月27日至28日，中央民族工作会议在北京召开。", year(2021)),  # one of many of its name
        ("分税制改革今年刚刚实行。", year(1994)),
        ("距离北京奥运会开幕还有100天。", ["2008-04-30/2008-08-08"]),
        ("上海世博会今天迎来倒计时一周年。", year(2009)),
        ("去年台风“烟花”来袭时转移过。", year(2022)),
        ("市里部署防御台风“烟花”工作。", ["2021-07-15/2021-09-08"]),
    ],
)
def test_the_day_is_counted_from_the_event(text, found):
    assert counted(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "距离北京冬奥会开幕还有500天。",
        "今年是汶川地震十周年。",
        "做好今年工作，要全面贯彻党的十八大精神。",
        "2018年是贯彻落实党的十九大精神的开局之年。",
        "8月11日，我县召开“7·22”地震灾后恢复重建大会。",  # the day of something else
        "去年在上海世博会之前搞了推介。",
        "昨天到汶川地震灾区看望群众。",
        "近日，汶川地震遗址开放。",
        "认真贯彻党的十六大和即将召开的十七大精神。",
        "党的十八大总结了过去五年的工作。",
        "完成京沪高铁西客站规划。",
        "明天是杭州亚运会倒计时100天。",
        "推进台风“烟花”灾后重建。",
        "全市经济平稳，民生改善。" * 30 + "我们战胜了台风“烟花”。",  # a year is looked back on
        "全市经济平稳，民生改善。" * 30 + "6月30日，京沪高铁开通运营。",
        "2月26日上午，全国脱贫攻坚总结表彰大会在北京隆重举行。",  # it was the day before
    ],
)
def test_what_counts_from_nothing(text):
    assert counted(text) == []


def test_a_disaster_is_behind_whoever_names_it_and_games_go_on():
    page = [calendar_evidence(Page("a", t, t, Offsets([])), find(t), None) for t in
            ("玉树地震灾区的孩子没有课桌。", "上海世博会开园以来，客流很大。")]  # fmt: skip
    assert [e.value for e in page[0]] == ["2010-04-14/.."]
    assert "2010-05-01/.." in [e.value for e in page[1]]
