"""Repeated lines: what a site sets on its pages goes, what official documents share stays."""

import pytest

from difang import load
from difang.corpus.cleaning import clean
from difang.corpus.edits import apply, undo
from difang.corpus.repeats import repeated_lines, repeats

BODY = "第{i}次会议今天在县城召开，传达学习上级精神，研究部署经济工作，县长{i}出席会议并作了讲话。"


def pages(head: str = "", tail: str = "", count: int = 4) -> list[str]:
    return [
        f"{head.format(i=i)}\n{BODY.format(i=i)}\n{tail.format(i=i)}".strip()
        for i in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    "line", ["青山在线 第{i}期", "官方微信 qsxw{i}", "青山新闻欢迎您", "本栏编务 第{i}组"]
)
def test_a_line_of_the_site_is_known_by_its_repetition(line: str) -> None:
    for texts in (pages(head=line), pages(tail=line)):
        found = repeated_lines(("青山", text) for text in texts)["青山"]
        for i, text in enumerate(texts, 1):
            assert apply(text, repeats(text, found)).strip() == BODY.format(i=i)


@pytest.mark.parametrize(
    "line",
    [
        "各位代表：",
        "同志们：",
        "一、过去一年工作回顾",
        "政府工作报告",
        "县长 张明",
        "张 明",
        "**张明**",
        "青山县人民政府",
        "2012年1月5日",
        "二〇一二年一月五日",
        "附件1",
        "名词解释",
        "目 录",
        "谢谢大家！",
        "（此件公开发布）。",
        "——{i}年1月在县人民代表大会上",
        "《青山夜话》 (2023010{i})",
        "青山县广播稿 2019-03-0{i}",
        "加强政府自身建设，全面履行职责，不断提高服务水平和行政效能。",
    ],
)
def test_what_official_documents_share_stays(line: str) -> None:
    for texts in (pages(head=line), pages(tail=line)):
        assert repeated_lines(("青山", text) for text in texts) == {"青山": frozenset()}


def test_three_documents_and_a_fifth_of_the_folder_are_asked_for() -> None:
    few = pages(head="青山在线", count=2)
    assert repeated_lines(("青山", text) for text in few) == {"青山": frozenset()}
    many = pages(head="青山在线", count=3) + pages(count=13)
    assert repeated_lines(("青山", text) for text in many) == {"青山": frozenset()}
    apart = [(f"第{i}乡", text) for i, text in enumerate(pages(head="青山在线"))]
    assert set(repeated_lines(apart).values()) == {frozenset()}


def test_a_heading_within_the_text_is_not_at_its_edge() -> None:
    texts = [f"{BODY.format(i=i)}\n青山在线\n{BODY.format(i=i)}" for i in range(4)]
    assert repeated_lines(("青山", text) for text in texts) == {"青山": frozenset()}


def test_folders_are_loaded_without_the_lines_of_their_site(tmp_path) -> None:
    for i, text in enumerate(pages(head="青山在线 第{i}期", tail="官方微信 qsxw{i}")):
        (tmp_path / f"{i}.txt").write_text(text, encoding="utf-8")
    corpus = load(tmp_path, cache=False)
    assert list(corpus.documents["text"]) == pages()
    assert set(corpus.edits["rule"]) >= {"repeated"}
    kept = load(tmp_path, cache=False, rules_off=["repeated"])
    assert all("官方微信" in text for text in kept.documents["text"])


def test_edits_lead_back_and_a_long_text_is_read_at_its_edges_only() -> None:
    text = "青山在线\n" + BODY * 2000 + "\n青山在线"
    cleaned = clean(text, repeated={"青山在线"})
    assert "青山在线" not in cleaned.text
    assert undo(cleaned.text, cleaned.edits) == text
    assert repeats(text, ()) == []
