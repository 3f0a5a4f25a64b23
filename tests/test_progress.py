import io
import os
import pty
import re
import subprocess
import sys

import pytest

from difang.progress import bar
from difang.project import ROOT, SEEDS

PROGRAM = (
    "import sys, pathlib, difang.project as p, difang.progress as shown;"
    "p.CACHE, shown.WAIT = pathlib.Path(sys.argv.pop(1)), 0;"
    "from difang.cli import main; sys.exit(main(sys.argv[1:]))"
)


def said(command: list[str], cache: str, reader: int, writer: int) -> str:
    """Return what a command writes beside its results."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "lib"), "DIFANG_CORES": "1"}
    program = [sys.executable, "-c", PROGRAM, cache, *command, str(SEEDS)]
    with subprocess.Popen(
        program, stderr=writer, stdout=subprocess.DEVNULL, env=environment
    ) as running:
        os.close(writer)
        with open(reader, "rb", buffering=0) as stream:
            parts = []
            try:
                while part := stream.read(65_536):
                    parts.append(part)
            except OSError:  # a terminal that nobody writes to any more
                pass
    assert running.returncode == 0
    return b"".join(parts).decode()


@pytest.mark.parametrize(
    ("command", "steps"),
    [
        ("keywords --by year", {"words, characters": None, "bounds, groups": 2}),
        ("reuse", {"passages, documents": 5, "passages compared, parts": 1}),
    ],
)
def test_a_terminal_shows_the_step_and_how_much_of_it_is_done(tmp_path, command, steps):
    shown = said(command.split(), str(tmp_path), *pty.openpty())
    assert "reading, files:" in shown
    for step, number in ({"cleaning, characters": None} | steps).items():
        told = re.findall(rf"{step}: +(\d+)%\|[^|]*\| \S+/(\S+) \[", shown)
        assert {total for _, total in told} == {str(number)} or (number is None and told), step
        done = [int(one) for one, _ in told]
        assert done[0] == 0
        assert done == sorted(done)
    left = [line.rpartition("\r")[2] for line in shown.replace("\r\n", "\n").split("\n")]
    assert not any("%|" in line for line in left)


def test_a_pipe_and_a_file_get_none_of_it(tmp_path):
    assert said(["keywords", "--by", "year"], str(tmp_path), *os.pipe()) == ""


@pytest.mark.parametrize("sizes", [[9_000] * 300 + [54_000] * 300, [54_000, 3_000, 900] * 200])
def test_the_time_left_is_told_truly_however_long_the_documents(monkeypatch, sizes):
    clock = [0.0]
    monkeypatch.setattr("tqdm.std.time", lambda: clock[0])
    monkeypatch.setattr("sys.stderr", terminal := io.StringIO())
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(terminal, "fileno", lambda: 2)
    monkeypatch.setattr("os.get_terminal_size", lambda _: (80, 24))
    for size in bar(sizes, "cleaning, characters", size=int):
        clock[0] += size / 50_000  # seconds
    told = re.findall(r"(\d+)%\|[^|]*\| \S+ \[(\d+):(\d+)<(\d+):(\d+)", terminal.getvalue())
    passed = {int(share): 60 * int(m) + int(s) for share, m, s, *_ in told}
    left = {int(share): 60 * int(m) + int(s) for share, *_, m, s in told}
    for share in (25, 50, 75):
        assert left[share] == pytest.approx(clock[0] - passed[share], rel=0.3), share
