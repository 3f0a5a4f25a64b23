"""Numbers that make no sense are refused by name; none is taken for another in silence."""

from types import SimpleNamespace

import pandas as pd
import pytest
from scipy.sparse import csr_matrix

import difang
from difang.corpus.documents import OtherCorpusError
from difang.errors import NumberError
from difang.words.concordance import occurrences

PLACES = pd.DataFrame({"province": ["江西省", "湖北省"]}, index=["甲", "乙"])
COUNTS = difang.Counts(csr_matrix([[3, 1], [0, 2]]), pd.Index(["生态", "工业"]), PLACES)
SCORES = difang.tfidf_contrast(COUNTS, by="province")
CORPUS = SimpleNamespace(documents=pd.DataFrame({"text": {"甲": "生态优先。"}}))


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("top", lambda n: difang.tfidf_contrast(COUNTS, by="province", top=n)),
        ("top", lambda n: difang.keyness(COUNTS, by="province", top=n)),
        ("min_count", lambda n: difang.c_tfidf(COUNTS, by="province", min_count=n)),
        ("top", lambda n: difang.headline(SCORES, group="江西省", top=n, quiet=True)),
        ("resamples", lambda n: difang.inference(SCORES, COUNTS, resamples=n)),
        ("min_docs", lambda n: difang.inference(SCORES, COUNTS, min_docs=n)),
        ("resamples", lambda n: difang.rates_by(COUNTS, by="province", terms="生态", resamples=n)),
        ("width", lambda n: difang.kwic(CORPUS, "生态", width=n)),
    ],
    ids=["tfidf", "keyness", "min_count", "headline", "draws", "min_docs", "rates", "kwic"],
)
@pytest.mark.parametrize("value", [-1, 2.5, "10"])
def test_a_number_out_of_reason_is_named(name, call, value):
    with pytest.raises(NumberError) as error:
        call(value)
    assert f"{name}={value!r}" in str(error.value)
    assert "whole number" in str(error.value)


def test_numbers_of_numpy_and_none_are_taken():
    whole = difang.tfidf_contrast(COUNTS, by="province", top=None)
    assert len(difang.tfidf_contrast(COUNTS, by="province", top=len(whole))) == len(whole)
    first = difang.tfidf_contrast(COUNTS, by="province", top=pd.Series([1]).iloc[0])
    assert len(first) == first["group"].nunique()


def read(folder, texts):
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    corpus = difang.load(folder, cache=False)
    return corpus, difang.segment(corpus, cache=False)


@pytest.mark.parametrize("use", ["panel", "first_seen", "adoption", "firing_report", "occurrences"])
def test_tokens_and_counts_of_other_documents_are_refused(tmp_path, use):
    corpus, own = read(tmp_path / "a", {"甲": "2015年1月5日，江西省政府召开会议，重视生态。"})
    other, tokens = read(tmp_path / "b", {"乙": "2016年1月5日，湖北省政府召开会议，重视生态。"})
    calls = {
        "panel": lambda of, used: difang.panel(
            corpus, difang.count(used, of.documents), {"绿": "生态"}, by="province"
        ),
        "first_seen": lambda _, used: difang.first_seen(corpus, "生态", tokens=used),
        "adoption": lambda _, used: difang.adoption(corpus, "生态", tokens=used),
        "firing_report": lambda _, used: difang.firing_report(corpus, used, None, terms=["生态"]),
        "occurrences": lambda _, used: occurrences(corpus, used, ["生态"]),
    }
    calls[use](corpus, own)
    with pytest.raises(OtherCorpusError, match="1 of 1 documents"):
        calls[use](other, tokens)
