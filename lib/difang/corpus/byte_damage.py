"""Bytes read out of step: spots where a mirror site's replacements fell across two characters.

Such a site replaces in the GBK bytes of a page: a gloss goes behind each character of a table, and
full-width marks become ASCII. Where the pattern lies on the second byte of one character and the
first of the next, both are lost. In goes a text; out come edits for the spots that can be
realigned by their bytes, and the number of those that cannot.
"""

import re
from functools import cache

from difang.corpus.characters import HAN, LETTERS, WIDE
from difang.corpus.decoding import ordinary
from difang.corpus.edits import Edit, change
from difang.corpus.glosses import glosses, is_reading
from difang.corpus.mojibake import garbled
from difang.corpus.reference import read_reference
from difang.corpus.script import other_script, simplified, words
from difang.corpus.sieve import spots

_TRAILS = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
COMMON, USUAL, RARE = 1000, 100, 50  # frequencies of words in jieba's dictionary
LOST, _BAD = "\ufffd", "?\ufffd"
_ANY = "[^\x00-\x7f\ufffd]"  # what bytes read out of step come out as
_GLOSS = rf"[?\ufffd€][(（]?([{LETTERS}]{{1,7}})[)）]"
_STOPS = ",;:()?!，；：（）？！"
_GAP = rf"[?\ufffd](?![(（]?[{LETTERS}]{{1,7}}[)）]|[{_STOPS}\n]|\Z)"  # a pair that is no character
_SPOT = re.compile(
    # 勇爭 (D3 C2 A0 8E) → 勇?tīng)?zhēng): the gloss of 聽 (C2 A0) fell between the two;
    # 。縣 (A1 A3 BF 68) → ??h: the mark ？ (A3 BF) became ASCII and left A1 and 68 alone;
    # 。”<br> (A1 A3 A1 B1 3C) → ?！?br>: what is left of ” takes the sign behind it along
    rf"(?:(?<={_ANY}){_GLOSS}|[?\ufffd]([{_STOPS}]))((?:{_ANY}|{_GAP}){{0,80}})"
    rf"(?:([@-~])(?![{LETTERS}])|{_GLOSS}|[?\ufffd](?:(/?(?:br|p|div|span) ?/?>)|"
    r"(?=[,;:()!，；：（）！\n]|\Z)))"
)
_TORN = "。[ㄅ-ㄩāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüê]"  # A1 A3, A8 and the first byte of a character
_SHIFTED = re.compile(rf"{_TORN}[^\x00-\x7f\n]{{0,30}}[@-~]")  # 　（秦州區 less a byte: 。ㄇ刂輩^
_OUT_OF_STEP = re.compile(rf"[?\ufffd](?:[(（]?[{LETTERS}]{{1,7}}[)）])?{_ANY}*\Z")
_BRACKET = re.compile(rf"[(（][{LETTERS}]{{1,7}}[)）]")
_LOST = re.compile(
    rf"[\ue000-\uf8ff\ufffd$?](?:(?<=\$)\d(?:\.\$\d)?|(?<=\?)\?*(?:[(（]?[{LETTERS}]{{1,7}}[)）]\?*)?|"
    r"(?<![$?])[\ue000-\uf8ff\ufffd]*)"
)
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_FILTERED = re.compile(
    rf"(?<=[{HAN}])(?:[*＊]|\s?(?:[a-z]{{0,4}}[{_TONES}][a-z]{{0,4}}\s?){{1,4}})(?=[{HAN}])"
)
_BREAK = re.compile(rf"[?？](?<=[。！”：].)[?？]{{2,7}}[ \u3000\xa0]?(?=[{HAN}“（])")
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
    if not ("?" in text or "\ufffd" in text) or not (found := glosses(text)):
        return []
    glossed = {text[edit.start - 1] for edit in found} | _usual()
    bare, foreign = _BRACKET.sub("", text), other_script(text)
    edits: list[Edit] = []
    done = 0  # where the text is in step again
    for match in _SPOT.finditer(text):
        before = text[max(done, match.start() - 99) : match.start()]
        if _OUT_OF_STEP.search(before):
            continue
        said = text.rfind("“", done, match.start()) > text.rfind("”", done, match.start())
        new = _across(_BRACKET.sub("", before)[-2:], match, glossed, bare, said)
        if new and not foreign.search(new):
            edits.append(change(text, *match.span(), new, "bytes"))
            done = match.end()
    return edits


def lost_breaks(text: str) -> list[Edit]:
    """Return edits for question marks amid a line that were the indentation of a paragraph."""
    found = _BREAK.finditer(text) if "?" in text or "？" in text else ()
    return [change(text, *match.span(), "\n", "lost_indent") for match in found]


def shifted(text: str) -> list[Edit]:
    """Return edits for brackets that begin a paragraph, read one byte out of step up to a letter.

    Of the blank before them (A1 A1) one byte is lost; （ (A3 A8) lies on two characters then.

    >>> shifted("。ㄇ刂輩^外宣辦)")[0].new
    '（秦州區'
    """
    found = _SHIFTED.finditer(text) if re.search(_TORN, text) else ()
    read = [(match, _inner(match[0])) for match in found]
    return [change(text, *match.span(), new, "bytes") for match, new in read if new]


def _inner(run: str) -> str:
    """Return what a run reads from its second byte on, if all of it is usual."""
    try:
        new = run.encode("gbk")[1:].decode("gbk")
    except UnicodeError:
        return ""
    return new if all(map(_is_common, new[1:])) else ""


