"""What each command does, in a few lines over the library's functions.

Each takes the parsed options and returns the exit status.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import difang
from difang import project
from difang.terminal import load, notes, read, require_documents, show, summary, write_tables
from difang.writing import make_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection

    import pandas as pd

TABLES = ("documents", "evidence", "edits", "skipped")
SLIGHT = "Used more, but less than twice as often as in the reference"
LEFT_OUT = "Names and numbers left out"
SPENT = (
    "Documents whose {by} was read from a phrase leave the comparison of its terms (pairs of "
    "document and term: {n:,})."
)
CELL = 40  # characters of a cell of the register, printed
SHOWN = ["term", "score", "n", "rate", "n_docs", "group_docs", "top_doc_share"]


def report(options: argparse.Namespace) -> int:
    """Run the notebooks on a folder, and write their reports and the index."""
    from difang.reports import colophon
    from difang.reports.language import LANGUAGE
    from difang.reports.runner import numbered, room_for, run_reports, terminal_progress
    from difang.reports.settings import parse_setting

    then = colophon.ask_again(options.earlier, options) if options.earlier else None
    options.lang = options.lang or LANGUAGE
    values: dict[str, object] = dict(parse_setting(item) for item in options.set)
    options.text_column = values.get("TEXT_COLUMN")
    corpus = load(options)  # the notebooks find it in the cache; what is wrong shows at once
    now = colophon.described(corpus, numbered(), options)
    unlike = colophon.differences(then or now, now, options.lang)
    if then:
        print("\n".join(unlike) or "All that decides the pages is as it was.")
    out = options.out.resolve()
    make_folder(out)
    outcomes = run_reports(
        numbered(),
        out,
        {"FOLDER": options.folder.resolve(), "WHERE": options.where, **values},
        only=options.only,
        progress=terminal_progress(sys.stderr),
        notes=[*notes(corpus, options.lang), *unlike],
        language=options.lang,
        at_once=room_for(int(corpus.documents["chars"].sum())),
    )
    colophon.write(out, now)
    for outcome in outcomes:
        print(outcome.report or f"{outcome.notebook.name} failed: {outcome.error}")
        if outcome.said:
            print(outcome.said, file=sys.stderr)
    print(out / "index.html")
    return int(any(outcome.error for outcome in outcomes))


def corpus(options: argparse.Namespace) -> int:
    """Write the tables of the corpus, and print a summary."""
    tables = read(options)
    make_folder(options.out)
    files = {f"{name}.csv": getattr(tables, name) for name in TABLES}
    write_tables(options.out, {**files, "documents.parquet": tables.documents})
    print(summary(tables))
    require_documents(tables)
    return 0


def keywords(options: argparse.Namespace) -> int:
    """Print the lists of each group, and write all scores."""
    from functools import partial

    from difang.compare.groups import group
    from difang.compare.headline import beside
    from difang.compare.inference import account, inference
    from difang.compare.measures import chance, score
    from difang.corpus.metadata import spent
    from difang.passages.repeated import repeated
    from difang.words.partitions import count_corpus

    corpus = load(options)
    counts, gone = count_corpus(corpus), spent(corpus.evidence)
    print(group(counts, by=options.by).told())
    score_them = partial(
        score, by=options.by, measure=options.measure, reference=options.reference,
        target=options.target, spent=gone, sublinear_tf=options.sublinear_tf,
    )  # fmt: skip
    scores, as_written = score_them(counts), None
    if options.shared == "once":
        tokens = difang.segment(corpus)
        again = repeated(corpus, tokens, difang.shared_passages(corpus))
        counts = difang.count(tokens, corpus.documents, without=again)
        scores, as_written = score_them(counts), scores
        print(f"Shared passages count once: {again.mean():.1%} of the tokens are left out.")
    testing = {"cluster": options.cluster, "min_docs": options.min_docs}
    if options.inference:
        scores = inference(scores, counts, spent=gone, **testing)
    compared = options.inference and scores.attrs["reference"] != "none"
    by_chance = chance(scores, counts, **testing) if compared else None
    if options.out:  # before the lists are printed: who reads their head only, loses no file
        write_tables(options.out.parent, {options.out.name: scores})
    if scores.attrs["spent"]:
        print(SPENT.format(by=options.by, n=scores.attrs["spent"]))
    for reason in scores.attrs.get("refused", {}).values():
        print(reason)
    choice = {"top": options.top, "stopwords": difang.read_lexicon().function_words}
    for name, rows in scores.groupby("group", sort=False):  # all rows would be searched each time
        _print_group(rows, name, **choice)
        if as_written is not None:
            print("rank_other, n_other: with shared passages counted wherever they stand")
            show(beside(scores, as_written, group=name, **choice))
        if by_chance is not None:
            print(account(rows, by_chance, name).en)
    return 0


def kwic(options: argparse.Namespace) -> int:
    """Print or write the concordance lines of a pattern."""
    known = difang.read_lexicon() if options.variants else None
    lines = difang.kwic(load(options), options.pattern, lexicon=known)
    if options.out:
        write_tables(options.out.parent, {options.out.name: lines})
    else:
        for line in lines.itertuples():
            print(f"{line.doc_id}\t{line.left}【{line.keyword}】{line.right}")
    print(f"{len(lines):,} lines in {lines['doc_id'].nunique():,} documents", file=sys.stderr)
    return 0


def lexicon(options: argparse.Namespace) -> int:
    """Print or write how often each entry of the lexicon fires."""
    corpus, entries = load(options), difang.read_lexicon()
    fired = difang.firing_report(corpus, difang.segment(corpus, lexicon=entries), entries)
    found = fired[fired["in_text"] > 0]
    said = f"{len(fired):,} entries, {len(found):,} of them in the documents"
    return _listed(fired if options.out else found, said, options)


def phrases(options: argparse.Namespace) -> int:
    """Print or write the register of set phrases, or wordings proposed as such."""
    known, corpus = difang.read_lexicon() if options.lexicon else None, load(options)
    if options.candidates:
        tokens = difang.segment(corpus, lexicon=known)
        proposed = difang.candidates(corpus, tokens)
        return _listed(proposed, f"{len(proposed):,} candidates", options, widest=CELL)
    found = difang.set_phrases(corpus, known)
    shown = found if options.out else found.loc[:, :"gloss"]
    return _listed(shown, f"{len(found):,} set phrases", options, widest=CELL)


def reuse(options: argparse.Namespace) -> int:
    """Print or write the passages that documents share."""
    import pandas as pd

    from difang.passages.reuse import reposts

    corpus = load(options)
    found, copies = difang.shared_passages(corpus, min_chars=options.min_chars), reposts(corpus)
    said = (
        f"{found['span_id'].nunique():,} passages, {len(found):,} lines; "
        f"{len(copies) - copies['span_id'].nunique():,} reposts"
    )
    copies[["span_id", "family"]] += len(found) and found["span_id"].max()
    return _listed(pd.concat([found, copies]), said, options, widest=CELL)


def _listed(
    table: pd.DataFrame, said: str, options: argparse.Namespace, widest: int | None = None
) -> int:
    if options.out:
        write_tables(options.out.parent, {options.out.name: table})
    else:
        show(table, widest=widest)
    print(said, file=sys.stderr)
    return 0


def panel(options: argparse.Namespace) -> int:
    """Write the concepts of each cell, the sentences they were counted in, and a codebook."""
    from difang.reports.panel_files import account

    concepts, corpus = difang.read_concepts(options.concepts), load(options)
    counts = difang.count(difang.segment(corpus), corpus.documents)
    found = difang.panel(corpus, counts, concepts, by=options.by)
    print(*difang.export_panel(found, options.out), account(found), sep="\n")
    return 0


def new(options: argparse.Namespace) -> int:
    """Copy the notebook for questions of one's own under the next number."""
    from difang.reports.questions import new_notebook

    print(new_notebook(options.name))
    return 0


def lab(options: argparse.Namespace) -> int:
    """Open JupyterLab on the notebooks."""
    import subprocess

    command = [sys.executable, "-m", "jupyterlab", str(project.NOTEBOOKS), *options.more]
    return subprocess.call(command, cwd=project.ROOT)


def _print_group(scores: pd.DataFrame, name: Any, top: int, stopwords: Collection[str]) -> None:
    """Print the lists of a group; or why there is none, and its single-document terms."""
    from difang.compare.headline import headline, left_out, single_document, slightly_more
    from difang.compare.refusals import refusal

    n_docs = scores.attrs["groups"][name]
    refused = refusal(n_docs)
    print(f"\n== {name} (documents: {n_docs})")
    if refused:
        print(f"{refused.zh}\n{refused.en}\n单篇词:")
    lists = single_document if refused else headline
    rows = lists(scores, group=name, top=top, stopwords=stopwords)
    show(rows[SHOWN + ["q"] * int(rows["q"].notna().any())].round(4))
    slight = slightly_more(scores, group=name, top=top, stopwords=stopwords)
    for said, table in ((SLIGHT, slight), (LEFT_OUT, left_out(scores, group=name, top=top))):
        if len(table) and not refused:
            print(f"{said}: {'、'.join(table['term'])}")
