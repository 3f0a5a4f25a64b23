"""Corpora made by hand for the tests of notebook 01."""

import pandas as pd

from difang.corpus.documents import COLUMNS, Corpus
from difang.corpus.edits import Edit
from difang.corpus.evidence import Evidence

KNOWN = {"province": "江西省", "year": 2018, "level": "province", "genre": "speech"}


def made(rows, evidence=(), edits=(), raw=None):
    """Build a corpus of documents with some columns set, and of (doc_id, Evidence or Edit)."""
    whole = [{"text": "", "chars": 0, "removed_share": 0.0, "damage": 0} | row for row in rows]
    table = pd.DataFrame(whole).reindex(columns=["doc_id", *COLUMNS]).set_index("doc_id")
    found = _rows(evidence, Evidence._fields)
    done = _rows(edits, Edit._fields)
    skipped = pd.DataFrame(columns=["path", "reason", "what_to_do"])
    texts = dict.fromkeys(table.index, "") | (raw or {})
    return Corpus("made", table.astype(COLUMNS), found, done, skipped, texts)


def _rows(pairs, fields):
    return pd.DataFrame([(doc_id, *row) for doc_id, row in pairs], columns=["doc_id", *fields])


def piece(field, value, basis="stated", confidence="high", quote="", **rest):
    return Evidence(field, value, basis, confidence, **{"rule": "rule", "quote": quote} | rest)


def gone(raw, old, rule, action="remove"):
    """Take `old` out of `raw`."""
    start = raw.index(old)
    return Edit(start, start + len(old), old, "", rule, action)
