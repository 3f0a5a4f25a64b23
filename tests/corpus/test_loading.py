import gc
import json
import os
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import difang
from difang.corpus import caching, loading, working
from difang.corpus.cleaning import clean
from difang.corpus.documents import COLUMNS, WhereError
from difang.corpus.edits import Edit, apply
from difang.corpus.evidence import Page
from difang.corpus.loading import load
from difang.corpus.rules import UnknownRuleError
from difang.project import ROOT, SEEDS

GOLD = ROOT / "tests" / "gold"
METADATA = json.loads((GOLD / "metadata.json").read_text(encoding="utf-8"))["documents"]
DATED_AND_PLACED = ("000", "001", "002", "004")


@pytest.fixture(scope="module")
def corpus():
    return load(cache=False)


def gold(number):
    return next(d for d in METADATA if d["file"].startswith(number))


def row(corpus, number):
    return corpus.documents.loc[gold(number)["file"].removesuffix(".txt")]


def test_the_table_has_the_columns_that_are_promised(corpus):
    assert list(corpus.documents.columns) == list(COLUMNS)
    assert corpus.documents.index.name == "doc_id"
    assert len(corpus.documents) == len(list(SEEDS.iterdir()))
    assert corpus.skipped.empty


@pytest.mark.parametrize("number", DATED_AND_PLACED)
def test_province_and_date_of_the_seeds_are_those_an_expert_reads(corpus, number):
    expected, found = gold(number), row(corpus, number)
    assert found["province"] == expected["province"]["value"]
    assert found["date"] == pd.Timestamp(expected["date_event"]["value"])
    assert found["year"] == pd.Timestamp(expected["date_event"]["value"]).year


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
@pytest.mark.parametrize("field", ["city", "county"])
def test_city_and_county_of_the_seeds(corpus, number, field):
    expected, found = gold(number)[field]["value"], row(corpus, number)[field]
    assert (None if pd.isna(found) else found) == expected


def test_the_published_day_is_told_from_the_day_of_the_event(corpus):
    assert row(corpus, "000")["date_published"] == pd.Timestamp("2018-09-14")


def test_a_speech_that_names_no_place_is_not_put_anywhere_by_its_county(corpus):
    speech = row(corpus, "003")
    assert speech[["city", "county", "date"]].isna().all()
    assert "重庆" not in "".join(
        corpus.evidence.loc[corpus.evidence["doc_id"] == speech.name, "value"]
    )


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_level_and_genre_of_the_seeds(corpus, number):
    found, expected = row(corpus, number), gold(number)
    assert found["level"] == {"省级": "province"}.get(expected["level"]["value"], "county")
    assert found["genre"] == expected["genre"]["code"].replace("_", " ")


def test_edits_give_the_text_and_undo_gives_the_raw_text(corpus):
    for doc_id, text in corpus.documents["text"].items():
        rows = corpus.edits[corpus.edits["doc_id"] == doc_id].drop(columns="doc_id")
        edits = [Edit(*r) for r in rows.itertuples(index=False)]
        assert apply(corpus.raw[doc_id], edits) == text
        assert corpus.undo(doc_id) == corpus.raw[doc_id]
        assert corpus.raw[doc_id].encode() == (SEEDS / f"{doc_id}.txt").read_bytes()


def test_evidence_is_quoted_from_where_it_says(corpus):
    stated = corpus.evidence[corpus.evidence["start"] >= 0]
    assert len(stated) > 0
    for piece in stated.itertuples():
        assert 0 <= piece.start <= piece.end <= len(corpus.raw[piece.doc_id])


def test_every_value_filled_has_evidence(corpus):
    for column in ("province", "city", "county", "level", "genre", "title"):
        for doc_id, value in corpus.documents[column].dropna().items():
            of = corpus.evidence[corpus.evidence["doc_id"] == doc_id]
            assert value in set(of.loc[of["field"] == column, "value"]), (doc_id, column)


def test_a_rule_can_be_switched_off_and_an_unknown_one_is_named(corpus):
    with_glosses = load(rules_off=["gloss"] if "gloss" in difang.RULES else list(difang.RULES)[:1])
    assert len(with_glosses.documents) == len(corpus.documents)
    with pytest.raises(UnknownRuleError, match="Cannot switch off the rule 'nonsense'"):
        load(rules_off="nonsense")


