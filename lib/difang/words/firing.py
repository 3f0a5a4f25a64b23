"""The firing report: whether every entry of the lexicon becomes a token where it stands.

In go a corpus, its tokens and the lexicon, out comes one row an entry whose numbers add
up: in_text = as_token + inside_longer + split. No entry fails in silence.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection

import pandas as pd

from difang.corpus.documents import Corpus, require_documents
from difang.words.lexicon import Lexicon, bare
from difang.words.matching import Matcher, Phrase, longest, spelling
from difang.words.tokens import Tokens

COLUMNS = ("entry", "kind", "in_text", "as_token", "inside_longer", "split", "inside")
SHOWN = 5  # other readings named in `inside`


def firing_report(
    corpus: Corpus, tokens: Tokens, lexicon: Lexicon | None, *, terms: Collection[str] = ()
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
    require_documents(corpus.documents.index, tokens.doc_ids)
    kinds, spellings = _entries(lexicon, terms)
    matcher = Matcher(spellings)
    readings: dict[str, Counter[tuple[str, str]]] = {entry: Counter() for entry in kinds}
    for doc_id, text in corpus.documents["text"].items():
        read = tokens.of(str(doc_id))
        starts, ends = tokens.spans(str(doc_id)).T.tolist()
        hits = matcher.hits(text)
        for entry in {hit.entry for hit in hits}:
            for start, end, _ in longest(hit for hit in hits if hit.entry == entry):
                covering = read[bisect_right(starts, start) - 1 : bisect_left(ends, end) + 1]
                outcome = _outcome(entry, kinds[entry], covering)
                readings[entry][outcome, "|".join(covering)] += 1
    rows = [_row(entry, kind, readings[entry]) for entry, kind in kinds.items()]
    table = pd.DataFrame(rows, columns=[*COLUMNS]).assign(fails=lambda table: table["split"] > 0)
    order = table.sort_values(["fails", "in_text", "entry"], ascending=[False, False, True])
    return order[[*COLUMNS]].reset_index(drop=True)


def _entries(
    lexicon: Lexicon | None, terms: Collection[str]
) -> tuple[dict[str, str], list[Phrase]]:
    """Return the kind of each entry, and what to look for in the text."""
    spellings = lexicon.to_match() if lexicon else []
    kinds = {phrase.entry: "set phrase" for phrase in spellings}
    words = [(word, "word") for word in (lexicon.plain_words["word"] if lexicon else ())]
    for name, kind in words + [(bare(term), "asked") for term in terms]:
        if name and name not in kinds:
            kinds[name] = kind
            spellings.append(spelling(name, name, "literal"))
    return kinds, spellings


def _outcome(entry: str, kind: str, covering: list[str]) -> str:
    if covering == [entry]:
        return "as_token"
    return "inside_longer" if len(covering) == 1 or kind == "set phrase" else "split"


def _row(entry: str, kind: str, readings: Counter[tuple[str, str]]) -> tuple[str | int, ...]:
    numbers = [
        sum(n for (outcome, _), n in readings.items() if outcome == column)
        for column in COLUMNS[3:6]
    ]
    others = [(-n, read) for (outcome, read), n in readings.items() if outcome != "as_token"]
    named = [f"{read} {-n}" for n, read in sorted(others)]
    if len(named) > SHOWN:
        named[SHOWN:] = [f"… {-sum(n for n, _ in sorted(others)[SHOWN:])}"]
    return (entry, kind, sum(numbers), *numbers, "；".join(named))
