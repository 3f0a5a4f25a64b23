"""A paragraph on methods and limits, written from a run, with its sources and a line to cite.

In go a corpus, the settings and what a page found; out comes a fragment to copy from. Each sentence
stands under a key of template/sentences.toml, with the facts that fill it; the sources, from
template/references.bib, are those that the sentences used name.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup, escape

from difang import project
from difang.compare.groups import PLACES
from difang.compare.trends import no_trend
from difang.corpus.documents import Corpus
from difang.corpus.rules import RULES
from difang.reports.colophon import SHOWN_OF_HASH, commit, facts, versions
from difang.reports.comparison import Comparison
from difang.reports.fragment import Fragment, fragment
from difang.reports.language import TEMPLATE, joined, plain, sentences
from difang.reports.phrases_page import Phrases
from difang.reports.prose import mark
from difang.words.lexicon import read_lexicon

WORDS = sentences("methods")
_ENTRY = re.compile(r"^@\w+\{(\w+),.*?^\}", re.DOTALL | re.MULTILINE)
_FIELD = r"^  {} *= \{{(.*)\}}"


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
    said = [_corpus(corpus, lexicon_hash, settings or {}), *parts, Part("versions")]
    entries = references()
    given = {"cite": {key: label(entry) for key, entry in entries.items()}, "versions": versions()}
    text = "".join(plain(WORDS[part.key], **given, **part.facts) for part in said).strip()
    used = [entry for entry in entries.values() if label(entry) in text]
    shown = {
        "text": Markup(mark(escape(text))),
        "cite": Markup(mark(escape(_line(corpus, lexicon_hash)))),
        "bibtex": "\n\n".join([_own(), *used]),
    }
    below = Markup(facts(corpus, lexicon_hash, settings).html)
    return fragment("methods", told=shown, said=WORDS, below=below)


def of_comparison(found: Comparison) -> list[Part]:
    """Tell what was compared, how, and with what result; or why there is no list."""
    if found.why or found.target is None:
        return [Part("segmented"), Part("refused", {"why": found.refused(None)})]
    sublinear = found.scores.attrs["weighing"]["sublinear_tf"]
    weighing = WORDS["weighing sublinear" if sublinear else "weighing"]
    given = found.facts | {"weighing": weighing, "few": int((found.groups.sizes < 3).sum())}
    refused = Part("refused", {"why": found.refused(found.target)})
    listing = _listing(found) if found.has_list(found.target) else refused
    return [Part("segmented"), Part("contrast", given), listing, Part("limits", given)]


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


def _corpus(corpus: Corpus, lexicon_hash: str | None, settings: Mapping[str, Any]) -> Part:
    """Tell what all pages rest on."""
    documents, years = corpus.documents, corpus.documents["year"].dropna()
    sizes = pd.Series({doc_id: len(raw) for doc_id, raw in corpus.raw.items()}, dtype="int64")
    off, lexicon = settings.get("RULES_OFF") or (), read_lexicon()
    told = {
        "n": len(documents), "chars": documents["chars"].sum(), "hash": corpus.hash[:SHOWN_OF_HASH],
        "provinces": documents["province"].nunique(),
        "years": f"{years.min()}–{years.max()}" if len(years) else "—",
        "no_province": documents["province"].isna().sum(),
        "no_year": documents["year"].isna().sum(),
        "where": settings.get("WHERE"), "skipped": len(corpus.skipped),
        "fiction": documents["genre"].eq("fiction").sum(),
        "copies": documents["duplicate_of"].notna().sum(),
        "rules": len(RULES) - len(off), "off": joined(off), "edits": len(corpus.edits),
        "share": (documents["removed_share"] * sizes).sum() / max(sizes.sum(), 1),
        "traditional": documents["script"].ne("simplified").sum(),
        "corrected": corpus.evidence["basis"].eq("override").sum(),
        "lexicon": (lexicon_hash or "")[:SHOWN_OF_HASH],
        "words": len(lexicon.words), "phrases": lexicon.phrases["match"].ne("off").sum(),
    }  # fmt: skip
    return Part("corpus", told)


def _listing(found: Comparison) -> Part:
    """Tell the rule of the list, the test of its terms, and what both gave."""
    test = found.tested.attrs["inference"][found.target]
    return Part("listing", {
        **test, "untested": not test["tested"], "interval": test["kind"] == "interval",
        "places": found.by in PLACES, "cluster": found.cluster,
        "shared": len(found.shared[found.target]), "certain": len(found.told_apart()),
    })  # fmt: skip


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
    made["lexicon"] = (lexicon_hash or WORDS["no lexicon"])[:SHOWN_OF_HASH]
    return plain(WORDS["cite"], **made, **_citation())


def _own() -> str:
    """Write the entry of difang itself."""
    cited = _citation()
    fields = {"author": f"{{{cited['authors']}}}", "title": cited["title"], "year": cited["year"],
              "note": f"Version {cited['version']}"}  # fmt: skip
    rows = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@software{{difang,\n{rows}\n}}"
