"""Which format a file is in, by its first bytes and its name, and what reads it.

What a file certainly is counts more than what it is called; what is not read is told what to do.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from difang.corpus.decoding import decode
from difang.corpus.office import read_docx
from difang.corpus.pages_html import is_page, read_page
from difang.corpus.parts import FormatError, Part, Problem
from difang.corpus.pdf import read_pdf
from difang.corpus.tables import READERS as TABLES

ARCHIVES = ("zip", "gzip")
HEAD = 4096  # bytes that tell the format
_KINDS = {
    "txt": "text", "md": "text", "html": "html", "htm": "html", "shtml": "html", "xhtml": "html",
    "csv": "csv", "tsv": "csv", "jsonl": "jsonl", "ndjson": "jsonl", "parquet": "parquet",
    "xlsx": "xlsx", "xlsm": "xlsx", "docx": "docx", "docm": "docx", "pdf": "pdf", "zip": "zip",
}  # fmt: skip
_MAGIC = {
    b"%PDF-": "pdf", b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"\x1f\x8b": "gzip",
    b"PAR1": "parquet", b"\xd0\xcf\x11\xe0": "ole", b"{\\rtf": "rtf", b"Rar!": "rar",
    b"7z\xbc\xaf": "7z",
}  # fmt: skip
_TEXTS = ("text", "html", "csv", "jsonl")  # these have no first bytes of their own
_WHAT_TO_DO = {
    "doc dot wps wpt rtf odt uof ole": "Open it in Word, WPS or LibreOffice and save it as .docx.",
    "xls et ods": "Open it in Excel, WPS or LibreOffice and save it as .xlsx or .csv.",
    "ppt pptx pps dps odp": "Save it as .pdf.",
    "caj nh kdh ofd djvu epub": "Open it in its reader and print it as .pdf, text and all.",
    "rar 7z tar bz2 xz": "Unpack it into the folder, or pack the files as .zip.",
    "mht mhtml webarchive": "Open it in a browser and save it as .html.",
    "json": "Save it as .jsonl, one object a line.",
    "jpg jpeg png gif tif tiff bmp": "Read the picture by OCR and save the text as .txt.",
}
_DEFAULT = "Save it as .txt in UTF-8, or as a .csv table."
_HINTS = {suffix: what for suffixes, what in _WHAT_TO_DO.items() for suffix in suffixes.split()}
_OTHERS = {  # what its first bytes, or the names in a zip, may tell beside the formats read
    "ole": ("in the format of Office before 2007, or locked with a password", _HINTS["doc"]),
    "rtf": ("RTF", _HINTS["rtf"]),
    "rar": ("a RAR archive", _HINTS["rar"]),
    "7z": ("a 7z archive", _HINTS["7z"]),
    "office": ("another kind of Office file", _HINTS["ppt"]),
    "archive": ("a zip archive", "If it is to be unpacked, rename it to .zip."),
}
_HEAD = re.compile(r"(?sm)\A---[ \t]*$(.{0,9000}?)^---[ \t]*\r?(?:\n|\Z)")


def suffix(name: str) -> str:
    """Return the suffix that tells the format, in small letters, without its dot.

    >>> suffix("江西省/2018.TXT"), suffix("2018.csv.gz"), suffix("2018")
    ('txt', 'csv', '')
    """
    return PurePosixPath(name.lower().removesuffix(".gz")).suffix.removeprefix(".")


def stem(name: str) -> str:
    """Return a name without its suffix, and without that of gzip."""
    bare = name[:-3] if name.lower().endswith(".gz") else name
    return bare[: -len(suffix(name)) - 1] if suffix(name) else bare


def is_known(name: str, head: bytes) -> bool:
    """Return whether a file is worth reading whole."""
    return suffix(name) in _KINDS or _magic(head) is not None or is_page(head)


def kind_of(name: str, data: bytes) -> str:
    """Return the format of a file: text, html, docx, pdf, csv, xlsx, jsonl, parquet, zip or gzip.

    Raises
    ------
    FormatError
        It is in none of them, or is not what its name says.
    """
    named, found = _KINDS.get(suffix(name)), _magic(data)
    if found == "zip":
        found = _zipped(data, named)
    if found in (*READERS, *TABLES, *ARCHIVES):
        return str(found)
    if is_page(data):
        return "html"
    if found or not named:
        raise _unread(name, found)
    if not data.strip():
        raise FormatError("The file holds no text.", "Fill it, or take it away.")
    if named in _TEXTS or (named == "pdf" and b"%PDF-" in data[:HEAD]):
        return named
    what = "Open it, see what it is, and save it under the suffix of its format."
    raise FormatError(f"The file is named .{suffix(name)}, but is none.", what)


def _magic(data: bytes) -> str | None:
    return next((kind for sign, kind in _MAGIC.items() if data.startswith(sign)), None)


def _zipped(data: bytes, named: str | None) -> str | None:
    """Tell Word documents and workbooks, which are zips inside, from zips of files."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return named if named in ("docx", "xlsx") else "zip"
    if "[Content_Types].xml" in names:
        inner = {"word": "docx", "xl": "xlsx"}
        return next((inner[top] for n in names if (top := n.split("/")[0]) in inner), "office")
    return "zip" if named == "zip" else "archive"


def _unread(name: str, found: str | None) -> FormatError:
    """Say why a file is not read, and what to save it as."""
    is_, end = _OTHERS.get(found or "", ("", "")), suffix(name)
    if end in _KINDS:
        hint = _HINTS["xls"] if end.startswith("xls") and found == "ole" else is_[1]
        return FormatError(f"The file is named .{end}, but is {is_[0]}.", hint)
    reason = f".{end} is not read" if end else "a file without suffix is not read"
    return FormatError(reason, _HINTS.get(end) or is_[1] or _DEFAULT)


def _read_text(data: bytes) -> Iterator[Part]:
    text, encoding = decode(data)
    if not text.strip():
        raise FormatError("The file holds no text.", "Fill it, or take it away.")
    fields, body = _front_matter(text)
    yield Part(text, encoding, fields, "front matter", body)


def _front_matter(text: str) -> tuple[Mapping[str, str], int]:
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
