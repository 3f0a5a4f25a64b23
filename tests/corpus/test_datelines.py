"""Days counted from a dateline or a day of publication, never from today's clock."""

from datetime import date

import pytest

from difang.corpus.datelines import dateline_day
from difang.corpus.edits import Offsets
from difang.corpus.evidence import Page


def days(raw, published=None, text=None):
    page = Page("a", raw, text or raw, Offsets([]))
    return [(e.value, e.rule) for e in dateline_day(page, published)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("本报某市2月27日讯（记者 王一）全体会议今天召开。", "--02-27"),
        ("某社石家一月七日电 会议七日在此间开幕。", "--01-07"),
        ("某网3月1日消息 昨天上午，市里开会。", ""),  # 28 or 29 February: the year decides
        ("某网3月2日消息 昨天上午，市里开会。", "--03-01"),
        ("某网1月1日电 昨日，市里开会。", "--12-31"),
        ("本報某縣9月5日訊 今天上午，省長調研。", "--09-05"),
        ("某网9月5日讯 12日上午，市里开会。", ""),  # neither that day nor the one before
        ("某网9月5日讯 近日，市里开会。", ""),
    ],
)
def test_a_dateline_gives_the_month(text, value):
    assert days(text) == ([(value, "dateline")] if value else [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7日上午，全省同步开工。", "2022-04-07"),
        ("30日，市里开会。", "2022-03-30"),
        ("今（3）日开幕。", "2022-04-03"),
        ("12日上午，市里开会。", ""),  # would be 26 days old
        ("今天上午，市里开会。", ""),  # of which day, the page does not say
        ("4月至7日上午，", ""),
    ],
)
def test_publication_gives_the_month(text, value):
    found = days(text, date(2022, 4, 7))
    assert found == ([(value, "day_of_publication")] if value else [])


def test_nothing_is_counted_without_an_anchor():
    assert days("今天上午，市里开会。") == days("昨天上午，市里开会。") == []
    assert days("7日上午，全省同步开工。") == [("---07", "day_alone")]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("来源：某某晚报\n昨日，市里开会。", "2022-04-06"),
        ("某某文库\n昨日，市里开会。", ""),  # posted again, who knows when
        ("来源：某某晚报\n从昨天开始，各县观摩。", ""),
    ],
)
def test_yesterday_is_counted_from_the_stamp_of_a_newspaper_only(raw, value):
    found = days(raw, date(2022, 4, 7))
    assert found == ([(value, "day_of_publication")] if value else [])
