"""Adoption: intervals against Kaplan-Meier and isotonic regression, and who was first."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf
from sklearn.isotonic import IsotonicRegression

from difang.compare.adoption import UnknownUnitError, adoption, first_seen, shares
from difang.words.concordance import PatternError
from difang.words.tokens import Tokens


def corpus_of(rows, **columns):
    """Make a corpus of (province, year, text)."""
    table = pd.DataFrame(rows, columns=["province", "year", "text"]).astype({"year": "Int64"})
    table.index = pd.Index([f"d{i}" for i in range(len(rows))], dtype="str")
    days = pd.to_datetime(table["year"].astype("str"), format="%Y", errors="coerce")
    table["date_earliest"], table["date_latest"] = days, days + pd.Timedelta(days=364)
    return SimpleNamespace(documents=table.assign(**columns))


FOUR = corpus_of(
    [
        ("甲", 2014, "旧"), ("甲", 2015, "数字经济"), ("甲", 2016, "旧"),
        ("乙", 2014, "旧"), ("乙", 2015, "旧"), ("乙", 2016, "数字的经济"),
        ("丙", 2014, "旧"), ("丙", 2015, "旧"),
        ("丁", 2016, "数字经济"), (None, 2014, "数字经济"), ("丁", None, "旧"),
    ]
)  # fmt: skip


def test_who_has_used_it_by_when():
    table = adoption(FOUR, "数字经济")
    assert table["period"].tolist() == [2014, 2015, 2016]
    assert table["documents"].tolist() == [3, 3, 3]
    assert table["units"].tolist() == [3, 3, 3]
    assert table["new"].tolist() == [0, 1, 1]
    assert table["seen"].tolist() == [0, 1, 2]
    assert table.attrs["units"] == 4
    assert (table.attrs["unknown"], table.attrs["unknown_with"]) == (2, 1)


def test_a_province_first_seen_late_is_not_taken_for_a_late_comer():
    table = adoption(FOUR, "数字经济")  # 丁 had it by 2016: in that year, or before
    assert table["share"].iloc[0] == pytest.approx(0, abs=1e-3)
    assert table["share"].iloc[1] > 1 / 3  # 甲 of three, and a part of 丁


def test_patterns_reach_over_characters():
    assert adoption(FOUR, "数字*经济")["seen"].tolist() == [0, 1, 3]


def test_a_variant_that_the_lexicon_reads_as_the_phrase_counts_where_tokens_are_given():
    corpus = corpus_of([("甲", 2014, "五中全会"), ("乙", 2014, "旧"), ("乙", 2015, "旧")])
    terms, ids = ("旧", "十八届五中全会"), np.array([1, 0, 0], np.int32)
    tokens = Tokens(("d0", "d1", "d2"), terms, ids, np.arange(4), "", np.array([4, 1, 1], np.int32))
    assert adoption(corpus, "十八届五中全会")["seen"].tolist() == [0, 0]
    assert adoption(corpus, "十八届五中全会", tokens=tokens)["seen"].tolist() == [1, 1]
    assert first_seen(corpus, "十八届五中全会", tokens=tokens)["doc_id"].tolist() == ["d0"]
    assert adoption(corpus, "五中", tokens=tokens)["seen"].tolist() == [1, 1]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=25))
def test_with_documents_in_every_period_it_is_kaplan_meier(units):
    """Each unit is followed up to a period: there it is seen using, or never more."""
    ends = np.array([end for end, _ in units])
    event = np.array([uses for _, uses in units])
    after, until = np.where(event, ends - 1, ends), np.where(event, ends, 6)
    found = shares(after, until, 6)
    sample = CensoredData(uncensored=ends[event] + 0.0, right=ends[~event] + 0.0)
    theirs = ecdf(sample).cdf.evaluate(np.arange(6))
    np.testing.assert_allclose(found, theirs, atol=2e-3)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=3, max_size=25))
def test_with_one_document_each_it_is_isotonic_regression(units):
    """One look at each unit, with or without it (current status; Groeneboom & Wellner 1992)."""
    at = np.array([period for period, _ in units])
    has = np.array([uses for _, uses in units])
    found = shares(np.where(has, -1, at), np.where(has, at, 5), 5)
    theirs = IsotonicRegression(y_min=0, y_max=1).fit(at, has.astype(float))
    looked = np.unique(at)
    np.testing.assert_allclose(found[looked], theirs.predict(looked), atol=2e-3)


def test_copies_and_fiction_are_not_searched():
    rows = [("甲", 2014, "新"), ("乙", 2014, "新"), ("丙", 2014, "新")]
    columns = {"genre": ["speech", "fiction", "speech"], "duplicate_of": [None, None, "d0"]}
    assert adoption(corpus_of(rows, **columns), "新")["documents"].tolist() == [1]
    assert first_seen(corpus_of(rows, **columns), "新")["doc_id"].tolist() == ["d0"]


def test_the_first_document_and_how_many_were_searched_before():
    rows = [("甲", 2010 + year, "旧") for year in range(6)] + [
        ("乙", 2018, "新"),
        ("甲", None, "新"),
    ]
    found = first_seen(corpus_of(rows, source="日报"), "新")
    assert found[["doc_id", "province", "source"]].to_numpy().tolist() == [["d6", "乙", "日报"]]
    row = found.iloc[0]
    assert (row["earlier"], row["upper"], row["documents"], row["undated"]) == (6, 0.5, 2, 1)


def test_documents_of_the_same_window_are_first_together_and_not_earlier():
    rows = [("甲", 2014, "新"), ("乙", 2014, "新"), ("丙", 2014, "旧"), ("甲", 2015, "新")]
    found = first_seen(corpus_of(rows), "新")
    assert found["doc_id"].tolist() == ["d0", "d1"]
    assert found["earlier"].tolist() == [0, 0]
    assert found["upper"].tolist() == [1, 1]


def test_a_document_of_the_same_day_is_not_earlier():
    corpus = corpus_of([("甲", 2014, "旧"), ("乙", 2014, "新")])
    corpus.documents["date_latest"] = corpus.documents["date_earliest"]
    assert first_seen(corpus, "新")["earlier"].tolist() == [0]


def test_what_nobody_says_was_not_seen():
    assert first_seen(FOUR, "没有").empty
    assert adoption(FOUR, "没有")["share"].tolist() == [0, 0, 0]


def test_what_cannot_be_followed():
    with pytest.raises(
        UnknownUnitError, match="hold no column county; their columns are: province"
    ):
        adoption(FOUR, "新", by="county")
    with pytest.raises(UnknownUnitError, match="no document with both province and year"):
        adoption(corpus_of([(None, 2014, "新")]), "新")
    with pytest.raises(PatternError):
        adoption(FOUR, "*")
