"""What notebook 04 says of levels, trends, new terms, spread and make-up."""

import pandas as pd
import pytest

from difang.reports import spread_page, years_page
from difang.reports.comparison import compare
from difang.reports.figures import Chart
from reports.test_compare_page import made, rows_of, words_of

#: Per year three documents; 新词 comes in the fourth year, 旧词 goes, 渐 rises year by year.
SEVEN = {
    f"{province}{year}": " ".join(
        ["稳定"] * 6
        + ["渐"] * (year - 2009)
        + (["新词"] * 2 if year >= 2013 else ["旧词"] * 2)
        + ["的", "2016"]
        + (["独自"] if province == "甲" and year == 2012 else [])
    )
    for year in range(2010, 2017)
    for province in "甲乙丙"
}


@pytest.fixture(scope="module")
def seven():
    years = [int(name[1:]) for name in SEVEN]
    page = made(SEVEN, by="year", target=2013, year=years, province=[name[0] for name in SEVEN])
    days = pd.to_datetime(pd.Series(years).astype(str)).to_numpy()
    page.corpus.documents["date_earliest"] = page.corpus.documents["date_latest"] = days
    return page


@pytest.fixture
def few():
    texts = {"甲": "数据 数据 发展", "乙": "数据 发展 发展", "丙": "发展"}
    return made(texts, by="year", year=[2014, 2016, None], province=["甲", "乙", "乙"])


def test_a_term_is_followed_with_the_documents_of_each_year(few):
    data = years_page.trend_figure(few, ["数据", "没有"]).data
    assert data["year"].tolist() == [2014, 2016]
    assert data["group_docs"].tolist() == [1, 1]
    assert data["rate"].round().tolist() == [6667, 3333]
    assert "none of the terms asked for (没有)" in years_page.trend_figure(few, ["没有"]).data


def note_of(chart):
    return chart.figure._supxlabel.get_text().replace("\n", " ")


def test_the_note_says_how_the_points_are_to_be_read(few, seven):
    note = note_of(years_page.trend_figure(few, ["数据"]))
    assert "未知, in no period: 1 document." in note
    assert "bootstrap" not in note
    note = note_of(years_page.trend_figure(seven, ["渐"]))
    assert "Dotted, 2010、2011、2012、2013、2014、2015、… 7 个: three or four documents" in note
    assert "Pale line" not in note
    assert "未知, in no period: 0 documents." in note


def test_what_rises_and_falls_is_tested_and_function_words_are_not_listed(seven):
    said, rising, falling = years_page.trends(seven)
    assert "tested over 7 periods (by year; 0 of fewer than three documents" in said.data
    assert f"{2 / 5040:.2g}" in said.data
    assert "渐" in [row[0] for row in rows_of(rising)]
    assert "旧词" in [row[0] for row in rows_of(falling)]
    listed = {row[0] for row in rows_of(rising) + rows_of(falling)}
    assert listed.isdisjoint({"的", "2016", "独自"})


def test_years_of_single_documents_are_told_of_a_trend():
    texts = {str(year): "改革 " * (year - 2009) + "的" for year in range(2010, 2016)}
    page = made(texts, by="year", year=[int(name) for name in texts], province="甲")
    assert "6 periods (by year; 6 of fewer than three" in years_page.trends(page)[0].data


def test_below_five_years_it_is_said_why_no_trend_is_tested(few):
    (said,) = years_page.trends(few)
    assert "只有 2 个时期" in said.data
    assert "There are only 2 periods" in said.data


def test_new_and_gone_terms_of_the_target_and_of_every_year(seven):
    said, new, gone, every = years_page.arrivals(seven)
    assert "2 cases" in said.data
    assert "Nothing is new in 2013" in new.data  # none of 3 documents: up to all may have it
    assert "is gone by 2013" in gone.data
    assert len(rows_of(every)) == 7


def test_a_term_lacking_in_enough_documents_is_listed_as_new():
    texts = {f"{year}{i}": "共同 " + word for year, word in ((2015, "旧词"), (2016, "新词"))
             for i in range(8)}  # fmt: skip
    page = made(texts, by="year", year=[int(name[:4]) for name in texts], province="甲")
    _, new, gone, every = years_page.arrivals(page)
    assert rows_of(new)[0][:6] == ["新词", "8", "8/8 篇", "8", "38%", "0"]
    assert rows_of(gone)[0][:3] == ["旧词", "8", "8/8 篇"]
    assert "Sentences with 新词" in new.html
    assert [row[2:] for row in rows_of(every)] == [["—", "—"], ["新词", "旧词"]]


def test_one_document_a_year_brings_nothing_new(few):
    (said,) = years_page.arrivals(few)
    assert "It takes three documents of one year" in said.data


def test_provinces_that_have_used_a_term(seven):
    chart = spread_page.adoption_figure(seven, ["新词", "独自"])
    table = chart.data.set_index(["term", "period"])["percent"]
    assert table["新词"].tolist() == [0, 0, 0, 100, 100, 100, 100]
    assert table["独自"].round().tolist() == [0, 0, 33, 33, 33, 33, 33]
    assert chart.alt.startswith("新词: used in documents of 3 of 3 provinces")


def test_the_first_document_opens_its_sentence(seven):
    table = spread_page.first_sightings(seven, ["独自", "没有"])
    assert [row[:2] for row in rows_of(table)] == [["独自", "2012-01-01"]]
    assert rows_of(table)[0][2:6] == ["甲2012", "甲", "6", "50.0%"]
    assert "Sentences with 独自" in table.html


def test_documents_that_are_equally_early_share_a_row_and_its_sentences(seven):
    table = spread_page.first_sightings(seven, ["渐"])
    (row,) = rows_of(table)
    first = [name for name in SEVEN if "渐" in SEVEN[name]][:3]
    assert row[:4] == ["渐", f"{first[0][1:]}-01-01", "、".join(first), "甲、乙、丙"]
    assert table.html.count("Sentences with 渐") == 1


def test_two_provinces_make_no_curve(few):
    assert "2 provinces and 2 years" in spread_page.adoption_figure(few, ["数据"]).data


def test_the_same_mix_every_year_is_said_to_be_the_same(seven):
    (said,) = spread_page.held_fixed(seven)
    assert "Every year has the same mix" in said.data


def test_a_corpus_that_turns_is_warned_of_and_standardised():
    texts = {f"{p}{y}{i}": "改革 的 的 的" if p == "甲" else "的 的 的 的"
             for y, sizes in ((2015, (3, 1)), (2016, (1, 3)))
             for p, size in zip("甲乙", sizes, strict=True) for i in range(size)}  # fmt: skip
    page = made(texts, by="year", year=[int(name[1:5]) for name in texts],
                province=[name[0] for name in texts])  # fmt: skip
    said, table, chart = spread_page.held_fixed(page, ["改革"])
    assert "may be one of province" in said.data
    assert "25%" in said.data
    assert rows_of(table)[0][:4] == ["province", "2", "2", "8"]
    assert chart.data["rate"].tolist() == [1875, 625]
    assert chart.data["standardised"].tolist() == [1250, 1250]


def test_where_no_mix_can_be_held_the_reason_is_said(few):
    said = words_of(spread_page.held_fixed(few, ["数据"]))
    assert "No line can be drawn at a make-up held fixed" in said


def test_by_province_there_is_no_time(seven):
    page = compare(seven.corpus, seven.tokens, seven.counts, by="province")
    assert "no order in time" in words_of(years_page.trends(page))
    assert "no order in time" in words_of(years_page.arrivals(page))
    assert not isinstance(years_page.trend_figure(page, ["渐"]), Chart)
