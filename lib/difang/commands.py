"""What each command does, in a few lines over the library's functions.

Each takes the parsed options and returns the exit status.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import difang
from difang import project
from difang.errors import DifangError
from difang.writing import make_folder, whole

if TYPE_CHECKING:
    import argparse

    import pandas as pd

    from difang.corpus.documents import Corpus

TABLES = ("documents", "evidence", "edits", "skipped")
SLIGHT = "Used more, but less than twice as often as in the reference"
LEFT_OUT = "Names and numbers left out"
SHOWN = ["term", "score", "n", "rate", "n_docs", "group_docs", "top_doc_share"]


class EmptyCorpusError(DifangError):
    """A folder in which no document was found."""


def report(options: argparse.Namespace) -> int:
    """Run the notebooks on a folder, and write their reports and the index."""
    from difang.reports.runner import numbered, run_reports, terminal_progress
    from difang.reports.settings import parse_setting

    values: dict[str, object] = dict(parse_setting(item) for item in options.set)
    options.text_column = values.get("TEXT_COLUMN")
    corpus = _load(options)  # the notebooks find it in the cache; what is wrong shows at once
    out = options.out.resolve()
    make_folder(out)
    outcomes = run_reports(
        numbered(),
        out,
        {"FOLDER": options.folder.resolve(), "WHERE": options.where, **values},
        only=options.only,
        progress=terminal_progress(sys.stderr),
        notes=_notes(corpus),
    )
    for outcome in outcomes:
        print(outcome.report or f"{outcome.notebook.name} failed: {outcome.error}")
        if outcome.said:
            print(outcome.said, file=sys.stderr)
    print(out / "index.html")
    return int(any(outcome.error for outcome in outcomes))


def corpus(options: argparse.Namespace) -> int:
    """Write the tables of the corpus, and print a summary."""
    tables = _read(options)
    make_folder(options.out)
    files = {f"{name}.csv": getattr(tables, name) for name in TABLES}
    _write(options.out, {**files, "documents.parquet": tables.documents})
    print(_summary(tables))
    _require_documents(tables)
    return 0


def keywords(options: argparse.Namespace) -> int:
    """Print the lists of each group, and write all scores."""
    from functools import partial

    from difang.compare.headline import beside
    from difang.compare.inference import account, inference
    from difang.compare.measures import placebo, score
    from difang.corpus.metadata import spent
    from difang.passages.repeated import repeated

    corpus = _load(options)
    tokens, gone = difang.segment(corpus), spent(corpus.evidence)
    counts = difang.count(tokens, corpus.documents)
    score_them = partial(
        score, by=options.by, measure=options.measure, reference=options.reference,
        target=options.target, spent=gone,
    )  # fmt: skip
    scores, as_written = score_them(counts), None
    if options.shared == "once":
        again = repeated(corpus, tokens, difang.shared_passages(corpus))
        counts = difang.count(tokens, corpus.documents, without=again)
        scores, as_written = score_them(counts), scores
        print(f"Shared passages count once: {again.mean():.1%} of the tokens are left out.")
    if options.inference:
        scores = inference(scores, counts, spent=gone)
        chance = placebo(scores, counts)
    for reason in scores.attrs.get("refused", {}).values():
        print(reason)
    for name in scores["group"].unique():
        _print_group(scores, name, options.top)
        if as_written is not None:
            print("rank_other, n_other: with shared passages counted wherever they stand")
            _print(beside(scores, as_written, group=name, top=options.top, stopwords=_stopwords()))
        if options.inference and scores.attrs["reference"] != "none":
            print(account(scores, chance, name).en)
    if options.out:
        _write(options.out.parent, {options.out.name: scores})
    return 0


def kwic(options: argparse.Namespace) -> int:
    """Print or write the concordance lines of a pattern."""
    known = difang.read_lexicon() if options.variants else None
    lines = difang.kwic(_load(options), options.pattern, lexicon=known)
    if options.out:
        _write(options.out.parent, {options.out.name: lines})
    else:
        for line in lines.itertuples():
            print(f"{line.doc_id}\t{line.left}【{line.keyword}】{line.right}")
    print(f"{len(lines):,} lines in {lines['doc_id'].nunique():,} documents", file=sys.stderr)
    return 0


def lexicon(options: argparse.Namespace) -> int:
    """Print or write how often each entry of the lexicon fires."""
    corpus, entries = _load(options), difang.read_lexicon()
    fired = difang.firing_report(corpus, difang.segment(corpus, lexicon=entries), entries)
    found = fired[fired["in_text"] > 0]
    if options.out:
        _write(options.out.parent, {options.out.name: fired})
    else:
        _print(found)
    print(f"{len(fired):,} entries, {len(found):,} of them in the documents", file=sys.stderr)
    return 0


def panel(options: argparse.Namespace) -> int:
    """Write the concepts of each cell, the sentences they were counted in, and a codebook."""
    from difang.reports.panel_files import account

    concepts, corpus = difang.read_concepts(options.concepts), _load(options)
    counts = difang.count(difang.segment(corpus), corpus.documents)
    found = difang.panel(corpus, counts, concepts, by=options.by)
    print(*difang.export_panel(found, options.out), account(found), sep="\n")
    return 0


def lab(options: argparse.Namespace) -> int:
    """Open JupyterLab on the notebooks."""
    import subprocess

    command = [sys.executable, "-m", "jupyterlab", str(project.NOTEBOOKS), *options.more]
    return subprocess.call(command, cwd=project.ROOT)


def _load(options: argparse.Namespace) -> Corpus:
    """Read the corpus that a command works on; without documents there is nothing to do."""
    corpus = _read(options)
    _require_documents(corpus)
    return corpus


def _read(options: argparse.Namespace) -> Corpus:
    """Read the corpus, and say which documents the library itself failed on."""
    from difang.corpus.loading import FAULT, load

    corpus = load(
        options.folder, where=options.where, text_column=options.text_column, progress=_progress
    )
    faults = corpus.skipped[corpus.skipped["reason"].str.startswith(FAULT)]
    for line in _lines(faults):
        print(f"difang: {line}", file=sys.stderr)
    options.faults = len(faults)
    return corpus


def _require_documents(corpus: Corpus) -> None:
    if corpus.documents.empty:
        files, first = len(corpus.skipped), "; ".join(_lines(corpus.skipped.head(3)))
        raise EmptyCorpusError(
            f"Cannot use the folder {corpus.folder!r}. It holds no document"
            + (f", and {files:,} files were not read: {first}" if files else ".")
            + " Name a folder that holds texts."
        )


def _progress(items: Iterable[Any]) -> Iterable[Any]:
    from tqdm import tqdm

    if not sys.stderr.isatty():
        return items
    bar: Iterable[Any] = tqdm(items, desc="documents", unit="", leave=False)
    return bar


def _notes(corpus: Corpus) -> list[str]:
    """Give the warnings that stand first on the index page."""
    documents = corpus.documents
    facts = {
        "files not read": len(corpus.skipped),
        "copies of another document": int(documents["duplicate_of"].notna().sum()),
        "spots that could not be repaired": int(documents["damage"].sum()),
        "documents without a province": int(documents["province"].isna().sum()),
        "documents without a year": int(documents["year"].isna().sum()),
    }
    return [f"{fact}: {number:,}" for fact, number in facts.items() if number]


def _summary(corpus: Corpus) -> str:
    documents = corpus.documents
    lines = [f"{len(documents):,} documents, {documents['chars'].sum():,} characters"]
    for column in ("province", "year", "level", "genre"):
        known = int(documents[column].notna().sum())
        lines.append(f"{column}: {known:,} known, {len(documents) - known:,} missing")
    lines += _notes(corpus)
    lines += [f"  {line}" for line in _lines(corpus.skipped)]
    return "\n".join(lines)


def _lines(skipped: pd.DataFrame) -> list[str]:
    """Say in one line each what was not read, whatever the names hold."""
    texts = (f"{file.path}: {file.reason} {file.what_to_do}" for file in skipped.itertuples())
    return ["".join(c if c.isprintable() else repr(c)[1:-1] for c in text) for text in texts]


def _print_group(scores: pd.DataFrame, name: Any, top: int) -> None:
    """Print the lists of a group; or why there is none, and its single-document terms."""
    from difang.compare.headline import headline, left_out, single_document, slightly_more
    from difang.compare.refusals import refusal

    n_docs = scores.attrs["groups"][name]
    refused = refusal(n_docs)
    print(f"\n== {name} (documents: {n_docs})")
    if refused:
        print(f"{refused.zh}\n{refused.en}\n单篇词:")
    stopwords = _stopwords()
    lists = single_document if refused else headline
    rows = lists(scores, group=name, top=top, stopwords=stopwords)
    _print(rows[SHOWN + ["q"] * int(rows["q"].notna().any())].round(4))
    slight = slightly_more(scores, group=name, top=top, stopwords=stopwords)
    for said, table in ((SLIGHT, slight), (LEFT_OUT, left_out(scores, group=name, top=top))):
        if len(table) and not refused:
            print(f"{said}: {'、'.join(table['term'])}")


def _stopwords() -> frozenset[str]:
    from difang.words.lexicon import read_lexicon

    return frozenset().union(*read_lexicon().stopwords.values())


def _print(table: pd.DataFrame) -> None:
    import pandas as pd

    with pd.option_context("display.unicode.east_asian_width", True, "display.width", None):
        print(table.to_string(index=False) if len(table) else "(none)")


def _write(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write tables (.parquet or CSV files that Excel reads as Chinese): all of them or none."""
    with ExitStack() as parts:
        for name, table in tables.items():
            part = parts.enter_context(whole(folder / name))
            if name.endswith(".parquet"):
                table.to_parquet(part)
            else:
                named = table.index.name is not None
                table.to_csv(part, index=named, encoding="utf-8-sig", errors="backslashreplace")
    for name, table in tables.items():
        print(f"{folder / name}: {len(table):,} rows")
