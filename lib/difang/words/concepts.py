"""Concepts: lists of terms that stand for one idea, and where a corpus has them.

In go texts and a table of concepts and terms (data/lexicon/README.md), out comes one row an
occurrence. The search is on characters, so that no segmentation can hide a hit.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from difang import project
from difang.words.concordance import expression
from difang.words.lexicon import LexiconError, read_table

COLUMNS = ("concept", "term", "group", "note")
NEEDED = COLUMNS[:2]
CONCEPTS = project.LEXICON / "concepts.csv"


def read_concepts(path: Path | str = CONCEPTS) -> pd.DataFrame:
    """Read a CSV table of concepts and their terms, one term a row.

    Parameters
    ----------
    path : path
        UTF-8, with or without BOM. Columns concept and term; group and note if wanted, and any
        others. Spaces around a cell and empty rows do no harm.

    Returns
    -------
    DataFrame, one row a concept and term, as in the file
        concept, term, group, note (a cell left empty is ""), and further columns.

    Raises
    ------
    LexiconError
        The file is not there, is not UTF-8 or no table, or lacks a column; a row has a concept
        without a term, or a term without a concept, or stands twice. File and line are named.
    """
    if not Path(path).is_file():
        raise LexiconError(
            f"Cannot read the concepts {path}. There is no such file. "
            "Name a CSV file with the columns concept and term."
        )
    lines: dict[tuple[str, str], int] = {}

    def problem(row: dict[str, str], line: int) -> str:
        concept, term = row["concept"], row["term"]
        if not term:
            return f"the concept {concept!r} has no term there"
        if not concept:
            return f"the term {term!r} has no concept there"
        if not any(map(str.isalnum, term)):
            return f"the term {term!r} holds no character to look for"
        earlier = lines.setdefault((concept, term), line)
        return f"{concept}, {term} stands in line {earlier} too" if earlier < line else ""

    table = read_table(Path(path), COLUMNS, NEEDED, problem)
    if table.empty:
        raise LexiconError(f"Cannot use {path}. It holds no concept. Add rows: concept, term.")
    return table


def as_concepts(concepts: pd.DataFrame | Mapping[str, str | Sequence[str]]) -> pd.DataFrame:
    """Give concepts as a table; a mapping names each with its terms: {"安全": ["安全", "稳定"]}.

    Raises
    ------
    LexiconError
        There is none, or the table has no column concept or term.
    """
    if isinstance(concepts, Mapping):
        lists = {k: [v] if isinstance(v, str) else v for k, v in concepts.items()}
        pairs = [(name, term) for name, terms in lists.items() for term in terms]
        concepts = pd.DataFrame(pairs, columns=list(NEEDED), dtype="str").drop_duplicates()
    if concepts.empty or not set(NEEDED) <= set(concepts.columns):
        raise LexiconError(
            f"Cannot count concepts: the table has {len(concepts)} rows, and the columns "
            f"{', '.join(map(str, concepts.columns))}. Give rows with concept and term, as "
            '`read_concepts` does, or a mapping such as {"安全": ["安全", "稳定"]}.'
        )
    return concepts


def find_concepts(texts: "pd.Series[str]", concepts: pd.DataFrame) -> pd.DataFrame:
    """List where the terms of concepts stand, no character twice for one concept.

    Terms are taken literally, but for `*`, which is as in `kwic`. Where terms of one concept
    overlap, the one that begins first counts, of two that begin together the longer. Concepts do
    not see each other: a term of two concepts counts in both, and so does a term within a longer
    one of another concept.

    Parameters
    ----------
    texts : Series, index doc_id
        The column text of `documents`.
    concepts : DataFrame
        Columns concept and term.

    Returns
    -------
    DataFrame, one row an occurrence, by document, place and concept
        concept, term, doc_id, start, end (offsets in the clean text).

    Examples
    --------
    >>> texts = pd.Series({"甲": "社会稳定，稳定物价"})
    >>> terms = {"concept": ["稳定", "稳定", "社会"], "term": ["稳定", "社会稳定", "社会"]}
    >>> find_concepts(texts, pd.DataFrame(terms))[["concept", "term", "start", "end"]]
      concept  term  start  end
    0      稳定  社会稳定      0    4
    1      社会    社会      0    2
    2      稳定    稳定      5    7
    """
    import ahocorasick

    owners = concepts.groupby("term", sort=False)["concept"].unique()
    starred = {term: re.compile(expression(term)) for term in owners.index if "*" in term}
    plain = ahocorasick.Automaton()
    for term in owners.index.difference(list(starred)):
        plain.add_word(term, term)
    plain.make_automaton()
    rows = []
    for doc_id, text in texts.items():
        free = dict.fromkeys(concepts["concept"], 0)  # from where on a concept may count again
        for start, end, term in _hits(text, plain, starred):
            for concept in owners[term]:
                if start >= free[concept]:
                    rows.append((concept, term, doc_id, start, end))
                    free[concept] = end
    kinds = {"concept": "str", "term": "str", "doc_id": "str", "start": "int64", "end": "int64"}
    return pd.DataFrame(rows, columns=[*kinds]).astype(kinds)


def _hits(text: str, plain: Any, starred: dict[str, re.Pattern[str]]) -> list[tuple[int, int, str]]:
    """Return (start, end, term) of every occurrence: by start, the longest first."""
    plainly = plain.iter(text) if len(plain) else ()
    found = [(last + 1 - len(term), last + 1, term) for last, term in plainly]
    for term, search in starred.items():
        found += [(*hit.span(), term) for hit in search.finditer(text)]
    return sorted(found, key=lambda hit: (hit[0], -hit[1], hit[2]))
