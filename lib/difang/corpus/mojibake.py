"""Mojibake: characters whose bytes were once read in another codec than they were written in.

In goes a text; out come edits that undo it: UTF-8 read as GBK (鍙戝睍) or as Latin-1 (å±•), GBK
read as Latin-1 (·¢Õ¹), and twice over. What leaves no clean reading, or two, is counted.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, product

from difang.corpus.decoding import ordinary
from difang.corpus.edits import Edit, change
from difang.corpus.sieve import may_hold

_HIGH = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # the bytes 80 to BF, in Latin-1 or Windows-1252
_UTF8_LATIN = re.compile(rf"(?:[ÂÃÅÆË][{_HIGH}]|[â-ï][{_HIGH}]{{2}})+")
_LATIN = re.compile(rf"[\xa1-\xfe][\xa1-\xfe{_HIGH}]+")
_LONG = re.compile("[\xa1-\xfe][\xa1-\xfe](?:[\xa1-\xfe]{2}){3,}")
MANY = 48  # letters in long runs: then single characters (2018Äê) are read by the same codec
_UTF8 = re.compile(
    rb"(?:[\xe2-\xef][\x80-\xbf]{2}|[\xe2-\xef][\x80-\xbf]?\xff[\x80-\xbf\xff]{0,2}|[\x40-\x7e])+"
)
_BROKEN = re.compile(rb"[\xe2-\xef][\x80-\xbf]?\xff[\x80-\xbf\xff]{0,2}")
_MARKS = re.compile("[‘’“”…—–]")  # beside a letter these may be marks after all: Noé…”
_LEADS, _TRAILS = range(0xE2, 0xF0), range(0x80, 0xC0)  # of UTF-8 characters of three bytes


def mojibake(text: str) -> list[Edit]:
    """Return edits that undo mojibake where that leaves exactly one clean reading.

    A byte that was lost with its character stays lost, as U+FFFD.

    >>> [edit.new for edit in mojibake("鍙戝睍 å±• ·¢Õ¹ José")]
    ['发展', '展', '发展']
    """
    return sorted(change(text, *span, new, "mojibake") for span, new in _found(text) if new)


def garbled(text: str) -> int:
    """Count the spots of mojibake that leave no clean reading, or more than one."""
    return sum(not new for _, new in _found(text))


def _found(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the spots of mojibake with what was written there, or nothing if that is not clear."""
    if may_hold(_LATIN, text):
        yield from _found_latin(text)
    for match in _utf8_gbk().finditer(text):
        cells = [_gbk(c) for c in match[0]]
        if valid := _UTF8.match(b"".join(cells)):
            ends = [*accumulate(map(len, cells))]
            new = _clean(_BROKEN.sub(b"\xef\xbf\xbd", valid[0]), "utf-8")
            if valid.end() in ends and (len(new) > 1 or "€" in match[0]):
                end = match.start() + ends.index(valid.end()) + 1
                if _is_odd(text[match.start() : end]):
                    yield (match.start(), end), new


def _found_latin(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the spots that were read as Latin-1 or Windows-1252."""
    done = 0
    long = _latin("".join(_LONG.findall(text)))
    both = ("gb2312", "big5")
    codecs = [codec for codec in both if len(long) >= MANY and _clean(long, codec)] or both
    least = 4 if len(long) < MANY else 2  # letters: ×× is a name
    for match in _LATIN.finditer(text):
        if match.start() < done:
            continue
        new, whole = "", _UTF8_LATIN.match(text, match.start())
        if whole and (len(whole[0]) > 3 or not _MARKS.search(whole[0])):
            new = _clean(_latin(whole[0]), "utf-8")
        if whole and new:
            done = whole.end()
            yield whole.span(), new
            continue
        size = len(match[0])
        if least == 2 or (len(set(match[0])) > 2 and size > 3 and re.search("[À-ÿ]", match[0])):
            readings = {_clean(_latin(match[0]), codec) for codec in codecs} - {""}
            if readings or size > 3:
                yield match.span(), readings.pop() if len(readings) == 1 else ""


def _is_odd(run: str) -> bool:
    """Whether a third of a run is outside the common characters of Big5: 鏈條 is a word."""
    common = [c for c in run if b"\xa4\x40" <= c.encode("big5", "ignore") < b"\xc9"]
    return (len(run) - len(common)) * 3 >= len(run)


def _latin(chars: str) -> bytes:
    return b"".join(c.encode("latin-1" if c <= "\xff" else "cp1252") for c in chars)


def _gbk(char: str) -> bytes:
    return b"\x80" if char == "€" else b"\xff" if char in "?\ufffd" else char.encode("gb18030")


def _clean(data: bytes, codec: str) -> str:
    """Return what the bytes say in a codec, if that is ordinary Chinese or Latin, or lost."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return ""
    lost = text.count("\ufffd")
    rest = re.sub(
        r"[\x20-\x7e\xa0-\xff\u2190-\u2193\u25a0-\u25cf\ufeff\ufffd]", "", ordinary().sub("", text)
    )
    again = _UTF8_LATIN.fullmatch(text)  # written twice: the next time over undoes it
    usual = len(rest) * 10 <= len(text)
    return text if again or (usual and (lost * 2 <= len(text) or lost == len(text))) else ""


@cache
def _utf8_gbk() -> re.Pattern[str]:
    """Return a pattern for what UTF-8 read as GBK looks like: its bytes, two by two."""
    high = [*_LEADS, *_TRAILS]
    first, other, ends = (
        "".join(bytes(pair).decode("gb18030", "ignore") for pair in product(a, b))
        for a, b in ((_LEADS, _TRAILS), (high, high), (_TRAILS, range(0x40, 0x7F)))
    )
    return re.compile(f"[{first}][{other}{re.escape(ends)}€?\ufffd]+")
