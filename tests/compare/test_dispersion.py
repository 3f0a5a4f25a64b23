"""Dispersion against published values."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from difang.compare.dispersion import deviation_of_proportions, dispersion
from difang.words.counting import Counts

GOLD = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "gold" / "statistics.json").read_text(encoding="utf-8")
    )
}


@pytest.mark.parametrize("case", ["G12", "G13"])
def test_published_values(case):
    given_ = GOLD[case]["input"]
    matrix = csr_matrix(np.array(given_["subfreq"])[:, None])
    dp, dp_norm = deviation_of_proportions(matrix, np.array(given_["partsize"]))
    assert dp[0] == pytest.approx(GOLD[case]["expected"]["DP"], abs=1e-6)
    assert dp_norm[0] == pytest.approx(GOLD[case]["expected"]["DPnorm"], abs=1e-6)


def toy() -> Counts:
    parts = [part.split() for part in GOLD["G10"]["input"]["corpus"].split("|")]
    terms = sorted({word for part in parts for word in part})
    matrix = csr_matrix([[part.count(term) for term in terms] for part in parts])
    return Counts(matrix, pd.Index(terms), pd.DataFrame(index=list("ABCDE")))


def test_gries_toy_corpus():
    row = dispersion(toy()).set_index("term").loc["a"]
    assert row["DP"] == pytest.approx(0.18, abs=1e-12)
    assert row["DPnorm"] == pytest.approx(GOLD["G10"]["expected"]["DPnorm"], abs=1e-9)
    assert (row["n"], row["n_docs"]) == (15, 5)
    assert row["rate"] == pytest.approx(15 / 50 * 10_000)


def test_missing_below_five_documents():
    counts = toy()
    four = Counts(counts.matrix[:4], counts.terms, counts.documents.iloc[:4])
    table = dispersion(four)
    assert table[["DP", "DPnorm"]].isna().all(axis=None)
    assert table["n"].sum() == 39


def test_documents_without_tokens_do_not_count():
    counts = toy()
    matrix = csr_matrix(np.vstack([counts.matrix.toarray(), np.zeros(len(counts.terms), int)]))
    six = Counts(matrix, counts.terms, pd.DataFrame(index=list("ABCDEF")))
    pd.testing.assert_frame_equal(dispersion(six), dispersion(counts))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=5, max_size=8))
def test_equals_the_definition(rows):
    table = np.array(rows) + np.array([[0, 0, 1]])
    sizes = table.sum(axis=1)
    dp, _ = deviation_of_proportions(csr_matrix(table), sizes)
    shares = sizes / sizes.sum()
    for term, column in enumerate(table.T):
        if column.sum() == 0:
            assert np.isnan(dp[term])
        else:
            by_hand = sum(abs(column / column.sum() - shares)) / 2
            assert dp[term] == pytest.approx(by_hand, abs=1e-12)
            assert 0 <= dp[term] <= 1


def test_copies_count_once_and_are_told():
    counts = toy()
    matrix = csr_matrix(np.vstack([counts.matrix.toarray(), counts.matrix[:1].toarray()]))
    of = pd.DataFrame({"duplicate_of": [None] * 5 + ["A"]}, index=list("ABCDEF"))
    table = dispersion(Counts(matrix, counts.terms, of))
    pd.testing.assert_frame_equal(table, dispersion(counts))
    assert table.attrs["left_out_copies"] == 1
