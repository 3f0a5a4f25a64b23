"""What the README and ARCHITECTURE promise is there."""

import re
import shlex
import tomllib
from random import Random

import pandas as pd
import pytest
import yaml

import difang
from difang import cli
from difang.project import ROOT

README, CHINESE = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")
)
COMMAND = re.compile(r"^\| `python3 run\.py (.+?)` \|", flags=re.M)
COMMANDS = COMMAND.findall(README)
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
STEPS = [shlex.split(line) for line in re.findall(r"^python3 run\.py (.+)$", TUTORIAL, flags=re.M)]


@pytest.mark.parametrize("page", [README, CHINESE], ids=["English", "Chinese"])
def test_the_python_example_runs(page, capsys):
    (example,) = re.findall(r"```python\n(.+?)```", page, flags=re.S)
    exec(compile(example, "README", "exec"), {})
    printed = capsys.readouterr().out
    assert "江西省" in printed
    assert "县域" in printed


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != "lab"])
def test_every_command_shown_is_one_the_parser_knows(command):
    options = cli._parser().parse_args(shlex.split(command))
    assert callable(options.run)


def test_both_languages_show_the_same_commands():
    assert COMMAND.findall(CHINESE) == COMMANDS


def test_lab_is_shown_and_known():
    assert "lab" in COMMANDS
    assert callable(cli._parser().parse_args(["lab"]).run)


def test_every_public_name_is_in_the_table():
    table = README.split("## In Python")[1].split("## The notebooks")[0]
    named = set(re.findall(r"`(\w+)`", table))
    assert set(difang.__all__) <= named


def test_public_names_are_what_they_say():
    for name in difang.__all__:
        assert getattr(difang, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = difang.nonsense


def test_every_file_linked_or_drawn_is_there():
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    assert len(pages) >= 6
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (page.parent / target).exists(), (page, target)


def test_every_notebook_is_in_the_readme():
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        assert f"| {path.stem} |" in README
        assert f"| {path.stem} |" in CHINESE


def test_the_version_to_cite_is_that_of_the_package():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["version"] == version
    assert f"version {version} ({cited['date-released'][:4]})" in README
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    released = [head for head in re.findall(r"^## (.+)", changes, re.M) if head != "Unreleased"]
    assert released[0] == f"{version} ({cited['date-released']})"


def test_the_tutorial_goes_from_ten_files_to_tables(tmp_path, monkeypatch):
    random = Random(2014)
    said = "会议强调，要推进供给侧结构性改革，保障和改善民生。"
    for place in ("江西省", "湖北省"):
        (tmp_path / "my-texts" / place).mkdir(parents=True)
        for year in range(2014, 2019):
            own = "".join(random.choices(["经济", "平稳", "运行", "农村", "城市", "教育"], k=200))
            text = f"{said * (year - 2012)}{own}。"
            (tmp_path / "my-texts" / place / f"{year}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr("difang.project.CACHE", tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    for step in STEPS:
        assert cli._parser().parse_args(step)
        if step[0] not in ("report", "lab", "new"):
            assert cli.main(step) == 0, step
    written = {path.stem: len(path.read_bytes()) for path in tmp_path.rglob("*.csv")}
    assert written.keys() >= {"documents", "evidence", "edits", "skipped", "years", "provinces"}
    assert min(written.values()) > 0


def test_the_ratios_told_are_those_that_were_measured():
    rows = pd.read_csv(ROOT / "benchmarks" / "results.csv")
    rows = rows[(rows["reports"] == rows["reports"].max()) & (rows["tool"] != "difang")]
    told = README.split("## How fast")[1].split("\n## ")[0]
    assert f"{rows['reports'].iloc[0]:,} made-up reports" in told
    numbers = [float(number) for number in re.findall(r"([\d.]+) times", told)]
    measured = [ratio if ratio > 1 else 1 / ratio for ratio in rows["ratio"]]
    for ratio in measured:
        assert any(number == pytest.approx(ratio, rel=0.05) for number in numbers), ratio
    assert len(numbers) == len(measured)
