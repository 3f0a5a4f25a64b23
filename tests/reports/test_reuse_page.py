import pandas as pd
import pytest
from IPython.display import Markdown

from difang.corpus.documents import Corpus
from difang.reports import reuse_page as page
from difang.reports import travel_views as views
from difang.reports.figures import Chart
from difang.words.lexicon import read_lexicon

FORMULA = "更加紧密地团结在党中央周围"
PASSAGE = "把优化营商环境作为头等大事抓紧抓实"
HOME = "江夏千湖生态长廊建成开放迎客"
SLOGAN = "坚持人民至上坚持生命至上"


def corpus_of(*rows):
    """Documents from (text, province, day, duplicate_of), named 省_0, 省_1, …"""
    texts, provinces, days, copies = zip(*rows, strict=True)
    documents = pd.DataFrame(
        {
            "text": pd.Series(texts, dtype="str"),
            "title": pd.Series([None] * len(rows), dtype="str"),
            "province": pd.Series(provinces, dtype="str"),
            "level": pd.Series(["province"] * len(rows), dtype="str"),
            **dict.fromkeys(["date", "date_earliest", "date_latest"], pd.to_datetime(list(days))),
            "year": pd.array([int(day[:4]) if day else None for day in days], dtype="Int64"),
            "duplicate_of": pd.Series(copies, dtype="str"),
        }
    )
    documents.index = pd.Index([f"省_{at}" for at in range(len(rows))], name="doc_id", dtype="str")
    empty = pd.DataFrame()
    return Corpus("texts", documents, empty, empty, empty, {})


TEXTS = (
    (f"甲{FORMULA}。要{PASSAGE}，一。{SLOGAN}。", "江西省", "2020-01-05", None),
    (f"乙{FORMULA}。应“{PASSAGE[:3]}”{PASSAGE[3:]}。{HOME}。", "湖北省", "2021-01-05", None),
    (f"丙{FORMULA}。望{HOME}呀。又{SLOGAN}吧。", "湖北省", None, None),
    ("副本。", "湖北省", "2021-01-05", "省_1"),
)


@pytest.fixture
def lexicon(tmp_path):
    head = "phrase,variants,match\n人民至上,,any\n生命至上,,any\n"
    (tmp_path / "set_phrases.csv").write_text(head, encoding="utf-8")
    return read_lexicon(tmp_path)


@pytest.fixture
def found(lexicon):
    return page.read(corpus_of(*TEXTS), lexicon)


def test_passages_are_told_apart_by_what_they_are_made_of(found):
    made = found.passages.set_index("text")["made"].to_dict()
    assert made == {
        PASSAGE: "other wording",
        HOME: "other wording",
        FORMULA: "stock formula",
        SLOGAN: "set phrases",
    }
    assert found.rows("between")["text"].tolist() == [PASSAGE, SLOGAN]
    assert found.rows("within")["text"].tolist() == [HOME]


def test_passages_of_documents_without_a_province_are_not_said_to_be_of_different_ones(lexicon):
    places = [None, "湖北省", "贵州省", "湖北省"]
    texts = [(text, place, *rest) for (text, _, *rest), place in zip(TEXTS, places, strict=True)]
    found = page.read(corpus_of(*texts), lexicon)
    assert found.rows("unplaced")["text"].tolist() == [PASSAGE, SLOGAN]
    assert found.rows("between")["text"].tolist() == [HOME]
    assert found.passages.set_index("text").loc[PASSAGE, "places"] == "湖北、未知"
    assert "of different provinces share has 17" not in page.longest(found).alt


def test_a_passage_is_as_long_as_two_provinces_have_it(lexicon):
    """One province has the whole sentence twice; the other only a piece of it, and earlier."""
    piece, rest = (
        "坚持走生态优先绿色发展的新路子",
        ("让人民群众在蓝天白云下", "有更多的获得感和幸福感", "有更稳更长久的安全感啊"),
    )
    more = ["又{}也{}，更{}。".format(*rest), "并{}还{}，要{}。".format(*rest)]
    rows = [(f"甲{piece}。", "贵州省", "2019-01-05", None)]
    rows += [(piece + end, "湖北省", f"2020-0{k}-05", None) for k, end in enumerate(more, start=1)]
    rows += [(chr(0x5000 + k) * 9, "四川省", "2020-01-05", None) for k in range(20)]
    found = page.read(corpus_of(*rows), lexicon, min_chars=12)
    (row,) = found.rows("between").to_dict("records")
    assert (row["chars"], row["least"], row["documents"]) == (len(piece), len(piece), 3)
    assert row["made"] == "other wording"
    (whole,) = found.passages.to_dict("records")
    assert (whole["chars"], whole["made"]) == (len(piece + more[0]) - 2, "copied passage")


