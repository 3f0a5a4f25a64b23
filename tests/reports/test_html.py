import base64
import io
import re
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from difang.reports import fonts
from difang.reports.fragment import Fragment
from difang.reports.html import export
from difang.reports.outputs import MissingAltError, render
from difang.reports.prose import FormulaError, Prose

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
HERE = Path(__file__).parent


def shown(data: dict[str, Any], source: str = "1", tags: tuple[str, ...] = (), **metadata: Any):
    output = new_output("display_data", data=data, metadata=metadata)
    return new_code_cell(source, outputs=[output], metadata={"tags": list(tags)})


def page(*cells: NotebookNode) -> str:
    return export(new_notebook(cells=list(cells)), folder=HERE)


def body(*cells: NotebookNode) -> str:
    return page(*cells).partition("<body>")[2].partition("<script>")[0]


def test_the_policy_forbids_every_address() -> None:
    told = page(new_markdown_cell("# A"))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', told)
    assert policy
    assert policy[1].startswith("default-src 'none';")
    assert not re.search(r"https?:|\*", policy[1])


def test_nothing_is_loaded_from_an_address() -> None:
    figure = shown({"image/png": PIXEL}, **{"image/png": {"alt": "a dot"}})
    told = page(new_markdown_cell("# A\n\n[cited](https://example.org)"), figure)
    assert re.findall(r"<(?:link|script|iframe)\b[^>]+>", told) == []
    assert all(source.startswith("data:") for source in re.findall(r'src="([^"]*)"', told))
    assert all(address.startswith('"data:') for address in re.findall(r"url\(([^)]*)\)", told))


def test_sentences_made_by_cells_have_their_characters_embedded() -> None:
    told = page(new_markdown_cell("# 甲"), shown({"text/markdown": "- 孤篇"}))
    face = re.search(r'"Difang Serif".*?base64,([^"]*)"', told)
    assert face
    with TTFont(io.BytesIO(base64.b64decode(face[1]))) as font:
        assert set(map(ord, "甲孤篇")) <= set(font.getBestCmap())


def test_contents_list_headings_in_order_and_each_anchor_is_its_own() -> None:
    told = body(
        new_markdown_cell(
            "# Title\n\n## 结论 <b>& more\n\n## Same\n\n### Same\n\n## main\n\n## ！"
        ),
    )
    anchors = re.findall(r'<a href="#([^"]*)">', told.partition("</nav>")[0])
    assert anchors == ["结论-more", "same", "same-2", "main-2", "section"]
    assert re.findall(r'<h[23] id="([^"]*)"', told) == anchors
    assert told.count("Title") == 1


def test_code_is_folded_and_hidden_where_tagged() -> None:
    told = body(
        new_code_cell("first = '<b>'"),
        new_code_cell("second = 2", metadata={"tags": ["hide-input"]}),
        new_code_cell("third = 3", metadata={"tags": ["injected-parameters"]}),
    )
    assert told.count('<details class="code">') == 1
    assert "first" in told
    assert "&lt;b&gt;" in told
    assert "second" not in told
    assert "third" not in told


def test_the_headline_is_set_apart_and_describes_the_page() -> None:
    headline = shown({"text/markdown": '**江西省** says "more" & < less'}, tags=("headline",))
    told = page(new_markdown_cell("# A"), headline)
    assert '<div class="output headline">' in told
    assert 'name="description" content="江西省 says &#34;more&#34; &amp; &lt; less"' in told


def test_markdown_made_from_data_is_text() -> None:
    told = body(shown({"text/markdown": "term <script>alert(1)</script> and\n\n<div>x</div>"}))
    assert "<script>alert" not in told
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told
    assert "&lt;div&gt;x&lt;/div&gt;" in told


def test_markdown_written_by_the_author_keeps_its_html() -> None:
    assert "H<sub>2</sub>O<br>" in body(new_markdown_cell("H<sub>2</sub>O<br>"))


def test_a_figure_without_alt_is_an_error_that_names_the_cell() -> None:
    with pytest.raises(MissingAltError, match=r"image of cell 2\. It has no alt text"):
        page(new_markdown_cell("# A"), shown({"image/png": PIXEL}))
    with pytest.raises(MissingAltError, match="cell 1"):
        page(shown({"text/html": "<p><img src='data:,' alt=''></p>"}))
    with pytest.raises(MissingAltError, match="cell 1"):
        page(new_markdown_cell('<img src="data:,">'))


