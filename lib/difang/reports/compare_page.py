"""The lists of a comparison: what notebooks 03 and 04 show of each group of documents.

In goes a `Comparison`; out come charts, tables and sentences. Where a group is too thin, or there
is nothing to compare, the sentence that says so comes out.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from IPython.display import Markdown

from difang.compare.dispersion import dispersion
from difang.compare.groups import PLACES
from difang.compare.headline import JOINT, SINGLE, SLIGHT, left_out, slightly_more
from difang.compare.refusals import FEW, Refusal, idf_reading, length_reading, reading, refusal
from difang.reports import charts
from difang.reports.comparison import WORDS, Comparison
from difang.reports.figures import Chart
from difang.reports.fragment import Fragment
from difang.reports.group_lists import mixed
from difang.reports.language import named
from difang.reports.opened import lines_of
from difang.reports.wording import captions, plain, say, tabulate

GROUPS, FULL = 12, 6  # of the first table; other groups from which on they share one table
RANGE = 5  # documents; in a smaller group, limits would be a range and no interval
BRIEF = 5  # terms of a group in that table, and in a sentence
PHRASES = 12  # spent phrases that are named
DRAWN = ["group", "term", "score", "n", "rate", "n_docs", "group_docs", "top_doc_share"]

Shown = Chart | Fragment | Markdown


def in_both(said: Refusal) -> Markdown:
    """Set a sentence in Chinese, and English below."""
    return say(WORDS["said"], said=said)


def refused(page: Comparison, name: Any = None) -> Markdown:
    """Say why a group, by default the target, has no list."""
    return in_both(page.refused(page.target if name is None else name))


def as_above(page: Comparison) -> Markdown:
    """Say that there is nothing to show, for a reason that the page has given."""
    return say(WORDS["as above"], **page.facts)


def overview(page: Comparison) -> Shown:
    """List the groups, the target first: documents, tokens, and whether these carry a list."""
    told = {"rows": GROUPS, "none": refused(page), **page.facts}
    rows = page.support.sort_values(
        "group", key=lambda names: names.ne(page.target), kind="stable", ignore_index=True
    )
    return tabulate(WORDS["overview"], rows, **told)


def first_figure(page: Comparison, *, top: int = 20) -> Chart:
    """Draw the target's headline list; without one, the documents of each group and why."""
    if page.has_list(page.target):
        rows, told = page.shared[page.target][DRAWN], captions(WORDS["bars"], **page.facts)
        return charts.bars(rows.head(top), label="term", value="score", n="n", **told)
    none = pd.DataFrame({"group": ["未知"], "group_docs": [page.groups.no_group]})
    sizes = pd.concat([page.support, none[none["group_docs"] > 0]])[["group", "group_docs"]]
    sizes = sizes.astype({"group": "str"})
    told = captions(WORDS["no list"], **page.facts)
    return charts.bars(sizes, label="group", value="group_docs", **told)


def headline_sentence(page: Comparison) -> Markdown:
    """Answer the notebook's question in a sentence or two, from the table."""
    if not page.has_list(page.target):
        key = "headline nothing" if page.why else "headline refused"
        return say(WORDS[key], why=page.refused(page.target), **page.facts)
    terms, telling = _first(page), "、".join(page.telling(page.target)[:BRIEF])
    n = page.size(page.target)
    facts = page.facts | {
        "first": page.shared[page.target].iloc[0],
        "terms": terms,
        "telling": telling if telling != terms else "",
        "few": reading(n) if n < RANGE else None,
        "mixed": _mixed(page),
    }
    some = (WORDS[f"headline {key}"] for key in ("telling", "few", "mixed") if facts[key])
    return say(WORDS["headline"] + "".join(some), **facts)


def account(page: Comparison) -> Markdown:
    """State what was compared and left out, the range of idf, and what is spent."""
    told = page.spent[page.spent["field"] == page.by]
    told = told[told["doc_id"].isin(page.counts.documents.index)]
    facts = page.facts | {
        "idf": idf_reading(len(page.groups.rows)),
        "uneven": length_reading(page.counts.tokens_per_document.iloc[page.groups.rows]),
        "spent": told["doc_id"].nunique(),
        "phrases": _some(told["phrase"].unique().tolist()),
        "hidden": int(page.counts.terms.isin(page.hidden).sum()),
    }
    some = "".join(WORDS[f"account {key}"] for key in ("unknown", "spent", "uneven") if facts[key])
    return say(WORDS["account"] + some, **facts)


def group_report(page: Comparison, group: Any = None, *, top: int = 20) -> list[Shown]:
    """Show a group, by default the target: its sentence, its list, its single-document terms."""
    name = page.target if group is None else page.find(group)
    if page.why or name is None:
        return [refused(page, name)]
    n = page.size(name)
    said = reading(n) if page.has_list(name) else page.refused(name)
    said = Refusal("", "") if page.has_list(name) and n >= FEW else said
    shown: list[Shown] = [say(WORDS["group"], group=name, n=n, said=said)]
    if name in page.shared and not refusal(n):
        shown.append(_terms(page, name, page.shared[name], "shared", top))
        given = {"group": name, "top": len(page.scores), **page.left_out}
        more = slightly_more(page.scores, **given)["term"]
        key = "slight" if len(more) else "slight none"
        shown.append(say(WORDS[key], n=len(more), terms="、".join(more.head(top))))
    if name in page.single:
        shown += [_both(page, name, top)] if n == 2 else []
        shown.append(_terms(page, name, page.single[name], "single", top))
    return shown


