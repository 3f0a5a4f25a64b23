"""A panel of concepts as files: CSV, Parquet, Excel, Stata, with a codebook.

In goes a `Panel`, out come files in a folder, all of them or none. Stata files (118, for Stata 14
and later) name their variables in Chinese where a concept has a Chinese name.
"""

import io
import re
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from difang.compare.cells import LIMITS, MEASURES
from difang.compare.panel import Panel
from difang.compare.resampling import RESAMPLES, SEED
from difang.errors import DifangError
from difang.reports.language import named, plain, sentences
from difang.reports.wording import tally
from difang.writing import make_folder, whole

WORDS, LABELS = sentences("panel"), sentences("panel_labels")
LONGEST_LABEL, LONGEST_NAME = 80, 32  # characters, in Stata
_UNDATED = datetime(1980, 1, 1)
_CORE, _NONE = "docProps/core.xml", b"1980-01-01T00:00:00Z"
_DATE = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+Z")


class EmptyPanelError(DifangError):
    """A panel without a cell: no document has a value of every column."""


def export_panel(found: Panel, folder: Path | str) -> list[Path]:
    """Write a panel to a folder, long (one row a cell and concept) and wide (one row a cell).

    Files: panel_long and panel_wide as .csv (UTF-8 with BOM), .parquet and .dta; panel.xlsx with
    all tables but the sentences; codebook.csv and .md; terms.csv; empty_cells.csv; left_out.csv;
    sentences.csv, one row an occurrence counted. In the .dta, texts are numbers with value labels
    and codes plain numbers. The same panel gives the same bytes.

    Returns
    -------
    list of Path
        The files, in the order written.

    Raises
    ------
    EmptyPanelError
        There is no cell.
    OutputError
        A file cannot be written; then none is.
    """
    if found.long.empty:
        raise EmptyPanelError(
            f"Cannot write a panel by {', '.join(found.by)}. {account(found)} "
            "Choose other columns with --by, or add metadata."
        )
    make_folder(Path(folder))
    tables = {"panel_long": found.long, "panel_wide": found.wide()}
    book = codebook(found)
    beside = {"codebook": book, "terms": found.terms(), "empty_cells": found.empty(),
              "left_out": found.left_out}  # fmt: skip
    with ExitStack() as parts:
        paths: list[Path] = []

        def part(name: str) -> Path:
            paths.append(Path(folder) / name)
            return parts.enter_context(whole(paths[-1]))

        for name, table in tables.items():
            table.to_parquet(part(f"{name}.parquet"), index=False)
            _stata(table, book[book["table"] == name], part(f"{name}.dta"), " × ".join(found.by))
        for name, table in {**tables, **beside, "sentences": found.sentences()}.items():
            csv = part(f"{name}.csv")
            table.to_csv(csv, index=False, encoding="utf-8-sig", errors="backslashreplace")
        _excel({**tables, **beside}, part("panel.xlsx"))
        part("codebook.md").write_text(_markdown(found, book), encoding="utf-8")
    return paths


def codebook(found: Panel) -> pd.DataFrame:
    """Describe each variable of the two tables.

    Returns
    -------
    DataFrame, one row a table and variable
        table; variable (in CSV, Parquet and Excel); stata (its name in the .dta); label; values
        (value labels of texts in the .dta); missing (rows without a value).
    """
    names = found.concepts["concept"].unique()
    own = [
        (f"{one}_{name}", f"{name[: LONGEST_LABEL - 2 - len(LABELS[one])]}: {LABELS[one]}")
        for name in names
        for one in MEASURES
    ]
    keys = [(name, LABELS.get(name, name)) for name in [*found.cells, "concept", *MEASURES]]
    rows = []
    for table, frame, labels in (
        ("panel_long", found.long, keys),
        ("panel_wide", found.wide(), keys[: len(found.cells)] + own),
    ):
        stata = stata_names(name for name, _ in labels)
        for (name, label), short in zip(labels, stata, strict=True):
            values = "；".join(f"{k} {one}" for k, one in enumerate(_values(frame[name])))
            missing = int(frame[name].isna().sum())
            rows.append((table, name, short, label[:LONGEST_LABEL].strip(), values, missing))
    columns = ["table", "variable", "stata", "label", "values", "missing"]
    return pd.DataFrame(rows, columns=columns)


