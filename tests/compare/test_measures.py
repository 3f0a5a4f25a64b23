"""Measures by name, and the placebo that stands beside every list."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from difang.compare.inference import account, inference
from difang.compare.keyness import UnknownMeasureError
from difang.compare.measures import MEASURES, chance, placebo, score
from difang.words.counting import Counts


def counts_of(groups, *, difference=0, seed=1) -> Counts:
    random = np.random.default_rng(seed)
    common = random.dirichlet(np.full(300, 1.0))
    shares = random.dirichlet(common * 300, size=len(groups))
    matrix = np.array([random.multinomial(900, share) for share in shares])
    matrix[np.array(groups) == groups[0], :10] += difference
    index = pd.Index([f"d{i}" for i in range(len(groups))], dtype="str")
    terms = pd.Index([f"词{i:03}" for i in range(300)], dtype="str")
    documents = pd.DataFrame({"side": groups}, index=index)
    return Counts(csr_matrix(matrix.astype(np.int32)), terms, documents)


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_goes_by_its_name_and_has_a_placebo(measure):
    counts = counts_of(["甲"] * 5 + ["乙"] * 5)
    scores = score(counts, by="side", measure=measure)
    chance = placebo(scores, counts)
    assert scores.attrs["measure"] == chance.attrs["measure"] == measure
    assert chance["group"].unique().tolist() == scores["group"].unique().tolist()
    assert scores.attrs["groups"] == chance.attrs["groups"]


def test_an_unknown_measure_is_refused():
    with pytest.raises(UnknownMeasureError, match="'chi'"):
        score(counts_of(["甲", "乙"]), by="side", measure="chi")


def test_where_the_groups_differ_the_list_finds_more_than_its_placebo():
    counts = counts_of(["甲"] * 20 + ["乙"] * 20, difference=9)
    scores = inference(score(counts, by="side", target="甲"), counts, resamples=0)
    chance = placebo(scores, counts)
    assert (scores["q"] < 0.05).sum() >= 8
    assert (chance["q"] < 0.05).sum() <= 1
    assert chance["group"].unique().tolist() == ["甲"]
    assert "20 against 20" in account(scores, chance, "甲").en


def test_documents_without_a_value_are_not_dealt_one():
    groups = ["甲"] * 5 + ["乙"] * 5 + [None] * 3
    counts = counts_of(groups)
    chance = placebo(score(counts, by="side"), counts)
    assert chance.attrs["no_group"] == 3
    assert chance.attrs["groups"] == {"甲": 5, "乙": 5}


def test_documents_of_a_cluster_are_dealt_one_value():
    groups = ["甲"] * 8 + ["乙"] * 8
    counts = counts_of(groups)
    county = [f"县{i // 4}" for i in range(16)]
    counts = replace(counts, documents=counts.documents.assign(county=county))
    scores = score(counts, by="side", target="甲")
    dealt = set()
    for seed in range(12):
        chance = placebo(scores, counts, cluster="county", seed=seed)
        told = chance.attrs["inference"]["甲"]
        assert (told["clusters"], told["documents"], told["floor"]) == (2, 8, 1 / 6)
        n = chance.set_index("term")["n"].reindex(counts.terms, fill_value=0).to_numpy()
        county_n = counts.matrix.toarray().reshape(4, 4, -1).sum(axis=1)
        pairs = combinations(range(4), 2)
        dealt.update(p for p in pairs if (county_n[list(p)].sum(axis=0) == n).all())
    assert len(dealt) > 2


def test_the_placebo_is_weighed_as_the_list_is():
    counts = counts_of(["甲"] * 5 + ["乙"] * 5)
    scores = score(counts, by="side", sublinear_tf=True, norm="l1")
    assert placebo(scores, counts).attrs["weighing"] == {"sublinear_tf": True, "norm": "l1"}
    scores = score(counts, by="side", measure="g2", form="two_term", prior=50.0)
    chance = placebo(scores, counts)
    assert (chance.attrs["form"], chance.attrs["prior"]) == ("two_term", 50.0)


def test_the_counts_given_stay_as_they_were():
    counts = counts_of(["甲"] * 5 + ["乙"] * 5)
    before = counts.documents.copy()
    placebo(score(counts, by="side"), counts)
    pd.testing.assert_frame_equal(counts.documents, before)


def test_a_group_of_two_is_not_tested_and_the_sentence_says_so():
    counts = counts_of(["甲"] * 2 + ["乙"] * 5)
    scores = inference(score(counts, by="side", target="甲"), counts, resamples=10)
    assert account(scores, placebo(scores, counts), "甲").en.startswith("Not tested: 2 documents")


def test_the_placebo_tests_terms_of_as_many_documents_as_asked():
    counts = counts_of(["甲"] * 5 + ["乙"] * 5)
    chance = placebo(score(counts, by="side", target="甲"), counts, min_docs=9)
    matrix = counts.matrix.toarray()
    tested = ((matrix > 0).sum(axis=0) >= 9) & (matrix.sum(axis=0) >= 5)
    assert chance.attrs["inference"]["甲"]["tested"] == tested.sum() > 0
    assert not tested.all()


@pytest.mark.parametrize("measure", ["c_tfidf", "g2", "text_dispersion"])
def test_sublinear_weights_are_of_tfidf_only(measure):
    said = rf"in '{measure}'\. .* tfidf_contrast and tfidf\."
    with pytest.raises(UnknownMeasureError, match=said):
        score(counts_of(["甲", "乙"]), by="side", measure=measure, sublinear_tf=True)


@pytest.mark.parametrize(
    ("measure", "target", "how"),
    [
        ("tfidf_contrast", None, {}),
        ("g2", None, {"min_docs": 6}),
        ("tfidf_contrast", "乙", {"cluster": "county"}),
        ("log_odds", "丙", {"seed": 5}),
    ],
)
def test_chance_is_what_the_placebo_tests(measure, target, how):
    counts = counts_of(["甲"] * 8 + ["乙"] * 8 + ["丙"] * 2 + ["丁"] * 8)
    county = [f"县{i // 2}" for i in range(26)]
    counts = replace(counts, documents=counts.documents.assign(county=county))
    scores = score(counts, by="side", measure=measure, target=target)
    found, whole = chance(scores, counts, **how), placebo(scores, counts, **how)
    tested = whole[whole["p"].notna()]
    assert [*found["group"].unique()] == [*tested["group"].unique()]
    for name, rows in found.groupby("group"):
        same = tested[tested["group"] == name]
        assert sorted(zip(rows["p"], rows["q"], strict=True)) == sorted(
            zip(same["p"], same["q"], strict=True)
        )
