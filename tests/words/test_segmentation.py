import os
import pickle
import random
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang import project
from difang.corpus import loading
from difang.words import batches
from difang.words.lexicon import LexiconError, read_lexicon
from difang.words.segmentation import Segmenter, segment
from difang.words.tokens import UnknownDocumentError

PIECES = st.sampled_from(
    [
        "发展",
        "经济社会",
        "政治建设",
        "南京市长江大桥",
        "易炼红主持",
        "肖梓才说",
        "促发展",
        "习近平",
        "云南",
        "一带一路",
        "好",
        "的",
        "了",
        "2022年",
        "12.5%",
        "GDP",
        "5G",
        "C++",
        "a_b-c",
        "数字GDP",
        "\x1f",
        "，",
        "。",
        "“",
        "”",
        "（",
        "）",
        "、",
        "\n",
        "\r\n",
        "\t",
        "\u3000",
        "鿿",
        "𠮷",
        "㙟",
        "〇",
        "é",
        "㎡",
        "??",
        "\udc80",
    ]
)
TEXTS = st.lists(PIECES | st.text("县域发展经济的a1 ，", max_size=8), max_size=12).map("".join)
WORDS = ["政治建设", "市长江", "安源精神", "肖梓才", "社会政治", "GDP", "字G", "云南"]


def read(segmenter, text):
    return [token if isinstance(token, str) else token[0] for token in segmenter.read(text)]


@pytest.mark.parametrize("hmm", [True, False])
def test_without_a_lexicon_tokens_are_those_of_jieba(jieba, hmm):
    fresh, own = jieba.Tokenizer(), Segmenter(hmm=hmm)

    @settings(deadline=None, max_examples=150)
    @given(TEXTS)
    def check(text):
        assert read(own, text) == fresh.lcut(text, HMM=hmm)

    check()


def test_with_user_words_tokens_are_those_of_jieba_with_them(jieba, lexicon_of):
    fresh, own = jieba.Tokenizer(), Segmenter(lexicon_of(words="\n".join(WORDS)))
    for word in sorted(WORDS, key=lambda word: (len(word), word)):
        fresh.add_word(word)

    @settings(deadline=None, max_examples=150)
    @given(TEXTS, st.sampled_from(WORDS), TEXTS)
    def check(before, word, after):
        text = before + word + after
        assert read(own, text) == fresh.lcut(text)

    check()


def test_between_phrases_tokens_are_those_of_jieba(jieba, lexicon_of):
    fresh = jieba.Tokenizer()
    own = Segmenter(lexicon_of(phrases="phrase,variants\n国之大者、甲乙丙丁,\n"))

    @settings(deadline=None, max_examples=100)
    @given(TEXTS, TEXTS)
    def check(before, after):
        phrase = "国之大者、甲乙丙丁"
        expected = [*fresh.lcut(before), phrase, *fresh.lcut(after)]
        assert read(own, f"{before}{phrase}{after}") == expected

    check()


def test_seeds_equal_jieba_and_every_character_is_in_one_token(jieba, seeds):
    plain, full, fresh = segment(seeds, lexicon=None), segment(seeds), jieba.Tokenizer()
    for doc_id, text in seeds.documents["text"].items():
        assert plain.of(doc_id) == fresh.lcut(text)
        spans = full.spans(doc_id)
        assert spans[0, 0] == 0 and spans[-1, 1] == len(text)
        assert (spans[1:, 0] == spans[:-1, 1]).all()
        assert "".join(text[start:end] for start, end in spans) == text


@pytest.fixture(scope="module")
def many():
    rng = random.Random(20_160_318)
    pieces = [
        "发展",
        "经济社会",
        "肖梓才说",
        "国之大者",
        "“四最”环境",
        "2-3户",
        "GDP",
        "，",
        "。\n",
        "㙟",
    ]
    texts = ["".join(rng.choices(pieces, k=rng.randrange(40))) for _ in range(150)]
    return SimpleNamespace(documents=pd.DataFrame({"text": texts}))


def assert_same(one, other):
    assert (one.doc_ids, one.terms) == (other.doc_ids, other.terms)
    for field in ("ids", "bounds", "lengths"):
        mine, theirs = getattr(one, field), getattr(other, field)
        assert mine.dtype == theirs.dtype and mine.tolist() == theirs.tolist()


@pytest.mark.parametrize("cores_used", ["1", "2", "3"])
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_tokens_are_the_same_for_any_batches_and_number_of_cores(
    monkeypatch, many, cores_used, size
):
    texts = many.documents["text"]
    segmenter = Segmenter(read_lexicon())
    expected = [read(segmenter, text) for text in texts]
    monkeypatch.setenv("DIFANG_CORES", cores_used)
    monkeypatch.setattr(batches, "PACE", 1)  # so slow that processes pay
    monkeypatch.setattr(loading, "BATCH", size)
    tokens = segment(many, cache=False)
    assert [tokens.of(doc_id) for doc_id in tokens.doc_ids] == expected
    monkeypatch.undo()
    assert_same(tokens, segment(many, cache=False))


