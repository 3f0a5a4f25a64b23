"""What notebooks 03 and 04 say of how sure a list is, on counts made for the purpose."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from IPython.display import Markdown
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer

from difang.compare.refusals import say
from difang.reports import certainty, compare_page
from difang.reports.comparison import Comparison, compare
from difang.words.counting import Counts
from difang.words.tokens import Tokens

EVIDENCE = pd.DataFrame(
    columns=["doc_id", "field", "value", "basis", "rule", "quote", "decisive"]
).astype({"decisive": bool, "quote": "str"})
PLANTED = ("数据", "山地")


def made(*sizes: int, difference: int = 6) -> Comparison:
    """Compare groups of so many documents whose words cluster; the first uses two words more."""
    groups = [name for name, size in zip("甲乙丙", sizes, strict=False) for _ in range(size)]
    words = pd.Index([*PLANTED, *(f"词{chr(19968 + i)}" for i in range(80))], dtype="str")
    random = np.random.default_rng(8)
    shares = random.dirichlet(random.dirichlet(np.full(82, 4.0)) * 300, size=len(groups))
    matrix = np.array([random.multinomial(600, share) for share in shares])
    matrix[[name == "甲" for name in groups], :2] += difference
    index = pd.Index([f"d{i}" for i in range(len(groups))], dtype="str")
    documents = pd.DataFrame({"level": groups, "text": "", "genre": "speech"}, index=index)
    corpus = SimpleNamespace(documents=documents, folder="试", evidence=EVIDENCE)
    tokens = Tokens((), (), *(np.zeros(0, np.int64),) * 2, "", np.zeros(0, np.int32))
    counts = Counts(csr_matrix(matrix.astype(np.int32)), words, documents)
    return compare(corpus, tokens, counts, by="level", target="甲")


def test_a_group_that_differs_is_told_apart_and_its_placebo_is_not():
    page = made(12, 12)
    said, shown = certainty.certainty(page)
    assert "12 against 12" in said.data and "Placebo" in said.data and "检验" in said.data
    assert "rank among all terms (90 %)" in shown.html
    assert all(label in shown.html for label in ("resamples in first 20", "每万词差"))
    assert set(PLANTED) <= set(page.told_apart()["term"])
    page.tested.loc[page.tested["term"] == PLANTED[0], "difference"] *= -1  # used less: not apart
    assert PLANTED[0] not in set(page.told_apart()["term"])
    first = page.tested_list().set_index("term").loc[PLANTED[0]]
    assert first["rank_high"] <= 10 and first["q"] < 0.05
    chance = page.placebo
    assert (chance["q"] < 0.05).sum() == 0
    assert "placebo" in certainty.beside_placebo(page).html


def test_three_documents_have_a_range_by_its_name():
    _, shown = certainty.certainty(made(3, 9))
    assert "a range, not an interval" in shown.html
    assert "resamples" not in shown.html


@pytest.mark.parametrize("size", [1, 2])
def test_one_or_two_documents_get_the_sentence(size):
    page = made(size, 9)
    (said,) = certainty.certainty(page)
    expected = say("untested", documents=size, reference_documents=9)
    assert said.data == f"{expected.zh}\n\n{expected.en}"
    assert isinstance(certainty.beside_placebo(page), Markdown)


def test_a_single_group_has_nothing_to_be_sure_of():
    page = made(5)
    assert certainty.certainty(page)[0].data == compare_page.as_above(page).data


def test_the_conclusions_count_the_terms_that_chance_seldom_gives():
    page = made(12, 12)
    assert f"{len(page.told_apart())} of the" in compare_page.conclusions(page).data


def test_the_list_by_the_other_weighing_stands_beside():
    page = made(12, 12)
    said, shown = certainty.other_weighing(page)
    assert "1 + ln n" in said.data and "first 30 terms" in said.data
    assert "rank by 1 + ln n" in shown.html and PLANTED[0] in shown.html
    parts = (getattr(page, part) for part in ("corpus", "tokens", "counts"))
    turned = compare(*parts, by="level", target="甲", sublinear_tf=True)
    ours, theirs = (set(one.shared["甲"]["term"].head(30)) for one in (page, turned))
    assert f"have {len(ours & theirs)} in common" in said.data
    said, shown = certainty.other_weighing(turned)  # seen from there, the default is the other
    assert "with n itself, the default" in " ".join(said.data.split())
    assert f"have {len(ours & theirs)} in common" in said.data
    assert certainty.other_weighing(made(2, 9)) == []


def lines_drawn(chart):
    return [line for one in chart.figure.axes[0].collections for line in one.get_segments()]


def note_of(chart):
    return " ".join(chart.figure.get_supxlabel().split())


def test_bars_carry_the_range_of_three_documents_and_say_that_it_is_none_of_draws():
    page = made(3, 9)
    chart = compare_page.first_figure(page, top=5)
    assert "each document left out once: a range" in note_of(chart)
    assert "resamples" not in note_of(chart)
    counts = page.counts.matrix.toarray()
    weights = TfidfTransformer().fit_transform(counts).toarray()
    others = weights[3:].mean(axis=0)
    left = [weights[[i for i in range(3) if i != out]].mean(axis=0) - others for out in range(3)]
    ends = pd.DataFrame({"low": np.min(left, axis=0), "high": np.max(left, axis=0)})
    ends = ends.set_axis(page.counts.terms).loc[chart.data["term"]].to_numpy()
    drawn = [line[:, 0] for line in lines_drawn(chart)]
    np.testing.assert_allclose(drawn, ends)


def test_bars_of_many_documents_carry_an_interval_around_the_score():
    chart = compare_page.first_figure(made(12, 12), top=5)
    assert "95 % of the resamples" in note_of(chart)
    for line, score in zip(lines_drawn(chart), chart.data["score"], strict=True):
        assert line[0, 0] < score < line[1, 0]


def test_bars_of_a_measure_that_is_not_drawn_again_or_if_none_are_asked_for_carry_no_lines():
    page = made(12, 12)
    asked = compare_page.first_figure(page, top=5, limits=False)
    counted = compare(page.corpus, page.tokens, page.counts, by="level", target="甲", measure="g2")
    for chart in (asked, compare_page.first_figure(counted, top=5)):
        assert not lines_drawn(chart)
        assert "Line:" not in note_of(chart)
