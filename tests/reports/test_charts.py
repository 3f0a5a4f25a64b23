import io
import os
import subprocess
import sys
from itertools import combinations

import IPython.display
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text
from PIL import Image

from difang.reports import charts
from difang.reports.facing import facing
from difang.reports.figures import EmptyChartError, cut, measure, number, wrap
from difang.reports.fonts import MissingGlyphError
from difang.reports.maps import links
from difang.reports.tiles import TILES, by_code, short_name

NOTE = "来源：五篇文件。Source: five documents."
LONG = "在经济活动中体现政治逻辑在经济工作中体现政治担当"
SCORES = pd.DataFrame(
    {
        "term": [
            "营商环境",
            "高质量发展",
            LONG,
            "党建",
            "县域",
        ],
        "score": [2.5, 12.25, -3.0, np.nan, -0.5],
        "low": [1.5, 10.0, -4.0, np.nan, -1.0],
        "high": [3.5, 14.0, -2.0, np.nan, 0.5],
        "n": [12, 1234, 3, 4, 5],
    }
)
YEARS = pd.DataFrame(
    {
        "year": [2018, 2019, 2021, 2018, 2021],
        "rate": [3.0, 4.5, 6.0, 1.0, 2.0],
        "docs": [3, 2, 5, 1, 4],
        "term": ["发展", "发展", "发展", "改革", "改革"],
    }
)
MATRIX = pd.DataFrame(
    [[1.0, np.nan, 30.5], [2.0, 4.0, 0.0]],
    index=pd.Index(["江西", "湖北"], name="province"),
    columns=["党建", "县域", "在经济活动中体现政治逻辑"],
)
DOCUMENTS = pd.DataFrame(
    {
        "province": ["西藏自治区", "江西省", None, "北京市", "江西省"],
        "year": pd.array([2018, 2021, 2021, None, 2021], dtype="Int64"),
        "chars": [2000, 3000, 1000, 5000, 4000],
    },
    index=pd.Index(["d0", "d1", "d2", "d3", "d4"], name="doc_id"),
)
HITS = pd.DataFrame(
    {
        "doc_id": ["d0", "d0", "d1", "d9"],
        "term": ["发展"] * 3 + ["改革"],
        "share": [0.1, 0.9, 0.5, 0.2],
    }
)
EDITS = pd.DataFrame(
    [(f"d{d}", "字" * (10 * d + r), f"rule{r}", "remove") for d in range(3) for r in range(1, 10)]
    + [("d0", "字" * 999, "title", "move")],
    columns=["doc_id", "old", "rule", "action"],
)
RATES = pd.Series({"江西省": 4.5, "湖北": 2.0, "火星省": 9.0, "内蒙古自治区": np.nan})


POINTS = pd.DataFrame(
    {
        "term": [f"词项{n}" for n in range(40)],
        "other": [2.0 + 0.01 * (n % 7) for n in range(40)],
        "own": [2.0 + 0.02 * (n % 5) - 0.03 * (n % 3) for n in range(39)] + [0.0],
    }
)
RUNS = [(False, "今年"), (True, "把2018年营商环境\n作为头等大事抓紧抓实"), (False, "。" * 40)]
PAIRS = pd.DataFrame(
    [
        ("江西省", "湖北", 2.0),
        ("西藏自治区", "江西", 4.0),
        ("火星", "江西", 9.0),
        ("广东", "广西", 0),
    ],
    columns=["first", "second", "value"],
)


def draw_bars(title="标题"):
    return charts.bars(
        SCORES, label="term", value="score", interval=("low", "high"), n="n", title=title,
        unit="每万词", note=NOTE,
    )  # fmt: skip


def draw_scatter(points=POINTS):
    return charts.scatter(points, label="term", values=("other", "own"), sides=("他省", "江西"),
                   title="标题", unit="每万词")  # fmt: skip


