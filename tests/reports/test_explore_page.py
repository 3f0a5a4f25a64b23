import re

import pandas as pd
import pytest

import difang
from difang.reports import explore_page as page
from difang.reports.figures import Chart

FOLDER = "made"


pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture(scope="module")
def lexicon():
    return difang.read_lexicon()


@pytest.fixture(scope="module")
def counted(tmp_path_factory, lexicon):
    """Give corpus, tokens, counts and terms of some texts, or of the seeds."""

    def make(*texts):
        folder = None
        if texts:
            folder = tmp_path_factory.mktemp(FOLDER)
            for at, text in enumerate(texts):
                (folder / f"d{at}.txt").write_text(text, encoding="utf-8")
        corpus = difang.load(folder)
        tokens = difang.segment(corpus, lexicon=lexicon)
        counts = difang.count(tokens, corpus.documents)
        return corpus, tokens, counts, page.frequencies(counts, lexicon)

    return make


@pytest.fixture(scope="module")
def seeds(counted):
    return counted()


@pytest.fixture(scope="module")
def two(counted):
    return counted("我们的工作是发展经济。\n" * 2, "我们的改革。" * 40 + "\n")


def test_terms_are_counted_and_function_words_told_by_their_list(two):
    terms = two[3].set_index("term")
    assert terms.loc["改革", ["n", "n_docs"]].tolist() == [40, 1]
    assert "stopwords" in terms.loc["的", "left_out"]
    assert pd.isna(terms.loc["改革", "left_out"])
    assert terms["n"].is_monotonic_decreasing
    assert "的" not in set(page.content(two[3])["term"])
    assert terms["n"].sum() == two[2].tokens_per_document.sum()


def test_the_headline_is_the_first_term_no_list_leaves_out(two):
    _, _, counts, terms = two
    said = page.headline(counts, terms).data
    assert said.startswith("**改革**")
    assert "in 1 of 2 documents" in said
    assert "evenly" not in said  # two documents: no dispersion


def test_no_term_is_called_uneven_below_five_documents(two):
    assert page.gathered(two[2], two[3]).empty


def test_of_frequent_terms_the_one_in_a_single_document_is_least_even(seeds):
    _, _, counts, terms = seeds
    found = page.gathered(counts, terms)
    assert found["term"].iloc[0] == "吉水县"  # the place of one document
    assert found["n"].min() >= 2 * counts.n_documents
    assert "**吉水县** is spread least evenly" in page.headline(counts, terms).data


def test_bars_show_rates(two):
    corpus, _, counts, terms = two
    bars = page.most_used(corpus, counts, terms, top=3)
    first = bars.data.iloc[0]
    assert (first["term"], first["n"]) == ("改革", 40)
    assert first["rate"] == pytest.approx(40 * 10_000 / counts.tokens_per_document.sum())
    assert len(bars.data) == 3
    assert "每万词" in bars.alt


def test_the_number_of_a_term_is_the_number_of_its_sentences(seeds):
    corpus, tokens, _, terms = seeds
    shown = page.with_sentences(corpus, tokens, page.content(terms), top=20).html
    numbers = page.content(terms).head(20)["n"]
    opened = re.findall(r"</span>(?:20 of )?([\d,]+)</summary>", shown)
    assert [int(one) for one in opened] == numbers.tolist()


@pytest.mark.parametrize(
    ("times", "said"), [(2, "ask for no other weights"), (40, "sublinear_tf=True")]
)
def test_lengths_that_differ_much_call_for_a_warning(times, said):
    documents = pd.DataFrame({"chars": [100, 100 * times, 0]})
    told = page.composition(documents).data
    assert said in told
    assert f"{times:.0f}" in told
    assert "With 2 documents" in told


def test_many_documents_of_one_length_need_no_warning():
    told = page.composition(pd.DataFrame({"chars": [100] * 12})).data
    assert "With" not in told


def test_strokes_stand_where_the_terms_do(two):
    corpus, tokens, _, _ = two
    chart = page.strokes(corpus, tokens, ["经济", "没有的词"])
    assert isinstance(chart, Chart)
    assert len(chart.data) == 2
    assert chart.data["doc_id"].unique().tolist() == ["d0"]
    assert "没有的词" in page.strokes(corpus, tokens, ["没有的词"]).data


def test_the_firing_sentence_accounts_for_each_occurrence(seeds, lexicon):
    corpus, tokens, _, _ = seeds
    report = difang.firing_report(corpus, tokens, lexicon, terms=["发展"])
    said = page.firing(report, "发展").data
    in_text = sum(text.count("发展") for text in corpus.documents["text"])
    token = sum(tokens.of(doc_id).count("发展") for doc_id in tokens.doc_ids)
    assert f"{in_text} times and is a token {token} times" in said
    assert "高质量发展" in said
    assert "does not stand" in page.firing(report, "功成*在我").data


def test_documents_without_a_word_are_said_to_have_none(counted, lexicon):
    corpus, tokens, counts, terms = counted("。。。\n")
    for said in (page.headline(counts, terms), page.most_used(corpus, counts, terms, top=5)):
        assert "nothing to show" in said.data
    said = page.with_sentences(corpus, tokens, terms, top=5)
    assert "nothing to show" in said.data
    assert "nothing to show" in page.composition(corpus.documents.head(0)).data
    assert "0%" in page.limits(terms).data
    report = difang.firing_report(corpus, tokens, lexicon)
    assert "0 of 0" in page.conclusions(counts, terms, report).data


def test_names_the_font_lacks_do_not_stop_a_figure(counted):
    corpus, _, counts, terms = counted("发展😀改革𠀀。" * 3)
    corpus.documents.index = pd.Index(["甲😀"], name="doc_id")
    assert isinstance(page.lengths(corpus, counts), Chart)
    assert isinstance(page.most_used(corpus, counts, terms, top=5), Chart)
