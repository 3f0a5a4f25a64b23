"""How a phrase enters: the years and provinces of small corpora, counted by hand."""

import pandas as pd
import pytest

from difang.corpus.documents import Corpus
from difang.reports import entry_page, phrases_page
from difang.words.lexicon import read_lexicon

ROWS = (
    "phrase,kind,first_use,lower_bound\n"
    "供给侧结构性改革,national,2015-11-10,hard\n一带一路,national,2013-09-07,hard\n"
)
NEW, OLD = "推进供给侧结构性改革。", "推进一带一路。"
PROVINCES = ("江西省", "湖北省", "贵州省")
TEXTS = [("平安。", place, 2014) for place in PROVINCES]
TEXTS += [(OLD if place == "江西省" else "平安。", place, 2015) for place in PROVINCES]
TEXTS += [(OLD + NEW + NEW, place, 2016) for place in PROVINCES]


def read(rows, tmp_path):
    texts, places, years = zip(*rows, strict=True)
    documents = pd.DataFrame({"text": pd.Series(texts, dtype="str"), "province": list(places)})
    documents["year"] = pd.array(years, dtype="Int64")
    documents[["date", "date_latest"]] = pd.NaT
    documents["duplicate_of"] = pd.Series([None] * len(texts), dtype="str")
    documents.index = pd.Index([f"d{k}" for k in range(len(texts))], name="doc_id", dtype="str")
    empty = pd.DataFrame(columns=["doc_id", "rule"], dtype="str")
    corpus = Corpus("texts", documents, empty, pd.DataFrame(), pd.DataFrame(), {})
    (tmp_path / "set_phrases.csv").write_text(ROWS, encoding="utf-8")
    return phrases_page.read(corpus, read_lexicon(tmp_path))


@pytest.mark.parametrize("phrase", [None, "供给侧结构性改革"])
def test_the_phrase_that_rises_most_is_told_year_by_year(tmp_path, phrase):
    sentence, curve, table = entry_page.entering(read(TEXTS, tmp_path), phrase)
    told = sentence.data
    assert "**供给侧结构性改革**: in 2015 documents of **0 of 3** provinces" in told
    assert "in 2016 of **3 of 3**" in told
    assert "First seen in this corpus: 2016; before the first year with it, 6 documents" in told
    assert "2015-11-10 hard" in told and "Origin: central" in told
    assert curve.data["percent"].tolist() == [0, 0, 100]
    assert "官方首用" in curve.alt
    assert "供给侧结构性改革, year by year" in table.html
    assert (
        ">Sentences with 2016: </span>6<" in table.html and "Sentences with 2015" not in table.html
    )


def test_another_phrase_can_be_asked_for(tmp_path):
    sentence, curve, _ = entry_page.entering(read(TEXTS, tmp_path), "一带一路")
    assert (
        "in 2015 documents of **1 of 3** provinces have it, in 2016 of **3 of 3**" in sentence.data
    )
    assert curve.data["percent"].round(1).tolist() == [0, 33.3, 100]


@pytest.mark.parametrize(
    ("rows", "phrase", "said"),
    [
        (TEXTS, "平安", "no phrase 平安"),
        ([*TEXTS[:3], (NEW, "江西省", 2015)], None, "two years of 3 documents"),
        (TEXTS[6:], "供给侧结构性改革", "of one year or none"),
        ([(NEW, "江西省", None)], "供给侧结构性改革", "of one year or none"),
    ],
)
def test_too_little_is_said_in_a_sentence(tmp_path, rows, phrase, said):
    (sentence,) = entry_page.entering(read(rows, tmp_path), phrase)
    assert said in sentence.data


def test_two_provinces_give_a_table_and_no_curve(tmp_path):
    rows = [row for row in TEXTS if row[1] != "贵州省"]
    assert len(entry_page.entering(read(rows, tmp_path), "供给侧结构性改革")) == 2
