"""What was worked out before: tables kept under the hash of all that they depend on.

The cache may be deleted at any time; a damaged, foreign or unwritable one only costs time.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import metadata
from io import BytesIO
from pathlib import Path

import pandas as pd

from difang import project

KEPT = 8000  # entries; a corpus takes one for each batch of documents and one for its tokens
DAY = 24 * 3600.0
SUMS, UNFINISHED = "sums.json", ".new-"
RESTS_ON = (
    "cnloc", "jieba", "lxml", "opencc", "openpyxl", "pandas", "pyahocorasick", "pyarrow",
    "pypdfium2", "pypinyin", "python-docx", "selectolax",
)  # fmt: skip


def key(*parts: object) -> str:
    """Return the hash of the given parts, the code and tables of this room, and versions."""
    whole = json.dumps(
        [parts, _code(), _versions()],
        ensure_ascii=True,
        default=str,
    )
    return hashlib.sha256(whole.encode()).hexdigest()


def recall(key: str) -> dict[str, pd.DataFrame] | None:
    """Return the tables kept under a key; None where there are none, or not to the last byte."""
    place = project.CACHE / "corpus" / key
    try:
        sums = json.loads((place / SUMS).read_bytes())
        files = {name: (place / f"{name}.parquet").read_bytes() for name in sums}
        if sums != {name: _sum(data) for name, data in files.items()}:
            raise ValueError("damaged: it must not even be parsed")
        tables = {name: pd.read_parquet(BytesIO(data)) for name, data in files.items()}
    except (OSError, ValueError, TypeError):  # not there; other JSON; ArrowInvalid
        shutil.rmtree(place, ignore_errors=True)
        return None
    with suppress(OSError):
        os.utime(place)  # it was of use today
    return tables


def table(name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return a table that rests on code, reference tables and packages alone: kept, or made now."""
    whole = key(name)
    tables = recall(whole) or {name: make()}
    if not (project.CACHE / "corpus" / whole).exists():
        keep(whole, tables)
    return tables[name]


def keep(key: str, tables: dict[str, pd.DataFrame]) -> None:
    """Keep tables under a key, all of them or none; the entries not used for longest go."""
    home = project.CACHE / "corpus"
    with suppress(OSError):  # a full disk, no rights, or another process was quicker
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home, prefix=UNFINISHED) as new:
            for name, table in tables.items():
                table.to_parquet(Path(new, f"{name}.parquet"))
            sums = {name: _sum(Path(new, f"{name}.parquet").read_bytes()) for name in tables}
            Path(new, SUMS).write_text(json.dumps(sums), "utf-8")
            os.rename(new, home / key)
        _prune(home)


def _prune(home: Path) -> None:
    """Delete all but the entries used last, and what runs that were killed have left.

    A run that reads such an entry at this moment finds it gone, and works it out anew.
    """
    places = list(home.iterdir())
    killed = [p for p in places if p.name.startswith(UNFINISHED) and _age(p) > DAY]
    entries = [p for p in places if not p.name.startswith(UNFINISHED)]
    if len(entries) > KEPT:
        entries.sort(key=_age)
    for place in entries[KEPT:] + killed:
        shutil.rmtree(place, ignore_errors=True)


def _age(place: Path) -> float:
    return time.time() - place.stat().st_mtime


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@cache
def _versions() -> list[str]:
    return [metadata.version(name) for name in RESTS_ON]


@cache
def _code() -> str:
    files = sorted([*Path(__file__).parent.glob("*.py"), *project.REFERENCE.glob("*.csv")])
    return hashlib.sha256(b"\0".join(f.read_bytes() for f in files)).hexdigest()
