"""Word documents (.docx): their text in reading order."""

import io
import re
from collections.abc import Iterator
from typing import Any

from difang.corpus.archives import Budget, open_zip
from difang.corpus.parts import FormatError, Part, Problem, damaged

_NOTES = ("/footnotes", "/endnotes")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = ("pPr", "rPr", "moveFrom", "Fallback", "rt")  # layout, copies, readings of ruby
_BOX = re.compile("\x02([^\x03]*)\x03")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes) -> Iterator[Part | Problem]:
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
        trees = [parse_xml(part.blob) for part in (main, *notes)]
        text = "".join(map(_text, trees)).strip("\n")
        counted = sum(n.get(f"{_WORD}val") != "0" for t in trees for n in t.iter(f"{_WORD}numId"))
    if not text.strip():
        what = "If its pages are pictures, read them by OCR; else fill it or take it away."
        raise FormatError("The document holds no text.", what)
    yield Part(text, "docx")
    if any(relation.reltype.endswith("/comments") for relation in main.rels.values()):
        yield Problem("Comments in the margin are not read.", "Put what matters into the text.")
    if counted:
        reason = f"Word itself numbers paragraphs ({counted}): these numbers are not read."
        yield Problem(reason, "If they matter, save it as a PDF: there they are text.")


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
    if tag == "txbxContent":
        return f"\x02{inner}\x03"  # below the paragraph that holds it; no XML has these marks
    if tag == "p":
        boxes, own = "".join(_BOX.findall(inner)), _BOX.sub("", inner)
        return boxes if boxes and not own else f"{own}\n{boxes}"
    return _SIGNS.get(tag, inner)
