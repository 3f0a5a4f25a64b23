"""The bench as Python sees it: set a control, and list, figure, sentences and code follow."""

import re
from html import unescape

import ipywidgets
import pandas as pd
import pytest

import difang
from difang.compare.groups import UnknownColumnError
from difang.reports import compare_page
from difang.widgets.desk import together


@pytest.fixture(scope="module")
def corpus():
    return difang.load()


@pytest.fixture
def bench(corpus):
    desk = difang.bench(corpus)
    desk.update(desk.look)
    return desk


def codes(desk):
    return [unescape(one) for one in re.findall(r"<pre>(.*?)</pre>", desk.shown.html, re.DOTALL)]


def made_by(desk, corpus):
    """Execute the code that is shown; give its sentences and its list."""
    compared, sentences, figure, listed = codes(desk)
    names = {"corpus": corpus}
    exec(compared, names)
    assert figure.startswith("charts.show(compare_page.first_figure(chosen")
    return eval(sentences, names), eval(listed, names), names["chosen"]


def first_column(html):
    """Read the heads of the rows of the list: what the page shows, not what the desk holds."""
    table = re.search(r"<table>.*?</table>", html, re.DOTALL)[0]
    return re.findall(r'<th scope="row"[^>]*>([^<]+?)\s*<', table)


def test_the_code_shown_gives_the_list_figure_and_sentences_shown(bench, corpus):
    for measure in ("tfidf_contrast", "g2"):
        bench.measure.value = measure
        bench.term.value = bench.term.options[2]
        sentences, listed, chosen = made_by(bench, corpus)
        assert listed["term"].tolist() == first_column(bench.shown.html) == [*bench.term.options]
        assert set(sentences["keyword"]) == {bench.term.value}
        of_term = listed.set_index("term").loc[bench.term.value]
        assert len(sentences) == of_term["n"]
        for line in sentences.itertuples():
            assert f"{line.left}</span><b>{line.keyword}</b><span>{line.right}" in bench.shown.html
        assert chosen.scores.attrs["measure"] == measure
        assert compare_page.first_figure(chosen).alt in unescape(bench.shown.html)


def test_each_control_changes_what_is_shown(bench, corpus):
    seen = {bench.shown.html}
    for control, value in (("measure", "g2"), ("reference", "pooled"), ("by", "level")):
        getattr(bench, control).value = value
        assert f"{control}='{value}'" in codes(bench)[0]
        seen.add(bench.shown.html)
    assert len(seen) == 4
    levels = corpus.documents["level"].dropna().unique()
    assert {name for _, name in bench.target.options} == set(levels)


def test_sentences_are_told_with_day_and_province(bench, corpus):
    row = corpus.documents.loc["000_e42d4e34f27c5150"]
    told = f"000_e42d4e34f27c5150 · {row['date'].date()} · {row['province']}"
    assert f"<cite>{told}</cite>" in bench.shown.html


def test_too_little_to_say_is_said_and_its_single_document_terms_are_to_be_read(bench, corpus):
    bench.target.value = "湖北省"
    assert difang.compare.refusals.reading(1).zh[:12] in re.sub("<[^>]+>", "", bench.shown.html)
    assert "chosen.single[chosen.target]" in codes(bench)[-1]
    _, listed, chosen = made_by(bench, corpus)
    assert chosen.target == "湖北省"
    assert listed["term"].tolist() == [*bench.term.options]


def test_years_may_be_compared_with_those_before_and_places_not(bench):
    assert [name for _, name in bench.reference.options] == ["others", "pooled"]
    bench.by.value = "year"
    assert bench.reference.value == "before"
    assert {name for _, name in bench.reference.options} >= {"others", "before", "previous"}
    bench.target.value = 2018  # nothing lies before the first year
    assert "2018" in bench.shown.html
    bench.by.value = "province"
    assert bench.reference.value == "others"


def test_an_error_takes_the_place_of_what_is_shown(bench):
    def broken():
        raise difang.DifangError("Cannot <do> it. There is none. Choose another.")

    bench.update(broken)
    assert "Cannot &lt;do&gt; it." in bench.shown.html
    bench.update(lambda: 1 / 0)
    assert "ZeroDivisionError" in bench.shown.html
    bench.measure.value = "g2"
    assert "Error" not in bench.shown.html


def test_what_is_wrong_at_first_is_an_error(corpus):
    with pytest.raises(UnknownColumnError, match="Cannot group documents by 'planet'"):
        difang.bench(corpus, by="planet")


def test_a_bench_shows_itself_as_controls_and_one_output_of_html(bench, capsys):
    bench._ipython_display_()
    assert "HTML of" in capsys.readouterr().out
    assert all(isinstance(row, ipywidgets.Box) for row in bench.controls.children)
    assert bench.shown.html == together(bench.look()).html
    assert bench.shown.csv.startswith("term,score")


def test_tokens_and_counts_of_ones_own_are_not_made_again(corpus):
    tokens = difang.segment(corpus, lexicon=None)
    counts = difang.count(tokens, corpus.documents)
    desk = difang.bench(corpus, tokens, counts, measure="log_odds", top=5)
    desk.update(desk.look)
    compared, *_, listed = codes(desk)
    assert "segment" not in compared
    names = {"corpus": corpus, "tokens": tokens, "counts": counts}
    exec(compared, names)
    assert len(eval(listed, names)) == 5
    assert pd.Series(first_column(desk.shown.html)).tolist() == [*desk.term.options]
