"""A pattern is left out only where it cannot match: told against the engine itself."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang import project
from difang.corpus.cues import COLUMNS, cues
from difang.corpus.sieve import may_hold, sifter, spots

FILL = "会议强调，要抓好落实，推进各项工作。" * 30  # so that a text is long enough to be told
SHAPES = (
    "楼主", "(?:楼|层)主|回复", "本(?:页|站)?完", "第[一二三][章回]", "[ⅰ-ⅹ]", "甲(?<=甲)乙",
    "[\U00020000-\U0002fa1f]鱼", "(?<=来)源", "(?<!来)源头", "稿(?=件)", "(?P<a>甲|乙)丙(?P=a)",
    "(?:丁戊){2,}己", "(?:丁|戊){0,3}庚辛", "(?i:qq)空间", "(?i)Www", "(?>甲乙)丙", "甲++乙",
    "[^甲]乙", r"\d楼\w", "甲.{0,9}?乙", "(?:甲{2,3}|乙丙)?丁", "(?m)^附件$", "",
    "[\ue000-\uf8ff?]{2}", "甲|", "(?:一|(?:二|三|)四)五",
)  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_what_the_engine_finds_is_never_ruled_out(shape):
    pattern = re.compile(shape)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, len(FILL)), st.from_regex(pattern)), max_size=3))
    def holds(found):
        text = FILL
        for at, words in found:
            text = f"{text[:at]}{words}{text[at:]}"
        spans = [match.span() for match in pattern.finditer(text)]
        assert [match.span() for match in spots(pattern, text)] == spans
        part = [match.span() for match in spots(pattern, text[100:-9], text, 100)]
        assert part == [match.span() for match in pattern.finditer(text[100:-9])]
        assert (0 in sifter([pattern])(text)) >= bool(spans)

    holds()


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_no_cue_of_the_tables_is_ruled_out_where_it_stands(table):
    texts = [Path(path).read_text("utf-8", "replace") for path in project.SEEDS.rglob("*.txt")]
    found = 0
    for _, shape in cues(table):
        for text in texts:
            match = shape.search(text)
            assert not match or may_hold(shape, text), shape.pattern
            found += match is not None
    assert found or table in ("page_furniture.csv", "meeting_cues.csv", "anchor_cues.csv")


@pytest.mark.parametrize(
    "shape",
    (
        "楼主",
        "(?:楼|层)主|回复",
        "[ⅰ-ⅹ]",
        "(?<=转载)自",
        "本(?:页|站)?完毕",
        "(?:x|转)[载贴]{2}",
        "\ud800",
    ),
)
def test_what_a_text_has_no_pair_of_is_ruled_out(shape):
    assert not may_hold(re.compile(shape), FILL)


def test_patterns_without_their_words_are_sifted_out():
    able = sifter([re.compile("楼主"), re.compile("加强[^。]{0,9}建设"), re.compile(".")])
    assert able("加强党的建设") == [1, 2]


def test_a_part_is_searched_if_the_whole_holds_the_words():
    shape = re.compile("楼主")
    assert [m.span() for m in spots(shape, FILL, f"{FILL}楼主")] == []
    assert [m[0] for m in spots(shape, f"{FILL}楼主")] == ["楼主"]
