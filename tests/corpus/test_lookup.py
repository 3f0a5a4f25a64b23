"""Words looked up at once, against looking for each by itself."""

from hypothesis import given
from hypothesis import strategies as st

from difang.corpus.lookup import fold, hits, matcher

LETTERS = "江西省一〇\u4e00\U00020000\ud800a"


@given(
    st.sets(st.text(LETTERS, min_size=2, max_size=5), min_size=1).map(sorted),
    st.text(LETTERS, max_size=30),
)
def test_each_place_of_each_word_is_found(words, text):
    plain = text.replace("\U00020000", "\ufffd")
    able = [word for word in words if "\U00020000" not in word]
    found = hits(matcher({word: word for word in able}), text) if able else ()
    wanted = [
        (i, i + len(word), word)
        for word in able
        for i in range(len(plain))
        if plain.startswith(word, i)
    ]
    assert sorted(found) == sorted(wanted)


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding_spells_digits_and_quotation_marks_in_one_way():
    assert fold("２０１８．９－１４／‘新’「区」『县』：") == "2018.9-14/“新”“区”“县”:"
