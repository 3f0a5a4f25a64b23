import pytest

import difang
from difang.reports import corpus_page as page
from difang.reports.figures import Chart
from reports.corpora import KNOWN, gone, made, piece

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture
def loaded(tmp_path):
    def make(files=()):
        for name, content in dict(files).items():
            (tmp_path / name).write_bytes(content.encode())
        return difang.load(tmp_path, overrides=tmp_path / "none.csv")

    return make


def test_coverage_names_documents_provinces_and_years(seeds):
    chart = page.coverage(seeds)
    assert isinstance(chart, Chart)
    assert "5 documents, 3 provinces, 3 years" in chart.alt
    assert "未知" in chart.data.columns  # one of the five has no year


def test_an_empty_folder_is_said_to_be_empty(loaded):
    corpus = loaded({"a.pdf": "x"})
    for said in (page.coverage(corpus), page.headline(corpus)):
        assert said.data.startswith("There is no document")
    assert page.overview(corpus).empty
    assert page.signoff(corpus).data == "- **Not read, or not used**: 1 file."
    assert "0 of 0 provinces" in page.conclusions(corpus).data


def test_the_headline_gives_the_share_that_cleaning_took_out(loaded):
    corpus = loaded({"a.txt": "发展。\n\n\n\n"})
    raw = len(corpus.raw["a"])
    gone = raw - len(corpus.documents.loc["a", "text"])
    assert f"took out {gone / raw:.1%} of the raw" in page.headline(corpus).data


def test_the_headline_stands_bytes_that_are_no_text(tmp_path):
    broken = "同志们：我们要坚持发展。".encode("gb18030")
    (tmp_path / "a.txt").write_bytes(broken * 9 + b"\xff\x80" + broken * 9)
    corpus = difang.load(tmp_path)
    assert not corpus.raw["a"].isprintable()
    assert "**1 document**" in page.headline(corpus).data


def test_nothing_removed_is_a_sentence(loaded):
    corpus = loaded({"a.txt": "发展"})
    assert "removed nothing" in page.removed(corpus.edits).data


def test_the_overview_puts_documents_with_open_fields_first(seeds):
    table = page.overview(seeds)
    assert table.index[0] == "003_00368fc007a92287"
    assert table.loc["002_fe6e44c51daf8143", "place"] == "江西省 吉安市 吉水县"


def test_the_list_before_signing_says_nothing_of_what_there_is_none_of():
    said = page.signoff(made([{"doc_id": "甲", **KNOWN}])).data
    assert said.startswith("- Nothing to warn of")


def test_the_list_before_signing_counts_what_a_reader_counts():
    speech = "我们要坚持发展，" * 10 + "为人民服务。"
    rows = [
        {"doc_id": "甲", **KNOWN, "damage": 2},
        {"doc_id": "乙", **KNOWN, "duplicate_of": "甲", "damage": 3},
        {"doc_id": "丙", **KNOWN, "province": None, "year": None},
        {"doc_id": "丁", "genre": "fiction"},  # needs neither province nor year
        {"doc_id": "戊", **KNOWN, "duplicate_of": "甲"},
    ]
    evidence = [
        ("甲", piece("province", "江西省")),
        ("甲", piece("province", "湖北省", "inferred", "medium", rule="copy")),
        ("乙", piece("province", "江西省")),
        ("乙", piece("province", "湖北省", "inferred", "medium", rule="copy")),
        ("丙", piece("date", "2016-10-01/..", "inferred", "low", "核心", rule="anachronism")),
    ]
    edits = [("甲", gone(speech, speech, "closing"))]
    said = page.signoff(made(rows, evidence, edits, {"甲": speech})).data
    warnings = [line.split("**")[1] for line in said.splitlines()]
    assert warnings[:2] == ["Evidence disagrees", "Words later than the date"]
    assert "disagrees** in 2 documents: province (2)." in said
    assert "date** in 1 document: 核心 (1)." in said
    assert "read** in 1 document" in said and "closing (1)" in said
    assert "left in 2 documents, at 5 spots" in said
    assert "no year**: 1 document." in said
    assert "Copies**: 2 documents" in said and "on place or year: 1." in said
    assert "Fiction**: 1 document." in said
    assert "Not read" not in said


def test_conclusions_count_fields_by_confidence_and_leave_a_line_to_sign():
    evidence = [
        ("甲", piece("province", "江西省")),
        ("甲", piece("level", "province", confidence="medium")),
        ("甲", piece("genre", "speech", confidence="low")),
    ]
    corpus = made([{"doc_id": "甲", **KNOWN, "sha256": "ab"}], evidence)
    said = page.conclusions(corpus).data
    assert "1 of 2 fields are filled on high confidence, 1 on medium" in said
    assert f"`{corpus.hash[:12]}`" in said and "Name, day" in said


def test_files_not_read_are_counted_by_reason(loaded):
    corpus = loaded({"a.txt": "", "b.txt": " ", "c.doc": "x", "d.zip": "x", "e.zip": "y"})
    counts = dict(page.by_reason(corpus.skipped).itertuples(index=False))
    assert sorted(counts.values()) == [1, 2, 2]
    assert counts[".doc is not read"] == 1
