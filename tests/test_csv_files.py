"""Tables as CSV: what Python's reader finds in the file is what stood in the table."""

import csv
import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from difang import csv_files
from difang.csv_files import write_csv

TEXTS = st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=5), st.text('a",\n\r'))
NUMBERS = st.one_of(
    st.floats(),
    st.integers(-1000, 1000).map(float),
    st.builds(
        lambda digits, power: digits * 10.0**power, st.integers(-99, 99), st.integers(-9, 24)
    ),
)
DAYS = st.one_of(st.none(), st.dates())
COLUMNS = {
    "text": (TEXTS, "str"),
    "number": (NUMBERS, "float64"),
    "whole": (st.integers(-(2**63), 2**63 - 1), "int64"),
    "perhaps": (st.one_of(st.none(), st.integers(-9, 9)), "Int64"),
    "yes": (st.booleans(), "bool"),
    "day": (DAYS, "datetime64[s]"),
    "kind": (TEXTS, "category"),
}
ROWS = st.tuples(*(values for values, _ in COLUMNS.values()))
TYPES = {name: kind for name, (_, kind) in COLUMNS.items()}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("csv") / "table.csv"


def read(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [*csv.reader(lines, strict=True)]


def told(fields: Iterable[object]) -> list[str]:
    return ["" if field is None else str(field) for field in fields]


@given(st.lists(ROWS, max_size=8))
def test_all_kinds_of_columns_come_back(file: Path, rows: list[tuple]) -> None:
    table = pd.DataFrame(rows, columns=[*COLUMNS], dtype=object).astype(TYPES)
    write_csv(table, file)
    header, *lines = read(file)
    assert header == [*COLUMNS]
    for line, (text, number, whole, perhaps, yes, day, kind) in zip(lines, rows, strict=True):
        field = float(line.pop(1) or "nan")
        assert field == number or (math.isnan(field) and math.isnan(number))
        assert line.pop(3) == str(yes).lower()
        assert line == told((text, whole, perhaps, day, kind))


def test_an_empty_text_is_told_from_a_missing_one(file: Path) -> None:
    write_csv(pd.DataFrame({"a": ["x", "", None]}, dtype="str"), file)
    assert file.read_text("utf-8-sig") == '"a"\n"x"\n""\n\n'


def test_blocks_of_rows_join_without_a_seam(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_files, "ROWS", 3)
    texts = ["一", 'a"b', "", "c,d", None, "\n", "七", "八"]
    table = pd.DataFrame({"n": range(8), "text": pd.array(texts, "str")})
    write_csv(table.set_index(pd.Index([*"abcdefgh"], name="doc_id")), file)
    rows = [told(row) for row in zip("abcdefgh", range(8), texts, strict=True)]
    assert read(file) == [["doc_id", "n", "text"], *rows]


def test_half_a_character_is_spelt_with_a_backslash(file: Path) -> None:
    old = pd.Categorical.from_codes([1, 0, -1], pd.Index(["\udc80", "甲"], dtype=object))
    write_csv(pd.DataFrame({"old": old, "n": [1, 2, 3]}), file)
    assert read(file) == [["old", "n"], ["甲", "1"], ["\\udc80", "2"], ["", "3"]]


def test_a_table_without_rows_has_its_header(file: Path) -> None:
    write_csv(pd.DataFrame({"a": pd.Series(dtype="str"), "b": pd.Series(dtype="float64")}), file)
    assert read(file) == [["a", "b"]]


def test_numbers_are_told_to_the_last_bit(file: Path) -> None:
    values = np.random.default_rng(1).normal(size=1000) * 10.0 ** np.arange(-20, 20).repeat(25)
    write_csv(pd.DataFrame({"a": values}), file)
    assert [float(number) for (number,) in read(file)[1:]] == values.tolist()
