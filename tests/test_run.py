"""run.py: which Python it chooses, how it makes .venv, and what it passes on. No network needed."""

import ast
import importlib.util
import json
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import browser

ROOT = Path(__file__).resolve().parents[1]
SPREAD = ("-n", "auto", "--dist", "loadfile")
LOCK = """\
jieba==0.42.1 \\
    --hash=sha256:aa
setuptools==84.2.1 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
six==1.17.0 \\
    --hash=sha256:dd
"""


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run(tmp_path, monkeypatch) -> ModuleType:
    """run.py of a project of its own, outside conda, with a browser and without uv."""
    folder = tmp_path / "a project"
    (folder / "tests").mkdir(parents=True)
    for name in ("run.py", "pyproject.toml", "tests/browser.py"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "requirements.lock.txt").write_text(LOCK, "utf-8")
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    monkeypatch.setenv("DIFANG_BROWSER", sys.executable)
    module = load(folder / "run.py")
    monkeypatch.setattr(module.shutil, "which", lambda name: None if name == "uv" else name)
    return module


class Calls(list):
    """Stands for `run.call`: keeps the commands, makes .venv, ends `failing` with status 3."""

    def __init__(self, run: ModuleType, failing: str = "nothing"):
        self.run, self.failing, self.tools = run, failing, ""

    def __call__(self, command, cwd=None, **variables):
        self.append([*command, *(f"{name}={value}" for name, value in variables.items())])
        self.run.VENV.mkdir(exist_ok=True)
        tools = self.run.VENV / "build-tools.txt"
        self.tools = tools.read_text("utf-8") if tools.exists() else ""
        if self.failing == "Ctrl-C":
            raise KeyboardInterrupt
        return 3 if self.failing in command else 0


# --- Python versions


