import math
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from difang import cores

LONG = 1e9  # seconds of work


@pytest.fixture(params=["fork", "spawn"])
def start(request):
    if request.param not in multiprocessing.get_all_start_methods():
        pytest.fail(f"{request.param} is no way to start a process here")
    before = multiprocessing.get_start_method()
    multiprocessing.set_start_method(request.param, force=True)
    yield request.param
    multiprocessing.set_start_method(before, force=True)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_results_come_in_the_order_of_the_pieces(start, count):
    pieces = [20_000, 3, 5_000, *range(60)]
    assert list(cores.spread(math.factorial, pieces, count)) == [*map(math.factorial, pieces)]


def test_an_error_in_a_piece_is_told_and_no_process_stays(start):
    with pytest.raises(ValueError, match="negative"):
        list(cores.spread(math.factorial, [1, 2, -1, 3, 4], 2))
    assert multiprocessing.active_children() == []


def test_who_takes_only_some_results_leaves_no_process():
    results = cores.spread(math.factorial, range(1000), 2)
    assert next(results) == 1
    results.close()
    assert multiprocessing.active_children() == []


def test_pieces_are_taken_as_they_are_needed():
    taken = []
    results = cores.spread(math.factorial, (taken.append(i) or i for i in range(1000)), 2)
    next(results)
    assert len(taken) < 20
    results.close()


def test_what_a_killed_process_was_to_do_is_done_all_the_same():
    here = os.getpid()

    def tool(piece):
        if piece == 7 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return -piece

    assert list(cores.spread(tool, range(50), 2)) == [-i for i in range(50)]


def test_the_setting_says_how_many(monkeypatch):
    monkeypatch.setenv("DIFANG_CORES", "3")
    assert cores.workers(LONG) == 3
    monkeypatch.setenv("DIFANG_CORES", "1")
    assert cores.workers(LONG) == 1
    monkeypatch.delenv("DIFANG_CORES")
    assert cores.workers(LONG) == len(os.sched_getaffinity(0))


def test_little_work_starts_no_process(monkeypatch):
    monkeypatch.setenv("DIFANG_CORES", "8")
    assert cores.workers(0) == cores.workers(0.1) == 1
    assert cores.workers(1) < 8


@pytest.mark.parametrize("told", ["0", "-1", "two", "1.5"])
def test_a_setting_that_is_no_number_of_cores_is_named(monkeypatch, told):
    monkeypatch.setenv("DIFANG_CORES", told)
    with pytest.raises(cores.CoresError, match=rf"DIFANG_CORES='{told}'.*number from 1"):
        cores.workers(0)


def test_a_worker_and_a_thread_start_no_processes(monkeypatch):
    monkeypatch.setenv("DIFANG_CORES", "4")
    assert list(cores.spread(cores.workers, [LONG], 2)) == [1]
    found = []
    thread = threading.Thread(target=lambda: found.append(cores.workers(LONG)))
    thread.start()
    thread.join()
    assert found == [1]


SCRIPT = """
    import os, signal, time
    from difang import cores
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in jobs of the background

    def tool(piece):
        os.write(1, f"{os.getpid()}\\n".encode())
        time.sleep(piece)

    list(cores.spread(tool, [0, 0, *[0.5] * 100], 2))
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_the_run_ends_its_processes(how):
    code = textwrap.dedent(SCRIPT)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        helpers = {int(run.stdout.readline()) for _ in range(4)}
        run.send_signal(how)
        run.wait(timeout=60)
        rest, told = run.communicate(timeout=60)
    helpers |= {int(line) for line in rest.split()}
    assert run.returncode != 0 and told.count("Traceback") <= 1
    ends = time.monotonic() + 30
    while any(map(_lives, helpers)) and time.monotonic() < ends:
        time.sleep(0.05)
    assert not any(map(_lives, helpers))


def _lives(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_script_without_a_guard_is_not_run_again(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import multiprocessing\n"
        "from difang import cores\n"
        "multiprocessing.set_start_method('spawn')\n"
        "print(cores.workers(1e9))\n",
        "utf-8",
    )
    environment = {key: value for key, value in os.environ.items() if key != cores.SETTING}
    run = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=False, env=environment
    )
    assert (run.stdout, run.stderr) == ("1\n", "")
