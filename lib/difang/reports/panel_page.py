"""What notebook 07 shows of a panel: one concept place by year, and the cells with their sentences.

In goes a `Panel`; out come a chart, a table and sentences, the sentence where there is no cell.
"""

from IPython.display import Markdown

from difang.compare.panel import Panel
from difang.reports import charts
from difang.reports.figures import Chart
from difang.reports.fragment import Fragment
from difang.reports.panel_files import WORDS, account, crossed
from difang.reports.wording import captions, say, tabulate


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
    facts = {"concept": name, "by": crossed(found), "n": found.n_documents}
    facts["few"] = int(rows["group_docs"].between(1, charts.FEW - 1).sum())
    words = captions(WORDS["heat"], folder=found.corpus.folder, **facts)
    chart = charts.heat(matrix, **words)
    columns = [*found.by, "concept", *list(WORDS["cells"]["columns"])[1:]]
    return Chart(chart.figure, chart.alt, rows.loc[rows["n"].notna(), columns])


def table(found: Panel, *, top: int = 20) -> Fragment | Markdown:
    """List the cells and concepts with the most documents and occurrences, with their lines."""
    rows = found.long[found.long["n"].gt(0).fillna(False)]
    rows = rows.sort_values(["group_docs", "n"], ascending=False, kind="stable")
    cells = rows[[*found.by, "concept"]].to_dict("records")
    names = [" ".join(map(str, cell.values())) for cell in cells]
    shown = zip(names[:top], cells[:top], strict=True)
    lines = {name: found.sentences(**{str(k): v for k, v in cell.items()}) for name, cell in shown}
    rows, by = rows.assign(term=names), crossed(found)
    return tabulate(WORDS["cells"], rows, rows=top, sentences=lines, by=by)
