"""Metadata of whole pages: the gold of the seeds, and what wins where sources disagree."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from difang.corpus.cleaning import Moved
from difang.corpus.edits import Edit, Offsets
from difang.corpus.evidence import Evidence, Page
from difang.corpus.metadata import describe, doubtful, spent
from difang.corpus.reading import Given

GOLD = Path(__file__).parents[1] / "gold"
ANSWERS = {
    a["file"][:3]: a for a in json.loads((GOLD / "metadata.json").read_text("utf-8"))["documents"]
}
SEEDS = sorted(ANSWERS)


def seed(key, **changes):
    """Lay the clean text of a seed out as a page, its stated header in front of it."""
    path = next((GOLD / "clean").glob(f"{key}_*.txt"))
    text, answer, head, moved = path.read_text(encoding="utf-8"), ANSWERS[key], "", []
    for field in ("title", "date_published"):
        if answer[field]["how"] == "stated":
            value = answer[field]["value"]
            moved.append(Moved(field, value, len(head), len(head) + len(value), "header"))
            head += value + "\n"
    offsets = Offsets([Edit(0, len(head), head, "", "header", "move")] if head else [])
    page = Page(path.stem, head + text, text, offsets, tuple(moved), (), answer["title"]["value"])
    return replace(page, **changes)


@pytest.mark.parametrize("key", SEEDS)
def test_days_of_the_seeds(key):
    gold = ANSWERS[key]["date_event"]
    fields, _ = describe(seed(key))
    if gold["precision"] == "day":
        day = pd.Timestamp(gold["value"])
        assert (fields["date"], fields["date_earliest"], fields["date_latest"]) == (day, day, day)
        assert (fields["year"], fields["month"]) == (day.year, day.month)
    else:
        assert pd.isna(fields["date"]) and fields["year"] is None and fields["month"] is None
        assert pd.isna(fields["date_earliest"]) or fields["date_earliest"] <= pd.Timestamp(
            gold["bounds"][0]
        )
        assert pd.isna(fields["date_latest"]) or fields["date_latest"] >= pd.Timestamp(
            gold["bounds"][1]
        )


@pytest.mark.parametrize("key", SEEDS)
def test_provinces_and_titles_of_the_seeds(key):
    fields, _ = describe(seed(key))
    assert fields["province"] == ANSWERS[key]["province"]["value"]
    assert fields["title"] == ANSWERS[key]["title"]["value"]


@pytest.mark.parametrize("key", SEEDS)
def test_every_quote_stands_where_it_says(key):
    page = seed(key)
    _, evidence = describe(page)
    for piece in evidence:
        if piece.start >= 0:
            assert page.raw[piece.start : piece.end] == piece.quote


def test_published_and_event_are_told_apart():
    fields, _ = describe(seed("000"))
    assert fields["date_published"] == pd.Timestamp("2018-09-14")
    assert fields["date"] == pd.Timestamp("2018-09-13")


def test_the_seed_without_a_county_stays_without():
    fields, _ = describe(seed("003"))
    assert fields["city"] is None and fields["county"] is None
    assert fields["date_earliest"] == pd.Timestamp("2022-10-22")


def test_given_values_win_and_the_contradiction_stands():
    given = (Given("province", "湖南", "metadata.csv"), Given("year", "2019", "metadata.csv"))
    fields, evidence = describe(seed("002", given=given))
    assert (fields["province"], fields["year"]) == ("湖南省", 2019)
    assert fields["city"] is None and fields["county"] is None, "another province is given"
    winner = next(e for e in evidence if e.field == "province" and e.basis == "given")
    assert "Others say 江西省" in winner.reason
    table = pd.DataFrame([("002", *e) for e in evidence], columns=["doc_id", *Evidence._fields])
    assert "province" in set(doubtful(table)["field"])


def test_of_two_given_years_the_first_holds():
    given = (Given("year", "2018", "front matter"), Given("year", "2019", "metadata.csv row 1"))
    assert describe(Page("江西省/2020", "", "", Offsets([]), (), given))[0]["year"] == 2018


def test_a_later_phrase_does_not_move_a_stated_day():
    text = "——2013年1月20日在某某省人民代表大会上\n各位代表：\n深刻领悟“两个确立”。"
    fields, evidence = describe(Page("a", text, text, Offsets([])))
    assert fields["date"] == pd.Timestamp("2013-01-20")
    late = [e for e in evidence if e.rule == "anachronism"]
    assert [(e.quote, e.confidence) for e in late] == [("“两个确立”", "low")]


@pytest.mark.parametrize(
    "text", ["", "好", "近日，今年，去年，昨天召开了会议。", "12月28日，召开会议。"]
)
def test_what_nothing_supports_is_missing(text):
    fields, _ = describe(Page("a", text, text, Offsets([])))
    dates = [fields[f] for f in ("date", "date_earliest", "date_latest", "date_published")]
    assert all(pd.isna(d) for d in dates)
    assert fields["year"] is None and fields["month"] is None and fields["province"] is None


def test_publication_bounds_from_above_and_is_not_the_day():
    text = "县委召开会议。" * 20
    moved = (Moved("date_published", "2019-03-05", 0, 4, "header"),)
    fields, _ = describe(Page("a", text, text, Offsets([]), moved))
    assert pd.isna(fields["date"])
    assert fields["date_latest"] == pd.Timestamp("2019-03-05")


NEWS = "全市旅游发展大会召开，市委书记出席会议并讲话。" * 6
LETTER = "关于森林防火的倡议书\n父老乡亲们：\n请文明祭扫，规范用火，管住孩子，及时报警。\n" * 2
NOTICE = "关于开展检查的通知\n现就有关事项通知如下，自2020年7月5日起在全县开展检查，"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (NEWS + "\n发布时间：2020-08-02", 2020),  # news follows the event within a month
        (NEWS + "\n上传时间：2020-08-02", None),  # posted again, who knows when
        ("某某论坛 > 时政\n楼主 发表于 2020-8-2 22:10\n" + NEWS, 2020),  # talk is of the day
        ("某县人民政府网\n发布时间：2020-03-02\n" + LETTER, 2020),  # put up by who wrote it
        ("某县人民政府网\n发布时间：2020-01-12\n" + LETTER, None),  # written before, perhaps
        ("某某文库网\n某县人民政府\n发布时间：2020-03-02\n" + LETTER, None),
        ("某县人民政府网\n发布时间：2020-03-02\n2018年发生火灾三起。" + LETTER, None),
        (NOTICE + "请遵照执行。" * 9 + "\n发布时间：2020-08-02", 2020),  # it names that year
        (NOTICE + "请遵照执行。" * 9 + "\n发布时间：2021-08-02", None),
    ],
)
def test_the_year_of_a_stamp_is_that_of_news_and_of_a_text_that_names_it(text, year):
    assert describe(Page("a", text, text, Offsets([])))[0]["year"] == year


@pytest.mark.parametrize(
    ("lead", "stamp", "date"),
    [
        ("12月30日，", "发布时间：2019-01-02", "2018-12-30"),
        ("12月30日，", "上传时间：2019-01-02", "2018-12-30"),  # too near to be chance
        ("3月5日，", "发布时间：2019-09-02", None),  # of some year, put up in September
        ("9月1日，我县就新型冠状病毒感染的肺炎患者收治工作", "发布时间：2022-09-02", "2022-09-01"),
        ("3月5日，我县就新型冠状病毒感染的肺炎患者收治工作", "发布时间：2022-09-02", "2020-03-05"),
    ],
)
def test_a_month_and_day_just_before_a_stamp_are_of_its_year(lead, stamp, date):
    text = f"{stamp}\n{lead}县委召开会议，县委书记出席会议并讲话。" + "会议要求抓好落实。" * 9
    day = describe(Page("a", text, text, Offsets([])))[0]["date"]
    assert pd.isna(day) if date is None else day == pd.Timestamp(date)


@pytest.mark.parametrize(
    ("lead", "days"),
    [
        ("2019年3月5日至7日，市委书记", ("2019-03-05", "2019-03-05", "2019-03-07")),
        ("3月5日至7日，市委书记", ("2019-03-05", "2019-03-05", "2019-03-07")),
        ("近日，市委书记", (None, "2019-02-06", "2019-03-09")),  # a window of 31 days is no event
    ],
)
def test_the_day_of_an_event_of_several_days_is_its_first(lead, days):
    text = f"发布时间：2019-03-09\n{lead}到各县调研，要求抓好春耕。" + "会议要求抓好落实。" * 9
    fields, _ = describe(Page("a", text, text, Offsets([])))
    found = [fields[name] for name in ("date", "date_earliest", "date_latest")]
    assert [None if pd.isna(day) else f"{day:%F}" for day in found] == list(days)


def evidence_table(*pieces):
    rows = [("a", *piece) for piece in pieces]
    return pd.DataFrame(rows, columns=["doc_id", *Evidence._fields])


def piece(field, value, confidence="high", *, quote="“两个确立”", decisive=False):
    return Evidence(field, value, "inferred", confidence, "r", "", quote, 0, 1, "", decisive)


def test_spent_phrases_count_for_day_year_and_month():
    table = evidence_table(
        piece("date", "2021-11-01/..", decisive=True),
        piece("province", "贵州省", quote="围绕“四新”主攻“四化”", decisive=True),
        piece("date", "2020-01-01/..", quote="六保"),
        piece("genre", "speech", quote="同志们", decisive=True),
    )
    assert spent(table).to_numpy().tolist() == [
        ["a", "date", "两个确立"],
        ["a", "year", "两个确立"],
        ["a", "month", "两个确立"],
        ["a", "province", "围绕四新主攻四化"],
    ]


def test_doubtful_lists_disagreement_only():
    table = evidence_table(
        piece("date", "2021-11-01/.."),
        piece("date", "2021-12-28"),
        piece("year", "2013"),
        piece("province", "江西省"),
        piece("province", "湖北省", "low"),
        piece("date", "--12-28"),
    )
    found = doubtful(table)
    assert found["field"].tolist() == ["date"]
    assert found["values"][0] == "2021-11-01/.. | 2021-12-28 | 2013"


def test_nothing_doubtful_and_nothing_spent_keep_their_columns():
    table = evidence_table(piece("province", "江西省"))
    assert list(doubtful(table).columns) == ["doc_id", "field", "values"] and doubtful(table).empty
    assert list(spent(table).columns) == ["doc_id", "field", "phrase"] and spent(table).empty
