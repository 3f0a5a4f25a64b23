"""The front page of the reports: what there is to read, one line and one figure of each.

In goes the folder of reports, out comes ``index.html``. What it says is read from the reports
themselves, so that a report of an earlier run is listed too, and as such.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from difang.reports.html import render_page, write_whole
from difang.reports.language import LANGUAGE, sentences
from difang.reports.prose import mark

_LANGUAGE = re.compile(r'<html lang="([\w-]+)">')
_TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_LINE = re.compile(r'<meta name="description" content="([^"]*)">')
_METHODS = '<dl class="difang-methods">'
_HASH = re.compile(r"\b[0-9a-f]{16}\b")  # a fingerprint as it is cited
_FIGURE = re.compile(r'<img src="data:[^>]*>')


class Card(NamedTuple):
    """What the index shows of a report; the parts are HTML."""

    file: str
    title: Markup
    line: Markup
    figure: Markup
    fresh: bool
    language: str


def write(
    out: Path,
    *,
    fresh: Collection[Path],
    failures: Mapping[str, str],
    notes: Sequence[str] = (),
    language: str = LANGUAGE,
) -> Path:
    """Write ``out/index.html`` and give its path.

    `fresh` are the reports of this run, others in `out` are called earlier ones; `failures` maps
    a notebook's name to its error; `notes` are warnings that stand first; `language` is the page's.
    The paragraph on methods of the first of this run that cites a lexicon, if one does, stands at
    the end: what cites none would say so of all.
    """
    reports = sorted(out.glob("[0-9][0-9]-*.html"))
    pages = {report: report.read_text(encoding="utf-8") for report in reports}
    cards = [_card(report.name, page, report in fresh) for report, page in pages.items()]
    told = (_methods(page) for report, page in pages.items() if report in fresh)
    cited = {one: len({*_HASH.findall(one)}) for one in filter(None, told)}
    methods = Markup(max(cited, key=cited.__getitem__, default=""))
    heading = sentences("page", language)["reports"]
    serif = heading + "".join(card.title + card.line for card in cards)
    said = {"cards": cards, "failures": failures, "notes": notes, "methods": methods}
    page = render_page("index.html.j2", serif=serif, language=language, **said)
    path = out / "index.html"
    write_whole(path, page)
    return path


def _card(file: str, page: str, fresh: bool) -> Card:
    told = (pattern.search(page) for pattern in (_TITLE, _LINE, _FIGURE, _LANGUAGE))
    title, line, figure, tag = told
    language = tag[1] if tag else "en"
    return Card(
        file,
        Markup(title[1] if title else Path(file).stem),
        Markup(mark(line[1], language[:2]) if line else ""),
        Markup(figure[0] if figure else ""),
        fresh,
        language,
    )


def _methods(page: str) -> str:
    """Return the last paragraph on methods of a page; empty if it has none."""
    _, found, rest = page.rpartition(_METHODS)
    return found and found + rest.partition("</dl>")[0] + "</dl>"
