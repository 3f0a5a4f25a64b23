"""Hand corrections: they win for one state of one document, and say so."""

from types import SimpleNamespace

import pandas as pd
import pytest

from difang.corpus.evidence import Evidence
from difang.corpus.overrides import OverrideError, apply_overrides, correct, read_overrides
from difang.project import OVERRIDES

HEADER = "doc_id,sha256,field,value,who,when,why\n"


def table():
    documents = pd.DataFrame(
        {
            "sha256": ["aa", "bb"],
            "province": ["江西省", None],
            "date": pd.to_datetime(["2018-09-13", None]),
            "date_earliest": pd.to_datetime(["2018-09-13", "2022-10-22"]),
            "date_latest": pd.to_datetime(["2018-09-13", None]),
            "year": pd.array([2018, None], dtype="Int64"),
            "month": pd.array([9, None], dtype="Int64"),
        },
        index=pd.Index(["000", "003"], name="doc_id"),
    )
    piece = ("000", *Evidence("province", "江西省", "stated", "high", "r", "", "江西", 0, 2, "x"))
    return documents, pd.DataFrame([piece], columns=["doc_id", *Evidence._fields])


def read(tmp_path, *lines):
    path = tmp_path / "overrides.csv"
    path.write_text(HEADER + "".join(line + "\n" for line in lines), encoding="utf-8-sig")
    return read_overrides(path)


def test_the_shipped_table_holds_no_correction_and_a_missing_one_is_none(tmp_path):
    assert read_overrides(OVERRIDES) == []
    assert read_overrides(tmp_path / "none.csv") == []


def test_a_correction_wins_and_is_shown(tmp_path):
    lines = read(
        tmp_path, "003,bb,province,贵州省,Li,2024-05-01,四新四化", "003,bb,date,2022-12-20,,,"
    )
    documents, evidence = table()
    new, shown, unused = apply_overrides(documents, evidence, lines)
    assert new.loc["003", "province"] == "贵州省"
    assert new.loc["003", ["year", "month"]].tolist() == [2022, 12]
    assert {str(new.loc["003", c])[:10] for c in ("date", "date_earliest", "date_latest")} == {
        "2022-12-20"
    }
    assert shown["basis"].tolist() == ["override", "override", "stated"]
    assert shown["reason"][0] == "Corrected by Li on 2024-05-01: 四新四化"
    assert unused == []
    assert documents.loc["003"].isna().sum() == 5, "the input stays as it was"
    assert new.dtypes.equals(documents.dtypes)


def test_a_year_moves_the_window_and_an_empty_value_empties_the_field(tmp_path):
    lines = read(tmp_path, "003,bb,year,2023,,,", "000,aa,date,,,,unsure", "000,aa,province,,,,")
    new, _, _ = apply_overrides(*table(), lines)
    assert str(new.loc["003", "date_earliest"])[:10] == "2023-01-01"
    assert new.loc["003", "year"] == 2023 and pd.isna(new.loc["003", "date"])
    assert new.loc["000", ["date", "year", "month", "province"]].isna().all()


def test_lines_that_correct_nothing_are_listed(tmp_path):
    lines = read(tmp_path, "000,zz,year,2019,,,", "999,aa,year,2019,,,")
    new, evidence, unused = apply_overrides(*table(), lines)
    assert new.loc["000", "year"] == 2018 and len(evidence) == 1
    assert unused == [
        ("Line 2 (000, year) was written for another state of the file.",
         "Read the file again, then update the sha256, or delete the line."),
        ("Line 3 (999, year) names no document of this corpus.",
         "Correct the doc_id, or delete the line."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("000,aa,text,x,,,", r"line 2: 'text' is no field that can be corrected"),
        ("000,aa,date,last year,,,", r"'last year' is no day\. Write it as 2021-12-28"),
        ("000,aa,date,2021,,,", r"or correct `year` if the day is not known"),
        ("000,aa,year,二〇二一,,,", r"is no year\. Write a whole number"),
        ("000,aa,month,13,,,", r"'13' is no month"),
        ("000,aa,year,20201,,,", r"'20201' is no year"),
    ],
)
def test_bad_lines_are_named(tmp_path, line, message):
    with pytest.raises(OverrideError, match=message):
        read(tmp_path, line)


def test_a_table_without_its_columns_is_refused(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_text("doc_id,value\n", encoding="utf-8")
    with pytest.raises(OverrideError, match="sha256, field, who, when, why is missing"):
        read_overrides(path)


def test_a_table_of_another_encoding_is_refused(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_bytes((HEADER + "000,aa,province,江西省,,,\n").encode("gb18030"))
    with pytest.raises(OverrideError, match="save it as UTF-8 CSV"):
        read_overrides(path)


def corpus():
    return SimpleNamespace(documents=table()[0], folder="made")


def test_a_correction_is_put_beneath_the_others_and_the_later_one_holds(tmp_path):
    path = tmp_path / "overrides.csv"
    old = HEADER.replace("\n", "\r\n") + '000,aa,province,"江西, 省",Li,2024-05-01,'  # from Excel
    path.write_bytes(old.encode("utf-8-sig"))
    added = correct(corpus(), "000", "province", " 江苏省 ", who="Wu", why="a, b", path=path)
    assert added.loc[0, ["sha256", "value", "who"]].tolist() == ["aa", "江苏省", "Wu"]
    correct(corpus(), "000", "province", "浙江省", who="Wu", why="c", when="2024-06-01", path=path)
    text = path.read_bytes().decode("utf-8-sig")
    assert text.startswith(old + "\r\n000,aa,province,江苏省,Wu,")
    assert text.endswith(',"a, b"\r\n000,aa,province,浙江省,Wu,2024-06-01,c\r\n')
    new, _, unused = apply_overrides(*table(), read_overrides(path))
    assert new.loc["000", "province"] == "浙江省"
    assert unused == []


def test_an_empty_value_says_that_the_field_is_not_known(tmp_path):
    path = tmp_path / "new.csv"
    correct(corpus(), "000", "year", "", who="Li", why="a reprint", path=path)
    new, *_ = apply_overrides(*table(), read_overrides(path))
    assert pd.isna(new.loc["000", "year"])


@pytest.mark.parametrize(
    ("doc_id", "field", "value", "why", "said"),
    [
        ("009", "year", 2018, "x", "Cannot correct year of '009'. The corpus made holds no such"),
        ("000", "year", "about 2018", "x", "Cannot correct year of '000': 'about 2018' is no year"),
        ("000", "text", "…", "x", "'text' is no field that can be corrected. Choose from date"),
        ("000", "year", 2018, " ", "It lacks who corrects it, or why. Give both"),
    ],
)
def test_a_correction_that_cannot_be_used_is_refused(tmp_path, doc_id, field, value, why, said):
    with pytest.raises(OverrideError, match=said):
        correct(corpus(), doc_id, field, value, who="Li", why=why, path=tmp_path / "new.csv")
    assert not (tmp_path / "new.csv").exists()


def test_nothing_is_added_to_a_table_that_cannot_be_read(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_text("doc,value\n", "utf-8")
    with pytest.raises(OverrideError, match="doc_id, sha256, field, who, when, why is missing"):
        correct(corpus(), "000", "year", 2018, who="Li", why="x", path=path)
    assert path.read_text("utf-8") == "doc,value\n"
