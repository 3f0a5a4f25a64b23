import html
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from difang.reports import tables
from difang.reports.lines import NotLinesError, quote_lines
from difang.reports.tables import UnknownColumnError, table
from difang.reports.wording import tabulate
from difang.words.lexicon import read_lexicon

SCORES = pd.DataFrame(
    {
        "term": ["数字经济", "乡村振兴", "GDP"],
        "score": [12.3456, -0.5, np.nan],
        "n": [4312, 7, 0],
        "year": [2018, 2019, 2020],
    }
)


def texts(told: str, tag: str) -> list[str]:
    cells = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", told, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in cells]


def lines(number: int, *documents: str) -> pd.DataFrame:
    rows = [
        {"doc_id": documents[at % len(documents)], "left": f"l{at}", "keyword": "k", "right": "r"}
        for at in range(number)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "left", "keyword", "right"])


def test_columns_numbers_and_missing_values_are_written_to_be_read() -> None:
    told = table(SCORES, caption="Scores").html
    assert texts(told, "th") == ["term", "score", "n", "year", "数字经济", "乡村振兴", "GDP"]
    assert texts(told, "td") == [
        *("12.3", "4312", "2018"),
        *("−0.5", "7", "2019"),
        *("—", "0", "2020"),
    ]
    assert '<th scope="col" class="number">score</th>' in told
    assert '<th scope="row" lang="zh-Hans">数字经济</th>' in told
    assert '<th scope="row">GDP</th>' in told
    assert '<td class="number" data-value="12.3456">12.3</td>' in told


def test_a_second_text_stands_small_beneath_the_first_cell_of_its_row() -> None:
    frame = SCORES.assign(gloss=["digital <economy>", "", ""])
    told = table(frame, caption="Scores", columns={"term": "term", "n": "n"}, beneath="gloss").html
    small = '<small lang="en">digital &lt;economy&gt;</small>'
    assert f'<th scope="row" lang="zh-Hans">数字经济 {small}</th>' in told
    assert '<th scope="row" lang="zh-Hans">乡村振兴</th>' in told
    assert texts(told, "td") == ["4312", "7", "0"] and "gloss" not in told
    with pytest.raises(UnknownColumnError, match=r"column 'gloss'\. The table holds term"):
        table(SCORES, caption="Scores", beneath="gloss")


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([0.00123, 0.5], ["0.001", "0.500"]),
        ([123456, 999], ["123,456", "999"]),
        ([1234.567, 0.1], ["1235", "0"]),
        ([1.0, 2.0], ["1", "2"]),
        ([0.0, 0.0], ["0", "0"]),
        ([np.inf, 1.5], ["inf", "1.50"]),
        ([True, False], ["yes", "no"]),
        ([["甲", "乙"], []], ["甲、乙", ""]),
        ([pd.Timestamp("2018-09-13"), pd.NaT], ["2018-09-13", "—"]),
        ([None, "x"], ["—", "x"]),
    ],
)
def test_values_of_each_kind(values: list[object], written: list[str]) -> None:
    frame = pd.DataFrame({"term": ["a", "b"], "value": values})
    assert texts(table(frame, caption="").html, "td") == written


def test_numbers_in_a_column_whose_words_have_translations_are_written_as_numbers(monkeypatch):
    monkeypatch.setitem(tables.VALUES, "value", {"a": "甲"})
    frame = pd.DataFrame({"term": ["a", "b", "c"], "value": [14.190032285680713, 0.0, np.nan]})
    assert texts(table(frame, caption="").html, "td") == ["14.2", "0.0", "—"]
    frame = pd.DataFrame({"term": ["a", "b"], "value": ["a", "b"]})
    assert texts(table(frame, caption="").html, "td") == ["甲", "b"]


def test_integers_that_may_be_missing() -> None:
    frame = pd.DataFrame({"term": ["a", "b"], "year": pd.array([2018, None], dtype="Int64")})
    assert texts(table(frame, caption="").html, "td") == ["2018", "—"]


def test_the_cut_is_stated() -> None:
    assert texts(table(SCORES, caption="Scores", rows=2).html, "small") == ["2 of 3 rows"]
    assert texts(table(SCORES, caption="Scores", rows=None).html, "small") == ["3 rows"]
    assert texts(table(SCORES.head(1), caption="Scores").html, "small") == ["1 row"]
    assert texts(table(SCORES.head(0), caption="Scores").html, "small") == ["0 rows"]
    assert "乡村振兴" not in table(SCORES, caption="Scores", rows=1).html


