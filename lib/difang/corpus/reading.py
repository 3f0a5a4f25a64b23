"""Files to raw documents: a folder goes in, one raw document a text comes out.

What is no document is told apart (README, LICENSE, tables named metadata, hidden files); what could
not be read is listed with its reason and what to do about it. No single bad file raises anything.
"""

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from difang.corpus import formats
from difang.corpus.archives import DEPTH, Budget, gunzip, members
from difang.corpus.decoding import UnreadableError, readable
from difang.corpus.parts import Part
from difang.corpus.tables import KEY_COLUMNS, TEXT_COLUMNS, read_table
from difang.corpus.tables import READERS as TABLES
from difang.errors import DifangError

METADATA = "metadata"  # the name, without suffix, of a table of metadata
NO_DOCUMENTS = ("readme", "license", "licence", "")  # names up to the first dot; "" is hidden
_HIDDEN = (".", "~$", "__MACOSX")
_SAVED = re.compile(r"(.+)(?:_files|\.files)")  # what a browser saves beside a page
_SHOWN = 5  # names of files told of those that a table of metadata names and that are not there
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\\]")


class Given(NamedTuple):
    """One value of metadata that stands beside the text: field, value, where it was found."""

    field: str
    value: str
    where: str


class Skipped(NamedTuple):
    """A file (or a part of one) that was not read, or is read with a doubt."""

    path: str
    reason: str
    what_to_do: str


@dataclass(frozen=True)
class RawDocument:
    """A text as obtained, with the file it came from; `raw[body:]` follows a YAML head, if any.

    `path` is that of the file below the folder; of a member of an archive `archive.zip/member`.
    `sha256` is the hash of the file's bytes, of a row of a table that of its text. `encoding` is
    the codec of a text, .csv or .jsonl file; `html:codec` of a page; else the format.
    """

    doc_id: str
    path: str
    raw: str
    sha256: str
    encoding: str
    given: tuple[Given, ...] = ()
    body: int = 0


class _Note(NamedTuple):
    """A row of a table of metadata: the table, the row, the document it names, what it says."""

    table: str
    row: str
    document: str
    given: tuple[Given, ...]


_Item = RawDocument | Skipped | _Note


class CorpusNotFoundError(DifangError, FileNotFoundError):
    """The folder named as the corpus is not there."""


def read_folder(
    folder: Path, *, text_column: str | None = None
) -> tuple[list[RawDocument], list[Skipped]]:
    """Read every document below a folder (or the one file named), in the order of their paths.

    Reads .txt .md .html .docx .pdf, tables (.csv .xlsx .jsonl .parquet: one document a row), and
    .zip and .gz of these. A table named `metadata` gives metadata to the files beside and below it.

    Parameters
    ----------
    folder : Path
        The folder, or one file.
    text_column : str, optional
        The column of tables that holds the text; else `text`, `full_text`, `content` or `正文`.

    Raises
    ------
    CorpusNotFoundError
        There is no such folder or file.
    """
    if not folder.exists():
        raise CorpusNotFoundError(
            f"Cannot read the corpus {str(folder)!r}. There is no such folder or file. "
            "Name a folder that holds texts, such as .txt, .html, .docx, .pdf or .csv."
        )
    root = folder if folder.is_dir() else folder.parent
    columns = (text_column,) if text_column else TEXT_COLUMNS
    skipped: list[Skipped] = []
    paths = sorted((_name(path, root), path) for path in _files(folder, skipped))
    found = [item for name, path in paths for item in _read(name, path, columns)]
    documents = _distinct([item for item in found if isinstance(item, RawDocument)])
    skipped += [item for item in found if isinstance(item, Skipped)]
    notes = [item for item in found if isinstance(item, _Note)]
    documents, unknown = _with_notes(documents, notes)
    # of a single file, the rows on other files say nothing
    return documents, [*skipped, *(unknown if folder == root else [])]


def _files(folder: Path, skipped: list[Skipped]) -> Iterator[Path]:
    """Yield the files that may be documents or metadata; list the folders not entered."""
    if not folder.is_dir():
        yield folder
        yield from (path for path in folder.parent.iterdir() if _is_metadata(path.name))
        return

    def refuse(path: str | Path, reason: str, what: str = "Check its rights.") -> None:
        skipped.append(Skipped(_name(Path(path), folder), reason, what))

    def refused(error: OSError) -> None:
        refuse(error.filename, error.strerror or "not readable")

    for here, folders, names in os.walk(folder, onerror=refused):
        for name in sorted(folders):
            page = _SAVED.fullmatch(name)
            if os.path.islink(Path(here, name)):
                refuse(Path(here, name), "a link to a folder is not followed", "Copy it there.")
            elif page and {f"{page[1]}.html", f"{page[1]}.htm"} & set(names):
                reason = "pictures and scripts that a browser saved beside a page"
                refuse(Path(here, name), reason, "Nothing, if the page is whole.")
                folders.remove(name)
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        yield from (Path(here, name) for name in names if not _is_no_document(name))


