"""colophon.json: what a run of reports was made from, so that another can make the same again.

In go the corpus and what was asked for, out comes a file beside the reports; read again, it gives
the requests back and says in what a later run differs.
"""

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from difang import project
from difang.corpus.documents import Corpus
from difang.errors import DifangError
from difang.reports.colophon import commit, versions
from difang.reports.language import plain, sentences
from difang.words.lexicon import read_lexicon
from difang.writing import whole

FILE = "colophon.json"
ASKED = ("where", "only", "set", "lang")  # options of `difang report`


class ColophonError(DifangError):
    """A file that is not the colophon of reports."""


def described(
    corpus: Corpus, notebooks: Sequence[Path], options: argparse.Namespace
) -> dict[str, Any]:
    """Describe a run: what was asked for, and the hash or version of all that decides its pages.

    No clock and no path of the machine is in it: the same run gives the same description.
    """
    return {
        "asked": {name: getattr(options, name) for name in ASKED},
        "corpus": {
            "folder": corpus.folder,
            "documents": len(corpus.documents),
            "hash": corpus.hash,
        },
        "lexicon": {"hash": read_lexicon().hash},
        "overrides": {"hash": _hash(project.OVERRIDES)},
        "notebooks": {path.stem: _hash(path) for path in notebooks},
        "commit": {"git": commit()},
        "versions": versions(),
    }


def write(out: Path, run: dict[str, Any]) -> None:
    """Write the description of a run beside its reports."""
    with whole(out / FILE) as part:
        part.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", "utf-8")


def ask_again(path: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Read the description of an earlier run, and ask for the same where nothing is asked now.

    Raises
    ------
    ColophonError
        There is no such file, or it is no description of a run.
    """
    try:
        run: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if not set(run["asked"]) <= set(ASKED) or not isinstance(run["corpus"]["hash"], str):
            raise KeyError("asked")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ColophonError(
            f"Cannot take the settings from {str(path)!r}: {error}. Name the {FILE} that "
            "`difang report` wrote beside its pages."
        ) from error
    for name in ASKED:
        setattr(options, name, getattr(options, name) or run["asked"].get(name))
    return run


def differences(then: dict[str, Any], now: dict[str, Any], language: str) -> list[str]:
    """Say in what a run differs from the one described; each sentence names both values."""
    found, words = [], sentences("notes", language)
    for part, facts in now.items():
        for name in facts.keys() | then.get(part, {}).keys():
            old, new = then.get(part, {}).get(name), facts.get(name)
            if old != new:
                told = {"then": _told(old, words["none"]), "now": _told(new, words["none"])}
                found.append(plain(words["unlike"], part=part, name=name, **told))
    return sorted(found)


def _told(value: object, none: str) -> str:
    return str(value)[:16] if value not in (None, []) else none


def _hash(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
