"""Copies: what is one text again, what is not, and what the researcher is told of them."""

import random
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.duplicates import find_copies, repeats
from difang.corpus.loading import load
from difang.corpus.metadata import doubtful

DROPPED = str.maketrans("", "", "，。；\n")


def text_of(seed, chars=1500):
    """A text of its own wording, as long as asked for, the same for the same seed."""
    draw = random.Random(seed)
    signs = [chr(draw.randrange(0x4E00, 0x9FA5)) for _ in range(chars)]
    for at in draw.sample(range(chars), chars // 12):
        signs[at] = draw.choice("，，，。；\n")
    return "".join(signs)


def misread(text, share, seed=0):
    """Replace a share of the characters by others, as a scan might."""
    draw, chars = random.Random(seed), list(text)
    for at in draw.sample(range(len(chars)), round(share * len(chars))):
        chars[at] = draw.choice("戊已巳末未土士日曰千干")
    return "".join(chars)


def table(texts, days=()):
    """Documents a, b, c, … (or as named), dated or not."""
    texts = texts if isinstance(texts, dict) else dict(zip("abcdefgh", texts, strict=False))
    dates = pd.to_datetime([*days, *[None] * (len(texts) - len(days))]).astype("datetime64[s]")
    columns = {"text": list(texts.values()), "date_earliest": dates, "date_published": pd.NaT}
    return pd.DataFrame(columns, index=pd.Index(list(texts), name="doc_id"))


def copied(texts, days=()):
    return {copy.doc_id: copy.duplicate_of for copy in find_copies(table(texts, days))}


LONG = text_of(1)


@pytest.mark.parametrize(
    "again",
    [
        LONG,
        "工作简报\n" + LONG,
        LONG[:1000],
        LONG + "\n" + text_of(2, 400),
        text_of(3, 60) + "\n" + LONG[:700] + "\n图为施工现场。\n" + LONG[700:],
        misread(LONG, 0.01),
        misread(LONG, 0.05),
        misread(LONG[:1150], 0.03),
        re.sub("[，。；]", "", LONG),
        LONG.replace("，", ",\u3000").replace("\n", ""),
    ],
    ids=[
        "equal",
        "title",
        "cut",
        "added",
        "caption",
        "slips1",
        "slips5",
        "cut-slips",
        "no-points",
        "width",
    ],
)
def test_a_text_changed_a_little_is_a_copy_either_way_round(again):
    other = text_of(4)
    assert copied([LONG, again, other]) == {"b": "a"}
    assert copied([again, LONG, other]) == {"b": "a"}


@pytest.mark.parametrize(
    "other",
    [
        text_of(5),
        LONG[:750],
        LONG[300:900],
        LONG[:500] + text_of(6, 1000),
        LONG + text_of(7, 1500),
        misread(LONG, 0.2),
        "".join(LONG[at : at + 40] for at in range(0, 1500, 80)),
        LONG + LONG,
    ],
    ids=["other", "half", "excerpt", "beginning", "within", "slips20", "summary", "twice"],
)
def test_what_shares_less_than_most_of_both_is_no_copy(other):
    assert copied([LONG, other]) == {}


def test_resemblance_is_told_in_characters_of_the_longer_text():
    bare = re.sub("[，。；\n]", "", LONG)
    (copy,) = find_copies(table([bare[:900], bare[:900] + text_of(8, 300).translate(DROPPED)]))
    assert (copy.doc_id, copy.duplicate_of) == ("b", "a")
    assert copy.shared == 900
    assert copy.longer == len(bare[:900] + text_of(8, 300).translate(DROPPED))


def test_a_short_text_must_be_closer_and_a_very_short_one_equal():
    middling, short = text_of(9, 500), text_of(10, 120)
    assert copied([middling, middling[:420]]) == {"b": "a"}
    assert copied([middling, middling[:330]]) == {}
    assert copied([short, short[:-1]]) == {}
    assert copied([short, short.replace("，", ",")]) == {"b": "a"}
    assert copied(["2019年GDP增长6%。", "2019年GDP增长6%".translate(WIDE), "2019年gdp增长6％"]) == {
        "b": "a",
        "c": "a",
    }


def test_texts_without_a_character_are_no_copies_of_each_other():
    assert copied(["", "", "……", "——。"]) == {}
    assert copied([float("nan"), LONG, LONG]) == {"c": "b"}


WIDE = str.maketrans("0123456789GDP", "０１２３４５６７８９ＧＤＰ")
FORM = "{year}年，本局依法公开信息{n}条，受理申请{m}件，在期限内答复{m}件，" + text_of(11, 900)


def test_a_form_filled_in_anew_each_year_is_no_copy():
    years = [FORM.format(year=2017, n=1253, m=214), FORM.format(year=2018, n=1377, m=305)]
    assert copied(years) == {}
    assert copied([years[0], years[0].translate(WIDE) + "完"]) == {"b": "a"}
    assert copied([years[0], years[0].replace("1253", "1258")]) == {"b": "a"}
    assert copied([LONG + "8" * 9000, LONG + "8" * 9000 + "完"]) == {"b": "a"}


def test_the_earliest_is_kept_undated_ones_come_last_and_ties_go_by_name():
    texts = {"d": LONG, "c": misread(LONG, 0.02), "b": LONG[:1300], "a": LONG + "\n完"}
    assert set(copied(texts, ["2021-05-01", "2019-05-01", "2020-05-01"]).values()) == {"c"}
    assert set(copied(texts).values()) == {"a"}
    published = table(texts).assign(date_published=pd.to_datetime([None, None, "2018-01-01", None]))
    assert {copy.duplicate_of for copy in find_copies(published)} == {"b"}


def test_a_copy_resembles_its_source_itself_not_another_copy_of_it():
    """A quarter gives way at each step: the ends of the chain share half."""
    parts = [text_of(20 + at, 400) for at in range(6)]
    chain = ["".join(parts[at : at + 4]) for at in range(3)]
    assert copied(chain) == {"b": "a"}
    assert copied([*chain, chain[2] + "完"]) == {"b": "a", "d": "c"}


def test_of_two_sources_the_earliest_is_named():
    parts = [text_of(20 + at, 400) for at in range(6)]
    first, between, last = ("".join(parts[at : at + 4]) for at in range(3))
    assert copied([first, last, between]) == {"c": "a"}
    assert copied([last, first, between]) == {"c": "a"}


def test_many_reposts_of_one_text_all_lead_to_it():
    texts = {f"p{at:02d}": misread(LONG, 0.02, seed=at) + text_of(90 + at, 50) for at in range(40)}
    assert copied({"a": LONG, **texts}) == dict.fromkeys(texts, "a")


def test_wording_that_everybody_uses_hides_no_copy_and_makes_none():
    stock = text_of(30, 700)
    texts = {f"p{at:02d}": stock + text_of(40 + at, 800) for at in range(30)}
    again = misread(texts["p25"], 0.02)
    assert copied(texts) == {}
    assert copied({**texts, "q": again}) == {"q": "p25"}


@settings(deadline=None, max_examples=15)
@given(st.permutations("abcdef"))
def test_the_order_of_the_documents_is_of_no_account(order):
    texts = {"a": LONG, "b": LONG[:1200], "c": text_of(50), "d": misread(LONG, 0.04), "e": "同。"}
    documents = table({**texts, "f": "同"})
    assert find_copies(documents.loc[list(order)]) == find_copies(documents)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_text_can_be_compared(texts):
    found = copied(texts)
    assert not set(found) & set(found.values())
    for copy, source in found.items():
        assert source < copy


PAGE = "2021年3月2日，县里召开水利工作会议。" + text_of(60, 900)


def corpus_of(folder, texts):
    for name, text in texts.items():
        path = folder / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load(folder, cache=False)


def test_the_evidence_says_why_a_document_is_a_copy(tmp_path):
    corpus = corpus_of(tmp_path, {"a": PAGE, "b": text_of(61, 900), "c": PAGE + "（完）"})
    assert corpus.documents["duplicate_of"].dropna().to_dict() == {"c": "a"}
    (piece,) = corpus.evidence.query("field == 'duplicate_of'").itertuples()
    length = len(re.sub(r"[，。；\n]", "", PAGE))
    assert (piece.doc_id, piece.value, piece.rule) == ("c", "a", "copy")
    assert f"Shares {length:,} of {length + 1:,} characters (100%) with a," in piece.reason


def test_a_copy_and_its_source_that_disagree_on_the_place_are_both_doubtful(tmp_path):
    corpus = corpus_of(tmp_path, {"江西省/a": PAGE, "湖北省/b": PAGE})
    assert corpus.documents["province"].to_dict() == {"江西省/a": "江西省", "湖北省/b": "湖北省"}
    found = doubtful(corpus.evidence).query("field == 'province'").set_index("doc_id")["values"]
    assert found.to_dict() == {"江西省/a": "江西省 | 湖北省", "湖北省/b": "湖北省 | 江西省"}


def test_where_one_knows_no_place_the_other_gives_a_hint_and_fills_nothing(tmp_path):
    corpus = corpus_of(tmp_path, {"a": PAGE, "湖北省/b": PAGE})
    assert corpus.documents["province"].dropna().to_dict() == {"湖北省/b": "湖北省"}
    (hint,) = corpus.evidence.query("field == 'province' and rule == 'copy'").itertuples()
    assert (hint.doc_id, hint.value, hint.confidence) == ("a", "湖北省", "low")
    assert "So it is in 湖北省/b" in hint.reason
    assert doubtful(corpus.evidence).empty


def test_copies_that_agree_add_one_piece_of_evidence_and_others_none(tmp_path):
    corpus = corpus_of(tmp_path, {"a": PAGE, "b": PAGE, "c": text_of(62, 600)})
    assert corpus.evidence.query("rule == 'copy'")["field"].tolist() == ["duplicate_of"]


def test_in_a_selection_without_the_source_the_first_copy_stands_for_the_text():
    documents = pd.DataFrame({"duplicate_of": [None, "a", "a", "z", "z"]}, index=list("abcde"))
    assert repeats(documents).tolist() == [False, True, True, False, True]
    assert repeats(documents.drop("a")).tolist() == [False, True, False, True]
    assert not repeats(documents.drop(columns="duplicate_of")).any()


def test_a_hand_says_what_is_a_copy(tmp_path):
    for name, text in zip("abc", (LONG, LONG, text_of(7)), strict=True):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    hashes = load(tmp_path, cache=False).documents["sha256"]
    lines = [("b", hashes["b"], ""), ("c", hashes["c"], "a")]
    rows = [f"{doc_id},{sha},duplicate_of,{value},me,today,read" for doc_id, sha, value in lines]
    hand = tmp_path.parent / f"{tmp_path.name}-overrides.csv"
    hand.write_text("\n".join(["doc_id,sha256,field,value,who,when,why", *rows]), "utf-8")
    corpus = load(tmp_path, overrides=hand, cache=False)
    assert corpus.documents["duplicate_of"].dropna().to_dict() == {"c": "a"}
    assert repeats(corpus.documents).to_dict() == {"a": False, "b": False, "c": True}
