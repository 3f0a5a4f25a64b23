"""The command line: each command is a few lines over the library's functions.

Exit status: 0 done, 1 a notebook or a document failed, 2 the request cannot be met; 130 by Ctrl-C
(`__main__`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from difang import commands, project
from difang.errors import DifangError
from difang.writing import require_csv

MEASURES = (
    "tfidf_contrast", "tfidf", "c_tfidf", "g2", "log_ratio", "log_odds", "text_dispersion",
)  # fmt: skip
REFERENCES = ("others", "before", "previous")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    parser = _parser()
    options, more = parser.parse_known_args(arguments)
    if more and options.run is not commands.lab:
        parser.error(f"unrecognized arguments: {' '.join(more)}")
    options.more, options.faults = more, 0
    try:
        if options.table and options.out:
            require_csv(options.out)  # now, not after an hour's work
        status: int = options.run(options)
        sys.stdout.flush()
    except DifangError as error:
        print(f"difang: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # `difang kwic 发展 | head`
        sys.stderr.close()
        return 0
    except OSError as error:  # what the system refuses anywhere: a full disk, lost rights
        print(f"difang: Cannot go on: {error}.", file=sys.stderr)
        with suppress(OSError):
            sys.stdout.close()  # or Python complains of it once more
        return 2
    return status or int(options.faults > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="difang", description="A research workbench for the texts of Chinese local government."
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    report = _command(verbs, "report", commands.report, "run the notebooks and write HTML reports")
    report.add_argument("--out", type=_path, default=Path("reports"), help="folder of the reports")
    report.add_argument(
        "--only", action="append", metavar="NN", help="one notebook, by its number, such as 03"
    )
    report.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a notebook's parameter"
    )
    report.add_argument("--lang", choices=("en", "zh"), help="language of the pages (default: en)")
    report.add_argument(
        "--from", dest="earlier", type=_path, metavar="colophon.json",
        help="the settings of an earlier run; says in what this one differs",
    )  # fmt: skip
    corpus = _command(verbs, "corpus", commands.corpus, "write the corpus as tables")
    corpus.add_argument("--out", type=_path, required=True, help="folder of the tables")

    keywords = _command(verbs, "keywords", commands.keywords, "which words set groups apart")
    keywords.add_argument("--by", required=True, metavar="COLUMN", help="province, year, …")
    keywords.add_argument("--target", metavar="VALUE", help="one group (default: each in turn)")
    keywords.add_argument("--measure", choices=MEASURES, default=MEASURES[0])
    keywords.add_argument("--reference", choices=REFERENCES, help="default others; by year: before")
    keywords.add_argument("--sublinear-tf", action="store_true",
                          help="1 + ln n for n, where documents differ much in length")  # fmt: skip
    keywords.add_argument("--no-inference", dest="inference", action="store_false",
                          help="leave out p, q and intervals")  # fmt: skip
    keywords.add_argument("--cluster", metavar="COLUMN",
                          help="documents of one county, say, are rearranged together")  # fmt: skip
    keywords.add_argument("--min-docs", type=_count, default=3, metavar="N",
                          help="test terms of so many documents; default 3")  # fmt: skip
    keywords.add_argument("--shared", choices=("all", "once"), default="all",
                          help="count shared passages once, and show both ranks")  # fmt: skip
    keywords.add_argument("--top", type=_count, default=20, metavar="N", help="terms shown")
    _table(keywords, "write all scores")

    kwic = _command(verbs, "kwic", commands.kwic, "concordance lines of a string", first="pattern")
    kwic.add_argument("--variants", action="store_true",
                      help="also variants in the lexicon, and quoted forms")  # fmt: skip
    _table(kwic, "write the lines")
    lexicon = _command(verbs, "lexicon", commands.lexicon, "how often each entry fires")
    _table(lexicon, "write the report")
    phrases = _command(verbs, "phrases", commands.phrases, "the register of set phrases (提法)")
    phrases.add_argument("--no-lexicon", dest="lexicon", action="store_false",
                         help="only what the documents quote and number")  # fmt: skip
    phrases.add_argument("--candidates", action="store_true",
                         help="instead: wordings repeated, to choose from")  # fmt: skip
    _table(phrases, "write the register")
    reuse = _command(verbs, "reuse", commands.reuse, "passages that documents share")
    reuse.add_argument("--min-chars", type=_count, metavar="N",
                       help="shortest passage; default 12, or 8 below 50 documents")  # fmt: skip
    _table(reuse, "write the passages")
    panel = _command(verbs, "panel", commands.panel, "concepts in each province and year")
    panel.add_argument("--concepts", type=_path, metavar="FILE.csv",
                       default=project.LEXICON / "concepts.csv",
                       help="concept, term (default: data/lexicon/concepts.csv)")  # fmt: skip
    panel.add_argument("--by", type=_names, default="province,year", metavar="COLUMN,…")
    panel.add_argument("--out", type=_path, required=True, help="folder of the tables")

    for verb in (corpus, keywords, kwic, lexicon, phrases, reuse, panel):
        verb.add_argument("--text-column", metavar="NAME", help="column of tables with the text")

    new = verbs.add_parser("new", help="start a notebook of your own; reports include it")
    new.add_argument("name", metavar="NAME", help="such as my-question: notebooks/08-my-question")
    new.set_defaults(run=commands.new, table=False)

    lab = verbs.add_parser("lab", help="open JupyterLab on the notebooks; what follows goes to it")
    lab.set_defaults(run=commands.lab, table=False)
    return parser


class _Version(argparse.Action):
    """Look the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(version("difang"))
        parser.exit()


def _command(
    verbs: Any, name: str, run: Any, help: str, first: str | None = None
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=help, description=help)
    if first:
        parser.add_argument(first, metavar=first.upper())
    parser.add_argument(
        "folder", nargs="?", type=_path, default=project.SEEDS, metavar="FOLDER",
        help="folder of the documents (default: seeds/)",
    )  # fmt: skip
    parser.add_argument(
        "--where", metavar="CONDITION", help='only these documents, such as "year >= 2013"'
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS",
        help="have the workers of this Dask scheduler do it, such as tcp://10.0.0.1:8786",
    )  # fmt: skip
    parser.set_defaults(run=run, text_column=None, table=False)
    return parser


def _table(parser: argparse.ArgumentParser, help: str) -> None:
    parser.add_argument("--out", type=_path, metavar="FILE.csv", help=help)
    parser.set_defaults(table=True)


def _path(value: str) -> Path:
    if "\0" in value:
        raise argparse.ArgumentTypeError(f"{value!r} holds a NUL character, as no path does")
    return Path(value)


def _names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]


def _count(value: str) -> int:
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{value} is too few; give 1 or more")
    return number
