"""Panels of a corpus small enough to count by hand, and of made-up ones counted by brute force."""

import re
from itertools import product
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from difang.compare.groups import UnknownColumnError
from difang.compare.panel import UnknownCellError, panel
from difang.words.counting import Counts
from difang.words.lexicon import LexiconError

CONCEPTS = pd.DataFrame(
    [
        ("稳定", "稳定"), ("稳定", "社会稳定"), ("安全", "安全"), ("安全", "稳定安全"),
        ("科技", "科技"), ("科技", "安全"),
    ],
    columns=["concept", "term"],
)  # fmt: skip
EVIDENCE = ["doc_id", "field", "quote", "basis", "decisive"]


def made(rows, evidence=()):
    """Build a corpus and its counts from (text, tokens, columns)."""
    table = pd.DataFrame([{"text": text, **columns} for text, _, columns in rows])
    table = table.set_axis([f"d{k}" for k in range(len(rows))])
    if "year" in table:
        table["year"] = table["year"].astype("Int64")
    tokens = csr_matrix(np.array([[n] for _, n, _ in rows], np.int32))
    counts = Counts(tokens, pd.Index(["词"]), table)
    corpus = SimpleNamespace(documents=table, evidence=pd.DataFrame(evidence, columns=EVIDENCE))
    return corpus, counts


def of(text, province, year, tokens=100, **more):
    return text, tokens, {"province": province, "year": year, **more}


def cell(found, concept, **where):
    rows = found.long[found.long["concept"] == concept]
    for name, value in where.items():
        rows = rows[rows[name] == value]
    (row,) = rows.to_dict("records")
    return row


@pytest.fixture
def toy():
    return made(
        [
            of("社会稳定，稳定。安全", "江西省", 2018, 200),
            of("稳定", "江西省", 2018, 50),
            of("科技", "湖北省", 2018, 100),
            of("没有", "湖北省", 2020, 100),
            of("稳定", None, 2018),
            of("稳定", "江西省", None),
            of("", "江西省", 2018, 0),
            of("稳定", "江西省", 2018, genre="fiction"),
            of("稳定", "江西省", 2018, duplicate_of="d1"),
        ]
    )


def test_a_cell_holds_counts_and_both_rates(toy):
    row = cell(panel(*toy, CONCEPTS), "稳定", province="江西省", year=2018)
    assert (row["n"], row["tokens"], row["n_docs"], row["group_docs"]) == (3, 250, 2, 2)
    assert row["rate_mean"] == pytest.approx((2 / 200 + 1 / 50) / 2 * 10_000)
    assert row["rate_pooled"] == pytest.approx(3 / 250 * 10_000)
    assert (row["province_code"], row["limits"]) == ("360000", "none")
    assert np.isnan([row["interval_low"], row["interval_high"]]).all()


def test_concepts_may_be_a_mapping_and_one_column_makes_cells(toy):
    found = panel(*toy, {"稳": "稳定", "科": ["科技", "没有"]}, by="year")
    assert cell(found, "稳", year=2018)["n"] == 4  # that without a province too
    assert [cell(found, "科", year=year)["n"] for year in (2018, 2020)] == [1, 1]


@pytest.mark.parametrize("concepts", [{}, {"稳": []}, pd.DataFrame({"word": ["稳定"]})])
def test_concepts_that_name_none_are_refused(toy, concepts):
    with pytest.raises(LexiconError, match=r"Give rows with concept and term"):
        panel(*toy, concepts)


def test_a_document_without_the_concept_is_nought_and_a_cell_without_documents_missing(toy):
    found = panel(*toy, CONCEPTS)
    nought = cell(found, "稳定", province="湖北省", year=2020)
    assert (nought["n"], nought["rate_mean"], nought["rate_pooled"], nought["n_docs"]) == (0,) * 4
    for where in (("江西省", 2019), ("江西省", 2020), ("湖北省", 2019)):
        row = cell(found, "稳定", province=where[0], year=where[1])
        assert row["group_docs"] == 0
        for name in ("n", "tokens", "rate_mean", "rate_pooled", "n_docs", "interval_low"):
            assert pd.isna(row[name]), name
    empty = found.empty()
    assert set(zip(empty["province"], empty["year"], strict=True)) == {
        ("江西省", 2019), ("江西省", 2020), ("湖北省", 2019),
    }  # fmt: skip


