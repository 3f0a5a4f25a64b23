"""The colophon: what reports were made from, so that another can make the same again.

In goes the corpus and what was set or asked for; out come a fragment for the last cell of a page,
and a file beside the pages that a later run takes its settings from. They hold no clock and no path
of the machine: the same inputs give the same colophon.
"""

import argparse
import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from difang import project
from difang.corpus.documents import Corpus
from difang.errors import DifangError
from difang.reports.fragment import Fragment, fragment
from difang.reports.language import plain, sentences
from difang.words.lexicon import read_lexicon
from difang.writing import whole

PACKAGES = "difang pandas numpy scipy scikit-learn jieba opencc pypinyin cnloc matplotlib wordcloud"
SHOWN_OF_HASH = 16  # hexadecimal digits
GIT_SECONDS = 10
WORDS = sentences("colophon")
FILE = "colophon.json"
ASKED = ("where", "only", "set", "lang")  # options of `difang report`


class ColophonError(DifangError):
    """A file that is not the colophon of reports."""


def facts(
    corpus: Corpus,
    lexicon_hash: str | None = None,
    settings: Mapping[str, object] | None = None,
) -> Fragment:
    """Say what a report was made from: corpus, lexicon, settings, commit, versions.

    Parameters
    ----------
    corpus : Corpus
        Its documents are told by number, characters and hash; its folder by name only.
    lexicon_hash : str, optional
        Such as ``tokens.lexicon_hash``.
    settings : mapping name → value, optional
        What the reader may change, told in capitals as there; a Path by its name only.
    """
    documents, chosen = corpus.documents, (settings or {}).items()
    size = {"n": len(documents), "chars": documents["chars"].sum(), "folder": corpus.folder}
    told = {
        "corpus": plain(WORDS["size"], **size),
        "corpus hash": corpus.hash[:SHOWN_OF_HASH],
        "skipped": f"{len(corpus.skipped):,}",
        "lexicon hash": (lexicon_hash or WORDS["no lexicon"])[:SHOWN_OF_HASH],
        "settings": ", ".join(f"{k.upper()} = {_named(v)}" for k, v in chosen) or WORDS["none"],
        "commit": commit() or WORDS["not known"],
        "versions": ", ".join(f"{name} {number}" for name, number in versions().items()),
    }
    return fragment("colophon", told={WORDS["facts"][name]: one for name, one in told.items()})


def versions() -> dict[str, str]:
    """Give the versions of Python and of the packages that bear on results."""
    found = {"Python": platform.python_version()}
    for name in PACKAGES.split():
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "absent"
    return found


def commit(folder: Path = project.ROOT) -> str | None:
    """Give the git commit of `folder`, "with changes" if files differ; None where git has none."""
    if not (folder / ".git").exists():
        return None
    words = ["describe", "--always", "--exclude=*", "--abbrev=12", "--dirty=, with changes"]
    try:
        done = subprocess.run(
            ["git", *words], cwd=folder, capture_output=True, check=True, timeout=GIT_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode().strip()


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
                told = {"then": _brief(old, words["none"]), "now": _brief(new, words["none"])}
                found.append(plain(words["unlike"], part=part, name=name, **told))
    return sorted(found)


def _named(value: object) -> str:
    """Write a setting; of a path only the name, as the folders above it are nobody's business."""
    is_path = isinstance(value, Path) or (isinstance(value, str) and Path(value).is_absolute())
    return Path(str(value)).name if is_path else repr(value)


def _brief(value: object, none: str) -> str:
    return str(value)[:16] if value not in (None, []) else none


def _hash(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
