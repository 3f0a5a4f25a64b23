import asyncio
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from nbformat import NotebookNode, write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from difang import project
from difang.reports import index, runner
from difang.reports.runner import (
    UnknownNotebookError,
    numbered,
    room_for,
    run_reports,
    terminal_progress,
)
from difang.reports.settings import UnknownSettingError, parse_setting


def code(source: str, *tags: str) -> NotebookNode:
    return new_code_cell(source, metadata={"tags": list(tags)})


def notebook(path: Path, cells: Sequence[NotebookNode]) -> Path:
    write(new_notebook(cells=[new_markdown_cell(f"# {path.stem}"), *cells]), path)
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "reports" / "of today"


def test_cells_run_in_the_project_with_this_python_and_fixed_hashing(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONHASHSEED", "random")
    told = "import os, sys\nprint(os.getcwd(), sys.executable, sys.flags.utf8_mode, hash('地方'))"
    paths = [notebook(tmp_path / f"0{n}-a.ipynb", [code(told)]) for n in (1, 2)]
    first, second = run_reports(paths, out, {})
    assert first.report and second.report
    page = first.report.read_text(encoding="utf-8")
    assert f"{project.ROOT} {sys.executable} 1 " in page
    assert second.report.read_text(encoding="utf-8") == page.replace("01-a", "02-a")


def test_a_broken_kernel_of_the_same_name_is_not_used(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered = tmp_path / "kernels" / "python3"
    registered.mkdir(parents=True)
    (registered / "kernel.json").write_text('{"argv": ["no-such-python"], "display_name": "3"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    [outcome] = run_reports([notebook(tmp_path / "01-a.ipynb", [code("1")])], out, {})
    assert outcome.error == ""


def test_settings_go_to_the_notebooks_that_have_them(tmp_path: Path, out: Path) -> None:
    monk = 'TOP = 20  # terms\nNAME: str = "安徽省"'
    one = notebook(tmp_path / "01-a.ipynb", [code(monk, "parameters"), code("print(TOP, NAME)")])
    two = notebook(tmp_path / "02-b.ipynb", [code("TOP = 7"), code("print(TOP)")])
    run_reports([one, two], out, {"TOP": 3, "NAME": "江'西省"})
    assert "3 江'西省" in (out / "01-a.html").read_text(encoding="utf-8")
    assert "7" in (out / "02-b.html").read_text(encoding="utf-8")


def test_a_path_is_given_as_seen_from_where_the_command_was_called(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cells = [code('FOLDER = "seeds"', "parameters"), code("print(repr(FOLDER))")]
    run_reports([notebook(tmp_path / "01-a.ipynb", cells)], out, {"FOLDER": Path("my texts")})
    assert repr(str(tmp_path / "my texts")) in (out / "01-a.html").read_text(encoding="utf-8")


def test_an_unknown_setting_names_those_there_are(tmp_path: Path, out: Path) -> None:
    path = notebook(tmp_path / "01-a.ipynb", [code("TOP = 1\nFOLDER = 2", "parameters")])
    with pytest.raises(UnknownSettingError, match=r"Cannot set 'top'.* FOLDER, TOP\. Choose"):
        run_reports([path], out, {"top": 3})
    assert not out.exists()


def test_only_chooses_by_number_and_an_unknown_one_is_refused(tmp_path: Path, out: Path) -> None:
    paths = [notebook(tmp_path / f"0{n}-a.ipynb", [code("1")]) for n in (1, 2)]
    notebook(tmp_path / "draft.ipynb", [])
    assert numbered(tmp_path) == paths
    [outcome] = run_reports(paths, out, {}, only=["02"])
    assert outcome.report == out / "02-a.html"
    with pytest.raises(UnknownNotebookError, match=r"notebook '09'.* are: 01-a, 02-a\. Name"):
        run_reports(paths, out, {}, only=["09"])


def test_a_damaged_notebook_is_named(tmp_path: Path, out: Path) -> None:
    (tmp_path / "01-a.ipynb").write_text("<<<<<<< HEAD")
    with pytest.raises(UnknownNotebookError, match=r"Cannot read the notebook 01-a\.ipynb"):
        run_reports(numbered(tmp_path), out, {})


def test_a_failing_notebook_is_named_and_leaves_no_report(tmp_path: Path, out: Path) -> None:
    bad = notebook(tmp_path / "01-bad.ipynb", [code("A = 1", "parameters"), code("print(A)")])
    good = notebook(tmp_path / "02-good.ipynb", [code("print('went on')")])
    run_reports([bad, good], out, {})
    notebook(bad, [code("A = 1", "parameters"), code("# why\n{}['地方']"), code("print('no')")])
    failed, done = run_reports([bad, good], out, {"A": 2})
    assert failed.error == "cell 3 (# why): KeyError: '地方'"
    assert failed.report is None
    assert done.report and "went on" in done.report.read_text(encoding="utf-8")
    assert sorted(path.name for path in out.iterdir()) == ["02-good.html", "index.html"]
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "01-bad has no report" in index
    assert "KeyError" in index


def test_a_kernel_that_dies_is_an_error_like_any_other(tmp_path: Path, out: Path) -> None:
    path = notebook(tmp_path / "01-a.ipynb", [code("import os; os._exit(3)")])
    [outcome] = run_reports([path], out, {})
    assert outcome.error.startswith("cell 2 (import os; os._exit(3)): it ended Python itself")


def test_a_python_that_does_not_start_says_why(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ipykernel_launcher.py").write_text("raise ImportError('no kernel here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    [outcome] = run_reports([notebook(tmp_path / "01-a.ipynb", [code("1")])], out, {})
    assert "Python did not start, and said: ImportError: no kernel here." in outcome.error
    assert outcome.report is None


def test_the_index_ends_with_the_paragraph_on_methods_of_a_report(
    tmp_path: Path, out: Path
) -> None:
    lists = [f'<dl class="difang-methods"><dt>{one}</dt></dl>' for one in ("code", "methods")]
    source = f"from difang.reports.fragment import Fragment\nFragment({''.join(lists)!r})"
    run_reports([notebook(tmp_path / "01-made.ipynb", [code(source)])], out, {})
    page = (out / "index.html").read_text(encoding="utf-8")
    assert lists[1] in page and lists[0] not in page


def test_the_index_does_not_cite_no_lexicon_where_reports_used_one(
    tmp_path: Path, out: Path
) -> None:
    corpus, lexicon = "b50f251e58d0c8b7", "4957da62a93cb56b"
    said = [f"{corpus}; none", f"{corpus}; {lexicon}; words", f"{corpus}; {lexicon}; provinces"]
    books = []
    for at, one in enumerate(said, start=1):
        source = f"Fragment('<dl class=\"difang-methods\"><dt>{one}</dt></dl>')"
        cell = code(f"from difang.reports.fragment import Fragment\n{source}")
        books.append(notebook(tmp_path / f"0{at}-made.ipynb", [cell]))
    run_reports(books, out, {})
    page = (out / "index.html").read_text(encoding="utf-8")
    assert said[1] in page and said[0] not in page and said[2] not in page


def test_a_long_report_that_tells_no_methods_has_its_line_on_the_index(out: Path) -> None:
    out.mkdir(parents=True)  # a search that begins again at each character never ends here
    report = out / "08-mine.html"
    report.write_text("<html><h1>Mine</h1>\n" + "<dl><dt>text\n" * 300_000, encoding="utf-8")
    page = index.write(out, fresh=[report], failures={}).read_text(encoding="utf-8")
    assert ">Mine</a>" in page and "<dl" not in page


def test_a_report_of_an_earlier_run_is_called_so(tmp_path: Path, out: Path) -> None:
    paths = [notebook(tmp_path / f"0{n}-a.ipynb", [code("1")]) for n in (1, 2)]
    run_reports(paths, out, {})
    assert "earlier run" not in (out / "index.html").read_text(encoding="utf-8")
    run_reports(paths, out, {}, only=["01"], notes=["2 files <were> not read"])
    index = (out / "index.html").read_text(encoding="utf-8")
    assert index.count("earlier run") == 1
    assert "2 files &lt;were&gt; not read" in index


def test_notebooks_run_at_once_where_there_is_room_and_are_told_in_order(
    tmp_path: Path, out: Path
) -> None:
    meet = (
        "import time, pathlib\nhere = pathlib.Path({here!r})\nhere.touch()\n"
        "other, until = pathlib.Path({other!r}), time.monotonic() + 100\n"
        "while not other.exists():\n    assert time.monotonic() < until\n    time.sleep(.1)\n"
        "time.sleep({longer})"
    )
    signs = [str(tmp_path / name) for name in "ab"]
    cells = [meet.format(here=signs[n], other=signs[1 - n], longer=1 - n) for n in (0, 1)]
    paths = [notebook(tmp_path / f"0{n}-a.ipynb", [code(cell)]) for n, cell in enumerate(cells)]
    outcomes = run_reports(paths, out, {}, at_once=2)
    assert [outcome.error for outcome in outcomes] == ["", ""]
    assert [outcome.notebook for outcome in outcomes] == paths


def test_room_is_for_no_more_notebooks_than_cores_and_for_one_on_any_corpus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DIFANG_CORES", "2")
    assert room_for(0) <= 2
    assert room_for(10**12) == 1


def test_messages_on_stderr_are_shown(tmp_path: Path, out: Path) -> None:
    cells = [code("import sys; print('be careful', file=sys.stderr)"), code("print('fine')")]
    [outcome] = run_reports([notebook(tmp_path / "01-a.ipynb", cells)], out, {})
    assert outcome.said == ""
    assert '<pre class="stderr">be careful' in (out / "01-a.html").read_text(encoding="utf-8")


def test_what_the_kernel_itself_says_is_kept(tmp_path: Path, out: Path) -> None:
    cells = [code("import os; os.write(2, b'a library wrote here\\n')")]
    [outcome] = run_reports([notebook(tmp_path / "01-a.ipynb", cells)], out, {})
    assert outcome.error == ""
    assert "a library wrote here" in outcome.said + (out / "01-a.html").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT between processes")
def test_interrupting_ends_the_kernel_and_leaves_nothing_half_written(
    tmp_path: Path, out: Path
) -> None:
    sign = tmp_path / "pid"
    cell = f"import os, time, pathlib; pathlib.Path({str(sign)!r}).write_text(str(os.getpid()))"
    path = notebook(tmp_path / "01-a.ipynb", [code(cell), code("time.sleep(600)")])
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"  # may be ignored
        "from pathlib import Path; from difang.reports.runner import run_reports;"
        f"run_reports([Path({str(path)!r})], Path({str(out)!r}), {{}})"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE)
    until = time.monotonic() + 120
    while not (sign.exists() and sign.read_text()) and time.monotonic() < until:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert b"KeyboardInterrupt" in told
    assert list(out.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int(sign.read_text()), 0)


def test_an_interrupt_that_a_notebook_swallows_ends_the_run(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_on = []

    async def deaf(path: Path, *_: object) -> runner.Outcome:
        signal.raise_signal(signal.SIGINT)
        try:
            await asyncio.sleep(20)
        except asyncio.CancelledError:
            went_on.append("once")
        await asyncio.sleep(20)
        went_on.append("to the end")
        return runner.Outcome(path, None)

    monkeypatch.setattr(runner, "_run", deaf)
    monkeypatch.setattr(runner, "PATIENCE", 0.1)
    path = notebook(tmp_path / "01-a.ipynb", [code("1")])
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
    try:
        with pytest.raises(KeyboardInterrupt):
            runner.run_reports([path], out, {})
    finally:
        signal.signal(signal.SIGINT, before)
    assert went_on == ["once"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_a_notebook_off_the_terminal() -> None:
    stream = io.StringIO()
    tell = terminal_progress(stream)
    for done in (0, 1, 2, None):
        tell("01-corpus", 2, done)
    assert stream.getvalue().startswith("01-corpus: ")
    assert stream.getvalue().count("\n") == 1


def test_progress_on_a_terminal_grows_in_place() -> None:
    stream = Terminal()
    tell = terminal_progress(stream)
    for done in (1, 2, None):
        tell("01-corpus", 2, done)
    first, second, last = stream.getvalue().split("\r")[1:]
    assert 0 < first.count("█") < second.count("█")
    assert "░" not in second
    assert second.endswith("2 of 2 cells")
    assert last == f"{second}\n"


def test_a_notebook_that_ends_beside_another_is_named_on_the_terminal() -> None:
    stream = Terminal()
    tell = terminal_progress(stream)
    for name, done in (("01-corpus", 2), ("02-explore", 1), ("01-corpus", None)):
        tell(name, 2, done)
    assert stream.getvalue().endswith("01-corpus: 2 of 2 cells\n")


@pytest.mark.parametrize("text", ["TOP", "=3", "2x=3", "a b=1"])
def test_a_setting_without_name_or_value_is_refused(text: str) -> None:
    with pytest.raises(UnknownSettingError, match="Write NAME=VALUE"):
        parse_setting(text)


def test_a_table_shown_in_part_lies_in_full_beside_the_report(tmp_path: Path, out: Path) -> None:
    rows = "import pandas as pd\nfrom difang.reports.tables import table\n"
    rows += "frame = pd.DataFrame({'词': [f'词{n}' for n in range(SIZE)]})\n"
    told = "table(frame, caption='Terms', rows=20)"
    cells = [code("SIZE = 30", "parameters"), code(rows + told)]
    path = notebook(tmp_path / "01-a.ipynb", cells)
    [outcome] = run_reports([path], out, {})
    assert outcome.report
    page, full = outcome.report.read_text(encoding="utf-8"), out / "01-a" / "table-01.csv"
    assert "20 of 30 rows" in page and 'href="01-a/table-01.csv"' in page
    assert full.read_bytes().startswith(b"\xef\xbb\xbf")  # for Excel
    assert full.read_text(encoding="utf-8-sig").split() == ["词", *(f"词{n}" for n in range(30))]
    [outcome] = run_reports([path], out, {"SIZE": 20})
    assert outcome.report and "01-a/table" not in outcome.report.read_text(encoding="utf-8")
    assert not full.exists()
