"""The rules of cleaning: what each is for, and the field that what it takes out goes to.

They stand in data/reference/cleaning_rules.csv; each can be switched off by its name.
"""

from collections.abc import Collection

from difang.corpus.reference import read_reference
from difang.errors import DifangError

_TABLE = read_reference("cleaning_rules.csv", ("rule", "moves_to", "reason"))
RULES = {row["rule"]: row["reason"] for row in _TABLE}
#: What is done always: no table of texts can hold the one, and the other is no text.
ALWAYS = {
    "undecodable_bytes": "bytes that are no character in the file's codec are marked",
    "front_matter": "what stands between --- lines at the head is metadata",
}
MOVES = {row["rule"]: row["moves_to"] for row in _TABLE if row["moves_to"]}


class UnknownRuleError(DifangError):
    """A rule to be switched off that does not exist."""


def check_rules(off: Collection[str]) -> None:
    """Refuse names of rules that do not exist.

    Raises
    ------
    UnknownRuleError
        `off` holds such a name.
    """
    if unknown := sorted(set(off) - set(RULES)):
        raise UnknownRuleError(
            f"Cannot switch off the rule {unknown[0]!r}. "
            f"The cleaning rules hold {', '.join(RULES)}. Choose from these."
        )