def stata_names(names: Iterable[str]) -> list[str]:
    """Make names that Stata 14 and later take: letters, digits, _; 32 at most; no two alike.

    >>> stata_names(["n_发展", "n_生态、环境", "if", "5G"])
    ['n_发展', 'n_生态_环境', '_if', '_5G']
    """
    from pandas.io.stata import StataParser

    reserved, made = vars(StataParser())["RESERVED_WORDS"], dict[str, None]()
    for name in names:
        plain = "".join(c if _is_letter(c) or c in "0123456789" else "_" for c in name)
        if plain in reserved or not _is_letter(plain[:1]):
            plain = f"_{plain}"
        short, k = plain[:LONGEST_NAME], 1
        while short in made or re.fullmatch(r"str\d+", short):
            k += 1
            short = f"{plain[: LONGEST_NAME - len(str(k)) - 1]}_{k}"
        made[short] = None
    return list(made)


def _is_letter(character: str) -> bool:
    return character.isalpha() and (character.isascii() or ord(character) > 0xBF)


def _values(column: "pd.Series[Any]") -> list[str]:
    """Give the texts of a column in the order of their value labels; none of numbers and codes."""
    name = str(column.name)
    if pd.api.types.is_numeric_dtype(column) or name.endswith("_code"):
        return []
    return list(LIMITS) if name.startswith("limits") else list(column.dropna().unique())


def _stata(table: pd.DataFrame, book: pd.DataFrame, path: Path, title: str) -> None:
    """Write a .dta of version 118: texts as numbers with value labels, codes as numbers."""
    columns = {}
    for name, column in table.items():
        values = _values(column)
        if values:
            columns[name] = pd.Series(pd.Categorical(column, categories=values))
        else:
            columns[name] = pd.to_numeric(column)
    names = dict(zip(book["variable"], book["stata"], strict=True))
    pd.DataFrame(columns).rename(columns=names).to_stata(
        path, version=118, write_index=False, time_stamp=_UNDATED, data_label=title[:LONGEST_LABEL],
        variable_labels=dict(zip(book["stata"], book["label"], strict=True)),
    )  # fmt: skip


def _excel(tables: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write a sheet a table, then take out the dates that make no two files alike."""
    whole = io.BytesIO()
    with pd.ExcelWriter(whole, engine="openpyxl") as writer:
        for name, table in tables.items():
            table.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
    with ZipFile(whole) as dated, ZipFile(path, "w") as undated:
        for name in dated.namelist():
            data = dated.read(name)
            data = _DATE.sub(_NONE, data) if name == _CORE else data
            undated.writestr(ZipInfo(name), data, ZIP_DEFLATED)


def _markdown(found: Panel, book: pd.DataFrame) -> str:
    """Write the codebook to be read: what was counted, the rules, the variables."""
    lines = [f"# {plain(WORDS['codebook'], by=crossed(found))}", account(found)]
    lines.append(plain(WORDS["rules"], resamples=RESAMPLES, seed=SEED))
    for name, rows in book.drop(columns="table").groupby(book["table"], sort=False):
        body = [" | ".join(map(str, row)) for row in rows.to_numpy().tolist()]
        head = [" | ".join(rows.columns), " | ".join(["---"] * rows.shape[1])]
        lines += [f"## {name}", "\n".join(f"| {row} |" for row in [*head, *body])]
    return "\n\n".join(lines) + "\n"


def crossed(found: Panel) -> str:
    """Name the columns that make the cells."""
    return " × ".join(named("column", name) for name in found.by)


def account(found: Panel) -> str:
    """Say in a few sentences what a panel counted, and what is not in it."""
    terms, gone = found.terms(), found.left_out
    whole, part = gone[gone["concept"].isna()], gone[gone["concept"].notna()]
    concepts = found.concepts["concept"].nunique()
    facts = {
        "n": found.n_documents, "by": crossed(found), "cells": len(found.long) // concepts,
        "empty": len(found.empty()), "concepts": concepts, "terms": len(terms),
        "unused": int(terms["n"].eq(0).sum()), "spent": part["doc_id"].nunique(),
        "shared": list(terms.loc[terms["also_in"] != "", "term"].unique()),
        "out": len(whole), "reasons": tally(whole["reason"].rename("left out")),
    }  # fmt: skip
    return plain(WORDS["account"], **facts)
