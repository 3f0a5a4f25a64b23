"""Paper: numbers and running heads go, paragraphs run on across pages, all else stays."""

from itertools import pairwise

import pytest

from difang.corpus.cleaning import clean
from difang.corpus.edits import apply, undo
from difang.corpus.paper import page_numbers

WIDE = "全县上下深入贯彻县委决策部署，扎实推进项目建设，"  # a full line
LAST = "各项工作取得新的进展。"


def pages(count, head=(), foot=(), first=1):
    """Write pages of wrapped paragraphs, with heads and feet that tell their numbers."""
    body = ["　　" + WIDE[:-2], WIDE, WIDE, LAST]
    return "\n\f".join(
        "\n".join([*(h.format(n) for h in head), *body, *body, *(f.format(n) for f in foot)])
        for n in range(first, first + count)
    )


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ((), ("{}",)),
        ((), ("", "     — {} —", "")),
        ((), ("第 {} 页 共 5 页",)),
        (("某县人大会议文件",), ("{}",)),
        (("{}  某县政府工作报告", ""), ()),
        (("某县人大", "会议文件（四）"), ("- {} -",)),
    ],
)
@pytest.mark.parametrize("first", [1, 37])
def test_heads_and_numbers_go_and_nothing_else(head, foot, first):
    raw = pages(5, head, foot, first)
    text = clean(raw).text
    assert text == clean(pages(5)).text
    assert "人大" not in text


def test_a_paragraph_runs_on_across_a_page_end():
    opens = f"　　{WIDE[:-2]}\n{WIDE}"
    raw = "\n\f".join(f"{opens}\n{WIDE}\n{LAST}\n{opens}\n{n}" for n in (1, 2, 3)) + f"\n\f{LAST}"
    assert clean(raw).text.split("\n")[-1] == WIDE[:-2] + WIDE + LAST


@pytest.mark.parametrize(
    "raw",
    [
        "\n\f".join(pages(1) for _ in range(2)),  # two pages alike may be anything
        "\n\f".join(f"{n}\n{LAST}" for n in (2011, 2014, 2020)),  # years of a table
        "\n\f".join([f"第{n}项\n{LAST}{n}" for n in (1, 2)] + ["完"]),
        "\n\f".join(f"附件{n}\n{LAST}{n}" for n in (1, 2, 3)),  # each has its annex
        pages(5).replace("\f", ""),  # no pages are told
        f"{LAST}\n合计　　　　-12-\n同比 ·3· 个\n{LAST}",  # cells of a table
    ],
)
def test_what_does_not_recur_page_by_page_stays(raw):
    assert page_numbers(raw) == []


@pytest.mark.parametrize(
    "head", ["·118·　　　　某县年鉴（2009）", "交通运输　　　　　　·119·", "— 7 —     会议文件"]
)
def test_a_number_beside_a_head_goes_where_no_pages_are_told(head):
    raw = f"{WIDE}\n{head}\n{LAST}"
    assert apply(raw, page_numbers(raw)).split() == [WIDE + LAST]


PAGE = "全县上下深入贯彻县委决策部署，扎实推进项目建设。" * 12


@pytest.mark.parametrize("number", ["{}", "— {} —", "第 {} 页"])
def test_a_sentence_runs_on_across_the_number_of_a_page_and_a_head_does_not(number):
    ends = [
        "要促进农业增产、农民增",
        "收，要改善民生。",
        "二、加强领导，狠抓落实，完成全年任务",
    ]
    parts = [f"{PAGE}，{ends[0]}", f"{ends[1]}{PAGE}", f"{PAGE}\n{ends[2]}"]
    raw = "".join(f"{part}\n\n{number.format(n)}\n\n" for n, part in enumerate(parts, 1)) + PAGE
    found = apply(raw, page_numbers(raw)).split()
    assert found == ["".join(parts[:2]), PAGE, ends[2], PAGE]


