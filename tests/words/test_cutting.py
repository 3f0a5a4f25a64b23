import pandas as pd
import pytest

from difang.words.cutting import Cutter


@pytest.fixture(scope="module")
def cutter():
    words = [("的", 900_000_000, ""), ("安源精神", 0, "n"), ("GDP", 3, "")]
    return Cutter(pd.DataFrame(words, columns=["word", "freq", "tag"]))


@pytest.mark.parametrize("word", ["的一", "的的", "一的一", "发展的"])
def test_both_dictionaries_weigh_words_alike_after_one_was_raised(cutter, word):
    expected = cutter._jieba.suggest_freq(word)
    assert cutter._fast.suggest_freq(word) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("\x1f\x1f好", ["\x1f", "\x1f", "好"]),
        ("3.5%的GDP", ["3.5%", "的", "GDP"]),
        ("用C++写", ["用", "C++", "写"]),
        ("安源精神", ["安源精神"]),
    ],
)
def test_letters_and_marks_stay_what_they_are(cutter, text, tokens):
    assert cutter.cut(text) == tokens


def test_unknown_words_are_made_up_only_if_asked(cutter):
    assert cutter.cut("肖梓才说") != cutter.cut("肖梓才说", hmm=False) == ["肖", "梓", "才", "说"]
