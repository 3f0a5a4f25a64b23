from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.words.concordance import PatternError, kwic, occurrences
from difang.words.counting import count
from difang.words.firing import firing_report
from difang.words.segmentation import segment


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


PHRASES = (
    "phrase,variants,match\n蓝图绘到底,蓝图干到底|“蓝图”管到底,\n重要窗口,,quoted\n三个代表,,off\n"
)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("蓝图绘到底", ["蓝图绘到底", "“蓝图”绘到底", "蓝图干到底", "蓝图管到底"]),
        ("蓝图干到底", ["蓝图绘到底", "“蓝图”绘到底", "蓝图干到底", "蓝图管到底"]),
        ("重要窗口", ["重要窗口"]),
        ("三个代表", ["三个代表", "三个“代表”"]),
        ("蓝图*到底", ["蓝图绘到底", "蓝图”绘到底", "蓝图干到底", "蓝图管到底"]),
        ("5G", ["5G", "5G", "5G"]),
        ("。", ["。"]),
    ],
)
def test_a_lexicon_adds_variants_and_quoted_forms(corpus_of, lexicon_of, pattern, expected):
    text = (
        "蓝图绘到底，“蓝图”绘到底，蓝图干到底，蓝图管到底。“重要窗口”、重要窗口，三个代表三个“代表”，"
        "5G、35G和“5G”"
    )
    lexicon = lexicon_of(phrases=PHRASES)
    corpus = corpus_of(text)
    assert kwic(corpus, pattern, lexicon=lexicon)["keyword"].tolist() == expected
    if "*" not in pattern and pattern != "。":
        report = firing_report(corpus, segment(corpus, lexicon=lexicon), lexicon, terms=[pattern])
        entry = "蓝图绘到底" if "蓝图" in pattern else pattern
        assert report.set_index("entry").loc[entry, "in_text"] == len(expected)


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


def test_occurrences_of_terms_are_as_many_as_their_count(seeds):
    tokens = segment(seeds)
    rows = occurrences(seeds, tokens, ["经济", "发展", "没有的词"])
    counted = count(tokens, seeds.documents).long().set_index(["term", "doc_id"])["n"]
    for key, n in rows.groupby(["term", "doc_id"]).size().items():
        assert counted[key] == n
    assert list(rows["term"].unique()) == ["经济", "发展"]
    assert len(rows) == counted[["经济", "发展"]].sum()


def test_an_occurrence_tells_its_place_and_what_the_text_has(corpus_of, lexicon_of):
    corpus = corpus_of("推动“五型”政府\n建设", "五型政府")
    tokens = segment(corpus, lexicon=lexicon_of(phrases="phrase\n五型政府\n"), cache=False)
    first, second = occurrences(corpus, tokens, ["五型政府"], width=2).to_dict("records")
    assert (first["start"], first["end"], first["share"]) == (2, 8, 2 / 11)
    assert (first["left"], first["keyword"], first["right"]) == ("推动", "“五型”政府", " 建")
    assert (second["doc_id"], second["share"], second["keyword"]) == ("d1", 0, "五型政府")


def test_no_term_asked_for_gives_no_row(corpus_of):
    corpus = corpus_of("发展经济", "")
    assert occurrences(corpus, segment(corpus, cache=False), []).empty