def other_groups(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Show the other groups: in full where they are few, else in one table, five terms each."""
    rows = page.support[page.support["group"] != page.target]
    if page.why or rows.empty:
        return [as_above(page)]
    if len(rows) < FULL:
        return [shown for name in rows["group"] for shown in group_report(page, name, top=top)]
    rows = rows.assign(
        terms=[_brief(page, name) for name in rows["group"]],
        telling=["、".join(page.telling(name)[:BRIEF]) or "—" for name in rows["group"]],
    )
    if ((rows["telling"] == "—") | (rows["telling"] == rows["terms"])).all():
        rows = rows.drop(columns="telling")
    return [tabulate(WORDS["other groups"], rows, top=BRIEF, name=rows.iloc[0, 0], **page.facts)]


def two_lists(page: Comparison, *, top: int = 20) -> list[Shown]:
    """Set the target's contrast beside its own highest TF-IDF terms."""
    name = page.target
    if name not in page.shared:
        return [as_above(page)]
    lists = page.shared if page.has_list(name) else page.single
    contrast, own = lists[name]["term"].head(top), page.plain[name]["term"].head(top)
    highest = page.highest(top).values()
    held = pd.Series([sum(term in terms for terms in highest) for term in own], dtype="Int64")
    pair = pd.DataFrame({"contrast": contrast, "own": own, "held": held})
    pair.insert(0, "rank", range(1, len(pair) + 1))
    told = {"own": len(own), "both": len({*contrast} & {*own}), "lists": len(highest), "top": top}
    told["common"] = int((2 * held > len(highest)).sum())
    facts = page.facts | told
    return [say(WORDS["two lists"], **facts), tabulate(WORDS["pair"], pair, **facts)]


def masked_names(page: Comparison, *, top: int = 20) -> Shown:
    """List the names of the target that its lists leave out."""
    if page.target not in page.names:
        return as_above(page)
    rows = page.names[page.target]
    if page.by in PLACES:
        return _terms(page, page.target, rows, "names", top)
    numbers = left_out(page.scores, group=page.target, top=top, masked=page.masked)["term"]
    told = {"names": len(rows), "numbers": "、".join(numbers) or "—"}
    return say(WORDS["names kept"], **told, **page.facts)


def conclusions(page: Comparison) -> Markdown:
    """Sum up from the tables: what stands, and for how many groups nothing can be said."""
    if page.why or page.target is None:
        return headline_sentence(page)
    if not page.has_list(page.target):
        return say(WORDS["conclusion none"], **page.facts)
    shared, single = len(page.shared[page.target]), len(page.single[page.target])
    told = {"shared": shared, "single": single, "certain": len(page.told_apart())}
    return say(WORDS["conclusion"], terms=_first(page), **told, **page.facts)


def limits(page: Comparison) -> Markdown:
    """State what this run cannot carry."""
    facts = page.facts | {"few": int((page.groups.sizes < 3).sum()), "mixed": _mixed(page)}
    some = "".join(WORDS[f"limits {key}"] for key in ("mixed", "few", "unknown") if facts[key])
    return say(some + WORDS["limits"], **facts)


def documents_of(rows: pd.DataFrame) -> list[str]:
    """Write in how many of a group's documents each term stands."""
    return [f"{n}/{of} 篇" for n, of in zip(rows["n_docs"], rows["group_docs"], strict=True)]


def _terms(page: Comparison, name: Any, rows: pd.DataFrame, key: str, top: int) -> Shown:
    """Show terms of a group, each with the documents that have it and its sentences."""
    told = ("", SLIGHT, SINGLE if key == "single" else "")
    flags = [
        [named("flag", f) for f in held.split(JOINT) if f not in told]
        for held in rows["flags"].fillna("")
    ]
    spread = dispersion(page.counts.where(page.inside(name))).set_index("term")["DPnorm"]
    rows = rows.assign(
        documents=documents_of(rows),
        DPnorm=rows["term"].map(spread),
        flags=pd.Series(map("、".join, flags), rows.index, dtype="str").replace("", None),
    ).dropna(axis="columns", how="all")
    lines = lines_of(page, rows["term"].head(top), name) if len(rows) else None
    return tabulate(WORDS["terms"] | WORDS[key], rows, rows=top, sentences=lines, group=name)


def _both(page: Comparison, name: Any, top: int) -> Shown:
    """Show the terms that two documents share, with the occurrences in each."""
    rows = page.single[name]
    terms = rows.loc[rows["n_docs"] == 2, ["term"]]
    pair = page.counts.where(page.inside(name))
    n = pair.matrix[:, pair.terms.get_indexer(pd.Index(terms["term"]))].toarray()
    each = [plain(WORDS["n in"], doc_id=doc_id) for doc_id in pair.documents.index]
    terms = terms.assign(**dict(zip(each, n, strict=True)))
    lines = lines_of(page, terms["term"].head(top), name)
    return tabulate(WORDS["both"], terms, rows=top, sentences=lines, group=name)


def _mixed(page: Comparison) -> Any:
    """Return the variable in which the target differs most from its reference, if much."""
    return next(mixed(*page.sides(), by=page.by).itertuples(), None)


def _some(phrases: Sequence[str]) -> str:
    """Name the first phrases, and say of how many."""
    more = f"、… {len(phrases):,} 个" if len(phrases) > PHRASES else ""
    return "、".join(phrases[:PHRASES]) + more


def _brief(page: Comparison, name: Any) -> str:
    """Name the first terms of a list, or say in a word why there is none."""
    if page.has_list(name):
        return _first(page, name)
    return plain(WORDS["too few" if refusal(page.size(name)) else "why"], why=page.refused(name))


def _first(page: Comparison, name: Any = None) -> str:
    terms = page.shared[page.target if name is None else name]["term"]
    return "、".join(terms.head(BRIEF))
