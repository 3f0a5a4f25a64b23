"""What is repeated and no set phrase: names, headings, common words; marks speak against it."""

import pytest

from difang.passages.candidates import candidates
from difang.words.cutting import general_counts


def judged(corpus, phrase):
    return bool(candidates(corpus).set_index("phrase").loc[phrase, "ordinary"])


@pytest.mark.parametrize(
    ("text", "phrase", "ordinary"),
    [
        ("他们加快建设。", "加快建设", True),
        ("最新数据显示，", "最新数据显示", True),
        ("坚持防灾减灾，", "坚持防灾减灾", False),  # 减灾 is not common
        ("要先学先试，", "先学先试", False),  # a parallel build
        ("要加快建设，“加快建设年”。", "加快建设", False),  # within quotation marks
        ("会议审议通过。国际人士指出。", "国际人士指出", True),
        ("召开工作会议。", "召开工作会议", True),
        ("全面推进高质量发展。", "全面推进高质量发展", True),  # a phrase of the lexicon, and words
    ],
)
def test_common_words_make_ordinary_wording_unless_it_is_marked(corpus_of, text, phrase, ordinary):
    text = f"我说，{text}再说。"
    assert judged(corpus_of(text, text), phrase) == ordinary


def test_who_speaks_in_the_corpus_is_a_name(corpus_of):
    texts = ["我说，磐石精神王建国。再说。"] * 2
    (phrase,) = candidates(corpus_of(*texts))["phrase"]
    assert not judged(corpus_of(*texts), phrase)
    assert judged(corpus_of(*texts, speakers=["王建国（县委书记）；张三", None]), phrase)


def test_a_heading_is_ordinary_and_the_same_words_in_sentences_are_not(corpus_of):
    heads = "磐石精神\n他去了。\n磐石精神\n要弘扬磐石精神呀。"
    assert judged(corpus_of(heads, heads), "磐石精神")
    assert not judged(corpus_of(*["磐石精神\n要弘扬磐石精神呀。讲磐石精神呢。"] * 2), "磐石精神")


def test_ordinary_wordings_come_last(corpus_of):
    text = "加快建设。" * 9 + "防灾减灾。"
    found = candidates(corpus_of(text, text))
    assert found["phrase"].tolist() == ["防灾减灾", "加快建设"]


def test_common_words_are_common_in_general_text():
    counts = general_counts()
    assert counts["发展"] > counts["减灾"] > 0
