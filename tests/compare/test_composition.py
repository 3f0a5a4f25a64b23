"""Composition: what the corpus holds of each year, and levels with that held fixed."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from difang.compare.composition import composition, standardised, unlike
from difang.compare.groups import UnknownColumnError
from difang.compare.rates import rates_by
from difang.compare.trends import NoOrderError
from difang.words.counting import Counts

TERMS = pd.Index(["的", "改革"], dtype="str")


def counts_of(rows):
    """Make counts of (year, province, n of 改革 in 100 tokens)."""
    documents = pd.DataFrame(
        [(year, province) for year, province, _ in rows], columns=["year", "province"]
    )
    documents.index = pd.Index([f"d{i}" for i in range(len(rows))], dtype="str")
    return Counts(csr_matrix([[100 - n, n] for *_, n in rows]), TERMS, documents)


#: 甲 says it always, 乙 never; the corpus turns from 甲 to 乙.
TURNING = counts_of(
    [(2015, "甲", 4)] * 3 + [(2015, "乙", 0)] + [(2016, "甲", 4)] + [(2016, "乙", 0)] * 3
)


def test_a_fall_that_is_one_of_provinces_lies_flat():
    assert rates_by(TURNING, terms=["改革"])["rate"].tolist() == [300, 100]
    table = standardised(TURNING, terms=["改革"], over="province")
    assert table["rate"].tolist() == [300, 100]
    np.testing.assert_allclose(table["standardised"], [200, 200])
    assert table["used_docs"].tolist() == [4, 4]


def test_a_fall_within_provinces_stays():
    falling = counts_of([(y, p, n) for y, n in ((2015, 4), (2016, 2)) for p in "甲甲甲乙"])
    table = standardised(falling, terms=["改革"], over="province")
    np.testing.assert_allclose(table["standardised"], [400, 200])
    np.testing.assert_allclose(table["standardised"], table["rate"])


def test_weights_are_the_shares_in_all_periods():
    rows = [(2015, "甲", 3), (2015, "乙", 0), (2016, "甲", 3), (2016, "甲", 3), (2016, "乙", 0)]
    table = standardised(counts_of(rows), terms=["改革"], over="province")
    np.testing.assert_allclose(table["standardised"], [300 * 3 / 5] * 2)


def test_only_values_that_every_period_has_take_part():
    rows = [(2015, "甲", 2), (2015, "乙", 2), (2016, "甲", 2), (2016, "乙", 2)]
    table = standardised(counts_of([*rows, (2016, "丙", 90)]), terms=["改革"], over="province")
    np.testing.assert_allclose(table["standardised"], [200, 200])
    assert (table.attrs["values"], table.attrs["left_out"]) == (2, 1)
    assert table["group_docs"].tolist() == [2, 3]


@pytest.mark.parametrize("other", ["丙", None])
def test_nothing_is_held_fixed_where_fewer_than_two_values_last(other):
    rows = [(2015, "甲", 2), (2015, "乙", 2), (2016, "甲", 2), (2016, other, 2), (2015, other, 2)]
    table = standardised(counts_of(rows[:4]), terms=["改革"], over="province")
    assert table.empty
    assert table.attrs["values"] == 1


def test_a_term_the_counts_do_not_know_is_missing():
    table = standardised(TURNING, terms=["没有"], over="province")
    assert table["standardised"].isna().all()


def test_the_distance_is_the_share_that_would_have_to_change():
    table = composition(TURNING).set_index("variable")
    assert list(table.index) == ["province"]  # the documents have no level and no genre
    assert table.loc["province", ["values", "common", "common_docs"]].tolist() == [2, 2, 8]
    assert table.loc["province", "distance"] == pytest.approx(0.25)
    assert table.loc["province", "documents"] == 8


def test_the_period_farthest_off_is_named():
    counts = counts_of([(2015, "甲", 1)] * 9 + [(2016, "甲", 1)] * 8 + [(2017, "乙", 1)] * 3)
    row = composition(counts).iloc[0]
    assert row["period"] == 2017
    assert row["largest"] == pytest.approx(17 / 20)
    assert (row["common"], row["common_docs"]) == (0, 0)


def test_documents_without_a_value_are_a_value_of_their_own_but_hold_nothing_fixed():
    counts = counts_of([(2015, None, 1), (2016, None, 1), (2016, "甲", 1)])
    row = composition(counts).iloc[0]
    assert (row["values"], row["common"]) == (2, 0)


def test_copies_and_documents_without_a_year_do_not_count():
    counts = counts_of([(2015, "甲", 1), (2016, "甲", 1), (None, "乙", 1), (2016, "乙", 1)])
    counts.documents["duplicate_of"] = [None, None, None, "d1"]
    assert composition(counts).iloc[0][["documents", "distance"]].tolist() == [2, 0]


def test_a_copy_in_another_province_is_not_standardised():
    rows = [(year, province, 2) for year in (2015, 2016) for province in "甲乙"]
    counts = counts_of([*rows, (2016, "乙", 90)])
    counts.documents["duplicate_of"] = [None] * 4 + ["d2"]  # of 甲
    table = standardised(counts, terms=["改革"], over="province")
    np.testing.assert_allclose(table["standardised"], [200, 200])


def test_no_year_known_gives_no_row():
    assert composition(counts_of([(None, "甲", 1)])).empty


def test_errors_name_what_there_is():
    with pytest.raises(UnknownColumnError, match=r"make-up by 'genre' fixed.*year, province"):
        standardised(TURNING, terms=["改革"], over="genre")
    with pytest.raises(NoOrderError):
        standardised(TURNING, terms=["改革"], by="province", over="year")


def test_how_unlike_two_sides_are_in_each_variable():
    own = pd.DataFrame({"level": ["city", "city", "city", None], "year": [2016, 2016, 2017, 2018]})
    other = pd.DataFrame({"level": ["city", "province"], "year": [2016, 2017]})
    table = unlike(own, other, variables=["level", "year"]).set_index("variable")
    assert table["alone"].to_dict() == {"level": 0, "year": 1}  # unknown has no counterpart to lack
    # by hand: shares .75, 0, .25 against .5, .5, 0; .5, .25, .25 against .5, .5, 0
    assert table["distance"].to_dict() == {"level": 0.5, "year": 0.25}
    assert np.isnan(unlike(own.head(0), other, variables=["level"])["distance"][0])
