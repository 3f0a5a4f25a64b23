"""Days counted from a dateline or a day of publication, never from today's clock."""

import pytest

from difang.corpus.datelines import dateline_day
from difang.corpus.edits import Offsets
from difang.corpus.evidence import Evidence, Page


def days(raw, stamp=None, *, rule="header_date"):
    day = stamp and Evidence("date_published", stamp[:10], "stated", "high", rule, "", stamp)
    page = Page("a", raw, raw, Offsets([]))
    return [(e.value, e.rule) for e in dateline_day(page, day)]


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
        ("某社京城12月22日电 会议21日至22日在此间举行。", "--12-21"),
        ("某社京城12月2日电 会议11月29日至12月2日举行。", ""),  # the lead names its month itself
        ("某网9月8日电 博览会5日至8日在此间召开。", "--09-05"),
        ("某网9月8日电 工期为5至8日，展览将于5日以后开幕。", ""),
    ],
)
def test_a_dateline_gives_the_month(text, value):
    assert days(text) == ([(value, "dateline")] if value else [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7日上午，全省同步开工。", "2022-04-07"),
        ("30日，市里开会。", "2022-03-30"),
        ("本月5日，县长率人检查。", "2022-04-05"),
        ("自本月起5日内，", ""),
        ("本月20日，市里开会。", ""),  # still ahead
        ("3日至5日，市里开会。", "2022-04-03"),
        ("今（3）日开幕。", "2022-04-03"),
        ("客运码头改建工程昨天竣工，首航成功。", "2022-04-06"),
        ("码头昨天竣工以来，客流不断。", ""),
        ("12日上午，市里开会。", ""),  # would be 26 days old
        ("4月至7日上午，", ""),
        ("副县长带领水务局负责人，6日赴两乡检查。", "2022-04-06"),
        ("县长王大方5日到青石乡检查。", "2022-04-05"),
        ("副县长带领水务局负责人，1日赴两乡检查。", ""),  # too old for so late a mention
        ("会议要求，6日前备齐物资。", ""),
        ("展览为期3日到场者众。", ""),
    ],
)
def test_publication_gives_the_month(text, value):
    found = days(text, "2022-04-07")
    assert found == ([(value, "day_of_publication")] if value else [])


def test_nothing_is_counted_without_an_anchor():
    assert days("今天上午，市里开会。") == days("昨天上午，市里开会。") == []
    assert days("7日上午，全省同步开工。") == [("---07", "day_alone")]


@pytest.mark.parametrize(
    ("text", "stamp", "value"),
    [
        ("昨日，市里开会。", "2022-04-07", "2022-04-06"),
        ("昨天下午，市里开会。", "2022-03-01 08:12", "2022-02-28"),
        ("“要抓紧。”昨日上午，书记在会上说。", "2022-04-07", "2022-04-06"),
        ("“昨日上午我在村里。”书记说。", "2022-04-07", ""),
        ("昨天，市里开会。", "2022-04-07 22:40", ""),  # the paper of the next day, put up early
        ("某县政府网\n来源：某某日报\n昨天，县里开会。", "2022-04-07 15:00", ""),
        ("某县政府网\n来源：某某日报\n昨天，县里开会。", "2022-04-07 08:30", "2022-04-06"),
        ("某县政府网\n来源：县委办\n昨天，县里开会。", "2022-04-07 15:00", "2022-04-06"),
        ("某网消息（记者王一）昨晚，两馆开放。", "2022-04-07", "2022-04-06"),
        ("为迎接检查，昨天上午，区里开会。", "2022-04-07", "2022-04-06"),
        ("今天上午，市里开会。", "2022-04-07", "2022-04-07"),
        ("今天下午，市里开会。", "2022-04-07 17:30", "2022-04-07"),
        ("今天下午，市里开会。", "2022-04-07 08:30", ""),  # written on another day
        (
            "来源：某某晚报\n今天上午，市里开会。",
            "2022-04-07",
            "",
        ),  # the day of writing or of print
        (
            "今天，我们开会，主要任务是总结经验。",
            "2022-04-07",
            "",
        ),  # a speech, posted who knows when
        ("从昨天开始，各县观摩。", "2022-04-07", ""),
        ("镇里到昨天为止销号八十处。", "2022-04-07", ""),
        ("今日某县报道：全县开会。", "2022-04-07", ""),  # the name of a column
    ],
)
def test_yesterday_and_today_are_counted_from_a_stamp(text, stamp, value):
    assert days(text, stamp) == ([(value, "day_of_publication")] if value else [])


def test_a_site_that_posts_again_says_nothing_of_yesterday():
    assert days("昨日，市里开会。", "2022-04-07", rule="repost_date") == []
