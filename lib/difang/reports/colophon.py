"""The colophon: what a report was made from, so that a loose file can be traced to its source.

In goes the corpus and what was set, out comes a fragment for the last cell. It holds no clock and
no path of the machine: the same inputs give the same colophon.
"""

import platform
import subprocess
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from difang import project
from difang.corpus.documents import Corpus
from difang.reports.fragment import Fragment, fragment
from difang.reports.language import plain, sentences

PACKAGES = "difang pandas numpy scipy scikit-learn jieba opencc pypinyin cnloc matplotlib wordcloud"
SHOWN_OF_HASH = 16  # hexadecimal digits
GIT_SECONDS = 10
WORDS = sentences("colophon")


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


def _named(value: object) -> str:
    """Write a setting; of a path only the name, as the folders above it are nobody's business."""
    is_path = isinstance(value, Path) or (isinstance(value, str) and Path(value).is_absolute())
    return Path(str(value)).name if is_path else repr(value)
