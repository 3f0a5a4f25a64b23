"""difang: a research workbench for the texts of Chinese local government.

The whole way in five lines: `corpus = difang.load(folder)`, `tokens = difang.segment(corpus)`,
`counts = difang.count(tokens, corpus.documents)`, `difang.tfidf_contrast(counts, by="province")`,
`difang.kwic(corpus, "发展")`. Names are looked up when they are used, so that importing is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from difang.errors import DifangError

if TYPE_CHECKING:
    from difang.compare.adoption import adoption, first_seen
    from difang.compare.composition import composition, standardised
    from difang.compare.headline import headline, single_document
    from difang.compare.inference import inference
    from difang.compare.keyness import keyness
    from difang.compare.measures import placebo
    from difang.compare.novelty import new_and_gone
    from difang.compare.panel import panel
    from difang.compare.rates import rates_by
    from difang.compare.tfidf import c_tfidf, tfidf, tfidf_contrast
    from difang.compare.trends import trend
    from difang.corpus.cleaning import RULES
    from difang.corpus.documents import Corpus
    from difang.corpus.loading import load
    from difang.corpus.overrides import correct
    from difang.passages.candidates import candidates
    from difang.passages.reuse import shared_passages
    from difang.passages.set_phrases import set_phrases
    from difang.passages.variants import fillings
    from difang.reports.panel_files import export_panel
    from difang.widgets.bench import bench
    from difang.widgets.forms import bench_fields, bench_phrases
    from difang.words.accepting import accept
    from difang.words.concepts import read_concepts
    from difang.words.concordance import kwic
    from difang.words.counting import Counts, count
    from difang.words.firing import firing_report
    from difang.words.lexicon import read_lexicon
    from difang.words.segmentation import segment
    from difang.words.tokens import Tokens

_HOMES = {
    "RULES": "corpus.cleaning",
    "Corpus": "corpus.documents",
    "load": "corpus.loading",
    "correct": "corpus.overrides",
    "Tokens": "words.tokens",
    "read_lexicon": "words.lexicon",
    "segment": "words.segmentation",
    "Counts": "words.counting",
    "count": "words.counting",
    "kwic": "words.concordance",
    "firing_report": "words.firing",
    "accept": "words.accepting",
    "candidates": "passages.candidates",
    "fillings": "passages.variants",
    "set_phrases": "passages.set_phrases",
    "shared_passages": "passages.reuse",
    "headline": "compare.headline",
    "single_document": "compare.headline",
    "inference": "compare.inference",
    "keyness": "compare.keyness",
    "placebo": "compare.measures",
    "panel": "compare.panel",
    "read_concepts": "words.concepts",
    "export_panel": "reports.panel_files",
    "bench": "widgets.bench",
    "bench_fields": "widgets.forms",
    "bench_phrases": "widgets.forms",
    "c_tfidf": "compare.tfidf",
    "tfidf": "compare.tfidf",
    "tfidf_contrast": "compare.tfidf",
    "rates_by": "compare.rates",
    "trend": "compare.trends",
    "new_and_gone": "compare.novelty",
    "adoption": "compare.adoption",
    "first_seen": "compare.adoption",
    "composition": "compare.composition",
    "standardised": "compare.composition",
}

__all__ = [
    "RULES",
    "Corpus",
    "Counts",
    "DifangError",
    "Tokens",
    "accept",
    "adoption",
    "bench",
    "bench_fields",
    "bench_phrases",
    "c_tfidf",
    "candidates",
    "composition",
    "correct",
    "count",
    "export_panel",
    "fillings",
    "firing_report",
    "first_seen",
    "headline",
    "inference",
    "keyness",
    "kwic",
    "load",
    "new_and_gone",
    "panel",
    "placebo",
    "rates_by",
    "read_concepts",
    "read_lexicon",
    "segment",
    "set_phrases",
    "shared_passages",
    "single_document",
    "standardised",
    "tfidf",
    "tfidf_contrast",
    "trend",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'difang' has no attribute {name!r}")
    return getattr(import_module(f"difang.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
