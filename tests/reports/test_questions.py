"""Notebooks of one's own: the next number, nothing written over, and a report of any wording."""

from pathlib import Path

import nbformat
import pytest

from difang import cli
from difang.project import SEEDS
from difang.reports.questions import NotebookNameError, new_notebook
from difang.reports.runner import numbered, run_reports


def test_it_takes_the_number_after_the_last_one(tmp_path: Path) -> None:
    (tmp_path / "03-mine.ipynb").write_text("{}", encoding="utf-8")
    made = [new_notebook(name, folder=tmp_path) for name in ("县域", "my-question")]
    assert [path.name for path in made] == ["04-县域.ipynb", "05-my-question.ipynb"]
    assert numbered(tmp_path)[1:] == made
    notebook = nbformat.read(made[0], as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].source.startswith("# 04 · 县域\n")
    assert not any(cell.get("outputs") for cell in notebook.cells)


@pytest.mark.parametrize("name", ["", "a b", "../x", "a/b", "-x", "mine", "x.ipynb"])
def test_a_name_that_cannot_be_or_is_taken_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "03-mine.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(NotebookNameError, match=r"There are: mine\. Choose another name"):
        new_notebook(name, folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["03-mine.ipynb"]


def test_the_command_says_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("difang.project.NOTEBOOKS", tmp_path)
    assert cli.main(["new", "mine"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / '01-mine.ipynb'}\n"


@pytest.mark.notebooks
@pytest.mark.parametrize(
    ("term", "told"), [("功成*在我", "江西省 2018"), ("囧囧", "No concept is named")]
)
def test_its_report_follows_any_wording(term: str, told: str, tmp_path: Path) -> None:
    notebook = new_notebook("mine", folder=tmp_path)
    settings = {"FOLDER": SEEDS, "TERM": term}
    (outcome,) = run_reports([notebook], tmp_path / "out", settings)
    assert not outcome.error
    assert outcome.report is not None
    assert told in outcome.report.read_text(encoding="utf-8")
