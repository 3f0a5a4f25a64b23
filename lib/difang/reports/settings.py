"""Settings: what a notebook's cell tagged `parameters` assigns, and what a run sets instead.

In goes a notebook and the values wished for, out comes the notebook with one more cell.
"""

import ast
from collections.abc import Collection, Mapping
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from difang.errors import DifangError

PARAMETERS = "parameters"
INJECTED = "injected-parameters"


class UnknownSettingError(DifangError):
    """A setting that no chosen notebook has."""


def parse_setting(text: str) -> tuple[str, object]:
    """Read name and value from ``NAME=VALUE``; a value that is no Python literal is text.

    >>> parse_setting("TOP=30"), parse_setting("TARGET=江西省"), parse_setting("YEARS=(2019, 2023)")
    (('TOP', 30), ('TARGET', '江西省'), ('YEARS', (2019, 2023)))
    """
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not name.isidentifier():
        raise UnknownSettingError(
            f"Cannot read the setting {text!r}. A setting has a name and a value. "
            "Write NAME=VALUE, such as TOP=30."
        )
    try:
        return name, ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return name, value


def names(notebook: NotebookNode) -> set[str]:
    """Give the names that the notebook's parameters cell assigns."""
    nodes = [node for cell in notebook.cells if _is(cell) for node in ast.parse(cell.source).body]
    targets = [target for node in nodes if isinstance(node, ast.Assign) for target in node.targets]
    targets += [node.target for node in nodes if isinstance(node, ast.AnnAssign)]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def require_known(settings: Collection[str], known: Collection[str]) -> None:
    """Raise UnknownSettingError for a setting that is not `known`."""
    for name in settings:
        if name not in known:
            there = ", ".join(sorted(known)) or "none"
            raise UnknownSettingError(
                f"Cannot set {name!r}. The settings of the notebooks chosen: {there}. "
                "Choose one of these; capitals count."
            )


def inject(notebook: NotebookNode, settings: Mapping[str, object]) -> None:
    """Put `settings` into a cell of their own after the parameters cell; a Path as absolute text.

    Names that the notebook does not assign are left out.
    """
    own = {name: settings[name] for name in settings if name in names(notebook)}
    if own:
        source = "\n".join(f"{name} = {_literal(value)!r}" for name, value in own.items())
        place = max(at for at, cell in enumerate(notebook.cells) if _is(cell))
        cell = new_code_cell(source, metadata={"tags": [INJECTED]})
        notebook.cells.insert(place + 1, cell)


def _is(cell: NotebookNode) -> bool:
    return PARAMETERS in cell.metadata.get("tags", [])


def _literal(value: object) -> object:
    return str(value.resolve()) if isinstance(value, Path) else value
