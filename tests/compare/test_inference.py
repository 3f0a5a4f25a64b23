"""Inference on scores tables: the documents behind every p, and what is left unsaid."""

from math import ceil

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from scipy.stats import false_discovery_control

from difang.compare.groups import UnknownColumnError
from difang.compare.headline import headline
from difang.compare.inference import ADDED, account, apart, inference
from difang.compare.keyness import keyness
from difang.compare.measures import placebo
from difang.compare.permutation import permutation_test
from difang.compare.scores import OtherCountsError
from difang.compare.tfidf import document_weights, tfidf, tfidf_contrast
from difang.words.counting import Counts

BOUNDS = ["interval_low", "interval_high", "rank_low", "rank_high"]


def counts_of(matrix, **columns) -> Counts:
    index = pd.Index([f"d{i}" for i in range(len(matrix))], dtype="str")
    terms = pd.Index([f"词{i:04}" for i in range(matrix.shape[1])], dtype="str")
    return Counts(csr_matrix(matrix.astype(np.int32)), terms, pd.DataFrame(columns, index=index))


def corpus(groups, *, terms=60, tokens=300, seed=1, concentration=30.0) -> np.ndarray:
    """Documents whose words cluster: each draws its own shares around the common ones."""
    random = np.random.default_rng(seed)
    common = random.dirichlet(np.full(terms, 2.0))
    shares = random.dirichlet(common * concentration, size=len(groups))
    return np.array([random.multinomial(tokens, share) for share in shares])


def test_p_is_that_of_the_rates_of_the_documents_on_both_sides():
    groups = ["甲"] * 5 + ["乙"] * 4 + ["丙"] * 4
    counts = counts_of(corpus(groups), side=groups)
    found = inference(tfidf_contrast(counts, by="side", target="甲"), counts, resamples=20)
    matrix = counts.matrix.toarray()
    rates = matrix * 10_000 / matrix.sum(axis=1, keepdims=True)
    tested = (matrix.sum(axis=0) >= 5) & ((matrix > 0).sum(axis=0) >= 3)
    oracle = permutation_test(csr_matrix(rates[:, tested]), np.arange(13) < 5)
    p = found.set_index("term")["p"].reindex(counts.terms)  # terms of no document have no score
    assert p[counts.terms[tested]].to_numpy() == pytest.approx(oracle.p)
    assert p[counts.terms[~tested]].isna().all()
    assert found.attrs["inference"]["甲"]["tested"] == tested.sum()
    assert found.attrs["inference"]["甲"]["floor"] == pytest.approx(1 / 1287)
    assert list(found.columns) == [*tfidf_contrast(counts, by="side").columns, *ADDED]
    difference = found.set_index("term")["difference"].reindex(counts.terms)
    means = rates[:5].mean(axis=0) - rates[5:].mean(axis=0)
    assert difference[counts.terms[tested]].to_numpy() == pytest.approx(means[tested])
    assert difference[counts.terms[~tested]].isna().all()


def test_counts_that_the_scores_were_not_made_from_are_refused():
    sides = ["甲"] * 3 + ["乙"] * 3
    matrix = corpus(sides, terms=5)
    scores = tfidf_contrast(counts_of(matrix, side=sides), by="side")
    for other in (
        counts_of(matrix[1:], side=sides[1:]),
        counts_of(matrix, side=["甲"] * 4 + ["丙"] * 2),
        counts_of(matrix[:, :3], side=sides),
    ):
        for test in (inference, placebo):
            with pytest.raises(OtherCountsError, match="the scores compare 6 documents"):
                test(scores, other)


def test_only_terms_of_as_many_documents_as_asked_are_tested_and_q_allows_for_them_alone():
    groups = ["甲"] * 8 + ["乙"] * 8
    counts = counts_of(corpus(groups, terms=200, tokens=200), side=groups)
    scores = tfidf_contrast(counts, by="side", target="甲")
    matrix = counts.matrix.toarray()
    held = (matrix > 0).sum(axis=0)
    plain = inference(scores, counts, resamples=0).set_index("term")
    found = inference(scores, counts, min_docs=8, resamples=0).set_index("term")
    tested = counts.terms[(held >= 8) & (matrix.sum(axis=0) >= 5)]
    assert 0 < len(tested) < plain["p"].notna().sum()
    assert set(found.index[found["p"].notna()]) == set(tested)
    assert found.loc[tested, "p"].equals(plain.loc[tested, "p"])  # of 12,870 ways, all looked at
    q = false_discovery_control(plain.loc[tested, "p"])
    assert found.loc[tested, "q"].to_numpy() == pytest.approx(q)


