"""How passages travel: who has a family of them first, and which places have it before others.

Takes shared passages and the table of documents. A document stands before another only if its
latest possible date lies before the other's earliest; what cannot be ordered stays without order.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.passages.joining import in_two

WITNESSES = [
    "family", "text", "chars", "whole", "kind", "variants", "documents", "dated", "first",
    "first_date", "as_early",
]  # fmt: skip
FLOWS = [
    "earlier", "later", "ordered", "shared", "pairs", "rate", "earlier_docs", "later_docs",
    "matched", "ratio",
]  # fmt: skip
FEW, FEW_DOCUMENTS = 10, 3  # matched pairs; documents of either place: a ratio of fewer is none
CENTURIES = 10_000  # no year is later
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
        family; text, chars (of the passage it is called after); whole (what two documents at least
        have of the family, in Han characters); kind; variants (passages),
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
    found = named.set_index("family")[["text", "chars", "kind"]].sort_index()
    found = found.assign(
        whole=in_two(passages, "doc_id"),
        variants=passages.groupby("family")["span_id"].nunique(), documents=family.size(),
        dated=family["dated"].sum(), first=first,
        first_date=first.map(documents["date_latest"]), as_early=family["as_early"].sum() - 1,
    )  # fmt: skip
    return found.reset_index()[WITNESSES]


def flows(passages: pd.DataFrame, documents: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count what documents of one place, or level, share with later ones of another.

    Documents of neighbouring years share most, so that who has documents of which years decides
    over a plain mean. The ratio compares like with like: what the pairs share, over what they
    would if each shared as much as other pairs of the same two years do, of two different places
    (indirect standardisation; Breslow & Day 1987, chapter 2).

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
        (shared / pairs); and of ordered pairs, else missing: earlier_docs, later_docs (documents
        that the pairs are made of); matched (pairs of which other places have some of the same two
        years); ratio (of what these share; missing below 10 of them or 3 documents of either
        place). Earlier is not source: both may have it from a third text.
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
    years = [
        np.asarray(pd.to_datetime(known[end]).dt.year.fillna(0), dtype=np.int64) for end in _ENDS
    ]
    cells = _cells(place, years, (early, late), (one[before], other[before]))
    at = cells["earlier"].to_numpy(), cells["later"].to_numpy()
    shared, ordered = (_counted(at, size, cells[name].to_numpy()) for name in ("shared", "pairs"))
    unsaid = _counted((place[one[loose]], place[other[loose]]), size)
    documents_of = np.bincount(place, minlength=len(names))
    pairs = np.outer(documents_of, documents_of) - np.diag(documents_of) - ordered - ordered.T
    sides = _sides(place, early, late, len(names))
    tables = [(True, shared, ordered), (False, _folded(unsaid), _folded(pairs))]
    found = pd.concat([_long(*table, names) for table in tables], ignore_index=True)
    found = found.join(_matched(cells), on=["first", "second"])
    for name, count in zip(FLOWS[6:8], sides, strict=True):
        found[name] = pd.Series(count[found["first"], found["second"]], dtype="Int64")
    told = found["ordered"] & (found[FLOWS[6:8]].min(axis=1) >= FEW_DOCUMENTS)
    found["ratio"] = found["ratio"].where(told & (found["matched"] >= FEW))
    found["matched"] = found["matched"].fillna(0)
    found[FLOWS[6:9]] = found[FLOWS[6:9]].astype("Int64").where(found["ordered"])
    return found[FLOWS]


def _cells(
    place: _Days, years: list[_Days], days: tuple[_Days, _Days], shared: tuple[_Days, _Days]
) -> pd.DataFrame:
    """Count ordered pairs and what they share, by the place and year of either document."""
    first, firsts = pd.factorize(place * CENTURIES + years[1])
    second, seconds = pd.factorize(place * CENTURIES + years[0])
    pairs = _ordered(*days, first, second)
    counts = _counted((first[shared[0]], second[shared[1]]), pairs.shape)
    one, other = np.nonzero(pairs)
    earlier, year = np.divmod(firsts[one], CENTURIES)
    later, year_later = np.divmod(seconds[other], CENTURIES)
    counted = {"pairs": pairs[one, other], "shared": counts[one, other]}
    return pd.DataFrame(
        {"earlier": earlier, "later": later, "year": year, "year_later": year_later, **counted}
    )


def _matched(cells: pd.DataFrame) -> pd.DataFrame:
    """Compare what pairs share with other pairs of the same two years, of different places."""
    own = cells[["pairs", "shared"]].where(cells["earlier"] != cells["later"], 0)
    others = own.groupby([cells["year"], cells["year_later"]]).transform("sum") - own
    rate = others["shared"] / others["pairs"].where(others["pairs"] > 0)
    told = cells.assign(expected=cells["pairs"] * rate)[rate.notna()]
    sums = told.groupby(["earlier", "later"])[["pairs", "shared", "expected"]].sum()
    ratio = sums["shared"] / sums["expected"].where(sums["expected"] > 0)
    return pd.DataFrame({"matched": sums["pairs"], "ratio": ratio})


def _sides(place: _Days, early: _Days, late: _Days, places: int) -> tuple[_Days, _Days]:
    """Count the documents that ordered pairs of two places are made of, on either side."""
    last, first = np.full(places, -_OPEN), np.full(places, _OPEN)
    np.maximum.at(last, place, early)
    np.minimum.at(first, place, late)
    ends = [np.sort(late[place == at]) for at in range(places)]
    begins = [np.sort(early[place == at]) for at in range(places)]
    earlier = [np.searchsorted(of, last) for of in ends]
    later = [len(of) - np.searchsorted(of, first, side="right") for of in begins]
    return np.array(earlier).reshape(places, places), np.array(later).reshape(places, places).T


def _long(ordered: bool, shared: _Days, pairs: _Days, names: "pd.Index[str]") -> pd.DataFrame:
    """Lay a table of counts out in rows, those without a pair of documents left out."""
    first, second = np.nonzero(pairs)
    counts = {"shared": shared[first, second], "pairs": pairs[first, second]}
    places = {"first": first, "second": second, "earlier": names[first], "later": names[second]}
    found = pd.DataFrame({**places, **counts})
    return found.assign(ordered=ordered, rate=found["shared"] / found["pairs"])


def _counted(at: tuple[_Days, _Days], size: tuple[int, ...], n: _Days | int = 1) -> _Days:
    found = np.zeros(size, np.int64)
    np.add.at(found, at, n)
    return found


def _folded(counts: _Days) -> _Days:
    """Keep one half of a table that holds each pair of documents twice."""
    return np.triu(counts) - np.diag(np.diag(counts) // 2)


def _ordered(early: _Days, late: _Days, first: _Days, second: _Days) -> _Days:
    """Count the pairs of documents of which one stands before the other, by the groups of both."""
    found = np.zeros((first.max(initial=-1) + 1, second.max(initial=-1) + 1), np.int64)
    for later in range(found.shape[1]):
        begins = np.sort(early[second == later])
        after = len(begins) - np.searchsorted(begins, late, side="right")
        found[:, later] = np.bincount(first, weights=after, minlength=len(found))
    return found


def _bounds(documents: pd.DataFrame) -> tuple[_Days, _Days]:
    """Give the earliest and latest possible day of each document, without end if not known."""
    days = [
        documents[name].to_numpy().astype("datetime64[D]").astype(np.int64) for name in _ENDS
    ]  # what is not known comes out as the least integer
    return days[0], np.where(documents["date_latest"].isna(), _OPEN, days[1])
