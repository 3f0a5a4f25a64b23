"""Files to raw documents: a folder goes in, one raw document a text comes out.

What is no document is told apart (README, LICENSE, tables named metadata, hidden files); what could
not be read is listed with its reason and what to do about it. No single bad file raises anything.
"""

import hashlib
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from difang.corpus import formats
from difang.corpus.archives import DEPTH, Budget, gunzip, members
from difang.corpus.decoding import UnreadableError, readable
from difang.corpus.listing import is_metadata, is_no_document, list_files, shown
from difang.corpus.parts import Given as Given
from difang.corpus.parts import Part
from difang.corpus.parts import Skipped as Skipped
from difang.corpus.tables import KEY_COLUMNS, TABLES, TEXT_COLUMNS, read_table
from difang.errors import DifangError
from difang.progress import bar

_SHOWN = 5  # names told of those that a table of metadata names and that are not there


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

    @property
    def folder(self) -> str:
        """The folder it lies in, below the one that is read."""
        return self.path.rpartition("/")[0]


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
        The column of tables that holds the text; else the first of `tables.TEXT_COLUMNS`.

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
    above = root.as_posix().rstrip("/") + "/"
    listed = list_files(folder)
    files = [(shown(p.as_posix().removeprefix(above)), p, why) for p, why in listed]
    found: list[_Item] = [Skipped(name, *why) for name, _, why in sorted(files) if why]
    for name, path, why in bar(sorted(files), "reading, files"):
        found += [] if why else _read(name, path, columns)
    documents = _distinct([item for item in found if isinstance(item, RawDocument)])
    skipped = [item for item in found if isinstance(item, Skipped)]
    notes = [item for item in found if isinstance(item, _Note)]
    documents, unknown = _with_notes(documents, notes)
    # of a single file, the rows on other files say nothing
    return documents, skipped + (unknown if folder == root else [])


def _read(name: str, path: Path, columns: Sequence[str]) -> Iterator[_Item]:
    """Yield what a file holds, or why it is not read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Skipped(name, "It is no regular file.", "Save what it gives as a file.")
            return
        with path.open("rb") as file:
            data = file.read(formats.HEAD)
            data += file.read() if formats.is_known(name, data) else b""
    except OSError as error:
        reason = f"{error.strerror or 'Not readable'}."
        yield Skipped(name, reason, "Check the file and its rights.")
        return
    yield from _items(name, data, columns, Budget(len(data)))


def _items(
    name: str, data: bytes, columns: Sequence[str], budget: Budget, depth: int = 0
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
                below = f"{name}/{shown(member)}"
                if isinstance(content, UnreadableError):
                    yield Skipped(below, str(content), content.what_to_do)
                elif not is_no_document(member):
                    yield from _items(below, content, columns, budget, depth + 1)
    except UnreadableError as error:
        yield Skipped(name, str(error), error.what_to_do)


def _texts(name: str, kind: str, data: bytes, columns: Sequence[str]) -> Iterator[_Item]:
    """Yield the documents in a file that is no archive, or the notes of a table of metadata."""
    notes = is_metadata(name)
    if kind in TABLES:
        parts = read_table(kind, data, KEY_COLUMNS if notes else columns)
    else:
        parts = formats.READERS[kind](data)
    for part in parts:
        if not isinstance(part, Part):
            yield Skipped(f"{name}#{part.row}" if part.row else name, *part[:2])
            continue
        where = f"{name} {part.where}" if part.row else part.where
        given = tuple(Given(readable(k), readable(v), where) for k, v in part.fields.items())
        if notes:
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
