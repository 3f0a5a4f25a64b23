"""Runs one notebook, in a kernel of the Python that runs difang, from the project's folder.

In goes a notebook as read, out comes the same notebook with its outputs; a cell that fails is
told by its number. No kernel needs to be registered anywhere, and none is left behind.
"""

import asyncio
import contextlib
import os
import sys
import tempfile
from collections.abc import Callable
from typing import IO

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from difang import project
from difang.errors import DifangError
from difang.reports.language import SETTING, spoken

CELL_SECONDS = 4 * 3600  # a hundred thousand documents take long; a cell that hangs ends
START_SECONDS = 180
ENVIRONMENT = {
    "PYTHONUTF8": "1",
    "PYTHONHASHSEED": "0",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
HARMLESS = ("Kernel is running over TCP without encryption", "Proactor event loop")


class CellError(DifangError):
    """A cell of a notebook that failed; `position` is its place in the list of cells."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


class ThisPython(KernelSpecManager):
    """Knows one kernel: the Python that runs now."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Tell how to start it, whatever the name asked for."""
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


def loop() -> asyncio.Runner:
    """Make what kernels are waited for with; on Windows the default could not wait for zmq."""
    return asyncio.Runner(loop_factory=asyncio.SelectorEventLoop)


async def execute(notebook: NotebookNode, *, tick: Callable[[int], None]) -> str:
    """Run the cells of `notebook` in place; give back what the kernel itself said on stderr.

    `tick` is called with the number of cells done. Interrupting ends the kernel too.
    It waits on a `loop`, on which other kernels may run beside.

    Raises
    ------
    CellError
        A cell failed, hung, or ended the kernel; or Python did not start.
    """
    with tempfile.TemporaryFile() as said:
        await _execute(notebook, tick, said)
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").splitlines()
    return "\n".join(line for line in lines if not any(known in line for known in HARMLESS))


async def _execute(notebook: NotebookNode, tick: Callable[[int], None], said: IO[bytes]) -> None:
    manager = AsyncKernelManager(kernel_spec_manager=ThisPython())
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=CELL_SECONDS,
        startup_timeout=START_SECONDS,
        record_timing=False,
        coalesce_streams=True,
    )
    try:
        await _start(client, said)
        for position, cell in enumerate(notebook.cells):
            await _execute_cell(client, cell, position)
            tick(position + 1)
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
        with contextlib.suppress(RuntimeError):  # "No kernel is running": it died, or never was
            await manager.shutdown_kernel(now=True)


async def _start(client: NotebookClient, said: IO[bytes]) -> None:
    environment = {**os.environ, **ENVIRONMENT, SETTING: spoken(client.nb)}
    try:
        await client.async_start_new_kernel(cwd=str(project.ROOT), env=environment, stderr=said)
        await client.async_start_new_kernel_client()
    except RuntimeError as problem:
        said.seek(0)
        last = said.read().decode("utf-8", "replace").strip().splitlines()[-1:]
        message = f"Python did not start, and said: {' '.join(last)}. Make the environment anew."
        raise CellError(message, 0) from problem


async def _execute_cell(client: NotebookClient, cell: NotebookNode, position: int) -> None:
    try:
        await client.async_execute_cell(cell, position)
    except CellExecutionError as problem:
        raise CellError(f"{problem.ename}: {problem.evalue}", position) from problem
    except CellTimeoutError as problem:
        raise CellError(f"it took longer than {CELL_SECONDS / 3600:g} hours", position) from problem
    except DeadKernelError as problem:
        task = asyncio.current_task()
        if task is not None and task.cancelling():  # nbclient takes an interrupt for a death
            raise asyncio.CancelledError from problem
        raise CellError("it ended Python itself (out of memory?)", position) from problem
