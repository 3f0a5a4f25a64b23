"""Rates by year: the mean over documents, with the documents under each point."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from difang.compare.groups import UnknownColumnError
from difang.compare.trends import rates_by
from difang.words.counting import Counts


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