def test_a_changed_document_costs_its_batch(monkeypatch, tmp_path, many):
    monkeypatch.setattr(project, "CACHE", tmp_path)
    monkeypatch.setattr(loading, "BATCH", 4)
    segment(many)
    known = set(tmp_path.glob("corpus/*"))
    changed = SimpleNamespace(documents=many.documents.copy())
    changed.documents.iloc[70, 0] = "一个新文本"
    read_anew = []
    number = Segmenter.number
    monkeypatch.setattr(
        Segmenter, "number", lambda self, texts: read_anew.append(texts) or number(self, texts)
    )
    assert_same(segment(changed), segment(changed, cache=False))
    assert 1 <= len(set(tmp_path.glob("corpus/*")) - known) <= 2 < len(known) / 5
    assert sum(map(len, read_anew)) < 150 + 40  # all of the second, a batch or two of the first


def test_alike_batches_are_kept_once_and_found_for_both(monkeypatch, tmp_path, corpus_of):
    monkeypatch.setattr(project, "CACHE", tmp_path)
    monkeypatch.setattr(loading, "BATCH", 1)
    corpus = corpus_of("发展", "发展", "经济")
    for _ in range(2):
        assert [*map(segment(corpus).of, ["d0", "d1", "d2"])] == [["发展"], ["发展"], ["经济"]]
    assert len(list(tmp_path.glob("corpus/*"))) == 2


def test_another_process_makes_the_same_segmenter(lexicon_of):
    segmenter = Segmenter(lexicon_of(words="安源精神", phrases="phrase\n国之大者\n"), hmm=False)
    again = pickle.loads(pickle.dumps(segmenter))
    text = "肖梓才说“国之大者”和安源精神"
    assert again.read(text) == segmenter.read(text) != Segmenter().read(text)


def test_seed_numbers_without_a_lexicon(seeds):
    tokens = segment(seeds, lexicon=None).of("001")
    text = seeds.documents.loc["001", "text"]
    assert (tokens.count("发展"), text.count("发展"), tokens.count("促发展")) == (28, 29, 1)
    assert (tokens.count("经济"), text.count("经济")) == (15, 16)


def test_a_low_frequency_does_not_silence_a_word(lexicon_of, corpus_of):
    corpus = corpus_of("把党的政治建设摆在首位")
    assert "政治建设" in segment(corpus, lexicon=lexicon_of(words="政治建设 10")).of("d0")
    assert "政治建设" in segment(corpus, lexicon=lexicon_of(words="政治建设 0")).of("d0")
    assert "政治建设" not in segment(corpus, lexicon=None).of("d0")


def test_words_with_quotes_or_rare_characters_fire(lexicon_of, corpus_of):
    lexicon = lexicon_of(words="“四最”环境 5 n\n𠮷野家\n")
    tokens = segment(corpus_of("打造“四最”环境，走进𠮷野家。"), lexicon=lexicon)
    assert tokens.of("d0") == ["打造", "四最环境", "，", "走进", "𠮷野家", "。"]
    assert tokens.spans("d0").tolist() == [[0, 2], [2, 8], [8, 9], [9, 11], [11, 14], [14, 15]]


def test_quotes_and_variants_count_as_the_canonical_phrase(seeds):
    tokens = segment(seeds)
    assert "功成不必在我、功成必定有我" in tokens.of("000")  # 功成不必在我、功成路上必有我
    assert "五型政府" in tokens.of("000") and "一张蓝图绘到底" in tokens.of("001")
    holds = [doc_id for doc_id in tokens.doc_ids if "两个维护" in tokens.of(doc_id)]
    assert holds == ["000", "001", "003", "004"]


@pytest.mark.parametrize(
    ("text", "phrase", "fires"),
    [
        ("要贯彻新发展理念，", "新发展理念", True),
        ("要不断创新发展理念，", "新发展理念", False),
        ("开启新征程。", "新征程", True),
        ("开启全新征程。", "新征程", False),
        ("坚持以人为本，", "以人为本", True),
        ("推进改革开放。", "改革开放", True),
        ("完善社会主义市场经济体制", "社会主义市场经济", True),
        ("聚力争当表率、争做示范", "争当表率、争做示范", True),
    ],
)
def test_a_phrase_does_not_tear_a_character_off_a_word(lexicon_of, corpus_of, text, phrase, fires):
    tokens = segment(corpus_of(text), lexicon=lexicon_of(phrases=f"phrase\n{phrase}\n"))
    assert (phrase in tokens.of("d0")) == fires


def test_two_lexicons_and_the_global_tokenizer_never_mix(jieba, lexicon_of, corpus_of):
    corpus = corpus_of("弘扬安源精神，建设四最环境")
    before = dict(jieba.dt.FREQ)
    one = segment(corpus, lexicon=lexicon_of(words="安源精神", folder="one"), cache=False)
    two = segment(corpus, lexicon=lexicon_of(words="四最环境", folder="two"), cache=False)
    assert "安源精神" in one.of("d0") and "四最环境" not in one.of("d0")
    assert "四最环境" in two.of("d0") and "安源精神" not in two.of("d0")
    assert segment(corpus, lexicon=None).of("d0") == jieba.Tokenizer().lcut(
        "弘扬安源精神，建设四最环境"
    )
    assert before == jieba.dt.FREQ


