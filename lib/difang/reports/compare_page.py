"""The lists of a comparison: what notebooks 03 and 04 show of each group of documents.

In goes a `Comparison`; out come charts, tables and sentences. Where a group is too thin, or there
is nothing to compare, the sentence that says so comes out.
"""

from typing import Any

import pandas as pd
from IPython.display import Markdown

from difang.compare.dispersion import dispersion
from difang.compare.groups import PLACES
from difang.compare.headline import JOINT, SINGLE, SLIGHT, left_out, slightly_more
from difang.compare.refusals import idf_reading, length_reading, reading, refusal
from difang.reports import charts
from difang.reports.comparison import Comparison
from difang.reports.figures import Chart
from difang.reports.fragment import Fragment
from difang.reports.tables import table
from difang.reports.wording import listed, plain, say, sentences

WORDS = sentences("compare")
FULL = 6  # other groups; where there are as many, they share one table
RANGE = 5  # documents; in a smaller group, limits would be a range and no interval
BRIEF = 5  # terms of a group in that table, and in a sentence
TERM_COLUMNS = {
    "term": "term 词项",
    "score": "score",
    "n": "n",
    "rate": "rate 每万词",
    "documents": "documents 篇",
    "top_doc_share": "top share 单篇占比",
    "DPnorm": "DPnorm",
    "flags": "flags",
}

DRAWN = ["group", "term", "score", "n", "rate", "n_docs", "group_docs", "top_doc_share"]

Shown = Chart | Fragment | Markdown


def refused(page: Comparison, name: Any = None) -> Markdown:
    """Say why a group, by default the target, has no list: in Chinese, and English below."""
    why = page.refused(page.target if name is None else name)
    return say("{zh}\n\n{en}", zh=why.zh, en=why.en)


def source(page: Comparison, note: str = "") -> str:
    """Give the note of a figure, with its source."""
    origin = plain(WORDS["source"], n=len(page.groups.rows), folder=page.corpus.folder)
    return f"{note} {origin}".strip()


def overview(page: Comparison) -> Shown:
    """List the groups: documents, tokens, and whether so many documents carry a list."""
    labels = {"group": page.by, "group_docs": "documents 篇", "tokens": "tokens", "list": "list"}
    none = refused(page)
    return listed(page.support, caption=WORDS["overview"], none=none, rows=None, columns=labels)


def first_figure(page: Comparison, *, top: int = 20) -> Chart:
    """Draw the target's headline list; without one, the documents of each group and why."""
    if page.has_list(page.target):
        rows, title = page.shared[page.target][DRAWN], plain(WORDS["bars"], **_facts(page))
        note, unit = source(page, WORDS["bars note"]), WORDS["unit"]
        return charts.bars(
            rows.head(top), label="term", value="score", n="n", title=title, unit=unit, note=note
        )
    unknown = pd.DataFrame({"group": ["未知"], "group_docs": [page.groups.no_group]})
    sizes = pd.concat([page.support, unknown[unknown["group_docs"] > 0]])[["group", "group_docs"]]
    sizes, why = sizes.astype({"group": "str"}), page.refused(page.target)
    title = plain(WORDS["no list"], by=page.by, target=page.target or "未知")
    note = source(page, plain(WORDS["refusal note"], zh=why.zh, en=why.en))
    return charts.bars(
        sizes, label="group", value="group_docs", title=title, unit="documents 篇", note=note
    )


def headline_sentence(page: Comparison) -> Markdown:
    """Answer the notebook's question in a sentence or two, from the table."""
    if not page.has_list(page.target):
        why, key = page.refused(page.target), "headline nothing" if page.why else "headline refused"
        told = {"by": page.by, "able": len(page.able), "groups": len(page.groups.names)}
        return say(WORDS[key], zh=why.zh, en=why.en, target=page.target, **told)
    first = page.shared[page.target].iloc[0]
    told = {"first": first["term"], "rate": first["rate"], "docs": first["n_docs"]}
    n = page.size(page.target)
    said = say(WORDS["headline"], **_facts(page), **told, terms=_first(page)).data
    telling = page.telling(page.target)[:BRIEF]
    if telling and "、".join(telling) != _first(page):
        said += say(WORDS["telling"], terms="、".join(telling)).data
    return Markdown(f"{said} {reading(n).en}" if n < RANGE else said)


