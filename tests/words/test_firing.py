from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from difang.words.firing import firing_report
from difang.words.lexicon import read_lexicon
from difang.words.matching import spelling
from difang.words.segmentation import segment

GOLD = Path(__file__).parents[1] / "gold" / "seed_tifa_gold.tsv"

COLUMNS = ["entry", "kind", "in_text", "as_token", "inside_longer", "split", "inside"]


def report(corpus, lexicon, *terms):
    tokens = segment(corpus, lexicon=lexicon)
    table = firing_report(corpus, tokens, lexicon, terms=terms)
    assert table.columns.tolist() == COLUMNS
    parts = table["as_token"] + table["inside_longer"] + table["split"]
    assert table["in_text"].tolist() == parts.tolist()
    assert not table.loc[table["kind"] == "set phrase", "split"].any()
    return table.set_index("entry")


@pytest.fixture
def seed_001(seeds):
    return SimpleNamespace(documents=seeds.documents.loc[["001"]])


def test_seed_numbers_without_a_lexicon(seed_001):
    table = report(seed_001, None, "发展", "经济")
    assert table.loc["发展"].tolist() == ["asked", 29, 28, 1, 0, "促发展 1"]
    assert table.loc["经济"].tolist() == ["asked", 16, 15, 1, 0, "经济社会 1"]


def test_the_lexicon_explains_every_difference(seed_001):
    tokens = segment(seed_001).of("001")
    text = seed_001.documents.loc["001", "text"]
    table = report(seed_001, read_lexicon(), "发展", "经济")
    for term in ("发展", "经济"):
        row = table.loc[term]
        assert (row["in_text"], row["as_token"]) == (text.count(term), tokens.count(term))
        assert row["split"] == 0
    assert "新发展格局 3；高质量发展 2" in table.loc["发展", "inside"]


def test_tokens_of_the_whole_lexicon_are_all_accounted_for(seeds):
    lexicon = read_lexicon()
    tokens = segment(seeds)
    read = [token for doc_id in tokens.doc_ids for token in tokens.of(doc_id)]
    table = report(seeds, lexicon)
    assert table["as_token"].to_dict() == {entry: read.count(entry) for entry in table.index}
    accounted = table[["as_token", "inside_longer", "split"]].sum(axis=1)
    assert accounted.equals(table["in_text"].astype(accounted.dtype))
    assert not table.loc[table["kind"] == "set phrase", "split"].any()
    assert (table.loc[table["split"] > 0, "inside"].str.contains("|", regex=False)).all()


def test_what_fails_comes_first_and_says_how_it_was_cut(lexicon_of, corpus_of):
    lexicon = lexicon_of(words="市长江", phrases="phrase\n新发展理念\n改革开放\n")
    corpus = corpus_of("改革开放，改革开放。新发展理念，创新发展理念。南京市长江大桥")
    table = report(corpus, lexicon)
    assert table.index.tolist() == ["市长江", "改革开放", "新发展理念"]
    assert table.loc["市长江"].tolist() == ["word", 1, 0, 0, 1, "南京市|长江大桥 1"]
    assert table.loc["新发展理念"].tolist() == ["set phrase", 2, 1, 1, 0, "创新|发展|理念 1"]


def test_variants_and_words_with_quotes_are_reported_under_their_entry(lexicon_of, corpus_of):
    phrases = "phrase,variants,match\n一张蓝图绘到底,一张蓝图干到底,\n重要窗口,,quoted\n略去,,off\n"
    lexicon = lexicon_of(words="“四最”环境", phrases=phrases)
    table = report(corpus_of("一张蓝图干到底，“四最”环境、四最环境，重要窗口，略去"), lexicon)
    assert table["as_token"].to_dict() == {"四最环境": 2, "一张蓝图绘到底": 1, "重要窗口": 0}
    assert table.loc["重要窗口", "in_text"] == 0


def test_an_entry_that_is_nowhere_is_listed_all_the_same(lexicon_of, corpus_of):
    table = report(corpus_of("", "发展"), lexicon_of(words="安源精神"), "发展", "“发展”")
    assert table["in_text"].to_dict() == {"发展": 1, "安源精神": 0}


def test_many_other_readings_are_summed(corpus_of):
    corpus = corpus_of("经济社会，经济学，经济特区，经济基础，经济危机，经济法")
    table = report(corpus, None, "经")
    assert table.loc["经", "inside_longer"] == 6
    assert table.loc["经", "inside"].endswith("；… 1")


def test_counts_of_set_phrases_equal_the_expert_reading(seeds):
    gold = pd.read_csv(GOLD, sep="\t", dtype=str, keep_default_na=False)
    lexicon = read_lexicon()
    matched = lexicon.phrases[lexicon.phrases["match"] != "off"]
    entry_of = {spelling(phrase, "", "any").key: phrase for phrase in matched["phrase"]}
    plain = matched.loc[matched["variants"] == "", "phrase"].tolist()
    checked = 0
    for file, rows in gold[gold["tier"] == "A"].groupby("seed_file"):
        one = SimpleNamespace(documents=seeds.documents.loc[[str(file)[:3]]])
        table = report(one, lexicon)
        for phrase, n in zip(rows["phrase"], rows["count"].astype(int), strict=True):
            if entry_of.get(phrase) in plain:
                assert (phrase, table.loc[entry_of[phrase], "in_text"]) == (phrase, n)
                checked += 1
    assert checked > 80
