"""Cleaning as a whole: the gold of the seeds, and what holds for every text."""

import csv
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from difang.corpus.cleaning import RULES, clean
from difang.corpus.edits import apply, undo
from difang.corpus.rules import UnknownRuleError
from difang.project import ROOT, SEEDS

GOLD = ROOT / "tests" / "gold"
SEED_FILES = sorted(SEEDS.glob("*.txt"))
PIECES = [
    "縣域發展", "經濟", "县域经济", "旭昇电子", "發(fā)", "區(qū)", "（GDP）", "(市、区)",
    "(he)", "??h", "?tīng)", "?", "？", "，", ",", "。", ":", "：", ";", "!", "“两个维护”",
    "《", "》", " ", "  ", "\u3000", "\u00a0", "\t", "\n", "\n\n", "\r\n", "\r", "\u2028",
    "\ufeff", "\u0000", "\ud800", "\ufffd", "3,000", "10:30", "2018-09-14", "2018年9月14日",
    "Title: 工作报告\n", "Date: 2018-09-14\n", "Text:\n", "来源：江西日报\n", "责编：陈宝明\n",
    "（记者刘勇）", "本报讯（记者刘勇）", "肖立和摄\n", "评论一下\n", "上一篇：无\n",
    "【字体：大 中 小】\n", "|", "| 甲 | 乙 |\n", "**", "# ", "- ", "![图](a.jpg)",
    "[查看原文](http://a.cn)", "<p>", "</p>", "<br>", "<!-- 图 -->", "&nbsp;", "&amp;amp;lt;",
    "<", ">", "您来电0791-12340\n", "第一，", "一、", "——", "在县委全会上的总结讲话\n",
    "当前位置：首页 > 要闻\n",
    "经过大家的共同努力，这次全会开得很好、很成功，圆满完成了各项议程，是一次团结的大会。\n",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("path", SEED_FILES, ids=lambda path: path.stem[:3])
def test_seeds_come_out_as_the_expert_reader_has_them(path: Path) -> None:
    gold = read(GOLD / "clean" / path.name).rstrip("\n")
    assert clean(read(path)).text == gold


@pytest.mark.parametrize("path", SEED_FILES, ids=lambda path: path.stem[:3])
def test_stated_metadata_moves_out_of_the_seeds(path: Path) -> None:
    documents = json.loads(read(GOLD / "metadata.json"))["documents"]
    facts = next(facts for facts in documents if facts["file"] == path.name)
    raw = read(path)
    moved = clean(raw).moved
    for field in ("title", "date_published", "reporter", "source"):
        expected = facts.get(field, {}).get("value") if isinstance(facts.get(field), dict) else None
        stated = [facts[field].get("how") == "stated" for _ in [0] if expected]
        assert [m.value for m in moved if m.field == field] == [expected] * sum(stated)
    for piece in moved:
        assert raw[piece.start : piece.end].strip() == raw[piece.start : piece.end] != ""


def test_what_the_expert_marked_as_noise_is_gone_and_nothing_else() -> None:
    with (GOLD / "noise.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for path in SEED_FILES:
        raw = read(path)
        noise = {
            i for r in rows if r["file"] == path.name for i in range(int(r["start"]), int(r["end"]))
        }
        edits = clean(raw).edits
        touched = {i for e in edits for i in range(e.start, e.end)}
        assert {i for i in noise if not raw[i].isspace()} <= touched
        removed = {i for e in edits if not e.new for i in range(e.start, e.end)}
        assert {i for i in removed - noise if not raw[i].isspace()} == set()


def test_counts_published_for_seed_001_hold() -> None:
    text = clean(read(SEED_FILES[1])).text
    assert (text.count("发展"), text.count("经济"), text.count("县域")) == (29, 16, 17)


def test_script_of_the_seeds() -> None:
    found = [clean(read(path)).script for path in SEED_FILES]
    assert found == ["simplified", "glossed", "simplified", "simplified", "simplified"]


@given(TEXTS)
@example("<<p>p>" * 3)
@example("[[a](http://b)](http://c)")
@example("(县(a)b)")
@settings(deadline=None, max_examples=400)
def test_every_text_comes_back_and_cleaning_twice_changes_nothing(raw: str) -> None:
    cleaned = clean(raw)
    assert undo(cleaned.text, cleaned.edits) == raw
    assert apply(raw, cleaned.edits) == cleaned.text
    assert clean(cleaned.text, off=["title"]).text == cleaned.text  # a subtitle is no title
    assert all(a.end <= b.start for a, b in pairwise(cleaned.edits))
    assert all(raw[e.start : e.end] == e.old != e.new for e in cleaned.edits)
    names = {name for e in cleaned.edits for name in e.rule.split("+")}
    assert names <= {*RULES, "undecodable_bytes"}
    assert {e.action for e in cleaned.edits} <= {"remove", "replace", "move"}
    assert all(0 <= m.start < m.end <= len(raw) and m.value for m in cleaned.moved)


@given(TEXTS, st.sets(st.sampled_from(sorted(RULES))))
@settings(deadline=None, max_examples=100)
def test_a_rule_switched_off_makes_no_edit(raw: str, off: set[str]) -> None:
    cleaned = clean(raw, off=off)
    assert not {name for e in cleaned.edits for name in e.rule.split("+")} & off
    assert undo(cleaned.text, cleaned.edits) == raw


def test_without_rules_nothing_changes() -> None:
    raw = read(SEED_FILES[2])
    assert clean(raw, off=RULES).text == raw


def test_an_unknown_rule_is_named_with_the_known_ones() -> None:
    with pytest.raises(
        UnknownRuleError, match=r"Cannot switch off the rule 'glos'\. .* hold .*gloss"
    ):
        clean("县域", off=["glos"])


def test_an_empty_text_stays_empty() -> None:
    assert clean("").text == clean(" \n\u3000").text == ""


@given(st.lists(st.sampled_from(["县域经济发展，", "要抓落实。", "\n"]), max_size=30).map("".join))
@example("县域经济发展，" * 5 + "\n" + "县域经济发展，" * 2)
@settings(deadline=None, max_examples=60)
def test_sentences_in_clean_form_keep_every_character(raw: str) -> None:
    assert re.sub(r"\s", "", clean(raw).text) == re.sub(r"\s", "", raw)
