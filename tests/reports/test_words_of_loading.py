"""What loading says of files and documents, read out of its code: each has its Chinese."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import difang
from difang.corpus.reference import read_reference
from difang.corpus.rules import ALWAYS, RULES
from difang.project import ROOT
from difang.reports.corpus_page import by_reason
from difang.reports.language import sentences

ROOM = [path.read_text("utf-8") for path in sorted((ROOT / "lib/difang/corpus").glob("*.py"))]
SENTENCE = re.compile(r"[A-Z0-9][^\n]* [^\n]*\.")
ENGLISH = re.compile(r"[A-Za-z'’]+(?:[ ,.:;]+[A-Za-z'’]+){2,}")
IN_ERRORS = {  # behind "Cannot …", which ends a run and stands on no page
    "7 is no field that can be corrected. Choose from 7.",
    "7 is no 7. Write a whole number.",
}
COMPOSED = "7 (7; 7 line 7)."  # of FAULT, see below
NAMED = re.compile(r"\brule\"?(?:=|: | = )\"([^\"]+)\"")
UNREAD = {
    "a.doc": b"\xd0\xcf\x11\xe0 ", "b": b"\x00\x01", "c.pdf": b"%PDF-1.4 nothing", "d.txt": b" ",
    "e.docx": b"PK\x03\x04 nothing", "f.csv": b"a,b\n1,2\n", "g.csv": b"text,text\n1,2\n",
    "h.jsonl": b'{"text": "\xe7\x9c\x81"}\nno\n[1]\n',
    "i.txt": b"\x00" * 99, "j.html": b"<html><p>",
    "k.xlsx": b"x", "l.csv": b"text,n\n,2\n\xe7\x9c\x81,3,4\n",
    "metadata.csv": b"file,year\nz,2018\n",
    "m.zip": b"PK\x03\x04 x", "n.txt.gz": b"\x1f\x8b x", "o.png": b"x", "p.rtf": b"{\\rtf",
    "q.parquet": b"PAR1 x", "r.txt": "会议强调，要推动发展。".encode(),
}  # fmt: skip


def told(node: ast.AST) -> Iterator[str]:
    """Yield the texts of a module but for its docstrings; what fills a hole is 7."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(p.value if isinstance(p, ast.Constant) else "7" for p in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        for child in ast.iter_child_nodes(node):
            yield from told(child)


def in_chinese(reasons: list[str]) -> list[str]:
    """What a Chinese page says for each."""
    code = "import json, sys; from difang.reports.language import reworded\n"
    code += "print(json.dumps([*map(reworded, json.load(sys.stdin))]))"
    done = subprocess.run(
        [sys.executable, "-c", code], input=json.dumps(reasons), text=True, capture_output=True,
        check=True, env={**os.environ, "DIFANG_LANG": "zh", "PYTHONUTF8": "1"},
    )  # fmt: skip
    answers: list[str] = json.loads(done.stdout)
    return answers


def test_each_sentence_that_loading_says_of_a_file_or_a_field_has_its_chinese() -> None:
    found = {
        text for source in ROOM for text in told(ast.parse(source)) if SENTENCE.fullmatch(text)
    }
    found |= {row["what_to_do"] for row in read_reference("formats.csv", ("what_to_do",))} - {""}
    reasons = sorted(one for one in found - IN_ERRORS - {COMPOSED} if not one.startswith("Cannot "))
    assert len(reasons) > 100
    answers = dict(zip(reasons, in_chinese(reasons), strict=True))
    assert [reason for reason, answer in answers.items() if ENGLISH.search(answer)] == []


def test_what_is_said_of_unread_files_is_chinese_also_where_they_are_counted(
    tmp_path: Path,
) -> None:
    for name, data in UNREAD.items():
        (tmp_path / name).write_bytes(data)
    skipped = difang.load(tmp_path, cache=False).skipped
    assert len(skipped) >= len(UNREAD)  # all but the last, and some tables in two ways
    said = [*skipped["reason"], *skipped["what_to_do"], *by_reason(skipped)["reason"]]
    plain = [re.sub(r"（[^（）]*）|JSON：.*", "", one) for one in in_chinese(said)]  # by libraries
    assert [one for one in plain if ENGLISH.search(one)] == []


@pytest.mark.parametrize("reason", [
    "difang failed on this document (KeyError: 'a'; dates.py line 3).",
    "Line 3 (a/b, year) names no document of this corpus.",
    "Line 3 (a/b, year) was written for another state of the file.",
])  # fmt: skip
def test_what_is_put_together_is_chinese_too(reason: str) -> None:
    assert not ENGLISH.search(in_chinese([reason])[0])


def test_each_rule_has_its_chinese_and_cleaning_rules_keep_the_name_to_type() -> None:
    known = sentences("values", "zh")["rule"]
    for rule in {*RULES, *ALWAYS}:
        assert known[rule].endswith(f"（{rule}）") and len(known[rule]) > len(rule) + 2
    tables = ("body_cues.csv", "genre_cues.csv", "year_cues.csv")
    of_tables = {row["rule"] for name in tables for row in read_reference(name, ("rule",))}
    of_code = {rule for source in ROOM for rule in NAMED.findall(source)}
    assert len(of_code) > 10
    assert (of_tables | of_code) - known.keys() == set()


def test_rules_that_made_one_edit_are_named_one_by_one() -> None:
    code = "from difang.reports.language import named; print(named('rule', 'html_tag+entity'))"
    for language, expected in (
        ("zh", "HTML 标签（html_tag）+HTML 实体（entity）"),
        ("en", "html_tag+entity"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code], text=True, capture_output=True, check=True,
            env={**os.environ, "DIFANG_LANG": language, "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert done.stdout.strip() == expected
