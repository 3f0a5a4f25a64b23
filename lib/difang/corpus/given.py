"""What stands beside a text, in a table, front matter or its file name, as evidence.

Column names may be Chinese or English (given_names.csv lists them); provinces are brought to their
full official names.
"""

import re
from functools import cache

from difang.corpus.divisions import provinces
from difang.corpus.evidence import Evidence, Page
from difang.corpus.mentions import mentions
from difang.corpus.reference import read_reference
from difang.corpus.windows import parse

DAYS = ("date", "date_published")
PATH_YEARS = range(1949, 2036)
_YEAR = re.compile(r"(?<![0-9A-Za-z])[12]\d{3}(?![0-9A-Za-z])")  # not inside a hash
_ROW = re.compile(r"#\d+$")  # names a row of a table
_OF_SOURCE = re.compile(r"^\w{0,4}(?:来源|來源|稿源|出处)[：:]\s*")
_SIGN = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区)$")


def given_evidence(page: Page) -> list[Evidence]:
    """Return what is given for a page, one piece for each field that has a readable value.

    A value that cannot be read (a date that is none) stays as low evidence, so that it is seen.
    """
    items = [(_known("field", g.field.strip().lower()), g.value, g.where) for g in page.given]
    items += [(field, value, "path") for field, value in fields_of_path(page.doc_id)]
    return [
        piece
        for field, value, where in items
        if field and value.strip()
        for piece in _pieces(field, value.strip(), where)
    ]


def _pieces(field: str, value: str, where: str) -> list[Evidence]:
    if field == "province" and _known("level", value) == "national":
        field = "level"
    read = _read(field, value)
    if read is None:
        reason = f"Given in {where}, but no {field} can be read."
        return [Evidence(field, value, "given", "low", "given", where, reason=reason)]
    piece = Evidence(field, read, "given", "high", "given", where, reason=f"Given in {where}.")
    if field == "date" and len(read) < len("2020-01-01"):  # a year or a month
        return [piece._replace(field="year", value=read[:4]), piece]
    return [piece]


def _known(kind: str, name: str) -> str | None:
    """Look a Chinese or English name up: what the documents table calls it."""
    return _names().get((kind, name))


@cache
def _names() -> dict[tuple[str, str], str]:
    rows = read_reference("given_names.csv", ("kind", "value", "names"))
    return {
        (row["kind"], name): row["value"]
        for row in rows
        for name in (row["value"], *row["names"].split("|"))
    }


def _read(field: str, value: str) -> str | None:
    """Bring a value to the form of the column; None if it cannot be read."""
    if field in DAYS:
        return _day(field, value)
    if field in ("year", "month"):
        number = re.fullmatch(r"(\d{1,4})(?:\.0)?[年月]?", value)
        right = number and (parse(number[1]) if field == "year" else 1 <= int(number[1]) <= 12)
        return number[1] if number and right else None
    if field == "province":
        full = (unit.name for unit in provinces().values())
        fits = (p for p in full if value.startswith(p) or (p.startswith(value) and len(value) > 1))
        return next(fits, None)
    if field == "source":
        return _OF_SOURCE.sub("", value)
    return _known(field, value) if field in ("level", "genre") else value


def _day(field: str, value: str) -> str | None:
    """Read a day; the date of a document may be a year or a month too."""
    day = next((m.value for m in mentions(f"({value})") if m.year), None)  # (20180103) is a day
    rough = value.replace("/", "-").split(" ")[0]
    return day or (rough if field == "date" and parse(rough) else None)


@cache
def _bare_provinces() -> list[tuple[str, str]]:
    """List the provinces, each with its name without what kind of province it is."""
    return [(name, _SIGN.sub("", name)) for name in {u.name for u in provinces().values()}]


def fields_of_path(path: str) -> list[tuple[str, str]]:
    """Read province and year off a path below the corpus folder, as (field, value) pairs.

    >>> fields_of_path("江西省/2018.md"), fields_of_path("notes/2018-2019.txt")
    ([('year', '2018'), ('province', '江西省')], [])
    """
    path = _ROW.sub("", path)
    years = {year for year in _YEAR.findall(path) if int(year) in PATH_YEARS}
    parts = [part for part in re.split(r"[\W_\d年]+", path) if part]
    named = {p for p, bare in _bare_provinces() for x in parts if x.startswith(p) or x == bare}
    pairs = (("year", years), ("province", named))
    return [(field, found.pop()) for field, found in pairs if len(found) == 1]
