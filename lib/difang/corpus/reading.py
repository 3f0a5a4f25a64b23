"""Files to raw documents: a folder goes in, one raw document a text comes out.

What is no document is told apart (README, LICENSE, metadata.csv, hidden files); what could not be
read is listed with its reason and what to do about it. Nothing is raised for a single bad file.
"""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from difang.corpus.decoding import UnreadableError, decode, readable
from difang.corpus.tables import KEY_COLUMNS, TEXT_COLUMNS, read_table
from difang.errors import DifangError

TEXTS = (".txt", ".md")
TABLE = ".csv"
METADATA = "metadata.csv"
NO_DOCUMENTS = ("readme", "license", "licence", "")  # names up to the first dot; "" is hidden
_HEAD = re.compile(r"(?sm)\A---[ \t]*$(.{0,9000}?)^---[ \t]*\r?(?:\n|\Z)")


class Given(NamedTuple):
    """One value of metadata that stands beside the text: field, value, where it was found."""

    field: str
    value: str
    where: str


class Skipped(NamedTuple):
    """A file (or a row of one) that did not become a document."""

    path: str
    reason: str
    what_to_do: str


@dataclass(frozen=True)
class RawDocument:
    """A text as obtained, with the file it came from; `raw[body:]` follows a YAML head, if any."""

    doc_id: str
    path: str
    raw: str
    sha256: str
    encoding: str
    given: tuple[Given, ...] = ()
    body: int = 0


class _Note(NamedTuple):
    """A row of metadata.csv: the document it names, what it says, and where it stands."""

    document: str
    given: tuple[Given, ...]
    if_unknown: Skipped


class CorpusNotFoundError(DifangError, FileNotFoundError):
    """The folder named as the corpus is not there."""


def read_folder(folder: Path) -> tuple[list[RawDocument], list[Skipped]]:
    """Read every document below a folder (or the one file named), in the order of their paths.

    Reads .txt, .md and .csv (one document a row, if there is a text column). A `metadata.csv`
    gives metadata to the files beside and below it.

    Raises
    ------
    CorpusNotFoundError
        There is no such folder or file.
    """
    if not folder.exists():
        raise CorpusNotFoundError(
            f"Cannot read the corpus {str(folder)!r}. There is no such folder or file. "
            "Name a folder that holds .txt, .md or .csv files."
        )
    root = folder if folder.is_dir() else folder.parent
    skipped: list[Skipped] = []
    names = {_name(path, root): path for path in _files(folder, skipped)}
    found = [item for name in sorted(names) for item in _read(names[name], name)]
    documents = _distinct([item for item in found if isinstance(item, RawDocument)])
    notes = [item for item in found if isinstance(item, _Note)]
    known = {name: d.doc_id for d in documents for name in (d.path, d.doc_id)}
    given: dict[str, tuple[Given, ...]] = {}
    for note in notes:
        if doc_id := known.get(note.document):
            given[doc_id] = given.get(doc_id, ()) + note.given
    skipped += [item for item in found if isinstance(item, Skipped)]
    if folder == root:  # of a single file, the rows on other files say nothing
        skipped += [note.if_unknown for note in notes if note.document not in known]
    return [replace(d, given=d.given + given.get(d.doc_id, ())) for d in documents], skipped


def _files(folder: Path, skipped: list[Skipped]) -> Iterator[Path]:
    """Yield the files that may be documents or metadata; list the folders not entered."""
    if folder.is_file():
        yield folder
        yield from folder.parent.glob(METADATA)
        return

    def refuse(path: Path, reason: str) -> None:
        what = "Check the rights, or copy it into the folder."
        skipped.append(Skipped(_name(path, folder), reason, what))

    def refused(error: OSError) -> None:
        refuse(Path(error.filename), error.strerror or "not readable")

    for here, folders, names in os.walk(folder, onerror=refused):
        for link in (path for name in folders if (path := Path(here, name)).is_symlink()):
            refuse(link, "a link to a folder is not followed")
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(here, n) for n in names if n.lower().split(".")[0] not in NO_DOCUMENTS)


def _name(path: Path, root: Path) -> str:
    """Return the path below the root; bytes of it that are not UTF-8 are spelled out in hex."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")


def _read(path: Path, name: str) -> Iterator[RawDocument | Skipped | _Note]:
    """Yield what a file holds, or why it is not read."""
    suffix = path.suffix.lower()
    if suffix not in (*TEXTS, TABLE):
        reason = f"{suffix or 'a file without suffix'} is not read"
        yield Skipped(name, reason, "Save it as .txt in UTF-8, or as a .csv table.")
        return
    try:
        data = path.read_bytes()
        text, encoding = decode(data)
        if suffix == TABLE:
            yield from _rows(name, text, encoding)
        elif not text.strip():
            yield Skipped(name, "The file holds no text.", "Fill it, or take it away.")
        else:
            given, body = _head(text)
            sha256 = hashlib.sha256(data).hexdigest()
            yield RawDocument(_stem(name), name, text, sha256, encoding, given, body)
    except OSError as error:
        yield Skipped(name, error.strerror or "not readable", "Check the file's rights.")
    except UnreadableError as error:
        yield Skipped(name, str(error), error.what_to_do)


def _rows(name: str, text: str, encoding: str) -> Iterator[RawDocument | Skipped | _Note]:
    """Yield what the rows of a table hold: documents, or notes on documents beside and below."""
    is_metadata = name.lower().rsplit("/", 1)[-1] == METADATA
    table = read_table(text, KEY_COLUMNS if is_metadata else TEXT_COLUMNS)
    for number, row in enumerate(table, start=1):
        given = _given(row.fields, f"{name} row {number}")
        if row.problem:
            yield Skipped(f"{name}#{number}", row.problem, "Mend the row in the table.")
        elif is_metadata:
            reason = f"Row {number} names {row.main!r}, which is not among the documents."
            unknown = Skipped(name, reason, "Correct the name, or delete the row.")
            yield _Note(name[: -len(METADATA)] + row.main, given, unknown)
        else:
            sha256 = hashlib.sha256(row.main.encode("utf-8", "surrogateescape")).hexdigest()
            doc_id = f"{_stem(name)}#{number}"
            yield RawDocument(doc_id, name, row.main, sha256, encoding, given)


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


def _given(fields: Mapping[str, object], where: str) -> tuple[Given, ...]:
    return tuple(Given(readable(str(k)), readable(str(v)), where) for k, v in fields.items())


def _head(text: str) -> tuple[tuple[Given, ...], int]:
    """Read a YAML head between two lines of `---`; a text without one begins at 0."""
    match = _HEAD.match(text)
    if not match:
        return (), 0
    import yaml

    try:
        fields = yaml.load(match[1], Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return (), 0
    return (_given(fields, "front matter"), match.end()) if isinstance(fields, dict) else ((), 0)


def _distinct(documents: list[RawDocument]) -> list[RawDocument]:
    """Keep the suffix in the doc_id where it would else be the name of another document."""
    full = [d.path + d.doc_id.removeprefix(_stem(d.path)) for d in documents]
    names = Counter([*full, *(d.doc_id for d in documents)])
    return [
        d if names[d.doc_id] == 1 else replace(d, doc_id=name)
        for d, name in zip(documents, full, strict=True)
    ]