def test_every_document_is_in_a_cell_or_listed_with_its_reason(toy):
    found = panel(*toy, CONCEPTS)
    assert found.left_out.set_index("doc_id")["reason"].to_dict() == {
        "d4": "no province", "d5": "no year", "d6": "no tokens", "d7": "fiction",
        "d8": "a copy of another document",
    }  # fmt: skip
    once = found.long.drop_duplicates(["province", "year"])
    assert found.n_documents == once["group_docs"].sum() == 4


def test_provinces_stand_in_the_order_of_their_codes_and_years_without_a_gap(toy):
    rows = panel(*toy, CONCEPTS).long
    assert list(rows["province"].unique()) == ["江西省", "湖北省"]
    assert list(rows["year"].unique()) == [2018, 2019, 2020]


def test_a_term_of_two_concepts_counts_in_both_and_is_told(toy):
    found = panel(*toy, CONCEPTS)
    both = [cell(found, one, province="江西省", year=2018)["n"] for one in ("安全", "科技")]
    assert both == [1, 1]
    terms = found.terms().set_index(["concept", "term"])
    assert terms.loc[("安全", "安全"), "also_in"] == "科技"
    assert terms["also_in"].ne("").sum() == 2
    assert terms.loc[("稳定", "社会稳定"), ["n", "n_docs"]].tolist() == [1, 1]
    assert terms.loc[("稳定", "稳定"), ["n", "n_docs"]].tolist() == [2, 2]
    assert terms.loc[("安全", "稳定安全"), "n"] == 0


def grown(counts_of_term, tokens=100):
    rows = [of("稳定" * n + "甲" * k, "江西省", 2018, tokens) for k, n in enumerate(counts_of_term)]
    return panel(*made(rows), CONCEPTS)


@pytest.mark.parametrize(
    ("numbers", "limits"),
    [([3], "none"), ([3, 1], "none"), ([3, 1, 0], "range"), ([3, 1, 0, 4], "range"),
     ([3, 1, 0, 4, 2], "narrow"), ([1] * 4 + [2] * 5, "narrow"), ([1, 2] * 5, "interval"),
     ([0] * 12, "none")],
)  # fmt: skip
def test_limits_go_by_the_number_of_documents(numbers, limits):
    row = cell(grown(numbers), "稳定", province="江西省", year=2018)
    assert row["limits"] == limits
    assert pd.isna(row["interval_low"]) == pd.isna(row["interval_high"]) == (limits == "none")
    if limits != "none":
        assert row["interval_low"] <= row["rate_mean"] <= row["interval_high"]


def test_the_range_is_that_of_means_with_each_document_left_out():
    row = cell(grown([3, 1, 0, 4]), "稳定", province="江西省", year=2018)
    means = [100 * (8 - out) / 3 for out in (3, 1, 0, 4)]
    assert row["interval_low"] == pytest.approx(min(means))
    assert row["interval_high"] == pytest.approx(max(means))


def test_the_interval_is_that_of_all_resamples():
    row = cell(grown([3, 1, 0, 4, 9]), "稳定", province="江西省", year=2018)
    means = [100 * np.mean(drawn) for drawn in product((3, 1, 0, 4, 9), repeat=5)]
    low, high = np.quantile(means, (0.025, 0.975))
    assert row["interval_low"] == pytest.approx(low, abs=30)
    assert row["interval_high"] == pytest.approx(high, abs=30)


def test_a_document_leaves_for_a_concept_that_its_year_hangs_on():
    rows = [of("社会稳定，科技", "江西省", 2018), of("稳定稳定，科技", "江西省", 2018)]
    evidence = [("d0", "date", "“社会稳定”年", "inferred", True)]
    found = panel(*made(rows, evidence), CONCEPTS)
    stable = cell(found, "稳定", province="江西省", year=2018)
    assert (stable["n"], stable["group_docs"], stable["tokens"]) == (2, 1, 100)
    assert cell(found, "科技", province="江西省", year=2018)["group_docs"] == 2
    (row,) = found.left_out.to_dict("records")
    assert row == {"doc_id": "d0", "concept": "稳定", "reason": "year hangs on “社会稳定年”"}
    assert set(found.sentences("稳定")["doc_id"]) == {"d1"}
    assert found.n_documents == 2


