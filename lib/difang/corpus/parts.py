"""What the reader of a format hands over: texts with what stands beside them, and problems."""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from difang.corpus.decoding import UnreadableError

# What readers of formats are known to raise when a file is damaged.
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError,
    SyntaxError, TypeError, ValueError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


class Given(NamedTuple):
    """One value of metadata that stands beside the text: field, value, where it was found."""

    field: str
    value: str
    where: str


FAULT = "difang failed on this document"  # how such a reason begins


class Skipped(NamedTuple):
    """A file (or a part of one) that was not read, or is read with a doubt."""

    path: str
    reason: str
    what_to_do: str


class Part(NamedTuple):
    """One text of a file: the text, the codec or format it was read from, and its metadata.

    `fields` stand at the place named `where`; `raw[body:]` follows a head that is no text; `row`
    tells the texts of one file apart (with the name of the sheet where a file has several).
    """

    raw: str
    encoding: str
    fields: Mapping[str, str] = {}
    where: str = ""
    body: int = 0
    row: str = ""


class Problem(NamedTuple):
    """A part of a file that was not read or is doubtful: the reason, what to do, and the row."""

    reason: str
    what_to_do: str
    row: str = ""


class FormatError(UnreadableError):
    """A file that is not what its name says, or that its format does not let us read."""

    def __init__(self, reason: str, what_to_do: str) -> None:
        super().__init__(reason)
        self.what_to_do = what_to_do


@contextmanager
def damaged(format: str, *more: type[Exception]) -> Iterator[None]:
    """Turn what a reader raises on a damaged file into one clear line."""
    try:
        yield
    except UnreadableError:
        raise
    except _DAMAGE + more as error:
        said = " ".join(str(error).split())[:200] or type(error).__name__
        reason = f"The file is damaged: it cannot be read as {format} ({said})."
        raise FormatError(reason, "Obtain it again, or open it and save it anew.") from error
