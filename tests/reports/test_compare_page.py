"""What the pages of provinces and years say and show, on tables small enough to check by hand."""

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from IPython.display import Markdown

from difang.compare.groups import UnknownColumnError, UnknownGroupError
from difang.compare.refusals import WORDS as REFUSALS
from difang.reports import compare_page, compare_views, spread_page, years_page
from difang.reports.certainty import shared_once
from difang.reports.comparison import Comparison, compare
from difang.reports.figures import Chart
from difang.reports.fragment import Fragment
from difang.words.counting import count
from difang.words.tokens import Tokens

NOTHING_SPENT = pd.DataFrame(
    columns=["doc_id", "field", "value", "basis", "rule", "quote", "decisive"]
).astype({"decisive": bool, "quote": "str"})


def made(texts: dict[str, str], *, by: str = "province", target=None, reference=None,
         evidence: pd.DataFrame = NOTHING_SPENT, **columns) -> Comparison:  # fmt: skip
    """Compare texts whose tokens are parted by spaces."""
    words = {doc_id: text.split() for doc_id, text in texts.items()}
    terms = tuple(sorted({term for tokens in words.values() for term in tokens}))
    ids = [terms.index(term) for tokens in words.values() for term in tokens]
    bounds = np.cumsum([0, *map(len, words.values())])
    lengths = [len(term) for tokens in words.values() for term in tokens]
    arrays = (np.array(ids, np.int32), bounds.astype(np.int64), "", np.array(lengths, np.int32))
    tokens = Tokens(tuple(texts), terms, *arrays)
    given = {"genre": "speech", "level": "province", **columns}
    documents = pd.DataFrame({"text": ["".join(w) for w in words.values()], **given})
    documents = documents.set_axis(pd.Index(texts, dtype="str"), axis=0)
    for name in ("date_earliest", "date_latest"):
        documents[name] = pd.NaT
    corpus = SimpleNamespace(documents=documents, folder="试", evidence=evidence)
    counts = count(tokens, documents)
    return compare(corpus, tokens, counts, by=by, target=target, reference=reference)


TEXTS = {
    "甲1": "生态 生态 旅游 的 2016 南昌 发展 发展",
    "甲2": "生态 生态 旅游 的 发展 发展 茶叶 茶叶 茶叶",
    "甲3": "生态 生态 旅游 的 发展 发展",
    "乙1": "数据 数据 发展 发展 的",
    "乙2": "数据 数据 发展 发展 的 酒",
    "丙1": "海洋 海洋 发展 发展 的",
}
PROVINCES = ["江西省"] * 3 + ["贵州省"] * 2 + ["海南省"]


@pytest.fixture
def page() -> Comparison:
    return made(TEXTS, province=PROVINCES, year=[2016, 2016, 2016, 2015, 2014, 2014])


@pytest.fixture
def years() -> Comparison:
    columns = {"province": PROVINCES, "year": [2016, 2016, 2016, 2015, 2014, None]}
    return made(TEXTS, by="year", **columns)


@pytest.fixture
def alone() -> Comparison:
    return made({"甲": "生态 旅游"}, province=["江西省"], year=[2016])


@pytest.fixture
def nowhere() -> Comparison:
    return made({"甲": "生态 旅游", "乙": "数据"}, province=[None, None], year=[None, None])


def words_of(shown) -> str:
    """What a reader sees of charts, tables and sentences; the text of a chart is its alt."""
    if isinstance(shown, list):
        return "\n".join(map(words_of, shown))
    if isinstance(shown, Chart):
        return shown.alt
    text = shown.html if isinstance(shown, Fragment) else shown.data
    return re.sub(r"<[^>]+>", " ", text).replace("\\", "")


def rows_of(fragment: Fragment) -> list[list[str]]:
    plain = re.sub(r" <small.*?</small>", "", fragment.html)  # pinyin and gloss
    rows = re.findall(r"<tbody><tr>(.*?)</tr>", plain)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells]


def test_the_target_is_the_group_with_most_documents(page):
    assert page.target == "江西省"
    assert compare_page.first_figure(page).data["term"].tolist() == ["生态", "旅游"]


def test_provinces_stand_in_the_order_of_their_codes(page):
    rows = rows_of(compare_page.overview(page))
    assert [row[0] for row in rows] == ["江西省", "海南省", "贵州省"]
    assert [row[1] for row in rows] == ["3", "1", "2"]
    assert [row[3] for row in rows] == ["yes", "no", "no"]


