"""What is kept of a comparison: found again for the same numbers, and for no others."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from difang import project
from difang.compare import kept as module
from difang.compare.kept import digest, is_kept, kept

MATRIX = csr_matrix([[0.0, 2.0], [1.0, 0.0]])
SIDES = np.array([True, False])


@pytest.fixture
def made(monkeypatch, tmp_path):
    """Keep whatever is made, however soon; tell how often something was."""
    monkeypatch.setattr(project, "CACHE", tmp_path)
    monkeypatch.setattr(module, "WORTH", 0)
    times = []

    def make():
        times.append(1)
        return pd.DataFrame({"p": [0.1, 0.2 / 3]})

    make.times = times
    return make


def test_the_same_numbers_are_worked_out_once(made):
    tables = [kept("p", made, MATRIX, SIDES) for _ in range(2)]
    assert len(made.times) == 1
    pd.testing.assert_frame_equal(*tables, check_exact=True)


@pytest.mark.parametrize(
    ("name", "matrix", "sides"),
    [
        ("bounds", MATRIX, SIDES),
        ("p", MATRIX * 2, SIDES),
        ("p", MATRIX[:, ::-1].tocsr(), SIDES),
        ("p", csr_matrix(MATRIX, shape=(2, 3)), SIDES),
        ("p", MATRIX.astype(np.float32), SIDES),
        ("p", MATRIX, ~SIDES),
        ("p", MATRIX, SIDES.astype(np.int8)),
    ],
)
def test_other_numbers_are_worked_out_anew(made, name, matrix, sides):
    kept("p", made, MATRIX, SIDES)
    kept(name, made, matrix, sides)
    assert len(made.times) == 2


def test_a_cache_that_cannot_be_written_only_costs_time(made, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(project, "CACHE", tmp_path / "file")
    assert kept("p", made, MATRIX, SIDES)["p"].tolist() == [0.1, 0.2 / 3]


def test_what_is_made_soon_is_not_kept(made, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "WORTH", 60)
    kept("p", made, MATRIX, SIDES)
    assert not [*tmp_path.iterdir()]


def test_what_is_kept_is_told_before_it_is_asked_for(made):
    assert not is_kept("p", MATRIX, SIDES)
    kept("p", made, MATRIX, SIDES)
    assert is_kept("p", MATRIX, SIDES)
    assert not is_kept("p", MATRIX, ~SIDES)


def test_a_digest_stands_for_all_that_a_matrix_holds():
    others = [MATRIX * 2, MATRIX[:, ::-1].tocsr(), csr_matrix(MATRIX, shape=(2, 3))]
    digests = [digest(one).tobytes() for one in (MATRIX, *others, MATRIX.astype(np.float32))]
    assert len({*digests}) == 5
    assert digest(MATRIX.copy()).tobytes() == digests[0]