def test_run_py_can_be_read_by_python_3_6():
    ast.parse((ROOT / "run.py").read_text("utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 14), (4, 0)])
def test_other_pythons_get_one_line_with_both_versions(version, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (*version, 1, "final", 0))
    with pytest.raises(SystemExit) as stop:
        load(ROOT / "run.py")
    message = str(stop.value)
    assert "needs Python 3.11, 3.12 or 3.13, and this is {}.{}.".format(*version) in message
    assert "\n" not in message


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_supported_pythons_are_not_refused(run, version):
    assert run.refusal(version) == ""


# --- when .venv is made


def test_the_stamp_is_another_when_lock_settings_python_or_folder_change(run, monkeypatch):
    stamps = [run.wanted_stamp()]
    assert run.wanted_stamp() == stamps[0]
    run.LOCK.write_text(LOCK.replace("84", "85"), "utf-8")
    stamps.append(run.wanted_stamp())
    (run.ROOT / "pyproject.toml").write_text("", "utf-8")
    stamps.append(run.wanted_stamp())
    monkeypatch.setattr(sys, "version", "3.13.9 (other)")
    stamps.append(run.wanted_stamp())
    copy = run.ROOT.with_name("copy")
    shutil.copytree(run.ROOT, copy)
    stamps.append(load(copy / "run.py").wanted_stamp())
    assert len(set(stamps)) == 5


def test_the_environment_is_not_ready_without_python_stamp_or_packages(run, monkeypatch):
    assert not run.ready()
    run.VENV.mkdir()
    run.STAMP.write_text(run.wanted_stamp(), "utf-8")
    assert not run.ready(), "there is no Python in it"
    monkeypatch.setattr(run, "complete", lambda python: True)
    assert run.ready()
    run.STAMP.write_text(run.wanted_stamp()[:-1], "utf-8")
    assert not run.ready(), "the stamp is of another lock"


def test_the_packages_of_another_copy_of_difang_do_not_count(run):
    assert load(ROOT / "run.py").complete(sys.executable)
    assert not run.complete(sys.executable)
    assert not run.complete(str(run.ROOT / "no such python"))


def test_making_it_installs_setuptools_first_then_the_lock_then_difang(run, monkeypatch):
    run.VENV.mkdir()
    (run.VENV / "left over").touch()
    monkeypatch.setattr(run, "call", calls := Calls(run))
    run.make()
    assert not (run.VENV / "left over").exists()
    assert run.STAMP.read_text("utf-8") == run.wanted_stamp()
    create, tools, lock, difang = calls
    assert create[:4] == [run.BASE, "-m", "venv", str(run.VENV)]
    assert str(run.VENV / "build-tools.txt") in tools
    assert calls.tools.split() == [
        "setuptools==84.2.1", "\\", "--hash=sha256:bb", "\\", "--hash=sha256:cc",
    ]  # fmt: skip
    assert str(run.LOCK) in lock
    for command in (tools, lock):
        assert {str(run.PYTHON), "--require-hashes", "--no-deps"} <= set(command)
    assert {"-e", str(run.ROOT), "--no-deps", "--no-build-isolation"} <= set(difang)


def test_uv_is_used_where_it_is_with_the_index_that_pip_has(run, monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.delenv("UV_DEFAULT_INDEX", raising=False)
    monkeypatch.delenv("UV_INDEX_URL", raising=False)
    settings = "global.extra-index-url='https://b.example'\nglobal.index-url='https://a.example'\n"
    listed = SimpleNamespace(stdout=settings)
    monkeypatch.setattr(run.subprocess, "run", lambda *_, **__: listed)
    monkeypatch.setattr(run, "call", calls := Calls(run))
    run.make()
    assert all(command[0] == "/bin/uv" for command in calls)
    assert all("UV_DEFAULT_INDEX=https://a.example" in command for command in calls)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example")
    assert run.pip_index() == {}


def test_a_step_that_fails_ends_the_set_up_with_its_status_and_no_stamp(run, monkeypatch, capsys):
    run.VENV.mkdir()
    run.STAMP.write_text(run.wanted_stamp(), "utf-8")
    monkeypatch.setattr(run, "call", calls := Calls(run, failing=str(run.LOCK)))
    with pytest.raises(SystemExit) as stop:
        run.main(["report"])
    assert stop.value.code == 3
    assert len(calls) == 3
    assert not run.STAMP.exists()
    assert "the next run starts it again" in capsys.readouterr().err


def test_an_interrupted_set_up_leaves_no_stamp(run, monkeypatch):
    monkeypatch.setattr(run, "call", Calls(run, failing="Ctrl-C"))
    assert run.main(["report"]) == 130
    assert not run.STAMP.exists()


def test_a_venv_that_cannot_be_removed_is_named(run, monkeypatch, capsys):
    def refuse(path):
        raise PermissionError(13, "in use", str(path))

    run.VENV.mkdir()
    run.STAMP.write_text(run.wanted_stamp(), "utf-8")
    monkeypatch.setattr(run.shutil, "rmtree", refuse)
    assert run.main(["report"]) == 1
    assert not run.STAMP.exists(), "it may be half removed"
    assert str(run.VENV) in capsys.readouterr().err


def test_without_ensurepip_the_message_names_python3_venv(run, monkeypatch):
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="sudo apt install python3-venv"):
        run.make()
    assert not run.VENV.exists()


def test_a_second_run_waits_and_then_uses_what_the_first_has_made(run, monkeypatch, capsys):
    first = run.alone()
    first.__enter__()

    def meanwhile(seconds):
        monkeypatch.setattr(run, "ready", lambda: True)
        first.__exit__(None, None, None)

    monkeypatch.setattr(run.time, "sleep", meanwhile)
    monkeypatch.setattr(run, "call", calls := Calls(run))
    assert run.interpreter() == str(run.PYTHON)
    assert calls == []
    assert "waiting for another run" in capsys.readouterr().err


# --- conda


@pytest.mark.parametrize("whole", [True, False])
def test_an_active_conda_environment_is_used_if_it_has_all(run, monkeypatch, capsys, whole):
    monkeypatch.setenv("CONDA_PREFIX", sys.prefix)
    monkeypatch.setattr(run, "complete", lambda python: whole)
    monkeypatch.setattr(run, "ready", lambda: True)
    assert run.interpreter() == (sys.executable if whole else str(run.PYTHON))
    assert ("conda environment lacks" in capsys.readouterr().err) is not whole


def test_a_conda_environment_whose_python_is_not_running_is_left_alone(run, monkeypatch, tmp_path):
    monkeypatch.setenv("CONDA_PREFIX", str(tmp_path))
    monkeypatch.setattr(run, "complete", lambda python: True)
    monkeypatch.setattr(run, "ready", lambda: True)
    assert run.interpreter() == str(run.PYTHON)


# --- what is passed on


@pytest.fixture
def installed(run) -> ModuleType:
    """A .venv as the set-up leaves it, with a difang that tells how it was called."""
    venv.create(run.VENV, symlinks=run.os.name != "nt")
    command = [str(run.PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
    (site / "difang.pth").write_text(str(run.ROOT / "lib"), "utf-8")
    (site / "difang-1.dist-info").mkdir()
    metadata = "Metadata-Version: 2.1\nName: difang\nVersion: 1\nRequires-Dist: difang>=1\n"
    (site / "difang-1.dist-info" / "METADATA").write_text(metadata, "utf-8")
    package = run.ROOT / "lib" / "difang"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import json, os, sys\n"
        "told = [sys.argv[1:], os.getcwd(), sys.flags.utf8_mode, sys.prefix]\n"
        "print(json.dumps(told))\n"
        "sys.exit(7)\n",
        "utf-8",
    )
    run.STAMP.write_text(run.wanted_stamp(), "utf-8")
    return run


def test_a_command_keeps_its_arguments_folder_and_exit_status(installed, tmp_path):
    there = tmp_path / "my texts"
    there.mkdir()
    (there / "difang.py").write_text("raise SystemExit('not this one')", "utf-8")
    arguments = ["kwic", "经济 发展", ".", "--out", "x.csv"]
    command = [sys.executable, str(installed.ROOT / "run.py"), *arguments]
    done = subprocess.run(command, cwd=there, capture_output=True, check=False)
    assert done.stderr == b""
    assert json.loads(done.stdout) == [arguments, str(there.resolve()), 1, str(installed.VENV)]
    assert done.returncode == 7


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_is_there_before_anything_is_installed(run, capsys, arguments):
    assert run.main(arguments) == 0
    assert "python3 run.py report" in capsys.readouterr().out
    assert not run.VENV.exists()


def test_ctrl_c_leaves_the_end_to_the_command(run, monkeypatch):
    waits = iter([KeyboardInterrupt, KeyboardInterrupt, -2])

    class Process:
        def __init__(self, command, **settings): ...
        def __enter__(self):
            return self

        def __exit__(self, *error): ...
        def wait(self):
            if (outcome := next(waits)) is KeyboardInterrupt:
                raise outcome
            return outcome

    monkeypatch.setattr(run.subprocess, "Popen", Process)
    assert run.call(["difang"]) == 130  # 128 + SIGINT, as a shell says it


# --- run.py test


@pytest.fixture
def checks(run, monkeypatch):
    """Run `run.py test`, with the checks recorded instead of run."""
    monkeypatch.setattr(run, "interpreter", lambda: "python")

    def check(*arguments, failing=()):
        calls = []

        def record(python, *command, cwd):
            assert cwd == run.ROOT
            calls.append(list(command))
            return int(any(word in failing for word in command))

        monkeypatch.setattr(run, "run", record)
        return run.main(["test", *arguments]), calls

    return check


def test_the_linters_come_first_and_pytest_last_with_the_arguments(checks, capsys):
    status, calls = checks("-k", "dates", "--require-browser")
    assert status == 0
    assert [call[1] for call in calls[:3]] == ["ruff", "ruff", "mypy"]
    assert "importlinter" in calls[3][1]
    assert calls[4:] == [["-m", "pytest", *SPREAD, "-k", "dates"]]
    assert capsys.readouterr().err.endswith("difang: pytest\n"), "nothing after pytest's own words"


def test_a_check_that_fails_is_named_at_the_end_and_the_others_still_run(checks, capsys):
    status, calls = checks(failing=("mypy", "pytest"))
    assert status == 1
    assert len(calls) == 5
    assert capsys.readouterr().err.endswith("difang: failed: mypy, pytest\n")


def test_without_a_browser_one_line_says_what_is_left_out_and_how_to_have_it(
    run, checks, monkeypatch, capsys
):
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    status, calls = checks("-x")
    assert status == 0
    assert calls[4] == ["-m", "pytest", *SPREAD, "-m", "not browser", "-x"]
    told = capsys.readouterr().err.splitlines()[0]
    assert "browser tests are left out. Install one, or name it in DIFANG_BROWSER." in told


def test_without_a_browser_require_browser_fails_before_anything_runs(
    run, checks, monkeypatch, capsys
):
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    assert checks("--require-browser") == (1, [])
    assert "--require-browser asks for one" in capsys.readouterr().err


@pytest.mark.parametrize("there", ["google-chrome", "msedge", browser.PLACES[0]])
def test_a_browser_is_found_by_name_or_in_its_usual_place(monkeypatch, there):
    monkeypatch.delenv("DIFANG_BROWSER", raising=False)
    monkeypatch.setattr(browser.shutil, "which", lambda name: name if name == there else None)
    assert browser.find_browser() == there


def test_the_variable_decides_alone_which_browser_is_used(monkeypatch):
    monkeypatch.setenv("DIFANG_BROWSER", "my-browser")
    monkeypatch.setattr(browser.shutil, "which", lambda name: name)
    assert browser.find_browser() == "my-browser"
    monkeypatch.setattr(browser.shutil, "which", lambda name: name if name == "chrome" else None)
    assert browser.find_browser() is None
