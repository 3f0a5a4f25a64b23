import csv
import io

import pandas as pd
import pytest

import difang
from difang.corpus.documents import COLUMNS, Corpus
from difang.corpus.evidence import Evidence
from difang.reports import corpus_page as page
from difang.reports.figures import Chart

ADDRESS = "同志们：\n我们要坚持发展。\n"


pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture
def loaded(tmp_path):
    def make(files=(), **options):
        for name, content in dict(files).items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        return difang.load(tmp_path, overrides=tmp_path / "none.csv", **options)

    return make


def made(rows, evidence=()):
    """Build a corpus of documents with some columns set, and of (doc_id, Evidence) pairs."""
    whole = [{"text": "", "chars": 0, "removed_share": 0.0, "damage": 0} | row for row in rows]
    table = pd.DataFrame(whole).reindex(columns=["doc_id", *COLUMNS]).set_index("doc_id")
    pieces = [(doc_id, *piece) for doc_id, piece in evidence]
    found = pd.DataFrame(pieces, columns=["doc_id", *Evidence._fields])
    edits = pd.DataFrame(columns=["doc_id", "start", "end", "old", "new", "rule", "action"])
    skipped = pd.DataFrame(columns=["path", "reason", "what_to_do"])
    return Corpus("made", table.astype(COLUMNS), found, edits, skipped, dict.fromkeys(table.index))


def piece(field, value, basis="stated", confidence="high", quote=""):
    return Evidence(field, value, basis, confidence, "rule", "", quote, -1, -1, "")


KNOWN = {"province": "江西省", "year": 2018, "level": "province", "genre": "speech"}


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
    assert page.doubts(corpus).empty
    assert "nothing to correct" in page.correction(corpus).data
    assert "Not read, or not used: 1 file." in page.limits(corpus).data
    assert "0 of 0 provinces" in page.conclusions(corpus).data


def test_the_headline_gives_the_share_that_cleaning_took_out(loaded):
    corpus = loaded({"a.txt": "发展。\n\n\n\n"})
    raw = len(corpus.raw["a"])
    gone = raw - len(corpus.documents.loc["a", "text"])
    assert f"took out {gone / raw:.1%} of the raw" in page.headline(corpus).data


def test_a_field_in_dispute_shows_what_fills_it_and_what_speaks_against_it():
    corpus = made(
        [{"doc_id": "甲", **KNOWN, "date_earliest": "2018-02-09", "date_latest": "2018-02-09"}],
        [
            ("甲", piece("date", "2018-02-09", basis="given")),
            ("甲", piece("date", "2017-01-01/..")),  # holds the day: no contradiction
            ("甲", piece("date", "2011-08-01/2012-02-01")),
            ("甲", piece("title", "另一个题目")),
            ("甲", piece("title", "题目")),
        ],
    )
    table = page.doubts(corpus)
    assert list(table["field"]) == ["date", "title"]
    assert table["now"][0] == "2018-02-09"
    assert table["instead"][0] == ["2011-08-01/2012-02-01"]


def test_empty_fields_are_listed_where_they_are_needed_and_say_why():
    window = {"date_earliest": "2022-10-22", "year": None}
    corpus = made(
        [
            {"doc_id": "full", **KNOWN},
            {"doc_id": "county", **KNOWN, "level": "county", "city": "吉安市"},
            {"doc_id": "window", **KNOWN, **window},
            {"doc_id": "weak", **KNOWN, "province": None},
        ],
        [("weak", piece("province", "湖北省", confidence="low"))],
    )
    rows = page.doubts(corpus).set_index("doc_id")
    assert set(rows.index) == {"county", "window", "weak"}
    assert rows.loc["county", ["field", "why"]].tolist() == [
        "county",
        "empty: the text does not say",
    ]
    assert rows.loc["window", "now"] == "2022-10-22/.."
    assert rows.loc["weak", "instead"] == ["湖北省"]


def test_the_line_shown_is_one_that_the_table_of_corrections_takes(loaded, tmp_path):
    corpus = loaded({"甲,乙.txt": ADDRESS})
    assert pd.isna(corpus.documents.loc["甲,乙", "province"])
    block = page.correction(corpus).data.split("```")[1]
    header, row = csv.reader(io.StringIO(block.strip()))
    assert row[header.index("field")] == "province"
    row[header.index("value")] = "江西省"
    with (tmp_path / "fixed.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, row])
    (tmp_path / "texts").mkdir()
    (tmp_path / "甲,乙.txt").rename(tmp_path / "texts" / "甲,乙.txt")
    fixed = difang.load(tmp_path / "texts", overrides=tmp_path / "fixed.csv")
    assert fixed.documents.loc["甲,乙", "province"] == "江西省"
    assert page.deciding(fixed).set_index("field").loc["province", "basis"] == "override"


def test_a_day_in_dispute_is_corrected_by_hand_not_by_a_window():
    corpus = made(
        [{"doc_id": "甲", **KNOWN, "date_earliest": "2018-02-09", "date_latest": "2018-02-09"}],
        [("甲", piece("date", "2018-02-09")), ("甲", piece("date", "../2012-02-01"))],
    )
    assert ",year,VALUE,WHO,WHEN,WHY" in page.correction(corpus).data


def test_the_evidence_that_fills_a_field_is_the_strongest_with_its_value(seeds):
    table = page.deciding(seeds)
    for row in table.itertuples():
        if row.field in seeds.documents.columns and row.field != "date":
            assert row.value == seeds.documents.loc[row.doc_id, row.field]
    assert table["quote"].ne("").all()  # nothing of the seeds is given from outside
    places = table[table["field"] == "province"].set_index("doc_id")["quote"]
    assert "监利市" in places["001_e082826ebc31ba23"]
    assert "low" not in set(table["confidence"])
    days = table[table["field"] == "date"].set_index("doc_id")["value"]
    assert days["001_e082826ebc31ba23"] == "2021-12-28"
    assert days["003_00368fc007a92287"].endswith("/..")


def test_a_window_rests_on_the_evidence_for_each_of_its_ends():
    corpus = made(
        [{"doc_id": "甲", **KNOWN, "date_earliest": "2018-01-01", "date_latest": "2019-05-31"}],
        [
            ("甲", piece("date", "2018-01-01/..", "inferred", "medium")),
            ("甲", piece("date", "../2019-05-31")),
            ("甲", piece("date", "2018-01-01/..", "inferred")),
            ("甲", piece("date", "2017-01-01/..")),
        ],
    )
    found = page.deciding(corpus)
    assert list(zip(found["value"], found["confidence"], strict=True)) == [
        ("2018-01-01/..", "high"),
        ("../2019-05-31", "high"),
    ]


def test_nothing_removed_is_a_sentence(loaded):
    corpus = loaded({"a.txt": "发展"})
    assert "removed nothing" in page.removed(corpus.edits, title="t").data


def test_the_overview_puts_documents_with_open_fields_first(seeds):
    table = page.overview(seeds)
    assert table.index[0] == "003_00368fc007a92287"
    assert table.loc["002_fe6e44c51daf8143", "place"] == "江西省 吉安市 吉水县"
    assert table["open"].sum() == len(page.doubts(seeds))


def test_limits_speak_only_of_what_there_is():
    rows = [
        {"doc_id": "甲", **KNOWN},
        {"doc_id": "乙", **KNOWN, "damage": 2, "duplicate_of": "甲", "genre": "fiction"},
    ]
    plain, broken = page.limits(made(rows[:1])).data, page.limits(made(rows)).data
    assert "copies" not in plain and "amage" not in plain
    assert "2 spots" in broken and "copies: 1 document" in broken and "fiction" in broken
