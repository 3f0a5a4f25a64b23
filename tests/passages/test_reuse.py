from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang import project
from difang.passages import matches, reuse
from difang.passages.normalising import normalise
from difang.passages.reuse import COLUMNS, ReuseError, reposts, shared_passages
from difang.words.concordance import lines

GOLD = Path(__file__).resolve().parents[1] / "gold" / "seed_reuse_gold.tsv"
LOGIC = (
    "工作在经济活动中体现政治逻辑在经济工作中体现政治担当在经济实践中体现政治效果"  # 001 and 004
)


def common_by_comparison(first, second, least):
    """All strings two texts share that cannot be made longer, by comparing every two positions."""
    found = set()
    for i in range(len(first)):
        for j in range(len(second)):
            if first[i] != second[j] or first[i] == "\n":
                continue
            if i and j and first[i - 1] == second[j - 1] != "\n":
                continue
            size = 0
            while (
                i + size < len(first)
                and j + size < len(second)
                and first[i + size] == second[j + size] != "\n"
            ):
                size += 1
            if size >= least:
                found.add(first[i : i + size])
    return found


def occurrences(span, text):
    return sum(text.startswith(span, at) for at in range(len(text)))


def test_seeds_give_the_spans_and_counts_of_the_gold(seeds):
    gold = pd.read_csv(GOLD, sep="\t").query("mode == 'sentence'").set_index("span")
    expected = {
        (span, column[1:]): count
        for column in gold.filter(regex=r"^c\d{3}$")
        for span, count in gold[column].items()
        if count
    }
    found = shared_passages(seeds)
    counted = {
        (text, doc_id[:3]): n
        for text, doc_id, n in found[["text", "doc_id", "n"]].itertuples(index=False)
    }
    assert counted == expected
    chars = dict(zip(found["text"], found["chars"], strict=True))
    assert chars == gold["n_cjk"].to_dict()


def test_longest_passage_of_the_seeds_is_shown_as_each_writes_it(seeds):
    found = shared_passages(seeds)
    assert found["text"].iloc[0] == LOGIC
    shown = lines(seeds, found[found["span_id"] == 1], width=4)
    assert list(shown["doc_id"].str[:3]) == ["001", "004"]
    assert shown["keyword"].iloc[0].startswith("工作，在经济活动中体现政治逻辑，")
    assert list(shown["left"]) == ["把握经济", "性地开展"]
    assert shown["right"].iloc[0] == "。要牢固"


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.text(alphabet="甲乙丙，。1", max_size=30), min_size=2, max_size=4),
    st.sampled_from([2, 9, 2**22]),
)
def test_equals_comparison_of_every_two_positions(corpus_of, texts, part):
    """However small the parts in which the text is gone through."""
    plain = [normalise(text).text for text in texts]
    expected = set()
    for i, first in enumerate(plain):
        for second in plain[i + 1 :]:
            expected |= common_by_comparison(first, second, 2)
    expected = {span for span in expected if sum(char in "甲乙丙" for char in span) >= 2}
    with patch.multiple(matches, CHUNK=part, BATCH=part):
        found = shared_passages(corpus_of(*texts), min_chars=2)
    assert set(found["text"]) == expected
    rows = {(row.text, int(row.doc_id[1:])): row.n for row in found.itertuples()}
    assert rows == {
        (span, number): occurrences(span, text)
        for span in expected
        for number, text in enumerate(plain)
        if span in text
    }


def test_a_string_that_only_its_longer_forms_share_is_not_listed(corpus_of):
    """中华 is unlike on both sides within d0 only; with d1 it shares 甲中华 and 中华丁."""
    found = shared_passages(corpus_of("甲中华丙。乙中华丁", "甲中华丁"), min_chars=2)
    assert set(found["text"]) == {"甲中华", "中华丁"}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(alphabet="甲乙丙，。“”\n", max_size=40), min_size=2, max_size=3))
def test_offsets_lead_back_to_the_text_as_written(corpus_of, texts):
    corpus = corpus_of(*texts)
    found = shared_passages(corpus, min_chars=3)
    for row in found.itertuples():
        written = corpus.documents.loc[row.doc_id, "text"][row.start : row.end]
        assert normalise(written).text == row.text
        assert row.chars == len(row.text)
        assert normalise(written[0]).text and normalise(written[-1]).text


