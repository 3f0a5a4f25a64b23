import csv
import io
import re

import pandas as pd
import pytest

import difang
from difang.reports import doubts as page
from reports.corpora import KNOWN, made, piece

pytestmark = pytest.mark.usefixtures("own_cache")

DAY = {"date": "2018-02-09", "date_earliest": "2018-02-09", "date_latest": "2018-02-09"}


def test_a_field_in_dispute_shows_what_fills_it_and_what_speaks_against_it():
    corpus = made(
        [{"doc_id": "甲", **KNOWN, **DAY}],
        [
            ("甲", piece("date", "2018-02-09", basis="given")),
            ("甲", piece("date", "2017-01-01/..")),  # holds the day: no contradiction
            ("甲", piece("date", "2011-08-01/2012-02-01")),
            ("甲", piece("title", "另一个题目")),
            ("甲", piece("title", "讲话")),
        ],
    )
    table = page.doubts(corpus)
    assert list(table["field"]) == ["date", "title"]
    assert table["now"][0] == "2018-02-09"
    assert table["instead"][0] == ["2011-08-01/2012-02-01"]


def test_titles_within_one_another_and_sources_of_a_digest_are_no_dispute():
    titles = ["政府工作报告", "2018年江西省人民政府工作报告", "江西省政府工作报告"]
    sources = ["新华社", "江西日报", "人民网"]
    evidence = [("甲", piece("title", title)) for title in titles]
    evidence += [("甲", piece("source", source)) for source in sources]
    rows = [{"doc_id": "甲", **KNOWN}, {"doc_id": "乙", **KNOWN}]
    assert page.doubts(made(rows, evidence)).empty
    two = [("乙", piece("source", source)) for source in sources[:2]]
    assert page.doubts(made(rows, evidence + two))["doc_id"].tolist() == ["乙"]


def test_empty_fields_are_listed_where_they_are_needed_and_say_why():
    corpus = made(
        [
            {"doc_id": "full", **KNOWN},
            {"doc_id": "county", **KNOWN, "level": "county", "city": "吉安市"},
            {"doc_id": "window", **KNOWN, "date_earliest": "2022-10-22", "year": None},
            {"doc_id": "weak", **KNOWN, "province": None},
            {"doc_id": "novel", "genre": "fiction"},
        ],
        [("weak", piece("province", "湖北省", confidence="low"))],
    )
    rows = page.doubts(corpus).set_index("doc_id")
    assert list(rows.index) == ["weak", "window", "county"]  # those with a hint first
    assert rows.loc["county", ["field", "why"]].tolist() == [
        "county",
        "empty: the text does not say",
    ]
    assert rows.loc["window", "now"] == "2022-10-22/.."
    assert rows.loc["weak", "instead"] == ["湖北省"]


def test_a_correction_ends_the_doubt_even_if_it_says_not_known():
    rows = [{"doc_id": "甲", **KNOWN, "province": None}, {"doc_id": "乙", **KNOWN, **DAY}]
    evidence = [
        ("乙", piece("date", "2018-02-09")),
        ("乙", piece("year", "2011", "given")),
        ("甲", piece("level", "province")),
    ]
    assert set(page.doubts(made(rows, evidence))["doc_id"]) == {"甲", "乙"}
    by_hand = [
        ("甲", piece("province", "", "override")),
        ("乙", piece("year", "2018", "override")),  # a year settles what is said of the date
    ]
    assert page.doubts(made(rows, evidence + by_hand)).empty


def test_disputes_come_before_what_is_empty():
    rows = [{"doc_id": "甲", **KNOWN, "province": None}, {"doc_id": "乙", **KNOWN}]
    evidence = [("乙", piece("level", "province")), ("乙", piece("level", "city"))]
    assert page.doubts(made(rows, evidence))["doc_id"].tolist() == ["乙", "甲"]


def test_a_doubt_opens_its_pieces_side_by_side_in_context():
    raw = "2018年2月9日，省政府召开会议。\n去年" + "是" * 30
    corpus = made(
        [{"doc_id": "甲", **KNOWN, **DAY}],
        [
            ("甲", piece("year", "2011", "inferred", "medium", "去年", start=19, end=21)),
            ("甲", piece("date", "../2012", "inferred", "low", reason="A hint.")),
            ("甲", piece("date", "2018-02-09", quote="2018年2月9日", start=0, end=9)),
            ("甲", piece("province", "江西省")),
        ],
        raw={"甲": raw},
    )
    named, lines = page.both_sides(corpus, page.doubts(corpus), shown=5)
    assert named["doubt"].tolist() == ["甲: date"]
    told = lines["甲: date"]
    starts = [line.split(":")[0] for line in told["doc_id"]]
    assert starts == ["for", "against", "too weak", "the text begins"]
    assert "2018-02-09 (stated, high, at 0)" in told["doc_id"][0]
    assert told["keyword"].tolist()[:2] == ["2018年2月9日", "去年"]
    assert told["left"][1].endswith("召开会议。¶")  # a line end is seen
    assert raw.startswith(told["right"][3].split("¶")[0])