DRAW = {
    "bars": draw_bars,
    "both_sides": lambda: charts.both_sides(
        SCORES, label="term", value="score", sides=("湖北", "江西"), title="标题", unit="差"
    ),
    "lines": lambda: charts.lines(
        YEARS, year="year", value="rate", documents="docs", by="term", title="标题", unit="每万词"
    ),
    "heat": lambda: charts.heat(MATRIX, title="标题", unit="每万词", note=NOTE * 5),
    "coverage": lambda: charts.coverage(DOCUMENTS, title="标题", note=NOTE),
    "lengths": lambda: charts.lengths(DOCUMENTS, title="标题", note=NOTE),
    "dispersion": lambda: charts.dispersion(HITS, documents=["d0", "d1", "d2"], title="标题"),
    "removed": lambda: charts.removed(EDITS, title="标题", note=NOTE),
    "scatter": draw_scatter,
    "facing": lambda: facing([("甲", RUNS), ("乙", RUNS[1:])], title="标题", unit="字", note=NOTE),
    "links": lambda: links(PAIRS, title="标题", unit="段", note=NOTE),
    "tile_map": lambda: charts.tile_map(RATES, title="标题", unit="每万词", note=NOTE),
}
KINDS = list(DRAW)


def draw_all():
    return {kind: draw() for kind, draw in DRAW.items()}


@pytest.fixture(scope="module")
def drawn():
    return draw_all()


def texts(chart):
    return [text.get_text() for text in chart.figure.findobj(Text) if text.get_text()]


def ticks(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_has_title_words_and_the_same_bytes_twice(drawn, kind):
    chart = drawn[kind]
    assert chart.alt.startswith("标题. ")
    assert "标题" in texts(chart)
    first = charts.png(chart)
    assert first == charts.png(chart) == charts.png(DRAW[kind]())
    assert charts.svg(chart) == charts.svg(DRAW[kind]())


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_cut_off(drawn, kind):
    chart = drawn[kind]
    with Image.open(io.BytesIO(charts.png(chart))) as image:
        pixels = np.asarray(image.convert("L"))
    edge = np.concatenate([pixels[:4], pixels[-4:], pixels[:, :4].T, pixels[:, -4:].T], axis=None)
    assert edge.min() == 255
    assert pixels.min() < 100


def test_bytes_do_not_depend_on_the_session(tmp_path):
    code = (
        "import sys, hashlib, pandas as pd; from difang.reports import charts;"
        "t = pd.DataFrame({'t': ['甲', '乙'], 'v': [1.0, 2.0]});"
        "c = charts.bars(t, label='t', value='v', title='标题', unit='次');"
        "print(hashlib.sha256(charts.png(c) + charts.svg(c).encode()).hexdigest())"
    )
    sessions = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C"},
    ]
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, **session}, cwd=tmp_path,
            capture_output=True, check=True, timeout=120,
        ).stdout
        for session in sessions
    ]  # fmt: skip
    assert runs[0] == runs[1]
    assert len(runs[0].strip()) == 64


def test_png_is_twice_the_page_and_holds_no_program_name(drawn):
    with Image.open(io.BytesIO(charts.png(drawn["bars"]))) as image:
        assert image.width == 1800
        assert image.info.keys().isdisjoint({"Software", "Creation Time"})


def test_svg_needs_no_font_and_has_no_date(drawn):
    drawing = charts.svg(drawn["bars"])
    assert "<text" not in drawing
    assert "<dc:date>" not in drawing
    assert "Matplotlib v" not in drawing


def test_a_missing_glyph_is_an_error_that_names_it():
    chart = draw_bars("好😀")
    for out in (charts.png, charts.svg, charts.show):
        with pytest.raises(MissingGlyphError, match=r"Cannot draw 😀 \(U\+1F600\)"):
            out(chart)


def test_settings_of_matplotlib_stay_as_they_were():
    before = dict(mpl.rcParams)
    charts.png(draw_bars())
    assert dict(mpl.rcParams) == before


def test_show_gives_the_picture_with_its_words(drawn, monkeypatch):
    seen = []
    monkeypatch.setattr(IPython.display, "display", lambda *a, **k: seen.append((a, k)))
    charts.show(drawn["bars"])
    ((data,), options) = seen[0]
    assert data["image/png"] == charts.png(drawn["bars"])
    assert options["raw"] is True
    assert options["metadata"]["image/png"]["alt"] == drawn["bars"].alt


