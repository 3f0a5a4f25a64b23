import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from difang.compare.tfidf import document_weights
from difang.words.counting import CountsError, count
from difang.words.segmentation import segment

TOYS = ("发展经济，发展县域。", "", "GDP增长5%，经济发展！", "——", "县域经济\n县域")


def test_counts_equal_scikit_learn(jieba, corpus_of):
    corpus = corpus_of(*TOYS)
    ours = count(segment(corpus, lexicon=None), corpus.documents, keep="all")
    theirs = CountVectorizer(analyzer=jieba.Tokenizer().lcut)
    matrix = theirs.fit_transform(TOYS)
    assert ours.terms.tolist() == theirs.get_feature_names_out().tolist()
    assert (ours.matrix.toarray() == matrix.toarray()).all()
    assert ours.matrix.dtype == np.int32


def test_weights_equal_scikit_learn_from_text_to_matrix(jieba, seeds):
    tokens = segment(seeds, lexicon=None)
    ours = document_weights(count(tokens, seeds.documents, keep="all").matrix)
    theirs = TfidfVectorizer(analyzer=jieba.Tokenizer().lcut)
    expected = theirs.fit_transform(seeds.documents["text"])
    assert list(tokens.terms) == theirs.get_feature_names_out().tolist()
    np.testing.assert_allclose(ours.toarray(), expected.toarray(), rtol=0, atol=1e-12)


def test_words_are_tokens_with_a_character_letter_or_digit(corpus_of):
    corpus = corpus_of("“〇”GDP——5 发展。_+")
    counts = count(segment(corpus, lexicon=None), corpus.documents)
    assert counts.terms.tolist() == ["5", "GDP", "〇", "发展"]


def test_all_tokens_are_counted_once(seeds):
    tokens = segment(seeds)
    counts = count(tokens, seeds.documents, keep="all")
    assert counts.tokens_per_document.tolist() == np.diff(tokens.bounds).tolist()
    assert counts.tokens_per_document["003"] == len(tokens.of("003"))
    assert len(tokens.ids) == counts.matrix.sum() == counts.long()["n"].sum()


def test_long_form_rates_and_document_frequency_by_hand(corpus_of):
    corpus = corpus_of("发展经济发展", "……", "经济")
    counts = count(segment(corpus, lexicon=None), corpus.documents)
    rows = [["d0", "发展", 2], ["d0", "经济", 1], ["d2", "经济", 1]]
    assert counts.long().to_numpy().tolist() == rows
    assert counts.n_documents == 3 and counts.tokens_per_document.tolist() == [3, 0, 1]
    assert counts.document_frequency().to_dict() == {"发展": 1, "经济": 2}
    expected = [[20_000 / 3, 10_000 / 3], [0, 0], [0, 10_000]]
    assert counts.rates().toarray() == pytest.approx(np.array(expected))


def test_documents_in_another_order_are_joined_by_id(corpus_of):
    corpus = corpus_of("发展", "经济", year=[2015, 2016])
    counts = count(segment(corpus, lexicon=None), corpus.documents[::-1])
    assert counts.documents["year"].tolist() == [2015, 2016]
    assert counts.matrix.toarray().tolist() == [[1, 0], [0, 1]]


def test_documents_in_the_order_of_the_tokens_are_not_copied(corpus_of):
    corpus = corpus_of(*["县域经济发展" * 10_000] * 3)
    tokens = segment(corpus, cache=False)
    before = pa.total_allocated_bytes()
    counts = count(tokens, corpus.documents)
    assert pa.total_allocated_bytes() - before < len(corpus.documents["text"].iloc[0])
    pd.testing.assert_frame_equal(counts.documents, corpus.documents)


def test_where_keeps_the_chosen_documents_and_all_terms(corpus_of):
    corpus = corpus_of("发展", "经济", "经济", year=[2015, 2016, 2017])
    counts = count(segment(corpus, lexicon=None), corpus.documents)
    late = counts.where(counts.documents["year"][::-1] > 2015)
    assert late.documents.index.tolist() == ["d1", "d2"]
    assert late.matrix.toarray().tolist() == [[0, 1], [0, 1]]
    assert late.tokens_per_document.tolist() == [1, 1]
    with pytest.raises(CountsError, match=r"a column of int64 with 3 rows. The counts hold 3"):
        counts.where(counts.documents["year"])
    with pytest.raises(CountsError, match="bool with 1 rows"):
        counts.where(pd.Series([True], index=["d0"]))


def test_documents_that_are_not_those_of_the_tokens_are_named(corpus_of):
    corpus = corpus_of("发展", "经济")
    tokens = segment(corpus, lexicon=None)
    with pytest.raises(CountsError, match=r"hold 2 documents, the table 1; in one.*only: d1"):
        count(tokens, corpus.documents[:1])
    with pytest.raises(CountsError, match="repeats some"):
        count(tokens, pd.concat([corpus.documents, corpus.documents]))
    with pytest.raises(CountsError, match="Cannot keep 'none'"):
        count(tokens, corpus.documents, keep="none")
