"""Headline lists hold what a group shares; the rest stands in the second list."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from difang.compare.groups import UnknownGroupError
from difang.compare.headline import (
    MASKED,
    beside,
    headline,
    is_shared,
    left_out,
    single_document,
    slightly_more,
)
from difang.compare.refusals import TooLittleWarning
from difang.compare.tfidf import tfidf, tfidf_contrast
from difang.words.counting import Counts


@pytest.mark.parametrize(
    ("n_docs", "group_docs", "share", "shared"),
    [
        (3, 3, 0.4, True),
        (2, 3, 0.5, True),
        (2, 4, 0.5, True),
        (1, 4, 1.0, False),
        (2, 5, 0.5, False),
        (3, 5, 0.5, True),
        (3, 5, 0.51, False),
        (30, 40, 0.51, False),
        (2, 2, 0.5, False),
        (1, 1, 1.0, False),
        (0, 9, np.nan, False),
    ],
)
def test_the_rule(n_docs, group_docs, share, shared):
    assert is_shared(np.array([n_docs]), np.array([group_docs]), np.array([share]))[0] == shared


def scores_of(rows, terms, provinces, mask=False) -> pd.DataFrame:
    documents = pd.DataFrame({"province": provinces}, index=[f"d{i}" for i in range(len(rows))])
    counts = Counts(csr_matrix(np.array(rows, np.int32)), pd.Index(terms, dtype="str"), documents)
    return tfidf_contrast(counts, by="province", mask=mask)


TERMS = ["五十", "的", "赣州", "改革", "共有"]
ROWS = [[50, 9, 4, 2, 0], [0, 9, 4, 2, 0], [0, 9, 4, 2, 0], [0, 1, 0, 0, 9], [0, 1, 0, 0, 9]]
PROVINCES = ["江西省"] * 3 + ["湖北省"] * 2


@settings(deadline=None, max_examples=40)
@given(
    size=st.integers(3, 12),
    often=st.integers(50, 500),
    word=st.integers(0, 11),
    seed=st.integers(0, 99),
)
def test_fifty_times_in_one_document_is_never_headline_news(size, often, word, seed):
    rows = np.random.default_rng(seed).poisson(2, (2 * size, 8)) + 1
    rows[:, 0] = 0
    rows[word % size, 0] = often
    scores = scores_of(rows, list("甲乙丙丁戊己庚辛"), ["江西省"] * size + ["湖北省"] * size)
    row = scores[(scores["group"] == "江西省") & (scores["term"] == "甲")].iloc[0]
    assert row["score"] > 0 and row["flags"] == "单篇词"
    assert "甲" not in set(headline(scores, group="江西")["term"])
    assert "甲" in set(single_document(scores, group="江西")["term"])


def test_stopwords_and_names_leave_the_list_and_stay_in_the_scores():
    mask = pd.Series(["place"], index=["赣州"])
    scores = scores_of(ROWS, TERMS, PROVINCES, mask)
    assert headline(scores, group="江西", stopwords=frozenset(["的"]))["term"].to_list() == ["改革"]
    assert {"的", "赣州"} <= set(scores["term"])
    assert set(headline(scores, group="江西", masked=())["term"]) == {"赣州", "改革", "的"}
    assert single_document(scores, group="江西", stopwords={"五十"}).empty


def test_only_terms_the_group_over_uses_are_listed():
    scores = scores_of(ROWS, TERMS, PROVINCES)
    listed = headline(scores, group="江西")
    assert (listed["score"] > 0).all() and listed["score"].is_monotonic_decreasing
    assert "共有" not in set(listed["term"])


def test_two_documents_have_no_headline_and_are_told_why():
    scores = scores_of(ROWS, TERMS, PROVINCES)
    with pytest.warns(TooLittleWarning, match="湖北省: 本组只有 2 篇文献.*only 2 documents"):
        assert headline(scores, group="湖北").empty
    assert single_document(scores, group="湖北")["term"].to_list() == ["共有"]


def test_top_cuts_the_list():
    scores = scores_of(ROWS, TERMS, PROVINCES)
    assert len(headline(scores, group="江西", top=1)) == 1


def test_scores_read_back_from_a_file_give_the_same_lists(tmp_path):
    scores = scores_of(ROWS, TERMS, PROVINCES)
    scores.to_csv(tmp_path / "scores.csv", index=False, encoding="utf-8-sig")
    again = pd.read_csv(tmp_path / "scores.csv")
    assert headline(again, group="江西省")["term"].equals(headline(scores, group="江西省")["term"])


def test_unknown_group():
    with pytest.raises(UnknownGroupError, match=r"The counts hold 2: 江西省, 湖北省\."):
        headline(scores_of(ROWS, TERMS, PROVINCES), group="江苏")


def test_a_group_without_any_term_above_zero_has_empty_lists():
    scores = scores_of([[2, 1], [2, 0]], ["发展", "酒"], ["江西省", "贵州省"])
    assert (scores.loc[scores["group"] == "贵州省", "score"] > 0).sum() == 1
    kept = {"stopwords": {"发展"}}
    for choose in (partial(headline, quiet=True), single_document):
        rows = choose(scores, group="贵州", **kept)
        assert rows.empty
        assert "score" in rows


def test_what_a_text_calls_its_own_division_is_left_out_between_places_and_kept_in_the_scores():
    rows = [[9, 2], [9, 3], [9, 2], [0, 1]]
    scores = scores_of(rows, ["全省", "发展"], ["江西省"] * 3 + ["贵州省"], mask=None)
    assert scores.loc[scores["term"] == "全省", "flags"].str.contains("self").all()
    assert headline(scores, group="江西")["term"].to_list() == []
    shown = headline(scores, group="江西", masked=("place", "person"))
    assert shown["term"].to_list() == ["全省"]


def test_a_term_used_less_than_twice_as_often_stands_apart():
    # of 100 tokens each: 发展 30 and 16 (1.9 times), 脱贫 20 and 10 (twice), 十三五 5 and 0
    rows = [[30, 20, 5, 45]] * 3 + [[16, 10, 0, 74]] * 3
    scores = scores_of(rows, ["发展", "脱贫", "十三五", "其他"], ["江西省"] * 3 + ["湖北省"] * 3)
    assert headline(scores, group="江西")["term"].to_list() == ["脱贫", "十三五"]
    assert slightly_more(scores, group="江西")["term"].to_list() == ["发展"]
    assert scores.loc[scores["term"] == "其他", "flags"].to_list() == ["", "slight"]


@pytest.mark.parametrize(("reference", "listed"), [("others", ["酒"]), ("pooled", [])])
def test_twice_as_often_as_the_mean_of_the_groups_or_as_all_of_them_as_one(reference, listed):
    # 酒: 20 of 100 tokens; 4 of 100 in one document of one group, 16 of 100 in four of the other
    rows = [[20, 80]] * 3 + [[4, 96]] + [[15, 85]] * 4
    columns = {"province": ["贵州省"] * 3 + ["江西省"] + ["湖北省"] * 4}
    documents = pd.DataFrame(columns, index=[f"d{i}" for i in range(8)])
    counts = Counts(csr_matrix(np.array(rows, np.int32)), pd.Index(["酒", "茶"]), documents)
    scores = tfidf_contrast(counts, by="province", reference=reference, mask=False)
    assert headline(scores, group="贵州")["term"].to_list() == listed


def test_nothing_is_slight_without_a_reference():
    documents = pd.DataFrame({"year": [2015, 2015, 2015]}, index=list("甲乙丙"))
    counts = Counts(csr_matrix([[3], [3], [3]]), pd.Index(["发展"]), documents)
    assert headline(tfidf(counts, by="year"), group=2015)["term"].to_list() == ["发展"]


def test_numbers_and_words_for_ones_own_division_are_left_out_between_years_and_shown():
    rows = [[9, 9, 9, 9, 1]] * 3 + [[1, 1, 1, 1, 20]] * 3
    terms = ["2016", "20%", "全省", "互联网+", "其他"]
    documents = pd.DataFrame({"year": [2016] * 3 + [2015] * 3}, index=[f"d{i}" for i in range(6)])
    counts = Counts(csr_matrix(np.array(rows, np.int32)), pd.Index(terms), documents)
    scores = tfidf_contrast(counts, by="year", target=2016)
    assert headline(scores, group=2016)["term"].to_list() == ["互联网+"]
    assert set(left_out(scores, group=2016)["term"]) == {"2016", "20%", "全省"}
    assert {"number", "self"} < set(MASKED)


def test_two_lists_side_by_side_hold_the_first_of_either_with_both_ranks_and_counts():
    provinces = ["江西省"] * 3 + ["湖北省"] * 3
    first = scores_of([[9, 5, 2, 0]] * 3 + [[0, 0, 0, 9]] * 3, list("甲乙丙丁"), provinces)
    other = scores_of([[1, 5, 0, 0]] * 3 + [[0, 0, 0, 9]] * 3, list("甲乙丙丁"), provinces)
    table = beside(first, other, group="江西", top=1)
    assert table.columns.to_list() == ["term", "rank", "n", "rank_other", "n_other"]
    assert table.to_numpy().tolist() == [["甲", 1, 27, 2, 3], ["乙", 2, 15, 1, 15]]
    rows = beside(first, other, group="江西", stopwords={"乙"}).set_index("term")
    assert rows.index.to_list() == ["甲", "丙"]
    assert pd.isna(rows.loc["丙", "rank_other"])  # said by none: no rank, which is not rank 0
