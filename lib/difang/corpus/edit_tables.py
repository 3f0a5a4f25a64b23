"""The edits of a corpus as a table: small on the way, though a traditional text has thousands.

In go the edits of document after document, out comes one table. Until then an edit is three
numbers: its span, and which of the few combinations of new words, rule and action it has.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.corpus.edits import Edit

Packed = npt.NDArray[np.int64]  # a row an edit: start, end, number of what it says
Said = dict[tuple[str, ...], int]  # new, rule and action, numbered as they come


def pack(edits: Sequence[Edit], said: Said) -> Packed:
    """Turn the edits of a document into numbers; what they say is added to `said`."""
    rows = [(*edit[:2], said.setdefault(edit[3:], len(said))) for edit in edits]
    return np.array(rows, np.int64).reshape(-1, 3)


def unpack(packed: Mapping[str, Packed], said: Said) -> pd.DataFrame:
    """Return the edits of documents as a table: doc_id, start, end, new, rule, action.

    They go without `old`: the raw text tells it, and it may hold bytes that no table can.
    """
    rows = np.concatenate([np.empty((0, 3), np.int64), *packed.values()])
    sizes = [len(edits) for edits in packed.values()]
    doc_ids = pd.Series([*packed], dtype="str").repeat(sizes).array
    told = pd.DataFrame([*said], columns=[*Edit._fields[3:]], dtype="str").take(rows[:, 2])
    spans = {"start": rows[:, 0], "end": rows[:, 1]}
    return told.reset_index(drop=True).assign(doc_id=doc_ids, **spans)


def with_old(edits: pd.DataFrame, raw: Mapping[str, str]) -> pd.DataFrame:
    """Return the table with what each edit took out, in the order of the fields of `Edit`."""
    texts = map(raw.__getitem__, edits["doc_id"].tolist())
    spans = zip(texts, edits["start"].tolist(), edits["end"].tolist(), strict=True)
    once: dict[str, str] = {}  # the same few words and characters are taken out again and again
    old = [once.setdefault(word := text[start:end], word) for text, start, end in spans]
    return edits.assign(old=pd.Series(old, dtype=object))[["doc_id", *Edit._fields]]
