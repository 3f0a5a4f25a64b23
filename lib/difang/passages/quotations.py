"""Quotations: what a text puts in quotation marks, as far as its shape is that of a phrase.

Takes clean text; gives wordings. Rules of shape and of what stands around the marks, no list of
phrases: sentences, speech, titles and numbers fall out, whatever the text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from difang.corpus.cues import pattern
from difang.passages.normalising import is_han, normalise

SHORTEST, LONGEST = 2, 24  # characters of a phrase, punctuation not counted
SHORTEST_MEMBER = 4  # characters; of a series, where each member is a phrase only if it is full;
# one fewer where it is numbered (四个一、三提升)
SHARED = 2  # places at which the clauses of a parallel wording have the same character
PLUS = "+"  # in 互联网+ and 1+3+N it is part of the wording, not punctuation

# A quotation holds no mark of its own kind and no line end, so that a mark left open harms
# little; quotations of different kinds may stand in each other.
_PAIRS = ("“”", "‘’", "「」", "『』", "‹›", "«»", "〝〞")
_CURLED = [re.compile(f"{pair[0]}([^{pair}\n]+){pair[1]}") for pair in _PAIRS]
_APOSTROPHE = "(?<![A-Za-z])'|'(?![A-Za-z])"  # a mark, not that of don't
_STRAIGHT = [
    (re.compile(mark), re.compile(f"(?:{mark})([^{sign}\n]+)(?:{mark})"))
    for sign, mark in (('"', '"'), ("＂", "＂"), ("'", _APOSTROPHE), ("＇", "＇"))
]
_TITLE = re.compile("《([^《》\n]+)》")

_NUMERAL = "一二三四五六七八九十百千万两双〇零"
# 1231511, 1+3+N; no telephone number, no year
_CODE = re.compile(r"(?!(?:19|20)\d\d$)\d{3,8}|[\dA-Z]+([+＋][\dA-Z]+)+")
_NUMERALS_ONLY = re.compile(rf"[{_NUMERAL}\dA-Z+]+")
# 四个意识, 十型, 第一议题, 一岗双责, 万村千乡; not 一把手, where 一 alone counts nothing.
_NUMBERED = re.compile(
    rf"[二三四五六七八九十两双\d]|第[{_NUMERAL}\d]|.*[{_NUMERAL}]\D+[{_NUMERAL}]"
)
# Outside quotation marks only number-noun-number-noun (一主两翼) at the end of a clause: of plain
# numbering (三个方面), what has become a set phrase is quoted somewhere.
_PARALLEL = re.compile(
    rf"(?<![{_NUMERAL}\d第])(?<![{_NUMERAL}]\w)((?:[一二三四五六七八九十两双][^\W\d_{_NUMERAL}]){{2}})"
    r"(?=[，。、；：！？）”’\n]|$)"
)
_SERIES = re.compile(r"[\u4e00-\u9fff]{4,}(?:[、，][\u4e00-\u9fff]{4,})+")
_COUNTED = re.compile(rf"[{_NUMERAL}]个\w\w|{_PARALLEL.pattern}")
# Sentences and speech, titles and programmes, what stood between two quotations, not in one, and
# those born in some decade (90后).
_NO_PHRASE = re.compile(
    r"[。！？；…!?;《》\n：:]|(?<!\w{4})·|·(?!\w{4})|——|[，、：,:]$|[吗呢吧啊呀嘛啦哦]$|^\W"
    r"|^\d[05]后$"
)


def quotations(text: str) -> Iterator[str]:
    """Yield what stands in quotation marks and has the shape of a phrase, as written.

    All kinds of marks, nested ones too. Straight marks do not tell opening from closing: they
    are paired along a paragraph, and left alone where a paragraph holds an odd number of them.
    What stands in 《》 is a title, unless it counts (《四个意识》) or is quoted in the text too.

    Parameters
    ----------
    text : str
        Clean text, one paragraph a line.

    Yields
    ------
    str
        2 to 24 characters beside punctuation; no sentence, title, telephone number.

    Examples
    --------
    >>> list(quotations("牢记“国之大者”，推进‘五型’政府，他说：“好的。”"))
    ['国之大者', '五型']
    """
    yield from (text[start:end] for start, end in spans(text))


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the `quotations` of a text stand, quotation marks outside."""
    for pair in _CURLED:
        yield from _shaped(pair.finditer(text))
    for mark, pair in _STRAIGHT:
        for paragraph in re.finditer(".+", text) if mark.search(text) else ():
            if sum(1 for _ in mark.finditer(text, *paragraph.span())) % 2 == 0:
                yield from _shaped(pair.finditer(text, *paragraph.span()))
    titles = _TITLE.finditer(text)
    yield from _shaped(t for t in titles if _COUNTED.fullmatch(t[1]) or f"“{t[1]}”" in text)


