"""Web pages: the text a reader sees, one paragraph a line, and what the head of the page states.

All text of the page is kept, its furniture too, which cleaning takes out on record. Left out is
what the page itself declares no text: scripts, and hidden or navigation elements without sentences.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from difang.corpus.decoding import Decoded, UndecodableError, decode, readable
from difang.corpus.parts import FormatError, Part

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_BEGINS = re.compile(
    rb"(?is)\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:(?><!--.{0,500}?-->)\s*)*+"
    rb"<(?:!doctype html|html|head)\b"
)
_CHARSET = re.compile(rb"""(?i)<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,20})""")
_CODECS = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
}  # fmt: skip
_BAD_SHARE = 0.02  # of the characters, above which a declared codec is not the codec
_NO_TEXT = re.compile("head|script|style|noscript|template|title").fullmatch
_ASIDE = re.compile("nav|footer|select|button|textarea|iframe|object|svg|audio|video").fullmatch
_ROLES = ("navigation", "contentinfo")
_HIDDEN = re.compile(r"(?i)(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_SENTENCES = 3  # an element of as many holds running text, whatever the page declares it to be
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frameset|h[1-6]|header|hr|html|legend|li|main|menu|nav|"
    "ol|option|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
).fullmatch
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LABEL = re.compile(r"\s*\w{2,5}[：:]")
_META = {
    "articletitle": "title", "pubdate": "date_published", "publishdate": "date_published",
    "article:published_time": "date_published", "contentsource": "source", "source": "source",
    "author": "author", "keywords": "keywords", "sitename": "site_name",
    "og:site_name": "site_name",
}  # fmt: skip
_SITE = re.compile(r"\s*(?:[_|｜]|--+|—+|\s[-–])\s*")
_TITLE = 10  # characters from which a line that the title element repeats is the headline


def is_page(data: bytes) -> bool:
    """Return whether bytes are certainly a web page, whatever their file is called."""
    return _BEGINS.match(data[:2000]) is not None


def read_page(data: bytes) -> Iterator[Part]:
    """Yield the text of a web page, with what its head states.

    Raises
    ------
    UnreadableError
        It is in no known codec, or shows no text.
    """
    from selectolax.lexbor import LexborHTMLParser

    source, codec = _decode(data)
    tree = LexborHTMLParser(source)
    text = _text(tree.body) if tree.body else ""
    if not text:
        what = "Save the page anew when the browser shows it whole, or take it away."
        raise FormatError("The page holds no text.", what)
    yield Part(text, f"html:{codec}", _head(tree, text), "html head")


def _decode(data: bytes) -> Decoded:
    """Read the bytes as UTF-8 if they are, else as the page declares, else as they look."""
    declared = _CHARSET.search(data[:9000])
    codec = _CODECS.get(declared[1].decode().lower()) if declared else None
    try:
        decoded = decode(data)
    except UndecodableError:
        decoded = None
        if not codec:
            raise
    if codec and (decoded is None or not decoded.encoding.startswith("utf")):
        text = data.decode(codec, "replace")
        if decoded is None or text.count("\ufffd") <= _BAD_SHARE * len(text):
            return Decoded(text, codec)
    assert decoded is not None
    return Decoded(readable(decoded.text), decoded.encoding)


def _text(body: "LexborNode") -> str:
    """Return the text of an element, blocks on lines of their own, cells parted by tabs."""
    out: list[str] = []
    marks: list[tuple[int, int]] = []
    sentences = preformatted = 0
    for node, ends in _walk(body):
        if node.is_text_node:
            text = node.text_content or ""
            sentences += text.count("。")
            out.append(text if preformatted else _SPACE.sub(" ", text))
        if not node.is_element_node:
            continue
        tag = node.tag or ""
        preformatted += (tag == "pre") * (-1 if ends else 1)
        if _is_aside(node, tag):
            if not ends:
                marks.append((len(out), sentences))
            else:
                start, before = marks.pop()
                if _NO_TEXT(tag) or sentences - before < _SENTENCES:
                    del out[start:]
                    sentences = before
        out.append(_gap(node, tag, ends))
    lines = (line.strip(" \t") for line in "".join(out).split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _walk(root: "LexborNode") -> Iterator[tuple["LexborNode", bool]]:
    """Yield each node when it begins and when it ends, however deep the page is nested."""
    node, depth = root, 0
    while True:
        yield node, False
        if (child := node.first_child) is not None:
            node, depth = child, depth + 1
            continue
        while True:
            if not node.is_text_node:
                yield node, True
            if depth == 0:
                return
            if (follower := node.next) is not None:
                node = follower
                break
            assert node.parent is not None
            node, depth = node.parent, depth - 1


def _is_aside(node: "LexborNode", tag: str) -> bool:
    if _NO_TEXT(tag) or _ASIDE(tag):
        return True
    if tag == "body":  # some pages hide all until a script has run
        return False
    has = node.attributes
    return (
        "hidden" in has or has.get("role") in _ROLES or bool(_HIDDEN.search(has.get("style") or ""))
    )


def _gap(node: "LexborNode", tag: str, ends: bool) -> str:
    """Return what parts an element from the text around it."""
    if _BLOCKS(tag):
        return "\n"
    if tag in ("td", "th"):
        return "\t" * ends
    follower = node.next if ends else None
    if follower is None or follower.is_text_node:
        return ""
    first = follower.first_child
    label = first is not None and _LABEL.match(first.text_content or "")
    return " " if label or tag == follower.tag == "a" else ""


def _head(tree: "LexborHTMLParser", text: str) -> dict[str, str]:
    """Return what the head of a page states; of the title, what the page shows as a headline."""
    fields: dict[str, str] = {}
    shown: list[str] = [title.text() for title in tree.css("head title")]
    for meta in tree.css("meta[content]"):
        has = meta.attributes
        name = (has.get("name") or has.get("property") or "").lower()
        value = " ".join((has.get("content") or "").split())
        if name == "og:title":
            shown.append(value)
        if value and name in _META:
            fields.setdefault(_META[name], value)
    lines = {"".join(line.split()): line.strip() for line in text.split("\n")}
    heads = {"".join(node.text().split()) for node in tree.css("h1, h2, h3")}
    for title in shown:
        for cut in (len(title), *reversed([m.start() for m in _SITE.finditer(title)])):
            line = "".join(title[:cut].split())
            if line in lines and (line in heads or len(line) >= _TITLE):
                fields.setdefault("title", lines[line])
    return fields
