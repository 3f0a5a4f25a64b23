"""Many words looked up in a text at once: a table of words in, each place of each word out."""

from collections.abc import Iterator, Mapping
from typing import Any

import ahocorasick

_WIDE = str.maketrans("０１２３４５６７８９．－／：‘’「」『』", "0123456789.-/:“”“”“”")


def fold(text: str) -> str:
    """Spell digits, points and quotation marks in one way; every character keeps its place."""
    for wide, plain in _WIDE.items():
        text = text.replace(chr(wide), chr(plain))
    return text


def matcher(words: Mapping[str, Any]) -> Any:
    """Return what finds all words at once (an automaton of Aho and Corasick)."""
    automaton = ahocorasick.Automaton()
    for word, found in words.items():
        automaton.add_word(_in_bytes(word).decode("latin-1"), (len(word), found))
    automaton.make_automaton()
    return automaton


def hits(automaton: Any, text: str) -> Iterator[tuple[int, int, Any]]:
    """Yield start and end of each word in a text, and what the table holds for it."""
    spelt = _in_bytes(text)
    end = done = 0
    for last, (length, found) in automaton.iter(spelt.decode("latin-1")):
        end += len(spelt[done : last + 1].decode("utf-8", "surrogatepass"))
        done = last + 1
        yield end - length, end, found


def _in_bytes(text: str) -> bytes:
    """Spell a text in UTF-8: a trie with few branches a node is much faster."""
    return text.encode("utf-8", "surrogatepass")