def test_save_writes_three_drawings_and_the_data(drawn, tmp_path):
    paths = charts.save(drawn["bars"], "07-rates", tmp_path / "figures")
    assert [path.name for path in paths] == [
        f"07-rates.{kind}" for kind in ("png", "svg", "pdf", "csv")
    ]
    before = [path.read_bytes() for path in paths]
    assert before[0] == charts.png(drawn["bars"])
    assert before[2].startswith(b"%PDF")
    assert before[3].startswith(b"\xef\xbb\xbfterm,score")
    charts.save(drawn["bars"], "07-rates", tmp_path / "figures")
    assert [path.read_bytes() for path in paths] == before


def test_bars_of_whole_numbers_have_whole_ticks():
    table = pd.DataFrame({"year": ["2021", "2022"], "documents": [1, 2]})
    chart = charts.bars(table, label="year", value="documents", title="Documents", unit="篇")
    assert {tick % 1 for tick in chart.figure.axes[0].get_xticks()} == {0}


def test_bars_are_ranked_and_as_long_as_the_data_say(drawn):
    chart = drawn["bars"]
    assert list(chart.data["score"]) == [12.25, 2.5, -0.5, -3.0]
    axes = chart.figure.axes[0]
    assert [bar.get_width() for bar in axes.patches] == list(chart.data["score"])
    assert [bar.get_y() + bar.get_height() / 2 for bar in axes.patches] == [0, 1, 2, 3]
    assert ticks(axes.yaxis) == [
        "高质量发展",
        "营商环境",
        "县域",
        "在经济活动中体现政治逻辑在经济工作…",
    ]
    assert axes.yaxis_inverted()
    assert axes.get_xlabel() == "每万词"
    lines = next(item for item in axes.collections if isinstance(item, LineCollection))
    ends = [tuple(segment[:, 0]) for segment in lines.get_segments()]
    assert ends == list(zip(chart.data["low"], chart.data["high"], strict=True))
    assert " 12.2  n = 1,234" in texts(chart)
    assert NOTE in texts(chart)


def test_both_sides_go_both_ways(drawn):
    chart = drawn["both_sides"]
    axes = chart.figure.axes[0]
    assert list(chart.data["score"]) == [12.25, 2.5, -0.5, -3.0]
    assert [bar.get_width() for bar in axes.patches] == list(chart.data["score"])
    colours = [to_hex(bar.get_facecolor()) for bar in axes.patches]
    assert colours[0] == colours[1] != colours[2] == colours[3]
    assert axes.get_xlabel().startswith("← 湖北")
    assert axes.get_xlabel().endswith("江西 →")


def test_both_sides_keeps_the_top_of_each():
    chart = charts.both_sides(
        SCORES, label="term", value="score", sides=("湖北", "江西"), title="题", unit="差", top=1
    )
    assert list(chart.data["score"]) == [12.25, -3.0]


def test_heat_colours_and_writes_every_cell(drawn):
    chart = drawn["heat"]
    axes = chart.figure.axes[0]
    np.testing.assert_array_equal(axes.images[0].get_array().filled(np.nan), MATRIX.to_numpy())
    assert [text.get_text() for text in axes.texts] == ["1", "–", "30.5", "2", "4", "0"]
    assert ticks(axes.yaxis) == ["江西", "湖北"]
    assert ticks(axes.xaxis)[2] == "在经济活\n动中体现\n政…"
    pd.testing.assert_frame_equal(chart.data.set_index("province"), MATRIX)


def test_coverage_counts_in_the_order_of_the_standard_and_keeps_the_unknown(drawn):
    data = drawn["coverage"].data
    assert list(data["province"]) == ["北京市", "江西省", "西藏自治区", "未知"]
    assert list(data.columns[1:]) == ["2018", "2019", "2020", "2021", "未知"]
    assert data.drop(columns="province").to_numpy().sum() == len(DOCUMENTS)
    assert data.set_index("province").loc["江西省", "2021"] == 2
    assert data.set_index("province").loc["北京市", "未知"] == 1


def test_coverage_of_undated_documents_of_no_province():
    nowhere = pd.DataFrame({"province": [None], "year": pd.array([None], dtype="Int64")})
    data = charts.coverage(nowhere, title="题").data
    assert data.to_numpy().tolist() == [["未知", 1]]


def test_lengths_are_one_bar_each_or_a_histogram(drawn):
    chart = drawn["lengths"]
    widths = [bar.get_width() for bar in chart.figure.axes[0].patches]
    assert widths == [5000, 4000, 3000, 2000, 1000] == list(chart.data["chars"])
    many = pd.DataFrame({"chars": range(100, 200)}, index=[f"d{i}" for i in range(100)])
    bins = charts.lengths(many, title="题").figure.axes[0].patches
    assert sum(one.get_height() for one in bins) == 100


