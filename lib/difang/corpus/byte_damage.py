"""Bytes read out of step: spots where a mirror site's replacements fell across two characters.

Such a site replaces in the GBK bytes of a page: a gloss goes behind each character of a table, and
full-width marks become ASCII. Where the pattern lies on the second byte of one character and the
first of the next, both are lost. In goes a text; out come edits for the spots that can be
realigned by their bytes, and the number of those that cannot.
"""

import re
from collections.abc import Iterator

from difang.corpus.characters import HAN, LETTERS, WIDE
from difang.corpus.edits import Edit, change
from difang.corpus.glosses import glosses, is_reading

_TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
_LONGEST = 25  # characters between two marks: more, and a full stop must have been lost
# 勇爭 (D3 C2 A0 8E) → 勇?tīng)?zhēng): the gloss of 聽 (C2 A0) fell between the two
_GLOSS = re.compile(
    rf"(?<=([{HAN}]))\?[(（]?([{LETTERS}]{{1,7}})[)）]"
    rf"([{WIDE}]{{0,6}})(?:([@-~])(?![{LETTERS}])|\?[(（]?([{LETTERS}]{{1,7}})[)）])"
)
# 。縣 (A1 A3 BF 68) → ??h: the mark ？ (A3 BF) lies across, becomes ?, and leaves A1 and 68 alone
_MARK = re.compile(rf"(?<=[{HAN}])\?([?!,:;()])([{HAN}]{{0,4}})([@-~])(?=[{HAN}])")
_BRACKET = re.compile(rf"[(（][{LETTERS}]{{1,7}}[)）]")
_LOST = re.compile(rf"\ufffd+|\$\d(?:\.\$\d)?|\?+(?:[(（]?[{LETTERS}]{{1,7}}[)）]\?*)?")
_ASKS = re.compile(
    r"[吗呢吧谁哪啥岂嗎誰]|什[么麼]|怎|多少|[是能可会會应應]否|[如为為]何|何[以时時处處在谓謂为為]|"
    r"[难難]道|(.)不\1|有没有|几[个時时何]"
)
_SENTENCE = re.compile(r"[^。！？!?；;\n]{0,80}\Z")


def realign(text: str) -> list[Edit]:
    """Return edits for the broken spots whose bytes leave one clean reading.

    Only pages with glosses are read: the damage comes from the same machinery.

    >>> text = "縣域經(jīng)濟呈現新的特征??h域發展定位從國際大循環向國內雙循環轉變,"
    >>> realign(text)[0].new
    '。縣'
    """
    if "?" not in text or not glosses(text):
        return []
    spots = [(match, _across_gloss(match)) for match in _GLOSS.finditer(text)]
    spots += [(match, _across_mark(text, match)) for match in _MARK.finditer(text)]
    certain = [(match, found[0]) for match, found in spots if len(found) == 1]
    return sorted(change(text, *match.span(), new, "bytes") for match, new in certain)


def damage(text: str) -> int:
    """Count the spots of a clean text where characters are lost.

    A question mark counts if it stands beside Han characters where nothing is asked.

    >>> damage("不断提高?民的法律素质。谁来做?我们做。")
    1
    """
    return sum(
        match[0][0] != "?" or not is_question(text, match.start(), match.end())
        for match in _LOST.finditer(text)
    )


def is_question(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]`, a run of "?", can be a question mark where it stands."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if not re.search(f"[{WIDE}]", before + after):
        return True
    if not after or after in "\n”’）》】」』\"')":
        return bool(before.strip())
    sentence = _SENTENCE.search(text, max(0, start - 80), start)
    return sentence is not None and _ASKS.search(sentence[0]) is not None


def _across_gloss(match: re.Match[str]) -> list[str]:
    """Return what may have stood where a gloss split a character.

    The site glossed a common character whose second byte begins the next one.
    """
    before, reading, between, last, last_reading = match.groups()
    lead = _gbk(before)[-1:]
    found = {
        restored
        for trail in range(0x81, 0xFF)
        if (glossed := _char(lead + bytes([trail])))
        and _is_common(glossed)
        and is_reading(reading, glossed)
        for restored in _restored(bytes([trail]) + _gbk(between), last, last_reading)
    }
    return sorted(found)


def _restored(known: bytes, last: str | None, reading: str | None) -> Iterator[str]:
    """Yield clean readings of bytes whose last one is a letter, or lost before a gloss."""
    for trail in [ord(last)] if last else _TRAILS:
        chars = _char(known + bytes([trail]))
        clean = chars != "" and all(_is_common(c) for c in chars)
        if clean and (reading is None or is_reading(reading, chars[-1])):
            yield chars


def _across_mark(text: str, match: re.Match[str]) -> list[str]:
    """Return what may have stood where a mark that became ASCII lay across two characters.

    The first byte of the first character is lost; that it was a full stop is taken only where the
    clause would otherwise run on too long.
    """
    mark, between, last = match.groups()
    before = _BRACKET.sub("", text[max(0, match.start() - 99) : match.start()])
    after = _BRACKET.sub("", text[match.end() : match.end() + 99])
    clause = re.split(f"[^{HAN}]", before)[-1] + re.split(f"[^{HAN}]", after)[0]
    if len(clause) < _LONGEST:
        return []
    known = bytes([ord(mark) | 0x80]) + _gbk(between)
    return [f"。{chars}" for chars in _restored(known, last, None)]


def _is_common(char: str) -> bool:
    """Return whether a character is a mark, or of the first level of Big5 or of GB 2312."""
    if char in "，。、；：！？“”《》（）":
        return True
    big5, gb = char.encode("big5", "ignore"), char.encode("gb2312", "ignore")
    return (big5[:1] and 0xA4 <= big5[0] <= 0xC6) or (bool(gb) and 0xB0 <= gb[0] <= 0xD7)


def _gbk(chars: str) -> bytes:
    return chars.encode("gbk", "ignore")


def _char(data: bytes) -> str:
    """Return the characters of GBK bytes, or nothing if they are not whole."""
    chars = data.decode("gbk", "ignore")
    return chars if _gbk(chars) == data else ""
