"""The seven reports: made once by the command, then read as a file and in a real browser."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import find_browser
from difang import cli
from difang.project import NOTEBOOKS
from reports.page_checks import browser_at, check_page, visit

NAMES = [
    "01-corpus",
    "02-explore",
    "03-provinces",
    "04-years",
    "05-set-phrases",
    "06-reuse",
    "07-charts",
]
THIN = {
    "a.txt": "会议强调，要推动发展。",
    "b.txt": "同志们：今天开会，讲三点意见。",
    "empty.txt": "",
}
MEGABYTE = 1_000_000


class _Text(HTMLParser):
    """The words of a page, without its style and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def words(report: Path) -> str:
    parser = _Text()
    parser.feed(report.read_text(encoding="utf-8"))
    return " ".join(" ".join(parser.words).split())


def make(folder: Path, *arguments: str) -> Path:
    assert cli.main(["report", *arguments, "--out", str(folder)]) == 0
    return folder


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="session")
def thin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of a folder in which there is next to nothing to say."""
    folder = tmp_path_factory.mktemp("thin")
    for name, text in THIN.items():
        (folder / name).write_text(text, encoding="utf-8")
    return make(tmp_path_factory.mktemp("thin-reports"), str(folder))


@pytest.fixture(scope="module")
def browser(reports: Path, thin: Path) -> Iterator[Browser]:  # after them: it keeps a loop running
    path = find_browser()
    assert path, "No browser was found; `python3 run.py test` says how to have one."
    with browser_at(path) as opened:
        yield opened


def test_the_notebooks_are_the_seven() -> None:
    assert [path.stem for path in sorted(NOTEBOOKS.glob("0[1-7]-*.ipynb"))] == NAMES


@pytest.mark.notebooks
@pytest.mark.parametrize("name", [*NAMES, "index"])
def test_every_report_is_one_small_file_that_asks_for_nothing(reports: Path, name: str) -> None:
    page = (reports / f"{name}.html").read_text(encoding="utf-8")
    assert len(page) < 3 * MEGABYTE
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)
    assert "Traceback" not in page and " object at 0x" not in html.unescape(page)
    assert "\ufffd" not in page


@pytest.mark.notebooks
def test_the_index_leads_to_each_report_with_a_line_and_a_figure(reports: Path) -> None:
    page = (reports / "index.html").read_text(encoding="utf-8")
    for name in NAMES:
        assert f'href="{name}.html"' in page
    assert page.count("<img") == len(NAMES)


@pytest.mark.notebooks
def test_set_phrases_are_counted_by_document(reports: Path) -> None:
    page = words(reports / "05-set-phrases.html")
    assert re.search(r"两个维护 liǎng gè wéihù · Two Upholds[^\d]*4 6 ", page)  # documents, count


@pytest.mark.notebooks
def test_the_passage_that_two_provinces_share_is_shown(reports: Path) -> None:
    page = words(reports / "06-reuse.html")
    assert "在经济活动中体现政治逻辑" in page
    assert "001_e082826ebc31ba23" in page
    assert "004_b317a05d6deb3d65" in page


@pytest.mark.notebooks
@pytest.mark.parametrize("name", ["03-provinces", "04-years"])
def test_small_groups_get_the_sentence_in_both_languages(reports: Path, name: str) -> None:
    page = words(reports / f"{name}.html")
    assert "本组只有 1 篇文献。" in page
    assert "This group has only 1 document." in page


@pytest.mark.notebooks
@pytest.mark.parametrize("name", NAMES)
def test_no_report_breaks_where_there_is_nothing_to_say(thin: Path, name: str) -> None:
    page = (thin / f"{name}.html").read_text(encoding="utf-8")
    assert "Traceback" not in page and " object at 0x" not in html.unescape(page)
    assert "nan" not in words(thin / f"{name}.html").split()


@pytest.mark.notebooks
def test_a_file_not_read_is_told_on_the_index_and_listed(thin: Path) -> None:
    assert "files not read: 1" in words(thin / "index.html")
    assert "empty.txt" in words(thin / "01-corpus.html")


@pytest.mark.browser
@pytest.mark.parametrize("name", [*NAMES, "index"])
def test_report_stands_every_check_in_the_browser(
    browser: Browser, reports: Path, name: str
) -> None:
    check_page(browser, reports / f"{name}.html")


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_thin_report_stands_every_check_in_the_browser(
    browser: Browser, thin: Path, name: str
) -> None:
    check_page(browser, thin / f"{name}.html")


@pytest.mark.browser
def test_the_index_opens_each_report(browser: Browser, reports: Path) -> None:
    with visit(browser, reports / "index.html") as seen:
        linked = seen.page.evaluate("() => [...document.links].map((a) => a.getAttribute('href'))")
    assert {f"{name}.html" for name in NAMES} <= set(linked)
