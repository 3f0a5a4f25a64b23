import csv
import re
from pathlib import Path

import pytest

from difang import project
from difang.words.lexicon import LexiconError, read_lexicon
from difang.words.matching import spelling
from difang.words.segmentation import segment

TELLING = [
    "人民",
    "必须",
    "坚持",
    "加强",
    "推进",
    "落实",
    "发展",
    "改革",
    "群众",
    "党",
    "全面",
    "深入",
    "坚决",
    "始终",
    "首要",
    "不断",
    "贯彻",
]


@pytest.fixture(scope="module")
def shipped():
    return read_lexicon()


def test_words_survive_bom_windows_lines_and_remarks(lexicon_of):
    words = "\ufeff# 我们的词\r\n政治建设 10\r\n\r\n安源精神 20 nz  # 江西\r\n县域\tn\r\n".encode()
    table = lexicon_of(words=words).words
    assert table.to_numpy().tolist() == [
        ["政治建设", 10, ""],
        ["安源精神", 20, "nz"],
        ["县域", 0, "n"],
    ]


def test_a_word_given_twice_keeps_the_higher_frequency(lexicon_of):
    assert lexicon_of(words="县域 7\n县域 3").words["freq"].tolist() == [7]


@pytest.mark.parametrize("line", ["政治建设 十", "政治 建设 10", "县域 -3", "“”"])
def test_an_unreadable_word_line_is_named(lexicon_of, line):
    with pytest.raises(LexiconError, match=rf"words\.txt, line 2: {re.escape(repr(line))}"):
        lexicon_of(words=f"发展\n{line}\n")


def test_a_file_in_another_encoding_is_named_with_its_line(lexicon_of):
    with pytest.raises(LexiconError, match=r"words\.txt as UTF-8, line 2.*0xd5.*Save the file"):
        lexicon_of(words="abc\n政治".encode("gb18030"))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("phrase,match\n国之大者,often", "line 2: match is 'often', not one of any, quoted, off"),
        (
            "phrase\n“四最”环境\n四最环境",
            "line 3: 四最环境 or a variant of it stands in an earlier",
        ),
        ("phrase,variants\n碳达峰、碳中和,双碳\n双碳,", "line 3: 双碳 or a variant"),
        ("phrase,kind\n、,national", "line 2: it holds no phrase"),
        ("提法,kind\n国之大者,national", "It holds the columns 提法, kind. Name one column"),
        ("phrase,kind\n国之大者,national,more", "line 2: it has more cells than the head"),
        ('phrase,kind\n国之大者,"nation"al', "set_phrases.csv after line 1: ',' expected"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(lexicon_of, rows, says):
    with pytest.raises(LexiconError, match=re.escape(says)):
        lexicon_of(phrases=rows)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"nowhere. The folder does not exist. Name a folder"):
        read_lexicon(tmp_path / "nowhere")


def test_files_may_be_missing(tmp_path):
    lexicon = read_lexicon(str(tmp_path))
    assert (len(lexicon.words), len(lexicon.phrases), lexicon.stopwords) == (0, 0, {})


def test_the_hash_follows_what_decides_the_tokens_and_nothing_else(lexicon_of, tmp_path):
    row = "phrase,variants,note\n国之大者,,{}\n"
    first = lexicon_of(phrases=row.format("a"))
    (tmp_path / "lexicon" / "stopwords.txt").write_text("的\n", "utf-8")
    assert lexicon_of(phrases=row.format("b")).hash == first.hash
    assert lexicon_of(phrases=row.format("b"), words="县域").hash != first.hash
    assert lexicon_of(phrases="phrase,variants\n国之大者,大者\n").hash != first.hash


def test_every_dated_phrase_is_in_the_shipped_lexicon_with_its_date(shipped):
    with Path(project.REFERENCE, "dated_phrases.csv").open(encoding="utf-8-sig") as file:
        dated = {spelling(r["phrase"], "", "any").key: r for r in csv.DictReader(file)}
    rows = {
        spelling(written, "", "any").key: row
        for row in shipped.phrases.to_dict("records")
        for written in (row["phrase"], *row["variants"].split("|"))
    }
    assert dated.keys() <= rows.keys()
    for key, given in dated.items():
        row = rows[key]
        assert (row["first_use"], row["source"]) == (given["first_official"], given["source"])
        assert (row["kind"] == "national") == (given["scope"] == "全国")


