"""The lists of a comparison: what notebooks 03 and 04 show of each group of documents.

In goes a `Comparison`; out come charts, tables and sentences. Where a group is too thin, or there
is nothing to compare, the sentence that says so comes out.
"""

from typing import Any

import pandas as pd
from IPython.display import Markdown

from difang.compare.dispersion import dispersion
from difang.compare.groups import PLACES
from difang.compare.headline import JOINT, NAMES, SINGLE, SLIGHT, flagged, left_out, slightly_more
from difang.compare.refusals import FEW, Refusal, idf_reading, length_reading, reading, refusal
from difang.reports import charts
from difang.reports.comparison import WORDS, Comparison
from difang.reports.figures import Chart
from difang.reports.language import named
from difang.reports.opened import opening
from difang.reports.wording import Shown, first_of, plain, say

GROUPS, FULL = 12, 6  # of the first table; other groups from which on they share one table
RANGE = 5  # documents; in a smaller group, limits would be a range and no interval
BRIEF = 5  # terms of a group in that table, and in a sentence
PHRASES = 12  # spent phrases that are named
DRAWN = ["group", "term", "score", "n", "rate", "n_docs", "group_docs", "top_doc_share"]


def in_both(said: Refusal) -> Markdown:
    """Set a sentence in Chinese, and English below."""
    return say(WORDS["said"], said=said)


def refused(page: Comparison, name: Any = None) -> Markdown:
    """Say why a group, by default the target, has no list."""
    return in_both(page.refused(page.target if name is None else name))


def as_above(page: Comparison) -> Markdown:
    """Say that there is nothing to show, for a reason that the page has given."""
    return page.say(WORDS["as above"])


def overview(page: Comparison) -> Shown:
    """List the groups, the target first: documents, tokens, and whether these carry a list."""
    rows = page.support.sort_values("group", key=lambda name: name.ne(page.target), kind="stable")
    return page.table(WORDS["overview"], rows, rows=GROUPS, none=refused(page))


def first_figure(page: Comparison, *, top: int = 20, limits: bool = True) -> Chart:
    """Draw the target's headline list; without one, the documents of each group and why.

    With `limits`, a line over each bar tells how far its score hangs on single documents, where
    that can be said of the measure and the group; documents are drawn again for it.
    """
    if page.has_list(page.target):
        kind = page.tested.attrs["inference"][page.target]["kind"] if limits else ""
        ends = ("interval_low", "interval_high") if kind else None
        rows = page.tested_list() if kind else page.shared[page.target]
        rows = rows[[*DRAWN, *(ends or ())]].head(top)
        told = page.captions(WORDS["bars"], again=kind == "interval", once=kind == "range")
        return charts.bars(rows, label="term", value="score", n="n", interval=ends, **told)
    unknown = pd.DataFrame({"group": ["未知"], "group_docs": [page.groups.no_group]})
    sizes = pd.concat([page.support, unknown])[["group", "group_docs"]].astype({"group": "str"})
    sizes = sizes[sizes["group_docs"] > 0]
    return charts.bars(sizes, label="group", value="group_docs", **page.captions(WORDS["no list"]))


def headline_sentence(page: Comparison) -> Markdown:
    """Answer the notebook's question in a sentence or two, from the table."""
    if not page.has_list(page.target):
        key = "headline nothing" if page.why else "headline refused"
        return page.say(WORDS[key], why=page.refused(page.target))
    terms, telling = _first(page), page.telling(page.target)[:BRIEF]
    n = page.size(page.target)
    return page.say(
        WORDS["headline"], terms=terms, telling=telling if telling != terms else [],
        first=page.shared[page.target].iloc[0], few=reading(n) if n < RANGE else None,
    )  # fmt: skip


def account(page: Comparison) -> Markdown:
    """State what was compared and left out, the range of idf, and what is spent."""
    told = page.spent[page.spent["field"] == page.by]
    told = told[told["doc_id"].isin(page.counts.documents.index)]
    return page.bullets(
        WORDS["account"],
        idf=idf_reading(len(page.groups.rows)),
        uneven=length_reading(page.counts.tokens_per_document.iloc[page.groups.rows]),
        spent=told["doc_id"].nunique(),
        phrases=first_of(told["phrase"].unique().tolist(), PHRASES),
        hidden=int(page.counts.terms.isin(page.hidden).sum()),
    )


def group_report(page: Comparison, group: Any = None, *, top: int = 20) -> list[Shown]:
    """Show a group, by default the target: its sentence, its list, its single-document terms."""
    name = page.target if group is None else page.find(group)
    if page.why or name is None:
        return [refused(page, name)]
    n = page.size(name)
    few = reading(n) if n < FEW else None
    said = few if page.has_list(name) else page.refused(name)
    shown: list[Shown] = [say(WORDS["group"], group=name, n=n, said=said)]
    if name not in page.shared:
        return shown
    if not refusal(n):
        shown += [_terms(page, name, "shared", page.shared[name], top), _slight(page, name, top)]
    if n == 2:
        shown.append(_both(page, name, top))
    return [*shown, _terms(page, name, "single", page.single[name], top)]


