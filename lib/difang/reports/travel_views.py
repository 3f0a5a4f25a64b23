"""How passages travel, as notebook 06 shows it: two texts side by side, and who stands before whom.

In go the shared passages that were read; out come fragments, charts, tables and sentences.
"""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from difang.passages.joining import RESUMED
from difang.passages.normalising import normalise
from difang.passages.travels import FEW, FEW_DOCUMENTS, flows
from difang.reports import charts
from difang.reports.facing import Runs
from difang.reports.facing import facing as drawn
from difang.reports.fragment import fragment
from difang.reports.language import named
from difang.reports.maps import LINKS, links
from difang.reports.reuse_page import MATRIX, WORDS, Reuse, apart, shares_of, told
from difang.reports.tiles import by_code, short_name
from difang.reports.wording import Shown, captions, plain, say, tabulate

CONTEXT = 60  # characters before and after


def side_by_side(found: Reuse, top: int) -> list[Shown]:
    """Set the longest passages as two documents write them, each marked where they agree.

    The two are those of different provinces that have most of it, the earlier first.
    """
    rows = apart(found.rows("between"), top)
    return [
        fragment("side", caption=plain(WORDS["side"], k=k, row=row), texts=_texts(found, family))
        for k, (family, row) in enumerate(rows.iterrows(), start=1)
    ]


def facing(found: Reuse) -> Shown:
    """Draw the longest passage as two documents write it."""
    rows = apart(found.rows("between"), 1)
    if rows.empty:
        return told(found, "none")
    texts = _texts(found, rows.index[0])
    both = sum(len(run) for held, run in texts[0][1] if held)
    return drawn(texts, **captions(WORDS["facing"], both=both, row=rows.iloc[0], **found.facts()))


def network(found: Reuse) -> Shown:
    """Join on a map the provinces whose documents share passages."""
    shares = shares_of(found, found.documents["province"])
    upper = shares.where(np.triu(np.ones(shares.shape, dtype=bool), 1)).rename_axis("first")
    pairs = upper.rename_axis(None, axis=1).reset_index().melt("first", var_name="second").dropna()
    if not pairs["value"].max() > 0:
        return say(WORDS["no pairs" if len(shares) > 1 else "one group"])
    pairs = pairs.sort_values("value", ascending=False, kind="stable")
    words = captions(WORDS["network"], best=pairs.iloc[0], shown=LINKS, **found.facts())
    chart = links(pairs, **words)
    return replace(chart, data=chart.data.rename(columns={"value": "shared"}))


def _texts(found: Reuse, family: Hashable) -> list[tuple[str, Runs]]:
    """Give the two places of a passage: what is cited, and what it shares with the other.

    These are of different provinces, if two are known, and have most of it; the earlier first.
    """
    held = found.held[found.held["family"] == family]
    most = held.sort_values("whole", ascending=False, kind="stable")
    others = most[most["place"] != most["place"].iloc[0]]
    named = [most.index[0], (others if len(others) else most[1:]).index[0]]
    two = held[held.index.isin(named)]
    own, beside = (_window(found, row) for _, row in two.iterrows())
    runs = _runs(own, beside), _runs(beside, own)
    return list(zip(map(_cited, two.to_dict("records")), runs, strict=True))


def _cited(row: Mapping[Hashable, Any]) -> str:
    """Name a document, its date, and where in it a passage stands."""
    cited = [row["doc_id"], row["day"], f"{row['whole_start']}–{row['whole_end']}"]
    return ", ".join(str(one) for one in cited if pd.notna(one))


def _window(found: Reuse, row: pd.Series) -> str:
    """Cut out what a document has of a passage as a whole, and what stands around it."""
    text = str(found.documents.loc[row["doc_id"], "text"])
    return text[max(0, row["whole_start"] - CONTEXT) : row["whole_end"] + CONTEXT]


def _runs(text: str, beside: str) -> Runs:
    """Cut a text into what another holds too, and what not."""
    own, other = normalise(text), normalise(beside)
    agrees = np.zeros(len(text), dtype=bool)
    alike = SequenceMatcher(None, own.text, other.text, autojunk=False).get_matching_blocks()
    for start, _, size in alike:
        if size >= RESUMED:
            agrees[own.offsets[start] : own.offsets[start + size - 1] + 1] = True
    runs = groupby(range(len(text)), agrees.__getitem__)
    pieces = [(bool(both), "".join(text[place] for place in run)) for both, run in runs]
    return [(False, "…"), *pieces, (False, "…")]


def order(found: Reuse, by: str) -> list[Shown]:
    """Show what documents share with later ones, by province or level, from dated pairs only."""
    counts = flows(found.worded, found.documents, by)
    for name in ("earlier", "later"):
        counts[name] = counts[name].map(lambda value: short_name(value) or named(by, value))
    rows, rest = counts[counts["ordered"]], counts[~counts["ordered"]]
    facts = {
        "pairs": int(rows["pairs"].sum()), "rest": int(rest["pairs"].sum()), "few": FEW,
        "fewdocs": FEW_DOCUMENTS, "refused": int(rows["ratio"].isna().sum()), "cells": len(rows),
        "shared": int(rows["shared"].sum()), "loose": int(rest["shared"].sum()),
        "without": int(found.documents[by].isna().sum()), "by": by,
    }  # fmt: skip
    if len({*rows["earlier"], *rows["later"]}) == 1:
        return [say(WORDS["one place"], **facts)]
    rows = rows.sort_values(["ratio", "pairs"], ascending=False, kind="stable")
    said = say(WORDS["order"], **facts)
    if by != "province" or len(found.documents) <= MATRIX:
        return [said, tabulate(WORDS["flows"], rows, rows=20)]
    coloured = rows[(rows["earlier"] != rows["later"]) & rows["ratio"].notna()]
    if coloured.empty:
        return [said]
    matrix = coloured.pivot_table(index="earlier", columns="later", values="ratio")
    places = sorted({*matrix.index, *matrix.columns}, key=by_code)
    matrix = matrix.reindex(index=places, columns=places)
    words = captions(WORDS["order figure"], best=coloured.iloc[0], **facts)
    return [charts.heat(matrix, **words), said]
