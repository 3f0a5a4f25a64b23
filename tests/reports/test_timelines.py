"""Lines over time: what is drawn for few and for many documents and years, and the landmarks."""

import io
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text
from PIL import Image

from difang.reports import charts
from difang.reports.timelines import landmarks, lines, smoothed

YEARS = pd.DataFrame(
    {
        "year": [2018, 2019, 2021, 2022, 2018, 2021],
        "rate": [3.0, 4.5, 6.0, 5.0, 1.0, 2.0],
        "docs": [3, 2, 5, 9, 3, 5],
        "low": [2.0, np.nan, 4.0, 4.0, np.nan, 1.0],
        "high": [4.0, np.nan, 7.0, 6.0, np.nan, 3.0],
        "term": ["发展"] * 4 + ["改革"] * 2,
    }
)


def drawn(table=YEARS, **options):
    given = {
        "year": "year",
        "value": "rate",
        "documents": "docs",
        "title": "标题",
        "unit": "每万词",
    }
    return lines(table, **given | options)


def long_series(years, docs=5):
    rates = np.arange(len(years)) % 3.0
    return pd.DataFrame({"year": years, "rate": rates, "docs": docs, "term": "发展"})


def panels(chart):
    """The panels of the series; above them stands the strip of landmarks, below the documents."""
    return chart.figure.axes[1:-1]


def ticks(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


def numbers_below(chart):
    return [text.get_text() for text in chart.figure.axes[-1].texts]


def test_each_series_has_a_panel_and_a_gap_where_it_has_no_value():
    first, second = panels(drawn())
    assert [axes.get_title(loc="left") for axes in (first, second)] == ["发展", "改革"]
    np.testing.assert_array_equal(second.lines[0].get_ydata(), [1, np.nan, np.nan, 2, np.nan])


def test_points_of_few_documents_are_hollow_and_joined_to_nothing():
    (axes,) = panels(drawn(YEARS.head(4)))
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), [3, np.nan, np.nan, 6, 5])
    faces = [to_hex(face) for face in axes.collections[-1].get_facecolors()]
    assert [face == "#ffffff" for face in faces] == [False, True, False, False, False]
    np.testing.assert_array_equal(axes.collections[-1].get_offsets()[:, 1][[0, 1, 3]], [3, 4.5, 6])


def test_the_documents_stand_below_and_none_is_a_number_too():
    chart = drawn(YEARS.head(4))
    assert numbers_below(chart) == ["3", "2", "0", "5", "9"]
    assert ticks(chart.figure.axes[-1].xaxis) == ["2018", "2019", "2020", "2021", "2022"]


def test_an_interval_of_fewer_than_five_documents_is_dotted():
    (axes,) = panels(drawn(YEARS.head(4), interval=("low", "high")))
    dotted, solid, _ = axes.collections
    ends = [segment[:, 1].tolist() for segment in dotted.get_segments() if len(segment)]
    assert [2.0, 4.0] in ends
    assert dotted.get_linestyle()[0][1]
    assert not solid.get_linestyle()[0][1]
    ends = [segment[:, 1].tolist() for segment in solid.get_segments() if len(segment)]
    assert [4.0, 7.0] in ends and [2.0, 4.0] not in ends


@pytest.mark.parametrize(("periods", "is_mean"), [(7, False), (8, True)])
def test_a_mean_of_three_is_drawn_from_eight_years_on(periods, is_mean):
    table = long_series(range(2010, 2010 + periods))
    (axes,) = panels(drawn(table))
    inner = axes.lines[0].get_ydata()[1:-1]
    assert (inner == 1).all() == is_mean  # of 0, 1, 2 in turn the mean of three is 1
    assert np.isnan(axes.lines[0].get_ydata()[0]) == is_mean
    (plain,) = panels(drawn(table, mean=False))
    np.testing.assert_array_equal(plain.lines[0].get_ydata(), table["rate"])


def test_eight_years_with_documents_enough_count_not_eight_years():
    (axes,) = panels(drawn(long_series(range(2010, 2018), docs=[5] * 7 + [2])))
    np.testing.assert_array_equal(axes.lines[0].get_ydata()[:-1], [0, 1, 2, 0, 1, 2, 0])


def test_nothing_is_smoothed_over_a_gap_or_past_the_ends():
    found = smoothed(pd.Series([0.0, 3, 6, np.nan, 3, 3, 3, 6, 0, 0]))
    np.testing.assert_array_equal(found, [np.nan, 3, *[np.nan] * 3, 3, 4, 3, 2, np.nan])


def test_a_second_value_is_drawn_beside_the_first():
    (axes,) = panels(drawn(YEARS.head(4).assign(fixed=[1.0, 2, 3, 4]), other="fixed"))
    np.testing.assert_array_equal(axes.lines[1].get_ydata(), [1, 2, np.nan, 3, 4])
    assert axes.lines[1].get_color() != axes.lines[0].get_color()


def test_landmarks_stand_between_the_years_they_part():
    table = landmarks(2012, 2017).set_index("label")
    assert table["kind"].to_dict() == {"十八大": "congress", "十三五": "plan", "十九大": "congress"}
    assert table.loc["十三五", "at"] == 2015.5  # the first of January
    assert 2012 < table.loc["十八大", "at"] < 2012.5  # November: after the middle of the year
    assert landmarks(2013, 2014).empty


def test_landmarks_are_named_above_and_in_the_words_of_the_chart():
    chart = drawn(YEARS.head(4), marks=landmarks(2018, 2022))
    assert [text.get_text() for text in chart.figure.axes[0].texts] == ["十四五", "二十大"]
    assert chart.alt.endswith("Marked: 十四五、二十大.")
    (axes,) = panels(chart)
    assert [line.get_xdata()[0] for line in axes.lines[:2]] == landmarks(2018, 2022)["at"].tolist()


@pytest.mark.parametrize("span", [15, 24, 30, 65])
def test_nothing_runs_together_over_many_years(span):
    first = 2021 - span
    table = long_series(range(first, 2021), docs=[100 + i for i in range(span)])
    chart = drawn(table, marks=landmarks(first, 2020))
    chart.figure.draw_without_rendering()
    assert len(numbers_below(chart)) == span
    strip, below = chart.figure.axes[0], chart.figure.axes[-1]
    named = [text for text in below.get_xticklabels() if text.get_text()]
    plans, congresses = (
        [text for text in strip.texts if (text.get_position()[1] > 0) == above]
        for above in (True, False)
    )
    for row in (plans, congresses, below.texts, named):
        boxes = sorted((text.get_window_extent() for text in row), key=lambda box: box.x0)
        assert all(left.x1 < right.x0 for left, right in pairwise(boxes))


def test_a_chart_of_time_is_whole_and_the_same_twice():
    charted = [charts.png(drawn(marks=landmarks(2018, 2022))) for _ in range(2)]
    assert charted[0] == charted[1]
    with Image.open(io.BytesIO(charted[0])) as image:
        pixels = np.asarray(image.convert("L"))
    edge = np.concatenate([pixels[:4], pixels[-4:], pixels[:, :4].T, pixels[:, -4:].T], axis=None)
    assert edge.min() == 255
    written = {text.get_text() for text in drawn().figure.findobj(Text)}
    assert {"发展", "改革", "每万词", "标题"} <= written
