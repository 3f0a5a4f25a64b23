"""PDF: the text of the pages, a line a line, and which pages are pictures without text."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from difang.corpus.parts import FormatError, Part, Problem, damaged

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_OCR = "Read the pictures by OCR (ocrmypdf -l chi_sim), and use the PDF or .txt that it gives."
_NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd-\uffff]")
_FONT = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
_GB2312 = 134  # how Windows numbers the character set
_BAD_SHARE = 0.3  # of characters without meaning, above which the fonts do not tell their text


def read_pdf(data: bytes) -> Iterator[Part | Problem]:
    """Yield the text of a PDF, its pages parted by a line end, and a note on scanned pages.

    Raises
    ------
    FormatError
        It is locked, damaged, scanned, or its fonts do not tell which characters they draw.
    """
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    _lend_font()
    with damaged("a PDF"):
        try:
            with closing(PdfDocument(data)) as document:
                pages = [_page(page) for page in document]
        except PdfiumError as error:
            if error.err_code == FPDF_ERR_PASSWORD:
                what = "Open it with its password, and print or save it as a PDF without."
                raise FormatError("The PDF is locked with a password.", what) from error
            raise
    text = "\n".join(text for text, _ in pages if text)
    pictures = [n for n, (text, scanned) in enumerate(pages, start=1) if scanned and not text]
    if not text:
        raise FormatError("The PDF holds no text: its pages are pictures (scanned) or empty.", _OCR)
    if len(_NO_CHARACTER.findall(text)) > _BAD_SHARE * len(text):
        raise FormatError("The fonts of the PDF do not tell which characters they draw.", _OCR)
    yield Part(text, "pdf")
    if pictures:
        which = f"Of {len(pages)} pages, these are pictures without text: {_ranges(pictures)}."
        yield Problem(f"{which} The others are read.", _OCR)


def _page(page: "PdfPage") -> tuple[str, bool]:
    """Return the text of a page, and whether it shows pictures."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    lines = page.get_textpage().get_text_range().splitlines()
    text = "\n".join(line.rstrip() for line in lines).strip()
    scanned = not text and any(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))
    return text, scanned


@cache
def _lend_font() -> None:
    """Have PDFium use one font for all that a PDF names but does not hold.

    It drops characters whose font it cannot find, so that the text would depend on the machine.
    """
    from pypdfium2 import PdfSysfontBase

    font = files(_FONT[0]).joinpath(_FONT[1]).read_bytes()

    def copy(content: bytes, buffer: Any, size: int) -> int:
        if size >= len(content):
            ctypes.memmove(buffer, content, len(content))
        return len(content)

    answers = {
        "EnumFonts": lambda *_: None,
        "MapFont": lambda *_: 1,
        "GetFont": lambda *_: 1,
        "GetFontData": lambda _self, _info, _font, table, *room: 0 if table else copy(font, *room),
        "GetFaceName": lambda _self, _info, _font, *room: copy(b"Noto\0", *room),
        "GetFontCharset": lambda *_: _GB2312,
        "DeleteFont": lambda *_: None,
    }
    type("OneFont", (PdfSysfontBase,), answers)().setup()


def _ranges(numbers: list[int]) -> str:
    """Write numbers in runs.

    >>> _ranges([1, 2, 3, 7])
    '1-3, 7'
    """
    starts = [n for n in numbers if n - 1 not in numbers]
    ends = [n for n in numbers if n + 1 not in numbers]
    return ", ".join(f"{a}-{b}" if a < b else str(a) for a, b in zip(starts, ends, strict=True))
