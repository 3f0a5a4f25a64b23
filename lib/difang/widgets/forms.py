"""Two forms: take a set phrase into the lexicon, correct a field of a document.

In go a corpus and what is proposed, or in doubt; out comes a desk that shows the sentences, or the
evidence, and signs what is decided by `difang.accept` and `difang.correct`.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd

from difang import project
from difang.corpus.documents import Corpus
from difang.corpus.overrides import FIELDS, correct
from difang.reports.doubts import doubts
from difang.reports.language import named
from difang.reports.lines import quote_lines
from difang.reports.wording import say, tabulate
from difang.widgets.desk import WORDS, Desk, Shown, chooser, code
from difang.words.accepting import accept
from difang.words.concordance import kwic

OFFERED = 500  # documents in doubt that a form offers; any other may be typed
EVIDENCE = ["value", "basis", "confidence", "rule", "quote", "reason"]


class Form(Desk):
    """A desk with who, why, and a button that does what is decided."""

    def __init__(
        self, looked: dict[str, Any], more: dict[str, Any], view: Callable[..., Iterable[Shown]],
        do: Callable[..., Iterable[Shown]],
    ) -> None:  # fmt: skip
        vars(self).update(looked | more)
        self.who, self.why = (chooser(ipywidgets.Text, name) for name in ("who", "why"))
        self.button = ipywidgets.Button(description=WORDS["labels"]["sign"], button_style="primary")
        signed = [*more.values(), self.who, self.why, self.button]
        super().__init__([[*looked.values()], signed], [*looked.values()], view)
        self.button.on_click(lambda _: self.update(lambda: [*do(**self.signed()), *view()]))

    def signed(self) -> dict[str, str]:
        """Who signs, and why."""
        return {"who": self.who.value, "why": self.why.value}


def bench_phrases(
    corpus: Corpus, phrases: pd.DataFrame | Iterable[str], *, folder: Path = project.LEXICON
) -> Form:
    """Read the sentences of proposed wordings in JupyterLab, and take them into the lexicon.

    Parameters
    ----------
    corpus : Corpus
    phrases : DataFrame with a column phrase, or iterable of str
        Such as `candidates` or rows of `set_phrases`.
    folder : Path
        Of the lexicon, as in `accept`.
    """
    names = phrases["phrase"] if isinstance(phrases, pd.DataFrame) else phrases
    phrase = chooser(ipywidgets.Select, "phrase", names, rows=8)

    def view() -> Iterator[Shown]:
        if phrase.value is None:
            yield say(WORDS["no phrase"])
            return
        yield quote_lines(kwic(corpus, phrase.value), caption=phrase.value)
        yield code(f"difang.kwic(corpus, {phrase.value!r})")

    def take(**signed: str) -> Iterator[Shown]:
        added = accept([phrase.value], **signed, folder=folder)
        yield say(WORDS["accepted" if len(added) else "known"], phrase=phrase.value)
        yield code(f"difang.accept([{phrase.value!r}], {_written(signed)})")

    return Form({"phrase": phrase}, {}, view, take)


def bench_fields(
    corpus: Corpus, found: pd.DataFrame | None = None, *, path: Path = project.OVERRIDES
) -> Form:
    """Look at the evidence for a field in JupyterLab, and correct it, signed, in overrides.csv.

    Parameters
    ----------
    corpus : Corpus
    found : DataFrame, optional
        The fields in doubt, as `doubts` gives them: their documents are offered first.
    path : Path
        The table of corrections, as in `correct`.
    """
    found = doubts(corpus) if found is None else found
    first = [*found["doc_id"], *corpus.documents.index]
    names = dict.fromkeys(first[:OFFERED])
    doc_id = chooser(ipywidgets.Combobox, "document", names, continuous_update=False)
    doc_id.value = next(iter(names), "")
    field = chooser(ipywidgets.Dropdown, "field", [(named("field", one), one) for one in FIELDS])
    value = chooser(ipywidgets.Text, "value")
    field.value = next(iter(found["field"]), FIELDS[0])

    def view() -> Iterator[Shown]:
        rows = corpus.evidence[corpus.evidence["doc_id"].eq(doc_id.value)]
        asked = [field.value, *["date"] * (field.value == "year")]  # a year is part of a date
        rows = rows.loc[rows["field"].isin(asked), EVIDENCE]
        now = corpus.documents[field.value].get(doc_id.value)
        told = {"doc_id": doc_id.value, "field": field.value, "now": "—" if pd.isna(now) else now}
        yield tabulate(WORDS["evidence"], rows, **told)
        where = f"doc_id == {doc_id.value!r} and field in {asked}"
        yield code(f"corpus.evidence.query({where!r})[{EVIDENCE}]")

    def settle(**signed: str) -> Iterator[Shown]:
        chosen = doc_id.value, field.value, value.value
        correct(corpus, *chosen, **signed, path=path)
        yield say(WORDS["corrected"], file=path.name)
        yield code(f"difang.correct(corpus, {', '.join(map(repr, chosen))}, {_written(signed)})")

    return Form({"doc_id": doc_id, "field": field}, {"value": value}, view, settle)


def _written(signed: dict[str, str]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in signed.items())
