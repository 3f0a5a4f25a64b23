"""Where set phrases stand in a text, quoted or not, with their 、 or without.

In go entries and a text, out come spans (`Hit`). Quotation marks are looked through
wherever they stand; a comma only where the phrase itself has one, for elsewhere it ends
a clause: 高质量，发展 is not 高质量发展. Nothing crosses 。！？； or a line end.
"""

import re
from bisect import bisect
from collections.abc import Iterable
from typing import Any, NamedTuple

OPENING, CLOSING = "“‘「『", "”’」』"
PAIRS = OPENING + CLOSING
MIRROR = str.maketrans(PAIRS, CLOSING + OPENING)
PAIR = re.compile("|".join(map("".join, zip(OPENING, CLOSING, strict=True))))
UNPAIRED = re.compile(f"([{CLOSING}]*)([{OPENING}]*)")
QUOTES = frozenset("\"'＂＇" + PAIRS)
JOINTS = frozenset("、，, \u3000")
UNSEEN = re.compile(f"[{''.join(sorted(QUOTES | JOINTS))}]")
NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿0123456789")
MATCH = ("any", "quoted", "off")
PLAIN = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%-]+")  # what jieba reads as one run


class Phrase(NamedTuple):
    """One spelling of an entry, reduced to what must be in the text."""

    key: str  # without quotation marks and joints
    joints: frozenset[int]  # how many characters of `key` stand before each 、 or ，
    entry: str  # the canonical form, which becomes the token
    match: str  # any, quoted (only in quotation marks) or literal (a word: no guard at its ends)


class Hit(NamedTuple):
    """An entry found in a text; quotation marks that belong inside are part of the span."""

    start: int
    end: int
    entry: str


def is_plain_word(word: str) -> bool:
    """Say whether jieba can hold a word: it splits at every other character."""
    return PLAIN.fullmatch(word) is not None


def spelling(written: str, entry: str, match: str, *, keep_joints: bool = False) -> Phrase:
    """Reduce a wording to its key and joints.

    >>> spelling("“一纲四目”、八项", "一纲四目、八项", "any")[:2]
    ('一纲四目八项', frozenset({4}))
    """
    key, joints = "", set()
    for character in written.strip():
        if character in JOINTS and not keep_joints:
            joints.add(len(key))
        elif character not in QUOTES:
            key += character
    return Phrase(key, frozenset(joints), entry, match)


class Matcher:
    """Finds every entry in a text at once, however many there are (Aho-Corasick)."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        import ahocorasick  # type: ignore[import-untyped, import-not-found, unused-ignore]

        self._automaton: Any = ahocorasick.Automaton()
        for phrase in phrases:
            spelled = self._automaton.get(phrase.key, [])
            self._automaton.add_word(phrase.key, [*spelled, phrase])
        self._automaton.make_automaton()

    def hits(self, text: str) -> list[Hit]:
        """Return all occurrences, nested ones too: by start, the longest first."""
        if not len(self._automaton):
            return []
        # how many marks are left out before each character that is seen, by bisection
        unseen = [mark.start() - n for n, mark in enumerate(UNSEEN.finditer(text))]
        found = {
            _verify(text, first + bisect(unseen, first), last + bisect(unseen, last) + 1, phrase)
            for last, spelled in self._automaton.iter(UNSEEN.sub("", text))
            for phrase in spelled
            for first in [last - len(phrase.key) + 1]
        }
        return sorted(filter(None, found), key=lambda hit: (hit.start, -hit.end, hit.entry))


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Keep, from left to right, the longest hits that do not overlap."""
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _verify(text: str, start: int, end: int, phrase: Phrase) -> Hit | None:
    if not spelling(text[start:end], "", "any").joints <= phrase.joints:
        return None
    span = _with_its_quotes(text, start, end)
    if span is None or (phrase.match != "literal" and _goes_on(text, *span, phrase.key)):
        return None
    return Hit(*span, phrase.entry) if phrase.match != "quoted" or _is_quoted(text, *span) else None


def _with_its_quotes(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Widen a span to the marks that pair with those inside; None if they stand elsewhere."""
    marks = re.sub(rf"[^{PAIRS}]", "", text[start:end])
    while marks != (fewer := PAIR.sub("", marks)):
        marks = fewer
    halves = UNPAIRED.fullmatch(marks)
    if halves is None:
        return None
    before, after = (half[::-1].translate(MIRROR) for half in halves.groups())
    if not (text.endswith(before, 0, start) and text.startswith(after, end)):
        return None
    return start - len(before), end + len(after)


def _goes_on(text: str, start: int, end: int, key: str) -> bool:
    """Say whether a number or a Latin word runs across an edge: 四个全面 in 十四个全面."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if key[0] in NUMERALS and (before in NUMERALS or before == "第"):
        return True
    return (_is_latin(before) and _is_latin(key[0])) or (_is_latin(after) and _is_latin(key[-1]))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _is_quoted(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before in QUOTES.difference(CLOSING) and after in QUOTES.difference(OPENING)
