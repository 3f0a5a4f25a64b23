"""The rules that every notebook keeps, checked on the files as they are in git."""

import ast
import re
import subprocess
import sys

import nbformat
import pytest

from difang import project

NAMES = [
    "01-corpus", "02-explore", "03-provinces", "04-years", "05-set-phrases", "06-reuse",
    "07-charts",
]  # fmt: skip
MOST_CELLS, MOST_LINES = 40, 12
FORBIDDEN = re.compile(r"sys\.path|^\s*[!%]|filterwarnings|os\.chdir", re.MULTILINE)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
CODE = re.compile(r"`[^`]*`")
UNIT = re.compile(r"10,000 (?:tokens|words)")  # of a rate, by definition
#: A number of things counted: prose may say how a rule counts, never what it found.
COUNTED = re.compile(
    r"\b\d[\d,.]* "
    r"(?:documents|provinces|years|terms|tokens|sentences|passages|phrases|times)\b"
    r"|\d ?(?:%|篇|次|省)"
)


@pytest.fixture(params=NAMES)
def notebook(request):
    return nbformat.read(project.NOTEBOOKS / f"{request.param}.ipynb", as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def tags(cell):
    return cell.metadata.get("tags", [])


def test_there_are_seven_notebooks_with_these_names():
    assert sorted(path.stem for path in project.NOTEBOOKS.glob("0[1-7]-*.ipynb")) == NAMES


def test_nothing_of_a_run_is_stored(notebook):
    nbformat.validate(notebook)
    for cell in code(notebook):
        assert not cell.outputs
        assert cell.execution_count is None
        assert set(cell.metadata) <= {"tags"}
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}
    assert set(notebook.metadata.get("language_info", {})) <= {"name"}  # no version of Python


def test_the_hook_before_a_commit_would_change_nothing():
    hook = [sys.executable, "-m", "nbstripout", "--keep-id", "--verify"]
    paths = [str(project.NOTEBOOKS / f"{name}.ipynb") for name in NAMES]
    done = subprocess.run([*hook, *paths], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_cell_ids_can_be_read_and_are_unique(notebook):
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    for one in ids:
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", one)
        assert not re.fullmatch(r"[0-9a-f]{8}", one)  # what Jupyter makes up


def test_notebook_and_cells_stay_short(notebook):
    assert len(notebook.cells) <= MOST_CELLS
    for cell in code(notebook):
        assert 0 < len(cell.source.splitlines()) <= MOST_LINES, cell.id


def test_the_title_is_numbered_as_the_file_is(request, notebook):
    number = request.node.callspec.params["notebook"][:2]
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[0].source.startswith(f"# {number} · ")
    assert sum(cell.source.startswith("# ") for cell in prose(notebook)) == 1


def test_the_second_cell_holds_the_settings_each_with_a_remark(notebook):
    cell = notebook.cells[1]
    assert tags(cell) == ["parameters"]
    assert sum("parameters" in tags(one) for one in notebook.cells) == 1
    lines = cell.source.splitlines()
    names = [line.partition(" = ")[0] for line in lines]
    assert names[:2] == ["FOLDER", "WHERE"]
    for name, line in zip(names, lines, strict=True):
        assert re.fullmatch(r"[A-Z][A-Z_]*", name)
        assert re.search(r"  # \S", line), line
    assert all(isinstance(node, ast.Assign) for node in ast.parse(cell.source).body)


def test_each_setting_is_used(notebook):
    names = {line.partition(" = ")[0] for line in notebook.cells[1].source.splitlines()}
    rest = [cell for cell in code(notebook) if "parameters" not in tags(cell)]
    used = {
        node.id
        for cell in rest
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Name)
    }
    assert names <= used


def test_machinery_stays_in_the_library(notebook):
    for cell in code(notebook):
        assert not FORBIDDEN.search(cell.source), cell.id
        assert not any(isinstance(n, DEFINITIONS) for n in ast.walk(ast.parse(cell.source)))


def test_the_third_cell_of_code_shows_the_first_figure(notebook):
    figure = code(notebook)[2]
    assert "hide-input" not in tags(figure)
    last = ast.parse(figure.source).body[-1]
    assert isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)


def test_the_headline_is_made_by_code_early_and_once(notebook):
    headline = [cell for cell in code(notebook) if "headline" in tags(cell)]
    assert [set(tags(cell)) for cell in headline] == [{"headline", "hide-input"}]
    assert notebook.cells.index(headline[0]) <= 5


def test_the_last_cell_is_the_colophon(notebook):
    cell = notebook.cells[-1]
    assert cell.cell_type == "code" and tags(cell) == ["hide-input"]
    assert "colophon(" in cell.source


def test_conclusions_limits_and_method_stand_at_the_end(notebook):
    heads = [line for cell in prose(notebook) for line in cell.source.splitlines()]
    heads = [line for line in heads if line.startswith("## ")]
    assert heads[-3:] == ["## Conclusions", "## Limits", "## Method"]


def test_no_number_of_the_data_is_typed_into_prose(notebook):
    for cell in prose(notebook):
        found = COUNTED.search(UNIT.sub("", CODE.sub("", cell.source)))
        assert not found, (cell.id, found)


def test_prose_holds_no_chart_and_no_html(notebook):
    for cell in prose(notebook):
        assert "![" not in cell.source
        assert not re.search(r"</?[a-z]+[ >]", CODE.sub("", cell.source))
        assert not cell.get("attachments")
