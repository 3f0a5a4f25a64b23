from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser

from browser import find_browser
from difang.reports.runner import run_reports
from reports.page_checks import Visit, browser_at, check_access, check_page, check_print, visit

pytestmark = pytest.mark.browser

FIGURE = """
import io
from matplotlib import font_manager
from matplotlib.figure import Figure
from IPython.display import display
from difang.reports import fonts
path = fonts.path_of(fonts.SANS)
figure = Figure(figsize=(6, 3))
axes = figure.subplots()
axes.barh(["数字经济", "乡村振兴"], [3, 2])
axes.set_title("地方的词", font=path)
buffer = io.BytesIO()
font_manager.fontManager.addfont(path)
for label in axes.get_yticklabels(): label.set_font(path)
figure.savefig(buffer, dpi=150)
display({"image/png": buffer.getvalue()}, raw=True,
        metadata={"image/png": {"alt": "Two bars: 数字经济 is the longer one.", "width": 600}})
"""
TABLE = """
import pandas as pd
from difang.reports.tables import table
lines = pd.DataFrame({
    "doc_id": ["江西/2018", "江西/2019"],
    "left": ["<script>document.title='taken'</script>", "做大"],
    "keyword": ["数字经济", "数字经济"], "right": ["& 规模", "<img src=x onerror=alert(1)>"],
})
frame = pd.DataFrame({
    "term": ["数字经济", "乡村振兴", "绿色", "安全", "民生", "<b>开放</b>", "创新"],
    "score": [9.5, 8.25, None, 11.0, 2.5, 3.5, 4.5],
})
table(frame, caption="Terms & scores", sentences={"数字经济": pd.concat([lines] * 7004)})
"""
LONG = "各省政府工作报告的措辞差异主要来自产业结构，而不是来自政治语言，并且逐年变化" * 2


@pytest.fixture(scope="module")
def browser(report: Path, chinese: Path) -> Iterator[Browser]:  # keeps a loop running: last
    path = find_browser()
    assert path, "no Chromium, Chrome or Edge: leave these tests out with -m 'not browser'"
    with browser_at(path) as found:
        yield found


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made(tmp_path_factory.mktemp("notebooks"), "en")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _made(tmp_path_factory.mktemp("notebooks"), "zh")


def _made(folder: Path, language: str) -> Path:
    cells = [
        new_markdown_cell("# 03 · 地方 words\n\nWhat sets provinces apart?"),
        new_code_cell(FIGURE),
        new_markdown_cell("## Formula\n\n$$\\left(\\frac{n_t}{N}\\right)$$"),
        new_code_cell(TABLE),
        new_code_cell("from difang.reports.fragment import Fragment\nFragment('<p>赣鄱大地</p>')"),
        new_markdown_cell(f"## {LONG}\n\n### Formula\n\nAnd `{'x' * 300}`."),
    ]
    write(new_notebook(cells=cells), folder / "03-words.ipynb")
    [outcome] = run_reports([folder / "03-words.ipynb"], folder / "out", {}, language=language)
    assert outcome.error == ""
    assert outcome.report is not None
    return outcome.report


def test_report_stands_every_check(browser: Browser, report: Path) -> None:
    check_page(browser, report)


def test_chinese_report_stands_every_check(browser: Browser, chinese: Path) -> None:
    check_page(browser, chinese)
    check_page(browser, chinese.with_name("index.html"))


def test_a_page_that_keeps_readers_out_or_is_cut_in_print_is_found(
    browser: Browser, report: Path
) -> None:
    with visit(browser, report) as seen:
        seen.page.evaluate("() => { document.images[0].alt = ''; document.title = '' }")
        with pytest.raises(AssertionError, match="document-title"):
            check_access(seen.page)
        seen.page.evaluate(
            "() => document.querySelectorAll('td').forEach((cell) => { cell.style.position = "
            "'relative'; cell.style.left = '90em' })"
        )
        with pytest.raises(AssertionError, match=r"not printed: .*9\.5"):
            check_print(seen.page)


def test_index_stands_every_check(browser: Browser, report: Path) -> None:
    check_page(browser, report.with_name("index.html"))


def test_chinese_is_drawn_from_the_embedded_font(browser: Browser, report: Path) -> None:
    with visit(browser, report) as seen:
        session = seen.page.context.new_cdp_session(seen.page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        for selector in ("h1", "h2:last-of-type", "table", ".prose p"):
            node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})
            fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"]
            assert all(font["isCustomFont"] for font in fonts), selector


def test_formula_is_set_in_the_embedded_font(browser: Browser, report: Path) -> None:
    with visit(browser, report) as seen:
        tall, flat = seen.page.evaluate(
            "() => ['mo[stretchy=true]', 'mi'].map((s) => "
            "document.querySelector('math ' + s).getBoundingClientRect().height)"
        )
        assert tall > 1.5 * flat
        assert seen.page.evaluate("""() => document.fonts.check('16px "Difang Maths"', 'n')""")


