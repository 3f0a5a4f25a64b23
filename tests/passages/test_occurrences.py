import tracemalloc
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.passages.occurrences import automaton, longest_rest, occurrences
from difang.passages.set_phrases import families, set_phrases
from difang.words.concordance import lines
from difang.words.lexicon import read_lexicon


def test_every_phrase_of_the_seeds_stands_as_often_as_the_register_counts(seeds):
    lexicon = read_lexicon()
    register = set_phrases(seeds, lexicon)
    found = occurrences(seeds, register["phrase"], bound=families(lexicon, "quoted"))
    assert found["phrase"].value_counts().to_dict() == dict(
        zip(register["phrase"], register["count"], strict=True)
    )
    documents = found.groupby("phrase")["doc_id"].nunique()
    assert documents.to_dict() == dict(zip(register["phrase"], register["documents"], strict=True))


def test_lines_show_the_phrase_as_it_is_written(corpus_of):
    corpus = corpus_of("学深悟透“四个\n自信”，坚定‘四个自信’。")
    found = lines(corpus, occurrences(corpus, ["四个自信"]), width=3)
    assert found[["start", "end", "left", "keyword", "right"]].to_numpy().tolist() == [
        [15, 19, "坚定‘", "四个自信", "’。"]
    ]


def test_numerals_and_bound_phrases_stand_in_quotation_marks_only(corpus_of):
    corpus = corpus_of("“十二五”规划，十二五年。做“重要窗口”和重要窗口。十二五")
    found = occurrences(corpus, ["十二五", "重要窗口"], bound={"重要窗口"})
    assert found[["phrase", "start"]].to_numpy().tolist() == [["十二五", 1], ["重要窗口", 15]]


#: Ways to put a phrase into marks, in order, out of order, or half.
MARKED = ["{}", "“{}”", "‘“{}”’", "”{}“", '"{}"', '"{}', "「{}」", "“{} ”", "“{}。”", "“{}，\n{}”"]
pieces = st.lists(
    st.builds(
        str.replace, st.sampled_from(MARKED), st.just("{}"), st.sampled_from(["十二五", "重要窗口"])
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(pieces.map("".join), min_size=1, max_size=3))
def test_whatever_the_quotation_marks_phrases_stand_as_often_as_counted(texts):
    documents = pd.DataFrame({"text": pd.Series(texts, dtype="str"), "date": pd.NaT})
    documents = documents.set_axis([f"d{k}" for k in range(len(texts))])
    corpus = SimpleNamespace(documents=documents)
    table = pd.DataFrame([("重要窗口", "", "quoted")], columns=["phrase", "variants", "match"])
    lexicon = SimpleNamespace(phrases=table)
    register = set_phrases(corpus, lexicon).set_index("phrase")
    found = occurrences(corpus, register.index, bound={"重要窗口"})
    assert found["phrase"].value_counts().to_dict() == register["count"].to_dict()
    used = found.groupby("phrase")["doc_id"].nunique()
    assert used.to_dict() == register["documents"].to_dict()


@pytest.mark.parametrize(
    ("text", "phrases", "rest"),
    [("坚定四个自信", [], 6), ("坚定四个自信", ["四个自信"], 2), ("四个自信", ["四个", "自信"], 0)],
)
def test_what_set_phrases_leave_of_a_passage(text, phrases, rest):
    assert longest_rest(text, automaton(phrases)) == rest


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text("四个自信“”，。\n", max_size=30), min_size=1, max_size=3))
def test_offsets_give_the_phrase_back(corpus_of, texts):
    corpus = corpus_of(*texts)
    for row in lines(corpus, occurrences(corpus, ["四个自信"])).itertuples():
        assert "".join(c for c in row.keyword if c not in "“”，") == "四个自信"
        whole = corpus.documents.loc[row.doc_id, "text"].replace("\n", " ")
        assert row.left + row.keyword + row.right in whole


def test_many_occurrences_take_little_more_than_their_table(corpus_of):
    corpus = corpus_of(*["稳中求进" * 20] * 1_000)
    occurrences(corpus, ["稳中求进"])  # once before: libraries are loaded
    tracemalloc.start()
    found = occurrences(corpus, ["稳中求进"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 20_000
    assert peak / len(found) < 100  # bytes; a row of Python's own numbers and text takes 200
