"""What all tests share: the order they run in."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the quick tests first, then whole notebooks, then the reports in a browser."""
    items.sort(key=lambda item: [name in item.keywords for name in ("browser", "notebooks")])
