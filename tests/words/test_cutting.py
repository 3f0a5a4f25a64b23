import jieba
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.words.cutting import Cutter


@pytest.fixture(scope="module")
def cutter():
    words = [("的", 900_000_000, ""), ("安源精神", 0, "n"), ("GDP", 3, "")]
    return Cutter(pd.DataFrame(words, columns=["word", "freq", "tag"]))


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


PLAIN = Cutter()
FRESH = jieba.Tokenizer()
RARE = "㐀䶿鿖鿿豈\U00020000\U0002a6df\U0002f800\U0003134a"
SIGNS = st.text("aZ09+#&._%-发好肖梓的，。\n\x1f\udc80" + RARE, max_size=30)


@settings(deadline=None, max_examples=300)
@given(SIGNS)
def test_signs_and_rare_characters_are_read_as_jieba_does(text):
    assert PLAIN.cut(text) == FRESH.lcut(text)


@pytest.mark.parametrize("first", range(0, 0x30000, 0x1000))
def test_every_character_beside_others_is_read_as_jieba_does(first):
    characters = [chr(code) for code in range(first, first + 0x1000)]
    text = "，".join(f"好{c}{c}梓{c}9" for c in characters)
    assert PLAIN.cut(text) == FRESH.lcut(text)


@pytest.mark.parametrize("text", ["常在软", "容易常在软那12.5%"])
def test_readings_that_are_all_but_equally_likely_fall_as_those_of_jieba(text):
    assert PLAIN.cut(text) == FRESH.lcut(text)


def test_unknown_words_are_made_up_only_if_asked(cutter):
    text = "肖梓才说"
    assert cutter.cut(text) != Cutter(hmm=False).cut(text) == list(text)