def damage(text: str) -> int:
    """Count the spots of a clean text where characters are lost.

    A question mark counts if it stands beside Han characters where nothing is asked, an asterisk
    or a reading between them: who evades a filter of words put it there (人民*府, 省zhèng fǔ).

    >>> damage("不断提高?民的法律素质。谁来做?我们做。")
    1
    """
    return (
        garbled(text)
        + len(re.findall(rf"{_TORN}(?=[{HAN}])", text))
        + sum(1 for _ in spots(_FILTERED, text))
        + sum(
            match[0][0] != "?" or not is_question(text, match.start(), match.end())
            for match in spots(_LOST, text)
        )
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


def _across(
    before: str, match: re.Match[str], glossed: set[str], page: str, said: bool
) -> str | None:
    """Return what stood where a replacement fell across two characters.

    Either a gloss split a character, and its second byte begins the next one; or a mark did, and
    the first byte of the first character is lost. Where that is a quotation mark which ends what
    is `said` and a line, a tag may be lost with it. Characters that are not certain are U+FFFD.
    """
    reading, mark, run, letter, last, tag = match.groups()
    if said and mark and mark in "!！" and not (run or letter or last):  # A1 of ” (A1 B1)
        return _before_mark(before, "\n", page) + "”" + "\n" * bool(tag)
    if mark:
        heads: list[int | None] = [ord(mark) | 0x80 if mark.isascii() else _gbk(mark)[1]]
    else:
        heads = [*_trails(_gbk(before)[-1:], reading, glossed)]
    middle = [byte for char in run for byte in ((None, None) if char in _BAD else _gbk(char))]
    found = {
        chars
        for head in heads
        if (known := [head, *middle])
        for end in ([ord(letter)] if letter else _ends(known[-1], last, glossed))
        if (chars := _paired([*known, end]))
    }
    rest = "".join(c[0] if len(set(c)) == 1 else LOST for c in zip(*found, strict=True))
    if not rest or (mark and not re.search(f"[{HAN}]", rest)):
        return None
    lead = [*heads[:1], *middle][-1]
    if rest[-1] == LOST and not (letter or last) and lead:
        ends = {_char(bytes([lead, trail])) for trail in _TRAILS}
        rest = rest[:-1] + _likely((before + rest[:-1])[-2:], ends, "", page)
    return (_before_mark(before, rest[0], page) if mark else "") + rest + "\n" * bool(tag)


def _ends(lead: int | None, reading: str | None, glossed: set[str]) -> list[int | None]:
    return [*_trails(bytes([lead]), reading, glossed)] if lead and reading else [None]


def _paired(cells: list[int | None]) -> str:
    """Return the characters of bytes, U+FFFD where one is unknown; nothing if one is not usual."""
    chars = [
        LOST if a is None or b is None else _char(bytes([a, b]))
        for a, b in zip(cells[::2], cells[1::2], strict=True)
    ]
    return "".join(chars) if all(c == LOST or _is_common(c) for c in chars) else ""


def _before_mark(before: str, after: str, page: str) -> str:
    """Return the character whose first byte a mark took: its second byte is A3.

    A full stop where a word or a line has ended and no other makes one; else what completes one.
    """
    heads = {c for lead in range(0x81, 0xFF) if _is_common(c := _char(bytes([lead, 0xA3])))}
    share = 20 if _is_ended(before) else 1
    if after in "。，、；：！？”》）" or (share == 1 and after != "\n"):
        return _likely(before, heads - {"。"}, after, page)
    joined = [simplified(before[-1] + c + after) for c in heads]
    makes = max(max(words().get(row[:2], 0) // share, words().get(row[1:], 0)) for row in joined)
    return "。" if makes < RARE else LOST


def _likely(before: str, chars: set[str], after: str, page: str) -> str:
    """Return the one of `chars` that completes a common word of the page, where none has ended."""
    chars = set(filter(_is_common, chars))
    if not chars or not before or _is_ended(before):
        return LOST
    rows = {c: simplified(before[-1] + c + after) for c in chars}
    weights = {c: (words().get(row[:2], 0), words().get(row[1:], 0)) for c, row in rows.items()}
    best = max(sorted(weights), key=lambda c: weights[c][0])
    others = max((max(weight) for c, weight in weights.items() if c != best), default=0)
    certain = weights[best][0] >= max(COMMON, 10 * others) and before[-1] + best in page
    return best if certain else LOST


def _is_ended(before: str) -> bool:
    return before.endswith(("”", "》", "）", "％")) or words().get(simplified(before), 0) >= USUAL


def _trails(lead: bytes, reading: str, glossed: set[str]) -> list[int]:
    """Return the second bytes with which `lead` is a glossed character of that reading."""
    pairs = [(t, char) for t in _TRAILS if (char := _char(lead + bytes([t])))]
    fitting = [(t, c) for t, c in pairs if is_reading(reading, c)]
    return [t for t, c in fitting if c in glossed] or [t for t, c in fitting if _is_common(c)]


@cache
def _usual() -> frozenset[str]:
    rows = read_reference("glossed_characters.csv", ("char", "reading", "source"))
    return frozenset(row["char"] for row in rows)


def _is_common(char: str) -> bool:
    """Return whether a character is a mark, or of the first level of Big5 or of GB 2312."""
    return (char != "" and char in "，。、；：！？“”《》（）—") or (
        "\u4e00" <= char <= "\u9fff" and bool(ordinary().match(char))
    )


def _gbk(chars: str) -> bytes:
    return chars.encode("gbk", "ignore")


def _char(data: bytes) -> str:
    """Return the characters of GBK bytes, or nothing if they are not whole."""
    chars = data.decode("gbk", "ignore")
    return chars if _gbk(chars) == data else ""
