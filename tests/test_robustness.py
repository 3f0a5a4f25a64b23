"""Whatever is done to a run, it ends with a clear word, whole outputs and a good cache."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from difang import cli, csv_files, load, project, segment
from difang.corpus import caching, working
from difang.corpus.documents import COLUMNS
from difang.corpus.reading import CorpusNotFoundError
from difang.writing import OutputError, whole

PROGRAM = (
    "import runpy, sys, pathlib; from difang import project;"
    "project.CACHE = pathlib.Path(sys.argv.pop(1)); runpy.run_module('difang', run_name='__main__')"
)
TABLES = ("documents.csv", "documents.parquet", "edits.csv", "evidence.csv", "skipped.csv")
FULL = OSError(errno.ENOSPC, "No space left on device")
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals between processes")


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(project, "CACHE", tmp_path / "cache")


@pytest.fixture
def texts(tmp_path):
    return write(tmp_path / "texts", 5)


def write(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = f"2019年{number % 12 + 1}月2日，江西省委召开会议。会议强调，要抓好第{number}项工作，"
        (folder / f"{number}.txt").write_text(text + "推动高质量发展。\n" * 5, encoding="utf-8")
    return folder


def start(cache: Path, *arguments: object, program: str = PROGRAM) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", program, str(cache), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, told = process.communicate(timeout=300)
    return process.returncode, told.decode()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def same(one, other) -> None:
    for name in ("documents", "evidence", "edits", "skipped"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


# --- signals


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_any_moment_leaves_whole_outputs_and_a_good_cache(tmp_path, number):
    folder = write(tmp_path / "many", 80)
    began = time.monotonic()
    assert (
        finish(start(tmp_path / "clean", "corpus", folder, "--out", tmp_path / "clean out"))[0] == 0
    )
    usual, moments = time.monotonic() - began, random.Random(int(number))
    whole_out = contents(tmp_path / "clean out")
    for turn in range(5):
        out = tmp_path / f"out {turn}"
        process = start(tmp_path / "cache", "corpus", folder, "--out", out)
        time.sleep(usual * moments.uniform(0.2, 1.0))
        for _ in range(moments.choice([1, 2])):
            process.send_signal(number)
        status, told = finish(process)
        assert (status, told) in [(130, "difang: interrupted.\n"), (0, "")]
        for name, data in contents(out).items():
            assert data == whole_out[name]
        assert not list((tmp_path / "cache").glob("corpus/.*"))
    assert finish(start(tmp_path / "cache", "corpus", folder, "--out", tmp_path / "again")) == (
        0,
        "",
    )
    assert contents(tmp_path / "again") == whole_out


KILLED = (
    "import os, pathlib; left = [{}]; write = pathlib.Path.write_bytes\n"
    "def half(path, data):\n"
    "    left[0] -= 1\n"
    "    write(path, data if left[0] >= 0 else data[: len(data) // 2])\n"
    "    if left[0] < 0: os.kill(os.getpid(), 9)\n"
    "pathlib.Path.write_bytes = half\n"
)


@posix
def test_a_run_that_is_killed_while_it_keeps_something_leaves_a_good_cache(tmp_path, texts):
    same_texts = "corpus", texts, "--out"
    assert finish(start(tmp_path / "clean", *same_texts, tmp_path / "clean out"))[0] == 0
    for entries in (0, 3):
        program = KILLED.format(entries) + PROGRAM
        process = start(tmp_path / f"{entries}", *same_texts, tmp_path / "out", program=program)
        assert finish(process) == (-signal.SIGKILL, "")
        assert finish(start(tmp_path / f"{entries}", *same_texts, tmp_path / "out")) == (0, "")
        assert contents(tmp_path / "out") == contents(tmp_path / "clean out")


@posix
def test_a_report_that_is_stopped_leaves_the_earlier_one_and_no_kernel(tmp_path, texts):
    out = tmp_path / "reports"
    out.mkdir()
    (out / "01-corpus.html").write_text("earlier", encoding="utf-8")
    process = start(tmp_path / "cache", "report", texts, "--only", "01", "--out", out)
    kernels: list[str] = []
    while not kernels and process.poll() is None:
        listed = ["ps", "-o", "pid=,args=", "--ppid", str(process.pid)]  # git is a child as well
        children = subprocess.run(listed, capture_output=True, text=True).stdout.splitlines()
        kernels = [child.split()[0] for child in children if "ipykernel" in child]
        time.sleep(0.05)
    process.terminate()
    status, told = finish(process)
    assert (status, told.splitlines()[1:]) == (130, ["difang: interrupted."])
    assert told.startswith("01-corpus: "), "its line of progress"
    assert contents(out) == {"01-corpus.html": b"earlier"}
    for kernel in kernels:
        with pytest.raises(ProcessLookupError):
            os.kill(int(kernel), 0)


# --- the disk


class Full:
    """Stands for a function that writes: the disk is full from the given call on."""

    def __init__(self, function, room):
        self.function, self.room = function, room

    def __call__(self, *arguments, **options):
        self.room -= 1
        if self.room < 0:
            raise FULL
        return self.function(*arguments, **options)


def fill(monkeypatch, room):
    """Let `room` calls that write tables pass, and no more."""
    full = Full(lambda write, *arguments, **options: write(*arguments, **options), room)
    for home, name in ((csv_files, "write_csv"), (pd.DataFrame, "to_parquet")):
        write = getattr(home, name)
        monkeypatch.setattr(
            home, name, lambda *given, _write=write, **options: full(_write, *given, **options)
        )


@pytest.mark.parametrize("room", range(len(TABLES)))
def test_a_disk_that_is_full_leaves_the_earlier_tables(tmp_path, texts, monkeypatch, capsys, room):
    out = tmp_path / "out"
    assert cli.main(["corpus", str(texts), "--out", str(out)]) == 0
    before = contents(out)
    (texts / "more.txt").write_text("县委召开会议。", encoding="utf-8")
    load(texts)
    capsys.readouterr()
    fill(monkeypatch, room)
    assert cli.main(["corpus", str(texts), "--out", str(out)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert f"Cannot write '{out}" in told
    assert "No space left on device" in told
    assert contents(out) == before


@pytest.mark.parametrize("room", range(4))
def test_a_disk_that_is_full_leaves_whole_entries_in_the_cache(tmp_path, texts, monkeypatch, room):
    def until_full(path, data, write=Path.write_bytes, left=[room]):  # noqa: B006
        left[0] -= 1
        write(path, data if left[0] >= 0 else data[: len(data) // 2])
        if left[0] < 0:
            raise FULL

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", until_full)
        first = load(texts)
    kept = contents(tmp_path / "cache" / "corpus")
    assert len(kept) == room
    same(first, load(texts))
    assert contents(tmp_path / "cache" / "corpus").items() > kept.items()


@posix
def test_an_output_that_takes_nothing_is_named(texts):
    command = [sys.executable, "-m", "difang", "kwic", "会议", str(texts)]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().endswith(
        "difang: Cannot go on: [Errno 28] No space left on device.\n"
    )
    assert b"Traceback" not in done.stderr


def test_a_report_that_cannot_be_finished_leaves_the_earlier_one(tmp_path):
    (tmp_path / "01.html").write_text("earlier", encoding="utf-8")
    told = r"Cannot write .*01\.html': No space left on device\. Free the disk"
    with pytest.raises(OutputError, match=told), whole(tmp_path / "01.html") as part:
        part.write_text("half of a pa", encoding="utf-8")
        raise FULL
    assert contents(tmp_path) == {"01.html": b"earlier"}


def test_what_a_link_points_to_is_written_and_the_link_stays(tmp_path):
    (tmp_path / "real.csv").write_text("old", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")
    with whole(tmp_path / "link.csv") as part:
        part.write_text("new", encoding="utf-8")
    assert (tmp_path / "link.csv").is_symlink()
    assert contents(tmp_path) == {"real.csv": b"new", "link.csv": b"new"}


# --- the cache


def damaged(data: bytes, how: str) -> bytes:
    return {
        "empty": b"", "cut": data[: len(data) // 2], "other": b"PAR1" + bytes(500) + b"PAR1",
        "one bit": data[:200] + bytes([data[200] ^ 1]) + data[201:],
    }[how]  # fmt: skip


@pytest.mark.parametrize("how", ["empty", "cut", "other", "one bit"])
def test_damaged_entries_are_not_used_and_mended(tmp_path, texts, how):
    first, home = load(texts), tmp_path / "cache" / "corpus"
    entries = contents(home)
    for name, data in entries.items():
        (home / name).write_bytes(damaged(data, how))
    same(first, load(texts))
    mended = contents(home)
    assert len(mended) >= 3
    assert mended.items() <= entries.items()


def test_the_cache_keeps_the_entries_used_last(tmp_path, monkeypatch):
    monkeypatch.setattr(caching, "KEPT", 3)
    table = {"t": caching.as_kept(pd.DataFrame({"a": [1]}))}
    home = tmp_path / "cache" / "corpus"
    for age, key in enumerate(["d", "c", "b"]):
        caching.keep(key, table)
        os.utime(home / key, (age, age))
    (home / "of another version").mkdir()
    os.utime(home / "of another version", (0, 0))
    (home / ".killed.part").touch()
    os.utime(home / ".killed.part", (0, 0))
    (home / ".at work.part").touch()
    assert caching.recall("d") is not None, "from now on it is the one used last"
    caching.keep("a00", table)
    assert {path.name for path in home.iterdir()} == {"a00", "b", "d", ".at work.part"}


def test_a_cache_of_another_version_is_left_alone(tmp_path, texts, monkeypatch):
    first, home = load(texts), tmp_path / "cache" / "corpus"
    entries = contents(home)
    with monkeypatch.context() as patch:
        patch.setattr(caching, "_versions", lambda: ["another"])
        same(first, load(texts))
        assert contents(home).items() > entries.items(), "all was done again, and is kept beside"
    monkeypatch.setattr(working, "clean", None)  # to do it again would fail
    same(first, load(texts))


def test_another_lexicon_redoes_the_words_and_nothing_else(tmp_path, texts, monkeypatch):
    segment(load(texts), lexicon=None)
    home = tmp_path / "cache" / "corpus"
    entries = contents(home)
    monkeypatch.setattr(working, "clean", None)  # to do it again would fail
    corpus = load(texts)
    assert corpus.skipped.empty
    tokens = segment(corpus)
    assert contents(home).items() > entries.items()
    new = [caching.recall(name) for name in contents(home).keys() - entries.keys()]
    assert [[*tables] for tables in new] == [["words"]] * len(new)
    assert tokens.ids.tolist() == segment(corpus, cache=False).ids.tolist()


@posix
def test_two_runs_at_once_on_one_folder_and_cache_agree(tmp_path):
    folder = write(tmp_path / "many", 40)
    outs = [tmp_path / f"out {number}" for number in range(3)]
    with ThreadPoolExecutor() as pool:
        ends = pool.map(
            lambda out: finish(start(tmp_path / "c", "corpus", folder, "--out", out)), outs
        )
    assert list(ends) == [(0, "")] * 3
    assert contents(outs[0]) == contents(outs[1]) == contents(outs[2])
    assert set(contents(outs[0])) == set(TABLES)


# --- one document


def fail_on(monkeypatch, word, error):
    clean = working.clean

    def breaks(raw, **options):
        if word in raw:
            raise error
        return clean(raw, **options)

    monkeypatch.setattr(working, "clean", breaks)


@pytest.mark.parametrize("error", [ValueError("odd\nvalue"), MemoryError(), RecursionError("deep")])
def test_a_fault_in_one_document_is_told_and_stops_no_run(
    tmp_path, texts, monkeypatch, capsys, error
):
    others = load(texts, cache=False).documents.drop("3")
    with monkeypatch.context() as patch:
        fail_on(patch, "第3项", error)
        corpus = load(texts)
        assert cli.main(["kwic", "会议", str(texts)]) == 1, "the lines are there, but not of all"
    pd.testing.assert_frame_equal(corpus.documents, others)
    assert set(corpus.raw) == set(others.index)
    [row] = corpus.skipped.itertuples()
    assert row.path == "3.txt"
    assert row.reason.startswith(f"difang failed on this document ({type(error).__name__}")
    assert "line" in row.reason
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("difang: 3.txt: difang failed on this document")
    assert len(told) == 2
    assert len(load(texts).documents) == 5, "a run with a fault leaves nothing in the cache"


def test_ctrl_c_in_a_document_is_no_fault_of_it(texts, monkeypatch):
    fail_on(monkeypatch, "第3项", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        load(texts)


# --- requests


def told(capsys, *arguments: object) -> str:
    assert cli.main([str(argument) for argument in arguments]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("difang: Cannot ")
    return lines[0]


@pytest.mark.parametrize("command", [["keywords", "--by", "year"], ["kwic", "会议"], ["lexicon"]])
def test_a_folder_without_documents_is_refused_with_what_it_holds(tmp_path, capsys, command):
    folder = tmp_path / "empty"
    folder.mkdir()
    line = told(capsys, *command, folder)
    assert "Cannot use the folder 'empty'. It holds no document." in line
    (folder / "a\nb.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "empty.txt").touch()
    line = told(capsys, *command, folder)
    assert "2 files were not read: a\\" in line, "the line end in the name is spelled out"
    assert "empty.txt: " in line


def test_the_tables_of_a_folder_where_all_is_skipped_say_why(tmp_path, capsys):
    folder, out = tmp_path / "texts", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").touch()
    assert "a.txt: " in told(capsys, "corpus", folder, "--out", out)
    assert list(pd.read_csv(out / "skipped.csv")["path"]) == ["a.txt"]
    assert list(pd.read_csv(out / "documents.csv").columns) == ["doc_id", *COLUMNS]


@posix
def test_folders_that_cannot_be_are_named(tmp_path, capsys):
    (tmp_path / "loop").symlink_to("loop")
    for folder in (tmp_path / "nowhere", tmp_path / "loop", "~nobody-of-this-name/x", "x" * 5000):
        assert f"Cannot read the corpus {str(folder)!r}" in told(capsys, "kwic", "会议", folder)
    with pytest.raises(CorpusNotFoundError, match=r"Cannot read the corpus 'a.x00b'"):
        load("a\0b")


def test_a_folder_that_one_may_not_enter_is_named(tmp_path, monkeypatch):
    exists = Path.exists

    def refuse(path, **options):
        if path.name == "closed":  # rights that are taken away do not hold for an administrator
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return exists(path, **options)

    monkeypatch.setattr(Path, "exists", refuse)
    with pytest.raises(CorpusNotFoundError, match="Permission denied"):
        load(tmp_path / "closed")


def test_one_file_is_a_corpus(tmp_path, texts, capsys):
    assert cli.main(["kwic", "会议", str(texts / "3.txt")]) == 0
    assert "in 1 documents" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a file/x.csv", "folder.csv", "nowhere/x.csv", "pipe.csv"])
def test_places_that_cannot_be_written_are_named_and_left_alone(tmp_path, texts, capsys, name):
    (tmp_path / "a file").write_text("mine", encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    place = tmp_path / name
    assert f"Cannot write '{place}'" in told(capsys, "kwic", "会议", texts, "--out", place)
    assert (tmp_path / "a file").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "pipe.csv").is_fifo()
    assert contents(tmp_path / "folder.csv") == {}


def test_a_file_in_the_place_of_the_folder_of_tables_is_left_alone(tmp_path, texts, capsys):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    for command in ("corpus", "report"):
        line = told(capsys, command, texts, "--out", tmp_path / "out")
        assert f"Cannot make the folder '{tmp_path / 'out'}': " in line
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "condition",
    ["", " ", "year >", "@x", "__import__('os')", "text.str", "1", "year == year.max(", "(" * 500,
     "year\n>2000", "\0", "发展"],
)  # fmt: skip
def test_conditions_without_sense_are_refused_in_one_line(texts, capsys, condition):
    told(capsys, "kwic", "会议", texts, "--where", condition)


def test_a_path_with_a_nul_is_refused(texts, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["kwic", "会议", str(texts), "--out", "a\0b"])
    assert stopped.value.code == 2
    assert "holds a NUL character" in capsys.readouterr().err


# --- texts made to take long

UNITS = [
    "(", "《", "“", "第", "1", "-", "年", " ", "\t", "\n", "?", "<", "&", "*", "|", "省", "(1)",
    "县委书记", "2020年", "1月1日", "（fā）", "發(fā)", "2020-01-01 10:20:30 ", "来源：", "责编：",
    "??h", "张三 ", "“a", "十九大", "- \n", "\u3000\n", "王国生\n", "县委书记王国生说，\n", "![",
    "一、", "- ", "第一章\n", "各位代表：", "记者：a\n", "，",
]  # fmt: skip
LONG = 120  # seconds: a guard; a rule that is quadratic takes many minutes


def test_no_repetition_makes_a_text_take_long(tmp_path):
    folder = tmp_path / "hostile"
    folder.mkdir()
    for number, unit in enumerate(UNITS):
        text = "江西省南昌县2020年政府工作报告\n会议强调，要发展。" + unit * (16_000 // len(unit))
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    program = (
        f"from difang import load; c = load({str(folder)!r}, cache=False);"
        "assert all(c.undo(i) == c.raw[i] for i in c.raw); print(len(c.raw), len(c.skipped))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=LONG, check=False
    )
    assert done.stdout.split() == [str(len(UNITS)), "0"], done.stderr
