from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.words.concordance import PatternError, kwic


def keywords(corpus, pattern):
    return kwic(corpus, pattern)["keyword"].tolist()


def test_lines_carry_place_context_and_metadata(corpus_of):
    corpus = corpus_of("推动县域\n发展经济", "无", province=["江西省", "湖北省"], year=[2018, 2021])
    assert kwic(corpus, "发展", width=3).to_dict("records") == [
        {
            **{"doc_id": "d0", "start": 5, "end": 7},
            **{"left": "县域 ", "keyword": "发展", "right": "经济"},
            **{"province": "江西省", "year": 2018},
        }
    ]


def test_the_search_does_not_depend_on_segmentation(seeds):
    lines = kwic(seeds, "发展")
    for doc_id, text in seeds.documents["text"].items():
        assert (lines["doc_id"] == doc_id).sum() == text.count("发展")
    assert (lines["doc_id"] == "001").sum() == 29


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("功成不必在我、功成路上必有我", "功成*有我", ["功成不必在我、功成路上必有我"]),
        ("“功成不必在我”", "功成*在我", ["功成不必在我"]),
        ("功成。不必在我，功成？在我", "功成*在我", []),
        ("功成" + "啊" * 13 + "在我", "功成*在我", []),
        ("功成" + "啊" * 12 + "在我", "功成*在我", ["功成" + "啊" * 12 + "在我"]),
        ("一张蓝图绘到底", "*蓝图*到底*", ["蓝图绘到底"]),
        ("a.b(c)[d]", "b(c)[", ["b(c)["]),
    ],
)
def test_a_star_stays_within_its_clause(corpus_of, text, pattern, expected):
    assert keywords(corpus_of(text), pattern) == expected


@pytest.mark.parametrize("pattern", ["", "*", "* *", " "])
def test_an_empty_pattern_is_refused(corpus_of, pattern):
    with pytest.raises(PatternError, match=r"holds no character to look for.*功成"):
        kwic(corpus_of("发展"), pattern)


def test_no_hit_gives_the_same_columns(corpus_of):
    corpus = corpus_of("发展", year=[2020])
    assert kwic(corpus, "经济").dtypes.to_dict() == kwic(corpus, "发展").dtypes.to_dict()


@settings(deadline=None, max_examples=100)
@given(st.text("甲乙。.(\n", max_size=40), st.text("甲乙。.(", min_size=1, max_size=3))
def test_literal_patterns_are_counted_as_str_count_does(text, pattern):
    lines = kwic(SimpleNamespace(documents=pd.DataFrame({"text": {"d": text}})), pattern)
    assert len(lines) == text.count(pattern)
    assert all(text[row.start : row.end] == pattern for row in lines.itertuples())
