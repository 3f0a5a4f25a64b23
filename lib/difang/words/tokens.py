"""Tokens of a corpus: integer ids and one vocabulary instead of lists of strings.

They are kept on disk under the hash of all that decides them; a damaged, foreign or
unwritable cache only costs time.
"""

import json
import os
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from difang.errors import DifangError


class UnknownDocumentError(DifangError):
    """A document that the tokens do not hold."""


@dataclass(frozen=True, eq=False)
class Tokens:
    """The tokens of every document.

    Attributes
    ----------
    doc_ids : tuple of str
        The documents, in the order of the corpus.
    terms : tuple of str
        The sorted vocabulary; a set phrase stands in its canonical form.
    ids : int32 array
        All tokens, as positions in `terms`, document after document.
    bounds : int64 array, one longer than `doc_ids`
        Document i has the tokens `ids[bounds[i]:bounds[i + 1]]`.
    lexicon_hash : str
        Hash of the lexicon used; "" without one.
    lengths : int32 array
        Characters of each token in the text, where a set phrase may be longer or shorter than
        its term (“五型”政府 is 6 characters of text, its term 4).
    """

    doc_ids: tuple[str, ...]
    terms: tuple[str, ...]
    ids: npt.NDArray[np.int32]
    bounds: npt.NDArray[np.int64]
    lexicon_hash: str
    lengths: npt.NDArray[np.int32]

    def of(self, doc_id: str) -> list[str]:
        """Return the tokens of a document, in the order of its text."""
        start, end = self._range(doc_id)
        return [self.terms[i] for i in self.ids[start:end].tolist()]

    def spans(self, doc_id: str) -> npt.NDArray[np.int64]:
        """Return where the tokens of a document lie in its text, one row (start, end) each."""
        start, end = self._range(doc_id)
        lengths = self.lengths[start:end]
        ends = np.cumsum(lengths, dtype=np.int64)
        return np.stack([ends - lengths, ends], axis=1)

    def _range(self, doc_id: str) -> tuple[int, int]:
        if doc_id not in self._rows:
            raise UnknownDocumentError(
                f"Cannot find tokens of the document {doc_id!r}. The tokens hold "
                f"{len(self.doc_ids)} documents: {', '.join(self.doc_ids[:3])} … "
                "Choose one of them, or segment the corpus that holds it."
            )
        row = self._rows[doc_id]
        return int(self.bounds[row]), int(self.bounds[row + 1])

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {doc_id: row for row, doc_id in enumerate(self.doc_ids)}


def recall(path: Path, doc_ids: tuple[str, ...], lexicon_hash: str) -> Tokens | None:
    """Return tokens kept at `path` under its name; None if there are none to be trusted."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            written, ids, bounds, lengths = (kept[f"arr_{i}"] for i in range(4))
            key, *terms = json.loads(written.tobytes())
    except (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile, zlib.error):
        return None
    if key != path.stem or len(bounds) != len(doc_ids) + 1:
        return None
    return Tokens(doc_ids, tuple(terms), ids, bounds, lexicon_hash, lengths)


def keep(path: Path, tokens: Tokens) -> None:
    """Write tokens to `path`, all or nothing; a full disk or a read-only folder is no error."""
    terms = np.frombuffer(json.dumps([path.stem, *tokens.terms]).encode(), np.uint8)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            new = Path(folder, "new.npz")
            np.savez(new, terms, tokens.ids, tokens.bounds, tokens.lengths)
            os.replace(new, path)
    except OSError:  # the next run reads the texts again
        return