def test_dispersion_strokes_stand_where_the_term_stands(drawn):
    chart = drawn["dispersion"]
    strokes = chart.figure.axes[0].collections[0].get_segments()
    assert [(segment[0, 0], segment[:, 1].mean()) for segment in strokes] == [
        (0.1, 0),
        (0.9, 0),
        (0.5, 1),
    ]
    assert ticks(chart.figure.axes[0].yaxis) == ["d0", "d1", "d2"]
    assert len(chart.figure.axes) == 1
    assert list(chart.data["doc_id"]) == ["d0", "d0", "d1"]


def test_removed_stacks_what_was_removed_and_only_that(drawn):
    chart = drawn["removed"]
    totals = EDITS[EDITS["action"] == "remove"].assign(n=lambda t: t["old"].str.len())
    totals = totals.groupby("doc_id")["n"].sum().sort_values(ascending=False)
    assert list(chart.data["doc_id"]) == list(totals.index)
    assert chart.data.drop(columns="doc_id").sum(axis=1).tolist() == totals.tolist()
    assert list(chart.data.columns[-2:]) == ["rule3", "其他"]
    ends = [bar.get_x() + bar.get_width() for bar in chart.figure.axes[0].patches]
    assert ends[-3:] == totals.tolist()


def test_tiles_show_34_units_and_leave_the_unknown_pale(drawn):
    chart = drawn["tile_map"]
    tiles = [one for one in chart.figure.axes[0].patches if isinstance(one, Rectangle)]
    assert len(tiles) == len(chart.data) == 34
    values = chart.data.set_index("province")["value"].dropna()
    assert values.to_dict() == {"江西": 4.5, "湖北": 2.0}
    shown = [text.get_text() for text in chart.figure.axes[0].texts]
    assert shown[shown.index("江西") + 1] == "4.50"
    assert shown[shown.index("内蒙古") + 1] == "–"
    pale = [to_hex(tile.get_facecolor()) for tile in tiles]
    assert pale.count("#e6e6e6") == 32


def test_names_of_points_cover_neither_each_other_nor_are_lost_without_a_word(drawn):
    chart = draw_scatter()
    boxes = [one.get_window_extent() for one in chart.figure.axes[0].texts]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    shown = {one.get_text() for one in chart.figure.axes[0].texts}
    assert shown == set(chart.data.loc[chart.data["named"], "term"])
    assert len(shown) > 10
    few = draw_scatter(pd.DataFrame({"term": ["甲", "乙"], "other": [1.0, 9], "own": [0.0, 99]}))
    assert few.data["named"].all()


def test_names_are_kept_off_the_points_nearest_to_them_not_off_thousands(monkeypatch):
    given = []
    monkeypatch.setattr(charts, "adjust_text", lambda _, *points, **how: given.append(points))
    random, terms = np.random.default_rng(3), [f"词{at}" for at in range(3_000)]
    rates = {name: random.lognormal(1, 1, len(terms)) for name in ("other", "own")}
    chart = draw_scatter(pd.DataFrame({"term": terms, **rates}))
    (points,) = given
    kept_off = {*zip(*map(tuple, points), strict=True)}
    assert len(kept_off) <= 24 * charts.NEAR
    data, axes = chart.data[["other", "own"]].to_numpy(), chart.figure.axes[0]
    shown = axes.transData.transform(data)
    for at in np.flatnonzero(chart.data["named"]):
        nearest = np.hypot(*(shown - shown[at]).T).argsort()[: charts.NEAR]
        assert {tuple(data[one]) for one in nearest} <= kept_off


def test_a_name_without_room_is_left_out_and_said(monkeypatch):
    monkeypatch.setattr("difang.reports.charts.MOVES", 1)  # as good as where the points are
    chart = draw_scatter(POINTS.assign(other=1.0, own=2.0))
    boxes = [one.get_window_extent() for one in chart.figure.axes[0].texts]
    assert len(boxes) == chart.data["named"].sum() < 12
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_the_numbers_of_the_axes_do_not_cover_the_zero():
    rows = {"term": list("甲乙丙"), "own": [0.009, 90.0, 0.0], "other": [0.009, 0.0, 40.0]}
    figure = draw_scatter(pd.DataFrame(rows)).figure
    figure.canvas.draw()
    labels = [one for one in figure.axes[0].get_xticklabels() if one.get_text()]
    boxes = [one.get_window_extent() for one in labels]
    assert "0" in [one.get_text() for one in labels] and len(boxes) > 3
    assert not any(box.count_overlaps(boxes[:at]) for at, box in enumerate(boxes))


