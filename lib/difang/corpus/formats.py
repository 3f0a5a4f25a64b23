"""Which format a file is in, by its first bytes and its name, and what reads it.

What a file certainly is counts more than what it is called. The suffixes and first bytes, and what
to do with a file that is not read, stand in data/reference/formats.csv.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator

from difang.corpus.decoding import decode
from difang.corpus.office import read_docx
from difang.corpus.pages_html import is_page, read_page
from difang.corpus.parts import FormatError, Part, Problem
from difang.corpus.pdf import read_pdf
from difang.corpus.reference import read_reference
from difang.corpus.tables import TABLES

HEAD = 4096  # bytes that tell the format
ARCHIVES = ("zip", "gzip")
_FORMATS = read_reference("formats.csv", ("format", "suffixes", "first_bytes", "what_to_do"))
_BY_SUFFIX = {end: row["format"] for row in _FORMATS for end in row["suffixes"].split("|") if end}
_BY_BYTES = {
    bytes.fromhex(sign): row["format"]
    for row in _FORMATS for sign in row["first_bytes"].split("|") if sign
}  # fmt: skip
_WHAT_TO_DO = {row["format"]: row["what_to_do"] for row in _FORMATS}
_OTHER = "a zip archive of other things"
_DEFAULT = "Save it as .txt in UTF-8, or as a .csv table."
_HEAD = re.compile(r"(?sm)\A---[ \t]*$(.{0,9000}?)^---[ \t]*\r?(?:\n|\Z)")


def suffix(name: str) -> str:
    """Return the suffix that tells the format, in small letters, without its dot.

    >>> suffix("江西省/2018.TXT"), suffix("2018.csv.gz"), suffix("2018")
    ('txt', 'csv', '')
    """
    name = name.lower().removesuffix(".gz").rpartition("/")[2]
    before, _, end = name.rpartition(".")
    return end if before else ""


def stem(name: str) -> str:
    """Return a name without the suffix of its format, and without that of gzip."""
    bare = name[:-3] if name.lower().endswith(".gz") else name
    return bare[: -len(suffix(name)) - 1] if suffix(name) in _BY_SUFFIX else bare


def is_known(name: str, head: bytes) -> bool:
    """Return whether a file is worth reading whole."""
    return bool(suffix(name) in _BY_SUFFIX or _signed(head) or is_page(head))


def kind_of(name: str, data: bytes) -> str:
    """Return the format of a file, one of `READERS`, `TABLES` and `ARCHIVES`.

    Raises
    ------
    FormatError
        It is in none of them, is empty, or is not what its name says.
    """
    end = suffix(name)
    named, found = _BY_SUFFIX.get(end, ""), _signed(data)
    if found == "zip":
        found = _zipped(data, named)
    elif not found and is_page(data):
        found = "html"
    elif not found and named == "pdf" and b"%PDF-" in data[:HEAD]:
        found = "pdf"
    kinds = (*READERS, *TABLES, *ARCHIVES)
    if found in kinds:
        return found
    if named not in kinds:
        what = _WHAT_TO_DO.get(named) or _WHAT_TO_DO.get(found) or _DEFAULT
        raise FormatError(f"{end and '.'}{end or 'a file without suffix'} is not read", what)
    if not data.strip():
        raise FormatError("The file holds no text.", "Fill it, or take it away.")
    if found or named not in ("text", "html", "csv", "jsonl"):
        what = _WHAT_TO_DO.get(found) or "Open it, and save it under the suffix of its format."
        raise FormatError(f"The file is named .{end}, but is {found or 'none'}.", what)
    return named


def _signed(data: bytes) -> str:
    """Return the format that the first bytes tell, "" if they tell none."""
    return next((kind for sign, kind in _BY_BYTES.items() if data.startswith(sign)), "")


def _zipped(data: bytes, named: str) -> str:
    """Tell Word documents and workbooks, which are zips inside, from zips of files."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return named if named in ("docx", "xlsx", "zip") else _OTHER
    if "[Content_Types].xml" in names:
        tops = {name.split("/")[0] for name in names}
        return "docx" if "word" in tops else "xlsx" if "xl" in tops else _OTHER
    return "zip" if named == "zip" else _OTHER


def _read_text(data: bytes) -> Iterator[Part]:
    text, encoding = decode(data)
    if not text.strip():
        raise FormatError("The file holds no text.", "Fill it, or take it away.")
    fields, body = _front_matter(text)
    yield Part(text, encoding, fields, "front matter", body)


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """Read a YAML head between two lines of `---`; a text without one begins at 0."""
    match = _HEAD.match(text)
    if not match:
        return {}, 0
    import yaml

    try:
        fields = yaml.load(match[1], Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return {}, 0
    if not isinstance(fields, dict):
        return {}, 0
    return {str(k): str(v) for k, v in fields.items()}, match.end()


READERS: dict[str, Callable[[bytes], Iterator[Part | Problem]]] = {
    "text": _read_text, "html": read_page, "docx": read_docx, "pdf": read_pdf
}  # fmt: skip
