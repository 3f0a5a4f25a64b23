"""Which language the pages speak, and what they say in it.

In go the sentences of template/sentences.toml, for Chinese those of sentences.zh.toml over them;
out come filled sentences, words for coded values, and the prose of notebooks. A process speaks
one language, that of DIFANG_LANG, which a run of reports sets for its kernels.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEMPLATE = Path(__file__).with_name("template")
SETTING, LANGUAGES = "DIFANG_LANG", ("en", "zh")
HOLES = {"year": "[0-9]{4}", "format": "[^(]+"}  # of a reason, that hold not anything
LANGUAGE = "zh" if os.environ.get(SETTING, "").startswith("zh") else "en"


Sentence = str | Mapping[str, str]  # with holes, in one or in parts
IF = "if "  # begins the name of a part that is said only where the fact it names is not 0 or empty


class Filler(Formatter):
    """Fills the holes of sentences: `{n:document(s)}`, and `{by:@column}` for a coded value."""

    def parts(self, sentence: Sentence, facts: Mapping[str, Any]) -> list[str]:
        """Fill a sentence, or those of its parts that are to be said."""
        parts = {"": sentence} if isinstance(sentence, str) else sentence
        said = [part for name, part in parts.items() if name[:3] != IF or facts[name[3:]]]
        return [self.vformat(part, (), facts) for part in said]

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write one value; of a list, all."""
        if isinstance(value, list):
            return "、".join(map(str, value)) or "—"
        if format_spec.endswith("(s)"):
            return f"{value:,} {format_spec[:-3]}{'s' if value != 1 else ''}"
        if format_spec.startswith("@"):
            return named(format_spec[1:], value)
        return str(format(value, format_spec))


def sentences(page: str, language: str = LANGUAGE) -> dict[str, Any]:
    """Read what a page says: its section of template/sentences.toml.

    A sentence is a text; what a table or a figure says is a mapping, for `tabulate` or `captions`.
    What a Chinese section does not have, such as a format, is that of the English one.

    >>> sentences("page", "en")["contents"], sentences("page", "zh")["contents"]
    ('Contents', '目录')
    """
    said = _read("sentences.toml").get(page, {})
    own = {} if language == "en" else _read(f"sentences.{language}.toml").get(page, {})
    return _over(said, own)


def plain(sentence: Sentence, **values: object) -> str:
    """Fill a sentence for a figure or a caption, which are no Markdown."""
    return "".join(Filler().parts(sentence, values))


def named(kind: str, value: object) -> str:
    """Give the word for a value of a coded column: in English the value itself.

    `kind` is the column, such as level; of the names of columns it is "column". Rules that made
    one edit together (``html_tag+entity``) are named one by one.
    """
    words = VALUES.get(kind, {})
    if kind == "rule":
        return "+".join(words.get(rule, rule) for rule in str(value).split("+"))
    return str(words.get(value, value))


def reworded(reason: str) -> str:
    """Give the words of the pages for a reason that evidence gives, if they have any.

    What stands before the last remark is reworded by itself.
    """
    for pattern, words in _reasons():
        if told := pattern.fullmatch(reason):
            return words.format(**{hole: _held(hole, v) for hole, v in told.groupdict().items()})
    return reason


def _held(hole: str, value: str) -> str:
    """Give the words for what a reason holds: another reason, cues, columns, a rule, a value."""
    if hole == "cues":
        return joined(named("cue", cue) for cue in value.split(", "))
    if hole == "columns":
        return "、".join(value.split(" or "))
    return reworded(value) if hole == "rest" else named(hole, value)


def joined(words: Iterable[str]) -> str:
    """Write a list of words in a sentence."""
    return ("、" if LANGUAGE == "zh" else ", ").join(words)


def translate(notebook: "NotebookNode", name: str, language: str) -> None:
    """Have a notebook speak a language: its prose (unless it is one's own), and its kernel."""
    notebook.metadata[SETTING] = language
    said = {} if language == "en" else _read(f"notebooks.{language}.toml").get(name, {})
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = said.get(cell.id, cell.source).strip()


def spoken(notebook: "NotebookNode") -> str:
    """Tell the language that a notebook speaks."""
    return str(notebook.metadata.get(SETTING, LANGUAGE))


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    both = {**below, **above}
    return {
        key: _over(below.get(key, {}), above.get(key, {})) if isinstance(value, dict) else value
        for key, value in both.items()
    }


@cache
def _reasons() -> list[tuple[re.Pattern[str], str]]:
    """Make patterns of the sentences, those without holes first."""
    told = sorted(VALUES.get("reason", {}).items(), key=lambda one: "{" in str(one[0]))
    holes = [(re.sub(r"\\\{(\w+)\\\}", _hole, re.escape(str(one))), words) for one, words in told]
    return [(re.compile(pattern, re.DOTALL), words) for pattern, words in holes]


def _hole(hole: re.Match[str]) -> str:
    return rf"(?P<{hole[1]}>{HOLES.get(hole[1], '.+')})"


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATE / name).read_text(encoding="utf-8"))


VALUES: dict[str, dict[Any, str]] = sentences("values")
