"""TF-IDF contrast against scikit-learn, numpy by hand, and values worked out beforehand."""

import json
from itertools import pairwise
from math import log, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, random_array
from sklearn.feature_extraction.text import TfidfTransformer

from difang.compare import contrasts
from difang.compare.contrasts import ReferenceGroupsError
from difang.compare.groups import TooFewGroupsError, UnknownGroupError
from difang.compare.names import NamesError
from difang.compare.tfidf import document_weights, tfidf, tfidf_contrast
from difang.words.counting import Counts

GOLD = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "gold" / "statistics.json").read_text(encoding="utf-8")
    )
}
COLUMNS = [
    "n",
    "rate",
    "n_docs",
    "group_docs",
    "top_doc_share",
    "interval_low",
    "interval_high",
    "rank_low",
    "rank_high",
    "p",
    "q",
    "flags",
]


def counts_of(rows, terms=None, **columns) -> Counts:
    matrix = np.array(rows, np.int32)
    terms = terms or [f"词{i}" for i in range(matrix.shape[1])]
    index = pd.Index([f"d{i}" for i in range(len(matrix))], dtype="str")
    documents = pd.DataFrame(columns, index=index)
    return Counts(csr_matrix(matrix), pd.Index(terms, dtype="str"), documents)


def wide(scores: pd.DataFrame, column: str = "score") -> pd.DataFrame:
    return scores.pivot_table(index="group", columns="term", values=column, aggfunc="sum")


# four lines that anyone can redo
def by_hand(rows, groups):
    weights = TfidfTransformer().fit_transform(csr_matrix(rows)).toarray()
    names = sorted({g for g in groups if g is not None})
    means = {g: weights[[h == g for h in groups]].mean(axis=0) for g in names}
    others = {g: np.mean([means[h] for h in names if h != g], axis=0) for g in names}
    return names, means, {g: means[g] - others[g] for g in names}


def test_weights_are_those_of_the_scikit_learn_guide():
    case = GOLD["G01"]
    weights = document_weights(csr_matrix(np.array(case["input"]))).toarray()
    assert weights == pytest.approx(np.array(case["expected"]["tfidf"]), abs=case["tol"])


@pytest.mark.parametrize("sublinear_tf", [False, True])
@pytest.mark.parametrize("norm", ["l2", "l1"])
def test_weights_by_other_options_equal_a_plain_loop(sublinear_tf, norm):
    rows = [[9, 0, 1, 4], [1, 1, 0, 0], [0, 40, 2, 3], [2, 0, 0, 7]]
    idf = [log(5 / (1 + sum(row[t] > 0 for row in rows))) + 1 for t in range(4)]
    means = []
    for pair in (rows[:2], rows[2:]):
        weighed = []
        for row in pair:
            tf = [(1 + log(n) if sublinear_tf else n) if n else 0 for n in row]
            raw = [a * b for a, b in zip(tf, idf, strict=True)]
            length = sum(raw) if norm == "l1" else sqrt(sum(x * x for x in raw))
            weighed.append([x / length for x in raw])
        means.append(np.mean(weighed, axis=0))
    counts = counts_of(rows, side=["甲", "甲", "乙", "乙"])
    options = {"by": "side", "sublinear_tf": sublinear_tf, "norm": norm}
    contrast, own = tfidf_contrast(counts, **options), tfidf(counts, **options)
    assert wide(contrast).loc["甲"].to_numpy() == pytest.approx(means[0] - means[1], abs=1e-11)
    assert wide(own).loc["乙"].to_numpy() == pytest.approx(means[1], abs=1e-11)
    assert contrast.attrs["weighing"] == {"sublinear_tf": sublinear_tf, "norm": norm}


def test_weights_are_not_those_without_smoothing():
    case = GOLD["G02"]
    weights = document_weights(csr_matrix(np.array(case["input"]))).toarray()
    assert abs(weights - np.array(case["expected"]["tfidf"])).max() > 0.02


def seeds() -> tuple[Counts, dict]:
    case = GOLD["G28"]
    counts = counts_of(
        case["input"]["counts"], case["input"]["vocab"], province=case["input"]["groups"]
    )
    return counts, case


