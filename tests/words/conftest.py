import warnings
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from difang import project
from difang.words import lexicon as lexicons

GOLD = Path(__file__).parents[1] / "gold" / "clean"


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, cache_folder):
    monkeypatch.setattr(project, "CACHE", cache_folder)


@pytest.fixture(scope="session")
def jieba():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(100)
    return jieba


@pytest.fixture
def corpus_of():
    def make(*texts, **columns):
        ids = [f"d{number}" for number in range(len(texts))]
        table = pd.DataFrame({"text": pd.Series(texts, dtype="str"), **columns})
        return SimpleNamespace(documents=table.set_axis(ids, axis=0))

    return make


@pytest.fixture(scope="session")
def seeds():
    texts = {path.stem[:3]: path.read_text("utf-8") for path in sorted(GOLD.glob("*.txt"))}
    return SimpleNamespace(documents=pd.DataFrame({"text": texts}))


@pytest.fixture
def lexicon_of(tmp_path):
    def make(*, words="", phrases="", folder=None):
        place = tmp_path / (folder or "lexicon")
        place.mkdir(exist_ok=True)
        for name, content in (("words.txt", words), ("set_phrases.csv", phrases)):
            raw = content if isinstance(content, bytes) else content.encode()
            (place / name).write_bytes(raw)
        return lexicons.read_lexicon(place)

    return make