def other_groups(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Show the other groups: in full where they are few, else in one table, five terms each."""
    rows = page.support[page.support["group"] != page.target]
    if page.why or rows.empty:
        return [as_above(page)]
    if len(rows) < FULL:
        return [shown for name in rows["group"] for shown in group_report(page, name, top=top)]
    terms = [_first(page, name) or _why(page, name) for name in rows["group"]]
    telling = [page.telling(name)[:BRIEF] or "—" for name in rows["group"]]
    rows = rows.assign(terms=terms)
    if any(one not in ("—", list_) for one, list_ in zip(telling, terms, strict=True)):
        rows["telling"] = telling
    return [page.table(WORDS["other groups"], rows, top=BRIEF, name=rows["group"].tolist()[0])]


def two_lists(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Set the target's contrast beside its own highest TF-IDF terms."""
    name = page.target
    if name not in page.shared:
        return [as_above(page)]
    lists = page.shared if page.has_list(name) else page.single
    contrast, own = (terms[name]["term"].head(top) for terms in (lists, page.plain))
    highest = page.highest(top).values()
    held = pd.Series([sum(term in terms for terms in highest) for term in own], dtype="Int64")
    pair = pd.DataFrame({"contrast": contrast, "own": own, "held": held})
    common = int((2 * held > len(highest)).sum())
    told = {"both": len({*contrast} & {*own}), "common": common, "lists": len(highest)}
    sentence = page.say(WORDS["two lists"], own=len(own), **told)
    return [sentence, page.table(WORDS["pair"], pair, top=top, **told)]


def masked_names(page: Comparison, *, top: int = 20) -> Shown:
    """List the names of the target that its lists leave out."""
    if page.target not in page.shared:
        return as_above(page)
    rows = page.own[(page.own["score"] > 0) & (page.own["n"] > 0)]
    rows = rows[flagged(rows, NAMES)]
    if page.by in PLACES:
        return _terms(page, page.target, "names", rows, top)
    numbers = left_out(page.scores, group=page.target, top=top, masked=page.masked)["term"]
    return page.say(WORDS["names kept"], names=len(rows), numbers=list(numbers))


def conclusions(page: Comparison) -> Markdown:
    """Sum up from the tables: what stands, and for how many groups nothing can be said."""
    if page.why or page.target is None:
        return headline_sentence(page)
    if not page.has_list(page.target):
        return page.say(WORDS["conclusion none"])
    shared, single = len(page.shared[page.target]), len(page.single[page.target])
    told = {"shared": shared, "single": single, "certain": len(page.told_apart())}
    return page.bullets(WORDS["conclusion"], terms=_first(page), **told)


def limits(page: Comparison) -> Markdown:
    """State what this run cannot carry."""
    return page.bullets(WORDS["limits"], few=int((page.groups.sizes < 3).sum()))


def documents_of(rows: pd.DataFrame) -> list[str]:
    """Write in how many of a group's documents each term stands."""
    return [f"{n}/{of} 篇" for n, of in zip(rows["n_docs"], rows["group_docs"], strict=True)]


def _terms(page: Comparison, name: Any, key: str, rows: pd.DataFrame, top: int) -> Shown:
    """Show terms of a group, each with the documents that have it and its sentences."""
    told = ("", SLIGHT, SINGLE if key == "single" else "")
    flags = [
        "、".join(named("flag", flag) for flag in held.split(JOINT) if flag not in told)
        for held in rows["flags"].fillna("")
    ]
    spread = dispersion(page.counts.where(page.inside(name))).set_index("term")["DPnorm"]
    rows = rows.assign(
        documents=documents_of(rows),
        DPnorm=rows["term"].map(spread),
        flags=pd.Series(flags, rows.index, dtype="str").replace("", None),
    )
    return opening(page, WORDS["terms"] | WORDS[key], rows.dropna(axis=1, how="all"), name, top=top)


def _slight(page: Comparison, name: Any, top: int) -> Markdown:
    """Name the terms of a group that it uses more, but less than twice as often."""
    given = {"group": name, "top": len(page.scores), **page.left_out}
    terms = list(slightly_more(page.scores, **given)["term"])
    key = "slight" if terms else "slight none"
    return say(WORDS[key], n=len(terms), terms=terms[:top])


def _both(page: Comparison, name: Any, top: int) -> Shown:
    """Show the terms that two documents share, with the occurrences in each."""
    terms = page.single[name].loc[page.single[name]["n_docs"] == 2, ["term"]]
    pair = page.counts.where(page.inside(name))
    n = pair.matrix[:, pair.terms.get_indexer(pd.Index(terms["term"]))].toarray()
    each = [plain(WORDS["n in"], doc_id=doc_id) for doc_id in pair.documents.index]
    rows = terms.assign(**dict(zip(each, n, strict=True)))
    return opening(page, WORDS["both"], rows, name, top=top)


def _why(page: Comparison, name: Any) -> str:
    """Say in a word why a group has no list."""
    return plain(WORDS["too few" if refusal(page.size(name)) else "why"], why=page.refused(name))


def _first(page: Comparison, name: Any = None) -> list[str]:
    """Give the first terms of a headline list; none without one."""
    name = page.target if name is None else name
    return list(page.shared[name]["term"].head(BRIEF)) if page.has_list(name) else []
