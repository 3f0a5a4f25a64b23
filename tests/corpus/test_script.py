"""Script: traditional documents become simplified, names in simplified ones stay."""

import csv
import unicodedata

import pytest

from difang.corpus.edits import apply
from difang.corpus.glosses import glosses
from difang.corpus.script import compatibility, script_of, simplify
from difang.project import ROOT, SEEDS


def simple(text: str) -> str:
    return apply(text, simplify(text))


def test_seed_001_is_converted_as_the_expert_reader_has_it() -> None:
    raw = next(SEEDS.glob("001*.txt")).read_bytes().decode("utf-8")
    with (ROOT / "tests/gold/normalise.tsv").open(encoding="utf-8", newline="") as file:
        gold = {
            (r["text"], r["replacement"])
            for r in csv.DictReader(file, delimiter="\t")
            if r["layer"] == "script"
        }
    bare = apply(raw, glosses(raw))
    edits = simplify(bare)
    assert {(e.old, e.new) for e in edits} == gold
    assert all(len(e.old) == len(e.new) == 1 for e in edits)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("著力提高縣級領導", "着力提高县级领导"),
        ("接著幹，隨著經濟發展", "接着干，随着经济发展"),
        ("成效顯著，編著專著，原著與論著", "成效显著，编著专著，原著与论著"),
        ("著作、著名學者的調研報告", "著作、著名学者的调研报告"),
        ("會議強調乾淨擔當", "会议强调干净担当"),
        ("乾隆皇帝與憑藉優勢發展", "乾隆皇帝与凭借优势发展"),
    ],
)
def test_mainland_forms(old: str, new: str) -> None:
    assert simple(old) == new


@pytest.mark.parametrize(
    "text",
    [
        "为景旺电子、旭昇电子等工业企业兑现奖励",
        "面积260万㎡，瞭望、藉以、乾隆、著名",
        "显著增强，著力点",
        "昇",
        "\x00县\ud800",
    ],
)
def test_simplified_texts_stay(text: str) -> None:
    assert simple(text) == text
    assert script_of(text) == "simplified"


def test_only_the_traditional_lines_of_a_simplified_text_are_converted() -> None:
    line = "会议强调，要坚持发展县域经济，为企业兑现奖励，建设现代化产业体系。\n"
    text = f"{line * 9}會議強調，要堅持發展縣域經濟。\n旭昇电子"
    assert simple(text) == f"{line * 9}会议强调，要坚持发展县域经济。\n旭昇电子"


def test_script_names() -> None:
    assert script_of("會議強調縣域經濟發展") == "traditional"
    assert script_of("會議強調縣域\n经济发展为县级领导") == "mixed"
    assert script_of("") == script_of("abc") == "simplified"


def test_characters_the_converter_stops_at_pass_through() -> None:
    text = "會議\x00強調\ud800縣域"
    assert simple(text) == "会议\x00强调\ud800县域"


def test_compatibility_characters_are_not_folded() -> None:
    text = "會議強調：面積㎡、①、Ⅳ"
    assert unicodedata.normalize("NFKC", "㎡①Ⅳ") != "㎡①Ⅳ"
    assert simple(text).endswith("㎡、①、Ⅳ")


def test_words_of_a_half_converted_text_follow_and_names_stay() -> None:
    line = "会议强调，要坚持发展县域经济，为企业兑现奖励，建设现代化产业体系。"
    text = f"{line}要加强領导，推動經济发展，旭昇电子到会。{line}"
    assert simple(text) == f"{line}要加强领导，推动经济发展，旭昇电子到会。{line}"
    assert (
        simple(f"{line}旭昇电子、昊昇科技、陳氏、張某") == f"{line}旭昇电子、昊昇科技、陳氏、張某"
    )
    assert simple(f"{line}他写了“經濟”二字。") == f"{line}他写了“經濟”二字。"


def test_simplified_words_in_a_traditional_text_and_variants() -> None:
    old = "會議強調縣域發展，经济工作在於落實，這裡的臺灣同胞擡頭，爲人民服務，隨著時間"
    new = "会议强调县域发展，经济工作在于落实，这里的台湾同胞抬头，为人民服务，随着时间"
    assert simple(old) == new


def test_radicals_and_compatibility_ideographs_become_characters() -> None:
    text = "⼀、⼆⼗⼤⼯作，⻓期⺠⽣，⻢上⻅效，\uf9b5如\uf90a，㎡①Ⅳ，．"
    expected = "一、二十大工作，长期民生，马上见效，例如金，㎡①Ⅳ，．"
    assert apply(text, compatibility(text)) == expected


@pytest.mark.parametrize(
    ("radical", "char", "meaning"),
    [
        ("⻢", "马", "HORSE"),
        ("⻥", "鱼", "FISH"),
        ("⻩", "黄", "YELLOW"),
        ("⻮", "齿", "TOOTH"),
        ("⻰", "龙", "DRAGON"),
        ("⻔", "门", "GATE"),
        ("⻓", "长", "LONG"),
        ("⻜", "飞", "FLY"),
        ("⺠", "民", "CIVILIAN"),
        ("⻋", "车", "CART"),
        ("⻚", "页", "LEAF"),
        ("⻛", "风", "WIND"),
    ],
)
def test_each_radical_is_the_character_that_its_name_says(
    radical: str, char: str, meaning: str
) -> None:
    assert meaning in unicodedata.name(radical)
    assert apply(radical, compatibility(radical)) == char
