import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

import difang
from difang.compare import arrangements
from difang.compare.inference import inference
from difang.corpus import engine, loading, working
from difang.corpus.engine import EngineError, spread
from difang.project import ROOT, SEEDS
from difang.words.cutting import Cutter
from difang.words.partitions import count_corpus

KILL = 9
TABLES = ("documents", "evidence", "edits", "skipped")
OWN = {"PYTHONPATH": str(ROOT / "lib"), engine.VARIABLE: ""}


class Cluster:
    """A scheduler and workers of its own processes, over loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.running = folder, []
        self.address = self.start("scheduler", "--no-show", "--port", "0", said="Scheduler at:")

    def start(self, kind: str, *options: str, said: str, **variables: str) -> str:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1"]
        process = subprocess.Popen(
            [*command, "--no-dashboard", *options],
            env=os.environ | OWN | variables,
            cwd=self.folder,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.running.append(process)
        for line in process.stderr:
            if said in line:
                return line.split(said)[1].strip()
        raise AssertionError(f"the {kind} ended with {process.wait()}")

    def worker(self, **variables: str) -> subprocess.Popen:
        options = ("--no-nanny", "--nthreads", "1")
        self.start("worker", self.address, *options, said="Registered to:", **variables)
        return self.running[-1]

    def end(self) -> None:
        for process in reversed(self.running):
            process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        made.worker()
        made.worker()
        yield made
    finally:
        made.end()


@pytest.fixture
def client(cluster):
    with engine._connected(cluster.address) as client:
        yield client


@pytest.fixture
def texts(tmp_path, monkeypatch):
    """Sixty made-up documents, dealt in batches of about four."""
    monkeypatch.setattr(loading, "BATCH", 4)
    monkeypatch.setattr("difang.project.CACHE", tmp_path / "cache")
    folder = tmp_path / "texts"
    for number in range(60):
        place = ("江西省", "湖北省", "贵州省")[number % 3]
        path = folder / place / f"{number:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        day = f"{2015 + number % 5}年{number % 12 + 1}月{number % 28 + 1}日"
        words = ("县域经济", "生态保护", "大数据", "脱贫攻坚")[number % 4]
        text = (
            f"某县在线\n{day}，{place}召开第{number}次會議。會議强调，要推动{words}，抓好{words}。"
        )
        path.write_text(text * (number % 7 + 1) + "\n責任編輯：某某", "utf-8")
    (folder / "broken.txt").write_bytes("2018年3月2日，会议强调。".encode() * 9 + b"\xff\xfe")
    (folder / "old.caj").write_bytes(b"CAJ")
    return folder


def same(one: difang.Corpus, other: difang.Corpus) -> bool:
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    return one.raw == other.raw


def all_released(client) -> bool:
    """Tell whether no result is held on the cluster; the client's own thread lets go of them."""
    for _ in range(200):
        if not client.futures:
            return True
        time.sleep(0.05)
    return False


def counted(corpus: difang.Corpus) -> difang.Counts:
    return difang.count(difang.segment(corpus, cache=False), corpus.documents)


@pytest.mark.parametrize("seeds", [True, False])
def test_corpus_and_counts_are_those_of_the_single_machine(texts, cluster, seeds):
    folder = SEEDS if seeds else texts
    alone = difang.load(folder, cache=False)
    counts_alone = counted(alone)
    with engine._connected(cluster.address):
        together = difang.load(folder, cache=False)
        counts_together = counted(together)
    assert same(alone, together)
    assert list(counts_alone.terms) == list(counts_together.terms)
    assert (counts_alone.matrix != counts_together.matrix).nnz == 0
    scores = difang.tfidf_contrast(counts_alone, by="province")
    pd.testing.assert_frame_equal(scores, difang.tfidf_contrast(counts_together, by="province"))


@pytest.mark.parametrize("cores", ["1", "2", "3"])
def test_the_number_of_cores_changes_nothing(texts, monkeypatch, cores):
    expected = difang.load(texts, cache=False)
    monkeypatch.setattr(loading, "PACE", 1)  # as if it took long
    monkeypatch.setenv("DIFANG_CORES", cores)
    assert same(expected, difang.load(texts, cache=False))


