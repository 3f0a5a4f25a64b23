import pytest

from difang.reports.filled import deciding, fields, needed
from reports.corpora import KNOWN, made, piece

pytestmark = pytest.mark.usefixtures("own_cache")


def test_the_evidence_that_fills_a_field_is_the_strongest_with_its_value(seeds):
    table = deciding(seeds)
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
    found = deciding(corpus)
    assert list(zip(found["value"], found["confidence"], strict=True)) == [
        ("2018-01-01/..", "high"),
        ("../2019-05-31", "high"),
    ]


def test_city_and_county_are_needed_where_the_level_calls_for_them():
    rows = [
        {"doc_id": "province", "level": "province"},
        {"doc_id": "unknown"},
        {"doc_id": "city", "level": "city"},
        {"doc_id": "county", "level": "county", "code": "360822"},
        {"doc_id": "海淀区", "level": "county", "province": "北京市", "code": "110108"},
        {"doc_id": "仙桃市", "level": "county", "province": "湖北省", "code": "429004"},
        {"doc_id": "novel", "level": "county", "genre": "fiction"},
    ]
    documents = made(rows).documents
    assert set(documents.index[needed(documents, "city")]) == {"city", "county"}
    assert set(documents.index[needed(documents, "county")]) == {"county", "海淀区", "仙桃市"}
    assert needed(documents, "year").sum() == len(rows) - 1


def test_fields_count_what_fills_them_by_basis_and_confidence():
    day = {"date": "2018-02-09", "date_earliest": "2018-02-09", "date_latest": "2018-02-09"}
    rows = [
        {"doc_id": "甲", **KNOWN, **day},
        {"doc_id": "乙", **KNOWN, "date_earliest": "2018-01-01", "date_latest": "2018-12-31"},
        {"doc_id": "丙", "province": "江西省"},
        {"doc_id": "丁", "genre": "fiction", "province": "江西省"},
    ]
    evidence = [
        ("甲", piece("province", "江西省", "given")),
        ("甲", piece("province", "江西省")),  # weaker: not counted
        ("乙", piece("province", "江西省", "inferred", "medium")),
        ("丙", piece("province", "江西省")),
        ("丁", piece("province", "江西省")),
        ("甲", piece("date", "2018-02-09")),
        ("乙", piece("date", "2018-01-01/..")),
        ("乙", piece("date", "../2018-12-31", "inferred", "medium")),
    ]
    table = fields(made(rows, evidence)).set_index("field")
    told = table.loc["province"].to_dict()
    assert (told["needed"], told["filled"], told["share"]) == (3, 3, 1.0)
    assert (told["given"], told["stated"], told["inferred"]) == (1, 1, 1)
    assert (told["high"], told["medium"]) == (2, 1)
    assert table.loc["date", ["needed", "filled", "stated", "inferred"]].tolist() == [3, 1, 1, 0]
    assert table.loc["year", ["filled", "stated", "inferred", "medium"]].tolist() == [2, 1, 1, 1]
    assert table.loc["city", "needed"] == 0 and table["share"].isna()["city"]
