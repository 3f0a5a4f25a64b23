"""The firing report: whether every entry of the lexicon becomes a token where it stands.

In go a corpus, its tokens and the lexicon, out comes one row an entry whose numbers add
up: in_text = as_token + inside_longer + split. No entry fails in silence.
"""

import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

import pandas as pd

from difang.words.lexicon import Lexicon, bare
from difang.words.matching import Hit, Matcher, Phrase, longest, spelling
from difang.words.segmentation import HasDocuments
from difang.words.tokens import Tokens

KINDS = ("as_token", "inside_longer", "split")
SHOWN = 5  # other readings named in `inside`


class Entry(NamedTuple):
    """An entry under report."""

    name: str
    kind: str  # word, set phrase, asked


def firing_report(
    corpus: HasDocuments, tokens: Tokens, lexicon: Lexicon | None, *, terms: Collection[str] = ()
) -> pd.DataFrame:
    """Say of each entry how often it stands in the texts, and as what it was read.

    Parameters
    ----------
    corpus : Corpus
        The documents that `tokens` come from.
    tokens : Tokens
        What `segment` made of them.
    lexicon : Lexicon or None
        Its entries are reported; phrases that are switched off (match = off) are not.
    terms : collection of str
        Further terms to report, whether in the lexicon or not.

    Returns
    -------
    DataFrame, one row per entry; entries with split > 0 first, then by in_text, descending
        entry; kind (word, set phrase, asked); in_text (occurrences in the text, quotation
        marks and inner punctuation looked through, as the matcher does); as_token;
        inside_longer (within a longer token; a set phrase also where another wording runs
        across it: 新发展理念 in 创新发展理念); split (cut otherwise, never a set phrase);
        inside (the most frequent other readings with their numbers: 高质量发展 2；促发展 1,
        cuts shown by |).
    """
    entries, spellings = _entries(lexicon, terms)
    matcher = Matcher(spellings)
    found: dict[Entry, Counter[str]] = defaultdict(Counter)
    readings: dict[Entry, Counter[str]] = defaultdict(Counter)
    for doc_id, text in corpus.documents["text"].items():
        for entry, outcome, reading in _outcomes(matcher.hits(text), tokens, str(doc_id), entries):
            found[entry][outcome] += 1
            if outcome != "as_token":
                readings[entry][reading] += 1
    rows = [
        (*entry, found[entry].total(), *(found[entry][k] for k in KINDS), _named(readings[entry]))
        for entry in entries.values()
    ]
    table = pd.DataFrame(rows, columns=["entry", "kind", "in_text", *KINDS, "inside"])
    order = table.assign(fails=table["split"] > 0)
    order = order.sort_values(["fails", "in_text", "entry"], ascending=[False, False, True])
    return table.loc[order.index].reset_index(drop=True)


def _entries(
    lexicon: Lexicon | None, terms: Collection[str]
) -> tuple[dict[str, Entry], list[Phrase]]:
    """Return the entries under report, and what to look for in the text."""
    spellings = lexicon.to_match() if lexicon else []
    entries = {phrase.entry: Entry(phrase.entry, "set phrase") for phrase in spellings}
    words = lexicon.plain_words["word"] if lexicon else ()
    for kind, names in (("word", words), ("asked", map(bare, terms))):
        for name in names:
            if name and name not in entries:
                entries[name] = Entry(name, kind)
                spellings.append(spelling(name, name, "literal"))
    return entries, spellings


def _outcomes(
    hits: list[Hit], tokens: Tokens, doc_id: str, entries: dict[str, Entry]
) -> Iterator[tuple[Entry, str, str]]:
    read, spans = tokens.of(doc_id), tokens.spans(doc_id)
    starts, ends = spans[:, 0].tolist(), spans[:, 1].tolist()
    by_entry: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_entry[hit.entry].append(hit)
    for name, own in by_entry.items():
        for start, end, _ in longest(own):
            first, last = bisect.bisect_right(starts, start) - 1, bisect.bisect_left(ends, end)
            covering = read[first : last + 1]
            if covering == [name]:
                outcome = "as_token"
            elif len(covering) == 1 or entries[name].kind == "set phrase":
                outcome = "inside_longer"
            else:
                outcome = "split"
            yield entries[name], outcome, "|".join(covering)


def _named(readings: Counter[str]) -> str:
    ranked = sorted(readings.items(), key=lambda item: (-item[1], item[0]))
    named = "；".join(f"{reading} {n}" for reading, n in ranked[:SHOWN])
    rest = sum(n for _, n in ranked[SHOWN:])
    return f"{named}；… {rest}" if rest else named
