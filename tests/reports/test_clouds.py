import pandas as pd
import pytest
from wordcloud import WordCloud

from difang.reports import charts
from difang.reports.clouds import cloud
from difang.reports.figures import EmptyChartError
from difang.reports.fonts import MissingGlyphError

SCORES = pd.Series(
    {"发展": 8.0, "改革": 4.0, "县域经济": 2.0, "旧词": 0.0, "别处": -3.0, "无": None}
)


@pytest.fixture
def layouts(monkeypatch):
    """Every layout that is drawn: (term, size in pixels)."""
    seen = []
    original = WordCloud.generate_from_frequencies

    def watched(self, *args, **options):
        result = original(self, *args, **options)
        seen.append({term: size for (term, _), size, *_ in self.layout_})
        return result

    monkeypatch.setattr(WordCloud, "generate_from_frequencies", watched)
    return seen


def draw(scores=SCORES, title="江西"):
    return cloud(scores, title=title, unit="tf-idf", note="来源：五篇文件")


def test_words_are_as_tall_as_their_score_says(layouts):
    chart = draw()
    assert chart.data.to_numpy().tolist() == [["发展", 8.0], ["改革", 4.0], ["县域经济", 2.0]]
    sizes = layouts[0]
    assert list(sizes) == list(chart.data["term"])
    assert sizes["发展"] / sizes["改革"] == pytest.approx(2, rel=0.05)
    assert sizes["发展"] / sizes["县域经济"] == pytest.approx(4, rel=0.05)


def test_same_scores_give_the_same_picture():
    assert charts.png(draw()) == charts.png(draw())


def test_the_words_say_what_is_seen():
    assert draw().alt == "江西. Word cloud of 3 terms by tf-idf: 发展, 改革, 县域经济."


def test_data_hold_what_was_drawn_and_no_more(layouts):
    scores = pd.Series({f"词{chr(0x4E00 + i)}": 100 / (i + 1) for i in range(200)})
    chart = draw(scores)
    assert list(layouts[0]) == list(chart.data["term"])
    assert len(chart.data) <= 120
    assert chart.data["score"].is_monotonic_decreasing


def test_no_score_above_zero_is_said():
    with pytest.raises(EmptyChartError, match=r"Cannot draw '江西'\. The table holds no row"):
        draw(SCORES[SCORES <= 0])


def test_a_missing_glyph_is_an_error_before_drawing(layouts):
    with pytest.raises(MissingGlyphError, match="Cannot draw 😀"):
        draw(pd.Series({"好😀": 1.0}))
    assert layouts == []
