#!/usr/bin/env python3
"""Run difang; the first run makes the environment it needs, in .venv.

python3 run.py report [FOLDER]  run the notebooks on FOLDER (default: seeds/), write HTML reports
python3 run.py lab              open the notebooks in JupyterLab
python3 run.py COMMAND ...      any other command of difang; COMMAND --help tells its options
python3 run.py test ...         check the project; what follows goes to pytest, apart from
                                --require-browser: a missing browser is a failure

On Windows: py run.py report. Inside a conda environment made from environment.yml, that is used.
"""

import contextlib
import hashlib
import importlib.util
import os
import re
import runpy
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path


def refusal(version: "Sequence[int]") -> str:
    """Say in one line why this Python will not do; empty if it will."""
    if (3, 11) <= tuple(version[:2]) < (3, 14):
        return ""
    return (
        "difang: needs Python 3.11, 3.12 or 3.13, and this is {}.{}. Run it with one of these "
        "(such as: python3.13 run.py report), or in a conda environment made from environment.yml."
    ).format(*version)


if refusal(sys.version_info[:2]):  # up to here, and as far as syntax goes, all runs on Python 3.6
    sys.exit(refusal(sys.version_info[:2]))

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock.txt"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / ".installed"  # written last: without it, or with another text, .venv is made anew
BASE = getattr(sys, "_base_executable", sys.executable)  # the Python outside, also within .venv
COMPLETE = r"""
import importlib.metadata, importlib.util, pathlib, re, sys
for needed in importlib.metadata.requires("difang"):
    importlib.metadata.version(re.match(r"[\w.-]+", needed)[0])
package = pathlib.Path(importlib.util.find_spec("difang").origin).resolve()
sys.exit(pathlib.Path(sys.argv[1]) not in package.parents)
"""
CHECKS = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
}


def say(message: str) -> None:
    """Tell what is going on, on the error stream: the other one belongs to the command."""
    print(f"difang: {message}", file=sys.stderr, flush=True)


def call(command: Sequence[str], cwd: Path | None = None, **variables: str) -> int:
    """Run a command to its end, with `variables` added to the environment; return its status."""
    environment = {**os.environ, **variables}
    with subprocess.Popen(command, cwd=cwd, env=environment, close_fds=False) as process:
        while True:
            with contextlib.suppress(KeyboardInterrupt):  # it was told as well, and decides
                status = process.wait()
                return status if status >= 0 else 128 - status


def in_conda() -> bool:
    """Tell whether this is the Python of the conda environment that is active."""
    prefix = os.environ.get("CONDA_PREFIX")
    return bool(prefix) and os.path.realpath(str(prefix)) == os.path.realpath(sys.prefix)


