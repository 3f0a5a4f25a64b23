"""Glosses: readings behind characters go, real parentheses stay."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.edits import apply
from difang.corpus.glosses import glosses, is_reading
from difang.project import ROOT, SEEDS


def test_all_177_glosses_of_seed_001_are_found_where_they_stand() -> None:
    raw = next(SEEDS.glob("001*.txt")).read_bytes().decode("utf-8")
    with (ROOT / "tests/gold/pinyin_001.tsv").open(encoding="utf-8", newline="") as file:
        gold = [
            (int(r["start"]), int(r["end"]), r["inserted"])
            for r in csv.DictReader(file, delimiter="\t")
        ]
    assert [(e.start, e.end, e.old) for e in glosses(raw)] == gold
    assert len(gold) == 177


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("縣(xiàn)域經（jīng）濟", "縣域經濟"),
        ("縣(xiàn)(xiàn)域", "縣域"),
        ("縣(xiànxiàn)域", "縣域"),
        ("增長(zhǎng/cháng)", "增長"),
        ("戰略(lüè)", "戰略"),
        ("戰略(lvè)", "戰略"),
        ("區(qū)黨(dang)委", "區黨委"),
        ("區(qu)域發(fa)展經(jing)濟", "區域發展經濟"),
        ("县(xia\u0300n)域", "县域"),
        ("年P(guān)M2.5", "年PM2.5"),
    ],
)
def test_readings_go(raw: str, clean: str) -> None:
    assert apply(raw, glosses(raw)) == clean


@pytest.mark.parametrize(
    "raw",
    [
        "縣(市、區)委書記",
        "国内生产总值(GDP)增长",
        "他（he）来了",
        "甲(a)乙(b)丙(c)",
        "阿(a)组和禾(he)组",
        "县(jīng)域",
        "维生素C(VC)",
        "(xiàn)",
        "常委(扩大)会议",
    ],
)
def test_real_parentheses_stay(raw: str) -> None:
    assert glosses(raw) == []


def test_a_reading_of_the_simplified_form_counts() -> None:
    assert is_reading("jiàn", "濺")
    assert not is_reading("", "縣")


@given(st.text(alphabet="縣区经(（qūian)） b", max_size=40))
@settings(deadline=None, max_examples=200)
def test_only_brackets_of_letters_behind_han_are_taken_out(raw: str) -> None:
    for edit in glosses(raw):
        assert edit.old[0] in "(（" and edit.old[-1] in ")）" and edit.old[1:-1].strip()
        assert raw[edit.start - 1] not in " b"
