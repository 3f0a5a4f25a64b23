"""Names: which terms are places, persons or "our province", and would head every comparison.

In go terms and sets of names, out comes one flag a term; counts and scores keep every term.

What counts as a place. Provinces and cities: full and short names of the years the documents
cover. Counties: full names; a short name (和平, 新建), for most are words too, only if the full
name (和平区) stands in half or more of the documents that use it, or if of five such documents or
more four in five are of the county's own province (义乌). No names: kinds of area (城区, 市中区,
老城区). One-character names of provinces, unless the character is a word (新, 云). Further, what is
built of these: name + division or body (吉水县委, 中共江西省委, 驻赣), chains (京津冀, 湘赣), a
compass point after a one-character name (赣南). What says more than a name stays: 安源精神, 浙商.

What counts as self. What a text calls its own division, and divisions and their bodies without a
name (全省, 我市, 自治区, 省, 州市, 省委, 市政府): one report says 自治区 and 全区 where another
says 全省, whatever they report, so that these only set kinds and levels of places apart. Officials
(县委书记, 省长) stay: texts speak about them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import numpy.typing as npt
import pandas as pd

from difang import project
from difang.corpus import gazetteer
from difang.errors import DifangError
from difang.words.counting import Counts
from difang.words.lexicon import read_lines

_WORDS = frozenset("新云青黑台港贵申")  # one-character names that are words by themselves
_KIND = re.compile(r".区|[城市郊矿新老旧中关工农]+区")  # 郊区, 市中区: kinds of area, no names
_DIVISION = r"(?:自治[区州县旗]|特别行政区|[省市县区州盟旗镇乡]|地区|街道|新区)"
_BODY = r"(?:[常党纪监工]?委(?:员会|会)?|(?:人民)?(?:政府|法院|检察院)|人大|政协|党政|办公[厅室])"
_TAIL = re.compile(rf"{_DIVISION}*{_BODY}*")
_COMPASS = re.compile(r".[东西南北中]")
_SELF = re.compile(
    rf"[全我本]{_DIVISION}|自治[区州县旗]|(?:{_DIVISION}{_BODY})+|[省市县区州盟旗]{{1,2}}"
)
_TITLES = ["总书记", "书记", "省长", "市长", "县长", "主席", "主任", "总理", "部长", "同志"]
_TITLE = f"(?:{'|'.join(_TITLES)})"
_AFTER = re.compile(rf"(?<=..){_TITLE}$")
_BEFORE = re.compile("^(?:中共|驻)(?=.)")  # 中共江西省委, 驻赣
_KINDS = ("place", "person", "ordinary")


class NamesError(DifangError):
    """A line of the list of names that cannot be read."""


def name_flags(
    terms: Iterable[str], *, places: Collection[str], persons: Collection[str]
) -> pd.Series[str]:
    """Say of each term whether it is a name, by the rules at the head of this module.

    Returns
    -------
    Series, index the terms
        "place", "person", "self" or "".

    Examples
    --------
    >>> terms = ["江西省委", "赣南", "京津冀", "安源精神", "刘奇书记", "全省"]
    >>> places = {"江西", "江西省", "安源", "赣", "京", "津", "冀"}
    >>> name_flags(terms, places=places, persons={"刘奇"}).to_list()
    ['place', 'place', 'place', '', 'person', 'self']
    """
    index = pd.Index(list(terms), dtype="str")
    held, called = frozenset(places), frozenset(persons)
    begun = {name[:2] for name in held}  # most terms begin as no place does
    flags = [_flag(term, held, called, begun) for term in index.tolist()]
    return pd.Series(flags, index=index, dtype="str")


def names_in(counts: Counts, *, path: Path | None = None) -> pd.Series[str]:
    """Flag the names among the terms of these documents, with difang's own tables.

    Places from the gazetteer, persons from `documents.speakers` and the table of provincial
    leaders, and both from data/lexicon/names_to_mask.txt (or `path`).
    """
    listed = read_names(path or project.LEXICON / "names_to_mask.txt")
    return name_flags(
        counts.terms,
        places=place_names(counts, ordinary=listed["ordinary"]) | listed["place"],
        persons=person_names(counts) | listed["person"],
    )


def read_names(path: Path) -> dict[str, frozenset[str]]:
    """Read a list of names, one a line: name, a space, and place, person or ordinary.

    Raises
    ------
    NamesError
        A line does not read so; the message names it.
    """
    found: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    for number, line in read_lines(path):
        words = line.split()
        if len(words) != 2 or words[1] not in _KINDS:
            raise NamesError(
                f"Cannot read line {number} of {path.name}: {line!r}. The kinds are "
                f"{', '.join(_KINDS)}. Write a name, a space and one of these."
            )
        found[words[1]].add(words[0])
    return {kind: frozenset(names) for kind, names in found.items()}


def place_names(counts: Counts, *, ordinary: Collection[str] = ()) -> frozenset[str]:
    """Collect the place names of the years that the documents cover.

    Parameters
    ----------
    ordinary : collection of str
        Short names of cities that are words too (日照, 来宾): like those of counties they count
        only if the full name stands in at least half of the documents that use them.
    """
    years = [int(y) for y in counts.documents.get("year", pd.Series(dtype="Int64")).dropna()]
    units = gazetteer.units(*((min(years), max(years)) if years else (None, None)))
    sure = units["level"].ne("county") & ~units["short"].isin(ordinary)
    full = {name for name in units["name"] if not _KIND.fullmatch(name)}
    short = set(units.loc[sure, "short"])
    used = counts.terms.get_indexer(pd.Index(units["short"])) >= 0  # `isin` lists all terms first
    doubtful = units[~sure & used & units["name"].isin(full)]
    called = doubtful.groupby("short").agg({"name": list, "province": set})
    users, texts = _users(counts, list(called.index)), _texts(counts)
    at = counts.documents.get("province", pd.Series(dtype="str")).tolist()
    homes = Counter(at)
    for name, names, provinces in called.itertuples():
        rows = users[name]
        beside = _holding([texts[row] for row in rows], names)
        spread = 2 * sum(homes[one] for one in provinces) > len(at)  # at home in half of all
        if 2 * beside >= len(rows) or (at and not spread and _local(rows, at, provinces)):
            short.add(name)
    return frozenset(
        full | {name for name in short if len(name) > 1} | {*gazetteer.abbreviations()}
    )


def person_names(counts: Counts) -> frozenset[str]:
    """Collect speakers and provincial leaders.

    A leader's name of two characters may be a word or a firm (包钢): it counts if some document
    has a title beside it (书记刘奇). What documents state as a speaker may be a word that was read
    as a name (工作): a term counts if one in ten of the documents that use it, or more, state it.
    The head of a name that the segmenter cut (易炼 of 易炼红) counts if the name stands in half or
    more of the documents that use it.
    """
    leaders = pd.read_csv(project.REFERENCE / "provincial_leaders.csv", usecols=["name"])["name"]
    parts = {part for name in leaders for part in (name, *name.split("·")) if len(part) > 1}
    stated = _speakers(counts.documents).value_counts()
    users = _users(counts, list(stated.index)).items()
    words = {name for name, rows in users if 10 * stated[name] < len(rows)}
    names = {name for name in parts if len(name) > 2} | (set(stated.index) - words)
    texts = _texts(counts)
    for part, rows in _users(counts, sorted({name[:2] for name in parts | names})).items():
        whole = [name for name in names if name.startswith(part)]
        found = [texts[row] for row in rows]
        cut = whole and 2 * _holding(found, whole) >= len(found)
        if cut or (part in parts and any(re.search(_titled(part), text) for text in found)):
            names.add(part)
    return frozenset(names)


def _flag(term: str, places: frozenset[str], persons: frozenset[str], begun: set[str]) -> str:
    bare = _BEFORE.sub("", term)
    if (bare[:2] in begun or bare[:1] in begun) and _place(term, places):
        return "place"
    if _AFTER.sub("", term) in persons:
        return "person"
    return "self" if _SELF.fullmatch(term) else ""


def _place(term: str, places: frozenset[str]) -> bool:
    term = _BEFORE.sub("", term)
    cuts = [cut for cut in range(2, len(term) + 1) if term[:cut] in places]
    if any(_TAIL.fullmatch(term, cut) for cut in cuts):
        return True
    if any(_place(term[cut:], places) for cut in cuts if len(term) > cut + 1):  # 江西广西
        return True
    signs = [sign in places for sign in term]
    if signs and all(signs):  # 赣, 闽台, 云贵川; but not 新, 新晋
        return len(term) > 2 or term[:1] not in _WORDS
    return bool(_COMPASS.fullmatch(term)) and signs[0] and term[0] not in _WORDS  # 赣南


def _local(rows: npt.NDArray[Any], at: list[Any], home: set[str]) -> bool:
    """Whether it is used almost only at home."""
    return len(rows) >= 5 and sum(at[row] in home for row in rows) / len(rows) >= 0.8


def _titled(name: str) -> str:
    """Write a pattern for a name with a title beside it; it begins with the name, to be quick."""
    before = "|".join(f"(?<={title}{name})" for title in _TITLES)
    return f"{name}(?:{_TITLE}|{before})"


def _holding(texts: list[str], names: Collection[str]) -> int:
    """Count the texts in which one of the names stands."""
    return sum(any(name in text for name in names) for text in texts)


def _texts(counts: Counts) -> list[str]:
    """Return the texts in the order of the rows, empty ones if the documents hold none."""
    texts = counts.documents.get("text", pd.Series("", index=counts.documents.index, dtype="str"))
    return [str(text) for text in texts.fillna("")]


def _users(counts: Counts, terms: list[str]) -> dict[str, npt.NDArray[Any]]:
    """Return the rows of the documents that have each term."""
    known = [term for term in terms if term in counts.terms]
    found = counts.matrix[:, counts.terms.get_indexer(pd.Index(known, dtype="str"))].tocsc()
    bounds = zip(known, found.indptr, found.indptr[1:], strict=False)
    return {term: found.indices[start:end] for term, start, end in bounds}


def _speakers(documents: pd.DataFrame) -> pd.Series[str]:
    """Take the names out of 刘奇（省委书记）; 易炼红（省长）, one a document and name."""
    if "speakers" not in documents:
        return pd.Series(dtype="str")
    stated = documents["speakers"].dropna().str.replace(r"（[^）]*）|\([^)]*\)", ";", regex=True)
    names = stated.str.split(r"[;；、,，|\s]+", regex=True).explode()
    return names[names.str.len() > 1]
