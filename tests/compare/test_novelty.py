"""New and gone terms of adjacent years, on documents that can be counted by hand."""

import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from difang.compare.novelty import new_and_gone, upper_share
from difang.compare.trends import NoOrderError
from difang.words.counting import Counts

TEXTS = {
    2015: ["旧词 的", "旧词 的", "旧词 的 供给侧"],
    2016: ["新词 的", "新词 的", "的 孤词 孤词 旧 旧"],
    2018: ["新词 的 旧词", "新词 的 旧词", "的"],
}


def counts_of(texts=TEXTS, **columns):
    rows = [(year, text.split()) for year, each in texts.items() for text in each]
    terms = sorted({term for _, words in rows for term in words})
    matrix = [[words.count(term) for term in terms] for _, words in rows]
    documents = pd.DataFrame(
        {"year": [year for year, _ in rows], "text": ["".join(words) for _, words in rows]}
        | columns,
        index=[f"d{i}" for i in range(len(rows))],
    )
    return Counts(csr_matrix(matrix), pd.Index(terms, dtype="str"), documents)


def found(table):
    return list(table[["group", "other", "change", "term"]].itertuples(index=False, name=None))


def test_what_periods_share_and_their_neighbours_lack():
    assert found(new_and_gone(counts_of())) == [
        (2016, 2015, "new", "新词"),
        (2015, 2016, "gone", "旧词"),
        (2018, 2016, "new", "旧词"),
    ]


def test_every_row_tells_what_it_rests_on():
    row = new_and_gone(counts_of()).iloc[0]
    assert (row["n"], row["n_docs"], row["group_docs"], row["other_docs"]) == (2, 2, 3, 3)
    assert (row["top_doc_share"], row["upper"]) == (0.5, 1.0)


def test_a_term_that_comes_back_is_told_from_one_never_seen():
    table = new_and_gone(counts_of()).set_index(["group", "term"])
    assert table.loc[(2018, "旧词"), "elsewhere"] == 3  # documents of 2015
    assert table.loc[(2016, "新词"), "elsewhere"] == 0
    assert table.loc[(2015, "旧词"), "elsewhere"] == 2  # and it will be back in 2018


def test_what_stands_inside_other_tokens_is_counted():
    texts = {2015: ["旧词库 的"] * 3, 2016: ["旧词 的"] * 3}
    row = new_and_gone(counts_of(texts)).iloc[0]
    assert (row["term"], row["within"]) == ("旧词", 3)


@pytest.mark.parametrize("few", [2015, 2016])
def test_a_year_of_two_documents_can_neither_bring_nor_lack(few):
    texts = {year: each[: 2 if year == few else 3] for year, each in TEXTS.items() if year < 2018}
    assert new_and_gone(counts_of(texts)).empty


def test_copies_and_spent_documents_are_no_evidence():
    counts = counts_of(duplicate_of=[None, "d0", *[None] * 7])
    assert 2015 not in {*new_and_gone(counts)["group"], *new_and_gone(counts)["other"]}
    spent = pd.DataFrame({"doc_id": ["d0"], "field": ["year"], "phrase": ["新词"]})
    assert (2016, 2015, "new", "新词") not in found(new_and_gone(counts_of(), spent=spent))


def test_provinces_have_no_neighbours_in_time():
    counts = counts_of(province=["江西"] * 4 + ["贵州"] * 5)
    with pytest.raises(NoOrderError, match=r"Cannot follow terms by province: .* no order in time"):
        new_and_gone(counts, by="province")


def test_one_year_gives_no_row():
    table = new_and_gone(counts_of({2015: TEXTS[2015]}))
    assert table.empty and "upper" in table


@pytest.mark.parametrize(("searched", "upper"), [(0, 1), (1, 1), (3, 1), (30, 0.1), (300, 0.01)])
def test_rule_of_three(searched, upper):
    assert upper_share(searched) == pytest.approx(upper)
    if searched > 3:  # (1 - 3/k)^k is close to .05, from below
        assert 0.03 < (1 - upper) ** searched < 0.05
