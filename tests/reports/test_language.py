"""Both languages say the same: each sentence has its Chinese, a Chinese page keeps no English."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from string import Formatter
from typing import Any

import nbformat
import pytest

from difang import cli, project
from difang.compare.cells import LIMITS
from difang.compare.headline import MASKED, SLIGHT
from difang.corpus.reference import read_reference
from difang.corpus.roles import LEVEL_OF
from difang.corpus.rules import ALWAYS, RULES
from difang.corpus.windows import CONFIDENCE, STRENGTH
from difang.reports import doubts, reuse_page
from difang.reports.language import TEMPLATE, VALUES, named, reworded, sentences, translate
from difang.reports.runner import numbered

SENTENCE = re.compile(r"[A-Za-z][a-z'’]+(?:[ ,.:;]+[A-Za-z][A-Za-z'’]*){3,}")
NO_PROSE = re.compile(r"`[^`]*`|\{[^}]*\}|\([^()]*\d{4}[^()]*\)|（[^（）]*\d{4}[^（）]*）")
CODE = re.compile(
    r"<(style|script|code|pre|cite|dl)\b[^>]*>.*?</\1>|<td[^>]* lang=\"en\">.*?</td>"
    r"|<details class=\"code\">.*?</details>",
    re.DOTALL,
)


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATE / name).read_text("utf-8"))


def said(part: dict[str, Any], *above: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, value in part.items():
        if isinstance(value, dict):
            yield from said(value, *above, name)
        elif isinstance(value, str):
            yield (*above, name), value


ENGLISH, CHINESE = dict(said(read("sentences.toml"))), dict(said(read("sentences.zh.toml")))
PROSE = read("notebooks.zh.toml")


def holes(sentence: str) -> set[str]:
    names = (name for _, name, _, _ in Formatter().parse(sentence) if name is not None)
    return {re.split(r"[.\[]", name)[0] for name in names}


def test_each_sentence_has_its_chinese_and_none_is_left_over():
    told = {key for key in ENGLISH if "formats" not in key}
    assert {key for key in CHINESE if key[0] != "values"} == told


def test_a_sentence_and_its_chinese_are_filled_with_the_same():
    for key, sentence in ENGLISH.items():
        assert holes(CHINESE.get(key, sentence)) == holes(sentence), key


def test_the_chinese_of_sentences_and_notebooks_holds_no_english_one():
    prose = [text for cells in PROSE.values() for text in cells.values()]
    for text in [*CHINESE.values(), *prose]:
        assert not SENTENCE.search(NO_PROSE.sub("", text)), text


def test_each_cell_of_prose_has_its_chinese():
    cells = {
        path.stem: {
            cell.id for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"
        }
        for path in numbered(project.NOTEBOOKS)
        if path.stem < "08"
    }
    assert {name: set(told) for name, told in PROSE.items()} == cells


def test_headings_and_code_names_are_those_of_the_english_cell():
    for path in numbered(project.NOTEBOOKS):
        for cell in nbformat.read(path, 4).cells:
            if (text := PROSE.get(path.stem, {}).get(cell.id)) is not None:
                assert re.findall(r"^#+ ", text.strip(), re.M) == re.findall(
                    r"^#+ ", cell.source, re.M
                )
                assert set(re.findall(r"`[^`]*`", text)) == set(re.findall(r"`[^`]*`", cell.source))


def test_a_notebook_of_ones_own_stays_as_it_is():
    notebook = nbformat.read(project.NOTEBOOKS / "03-provinces.ipynb", 4)
    before = json.dumps(notebook.cells)
    translate(notebook, "08-my-question", "zh")
    translate(notebook, "03-provinces", "en")
    assert json.dumps(notebook.cells) == before
    translate(notebook, "03-provinces", "zh")
    assert notebook.cells[0].source.startswith("# 03 · 哪些词使各省有别？")


def test_formats_and_orders_are_inherited_and_english_stays_english():
    assert sentences("compare", "zh")["terms"]["formats"] == {"top_doc_share": ".0%"}
    assert sentences("charts", "zh")["long"] == sentences("charts", "en")["long"]
    assert sentences("page", "en")["contents"] == "Contents"
    assert named("genre", "speech") == "speech"


def test_every_coded_value_has_its_chinese():
    known = sentences("values", "zh")
    kinds = {row["genre"] for row in read_reference("genre_cues.csv", ("genre",))} | {"fiction"}
    assert known["genre"].keys() == kinds
    assert known["level"].keys() == set(LEVEL_OF.values())
    assert known["value"] == known["genre"] | known["level"]
    assert known["basis"].keys() == set(STRENGTH)
    assert known["confidence"].keys() == set(CONFIDENCE)
    assert known["limits"].keys() == set(LIMITS)
    assert known["flag"].keys() >= {*MASKED, SLIGHT}
    assert known["reason of rule"].keys() == {*RULES, *ALWAYS}
    assert known["why"].keys() == {
        doubts.DISAGREE, doubts.WEAK_ONLY, doubts.OPEN, doubts.SILENT,
    }  # fmt: skip
    assert known["made"].keys() == {
        reuse_page.STOCK, reuse_page.PHRASES, reuse_page.COPIED, reuse_page.OTHER,
    }  # fmt: skip
    assert VALUES == {}  # these tests speak English, the default


CUES = {"anchor_cues.csv", "body_cues.csv", "fiction_cues.csv", "genre_cues.csv", "year_cues.csv"}


@pytest.mark.parametrize("table", sorted(CUES))
def test_every_reason_that_a_table_of_cues_gives_has_its_chinese(table):
    known = sentences("values", "zh")
    rows = [*read_reference(table, ("reason",))]
    if table == "fiction_cues.csv":  # its cues are told by their names
        assert known["cue"].keys() == {row["cue"] for row in rows}
    else:
        assert {row["reason"] for row in rows} <= known["reason"].keys()


def test_reasons_of_evidence_are_reworded_with_what_they_hold():
    told = """from difang.reports.language import reworded
