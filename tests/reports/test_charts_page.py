"""What notebook 07 draws, writes to a folder, and says where it draws nothing."""

import pandas as pd
import pytest
from IPython.display import Markdown

from difang import project
from difang.reports import charts_page, reuse_page
from difang.reports.comparison import compare
from difang.reports.figures import Chart
from reports.test_compare_page import PROVINCES, TEXTS, made, words_of

NAMES = [
    "coverage", "ranked", "cloud", "both-sides", "scatter", "heat", "series", "adoption", "map",
    "x-ray", "network", "side-by-side",
]  # fmt: skip


@pytest.fixture(scope="module")
def pages():
    texts = {doc_id: text for doc_id, text in TEXTS.items() if doc_id != "乙1"}
    provinces = [*PROVINCES[:3], *PROVINCES[4:]]
    page = made(texts, province=provinces, year=[2016, 2016, 2016, 2014, 2014])
    years = compare(page.corpus, page.tokens, page.counts, by="year")
    return page, years, reuse_page.read(page.corpus)


def test_every_figure_is_a_chart_or_a_reason(pages):
    figures = charts_page.figures(*pages, top=1)
    assert list(figures) == NAMES
    drawn = {name for name, one in figures.items() if isinstance(one, Chart)}
    assert drawn == set(NAMES) - {"both-sides", "network", "side-by-side"}
    assert len(figures["ranked"].data) == 1
    told = charts_page.headline_sentence(pages[0], figures).data
    assert told.startswith("9 of 12 figures can be drawn from 5 documents")
    assert told.endswith("what is used more and less; who shares passages; a passage side by side.")


def test_terms_asked_for_are_followed_and_mapped(pages):
    figures = charts_page.figures(*pages, ["数据"])
    rates = figures["map"].data.set_index("province")["value"]
    assert rates[["贵州", "江西"]].round().tolist() == [3333, 0]
    assert pd.isna(rates["北京"])
    assert set(figures["series"].data["term"]) == {"数据"}
    assert "No dispersion plot" in figures["x-ray"].data


def test_an_x_ray_has_the_documents_of_the_target(pages):
    data = charts_page.x_ray(pages[0], ["生态"]).data
    assert data["doc_id"].value_counts().to_dict() == {"甲1": 2, "甲2": 2, "甲3": 2}
    assert data["share"].iloc[0] == 0


def test_a_cloud_is_scaled_by_the_scores_of_the_bars(pages):
    bars = charts_page.figures(*pages)["ranked"].data.set_index("term")["score"]
    cloud = charts_page.cloud(pages[0]).data.set_index("term")["score"]
    assert cloud.to_dict() == bars.to_dict()


def test_without_a_list_the_reason_stands_in_place(pages):
    page = compare(*(getattr(pages[0], part) for part in ("corpus", "tokens", "counts")),
                   by="province", target="海南")  # fmt: skip
    figures = charts_page.figures(page, *pages[1:])
    assert "only 1 document" in figures["ranked"].data
    for name in ("cloud", "both-sides"):
        assert "As said above, **海南省** has no list" in figures[name].data


def test_without_provinces_there_is_no_map():
    page = made({"甲": "生态", "乙": "数据"}, province=[None, None], year=[None, None])
    figures = charts_page.figures(page, page, reuse_page.read(page.corpus))
    assert "No map" in figures["map"].data
    assert figures["coverage"].data["province"].tolist() == ["未知"]


def test_files_are_written_only_where_asked_for(pages, tmp_path, monkeypatch):
    monkeypatch.setattr(project, "ROOT", tmp_path)
    chart = charts_page.coverage(pages[0])
    shown = charts_page.kept(chart, "coverage", None)
    assert (len(shown), list(tmp_path.iterdir())) == (2, [])
    shown = charts_page.kept(chart, "coverage", "figures")
    files = {f"coverage.{suffix}" for suffix in ("png", "svg", "pdf", "csv")}
    assert {path.name for path in (tmp_path / "figures").iterdir()} == files
    assert "coverage.csv in figures" in words_of(shown[-1])


def test_the_data_below_a_figure_lose_no_row_and_a_wide_table_stands_long():
    rates = pd.DataFrame({"province": ["甲", "乙"], **{f"词{i}": [i, i + 0.5] for i in range(9)}})
    rates.loc[1, "词3"] = None
    [_, shown] = charts_page.kept(Chart(None, "", rates), "heat", None)
    assert "8 of 17 rows" in shown.html and ">rate 每万词<" in shown.html
    part = pd.DataFrame({"year": [2014, 2015], "rate": [1.0, 2.0], "interval_low": [None, 1.5]})
    [_, shown] = charts_page.kept(Chart(None, "", part), "series", None)
    assert "2 rows" in shown.html and "interval from" in shown.html


def test_a_reason_is_not_written(tmp_path):
    reason = Markdown("No map.")
    assert charts_page.kept(reason, "map", tmp_path) == [reason]
    assert list(tmp_path.iterdir()) == []


def test_the_page_says_where_files_go():
    assert "Nothing is written" in charts_page.where_saved(None).data
    assert "the folder figures" in charts_page.where_saved("x/figures").data


def test_the_data_of_a_figure_stand_under_words_not_names_of_columns(pages):
    shown = charts_page.kept(charts_page.figures(*pages)["ranked"], "ranked", None)[1].html
    assert "documents with it 篇" in shown and "n_docs" not in shown
