"""Which files of a folder may be documents, and the names they go by; those left out say why."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from difang.corpus.formats import suffix
from difang.corpus.tables import TABLES

METADATA = "metadata"  # the name, without suffix, of a table of metadata
NO_DOCUMENTS = ("readme", "license", "licence")  # names up to the first dot
HIDDEN = (".", "~$", "__MACOSX")  # so begin the names of files that programs keep for themselves
_SAVED = re.compile(r"(.+)(?:_files|\.files)")  # what a browser saves beside a page
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\\]")

Refusal = tuple[str, str]  # why a file is not read, and what to do


def list_files(folder: Path) -> Iterator[tuple[Path, Refusal | None]]:
    """Yield each file below a folder, or the file itself and the metadata beside it, that counts.

    A folder that is not entered is yielded with the reason.
    """
    if not folder.is_dir():
        beside = (path for path in folder.parent.glob("*") if is_metadata(path.name))
        yield from ((path, None) for path in {folder, *beside})
        return
    errors: list[OSError] = []
    for here, folders, names in os.walk(folder, onerror=errors.append):
        seen = [name for name in folders if not name.startswith(HIDDEN)]
        refused = {n: refusal for n in seen if (refusal := _refusal(Path(here, n), names))}
        folders[:] = [name for name in seen if name not in refused]
        yield from ((Path(here, name), refusal) for name, refusal in refused.items())
        yield from ((Path(here, name), None) for name in names if not is_no_document(name))
    for error in errors:
        yield Path(error.filename), (f"{error.strerror or 'Not readable'}.", "Check its rights.")


def is_no_document(name: str) -> bool:
    """Return whether a file, or a member of an archive, is hidden or tells about the others."""
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith(HIDDEN) for part in parts)
    return hidden or parts[-1].lower().split(".")[0] in NO_DOCUMENTS


def is_metadata(name: str) -> bool:
    """Return whether a file is a table of metadata by its name, such as metadata.csv."""
    path = PurePosixPath(name.lower())
    return path.stem == METADATA and suffix(path.name) in TABLES


def shown(name: str) -> str:
    """Spell out in hex what cannot be printed: control characters, bytes that are not UTF-8."""
    plain = _UNPRINTABLE.sub(lambda match: f"\\x{ord(match[0]):02x}", name)
    return os.fsencode(plain).decode("utf-8", "backslashreplace")


def _refusal(path: Path, beside: Sequence[str]) -> Refusal | None:
    """Say why a folder is not entered; None if it is."""
    if path.is_symlink():
        return "A link to a folder is not followed.", "Copy the folder there."
    page = _SAVED.fullmatch(path.name)
    if page and {f"{page[1]}.html", f"{page[1]}.htm"} & set(beside):
        return "What a browser saved beside a page is not read.", "Nothing, if the page is whole."
    return None
