"""Edits: undo is exact, two layers come to one list, and offsets lead both ways."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.edits import Edit, EditError, Offsets, apply, change, compose, undo

TEXTS = st.text(alphabet="縣县(xiàn) ?\n。", max_size=30)


@st.composite
def edit_lists(draw: st.DrawFn, text: str) -> list[Edit]:
    """Sorted, disjoint edits of `text`, insertions and touching ones among them."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        new = draw(st.text(alphabet="甲乙\n", max_size=3))
        edits.append(change(text, start, end, new, draw(st.sampled_from(["a", "b", "c"]))))
    return edits


@st.composite
def two_layers(draw: st.DrawFn) -> tuple[str, list[Edit], list[Edit]]:
    raw = draw(TEXTS)
    first = draw(edit_lists(raw))
    return raw, first, draw(edit_lists(apply(raw, first)))


@given(two_layers())
@settings(deadline=None, max_examples=400)
def test_undo_gives_the_raw_text_back(layers: tuple[str, list[Edit], list[Edit]]) -> None:
    raw, edits, _ = layers
    assert undo(apply(raw, edits), edits) == raw


@given(two_layers())
@settings(deadline=None, max_examples=600)
def test_composed_edits_do_what_both_layers_do(
    layers: tuple[str, list[Edit], list[Edit]],
) -> None:
    raw, first, second = layers
    text = apply(apply(raw, first), second)
    both = compose(raw, first, second)
    assert apply(raw, both) == text
    assert undo(text, both) == raw
    assert all(raw[e.start : e.end] == e.old for e in both)
    assert all(a.end <= b.start for a, b in pairwise(both))


@given(two_layers())
@settings(deadline=None, max_examples=300)
def test_characters_that_stay_are_found_again_both_ways(
    layers: tuple[str, list[Edit], list[Edit]],
) -> None:
    raw, edits, _ = layers
    offsets, text = Offsets(edits), apply(raw, edits)
    touched = {i for e in edits for i in range(e.start, e.end)}
    for i, char in enumerate(raw):
        if i not in touched:
            assert text[offsets.clean(i)] == char
            assert offsets.raw(offsets.clean(i)) == i
            assert offsets.raw_span(offsets.clean(i), offsets.clean(i) + 1) == (i, i + 1)


def test_a_span_ends_before_what_was_taken_out_behind_it() -> None:
    raw = "經(jīng)濟工作"
    offsets = Offsets([change(raw, 1, 7, "", "gloss")])
    assert raw[slice(*offsets.raw_span(0, 2))] == "經(jīng)濟"
    assert raw[slice(*offsets.raw_span(0, 1))] == "經"
    assert offsets.raw_span(1, 1) == (7, 7)


def test_a_removal_over_earlier_edits_keeps_its_own_rule() -> None:
    raw = "（記者劉勇）完"
    script = [change(raw, 1, 2, "记", "script"), change(raw, 3, 4, "刘", "script")]
    byline = [change("（记者刘勇）完", 0, 6, "", "byline", move=True)]
    assert compose(raw, script, byline) == [Edit(0, 6, "（記者劉勇）", "", "byline", "move")]


def test_replacements_that_overlap_join_their_rules() -> None:
    first, second = [change("??h", 0, 3, "。縣", "bytes")], [change("。縣", 1, 2, "县", "script")]
    assert compose("??h", first, second) == [Edit(0, 3, "??h", "。县", "bytes+script", "replace")]


def test_changes_that_restore_the_raw_text_leave_no_edit() -> None:
    there, back = [change("着", 0, 1, "著", "a")], [change("著", 0, 1, "着", "b")]
    assert compose("着", there, back) == []


def test_edits_of_another_text_are_refused() -> None:
    edit = Edit(1, 2, "縣", "县", "script", "replace")
    with pytest.raises(EditError, match=r"Cannot make edit 'script' at 1\. The text holds '域'"):
        apply("縣域", [edit])
    with pytest.raises(EditError, match="in order"):
        undo("縣域", [edit])
    with pytest.raises(EditError, match="in order"):
        apply("縣縣縣", [edit, edit])