@pytest.mark.parametrize("metadata", [{"image/png": {"alt": 'a "dot"'}}, {"alt": 'a "dot"'}])
def test_alt_caption_and_size_reach_the_page(metadata: dict[str, Any]) -> None:
    told = body(shown({"image/png": PIXEL}, caption="<b>n</b> = 3", width=600, **metadata))
    assert 'width="600" alt="a &quot;dot&quot;"' in told
    assert "<figcaption>&lt;b&gt;n&lt;/b&gt; = 3</figcaption>" in told


def test_a_drawing_is_shown_as_an_image_so_that_it_cannot_run_scripts() -> None:
    drawing = "<svg xmlns='http://www.w3.org/2000/svg'><title>地方</title></svg>"
    told = body(shown({"image/svg+xml": drawing, "image/png": PIXEL}, alt="a drawing"))
    [source] = re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', told)
    assert base64.b64decode(source).decode() == drawing
    assert told.count("<img") == 1


def test_formulas_become_mathml_and_prices_do_not() -> None:
    told = body(new_markdown_cell("Let $n_t$ be\n\n$$\\frac{a}{b}$$\n\nand `$x$` costs \\$5."))
    assert told.count("<math") == 2
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">' in told
    assert "<code>$x$</code> costs $5." in told
    assert "<msub>" in body(shown({"text/latex": "$n_t$"}))


def test_a_formula_that_cannot_be_set_is_named() -> None:
    with pytest.raises(FormulaError, match=r"formula 'x\^'.*Write it in plain LaTeX"):
        page(new_markdown_cell("$x^$"))


def test_chinese_in_english_prose_is_marked_for_voices() -> None:
    told = body(new_markdown_cell("The term 数字经济、“两个维护” rises."))
    assert 'The term <span lang="zh-Hans">数字经济、“两个维护</span>” rises.' in told


def test_fragments_bring_style_and_script_once() -> None:
    given = Fragment("<p>the table</p>")._repr_html_()
    told = page(shown({"text/html": given}), shown({"text/html": given}))
    assert told.count("<p>the table</p>") == 2
    assert told.count("<style>") == 1
    assert told.count("<script>") == 1


def test_widgets_leave_no_empty_words() -> None:
    view = {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider(value=3)"}
    assert "IntSlider" not in body(shown(view))


def test_what_varies_from_run_to_run_is_left_out() -> None:
    def cells(address: str, count: int) -> list[NotebookNode]:
        figure = shown({"text/plain": f"<Axes at 0x{address}>"})
        figure.execution_count = count
        figure.metadata["execution"] = {"iopub.status.busy": address}
        return [new_markdown_cell("# 地方"), figure]

    assert page(*cells("7f01", 1)) == page(*cells("55aa", 9))
    assert "<pre>&lt;Axes&gt;</pre>" in body(*cells("7f01", 1))


def test_colours_of_the_terminal_are_taken_out_of_text() -> None:
    output = new_output("stream", name="stdout", text="\x1b[31mred <i>\x1b[0m")
    assert '<pre class="stdout">red &lt;i&gt;</pre>' in body(new_code_cell("", outputs=[output]))


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40))
def test_no_text_output_can_write_html(text: str) -> None:
    told = render(new_output("stream", name="stdout", text=text), Prose(HERE))
    assert re.fullmatch(r'<pre class="stdout">[^<]*</pre>', told)


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40))
def test_no_markdown_output_can_write_a_script(text: str) -> None:
    data = {"text/markdown": f"{text}<script>{text}</script>"}
    assert "<script" not in render(new_output("display_data", data=data), Prose(HERE))


def test_the_embedded_font_has_the_characters_and_little_more() -> None:
    from io import BytesIO

    from fontTools.ttLib import TTFont

    rule = fonts.font_face("F", fonts.SANS, "地方政府")
    data = re.search(r"base64,([^\"]*)", rule)
    assert data
    characters = TTFont(BytesIO(base64.b64decode(data[1]))).getBestCmap()
    assert {chr(code) for code in characters} == set("地方政府")
    assert rule == fonts.font_face("F", fonts.SANS, "府政政方地")
