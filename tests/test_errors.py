"""Numbers that make no sense are refused by name; none is taken for another in silence."""

from types import SimpleNamespace

import pandas as pd
import pytest
from scipy.sparse import csr_matrix

import difang
from difang.errors import NumberError

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
