import pandas as pd
import pytest

from difang.words.accepting import accept
from difang.words.lexicon import LexiconError, read_lexicon

GIVEN = 'phrase,variants,note\r\n四个意识,,"a, b"\r\n一张蓝图绘到底,一张蓝图干到底\r\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "set_phrases.csv").write_bytes(GIVEN.encode("utf-8-sig"))
    return tmp_path


def read(folder):
    return read_lexicon(folder).phrases.set_index("phrase")


def test_accepted_phrases_are_entries_signed_by_who_took_them(folder):
    rows = pd.DataFrame({"phrase": ["碗窑精神", "“五型”政府"], "count": [3, 2], "kind": "wording"})
    added = accept(rows, who="Li", when="2024-05-01", why="three counties", folder=folder)
    assert added["phrase"].tolist() == ["碗窑精神", "五型政府"]
    table = read(folder)
    signed = table.loc["五型政府", ["match", "kind", "who", "when", "why"]]
    assert signed.tolist() == ["any", "", "Li", "2024-05-01", "three counties"]
    assert table.loc["四个意识", ["note", "who"]].tolist() == ["a, b", ""]
    assert "五型政府" in {one.entry for one in read_lexicon(folder).to_match()}


def test_the_other_lines_stay_byte_for_byte(folder):
    accept(["碗窑精神"], who="Li", when="2024-05-01", folder=folder)
    text = (folder / "set_phrases.csv").read_bytes().decode("utf-8-sig")
    assert text.split("\r\n", 1)[1] == GIVEN.split("\r\n", 1)[1] + "碗窑精神,,,Li,2024-05-01,\r\n"
    accept(["一号工程"], who="Wu", when="2024-05-02", folder=folder)
    again = (folder / "set_phrases.csv").read_bytes().decode("utf-8-sig")
    assert again == text + "一号工程,,,Wu,2024-05-02,\r\n"


def test_what_is_known_is_left_as_it_is_and_said(folder):
    wanted = ["四个意识", "一张蓝图、干到底", "两不愁、三保障", "两不愁三保障"]
    added = accept(wanted, who="Li", folder=folder)
    assert added["phrase"].tolist() == ["两不愁三保障"]
    assert added.attrs["known"] == ["四个意识", "一张蓝图、干到底"]
    assert accept(wanted, who="Li", folder=folder).empty
    assert len(read(folder)) == 3


def test_a_new_folder_gets_a_lexicon_and_others_keep_theirs(folder, tmp_path):
    before = (folder / "set_phrases.csv").read_bytes()
    accept(["碗窑精神"], who="Li", folder=tmp_path / "mine")
    assert read(tmp_path / "mine").index.tolist() == ["碗窑精神"]
    assert (folder / "set_phrases.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("phrases", "who", "said"),
    [
        (["碗窑精神"], " ", "Nobody signs"),
        (pd.DataFrame({"term": ["碗窑精神"]}), "Li", "no column phrase"),
        (["碗窑精神", "“”"], "Li", "no wording"),
    ],
)
def test_what_cannot_be_accepted_changes_nothing(folder, phrases, who, said):
    before = (folder / "set_phrases.csv").read_bytes()
    with pytest.raises(LexiconError, match=said):
        accept(phrases, who=who, folder=folder)
    assert (folder / "set_phrases.csv").read_bytes() == before
