"""How sure a list is: what notebooks 03 and 04 show of the test, the ranks and the placebo.

In goes a `Comparison`; out come sentences and tables about its target, the sentence that says why
where nothing can be said.
"""

from typing import Any

import pandas as pd

from difang.compare.headline import headline
from difang.compare.inference import account, apart
from difang.reports.compare_page import WORDS, Shown, refused
from difang.reports.comparison import Comparison
from difang.reports.wording import listed, plain, say

FORMATS = {"p": ".2g", "q": ".2g", "rank_median": ".0f", "top_share": ".0%", "difference": "+.2f"}


def certainty(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Say what the test of the target rests on and found, and list its terms with rank and p."""
    if page.target not in page.shared:
        return [refused(page)]
    said = account(page.tested, page.placebo, page.target)
    shown: list[Shown] = [say("{zh}\n\n{en}", zh=said.zh, en=said.en)]
    advice = None if page.cluster else apart(page.sides()[0], by=page.by)
    if advice:
        shown.append(say("{zh}\n\n{en}", zh=advice.zh, en=advice.en))
    if not page.has_list(page.target):
        return shown
    rows = _with_tests(page).head(top)
    kind = page.tested.attrs["inference"][page.target]["kind"]
    labels = {"term": "term 词项", "score": "score", "score_between": WORDS[f"{kind} label"]}
    labels |= {"rank_between": WORDS[f"{kind} ranks"]}
    if kind == "interval":
        labels |= {"rank_median": WORDS["median"], "top_share": WORDS["in top"]}
    labels |= {"difference": WORDS["difference"], "p": "p", "q": "q"}
    caption = plain(WORDS["certainty caption"], target=page.target)
    none = refused(page)
    return [
        *shown,
        listed(
            rows,
            caption=caption,
            none=none,
            rows=top,
            columns=labels,
            formats=FORMATS,
        ),
    ]


def beside_placebo(page: Comparison, *, top: int = 20) -> Shown:
    """Set the target's list beside the one that the same documents give when dealt out anew."""
    if not page.has_list(page.target):
        return refused(page)
    real, dealt = _with_tests(page).head(top), _placebo_list(page, top)
    pair = pd.DataFrame({
        "rank": range(1, max(len(real), len(dealt)) + 1),
        **{f"real_{name}": real[name] for name in ("term", "score", "q")},
        **{f"dealt_{name}": dealt[name] for name in ("term", "score", "q")},
    })  # fmt: skip
    labels = {"rank": "rank", "real_term": str(page.target), "real_score": "score", "real_q": "q"}
    labels |= {"dealt_term": WORDS["placebo label"], "dealt_score": "score ", "dealt_q": "q "}
    caption = plain(WORDS["placebo caption"], target=page.target)
    forms = {"real_q": ".2g", "dealt_q": ".2g"}
    none = refused(page)
    return listed(pair, caption=caption, none=none, rows=None, columns=labels, formats=forms)


def _with_tests(page: Comparison) -> pd.DataFrame:
    """Return the target's list with what the test and the resampling say of each term."""
    found = page.tested_list()
    bounds = {
        "score_between": _between(found["interval_low"], found["interval_high"], ".4f"),
        "rank_between": _between(found["rank_low"], found["rank_high"], ".0f"),
    }
    return found.assign(**bounds)


def _between(low: "pd.Series[float]", high: "pd.Series[float]", form: str) -> "pd.Series[Any]":
    pairs = zip(low, high, strict=True)
    return pd.Series(
        [None if pd.isna(one) else f"{one:{form}} to {other:{form}}" for one, other in pairs],
        index=low.index,
        dtype="str",
    )


def _placebo_list(page: Comparison, top: int) -> pd.DataFrame:
    return headline(
        page.placebo, group=page.target, top=top, stopwords=page.hidden, masked=page.masked
    )
