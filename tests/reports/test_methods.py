"""The paragraph of a page tells its run: what is set otherwise is told otherwise, and cited."""

import html
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

import difang
from difang import project
from difang.reports import colophon as table
from difang.reports import methods
from difang.reports.comparison import compare
from difang.reports.language import sentences
from difang.reports.methods import Part, colophon, label, of_comparison, of_trends, references

WORDS = {"江西省": "生态，旅游，茶叶", "湖北省": "数据，产业，桥梁", "贵州省": "酒，苗绣，山地"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    for place, words in WORDS.items():
        (folder / place).mkdir()
        for year in range(2012, 2018):
            text = f"{words}，{words}。{'推进改革，' * (year - 2010)}发展。\n"
            text = f"{year}年{place}政府工作报告\n\n{text}"
            (folder / place / f"{year}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def told(folder: Path):
    """Write the parts of a page of provinces on the folder, with some settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project, "CACHE", folder.parent / "cache")

        @cache
        def write(where: str | None = None, **choice: object) -> dict[str, str]:
            corpus = difang.load(folder, where=where)
            tokens = difang.segment(corpus)
            counts = difang.count(tokens, corpus.documents)
            found = compare(corpus, tokens, counts, **{"by": "province", **choice})
            parts = [*of_comparison(found), *of_trends(found)]
            return read(colophon(corpus, tokens.lexicon_hash, {"WHERE": where}, parts).html)

        yield write


def read(page: str) -> dict[str, str]:
    """Give what stands under each heading."""
    found = re.findall(r"<dt[^>]*>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    return {name: html.unescape(re.sub(r"<[^>]*>", "", text)) for name, text in found}


def test_the_paragraph_tells_the_corpus_the_measure_the_test_and_the_versions(told):
    text = told()["Methods and limits"]
    assert "The corpus holds 18 documents" in text
    assert "of 3 provinces, years 2012–2017" in text
    assert "6 documents of 江西省 were compared with the 2 other groups" in text
    assert "with tf = n," in text
    assert "(6 documents against 12;" in text
    versions = table.versions()
    for name in ("jieba", "scikit-learn", "pandas", "scipy", "Python", "difang", "opencc"):
        assert versions[name] in text, name
    assert "{" not in text and "  " not in text


def test_each_part_offers_to_be_copied(folder: Path):
    page = colophon(difang.load(folder)).html
    assert re.findall(r'<dt data-copy="(.*?)">', page) == ["Copy", "Copy", "Copy"]


def test_each_setting_that_decides_the_page_changes_the_paragraph(told):
    texts = [
        told(**one)["Methods and limits"]
        for one in ({}, {"where": "year >= 2013"}, {"sublinear_tf": True}, {"cluster": "year"},
                    {"target": "湖北省"}, {"by": "year"})
    ]  # fmt: skip
    assert len(set(texts)) == len(texts)
    plain, where, sublinear, cluster, target, by_year = texts
    assert "meet the condition year >= 2013" in where and "15 documents" in where
    assert "with tf = 1 + ln n," in sublinear and "tf = n" not in sublinear
    assert "Documents of one year changed sides together." in cluster
    assert "changed sides" not in plain
    assert "documents of 湖北省 were compared" in target
    assert "Mann-Kendall" in by_year and "Mann-Kendall" not in plain
    assert "Names of places" in plain and "Names of places" not in by_year


def test_the_sources_are_those_that_the_paragraph_names(told):
    for choice in ({}, {"by": "year"}):
        page = told(**choice)
        entries = dict(re.findall(r"@\w+\{(\w+),(.*?)^\}", page["BibTeX"], re.S | re.M))
        assert entries.pop("difang")
        named = {
            key for key, entry in references().items() if label(entry) in page["Methods and limits"]
        }
        assert set(entries) == named
        assert {"salton1988", "pedregosa2011", "jieba"} <= named
        assert ("phipson2010" in named) == ("permutation" in page["Methods and limits"])
    assert {"mann1945", "sen1968"} <= named


def test_the_line_to_cite_is_that_of_the_citation_file(told):
    cited = yaml.safe_load((project.ROOT / "CITATION.cff").read_text("utf-8"))
    line, entry = told()["Cite"], told()["BibTeX"]
    for part in (cited["title"], cited["version"], str(cited["date-released"])[:4]):
        assert str(part) in line
        assert str(part) in entry
    assert told()["Corpus hash"] in line
    assert told()["Lexicon hash"] in line


def test_every_source_can_be_named_and_is_used(told):
    used = set(re.findall(r"cite\[(\w+)\]", "".join(map(str, sentences("methods").values()))))
    assert used == set(references())
    for entry in references().values():
        assert re.fullmatch(r"[\w .&-]+ \d{4}", label(entry)), entry
        assert entry.count("{") == entry.count("}")
        rows = entry.splitlines()[1:-1]
        assert all(row.endswith(",") for row, _ in pairwise(rows)) and rows[-1].endswith("}")


def test_one_document_and_no_lexicon_still_make_a_paragraph(tmp_path, monkeypatch):
    monkeypatch.setattr(project, "CACHE", tmp_path / "cache")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a<b>.txt").write_text("会议强调，要发展。", encoding="utf-8")
    corpus = difang.load(tmp_path / "texts")
    page = colophon(
        corpus, settings={"RULES_OFF": ("gloss",), "WHERE": "chars > 0 and '<i>' != ''"}
    )
    assert "<i>" not in page.html
    text = read(page.html)["Methods and limits"]
    assert "The corpus holds 1 document (" in text
    assert "Rules switched off: gloss." in text
    assert "lexicon" not in text


def test_what_a_page_adds_stands_in_the_paragraph():
    part = Part("refused", {"why": difang.compare.refusals.say("one")})
    assert methods.plain(sentences("methods")[part.key], **part.facts).startswith(" No list")
