"""What notebook 07 shows of a panel: one concept place by year, and the cells with their sentences.

In goes a `Panel`; out come a chart, a table and sentences, the sentence where there is no cell.
"""

from IPython.display import Markdown

from difang.compare.panel import Panel
from difang.reports import charts
from difang.reports.figures import Chart
from difang.reports.fragment import Fragment
from difang.reports.panel_files import WORDS, account
from difang.reports.wording import listed, plain, say

COLUMNS = {"n": "n", "tokens": "tokens", "rate_mean": "mean rate 每万词", "n_docs": "with it 篇",
           "group_docs": "documents 篇"}  # fmt: skip


def told(found: Panel) -> Markdown:
    """Say what was counted, and what is in no cell."""
    return say("{said}", said=account(found))


def heat(found: Panel, concept: str | None = None) -> Chart | Markdown:
    """Colour the cells by the mean rate of a concept, by default of the one named most often."""
    if found.hits.empty or len(found.by) != 2:
        return told(found)
    name = concept or str(found.hits["concept"].mode()[0])
    rows = found.long[found.long["concept"] == name]
    matrix = rows.pivot_table("rate_mean", *found.by, sort=False, observed=False, dropna=False)
    few = int(rows["group_docs"].between(1, charts.FEW - 1).sum())
    title = plain(WORDS["heat"], concept=name, by=" × ".join(found.by))
    note = plain(WORDS["heat note"], few=few, folder=found.corpus.folder, n=found.n_documents)
    chart = charts.heat(matrix, title=title, unit="每万词", note=note)
    return Chart(
        chart.figure, chart.alt, rows.loc[rows["n"].notna(), [*found.by, "concept", *COLUMNS]]
    )


def table(found: Panel, *, top: int = 20) -> Fragment | Markdown:
    """List the cells and concepts with the most documents and occurrences, with their lines."""
    rows = found.long[found.long["n"].gt(0).fillna(False)]
    rows = rows.sort_values(["group_docs", "n"], ascending=False, kind="stable")
    keys = [*found.by, "concept"]
    values = list(rows[keys].itertuples(index=False, name=None))
    names = [" ".join(map(str, cell)) for cell in values]
    cells = [dict(zip(keys, cell, strict=True)) for cell in values]
    lines = {
        name: found.sentences(**cell) for name, cell in zip(names[:top], cells[:top], strict=True)
    }
    rows = rows.assign(term=names)
    columns = {"term": "cell and concept"} | COLUMNS
    none = say(WORDS["no cell"], by=" × ".join(found.by))
    return listed(
        rows, caption=WORDS["cells"], none=none, rows=top, columns=columns, sentences=lines
    )
