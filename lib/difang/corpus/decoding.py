"""Which bytes are which characters: bytes go in, text and the name of the codec come out.

`encode(*decode(data))` is `data`, always, also where some bytes belong to no character and where
a file changes its codec on the way.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from difang.corpus.characters import run_of
from difang.corpus.edits import Edit, change
from difang.corpus.sieve import may_hold, spots
from difang.errors import DifangError

ORDINARY = 0.7  # share of ordinary characters in a text; of bytes read in another codec: below 0.5
BAD_SHARE = 0.005  # UTF-8 of which more of the characters than this are bad is not UTF-8
CUT, CUT_SHARE = 3, 0.1  # a character cut in two leaves up to 3 bad bytes, in a text not too short
COMMON = frozenset("的一是不在有和人大中上工要以全地年政会會作行了")  # commonest, both scripts
COMMON_SHARE = 0.02  # real Chinese holds 8 to 20 % of these; bytes of another codec about 0.5 %
LONG = 50  # characters below which a share of the commonest says nothing
SAMPLE = 1 << 18  # characters that are enough to tell a codec by
_LONE = re.compile(run_of("\ud800-\udfff"))
_TWO_BYTES = ("gb18030", "big5hkscs", "cp950")
_PLAIN = re.compile(run_of(r"\t\n\r -~"))
# Four characters of three bytes: no other codec gives them by chance
_RUN = re.compile(rb"(?:[\xe2-\xef][\x80-\xbf]{2}[\x00-\x7f]*+){4,}+")


class Decoded(NamedTuple):
    """Text without byte order mark, and the codec that gives its bytes back.

    One codec by Python's name for it ("utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16" with
    a mark, "utf-16-le" without); where the codec changes, each further one with the offset in
    `text` where it begins: "gb18030 utf-8:5120".
    """

    text: str
    encoding: str


class UnreadableError(DifangError):
    """A file that cannot be read, with the reason."""

    what_to_do = "Check the file's rights."


class UndecodableError(UnreadableError):
    """Bytes that are not text in any codec that is read."""

    what_to_do = "Save it as UTF-8 text."


def decode(data: bytes) -> Decoded:
    r"""Read bytes as UTF-8, GB18030, Big5 or UTF-16, or as stretches of several of them.

    UTF-8 goes first, because Chinese text in another codec is practically never valid UTF-8; the
    others are told apart by the share of ordinary characters. A few bad bytes do not make a text
    unreadable: they are kept as lone surrogates (PEP 383).

    Raises
    ------
    UndecodableError
        The bytes hold NUL characters, or are Chinese in none of the codecs.

    Examples
    --------
    >>> decode("县域".encode("gb18030"))
    Decoded(text='县域', encoding='gb18030')
    >>> decode("县域经济发展，".encode("gb18030") + "县域经济".encode())
    Decoded(text='县域经济发展，县域经济', encoding='gb18030 utf-8:7')
    """
    with suppress(UnicodeDecodeError):  # as good as always
        if "\0" not in (text := data.decode()) and not data.startswith(codecs.BOM_UTF8):
            return Decoded(text, "utf-8")
    joined: list[Decoded] = []
    for text, codec in _stretches(data):
        if joined and codec in (joined[-1].encoding, joined[-1].encoding.removesuffix("-sig")):
            text, codec = joined[-1].text + text, joined.pop().encoding
        if text or codec == "utf-8-sig":
            joined.append(Decoded(text, codec))
    at = 0
    names: list[str] = []
    for text, codec in joined:
        names.append(f"{codec}:{at}" if names else codec)
        at += len(text)
    decoded = Decoded("".join(text for text, _ in joined), " ".join(names) or "utf-8")
    if encode(*decoded) != data:
        raise UndecodableError(f"The bytes cannot be read as {decoded.encoding} without loss.")
    return decoded


def encode(text: str, encoding: str) -> bytes:
    """Return the bytes of a text: the inverse of `decode`.

    >>> encode("县域", "gb18030 utf-8:1") == "县".encode("gb18030") + "域".encode()
    True
    """
    names = [name.partition(":") for name in encoding.split()]
    starts = [int(start or 0) for *_, start in names]
    stops = [*starts[1:], len(text)]
    parts = zip(names, starts, stops, strict=True)
    return b"".join(_written(text[start:stop], codec) for (codec, *_), start, stop in parts)


def undecodable(text: str) -> list[Edit]:
    """Mark what no codec could read: each such byte becomes one U+FFFD, and offsets stay."""
    return [
        change(text, *m.span(), readable(m[0]), "undecodable_bytes") for m in spots(_LONE, text)
    ]


def readable(text: str) -> str:
    """Return the text with U+FFFD for each byte that no codec could read."""
    lone = may_hold(_LONE, text)
    return _LONE.sub(lambda m: "\ufffd" * len(m.group()), text) if lone else text


@cache
def ordinary() -> re.Pattern[str]:
    """Return a pattern for what a Chinese page is made of, in one run.

    Marks and the Han of the first level of GB 2312 and of Big5, the 7,000 in use.
    """
    pages = [("gb2312", range(0xB0, 0xD8)), ("big5", range(0xA4, 0xC7))]
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    pairs = [(codec, bytes([a, b])) for codec, leads in pages for a in leads for b in trails]
    han = {char for codec, pair in pairs if (char := pair.decode(codec, "ignore")) >= "\u4e00"}
    return re.compile(run_of("·—‘’“”…\u3000-\u3011\uff01-\uff5e" + "".join(sorted(han))))


def share(text: str) -> float:
    """Return how much of a text that is not ASCII is ordinary; 0 if it is no Chinese."""
    telling = _PLAIN.sub("", text[:SAMPLE])
    known = "".join(ordinary().findall(telling))
    common = sum(known.count(char) for char in COMMON) if len(known) >= LONG else len(known)
    if common < COMMON_SHARE * len(known) or not any("\u4e00" <= c <= "\u9fff" for c in known):
        return 0
    return len(known) / len(telling)


def _stretches(data: bytes) -> Iterator[Decoded]:
    """Yield the stretches of one codec that a file consists of."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        even = len(data) & ~1
        yield _read(data[:even], "utf-16" if data[0] == 0xFF else "utf-16-be")
        yield _read(data[even:], "utf-8")
        return
    if data.startswith(codecs.BOM_UTF8):
        yield Decoded("", "utf-8-sig")
        data = data[3:]
    plain = _read(data, "utf-8")
    lone = _LONE.search(plain.text)
    runs = list(_RUN.finditer(data)) if lone else []
    if not runs:
        yield _whole(data, plain) if lone or b"\0" in data else plain
        return
    if b"\0" in data:
        raise UndecodableError("The file holds NUL bytes: it is not a text file.")
    done = 0
    for run in runs:
        start = run.start()
        if done < start and _LONE.search(_between(data[done:start]).text[-1:]):
            start += 3  # the last character before began one byte earlier
        yield _between(data[done:start])
        yield _read(data[start : run.end()], "utf-8")
        done = run.end()
    yield _between(data[done:])


