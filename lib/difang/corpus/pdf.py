"""PDF: the text of the pages, a line a line, and which pages are pictures without text.

What the page shows and its characters do not say is written down: the indentation of a line, and
for a character whose font does not tell what it is the mark of a lost one.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import pi
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from difang.corpus.parts import FormatError, Part, Problem, damaged

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

_OCR = "Read the pictures by OCR (ocrmypdf -l chi_sim), and use the PDF or .txt that it gives."
_NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd-\uffff]")
_FONT = ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf")
_GB2312 = 134  # how Windows numbers the character set
_SHARED = 20  # one in as many lines begins at the edge of a column, at least
_GAP = 1.3  # times the usual step from line to line: a blank line
_DEEPEST = 20  # blanks before a line
_BAD_SHARE = 0.3  # of characters without meaning, above which the fonts do not tell their text


class _Line(NamedTuple):
    """A line, or a character of it: its text, where it begins, on what height, and its end."""

    text: str
    left: float
    base: float
    right: float
    high: float

    @property
    def wide(self) -> float:
        """How wide a character is, where all are Han."""
        return (self.right - self.left) / len(self.text)


def read_pdf(data: bytes) -> Iterator[Part | Problem]:
    """Yield the text of a PDF, its pages parted by a form feed, and a note on scanned pages.

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
    text = _laid_out([lines for lines, _ in pages if lines])
    pictures = [n for n, (lines, scanned) in enumerate(pages, start=1) if scanned and not lines]
    if not text:
        raise FormatError("The PDF holds no text: its pages are pictures (scanned) or empty.", _OCR)
    if len(_NO_CHARACTER.findall(text)) > _BAD_SHARE * len(text):
        raise FormatError("The fonts of the PDF do not tell which characters they draw.", _OCR)
    yield Part(text, "pdf")
    if pictures:
        which = f"Of {len(pages)} pages, these are pictures without text: {_ranges(pictures)}."
        yield Problem(f"{which} The others are read.", _OCR)


def _page(page: "PdfPage") -> tuple[list[_Line], bool]:
    """Return the lines of a page, and whether it shows pictures and no text."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    lines: list[_Line] = []
    between = "\n"  # what PDFium sees between this character and the last: a blank, a line end
    for char in _characters(page.get_textpage()):
        if char.high == 0:
            between += char.text
        elif lines and "\n" not in (between := _between(lines[-1], char, between)):
            text = lines[-1].text + between + char.text
            lines[-1] = lines[-1]._replace(text=text, right=char.right)
            between = ""
        else:
            lines.append(char)
            between = ""
    lines = [line._replace(text=text) for line in lines if (text := _whole(line.text).rstrip())]
    return lines, not lines and any(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))


def _between(line: _Line, char: _Line, seen: str) -> str:
    """Return what parts a character from the line before it: `seen` by PDFium, or by its place."""
    gap, near = char.left - line.right, char.high
    if abs(char.base - line.base) > near / 2:  # below the line, if it is no raised mark
        raised = char.base > line.base and abs(gap) < near
        return seen if raised and "\n" not in seen else "\n"
    return seen.strip("\r\n") if -near < gap < near else seen


def _characters(page: "PdfTextPage") -> Iterator[_Line]:
    """Yield the characters of a page, turned upright; those that PDFium adds have no height."""
    from pypdfium2.raw import (
        FPDFText_GetCharAngle,
        FPDFText_GetCharOrigin,
        FPDFText_GetUnicode,
        FPDFText_IsGenerated,
    )

    x, y = ctypes.c_double(), ctypes.c_double()
    for place in range(page.count_chars()):
        text = chr(FPDFText_GetUnicode(page, place) or 0xFFFD)
        if text in "\r\n" or FPDFText_IsGenerated(page, place) == 1:
            yield _Line(text, 0, 0, 0, 0)
            continue
        FPDFText_GetCharOrigin(page, place, x, y)
        left, low, right, high = page.get_charbox(place, loose=True)
        turns = round(FPDFText_GetCharAngle(page, place) / (pi / 2)) % 4
        a, b = x.value, y.value
        size = (right - left, high - low)
        start, base = ((a, b), (b, -a), (-a, -b), (-b, a))[turns]
        yield _Line(text, start, base, start + size[turns % 2], max(1.0, size[1 - turns % 2]))


def _whole(text: str) -> str:
    """Join the halves of characters that lie beyond 16 bits."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _laid_out(pages: list[list[_Line]]) -> str:
    """Return the text of pages, indented and with blank lines as they are laid out."""
    lines = [line for page in pages for line in page]
    wide = max(1.0, median([line.wide for line in lines] or [1]))
    lefts = Counter(round(line.left) for line in lines)
    often = [x for x, n in lefts.items() if n * _SHARED >= len(lines)]
    edges = [x for x in often if not any(1.5 * wide <= x - y <= 2.6 * wide for y in often)]

    steps = [a.base - b.base for page in pages for a, b in pairwise(page)]
    usual = median([step for step in steps if step > 0] or [1])

    def written(line: _Line, above: _Line) -> str:
        edge = max((x for x in edges if x <= line.left + 1), default=line.left)
        gap = "\n" if above.base - line.base > _GAP * usual else ""
        return gap + "\u3000" * min(_DEEPEST, round((line.left - edge) / wide)) + line.text

    return "\n\f".join("\n".join(map(written, page, [page[0], *page])) for page in pages)


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
