import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.passages.normalising import is_han, normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增强“四个意识”，坚定‘四个自信’", "增强四个意识坚定四个自信"),
        ("县（市、区）委", "县市区委"),
        ("５Ｇ网络3.5％", "5G网络35"),
        ("二〇二〇年，㎡", "二〇二〇年"),
        ("好。\n下一段；再", "好\n\n下一段\n再"),
        ("", ""),
    ],
)
def test_only_han_letters_and_digits_stay(text, expected):
    assert normalise(text).text == expected


def test_characters_can_be_kept_on_request():
    assert normalise("“互联网+”").text == "互联网"
    assert normalise("“互联网+”", keep="+").text == "互联网+"


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_every_character_knows_where_it_stood(text):
    kept, offsets = normalise(text)
    assert len(kept) == len(offsets)
    assert list(offsets) == sorted(set(offsets.tolist()))
    for char, offset in zip(kept, offsets, strict=True):
        assert char == "\n" or normalise(text[offset]).text == char
    assert normalise(kept).text == kept


@pytest.mark.parametrize(
    ("char", "claim"), [("政", True), ("〇", True), ("𠮷", True), ("A", False)]
)
def test_han_is_told_from_other_letters(char, claim):
    assert is_han(char) is claim