def test_the_workers_do_it(texts, client, monkeypatch):
    monkeypatch.setattr(working, "clean", None)  # here it would fail
    monkeypatch.setattr(Cutter, "numbers", None)
    corpus = difang.load(texts)
    assert len(corpus.documents) == len(difang.segment(corpus).doc_ids) == 61
    assert list(corpus.skipped["path"]) == ["old.caj"]
    assert all_released(client)


def test_what_the_workers_did_is_kept_here(texts, cluster):
    with engine._connected(cluster.address):
        first = difang.load(texts)
    kept = len(list((texts.parent / "cache" / "corpus").iterdir()))
    assert kept > 5
    assert same(first, difang.load(texts))
    assert len(list((texts.parent / "cache" / "corpus").iterdir())) == kept


def test_a_worker_killed_in_the_middle_changes_nothing(texts, cluster, client):
    lost = cluster.worker()
    client.wait_for_workers(3)
    seen = []

    def killing(documents):
        for document in documents:
            seen.append(document)
            if len(seen) == 20:
                lost.kill()
            yield document

    together = difang.load(texts, cache=False, progress=killing)
    lost.wait()
    assert len(seen) == 61
    client.wait_for_workers(2)
    client.close()
    assert same(together, difang.load(texts, cache=False))


def test_workers_count_and_draw_the_same_though_some_are_killed(
    texts, cluster, client, monkeypatch
):
    client.close()
    corpus = difang.load(texts, cache=False)
    counts_alone = counted(corpus)
    scores = difang.tfidf_contrast(counts_alone, by="province")
    tested = inference(scores, counts_alone, resamples=0)
    assert 0 < tested["p"].min() < 0.05
    monkeypatch.setattr(Cutter, "numbers", None)  # here it would fail
    monkeypatch.setattr(arrangements, "_sums", None)
    monkeypatch.setattr("difang.project.CACHE", texts.parent / "another")
    with engine._connected(cluster.address) as client:
        kill_in_the_middle(cluster, client, monkeypatch)
        counts = count_corpus(corpus, cache=False)
        kill_in_the_middle(cluster, client, monkeypatch)
        together = inference(scores, counts, resamples=0)
    assert list(counts.terms) == list(counts_alone.terms)
    for part in ("data", "indices", "indptr"):
        one, other = (getattr(each.matrix, part) for each in (counts, counts_alone))
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()
    pd.testing.assert_frame_equal(together, tested, check_exact=True)


def kill_in_the_middle(cluster, client, monkeypatch):
    """Start another worker, and end it when half a dozen pieces are on their way."""
    lost, sent = cluster.worker(), []
    client.wait_for_workers(3)
    submit = type(client).submit

    def killing(*asked, **how):
        sent.append(asked)
        if len(sent) == 7:
            lost.kill()
            lost.wait()
        return submit(client, *asked, **how)

    monkeypatch.setattr(client, "submit", killing)


def die_once(folder: Path, number: int) -> int:
    if number == 7 and not (folder / "died").exists():
        (folder / "died").touch()
        os.kill(os.getpid(), KILL)
    return number * number


def die(number: int) -> int:
    os.kill(os.getpid(), KILL)
    return number


@pytest.fixture
def by_value():
    """Workers cannot import this module: they get its functions whole."""
    import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    yield
    cloudpickle.unregister_pickle_by_value(sys.modules[__name__])


def test_a_batch_whose_worker_dies_of_it_is_done_again(tmp_path, cluster, client, by_value):
    cluster.worker()
    before = len(client.scheduler_info(n_workers=-1)["workers"])
    assert list(spread(partial(die_once, tmp_path), range(20))) == [n * n for n in range(20)]
    assert (tmp_path / "died").exists()
    assert len(client.scheduler_info(n_workers=-1)["workers"]) == before - 1


@pytest.fixture
def empty(tmp_path):
    """A scheduler that has no worker yet."""
    made = Cluster(tmp_path)
    try:
        yield made
    finally:
        made.end()


def test_a_batch_that_ends_every_worker_is_an_error_that_says_so(empty, by_value):
    for _ in range(4):
        empty.worker()
    with (
        engine._connected(empty.address),
        pytest.raises(EngineError, match="one batch of documents ended several workers"),
    ):
        list(spread(die, [1]))


