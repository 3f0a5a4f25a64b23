"""Grouping: which documents are compared, and what is said when they cannot be."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from difang.compare.groups import (
    TooFewGroupsError,
    UnknownColumnError,
    UnknownGroupError,
    cannot_compare,
    find_group,
    group,
    support,
)
from difang.words.counting import Counts


def counts_of(**columns: object) -> Counts:
    documents = pd.DataFrame(columns)
    documents.index = pd.Index([f"d{i}" for i in range(len(documents))], dtype="str")
    matrix = csr_matrix(np.ones((len(documents), 2), np.int32))
    return Counts(matrix, pd.Index(["发展", "经济"], dtype="str"), documents)


def test_groups_are_the_values_and_blanks_belong_to_none():
    groups = group(counts_of(province=["湖北省", None, "江西省", " ", "江西省"]), by="province")
    assert groups.names == ("江西省", "湖北省")
    assert groups.sizes.tolist() == [2, 1]
    assert groups.no_group == 2
    assert groups.members().toarray().tolist() == [[0, 0, 1, 0, 1], [1, 0, 0, 0, 0]]


@pytest.mark.parametrize(
    "years",
    [
        pd.array([2016, None, 2015], dtype="Int64"),
        [2016.0, np.nan, 2015.0],
        pd.Series([2016, None, 2015], dtype=object),
    ],
)
def test_years_are_whole_numbers_in_order(years):
    groups = group(counts_of(year=years), by="year")
    assert groups.names == (2015, 2016)
    assert all(type(name) is int for name in groups.names)
    assert groups.has_order
    assert groups.no_group == 1


def test_days_are_iso_text_in_order():
    days = pd.to_datetime(["2021-12-28", None, "2018-09-13"])
    groups = group(counts_of(date=days), by="date")
    assert groups.names == ("2018-09-13", "2021-12-28")
    assert groups.has_order


def test_fiction_and_copies_leave_and_are_counted():
    counts = counts_of(
        province=["江西省"] * 5,
        genre=["work report", "fiction", "speech", None, "speech"],
        duplicate_of=[None, None, "d0", None, "d0"],
    )
    groups = group(counts, by="province")
    assert groups.rows.tolist() == [0, 3]
    assert (groups.fiction, groups.copies) == (1, 2)


def test_a_copy_stays_where_its_original_is_not_among_the_documents():
    counts = counts_of(province=["江西省"] * 3, duplicate_of=["elsewhere", "elsewhere", None])
    assert group(counts, by="province").rows.tolist() == [0, 2]


@pytest.mark.parametrize(
    ("target", "place"), [("江西省", 0), ("江西", 0), (" 江西 ", 0), ("广西", 1), ("内蒙", 2)]
)
def test_short_names_of_places_are_accepted(target, place):
    names = ["江西省", "广西壮族自治区", "内蒙古自治区"]
    assert find_group(names, target, by="province") == place


def test_years_are_accepted_as_text():
    assert find_group([2015, 2016], "2016", by="year") == 1
    with pytest.raises(UnknownGroupError):
        find_group([2015, 2016], "201", by="year")


def test_a_short_name_of_two_groups_is_refused():
    with pytest.raises(UnknownGroupError):
        find_group(["吉林市", "吉林省"], "吉林", by="province")


def test_short_names_are_for_places_only():
    with pytest.raises(UnknownGroupError):
        find_group(["work report", "speech"], "work", by="genre")


def test_unknown_group_says_what_is_there():
    with pytest.raises(UnknownGroupError) as error:
        find_group(["江西省", "湖北省"], "江苏省", by="province")
    assert str(error.value) == (
        "Cannot compare province '江苏省' with the rest. The counts hold 2: 江西省, 湖北省. "
        "Choose `target` from these, and keep two or more."
    )


def test_long_lists_of_groups_break_off():
    with pytest.raises(UnknownGroupError, match=r"The counts hold 50: 1950, .*1989, …\. Choose"):
        find_group(list(range(1950, 2000)), 2001, by="year")


def test_unknown_column_says_what_is_there():
    with pytest.raises(UnknownColumnError) as error:
        group(counts_of(province=["江西省"], year=[2016]), by="prvince")
    assert str(error.value) == (
        "Cannot group documents by 'prvince'. The documents hold the columns: province, year. "
        "Choose `by` from these."
    )


def test_one_group_says_what_is_there():
    with pytest.raises(TooFewGroupsError) as error:
        group(counts_of(province=["江西省", None]), by="province").need(2)
    assert str(error.value) == (
        "Cannot compare by province: it takes 2 or more groups. The counts hold 1: 江西省. "
        "Add documents that have a province, or choose another `by`, or list the terms of one "
        "group with `tfidf`."
    )


def test_cannot_compare_gives_a_sentence_where_there_is_nothing_to_compare():
    one = cannot_compare(counts_of(province=["江西省", None]), by="province")
    none = cannot_compare(counts_of(province=[None, None]), by="province")
    assert one is not None and "只有一组（江西省）" in one.zh and "(江西省)" in one.en
    assert none is not None and "无从比较" in none.zh
    assert cannot_compare(counts_of(province=["江西省", "湖北省"]), by="province") is None


def test_support_lists_groups_with_their_reading():
    table = support(counts_of(province=["湖北省", "江西省", "江西省", "江西省"]), by="province")
    assert table["group"].to_list() == ["江西省", "湖北省"]
    assert table["group_docs"].to_list() == [3, 1]
    assert table["tokens"].to_list() == [6, 2]
    assert "不是置信区间" in table["zh"][0] and "只有 1 篇" in table["zh"][1]
    assert "a range, not an interval" in table["en"][0]
