"""Web pages: the text a reader sees, one paragraph a line, and what the head of the page states.

All text of the page is kept, its furniture too, which cleaning takes out on record. Left out is
what the page itself declares no text: scripts, and hidden or navigation elements without sentences.
Which elements these are stands in data/reference/html_parts.csv.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from difang.corpus.decoding import Decoded, UndecodableError, decode, readable
from difang.corpus.parts import FormatError, Part, Problem
from difang.corpus.reference import read_reference

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_PARTS = {row["part"]: row["names"] for row in read_reference("html_parts.csv", ("part", "names"))}
_FIELDS, _CODECS = (
    {name: field for part, names in _PARTS.items() if (field := part.removeprefix(kind)) != part
     for name in names.split("|")}
    for kind in ("meta ", "charset ")
)  # fmt: skip
_BEGINS = re.compile(
    rb"(?is)\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:(?><!--.{0,500}?-->)\s*)*+"
    rb"<(?:!doctype html|html|head)\b"
)
_CHARSET = re.compile(rb"""(?i)<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,20})""")
_BAD_SHARE = 0.02  # of the characters, above which a declared codec is not the codec
_ANEW = "Save the page anew when the browser shows it whole, or take it away."
_LINKS = 3  # of a menu, at least
_SENTENCES = 3  # an element of as many holds running text, whatever the page declares it to be
_LINE, _CELL, _FROM, _TO = "\x1e\x1f\x02\x03"  # marks put into the page: no page holds them
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LABEL = re.compile(r"\s*\w{2,5}[：:]")
_SITE = re.compile(r"\s*(?:[_|｜>]+|[-–—]+)\s*")
_TITLE = 10  # characters from which a line that the title element repeats is the headline
_IN_SCRIPT = re.compile(r"。|\\u3002")


def is_page(data: bytes) -> bool:
    """Return whether bytes are certainly a web page, whatever their file is called."""
    return _BEGINS.match(data[:2000]) is not None


def read_page(data: bytes) -> Iterator[Part | Problem]:
    """Yield the text of a web page, with what its head states, and a note on text in scripts.

    Raises
    ------
    UnreadableError
        It is in no known codec, or shows no text.
    """
    from selectolax.lexbor import LexborHTMLParser

    source, codec = _decode(data)
    tree = LexborHTMLParser(source)
    scripts = "".join(script.text() for script in tree.css("script"))
    text = _text(tree.body) if tree.body else ""
    if not text:
        raise FormatError("The page holds no text.", _ANEW)
    yield Part(text, f"html:{codec}", _head(tree, text), "html head")
    if len(_IN_SCRIPT.findall(scripts)) > max(_SENTENCES, text.count("。")):
        yield Problem("Most sentences of the page lie in its scripts, which are not read.", _ANEW)


def _decode(data: bytes) -> Decoded:
    """Read the bytes as UTF-8 if they are, else as the page declares, else as they look."""
    declared = _CHARSET.search(data[:9000])
    codec = _CODECS.get(declared[1].decode().lower()) if declared else None
    stated = Decoded(data.decode(codec, "replace"), codec) if codec else Decoded("", "")
    fits = stated.text.count("\ufffd") < _BAD_SHARE * len(stated.text)
    try:
        decoded = decode(data)
    except UndecodableError:
        if fits:
            return stated
        raise
    if fits and not decoded.encoding.startswith("utf"):
        return stated
    return Decoded(readable(decoded.text), decoded.encoding)


def _text(body: "LexborNode") -> str:
    """Return the text of a page, blocks on lines of their own, cells parted by tabs."""
    body.strip_tags(_PARTS["unseen"].split("|"), recursive=True)
    menus = filter(_is_menu, body.css(_PARTS["menu"].replace("|", ",")))
    for node in [*body.css(_PARTS["aside"].replace("|", ",")), *menus]:  # never the body itself
        node.insert_before(_FROM)
        node.insert_after(_TO)
    for node in body.css(_PARTS["block"].replace("|", ",")):
        node.insert_before(_LINE)
        node.insert_after(_LINE)
    for node in body.css("td, th"):
        node.insert_after(_CELL)
    for node in body.css("a + a, span + span"):  # parted by their style, if at all
        apart = node.tag == "a" or _LABEL.match(node.text(deep=False))
        if apart and not (node.prev and node.prev.is_text_node and node.prev.text().strip()):
            node.insert_before(" ")
    for node in body.css("pre"):
        for piece in list(node.traverse(include_text=True)):
            if piece.is_text_node:
                piece.replace_with((piece.text_content or "").replace("\n", _LINE))
    text = _SPACE.sub(" ", body.text())
    lines = "".join(_seen(text)).replace(_CELL, "\t").split(_LINE)
    return "\n".join(line for line in (line.strip(" \t") for line in lines) if line.strip())


def _is_menu(node: "LexborNode") -> bool:
    """Return whether an element holds links, and nothing else that can be read."""
    links = node.css("a[href]")
    inside = sum(len("".join(link.text().split())) for link in links)
    return len(links) >= _LINKS and inside == len("".join(node.text().split()))


def _seen(text: str) -> list[str]:
    """Return the pieces of a text; of what lies between marks, sentences that stand only there."""
    kept: list[str] = []
    starts: list[int] = []
    hidden: list[slice] = []
    for piece in re.split(f"([{_FROM}{_TO}])", text):
        if piece == _FROM:
            starts.append(len(kept))
        elif piece != _TO:
            kept.append(piece)
        elif starts:
            hidden.append(slice(starts.pop(), len(kept)))
            if "".join(kept[hidden[-1]]).count("。") < _SENTENCES:
                del kept[hidden.pop()]
    for part in reversed(hidden):
        inside, kept[part] = kept[part], [""] * (part.stop - part.start)
        if set(_sentences(inside)) - set(_sentences(kept)):
            kept[part] = inside
    return kept


def _sentences(pieces: list[str]) -> list[str]:
    text = re.sub("[ \xa0\u3000]+", "", "".join(pieces))
    return [one for one in re.split(f"[。{_LINE}{_CELL}]", text) if len(one) >= _TITLE]


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
        if value and name in _FIELDS:
            fields.setdefault(_FIELDS[name], value)
    lines = {"".join(line.split()): line.strip() for line in text.split("\n")}
    heads = {"".join(node.text().split()) for node in tree.css("h1, h2, h3")}
    for title in shown:
        for cut in (len(title), *reversed([m.start() for m in _SITE.finditer(title)])):
            line = "".join(title[:cut].split())
            if line in lines and (line in heads or len(line) >= _TITLE):
                fields.setdefault("title", lines[line])
    return fields
