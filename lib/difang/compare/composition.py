"""Composition: whether a change over time may be a change of what the corpus holds.

In go counts, out come the variables whose make-up changes from period to period, or differs between
the two sides of a comparison, and rates at a make-up that is held fixed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from difang.compare.groups import Groups, UnknownColumnError, group
from difang.compare.rates import rates_by
from difang.compare.trends import in_order
from difang.words.counting import Counts

VARIABLES = ("province", "level", "genre")
COMMON = 2  # values in every period, from which on rates can be standardised
UNKNOWN = "未知"
COLUMNS = [
    "variable", "values", "common", "common_docs", "documents", "distance", "largest", "period",
]  # fmt: skip


def composition(
    counts: Counts, *, by: str = "year", variables: Sequence[str] = VARIABLES
) -> pd.DataFrame:
    """Tell how far the documents of the periods are of other provinces, levels or genres.

    The distance of a period is the share of its documents that would have to be of another value
    for its make-up to be that of all periods together (total variation distance, ½ Σ |p - q|). It
    is 0 where every period has the same mix; few documents a period make it large by themselves,
    and rightly: what so few say is not what the mix would have said.

    Returns
    -------
    DataFrame, one row a variable, the largest distance first
        variable; values (unknown, 未知, is one); common (values that every period has);
        common_docs (documents with these); documents; distance (mean over the periods, each
        weighed by its documents); largest (of one period); period (which).
    """
    groups = group(counts, by=by)
    rows = []
    for variable in variables if groups.names else ():
        if variable not in counts.documents:
            continue
        mix = _mix(counts, groups, variable)
        apart = mix.div(mix.sum(axis=1), axis=0) - mix.sum() / mix.to_numpy().sum()
        distance = apart.abs().sum(axis=1) / 2
        common = mix.loc[:, (mix > 0).all()].drop(columns=UNKNOWN, errors="ignore")
        weighed = float(np.average(distance, weights=mix.sum(axis=1)))
        sizes = (mix.shape[1], common.shape[1], int(common.to_numpy().sum()), mix.to_numpy().sum())
        rows.append((variable, *sizes, weighed, distance.max(), distance.idxmax()))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values("distance", ascending=False, kind="stable").reset_index(drop=True)


def unlike(own: pd.DataFrame, other: pd.DataFrame, *, variables: Sequence[str]) -> pd.DataFrame:
    """Tell how far the documents of a group are of other years, levels or genres than others.

    Parameters
    ----------
    own, other : DataFrame
        The documents of the group, and those it is compared with.
    variables : sequence of str
        Columns of both.

    Returns
    -------
    DataFrame, one row a variable
        variable; alone (documents of the group with a value that none of the others has); distance
        (share of its documents that would have to be of another value for its mix to be that of
        the others: ½ Σ |p - q|, unknown being a value; missing if one side has no document).
    """
    rows = []
    for name in variables:
        held, known = own[name].dropna(), other[name].dropna()
        sides = [side[name].astype("object").fillna(UNKNOWN) for side in (own, other)]
        p, q = (side.value_counts(normalize=True) for side in sides)
        distance = p.sub(q, fill_value=0).abs().sum() / 2 if len(p) and len(q) else np.nan
        rows.append((name, int((~held.isin(known)).sum()), distance))
    return pd.DataFrame(rows, columns=["variable", "alone", "distance"])


def standardised(
    counts: Counts,
    *,
    terms: Sequence[str],
    over: str,
    by: str = "year",
    spent: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give the level of terms in each period at a make-up that is held fixed.

    Direct standardisation: within a period, the mean of the rates of the documents of each
    province (or level, genre); then the mean of these, weighed by the share of the province among
    the documents of all periods. Only values that every period has take part, so that no period
    stands for others than the rest; the documents left out are counted. A line that moves raw and
    lies flat here was a change of what the corpus holds. What changes within a province (its
    counties, its genres) is not held.

    Parameters
    ----------
    over : str
        The column whose make-up is held fixed: province, level, genre, …
    spent : DataFrame, optional
        As in `rates_by`.

    Returns
    -------
    DataFrame, one row a term and period
        group; term; rate (raw, as in `rates_by`); standardised; group_docs (under the raw rate);
        used_docs (under the other). Missing for terms the counts do not know. `attrs`: over,
        values (that take part), left_out (documents). Empty if fewer than two values are in every
        period: then no make-up can be held fixed.

    Raises
    ------
    UnknownColumnError, NoOrderError
        As in `trend`; `over` is not a column of `counts.documents`.
    """
    groups = in_order(group(counts, by=by))
    if over not in counts.documents:
        raise UnknownColumnError(
            f"Cannot hold the make-up by {over!r} fixed. The documents hold the columns: "
            f"{', '.join(map(str, counts.documents.columns))}. Choose `over` from these."
        )
    mix = _mix(counts, groups, over).drop(columns=UNKNOWN, errors="ignore")
    weights = mix.loc[:, (mix > 0).all()].sum()
    rows = rates_by(counts, terms=terms, by=by, spent=spent, resamples=0)
    rows = rows[["group", "term", "rate", "group_docs"]].head(len(rows) * (len(weights) >= COMMON))
    rows["standardised"], rows["used_docs"] = 0.0, 0
    compared = counts.documents.index.isin(counts.documents.index[groups.rows[groups.codes >= 0]])
    for value, weight in zip(weights.index, weights, strict=True) if len(rows) else ():
        own = counts.where(counts.documents[over].eq(value).fillna(False).astype(bool) & compared)
        part = rates_by(own, terms=terms, by=by, spent=spent, resamples=0)
        rows["standardised"] += part["rate"] * weight / weights.sum()
        rows["used_docs"] += part["group_docs"]
    left_out = int(groups.sizes.sum() - weights.sum())
    rows.attrs = {"by": by, "over": over, "values": len(weights), "left_out": left_out}
    return rows


def _mix(counts: Counts, groups: Groups, variable: str) -> pd.DataFrame:
    """Count the documents of each period and value; periods × values."""
    held = groups.codes >= 0
    periods = np.array(groups.names, object)[groups.codes[held]]
    values = counts.documents[variable].iloc[groups.rows[held]].astype("object").fillna(UNKNOWN)
    return pd.crosstab(periods, values.to_numpy())
