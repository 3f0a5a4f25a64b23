"""What a panel writes reads back as it was, in whatever program."""

import re
import zipfile

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy.sparse import csr_matrix

from difang.compare.panel import panel
from difang.reports.panel_files import account, codebook, export_panel, stata_names
from difang.words.counting import Counts

from .corpora import made

LONG_NAME = "推动经济社会发展全面绿色转型、加快建设美丽中国与人与自然和谐共生的现代化" * 2
CONCEPTS = pd.DataFrame(
    [("稳定", "稳定"), ("生态、环境", "生态"), ("生态 环境", "环境"), (LONG_NAME, "生态")],
    columns=["concept", "term"],
)


@pytest.fixture(scope="module")
def found():
    rows = [
        {"doc_id": f"d{k}", "text": text, "province": province, "year": year, "genre": "speech"}
        for k, (text, province, year) in enumerate(
            [
                ("稳定，生态环境", "江西省", 2018), ("稳定", "江西省", 2018),
                ("生态", "江西省", 2018), ("没有", "江西省", 2020), ("稳定", "某省", 2020),
                ("稳定", None, 2020),
            ]
        )
    ]  # fmt: skip
    corpus = made(rows)
    corpus.evidence["decisive"] = pd.Series(dtype=bool)
    counts = Counts(csr_matrix(np.full((6, 1), 50)), pd.Index(["词"]), corpus.documents)
    return panel(corpus, counts, CONCEPTS)


@pytest.fixture(scope="module")
def folder(found, tmp_path_factory):
    folder = tmp_path_factory.mktemp("panel")
    export_panel(found, folder)
    return folder


def tables(found):
    return {"panel_long": found.long, "panel_wide": found.wide()}


def as_numbers(table, book):
    """What a .dta holds of a table: names as in the codebook, codes and counts as numbers."""
    names = dict(zip(book["variable"], book["stata"], strict=True))
    table = table.astype({c: "float64" for c in table if c.endswith("_code")})
    table = table.astype({c: "float64" for c in table.select_dtypes("number")})
    return table.rename(columns=names)


@pytest.mark.parametrize("name", ["panel_long", "panel_wide"])
def test_stata_files_read_back_in_pandas_with_labels(found, folder, name):
    book = codebook(found).query("table == @name")
    with pd.io.stata.StataReader(folder / f"{name}.dta") as reader:
        read, labels = reader.read(), reader.variable_labels()
        assert reader.data_label == "province × year"
    assert labels == dict(zip(book["stata"], book["label"], strict=True))
    texts = read.select_dtypes("category").columns
    read = read.astype({c: "float64" for c in read.columns.difference(texts)})
    read = read.astype(dict.fromkeys(texts, "str"))
    assert_frame_equal(read, as_numbers(tables(found)[name], book), check_column_type=False)


@pytest.mark.parametrize("name", ["panel_long", "panel_wide"])
def test_stata_files_read_back_in_another_reader(found, folder, name):
    book = codebook(found).query("table == @name")
    read, meta = pyreadstat.read_dta(str(folder / f"{name}.dta"), apply_value_formats=True)
    assert meta.column_names_to_labels == dict(zip(book["stata"], book["label"], strict=True))
    expected = as_numbers(tables(found)[name], book)
    assert list(read.columns) == list(expected.columns)
    for column in expected:
        if expected[column].dtype == "float64":
            np.testing.assert_array_equal(read[column].astype(float), expected[column])
        else:
            assert read[column].astype(str).tolist() == expected[column].tolist()
    if name == "panel_long":
        assert meta.variable_value_labels["limits"] == {
            0: "none", 1: "range", 2: "narrow", 3: "interval",
        }  # fmt: skip
        assert meta.variable_value_labels["province"] == {0: "江西省", 1: "某省"}


@pytest.mark.parametrize("name", ["panel_long", "panel_wide"])
def test_csv_and_parquet_hold_the_table(found, folder, name):
    table = tables(found)[name]
    assert_frame_equal(pd.read_parquet(folder / f"{name}.parquet"), table)
    raw = (folder / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(folder / f"{name}.csv", dtype={"province_code": "str"})
    assert_frame_equal(read, table, check_dtype=False)


def test_excel_has_a_sheet_a_table_and_the_codebook(found, folder):
    sheets = pd.read_excel(folder / "panel.xlsx", sheet_name=None, dtype={"province_code": "str"})
    assert list(sheets) == [
        "panel_long", "panel_wide", "codebook", "terms", "empty_cells", "left_out",
    ]  # fmt: skip
    assert_frame_equal(sheets["panel_long"], found.long, check_dtype=False)
    assert list(sheets["codebook"]["variable"]) == list(codebook(found)["variable"])
    assert len(sheets["empty_cells"]) == len(found.empty()) > 0


def test_the_codebook_tells_every_variable_of_both_tables(found, folder):
    book = codebook(found)
    for name, table in tables(found).items():
        rows = book[book["table"] == name]
        assert list(rows["variable"]) == list(table.columns)
        assert list(rows["missing"]) == table.isna().sum().tolist()
    assert book["label"].str.len().between(1, 80).all()
    assert not book.query("table == 'panel_wide'")["label"].duplicated().any()
    assert not book.duplicated(["table", "stata"]).any()
    told = (folder / "codebook.md").read_text("utf-8")
    assert all(f"| {name} |" in told for name in book["variable"])
    assert account(found) in told


def test_what_was_counted_and_left_out_is_said(found):
    said = account(found)
    assert "5 documents in 6 cells of province × year, 3 of these without a document." in said
    assert "1 document left out: no province (1)." in said
    assert "4 concepts of 4 terms; 0 terms in no document" in said
    assert "counted in each: 生态." in said


def test_every_number_opens_its_lines_in_the_file_beside(found, folder):
    lines = pd.read_csv(folder / "sentences.csv")
    sizes = lines.groupby(["province", "year", "concept"]).size().to_dict()
    for row in found.long.dropna(subset="n").itertuples():
        assert sizes.get((row.province, row.year, row.concept), 0) == row.n


def test_the_same_panel_gives_the_same_bytes(found, folder, tmp_path, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 2e9)
    written = export_panel(found, tmp_path / "again")
    assert {path.name for path in written} == {path.name for path in folder.iterdir()}
    for path in written:
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name
    with zipfile.ZipFile(folder / "panel.xlsx") as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
        assert re.findall(rb">(\d{4})-", parts.read("docProps/core.xml")) == [b"1980", b"1980"]


@given(
    st.lists(
        st.text(min_size=1, max_size=40) | st.sampled_from(["if", "_n", "str8", "n_发展"]),
        min_size=1,
    )
)
def test_stata_takes_every_name_and_no_two_are_alike(names):
    made = stata_names(names)
    assert len(set(made)) == len(made) == len(names)
    assert all(re.fullmatch(r"[^\W\d]\w{0,31}", name) for name in made)
    table = pd.DataFrame([range(len(made))], columns=made)
    writer = pd.io.stata.StataWriterUTF8("unwritten", table, write_index=False)
    assert list(writer.data.columns) == made