def test_other_columns_make_cells_too_and_cities_have_their_code():
    place = {"province": "江西省", "city": "南昌市", "county": None}
    rows = [
        ("稳定", 10, {**place, "genre": "speech", "code": "360100"}),
        ("稳定甲", 10, {**place, "county": "南昌县", "genre": "plan", "code": "360121"}),
        ("稳定乙", 10, {**place, "city": "九江市", "genre": "plan", "code": None}),
    ]
    corpus, counts = made(rows)
    found = panel(corpus, counts, CONCEPTS, by=["city", "genre"])
    assert list(found.long.columns[:4]) == ["city", "city_code", "genre", "concept"]
    codes = found.long.drop_duplicates("city").set_index("city")["city_code"]
    assert codes["南昌市"] == "360100"
    assert pd.isna(codes["九江市"])
    assert len(found.empty()) == 1
    deep = panel(corpus, counts, CONCEPTS, by=["province", "county"])
    assert list(deep.long["county_code"].unique()) == ["360121"]
    assert list(deep.left_out["reason"]) == ["no county"] * 2


def test_no_document_with_a_value_makes_no_cell():
    found = panel(*made([of("稳定", None, 2018), of("稳定甲", "", 2019)]), CONCEPTS)
    assert found.long.empty
    assert found.wide().empty
    assert list(found.left_out["reason"]) == ["no province"] * 2


def test_what_the_panel_does_not_hold_is_named(toy):
    with pytest.raises(UnknownColumnError, match="'village'"):
        panel(*toy, CONCEPTS, by=["province", "village"])
    found = panel(*toy, CONCEPTS)
    with pytest.raises(UnknownCellError, match=r"concept '民生'.*It holds 3: 稳定, 安全, 科技"):
        found.sentences("民生")
    with pytest.raises(UnknownCellError, match=r"year 2031.*It holds 3: 2018, 2019, 2020\. Choose"):
        found.sentences("稳定", year=2031)
    with pytest.raises(
        UnknownCellError, match=r"genre 'plan'\. The cells are made by province, year"
    ):
        found.sentences("稳定", genre="plan")


def test_sentences_of_a_cell_may_be_asked_by_a_short_name(toy):
    lines = panel(*toy, CONCEPTS).sentences("稳定", province="江西", year="2018", width=2)
    assert lines[["doc_id", "term", "left", "keyword", "right"]].to_numpy().tolist() == [
        ["d0", "社会稳定", "", "社会稳定", "，稳"],
        ["d0", "稳定", "定，", "稳定", "。安"],
        ["d1", "稳定", "", "稳定", ""],
    ]
    assert len(panel(*toy, CONCEPTS).sentences("稳定", year=2020)) == 0


documents = st.lists(
    st.tuples(
        st.text("稳定社会安全科技。", max_size=30),
        st.integers(0, 9),
        st.fixed_dictionaries(
            {
                "province": st.sampled_from(["江西省", "湖北省", None]),
                "year": st.sampled_from([2018, 2019, 2021, None]),
                "genre": st.sampled_from(["speech", "fiction"]),
            }
        ),
    ),
    min_size=1,
    max_size=12,
)
#: Longest first, so that the alternation takes the longest.
BY_HAND = {"稳定": "社会稳定|稳定", "安全": "稳定安全|安全", "科技": "安全|科技"}


@settings(deadline=None, max_examples=60)
@given(documents)
def test_every_number_is_that_of_brute_force_and_opens_as_many_lines(rows):
    found = panel(*made(rows), CONCEPTS)
    wide = found.wide()
    kept = [(text, n, c) for text, n, c in rows if n and c["genre"] != "fiction"]
    for row in found.long.to_dict("records"):
        where = {"province": row["province"], "year": row["year"]}
        inside = [(t, n) for t, n, c in kept if all(c[k] == v for k, v in where.items())]
        each = [len(re.findall(BY_HAND[row["concept"]], text)) for text, _ in inside]
        lines = found.sentences(row["concept"], **where)
        assert row["group_docs"] == len(inside)
        assert len(lines) == sum(each)
        assert all(re.fullmatch(BY_HAND[row["concept"]], keyword) for keyword in lines["keyword"])
        same = wide[(wide["province"] == row["province"]) & (wide["year"] == row["year"])]
        if not inside:
            assert pd.isna(row["n"])
            assert same[f"n_{row['concept']}"].isna().all()
            continue
        tokens = [n for _, n in inside]
        assert (row["n"], row["tokens"]) == (sum(each), sum(tokens))
        assert row["n_docs"] == np.count_nonzero(each) == lines["doc_id"].nunique()
        rates = [10_000 * k / n for k, n in zip(each, tokens, strict=True)]
        assert row["rate_mean"] == pytest.approx(np.mean(rates))
        assert row["rate_pooled"] == pytest.approx(10_000 * sum(each) / sum(tokens))
        assert same[f"rate_mean_{row['concept']}"].item() == row["rate_mean"]
    outside = found.left_out["doc_id"].nunique()
    assert outside + found.n_documents == len(rows)