@pytest.mark.parametrize(
    ("measure", "column"),
    [(tfidf, "group_mean"), (tfidf_contrast, "contrast_vs_macro_mean_of_other_groups")],
)
def test_the_five_seeds(measure, column):
    counts, case = seeds()
    table = wide(measure(counts, by="province", mask=False))[case["input"]["vocab"]]
    assert table.index.to_list() == ["江西", "湖北", "贵州"]
    for group, values in case["expected"][column].items():
        assert table.loc[group].to_numpy() == pytest.approx(np.array(values), abs=case["tol"])


matrices = st.integers(4, 9).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(st.integers(0, 5), min_size=6, max_size=6), min_size=n, max_size=n),
        st.lists(st.sampled_from(["江西省", "湖北省", "贵州省", None]), min_size=n, max_size=n),
    )
)


@settings(deadline=None, max_examples=80)
@given(matrices)
def test_equals_four_lines_of_numpy(drawn):
    rows, groups = drawn
    rows = np.array(rows) + np.eye(len(rows), 6, dtype=int)
    groups = ["江西省", "湖北省", *groups[2:]]
    names, means, contrasts = by_hand(rows, groups)
    counts = counts_of(rows, province=groups)
    contrast = wide(tfidf_contrast(counts, by="province", mask=False))
    own = wide(tfidf(counts, by="province", mask=False))
    for name in names:
        for term, column in zip(counts.terms, range(6), strict=True):
            if rows[:, column].sum():
                assert contrast.loc[name, term] == pytest.approx(contrasts[name][column], abs=1e-9)
                assert own.loc[name, term] == pytest.approx(means[name][column], abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(matrices)
def test_rows_are_sorted_by_group_then_score_then_term(drawn):
    rows, groups = drawn
    counts = counts_of(np.array(rows) + 1, province=["江西省", "湖北省", *groups[2:]])
    table = tfidf_contrast(counts, by="province", mask=False)
    keys = list(zip(table["group"], -table["score"], table["term"], strict=True))
    assert all(before < after for before, after in pairwise(keys))


def test_columns_are_those_of_the_scores_table():
    counts, _ = seeds()
    contrast, own = (m(counts, by="province") for m in (tfidf_contrast, tfidf))
    assert contrast.columns.to_list() == ["group", "term", "score", "tfidf_contrast", *COLUMNS]
    assert own.columns.to_list() == ["group", "term", "score", "tfidf", *COLUMNS]
    assert contrast["score"].equals(contrast["tfidf_contrast"].rename("score"))
    assert contrast[COLUMNS[5:11]].isna().all(axis=None)
    for name in ("group", "term", "flags"):
        assert contrast[name].cat.categories.dtype == "str"
    assert contrast["term"].cat.categories.is_monotonic_increasing  # sorts as its terms do
    contrast.loc[0, ["score", "p"]] = 2.0  # held once, and yet each column is its own
    assert (contrast.loc[0, ["tfidf_contrast", "q"]] != 2.0).all()


def test_what_stands_beside_the_score():
    rows = [[3, 7], [1, 9], [0, 30], [2, 0]]
    counts = counts_of(rows, ["创新", "发展"], province=["江西省"] * 3 + ["湖北省"])
    table = tfidf_contrast(counts, by="province").set_index(["group", "term"])
    row = table.loc[("江西省", "创新")]
    assert row[["n", "n_docs", "group_docs"]].to_list() == [4, 2, 3]
    assert row["rate"] == pytest.approx(4 / 50 * 10_000)
    assert row["top_doc_share"] == 0.75
    absent = table.loc[("湖北省", "发展")]
    assert absent["n"] == 0 and absent["rate"] == 0
    assert np.isnan(absent["top_doc_share"])
    assert absent["flags"] == ""


def test_a_group_with_more_documents_is_no_more_of_the_rest():
    # every term in every document: idf is 1 however many documents there are
    rows = np.array([[4, 1, 1], [1, 3, 2], [1, 2, 5]])
    provinces = ["江西省", "湖北省", "贵州省"]
    once = counts_of(rows, province=provinces)
    more = counts_of(rows[[0, 1, 1, 1, 2]], province=["江西省", *["湖北省"] * 3, "贵州省"])
    for measure in (tfidf, tfidf_contrast):
        small, large = (wide(measure(c, by="province", mask=False)) for c in (once, more))
        assert large.to_numpy() == pytest.approx(small.to_numpy(), abs=1e-12)
    pooled = [wide(tfidf_contrast(c, by="province", reference="pooled")) for c in (once, more)]
    assert abs(pooled[0] - pooled[1]).loc["江西省"].max() > 0.01


def test_pooled_reference_counts_documents_instead():
    rows = np.array([[4, 1, 0], [1, 3, 2], [0, 2, 5], [1, 1, 1]])
    groups = ["江西省", "湖北省", "湖北省", "贵州省"]
    table = wide(
        tfidf_contrast(counts_of(rows, province=groups), by="province", reference="pooled")
    )
    weights = TfidfTransformer().fit_transform(csr_matrix(rows)).toarray()
    assert table.loc["江西省"].to_numpy() == pytest.approx(weights[0] - weights[1:].mean(axis=0))


ROWS = np.array([[5, 1, 0], [4, 1, 0], [1, 1, 3], [0, 1, 4], [0, 2, 9]])
YEARS = [2014, 2014, 2015, 2016, 2016]


def test_years_are_compared_with_those_before_each_once():
    table = wide(tfidf_contrast(counts_of(ROWS, year=YEARS), by="year"))
    _, means, _ = by_hand(ROWS, YEARS)
    before = (means[2014] + means[2015]) / 2
    assert table.index.to_list() == [2015, 2016]
    assert table.loc[2016].to_numpy() == pytest.approx(means[2016] - before)
    assert table.loc[2015].to_numpy() == pytest.approx(means[2015] - means[2014])


def test_previous_is_the_last_year_that_has_documents():
    counts = counts_of(ROWS, year=[2010, 2010, 2014, 2016, 2016])
    table = wide(tfidf_contrast(counts, by="year", reference="previous"))
    _, means, _ = by_hand(ROWS, YEARS)
    assert table.loc[2016].to_numpy() == pytest.approx(means[2016] - means[2015])


def test_a_word_that_came_and_stayed_shows_against_the_years_before():
    rows = [[0, 9]] * 4 + [[3, 6]] * 4
    counts = counts_of(
        rows, ["供给侧", "发展"], year=[2014, 2014, 2015, 2015, 2016, 2017, 2018, 2019]
    )
    before = tfidf_contrast(counts, by="year", target=2016).set_index("term")["score"]
    others = tfidf_contrast(counts, by="year", target="2016", reference="others")
    assert before["供给侧"] > others.set_index("term")["score"]["供给侧"] > 0


def test_the_first_year_is_refused():
    counts = counts_of(ROWS, year=YEARS)
    with pytest.raises(ReferenceGroupsError) as error:
        tfidf_contrast(counts, by="year", target=2014)
    assert str(error.value) == (
        "Cannot compare year 2014 with those before: it is the first. The counts hold 3: 2014, "
        "2015, 2016. Choose a later `target`, or reference='others' instead of 'before'."
    )
    refused = tfidf_contrast(counts, by="year").attrs["refused"]
    assert list(refused) == [2014] and refused[2014].startswith("No documents lie before 2014")
    assert 2014 in set(tfidf_contrast(counts, by="year", reference="others")["group"])


@pytest.mark.parametrize("reference", ["before", "previous", "rest"])
def test_a_reference_that_needs_an_order_is_refused_without_one(reference):
    with pytest.raises(ReferenceGroupsError) as error:
        tfidf_contrast(seeds()[0], by="province", reference=reference)
    assert str(error.value) == (
        f"Cannot take the reference {reference!r} by province. There are: others, pooled "
        "('before' and 'previous' need groups with an order, such as years). Choose one."
    )


def test_counts_are_not_copied_where_all_are_compared():
    counts = counts_of([[3, 7, 1], [1, 9, 0]], province=["江西省", "湖北省"])
    setups = (contrasts.contrast(counts, by="province", min_count=n) for n in (1, 4))
    whole, often = (setup.used for setup in setups)
    assert np.shares_memory(whole.matrix.data, counts.matrix.data)
    assert whole.terms is counts.terms
    assert often.terms.tolist() == counts.terms[:2].tolist()
    assert often.matrix.toarray().tolist() == [[3, 7], [1, 9]]


def test_one_target_gives_the_same_rows_as_all():
    counts = counts_of(ROWS, province=["江西省", "江西省", "湖北省", "贵州省", "贵州省"])
    every = tfidf_contrast(counts, by="province")
    one = tfidf_contrast(counts, by="province", target="贵州")
    same = every[every["group"] == "贵州省"].reset_index(drop=True)
    pd.testing.assert_frame_equal(one, same, check_categorical=False)


def test_unknown_target_and_single_group():
    counts, _ = seeds()
    with pytest.raises(
        UnknownGroupError, match=r"Cannot compare province '江苏省' with the rest\."
    ):
        tfidf_contrast(counts, by="province", target="江苏省")
    alone = counts_of(ROWS, province=["江西省"] * 5)
    with pytest.raises(TooFewGroupsError, match=r"it takes 2 or more groups\. The counts hold 1"):
        tfidf_contrast(alone, by="province")
    assert set(tfidf(alone, by="province")["group"]) == {"江西省"}
    with pytest.raises(TooFewGroupsError, match=r"it takes 1 or more groups\. The counts hold 0"):
        tfidf(counts_of(ROWS, province=[None] * 5), by="province")


def test_documents_without_a_group_count_for_idf_only():
    rows = np.array([[4, 1, 0], [1, 3, 2], [0, 2, 5], [7, 0, 0]])
    table = tfidf_contrast(
        counts_of(rows, province=["江西省", "湖北省", "湖北省", None]), by="province"
    )
    _, _, contrasts = by_hand(rows, ["江西省", "湖北省", "湖北省", None])
    assert wide(table).loc["江西省"].to_numpy() == pytest.approx(contrasts["江西省"])
    assert table.attrs["no_group"] == 1 and table.attrs["n_documents"] == 4


def test_fiction_and_copies_leave_everything():
    rows = np.array([[4, 1, 0], [1, 3, 2], [0, 2, 5], [9, 9, 9], [4, 1, 0]])
    provinces = ["江西省", "湖北省", "湖北省", "江西省", "湖北省"]
    genre = ["speech", None, "work report", "fiction", "speech"]
    copies = [None, None, None, None, "d0"]
    whole = counts_of(rows, province=provinces, genre=genre, duplicate_of=copies)
    kept = counts_of(rows[:3], province=provinces[:3], genre=genre[:3])
    with_, without = (tfidf_contrast(c, by="province") for c in (whole, kept))
    assert with_.equals(without)
    assert with_.attrs["left_out_fiction"] == with_.attrs["left_out_copies"] == 1
    assert with_.attrs["groups"] == {"江西省": 1, "湖北省": 2}
    assert with_.attrs["idf_high"] == pytest.approx(np.log(2) + 1)


def test_attributes_survive_selection_and_are_plain():
    table = tfidf_contrast(counts_of(ROWS, year=YEARS), by="year")
    attrs = table[table["score"] > 0].head(2).attrs
    assert attrs["by"] == "year" and attrs["reference"] == "before"
    assert attrs["measure"] == "tfidf_contrast"
    assert json.loads(json.dumps(attrs))["groups"] == {"2014": 2, "2015": 1, "2016": 2}


def spent_rows(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["doc_id", "field", "phrase"])


def test_a_spent_document_leaves_the_comparison_of_that_term_only():
    groups = ["江西省", "江西省", "湖北省", "贵州省", "贵州省"]
    counts = counts_of(ROWS, ["四新", "发展", "改革"], province=groups)
    spent = spent_rows(
        ("d0", "province", "四新"), ("d2", "year", "改革"), ("gone", "province", "改革")
    )
    plain = tfidf_contrast(counts, by="province", mask=False).set_index(["group", "term"])
    table = tfidf_contrast(counts, by="province", mask=False, spent=spent)
    assert table.attrs["spent"] == 1
    table = table.set_index(["group", "term"])
    weights = TfidfTransformer().fit_transform(csr_matrix(ROWS)).toarray()
    expected = weights[1, 0] - (weights[2, 0] + weights[3:, 0].mean()) / 2
    row = table.loc[("江西省", "四新")]
    assert row["score"] == pytest.approx(expected)
    assert row[["n", "n_docs", "group_docs", "top_doc_share"]].to_list() == [4, 1, 1, 1.0]
    assert row["rate"] == pytest.approx(4 / 5 * 10_000)
    assert "spent" in row["flags"].split("|")
    other = table.loc[("湖北省", "四新")]
    assert other["score"] == pytest.approx(
        weights[2, 0] - (weights[1, 0] + weights[3:, 0].mean()) / 2
    )
    rest = [key for key in table.index if key[1] != "四新"]
    pd.testing.assert_frame_equal(table.loc[rest], plain.loc[rest])


def test_a_group_with_all_documents_spent_has_no_score_and_is_no_reference():
    groups = ["江西省", "湖北省", "湖北省", "贵州省", "贵州省"]
    counts = counts_of(ROWS, ["四新", "发展", "改革"], province=groups)
    spent = spent_rows(("d0", "province", "四新"))
    table = tfidf_contrast(counts, by="province", spent=spent).set_index(["group", "term"])
    assert np.isnan(table.loc[("江西省", "四新"), "score"])
    assert table.loc[("江西省", "四新"), "group_docs"] == 0
    assert table.loc["江西省"].index[-1] == "四新"
    weights = TfidfTransformer().fit_transform(csr_matrix(ROWS)).toarray()
    expected = weights[1:3, 0].mean() - weights[3:, 0].mean()
    assert table.loc[("湖北省", "四新"), "score"] == pytest.approx(expected)
    pooled = tfidf_contrast(counts, by="province", spent=spent, reference="pooled")
    assert wide(pooled).loc["湖北省", "四新"] == pytest.approx(expected)


def test_of_a_spent_phrase_that_is_no_term_its_terms_leave():
    counts = counts_of(ROWS, ["四新", "四化", "围"], province=["江西省"] * 3 + ["贵州省"] * 2)
    table = tfidf(counts, by="province", spent=spent_rows(("d3", "province", "围绕四新主攻四化")))
    flagged = table[table["flags"].str.contains("spent")]
    assert set(zip(flagged["group"], flagged["term"], strict=True)) == {
        ("贵州省", "四新"),
        ("贵州省", "四化"),
    }


def test_of_a_spent_variant_its_set_phrase_leaves_in_that_document_and_no_other():
    counts = counts_of([[2, 1], [3, 1], [1, 1]], ["金融危机", "发展"], year=[2009, 2009, 2010])
    told = spent_rows(("d0", "year", "应对国际金融危机"))
    table = tfidf(counts, by="year", spent=told).set_index(["group", "term"])
    assert table.loc[(2009, "金融危机"), ["n", "group_docs", "flags"]].to_list() == [
        3,
        1,
        "单篇词|spent",
    ]
    assert table.loc[(2009, "发展"), ["n", "group_docs"]].to_list() == [2, 2]
    assert table.loc[(2010, "金融危机"), "n"] == 1


def test_min_count_leaves_terms_out_and_the_others_as_they_were():
    counts = counts_of(ROWS, year=YEARS)
    every, some = (tfidf(counts, by="year", min_count=m) for m in (1, 10))
    assert set(every["term"]) - set(some["term"]) == {"词1"}
    same = every[every["term"] != "词1"].reset_index(drop=True)
    pd.testing.assert_frame_equal(some, same, check_categorical=False)
    assert tfidf(counts, by="year", min_count=1000).empty


def test_top_keeps_the_first_rows_of_each_group():
    counts = counts_of(ROWS, year=YEARS)
    every, first = (tfidf(counts, by="year", top=t) for t in (None, 2))
    pd.testing.assert_frame_equal(first, every.groupby("group").head(2).reset_index(drop=True))


def test_a_mask_that_is_no_table_of_flags_is_refused():
    counts = counts_of([[1, 2], [2, 1]], province=["江西省", "湖北省"])
    with pytest.raises(NamesError, match="Cannot mask names by 'names'"):
        tfidf_contrast(counts, by="province", mask="names")


def test_single_document_terms_and_names_are_flagged():
    rows = [[50, 1, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2]]
    mask = pd.Series(["place"], index=["赣州"])
    counts = counts_of(rows, ["五十", "赣州", "发展"], province=["江西省"] * 3 + ["湖北省"])
    table = tfidf_contrast(counts, by="province", mask=mask).set_index(["group", "term"])["flags"]
    assert table["江西省"].to_dict() == {"五十": "单篇词", "赣州": "place", "发展": ""}
    assert table["湖北省"].to_dict() == {"五十": "", "赣州": "单篇词|place", "发展": "单篇词"}


def test_names_are_flagged_by_default_between_places_only():
    rows, terms = [[1, 2, 1], [1, 1, 2]], ["江西", "刘奇", "发展"]
    more = {"speakers": ["刘奇（省委书记）", None], "year": [2015, 2016]}
    counts = counts_of(rows, terms, province=["江西省", "湖北省"], **more)
    named = tfidf(counts, by="province", target="江西").set_index("term")["flags"]
    assert named.to_dict() == {"江西": "单篇词|place", "刘奇": "单篇词|person", "发展": "单篇词"}
    for table in (tfidf(counts, by="year"), tfidf(counts, by="province", mask=False)):
        assert set(table["flags"]) == {"单篇词"}


def test_the_counts_stay_as_they_were():
    counts = counts_of(ROWS, province=["江西省", "江西省", "湖北省", "贵州省", "贵州省"])
    before = counts.matrix.copy(), counts.documents.copy()
    tfidf_contrast(counts, by="province", spent=spent_rows(("d0", "province", "词0")))
    assert (counts.matrix != before[0]).nnz == 0
    pd.testing.assert_frame_equal(counts.documents, before[1])


def test_terms_out_of_order_and_equal_scores_are_ranked_by_term():
    counts = counts_of([[2, 2, 2], [2, 2, 2]], ["丙", "甲", "乙"], province=["江西省", "湖北省"])
    for measure in (tfidf, tfidf_contrast):
        table = measure(counts, by="province")
        assert table["term"].to_list() == sorted(["甲", "乙", "丙"]) * 2
    assert (table["score"] == 0).all() and not np.signbit(table["score"]).any()


def test_a_large_sparse_matrix_equals_scikit_learn():
    made = random_array((300, 5000), density=0.02, rng=np.random.default_rng(1)) * 9
    matrix = csr_matrix(made.astype(np.int32))
    matrix.eliminate_zeros()
    groups = [f"省{i % 7}" for i in range(300)]
    documents = pd.DataFrame({"province": groups}, index=[f"d{i}" for i in range(300)])
    counts = Counts(matrix, pd.Index([f"词{i:04}" for i in range(5000)]), documents)
    table = wide(tfidf_contrast(counts, by="province", mask=False))
    used = np.asarray(matrix.sum(axis=0)).ravel() > 0
    _, _, contrasts = by_hand(matrix, groups)
    assert table.loc["省3"].to_numpy() == pytest.approx(contrasts["省3"][used], abs=1e-9)


def test_what_is_told_of_groups_stays_with_the_rows_chosen_and_is_not_copied():
    counts = counts_of(np.array([[4, 1], [1, 3], [0, 2]]), province=["甲", "乙", "乙"])
    table = tfidf_contrast(counts, by="province")
    some = table[table["group"] == "乙"].astype({"term": "str"})
    assert some.attrs["groups"] is table.attrs["groups"]
    assert some.attrs["groups"] == {"甲": 1, "乙": 2}
