import html
import os
import re
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from difang.corpus.documents import Corpus
from difang.reports import colophon as room
from difang.reports.colophon import commit, versions


def corpus(folder: str = "my texts") -> Corpus:
    index = pd.Index(["甲", "乙"], name="doc_id")
    documents = pd.DataFrame({"sha256": ["cc", "aa"], "chars": [1200, 34]}, index=index)
    nothing = pd.DataFrame()
    return Corpus(folder, documents, nothing, nothing, pd.DataFrame({"path": ["a.xls"]}), {})


def facts(told: str) -> dict[str, str]:
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", told)
    return {name: html.unescape(value) for name, value in pairs}


def test_it_tells_corpus_lexicon_settings_and_versions() -> None:
    told = facts(room.facts(corpus(), "f" * 64, {"TOP": 20, "FOLDER": Path("/home/x/seeds")}).html)
    assert told["Corpus"] == "2 documents, 1,234 characters, folder my texts"
    assert corpus().hash.startswith(told["Corpus hash"])
    assert len(told["Corpus hash"]) == 16
    assert told["Files not read"] == "1"
    assert told["Lexicon hash"] == "f" * 16
    assert told["Settings"] == "TOP = 20, FOLDER = seeds"
    assert f"pandas {pd.__version__}" in told["Versions"]


def test_it_holds_no_path_of_the_machine_and_escapes_names() -> None:
    given = {"A": "<i>", "ONE": Path("/home/someone/x"), "TWO": "/home/someone/y"}
    told = room.facts(corpus("<b>"), settings=given).html
    assert "someone" not in told
    assert "&lt;b&gt;" in told
    assert "&lt;i&gt;" in told


def test_two_colophons_of_the_same_run_are_equal() -> None:
    assert room.facts(corpus()).html == room.facts(corpus()).html


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    words = ["-c", "user.name=n", "-c", "user.email=e@example.org"]
    (tmp_path / "a.txt").write_text("a")
    for command in (["init", "-q"], ["add", "a.txt"], [*words, "commit", "-qm", "one"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def test_the_commit_is_told_with_changes_or_without(repository: Path) -> None:
    head = commit(repository)
    assert head and re.fullmatch(r"[0-9a-f]{12}", head)
    (repository / "new.txt").write_text("not tracked")
    assert commit(repository) == head
    (repository / "a.txt").write_text("b")
    assert commit(repository) == f"{head}, with changes"


def test_without_git_or_outside_a_repository_nothing_fails(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = repository / "folder"
    inside.mkdir()
    assert commit(inside) is None
    monkeypatch.setenv("PATH", "")
    assert commit(repository) is None
    monkeypatch.setattr(room, "commit", lambda: None)
    assert facts(room.facts(corpus()).html)["Commit"] == "not known"


def test_a_package_that_is_not_there_is_called_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "PACKAGES", "pandas no-such-package")
    assert versions()["no-such-package"] == "absent"
