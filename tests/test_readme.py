"""What the README and ARCHITECTURE promise is there."""

import re
import shlex
import tomllib

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
    for page in ("README.md", "README.zh.md", "ARCHITECTURE.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (ROOT / target).exists(), (page, target)


def test_every_notebook_is_in_the_readme():
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        assert f"| {path.stem} |" in README
        assert f"| {path.stem} |" in CHINESE


def test_the_version_to_cite_is_that_of_the_package():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["version"] == version
    assert f"version {version} ({cited['date-released'][:4]})" in README
