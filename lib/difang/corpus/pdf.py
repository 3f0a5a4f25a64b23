"""PDF: the text of the pages, a line a line, and which pages are pictures without text."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from difang.corpus.parts import FormatError, Part, Problem, damaged

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_OCR = "Read the pictures by OCR (ocrmypdf -l chi_sim), and use the PDF or .txt that it gives."
_NO_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd-\uffff]")
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

    with damaged("a PDF"):
        try:
            pages = [_page(page) for page in PdfDocument(data)]
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
    scanned = not text and any(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3))
    return text, scanned


def _ranges(numbers: list[int]) -> str:
    """Write numbers in runs.

    >>> _ranges([1, 2, 3, 7])
    '1-3, 7'
    """
    starts = [n for n in numbers if n - 1 not in numbers]
    ends = [n for n in numbers if n + 1 not in numbers]
    return ", ".join(f"{a}-{b}" if a < b else str(a) for a, b in zip(starts, ends, strict=True))
