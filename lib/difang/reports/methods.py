"""A paragraph on methods and limits, written from a run, with its sources and a line to cite.

In go a corpus, the settings and what a page found; out comes a fragment to copy from. Each sentence
stands under a key of template/sentences.toml, with the facts that fill it; the sources, from
template/references.bib, are those that the sentences used name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from difang import project
from difang.compare.groups import PLACES
from difang.compare.trends import no_trend
from difang.corpus.documents import Corpus
from difang.corpus.rules import RULES
from difang.reports.colophon import SHOWN_OF_HASH, commit, facts, versions
from difang.reports.comparison import Comparison
from difang.reports.fragment import Fragment
from difang.reports.language import TEMPLATE, joined, plain, sentences
from difang.reports.phrases_page import Phrases
from difang.reports.prose import mark
from difang.words.lexicon import read_lexicon

WORDS = sentences("methods")
_ENTRY = re.compile(r"^@\w+\{(\w+),.*?^\}", re.DOTALL | re.MULTILINE)
_FIELD = r"^  {} *= \{{(.*)\}}"
_CITED = re.compile(r"\{cite\[(\w+)\]")


class Part(NamedTuple):
    """A sentence of the paragraph: its key, and what fills it."""

    key: str
    facts: Mapping[str, Any] = MappingProxyType({})


def colophon(
    corpus: Corpus,
    lexicon_hash: str | None = None,
    settings: Mapping[str, object] | None = None,
    parts: Iterable[Part] = (),
) -> Fragment:
    """Write how a page was made, for a paper, and below what it was made from.

    The paragraph tells corpus, rules, words, measure, tests and limits.

    Parameters
    ----------
    corpus, lexicon_hash, settings
        As for `colophon.facts`, which stand below.
    parts : iterable of Part
        What the page adds, such as `of_comparison` gives.
    """
    said = [*_corpus(corpus, settings or {}), *_lexicon(lexicon_hash), *parts, Part("versions")]
    entries = references()
    given = {"cite": {key: label(entry) for key, entry in entries.items()}, "versions": versions()}
    text = "".join(plain(WORDS[part.key], **given, **part.facts) for part in said).strip()
    used = set(_CITED.findall("".join(WORDS[part.key] for part in said)))
    bibtex = "\n\n".join([_own(), *(entry for key, entry in entries.items() if key in used)])
    shown = {"text": text, "cite": _line(corpus, lexicon_hash), "bibtex": bibtex}
    copy = f' data-copy="{WORDS["copy"]}"'
    body = "".join(
        f"<dt{copy}>{WORDS['headings'][name]}</dt><dd>{_written(name, one)}</dd>"
        for name, one in shown.items()
    )
    below = facts(corpus, lexicon_hash, settings).html
    return Fragment(f'<dl class="difang-methods">{body}</dl>{below}')


def of_comparison(found: Comparison) -> Iterator[Part]:
    """Tell what was compared, how, and with what result; or why there is no list."""
    yield Part("segmented")
    if found.why or found.target is None:
        yield Part("refused", {"why": found.refused(None)})
        return
    sublinear = found.scores.attrs["weighing"]["sublinear_tf"]
    weighing = WORDS["weighing sublinear" if sublinear else "weighing"]
    yield Part("contrast", found.facts | {"weighing": weighing})
    if found.has_list(found.target):
        yield from _listed(found)
    else:
        yield Part("refused", {"why": found.refused(found.target)})
    yield Part("limits")
    few = int((found.groups.sizes < 3).sum())
    if few:
        yield Part("limits few", found.facts | {"few": few})


def of_trends(found: Comparison) -> list[Part]:
    """Tell how trends were tested, if they were."""
    return [] if no_trend(found.counts, by=found.by) else [Part("trend")]


def of_phrases(found: Phrases) -> list[Part]:
    """Tell what counts as a set phrase."""
    return [Part("phrases" if found.lexicon else "phrases marked", found.facts())]


def references() -> dict[str, str]:
    """Give the entries of template/references.bib by their keys."""
    bibliography = (TEMPLATE / "references.bib").read_text("utf-8")
    return {match[1]: match[0] for match in _ENTRY.finditer(bibliography)}


def label(entry: str) -> str:
    """Name the source of a BibTeX entry as a text does.

    >>> label(references()["efron1993"])
    'Efron & Tibshirani 1993'
    """
    author, year = (_field(entry, name) for name in ("author", "year"))
    names = [one.split(",")[0] for one in author.split(" and ")]
    told = " & ".join(names) if len(names) < 3 else f"{names[0]} et al."
    return f"{told} {year}"


def _field(entry: str, name: str) -> str:
    found = re.search(_FIELD.format(name), entry, re.MULTILINE)
    return found[1] if found else ""


def _corpus(corpus: Corpus, settings: Mapping[str, object]) -> Iterator[Part]:
    documents, years = corpus.documents, corpus.documents["year"].dropna()
    known = {name: documents[name].notna() for name in ("province", "year", "duplicate_of")}
    yield Part("corpus", {
        "n": len(documents), "chars": documents["chars"].sum(), "hash": corpus.hash[:SHOWN_OF_HASH],
        "provinces": documents["province"].nunique(),
        "years": f"{years.min()}–{years.max()}" if len(years) else "—",
        "no_province": (~known["province"]).sum(), "no_year": (~known["year"]).sum(),
    })  # fmt: skip
    if settings.get("WHERE"):
        yield Part("where", {"where": settings["WHERE"]})
    if len(corpus.skipped):
        yield Part("skipped", {"skipped": len(corpus.skipped)})
    fiction = documents["genre"].eq("fiction").sum()
    yield Part("apart", {"fiction": fiction, "copies": known["duplicate_of"].sum()})
    off: Any = settings.get("RULES_OFF") or ()
    sizes = pd.Series({doc_id: len(raw) for doc_id, raw in corpus.raw.items()}, dtype="int64")
    yield Part("cleaning", {
        "rules": len(RULES) - len(off), "edits": len(corpus.edits),
        "share": (documents["removed_share"] * sizes).sum() / max(sizes.sum(), 1),
        "traditional": documents["script"].ne("simplified").sum(),
    })  # fmt: skip
    if off:
        yield Part("rules off", {"off": joined(off)})
    yield Part("metadata")
    corrected = corpus.evidence["basis"].eq("override").sum()
    if corrected:
        yield Part("corrected", {"corrected": corrected})


def _lexicon(lexicon_hash: str | None) -> Iterator[Part]:
    if lexicon_hash:
        sizes = {"words": len(read_lexicon().words), "phrases": len(read_lexicon().phrases)}
        yield Part("lexicon", sizes | {"lexicon": lexicon_hash[:SHOWN_OF_HASH]})


def _listed(found: Comparison) -> Iterator[Part]:
    """Tell the rule of the list, the test of its terms, and what both gave."""
    yield Part("listing")
    if found.by in PLACES:
        yield Part("masked")
    tested = found.tested.attrs["inference"][found.target]
    yield Part("test" if tested["tested"] else "untested", tested)
    if found.cluster:
        yield Part("cluster", {"cluster": found.cluster})
    if tested["kind"] == "interval":
        yield Part("interval")
    shared = len(found.shared[found.target])
    yield Part("result", {"shared": shared, "certain": len(found.told_apart())})


@cache
def _citation() -> dict[str, str]:
    """Read CITATION.cff: authors, title, version and year of difang."""
    import yaml

    cff = yaml.safe_load((project.ROOT / "CITATION.cff").read_text("utf-8"))
    authors = joined(author["name"] for author in cff["authors"])
    year = str(cff["date-released"])[:4]
    return {"authors": authors, "title": cff["title"], "version": cff["version"], "year": year}


def _line(corpus: Corpus, lexicon_hash: str | None) -> str:
    made = {"hash": corpus.hash[:SHOWN_OF_HASH], "commit": commit() or WORDS["none"]}
    made["lexicon"] = (lexicon_hash or WORDS["none"])[:SHOWN_OF_HASH]
    return plain(WORDS["cite"], **made, **_citation())


def _own() -> str:
    """Write the entry of difang itself."""
    cited = _citation()
    fields = {"author": f"{{{cited['authors']}}}", "title": cited["title"], "year": cited["year"],
              "note": f"Version {cited['version']}"}  # fmt: skip
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@software{{difang,\n{rows}\n}}"


def _written(name: str, text: str) -> str:
    if name == "bibtex":
        return f'<pre lang="en" tabindex="0">{escape(text)}</pre>'
    return f"<p>{mark(escape(text, quote=False))}</p>"
