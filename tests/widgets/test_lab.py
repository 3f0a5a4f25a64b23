"""JupyterLab as a researcher has it: notebooks run to the end, and the bench answers to a hand."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from browser import find_browser
from difang import project
from difang.reports.html import export
from reports.page_checks import browser_at, visit

pytestmark = pytest.mark.browser

START, RUN, ANSWER = 120, 180, 60  # seconds at most: the server, a notebook, a control
SETTINGS = {
    "notebook-extension/tracker": '{"windowingMode": "none"}',  # all cells stand in the page
    "apputils-extension/notification": '{"fetchNews": "false"}',  # asks nobody, and nothing
}
READY = "Python 3 (ipykernel) | Idle"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Start a server on copies of two notebooks; give its address and the folder."""
    home = tmp_path_factory.mktemp("lab")
    folder = home / "notebooks"
    folder.mkdir()
    for name in ("01-corpus", "03-provinces"):
        shutil.copy(project.NOTEBOOKS / f"{name}.ipynb", folder)
    for name, text in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "--ServerApp.ip": "127.0.0.1", "--ServerApp.port": port, "--ServerApp.port_retries": 0,
        "--ServerApp.open_browser": False, "--ServerApp.allow_root": True,
        "--ServerApp.root_dir": folder, "--IdentityProvider.token": "",
        "--LabApp.user_settings_dir": home / "settings",
        "--LabApp.workspaces_dir": home / "workspaces",
        "--LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }  # fmt: skip
    own = {f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *(f"{k}={v}" for k, v in options.items())],
            env={**os.environ, **own, "DIFANG_LANG": "en", "PYTHONPATH": str(project.ROOT / "lib")},
            cwd=home, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/api", server, home / "log")
        yield address, folder
    finally:
        os.killpg(server.pid, signal.SIGTERM)  # the kernels are of the server's group
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text("utf-8", "replace"))


@pytest.fixture(scope="module")
def browser(lab: tuple[str, Path]) -> Iterator[Browser]:
    path = find_browser()
    assert path, "no Chromium, Chrome or Edge: leave these tests out with -m 'not browser'"
    with browser_at(path) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(1000 * ANSWER)
    yield context.new_page()
    context.close()


def run_all(page: Page, lab: tuple[str, Path], name: str) -> nbformat.NotebookNode:
    """Open a notebook, run it to the end, save it, and give it as it was saved."""
    address, folder = lab
    page.goto(f"{address}/lab/tree/{name}.ipynb?reset")
    expect(page.get_by_text(READY)).to_be_visible(timeout=1000 * START)
    path = folder / f"{name}.ipynb"
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt")
    expect(prompts.first).to_have_text("[1]:", timeout=1000 * START)
    expect(prompts.filter(has_text="[*]:")).to_have_count(0, timeout=1000 * RUN)
    expect(page.get_by_text(READY)).to_be_visible()
    return saved(page, path)


def saved(page: Page, path: Path) -> nbformat.NotebookNode:
    """Save the open notebook, and give it once the server has it."""
    with page.expect_response(lambda answer: answer.request.method == "PUT") as answered:
        page.keyboard.press("ControlOrMeta+s")
    assert answered.value.ok
    return nbformat.read(path, 4)


def faults(notebook: nbformat.NotebookNode) -> list[str]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [str(one) for one in outputs if "error" in (one.output_type, one.get("name"))]


def test_the_bench_answers_and_leaves_its_last_state_to_a_reader_without_javascript(
    page: Page, lab: tuple[str, Path], browser: Browser, tmp_path: Path
) -> None:
    assert faults(run_all(page, lab, "03-provinces")) == []
    cell = page.locator(".jp-CodeCell", has_text="difang.bench(")
    shown = cell.locator(".jp-OutputArea-output").last
    expect(shown).to_contain_text("measure='text_dispersion'")
    cell.get_by_label("measure").select_option(label="G² (occurrences)")
    expect(shown).to_contain_text("measure='g2'")
    terms = cell.get_by_label("term (click to read)").locator("option")
    chosen = terms.nth(1).inner_text()
    terms.nth(1).click()
    expect(shown.locator("pre", has_text=f"['{chosen}']")).to_be_visible()
    expect(shown.locator(".difang-lines:visible b").first).to_have_text(chosen)
    expect(shown.locator("img")).to_have_attribute("alt", re.compile("G²"))

    left = saved(page, lab[1] / "03-provinces.ipynb")
    report = tmp_path / "03-provinces.html"
    report.write_text(export(left, folder=project.NOTEBOOKS), "utf-8")
    with visit(browser, report, scripts=False) as seen:
        kept = seen.page.locator(".output", has_text="measure='g2'")
        expect(kept.locator(".difang-lines:visible b").first).to_have_text(chosen)
        expect(kept.locator("img")).to_be_visible()
        expect(kept.locator("table").first).to_be_visible()
        assert kept.locator("tbody th").first.inner_text() == terms.first.inner_text()
        assert (seen.requests, seen.complaints) == ([], [])


def test_the_form_of_notebook_01_shows_the_evidence_and_what_a_correction_lacks(
    page: Page, lab: tuple[str, Path]
) -> None:
    before = project.OVERRIDES.read_bytes()
    assert faults(run_all(page, lab, "01-corpus")) == []
    cell = page.locator(".jp-CodeCell", has_text="difang.bench_fields(")
    shown = cell.locator(".jp-OutputArea-output").last
    cell.get_by_label("field").select_option(label="province")
    expect(shown).to_contain_text("province")
    expect(shown.locator("pre", has_text="field in ['province']")).to_be_visible()
    cell.get_by_label("is to be").fill("江西省")
    cell.get_by_role("button", name="Write it down").click()
    expect(shown.get_by_role("alert")).to_contain_text("It lacks who corrects it, or why")
    assert project.OVERRIDES.read_bytes() == before