def is_name(text: str, start: int, end: int) -> bool:
    """Tell a quotation that names a work, a vessel, a nickname or a theme, or that is speech.

    By what stands before and behind its marks and by its last noun; a numbered wording is none.
    """
    behind, before = pattern("QUOTED_BEHIND"), pattern("QUOTED_BEFORE")
    if before.search(text, max(0, start - 9), start - 1) or behind.match(text, end + 1):
        return True
    return not is_numbered(text[start:end]) and bool(pattern("QUOTED_END").search(text, start, end))


def members(written: str) -> list[str]:
    """List the phrases that a series (即申即享、免申即享) is made of; shorter members are words."""
    parts = written.split("、") if "、" in written else []
    full = (part for part in parts if len(part) >= SHORTEST_MEMBER - is_numbered(part))
    return [part for part in full if _is_phrase(part)]


def numbered_shapes(text: str) -> set[str]:
    """Wordings like 一主两翼 that stand at the end of a clause, quoted or not."""
    return set(_PARALLEL.findall(text))


def parallels(text: str) -> set[str]:
    """Wordings whose clauses repeat characters at the same places: 问需于民、问计于民.

    Three clauses of equal length or more that share two places, or two that share three fourths;
    four characters or more each. One document may happen to write so; two do not.
    """
    found = set()
    for run in _SERIES.finditer(text):
        parts = re.split("[、，]", run[0])
        while len(parts) > 1:
            alike = _alike(parts)
            if len(alike) > 1:
                found.add("".join(alike))
            parts = parts[max(len(alike), 1) :]
    return found


@lru_cache(maxsize=2**17)  # documents quote the same phrases
def wording(written: str) -> str:
    """Write a phrase as it is compared: punctuation out, + kept, half-width digits."""
    return normalise(written, keep=PLUS).text


def is_numbered(phrase: str) -> bool:
    """Tell a phrase that numbers what it speaks of (四个意识, 双减, 1231511)."""
    return _NUMBERED.match(phrase) is not None


def is_number(phrase: str) -> bool:
    """Tell a phrase of numerals alone (十二五, 1231511), which elsewhere is a number."""
    return _NUMERALS_ONLY.fullmatch(phrase) is not None


def _alike(parts: list[str]) -> list[str]:
    """Give the clauses, from the first on, that are built alike, without what leads in and out."""
    size = len(parts[1])
    alike, places = [parts[0][-size:]], set(range(size))  # 坚持问需于民、问计于民
    for part in parts[1:]:
        same = {k for k in places if part[k : k + 1] == alike[0][k : k + 1]}
        if part[size:][:1] not in ("", "的", "等") or not SHARED <= len(same) < size:
            break
        alike, places = [*alike, part[:size]], same
    return alike if len(alike) > 2 or 4 * len(places) >= 3 * size else []


def _shaped(found: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    return (one.span(1) for one in found if _is_phrase(one[1]))


def _is_phrase(written: str) -> bool:
    """Tell a phrase by its shape."""
    if _NO_PHRASE.search(written):
        return False
    plain = wording(written)
    if not SHORTEST <= len(plain) <= LONGEST:
        return False
    return any(is_han(char) for char in plain) or _CODE.fullmatch(written) is not None
