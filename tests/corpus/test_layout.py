"""Layout: one paragraph a line, blanks where they part words, marks full-width beside Han."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.cleaning import clean
from difang.corpus.edits import apply
from difang.corpus.layout import blanks, invisible, repair_indent, rewrap, widths
from difang.project import ROOT, SEEDS

CLAUSES = "会议强调，要坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，着力推动高质量发展。"


def test_marks_of_the_seeds_change_as_the_expert_reader_has_them() -> None:
    with (ROOT / "tests/gold/normalise.tsv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t") if r["layer"] == "punct_width"]
    for path in SEEDS.glob("00[14]*.txt"):
        edits = clean(path.read_bytes().decode("utf-8")).edits
        gold = {
            (int(r["start"]), r["text"], r["replacement"]) for r in rows if r["file"] == path.name
        }
        assert {(e.start, e.old, e.new) for e in edits if e.rule == "mark_width"} == gold


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("各位代表:", "各位代表："),
        ("县(市、区)委", "县（市、区）委"),
        ("合作(PPP),加快", "合作（PPP），加快"),
        ("GDP(亿元)", "GDP（亿元）"),
        ("“第一动力”,全面", "“第一动力”，全面"),
        ("260万㎡,助力", "260万㎡，助力"),
        ("如何发展?我们要干!", "如何发展？我们要干！"),
        ("１５％和Ａ级，３．５万", "15%和A级，3.5万"),
        ("4.6亿元,建成8条", "4.6亿元，建成8条"),
    ],
)
def test_marks_beside_han(raw: str, clean: str) -> None:
    assert apply(raw, widths(raw)) == clean


@pytest.mark.parametrize(
    "text",
    [
        "3,000人，10:30，比分3:2，8.5%",
        "网址http://www.gov.cn/a?b=1,2:3;c",
        "PCB,SMT (a)",
        "通化?中国医药城",
        "①㎡Ⅳ％"[:-1],
        "f(x)",
    ],
)
def test_marks_in_numbers_addresses_and_latin_stay(text: str) -> None:
    assert widths(text) == []


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("　　第一段。\r\n\r\n　　第二段。\n", "第一段。\n第二段。"),
        ("推动\xa0经济发展，现代冶 金工业。", "推动经济发展，现代冶金工业。"),
        ("深入推进 “营改增”，增长 7.5% 以上。", "深入推进“营改增”，增长7.5%以上。"),
        ("政 府 工 作 报 告", "政府工作报告"),
        ("处理厂。　　大力发展循环经济。", "处理厂。\n大力发展循环经济。"),
        ("逐步提高。 三、着力推进，改革。", "逐步提高。\n三、着力推进，改革。"),
        ("环线公路 。", "环线公路。"),
    ],
)
def test_blanks_that_are_layout_go(raw: str, clean: str) -> None:
    assert apply(raw, blanks(raw)) == clean


@pytest.mark.parametrize(
    "text",
    [
        "坚持“一个统领” 做到“五个统筹”",
        "省长 王国生",
        "兔年春晚准备就绪 共享中国文化大餐；",
        "播发央视快评《坚定信心 实现良好开局》，要求学习。",
        "出席会议的有：张明 王小刚 李四，会议由他主持，会议指出，要抓落实。会议还研究了其他事项。",
        "| 甲 | 乙 |",
        "他说 hello world。"[3:-1],
    ],
)
def test_blanks_that_part_words_stay(text: str) -> None:
    assert blanks(text) == []


@pytest.mark.parametrize(
    ("raw", "clean_text"),
    [
        ("集吃，、住，、游、玩，，购为一体，。", "集吃、住、游、玩，购为一体。"),
        (
            "县(xiàn)委书记张明,、县长李四参加,。他说:“早部署,、早落实”,;",
            "县委书记张明、县长李四参加。他说：“早部署、早落实”；",
        ),
        ("“要抓紧，”他说，“要落实。”", "“要抓紧，”他说，“要落实。”"),
        ("总投资1,200万元,,增长8.5%。", "总投资1,200万元，增长8.5%。"),
        ("表头a,,b,c表尾", "表头a,,b,c表尾"),
    ],
)
def test_commas_strewn_before_other_marks_go(raw: str, clean_text: str) -> None:
    assert clean(raw).text == clean_text


def test_paragraphs_that_ran_together_are_parted_again() -> None:
    paragraphs = [CLAUSES * 3, "第一，" + CLAUSES * 3, CLAUSES * 2, "第二，" + CLAUSES * 3]
    assert clean(" ".join(paragraphs)).text == "\n".join(paragraphs)


def test_blanks_after_sentences_of_a_text_with_paragraphs_are_no_breaks() -> None:
    raw = f"{CLAUSES} {CLAUSES}\n" * 4
    assert clean(raw).text == f"{CLAUSES}{CLAUSES}\n" * 3 + CLAUSES + CLAUSES


def test_the_line_of_the_meeting_above_the_speaker_is_not_wrapped() -> None:
    body = (CLAUSES * 6)[:-1]
    rows = [body[i : i + 22] for i in range(0, len(body), 22)]
    head = "——在青山县第十五届人民代表大会第一次会议上\n青山县人民政府县长 王志\n"
    raw = head + "\n".join([*rows, *rows])
    assert apply(raw, rewrap(raw)).startswith(head)
    indented = head + "\n".join(f"　　{rows[0][2:]}\n{rows[1]}\n{rows[2]}。" for _ in range(4))
    assert apply(indented, rewrap(indented)).startswith(f"{head}　　{rows[0][2:]}{rows[1]}")


def test_the_line_of_a_picture_is_not_wrapped() -> None:
    body = (CLAUSES * 6)[:-1]
    rows = [body[i : i + 29] for i in range(0, len(body), 29)]
    picture = body[:22] + "记者 李四 摄"
    raw = "\n".join([*rows[:-1], rows[-1] + "。", picture, *rows[:-1], rows[-1] + "。"])
    assert f"\n{picture}\n" in apply(raw, rewrap(raw))


def test_wrapped_lines_are_joined_and_heads_stay() -> None:
    body = (CLAUSES * 6)[:-1]
    rows = [body[i : i + 29] for i in range(0, len(body), 29)]
    raw = "\n".join([*rows[:-1], rows[-1] + "。", "一、工作回顾", *rows[:-1], rows[-1] + "。"])
    assert apply(raw, rewrap(raw)) == f"{body}。\n一、工作回顾\n{body}。"


@pytest.mark.parametrize("number", ["— 3 —", "- 12 -", "第3页 共9页"])
def test_page_numbers_of_paper_go_and_the_paragraph_runs_on(number: str) -> None:
    body = CLAUSES * 6
    rows = [body[i : i + 29] for i in range(0, len(body), 29)]
    raw = "\n".join([*rows[:5], "", number, "", *rows[5:]])
    assert clean(raw).text == body
    assert clean(f"{CLAUSES}\n第3页写得最好。").text == f"{CLAUSES}\n第3页写得最好。"


def test_a_short_page_is_wrapped_whatever_fields_stand_above_and_below() -> None:
    body = CLAUSES * 3 + "会议强调，"
    rows = [body[i : i + 24] for i in range(0, len(body), 24)]
    head = "青山县委召开会议\n来源：青山日报\n作者：王志\n阅读：12\n"
    raw = f"{head}" + "\n".join(rows) + "要抓落实。\n2021.3.3\n打印\n"
    assert body in apply(raw, rewrap(raw))
    assert apply(raw, rewrap(raw)).startswith(head)


def test_lists_of_names_and_short_lines_are_not_joined() -> None:
    raw = "\n".join(["江西省南昌市安义县人民政府办公室"] * 12)
    assert rewrap(raw) == []
    assert rewrap(f"{CLAUSES}\n" * 12) == []


@pytest.mark.parametrize("mark", ["??", "????", "？？", "?"])
def test_question_marks_that_were_indentation_go(mark: str) -> None:
    raw = f"{mark}会议强调，要抓落实。\n{mark} 1月5日，会议召开。怎么办？"
    assert "?" not in apply(raw, repair_indent(raw))
    assert apply(raw, repair_indent(raw)).endswith("怎么办？")


def test_invisible_characters_go() -> None:
    raw = "\ufeff县\u200b域\x00经\xad济"
    assert apply(raw, invisible(raw)) == "县域经济"


@given(st.text(alphabet="县a1 \t\n\r\u3000\xa0。，:?()“”", max_size=50))
@settings(deadline=None, max_examples=300)
def test_layout_touches_blanks_only(raw: str) -> None:
    assert "".join(apply(raw, blanks(raw)).split()) == "".join(raw.split())
    assert all(line == line.strip() for line in apply(raw, blanks(raw)).split("\n"))
