"""colophon.json: the same request again, and what is unlike is named with both values."""

import json
from pathlib import Path

import pytest

from difang import cli


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("difang.project.CACHE", tmp_path / "cache")
    monkeypatch.setattr("difang.reports.runner.run_reports", lambda *_, **asked: [])
    folder = tmp_path / "texts"
    folder.mkdir()
    for year in (2018, 2019):
        text = f"{year}年，全省经济平稳运行，民生持续改善。"
        (folder / f"{year}.txt").write_text(text, encoding="utf-8")
    return folder


def report(texts: Path, out: Path, *more: object) -> int:
    return cli.main(["report", str(texts), "--out", str(out), *map(str, more)])


def test_a_run_repeated_asks_for_the_same_and_writes_the_same(texts, tmp_path, capsys):
    first, second = tmp_path / "a", tmp_path / "b"
    more = ["--where", "year >= 2018", "--only", "01", "--set", "TOP=5", "--lang", "zh"]
    assert report(texts, first, *more) == 0
    assert report(texts, second, "--from", first / "colophon.json") == 0
    assert "All that decides the pages is as it was." in capsys.readouterr().out
    written = [(out / "colophon.json").read_bytes() for out in (first, second)]
    assert written[0] == written[1]
    asked = {"where": "year >= 2018", "only": ["01"], "set": ["TOP=5"], "lang": "zh"}
    assert json.loads(written[0])["asked"] == asked
    assert str(tmp_path).encode() not in written[0]


def test_what_is_unlike_is_named_with_both_values(texts, tmp_path, capsys):
    assert report(texts, tmp_path / "a") == 0
    (texts / "2018.txt").write_text("另一篇。", encoding="utf-8")
    kept = tmp_path / "a" / "colophon.json"
    earlier = json.loads(kept.read_text("utf-8"))
    earlier["versions"]["jieba"] = "0.41"
    del earlier["notebooks"]["07-charts"]
    kept.write_text(json.dumps(earlier), encoding="utf-8")
    capsys.readouterr()
    assert report(texts, tmp_path / "b", "--from", kept, "--set", "TOP=9") == 0
    told = [line for line in capsys.readouterr().out.splitlines() if "Unlike" in line]
    assert len(told) == 4
    assert any("asked, set: none; now ['TOP=9']" in line for line in told)
    assert any("versions, jieba: 0.41; now 0.42" in line for line in told)
    assert any("notebooks, 07-charts: none; now" in line for line in told)
    assert any(f"corpus, hash: {earlier['corpus']['hash'][:16]}; now" in line for line in told)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"asked": {}}', None])
def test_a_file_that_is_no_colophon_is_refused(content, texts, tmp_path, capsys):
    path = tmp_path / "colophon.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert report(texts, tmp_path / "a", "--from", path) == 2
    assert f"Cannot take the settings from {str(path)!r}" in capsys.readouterr().err
