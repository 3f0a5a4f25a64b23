import io
import json
from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from difang.corpus import reading
from difang.corpus.archives import Budget
from difang.corpus.reading import read_folder
from difang.corpus.tables import CELL_LIMIT, TEXT_COLUMNS


def workbook(**sheets) -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file.getvalue()


def parquet(**columns) -> bytes:
    return pd.DataFrame(columns).to_parquet()


def jsonl(*rows) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


ROW = {"省份": "江西省", "年份": 2018, "日期": datetime(2018, 1, 23), "正文": "各位代表："}
GIVEN = {"省份": "江西省", "年份": "2018", "日期": "2018-01-23"}
SAME = {
    "t.csv": "省份,年份,日期,正文\n江西省,2018,2018-01-23,各位代表：\n",
    "t.tsv": "省份\t年份\t日期\t正文\n江西省\t2018\t2018-01-23\t各位代表：\n",
    "s.csv": "省份;年份;日期;正文\n江西省;2018;2018-01-23;各位代表：\n",
    "t.jsonl": jsonl(ROW | {"日期": "2018-01-23"}),
    "t.xlsx": workbook(甲=[list(ROW), list(ROW.values())]),
    "t.parquet": parquet(**{k: [v] for k, v in ROW.items()}),
}
ENCODINGS = {"t.xlsx": "xlsx", "t.parquet": "parquet"}


@pytest.mark.parametrize("name", SAME)
def test_one_table_is_the_same_in_each_format(folder, name):
    documents, skipped = read_folder(folder({name: SAME[name]}))
    assert [(d.doc_id, d.path, d.raw) for d in documents] == [(f"{name[0]}#1", name, "各位代表：")]
    assert {g.field: g.value for g in documents[0].given} == GIVEN
    assert {g.where for g in documents[0].given} == {f"{name} row 1"}
    assert (documents[0].encoding, skipped) == (ENCODINGS.get(name, "utf-8"), [])


@pytest.mark.parametrize("name", SAME)
def test_the_text_column_may_be_named(folder, name):
    root = folder({name: SAME[name]})
    assert [d.raw for d in read_folder(root, text_column="省份")[0]] == ["江西省"]
    documents, skipped = read_folder(root, text_column="内容")
    assert documents == []
    assert skipped[0].reason == "No column `内容`. The table holds: 省份, 年份, 日期, 正文."


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl", "parquet"])
def test_metadata_may_stand_in_any_table(folder, suffix):
    tables = {
        "csv": "file,年份\na.txt,2018\n",
        "xlsx": workbook(甲=[["file", "年份"], ["a.txt", 2018]]),
        "jsonl": jsonl({"file": "a.txt", "年份": 2018}),
        "parquet": parquet(file=["a.txt"], 年份=[2018]),
    }
    documents, skipped = read_folder(folder({f"metadata.{suffix}": tables[suffix], "a.txt": "一"}))
    assert [(d.doc_id, *d.given[0][:2]) for d in documents] == [("a", "年份", "2018")]
    assert skipped == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2018, 1, 23), "2018-01-23"),
        (datetime(2018, 1, 23, 9, 30), "2018-01-23 09:30:00"),
        (date(2018, 1, 23), "2018-01-23"),
        (2018.0, "2018"),
        (2.5, "2.5"),
        ("　甲 ", "甲"),
    ],
)
def test_cells_of_a_workbook_are_text(folder, value, text):
    data = workbook(甲=[["值", "text"], [value, "一"]])
    assert read_folder(folder({"t.xlsx": data}))[0][0].given[0].value == text


def test_lists_and_missing_values_of_json_lines_and_parquet(folder):
    root = folder({
        "a.jsonl": jsonl({"text": "一", "甲": ["x", 1], "乙": None}),
        "b.parquet": parquet(text=["一", None], 甲=[["x"], None], 乙=[1.0, None]),
    })  # fmt: skip
    documents, skipped = read_folder(root)
    given = [{g.field: g.value for g in d.given} for d in documents]
    assert given == [{"甲": '["x", 1]'}, {"甲": '["x"]', "乙": "1"}]
    assert [(s.path, s.reason) for s in skipped] == [("b.parquet#2", "The cell `text` is empty.")]


def test_the_sheets_of_a_workbook_are_told_apart(folder):
    data = workbook(
        江西=[["text"], ["一"], [None], ["二"]], 湖北=[["text"], ["三"]],
        说明=[["备注"], ["x"]], 空=[], 头=[["text"]],
    )  # fmt: skip
    documents, skipped = read_folder(folder({"t.xlsx": data}))
    assert [(d.doc_id, d.raw) for d in documents] == [
        ("t#江西#1", "一"), ("t#江西#2", "二"), ("t#湖北#1", "三"),
    ]  # fmt: skip
    assert [s.reason.split(".")[0] for s in skipped] == [
        "Sheet 说明: No column `text` or `full_text` or `content` or `正文` or `全文` or `内容`",
        "Sheet 头: The table holds no rows",
    ]


@pytest.mark.parametrize(("size", "told"), [(CELL_LIMIT, 1), (CELL_LIMIT - 1, 0)])
def test_a_cell_that_excel_may_have_cut_is_read_and_told(folder, size, told):
    data = workbook(甲=[["text"], ["长" * size]])
    documents, skipped = read_folder(folder({"t.xlsx": data}))
    assert [len(d.raw) for d in documents] == [size]
    assert ["may be cut" in s.reason and s.path == "t.xlsx#1" for s in skipped] == [True] * told


def test_line_ends_that_excel_spells_out_are_line_ends(folder):
    data = workbook(甲=[["text"], ["一_x000D_\n二"]])
    assert read_folder(folder({"t.xlsx": data}))[0][0].raw == "一\r\n二"


def test_lines_that_are_no_json_objects_are_listed(folder):
    documents, skipped = read_folder(folder({"t.jsonl": '{"text":"一"}\n{一\n\n[1]\n{"x":2}\n'}))
    assert [d.doc_id for d in documents] == ["t#1"]
    assert [(s.path, s.reason.split(":")[0]) for s in skipped] == [
        ("t.jsonl#2", "The line is no JSON"),
        ("t.jsonl#3", "The line is no JSON object."),
        ("t.jsonl#4", "The cell `text` is empty."),
    ]


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "t.xlsx"])
def test_a_table_in_the_bytes_of_another_codec_or_with_lone_surrogates(folder, name):
    content = {
        "t.csv": "text,省份\n各位代表同志们,江西省\n".encode("gb18030"),
        "t.jsonl": '{"text": "各位代表\\ud83d"}',
        "t.xlsx": workbook(甲=[["text"], ["各位代表"]]),
    }
    documents, skipped = read_folder(folder({name: content[name]}))
    assert documents[0].raw.startswith("各位代表")
    assert skipped == []


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet"])
def test_a_table_that_is_cut_off_is_listed(folder, name):
    documents, skipped = read_folder(folder({name: SAME[name][:-60]}))
    assert documents == []
    assert "damaged" in skipped[0].reason


@given(st.sampled_from(["t.csv", "t.jsonl", "t.xlsx", "t.parquet"]), st.data())
@settings(deadline=None, max_examples=100)
def test_a_damaged_table_is_read_or_listed_and_never_raises(name, data):
    good = SAME[name]
    content = bytearray(good if isinstance(good, bytes) else good.encode())
    for _ in range(data.draw(st.integers(1, 9))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(content[: data.draw(st.integers(1, len(content)))])
    assert list(reading._items(name, cut, TEXT_COLUMNS, Budget(len(cut))))