def test_the_figure_marks_set_phrases_and_leaves_formulas_out(found):
    chart = page.longest(found)
    assert isinstance(chart, Chart)
    assert chart.data["label"].tolist() == [f"{PASSAGE[:15]}…", f"{SLOGAN}＊"]
    assert chart.data["chars"].tolist() == [17, 12]
    assert "documents of different provinces share has 17 characters" in chart.alt


def test_the_headline_counts_what_the_table_holds(found):
    assert page.told(found, "headline").data == (
        "Shared by two documents or more, variants of one wording counted once: **4 passages** of "
        "8 characters or more; of the longest, two documents have **17 characters**. Among them: "
        "1 stock formula, 1 more made of set phrases, and **2** of other wording, **0 copied "
        "passages** among these."
    )
    assert "Of 4 passages, 50% are" in page.told(found, "conclusions").data
    assert "1 of 3 documents" in page.told(found, "limits").data


def test_a_sentence_of_which_two_sets_hold_pieces_stands_once_with_the_places_of_both(found):
    rows = found.passages["text"] == SLOGAN  # say that its whole is the sentence of the other
    found.passages.loc[rows, ["text", "shown"]] = PASSAGE
    told = page.table(found, "between", 20)
    assert "1 row<" in told.html and '<td class="number" data-value="3">3<' in told.html
    assert [told.html.count(f"<cite>省_{at}") for at in range(4)] == [1, 1, 1, 0]
    assert "江西 2020-01-05" in told.html and "江西、湖北" in told.html


def test_a_table_opens_each_place_with_date_and_offsets(found):
    told = page.table(found, "between", 20).html
    assert "江西、湖北" in told and '<td class="date" lang="zh-Hans">江西 2020-01-05<' in told
    start = TEXTS[1][0].index("把")
    assert f"省_1, 2021-01-05, {start}–{start + 17 + 1}" in told  # one quotation mark inside
    assert told.count("<details>") == 2
    assert told.index("省_0, 2020-01-05") < told.index("省_1, 2021-01-05")


def test_the_earliest_witness_is_named_and_who_may_be_as_early(found):
    witness = found.passages.set_index("text")["witness"].to_dict()
    assert witness == {
        PASSAGE: "江西 2020-01-05",
        HOME: "湖北 2021-01-05 (+1)",
        FORMULA: "江西 2020-01-05 (+1)",
        SLOGAN: "江西 2020-01-05 (+1)",
    }


def test_side_by_side_marks_what_both_write(found):
    first, *_ = views.side_by_side(found, 1)
    assert "Passage 1: 17 characters, 2 documents, other wording" in first.html
    assert first.html.index("省_0, 2020-01-05") < first.html.index("省_1, 2021-01-05")
    assert f"要<b>{PASSAGE}</b>，一" in first.html
    assert f"<b>{PASSAGE[:3]}”{PASSAGE[3:]}</b>。" in first.html


def test_side_by_side_leaves_a_change_plain(lexicon):
    changed = "扎实推进生态文明建设{}让人民群众有更多获得感"
    rows = [(changed.format(word), None, None, None) for word in ("并且", "<努力>")]
    (shown,) = views.side_by_side(page.read(corpus_of(*rows), lexicon), 3)
    assert shown.html.count("<b>扎实推进生态文明建设</b>") == 2
    assert "</b>并且<b>" in shown.html and "</b>&lt;努力&gt;<b>" in shown.html


def test_the_figure_side_by_side_has_what_the_table_has(found):
    chart = views.facing(found)
    held = chart.data[chart.data["both"]].groupby("doc_id")["text"].agg("".join)
    assert held.to_dict() == {
        "省_0, 2020-01-05, 16–33": f"{FORMULA}。{PASSAGE}",
        "省_1, 2021-01-05, 17–35": f"{FORMULA}。{PASSAGE[:3]}”{PASSAGE[3:]}",
    }


def test_the_map_of_links_joins_provinces_by_other_wording(found):
    rows = views.network(found).data
    # of two pairs of documents of the two provinces, one shares one passage
    assert rows.to_numpy().tolist() == [["江西", "湖北", 0.5]]
    assert rows.columns[-1] == "shared"  # no rate of words, as the values of the map of a term are