def test_tokens_are_sorted_ids_and_unknown_documents_are_named(corpus_of):
    tokens = segment(corpus_of("发展经济", "", "经济发展"), lexicon=None)
    assert tokens.terms == ("发展", "经济") and tokens.ids.tolist() == [0, 1, 1, 0]
    assert tokens.bounds.tolist() == [0, 2, 2, 4]
    assert (tokens.ids.dtype, tokens.bounds.dtype) == (np.int32, np.int64)
    assert tokens.of("d1") == [] and tokens.spans("d1").shape == (0, 2)
    with pytest.raises(UnknownDocumentError, match=r"'x'.*hold 3 documents: d0, d1, d2"):
        tokens.of("x")


DAMAGES = {
    "empty": lambda file: file.write_bytes(b""),
    "foreign": lambda file: file.write_text("not ours", "utf-8"),
    "cut": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "gone": lambda file: file.unlink(),
}


@pytest.mark.parametrize("harm", DAMAGES.values(), ids=DAMAGES)
def test_a_harmed_cache_only_costs_time(monkeypatch, tmp_path, corpus_of, harm):
    monkeypatch.setattr(project, "CACHE", tmp_path)
    corpus = corpus_of("发展经济", "四个意识")
    whole = segment(corpus)
    (file,) = tmp_path.glob("corpus/*")
    harm(file)
    for _ in range(2):
        again = segment(corpus)
        assert (again.terms, again.ids.tolist()) == (whole.terms, whole.ids.tolist())


def test_an_unreadable_cache_is_written_anew(monkeypatch, tmp_path, corpus_of):
    monkeypatch.setattr(project, "CACHE", tmp_path)
    corpus = corpus_of("发展经济", "四个意识")
    segment(corpus)
    for file in tmp_path.glob("corpus/*"):
        file.write_bytes(b"")
    segment(corpus)
    monkeypatch.setattr(Segmenter, "__init__", None)  # reading again would fail
    assert segment(corpus).of("d1") == ["四个意识"]


def test_the_cache_is_used_and_follows_text_lexicon_and_setting(
    monkeypatch, tmp_path, corpus_of, lexicon_of
):
    monkeypatch.setattr(project, "CACHE", tmp_path)
    corpus = corpus_of("易炼红主持", "建设“五型”政府")
    first = segment(corpus)
    with monkeypatch.context() as patch:
        patch.setattr(Segmenter, "__init__", None)  # reading again would fail
        kept = segment(corpus)
    assert kept.of("d1") == first.of("d1")
    assert kept.spans("d1").tolist() == first.spans("d1").tolist()
    assert segment(corpus, hmm=False).of("d0") != first.of("d0")
    assert segment(corpus, lexicon=None).of("d1") != first.of("d1")
    assert segment(corpus_of("易炼红主持", "别的")).of("d1") == ["别的"]


def test_a_cache_that_cannot_be_written_only_costs_time(monkeypatch, tmp_path, corpus_of):
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be", "utf-8")
    monkeypatch.setattr(project, "CACHE", blocked)
    assert segment(corpus_of("发展经济")).of("d0") == ["发展", "经济"]


def test_nothing_is_printed_and_no_warning_reaches_the_user(tmp_path):
    code = (
        "from types import SimpleNamespace as S; import pandas as pd; from pathlib import Path;"
        "from difang import project; project.CACHE = Path('cache');"
        "from difang.words.segmentation import segment;"
        "corpus = S(documents=pd.DataFrame({'text': ['发展'] * 300}));"
        "assert segment(corpus).of('0') == ['发展']"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "pyc"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_the_shipped_lexicon_is_the_default(corpus_of):
    assert segment(corpus_of("国之大者")).lexicon_hash == read_lexicon().hash
    assert segment(corpus_of("国之大者"), lexicon=None).lexicon_hash == ""


@pytest.mark.parametrize("kind", [str, Path])
def test_a_lexicon_may_be_named_by_its_folder(tmp_path, corpus_of, kind):
    (tmp_path / "words.txt").write_text("安源精神\n", "utf-8")
    corpus = corpus_of("弘扬安源精神")
    tokens = segment(corpus, lexicon=kind(tmp_path))
    assert tokens.of("d0") == ["弘扬", "安源精神"]
    assert tokens.lexicon_hash == read_lexicon(tmp_path).hash


def test_a_folder_that_is_not_there_is_named(tmp_path, corpus_of):
    with pytest.raises(LexiconError, match=r"Cannot read the lexicon .*nowhere\. The folder does"):
        segment(corpus_of("发展"), lexicon=str(tmp_path / "nowhere"))
