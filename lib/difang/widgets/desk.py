"""A desk: controls, and beneath them what they choose, as an ordinary output of the cell.

In go ipywidgets and a function that gives charts, tables and sentences; out comes what a cell ends
with. What is shown is HTML, no widget: it stays in the notebook and in its report, with JavaScript
or without, as the controls left it.
"""

import traceback
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any
from uuid import uuid4

import ipywidgets
from IPython.display import Markdown, display, update_display
from nbformat.v4 import new_output

from difang import project
from difang.errors import DifangError
from difang.reports.figures import Chart, described, png
from difang.reports.fragment import Fragment
from difang.reports.language import sentences
from difang.reports.outputs import render
from difang.reports.prose import Prose

WORDS = sentences("bench")
Shown = Chart | Fragment | Markdown
View = Callable[[], Iterable[Shown]]


class Desk:
    """Controls above, what they choose beneath; a cell that ends with it shows both.

    Parameters
    ----------
    rows : sequence of sequences of widgets
        The controls, as they stand above each other.
    watched : sequence of widgets
        Those whose values change what is shown.
    view : function
        Gives what is shown; a `DifangError` is shown in its place.
    """

    def __init__(self, rows: Sequence[Sequence[Any]], watched: Sequence[Any], view: View) -> None:
        self.status, self.view, self.shown = ipywidgets.Label(), view, Fragment("")
        wrapped = ipywidgets.Layout(flex_flow="row wrap")
        boxes = [ipywidgets.Box(row, layout=wrapped) for row in [*rows, [self.status]]]
        self.controls = ipywidgets.VBox(boxes)
        self._name, self._busy = uuid4().hex, False
        for one in watched:
            one.observe(lambda change: self.update(self.follow, change["owner"]), names="value")

    def _ipython_display_(self) -> None:
        self.shown = together(self.view())
        display(self.controls)
        display(self.shown, display_id=self._name)

    def follow(self, owner: Any) -> Iterable[Shown]:
        """Give what is shown after the value of a control has changed."""
        return self.view()

    def update(self, view: Callable[..., Iterable[Shown]], *given: Any) -> None:
        """Show something else; an error is shown too, never swallowed."""
        if self._busy:  # a control was set by another one
            return
        self._busy, self.status.value = True, WORDS["working"]
        try:
            self.shown = together(view(*given))
        except Exception as error:
            told = str(error) if isinstance(error, DifangError) else traceback.format_exc()
            self.shown = Fragment(f'<pre class="stderr" role="alert">{escape(told)}</pre>')
        self._busy, self.status.value = False, ""
        update_display(self.shown, display_id=self._name)


def chooser(kind: Any, label: str, options: Iterable[Any] = (), **given: Any) -> Any:
    """Make a control of one of the kinds of ipywidgets, with its label in full."""
    if "options" in kind.class_trait_names():
        given["options"] = [*options]
    style = {"description_width": "initial"}
    return kind(description=WORDS["labels"][label], style=style, **given)


def code(*lines: str) -> Fragment:
    """Show lines of code, to copy."""
    copy = escape(sentences("methods")["copy"])
    head = f'<dt data-copy="{copy}">{WORDS["code"]}</dt>'
    body = escape("\n".join(lines))
    return Fragment(f'<dl class="difang-methods">{head}<dd><pre>{body}</pre></dd></dl>')


def together(shown: Iterable[Shown]) -> Fragment:
    """Put charts, tables and sentences into one piece of HTML, with the rows of the first table."""
    parts, prose = [*shown], Prose(project.NOTEBOOKS)
    tables = [one.csv for one in parts if isinstance(one, Fragment) and one.csv]
    body = "\n".join(_html(one, prose) for one in parts)
    return Fragment(f'<div class="difang-desk">{body}</div>', "".join(tables[:1]))


def _html(one: Shown, prose: Prose) -> str:
    if isinstance(one, Fragment):
        return one.html
    if isinstance(one, Markdown):
        return prose.render(one.data, trusted=False)
    data = {"image/png": b64encode(png(one)).decode()}
    return render(new_output("display_data", data=data, metadata=described(one)), prose)
