"""The shapes of page furniture by place, and the edit that takes a piece of a line out.

They stand in data/reference/page_furniture.csv: lines above an article, below it, at any paragraph,
and the labels of header fields.
"""

import re

from difang.corpus.cues import cues, pattern
from difang.corpus.edits import Edit, change
from difang.corpus.layout import Line
from difang.corpus.rules import MOVES

_TABLE = cues("page_furniture.csv")
ABOVE, ANYWHERE, BELOW = (
    {row["rule"]: shape for row, shape in _TABLE if place in row["place"].split()}
    for place in ("above", "anywhere", "below")
)
_LABELS = "|".join(
    f"(?P<{row['rule']}>{words.pattern})" for row, words in _TABLE if row["place"] == "label"
)
FIELD = re.compile(rf"[【〖\[（(•·|]?\s?(?<!\w)(?:{_LABELS}){pattern('COLON').pattern}")
_RUNNING = 30  # characters of the shortest line of running text
LONG = 120  # characters of the longest line that is furniture as a whole


def cut(text: str, row: Line, rule: str, start: int = 0, end: int | None = None) -> Edit:
    """Return the edit that takes `start` to `end` out of a line, or moves it if the rule does."""
    stop = row[1] if end is None else row[0] + end
    return change(text, row[0] + start, stop, "", rule, move=rule in MOVES)


def is_running(line: str) -> bool:
    """Return whether a line is as long as running text and has its marks."""
    return len(line) >= _RUNNING and any(mark in line for mark in "，。；")