def account(page: Comparison) -> Markdown:
    """State what was compared and left out, the range of idf, and what is spent."""
    groups, n = page.groups, len(page.groups.rows)
    told, idf = page.spent[page.spent["field"] == page.by], idf_reading(n)
    told = told[told["doc_id"].isin(page.counts.documents.index)]
    uneven = length_reading(page.counts.tokens_per_document.iloc[groups.rows])
    values = {
        "n": n,
        "fiction": groups.fiction,
        "copies": groups.copies,
        "unknown": groups.no_group,
        "spent": told["doc_id"].nunique(),
        "phrases": "、".join(dict.fromkeys(told["phrase"])),
        "hidden": int(page.counts.terms.isin(page.hidden).sum()),
    }
    some = "".join(WORDS[f"account {key}"] for key in ("unknown", "spent") if values[key])
    said = say(WORDS["account"] + some, by=page.by, idf_zh=idf.zh, idf_en=idf.en, **values)
    return Markdown(f"{said.data}\n- {uneven.en} {uneven.zh}") if uneven else said


def group_report(page: Comparison, group: Any = None, *, top: int = 20) -> list[Shown]:
    """Show a group, by default the target: its sentence, its list, its single-document terms."""
    name = page.target if group is None else page.find(group)
    if page.why or name is None:
        return [refused(page, name)]
    n = page.size(name)
    said = reading(n) if page.has_list(name) else page.refused(name)
    shown: list[Shown] = [say(WORDS["group"], group=name, n=n, zh=said.zh, en=said.en)]
    if name in page.shared and not refusal(n):
        shown.append(_terms(page, name, page.shared[name], "shared", top))
        given = {"group": name, "top": len(page.scores), "masked": page.masked}
        more = slightly_more(page.scores, stopwords=page.hidden, **given)["term"]
        key = "slight" if len(more) else "slight none"
        shown.append(say(WORDS[key], n=len(more), terms="、".join(more.head(top))))
    if name in page.single and n == 2:
        shown.append(_both(page, name, top))
    if name in page.single:
        shown.append(_terms(page, name, page.single[name], "single", top))
    return shown


