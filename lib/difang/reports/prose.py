"""The prose of a notebook as HTML: Jupyter's Markdown, formulas as MathML, languages marked.

In goes a Markdown cell (or a Markdown output), out comes HTML with heading anchors; the headings
seen on the way are kept for the list of contents.
"""

import re
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple

from latex2mathml import exceptions
from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from difang.errors import DifangError
from difang.reports.language import LANGUAGE

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_CHINESE = re.compile(rf"[{_HAN}](?:[{_HAN}\u3001-\u3011\uff01-\uff1f“”‘’·…—]*[{_HAN}])?")
_LATIN = "A-Za-zÀ-ɏ"
_WORD = rf"[{_LATIN}][{_LATIN}\d_'’-]"
_ENGLISH = re.compile(rf"(?<![&#\d{_LATIN}]){_WORD}+(?:[ ,.:;()-]+{_WORD}*)*")
_TAG = re.compile(r"<[^>]*>")
_UNREADABLE = tuple(kind for kind in vars(exceptions).values() if isinstance(kind, type(Exception)))


class FormulaError(DifangError):
    """A formula that cannot be set."""


class Heading(NamedTuple):
    """A heading of a report: its level (1 to 6), its anchor and its HTML."""

    level: int
    anchor: str
    html: str


def language_of(text: str, page: str = LANGUAGE) -> str:
    """Language of a text that is not that of its page, as a tag; empty if it is the same.

    >>> language_of("数字 1", "en"), language_of("GDP 1", "en"), language_of("GDP 1", "zh")
    ('zh-Hans', '', 'en')
    """
    if _CHINESE.search(text):
        return "zh-Hans" if page == "en" else ""
    return "en" if page != "en" and _ENGLISH.search(text) else ""


def mark(html: str, page: str = LANGUAGE) -> str:
    """Escaped text with each run of the language that is not its page's, for voices and fonts.

    >>> mark("the term 数字经济 rises", "en")
    'the term <span lang="zh-Hans">数字经济</span> rises'
    >>> mark("见 Spärck Jones &amp; Co，每万词", "zh")
    '见 <span lang="en">Spärck Jones</span> &amp; <span lang="en">Co</span>，每万词'
    """
    runs, tag = (_CHINESE, "zh-Hans") if page == "en" else (_ENGLISH, "en")
    return runs.sub(lambda run: f'<span lang="{tag}">{run[0]}</span>', html)


def plain(html: str) -> str:
    """Text of a piece of HTML, tags taken out and spaces joined; entities stay as they are.

    >>> plain("<p>A <b>bold</b>   word</p>")
    'A bold word'
    """
    return " ".join(_TAG.sub("", html).split())


def mathml(tex: str, *, block: bool = False) -> str:
    """MathML of a LaTeX formula; FormulaError when it cannot be read."""
    try:
        return convert(tex.strip(), display="block" if block else "inline")
    except (*_UNREADABLE, ValueError, IndexError) as problem:
        raise FormulaError(
            f"Cannot set the formula {tex.strip()!r}. {type(problem).__name__}. "
            "Write it in plain LaTeX, or as code between backticks."
        ) from problem


class Prose(IPythonRenderer):
    """Renders the Markdown of one report, and remembers its headings in `headings`.

    The first heading of level 1 is the report's title: it is kept in `title` and left out
    of the running text.
    """

    def __init__(self, folder: Path, language: str = LANGUAGE) -> None:
        super().__init__(
            escape=False, exclude_anchor_links=True, embed_images=True, path=str(folder)
        )
        self.headings: list[Heading] = []
        self.title = ""
        self._escapes = False
        self.language = language

    def render(
        self, source: str, *, trusted: bool, attachments: dict[str, dict[str, str]] | None = None
    ) -> str:
        """HTML of Markdown `source`; HTML inside it is kept as such only where it is `trusted`."""
        self._escapes = not trusted
        self.attachments = attachments or {}
        return str(MarkdownWithMath(renderer=self).render(source))

    def text(self, text: str) -> str:
        """Plain words."""
        return mark(escape(text, quote=False), self.language)

    def inline_html(self, html: str) -> str:
        """HTML within a line."""
        return escape(html) if self._escapes else self._kept(html)

    def block_html(self, html: str) -> str:
        """HTML that stands alone."""
        return f"<p>{escape(html)}</p>\n" if self._escapes else self._kept(html)

    def heading(self, text: str, level: int, **attrs: object) -> str:
        """One heading, with its anchor."""
        if level == 1 and not self.title:
            self.title = text
            return ""
        anchor = self._anchor(unescape(plain(text)))
        self.headings.append(Heading(level, anchor, text))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def inline_math(self, body: str) -> str:
        """Set a formula within a line."""
        return mathml(body)

    def block_math(self, body: str) -> str:
        """Set a formula on its own line."""
        return mathml(body, block=True)

    def latex_environment(self, name: str, body: str) -> str:
        """Set a formula in an environment of its own."""
        return mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", block=True)

    def _kept(self, html: str) -> str:
        return str(self._html_embed_images(html)) if "<img" in html else html

    def _anchor(self, words: str) -> str:
        stem = re.sub(r"\W+", "-", words.casefold()).strip("-") or "section"
        taken = {heading.anchor for heading in self.headings}
        number = 2
        anchor = stem
        while anchor in taken or anchor == "main":
            anchor, number = f"{stem}-{number}", number + 1
        return anchor
