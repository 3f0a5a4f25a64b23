"""Runs again: what a second run takes of the first, and one after a change of texts or lexicon.

Made-up reports, or the texts of a folder named (it is copied), are read by the command line with a
cache of their own. Out come shares of the seconds of all cores of the first run; the exit status is
1 if a goal is missed. `--documents 200 --only corpus` for a quick look.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from difang import project
from made_up import write

PROGRAM = """
import pathlib, runpy, sys
from difang import project
project.CACHE, project.LEXICON = pathlib.Path(sys.argv.pop(1)), pathlib.Path(sys.argv.pop(1))
runpy.run_module("difang", run_name="__main__")
"""
KEPT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}  # as it comes, Python keeps compiled modules
COMMANDS = {
    "corpus": ("--out", "tables"),
    "keywords": ("--by", "province", "--out", "scores.csv"),
}
RUNS = ("first", "second", "one changed", "lexicon changed")
GOALS = {
    ("corpus", "second"): 0.05, ("corpus", "one changed"): 0.10,
    ("corpus", "lexicon changed"): 0.05,  # which reads no words
    ("keywords", "second"): 0.05, ("keywords", "one changed"): 0.10,
}  # fmt: skip


def seconds(home: Path, command: str) -> float:
    """Return the seconds of all cores that a command takes."""
    given = [home / "cache", home / "lexicon", command, home / "texts", *COMMANDS[command]]
    before = os.times()
    subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, given)],
        cwd=home, check=True, stdout=subprocess.DEVNULL, env=KEPT,
    )  # fmt: skip
    after = os.times()
    return after.children_user + after.children_system - sum(before[2:4])


def change(home: Path, what: str) -> None:
    """Change a document or the lexicon."""
    texts = sorted(path for path in (home / "texts").rglob("*") if path.is_file())
    changed = {"one changed": texts[len(texts) // 2], "lexicon changed": home / "lexicon/words.txt"}
    if what in changed:
        with changed[what].open("ab") as file:
            file.write("\n要抓好落实\n".encode())


def main() -> int:
    """Print the shares beside their goals; tell whether these are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--folder", type=Path, help="texts, in the place of made-up ones")
    parser.add_argument("--only", choices=COMMANDS)
    options, missed = parser.parse_args(), 0
    for command in [options.only] if options.only else COMMANDS:
        with tempfile.TemporaryDirectory() as name:
            home = Path(name)
            shutil.copytree(project.LEXICON, home / "lexicon")
            if options.folder:
                shutil.copytree(options.folder, home / "texts")
            else:
                write(home / "texts", options.documents)
            first = 0.0
            for run in RUNS:
                change(home, run)
                took = seconds(home, command)
                first = first or took
                goal = GOALS.get((command, run), 1.0)
                missed += took > goal * first
                print(f"{command:9} {run:16} {took:7.1f} s {took / first:7.1%}  goal {goal:.0%}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
