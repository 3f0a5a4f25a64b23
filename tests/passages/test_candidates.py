"""Proposals hold together, stand by themselves, and no piece of a word is among them."""

import json
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.passages.candidates import c_value, candidates, entropy
from difang.passages.candidates import proposed as proposed_with_places
from difang.words.lexicon import read_lexicon
from difang.words.segmentation import segment
from difang.words.tokens import Tokens

GOLD = Path(__file__).resolve().parents[1] / "gold"


def proposed(corpus, **lexicon):
    tokens = segment(corpus, lexicon=lexicon.get("lexicon"), cache=False)
    return candidates(corpus, tokens).set_index("phrase")


def test_c_values_are_those_published():
    cases = json.loads((GOLD / "statistics.json").read_text("utf-8"))
    case = next(one for one in cases if one["id"] == "G26")
    counts = {tuple(term.split()): n for term, (_, n) in case["input"].items()}
    values = {" ".join(term): value for term, value in c_value(counts).items()}
    assert values == pytest.approx(case["expected"]["net_of_nesting"], abs=case["tol"])


def test_a_fragment_is_not_proposed_beside_what_holds_it(corpus_of):
    clauses = ["县委书记带头落实。", "市委书记带头落实。", "党委书记带头落实。"]
    found = proposed(corpus_of("".join(clauses), "".join(clauses[::-1])))
    assert not [one for one in found.index if "委书记" in one and one[0] == "委"]
    assert found.loc["党委书记带头落实", "count"] == 2
    assert found.loc["带头落实", "count"] == 6  # in all three: no single one holds half of it
    assert len(found) == 4


def test_a_wording_stays_within_a_clause_and_keeps_function_words_inside(corpus_of):
    text = "弘扬伟大的井冈山精神，弘扬伟大的井冈山精神。在2020年"
    found = proposed(corpus_of(text, text))
    assert found.index.tolist() == ["弘扬伟大的井冈山精神"]
    assert found.loc["弘扬伟大的井冈山精神", ["count", "documents"]].tolist() == [4, 2]


def test_repeated_by_one_document_or_by_a_copy_is_not_proposed(corpus_of):
    text = "弘扬井冈山精神。弘扬井冈山精神。"
    assert proposed(corpus_of(text, "无")).empty
    assert proposed(corpus_of(text, text, duplicate_of=[None, "d0"])).empty


def test_quotation_marks_are_looked_through_and_known_phrases_are_one(corpus_of, tmp_path):
    (tmp_path / "set_phrases.csv").write_text("phrase\n四个意识\n", encoding="utf-8")
    text = "牢固树立“四个意识”。"
    lexicon = read_lexicon(tmp_path)
    assert proposed(corpus_of(text, text), lexicon=lexicon).index.tolist() == ["牢固树立四个意识"]


def test_scores_of_many_documents_are_finite_with_a_single_neighbour(corpus_of):
    texts = ["要弘扬井冈山精神的光荣传统。" for _ in range(200)]
    texts[0] += "弘扬传统。" * 30
    found = proposed(corpus_of(*texts))
    row = found.loc["弘扬井冈山精神的光荣传统"]
    assert row["count"] == 200
    assert row["freedom"] == 0  # 要 before it, and then the end of the clause, each one its own
    assert np.isfinite(found[["c_value", "cohesion", "freedom"]]).all(axis=None)


def test_few_documents_say_nothing_of_neighbours(corpus_of):
    found = proposed(corpus_of("弘扬井冈山精神。", "弘扬井冈山精神。"))
    assert found[["cohesion", "freedom"]].isna().all(axis=None)


def test_cohesion_and_freedom_by_hand(corpus_of):
    texts = [f"弘扬井冈山精神{('优势', '传统', '品质')[k % 3]}。" for k in range(210)]
    tokens = segment(corpus_of(*texts), lexicon=None, cache=False)
    assert tokens.of("d0") == ["弘扬", "井冈山", "精神", "优势", "。"]
    row = candidates(corpus_of(*texts), tokens).set_index("phrase").loc["弘扬井冈山精神"]
    assert row["cohesion"] == pytest.approx(np.log2(4))  # 210 · 840 words / (210 · 210)
    assert row["freedom"] == pytest.approx(
        np.log2(3)
    )  # three words behind; before it the clause begins


@pytest.mark.parametrize(
    ("group", "neighbour", "bits"),
    [([0, 0, 0, 0], [5, 5, 5, 5], [0]), ([0, 0, 1, 1], [5, 6, -1, -1], [1, 1]), ([], [], [])],
)
def test_entropy_of_neighbours(group, neighbour, bits):
    found = entropy(np.array(group, dtype=np.int64), np.array(neighbour, dtype=np.int64))
    assert found.tolist() == bits


words = st.sampled_from(["县委", "书记", "落实", "责任", "精神", "，", "的", "“"])
texts = st.lists(st.lists(words, max_size=12).map("".join), min_size=2, max_size=4)


@settings(deadline=None, max_examples=40)
@given(texts)
def test_no_fragment_stands_beside_a_wording_that_holds_half_of_it(corpus_of, texts):
    found = proposed(corpus_of(*texts))
    plain = [text.replace("“", "") for text in texts]
    for phrase, row in found.iterrows():
        assert sum(text.count(phrase) for text in plain) >= 2
        assert np.isfinite(row["c_value"])
        longer = [other for other in found.index if phrase != other and phrase in other]
        assert all(2 * found.loc[other, "count"] < row["count"] for other in longer)
    assert found.index.is_unique


def test_every_candidate_stands_as_often_as_it_is_counted(seeds):
    tokens = segment(seeds, lexicon=None, cache=False)
    rows, places = proposed_with_places(seeds, tokens, top=10**6, without={"习近平总书记"})
    assert "习近平总书记" not in set(rows["phrase"]) and len(rows) > 50
    counted = places.groupby("phrase")["doc_id"].agg(["size", "nunique"])
    expected = rows.set_index("phrase")[["count", "documents"]]
    assert counted.loc[expected.index].to_numpy().tolist() == expected.to_numpy().tolist()
    for phrase, doc_id, start, end in places.itertuples(index=False):
        written = seeds.documents.loc[doc_id, "text"][start:end]
        assert "".join(one for one in written if one not in "“”‘’") == phrase


def test_a_wording_cut_in_two_ways_is_one_candidate(corpus_of):
    cuts = [("合作", "共赢"), ("合作共", "赢")]
    texts = ["合作共赢。" * 4, "合作共赢。" * 4]
    terms = tuple(sorted({"。", *chain(*cuts)}))
    ids = [terms.index(one) for cut in cuts * 4 for one in (*cut, "。")]
    lengths = np.array([len(terms[one]) for one in ids], dtype=np.int32)
    bounds = np.array([0, 12, 24])
    tokens = Tokens(("d0", "d1"), terms, np.array(ids, np.int32), bounds, "", lengths)
    rows, places = proposed_with_places(corpus_of(*texts), tokens, top=5)
    assert rows[["phrase", "count", "documents"]].to_numpy().tolist() == [["合作共赢", 8, 2]]
    assert places[["doc_id", "start"]].to_numpy().tolist() == [
        [doc_id, 5 * k] for doc_id in ("d0", "d1") for k in range(4)
    ]


def test_the_same_corpus_gives_the_same_list(seeds):
    pd.testing.assert_frame_equal(proposed(seeds), proposed(seeds))
