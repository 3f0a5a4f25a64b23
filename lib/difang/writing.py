"""Files written whole or not at all, whatever happens meanwhile."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from difang.errors import DifangError


class OutputError(DifangError):
    """A file or folder that cannot be written."""


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it, if it is not there.

    Raises
    ------
    OutputError
        It cannot be made; the message names it and the cause.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"Cannot make the folder {str(folder)!r}: {error.strerror}. Name another with --out."
        ) from error


def require_csv(path: Path) -> None:
    """Raise OutputError if no file of that name can be written, or none that is known as CSV."""
    fault = "its folder is not there" if not path.parent.is_dir() else ""
    if path.suffix.lower() != ".csv":
        fault = "the table is written as CSV, and the name does not end in .csv"
    elif path.exists() and not path.is_file():
        fault = "it is there, and is not a file"
    if fault:
        raise OutputError(f"Cannot write {str(path)!r}: {fault}. Name another place with --out.")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a place beside `path` to write to; what stands there takes its name at the end.

    If the block ends by an error or an interrupt, `path` is as it was, and nothing lies beside it.

    Raises
    ------
    OutputError
        The file cannot be written (no folder, no rights, a full disk), or is not a regular file.
    """
    target = Path(os.path.realpath(path))  # what a link points to, not the link
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file():
            raise OSError(0, "it is there, and is not a file")
        yield part
        os.replace(part, target)
    except OSError as error:
        raise OutputError(
            f"Cannot write {str(path)!r}: {error.strerror or error}. "
            "Free the disk, or name another place with --out."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()
