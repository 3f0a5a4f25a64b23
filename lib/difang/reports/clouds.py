"""Word clouds, scaled by a score: a way into a list, to be read beside its bars.

Scores go in, a `Chart` comes out; same scores, same picture.
"""

from typing import Any

import pandas as pd

from difang.reports.figures import PALETTE, Chart, canvas, filled, style
from difang.reports.figures import WORDS as FIGURES
from difang.reports.fonts import SANS, check_glyphs, path_of
from difang.reports.language import joined, plain

SEED = 20_180_913  # fixes where the words fall
WORDS = 120  # more cannot be read
PIXELS = (1800, 900)
FILL = 0.4  # of the area, in characters; what is fuller has to shrink words to fit them
SMALLEST = 14  # pixels, half of that on the page; smaller words are left out


@style()
def cloud(scores: "pd.Series[float]", *, title: str, unit: str, note: str = "") -> Chart:
    """Draw the terms with a score above zero, as tall as their score says.

    Parameters
    ----------
    scores : Series
        Index of terms, at most 120 of them drawn; missing, zero and negative scores are left
        out, and so is what would be too small to read.
    title, unit, note : str
        The finding; what the size measures; source and reading aid below.

    Returns
    -------
    Chart
        `data` holds the terms drawn and their scores, highest first.

    Raises
    ------
    EmptyChartError
        No score is above zero.
    """
    kept = scores[scores > 0].sort_values(ascending=False, kind="stable").head(WORDS)
    filled(kept.to_frame(), title)
    check_glyphs(kept.index)
    image = _laid_out({str(term): float(score) for term, score in kept.items()})
    drawn = [(term, float(kept[term])) for (term, _), *_ in image.layout_]
    data = pd.DataFrame(drawn, columns=["term", "score"])
    figure, axes = canvas(title, note, 5.6)
    axes.imshow(image.to_array(), interpolation="antialiased")
    axes.set_axis_off()
    told = {"title": title, "unit": unit, "n": len(data), "top": joined(data["term"].head(8))}
    return Chart(figure, plain(FIGURES["cloud"], **told), data)


def _laid_out(scores: dict[str, float]) -> Any:
    """Place the words, each as tall as its score says, the largest as large as there is room."""
    from wordcloud import WordCloud

    highest = max(scores.values())
    inked = sum(len(term) * (score / highest) ** 2 for term, score in scores.items())
    tallest = (FILL * PIXELS[0] * PIXELS[1] / inked) ** 0.5
    return WordCloud(
        font_path=str(path_of(SANS)),
        width=PIXELS[0],
        height=PIXELS[1],
        max_font_size=int(min(tallest, PIXELS[1] / 3)),
        min_font_size=SMALLEST,
        relative_scaling=1,
        prefer_horizontal=1,
        background_color="white",
        random_state=SEED,
        color_func=lambda word, **_: PALETTE[len(word) % 2],
    ).generate_from_frequencies(scores)
