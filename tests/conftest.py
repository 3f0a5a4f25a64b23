"""What all tests share: the order they run in, and examples that are the same on every run.

To look for new examples: HYPOTHESIS_PROFILE=search, with --hypothesis-seed for another lot.
"""

import os

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)  # no timing in tests
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the quick tests first, then whole notebooks, then the reports in a browser."""
    items.sort(key=lambda item: [name in item.keywords for name in ("browser", "notebooks")])