def test_columns_are_chosen_ordered_labelled_and_formatted() -> None:
    labels = {"n": "次数", "term": "词项"}
    told = table(SCORES, caption="", columns=labels, formats={"n": ">6,d"}, rows=1).html
    assert texts(told, "th") == ["次数", "词项", "4,312"]
    shares = table(
        SCORES, caption="", columns={"term": "term", "score": "score"}, formats={"score": ".1%"}
    ).html
    assert texts(shares, "td") == ["1234.6%", "-50.0%", "—"]


def test_an_unknown_column_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownColumnError, match=r"column 'rate'\. The table holds term, score"):
        table(SCORES, caption="", columns={"term": "term", "rate": "rate"})
    with pytest.raises(UnknownColumnError, match="'p'"):
        table(SCORES, caption="", formats={"p": ".3f"})


def test_a_named_index_is_shown_and_the_frame_is_left_as_it_was() -> None:
    frame = SCORES.set_index("term")
    before = frame.copy()
    assert texts(table(frame, caption="").html, "th")[0] == "term"
    pd.testing.assert_frame_equal(frame, before)


@settings(deadline=None, max_examples=50)
@given(st.text(min_size=1), st.text())
@example("<b>&amp;", '<i>"')
def test_whatever_a_cell_holds_is_shown_as_text(value: str, caption: str) -> None:
    told = table(pd.DataFrame({value: [value]}), caption=caption).html
    assert html.unescape(told).count(value) >= 2
    tags = set(re.findall(r"</?([^\s>]*)", told))
    assert tags == {"div", "table", "caption", "small", "thead", "tbody", "tr", "th"}


def test_each_term_opens_its_sentences_at_most_twenty() -> None:
    found = {"数字经济": lines(57, "甲", "乙"), "GDP": lines(1, "甲")}
    told = table(SCORES, caption="", sentences=found).html
    assert texts(told, "summary") == [
        "Sentences with 数字经济: 20 of 57",
        "Sentences with GDP: 1",
    ]
    assert told.count("<li>") == 21
    assert 'colspan="5"' in told


def test_rows_stay_together_with_their_sentences() -> None:
    told = table(SCORES, caption="", sentences={"乡村振兴": lines(1, "甲")}).html
    [unit] = [body for body in re.findall(r"<tbody>.*?</tbody>", told) if "<li>" in body]
    assert "乡村振兴" in unit
    assert told.count("<tbody>") == 3


def test_lines_are_spread_over_the_documents() -> None:
    frame = pd.concat([lines(50, "long"), lines(2, "short")])
    told = quote_lines(frame, caption="A & B", rows=6).html
    assert texts(told, "cite") == ["long"] * 4 + ["short"] * 2
    assert "A &amp; B <small>6 of 52 lines</small>" in told


def test_lines_read_as_sentences_and_are_text() -> None:
    row = {"doc_id": "<i>", "left": "<b>左", "keyword": "k&", "right": None}
    told = quote_lines(pd.DataFrame([row])).html
    assert texts(told, "li") == ["<b>左k& <i>"]
    assert "<small>1 line</small>" in told


def test_a_table_without_lines_is_refused() -> None:
    with pytest.raises(NotLinesError, match=r"without doc_id, left, keyword, right\. The table"):
        quote_lines(SCORES)


def test_terms_have_pinyin_and_gloss_where_the_lexicon_has_them_and_no_invented_one() -> None:
    frame = pd.DataFrame({"term": ["枫桥经验", "没有此词"], "n": [2, 1]})
    told = tabulate({"caption": "Terms", "columns": {"term": "term", "n": "n"}}, frame).html
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', told)
    entry = read_lexicon().phrases.set_index("phrase").loc["枫桥经验"]
    pinyin = f'<span lang="zh-Latn">{entry["pinyin"]}</span>'
    assert rows == [f'枫桥经验 <small lang="en">{pinyin} · {entry["gloss"]}</small>', "没有此词"]


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("2017-10-18", True),
        ("江西省 2018–2021", True),
        ("2016-01-29 hard", True),
        ("中央政治局关于加强和维护党中央集中统一领导的若干规定 2017-10-27", False),
    ],
)
def test_days_are_kept_on_one_line_and_titles_with_a_day_are_not(said: str, whole: bool) -> None:
    told = table(pd.DataFrame({"term": ["甲"], "source": [said]}), caption="Sources").html
    (marks,) = re.findall(rf"<td([^>]*)>{said}</td>", told)
    assert ('class="date"' in marks) == whole