def other_groups(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Show the other groups: in full where they are few, else in one table, five terms each."""
    rows = page.support[page.support["group"] != page.target]
    if page.why or rows.empty:
        return [refused(page)]
    if len(rows) < FULL:
        return [shown for name in rows["group"] for shown in group_report(page, name, top=top)]
    telling = ["、".join(page.telling(name)[:BRIEF]) or "—" for name in rows["group"]]
    terms = [_first(page, n) if page.has_list(n) else page.refused(n).en for n in rows["group"]]
    rows = rows.assign(terms=terms, telling=telling)
    labels = {"group": page.by, "group_docs": "documents 篇", "terms": "terms 词项"}
    if any(one not in ("—", own) for one, own in zip(telling, terms, strict=True)):
        labels["telling"] = WORDS["telling label"]
    return [table(rows, caption=plain(WORDS["other groups"], top=BRIEF), rows=None, columns=labels)]


def two_lists(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Set the target's contrast beside its own highest TF-IDF terms."""
    name = page.target
    if name not in page.shared:
        return [refused(page, name)]
    lists = page.shared if page.has_list(name) else page.single
    highest = page.highest(top)
    contrast, own = lists[name]["term"].head(top), page.plain[name]["term"].head(top)
    held = [sum(term in terms for terms in highest.values()) for term in own]
    pair = pd.DataFrame({"contrast": contrast, "own": own, "held": pd.Series(held, dtype="Int64")})
    pair.insert(0, "rank", range(1, len(pair) + 1))
    common, both = sum(2 * n > len(highest) for n in held), len({*contrast} & {*own})
    told = {"own": len(own), "both": both, "common": common, "target": name}
    labels = {"rank": "rank", "contrast": "contrast", "own": "own TF-IDF"}
    labels["held"] = plain(WORDS["pair groups"], n=len(highest), top=top)
    caption = plain(WORDS["pair"], target=name)
    return [say(WORDS["two lists"], **told), table(pair, caption=caption, rows=top, columns=labels)]


def masked_names(page: Comparison, *, top: int = 20) -> Shown:
    """List the names of the target that its lists leave out."""
    if page.target not in page.names:
        return refused(page)
    rows = page.names[page.target]
    if page.by in PLACES:
        return _terms(page, page.target, rows, "names", top)
    given = {"group": page.target, "top": top, "masked": page.masked}
    numbers = "、".join(left_out(page.scores, **given)["term"]) or "—"
    return say(WORDS["names kept"], by=page.by, n=len(rows), target=page.target, numbers=numbers)


def conclusions(page: Comparison) -> Markdown:
    """Sum up from the tables: what stands, and for how many groups nothing can be said."""
    if page.why or page.target is None:
        return headline_sentence(page)
    told = {"able": len(page.able), "groups": len(page.groups.names)}
    if not page.has_list(page.target):
        return say(WORDS["conclusion none"], target=page.target, by=page.by, **told)
    shared, single = len(page.shared[page.target]), len(page.single[page.target])
    facts = _facts(page) | told | {"shared": shared, "single": single, "terms": _first(page)}
    return say(WORDS["conclusion"], certain=len(page.told_apart()), **facts)


def limits(page: Comparison) -> Markdown:
    """State what this run cannot carry."""
    told = {"n": len(page.groups.rows), "by": page.by, "groups": len(page.groups.names)}
    told |= {"few": int((page.groups.sizes < 3).sum()), "unknown": page.groups.no_group}
    some = "".join(WORDS[f"limits {key}"] for key in ("few", "unknown") if told[key])
    return say(some + WORDS["limits"], **told)


def _terms(page: Comparison, name: Any, rows: pd.DataFrame, key: str, top: int) -> Shown:
    """Show terms of a group, each with the documents that have it and its sentences."""
    rows, told = rows.head(top), (SLIGHT, SINGLE if key == "single" else "")
    flags = [
        "、".join(f for f in held.split(JOINT) if f and f not in told)
        for held in rows["flags"].fillna("")
    ]
    pairs = zip(rows["n_docs"], rows["group_docs"], strict=True)
    spread = dispersion(page.counts.where(page.inside(name))).set_index("term")["DPnorm"]
    rows = rows.assign(
        documents=[f"{docs}/{of} 篇" for docs, of in pairs],
        DPnorm=rows["term"].map(spread),
        flags=pd.Series(flags, index=rows.index, dtype="str").replace("", None),
    )
    empty = {column for column in ("DPnorm", "flags") if rows[column].isna().all()}
    return listed(
        rows,
        caption=plain(WORDS[f"{key} caption"], group=name),
        none=say(WORDS[f"{key} none"], group=name),
        columns={column: label for column, label in TERM_COLUMNS.items() if column not in empty},
        formats={"top_doc_share": ".0%"},
        sentences=page.lines(rows["term"], name),
    )


def _both(page: Comparison, name: Any, top: int) -> Shown:
    """Show the terms that two documents share, with the occurrences in each."""
    rows = page.single[name]
    rows = rows[rows["n_docs"] == 2].head(top)
    pair = page.counts.where(page.inside(name))
    n = pair.matrix[:, pair.terms.get_indexer(pd.Index(rows["term"]))].toarray()
    each = [f"n in {doc_id}" for doc_id in pair.documents.index]
    rows = rows.assign(**dict(zip(each, n, strict=True)))
    lines = page.lines(rows["term"], name)
    caption, none = (plain(WORDS["both caption"], group=name), say(WORDS["both none"], group=name))
    return listed(rows, caption=caption, none=none, columns=["term", *each], sentences=lines)


def _first(page: Comparison, name: Any = None) -> str:
    terms = page.shared[page.target if name is None else name]["term"]
    return "、".join(terms.head(BRIEF))


def _facts(page: Comparison) -> dict[str, Any]:
    against = plain(WORDS[page.reference], others=len(page.against()))
    n = page.size(page.target)
    return {"target": page.target, "n": n, "by": page.by, "against": against}
