"""A piece of HTML that a notebook shows, the same in JupyterLab and in a report.

In goes a template of this room and what fills it, out comes an object for the end of a cell. All
text is escaped; what is HTML already comes as Markup.
"""

from dataclasses import dataclass
from functools import cache

import jinja2
from markupsafe import Markup

from difang.reports.language import TEMPLATE, sentences

CSV = "text/csv"
LAB_HEAD = "".join(
    f"<{tag}>{(TEMPLATE / name).read_text(encoding='utf-8')}</{tag}>"
    for tag, name in (("style", "tables.css"), ("script", "tables.js"))
)
"""Style and script of tables: JupyterLab needs them with each table, a report only once."""


@dataclass(frozen=True, repr=False)
class Fragment:
    """HTML that shows itself at the end of a notebook cell.

    Attributes
    ----------
    html : str
        Safe to put into a page.
    csv : str
        What `html` shows in part, in full; a report has it as a file beside it. Empty if nothing
        was cut.
    """

    html: str
    csv: str = ""

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {CSV: self.csv} if self.csv else {}

    def _repr_html_(self) -> str:
        return LAB_HEAD + self.html

    def __repr__(self) -> str:
        """Say what this is where HTML cannot be shown."""
        return f"<HTML of {len(self.html):,} characters; end a notebook cell with it to see it>"


def fragment(name: str, csv: str = "", **values: object) -> Fragment:
    """Fill the template ``name.html.j2``; `words` are there what all pages say."""
    template = templates().get_template(f"{name}.html.j2")
    return Fragment(template.render(words=sentences("page"), **values), csv)


@cache
def templates() -> jinja2.Environment:
    """Give the templates of pages and of their parts."""
    loader = jinja2.FileSystemLoader(TEMPLATE)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["asset"] = lambda name: Markup(loader.get_source(environment, name)[0])
    return environment
