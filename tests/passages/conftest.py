"""Small corpora for the passages: from given texts, and the five clean texts of the gold."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

GOLD = Path(__file__).resolve().parents[1] / "gold"


@pytest.fixture(scope="session")
def corpus_of():
    """Make a corpus from texts, named d0, d1, …; further columns by keyword."""

    def make(*texts, **columns):
        index = pd.Index([f"d{number}" for number in range(len(texts))], name="doc_id")
        return SimpleNamespace(
            documents=pd.DataFrame({"text": list(texts), **columns}, index=index)
        )

    return make


@pytest.fixture(scope="session")
def seeds():
    """The five clean texts, as they were set by hand."""
    texts = {path.stem: path.read_text("utf-8") for path in sorted((GOLD / "clean").glob("*.txt"))}
    frame = pd.DataFrame({"text": texts}).assign(date=pd.NaT).rename_axis("doc_id")
    return SimpleNamespace(documents=frame)
