"""From an executed notebook to one HTML file that asks for nothing outside itself.

In goes a notebook with its outputs, out comes a page: prose, folded code, figures with
their alt text, tables, a list of contents, and the Chinese type it is set in.
"""

import re
from html import unescape
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup
from nbconvert.filters.highlight import Highlight2HTML
from nbformat import NotebookNode

from difang.reports import fonts, outputs
from difang.reports.fragment import templates
from difang.reports.language import sentences, spoken
from difang.reports.prose import Prose, plain
from difang.reports.settings import INJECTED
from difang.writing import whole

TAGS = {"en": "en", "zh": "zh-Hans"}
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
SHOWN_IN_CONTENTS = (2, 3)  # levels of headings


class View(NamedTuple):
    """What a page shows of one cell; each part is HTML, empty where there is none."""

    tags: tuple[str, ...]
    prose: Markup
    code: Markup
    outputs: Markup


def export(notebook: NotebookNode, *, folder: Path) -> str:
    """Turn an executed `notebook` into its report: one self-contained HTML page.

    Cells tagged ``hide-input`` show no code; the output of the cell tagged ``headline`` is set
    large and is the page's description. `folder` is where images named in the prose lie. The
    same notebook gives the same bytes.

    Raises
    ------
    MissingAltError
        An image has no alt text in the metadata of its output.
    FormulaError
        A formula in the prose cannot be set.
    """
    language = spoken(notebook)
    prose = Prose(folder, language)
    own = [cell for cell in notebook.cells if INJECTED not in _tags(cell)]
    views = [_view(cell, f"cell {number}", prose) for number, cell in enumerate(own, start=1)]
    headline = Markup("").join(view.outputs for view in views if "headline" in view.tags)
    said = "".join(_sentences(cell) for cell in own)
    title = prose.title or sentences("page", language)["untitled"]
    return render_page(
        "report.html.j2",
        language=language,
        serif=prose.title + headline + said + Markup("").join(view.prose for view in views),
        title=Markup(title),
        plain_title=unescape(plain(title)),
        description=unescape(plain(headline)),
        contents=[h for h in prose.headings if h.level in SHOWN_IN_CONTENTS],
        views=[view for view in views if view.prose or view.code or view.outputs],
    )


def render_page(template: str, *, serif: str, language: str, **values: object) -> str:
    """Fill a template and put the Chinese type in: a sans for all text, a serif for `serif`."""
    said = {"words": sentences("page", language), "language": TAGS[language]}
    page = templates().get_template(template).render(**said, **values)
    faces = fonts.page_faces(unescape(page), serif=unescape(serif), maths="<math" in page)
    return page.replace("/* fonts */", faces, 1)


def write_whole(path: Path, page: str) -> None:
    """Write `page` to `path`, whole or not at all."""
    with whole(path) as part:
        part.write_text(page, encoding="utf-8", newline="\n")


def _tags(cell: NotebookNode) -> tuple[str, ...]:
    return tuple(cell.metadata.get("tags", []))


def _sentences(cell: NotebookNode) -> str:
    """Return what is set as the prose is: the Markdown among the outputs, paragraphs of HTML."""
    data = [output.get("data", {}) for output in cell.get("outputs", [])]
    paragraphs = [one for kinds in data for one in _PARAGRAPH.findall(kinds.get("text/html", ""))]
    return "".join([*(str(kinds.get("text/markdown", "")) for kinds in data), *paragraphs])


def _view(cell: NotebookNode, place: str, prose: Prose) -> View:
    tags, words, code, shown = _tags(cell), "", "", ""
    if cell.cell_type == "markdown":
        words = prose.render(cell.source, trusted=True, attachments=cell.get("attachments", {}))
    elif cell.cell_type == "code":
        if cell.source.strip() and "hide-input" not in tags:
            code = str(Highlight2HTML(pygments_lexer="python")(cell.source))
        shown = "\n".join(outputs.render(output, prose) for output in cell.outputs)
    outputs.require_alt(words + shown, place)
    return View(tags, Markup(words), Markup(code), Markup(shown.strip()))
