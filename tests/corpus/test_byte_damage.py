"""Bytes out of step: damage made as mirror sites make it, repaired only where certain."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.byte_damage import damage, is_question, realign, shifted
from difang.corpus.cleaning import clean
from difang.corpus.edits import apply
from difang.corpus.glosses import glosses

TABLE = {
    "縣": "xiàn", "經": "jīng", "爭": "zhēng", "聽": "tīng", "實": "shí", "項": "xiàng", "問": "wèn"
}  # fmt: skip
LEAD = "發展縣域經濟，"


def mirror(text: str, *, swallow: bool = True) -> str:
    """Put a reading behind each character of the table, in the GBK bytes, as a mirror site does."""
    return lenient(glossed_bytes(text), swallow=swallow)


def glossed_bytes(text: str) -> bytes:
    data = text.encode("gbk")
    for char, reading in TABLE.items():
        data = data.replace(char.encode("gbk"), f"{char}({reading})".encode("gbk"))
    return data


def lenient(data: bytes, *, swallow: bool) -> str:
    parts, at = [], 0
    while at < len(data):
        size = 1 if data[at] < 0x80 else 2
        try:
            parts.append(data[at : at + size].decode("gbk"))
        except UnicodeDecodeError:
            parts.append("?")
            size = 2 if swallow and data[at + 1 : at + 2] == b"(" else 1
        at += size
    return "".join(parts)


def repaired(page: str) -> str:
    text = apply(page, realign(page))
    return apply(text, glosses(text))


@pytest.mark.parametrize("swallow", [True, False])
@pytest.mark.parametrize("words", ["奮勇爭先", "一條條措施", "解決問題"])
def test_characters_split_by_a_gloss_come_back(words: str, swallow: bool) -> None:
    page = mirror(LEAD + words, swallow=swallow)
    assert repaired(page) == LEAD + words


def test_the_split_is_real() -> None:
    assert mirror("奮勇爭先") == "奮勇?tīng)?zhēng)先"


@given(st.text(alphabet="奮勇爭先縣域經濟條措施真抓實幹項目問題東西一二三，。", max_size=30))
@settings(deadline=None, max_examples=300)
def test_what_is_repaired_is_what_stood_there(text: str) -> None:
    """Where no question mark is left, the page is the page before the mirror site."""
    restored = repaired(mirror(LEAD + text))
    if "?" not in restored:
        assert restored == LEAD + text


def test_a_full_stop_read_one_byte_late_comes_back() -> None:
    before, after = "縣域發展呈現新的特征", "縣域發展定位從國際大循環的重要環節轉變，"
    data = f"{before}。{after}".encode("gbk").replace("？".encode("gbk"), b"?", 1)
    page = data.decode("gbk", "replace").replace("\ufffd", "?")
    assert page == f"{before}??h{after[1:]}"
    page = page.replace("縣域發展呈", "縣(xiàn)域發展呈")
    assert repaired(page) == f"{before}。{after}"


@pytest.mark.parametrize(
    ("page", "whole"),
    [
        ("發展縣(xiàn)域特征??h域發展", "發展縣域特征。縣域發展"),
        ("縣(xiàn)域工作?,F(xiàn)結合實際", "縣域工作。現結合實際"),
        ("縣(xiàn)域工作?，F(xiàn)結合實際", "縣域工作。現結合實際"),
        ("縣(xiàn)城周圍,以及周?chē)?,在", "縣城周圍,以及周圍,在"),
        ("縣(xiàn)低碳燃?xì)廨啓C(jī)試驗", "縣低碳燃氣輪機試驗"),
        ("縣(xiàn)實打?qū)嵉墓ぷ魍苿?dòng)項目", "縣實打實的工作推動項目"),
        ("縣(xiàn)規模大,規?:托б娣€(wěn)定", "縣規模大,規模和效益穩定"),
        ("縣(xiàn)裡說:“可以?！?\n“要支持?!?br/>好。", "縣裡說:“可以。”\n“要支持。”\n好。"),
    ],
)
def test_longer_runs_and_words_of_the_page_come_back(page: str, whole: str) -> None:
    assert repaired(page) == whole


@pytest.mark.parametrize(
    ("page", "rest"),
    [
        ("縣(xiàn)周?chē)?,在", "縣周\ufffd,在"),  # 圍, 國 or 圓: the page has it nowhere else
        ("縣(xiàn)城規?:托б娣€(wěn)定", "縣城規\ufffd和效益穩定"),
        ("縣(xiàn)在??谑袊?guó)際", "縣在\ufffd口市國際"),
        ("縣(xiàn)備案?,取消", "縣備案?,取消"),
        ("縣(xiàn)說要“環?！?\n", "縣說要“環\ufffd”\n"),  # 環。 or 環保
    ],
)
def test_what_is_not_certain_stays_lost_and_is_counted(page: str, rest: str) -> None:
    assert repaired(page) == rest
    assert damage(rest) == 1


@pytest.mark.parametrize(
    "page",
    [
        "縣(xiàn)域是什麼?A股上市公司如何發展縣域經濟和社會事業以及其他各項工作呢",
        "縣域發展呈現新的特征??h域發展定位",  # no glosses: not from such a site
    ],
)
def test_questions_and_pages_without_glosses_stay(page: str) -> None:
    assert realign(page) == []


CLAUSES = st.sampled_from(
    ["規模和效益", "學校、企業", "工作。現在", "縣域。縣委", "穩定。“四個意識”", "周圍，",
     "慶祝活動", "上海口岸", "解決問題", "奮勇爭先", "條件，", "環保、", "社會主義。",
     "海口市", "建設。好", "說：“可以。”\n", "做到“環保”\n"]
)  # fmt: skip


@given(st.lists(CLAUSES, max_size=12).map("".join))
@settings(deadline=None, max_examples=300)
def test_marks_across_characters_are_never_put_right_wrongly(text: str) -> None:
    """Where full-width marks became ASCII at any place in the bytes, no wrong character comes."""
    pieces = re.split(rb"(\xa3[\xac\xbf\xa1\xba])", glossed_bytes(LEAD + text))
    page = "".join(
        chr(piece[1] & 0x7F) if piece[:1] == b"\xa3" else lenient(piece, swallow=True)
        for piece in pieces
    )
    restored = repaired(page)
    pattern = "".join("." if c in "?\ufffd" else re.escape(c) for c in restored)
    full = (LEAD + text).replace("，", ",").replace("：", ":")
    if all(len(edit.new) for edit in realign(page)) and len(restored) == len(full):
        assert re.fullmatch(pattern, full, re.S)


def test_lost_characters_are_counted_once_a_spot() -> None:
    assert damage("不断提高?民的素质。建立\ufffd\ufffd机制。增长1$1.$2%。周?chē)?，在") == 4
    assert clean("不断提高?民的素质。").damage == 1
    assert clean("人民*府副省长、党组成员，2*3，**县委。").damage == 1
    assert clean("省zhèng fǔ部门要走有特sè的路，OK键要按。").damage == 2


@pytest.mark.parametrize(
    "text", ["怎么办?", "谁来做?我们做。", "“真的?”他问", "a?b=1", "要不要?看实践"]
)
def test_questions_are_no_damage(text: str) -> None:
    assert damage(text) == 0


def test_a_mark_amid_a_statement_is_no_question() -> None:
    text = "通化?中国医药城"
    assert not is_question(text, 2, 3)
    assert clean(text).text == text


@pytest.mark.parametrize("place", ["秦州區", "文縣", "清水縣", "甘谷縣"])
def test_a_bracket_after_a_blank_that_lost_a_byte_is_read_in_step(place: str) -> None:
    whole = f"　（{place}外宣辦）召開會議。"
    torn = whole.encode("gbk")[1:].decode("gbk", "replace")
    assert torn.startswith("。")
    fixed = apply(torn, shifted(torn))
    assert fixed == whole[1:] or damage(torn) > 0  # told, where it cannot be read
    assert damage(fixed) == 0 or fixed == torn


def test_a_sign_out_of_step_that_leaves_no_reading_counts_as_damage() -> None:
    assert shifted("。ㄇ刂輩外宣辦召開會議。") == []
    assert damage("。ㄇ刂輩外宣辦召開會議。") == 1
    assert damage("注音符號ㄇㄈ是讀音。") == 0
