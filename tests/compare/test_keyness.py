"""Keyness tables against the formulas on counts put together by hand."""

from math import log, log2, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.stats import chi2_contingency

from difang.compare.contrasts import ReferenceGroupsError
from difang.compare.headline import headline
from difang.compare.keyness import MEASURES, UnknownMeasureError, keyness
from difang.words.counting import Counts

YEARS = [2014, 2014, 2015, 2015, 2016, 2016, 2016]
ROWS = [
    [0, 9, 3], [0, 8, 0], [1, 9, 2], [0, 7, 0], [4, 9, 0], [3, 9, 0], [5, 8, 40],
]  # fmt: skip


def counts_of(rows, **columns) -> Counts:
    matrix = np.array(rows, np.int32)
    index = pd.Index([f"d{i}" for i in range(len(matrix))], dtype="str")
    terms = pd.Index([f"词{i}" for i in range(matrix.shape[1])], dtype="str")
    return Counts(csr_matrix(matrix), terms, pd.DataFrame(columns, index=index))


def row_of(table: pd.DataFrame, group, term) -> pd.Series:
    return table[(table["group"] == group) & (table["term"] == term)].iloc[0]


@pytest.mark.parametrize(
    ("reference", "behind"),
    [("before", [0, 1, 2, 3]), ("previous", [2, 3]), ("others", [0, 1, 2, 3])],
)
def test_the_sides_are_the_documents_of_group_and_reference(reference, behind):
    table = keyness(counts_of(ROWS, year=YEARS), by="year", target=2016, reference=reference)
    rows = np.array(ROWS)
    for place, term in enumerate(["词0", "词1", "词2"]):
        row = row_of(table, 2016, term)
        n, m = rows[4:, place].sum(), rows[behind, place].sum()
        size, other = rows[4:].sum(), rows[behind].sum()
        assert (row["n"], row["n_reference"]) == (n, m)
        cells = [[n, m], [size - n, other - m]]
        oracle = chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
        assert abs(row["g2"]) == pytest.approx(oracle)
        held, behind_held = (rows[4:, place] > 0).sum(), (rows[behind, place] > 0).sum()
        assert row["docs_reference"] == behind_held
        cells = np.array([[held, behind_held], [3 - held, len(behind) - behind_held]])
        if cells.sum(axis=1).all():
            oracle = chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
            assert abs(row["text_dispersion"]) == pytest.approx(oracle)


def test_ratio_odds_and_evenness_equal_a_plain_loop():
    rows = [[3, 9, 3], [1, 8, 0], [0, 9, 2], [2, 7, 1], [4, 9, 0], [0, 9, 5], [0, 8, 1]]
    table = keyness(counts_of(rows, side=[*"甲甲甲甲甲乙乙"]), by="side", target="甲", prior=40.0)
    mine, others = rows[:5], rows[5:]
    sizes = [sum(map(sum, side)) for side in (mine, others)]
    for place in range(3):
        n, m = (sum(row[place] for row in side) for side in (mine, others))
        row = row_of(table, "甲", f"词{place}")
        ratio = ((n or 0.5) / sizes[0]) / ((m or 0.5) / sizes[1])
        assert row["log_ratio"] == pytest.approx(log2(ratio))
        prior = 40 * (n + m) / sum(sizes)
        odds = [
            (count + prior) / (size + 40 - count - prior)
            for count, size in zip((n, m), sizes, strict=True)
        ]
        z = (log(odds[0]) - log(odds[1])) / sqrt(1 / (n + prior) + 1 / (m + prior))
        assert row["log_odds"] == pytest.approx(z)
        shares = [sum(one) / sizes[0] for one in mine]
        dp = sum(abs(one[place] / n - s) for one, s in zip(mine, shares, strict=True)) / 2
        assert row["DPnorm"] == pytest.approx(dp / (1 - min(shares)))


def test_a_single_document_leads_counts_but_not_documents():
    table = keyness(counts_of(ROWS, year=YEARS), by="year", target=2016)
    shared, burst = row_of(table, 2016, "词0"), row_of(table, 2016, "词2")
    assert burst["g2"] > shared["g2"] > 0
    assert shared["text_dispersion"] > 0 > burst["text_dispersion"]
    assert "单篇词" in burst["flags"]
    assert headline(table, group=2016)["term"].tolist() == ["词0"]


@pytest.mark.parametrize("measure", MEASURES)
def test_the_measure_asked_for_ranks_and_all_stand_beside(measure):
    table = keyness(counts_of(ROWS, year=YEARS), by="year", measure=measure)
    assert table["score"].equals(table[measure])
    assert {*MEASURES, "DPnorm", "top_doc_share", "flags"} <= set(table.columns)
    for _, rows in table.groupby("group"):
        assert rows["score"].is_monotonic_decreasing
    assert table.attrs["measure"] == measure
    assert table.attrs["refused"].keys() == {2014}


def test_unevenness_is_hidden_below_five_documents():
    few = keyness(counts_of(ROWS, year=YEARS), by="year")
    assert few["DPnorm"].isna().all()
    many = counts_of([[1, 1]] * 5 + [[5, 0]] + [[1, 1]] * 5, province=["甲"] * 6 + ["乙"] * 5)
    table = keyness(many, by="province", mask=False)
    assert row_of(table, "乙", "词0")["DPnorm"] == 0
    assert row_of(table, "甲", "词0")["DPnorm"] > 0


def test_an_unknown_measure_is_named_with_the_known_ones():
    with pytest.raises(UnknownMeasureError, match=r"'chi'.*g2, log_ratio, log_odds, text_disp"):
        keyness(counts_of(ROWS, year=YEARS), by="year", measure="chi")


def test_the_first_year_is_refused_here_too():
    with pytest.raises(ReferenceGroupsError, match="it is the first"):
        keyness(counts_of(ROWS, year=YEARS), by="year", target=2014)


@given(st.lists(st.lists(st.integers(0, 6), min_size=4, max_size=4), min_size=4, max_size=8))
@settings(deadline=None, max_examples=30)
def test_two_groups_mirror_each_other(rows):
    groups = ["甲", "乙"] * (len(rows) // 2) + ["甲"] * (len(rows) % 2)
    table = keyness(counts_of(rows, side=groups), by="side")
    for measure in MEASURES:
        wide = table.pivot_table(index="term", columns="group", values=measure, dropna=False)
        if len(wide):
            assert wide["甲"].to_numpy() == pytest.approx(-wide["乙"].to_numpy(), nan_ok=True)
