"""A comparison of groups: its scores, and from them the lists of every group.

In go a corpus, its tokens and counts, and a column; out comes a `Comparison`, from which the pages
of notebooks take what they show. Nothing here is refused by an error but a wrong name.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from difang.compare.groups import PLACES, Groups, cannot_compare, find_group, group, support
from difang.compare.headline import MASKED, NUMBER
from difang.compare.inference import LEVEL, inference
from difang.compare.measures import MEASURES, placebo, score
from difang.compare.names import names_in
from difang.compare.refusals import Refusal, refusal
from difang.compare.refusals import say as refuse
from difang.compare.tfidf import tfidf
from difang.corpus.documents import Corpus
from difang.corpus.metadata import spent
from difang.reports.group_lists import Lists, choose_target, kept, lists_of, mixed
from difang.reports.tiles import by_code
from difang.reports.wording import Page, plain, sentences
from difang.words.counting import Counts
from difang.words.lexicon import read_lexicon
from difang.words.tokens import Tokens

WORDS = sentences("compare")
_kinds = lru_cache(maxsize=1)(names_in)  # a page compares the same counts by place and by year
OFTEN = 20  # terms that a group is said to use most
PLAIN = 500  # terms of a group's own TF-IDF list, function words among them


@dataclass(frozen=True, eq=False)
class Comparison(Page):
    """What was compared, and the lists of every group.

    Attributes
    ----------
    reference : str
        What each group is compared with, as in `tfidf_contrast`.
    target : value or None
        The group under study; None where no document has the value.
    why : Refusal or None
        Why there is nothing to compare.
    scores : DataFrame
        What the measure gave; empty where there is nothing to compare.
    shared, single, plain : dict of DataFrames by group
        Headline list, single-document terms, highest own TF-IDF.
    spent : DataFrame
        Document, field and phrase that leave the comparison.
    hidden : frozenset of str
        Function words and bare numbers that no list shows.
    masked : tuple of str
        Flags of names that no list shows.
    kinds : Series by term
        What of names each term is.
    cluster : str or None
        As in `inference`.
    """

    corpus: Corpus
    tokens: Tokens
    counts: Counts
    groups: Groups
    reference: str
    target: Any
    why: Refusal | None
    scores: pd.DataFrame
    shared: Lists
    single: Lists
    plain: Lists
    spent: pd.DataFrame
    hidden: frozenset[str]
    masked: tuple[str, ...]
    kinds: "pd.Series[str]"
    cluster: str | None

    @property
    def by(self) -> str:
        """The column that names the groups."""
        return self.groups.by

    @property
    def left_out(self) -> dict[str, Collection[str]]:
        """What no list shows, as the functions of `headline` take it."""
        return {"stopwords": self.hidden, "masked": self.masked}

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What sentences are filled with."""
        documents, folder = len(self.groups.rows), self.corpus.folder
        return {
            "documents": documents,
            "by": self.by,
            "target": "未知" if self.target is None else self.target,
            "n": self.size(self.target),
            "against": plain(WORDS[self.reference], others=len(self.against())),
            "measure": WORDS["measures"][self.scores.attrs.get("measure", MEASURES[0])],
            "groups": len(self.groups.names),
            "able": len(self.able),
            "unknown": self.groups.no_group,
            "fiction": self.groups.fiction,
            "copies": self.groups.copies,
            "mixed": next(mixed(*self.sides(), by=self.by).itertuples(), None),
            "source": plain(WORDS["source"], documents=documents, folder=folder),
        }

    @cached_property
    def support(self) -> pd.DataFrame:
        """List the groups: provinces by their code, years in order, others by size."""
        rows = support(self.counts, by=self.by)
        if not self.groups.has_order:
            rows = rows.assign(code=rows["group"].map(by_code))
            rows = rows.sort_values(["code", "group_docs"], ascending=[True, False], kind="stable")
        rows["list"] = ["yes" if self.has_list(name) else "no" for name in rows["group"]]
        return rows.reset_index(drop=True)

    @property
    def own(self) -> pd.DataFrame:
        """The scores of the target."""
        rows: pd.DataFrame = self.scores[self.scores["group"] == self.target]
        return rows

    @cached_property
    def tested(self) -> pd.DataFrame:
        """The scores of the target with p, q and bounds."""
        return inference(self.own, self.counts, spent=self.spent, cluster=self.cluster)

    @cached_property
    def placebo(self) -> pd.DataFrame:
        """The scores of the target with p and q after the groups were dealt out anew."""
        return placebo(self.own, self.counts, mask=self.kinds, cluster=self.cluster)

    def tested_list(self) -> pd.DataFrame:
        """Return the target's headline list with p, q and bounds."""
        terms = self.shared[self.target]["term"]
        return self.tested.set_index("term").reindex(terms).reset_index()

    def told_apart(self) -> pd.DataFrame:
        """Return the terms of the target's list that it uses more, with q below .05."""
        rows = self.tested_list()
        return rows[(rows["q"] < LEVEL) & (rows["difference"] > 0)]

    @property
    def able(self) -> list[Any]:
        """The groups that have a headline list."""
        return [name for name in self.groups.names if self.has_list(name)]

    def has_list(self, name: Any) -> bool:
        """Whether a group has a headline list that is not empty."""
        return not self.why and name in self.shared and not self.shared[name].empty

    def size(self, name: Any) -> int:
        """Count the documents of a group."""
        names = self.groups.names
        return int(self.groups.sizes[names.index(name)]) if name in names else 0

    def find(self, name: Any) -> Any:
        """Find a group by its name or short name; UnknownGroupError if there is none."""
        return self.groups.names[find_group(self.groups.names, name, by=self.by)]

    def refused(self, name: Any) -> Refusal:
        """Say why a group has no headline list."""
        if self.why or name is None:
            return self.why or refuse("no group", by=self.by)
        if name not in self.shared:
            return refuse("first", group=name)
        return refusal(self.size(name)) or refuse("nothing")

    def highest(self, top: int = OFTEN) -> dict[Any, frozenset[str]]:
        """Return the terms with the highest own TF-IDF of each group."""
        return {name: frozenset(rows["term"].head(top)) for name, rows in self.plain.items()}

    def telling(self, name: Any) -> list[str]:
        """Return the terms of a headline list but those that most groups use most."""
        if not self.has_list(name):
            return []
        sets = self.highest().values()
        terms = list(self.shared[name]["term"])
        return [term for term in terms if 2 * sum(term in one for one in sets) <= len(sets)]

    def inside(self, name: Any) -> "pd.Series[bool]":
        """Tell which documents are compared as members of a group."""
        held = pd.Series(False, index=self.counts.documents.index)
        held.iloc[self.groups.rows[self.groups.codes == self.groups.names.index(name)]] = True
        return held

    def against(self) -> list[Any]:
        """Return the groups that the target is compared with."""
        names = list(self.groups.names)
        before = names[: names.index(self.target)] if self.target in names else []
        chosen = {"before": before, "previous": before[-1:]}
        return chosen.get(self.reference, [name for name in names if name != self.target])

    def sides(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the documents of the target, and those it is compared with."""
        documents = self.counts.documents.iloc[self.groups.rows]
        values = np.array([*self.groups.names, None], object)[self.groups.codes]
        return documents[values == self.target], documents[np.isin(values, self.against())]


def compare(
    corpus: Corpus,
    tokens: Tokens,
    counts: Counts,
    *,
    by: str,
    target: Any = None,
    reference: str | None = None,
    measure: str = MEASURES[0],
    cluster: str | None = None,
    **weighing: Any,
) -> Comparison:
    """Compare groups of documents by TF-IDF contrast or another measure; make the lists of each.

    Parameters
    ----------
    corpus, tokens, counts, by
        What `load`, `segment` and `count` gave, and the column that names the groups.
    target : value, optional
        By default the group with most documents; of years the latest with three or more.
    reference, measure, cluster, **weighing
        As in `measures.score`, whose sublinear_tf and norm are `weighing`, and `inference`.

    Raises
    ------
    UnknownColumnError, UnknownGroupError, ReferenceGroupsError
        As in `tfidf_contrast`.
    """
    groups, why = group(counts, by=by), cannot_compare(counts, by=by)
    reference = reference or ("before" if by == "year" else "others")
    kinds, gone = _kinds(counts), spent(corpus.evidence)
    stopwords = read_lexicon().function_words
    hidden = stopwords | {term for term in counts.terms if not any(map(str.isalpha, term))}
    masked = MASKED if by in PLACES else ("self", NUMBER)
    options = {"by": by, "mask": kinds, "spent": gone, **weighing}
    none = pd.DataFrame(columns=["group", "term", "score", "flags"])
    scores = none if why else score(counts, measure=measure, reference=reference, **options)
    own = tfidf(counts, top=PLAIN, **options) if groups.names else none
    chosen = choose_target(groups, target, reference)
    shared, single = lists_of(scores, hidden, masked)
    parts = own[own["score"] > 0].groupby("group", sort=False)
    plain = {name: kept(rows, hidden, masked) for name, rows in parts}
    return Comparison(corpus, tokens, counts, groups, reference, chosen, why, scores, shared,
                      single, plain, gone, hidden, masked, kinds, cluster)  # fmt: skip