def test_the_target_heads_the_groups_and_a_group_too_thin_says_so_in_a_word():
    texts = {f"{p}{i}": f"发展 {p}业" for p in "甲乙丙丁戊己庚" for i in range(2 + (p != "甲"))}
    page = made(texts, by="genre", target="己", genre=[name[0] for name in texts], province=None)
    assert rows_of(compare_page.overview(page))[0][0] == "己"
    [table] = compare_page.other_groups(page)
    assert ["甲", "2", "no list: it takes three documents"] in [row[:3] for row in rows_of(table)]


def test_the_headline_is_made_from_the_list(page):
    told = compare_page.headline_sentence(page).data
    assert "several of the 3 documents of **江西省** share and use more" in told
    assert "often **生态、旅游**" in told
    assert f"生态 stands {60_000 / 23:.1f} times in 10,000 tokens" in told
    assert "a range, not an interval" in told


def test_function_words_numbers_and_names_are_in_no_list(page):
    _, shared, _, single = compare_page.group_report(page)
    listed = {row[0] for row in rows_of(shared) + rows_of(single)}
    assert listed.isdisjoint({"南昌", "2016", "的"})
    assert "南昌" in words_of(compare_page.masked_names(page))
    assert "(2 terms)" in compare_page.account(page).data  # 的, 2016


def test_a_list_says_in_how_many_documents_a_term_stands(page):
    head, shared, _, single = compare_page.group_report(page)
    assert "逐一剔除一篇" in head.data
    rows = {row[0]: row for row in rows_of(shared)}
    assert rows["生态"][2] == "6"
    assert rows["生态"][4:6] == ["3/3 篇", "33%"]
    assert {row[0]: row[4] for row in rows_of(single)} == {"茶叶": "1/3 篇"}


def test_each_count_opens_as_many_sentences(page):
    _, shared, *_ = compare_page.group_report(page)
    for row in rows_of(shared):
        opened = re.search(rf"Sentences with {row[0]}: </span>(\d+)", shared.html)
        assert opened
        assert opened[1] == row[2]


@pytest.mark.parametrize(("name", "key"), [("海南省", "one"), ("贵州省", "two")])
def test_one_or_two_documents_get_a_sentence_and_no_headline_list(page, name, key):
    shown = compare_page.group_report(page, name)
    assert REFUSALS[key].zh in shown[0].data
    assert REFUSALS[key].en in words_of(shown[0])
    assert "单篇词" in words_of(shown[-1])
    assert not any("its documents share" in words_of(one) for one in shown)


def test_of_two_documents_the_occurrences_in_each_are_listed(page):
    _, both, _ = compare_page.group_report(page, "贵州")
    assert ["数据", "2", "2"] in [row[:3] for row in rows_of(both)]
    assert "酒" not in [row[0] for row in rows_of(both)]


def test_few_other_groups_are_shown_in_full_and_many_in_one_table(page):
    assert "海南省: 1 document" in words_of(compare_page.other_groups(page))
    texts = {f"{p}{i}": f"发展 {p}业" for p in "甲乙丙丁戊己庚" for i in range(3)}
    genre = [doc_id[0] for doc_id in texts]
    [table] = compare_page.other_groups(made(texts, by="genre", genre=genre, province=None))
    rows = rows_of(table)
    assert len(rows) == 6
    assert all(row[1:] == ["3", f"{row[0]}业"] for row in rows)  # nothing is said twice


def test_both_lists_stand_side_by_side(page):
    sentence, table = compare_page.two_lists(page, top=3)
    own = [row[2] for row in rows_of(table)]
    assert set(own) == {"生态", "发展", "旅游"}
    held = {row[2]: row[3] for row in rows_of(table)}
    assert held["发展"] == "3"
    assert "those also highest in the contrast number 2" in sentence.data
    assert "frequent words, not its distinctive ones" in sentence.data


def test_what_most_groups_use_most_is_not_telling(page):
    assert page.telling("江西省") == ["生态", "旅游"]
    assert page.telling("海南省") == []
    assert "发展" in page.highest()["海南省"]


def test_less_used_terms_need_a_reference_that_shares_them():
    texts = {**TEXTS, "丙2": "海洋 海洋 发展", "丙3": "海洋 海洋 发展"}
    page = made(texts, province=[*PROVINCES, "海南省", "海南省"], year=2016)
    page = compare(page.corpus, page.tokens, page.counts, by="province", target="江西")
    data = compare_views.less_used(page).data
    assert data.loc[data["score"] < 0, "term"].tolist() == ["发展", "海洋"]
    assert "数据" not in data["term"].tolist()


