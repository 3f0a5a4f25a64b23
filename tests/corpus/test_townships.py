from datetime import date

import pytest

from difang.corpus.gazetteer import find_places
from difang.corpus.townships import find_townships
from difang.corpus.windows import Window


def county(text, year=2019):
    window = Window(date(year, 1, 1), date(year, 12, 31)) if year else Window()
    names = {u.name for m in find_townships(text, find_places(text), window) for u in m.units}
    assert len(names) < 2
    return names.pop() if names else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("检查组先后到林校路街道、庞各庄镇看了防汛物资。", "大兴区"),  # names no other county has
        ("新盈镇召开春耕会议。", "临高县"),
        ("格日僧苏木的牧民赶来。", "翁牛特旗"),
        # lists, with their number or without
        ("沙堰、歪子、王集三镇的同志谈了做法。", "新野县"),
        ("沙堰、歪子、王集等乡镇汇报。", "新野县"),
        ("沙堰、歪子、王集等川塬乡镇要抓紧。", "新野县"),
        # common names count for little, more of them or a city named for more
        ("他到太平镇走访。", ""),
        ("他到永兴镇、兴隆镇走访。", ""),
        ("资阳市要求，安岳县龙台镇、兴隆镇先行。", "安岳县"),
        # rare names without their sign confirm one that has it, and by themselves tell nothing
        ("花石乡通了高速。汤家汇、斑竹园的旧址修好了。", "金寨县"),
        ("花石乡通了高速。", ""),
        ("他先到汤家汇看了旧址。", ""),
        ("陶然亭、八里庄、亚运村都通了地铁。", ""),
        # most of many must be the county's
        ("他到南大街街道、中山路街道、解放路街道、东大街街道看了小区。", ""),
        # towns of two counties, and one name read in two words
        ("他到庞各庄镇，再去新盈镇。", ""),
    ],
)
def test_townships_tell_their_county_if_no_other_fits(text, expected):
    assert county(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "要推进城镇化，提高城乡居民收入，推向城镇、扩大城镇就业。",
        "建设文明村镇和美丽乡村，办好乡镇企业，搞好特色小镇。",
        "他在景德镇、上饶考察，各乡镇、各街道参加。",
        "加大水乡保护力度，办好现代化镇区。",
        "促进乡村振兴，优化结构乡土人才多。",
        "围绕果业富镇、工业强镇、旅游活镇的思路，实施科教兴乡。",
        "",
        "沙堰、歪子、北门社区和镇消防站作了发言。",  # the last is none
    ],
)
def test_words_that_end_in_a_sign_are_no_townships(text):
    assert county(text) == ""


def test_the_county_is_called_as_in_the_year_of_the_text():
    text = "街道干部从南充市阆中市老观镇赶来，江南街道、老观镇、千佛镇汇报。"
    assert county(text, 2019) == "阆中市"
    towns = "武隆的江口镇、仙女山镇、火炉镇汇报，重庆要求落实。"
    assert (county(towns, 2010), county(towns, 2020)) == ("武隆县", "武隆区")


def test_a_township_stands_where_the_text_names_it():
    text = "到漳湾镇、虎贝镇调研"
    found = find_townships(text, [], Window())
    assert [text[m.start : m.end] for m in found] == ["漳湾镇", "虎贝镇"]
