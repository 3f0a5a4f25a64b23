"""Markup: what HTML and Markdown leave in a text that was copied out of them.

In goes a text; out come edits that take out tags, comments, entities, marks of emphasis and the
characters that forums strew between words.
"""

import re
from collections.abc import Iterator
from html import unescape

from difang.corpus.characters import HAN
from difang.corpus.edits import Edit, change

_DROPPED = re.compile(r"(?is)<(script|style)\b[^<>]{0,300}>.{0,20000}?</\1\s{0,9}>")
_COMMENT = re.compile(r"(?s)<!--(.{0,2000}?)-->")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,9})(?:\s[^<>]{0,500})?/?>")
_BLOCKS = ("p", "div", "br", "hr", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6")
_ENTITY = re.compile(r"&(?:amp;){0,9}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,200})\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\((?:https?:|/|#|www)[^()\s]{0,500}\)")
_BEADS = [re.compile(rf"{blank}[!-~]{{1,2}}(?:[ \t][!-~]{{1,2}}){{4}}") for blank in " \t"]
_STREWN = re.compile(r"(?<!\S)[!-~]{1,2}(?:[ \t][!-~]{1,2}){5,99}(?!\S)")
_SHAPES = re.compile(r"(?<=[^\s■◆★●▲])[■◆★●▲]+")  # amid a line: at its beginning they list
_MOTLEY = 3  # runs of more than one shape, at least, where they are strewn
_BOLD = r"\*\*"
_BOLD_HEAD = re.compile(r"(?m)^\s*\*\*[^*\n]+\*\*")
_TORN = re.compile(rf"[{HAN}]\*\*[^*\n]*?[，。；][^*\n]*?\*\*|[{HAN}]\*\*[^*\n]+$")
_PAIR = re.compile(r"[^*\n]?\*\*[^*\n]*?(?:\*\*|$)", re.M)
_MASKS = 2  # names left out, at least, where they are masked
_SIGNS = {  # what must stand in a text, and what is taken out of it then
    re.compile(_BOLD): re.compile(r"\*{2,3}"),
    re.compile("__"): re.compile(r"(?<!\w)_{2,9}(?=[^\s_])|(?<=[^\s_])_{2,9}(?!\w)"),
    re.compile(r"\n[ \t]{0,12}[#*+>-]"): re.compile(
        r"(?m)^(?:[ \t]{0,12}(?:#{1,6}|[-*+>])[ \t]+(?=\S)(?!\d{1,4} ?-))+"
    ),
    re.compile(r"\\"): re.compile(r"\\(?=[.\-*_#()\[\]!+])"),
}
_MIXED = re.compile(r"(?<!\S)(?:[A-Za-z][\d!-/:-@\[-`{-~]|[\d!-/:-@\[-`{-~][A-Za-z])(?!\S)")
_BUTTON = 6  # characters of a link that stands alone on its line and is no text: 查看原文


def markup(text: str) -> list[Edit]:
    """Return edits that take out HTML and Markdown; captions in comments and images are moved.

    >>> [edit.old for edit in markup("**一、回顾**<br>")]
    ['**', '**', '<br>']
    """
    edits = [*_html(text)] if "<" in text else []
    edits += _entities(text) if "&" in text else ()
    edits += _brackets(text) if "](" in text else ()
    for sign, shape in _SIGNS.items():
        marks = sign.search(f"\n{text}") and not (sign.pattern == _BOLD and _is_masked(text))
        found = shape.finditer(text) if marks else ()
        edits += [change(text, *match.span(), "", "markdown") for match in found]
    return sorted([*edits, *_strewn(text)])


def _is_masked(text: str) -> bool:
    """Tell whether ** stands for names left out (在**市委领导下) and not for bold print.

    Then no line begins with print in bold, and a mark has no partner on its line, or what lies
    between two begins and ends amid clauses.
    """
    pairs = [] if _BOLD_HEAD.search(text) else _PAIR.findall(text)
    return sum(_TORN.fullmatch(pair) is not None for pair in pairs) >= _MASKS


def _strewn(text: str) -> list[Edit]:
    """Return edits for characters strewn in against copying, or for search engines to find new.

    They are b4 U4 p1 |5 i+, no words and no sums, or shapes of several kinds: 发★■展◆◆★.
    """
    found = _STREWN.finditer(text) if any(beads.search(text) for beads in _BEADS) else ()
    runs = (run for run in found if len(_MIXED.findall(run[0])) >= 2)
    shapes = [*_SHAPES.finditer(text)] if "■" in text or "★" in text else []
    strewn = sum(len(set(run[0])) > 1 for run in shapes) >= _MOTLEY
    return [change(text, *run.span(), "", "anti_copy") for run in [*runs, *shapes * strewn]]


def _html(text: str) -> Iterator[Edit]:
    dropped = _DROPPED.finditer(text) if "</s" in text.lower() else ()
    yield from (change(text, *match.span(), "", "html_tag") for match in dropped)
    for match in _COMMENT.finditer(text) if "<!--" in text else ():
        has_words = re.search(f"[{HAN}]", match[1]) is not None
        yield change(text, *match.span(), "", "html_comment", move=has_words)
    for match in _TAG.finditer(text):
        new = "\n" if match[1].lower() in _BLOCKS else ""
        yield change(text, *match.span(), new, "html_tag")


def _entities(text: str) -> Iterator[Edit]:
    for match in _ENTITY.finditer(text):
        name = re.sub("&(?:amp;)+", "&", match[0])
        if (new := unescape(name)) not in (match[0], name):
            yield change(text, *match.span(), new, "entity")


def _brackets(text: str) -> Iterator[Edit]:
    for match in _IMAGE.finditer(text):
        yield change(text, *match.span(), "", "image", move=bool(match[1].strip()))
    for match in _LINK.finditer(text):
        yield from _link(text, match)


def _link(text: str, match: re.Match[str]) -> list[Edit]:
    """Return edits that keep the words of a link, unless it is a button on a line of its own."""
    start, end = match.span()
    alone = text[max(0, start - 1) : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
    if alone and len(match[1]) <= _BUTTON:
        return [change(text, start, end, "", "buttons")]
    return [
        change(text, start, match.start(1), "", "markdown"),
        change(text, match.end(1), end, "", "markdown"),
    ]
