"""What all commands share: a corpus read as the options ask, tables printed or written.

Parsed options go in, a corpus comes out; tables go in, files and lines come out.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from difang.errors import DifangError
from difang.progress import bar
from difang.writing import whole

if TYPE_CHECKING:
    import argparse

    import pandas as pd

    from difang.corpus.documents import Corpus


class EmptyCorpusError(DifangError):
    """A folder in which no document was found."""


def load(options: argparse.Namespace) -> Corpus:
    """Read the corpus that a command works on; without documents there is nothing to do."""
    corpus = read(options)
    require_documents(corpus)
    return corpus


def read(options: argparse.Namespace) -> Corpus:
    """Read the corpus, and say which documents the library itself failed on."""
    from difang.corpus import engine, loading
    from difang.corpus.parts import FAULT

    if options.scheduler:
        engine.use(options.scheduler)
    corpus = loading.load(
        options.folder,
        where=options.where,
        text_column=options.text_column,
        progress=partial(bar, said="cleaning, characters", size=lambda one: len(one.raw)),
    )
    faults = corpus.skipped[corpus.skipped["reason"].str.startswith(FAULT)]
    for line in _lines(faults):
        print(f"difang: {line}", file=sys.stderr)
    options.faults = len(faults)
    return corpus


def require_documents(corpus: Corpus) -> None:
    """Refuse a corpus without documents, with the first reasons why files were not read."""
    if corpus.documents.empty:
        files, first = len(corpus.skipped), "; ".join(_lines(corpus.skipped.head(3)))
        raise EmptyCorpusError(
            f"Cannot use the folder {corpus.folder!r}. It holds no document"
            + (f", and {files:,} files were not read: {first}" if files else ".")
            + " Name a folder that holds texts."
        )


def notes(corpus: Corpus, language: str = "en") -> list[str]:
    """Give the warnings that stand first on the index page."""
    from difang.reports.language import plain, sentences

    documents = corpus.documents
    facts = {
        "skipped": len(corpus.skipped),
        "copies": int(documents["duplicate_of"].notna().sum()),
        "damage": int(documents["damage"].sum()),
        "no province": int(documents["province"].isna().sum()),
        "no year": int(documents["year"].isna().sum()),
    }
    words = sentences("notes", language)
    return [plain(words[fact], n=number) for fact, number in facts.items() if number]


def summary(corpus: Corpus) -> str:
    """Say how much there is, what is known of it, and what was not read."""
    documents = corpus.documents
    lines = [f"{len(documents):,} documents, {documents['chars'].sum():,} characters"]
    for column in ("province", "year", "level", "genre"):
        known = int(documents[column].notna().sum())
        lines.append(f"{column}: {known:,} known, {len(documents) - known:,} missing")
    lines += notes(corpus)
    lines += [f"  {line}" for line in _lines(corpus.skipped)]
    return "\n".join(lines)


def _lines(skipped: pd.DataFrame) -> list[str]:
    """Say in one line each what was not read, whatever the names hold."""
    texts = (f"{file.path}: {file.reason} {file.what_to_do}" for file in skipped.itertuples())
    return ["".join(c if c.isprintable() else repr(c)[1:-1] for c in text) for text in texts]


def show(table: pd.DataFrame, *, widest: int | None = None) -> None:
    """Print a table, its columns straight though they hold Chinese; longer cells end with `...`."""
    import pandas as pd

    with pd.option_context("display.unicode.east_asian_width", True, "display.width", None):
        print(table.to_string(index=False, max_colwidth=widest) if len(table) else "(none)")


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write tables (.parquet or CSV files that Excel reads as Chinese): all of them or none."""
    from difang.csv_files import write_csv

    with ExitStack() as parts:
        for name, table in tables.items():
            part = parts.enter_context(whole(folder / name))
            table.to_parquet(part) if name.endswith(".parquet") else write_csv(table, part)
    for name, table in tables.items():
        print(f"{folder / name}: {len(table):,} rows")
