from pathlib import Path

import pytest
from matplotlib import font_manager

from difang.reports import fonts
from difang.reports.fonts import SANS, path_of


def test_matplotlib_finds_this_file_by_our_name():
    found = font_manager.findfont(fonts.family(), fallback_to_default=False)
    assert Path(str(found)) == path_of(SANS)


def test_a_second_font_of_the_same_name_is_not_taken(monkeypatch):
    other = font_manager.findfont("DejaVu Sans")
    entry = font_manager.FontEntry(fname=str(other), name="Noto Sans SC", size="scalable")
    monkeypatch.setattr(
        font_manager.fontManager, "ttflist", [entry, *font_manager.fontManager.ttflist]
    )
    found = font_manager.findfont(fonts.family(), fallback_to_default=False)
    assert Path(str(found)) == path_of(SANS)


def test_texts_of_the_corpus_have_their_glyphs():
    fonts.check_glyphs(["习近平新时代中国特色社会主义思想", "每万词 –−…“”‘’《》←→㎡", "\n\t"])


def test_missing_glyphs_are_named():
    with pytest.raises(fonts.MissingGlyphError) as caught:
        fonts.check_glyphs(["江苏", "好😀", "𪜀"])
    assert str(caught.value).startswith("Cannot draw 😀 (U+1F600)、𪜀 (U+2A700). The font ")
    assert "江" not in str(caught.value)
    assert "leave their rows out" in str(caught.value)