def complete(python: str) -> bool:
    """Tell whether this Python starts and has the difang of this folder and all it requires."""
    with contextlib.suppress(OSError):
        command = [python, "-I", "-c", COMPLETE, str(ROOT)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return False


def wanted_stamp() -> str:
    """Hash what .venv depends on: the lock, the project's settings, this Python, this folder."""
    settings = (ROOT / "pyproject.toml").read_bytes()
    parts = (LOCK.read_bytes(), settings, sys.version.encode(), os.fsencode(ROOT))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def ready() -> bool:
    """Tell whether .venv is whole and made from the present lock."""
    stamped = STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted_stamp()
    return stamped and complete(str(PYTHON))


def locked(number: int) -> bool:
    """Try to lock an open file for this process; the system unlocks it when it is closed."""
    with contextlib.suppress(BlockingIOError, PermissionError):  # another run has it
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Keep two runs from making .venv at the same time: the second waits for the first."""
    with open(ROOT / ".venv.lock", "a", encoding="utf-8") as file:
        os.set_inheritable(file.fileno(), True)  # an installer that outlives its run keeps the lock
        if not locked(file.fileno()):
            say("waiting for another run, which is making the environment")
            while not locked(file.fileno()):
                time.sleep(0.5)
        yield


def pip_index() -> dict[str, str]:
    """Give uv the package index (mirror) that pip is set to use: uv does not read pip's files."""
    listed = subprocess.run([BASE, "-m", "pip", "config", "list"], capture_output=True, text=True)
    found = re.findall(r"^\S+\.index-url='(.+)'$", listed.stdout, flags=re.MULTILINE)
    own = {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(os.environ)
    return {"UV_DEFAULT_INDEX": found[0]} if found and not own else {}


def steps(uv: str | None, tools: Path) -> list[list[str]]:
    """List the commands that fill .venv: setuptools first, since jieba is built with it."""
    if uv:
        create = [uv, "venv", "--quiet", "--python", BASE, str(VENV)]
        install = [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    else:
        create = [BASE, "-m", "venv", str(VENV)]
        install = [str(PYTHON), "-m", "pip", "install", "-qq"]
    install += ["--no-deps", "--no-build-isolation"]
    hashed = [*install, "--require-hashes", "-r"]
    return [create, [*hashed, str(tools)], [*hashed, str(LOCK)], [*install, "-e", str(ROOT)]]


def make() -> None:
    """Make .venv from the lock; end the program with a message if that cannot be done."""
    uv = shutil.which("uv")
    if not uv and not importlib.util.find_spec("ensurepip"):
        sys.exit(
            "difang: this Python cannot make environments. On Debian and Ubuntu: "
            "sudo apt install python3-venv. Or use conda: conda env create -f environment.yml"
        )
    duration = "a minute at most with uv" if uv else "two minutes or more with pip"
    say(f"making the environment in {VENV}, once ({duration}, by the network; 1.3 GB)")
    if VENV.exists():
        STAMP.unlink(missing_ok=True)
        shutil.rmtree(VENV)
    tools, lock = VENV / "build-tools.txt", LOCK.read_text(encoding="utf-8")
    variables = {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    variables.update(pip_index() if uv else {})
    for command in steps(uv, tools):
        status = call(command, Path(ROOT.anchor), **variables)  # away from [tool.uv] of the project
        if status:
            say("the environment could not be finished (see above); the next run starts it again")
            sys.exit(status)
        tools.write_text("".join(re.findall(r"(?m)^setuptools==.*(?:\n .*)*", lock)), "utf-8")
    STAMP.write_text(wanted_stamp(), encoding="utf-8")


def interpreter() -> str:
    """Choose the Python to run with: the conda environment's, or .venv's, made where needed."""
    if in_conda():
        if complete(sys.executable):
            return sys.executable
        say("this conda environment lacks what difang needs: .venv is used instead")
    if not ready():
        with alone():
            if not ready():  # another run may have made it meanwhile
                make()
    return str(PYTHON)


def run(python: str, *arguments: str, cwd: Path | None = None) -> int:
    """Run Python with the environment's programs on PATH, in UTF-8, without the user's packages."""
    path = os.path.dirname(python) + os.pathsep + os.environ.get("PATH", os.defpath)
    return call([python, *arguments], cwd, PATH=path, PYTHONUTF8="1", PYTHONNOUSERSITE="1")


def test(python: str, arguments: Sequence[str]) -> int:
    """Run the linters, then pytest, whose closing line stays the last one unless a check failed."""
    options = [argument for argument in arguments if argument != "--require-browser"]
    if not runpy.run_path(str(ROOT / "tests" / "browser.py"))["find_browser"]():
        required = len(options) < len(arguments)
        outcome = "--require-browser asks for one" if required else "browser tests are left out"
        say(f"no Chromium, Chrome or Edge: {outcome}. Install one, or name it in DIFANG_BROWSER.")
        if required:
            return 1
        options = ["-m", "not browser", *options]
    spread = ("-n", "auto", "--dist", "loadfile")  # on all cores, the tests of a file on one
    checks = {**CHECKS, "pytest": ("-m", "pytest", *spread, *options)}
    failed = []
    for name in checks:
        say(name)
        if run(python, *checks[name], cwd=ROOT):
            failed.append(name)
    if failed:
        say("failed: " + ", ".join(failed))
    return int(bool(failed))


def main(arguments: Sequence[str]) -> int:
    """Run one command in the environment; return its exit status."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0
    try:
        python = interpreter()
    except OSError as error:
        say(f"cannot make {VENV}: {error}. Close what uses it, or remove it, and run this again.")
        return 1
    except KeyboardInterrupt:
        say("stopped; the next run starts the environment again")
        return 130
    if arguments[0] == "test":
        return test(python, arguments[1:])
    return run(python, "-P", "-m", "difang", *arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