def test_without_such_terms_a_sentence_says_so():
    texts = {key: TEXTS[key] for key in ("甲1", "甲2", "甲3", "丙1")}
    page = made(texts, province=["江西省"] * 3 + ["海南省"], year=2016)
    assert "The reference (1 document) holds no term" in compare_views.less_used(page).data


def test_what_all_groups_say_has_the_extremes(page):
    [row] = rows_of(compare_views.shared_by_all(page))
    assert row[:3] == ["发展", "12", "6"]
    assert (row[4], row[6]) == ("江西省", "海南省")


def test_the_heat_map_has_a_row_a_group_and_the_heads_of_the_lists(page):
    chart = compare_views.heat_map(page)
    assert chart.data["province"].tolist() == ["江西省", "海南省", "贵州省"]
    assert chart.data.columns[1:].tolist() == ["生态", "旅游"]
    assert chart.data["生态"].tolist()[1:] == [0, 0]


def test_composition_tells_what_cannot_be_told_apart(page):
    sentence, table = compare_views.composition(page)
    assert "3 of 3 documents of 江西省 have a year" in sentence.data
    assert ["year", "2016 (3)", "2014 (2), 2015 (1)", "3", "100%"] in rows_of(table)
    texts = made(TEXTS, province=PROVINCES, year=2016)
    said = compare_views.composition(texts)[0].data
    assert "(year, genre, level) is also that of a document of the reference" in said


def test_where_levels_differ_the_lists_of_one_level_stand_beside():
    cities = {f"市{i}": f"镇街 镇街 镇街 镇街 改革 {'绿道' if i < 4 else '温泉'}" for i in range(9)}
    provinces = {f"省{i}": f"省级 改革 {'绿道' if i < 4 else '温泉'} 改革" for i in range(11)}
    places = [["广东省", "江西省"][i >= 6 if name[0] == "市" else i >= 3]
              for name, i in ((name, int(name[1:])) for name in [*cities, *provinces])]  # fmt: skip
    levels = ["city"] * 9 + ["province"] * 11
    page = made(cities | provinces, province=places, level=levels, year=2016, target="广东")
    told = compare_page.headline_sentence(page).data
    assert "Mind the mix: 39% of these documents would have to be of another level" in told
    assert "39% of the documents of 广东省" in compare_page.limits(page).data
    *_, sentence, table = compare_views.composition(page)
    assert """`WHERE = "level == 'city'"`""" in sentence.data
    assert ">city: 6 against 3<" in table.html and ">province: 3 against 8<" in table.html
    whole, city, province = ([row[k] for row in rows_of(table)] for k in (1, 2, 3))
    assert "镇街" in whole
    assert "镇街" not in city + province
    assert "绿道" in city and "绿道" in province


def test_where_no_level_is_on_both_sides_no_list_stands_beside():
    levels = ["city"] * 3 + ["province"] * 3
    page = made(TEXTS, province=PROVINCES, level=levels, year=2016)
    *_, table, sentence = compare_views.composition(page)
    assert "No level has 3 documents both of 江西省 and of its reference" in sentence.data
    assert ["level", "city (3)", "province (3)", "3", "100%"] in rows_of(table)


def test_where_kinds_are_the_same_nothing_stands_beside(page):
    assert len(compare_views.composition(page)) == 2
    assert "would have to be" not in compare_page.limits(page).data
    assert "Mind the mix" not in compare_page.headline_sentence(page).data


def test_the_latest_year_of_three_documents_is_compared_with_those_before(years):
    assert (years.target, years.reference, years.against()) == (2016, "before", [2014, 2015])
    assert "the 2 groups before" in compare_page.headline_sentence(years).data


def test_the_year_to_set_is_written_as_a_setting_takes_it():
    texts = {f"{year}-{k}": f"发展 {year}业" for year in range(2010, 2018) for k in range(3)}
    page = made(texts, by="year", province="贵州省", year=[int(one[:4]) for one in texts])
    assert "TARGET = 2010 gives" in words_of(compare_page.other_groups(page))


def test_the_first_year_is_refused_with_a_sentence(years):
    assert "No documents lie before 2014" in words_of(compare_page.group_report(years, 2014))
    assert "2014 之前没有文献" in words_of(compare_page.other_groups(years))


def test_documents_without_a_year_are_counted(years):
    assert "1 of 6 documents have no year (未知)" in years_page.undated(years)[0].data
    assert rows_of(years_page.undated(years)[1])[0][0] == "丙1"
    assert "1 document without year" in compare_page.account(years).data
    assert (
        "In no group, since no year is known: 1 of 6 documents" in compare_page.limits(years).data
    )


