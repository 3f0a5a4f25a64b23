"""What an earlier document has said is marked where it is said again, and nothing else."""

import numpy as np
import pandas as pd
import pytest

from difang.passages.repeated import repeated
from difang.passages.reuse import shared_passages
from difang.words.counting import count
from difang.words.segmentation import segment

SAID = "坚持稳中求进工作总基调扎实推动高质量发展"


def read(corpus):
    tokens = segment(corpus, cache=False)
    return tokens, repeated(corpus, tokens, shared_passages(corpus, min_chars=8))


def counted(corpus, term) -> list[int]:
    tokens, again = read(corpus)
    table = count(tokens, corpus.documents, without=again)
    found = table.long()
    n = found[found["term"] == term].set_index("doc_id")["n"]
    return n.reindex(corpus.documents.index, fill_value=0).to_list()


@pytest.mark.parametrize(
    ("dates", "n"),
    [
        (["2018", "2017", "2019"], [0, 2, 1]),  # said in all three, and again in the last two
        (["2017", "2018", "2019"], [1, 1, 1]),
        ([None, "2018", "2019"], [0, 2, 1]),  # undated documents come last
        ([None, None, None], [1, 1, 1]),  # then the first by name
    ],
)
def test_the_first_document_keeps_the_passage(corpus_of, dates, n):
    texts = [f"我省{SAID}。", f"我市{SAID}。谈高质量发展。", f"{SAID}，再谈高质量发展。"]
    corpus = corpus_of(*texts, date_earliest=pd.to_datetime(dates))
    assert counted(corpus, "高质量发展") == n


def test_a_token_over_the_edge_of_a_passage_stays(corpus_of):
    corpus = corpus_of(f"{SAID}", f"{SAID}委员会，学习中国特色社会主义")
    tokens, again = read(corpus)
    start, end = tokens.bounds[1:3]
    kept = [t for t, gone in zip(tokens.of("d1"), again[start:end], strict=True) if not gone]
    assert "".join(kept) == "委员会，学习中国特色社会主义"
    assert not again[:start].any()


def test_without_shared_passages_nothing_is_marked(corpus_of):
    _, again = read(corpus_of("脱贫攻坚取得决定性进展", "海洋经济发展加快"))
    assert not again.any()


def test_counts_with_and_without_differ_by_the_marked_tokens(seeds):
    tokens, again = read(seeds)
    every, once = (
        count(tokens, seeds.documents, keep="all", without=mask) for mask in (None, again)
    )
    assert 0 < again.sum() == every.matrix.sum() - once.matrix.sum()
    assert every.terms.equals(once.terms)
    assert (once.matrix.data > 0).all()
    assert np.array_equal(every.matrix[0].toarray(), once.matrix[0].toarray()) == (
        not again[: tokens.bounds[1]].any()
    )
