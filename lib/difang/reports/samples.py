"""What each cleaning rule did: its edits summed up, its riskiest removals, samples side by side.

A corpus goes in; tables, or HTML with raw and clean text, come out.
"""

import re
from typing import Any

import pandas as pd
from markupsafe import Markup

from difang.corpus.documents import Corpus
from difang.corpus.edits import Edit, Offsets, undo
from difang.corpus.rules import ALWAYS, RULES
from difang.reports.fragment import Fragment
from difang.reports.language import named, plain, sentences
from difang.reports.lines import COLUMNS
from difang.reports.tables import MISSING, table

CONTEXT, LONGEST, SAMPLES = 14, 50, 3  # characters beside and of a sample; samples of a rule
MUCH, LONG = 0.05, 60  # share of a document's Han characters; Han characters of a stretch
WIDE, WHOLE = 60, 2_000  # characters beside and of a removal that is to be read
WORDS = sentences("corpus")
NEAR = 2  # characters between removals that make one stretch
HAN = re.compile(r"[\u3400-\u9fff]")
SENTENCE = re.compile("[。！？；]")


def by_rule(corpus: Corpus) -> pd.DataFrame:
    """Sum the edits up by rule, those with removals to look at first, then by characters out.

    Returns
    -------
    DataFrame, one row a rule and action
        rule, action, look (rows of `risks`), edits, out (characters of the raw text), documents,
        share (of all documents), reason.
    """
    names = ["rule", "action"]
    groups = corpus.edits.assign(out=corpus.edits["old"].str.len()).groupby(names)
    columns = {"edits": ("out", "size"), "out": ("out", "sum"), "documents": ("doc_id", "nunique")}
    table = groups.agg(**columns)
    table["share"] = table["documents"] / len(corpus.documents)
    look = risks(corpus).groupby(names).size().reindex(table.index, fill_value=0)
    table.insert(0, "look", look)
    table = table.reset_index()
    reasons = RULES | ALWAYS
    parts = table["rule"].str.split("+")
    told = [[named("reason of rule", part) for part in rule] for rule in parts]
    table["reason"] = ["; ".join(reasons.get(part, part) for part in rule) for rule in told]
    return table.sort_values(["look", "out"], ascending=False, kind="stable", ignore_index=True)


def risks(corpus: Corpus) -> pd.DataFrame:
    """List the removals in which text of a document's own may have gone.

    These are stretches of 60 Han characters or more that hold a sentence mark or were moved to
    metadata, and the longest stretch that a rule removed from a document of whose Han characters it
    removed more than 5 %. Removals of a rule that all but touch are one stretch.

    Returns
    -------
    DataFrame, one row a stretch, the longest of each rule first, then the second of each
        doc_id, rule, action, start, end (raw), han, marks, share (of the document, by this rule).
    """
    gone = corpus.edits[corpus.edits["action"] != "replace"].copy()
    gone["han"] = [len(HAN.findall(old)) for old in gone["old"]]
    gone["marks"] = [len(SENTENCE.findall(old)) for old in gone["old"]]
    gone = gone[gone["han"] > 0].sort_values(["doc_id", "rule", "start"], kind="stable")
    names = ["doc_id", "rule", "action"]
    apart = gone[names].ne(gone[names].shift()).any(axis=1)
    apart |= gone["start"] > gone["end"].shift() + NEAR
    runs = gone.assign(run=apart.cumsum()).groupby([*names, "run"], as_index=False)
    table = runs.agg({"start": "min", "end": "max", "han": "sum", "marks": "sum"})
    held = {doc_id: len(HAN.findall(corpus.raw[doc_id])) for doc_id in table["doc_id"].unique()}
    taken = table.groupby(names[:2])["han"].transform("sum")
    table["share"] = taken / pd.Series(held, dtype="float64").reindex(table["doc_id"]).to_numpy()
    table = table.sort_values("han", ascending=False, kind="stable")
    longest = ~table.duplicated(names[:2]) & table["share"].gt(MUCH) & table["action"].eq("remove")
    odd = table["han"].ge(LONG) & (table["marks"].gt(0) | table["action"].eq("move"))
    table = table[longest | odd]
    turn = table.groupby("rule").cumcount().sort_values(kind="stable")
    return table.loc[turn.index].drop(columns="run").reset_index(drop=True)


