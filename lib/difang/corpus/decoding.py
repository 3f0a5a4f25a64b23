"""Which bytes are which characters: bytes go in, text and the name of the codec come out.

The text gives the bytes back exactly (`text.encode(codec, "surrogateescape")`, after the byte
order mark), also where some bytes belong to no character.
"""

import codecs
import re
from typing import NamedTuple

from difang.corpus.edits import Edit, change
from difang.errors import DifangError

BAD_SHARE = 0.005  # a codec under which more of the characters than this are bad is not the codec
CUT, CUT_SHARE = 3, 0.1  # a character cut in two leaves up to 3 bad bytes, in a text not too short
COMMON = frozenset("的一是不在有和人大中上工要以全地年政会會作行了")  # commonest, both scripts
COMMON_SHARE = 0.02  # real Chinese holds 8 to 20 % of these; bytes of another codec about 0.5 %
LONG = 50  # Han characters below which a share says nothing
_LONE = re.compile("[\ud800-\udfff]+")
_HAN = re.compile("[\u3400-\u9fff]")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16-le",
          codecs.BOM_UTF16_BE: "utf-16-be"}  # fmt: skip


class Decoded(NamedTuple):
    """Text without byte order mark, and the codec: "utf-8", "utf-8-sig", "gb18030", "utf-16-le"."""

    text: str
    encoding: str


class UnreadableError(DifangError):
    """A file that cannot be read, with the reason."""

    what_to_do = "Check the file's rights."


class UndecodableError(UnreadableError):
    """Bytes that are not text in any codec that is read."""

    what_to_do = "Save it as UTF-8 text."


def decode(data: bytes) -> Decoded:
    r"""Read bytes as UTF-8 (with mark or without), UTF-16 with a mark, or GB18030.

    UTF-8 is tried first, because Chinese text in another codec is practically never valid UTF-8.
    A few bad bytes do not make a text unreadable: they are kept as lone surrogates (PEP 383).

    Raises
    ------
    UndecodableError
        The bytes hold NUL characters, or are neither UTF-8 nor GB18030 nor UTF-16 with a mark.

    Examples
    --------
    >>> decode("县域".encode("gb18030"))
    Decoded(text='县域', encoding='gb18030')
    """
    for mark, codec in _MARKS.items():
        if data.startswith(mark):
            return _lossless(data[len(mark) :], codec)
    if b"\0" in data:
        raise UndecodableError("The file holds NUL bytes: it is not a text file.")
    for codec in ("utf-8", "gb18030"):
        decoded = _lossless(data, codec)
        if _fits(decoded):
            return decoded
    raise UndecodableError("The bytes are neither UTF-8 nor GB18030.")


def undecodable(text: str) -> list[Edit]:
    """Mark what no codec could read: each such byte becomes one U+FFFD, and offsets stay."""
    return [
        change(text, *m.span(), readable(m[0]), "undecodable_bytes") for m in _LONE.finditer(text)
    ]


def readable(text: str) -> str:
    """Return the text with U+FFFD for each byte that no codec could read."""
    return _LONE.sub(lambda m: "\ufffd" * len(m.group()), text)


def _lossless(data: bytes, codec: str) -> Decoded:
    plain = "utf-8" if codec == "utf-8-sig" else codec
    text = data.decode(plain, "surrogateescape")
    if text.encode(plain, "surrogateescape") != data:
        raise UndecodableError(f"The bytes cannot be read as {codec} without loss.")
    return Decoded(text, codec)


def _fits(decoded: Decoded) -> bool:
    """Tell Chinese in the codec from other bytes that it happens to accept."""
    text, codec = decoded
    bad = sum(map(len, _LONE.findall(text)))
    if bad > BAD_SHARE * len(text) and (bad > CUT or bad > CUT_SHARE * len(text)):
        return False
    han = _HAN.findall(text)
    common = sum(c in COMMON for c in han)
    return codec == "utf-8" or (
        bool(han) and (len(han) < LONG or common >= COMMON_SHARE * len(han))
    )
