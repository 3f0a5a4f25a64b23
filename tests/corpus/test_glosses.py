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
        ("縣( xiàn )域與綠[lǜ]色〔sè〕", "縣域與綠色"),
        ("縣(XIÀN)域戰略(lu:è)與旅(lǚ)游", "縣域戰略與旅游"),
        ("發(fa1)展戰略(lu:e4)綠(lv4)", "發展戰略綠"),
        ("增長(zhǎng,cháng)、長（zhǎng、cháng）", "增長、長"),
        ("發(fā\n)展經 (jīng)濟與縣\n(xiàn)域", "發展經 濟與縣\n域"),
        ("發(f ā)展", "發展"),
        ("區(qu)域發(Fa)展經(jing)濟縣(xian)", "區域發展經濟縣"),
        ("县(xiàn)、发(fā)展、WTO(shì)、GDP(年)", "县、发展、WTO(shì)、GDP(年)"),
        ("重(chóng)慶重(zhòng)要行(háng)業行(xíng)動", "重慶重要行業行動"),
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
        "他和(he)她和(he)它和(he)",
        "李(Li)某、王(Wang)某、张(Zhang)某",
        "县(1)、市(2,3)",
        "县( )、区(、)、发(:)",
        "县(jīng)域",
        "维生素C(VC)",
        "(xiàn)",
        "常委(扩大)会议",
        "亳（bó）州市与浉（shī）河区",
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
