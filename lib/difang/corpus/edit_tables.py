"""The edits of a corpus as a table: small on the way, though a traditional text has thousands.

In go the edits of document after document, out comes one table. Until then an edit is three
numbers: its span, and which of the few combinations of new words, rule and action it has.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from difang.corpus.edits import Edit

Packed = npt.NDArray[np.int32]  # a row an edit: start, end, number of what it says
Said = dict[tuple[str, ...], int]  # old, new, rule and action, numbered as they come
TYPES = {"old": "binary"}
LIKE_RAW = ("utf-8", "surrogatepass")  # raw text may hold what stands for bytes of no codec


def pack(edits: Sequence[Edit], said: Said) -> Packed:
    """Turn the edits of a document into numbers; what they say is added to `said`."""
    rows = [(*edit[:2], said.setdefault(edit[2:], len(said))) for edit in edits]
    return np.array(rows, np.int32).reshape(-1, 3)


def unpack(packed: Mapping[str, Packed], said: Said) -> pa.Table:
    """Return the edits of documents as a table to be kept: what was taken out is told in bytes."""
    edited = {doc_id: edits for doc_id, edits in packed.items() if len(edits)}
    rows = np.concatenate([np.empty((0, 3), np.int32), *edited.values()])
    which = np.repeat(np.arange(len(edited)), [*map(len, edited.values())])
    columns = {"doc_id": _category(pa.array([*edited], "str"), which)}
    for place, name in enumerate(Edit._fields[2:]):
        words = [one[place] for one in said]
        told = [*map(_in_bytes, words)] if name == "old" else words
        columns[name] = _category(pa.array(told, TYPES.get(name, "str")), rows[:, 2])
    return pa.table({**columns, "start": rows[:, 0], "end": rows[:, 1]})


def _in_bytes(text: str) -> bytes:
    return text.encode(*LIKE_RAW)


def _category(words: pa.Array, which: npt.NDArray[Any]) -> pa.DictionaryArray:
    return words.dictionary_encode().take(pa.array(which))


def in_order(edits: pd.DataFrame) -> pd.DataFrame:
    """Return the table with what was taken out as text, in the order of the fields of `Edit`.

    The same few words are taken out and put in again and again: they are categories, in order.
    """
    held = edits["old"].cat
    texts = pd.Index([told.decode(*LIKE_RAW) for told in held.categories], dtype=object)
    columns = edits.assign(old=pd.Categorical.from_codes(held.codes, texts))
    columns = columns[["doc_id", *Edit._fields]]
    for name in columns.columns.difference(["start", "end"]):
        words = columns[name].cat.categories
        columns[name] = columns[name].cat.reorder_categories(words.sort_values())
    return columns
