"""Tables as CSV: what pandas writes is the answer, for every kind of column."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from difang import csv_lines as module
from difang.csv_lines import csv_lines

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


def as_pandas(table: pd.DataFrame, index: bool = False) -> bytes:
    return table.to_csv(index=index).encode(errors="backslashreplace")


@given(st.lists(ROWS, max_size=8))
def test_all_kinds_of_columns_are_written_as_pandas_writes_them(rows: list[tuple]) -> None:
    table = pd.DataFrame(rows, columns=[*COLUMNS], dtype=object).astype(TYPES)
    assert b"".join(csv_lines(table, index=False)) == as_pandas(table)


@given(st.lists(NUMBERS, min_size=1))
def test_numbers_have_the_digits_that_python_gives_them(numbers: list[float]) -> None:
    table = pd.DataFrame({"a": numbers, "b": -np.array(numbers)})
    assert b"".join(csv_lines(table, index=False)) == as_pandas(table)


def test_blocks_of_rows_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROWS", 3)
    table = pd.DataFrame({"n": range(8), "text": ["一", 'a"b', "", "c,d", None, "\n", "七", "八"]})
    table = table.astype({"text": "str"}).set_index(pd.Index([*"abcdefgh"], name="doc_id"))
    blocks = [bytes(block) for block in csv_lines(table, index=True)]
    assert len(blocks) == 1 + 3
    assert b"".join(blocks) == as_pandas(table, index=True)


@pytest.mark.parametrize(
    "column",
    [
        pd.to_datetime(["2016-03-18 10:20", "2016-03-18 00:00"]),
        pd.Categorical([1, 2]),
        [1, "two"],
        pd.array([True, None], "boolean"),
        pd.to_timedelta([1, 2], "D"),
    ],
)
def test_columns_of_other_kinds_are_left_to_pandas(column: object) -> None:
    table = pd.DataFrame({"a": column, "b": ["x", "y"]})
    assert b"".join(csv_lines(table, index=False)) == as_pandas(table)


def test_a_column_alone_is_left_to_pandas_which_quotes_its_empty_fields() -> None:
    table = pd.DataFrame({"a": ["x", None]}, dtype="str")
    assert b"".join(csv_lines(table, index=False)) == b'a\nx\n""\n'


def test_half_a_character_is_spelt_with_a_backslash() -> None:
    old = pd.Categorical.from_codes([1, 0, -1], pd.Index(["\udc80", "甲"], dtype=object))
    table = pd.DataFrame({"old": old, "n": [1, 2, 3]})
    assert b"".join(csv_lines(table, index=False)) == "old,n\n甲,1\n\\udc80,2\n,3\n".encode()


def test_a_table_without_rows_has_its_header() -> None:
    table = pd.DataFrame({"a": pd.Series(dtype="str"), "b": pd.Series(dtype="float64")})
    assert b"".join(csv_lines(table, index=False)) == b"a,b\n"
