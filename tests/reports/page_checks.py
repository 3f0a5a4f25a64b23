"""What every page that difang writes must stand, in a real browser with the network off.

Other tests use these checks on the reports of the seven notebooks.
"""

import base64
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pypdfium2
from axe_playwright_python.sync_playwright import Axe
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page, Route, sync_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 30_000  # milliseconds, for each thing the browser is asked
DRAWN = """() => {
  const drawn = {}, walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const shown = walker.currentNode.parentElement;
    if (shown.closest("script, style, template")) continue;
    const han = walker.currentNode.data.match(/\\p{Script=Han}/gu) || [];
    if (!han.length) continue;
    const families = getComputedStyle(shown).fontFamily.split(",").map((f) => f.trim());
    const own = families.find((f) => f.startsWith('"Difang')) || families[0];
    const name = own.replaceAll('"', "");
    drawn[name] = (drawn[name] || "") + han.join("");
  }
  return drawn;
}"""
CELLS = """() => [...document.querySelectorAll("main h1, main h2, main h3, th, td")]
  .filter((one) => one.checkVisibility()).map((one) => one.innerText)"""
UNSEEN = re.compile(r"[\s\x00-\x1f\xad\ufffe-]")  # spaces, and hyphens at the ends of lines


@dataclass
class Visit:
    """A page as opened: what it asked the network for, and what the browser complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def browser_at(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*ARGUMENTS], timeout=2 * PATIENCE
        )
        yield browser
        browser.close()


@contextmanager
def visit(
    browser: Browser, report: Path, *, width: int = 1280, scripts: bool = True,
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[Visit]:  # fmt: skip
    """Open `report` from disk; anything else that is asked for is noted and refused."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, java_script_enabled=scripts, offline=True,
        color_scheme=scheme,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    seen = Visit(context.new_page())

    def guard(route: Route) -> None:
        if route.request.url == report.as_uri():
            route.continue_()
        else:
            seen.requests.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    seen.page.on("console", lambda message: seen.complaints.append(message.text))
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.goto(report.as_uri())
    yield seen
    context.close()


def check_page(browser: Browser, report: Path) -> None:
    """All that holds for every page, be it a report or the index."""
    with visit(browser, report) as seen:
        check_type_is_embedded(seen.page)
        check_images(seen.page)
        check_contents(seen.page)
        check_folded(seen.page)
        assert seen.page.locator("html").get_attribute("lang")
        assert seen.requests == []
        assert seen.complaints == []
        check_access(seen.page)
        check_print(seen.page)
    with visit(browser, report, width=390, scheme="dark") as seen:
        check_fits(seen.page)
        check_access(seen.page)
    with visit(browser, report, scripts=False) as seen:
        assert len(seen.page.inner_text("main").strip()) > 0
        check_images(seen.page)


def check_type_is_embedded(page: Page) -> None:
    """Each Chinese character is in the embedded font that its element is set in: no boxes."""
    drawn = page.evaluate(DRAWN)
    assert drawn, "no Chinese character on the page"
    for family, characters in drawn.items():
        missing = {*characters} - embedded(page.content(), family)
        assert not missing, f"{family} has no {''.join(sorted(missing))}"


def embedded(html: str, family: str) -> set[str]:
    """Give the characters of a font that a page carries; none if it carries no such font."""
    rule = rf'font-family:"{family}";[^}}]*?base64,([^"]+)"'
    data = next(re.finditer(rule, html), None)
    if data is None:
        return set()
    return {chr(code) for code in TTFont(io.BytesIO(base64.b64decode(data[1]))).getBestCmap()}


def check_images(page: Page) -> None:
    images = page.evaluate(
        "() => [...document.images].map((i) => [i.alt, i.naturalWidth, i.src.slice(0, 11)])"
    )
    for alt, width, source in images:
        assert alt.strip()
        assert width > 0
        assert source == "data:image/"


def check_contents(page: Page) -> None:
    """Each entry of the contents leads to a heading with its words."""
    pairs = page.evaluate(
        "() => [...document.querySelectorAll('nav a')].map((a) => ["
        "a.textContent, document.getElementById(decodeURIComponent(a.hash.slice(1)))?.textContent])"
    )
    for entry, heading in pairs:
        assert entry == heading
    headings = page.locator("main h2[id], main h3[id]").count()
    assert len(pairs) == headings


def check_folded(page: Page) -> None:
    assert page.locator("details[open]").count() == 0


def check_fits(page: Page) -> None:
    """Nothing makes the page itself scroll sideways."""
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def check_access(page: Page) -> None:
    """Nothing that axe-core knows keeps a reader out: names, roles, contrast, keyboard."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def check_print(page: Page) -> None:
    """On A4 each heading and each cell of a table is there, whole, and no page is empty."""
    page.emulate_media(media="print")
    shown, sheets = page.evaluate(CELLS), pypdfium2.PdfDocument(page.pdf(format="A4"))
    for sheet in sheets:
        assert next(sheet.get_objects(), None) is not None
    printed = [sheet.get_textpage().get_text_bounded() for sheet in sheets]
    whole = UNSEEN.sub("", "".join(printed))
    parts = [part for text in shown for part in text.splitlines()]
    cut = [part for part in parts if UNSEEN.sub("", part) not in whole]
    assert not cut, f"not printed: {cut}"
    page.emulate_media(media="screen")
