"""A piece of HTML that a notebook shows, the same in JupyterLab and in a report.

In goes HTML made by the functions of this room, out comes an object for the end of a cell.
"""

from dataclasses import dataclass
from pathlib import Path

CSV = "text/csv"
_TEMPLATE = Path(__file__).with_name("template")
LAB_HEAD = "".join(
    f"<{tag}>{(_TEMPLATE / name).read_text(encoding='utf-8')}</{tag}>"
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
