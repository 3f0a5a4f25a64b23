"""Texts made to run a pattern away: one piece, repeated. A pattern that does so never ends here."""

import os
import subprocess
import sys

import pytest

from difang.corpus.edits import Edit, apply, undo
from difang.corpus.loading import load

SIZE = 3_000  # characters of the texts that are looked at
LARGE = 1_000_000  # bytes of those that need only be read to their end
# Seconds of the processor for one of them: it takes one, or three; a pattern that tries each place
# against each other would take many minutes, and the system ends the process.
PATIENCE = 60
READ = """
import pathlib, resource, sys
from difang.corpus.loading import load
folder, size, patience, *pieces = sys.argv[1:]
for number, piece in enumerate(pieces):
    text = pathlib.Path(folder, f"{number}.txt")
    text.write_text(piece * (int(size) // len(piece.encode())), "utf-8")
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + int(patience)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    corpus = load(text, cache=False)
    print(len(corpus.documents), len(corpus.skipped), repr(piece), flush=True)
"""
PIECES = (
    # names, offices and days, which are sought with what stands around them
    "江西", "县", "张庄镇", "镇、", "省委书记", "张三强调", "记者", "同志", "我", "某",
    "2016年", "二〇", "1月1日", "1", "十九届二中", "“十三五”", "中共中央", "会议指出，",
    # marks and lines, by which sentences, heads and pages are told apart
    "。", "，", "：", "？", "?", "…", "“", "”", "（", "《", "》", "【", "——", "——在会上\n",
    "第一章\n",
    "2/14\n", "—1—\n文件\n",
    "一、\n", "目录\n", "各位代表：", "某：\n", "问：\n答：\n", "2016年\n", "　　县\n", "县　",
    # what pages, markup and damaged bytes look like
    "<", "<p ", "<!--", "</script", "&amp;", "&", "[", "[x](",
    "![", "**", "# ", "- ", "\\", "a ", "\t|",
    "首页 > ", "来源：", "责任编辑：", "http://a", "a@", "打印 ", "版权所有 ", "网友",
    "縣", "縣(xiàn)", "(a", "å±•", "·¢", "鍙戝睍",
    "\ufffd", "\ufffd(a)", "$1", "?h", "\u200b县", "１．",
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for i, piece in enumerate(PIECES):
        name, text = f"{i:03}.txt", piece * (SIZE // len(piece))
        (folder / name).write_bytes(text.encode())
    return load(folder, cache=False)


def test_every_repetition_is_read_and_none_is_a_fault(loaded):
    assert loaded.skipped.empty, loaded.skipped.to_string()
    assert [*loaded.documents["path"]] == [f"{i:03}.txt" for i in range(len(PIECES))]


def test_what_was_taken_out_gives_the_whole_text_back(loaded):
    edits = dict([*loaded.edits.groupby("doc_id")])
    for piece, (doc_id, text) in zip(PIECES, loaded.documents["text"].items(), strict=True):
        rows = edits[doc_id][[*Edit._fields]] if doc_id in edits else loaded.edits[:0]
        made = [Edit(*row) for row in rows.itertuples(index=False)]
        raw = loaded.raw[doc_id]
        assert raw == piece * (SIZE // len(piece)), piece
        assert apply(raw, made) == text and undo(text, made) == raw, piece


def test_plain_words_that_are_said_again_and_again_stay(loaded):
    texts = dict(zip(PIECES, loaded.documents["text"], strict=True))
    for piece in ("江西", "县", "张庄镇", "省委书记", "我", "。", "会议指出，", "2016年"):
        assert texts[piece] == piece * (SIZE // len(piece))


def test_a_megabyte_of_each_is_read_to_its_end(tmp_path):
    halves = PIECES[::2], PIECES[1::2]
    readers = []
    for number, pieces in enumerate(halves):
        (folder := tmp_path / str(number)).mkdir()
        command = [sys.executable, "-c", READ, str(folder), str(LARGE), str(PATIENCE), *pieces]
        alone = {**os.environ, "DIFANG_CORES": "1"}
        readers.append(subprocess.Popen(command, env=alone, text=True, stdout=subprocess.PIPE))
    for reader, pieces in zip(readers, halves, strict=True):
        told = reader.communicate()[0].splitlines()
        assert told == [f"1 0 {piece!r}" for piece in pieces], "the next piece ran a pattern away"
        assert reader.returncode == 0
