"""Who uses a phrase, since when, how widely, and where it comes from: by hand on small corpora."""

from types import SimpleNamespace

import pandas as pd
import pytest

from difang.passages.register import heat, official
from difang.passages.set_phrases import set_phrases


def lexicon(*rows):
    table = pd.DataFrame(rows, columns=["phrase", "kind", "first_use"]).assign(variants="")
    return SimpleNamespace(phrases=table.assign(match="any"))


def register(corpus_of, *rows, known=None):
    """Register documents given as (text, province, level, day or year)."""
    texts, provinces, levels, days = zip(*rows, strict=True)
    begin = pd.to_datetime([day if len(day) > 4 else f"{day}-01-01" for day in days])
    end = pd.to_datetime([day if len(day) > 4 else f"{day}-12-31" for day in days])
    told = {"province": provinces, "level": levels, "date_earliest": begin, "date_latest": end}
    told["date"] = pd.to_datetime([day if len(day) > 4 else None for day in days])
    told["year"] = pd.array([int(day[:4]) for day in days], dtype="Int64")
    return set_phrases(corpus_of(*texts, **told), known).set_index("phrase")


def test_documents_provinces_levels_and_dates_are_those_of_the_users(corpus_of):
    table = register(
        corpus_of,
        ("“一号工程”，“一号工程”", "江西省", "county", "2022-02-11"),
        ("“一号工程”", "湖北省", "province", "2018"),
        ("“一号工程”", "江西省", None, "2019-01-02"),
        ("无", "贵州省", "national", "2010"),
    )
    row = table.loc["一号工程"]
    assert row[["count", "documents", "provinces"]].tolist() == [4, 3, 2]
    assert row[["levels", "first", "last"]].tolist() == ["province、county", "2018", "2022-02-11"]


def test_speakers_are_named_without_their_offices(corpus_of):
    said = ["刘奇（省委书记）；易炼红（代省长）", "刘奇（省委书记）", None, "甲；乙；丙"]
    table = set_phrases(corpus_of(*["“一号工程”"] * 4, speakers=said))
    assert table["speakers"].tolist() == ["刘奇、易炼红、甲 +2"]


@pytest.mark.parametrize(
    ("documents", "degree"),
    [("100 50", "沸"), ("49 25", "烫"), ("24 10", "热"), ("9 5", "暖"), ("4 1", "温")],
)
def test_heat_is_on_a_fixed_scale(documents, degree):
    assert heat(pd.Series([*map(int, documents.split())]), 100).tolist() == [degree] * 2


def test_heat_of_a_rare_phrase_and_of_a_small_corpus(corpus_of):
    assert heat(pd.Series([1]), 101).tolist() == ["冷"]
    assert heat(pd.Series([99]), 99).isna().all()
    assert set_phrases(corpus_of("“一号工程”"))["heat"].isna().all()


CENTRAL = ("高质量发展", "national", "2017-10-18")
LOCAL = ("五型政府", "provincial:江西省", "2018-08")


@pytest.mark.parametrize(
    ("entry", "rows", "origin"),
    [
        (CENTRAL, [("江西省", "province", "2018-01-01")], "central"),
        (CENTRAL, [("江西省", "province", "2016-01-01")], None),  # an older witness elsewhere
        (CENTRAL, [("江西省", "province", "2017")], "central"),  # its year began before that day
        (CENTRAL, [("江西省", "national", "2016-01-01")], "central"),
        (LOCAL, [("江西省", "county", "2019-01-01")], "江西省"),
        (LOCAL, [("江西省", "county", "2017-01-01")], "江西省"),
        (LOCAL, [("湖北省", "county", "2017-01-01")], None),
        (("高质量发展", "national", ""), [("江西省", "province", "2018-01-01")], None),
        (("高质量发展", "", "2017"), [("江西省", "province", "2018-01-01")], None),
    ],
)
def test_the_lexicon_speaks_unless_a_document_from_elsewhere_is_older(
    corpus_of, entry, rows, origin
):
    texts = [(f"{entry[0]}。", *row) for row in rows]
    found = register(corpus_of, *texts, known=lexicon(entry)).loc[entry[0], "origin"]
    assert (None if pd.isna(found) else found) == origin


@pytest.mark.parametrize(
    ("rows", "origin"),
    [
        ([("江西省", "county", "2018-01-01"), (None, "national", "2019-01-01")], "江西省"),
        ([("江西省", "county", "2019-01-01"), (None, "national", "2018-01-01")], "central"),
        ([("江西省", "county", "2018-03-01"), (None, "national", "2018")], None),  # overlap
        ([("江西省", "county", "2018-01-01"), ("湖北省", "county", "2019-01-01")], None),
        ([(None, "national", "2018-01-01")], None),  # nothing to be older than
        ([(None, "county", "2018-01-01"), (None, "national", "2019-01-01")], None),
    ],
)
def test_of_other_phrases_the_documents_speak(corpus_of, rows, origin):
    found = register(corpus_of, *[("“碗窑精神”", *row) for row in rows]).loc["碗窑精神", "origin"]
    assert (None if pd.isna(found) else found) == origin


def test_official_dates_are_days_and_missing_where_the_lexicon_has_none():
    table = official(lexicon(CENTRAL, LOCAL, ("一盘棋", "national", "")))
    assert table["day"].dt.strftime("%F").tolist()[:2] == ["2017-10-18", "2018-08-01"]
    assert table["day"].isna().tolist() == [False, False, True]
    assert official(None).empty