def test_order_counts_dated_pairs_only(found):
    said, table = views.order(found, "province")
    assert said.data.startswith("1 pair of documents can be ordered by their dates, and share 1 ")
    assert "2 cannot" in said.data and "the 1 passage they share" in said.data
    assert "江西" in table.html and "1 row<" in table.html
    assert "without a province" not in said.data
    found.documents.loc["省_0", "level"] = None
    said, none = views.order(found, "level")
    assert said.data.startswith("0 pairs") and "1 cannot" in said.data
    assert said.data.endswith("Documents without a level, so in neither count: 1.")
    assert none.data == "No two documents can be ordered by their dates."


def test_documents_of_one_level_are_not_compared_by_level(lexicon):
    (said,) = views.order(page.read(corpus_of(*TEXTS), lexicon), "level")
    assert said.data.endswith("of one level: there is nothing to compare.")


def test_many_documents_are_ordered_in_a_figure(found, lexicon, monkeypatch):
    monkeypatch.setattr(views, "MATRIX", 2)
    (said,) = views.order(found, "province")  # one pair is too few to be coloured
    assert "1 pair of documents" in said.data
    assert "of 1 pair of places in one order or the other, 1 rest on fewer" in said.data
    pairs = [(one, other) for one in range(8) for other in range(8, 12)]  # each has its own
    texts = [
        "。".join(chr(0x5000 + n) * 9 for n, pair in enumerate(pairs) if at in pair)
        for at in range(12)
    ]
    places = ["江西省"] * 4 + ["湖北省"] * 4 + ["湖南省"] * 4
    rows = [
        (text, place, f"{2020 + (at > 7)}-01-{at + 1:02}", None)
        for at, (text, place) in enumerate(zip(texts, places, strict=True))
    ]
    chart, said = views.order(page.read(corpus_of(*rows), lexicon), "province")
    assert "4 rest on fewer" in said.data  # one place; 江西 before 湖北: no others
    cells = chart.data.set_index(chart.data.columns[0])
    assert cells["湖南"].dropna().to_dict() == {"江西": 1, "湖北": 1}


def test_the_matrix_counts_other_wording_only(found):
    (chart,) = page.pairs(found)
    assert chart.alt.startswith("No pair shares more passages than")
    cells = chart.data.iloc[:, 1:].fillna(0).to_numpy()
    assert cells.tolist() == [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    assert chart.data.iloc[:, 0].tolist() == ["省_0 江西", "省_1 湖北", "省_2 湖北"]


def test_many_documents_are_compared_by_province_and_pair(found, monkeypatch):
    monkeypatch.setattr(page, "MATRIX", 2)
    chart, means = page.pairs(found)
    cells = chart.data.set_index(chart.data.columns[0]).fillna(-1)
    assert cells.loc["江西"].to_dict() == {"江西": -1, "湖北": 0.5}  # one of two pairs
    assert cells.loc["湖北"].to_dict() == {"江西": 0.5, "湖北": -1}
    assert "share 1.0 such passages" in means.data and "different provinces 0.5" in means.data


def test_formulas_that_hold_one_another_are_listed_once():
    texts = [f"{at}{FORMULA}{end}。" for at, end in zip("甲乙丙丁", "呀吧啊啊", strict=True)]
    found = page.read(corpus_of(*((text, None, None, None) for text in texts)))
    assert set(found.passages["made"]) == {"stock formula"}  # 丙 and 丁 hold one with 啊
    told = page.table(found, "formulas", 20).html
    assert FORMULA in told and "1 row<" in told


def test_copies_are_listed_apart(found):
    told = page.copies(found).html
    assert "省_3" in told and "省_1" in told and "1 row<" in told


def test_where_nothing_is_shared_every_cell_is_a_sentence(lexicon):
    found = page.read(corpus_of(("今天天气很好。", None, None, None)), lexicon)
    shown = [page.longest(found), page.told(found, "headline"), *page.pairs(found)]
    shown += [page.table(found, name, 5) for name in ("between", "within", "formulas")]
    shown += [page.copies(found)]
    assert all(isinstance(one, Markdown) and one.data for one in shown)
    assert shown[0].data == "No passage of 8 characters or more stands in two of 1 document."
    assert views.side_by_side(found, 3) == []
    assert all(isinstance(one, Markdown) for one in views.order(found, "province"))