def test_the_interval_is_around_the_score():
    groups = ["甲"] * 8 + ["乙"] * 8
    counts = counts_of(corpus(groups), side=groups)
    found = inference(tfidf_contrast(counts, by="side"), counts, resamples=200)
    inside = (found["interval_low"] <= found["score"]) & (found["score"] <= found["interval_high"])
    assert inside.mean() > 0.97
    assert (found["rank_low"] <= found["rank_high"]).all()
    assert {said["kind"] for said in found.attrs["inference"].values()} == {"interval"}


@pytest.mark.parametrize(("size", "kind"), [(1, ""), (2, ""), (3, "range"), (4, "range")])
def test_small_groups_have_what_they_can_carry(size, kind):
    groups = ["甲"] * size + ["乙"] * 6
    counts = counts_of(corpus(groups), side=groups)
    found = inference(tfidf_contrast(counts, by="side", target="甲"), counts, resamples=20)
    assert found.attrs["inference"]["甲"]["kind"] == kind
    assert found[BOUNDS].notna().all(axis=None) == bool(kind)
    assert found["p"].notna().any() == bool(kind)


def test_counts_measures_have_p_and_no_bounds_and_own_lists_bounds_and_no_p():
    groups = ["甲"] * 6 + ["乙"] * 6
    counts = counts_of(corpus(groups), side=groups)
    key = inference(keyness(counts, by="side"), counts)
    assert key["p"].notna().any() and key[BOUNDS].isna().all(axis=None)
    assert np.shares_memory(key["rank_low"], key["interval_low"])  # nothing is held once
    key.loc[0, "rank_low"] = 1.0
    assert key.loc[0, ["rank_high", "interval_low", "rank_median"]].isna().all()
    own = inference(tfidf(counts, by="side"), counts, resamples=20)
    assert own["p"].isna().all() and own[BOUNDS].notna().all(axis=None)
    weights = document_weights(counts.matrix).toarray()[:6].mean(axis=0)
    means = own[own["group"] == "甲"].set_index("term")["score"].reindex(counts.terms, fill_value=0)
    assert means.to_numpy() == pytest.approx(weights)


def test_years_are_tested_against_the_years_before():
    groups = [2014] * 4 + [2015] * 4 + [2016] * 4
    counts = counts_of(corpus(groups), year=groups)
    told = inference(tfidf_contrast(counts, by="year"), counts, resamples=20).attrs["inference"]
    assert {year: said["reference_documents"] for year, said in told.items()} == {2015: 4, 2016: 8}


def test_clusters_are_rearranged_whole():
    groups = ["甲"] * 6 + ["乙"] * 6
    counts = counts_of(corpus(groups), side=groups, county=[*"112233445566"])
    found = inference(keyness(counts, by="side", target="甲"), counts, cluster="county")
    assert found.attrs["inference"]["甲"]["floor"] == pytest.approx(1 / 20)


def test_a_county_on_both_sides_is_a_cluster_on_each():
    groups = ["甲"] * 6 + ["乙"] * 6
    counts = counts_of(corpus(groups), side=groups, county=[*"112233112", None, None, None])
    found = inference(keyness(counts, by="side", target="甲"), counts, cluster="county")
    said = found.attrs["inference"]["甲"]
    assert (said["clusters"], said["reference_clusters"]) == (3, 5)
    assert said["floor"] == pytest.approx(1 / 56)
    with pytest.raises(UnknownColumnError, match="'township'"):
        inference(keyness(counts, by="side"), counts, cluster="township")


