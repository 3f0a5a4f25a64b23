"""What a statement about a document rests on: one piece of evidence, and the page it is read from.

`Evidence` is a row of the evidence table; `Page` is what every inference function takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from difang.corpus.sieve import may_hold, spots

if TYPE_CHECKING:
    from difang.corpus.cleaning import Moved
    from difang.corpus.edits import Offsets
    from difang.corpus.reading import Given


class Evidence(NamedTuple):
    """One reason why a field of a document has, or might have, a value.

    Parameters
    ----------
    field : str
        Column of the documents table the piece speaks of.
    value : str
        ISO day ("2021-12-28"), window ("2021-11-11/2022-10-16", open ends as ".."), full
        official place name, code, or words.
    basis : str
        "stated" in the text, "given" by table, front matter or path, "inferred", "override".
    confidence : str
        "high" or "medium" fill the column; "low" is shown only.
    rule, resource : str
        The rule that made it, and the table it used ("" if none).
    quote, start, end : str, int, int
        Words quoted, with their offsets in the raw text (-1 if they are not in the text).
    reason : str
        One sentence a researcher can check.
    decisive : bool
        The field would be missing, or its window wider, without this inferred piece.
    """

    field: str
    value: str
    basis: str
    confidence: str
    rule: str
    resource: str = ""
    quote: str = ""
    start: int = -1
    end: int = -1
    reason: str = ""
    decisive: bool = False


#: Works a thing out once for a page, however many inferences ask for it.
of_page = lru_cache(maxsize=1)


@of_page
def whole(page: Page) -> str:
    """Join all that a page says, for `sieve`: what is not here is in no part of it."""
    return f"{page.raw}\n{page.title or ''}\n{page.text}"


def seek(page: Page, shape: re.Pattern[str], text: str, part: str = "") -> Iterator[re.Match[str]]:
    """Seek a pattern in a text that is how a `part` of the page (raw, head or text) begins."""
    if not may_hold(shape, told := whole(page)):
        return iter(())
    starts = {"raw": 0, "head": len(page.raw) + 1, "text": len(told) - len(page.text)}
    return spots(shape, text, told, starts.get(part))


@dataclass(frozen=True, eq=False)
class Page:
    """A cleaned document as inference sees it: clean text, and the way back to the raw text.

    Parameters
    ----------
    doc_id, raw, text : str
        Identity, raw text as read, clean text.
    offsets : Offsets
        Maps offsets of `text` to offsets of `raw`.
    moved : tuple of Moved
        What cleaning took out of the text as metadata (title, date_published, source, …).
    given : tuple of Given
        What a table, front matter or the path says.
    title : str or None
        The stated title; None where the text has none.
    """

    doc_id: str
    raw: str
    text: str
    offsets: Offsets
    moved: tuple[Moved, ...] = ()
    given: tuple[Given, ...] = ()
    title: str | None = None

    def cite(self, start: int, end: int) -> tuple[str, int, int]:
        """Return the words at clean offsets, and where they stand in the raw text."""
        return (self.text[start:end], *self.offsets.raw_span(start, end))

    def piece(
        self, field: str, value: str, span: tuple[int, int], reason: str, *, rule: str,
        basis: str = "stated", confidence: str = "high", resource: str = "",
    ) -> Evidence:  # fmt: skip
        """Return a piece of evidence that quotes the words at clean offsets."""
        quote = self.cite(*span)
        return Evidence(field, value, basis, confidence, rule, resource, *quote, reason)

    def headers(self, field: str, reason: str) -> list[Evidence]:
        """Return what cleaning took out of the text as this field, with its place in `raw`."""
        return [
            Evidence(field, m.value, "stated", "high", m.rule, "", self.raw[m.start : m.end],
                     m.start, m.end, reason)
            for m in self.moved
            if m.field == field
        ]  # fmt: skip
