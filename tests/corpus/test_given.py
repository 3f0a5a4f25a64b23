"""What stands beside a text: columns and paths of many forms, brought to one."""

import pytest

from difang.corpus.edits import Offsets
from difang.corpus.evidence import Page
from difang.corpus.given import fields_of_path, given_evidence
from difang.corpus.reading import Given


def given(*items, doc_id="a"):
    page = Page(
        doc_id, "", "", Offsets([]), (), tuple(Given(f, v, "metadata.csv") for f, v in items)
    )
    return [(e.field, e.value, e.confidence) for e in given_evidence(page)]


@pytest.mark.parametrize(
    ("item", "piece"),
    [
        (("province", "江苏"), ("province", "江苏省")),
        (("省份", "内蒙古"), ("province", "内蒙古自治区")),
        (("省", "江西省"), ("province", "江西省")),
        (("地区", "江西省宜春市万载县"), ("province", "江西省")),
        (("publish_time", "2019-03-13 09:21:00"), ("date_published", "2019-03-13")),
        (("province", "national"), ("level", "national")),
        (("日期", "2018年9月13日"), ("date", "2018-09-13")),
        (("date_delivered", "2018/1/3"), ("date", "2018-01-03")),
        (("成文日期", "20180103"), ("date", "2018-01-03")),
        (("发布日期", "2018-09-14 08:30"), ("date_published", "2018-09-14")),
        (("年份", "2018年"), ("year", "2018")),
        (("Year", "2018.0"), ("year", "2018")),
        (("level", "县级"), ("level", "county")),
        (("文种", "讲话"), ("genre", "speech")),
        (("标题", "政府工作报告"), ("title", "政府工作报告")),
        (("source", "来源：桐山日报"), ("source", "桐山日报")),
    ],
)
def test_columns_in_two_languages(item, piece):
    assert given(item) == [(*piece, "high")]


def test_a_date_that_is_a_year_is_a_year():
    assert given(("date", "2018")) == [("year", "2018", "high"), ("date", "2018", "high")]


@pytest.mark.parametrize(
    ("item", "field"),
    [(("date", "n.d."), "date"), (("发布日期", "2018-09"), "date_published"),
     (("year", "2018-2019"), "year"), (("month", "13"), "month"),
     (("province", "江"), "province"), (("level", "?"), "level")],
)  # fmt: skip
def test_what_cannot_be_read_is_shown_and_fills_nothing(item, field):
    assert given(item) == [(field, item[1], "low")]


def test_other_columns_and_empty_cells_are_no_metadata():
    assert given(("chars", "100"), ("year", " "), ("sha256", "2018")) == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("四川省_2020.txt", {"year": "2020", "province": "四川省"}),
        ("2018年江西省政府工作报告.txt", {"year": "2018", "province": "江西省"}),
        ("广西/2018.md", {"year": "2018", "province": "广西壮族自治区"}),
        ("003_00368fc007a92287", {}),
        ("a2018b", {}),
        ("江西省/湖北省/x", {}),
        ("2018/2019", {}),
        ("吉林路/x", {}),
        ("江西省/2018#3", {"year": "2018", "province": "江西省"}),
        ("speeches#2018", {}),
        ("1900/x", {}),
        ("2036", {}),
        ("1949/a", {"year": "1949"}),
        ("2035", {"year": "2035"}),
    ],
)
def test_paths(path, fields):
    assert dict(fields_of_path(path)) == fields


def test_the_path_is_read_where_no_one_else_read_it():
    assert given(doc_id="江西省/2018") == [("year", "2018", "high"), ("province", "江西省", "high")]