def _is_no_document(name: str) -> bool:
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith(_HIDDEN) and part != ".." for part in parts)
    return hidden or parts[-1].lower().split(".")[0] in NO_DOCUMENTS


def _is_metadata(name: str) -> bool:
    path = PurePosixPath(name.lower())
    return path.stem == METADATA and formats.suffix(path.name) in TABLES


def _name(path: Path, root: Path) -> str:
    """Return the path below the root, on one line; what is not printable is spelled out in hex."""
    name = path.relative_to(root).as_posix()
    plain = _UNPRINTABLE.sub(lambda match: f"\\x{ord(match[0]):02x}", name)
    return os.fsencode(plain).decode("utf-8", "backslashreplace")


def _read(name: str, path: Path, columns: tuple[str, ...]) -> Iterator[_Item]:
    """Yield what a file holds, or why it is not read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Skipped(name, "no regular file", "Save what it gives as a file.")
            return
        with path.open("rb") as file:
            data = file.read(formats.HEAD)
            data += file.read() if formats.is_known(name, data) else b""
    except OSError as error:
        yield Skipped(name, error.strerror or "not readable", "Check the file and its rights.")
        return
    yield from _items(name, data, columns, Budget(len(data)))


def _items(
    name: str, data: bytes, columns: tuple[str, ...], budget: Budget, depth: int = 0
) -> Iterator[_Item]:
    """Yield what the bytes of a file, or of a member of an archive, hold."""
    try:
        kind = formats.kind_of(name, data)
        if kind not in formats.ARCHIVES:
            yield from _texts(name, kind, data, columns)
        elif depth == DEPTH:
            yield Skipped(name, "Archives lie deeper within archives.", "Unpack the outer ones.")
        elif kind == "gzip":
            yield from _items(name, gunzip(data, budget), columns, budget, depth + 1)
        else:
            for member, content in members(data, budget):
                below = f"{name}/{_name(Path('/', member), Path('/'))}"
                if isinstance(content, UnreadableError):
                    yield Skipped(below, str(content), content.what_to_do)
                elif not _is_no_document(member):
                    yield from _items(below, content, columns, budget, depth + 1)
    except UnreadableError as error:
        yield Skipped(name, str(error), error.what_to_do)


def _texts(name: str, kind: str, data: bytes, columns: tuple[str, ...]) -> Iterator[_Item]:
    """Yield the documents in a file that is no archive, or the notes of a table of metadata."""
    is_metadata = _is_metadata(name)
    if kind in TABLES:
        parts = read_table(kind, data, KEY_COLUMNS if is_metadata else columns)
    else:
        parts = formats.READERS[kind](data)
    for part in parts:
        if not isinstance(part, Part):
            yield Skipped(f"{name}#{part.row}" if part.row else name, *part[:2])
            continue
        where = f"{name} {part.where}" if part.row else part.where
        given = tuple(Given(readable(k), readable(v), where) for k, v in part.fields.items())
        if is_metadata:
            yield _Note(name, part.row, part.raw.strip(), given)
            continue
        whole = part.raw.encode("utf-8", "surrogateescape") if part.row else data
        doc_id = f"{formats.stem(name)}#{part.row}" if part.row else formats.stem(name)
        sha256 = hashlib.sha256(whole).hexdigest()
        yield RawDocument(doc_id, name, part.raw, sha256, part.encoding, given, part.body)


def _with_notes(
    documents: list[RawDocument], notes: list[_Note]
) -> tuple[list[RawDocument], list[Skipped]]:
    """Give the documents what the tables of metadata say, and list what these name in vain."""
    known = {name for d in documents for name in (d.path, d.doc_id)}
    given: dict[str, list[Given]] = {}
    unknown: dict[str, list[str]] = {}
    for note in notes:
        folder = note.table[: len(note.table) - len(PurePosixPath(note.table).name)]
        if folder + note.document in known:
            given.setdefault(folder + note.document, []).extend(note.given)
        else:
            row = f"{readable(note.document)!r} (row {note.row})"
            unknown.setdefault(note.table, []).append(row)
    skipped = []
    for table, rows in unknown.items():
        which = ", ".join(rows[:_SHOWN]) + (" …" if len(rows) > _SHOWN else "")
        reason = f"{len(rows)} of its rows name what is not among the documents: {which}."
        skipped.append(Skipped(table, reason, "Correct the names, or delete the rows."))
    names = (dict.fromkeys((d.path, d.doc_id)) for d in documents)
    more = [tuple(one for name in both for one in given.get(name, ())) for both in names]
    return [replace(d, given=d.given + g) for d, g in zip(documents, more, strict=True)], skipped


def _distinct(documents: list[RawDocument]) -> list[RawDocument]:
    """Keep the suffix in the doc_id where it would else be the name of another document."""
    full = [d.path + d.doc_id.removeprefix(formats.stem(d.path)) for d in documents]
    names = Counter([*full, *(d.doc_id for d in documents)])
    return [
        d if names[d.doc_id] == 1 else replace(d, doc_id=name)
        for d, name in zip(documents, full, strict=True)
    ]