def test_without_workers_a_warning_says_what_to_start_and_then_it_goes_on(empty, monkeypatch):
    started = []
    monkeypatch.setattr(engine.warnings, "warn", lambda said, **_: started.append(said))
    with engine._connected(empty.address) as client:
        results = spread(abs, iter_with(lambda: empty.worker()))
        assert list(results) == [1, 2]
        assert len(client.nthreads()) == 1
    assert started == [
        f"The Dask scheduler at {empty.address} has no worker, and is waited for. "
        f"Start some: dask worker {empty.address}"
    ]


def iter_with(start):
    start()
    yield from (-1, -2)


def test_a_scheduler_that_is_lost_is_named(empty, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 1)
    empty.worker()

    def losing():
        yield -1
        empty.running[0].kill()
        empty.running[0].wait()
        yield from range(20)

    told = f"Dask scheduler at {empty.address} is lost. Start it again and repeat the command"
    with engine._connected(empty.address) as client:
        with pytest.raises(EngineError, match=told):
            list(spread(abs, losing()))
        client.close()


def test_a_worker_with_other_code_or_tables_is_refused(empty, tmp_path):
    for part in ("lib", "data/reference"):
        shutil.copytree(ROOT / part, tmp_path / "other" / part)
    with (tmp_path / "other" / "data" / "reference" / "cleaning_rules.csv").open("a") as file:
        file.write("\n")
    empty.worker(PYTHONPATH=str(tmp_path / "other" / "lib"))
    told = r"Cannot use the worker tcp://127.0.0.1:\d+: its results could differ. It has difang"
    with engine._connected(empty.address), pytest.raises(EngineError, match=told):
        difang.load(cache=False)


def test_a_worker_without_difang_is_refused(empty, tmp_path):
    (tmp_path / "difang.py").touch()  # hides the package
    empty.worker(PYTHONPATH=str(tmp_path))
    told = f"Cannot use the workers of {empty.address}: No module named 'difang"
    with engine._connected(empty.address), pytest.raises(EngineError, match=told):
        difang.load(cache=False)


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        ("tcp://127.0.0.1:9", "refused"),
        ("10.0.0.1", "missing port number"),
        ("http://127.0.0.1:8786", "unknown address scheme 'http'"),
    ],
)
def test_a_scheduler_that_cannot_be_reached_is_named_with_what_to_do(address, cause, monkeypatch):
    monkeypatch.setenv(engine.VARIABLE, address)
    with pytest.raises(EngineError) as told:
        difang.load(cache=False)
    assert f"Cannot reach a Dask scheduler at {address!r}: " in str(told.value)
    assert cause in str(told.value)
    assert "Start one (`dask scheduler`)" in str(told.value)
    assert "or leave out --scheduler and DIFANG_SCHEDULER" in str(told.value)


def test_without_the_package_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setenv(engine.VARIABLE, "tcp://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EngineError, match=r"is not installed. Install difang\[dask\], or leave"):
        difang.load(cache=False)


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    environment = os.environ | OWN | variables
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True
    )


def test_dask_is_imported_only_where_it_is_asked_for():
    program = "import difang, sys; difang.load(); sys.exit('distributed' in sys.modules)"
    assert run("-c", program).returncode == 0


@pytest.mark.parametrize(
    ("asked_by", "command"), [("variable", "corpus"), ("option", "keywords --by province")]
)
def test_commands_print_and_write_the_same_to_the_last_digit(texts, cluster, asked_by, command):
    program = (
        "import sys, pathlib, difang.project as p; p.CACHE = pathlib.Path(sys.argv.pop(1));"
        "from difang.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    written = []
    for engaged in (False, True):
        out = texts.parent / str(engaged)
        out.mkdir()
        verb, *options = command.split()
        options += ["--out", str(out / ("scores.csv" if options else ""))]
        options += ["--scheduler", cluster.address] * (engaged and asked_by == "option")
        asked = {engine.VARIABLE: cluster.address} if engaged and asked_by == "variable" else {}
        done = run("-c", program, str(out / "cache"), verb, str(texts), *options, **asked)
        assert (done.returncode, done.stderr) == (0, "")
        files = {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}
        written.append((done.stdout.replace(str(out), ""), files))
    assert len(written[0][1]) == (5 if command == "corpus" else 1)
    assert written[0] == written[1]
