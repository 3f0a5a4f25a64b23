"""What a copy has as a whole: short pieces too, over changes, never over a break."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.passages.joining import reached
from difang.passages.reuse import shared_passages

ONE = "扎实推进生态文明建设守住绿水青山"
TWO = "让人民群众在蓝天白云下有更多的获得感"
FORMULA = "以习近平同志为核心的党中央坚强领导下"


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        ("|甲乙丙丁戊己庚辛|", "甲乙丙丁戊己庚辛|", "甲乙丙丁戊己庚辛"),
        ("|甲乙丙丁又戊己庚辛|", "甲乙丙丁戊己庚辛|", "甲乙丙丁又戊己庚辛"),  # one added
        (
            "|甲乙丙丁又戊己庚辛|",
            "甲乙丙丁并且戊己庚辛|",
            "甲乙丙丁又戊己庚辛",
        ),  # one changed to two
        ("|甲乙丙丁又又又又又戊己庚辛|", "甲乙丙丁戊己庚辛|", "甲乙丙丁"),  # five are too many
        ("|甲乙丙丁又戊己庚|", "甲乙丙丁戊己庚|", "甲乙丙丁"),  # three alike are too few
        ("|甲乙丙丁|戊己庚辛|", "甲乙丙丁戊己庚辛|", "甲乙丙丁"),  # a sentence ends
        ("|甲乙丙丁戊己庚辛|", "甲乙丙丁|戊己庚辛|", "甲乙丙丁"),
    ],
)
def test_a_walk_goes_over_small_changes(one, other, whole):
    signs = one + other
    names = np.array([0 if sign == "|" else ord(sign) for sign in signs])
    second = len(one)  # where the other begins
    end = reached(names, np.array([1]), np.array([second]), 1)[0]
    assert signs[1 : end + 1] == whole
    mirrored = names[::-1].copy()
    last = len(signs) - 1
    back = reached(mirrored, np.array([last - 1]), np.array([last - second]), -1)[0]
    assert back == last - end


@settings(deadline=None, max_examples=200)
@given(st.text("甲乙|", min_size=1, max_size=40), st.data())
def test_a_walk_never_leaves_its_sentence(text, data):
    names = np.array([0, *(0 if sign == "|" else ord(sign) for sign in text), 0])
    places = st.sampled_from(np.flatnonzero(names).tolist() or [0])
    one, other = data.draw(places), data.draw(places)
    end = reached(names, np.array([one]), np.array([other]), 1)[0]
    assert end >= one
    assert (names[one + 1 : end + 1] != 0).all()


def test_a_piece_too_short_to_be_listed_counts(corpus_of):
    """Eight characters before a change, sixteen after it, sixteen more, all of one sentence."""
    start, changed = "坚持生态优先绿色", "牢固树立生态优先绿色"[-6:]
    texts = [f"{start}又{ONE}也{TWO}。", f"{start}并{ONE}还{TWO}。", f"{changed}。"]
    found = shared_passages(corpus_of(*texts), min_chars=12)
    assert set(found["text"]) == {ONE, TWO}
    assert set(found["whole"]) == {len(f"{start}又{ONE}也{TWO}")}
    assert found[["whole_start", "whole_end"]].drop_duplicates().to_numpy().tolist() == [
        [0, len(texts[0]) - 1]
    ]
    assert set(found["kind"]) == {"copied passage"}


def test_what_many_documents_hold_beside_a_passage_makes_no_copy_of_it(corpus_of):
    texts = [f"{FORMULA}又{ONE}甲。", f"{FORMULA}并{ONE}乙。", *[f"{FORMULA}。"] * 8]
    found = shared_passages(corpus_of(*texts), min_chars=12)
    told = found.drop_duplicates("span_id").set_index("text")
    assert told["kind"].to_dict() == {FORMULA: "stock formula", ONE: "shared passage"}
    assert told["whole"].to_dict() == {FORMULA: len(FORMULA), ONE: len(ONE)}


def test_what_one_document_alone_has_of_two_others_is_no_copied_passage(corpus_of):
    """Three hold one piece; the second goes on as the first does before it, as the third after."""
    before, after = "坚持以人民为中心，让人民", "守住绿水，守住青山，守住蓝天"
    texts = [
        f"{before}又{TWO}。",
        f"{before}也{TWO}并{after}。",
        f"{TWO}且{after}。",
        *"甲乙丙" * 7,
    ]
    found = shared_passages(corpus_of(*texts), min_chars=14)
    most = found.groupby("doc_id")["whole"].max().nlargest(2).tolist()
    assert most[0] >= 40 > most[1]
    assert set(found["kind"]) == {"shared passage"}
