"""How sure a list is: what notebooks 03 and 04 show of the test, the ranks, placebo and passages.

In goes a `Comparison`; out come sentences and tables about its target, the sentence that says why
where nothing can be said.
"""

from typing import Any

import pandas as pd

from difang.compare.headline import beside, headline
from difang.compare.inference import account, apart
from difang.compare.testing import MIN_COUNT, MIN_DOCS
from difang.compare.tfidf import tfidf_contrast
from difang.passages.repeated import repeated
from difang.passages.reuse import shared_passages
from difang.reports.compare_page import as_above, in_both
from difang.reports.comparison import WORDS, Comparison
from difang.reports.wording import Shown, between
from difang.words.counting import Counts, count

BESIDE = ["term", "score", "q"]
FIRST = 30  # terms of two lists that are compared


def certainty(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Say what the test of the target rests on and found, and list its terms with rank and p."""
    if page.target not in page.shared:
        return [as_above(page)]
    advice = None if page.cluster else apart(page.sides()[0], by=page.by)
    said = [account(page.tested, page.placebo, page.target), *([advice] if advice else [])]
    shown: list[Shown] = [in_both(one) for one in said]
    return [*shown, _tested(page, top)] if page.has_list(page.target) else shown


def _tested(page: Comparison, top: int) -> Shown:
    """List the target's terms with the bounds of score and rank, p and q."""
    rows = page.tested_list()
    kind = page.tested.attrs["inference"][page.target]["kind"]
    if kind != "interval":
        rows = rows.drop(columns=["rank_median", "top_share"])
    rows["score_between"] = between(rows["interval_low"], rows["interval_high"], "{:.4f}".format)
    rows["rank_between"] = between(rows["rank_low"], rows["rank_high"], "{:.0f}".format)
    told = {"scores": WORDS[f"{kind} label"], "ranks": WORDS[f"{kind} ranks"]}
    told |= {"untested": rows["p"].isna().any(), "count": MIN_COUNT, "docs": MIN_DOCS}
    return page.table(WORDS["certainty"], rows, rows=top, **told)


def beside_placebo(page: Comparison, *, top: int = 20) -> Shown:
    """Set the target's list beside the one that the same documents give when dealt out anew."""
    if not page.has_list(page.target):
        return as_above(page)
    dealt = headline(page.placebo, group=page.target, top=top, quiet=True, **page.left_out)
    lists = {"real": page.tested_list().head(top)[BESIDE], "dealt": dealt[BESIDE]}
    pair = pd.concat(lists, axis=1)
    return page.table(WORDS["placebo"], pair.set_axis(pair.columns.map("_".join), axis=1))


def shared_once(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Show the ranks of the target's list with shared passages counted each time, and once."""
    if not page.has_list(page.target):
        return [as_above(page)]
    passages = shared_passages(page.corpus)
    again = repeated(page.corpus, page.tokens, passages)
    once = rescored(page, count(page.tokens, page.counts.documents, without=again))
    told = {"passages": passages["span_id"].nunique(), "share": float(again.mean())}
    return _ranks(page, once, "once", top, None, **told)


def other_weighing(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Set the target's list beside the one with 1 + ln n for n (or, of that, with n itself)."""
    if not page.has_list(page.target):
        return []  # what stands above has said why
    sublinear = page.scores.attrs["weighing"]["sublinear_tf"]
    other = rescored(page, page.counts, sublinear_tf=not sublinear)
    return _ranks(page, other, "weighing n" if sublinear else "weighing ln", FIRST, top)


def rescored(page: Comparison, counts: Counts, **weighing: Any) -> pd.DataFrame:
    """Score the target on other counts, or weighed otherwise, as the page did."""
    given = {"by": page.by, "target": page.target, "reference": page.reference}
    given |= {"mask": page.kinds, "spent": page.spent, **page.scores.attrs["weighing"], **weighing}
    return tfidf_contrast(counts, **given)


def _ranks(
    page: Comparison, other: pd.DataFrame, key: str, first: int, rows: int | None,
    **told: object,
) -> list[Shown]:  # fmt: skip
    """Set the ranks of the target's first terms beside those in other scores."""
    table = beside(page.scores, other, group=page.target, top=first, **page.left_out)
    both = int(table[["rank", "rank_other"]].le(first).all(axis=1).sum())
    said = page.say(WORDS[key], first=first, both=both, **told)
    return [said, page.table(WORDS[f"{key} table"], table, rows=rows)]