def whole(
    corpus: Corpus, found: pd.DataFrame, *, shown: int
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Name each of the removals `found`, and give what the first `shown` open: all of each."""
    rows = found.to_dict("records")
    names = [plain(WORDS["removal"], row=row) for row in rows]
    named = found.drop(columns=["doc_id", "rule", "start", "end"])
    named.insert(0, "removal", names)
    lines = {}
    for name, row in zip(names[:shown], rows[:shown], strict=True):
        told = in_context(corpus.raw[row["doc_id"]], row["start"], row["end"], WIDE)
        lines[name] = pd.DataFrame([(row["doc_id"], *told)], columns=COLUMNS)
    return named, lines


def in_context(raw: str, start: int, end: int, around: int = 24) -> tuple[str, str, str]:
    """Give a stretch of raw text with what stands beside it, nothing of it unseen."""
    left, right = raw[max(0, start - around) : start], raw[end : end + around]
    return visible(left), visible(raw[start:end]), visible(right)


def returned(corpus: Corpus) -> int:
    """Count the documents whose raw text comes back when all edits are undone."""
    edits = {str(doc_id): _edits(rows) for doc_id, rows in corpus.edits.groupby("doc_id")}
    texts = corpus.documents["text"]
    return sum(undo(texts[i], edits.get(i, [])) == raw for i, raw in corpus.raw.items())


def samples(corpus: Corpus) -> Fragment:
    """Set the longest edits of each rule before and after, in context, from documents in turn.

    What was taken out is struck through, what was put in underlined; ¶ is a line end.
    """
    edits = corpus.edits.assign(size=-corpus.edits["old"].str.len())
    edits = edits.sort_values("size", kind="stable")
    edits["turn"] = edits.groupby(["rule", "doc_id"]).cumcount()
    edits = edits.sort_values(["turn", "size"], kind="stable").groupby("rule").head(SAMPLES)
    edits["rule"] = pd.Categorical(edits["rule"], list(by_rule(corpus)["rule"].unique()))
    edits = edits.sort_values("rule", kind="stable")
    rows, told = [_sample(corpus, edit) for edit in edits.itertuples()], WORDS["samples"]
    return table(pd.DataFrame(rows, columns=[*told["columns"]], dtype="object"), rows=None, **told)


def _sample(corpus: Corpus, edit: Any) -> tuple[str, Markup, Markup, str]:
    """Give the rule of an edit, the raw and the clean text around it, and the document."""
    raw, text = corpus.raw[edit.doc_id], corpus.documents["text"].loc[edit.doc_id]
    own = corpus.edits[corpus.edits["doc_id"] == edit.doc_id]
    to_clean = Offsets(_edits(own)).clean
    left, right = max(0, edit.start - CONTEXT), min(len(raw), edit.end + CONTEXT)
    there = to_clean(edit.start)
    before = raw[left : edit.start], edit.old, raw[edit.end : right]
    after = text[to_clean(left) : there], edit.new, text[there + len(edit.new) : to_clean(right)]
    clean = _seen("{}<ins>{}</ins>{}" if edit.new else "{}{}{}", *after)
    return edit.rule, _seen("{}<del>{}</del>{}", *before), clean or Markup(MISSING), edit.doc_id


def _seen(how: str, *parts: str) -> Markup:
    """Write the parts of a sample into HTML, nothing of them unseen."""
    return Markup(how).format(*(visible(part, LONGEST) for part in parts))


def _edits(rows: pd.DataFrame) -> list[Edit]:
    return [Edit(*row) for row in rows[[*Edit._fields]].itertuples(index=False)]


def visible(text: str, longest: int = WHOLE) -> str:
    """Write a stretch of text so that nothing stays unseen; the middle may be cut."""
    if len(text) > longest:
        text = f"{text[: longest // 2]} … {text[-longest // 2 :]}"
    return "".join(c if c.isprintable() else "¶" if c == "\n" else f"⟨{ord(c):04X}⟩" for c in text)
