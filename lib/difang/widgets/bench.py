"""The bench: choose groups, reference and measure; see list, chart and sentences change together.

In goes a corpus, out comes a desk over the `Comparison` that notebook 03 makes, with the lines of
code that make the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

import ipywidgets
import pandas as pd

from difang.compare.contrasts import REFERENCES
from difang.compare.groups import PLACES
from difang.compare.keyness import MEASURES
from difang.corpus.documents import Corpus
from difang.reports import compare_page
from difang.reports.comparison import Comparison, compare
from difang.reports.doubts import period
from difang.reports.language import named
from difang.reports.lines import quote_lines
from difang.reports.opened import lines_of
from difang.reports.wording import say
from difang.widgets.desk import WORDS, Desk, Shown, chooser, code
from difang.words.counting import Counts, count
from difang.words.segmentation import segment
from difang.words.tokens import Tokens

COLUMNS = (*PLACES, "year", "month", "level", "genre")
KEPT = 8  # comparisons that a bench remembers
SETUP = """\
import difang
from difang.reports import charts, compare_page, opened
from difang.reports.comparison import compare
"""
COUNTED = "tokens = difang.segment(corpus)\ncounts = difang.count(tokens, corpus.documents)"
COMPARED = "chosen = compare(corpus, tokens, counts, {})"


class Bench(Desk):
    """A desk of five controls; see `bench`."""

    def __init__(
        self, corpus: Corpus, tokens: Tokens, counts: Counts, setup: str, top: int, **choice: Any
    ) -> None:
        self.corpus, self.setup, self.top = corpus, setup, top
        self._compare = lru_cache(KEPT)(partial(compare, corpus, tokens, counts))
        self.found = found = self._compare(**choice)
        columns = [one for one in COLUMNS if corpus.documents[one].notna().any()]
        columns = list(dict.fromkeys([found.by, *columns]))
        measures, drop = ("tfidf_contrast", *MEASURES), ipywidgets.Dropdown
        self.by = chooser(drop, "by", [(named("column", one), one) for one in columns])
        self.target, self.reference = chooser(drop, "target"), chooser(drop, "reference")
        self.measure = chooser(drop, "measure", [(WORDS["measures"][one], one) for one in measures])
        self.term = chooser(ipywidgets.Select, "term", rows=8)
        self.by.value, self.measure.value = found.by, choice["measure"]
        self._offer(found)
        chosen = [self.by, self.target, self.reference, self.measure]
        super().__init__([chosen, [self.term]], [*chosen, self.term], self.look)

    def follow(self, owner: Any) -> Iterable[Shown]:
        """Have the other controls offer what there is now, and show it."""
        if owner is not self.term:
            anew = owner is self.by
            reference = None if anew else self.reference.value
            chosen = {"by": self.by.value, "reference": reference, "measure": self.measure.value}
            found = self._compare(**chosen)
            self.found = found if anew else replace(found, target=self.target.value)
            self._offer(self.found)
        return self.look()

    def look(self) -> Iterator[Shown]:
        """Show sentence, chart, list and the sentences of the term, each with its code."""
        found, term = self.found, self.term.value
        options = {"by": found.by, "target": found.target, "reference": found.reference}
        told = options | {"measure": self.measure.value}
        given = ", ".join(f"{name}={value!r}" for name, value in told.items())
        yield compare_page.headline_sentence(found)
        yield code(self.setup + COMPARED.format(given))
        if term is not None:
            rows = lines_of(found, [term], found.target)[term]
            yield quote_lines(_cited(self.corpus, rows), caption=term)
            yield code(f"opened.lines_of(chosen, [{term!r}], chosen.target)[{term!r}]")
        yield compare_page.first_figure(found, top=self.top, limits=False)
        yield code(f"charts.show(compare_page.first_figure(chosen, top={self.top}, limits=False))")
        if term is not None:
            yield from compare_page.group_report(found, top=self.top)[1:3]
            yield code(f"{self._list()}.head({self.top})")
            yield say(WORDS["untested"])

    def _offer(self, found: Comparison) -> None:
        """Set what the controls offer to what a comparison has."""
        known = REFERENCES if found.groups.has_order else ("others", "pooled")
        sizes = zip(found.groups.names, found.groups.sizes, strict=True)
        groups = [(f"{named(found.by, name)} ({n:,})", name) for name, n in sizes]
        _set(self.reference, [(WORDS["references"][one], one) for one in known], found.reference)
        _set(self.target, groups, found.target)
        lists = found.shared if found.has_list(found.target) else found.single
        terms = lists[found.target]["term"].head(self.top) if found.target in lists else ()
        _set(self.term, [*terms], self.term.value)

    def _list(self) -> str:
        kind = "shared" if self.found.has_list(self.found.target) else "single"
        return f"chosen.{kind}[chosen.target]"


def bench(
    corpus: Corpus,
    tokens: Tokens | None = None,
    counts: Counts | None = None,
    *,
    by: str = "province",
    target: Any = None,
    reference: str | None = None,
    measure: str = "tfidf_contrast",
    top: int = 20,
) -> Bench:
    """Choose in JupyterLab what is compared; list, chart and sentences change together.

    A cell that ends with it shows controls for the column that makes groups, the target, its
    reference and the measure, and the terms of the list: click one to read its sentences. Beneath
    stand the lines of code that give the same. A report keeps what the controls chose.

    Parameters
    ----------
    corpus : Corpus
    tokens, counts : Tokens, Counts, optional
        What `segment` and `count` gave; by default these are called.
    by, target, reference, measure
        What is chosen at first, as in `compare`.
    top : int, default 20
        Terms in the list.

    Raises
    ------
    UnknownColumnError, UnknownGroupError, UnknownMeasureError, ReferenceGroupsError
        As in `compare`; what is wrong later is shown.
    """
    setup = SETUP if counts is not None else f"{SETUP}\n{COUNTED}\n"
    tokens = segment(corpus) if tokens is None else tokens
    counts = count(tokens, corpus.documents) if counts is None else counts
    choice = {"by": by, "target": target, "reference": reference, "measure": measure}
    return Bench(corpus, tokens, counts, setup, top, **choice)


def _set(control: Any, options: list[Any], value: Any) -> None:
    """Give a control other options, and a value if it is among them, else the first."""
    values = [one[1] if isinstance(one, tuple) else one for one in options]
    control.options = options
    control.value = value if value in values else next(iter(values), None)


def _cited(corpus: Corpus, lines: pd.DataFrame) -> pd.DataFrame:
    """Put day, or window, and province beside the name of each line's document."""
    rows = corpus.documents.loc[lines["doc_id"].unique()]
    told = {
        doc_id: " · ".join(
            str(one) for one in (doc_id, period(row), row["province"]) if pd.notna(one)
        )
        for doc_id, row in rows.iterrows()
    }
    return lines.assign(doc_id=lines["doc_id"].map(told))
