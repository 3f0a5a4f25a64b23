"""Joining: the whole of a copied sentence, over the places that one of two documents changed.

Takes characters as integers, and where documents hold a match; gives where the whole stands.
"""

from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from difang.passages.matches import Ints, Names

CHANGE, RESUMED = 4, 4  # characters changed, lost or added at one place; alike behind it
_CHANGES = sorted(product(range(CHANGE + 1), repeat=2), key=sum)  # the least first: none


def wholes(
    found: pd.DataFrame, few: npt.NDArray[np.bool_], names: Names, before: Names, *, gap: int
) -> pd.DataFrame:
    """Measure what a sentence has of a family of passages as a whole.

    That is what its passages reach, and what lies between two of them if it is too short (`gap`)
    to be a passage of its own.

    Parameters
    ----------
    found : DataFrame, one row a passage and document, the rows of a passage together
        span_id; family; chars; at, end (counted over all documents); sentence.
    few : array of bool
        Which rows are walked on from. What many documents hold has no copies to be followed, and
        no walk enters it: that it stands beside a copy too says nothing.
    names : array of int
        As `reached` takes them.
    before : array of int
        Han characters before each character.
    gap : int
        Shortest passage, in characters.

    Returns
    -------
    DataFrame, index as `found`
        whole (Han characters of it in the sentence of the row); whole_start, whole_end (where it
        begins and ends there). Other rows than the `few` have the passage itself.
    """
    itself = found[["chars", "at", "end"]].set_axis(["whole", "whole_start", "whole_end"], axis=1)
    names = names.copy()
    for start, stop in found.loc[~few, ["at", "end"]].itertuples(index=False, name=None):
        names[start:stop] = 0
    at = found.groupby("span_id")["at"]
    held = found.loc[few, ["family", "sentence"]]
    begin, end = (found[name].to_numpy(np.int64)[few] for name in ("at", "end"))
    held["begin"], held["end"] = begin, end
    for step, edge in ((-1, at.transform("first")), (1, at.transform("last"))):
        beside = at.shift(step).fillna(edge).to_numpy(np.int64)[few]  # the document after, before
        held["begin"] = np.minimum(held["begin"], reached(names, begin, beside, -1))
        onward = reached(names, end - 1, beside + (end - begin) - 1, 1)
        held["end"] = np.maximum(held["end"], onward + 1)
    held = held.sort_values(["family", "begin"], kind="stable")
    sentence = held.groupby(["family", "sentence"], sort=False)
    last = sentence["end"].cummax().groupby([held["family"], held["sentence"]]).shift()
    start = last.where(held["begin"] <= last + gap, held["begin"]).astype("int64")
    held["chars"] = (before[held["end"]] - before[start]).clip(min=0)
    told = held.assign(
        whole=sentence["chars"].transform("sum"),
        whole_start=sentence["begin"].transform("min"),
        whole_end=sentence["end"].transform("max"),
    )
    return told.reindex(index=found.index, columns=itself.columns).fillna(itself).astype("int64")


def in_two(found: pd.DataFrame, by: str) -> "pd.Series[int]":
    """Measure what two holders of a family at least have of it: the second of the longest wholes.

    What one document alone has, pieces of it shared with this document and pieces with that, is
    no passage of that length that two documents share.

    Parameters
    ----------
    found : DataFrame
        Columns family, whole and `by`.
    by : str
        The column that names the holders: documents, or their provinces.

    Returns
    -------
    Series of int, index family
        Han characters; families of one holder are left out.
    """
    most = found.sort_values("whole", ascending=False).drop_duplicates(["family", by])
    return most.groupby("family").nth(1).set_index("family")["whole"]


def reached(names: Names, one: Ints, other: Ints, step: int) -> Ints:
    """Walk on from matches, in two documents at once, while these agree or soon agree again.

    Matches side by side with a small gap between them are pieces of one alignment (chaining;
    Gusfield 1997, section 13.3). A piece may be shorter than a match has to be: four characters
    that agree are enough, up to four behind the last that did, in either document.

    Parameters
    ----------
    names : array of int
        The documents end to end, 0 at a break between, before and after them; no walk passes it.
    one, other : array of int
        The last character of each match, in either document.
    step : int
        1 to walk forward, -1 backward.

    Returns
    -------
    array of int
        The last character in `one` on which both agree.

    Examples
    --------
    >>> texts = "|扎实推进生态建设。|扎实推动大生态建设|"
    >>> names = np.array([0 if sign in "|。" else ord(sign) for sign in texts])
    >>> texts[reached(names, np.array([3]), np.array([13]), 1)[0]]
    '设'
    """
    at, beside, walking = one.copy(), other.copy(), np.arange(len(one))
    while len(walking):
        halted = walking
        for skipped, added in _CHANGES:
            run = RESUMED if skipped or added else 1
            here, there = at[halted], beside[halted]
            able = _agree(names, here + step * skipped, there + step * added, step, run)
            able &= _open(names, here, step, skipped) & _open(names, there, step, added)
            at[halted[able]] += step * (skipped + run)
            beside[halted[able]] += step * (added + run)
            halted = halted[~able]
        walking = np.setdiff1d(walking, halted, assume_unique=True)
    return at


def _agree(names: Names, one: Ints, other: Ints, step: int, run: int) -> npt.NDArray[np.bool_]:
    """Tell where the next characters are the same in both, and no break."""
    ahead = step * np.arange(1, run + 1)
    characters = names.take(one[:, None] + ahead, mode="clip")
    same = characters == names.take(other[:, None] + ahead, mode="clip")
    return np.asarray((same & (characters != 0)).all(axis=1))


def _open(names: Names, at: Ints, step: int, run: int) -> npt.NDArray[np.bool_]:
    """Tell where no break is among the next characters."""
    ahead = step * np.arange(1, run + 1)
    return np.asarray((names.take(at[:, None] + ahead, mode="clip") != 0).all(axis=1))
