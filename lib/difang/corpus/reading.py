"""Files to raw documents: a folder goes in, one raw document a text comes out.

What is no document is told apart (README, LICENSE, metadata.csv, hidden files); what could not be
read is listed with its reason and what to do about it. Nothing is raised for a single bad file.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from difang.corpus.decoding import UndecodableError, decode, readable
from difang.corpus.tables import TableError, read_metadata, read_table
from difang.errors import DifangError

TEXTS = (".txt", ".md")
TABLES = (".csv",)
METADATA = "metadata.csv"
NO_DOCUMENTS = ("readme", "license", "licence")
FENCE = "---"


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
    skipped: list[Skipped] = []
    documents: list[RawDocument] = []
    root = folder if folder.is_dir() else folder.parent
    for path in sorted(_files(folder, root, skipped), key=lambda p: p.relative_to(root).as_posix()):
        documents += _read_file(path, _name(path, root), skipped)
    documents = _distinct(documents)
    return _add_metadata(root, documents, skipped), skipped


def _files(folder: Path, root: Path, skipped: list[Skipped]) -> Iterator[Path]:
    if folder.is_file():
        yield folder
        return

    def refused(error: OSError) -> None:
        skipped.append(_skip(Path(error.filename), root, error.strerror or "not readable"))

    for here, folders, names in os.walk(folder, onerror=refused):
        for name in [n for n in folders if Path(here, n).is_symlink()]:
            skipped.append(_skip(Path(here, name), root, "a link to a folder is not followed"))
        folders[:] = [n for n in folders if not n.startswith(".")]
        yield from (Path(here, n) for n in names if not _is_no_document(n))


def _skip(path: Path, root: Path, reason: str) -> Skipped:
    return Skipped(_name(path, root), reason, "Check the rights, or copy it into the folder.")


def _name(path: Path, root: Path) -> str:
    return readable(path.relative_to(root).as_posix())


def _is_no_document(name: str) -> bool:
    stem = name.lower().split(".")[0]
    return name.startswith(".") or name.lower() == METADATA or stem in NO_DOCUMENTS


def _read_file(path: Path, name: str, skipped: list[Skipped]) -> list[RawDocument]:
    suffix = path.suffix.lower()
    if suffix not in TEXTS + TABLES:
        reason = f"{suffix or 'a file without suffix'} is not read"
        skipped.append(Skipped(name, reason, "Save it as .txt in UTF-8, or as a .csv table."))
        return []
    try:
        data = path.read_bytes()
        decoded = decode(data)
    except OSError as error:
        skipped.append(Skipped(name, error.strerror or "not readable", "Check the file's rights."))
        return []
    except UndecodableError as error:
        skipped.append(Skipped(name, str(error), "Save it as UTF-8 text."))
        return []
    if suffix in TABLES:
        return _rows(name, decoded.text, decoded.encoding, skipped)
    if not decoded.text.strip():
        skipped.append(Skipped(name, "The file holds no text.", "Fill it, or take it away."))
        return []
    sha256 = hashlib.sha256(data).hexdigest()
    given, body = _head(decoded.text)
    return [RawDocument(_stem(name), name, decoded.text, sha256, decoded.encoding, given, body)]


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


def _rows(name: str, text: str, encoding: str, skipped: list[Skipped]) -> list[RawDocument]:
    try:
        table = read_table(text)
    except TableError as error:
        skipped.append(Skipped(name, str(error), "Save it as a CSV table with a column `text`."))
        return []
    documents = []
    for number, row in enumerate(table, start=1):
        if row.problem:
            skipped.append(Skipped(f"{name}#{number}", row.problem, "Mend the row in the table."))
            continue
        given = _given(row.fields, f"{name} row {number}")
        sha256 = hashlib.sha256(row.text.encode("utf-8", "surrogateescape")).hexdigest()
        doc_id = f"{_stem(name)}#{number}"
        documents.append(RawDocument(doc_id, name, row.text, sha256, encoding, given))
    return documents


def _given(fields: Mapping[str, object], where: str) -> tuple[Given, ...]:
    return tuple(Given(readable(str(k)), readable(str(v)), where) for k, v in fields.items())


def _head(text: str) -> tuple[tuple[Given, ...], int]:
    """Read a YAML head between two lines of `---`; a text without one begins at 0."""
    lines = text.splitlines(keepends=True)
    fences = [i for i, line in enumerate(lines[:100]) if line.rstrip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:
        return (), 0
    import yaml

    try:
        fields = yaml.load("".join(lines[1 : fences[1]]), Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return (), 0
    if not isinstance(fields, dict):
        return (), 0
    return _given(fields, "front matter"), sum(len(line) for line in lines[: fences[1] + 1])


def _distinct(documents: list[RawDocument]) -> list[RawDocument]:
    """Keep the suffix in the doc_id where two files differ in nothing else."""
    ids = [d.doc_id for d in documents]
    twice = {i for i in ids if ids.count(i) > 1} if len(set(ids)) < len(ids) else set()
    return [replace(d, doc_id=d.path) if d.doc_id in twice else d for d in documents]


def _add_metadata(
    root: Path, documents: list[RawDocument], skipped: list[Skipped]
) -> list[RawDocument]:
    """Give each document what the metadata tables beside or above it say of it."""
    given: dict[str, list[Given]] = {}
    known = {name: d.doc_id for d in documents for name in (d.path, d.doc_id)}
    tables = [p for p in root.rglob("[Mm][Ee][Tt][Aa][Dd][Aa][Tt][Aa].csv") if p.is_file()]
    for table in sorted(tables):
        name = table.relative_to(root).as_posix()
        below = name[: -len(METADATA)]
        try:
            rows = read_metadata(decode(table.read_bytes()).text)
        except (OSError, UndecodableError, TableError) as error:
            what = "Give it a column `file` or `doc_id`, and save it as a UTF-8 .csv table."
            skipped.append(Skipped(name, str(error), what))
            continue
        for number, (key, fields) in enumerate(rows, start=1):
            doc_id = known.get(below + key)
            if doc_id is None:
                reason = f"Row {number} names {key!r}, which is not among the documents."
                skipped.append(Skipped(name, reason, "Correct the name, or delete the row."))
                continue
            where = f"{name} row {number}"
            given.setdefault(doc_id, []).extend(_given(fields, where))
    return [replace(d, given=d.given + tuple(given.get(d.doc_id, ()))) for d in documents]
