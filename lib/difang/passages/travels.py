"""How passages travel: who has a family of them first, and which places have it before others.

Takes shared passages and the table of documents. A document stands before another only if its
latest possible date lies before the other's earliest; what cannot be ordered stays without order.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

WITNESSES = [
    "family", "text", "chars", "whole", "kind", "variants", "documents", "dated", "first",
    "first_date", "as_early",
]  # fmt: skip
FLOWS = ["earlier", "later", "ordered", "shared", "pairs", "rate"]
_ENDS = ["date_earliest", "date_latest"]
_Days = npt.NDArray[np.int64]
_OPEN = np.iinfo(np.int64).max  # a latest date that is not known


def witnesses(passages: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """List the families of passages, each with its earliest dated witness.

    Parameters
    ----------
    passages : DataFrame
        What `shared_passages` found, or some of its families.
    documents : DataFrame, index doc_id
        Columns date_earliest, date_latest.

    Returns
    -------
    DataFrame, one row a family, in the order of the passages they are called after
        family; text, chars (of the passage it is called after); whole; kind; variants (passages),
        documents, dated (of these, with a latest date); first (doc_id of the document whose latest
        date is the earliest, <NA> if none is dated), first_date (that latest date); as_early (how
        many other documents may be as early: those not known to be later, so the undated too). Who
        is first *in this corpus* need not have written it.
    """
    if passages.empty:
        return pd.DataFrame(columns=WITNESSES)
    held = passages.drop_duplicates(["family", "doc_id"])[["family", "doc_id"]]
    early, late = _bounds(documents[_ENDS].loc[held["doc_id"]])
    held = held.assign(early=early, late=late).sort_values("late", kind="stable")
    held["as_early"] = held["early"] <= held.groupby("family")["late"].transform("min")
    held["dated"] = held["late"] < _OPEN
    family = held.groupby("family")
    first = family["doc_id"].first().where(family["dated"].any())
    named = passages[passages["span_id"] == passages["family"]].drop_duplicates("family")
    found = named.set_index("family")[["text", "chars", "whole", "kind"]].sort_index()
    found = found.assign(
        variants=passages.groupby("family")["span_id"].nunique(), documents=family.size(),
        dated=family["dated"].sum(), first=first,
        first_date=first.map(documents["date_latest"]), as_early=family["as_early"].sum() - 1,
    )  # fmt: skip
    return found.reset_index()[WITNESSES]


def flows(passages: pd.DataFrame, documents: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count what documents of one place, or level, share with later ones of another.

    Parameters
    ----------
    passages : DataFrame
        What `shared_passages` found; best without the stock formulas.
    documents : DataFrame, index doc_id
        All that were compared: columns date_earliest, date_latest and `by`.
    by : str
        "province", "level" or another column; documents without a value are left out.

    Returns
    -------
    DataFrame, one row a pair of values, and of these one row with order and one without
        earlier, later; ordered (False: neither document is known to be the earlier; the two values
        then stand in the order of the alphabet); shared (families of passages, counted for each
        pair of documents that holds them); pairs (of documents, so ordered, shared or not); rate
        (shared / pairs). Earlier is not source: both may have it from a third text.
    """
    known = documents[documents[by].notna()]
    place, names = pd.factorize(known[by], sort=True)
    early, late = _bounds(known)
    row = pd.Series(range(len(known)), index=known.index)
    held = passages.drop_duplicates(["family", "doc_id"])
    held = held.assign(row=held["doc_id"].map(row))[["family", "row"]].dropna().astype("int64")
    both = held.merge(held, on="family", suffixes=("", "_b"))
    one, other = both["row"].to_numpy(), both["row_b"].to_numpy()
    before = late[one] < early[other]
    loose = (one != other) & ~before & ~(late[other] < early[one])
    size = (len(names), len(names))
    shared = _counted(place[one[before]], place[other[before]], size)
    unsaid = _counted(place[one[loose]], place[other[loose]], size)
    ordered = _ordered(early, late, place, len(names))
    documents_of = np.bincount(place, minlength=len(names))
    pairs = np.outer(documents_of, documents_of) - np.diag(documents_of) - ordered - ordered.T
    tables = [(True, shared, ordered), (False, _folded(unsaid), _folded(pairs))]
    return pd.concat([_long(*table, names) for table in tables], ignore_index=True)[FLOWS]


def _long(ordered: bool, shared: _Days, pairs: _Days, names: "pd.Index[str]") -> pd.DataFrame:
    """Lay a table of counts out in rows, those without a pair of documents left out."""
    first, second = np.nonzero(pairs)
    counts = {"shared": shared[first, second], "pairs": pairs[first, second]}
    found = pd.DataFrame({"earlier": names[first], "later": names[second], **counts})
    return found.assign(ordered=ordered, rate=found["shared"] / found["pairs"])


def _counted(first: _Days, second: _Days, size: tuple[int, int]) -> _Days:
    found = np.zeros(size, np.int64)
    np.add.at(found, (first, second), 1)
    return found


def _folded(counts: _Days) -> _Days:
    """Keep one half of a table that holds each pair of documents twice."""
    return np.triu(counts) - np.diag(np.diag(counts) // 2)


def _ordered(early: _Days, late: _Days, place: _Days, places: int) -> _Days:
    """Count the pairs of documents of which one stands before the other, by their places."""
    found = np.zeros((places, places), np.int64)
    for later in range(places):
        begins = np.sort(early[place == later])
        after = len(begins) - np.searchsorted(begins, late, side="right")
        found[:, later] = np.bincount(place, weights=after, minlength=places)
    return found


def _bounds(documents: pd.DataFrame) -> tuple[_Days, _Days]:
    """Give the earliest and latest possible day of each document, without end if not known."""
    days = [
        documents[name].to_numpy().astype("datetime64[D]").astype(np.int64) for name in _ENDS
    ]  # what is not known comes out as the least integer
    return days[0], np.where(documents["date_latest"].isna(), _OPEN, days[1])
