"""Rates by year, their limits, and trends: published numbers, scipy, and counts by hand."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from scipy.stats import bootstrap, false_discovery_control

from difang.compare.groups import UnknownColumnError
from difang.compare.rates import rates_by
from difang.compare.refusals import TooLittleWarning
from difang.compare.trends import NoOrderError, no_trend, trend
from difang.words.counting import Counts

GOLD = Path(__file__).parents[1] / "gold" / "statistics.json"


@pytest.fixture(scope="module")
def gold():
    return {case["id"]: case for case in json.loads(GOLD.read_text(encoding="utf-8"))}


def counts_of(rows, years, **more) -> Counts:
    index = pd.Index([f"d{i}" for i in range(len(rows))], dtype="str")
    documents = pd.DataFrame({"year": years, **more}, index=index)
    return Counts(csr_matrix(np.array(rows, np.int32)), pd.Index(["改革", "的"]), documents)


def test_each_document_counts_once_however_long():
    table = rates_by(counts_of([[1, 9], [0, 990]], [2016, 2016]), terms=["改革"])
    assert table.loc[0, "rate"] == pytest.approx(500)  # (1000 + 0) / 2, not 10 of 10,000
    assert table.loc[0, ["n", "n_docs", "group_docs"]].to_list() == [1, 1, 2]


def test_rows_follow_terms_then_groups():
    table = rates_by(counts_of([[1, 1], [2, 2]], [2017, 2016]), terms=["的", "改革", "的"])
    assert table["term"].to_list() == ["的", "的", "改革", "改革"]
    assert table["group"].to_list() == [2016, 2017, 2016, 2017]


def test_documents_without_year_or_tokens_and_copies_are_left_out():
    rows = [[1, 9], [5, 5], [0, 0], [1, 9]]
    counts = counts_of(rows, [2016, None, 2016, 2016], duplicate_of=[None, None, None, "d0"])
    table = rates_by(counts, terms=["改革"])
    assert table["rate"].to_list() == [1000]
    assert table["group_docs"].to_list() == [1]


def test_a_year_of_empty_documents_has_no_rate():
    table = rates_by(counts_of([[1, 9], [0, 0]], [2016, 2017]), terms=["改革"])
    assert table["rate"].isna().to_list() == [False, True]
    assert table["group_docs"].to_list() == [1, 0]


def test_a_term_the_counts_do_not_know_is_missing_not_zero():
    table = rates_by(counts_of([[1, 9]], [2016]), terms=["一带一路", "改革"])
    assert table.loc[0, ["rate", "n", "n_docs"]].isna().all()
    assert table.loc[1, "n"] == 1


def test_no_terms_give_no_rows():
    assert rates_by(counts_of([[1, 9]], [2016]), terms=[]).empty


def test_unknown_column():
    with pytest.raises(UnknownColumnError, match="Cannot group documents by 'jahr'"):
        rates_by(counts_of([[1, 9]], [2016]), terms=["改革"], by="jahr")


def many(rates, per_year=1, start=2010):
    """Counts with a term of these rates (in 100 tokens) in years from `start` on."""
    rows = [[n, 100 - n] for n in rates for _ in range(per_year)]
    return counts_of(rows, np.repeat(range(start, start + len(rates)), per_year))


@pytest.mark.parametrize(("documents", "kind"), [(1, None), (2, None), (3, "range"), (4, "range"),
                                                 (5, "interval"), (12, "interval")])  # fmt: skip
def test_limits_follow_the_size_of_the_group(documents, kind):
    rows = [[1 + i % 3, 99] for i in range(documents)]
    row = rates_by(counts_of(rows, [2016] * documents), terms=["改革"]).iloc[0]
    assert (row["limits"] if kind else pd.isna(row["limits"])) == (kind or True)
    assert pd.isna(row["interval_low"]) == pd.isna(row["interval_high"]) == (kind is None)
    if kind:
        assert row["interval_low"] < row["rate"] < row["interval_high"]


def test_a_range_is_what_stays_when_each_document_leaves():
    row = rates_by(counts_of([[1, 99], [2, 98], [6, 94]], [2016] * 3), terms=["改革"]).iloc[0]
    assert (row["interval_low"], row["interval_high"]) == pytest.approx((150, 400))


def test_an_interval_is_that_of_scipy():
    n = np.array([0, 1, 1, 2, 3, 5, 8, 2, 4, 0, 1, 7])
    row = rates_by(counts_of(np.transpose([n, 100 - n]), [2016] * 12), terms=["改革"]).iloc[0]
    theirs = bootstrap((n * 100.0,), np.mean, method="percentile", rng=1).confidence_interval
    assert (row["interval_low"], row["interval_high"]) == pytest.approx(theirs, abs=15)


def test_a_group_without_the_term_claims_no_sure_zero():
    row = rates_by(counts_of([[0, 9]] * 6, [2016] * 6), terms=["改革"]).iloc[0]
    assert row["rate"] == 0
    assert row[["interval_low", "interval_high", "limits"]].isna().all()


def test_documents_of_no_year_are_told():
    table = rates_by(counts_of([[1, 9], [5, 5]], [2016, None]), terms=["改革"])
    assert table.attrs == {"by": "year", "unknown": 1}


def test_a_spent_document_leaves_the_rate_of_its_term_only():
    counts = counts_of([[1, 9], [9, 1]], [2016, 2016])
    spent = pd.DataFrame({"doc_id": ["d1"], "field": ["year"], "phrase": ["改革"]})
    table = rates_by(counts, terms=["改革", "的"], spent=spent).set_index("term")
    assert table.loc["改革", ["rate", "n", "group_docs"]].tolist() == [1000, 1, 1]
    assert table.loc["的", ["rate", "n", "group_docs"]].tolist() == [5000, 10, 2]


def test_slope_tau_and_p_of_a_published_series(gold):
    case = gold["G20"]
    row = trend(many(case["input"])).set_index("term").loc["改革"]
    assert row["p"] == pytest.approx(case["expected"]["p_exact"], abs=1e-9)
    assert row["tau"] == pytest.approx(case["expected"]["tau"], abs=1e-6)
    slopes = [row["slope"], row["slope_low"], row["slope_high"]]
    expected = [case["expected"][name] for name in ("sen_slope", "sen_lo95", "sen_hi95")]
    assert slopes == pytest.approx([100 * one for one in expected])
    assert (row["first"], row["last"]) == (300, 1200)


def test_years_without_documents_stretch_the_time():
    counts = counts_of([[n, 100 - n] for n in (1, 2, 3, 4, 5)], [2010, 2012, 2014, 2016, 2018])
    assert trend(counts).set_index("term").loc["改革", "slope"] == pytest.approx(50)


def test_q_is_over_all_terms_tested_and_rare_ones_are_not():
    counts = many([3, 5, 4, 8, 9, 7, 12])
    table = trend(counts)
    np.testing.assert_allclose(table["q"], false_discovery_control(table["p"]))
    assert set(trend(counts, min_count=49)["term"]) == {"的"}
    assert trend(counts, min_docs=8).empty


def test_documents_count_once_in_a_trend_too():
    rows = [[1, 99], [1, 99], [2, 98], [3, 97], [4, 96], [900, 99_100]]
    table = trend(counts_of(rows, [2010, 2011, 2012, 2013, 2014, 2014])).set_index("term")
    assert table.loc["改革", "last"] == pytest.approx((400 + 90) / 2)


def test_one_term_may_be_named_by_itself():
    counts = counts_of([[1, 1], [2, 2]], [2017, 2016])
    pd.testing.assert_frame_equal(rates_by(counts, terms="改革"), rates_by(counts, terms=["改革"]))


def test_below_five_periods_nothing_is_tested_and_it_is_said_why(gold):
    counts = many([1, 2, 3, 4], per_year=2)
    with pytest.warns(TooLittleWarning, match="不检验趋势"):
        assert trend(counts).empty
    why = no_trend(counts)
    assert "only 4 periods" in why.en
    assert f"{gold['G21']['expected']['4']:.2g}" in why.en
    assert "只有 4 个时期" in why.zh
    assert no_trend(many([1, 2, 3, 4, 5])) is None


def test_a_year_of_empty_documents_is_no_period():
    rows = [[1, 9], [2, 8], [3, 7], [4, 6], [0, 0]]
    counts = counts_of(rows, [2010, 2011, 2012, 2013, 2014])
    with pytest.warns(TooLittleWarning, match="only 4 periods"):
        assert trend(counts).empty
    assert "only 4 periods" in no_trend(counts).en


def test_groups_without_order_have_no_trend():
    counts = counts_of([[1, 9]] * 2, [2016] * 2, province=["江西", "贵州"])
    assert "no order in time" in no_trend(counts, by="province").en
    with pytest.raises(NoOrderError, match="Cannot follow terms by province"):
        trend(counts, by="province")


def test_a_term_spent_away_from_a_year_is_not_tested():
    spent = pd.DataFrame({"doc_id": ["d0"], "field": ["year"], "phrase": ["改革"]})
    assert set(trend(many([1, 2, 3, 4, 5]), spent=spent)["term"]) == {"的"}