@pytest.mark.parametrize(
    "numbers", [(1, 2, 4), (1, 2), (3, 2, 1)], ids=["gap", "too few", "backwards"]
)
def test_bare_numbers_that_count_no_pages_stay(numbers):
    raw = "".join(f"{PAGE}\n{n}\n" for n in numbers) + PAGE
    assert page_numbers(raw) == []
    rows = "\n".join(f"{n}\n项目名称{n}" for n in range(1, 9))
    assert page_numbers(rows) == []


def test_numbered_pieces_of_a_library_become_one_text():
    whole = "".join(f"第{n}镇全面完成任务，农民收入稳步增长；项目建设进展顺利。" for n in range(48))
    cuts = (0, 400, 801, 1200, len(whole))
    assert all(whole[at - 1] not in "。；" for at in cuts[1:4])
    parts = [whole[a:b] for a, b in pairwise(cuts)]
    raw = "\n\n".join(f"{n}、{part}" for n, part in enumerate(parts, 1))
    assert apply(raw, page_numbers(raw)) == whole


def test_the_items_of_a_list_keep_their_numbers():
    items = [f"{PAGE[:-1]}{end}" for end in "。；。；"]
    raw = "\n".join(f"{n}、{item}" for n, item in enumerate(items, 1))
    assert page_numbers(raw) == []
    unequal = [PAGE[:-1] * 9, PAGE[:-1], PAGE[:-1], PAGE]
    raw = "\n".join(f"{n}、{item}" for n, item in enumerate(unequal, 1))
    assert page_numbers(raw) == []


def test_all_comes_back():
    raw = pages(4, ("某县人大会议文件",), ("— {} —", ""))
    cleaned = clean(raw)
    assert undo(cleaned.text, cleaned.edits) == raw
    assert {"page_number", "running_head"} <= {edit.rule for edit in cleaned.edits}


def test_paragraphs_parted_by_blank_lines_run_on_within_and_across_pages():
    raw = f"{WIDE}\n{WIDE[:-1]}。\n{LAST}\n\n{WIDE}\n\f{WIDE[:-1]}。\n{LAST}\n\n" * 3
    assert clean(raw).text.split("\n") == [f"{WIDE}{WIDE[:-1]}。{LAST}"] * 6


def test_lines_that_are_not_indented_run_on_where_paragraphs_are():
    ends = "全县经济平稳增长，项目建设扎实推进，各项事业全面进步。"
    goes_on = "城乡面貌明显改善，人民生活水平不断提高，社会稳定。"
    raw = "\n".join([f"　　{ends[:-2]}", goes_on, "收入增长。"] * 4)
    assert clean(raw).text.split("\n") == [f"{ends[:-2]}{goes_on}收入增长。"] * 4


def test_heads_beside_numbers_go_without_form_feeds() -> None:
    head = "某县人大二次会议文件（三）"
    body = [f"第{n}项任务是抓好产业，推动发展，增加收入。" for n in "一二三"]
    raw = f"{body[0]}\n—1—\n{head}\n{body[1]}\n—2—\n{head}\n{body[2]}"
    edits = page_numbers(raw)
    assert apply(raw, sorted(edits)) == "\n".join(body)
    assert [e.old.strip() for e in edits if e.rule == "running_head"] == [head, head]
    once = f"{body[0]}\n—1—\n{head}\n{body[1]}\n—2—\n{body[2]}"
    assert head in apply(once, sorted(page_numbers(once)))


def test_pages_of_how_many_go_if_they_rise_to_one_total() -> None:
    body = [f"第{n}项任务是抓好产业，推动发展，增加收入。" for n in "一二三"]
    raw = f"{body[0]}\n2/14\n{body[1]}\n3 / 14\n{body[2]}"
    assert apply(raw, sorted(page_numbers(raw))) == "\n".join(body)
    for own in ("{}\n2/3\n{}\n1/2\n{}", "{}\n5/6\n{}\n3/6\n{}", "{}\n2/14\n{}\n{}"):
        assert page_numbers(own.format(*body)) == []
