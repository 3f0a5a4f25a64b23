"""What each cleaning rule did: its edits summed up, and samples of them before and after.

A corpus or its table of edits goes in; a table, or HTML with raw and clean text side by side, out.
"""

from html import escape

import pandas as pd

from difang.corpus.documents import Corpus
from difang.corpus.edits import Edit, Offsets
from difang.corpus.rules import ALWAYS, RULES
from difang.reports.fragment import Fragment
from difang.reports.tables import MISSING

CONTEXT, LONGEST, SAMPLES = 14, 50, 3  # characters beside and of a sample; samples of a rule


def by_rule(edits: pd.DataFrame) -> pd.DataFrame:
    """Sum the edits up by rule, the one that took most characters out first.

    Returns
    -------
    DataFrame, one row a rule and action
        rule, action, edits, out and put_in (characters), documents, reason.
    """
    sizes = edits.assign(out=edits["old"].str.len(), put_in=edits["new"].str.len())
    counted = {"edits": ("old", "size"), "out": ("out", "sum"), "put_in": ("put_in", "sum")}
    table = sizes.groupby(["rule", "action"], as_index=False).agg(
        **counted, documents=("doc_id", "nunique")
    )
    reasons = RULES | ALWAYS
    parts = table["rule"].str.split("+")
    table["reason"] = ["; ".join(reasons.get(part, part) for part in rule) for rule in parts]
    return table.sort_values("out", ascending=False, kind="stable", ignore_index=True)


def samples(corpus: Corpus) -> Fragment:
    """Set the longest edits of each rule before and after, in context, from documents in turn.

    What was taken out is struck through, what was put in underlined; ¶ is a line end.
    """
    edits = corpus.edits.assign(size=-corpus.edits["old"].str.len())
    edits = edits.sort_values("size", kind="stable")
    edits["turn"] = edits.groupby(["rule", "doc_id"]).cumcount()
    edits = edits.sort_values(["turn", "size"], kind="stable").groupby("rule").head(SAMPLES)
    rules = list(by_rule(corpus.edits)["rule"].unique())
    edits = edits.sort_values("rule", key=lambda names: names.map(rules.index), kind="stable")
    columns = ["doc_id", *Edit._fields]
    rows = [_sample(corpus, *row) for row in edits[columns].itertuples(index=False)]
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("rule", "raw", "clean", "document"))
    count = f"<caption>Samples 样例 <small>{len(rows)} rows</small></caption>"
    head = f'<div class="difang"><table>{count}<thead><tr>{heads}</tr></thead>'
    return Fragment(f"{head}{''.join(rows)}</table></div>")


def _sample(
    corpus: Corpus, doc_id: str, start: int, end: int, old: str, new: str, rule: str, _: str
) -> str:
    raw, text = corpus.raw[doc_id], corpus.documents["text"].loc[doc_id]
    own = corpus.edits[corpus.edits["doc_id"] == doc_id].drop(columns="doc_id")
    to_clean = Offsets(Edit(*row) for row in own.itertuples(index=False)).clean
    left, right, there = max(0, start - CONTEXT), min(len(raw), end + CONTEXT), to_clean(start)
    before = f"{_seen(raw[left:start])}<del>{_seen(old)}</del>{_seen(raw[end:right])}"
    after = f"{_seen(text[to_clean(left) : there])}<ins>{_seen(new)}</ins>"
    after += _seen(text[there + len(new) : to_clean(right)])
    after = after.replace("<ins></ins>", "") or MISSING
    cells = f'<td lang="zh-Hans">{before}</td><td lang="zh-Hans">{after}</td>'
    head, place = f'<th scope="row">{escape(rule)}</th>', f"<td>{escape(doc_id)}</td>"
    return f"<tbody><tr>{head}{cells}{place}</tr></tbody>"


def _seen(text: str) -> str:
    """Write a stretch of text as HTML in which nothing stays unseen; the middle may be cut."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
    marks = [c if c.isprintable() else "¶" if c == "\n" else f"⟨{ord(c):04X}⟩" for c in text]
    return escape("".join(marks))