def test_points_stand_where_the_data_say(drawn):
    chart = drawn["scatter"]
    offsets = [tuple(map(tuple, one.get_offsets())) for one in chart.figure.axes[0].collections]
    below = POINTS["own"] < POINTS["other"]
    for found, part in zip(offsets, (below, ~below), strict=True):
        assert sorted(found) == sorted(zip(POINTS["other"][part], POINTS["own"][part], strict=True))


def test_links_are_as_wide_as_their_value_and_only_of_provinces(drawn):
    chart = drawn["links"]
    assert chart.data[["first", "second"]].to_numpy().tolist() == [
        ["西藏", "江西"],
        ["江西", "湖北"],
    ]
    lines = [one for one in chart.figure.axes[0].patches if isinstance(one, FancyArrowPatch)]
    assert lines[0].get_linewidth() == 2 * lines[1].get_linewidth()


def test_two_texts_keep_every_character_and_colour_what_both_hold(drawn):
    chart = drawn["facing"]
    (axes,) = chart.figure.axes
    written = "".join(one.get_text() for one in axes.texts)
    assert written.count("营商环境") == 2 and written.count("。") == 80
    coloured = [one for one in axes.patches if isinstance(one, Rectangle)]
    assert len(coloured) == 2 * len(RUNS[1][1])
    assert max(one.get_x() + one.get_width() for one in coloured) <= axes.get_xlim()[1]
    assert chart.data["text"].tolist() == [text for _, text in RUNS + RUNS[1:]]


def test_tiles_do_not_overlap_and_names_are_found():
    assert len({(tile.column, tile.row) for tile in TILES.values()}) == 34
    assert short_name("新疆维吾尔自治区") == "新疆"
    assert short_name("未知") is None
    codes = [by_code(name) for name in TILES]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.bars(SCORES.iloc[3:4], label="term", value="score", title="空", unit="次"),
        lambda: charts.heat(MATRIX.iloc[:0], title="空", unit="次"),
        lambda: charts.coverage(DOCUMENTS.iloc[:0], title="空"),
        lambda: charts.dispersion(HITS, documents=["dx"], title="空"),
        lambda: charts.removed(EDITS.iloc[-1:], title="空"),
        lambda: links(PAIRS[2:], title="空", unit="次"),
        lambda: charts.tile_map(pd.Series({"火星": 1.0}), title="空", unit="次"),
    ],
)
def test_nothing_to_draw_is_said(draw):
    with pytest.raises(EmptyChartError, match=r"Cannot draw '空'\. The table holds no row"):
        draw()


def test_tables_given_are_not_changed():
    before = SCORES.copy(), YEARS.copy(), DOCUMENTS.copy(), EDITS.copy()
    draw_all()
    for table, copy in zip((SCORES, YEARS, DOCUMENTS, EDITS), before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_dollar_signs_are_no_formula():
    charts.png(draw_bars("$x$ 与 $"))


def test_labels_are_cut_and_titles_wrapped():
    assert cut("四个意识") == "四个意识"
    assert measure(cut("四" * 40)) <= 18
    assert cut("四" * 40).endswith("四…")
    lines = wrap("在经济活动中体现政治逻辑，Source: the five documents" * 3, 20).split("\n")
    assert all(measure(line) <= 21 for line in lines)
    assert all(line[0] not in "，。" for line in lines)
    assert "".join(lines).replace(" ", "") == (
        "在经济活动中体现政治逻辑，Source:thefivedocuments" * 3
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1234.5, "1,234"),
        (12.25, "12.2"),
        (2.5, "2.50"),
        (0.0261, "0.026"),
        (-3.0, "−3"),
        (0.0, "0"),
        (np.nan, "–"),
    ],
)
def test_numbers_have_about_three_figures(value, written):
    assert number(value) == written