def _between(data: bytes) -> Decoded:
    """Read what stands between runs of UTF-8: UTF-8 too, unless two characters say otherwise."""
    plain, best = _read(data, "utf-8"), _best(data, _TWO_BYTES)
    other = len(data) > CUT and _LONE.search(plain.text) and share(best.text) >= ORDINARY
    return best if other else plain


def _whole(data: bytes, plain: Decoded) -> Decoded:
    """Read a file that is not clean UTF-8 as what makes most sense of it."""
    wide = () if len(data) % 2 else ("utf-16-le", "utf-16-be")
    best = _best(data, ("utf-8", *_TWO_BYTES, *wide))
    if share(best.text) >= ORDINARY:
        return best
    if b"\0" in data:
        raise UndecodableError("The file holds NUL bytes: it is not a text file.")
    bad = sum(map(len, _LONE.findall(plain.text)))
    if bad > BAD_SHARE * len(plain.text) and (bad > CUT or bad > CUT_SHARE * len(plain.text)):
        raise UndecodableError("The bytes are neither UTF-8 nor GB18030, Big5 or UTF-16.")
    return plain


def _best(data: bytes, names: tuple[str, ...]) -> Decoded:
    """Read bytes in the codec that makes most sense of their beginning and gives them back."""
    shares = {name: share(_read(data[: SAMPLE * 4], name).text) for name in names}
    for name in sorted(names, key=lambda name: -shares[name]):
        reading = _read(data, name)
        if _written(*reading) == data:
            return reading
    return _read(data, "utf-8")


def _read(data: bytes, codec: str) -> Decoded:
    return Decoded(data.decode(codec, _errors(codec)), codec)


def _written(text: str, codec: str) -> bytes:
    if codec == "utf-16":  # on every machine the lower byte first
        return codecs.BOM_UTF16_LE + _written(text, "utf-16-le")
    return text.encode(codec, _errors(codec))


def _errors(codec: str) -> str:
    return "surrogatepass" if codec.startswith("utf-16") else "surrogateescape"
