"""Word documents (.docx): their text in reading order."""

import io
from collections.abc import Iterator
from typing import Any

from difang.corpus.archives import Budget, open_zip
from difang.corpus.parts import FormatError, Part, damaged

_NOTES = ("/footnotes", "/endnotes")
_LEFT_OUT = ("pPr", "rPr", "moveFrom", "Fallback", "rt")  # layout, copies, readings of ruby
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes) -> Iterator[Part]:
    """Yield the text of a Word document: a paragraph a line, a table row a line, then the notes.

    Text boxes and tracked insertions are read, deletions are not. Numbers that Word counts itself
    are not in the file. Core properties are not given: the day a file was made is that of no event.

    Raises
    ------
    FormatError
        It is damaged, unfolds beyond measure, or holds no text.
    """
    from docx.opc.exceptions import OpcError
    from docx.oxml.parser import parse_xml
    from docx.package import Package

    open_zip(data, Budget(len(data)))
    with damaged("a Word document", OpcError):
        main = Package.open(io.BytesIO(data)).main_document_part
        notes = [r.target_part for r in main.rels.values() if r.reltype.endswith(_NOTES)]
        text = "".join(_text(parse_xml(part.blob)) for part in (main, *notes)).strip("\n")
    if not text.strip():
        what = "If its pages are pictures, read them by OCR; else fill it or take it away."
        raise FormatError("The document holds no text.", what)
    yield Part(text, "docx")


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
