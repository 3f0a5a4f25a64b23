"""Words and patterns by which texts show what they are: kept in tables of data/reference.

The table patterns.csv names patterns; `<NAME>` in a pattern stands for the one of that name.
"""

import re
from functools import cache
from itertools import product

from difang.corpus.reference import ReferenceTableError, read_reference

NAMED = "patterns.csv"
COLUMNS = {
    "anchor_cues.csv": ("unit", "more", "kinds", "pattern", "reason"),
    "body_cues.csv": ("rule", "where", "pattern", "confidence", "reason"),
    "fiction_cues.csv": ("cue", "where", "weight", "most", "pattern", "reason"),
    "furniture_cues.csv": ("cue", "rule", "weight", "most", "pattern", "reason"),
    "genre_cues.csv": ("genre", "rule", "where", "pattern", "confidence", "reason"),
    "meeting_cues.csv": ("side", "kinds", "pattern", "reason"),
    "page_furniture.csv": ("rule", "place", "pattern"),
    "year_cues.csv": ("rule", "where", "several", "year", "pattern", "since", "until", "reason"),
    "anniversaries.csv": ("name", "year", "pattern"),
}
NUMBERS = {"weight", "most"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NAME = re.compile(r"<([A-Z_]+)>")


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return a pattern by its name in patterns.csv."""
    return _compiled(f"<{name}>", NAMED)


@cache
def cues(table: str) -> list[tuple[dict[str, str], re.Pattern[str]]]:
    """Read a table of cues in its order, the surest first, each row with its pattern.

    Raises
    ------
    ReferenceTableError
        The table cannot be read, a pattern is none, or a weight no number.
    """
    rows = read_reference(table, COLUMNS[table])
    for row, column in product(rows, NUMBERS & set(COLUMNS[table])):
        if not _NUMBER.fullmatch(row[column]):
            raise ReferenceTableError(
                f"Cannot use data/reference/{table}: {column} of {row['cue']} is {row[column]!r}. "
                "Write a number."
            )
    return [(row, _compiled(row["pattern"], table)) for row in rows]


def _compiled(text: str, table: str) -> re.Pattern[str]:
    whole = text
    try:
        while _NAME.search(whole):
            whole = _NAME.sub(lambda match: _named()[match[1]], whole)
        return re.compile(whole)
    except (KeyError, re.error) as fault:
        raise ReferenceTableError(
            f"Cannot use data/reference/{table}: {text} is no pattern ({fault}). Correct it."
        ) from fault


@cache
def _named() -> dict[str, str]:
    rows = read_reference(NAMED, ("name", "pattern"))
    named = {row["name"]: row["pattern"] for row in rows}
    if len(named) < len(rows):
        twice = next(name for name in named if sum(row["name"] == name for row in rows) > 1)
        raise ReferenceTableError(
            f"Cannot use data/reference/{NAMED}: it names {twice} twice. Rename one of them."
        )
    return named
