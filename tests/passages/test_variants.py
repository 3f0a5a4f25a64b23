import pytest
from hypothesis import given
from hypothesis import strategies as st

from difang.passages.variants import families, fillings, frames
from difang.words.concordance import PatternError


def told(phrases, entries=None, heads=None):
    return families(phrases, entries or {}, heads or {})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("一张蓝图绘到底", "一张蓝图干到底"),
        ("正确政绩观", "正确的政绩观"),
        ("统筹发展和安全", "统筹发展与安全"),
        ("抓好党建是最大政绩", "抓好党建作为最大政绩"),
    ],
)
def test_wordings_that_differ_in_a_slot_are_one_family(one, other):
    table = told([one, other, "国之大者"])
    assert table["family"].to_dict() == {one: one, other: one, "国之大者": "国之大者"}
    assert table.loc[one, "slot"] == table.loc[other, "slot"] != ""
    assert table.loc["国之大者", "slot"] == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("党的十八大精神", "党的十九大精神"),
        ("四个意识", "四个自信"),
        ("政治判断力", "政治执行力"),
        ("第一个百年奋斗目标", "第二个百年奋斗目标"),
    ],
)
def test_numerals_and_short_remains_make_no_family(one, other):
    assert told([one, other])["family"].nunique() == 2


def test_continuations_of_one_clause_are_one_family():
    ways = {
        "功成不必在我功成必定有我": "功成不必在我",
        "功成不必在我成功路上必有我": "功成不必在我",
    }
    phrases = ["功成不必在我", *ways, "不忘初心牢记使命"]
    table = told(phrases, heads={**ways, "不忘初心牢记使命": "不忘初心"})
    assert set(table["family"][:3]) == {"功成不必在我"}
    assert set(table["slot"][:3]) == {"功成不必在我*"}
    assert table.loc["不忘初心牢记使命", "family"] == "不忘初心牢记使命"


def test_the_lexicon_names_the_family():
    entries = {"统筹发展和安全": "统筹发展和安全", "统筹好发展与安全": "统筹发展和安全"}
    table = told(["统筹发展与安全", "统筹好发展与安全", "平安"], entries)
    assert table["family"].tolist() == ["统筹发展和安全", "统筹发展和安全", "平安"]


@given(st.lists(st.text("一张蓝图绘干到底", min_size=1, max_size=9), max_size=6, unique=True))
def test_every_phrase_has_one_family_and_a_frame_fits_those_that_share_it(phrases):
    table = told(phrases)
    assert table.index.tolist() == phrases
    assert set(table["family"]) <= set(phrases)
    for slot, rows in table[table["slot"] != ""].groupby("slot"):
        before, after = slot.split("*")
        held = [one for one in phrases if one.startswith(before) and one.endswith(after)]
        assert set(rows.index) <= set(held) and len(held) > 1


def test_frames_keep_both_ends():
    assert list(frames("国之大者")) == []
    assert "一张蓝图*到底" in set(frames("一张蓝图绘到底"))
    assert all(
        not one.startswith("*") and not one.endswith("*") for one in frames("一张蓝图绘到底")
    )


def test_fillings_are_read_from_the_texts(corpus_of):
    corpus = corpus_of(
        "坚持一张蓝图绘到底，一张蓝图绘到底。",
        "一张蓝图干到底。一张蓝图，到底",
        "“一张蓝图”绘到底",
        province=["甲", "乙", "乙"],
        year=[2019, 2018, 2021],
    )
    table = fillings(corpus, "一张蓝图*到底").set_index("wording")
    rows = table[["count", "documents", "provinces", "first", "last"]].T.to_dict("list")
    assert rows["一张蓝图绘到底"] == [3, 2, 2, "2019", "2021"]
    assert rows["一张蓝图干到底"] == [1, 1, 1, "2018", "2018"]
    assert len(rows) == 2


def test_fillings_at_the_end_are_what_follows(corpus_of):
    corpus = corpus_of(
        "以“功成不必在我、功成必定有我”的胸怀，",
        "“功成不必在我，成功路上必有我”。",
        "功成不必在我的境界，“功成不必在我”",
    )
    found = fillings(corpus, "功成不必在我*").set_index("wording")["count"].to_dict()
    assert found == {
        "功成不必在我": 2,
        "功成不必在我功成必定有我": 1,
        "功成不必在我成功路上必有我": 1,
    }


@pytest.mark.parametrize("pattern", ["一张蓝图", "*到底", "一*到*底"])
def test_a_frame_needs_one_slot_behind_characters(corpus_of, pattern):
    with pytest.raises(PatternError, match="Cannot fill"):
        fillings(corpus_of("一张蓝图绘到底"), pattern)
