import numpy as np
import pytest

from difang.words.segmentation import Segmenter
from difang.words.vocabulary import joined

TEXTS = ("发展县域经济，肖梓才说。", "", "肖梓才说：县域经济发展12.5%。\r\n")
DOC_IDS = ("d0", "d1", "d2")


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter()


@pytest.mark.parametrize("kept", [(), (0,), (2,), (0, 1, 2)])
def test_new_batches_and_kept_ones_meet_in_one_vocabulary(jieba, segmenter, kept):
    reads = [segmenter.number([text]) for text in TEXTS]
    mixed = [r.spelled(segmenter.names) if i in kept else r for i, r in enumerate(reads)]
    tokens = joined(mixed, segmenter.names, DOC_IDS, "")
    expected = [jieba.Tokenizer().lcut(text) for text in TEXTS]
    assert [tokens.of(doc_id) for doc_id in DOC_IDS] == expected
    assert tokens.terms == tuple(sorted({word for words in expected for word in words}))
    assert tokens.lengths.tolist() == [len(term) for words in expected for term in words]


def test_of_kept_batches_alone_no_dictionary_is_asked(segmenter):
    reads = [segmenter.number([text]).spelled(segmenter.names) for text in TEXTS]
    tokens = joined(reads, lambda known: pytest.fail("asked"), DOC_IDS, "")
    assert tokens.of("d0")[:2] == ["发展", "县域"]


def test_no_batch_at_all_gives_no_tokens():
    tokens = joined([], lambda known: pytest.fail("asked"), (), "")
    assert tokens.terms == () and tokens.bounds.tolist() == [0] and not np.any(tokens.ids)
