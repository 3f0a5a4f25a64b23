"""How many cores to use, and work spread over them by processes.

In go a tool and pieces of work, out come its results in the order of the pieces, the same for any
number of cores. The environment variable DIFANG_CORES sets the number; 1 starts no process.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

from difang.errors import DifangError

SETTING = "DIFANG_CORES"
PAYS = {"fork": 0.3, "forkserver": 4.0, "spawn": 4.0}  # seconds of work that pay for one worker
AHEAD = 3  # pieces a worker may be given before the first of them is taken

Piece = TypeVar("Piece")
Result = TypeVar("Result")
_tool: ContextVar[Callable[[Any], Any]] = ContextVar("the tool of this worker")


class CoresError(DifangError):
    """A number of cores that is none."""


def workers(seconds: float) -> int:
    """Return how many processes are worth starting for so many seconds of work; 1 is none.

    Raises
    ------
    CoresError
        DIFANG_CORES is set, and not to a number above 0.
    """
    told = _told()
    if seconds < 2 * min(PAYS.values()) or _is_helper():
        return 1
    start = multiprocessing.get_start_method()
    if not told and start != "fork" and _would_run_again():
        return 1
    return max(1, min(most(), int(seconds / PAYS[start])))


def most() -> int:
    """Return how many processes there may be at most: DIFANG_CORES, or the cores of the machine."""
    return _told() or _cores()


def spread(
    tool: Callable[[Piece], Result], pieces: Iterable[Piece], count: int
) -> Iterator[Result]:
    """Yield what the tool makes of each piece, in their order, by so many processes.

    Pieces are taken as they are needed. The tool must not change; with "spawn" it is pickled. The
    work of a process that was killed is done here. Whatever ends this run ends the processes.
    """
    if count == 1:
        yield from map(tool, pieces)
        return
    pool = ProcessPoolExecutor(count, initializer=_begin, initargs=(tool,))
    waiting: deque[tuple[Piece, Callable[[], Result]]] = deque()
    try:
        for piece in pieces:
            waiting.append((piece, _ask(pool, tool, piece)))
            if len(waiting) > AHEAD * count:
                yield _answer(tool, *waiting.popleft())
        while waiting:
            yield _answer(tool, *waiting.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _ask(
    pool: ProcessPoolExecutor, tool: Callable[[Piece], Result], piece: Piece
) -> Callable[[], Result]:
    try:
        return pool.submit(_use, piece).result
    except BrokenProcessPool:
        return partial(tool, piece)


def _answer(tool: Callable[[Piece], Result], piece: Piece, answer: Callable[[], Result]) -> Result:
    try:
        return answer()
    except BrokenProcessPool:
        return tool(piece)


def _begin(tool: Callable[[Any], Any]) -> None:
    """Make a process ready: Ctrl-C is for the one that started it, whose end is its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(
        target=_end_with, args=(multiprocessing.parent_process(),), daemon=True
    ).start()
    _tool.set(tool)


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _use(piece: Any) -> Any:
    return _tool.get()(piece)


def _told() -> int:
    told = os.environ.get(SETTING, "").strip()
    if told and not (told.isdecimal() and int(told)):
        raise CoresError(
            f"Cannot use {SETTING}={told!r} cores. This machine has {_cores()}. "
            "Set it to a number from 1, or leave it out to use them all."
        )
    return int(told or 0)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _is_helper() -> bool:
    """Say whether others spread their work already: a worker, of Dask or ours, or a thread."""
    main = threading.current_thread() is threading.main_thread()
    return multiprocessing.parent_process() is not None or not main


def _would_run_again() -> bool:
    """Say whether a new process would run the user's script anew, which none may expect."""
    main = sys.modules["__main__"]
    return hasattr(main, "__file__") and getattr(main, "__spec__", None) is None