for one in (
    "江西省 was 3 (b) then. Others say 5.", "The title names the body. (weight 3)", "New.",
    "2019: The year is nearly over. Contradicts 2018 (lead: x).",
    "Narration: novel site, mind; 9.0 where 6.5 is enough. Set aside: this is fiction.",
    "The body signs the text. The place in the title stands higher.",
    "months are counted since: 甲 was 2008-05-12.",
    "The header names the day the document was written.",
): print(reworded(one))"""
    process = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True,
        env={**os.environ, "DIFANG_LANG": "zh", "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert process.stdout.splitlines() == [
        "江西省其时任3（b）。另有证据为5。", "标题写明该机关。（权重 3）", "New.",
        "2019：该年将尽。与 2018（lead: x）相左。",
        "叙事笔法：小说网页、心理；得 9.0，满 6.5 即作小说。不采用：本篇为小说。",
        "文末由该机关署名。“标题中的地名”的证据更强。",
        "文中计其后的月数：甲为 2008-05-12。", "页首写明成文之日。",
    ]  # fmt: skip
    assert reworded("The title names the body.") == "The title names the body."


def test_the_variable_sets_the_language_of_a_process():
    told = "from difang.reports.language import LANGUAGE, joined; print(LANGUAGE, joined('ab'))"
    for given, expected in (("zh", "zh a、b"), ("en", "en a, b"), ("", "en a, b")):
        process = subprocess.run(
            [sys.executable, "-c", told], capture_output=True, text=True, check=True,
            env={**os.environ, "DIFANG_LANG": given, "PYTHONUTF8": "1"},
        )  # fmt: skip
        assert process.stdout.strip() == expected


@pytest.mark.parametrize("lang", ["fr", "中文"])
def test_a_language_that_is_not_there_is_refused(lang, capsys):
    with pytest.raises(SystemExit):
        cli.main(["report", "--lang", lang])
    assert "'en', 'zh'" in capsys.readouterr().err.replace("choose from en, zh", "'en', 'zh'")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("chinese")
    assert cli.main(["report", "--lang", "zh", "--out", str(out)]) == 0
    return out


@pytest.mark.notebooks
@pytest.mark.parametrize("name", [*(path.stem for path in numbered()), "index"])
def test_a_chinese_page_is_chinese(chinese: Path, name: str):
    page = (chinese / f"{name}.html").read_text("utf-8")
    assert '<html lang="zh-Hans">' in page
    alts = " ⏎ ".join(re.findall(r'(?:alt|aria-label)="([^"]*)"', page))
    text = re.sub(
        r"<[^>]*>", " ⏎ ", re.sub(r"</?(?:span|b|i|em|strong)\b[^>]*>", "", CODE.sub(" ⏎ ", page))
    )
    text = NO_PROSE.sub("", unescape(f"{text} ⏎ {alts}"))
    assert SENTENCE.findall(text) == []


@pytest.mark.notebooks
def test_english_within_a_chinese_page_is_marked(chinese: Path):
    page = (chinese / "03-provinces.html").read_text("utf-8")
    assert '<span lang="en">Benjamini &amp; Hochberg</span>' in page.replace(
        '</span> &amp; <span lang="en">', " &amp; "
    )
    assert '<span lang="zh-Hans">' not in page
