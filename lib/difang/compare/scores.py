"""The scores table: what stands beside every score, whatever the measure.

In go the groups, the counts and a measure's values (groups × terms), out comes the table that
lists, charts and the command line read.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.compare.contrasts import Contrast
from difang.compare.groups import group, listed
from difang.compare.headline import JOINT, NUMBER, SINGLE, SLIGHT, SPENT, TIMES, is_shared
from difang.compare.refusals import idf_range
from difang.compare.usage import Table, ratio
from difang.errors import DifangError
from difang.words.counting import PER_TOKENS, Counts

DECIMALS = 12  # of a score: what differs by less is rounding, and a tie
#: Not known to this version; missing means "cannot be said", never 0.
INFERENCE = ("interval_low", "interval_high", "rank_low", "rank_high", "p", "q")


class OtherCountsError(DifangError):
    """Scores that were made from other counts."""


def scores_table(
    setup: Contrast, measure: str, measures: Mapping[str, Table], *, top: int | None = None
) -> pd.DataFrame:
    """Lay scores out as one row a term and group, with all that a reader needs to judge them.

    Parameters
    ----------
    setup : Contrast
    measure : str
        The one of `measures` that lists are ranked by.
    measures : mapping of name to array, groups × scored terms
        One column each; missing where it cannot be said.
    top : int, optional
        Rows a group at most.
    """
    used, wanted = setup.used, list(setup.wanted)
    values = np.round(measures[measure][wanted], DECIMALS) + 0.0  # + 0.0: no -0
    order = np.argsort(-values, axis=1, kind="stable")[:, :top]

    def flat(table: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.take_along_axis(table, order, axis=1).ravel()

    facts = {name: flat(table) for name, table in _facts(setup).items()}
    kind = _kinds(setup).take(order.ravel())
    occurrences = used.per_group(used.matrix) * PER_TOKENS
    usual = flat(setup.level_behind(occurrences, used.term_tokens())[wanted])
    slight = (flat(values) > 0) & (facts["rate"] < TIMES * usual)
    spent = flat(used.per_group(used.spent)[wanted]) > 0
    columns = {
        "group": np.array(used.groups.names, object)[np.repeat(wanted, order.shape[1])],
        "term": used.terms.take(order.ravel()),
        "score": flat(values),
        **{name: np.round(flat(t[wanted]), DECIMALS) + 0.0 for name, t in measures.items()},
        **facts,
        **dict.fromkeys(INFERENCE, np.full(order.size, np.nan)),
        "flags": _flags(facts, kind, slight, spent),
    }
    table = pd.DataFrame(columns).infer_objects()
    table.attrs.update(_account(setup), measure=measure)
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
    groups, spent = setup.used.groups, setup.used.per_group(setup.used.spent)
    idf = idf_range(len(groups.rows))
    return {
        "by": groups.by,
        "reference": setup.reference,
        "refused": setup.refused,
        "n_documents": len(groups.rows),
        "left_out_fiction": groups.fiction,
        "left_out_copies": groups.copies,
        "no_group": groups.no_group,
        "idf_low": idf[0],
        "idf_high": idf[1],
        "groups": dict(zip(groups.names, groups.sizes.tolist(), strict=True)),
        "spent": int(spent.sum()),
    }


def _facts(setup: Contrast) -> dict[str, npt.NDArray[Any]]:
    """Count, rate, documents and largest share of each wanted group and term."""
    used, wanted = setup.used, list(setup.wanted)
    n = used.per_group(used.matrix)[wanted]
    return {
        "n": n.astype(np.int64),
        "rate": ratio(n * PER_TOKENS, used.term_tokens()[wanted]),
        "n_docs": used.per_group(used.matrix > 0)[wanted].astype(np.int64),
        "group_docs": used.documents()[wanted].astype(np.int64),
        "top_doc_share": used.top_share(n, wanted),
    }


def _kinds(setup: Contrast) -> pd.Categorical[Any]:
    """Say of each scored term whether it is a name or a number."""
    number = np.array([not any(map(str.isalpha, t)) for t in setup.used.terms], dtype=bool)
    kinds = setup.kinds.reindex(setup.used.terms).fillna("")
    return pd.Categorical(kinds.mask(kinds.eq("") & number, NUMBER))


def _flags(
    facts: dict[str, npt.NDArray[Any]],
    kind: pd.Categorical[Any],
    slight: npt.NDArray[np.bool_],
    spent: npt.NDArray[np.bool_],
) -> pd.Series[str]:
    """Join what holds of each row: 单篇词, a kind of name, slight, spent."""
    shared = is_shared(facts["n_docs"], facts["group_docs"], facts["top_doc_share"])
    single = ~shared & (facts["n"] > 0)
    names = (("", SINGLE), tuple(kind.categories), ("", SLIGHT), ("", SPENT))
    labels = [JOINT.join(filter(None, flags)) for flags in product(*names)]
    held = (single.astype(int), kind.codes, slight.astype(int), spent.astype(int))
    codes = np.ravel_multi_index(held, [len(one) for one in names])
    return pd.Series(labels, dtype="str").take(codes).reset_index(drop=True)
