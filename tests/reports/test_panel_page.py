"""What notebook 07 shows of a panel."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from difang.compare.panel import panel
from difang.reports import panel_page
from difang.reports.figures import Chart
from difang.words.counting import Counts

from .corpora import made

CONCEPTS = pd.DataFrame({"concept": ["稳定", "生态"], "term": ["稳定", "生态"]})


def found(*rows, by=("province", "year")):
    names = ("text", "province", "year")
    corpus = made(
        [{"doc_id": f"d{k}", **dict(zip(names, row, strict=True))} for k, row in enumerate(rows)]
    )
    corpus.evidence["decisive"] = pd.Series(dtype=bool)
    counts = Counts(csr_matrix(np.full((len(rows), 1), 50)), pd.Index(["词"]), corpus.documents)
    return panel(corpus, counts, CONCEPTS, by=by)


@pytest.fixture
def shown():
    return found(
        ("稳定" * 30, "江西省", 2018), ("稳定，生态", "江西省", 2018), ("无", "湖北省", 2020)
    )


def test_the_concept_named_most_is_drawn_cell_by_cell(shown):
    chart = panel_page.heat(shown)
    assert isinstance(chart, Chart)
    assert chart.alt.startswith("稳定: mean rate by province × year")
    assert chart.data[["province", "year", "n", "group_docs"]].to_numpy().tolist() == [
        ["江西省", 2018, 31, 2], ["湖北省", 2020, 0, 1],
    ]  # fmt: skip
    assert panel_page.heat(shown, "生态").data["n"].tolist() == [1, 0]


def test_each_number_of_the_table_opens_its_lines(shown):
    html = panel_page.table(shown).html
    rows = re.findall(r'row"[^>]*>(.*?)</th><td class="number"[^>]*>(\d+)<', html)
    assert rows == [("江西省 2018 稳定", "31"), ("江西省 2018 生态", "1")]
    assert re.findall(r"</span>([\d of]+)</summary>", html) == ["20 of 31", "1"]
    assert html.count("<li>") == 21
    assert "1 of 2 rows" in panel_page.table(shown, top=1).html


def test_where_there_is_nothing_to_show_a_sentence_says_so(shown):
    nowhere = found(("稳定", None, 2018))
    for said in (panel_page.heat(nowhere), panel_page.told(nowhere)):
        assert said.data.startswith("0 documents in 0 cells of province × year")
    assert panel_page.table(nowhere).data == "No concept is named in a cell of province × year."
    years = found(("稳定", None, 2018), by=("year", "year"))
    assert panel_page.heat(years).data.startswith("1 document in 1 cell of year")
    assert "江西" not in panel_page.table(years).html
