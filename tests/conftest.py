"""What all tests share: the order they run in, and the browser."""

import pytest

from browser import find_browser


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the quick tests first, then whole notebooks, then the reports in a browser."""
    items.sort(key=lambda item: [name in item.keywords for name in ("browser", "notebooks")])


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Return where the browser is; without one a browser test fails, it is never skipped."""
    path = find_browser()
    if path is None:
        pytest.fail("no Chromium, Chrome or Edge found; leave these out with -m 'not browser'")
    return path