def test_the_shipped_phrases_are_written_without_quotation_marks(shipped):
    assert not shipped.phrases["phrase"].str.contains("[“”‘’]").any()
    assert shipped.phrases["kind"].str.fullmatch(r"national|provincial:.+(省|市|自治区)").all()
    assert shipped.phrases["source"].ne("").all()


def test_only_words_that_tell_nothing_are_in_the_stopword_lists(shipped):
    lists = shipped.stopwords
    held = {
        "stopwords": {"的", "和", "在"},
        "own_stopwords": {"的", "和", "在"},
        "quantity_stopwords": {"亿元", "同比", "今年", "第五次"},
    }
    assert lists.keys() == held.keys()
    for name, words in lists.items():
        assert not words.intersection(TELLING)
        assert held[name] <= words
    assert not [w for w in shipped.stopwords["stopwords"] if w.startswith("#")]


def test_no_shipped_word_is_a_set_phrase_too_for_it_would_never_fire(shipped):
    keys = {phrase.key for phrase in shipped.to_match()}
    assert [word for word in shipped.words["word"] if word in keys] == []


@pytest.mark.parametrize(
    ("written", "phrase"),
    [
        ("推进供给侧改革", "供给侧结构性改革"),
        ("推进“供给侧”结构性改革", "供给侧结构性改革"),
        ("党的十八届三中、四中全会", "十八届四中全会"),
        ("应对国际金融危机", "金融危机"),
        ("推动双创", "双创"),
        ("“5·12”汶川特大地震", "汶川特大地震"),
        ("建设新农村", "社会主义新农村"),
        ("纪念改革开放三十周年", "改革开放30周年"),
        ("构建双循环", "国内国际双循环"),
        ("推进新基建", "新型基础设施建设"),
    ],
)
def test_written_variants_count_as_one_phrase(shipped, corpus_of, written, phrase):
    assert phrase in segment(corpus_of(written), lexicon=shipped).of("d0")


@pytest.mark.parametrize(
    "written", ["二十大重点工程", "亚洲金融危机", "产业转移", "第十九大", "供给侧", "分裂国家"]
)
def test_what_only_looks_like_a_variant_stays_itself(shipped, corpus_of, written):
    tokens = segment(corpus_of(written), lexicon=shipped)
    assert set(tokens.terms).isdisjoint(
        {"党的二十大", "金融危机", "承接产业转移", "十九大", "供给侧结构性改革", "反分裂斗争"}
    )


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("贯彻实施行政许可法", "行政许可法"),
        ("治理商业贿赂", "商业贿赂"),
        ("化学需氧量下降", "化学需氧量"),
        ("坚持法无授权不可为", "法无授权不可为"),
        ("落实支农惠农政策", "支农惠农"),
        ("扎实开展主题教育", "主题教育"),
        ("深化产教融合", "产教融合"),
        ("发行超长期特别国债", "超长期特别国债"),
        ("开展“人工智能+”行动", "人工智能+"),
        ("支持“两重”项目", "两重"),
        ("二〇三五年远景目标", "2035年远景目标"),
    ],
)
def test_a_term_of_the_reports_is_one_token(shipped, corpus_of, written, word):
    assert word in segment(corpus_of(written), lexicon=shipped).of("d0")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("扩大模型规模", ["扩大", "模型", "规模"]),
        ("建设海外仓储", ["建设", "海外", "仓储"]),
        ("大数据要素", ["大数据", "要素"]),
        ("严防返贫", ["严防", "返贫"]),
    ],
)
def test_a_term_of_the_reports_does_not_cut_the_words_about_it(shipped, corpus_of, written, words):
    assert segment(corpus_of(written), lexicon=shipped).of("d0") == words