def test_text_in_the_table_is_text(browser: Browser, report: Path) -> None:
    with visit(browser, report) as seen:
        assert seen.page.title() == "03 · 地方 words"
        assert seen.page.locator("table").get_by_text("<b>开放</b>").count() == 1
        seen.page.locator(".opened summary").click()
        assert (
            seen.page.locator("table")
            .get_by_text("<script>document.title='taken'</script>")
            .first.is_visible()
        )
        assert (
            seen.page.locator("table")
            .get_by_text("<img src=x onerror=alert(1)>")
            .first.is_visible()
        )
        assert seen.complaints == []


def _first_column(seen: Visit) -> list[str]:
    rows = seen.page.locator("tbody:visible tr:first-child th").all_inner_texts()
    return [text.strip() for text in rows]


def test_table_sorts_both_ways_with_missing_last(browser: Browser, report: Path) -> None:
    with visit(browser, report) as seen:
        given = ["数字经济", "乡村振兴", "绿色", "安全", "民生", "<b>开放</b>", "创新"]
        assert _first_column(seen) == given
        seen.page.get_by_role("button", name="score").click()
        falling = ["安全", "数字经济", "乡村振兴", "创新", "<b>开放</b>", "民生", "绿色"]
        assert _first_column(seen) == falling
        seen.page.get_by_role("button", name="score").press("Enter")
        assert _first_column(seen) == [*falling[-2::-1], "绿色"]
        sorted_by = seen.page.locator("th[aria-sort]")
        assert sorted_by.all_inner_texts() == ["score"]
        assert sorted_by.get_attribute("aria-sort") == "ascending"


def test_sentences_stay_with_their_term_when_sorted(browser: Browser, report: Path) -> None:
    with visit(browser, report) as seen:
        seen.page.get_by_role("button", name="score").click()
        unit = seen.page.locator("tbody", has=seen.page.locator(".opened"))
        assert unit.locator("th").inner_text() == "数字经济"


def test_the_number_of_sentences_stands_clear_of_the_cell_before(browser: Browser, report: Path):
    edges = """() => [...document.querySelectorAll(".opened summary")].map((one) => {
      const cell = one.closest("tbody").rows[0].cells;
      const last = cell[cell.length - 1].getBoundingClientRect();
      return one.getBoundingClientRect().left - last.left;
    })"""
    with visit(browser, report) as seen:
        seen.page.evaluate("document.querySelector('table').style = 'width: 0; min-width: 0'")
        room = seen.page.evaluate(edges)
    assert room and min(room) >= -1


def test_table_filters(browser: Browser, report: Path) -> None:
    with visit(browser, report) as seen:
        seen.page.get_by_role("searchbox", name="Filter").fill("乡村")
        assert _first_column(seen) == ["乡村振兴"]
        assert seen.page.locator("caption output").inner_text() == "1 of 7"
        seen.page.get_by_role("searchbox", name="Filter").fill("")
        assert len(_first_column(seen)) == 7


def test_what_a_table_shows_is_downloaded_and_copied(browser: Browser, report: Path) -> None:
    with visit(browser, report) as seen:
        seen.page.get_by_role("searchbox", name="Filter").fill("放")
        with seen.page.expect_download() as told:
            seen.page.get_by_role("button", name="Download CSV").press("Enter")
        assert told.value.suggested_filename == "03-words-table-1.csv"
        assert told.value.path().read_bytes().decode("utf-8-sig") == (
            "term,score\r\n<b>开放</b>,3.5\r\n"
        )
        seen.page.get_by_role("searchbox", name="Filter").fill("数字")
        seen.page.evaluate(
            "() => Object.defineProperty(navigator, 'clipboard', "
            "{ value: { writeText: (text) => { window.written = text; } } })"
        )
        seen.page.get_by_role("button", name="Copy").click()
        assert seen.page.evaluate("() => window.written") == "term\tscore\n数字经济\t9.5"
        assert seen.complaints == [] and seen.requests == []


def test_without_scripts_the_table_reads_and_opens(browser: Browser, report: Path) -> None:
    with visit(browser, report, scripts=False) as seen:
        assert len(_first_column(seen)) == 7
        assert seen.page.locator("thead button, input").count() == 0
        seen.page.locator(".opened summary").click()
        assert seen.page.locator("table").get_by_text("& 规模").first.is_visible()


def test_code_opens_on_a_click(browser: Browser, report: Path) -> None:
    with visit(browser, report) as seen:
        code = seen.page.locator("details.code").first
        assert not code.locator("pre").is_visible()
        code.locator("summary").click()
        assert "font_manager" in code.locator("pre").inner_text()


def test_keyboard_reaches_the_text_first(browser: Browser, report: Path) -> None:
    with visit(browser, report) as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("() => document.activeElement.hash") == "#main"


def test_print_shows_no_controls(browser: Browser, report: Path) -> None:
    with visit(browser, report) as seen:
        seen.page.emulate_media(media="print")
        for selector in ("nav", ".filter", ".tools", "details.code"):
            assert not seen.page.locator(selector).first.is_visible()
        assert seen.page.pdf().startswith(b"%PDF")
