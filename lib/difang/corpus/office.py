"""Word documents and Excel workbooks (.docx, .xlsx): their text in reading order, their sheets."""

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from difang.corpus.archives import Budget, open_zip
from difang.corpus.parts import FormatError, Part, damaged

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTES = ("/footnotes", "/endnotes")
_LEFT_OUT = ("pPr", "rPr", "moveFrom", "Fallback", "rt")  # layout, copies, readings of ruby
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes) -> Iterator[Part]:
    """Yield the text of a Word document: a paragraph a line, a table row a line, then the notes.

    Text boxes and tracked insertions are read, deletions are not. Numbers that Word counts itself
    are not in the file. Core properties are not given: the day a file was made is that of no event.
    """
    from docx import Document
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from docx.oxml.parser import parse_xml

    open_zip(data, Budget(len(data)))
    with damaged("a Word document", PythonDocxError, OpcError):
        part = Document(io.BytesIO(data)).part
        notes = [r.target_part for r in part.rels.values() if r.reltype.endswith(_NOTES)]
        roots = [part.element.body, *(parse_xml(note.blob) for note in notes)]
        text = "".join(map(_text, roots)).strip("\n")
    if not text.strip():
        what = "If its pages are pictures, read them by OCR; else fill it or take it away."
        raise FormatError("The document holds no text.", what)
    yield Part(text, "docx")


def read_sheets(data: bytes) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Yield each sheet of a workbook that is not empty: its name, and its rows that are not."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    open_zip(data, Budget(len(data)))
    with damaged("an Excel workbook", InvalidFileException), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and rules for input that it does not know
        for sheet in load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets:
            sheet.reset_dimensions()  # programs that write workbooks state them wrongly
            rows = [row for row in sheet.iter_rows(values_only=True) if _is_filled(row)]
            if rows:
                yield sheet.title, rows


def _is_filled(row: "Iterable[object]") -> bool:
    return any(cell is not None and str(cell).strip() for cell in row)


def _text(node: Any) -> str:
    """Return the text of an element of WordprocessingML, whatever it is wrapped in."""
    tag = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else "rPr"  # a comment
    if tag in _LEFT_OUT:
        return ""
    if tag == "t":
        return node.text or ""
    if tag == "tr":
        cells = [_text(cell).strip("\n") for cell in node]
        return ("\n" if any("\n" in cell for cell in cells) else "\t").join(cells) + "\n"
    inner = "".join(map(_text, node))
    return inner + "\n" if tag == "p" else _SIGNS.get(tag, inner)
