"""One output of a notebook cell as HTML: text, table, figure or formula.

In goes an output as Jupyter stores it, out comes a piece of a page. Figures without a
description are refused; what varies from run to run (addresses in memory) is taken out.
"""

import base64
import re
from html import escape

from nbformat import NotebookNode

from difang.errors import DifangError
from difang.reports.fragment import CSV, LAB_HEAD
from difang.reports.language import sentences
from difang.reports.prose import Prose, mathml

RICHEST_FIRST = "text/html text/markdown image/svg+xml image/png image/jpeg text/latex text/plain"
WIDGET = "application/vnd.jupyter.widget-view+json"

_TERMINAL_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
_IMAGE_UNTOLD = re.compile(r"<img\b(?![^>]*\balt\s*=\s*(?:\"[^\"]|'[^']))", re.IGNORECASE)


class MissingAltError(DifangError):
    """A figure that a reader who cannot see it would not know of."""


def require_alt(html: str, place: str) -> None:
    """Raise MissingAltError, naming `place`, when an image in `html` has no alt text."""
    if _IMAGE_UNTOLD.search(html):
        raise MissingAltError(
            f"Cannot export the image of {place}. It has no alt text, so a reader who cannot see "
            "it learns nothing. Put a sentence into the output's metadata: "
            'display(image, metadata={"image/png": {"alt": "…"}}).'
        )


def render(output: NotebookNode, prose: Prose) -> str:
    """HTML of one output; empty where it has nothing to show on paper."""
    if output.output_type == "stream":
        return f'<pre class="{output.name}">{_text(output.text)}</pre>'
    if output.output_type == "error":
        return f'<pre class="stderr">{_text(chr(10).join(output.traceback))}</pre>'
    kind = next((kind for kind in RICHEST_FIRST.split() if kind in output.data), None)
    if kind is None or (WIDGET in output.data and kind == "text/plain"):
        return ""
    content = output.data[kind]
    if kind == "text/html":
        return str(content).replace(LAB_HEAD, "") + _link(output, prose.language)
    if kind == "text/markdown":
        return prose.render(content, trusted=False)
    if kind == "text/latex":
        return mathml(content.strip().strip("$"), block=True)
    if kind == "text/plain":
        return f"<pre>{_text(content)}</pre>"
    return _figure(kind, content, output.metadata)


def beside(notebook: NotebookNode, folder: str) -> dict[str, str]:
    """Give the full tables of outputs that show a part a name each, and return name → CSV.

    The names, ``folder/table-01.csv`` and so on, stand in the metadata of the outputs too, from
    which `render` takes the link.
    """
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    cut = [output for output in outputs if CSV in output.get("data", {})]
    names = {f"{folder}/table-{n:02}.csv": output for n, output in enumerate(cut, start=1)}
    for name, output in names.items():
        output.metadata[CSV] = name
    return {name: output.data[CSV] for name, output in names.items()}


def _link(output: NotebookNode, language: str) -> str:
    name = escape(output.metadata.get(CSV, ""))
    link = f'{sentences("page", language)["all rows"]} <a href="{name}">{name}</a>'
    return f'<p class="difang"><small>{link}</small></p>' if name else ""


def _figure(kind: str, content: str, metadata: NotebookNode) -> str:
    """Show an image with what its metadata tells: alt, caption, width, height."""
    told = {**metadata, **metadata.get(kind, {})}
    data = content if kind != "image/svg+xml" else base64.b64encode(content.encode()).decode()
    sizes = "".join(f' {side}="{int(told[side])}"' for side in ("width", "height") if side in told)
    caption = f"<figcaption>{escape(told['caption'])}</figcaption>" if told.get("caption") else ""
    return (
        f'<figure><img src="data:{kind};base64,{"".join(data.split())}"{sizes} '
        f'alt="{escape(told.get("alt", ""))}">{caption}</figure>'
    )


def _text(text: str) -> str:
    return escape(_ADDRESS.sub("", _TERMINAL_COLOURS.sub("", text)), quote=False)
