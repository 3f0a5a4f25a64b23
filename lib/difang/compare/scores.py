"""The scores table: what stands beside every score, whatever the measure.

In go the groups, the counts and a measure's values, group by group, out comes the table that
lists, charts and the command line read.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.compare.contrasts import Contrast
from difang.compare.groups import group, listed
from difang.compare.headline import JOINT, NUMBER, SINGLE, SLIGHT, SPENT, TIMES, is_shared
from difang.compare.refusals import idf_range
from difang.compare.usage import added, ratio
from difang.errors import DifangError, need
from difang.words.counting import PER_TOKENS, Counts

Column = npt.NDArray[Any]  # one value a scored term, or a row
DECIMALS = 12  # of a score: what differs by less is rounding, and a tie
#: Not known to this version; missing means "cannot be said", never 0.
INFERENCE = ("interval_low", "interval_high", "rank_low", "rank_high", "p", "q")


class Told(dict[Any, Any]):
    """What is told of each group. pandas copies `attrs` to the ground at each step: this stays."""

    def __deepcopy__(self, _: object) -> Told:
        """Return itself: who changes it, makes another."""
        return self


class OtherCountsError(DifangError):
    """Scores that were made from other counts."""


def scores_table(
    setup: Contrast,
    measure: str,
    measures: Callable[[int], dict[str, Column]],
    *,
    top: int | None = None,
) -> pd.DataFrame:
    """Lay scores out as one row a term and group, with all that a reader needs to judge them.

    Parameters
    ----------
    setup : Contrast
    measure : str
        The one of `measures` that lists are ranked by.
    measures : callable
        Gives, for the place of a group, columns by name: one value a scored term, missing where
        it cannot be said.
    top : int, optional
        Rows a group at most.

    Returns
    -------
    DataFrame
        Narrow, for there are many rows: terms, names of groups and flags are categories, and what
        stands there under several names is held once.
    """
    need(0, top=top)
    wanted, held = list(setup.wanted), dict[str, Column]()
    kinds, slight = _kinds(setup), _slight(setup)
    rows = len(setup.used.terms[:top])  # of a group
    for nth, place in enumerate(wanted):
        columns = {name: _rounded(values) for name, values in measures(place).items()}
        order = np.argsort(-columns[measure], kind="stable")[:top]
        more = columns[measure] > 0
        columns |= _facts(setup, place, more & slight[place], kinds)
        columns["term"] = np.arange(len(more), dtype=np.int32)
        for name, values in columns.items():  # straight to where they stay
            column = held.setdefault(name, np.empty(rows * len(wanted), values.dtype))
            column[nth * rows :][:rows] = values[order]
    names = pd.Index([setup.used.groups.names[place] for place in wanted])
    group = np.repeat(np.arange(len(wanted), dtype=np.int16), rows)
    told = {
        "group": pd.Categorical.from_codes(group, names) if names.dtype == "str" else names[group],
        "term": pd.Categorical.from_codes(held.pop("term"), setup.used.terms),
        "score": held[measure],
    }
    flags = pd.Categorical.from_codes(held.pop("flags"), _labels(kinds))
    nothing = dict.fromkeys(INFERENCE, np.full(len(group), np.nan))
    table = _sharing({**told, **held, **nothing, "flags": flags})
    table.attrs.update(_account(setup), measure=measure)
    return table


def _sharing(columns: dict[str, Any]) -> pd.DataFrame:
    """Make a table whose columns of one array have it in common, until one is changed."""
    series = {id(values): pd.Series(values, copy=False) for values in columns.values()}
    table = pd.DataFrame(index=range(len(columns["term"])))
    for name, values in columns.items():
        table[name] = series[id(values)]
    return table


def require_same(scores: pd.DataFrame, counts: Counts) -> None:
    """Raise OtherCountsError if scores were made from other documents or terms than these."""
    then, now = scores.attrs["groups"], group(counts, by=scores.attrs["by"])
    unknown = int((~scores["term"].drop_duplicates().isin(counts.terms)).sum())
    if unknown or then != dict(zip(now.names, now.sizes.tolist(), strict=True)):
        raise OtherCountsError(
            f"Cannot test these scores by these counts: the scores compare "
            f"{sum(then.values()):,} documents (groups: {listed(list(then))}), the counts hold "
            f"{now.sizes.sum():,} ({listed(now.names)}) and lack {unknown:,} of the terms. "
            "Give the counts that the scores were made from."
        )


def _account(setup: Contrast) -> dict[str, Any]:
    """Say what was compared, in plain values that a file format can keep."""
    groups, spent = setup.used.groups, setup.used.groups.members() @ setup.used.spent
    idf = idf_range(len(groups.rows))
    return {
        "by": groups.by,
        "reference": setup.reference,
        "refused": Told(setup.refused),
        "n_documents": len(groups.rows),
        "left_out_fiction": groups.fiction,
        "left_out_copies": groups.copies,
        "no_group": groups.no_group,
        "idf_low": idf[0],
        "idf_high": idf[1],
        "groups": Told(zip(groups.names, groups.sizes.tolist(), strict=True)),
        "spent": int(spent.sum()),
    }


def _slight(setup: Contrast) -> Column:
    """Mark, groups × terms, what a group uses less than `TIMES` as often as its reference."""
    occurrences = setup.used.per_group(setup.used.matrix) * PER_TOKENS
    tokens = setup.used.term_tokens()
    usual = setup.level_behind(occurrences, tokens)
    return np.asarray(ratio(occurrences, tokens) < TIMES * usual)


def _facts(
    setup: Contrast, place: int, slight: Column, kinds: pd.Categorical[Any]
) -> dict[str, Column]:
    """Count, rate, documents, largest share and flags (by number) of each term in a group."""
    used, rows = setup.used, np.flatnonzero(setup.used.groups.codes == place)
    matrix, spent, tokens = used.matrix[rows], used.spent[rows], used.tokens[rows]
    n, gone = added(matrix), added(spent)
    facts = {
        "n": n,
        "rate": ratio(n * PER_TOKENS, tokens.sum() - added(spent.multiply(tokens[:, None]))),
        "n_docs": added(matrix > 0).astype(np.int32),
        "group_docs": (len(rows) - gone).astype(np.int32),
        "top_doc_share": ratio(matrix.max(axis=0).toarray().ravel(), n),
    }
    shared = is_shared(facts["n_docs"], facts["group_docs"], facts["top_doc_share"])
    held = (~shared & (n > 0), kinds.codes, slight, gone > 0)
    shape = [len(names) for names in _flags(kinds)]
    facts["flags"] = np.ravel_multi_index([np.asarray(one, int) for one in held], shape).astype(
        np.int8
    )
    return facts


def _kinds(setup: Contrast) -> pd.Categorical[Any]:
    """Say of each scored term whether it is a name or a number."""
    number = np.array([not any(map(str.isalpha, t)) for t in setup.used.terms.tolist()], bool)
    kinds = setup.kinds.reindex(setup.used.terms).fillna("")
    return pd.Categorical(kinds.mask(kinds.eq("") & number, NUMBER))


def _flags(kinds: pd.Categorical[Any]) -> tuple[tuple[str, ...], ...]:
    """List what may hold of a row, as it is told: 单篇词, a kind of name, slight, spent."""
    return ("", SINGLE), tuple(kinds.categories), ("", SLIGHT), ("", SPENT)


def _labels(kinds: pd.Categorical[Any]) -> pd.Index[str]:
    """Give the flags of each number, joined."""
    labels = [JOINT.join(filter(None, flags)) for flags in product(*_flags(kinds))]
    return pd.Index(labels, dtype="str")


def _rounded(values: Column) -> Column:
    return np.round(values, DECIMALS) + 0.0 if values.dtype.kind == "f" else values  # no -0
