"""Mojibake: undone where one clean reading is left, and clean texts stay."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.cleaning import clean
from difang.corpus.edits import apply
from difang.corpus.mojibake import garbled, mojibake
from difang.project import SEEDS

REPORT = "会议强调，要全面贯彻落实党的精神，推动“两个维护”。"


def undone(text: str, times: int = 1) -> str:
    for _ in range(times):
        text = apply(text, mojibake(text))
    return text


def as_windows(data: bytes) -> str:
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


def test_utf8_read_as_latin_comes_back() -> None:
    assert undone(REPORT.encode().decode("latin-1")) == REPORT
    assert undone(as_windows(REPORT.encode())) == REPORT


def test_what_was_encoded_twice_comes_back() -> None:
    once = as_windows(REPORT.encode())
    assert undone(as_windows(once.encode()), times=2) == REPORT


def test_gbk_read_as_latin_comes_back_with_its_single_characters() -> None:
    text = f"{REPORT}2018年5月，{REPORT}"
    assert undone(text.encode("gb2312").decode("latin-1")) == text


@pytest.mark.parametrize(
    ("garbage", "meant"),
    [
        ("鍙戝睍", "发展"),
        ("涓€", "一"),
        ("前鍙戝睍\n后", "前发展\n后"),
        ("鍙戝睍缁?", "发展\ufffd"),
        ("“å±•”", "“展”"),
        ("CafÃ© Â·", "Café ·"),
        ("锟斤拷", "\ufffd\ufffd"),
    ],
)
def test_runs_amid_clean_text_come_back(garbage: str, meant: str) -> None:
    assert undone(garbage) == meant


@pytest.mark.parametrize(
    "text",
    [
        "José、Noé…”，“é”，naïve café, 10°C ±5 ½",
        "××××同志、××县、……、····、§§§§",
        "鄱阳、亳州、濮阳、浠水、涪陵、鍪、缙云、嵊泗、瀍河、旭昇、㛃、𬭎",
        "浙江浦江浣江涓涓细流",
        "α、β、Ω、Привет",
        "友情鏈結、產業鏈條、產業鏈現代化、各鄉鎮協會、鎮村集體",
    ],
)
def test_clean_texts_stay(text: str) -> None:
    assert mojibake(text) == []
    assert garbled(text) == 0


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda p: p.stem[:3])
def test_the_seeds_hold_none(seed: Path) -> None:
    assert mojibake(seed.read_bytes().decode("utf-8")) == []


def test_what_has_no_clean_reading_is_counted_and_left() -> None:
    text = "å±Äê±åÄ某"
    assert undone(text) == text
    assert garbled(text) == clean(text).damage == 1


HAN = st.text(
    alphabet="会议强调要全面贯彻落实党的精神一二三四发展经济，。", min_size=2, max_size=30
)


@given(HAN)
@settings(deadline=None, max_examples=200)
def test_whatever_was_read_as_latin_comes_back(text: str) -> None:
    assert undone(text.encode().decode("latin-1")) == text


@given(HAN)
@settings(deadline=None, max_examples=200)
def test_nothing_wrong_comes_of_utf8_read_as_gbk(text: str) -> None:
    """Each character that comes back stood there, in its order; the lost ones are marked."""
    restored = undone(text.encode().decode("gbk", "replace"))
    rest = iter(text)
    assert all(c in rest for c in restored if c in text)
