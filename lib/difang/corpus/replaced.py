"""Words that a library of documents has replaced, so that a copy passes for a text of its own.

Such a machine writes 开展 for 发展 and 根底 for 基础 throughout: what is counted of these words is
wrong, and which of them stood there cannot be told. In goes a text; out comes how often a fixed
phrase gives it away.
"""

from difang.corpus.cues import pattern
from difang.corpus.sieve import spots

KINDS = 2  # phrases unlike each other: one alone can be a slip of the pen


def replaced(text: str) -> int:
    """Count the fixed phrases with a word in the place of another, if there are several kinds.

    >>> replaced("以科学开展观为指导，加强根底设施投入。"), replaced("扎实开展工作，打牢根底。")
    (2, 0)
    """
    found = [match[0] for match in spots(pattern("REPLACED"), text)]
    return len(found) if len(set(found)) >= KINDS else 0