def test_where_keeps_the_documents_that_meet_it(corpus):
    some = corpus.where("province == '江西省' and year >= 2022")
    assert set(some.documents["province"]) == {"江西省"}
    assert set(some.evidence["doc_id"]) == set(some.edits["doc_id"]) == set(some.documents.index)
    assert set(some.raw) == set(some.documents.index)


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("yeer > 3", "The columns are: title, text"),
        ("year >", "Cannot use the condition 'year >'"),
        ("year", "neither true nor false"),
        ("year = 2018", "Cannot use the condition"),
        ("year > 2100", "none of the 5 documents meets it"),
        ("year > '一'", "Cannot use the condition"),
    ],
)
def test_a_condition_that_cannot_be_used_is_named(corpus, condition, message):
    with pytest.raises(WhereError, match=message):
        corpus.where(condition)


def test_copies_point_to_the_earliest(tmp_path):
    text = "{}，省委召开全省经济工作会议。会议强调，要推动高质量发展，确保各项部署落到实处。"
    (tmp_path / "a.txt").write_text(text.format("2019年3月2日"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(text.format("2018年3月2日"), encoding="utf-8")
    (tmp_path / "c.txt").write_text(text.format("2018年3月2日") + "\n", encoding="utf-8")
    documents = load(tmp_path, cache=False).documents
    assert documents["duplicate_of"].dropna().to_dict() == {"c": "b"}


def test_an_empty_folder_gives_an_empty_corpus(tmp_path):
    corpus = load(tmp_path, cache=False)
    assert corpus.documents.empty
    assert list(corpus.documents.columns) == list(COLUMNS)


def test_the_cache_gives_the_same_tables_and_a_damaged_one_does_no_harm(tmp_path, monkeypatch):
    monkeypatch.setattr("difang.project.CACHE", tmp_path)
    first = load()
    second = load()
    for name in ("documents", "evidence", "edits", "skipped"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
    kept = [*(tmp_path / "corpus").iterdir()]
    assert kept
    for path in kept:
        path.write_bytes(b"not ours")
    pd.testing.assert_frame_equal(load().documents, first.documents)


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr("difang.project.CACHE", tmp_path / "file")
    assert len(load().documents) == 5


def test_tables_do_not_depend_on_place_time_zone_locale_or_hash_seed(tmp_path):
    program = (
        "import difang, hashlib; c = difang.load(cache=False);"
        "print(hashlib.sha256((c.documents.to_csv() + c.evidence.to_csv() + c.edits.to_csv())"
        ".encode()).hexdigest())"
    )
    prints = set()
    for seed, zone, lang, where in (
        ("1", "Asia/Shanghai", "C", "/"),
        ("2", "UTC", "C.UTF-8", tmp_path),
    ):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": lang}
        run = subprocess.run(
            [sys.executable, "-c", program], env=env, cwd=where, capture_output=True, check=True
        )
        prints.add(run.stdout)
    assert len(prints) == 1


PIECES = [
    "标题", "Date: 2018-09-14", "責任編輯：某某", "發(fā)展", "??h域", "（记者刘勇）", "来源：某报",
    "\n", "\n\n", "\r\n", "　　", "\xa0", "省委召开会议。", "12月28日，", "|", "**", "<br>", "\x85",
    "２０１８年", "---\n", "title: 一\n", "。",
]  # fmt: skip
BROKEN = st.sampled_from([b"\xff", b"\xe5\x8f", b"\xa3\xbfh"])
PAGE = st.lists(
    (st.sampled_from(PIECES) | st.text(max_size=5)).map(str.encode) | BROKEN, max_size=25
)


@settings(deadline=None, max_examples=60)
@given(st.lists(PAGE.map(b"".join) | st.binary(max_size=80), max_size=3))
def test_no_bytes_make_load_fail_and_none_vanish(tmp_path_factory, contents):
    folder = tmp_path_factory.mktemp("any")
    for number, data in enumerate(contents):
        (folder / f"{number}.txt").write_bytes(data)
    corpus = load(folder, cache=False)
    listed = set(corpus.documents["path"]) | set(corpus.skipped["path"])
    assert listed == {f"{n}.txt" for n in range(len(contents))}
    for doc_id in corpus.documents.index:
        assert corpus.undo(doc_id) == corpus.raw[doc_id]


def test_a_file_with_bytes_of_no_codec_goes_the_whole_way(tmp_path, monkeypatch):
    monkeypatch.setattr("difang.project.CACHE", tmp_path / "cache")
    data = ("2018年3月2日，江西省委召开会议。" + "会议强调，要推动发展。" * 20).encode()
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_bytes(data + b"\xff\xfe" + "完。".encode())
    for corpus in (load(folder), load(folder)):  # the second time from the cache
        assert corpus.documents.loc["a", "damage"] == 1
        assert corpus.documents.loc["a", "text"].endswith("\ufffd\ufffd完。")
        raw = corpus.undo("a")
        assert raw.encode("utf-8", "surrogateescape") == (folder / "a.txt").read_bytes()


def test_one_changed_document_costs_its_batch_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr("difang.project.CACHE", tmp_path / "cache")
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(300):
        day = f"{number % 12 + 1}月{number % 28 + 1}日"
        (folder / f"{number:03}.txt").write_text(f"{day}，县委召开第{number}次会议。", "utf-8")
    load(folder)
    cleaned = []
    monkeypatch.setattr(working, "clean", lambda *a, **b: cleaned.append(a) or clean(*a, **b))
    load(folder)
    assert cleaned == []
    (folder / "150.txt").write_text("3月5日，县委召开另一次会议。", "utf-8")
    changed = load(folder)
    assert 1 <= len(cleaned) <= 8 * loading.BATCH
    anew = load(folder, cache=False)
    for name in ("documents", "evidence", "edits"):
        pd.testing.assert_frame_equal(getattr(changed, name), getattr(anew, name))


@settings(deadline=None)
@given(st.lists(st.binary(min_size=32, max_size=32), max_size=300), st.data())
def test_batches_hold_every_document_once_and_are_few_that_change(hashes, data):
    class Document:
        def __init__(self, sha):
            self.sha256 = sha.hex()

    documents = [Document(sha) for sha in hashes]
    dealt = list(loading.batches(documents))
    assert [d for batch in dealt for d in batch] == documents
    assert all(0 < len(batch) <= 4 * loading.BATCH for batch in dealt)
    if documents:
        gone = data.draw(st.integers(0, len(documents) - 1))
        others = list(loading.batches(documents[:gone] + documents[gone + 1 :]))
        ends = [batch for batch in dealt if documents[gone] not in batch]
        longest = max(map(len, dealt))
        assert longest == 4 * loading.BATCH or sum(b not in others for b in ends) <= 1


def test_in_how_many_pieces_documents_come_is_of_no_account(tmp_path, monkeypatch):
    for path in SEEDS.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "of no edits and hardly any evidence.txt").write_text(
        "春天来了。", encoding="utf-8"
    )
    whole = load(tmp_path, cache=False)
    monkeypatch.setattr(loading, "BATCH", 1)
    monkeypatch.setattr(loading, "PIECE", 1)
    for name in ("documents", "evidence", "edits", "skipped"):
        pieces = getattr(load(tmp_path, cache=False), name)
        pd.testing.assert_frame_equal(pieces, getattr(whole, name))


def test_what_was_worked_on_is_let_go(tmp_path, monkeypatch):
    monkeypatch.setenv("DIFANG_CORES", "1")
    for number in range(20):
        text = f"为党的二十大胜利召开营造平稳环境,这是第{number}份文件。"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")

    def pages():
        gc.collect()
        return sum(isinstance(one, Page) for one in gc.get_objects())

    before = pages()
    load(tmp_path, cache=False)
    assert pages() <= before + 1  # the last is asked about again and again


def test_what_is_kept_is_recalled_batch_by_batch_as_the_bar_moves(tmp_path, monkeypatch):
    monkeypatch.setattr("difang.project.CACHE", tmp_path / "cache")
    (tmp_path / "texts").mkdir()
    for number in range(100):
        (tmp_path / "texts" / f"{number}.txt").write_text(f"第{number}次会议。", encoding="utf-8")
    load(tmp_path / "texts")
    recall, recalled, moves = caching.recall, [], []
    monkeypatch.setattr(caching, "recall", lambda key: recalled.append(key) or recall(key))

    def progress(documents):
        for document in documents:
            moves.append(len(recalled))
            yield document

    load(tmp_path / "texts", progress=progress)
    assert len({*moves}) > 100 / (4 * loading.BATCH)


@pytest.mark.parametrize("line", ["{office}{name}", "{office}\n{name}"], ids=["one", "broken"])
def test_a_title_that_adds_who_issued_it_is_the_title(folder, line):
    office, name = "青山县人民政府办公室", "关于印发青山县招商方案的通知"
    head = f"名称：{name}\n索引号：014/2015-001\n发文日期：2015-03-04\n"
    body = "各乡镇人民政府：\n为做好招商工作，现将方案印发给你们，请认真贯彻执行，抓好落实。\n" * 3
    page = head + line.format(office=office, name=name) + "\n" + body
    documents = load(folder({"a.txt": page}), cache=False).documents
    assert documents.title["a"].replace(" ", "") == office + name


def test_a_column_in_front_of_a_title_does_not_make_it_fuller(folder):
    head = (
        "标题：在全县招商工作会议上的讲话\n时间：2015-03-04\n领导讲话 在全县招商工作会议上的讲话\n"
    )
    body = "同志们：\n今天召开会议，主要任务是总结去年的招商工作，分析形势，部署今年的任务。\n" * 3
    documents = load(folder({"a.txt": head + body}), cache=False).documents
    assert documents.title["a"] == "在全县招商工作会议上的讲话"
