"""Notebooks of one's own: a copy of the template under the next number, which reports include."""

import re
from pathlib import Path

from difang import project
from difang.errors import DifangError
from difang.reports.runner import numbered
from difang.writing import whole

TEMPLATE = Path(__file__).parent / "template" / "question.ipynb"
_NAME = re.compile(r"\w[\w-]*")


class NotebookNameError(DifangError):
    """A name that no notebook of one's own can have."""


def new_notebook(name: str, *, folder: Path | None = None) -> Path:
    """Copy the template to `folder` (notebooks/) under the next number: 08-my-question.ipynb.

    Parameters
    ----------
    name : str
        Letters (Chinese too), digits and hyphens.

    Returns
    -------
    Path
        The notebook; nothing that is there is written over.

    Raises
    ------
    NotebookNameError
        The name holds other characters, or is taken; or 99 is used.
    OutputError
        It cannot be written.
    """
    folder = folder or project.NOTEBOOKS
    names = {path.stem[3:]: int(path.stem[:2]) for path in numbered(folder)}
    number = max(names.values(), default=0) + 1
    if not _NAME.fullmatch(name) or name in names or number > 99:
        raise NotebookNameError(
            f"Cannot name a notebook {name!r}. There are: {', '.join(sorted(names))}. Choose "
            "another name, of letters, digits and hyphens, such as my-question."
        )
    target = folder / f"{number:02d}-{name}.ipynb"
    text = TEMPLATE.read_text("utf-8").replace("QUESTION", f"{number:02d} · {name}")
    with whole(target) as part:
        part.write_text(text, "utf-8")
    return target
