"""How sure a list is: what notebooks 03 and 04 show of the test, the ranks, placebo and passages.

In goes a `Comparison`; out come sentences and tables about its target, the sentence that says why
where nothing can be said.
"""

from typing import Any

import pandas as pd

from difang.compare.headline import beside, headline
from difang.compare.inference import MIN_COUNT, MIN_DOCS, account, apart
from difang.compare.tfidf import tfidf_contrast
from difang.passages.repeated import repeated
from difang.passages.reuse import shared_passages
from difang.reports.compare_page import Shown, as_above, in_both
from difang.reports.comparison import WORDS, Comparison
from difang.reports.wording import plain, say, tabulate
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
    if not page.has_list(page.target):
        return shown
    rows = page.tested_list()
    rows["score_between"] = _between(rows["interval_low"], rows["interval_high"], ".4f")
    rows["rank_between"] = _between(rows["rank_low"], rows["rank_high"], ".0f")
    kind = page.tested.attrs["inference"][page.target]["kind"]
    if kind != "interval":
        rows = rows.drop(columns=["rank_median", "top_share"])
    told = WORDS["certainty"]
    if rows["p"].isna().any():
        told = told | {"caption": told["caption"] + WORDS["untested"]}
    facts = {"scores": WORDS[f"{kind} label"], "ranks": WORDS[f"{kind} ranks"], **page.facts}
    facts |= {"count": MIN_COUNT, "docs": MIN_DOCS}
    return [*shown, tabulate(told, rows, rows=top, **facts)]


def beside_placebo(page: Comparison, *, top: int = 20) -> Shown:
    """Set the target's list beside the one that the same documents give when dealt out anew."""
    if not page.has_list(page.target):
        return as_above(page)
    dealt = headline(page.placebo, group=page.target, top=top, quiet=True, **page.left_out)
    lists = {"real": page.tested_list().head(top)[BESIDE], "dealt": dealt[BESIDE]}
    pair = pd.concat(lists, axis=1)
    pair.columns = pair.columns.map("_".join)
    pair.insert(0, "rank", range(1, len(pair) + 1))
    return tabulate(WORDS["placebo"], pair, **page.facts)


def shared_once(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Show the ranks of the target's list with shared passages counted each time, and once."""
    if not page.has_list(page.target):
        return [as_above(page)]
    passages = shared_passages(page.corpus)
    again = repeated(page.corpus, page.tokens, passages)
    counts = count(page.tokens, page.counts.documents, without=again)
    once = rescored(page, counts)
    rows = beside(page.scores, once, group=page.target, top=top, **page.left_out)
    facts = page.facts | {
        "both": int(rows[["rank", "rank_other"]].le(top).all(axis=1).sum()),
        "passages": passages["span_id"].nunique(),
        "share": float(again.mean()),
        "top": top,
    }
    return [say(WORDS["once"], **facts), tabulate(WORDS["once table"], rows, **facts)]


def other_weighing(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Set the target's list beside the one with 1 + ln n for n (or, of that, with n itself)."""
    if not page.has_list(page.target):
        return []  # what stands above has said why
    weighing = page.scores.attrs["weighing"]
    other = rescored(page, page.counts, sublinear_tf=not weighing["sublinear_tf"])
    rows = beside(page.scores, other, group=page.target, top=FIRST, **page.left_out)
    both = int(rows[["rank", "rank_other"]].le(FIRST).all(axis=1).sum())
    facts = page.facts | {"first": FIRST, "both": both, "top": top}
    key = "weighing n" if weighing["sublinear_tf"] else "weighing ln"
    return [say(WORDS[key], **facts), tabulate(WORDS[f"{key} table"], rows, rows=top, **facts)]


def rescored(page: Comparison, counts: Counts, **weighing: Any) -> pd.DataFrame:
    """Score the target on other counts, or weighed otherwise, as the page did."""
    given = {"by": page.by, "target": page.target, "reference": page.reference}
    given |= {"mask": page.kinds, "spent": page.spent, **page.scores.attrs["weighing"], **weighing}
    return tfidf_contrast(counts, **given)


def _between(low: "pd.Series[float]", high: "pd.Series[float]", form: str) -> list[Any]:
    pairs = zip(low, high, strict=True)
    return [
        None
        if pd.isna(one)
        else plain(WORDS["between"], low=f"{one:{form}}", high=f"{other:{form}}")
        for one, other in pairs
    ]
