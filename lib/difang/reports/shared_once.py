"""The list of a comparison with shared passages counted once, beside the list as it stands.

In goes a `Comparison`, out come the table for notebook 03 and the sentence above it.
"""

from difang.compare.headline import beside
from difang.compare.tfidf import tfidf_contrast
from difang.passages.repeated import repeated
from difang.passages.reuse import shared_passages
from difang.reports.compare_page import WORDS, Shown, refused
from difang.reports.comparison import Comparison
from difang.reports.tables import table
from difang.reports.wording import plain, say
from difang.words.counting import count

LABELS = {
    "term": "term 词项",
    "rank": "rank",
    "n": "n",
    "rank_other": "rank, passages once",
    "n_other": "n, passages once",
}


def shared_once(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Show the ranks of the target's list with shared passages counted each time, and once."""
    if not page.has_list(page.target):
        return [refused(page)]
    passages = shared_passages(page.corpus)
    again = repeated(page.corpus, page.tokens, passages)
    once = tfidf_contrast(
        count(page.tokens, page.counts.documents, without=again),
        by=page.by,
        target=page.target,
        reference=page.reference,
        mask=page.kinds,
        spent=page.spent,
        **page.scores.attrs["weighing"],
    )
    leave_out = {"stopwords": page.hidden, "masked": page.masked}
    rows = beside(page.scores, once, group=page.target, top=top, **leave_out)
    both = int(rows[["rank", "rank_other"]].le(top).all(axis=1).sum())
    told = {"passages": passages["span_id"].nunique(), "share": float(again.mean()), "top": top}
    caption = plain(WORDS["once caption"], target=page.target)
    said = say(WORDS["once"], both=both, target=page.target, **told)
    return [said, table(rows, caption=caption, rows=None, columns=LABELS)]
