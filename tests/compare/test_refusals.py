"""The sentences for groups too small to speak for themselves, word by word as settled."""

from math import log

import pytest

from difang.compare.refusals import (
    WORDS,
    Refusal,
    idf_reading,
    length_reading,
    reading,
    refusal,
    say,
)


def test_one_document():
    said = refusal(1)
    assert said is not None
    assert said.zh == (
        "本组只有 1 篇文献。表中词语只能说明这一篇与其他文献不同，"
        "无法区分是该省（年）的特点还是该篇的特点；"
        "不确定性无法估计，故不给区间与 p 值。"
    )
    assert "only 1 document" in said.en and "neither interval nor p-value" in said.en


def test_two_documents():
    said = refusal(2)
    assert said is not None
    assert said.zh == (
        "本组只有 2 篇文献，无法可靠估计组内差异；仅列两篇各自的词频与共同出现的词，不作检验。"
    )
    assert "only 2 documents" in said.en and "nothing is tested" in said.en


@pytest.mark.parametrize("n_docs", [3, 4])
def test_three_and_four_documents_have_a_range_not_an_interval(n_docs):
    assert refusal(n_docs) is None
    said = reading(n_docs)
    assert f"只有 {n_docs} 篇" in said.zh and "不是置信区间" in said.zh
    assert f"only {n_docs} documents" in said.en and "a range, not an interval" in said.en


def test_five_to_nine_documents_have_too_narrow_an_interval():
    assert all("too narrow" in reading(n).en and "偏窄" in reading(n).zh for n in range(5, 10))
    assert "narrow" not in reading(10).en and "10 篇" in reading(10).zh


def test_no_document():
    assert refusal(0) == WORDS["none"]


def test_every_sentence_has_both_languages():
    assert all(isinstance(s, Refusal) and s.zh.strip() and s.en.strip() for s in WORDS.values())
    assert say("first", group=2006).zh.startswith("2006 之前没有文献")


def test_the_chinese_sentence_calls_a_column_by_its_label_but_for_what_is_to_be_typed():
    said = say("apart", documents=5, shared=2, column="county")
    assert "同属一个县：同一县的文献" in said.zh and 'CLUSTER = "county"' in said.zh
    assert "share their county with" in said.en
    own = say("no order", by="policy_area")  # a column of one's own has no label
    assert own.zh.startswith("“policy_area”各组") and own.en.startswith("The values of policy_area")


@pytest.mark.parametrize("n", [1, 5, 456])
def test_idf_runs_from_one_to_that_of_a_single_document(n):
    said = idf_reading(n)
    high = f"{log((1 + n) / 2) + 1:.2f}"
    assert "1.00" in said.en and high in said.en and high in said.zh
    assert ("weakly" in said.en) == (n < 10)


@pytest.mark.parametrize(
    ("tokens", "told"),
    [([], False), ([0, 900], False), ([900, 9_000], False), ([900, 0, 9_001], True)],
)
def test_advice_on_lengths_comes_from_ten_times_on(tokens, told):
    said = length_reading(tokens)
    assert (said is not None) == told
    if said:
        assert "9,001" in said.zh and "900" in said.en and "sublinear_tf" in said.en
