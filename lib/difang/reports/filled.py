"""How the fields of a corpus are filled, and the piece of evidence that each rests on.

A corpus goes in; tables come out, one row a field of the documents or a piece of evidence.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from difang.corpus.documents import Corpus
from difang.corpus.windows import CONFIDENCE, STRENGTH, parse

FIELDS = ("province", "city", "county", "level", "genre", "title", "source")
ENDS = ("date_earliest", "date_latest")
NEEDED = dict.fromkeys(("province", "year", "date", "level", "genre"), "") | {
    "city": "city county township", "county": "county township",
}  # column → levels that need it; all if none is named  # fmt: skip
NO_CITY = ("北京市", "天津市", "上海市", "重庆市")  # their districts stand under them directly


def needed(documents: pd.DataFrame, field: str) -> "pd.Series[bool]":
    """Tell which documents should have a field, by their level; fiction needs none.

    No city is asked of what lies directly under a province: its code (GB/T 2260) has 90 there.
    """
    levels = NEEDED[field].split()
    asked = documents["level"].isin(levels) if levels else documents["level"].map(lambda _: True)
    if field == "city":
        direct = documents["code"].str[2:4].eq("90").fillna(False)
        asked &= ~documents["province"].isin(NO_CITY) & ~direct
    return asked.astype(bool) & documents["genre"].ne("fiction")


def fields(corpus: Corpus) -> pd.DataFrame:
    """Sum up how each field is filled: in how many of the documents that need it, and on what.

    Returns
    -------
    DataFrame, one row a field (`date` is the full day)
        field, needed, filled (documents), share, then how many of these documents rest on each
        basis, and on each confidence. A day or year rests on the weaker of the ends of its window.
    """
    rests = _resting(corpus)
    ends = rests[rests["column"].isin(ENDS)].sort_values("rank", kind="stable")
    ends = ends.drop_duplicates("doc_id", keep="last")
    rests = pd.concat([rests, *(ends.assign(column=name) for name in ("date", "year"))])
    rows = []
    for field in NEEDED:
        asked = needed(corpus.documents, field)
        have = corpus.documents.index[asked & corpus.documents[field].notna()]
        own = rests[rests["column"].eq(field) & rests["doc_id"].isin(have)]
        counts = [own[by].value_counts().reindex(order, fill_value=0) for by, order in _BY.items()]
        share = len(have) / asked.sum() if asked.any() else None
        row = {"field": field, "needed": asked.sum(), "filled": len(have), "share": share}
        rows.append(row | pd.concat(counts).to_dict())
    return pd.DataFrame(rows).astype({"share": "float64"})


_BY = {"basis": list(STRENGTH), "confidence": [*CONFIDENCE][:2]}


def deciding(corpus: Corpus) -> pd.DataFrame:
    """List the piece of evidence that each filled field rests on, the weakest first.

    Returns
    -------
    DataFrame, one row a document and field; a window has one for each end
        doc_id, field, value, quote, basis, confidence, rule, reason.
    """
    order = (
        _resting(corpus).drop_duplicates("at").sort_values("rank", ascending=False, kind="stable")
    )
    columns = ["doc_id", "field", "value", "quote", "basis", "confidence", "rule", "reason"]
    return corpus.evidence.loc[order["at"], columns].reset_index(drop=True)


def ranks(evidence: pd.DataFrame) -> "pd.Series[int]":
    """Rank pieces of evidence, the strongest lowest."""
    return evidence["basis"].map(STRENGTH) * len(CONFIDENCE) + evidence["confidence"].map(
        CONFIDENCE
    )


def _resting(corpus: Corpus) -> pd.DataFrame:
    """Find for each document and column the strongest piece of evidence with its value."""
    able = corpus.evidence[corpus.evidence["confidence"] != "low"]
    able = able.assign(rank=ranks(able)).sort_values("rank", kind="stable")
    known = corpus.documents[[*FIELDS, *ENDS]].astype("str").to_dict("index")
    columns = ["doc_id", "field", "value", "basis", "confidence", "rank"]
    settled = [
        (at, doc_id, column, *rest)
        for at, doc_id, field, value, *rest in able[columns].itertuples()
        for column in _settled(field, value, known[doc_id])
    ]
    table = pd.DataFrame(settled, columns=["at", "doc_id", "column", *columns[3:]])
    return table.drop_duplicates(["doc_id", "column"])


def _settled(field: str, value: str, row: Mapping[Any, Any]) -> list[str]:
    """List the columns of a document that a piece of evidence settles."""
    if field in FIELDS:
        return [field] if value == row[field] else []
    window = parse(value) if field in ("date", "year") else None
    days = zip(ENDS, window, strict=True) if window else ()
    return [end for end, day in days if str(row[end]).startswith(day.isoformat())]
