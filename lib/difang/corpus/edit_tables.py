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
Said = dict[tuple[str, ...], int]  # new, rule and action, numbered as they come


def pack(edits: Sequence[Edit], said: Said) -> Packed:
    """Turn the edits of a document into numbers; what they say is added to `said`."""
    rows = [(*edit[:2], said.setdefault(edit[3:], len(said))) for edit in edits]
    return np.array(rows, np.int32).reshape(-1, 3)


def unpack(packed: Mapping[str, Packed], said: Said) -> pa.Table:
    """Return the edits of documents as a table: doc_id, start, end, new, rule, action.

    They go without `old`: the raw text tells it, and it may hold bytes that no table can.
    """
    rows = np.concatenate([np.empty((0, 3), np.int32), *packed.values()])
    which = np.repeat(np.arange(len(packed)), [len(edits) for edits in packed.values()])
    columns = {"doc_id": _category([*packed], which)}
    for place, name in enumerate(Edit._fields[3:]):
        columns[name] = _category([one[place] for one in said], rows[:, 2])
    return pa.table({**columns, "start": rows[:, 0], "end": rows[:, 1]})


def _category(names: Sequence[str], which: npt.NDArray[Any]) -> pa.DictionaryArray:
    return pa.array(names, "str").take(pa.array(which)).dictionary_encode()


def with_old(edits: pd.DataFrame, raw: Mapping[str, str]) -> pd.DataFrame:
    """Return the table with what each edit took out, in the order of the fields of `Edit`.

    The same few words are taken out and put in again and again: they are categories, in order.
    """
    texts = [raw[doc_id] for doc_id in edits["doc_id"].cat.categories]
    of = map(texts.__getitem__, edits["doc_id"].cat.codes)  # by name, each would be a string anew
    spans = zip(of, edits["start"], edits["end"], strict=True)
    once: dict[str, int] = {}
    numbers = (once.setdefault(text[start:end], len(once)) for text, start, end in spans)
    codes = np.fromiter(numbers, np.int32, len(edits))
    old = pd.Categorical.from_codes(codes, pd.Index([*once], dtype=object))
    columns = edits.assign(old=old)[["doc_id", *Edit._fields]]
    for name in columns.columns.difference(["start", "end"]):
        held = columns[name].cat.categories
        columns[name] = columns[name].cat.reorder_categories(held.sort_values())
    return columns
