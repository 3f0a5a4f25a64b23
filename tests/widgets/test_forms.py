"""The two forms: what is signed is written by the library, what is wrong is shown."""

import re
from html import unescape

import pandas as pd
import pytest

import difang
from difang.corpus.overrides import read_overrides
from difang.words.lexicon import read_lexicon

DOC = "003_00368fc007a92287"


@pytest.fixture(scope="module")
def corpus():
    return difang.load()


def text(form):
    return unescape(re.sub("<[^>]+>", "", form.shown.html))


def code(form, at):
    return unescape(re.findall(r"<pre>(.*?)</pre>", form.shown.html, re.DOTALL)[at])


def sign(form, who="Li", why="the text says so"):
    form.who.value, form.why.value = who, why
    form.button.click()


def test_a_correction_is_written_signed_and_holds_when_the_folder_is_read_again(corpus, tmp_path):
    path = tmp_path / "overrides.csv"
    form = difang.bench_fields(corpus, path=path)
    form.doc_id.value, form.field.value, form.value.value = DOC, "genre", "speech"
    sign(form)
    assert "overrides.csv" in text(form) and "Li" in code(form, 0)
    [line] = read_overrides(path)
    assert (line.doc_id, line.field, line.value, line.who) == (DOC, "genre", "speech", "Li")
    again = difang.load(overrides=path)
    assert again.documents.loc[DOC, "genre"] == "speech"
    written = path.read_bytes()
    path.unlink()
    call = code(form, 0).removesuffix(")") + ", path=path)"
    eval(call, {"difang": difang, "corpus": corpus, "path": path})
    assert path.read_bytes() == written  # the line of code does the same


def test_the_evidence_for_a_year_is_that_for_its_days(corpus):
    """The speech to a county plenum has no year, and days after which it lies."""
    form = difang.bench_fields(corpus)
    form.doc_id.value = DOC
    for field in ("province", "year"):
        form.field.value = field
    assert "党的二十大" in text(form) and "No evidence" not in text(form)
    given = eval(code(form, 0), {"corpus": corpus})
    assert len(given) > 1 and all(quote in text(form) for quote in given["quote"])


@pytest.mark.parametrize(
    ("doc_id", "field", "value", "who", "said"),
    [
        (DOC, "date", "last May", "Li", "'last May' is no day"),
        (DOC, "year", "around 2018", "Li", "'around 2018' is no year"),
        (DOC, "genre", "speech", " ", "It lacks who corrects it, or why"),
        ("nobody", "genre", "speech", "Li", "holds no such document"),
    ],
)
def test_what_is_wrong_is_shown_and_nothing_is_written(
    corpus, tmp_path, doc_id, field, value, who, said
):
    path = tmp_path / "overrides.csv"
    form = difang.bench_fields(corpus, path=path)
    form.doc_id.value, form.field.value, form.value.value = doc_id, field, value
    sign(form, who=who)
    assert said in text(form)
    assert not path.exists()


def test_the_evidence_follows_document_and_field_and_its_code_gives_the_same(corpus, tmp_path):
    form = difang.bench_fields(corpus, path=tmp_path / "overrides.csv")
    form.doc_id.value, form.field.value = "000_e42d4e34f27c5150", "province"
    rows = eval(code(form, 0), {"corpus": corpus})
    assert set(rows["value"]) >= {"江西省"}
    for quote in rows["quote"]:
        assert quote in text(form)


def test_an_accepted_phrase_is_in_the_lexicon_and_once_only(corpus, tmp_path):
    rows = pd.DataFrame({"phrase": ["县域经济", "作风建设"]})
    form = difang.bench_phrases(corpus, rows, folder=tmp_path)
    form.phrase.value = "作风建设"
    lines = eval(code(form, 0), {"difang": difang, "corpus": corpus})
    assert len(lines) == sum(one.count("作风建设") for one in corpus.documents["text"]) > 0
    sign(form)
    assert "is in the lexicon now" in text(form)
    table = read_lexicon(tmp_path).phrases
    [row] = table[["phrase", "who", "why"]].to_numpy().tolist()
    assert row == ["作风建设", "Li", "the text says so"]
    sign(form)
    assert "already" in text(form)
    sign(form, who="")
    assert "Nobody signs" in text(form)
    assert len(read_lexicon(tmp_path).phrases) == 1


def test_without_proposals_the_form_says_so(corpus, tmp_path):
    form = difang.bench_phrases(corpus, [], folder=tmp_path)
    form.update(form.view)
    assert "nothing was proposed" in text(form)
