"""Names: places and persons are flagged, words that only look like them are not."""

import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from difang import project
from difang.compare.names import (
    NamesError,
    name_flags,
    names_in,
    person_names,
    place_names,
    read_names,
)
from difang.words.counting import Counts

PLACES = frozenset(
    [
        "江西省",
        "江西",
        "吉水县",
        "安源区",
        "安源",
        "北京市",
        "北京",
        "广西壮族自治区",
        "广西",
        "新疆",
    ]
) | set("赣京津冀湘晋新云贵川闽台港")


def flag(term: str, persons=frozenset()) -> str:
    return name_flags([term], places=PLACES, persons=persons).iloc[0]


@pytest.mark.parametrize(
    "term",
    [
        "江西",
        "江西省",
        "赣",
        "江西省委",
        "江西省政府",
        "江西省人民政府",
        "江西省人大常委会",
        "中共江西省委",
        "驻赣",
        "吉水县委",
        "吉水县纪委",
        "北京地区",
        "赣南",
        "京津冀",
        "湘赣",
        "闽台",
        "云贵川",
        "江西广西",
    ],
)
def test_places(term):
    assert flag(term) == "place"


@pytest.mark.parametrize(
    "term",
    [
        "安源精神",
        "江西人",
        "北京奥运会",
        "京津冀协同发展",
        "新",
        "云",
        "新晋",
        "云中",
        "吉水",
        "县委书记",
        "省长",
        "县域",
        "全市场",
        "自治",
        "改革",
        "",
    ],
)
def test_no_places(term):
    assert flag(term) == ""


@pytest.mark.parametrize(
    "term",
    [
        "全省",
        "我市",
        "本县",
        "全区",
        "自治区",
        "我镇",
        "省委",
        "市人民政府",
        "区党委",
        "省委省政府",
        "省",
        "州市",
        "旗县",
    ],
)
def test_what_a_text_calls_its_own_division(term):
    assert flag(term) == "self"
    assert flag(f"江西{term}") != "self"


def test_persons_with_and_without_title():
    persons = frozenset(["习近平", "刘奇"])
    for term in ("刘奇", "刘奇书记", "刘奇同志", "习近平总书记"):
        assert flag(term, persons) == "person"
    for term in ("习近平新时代中国特色社会主义思想", "书记", "同志"):
        assert flag(term, persons) == ""


def test_flags_stand_by_term():
    flags = name_flags(["江西", "改革"], places={"江西"}, persons=())
    assert flags.to_dict() == {"江西": "place", "改革": ""}
    assert flags.dtype == "str"
    assert name_flags([], places=(), persons=()).empty


def counts_of(texts: list[str], terms: list[str], **columns) -> Counts:
    index = pd.Index([f"d{i}" for i in range(len(texts))], dtype="str")
    documents = pd.DataFrame({"text": texts, **columns}, index=index)
    matrix = csr_matrix([[text.count(term) for term in terms] for text in texts])
    return Counts(matrix, pd.Index(terms, dtype="str"), documents)


def test_a_county_that_is_a_word_counts_where_its_full_name_stands():
    named = counts_of(["和平区的和平路", "和平"], ["和平", "改革"])
    unnamed = counts_of(["和平区的和平路", "和平", "世界和平"], ["和平", "改革"])
    assert "和平" in place_names(named)
    assert "和平" not in place_names(unnamed)
    assert "和平区" in place_names(unnamed)


def test_a_county_named_almost_only_at_home_counts():
    texts = ["义乌小商品"] * 5 + ["改革"] * 6
    terms = ["义乌", "改革"]
    at_home = counts_of(texts, terms, province=["浙江省"] * 5 + ["江西省"] * 6)
    spread = counts_of(texts, terms, province=["浙江省", "江西省"] * 5 + ["江西省"])
    few = counts_of(texts[1:], terms, province=["浙江省"] * 4 + ["江西省"] * 6)
    mostly_home = counts_of(texts, terms, province=["浙江省"] * 11)
    assert "义乌" in place_names(at_home)
    assert all("义乌" not in place_names(c) for c in (spread, few, mostly_home))


def test_a_city_counts_by_its_short_name_unless_the_list_calls_it_ordinary():
    counts = counts_of(["日照时数", "宜春"], ["日照", "宜春"])
    assert {"日照", "宜春", "宜春市"} <= place_names(counts)
    assert "日照" not in place_names(counts, ordinary={"日照"})
    stated = counts_of(["山东日照市，日照港"], ["日照"])
    assert "日照" in place_names(stated, ordinary={"日照"})