@pytest.mark.parametrize(
    ("sizes", "said"),
    [((3, 3), "no q can fall below .05"), ((5, 5), "at least"), ((20, 20), None)],
)
def test_the_account_says_what_no_difference_could_reach(sizes, said):
    groups = ["甲"] * sizes[0] + ["乙"] * sizes[1]
    counts = counts_of(corpus(groups), side=groups)
    found = inference(keyness(counts, by="side", target="甲"), counts)
    told = account(found, placebo(found, counts), "甲")
    tested, floor = (found.attrs["inference"]["甲"][key] for key in ("tested", "floor"))
    if said == "at least":
        said = f"at least {ceil(tested * 2 * floor / 0.05)} terms"
    assert ("any q below" in told.en or "no q can" in told.en) == (said is not None)
    assert (said or "") in told.en
    assert ("q 才会小于 .05" in told.zh or "q 都不会小于 .05" in told.zh) == (said is not None)


def test_the_account_names_the_clusters():
    groups = ["甲"] * 6 + ["乙"] * 6
    counts = counts_of(corpus(groups), side=groups, county=[*"112233445566"])
    found = inference(keyness(counts, by="side", target="甲"), counts, cluster="county")
    told = account(found, placebo(found, counts, cluster="county"), "甲")
    assert "one county changed sides together: 3 against 3" in told.en
    assert "同一县的文献" in told.zh


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ({"county": [*"aabbccd"]}, "county"),
        ({"county": [*"aabbccd"], "city": [*"aaabbbc"]}, "county"),
        ({"county": [*"abcdeff"], "city": [*"aabbccd"]}, "city"),
        ({"county": [*"aaabbbb"]}, None),  # two counties: nothing to rearrange
        ({"county": [*"aabbccd"], "side": [*"aabbccd"]}, "county"),
        ({"province": [*"aabbccd"]}, None),  # the groups themselves
        ({"year": [2015, 2015, 2016, 2016, 2017, None, None]}, "year"),
        ({}, None),
    ],
)
def test_documents_that_cluster_are_told(columns, named):
    said = apart(pd.DataFrame(columns, index=range(7)), by="province")
    assert (said is not None) == (named is not None)
    if said:
        assert f'CLUSTER = "{named}"' in said.en and f'CLUSTER = "{named}"' in said.zh
        assert "of the 7 documents" in said.en


def test_a_spent_document_leaves_its_term_untested():
    groups = ["甲"] * 6 + ["乙"] * 6
    counts = counts_of(corpus(groups), side=groups)
    spent = pd.DataFrame({"doc_id": ["d0"], "field": ["side"], "phrase": ["词0001"]})
    scores = tfidf_contrast(counts, by="side", target="甲", spent=spent)
    row = inference(scores, counts, spent=spent, resamples=20).set_index("term").loc["词0001"]
    assert row[["p", "q", *BOUNDS]].isna().all()


def test_what_one_document_repeats_is_no_difference():
    groups = ["甲"] * 20 + ["乙"] * 20
    matrix = corpus(groups)
    matrix[:, 7] = 0
    matrix[:3, 7] = 50, 1, 1  # one document
    matrix[:20, 8] += 12  # all
    counts = counts_of(matrix, side=groups)
    found = inference(tfidf_contrast(counts, by="side", target="甲"), counts, resamples=50)
    rows = found.set_index("term")
    assert rows.loc["词0007", "p"] > 0.05
    assert rows.loc["词0008", "q"] < 0.05
    assert "词0007" not in set(headline(found, group="甲", top=60)["term"])


def test_planted_words_are_found_and_few_others():
    groups = ["甲"] * 40 + ["乙"] * 40
    random = np.random.default_rng(3)
    common = random.dirichlet(np.full(2000, 0.3))
    planted = random.choice(np.flatnonzero(common > 1 / 4000), 20, replace=False)
    raised = common.copy()
    raised[planted] *= 3
    shares = [random.dirichlet((raised if g == "甲" else common) * 2000) for g in groups]
    matrix = np.array([random.multinomial(2500, share / share.sum()) for share in shares])
    counts = counts_of(matrix, side=groups)
    found = inference(keyness(counts, by="side", target="甲"), counts)
    hits = set(found.loc[(found["q"] < 0.05) & (found["score"] > 0), "term"])
    true = set(counts.terms[planted])
    assert len(hits & true) >= 16
    assert len(hits - true) <= 0.1 * len(hits)
