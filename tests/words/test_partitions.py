import numpy as np
import pytest

from difang.corpus import loading
from difang.words import batches
from difang.words.counting import count
from difang.words.partitions import count_corpus
from difang.words.segmentation import Segmenter, segment

TEXTS = (
    "坚持新发展理念，推动高质量发展。",
    "",
    "。！",
    "县域经济 2016年 GDP 增长",
    "发展是第一要务",
)


def assert_same(one, other):
    assert list(one.terms) == list(other.terms)
    assert one.terms.dtype == other.terms.dtype
    assert one.documents.equals(other.documents)
    assert one.matrix.shape == other.matrix.shape
    for part in ("data", "indices", "indptr"):
        mine, theirs = getattr(one.matrix, part), getattr(other.matrix, part)
        assert mine.dtype == theirs.dtype
        assert np.array_equal(mine, theirs)


@pytest.mark.parametrize("cores", ["1", "2"])
@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize("lexicon", [{}, {"lexicon": None}])
def test_counts_are_those_of_the_tokens(corpus_of, monkeypatch, cores, size, lexicon):
    corpus = corpus_of(*TEXTS * 5)
    expected = count(segment(corpus, cache=False, **lexicon), corpus.documents)
    monkeypatch.setenv("DIFANG_CORES", cores)
    monkeypatch.setattr(batches, "PACE", 1)  # so slow that processes pay
    monkeypatch.setattr(loading, "BATCH", size)
    assert_same(count_corpus(corpus, cache=False, **lexicon), expected)


def test_a_second_time_nothing_is_read(corpus_of, monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 2)
    corpus = corpus_of(*TEXTS)
    first = count_corpus(corpus)
    monkeypatch.setattr(Segmenter, "number", None)
    assert_same(count_corpus(corpus), first)


def test_of_no_document_there_are_no_counts(corpus_of):
    corpus = corpus_of(TEXTS[0])
    corpus.documents = corpus.documents.iloc[:0]
    assert count_corpus(corpus, cache=False).matrix.shape == (0, 0)