def test_what_is_nought_is_not_said(page):
    assert "without province" not in compare_page.account(page).data
    assert "In no group" not in compare_page.limits(page).data
    assert "Spent" not in compare_page.account(page).data


def test_names_stay_in_lists_of_years_with_a_flag(years):
    assert "stay in the lists: 1 such term" in compare_page.masked_names(years).data
    _, shared, _, single = compare_page.group_report(years)
    assert {row[0]: row[6] for row in rows_of(single)}["南昌"] == "place"
    assert "生态" in [row[0] for row in rows_of(shared)]


def test_a_spent_phrase_is_neither_counted_nor_quoted():
    row = {"doc_id": "甲1", "field": "province", "value": "江西省", "basis": "inferred"}
    told = pd.DataFrame([{**row, "rule": "phrase", "quote": "生态", "decisive": True}])
    page = made(TEXTS, province=PROVINCES, year=2016, evidence=told)
    *_, single = compare_page.group_report(page)
    rows = {row[0]: row for row in rows_of(single)}
    assert rows["生态"][2] == "4"
    assert "Sentences with 生态: </span>4" in single.html
    assert "\n- Spent: 1 document whose province" in compare_page.account(page).data


LISTS = (
    "overview first_figure headline_sentence account group_report other_groups two_lists "
    "masked_names conclusions limits"
)
VIEWS = "less_used heat_map shared_by_all composition"
TIME = "trend_figure undated trends arrivals"
SPREAD = "adoption_figure first_sightings held_fixed"
EVERY = [getattr(compare_page, name) for name in LISTS.split()]
EVERY += [getattr(compare_views, name) for name in VIEWS.split()]
EVERY += [getattr(years_page, name) for name in TIME.split()]
EVERY += [getattr(spread_page, name) for name in SPREAD.split()]


@pytest.mark.parametrize("show", EVERY, ids=lambda show: show.__name__)
@pytest.mark.parametrize("thin", ["alone", "nowhere"])
@pytest.mark.parametrize("by", ["province", "year"])
def test_thin_folders_get_a_sentence_everywhere(show, thin, by, request):
    given = request.getfixturevalue(thin)
    page = compare(given.corpus, given.tokens, given.counts, by=by)
    shown = show(page)
    for one in shown if isinstance(shown, list) else [shown]:
        assert isinstance(one, Chart | Fragment | Markdown)
        assert words_of(one).strip()


def test_without_groups_the_reason_is_said_in_both_languages(nowhere, alone):
    said = compare_page.headline_sentence(nowhere).data
    assert "没有一篇文献标明" in said
    assert "No document has a value for" in said
    assert "只有一组（江西省）" in compare_page.headline_sentence(alone).data
    assert compare_page.first_figure(nowhere).data["group"].tolist() == ["未知"]


def test_wrong_names_are_errors(page):
    parts = (page.corpus, page.tokens, page.counts)
    with pytest.raises(UnknownGroupError, match="'江苏'"):
        compare(*parts, by="province", target="江苏")
    with pytest.raises(UnknownColumnError, match="'省'"):
        compare(*parts, by="省")
    with pytest.raises(UnknownGroupError, match="火星"):
        compare_page.group_report(page, "火星")


def test_shared_passages_once_stand_beside_the_list():
    said = "全面 推进 乡村振兴 战略 有效 衔接 脱贫攻坚"
    texts = {name: text + (f" {said}" if name[0] == "甲" else "") for name, text in TEXTS.items()}
    page = made(texts, province=PROVINCES, year=2016)
    told, ranks = shared_once(page)
    assert "shared passages, found as in notebook 06" in told.data
    rows = {row[0]: row for row in rows_of(ranks)}
    assert rows["乡村振兴"][2] == "3" and rows["乡村振兴"][4] == "1"
    assert rows["乡村振兴"][3] == "—"  # one document left of the group: no headline term


def test_shared_passages_of_a_group_without_a_list_are_refused(alone):
    assert "As said above" in words_of(shared_once(alone))


def test_of_many_spent_phrases_a_dozen_are_named():
    row = {"doc_id": "甲1", "field": "province", "value": "江西省", "basis": "inferred"}
    for number, shown in ((2, "词0、词1"), (1200, "词11、… 1,200 个")):
        phrases = [{"rule": "phrase", "quote": f"词{n}", "decisive": True} for n in range(number)]
        told = pd.DataFrame([row | phrase for phrase in phrases])
        page = made(TEXTS, province=PROVINCES, year=2016, evidence=told)
        said = compare_page.account(page).data
        assert f"{shown})." in said and said.count("词") == min(number, 12)