def test_punctuation_and_width_do_not_hide_a_passage(corpus_of):
    corpus = corpus_of(
        "要增强“四个意识”、坚定“四个自信”，做到５个统筹",
        "应增强四个意识，坚定四个自信做到5个统筹。",
    )
    found = shared_passages(corpus)
    assert list(found["text"].unique()) == ["增强四个意识坚定四个自信做到5个统筹"]
    assert list(found["chars"]) == [17, 17]


@pytest.mark.parametrize("end", ["。", "！", "；", "\n", "?"])
def test_no_passage_runs_over_a_sentence_end(corpus_of, end):
    split, whole = f"推动县域经济{end}发展迈上台阶", "推动县域经济发展迈上台阶"
    assert shared_passages(corpus_of(split, whole)).empty
    assert shared_passages(corpus_of(split, split)).empty


def test_copies_are_left_out(corpus_of):
    text = "持续打造风清气正的政治环境"
    assert len(shared_passages(corpus_of(text, text))) == 2
    assert shared_passages(corpus_of(text, text, duplicate_of=[None, "d0"])).empty


def test_reposts_are_listed_whole(corpus_of):
    text = "“持续打造”风清气正的政治环境。"
    corpus = corpus_of(
        text, "另有内容", text, f"{text}（转载）", duplicate_of=[None, None, "d0", "d0"]
    )
    found = reposts(corpus)
    assert found["doc_id"].tolist() == ["d0", "d2", "d3"]
    assert set(found["text"]) == {"持续打造风清气正的政治环境"}
    assert found[["span_id", "chars", "kind"]].drop_duplicates().to_numpy().tolist() == [
        [1, 13, "repost"]
    ]
    assert found[["start", "end"]].to_numpy().tolist() == [[1, 15], [1, 15], [1, 19]]
    selected = SimpleNamespace(documents=corpus.documents.loc[["d2", "d3"]])  # without their source
    assert reposts(selected)["chars"].tolist() == [13, 13]
    assert reposts(corpus_of("甲", "乙")).empty
    assert list(reposts(corpus_of()).columns) == COLUMNS


def test_least_length_follows_the_size_of_the_corpus(corpus_of):
    nine, twelve = "一二三四五六七八九", "甲乙丙丁戊己庚辛壬癸子丑"
    small = corpus_of(*[f"{nine}。{twelve}"] * 2, *["无"] * 47)
    large = corpus_of(*[f"{nine}。{twelve}"] * 2, *["无"] * 48)
    assert list(shared_passages(small)["text"].unique()) == [twelve, nine]
    assert list(shared_passages(large)["text"].unique()) == [twelve]


@pytest.mark.parametrize(
    ("documents", "holders", "kind"),
    [
        (5, 2, "shared passage"),
        (5, 3, "stock formula"),
        (40, 7, "shared passage"),
        (40, 8, "stock formula"),
        (300, 19, "shared passage"),
        (300, 20, "stock formula"),
    ],
)
def test_what_many_documents_hold_is_a_stock_formula(corpus_of, documents, holders, kind):
    formula = "以习近平同志为核心的党中央"
    corpus = corpus_of(*[formula] * holders, *["另有内容"] * (documents - holders))
    found = shared_passages(corpus)
    assert list(found["kind"].unique()) == [kind]
    assert len(found) == holders


def test_a_document_without_text_and_an_empty_corpus_give_an_empty_table(corpus_of):
    for corpus in (corpus_of(), corpus_of("", None), corpus_of("政")):
        found = shared_passages(corpus)
        assert list(found.columns) == COLUMNS
        assert found.empty


def test_one_character_is_no_passage(corpus_of):
    with pytest.raises(ReuseError, match=r"of 1 character.*holds at least 2.*Choose `min_chars`"):
        shared_passages(corpus_of("甲", "甲"), min_chars=1)


def test_what_is_kept_is_found_again_but_not_for_another_text(corpus_of, tmp_path, monkeypatch):
    monkeypatch.setattr(project, "CACHE", tmp_path)
    monkeypatch.setattr(reuse, "WORTH", 0)
    texts = ["甲优化营商环境作为头等大事。", "乙优化营商环境作为头等大事。"]
    first, again = (shared_passages(corpus_of(*texts)) for _ in range(2))
    assert len(first) == 2 and list((tmp_path / "corpus").iterdir())
    pd.testing.assert_frame_equal(first, again)
    assert shared_passages(corpus_of(texts[0], "丙。")).empty
    assert len(shared_passages(corpus_of(*texts), min_chars=20)) == 0