def test_kinds_of_area_are_no_names():
    names = place_names(counts_of(["城区郊区"], ["城区", "郊区"]))
    assert names.isdisjoint({"城区", "郊区", "矿区", "市中区", "老城区"})
    assert {"西湖区", "浦东新区"} <= names


def test_places_are_those_of_the_years_the_documents_cover():
    text, terms = "襄樊市", ["襄樊"]
    assert "襄樊" in place_names(counts_of([text], terms, year=[2008]))
    assert "襄樊" not in place_names(counts_of([text], terms, year=[2018]))


def test_persons_from_speakers_and_the_table_of_leaders():
    speakers = ["刘奇（省委书记）；易炼红（省委副书记、省长）", None]
    counts = counts_of(["包钢集团", "罗清泉"], ["包钢", "罗清泉"], speakers=speakers)
    names = person_names(counts)
    assert {"刘奇", "易炼红", "罗清泉"} <= names
    assert names.isdisjoint({"省长", "省委书记", "包钢"})


def test_a_word_that_one_document_states_as_a_speaker_is_no_name_where_many_use_it():
    speakers = ["工作（河长）；王小红（县长）"] + [None] * 10
    texts = ["工作王小红"] * 10
    names = person_names(counts_of(texts, ["工作", "王小红"], speakers=speakers[:10]))
    assert {"工作", "王小红"} <= names  # one in ten: it cannot be told
    names = person_names(counts_of([*texts, "工作"], ["工作", "王小红"], speakers=speakers))
    assert "王小红" in names and "工作" not in names


def test_a_leader_of_two_characters_counts_with_a_title_beside():
    counts = counts_of(["自治区主席包钢"], ["包钢"])
    assert "包钢" in person_names(counts)


def test_the_head_of_a_name_that_was_cut_counts_where_the_name_stands():
    speakers = ["易炼红（省长）", None, None]
    cut = counts_of(["易炼红指出", "易炼", ""], ["易炼", "炼红"], speakers=speakers)
    word = counts_of(["易炼红指出", "易炼", "易炼"], ["易炼", "炼红"], speakers=speakers)
    assert "易炼" in person_names(cut) and "炼红" not in person_names(cut)
    assert "易炼" not in person_names(word)


def test_the_projects_own_list_is_read(tmp_path):
    counts = counts_of(["习近平贵安新区改革"], ["习近平", "贵安新区", "改革"])
    assert names_in(counts).to_list() == ["person", "place", ""]
    own = tmp_path / "names.txt"
    own.write_text("﻿# 说明\n改革 person # 注\r\n\n", encoding="utf-8")
    assert names_in(counts, path=own)["改革"] == "person"
    assert read_names(tmp_path / "none.txt")["place"] == frozenset()


@pytest.mark.parametrize("line", ["雄安", "雄安 region", "雄安 新区 place"])
def test_a_line_that_does_not_read_is_named(tmp_path, line):
    path = tmp_path / "names_to_mask.txt"
    path.write_text(f"# 说明\n{line}\n", encoding="utf-8")
    with pytest.raises(NamesError) as error:
        read_names(path)
    assert str(error.value) == (
        f"Cannot read line 2 of names_to_mask.txt: {line!r}. The kinds are place, person, "
        "ordinary. Write a name, a space and one of these."
    )


def test_rivers_regions_and_old_names_of_every_province_are_listed_and_kinds_of_land_are_not():
    places = read_names(project.LEXICON / "names_to_mask.txt")["place"]
    told = (
        "中关村 海河 燕赵 三晋 科尔沁 辽东湾 长白山 乌苏里江 黄浦江 太湖 钱塘江 皖江 闽江 鄱阳湖 "
        "胶东 中原 荆楚 洞庭湖 岭南 漓江 琼州 巴渝 岷江 天府 攀西 乌江 黔中 滇中 滇池 雅鲁藏布江 "
        "关中 河西走廊 湟水 贺兰山 塔里木"
    )
    assert set(told.split()) <= places
    kinds = "沿海 沿江 沿边 西部 山区 牧区 库区 草原 高原 海岛 省会 流域 大数据 京津冀协同发展"
    assert places.isdisjoint(kinds.split())
