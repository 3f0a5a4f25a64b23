"""Runs the numbered notebooks on a corpus and writes one HTML report each, and an index.

In go notebooks and settings, out comes one `Outcome` a notebook. A notebook that fails is named
with its cell and error, its old report goes, and the others still run. Each has a kernel of its
own, so that several may run at once and print the same.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TextIO

import nbformat
import psutil

from difang import cores, project
from difang.errors import DifangError
from difang.reports import index, settings
from difang.reports.html import export, write_whole
from difang.reports.kernel import CellError, execute, loop
from difang.reports.language import LANGUAGE, translate
from difang.reports.outputs import beside
from difang.writing import make_folder, whole

Progress = Callable[[str, int, int | None], None]
BAR_WIDTH = 24
PATIENCE = 10  # seconds in which an interrupted notebook ends its kernel
LEAST, EACH = 4e8, 100  # bytes of memory that a kernel takes: of itself, and for each character


class UnknownNotebookError(DifangError):
    """A notebook that is not there, or cannot be read."""


@dataclass(frozen=True)
class Outcome:
    """How one notebook ended: a `report`, or an `error` that names the cell.

    `said` is what the kernel itself wrote on stderr, which does not stand in the report.
    """

    notebook: Path
    report: Path | None
    error: str = ""
    said: str = ""


def numbered(folder: Path = project.NOTEBOOKS) -> list[Path]:
    """List the notebooks of `folder` that begin with two digits and a hyphen, in order."""
    return sorted(folder.glob("[0-9][0-9]-*.ipynb"))


def run_reports(
    notebooks: Sequence[Path],
    out: Path,
    values: Mapping[str, object],
    *,
    only: Sequence[str] | None = None,
    progress: Progress | None = None,
    notes: Sequence[str] = (),
    at_once: int = 1,
    language: str = LANGUAGE,
) -> list[Outcome]:
    """Run `notebooks` in order; write ``out/<name>.html`` for each, and ``out/index.html``.

    Tables that a report shows in part stand in full in ``out/<name>/``, as CSV (UTF-8 with BOM).

    Parameters
    ----------
    notebooks : sequence of paths
        Such as `numbered()` gives.
    out : Path
        Folder of the reports; made if need be.
    values : mapping name → value
        Settings, put in after the cell tagged ``parameters`` of each notebook that assigns the
        name there. A Path is made absolute, since notebooks run in the project's folder.
    only : sequence of str, optional
        Beginnings of names (``"03"``): run these alone. Reports of earlier runs stay, and the
        index says that they are of an earlier run.
    progress : function of (name, cells, cells done), optional
        Called at the start of a notebook, after each cell, and with None at its end, be it a good
        one or not; see `terminal_progress`.
    notes : sequence of str, optional
        Warnings for the top of the index, such as "2 files were not read".
    at_once : int, default 1
        Notebooks that may run at the same time; see `room_for`.
    language : {"en", "zh"}
        What the reports are written in; by default that of this process.

    Returns
    -------
    list of Outcome, one a notebook that was to run, in order

    Raises
    ------
    UnknownNotebookError
        `only` names none, or a notebook cannot be read.
    UnknownSettingError
        None of the notebooks chosen has a setting of that name.
    """
    sources = {path: _read(path) for path in _chosen(notebooks, only)}
    known = [settings.names(source) for source in sources.values()]
    settings.require_known(values, set().union(*known))
    make_folder(out)
    for path, source in sources.items():
        translate(source, path.stem, language)
        settings.inject(source, values)
    with loop() as waiting:
        outcomes = waiting.run(_run_all(sources, out, progress, at_once))
    index.write(
        out,
        fresh=[outcome.report for outcome in outcomes if outcome.report],
        failures={outcome.notebook.stem: outcome.error for outcome in outcomes if outcome.error},
        notes=notes,
        language=language,
    )
    return outcomes


def room_for(characters: int) -> int:
    """Say how many notebooks may run at once on texts so long: cores and memory decide."""
    fit = psutil.virtual_memory().available / (LEAST + EACH * characters)
    return max(1, min(cores.most(), int(fit)))


def terminal_progress(stream: TextIO) -> Progress:
    """Make a progress that is a bar on a terminal, and elsewhere a line a finished notebook."""
    started, bars = time.monotonic(), dict[str, str]()

    def tell(name: str, cells: int, done: int | None) -> None:
        if done is not None:
            bar = "█" * (BAR_WIDTH * done // max(cells, 1))
            bars[name] = f"\r\x1b[K{bar:░<{BAR_WIDTH}} {name}: {done} of {cells} cells"
        if stream.isatty():
            stream.write(bars[name] + "\n" * (done is None))
        elif done is None:
            stream.write(f"{name}: {time.monotonic() - started:.0f} s\n")
        stream.flush()

    return tell


def _chosen(notebooks: Sequence[Path], only: Sequence[str] | None) -> list[Path]:
    wanted = tuple(only or [""])
    for name in wanted:
        if not any(path.stem.startswith(name) for path in notebooks):
            there = ", ".join(path.stem for path in notebooks)
            raise UnknownNotebookError(
                f"Cannot run notebook {name!r}. The notebooks are: {there or 'none'}. "
                "Name one by its number, such as 03."
            )
    return [path for path in notebooks if path.stem.startswith(wanted)]


def _read(path: Path) -> nbformat.NotebookNode:
    try:
        notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)
    except (OSError, ValueError) as problem:
        raise UnknownNotebookError(
            f"Cannot read the notebook {path.name}. It is missing or damaged "
            f"({type(problem).__name__}). Restore it, for instance from git."
        ) from problem
    return notebook


async def _run_all(
    sources: Mapping[Path, nbformat.NotebookNode],
    out: Path,
    progress: Progress | None,
    at_once: int,
) -> list[Outcome]:
    """Begin the notebooks in order, each as soon as fewer than `at_once` run."""
    room = asyncio.Semaphore(at_once)

    async def run(path: Path, source: nbformat.NotebookNode) -> Outcome:
        async with room:
            return await _run(path, source, out, progress)

    runs = [asyncio.create_task(run(*one)) for one in sources.items()]
    try:
        if runs:
            await asyncio.wait(runs, return_when=asyncio.FIRST_EXCEPTION)
        return await asyncio.gather(*runs)
    finally:
        await _end(runs)


async def _end(runs: Sequence[asyncio.Task[Outcome]]) -> None:
    """Cancel what runs until it has ended: a cell that just ends can swallow it.

    What is being cancelled is left to end its kernel, which cancelling again would stop.
    """
    for run in runs:
        if not run.cancelling():
            run.cancel()
    while going := [run for run in runs if not run.done()]:
        await asyncio.wait(going, timeout=PATIENCE)
        for run in going:
            run.cancel()


async def _run(
    path: Path, notebook: nbformat.NotebookNode, out: Path, progress: Progress | None
) -> Outcome:
    """Run one notebook and write its report, whole or not at all."""
    said, error = "", ""
    tell = partial(progress or (lambda *_: None), path.stem, len(notebook.cells))
    report = out / f"{path.stem}.html"
    tell(0)
    try:
        said = await execute(notebook, tick=tell)
        _write_tables(out / path.stem, beside(notebook, path.stem))
        write_whole(report, export(notebook, folder=path.parent))
    except CellError as problem:
        error = f"{_place(notebook, problem.position)}: {problem}"
    except (DifangError, OSError) as problem:  # OSError: no room for the files of the kernel
        error = str(problem)
    finally:
        tell(None)
    if error:
        with suppress(OSError):
            report.unlink()  # an earlier one would be taken for the outcome of this run
    return Outcome(path, None if error else report, error, said)


def _write_tables(folder: Path, tables: Mapping[str, str]) -> None:
    """Write the tables that a report shows in part; those of an earlier run go."""
    for old in folder.glob("table-*.csv"):
        old.unlink()
    for name, csv in tables.items():
        make_folder(folder)
        with whole(folder.parent / name) as part:
            part.write_text(csv, encoding="utf-8-sig", errors="backslashreplace", newline="")


def _place(notebook: nbformat.NotebookNode, position: int) -> str:
    """Name the cell at `position` as its author counts, from 1, with its first line."""
    before = notebook.cells[: position + 1]
    number = sum(settings.INJECTED not in cell.metadata.get("tags", []) for cell in before)
    return f"cell {number} ({notebook.cells[position].source.strip().splitlines()[0]})"