def test_only_the_rows_shown_are_opened():
    corpus = made([{"doc_id": name, **KNOWN, "province": None} for name in "甲乙丙"])
    named, lines = page.both_sides(corpus, page.doubts(corpus), shown=2)
    assert len(named) == 3
    assert list(lines) == named["doubt"].tolist()[:2]


def test_the_lines_offered_are_those_that_the_table_of_corrections_takes(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "甲,乙.txt").write_text("同志们：\n我们要坚持发展。\n", encoding="utf-8")
    corpus = difang.load(texts)
    lines = page.corrections(corpus, page.doubts(corpus))
    header, *rows = csv.reader(io.StringIO(page.to_fill_in(lines, rows=1).csv))
    row = next(row for row in rows if row[header.index("field")] == "province")
    assert row[header.index("value")] == ""
    row[header.index("value")] = "江西省"
    with (tmp_path / "fixed.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, row])
    fixed = difang.load(texts, overrides=tmp_path / "fixed.csv")
    assert fixed.documents.loc["甲,乙", "province"] == "江西省"
    assert "province" not in page.doubts(fixed)["field"].tolist()


def test_each_doubt_has_its_line_to_correct_it():
    corpus = made([{"doc_id": "甲", "sha256": "ab"}, {"doc_id": "乙", "sha256": "cd"}])
    found = page.doubts(corpus)
    lines = page.corrections(corpus, found)
    assert lines[["doc_id", "field"]].equals(found[["doc_id", "field"]])
    assert lines["sha256"].tolist() == [{"甲": "ab", "乙": "cd"}[i] for i in lines["doc_id"]]


def test_the_first_lines_stand_on_the_page_and_all_in_the_file_beside():
    frame = pd.DataFrame({"值": ["<甲>", "乙", "丙"]})
    shown = page.to_fill_in(frame, rows=2)
    assert re.fullmatch(r"<pre>(.*)</pre>", shown.html, re.S)[1] == "值\n&lt;甲&gt;\n乙\n"
    assert shown.csv == "值\n<甲>\n乙\n丙\n"


def test_words_later_than_the_date_are_listed_with_their_context():
    raw = "在以新词为核心的领导下"
    early = {**KNOWN, "date_earliest": "2014-01-01", "date_latest": "2014-12-31"}
    place = {"quote": "新词", "start": 2, "end": 4}
    since = {"hard": "2015-01", "soft": "2016-10", "soon": "2015-10", "later": "2013-10"}
    rows = [{"doc_id": name, **early} for name in since]
    evidence = [
        (name, piece("date", f"{day}-01/..", "inferred", "low", rule="dated_phrase", **place))
        for name, day in since.items()
    ]
    evidence[0] = ("hard", evidence[0][1]._replace(rule="anachronism"))
    table = page.anachronisms(made(rows, evidence, raw=dict.fromkeys(("hard", "soft"), raw)))
    assert table["doc_id"].tolist() == ["hard", "soft"]  # a soft bound within a year is none
    assert table["bound"].tolist() == ["hard", "soft"]
    assert table["dated"][1] == "2014-01-01/2014-12-31"
    assert table["since"][1] == "2016-10-01"
    assert table["context"][1] == raw
    assert page.anachronisms(made(rows)).empty


def test_the_most_frequent_late_words_come_first():
    early = {**KNOWN, "date_earliest": "2014-01-01", "date_latest": "2014-12-31"}
    late = [("甲", "扫黑除恶"), ("甲", "新发展阶段"), ("乙", "新发展阶段")]
    how = ("date", "2018-01-01/..", "inferred", "low")
    evidence = [(i, piece(*how, words, rule="dated_phrase")) for i, words in late]
    table = page.anachronisms(made([{"doc_id": name, **early} for name in "甲乙"], evidence))
    assert table["words"].tolist() == ["新发展阶段", "新发展阶段", "扫黑除恶"]
