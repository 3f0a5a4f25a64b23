"""The sentences of the pages that compare groups, by language and name.

Another language joins as another mapping beside "en".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from difang.reports import wording

if TYPE_CHECKING:
    from IPython.display import Markdown

    from difang.compare.refusals import Refusal
    from difang.reports.comparison import Comparison

WORDS = {
    "en": {
        "both": "{zh}\n\n{en}",
        "source": "Source: {n:document(s)} of the folder {folder}.",
        "short unit": "contrast of TF-IDF",
        "unit": "contrast of TF-IDF: mean weight in the group less that in the reference",
        "others": "the {others:other group(s)}",
        "before": "the {others:group(s)} before",
        "previous": "the group before",
        "pooled": "all other documents",
        "overview": "Groups, their documents, and whether a headline list can stand",
        "bars": "{target} ({n} 篇): terms its documents share and use more than {against}",
        "bars note": "n: occurrences in the group. Function words, bare numbers and masked names "
        "are left out of the figure, not of the counts.",
        "no list": "Documents by {by}: no list of shared terms for {target}",
        "refusal note": "{zh} {en}",
        "headline": "Set against {against} (by {by}), the {n:document(s)} of **{target}** share "
        "and use more often **{terms}**; {first} stands {rate:.1f} times in 10,000 tokens "
        "(每万词), in {docs} of {n} documents.",
        "telling": " Leaving out what most groups use most: **{terms}**.",
        "headline nothing": "{en} {zh}",
        "headline refused": "**{target}** (by {by}): {en} {zh} "
        "Of {groups:group(s)} by {by}, {able} can be given a list.",
        "telling label": "without what most groups use most",
        "account": "- Compared: {n:document(s)}. Left out: {fiction:work(s)} of fiction; "
        "copies: {copies}.\n"
        "- {unknown:document(s)} without {by} (未知): counted for idf, in no group.\n"
        "- {idf_en} {idf_zh}\n"
        "- Spent: {spent:document(s)} whose {by} was read from a phrase of the text; there the "
        "document leaves the comparison of that phrase ({phrases}).\n"
        "- Function words and bare numbers ({hidden:term(s)}) are counted but not listed.",
        "group": "### {group}: {n:document(s)}\n\n{zh}\n\n{en}",
        "shared caption": "{group}: terms that its documents share, by TF-IDF contrast",
        "shared none": "No term that documents of {group} share has a contrast above 0.",
        "single caption": "{group}: 单篇词, terms that hang on single documents",
        "single none": "{group} has no term that hangs on a single document (单篇词).",
        "both caption": "{group}: terms that both documents use, and more than the reference",
        "both none": "The two documents of {group} share no term that they use more than the "
        "reference.",
        "names caption": "{group}: names and words for its own division, left out of lists",
        "names none": "The lists of {group} leave out no name and no word for its own division.",
        "names kept": "By {by}, names of places and persons and words for one's own division are "
        "flagged (place, person, self) and stay in the lists: {n:such term(s)} "
        "used more by {target} than by its reference.",
        "other groups": "The other groups: first {top} terms of each list, or why there is none",
        "two lists": "Of the {own:term(s)} of {target} highest in TF-IDF, {both} are also among "
        "those highest in the contrast; {common} are among the highest of more than half of all "
        "groups. A group's own highest TF-IDF words are its frequent words, not its distinctive "
        "ones.",
        "pair": "{target}: highest contrast, and highest TF-IDF of its own",
        "pair groups": "groups (of {n}) with the latter among their {top} highest",
        "sides": "What {target} uses more, and less, than the reference",
        "less": "reference",
        "sides note": "Right: shared by documents of the group; left: by those of the reference.",
        "less none": "The reference ({n:document(s)}) holds no term that its documents share and "
        "that {target} uses less; sharing takes three documents.",
        "heat": "Rates by {by} of the first telling terms of each list",
        "telling note": "Left out: terms among the highest TF-IDF of most groups.",
        "heat shared": "No group has a list; rates of the terms that all groups use, by {by}",
        "rates note": "Mean of the rates of a group's documents.",
        "nothing shared": "There is no content word that two groups or more all use.",
        "everywhere": "Terms that all {groups:group(s)} use, the most frequent first",
        "composition": "{alone} of {n:document(s)} of {target} have a {variable} that no document "
        "of the reference has: there, what looks like a difference by {by} may be one by "
        "{variable}.",
        "composition none": "Every province, year, genre and level known of the {n:document(s)} of "
        "{target} is also that of a document of the reference.",
        "made of": "What the target and its reference are made of: values and documents",
        "no trend": "No figure over time: no document has a {by}, or the documents hold none of "
        "the terms asked for ({terms}).",
        "trend": "Rates by {by}: {terms}",
        "trend note": "Mean of the rates of the documents; hollow: fewer than three of them.",
        "undated": "{unknown} of {n:document(s)} have no {by} (未知): the text states none, and "
        "the window that its evidence allows spans more than one.",
        "conclusion": "- {shared:term(s)} are shared by documents of **{target}** and used more "
        "than by {against}: first {terms}.\n"
        "- {single:further term(s)} score above 0 but hang on single documents (单篇词).\n"
        "- {able} of {groups:group(s)} by {by} can be given a list of shared terms.",
        "limits": "- {few} of {groups:group(s)} have fewer than three documents: what sets them "
        "apart may be what sets one document apart.\n"
        "- {unknown} of {n:document(s)} have no {by} and are in no group.\n"
        "- TF-IDF contrast has no p-value: a rank says how far a term stands out, not whether it "
        "would stand out again in other documents.\n"
        "- Terms are as jieba and the lexicon cut them (`difang lexicon` shows which entries "
        "fire); what they mean is in the sentences, not in the score.",
    }
}


def say(page: Comparison, key: str, **values: object) -> Markdown:
    """Fill a sentence of the page."""
    return wording.say(WORDS, key, page.lang, **values)


def text(page: Comparison, key: str, **values: object) -> str:
    """Fill a sentence for a figure or a caption."""
    return wording.plain(WORDS, key, page.lang, **values)


def refused(why: Refusal) -> Markdown:
    """Show a refusal in Chinese, and English below."""
    return wording.say(WORDS, "both", zh=why.zh, en=why.en)


def source(page: Comparison, note: str) -> str:
    """Give the note of a figure, with its source."""
    origin = text(page, "source", n=len(page.groups.rows), folder=page.corpus.folder)
    return f"{note} {origin}"
