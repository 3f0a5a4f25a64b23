"""What the shipped set_phrases.csv says: pinyin, glosses, dates, variants."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from pypinyin import Style, lazy_pinyin, pinyin

from difang import project
from difang.corpus.reference import read_reference
from difang.corpus.windows import parse
from difang.words.lexicon import PHRASE_COLUMNS, read_lexicon
from difang.words.matching import spelling

FILE = Path(project.LEXICON) / "set_phrases.csv"
HAN = re.compile(r"[\u3007\u3400-\u9fff]")
TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))
OWN_TONE = {"一": "yī", "不": "bù"}  # however they are spoken before other tones
# Where a character is read otherwise than the dictionary of pypinyin guesses, and a person checked.
READ_HERE = {
    *("地de", "为wéi", "还huán", "得dé", "得de", "调tiáo", "白bai", "转zhuǎn", "实shi", "的de"),
    *("候hou", "难nán", "难nàn", "矩ju", "长cháng", "干gàn", "重zhòng", "散sǎn", "奔bèn"),
}
# Documents that a meeting of the calendar adopted, on its last day.
ADOPTED = {
    "十五计划建议": "十五届五中全会", "十一五规划建议": "十六届五中全会",
    "十二五规划建议": "十七届五中全会", "十三五规划建议": "十八届五中全会",
    "十四五规划建议": "十九届五中全会",
    "中共中央关于完善社会主义市场经济体制若干问题的决定": "十六届三中全会",
    "中共中央关于加强党的执政能力建设的决定": "十六届四中全会",
    "中共中央关于全面深化改革若干重大问题的决定": "十八届三中全会",
    "中共中央关于全面推进依法治国若干重大问题的决定": "十八届四中全会",
}  # fmt: skip
BOUNDS = r"(?:[ ,'+-]|(?<![a-z])(?:\d+|rcep|h1n1|pm25))*"  # what may stand between syllables


@pytest.fixture(scope="module")
def rows():
    return read_lexicon().phrases.to_dict("records")


def toneless(syllable):
    parts = unicodedata.normalize("NFD", syllable).translate(TONES)
    return unicodedata.normalize("NFC", parts)


def readings(character):
    """Every reading of a character, and each without its tone (的, 子, 规矩)."""
    if character in OWN_TONE:
        return {OWN_TONE[character]}
    known = pinyin(character, heteronym=True, style=Style.TONE)[0]
    return {*known, *map(toneless, known)}


def spells_as_guessed(phrase, written):
    """Whether pinyin is what pypinyin reads in the whole phrase, but for the readings listed."""
    runs = re.findall(r"[\u3007\u3400-\u9fff]+", phrase)
    guessed = [one for run in runs for one in lazy_pinyin(run, style=Style.TONE)]
    one = []
    for han, guess in zip(HAN.findall(phrase), guessed, strict=True):
        listed = [reading[1:] for reading in READ_HERE if reading[0] == han]
        one.append("(?:" + "|".join([OWN_TONE.get(han, guess), *listed, toneless(guess)]) + ")")
    pattern = BOUNDS + "".join(syllable + BOUNDS for syllable in one)
    return re.fullmatch(pattern, written.lower().replace(".", "")) is not None


def spells(phrase, written):
    """Whether pinyin holds one reading of each Han character of a phrase, in order, no more."""
    one = ["(?:" + "|".join(sorted(readings(han))) + ")" for han in HAN.findall(phrase)]
    pattern = BOUNDS + "".join(syllable + BOUNDS for syllable in one)
    return re.fullmatch(pattern, written.lower().replace(".", "")) is not None


@pytest.mark.parametrize(
    ("phrase", "written", "right"),
    [
        ("放管服", "fàngguǎnfú", True),
        ("甲型H1N1流感", "jiǎxíng H1N1 liúgǎn", True),
        ("西安", "Xī'ān", True),
        ("一国两制", "yī guó liǎng zhì", True),
        ("一国两制", "yì guó liǎng zhì", False),
        ("放管服", "fàngguǎn", False),
        ("放管服", "fàngguǎnfú le", False),
        ("湖长制", "húzhǎngzhī", False),
        ("长三角", "Chángsānjiào", False),
    ],
)
def test_pinyin_is_held_against_the_characters(phrase, written, right):
    assert spells(phrase, written) == right


def test_each_phrase_has_pinyin_that_reads_its_characters_one_by_one(rows):
    assert [row["phrase"] for row in rows if not row["pinyin"]] == []
    wrong = [(r["phrase"], r["pinyin"]) for r in rows if not spells(r["phrase"], r["pinyin"])]
    assert wrong == []


def test_pinyin_is_that_of_the_dictionary_but_for_readings_that_were_checked(rows):
    wrong = [r["phrase"] for r in rows if not spells_as_guessed(r["phrase"], r["pinyin"])]
    assert wrong == []
    assert not spells_as_guessed("重要窗口", "chóngyào chuāngkǒu")


@pytest.mark.parametrize(
    ("phrase", "pinyin"),
    [
        ("湖长制", "húzhǎngzhì"),
        ("长三角一体化", "Chángsānjiǎo yītǐhuà"),
        ("调结构", "tiáo jiégòu"),
        ("为民办实事", "wèi mín bàn shíshì"),
        ("以人为本", "yǐ rén wéi běn"),
        ("撸起袖子加油干", "lūqǐ xiùzi jiāyóu gàn"),
        ("亚洲基础设施投资银行", "Yàzhōu jīchǔ shèshī tóuzī yínháng"),
        ("灾后恢复重建", "zāihòu huīfù chóngjiàn"),
        ("三重一创", "sān zhòng yī chuàng"),
        ("退牧还草", "tuì mù huán cǎo"),
        ("卡脖子", "qiǎ bózi"),
        ("单项冠军", "dānxiàng guànjūn"),
        ("新冠肺炎", "xīnguān fèiyán"),
        ("一方有难、八方支援", "yīfāng yǒunàn, bāfāng zhīyuán"),
        ("供给侧结构性改革", "gōngjǐcè jiégòuxìng gǎigé"),
        ("东数西算", "dōng shù xī suàn"),
        ("南方谈话", "nánfāng tánhuà"),
    ],
)
def test_characters_of_several_readings_are_read_as_here(rows, phrase, pinyin):
    assert {row["phrase"]: row["pinyin"] for row in rows}[phrase] == pinyin


def test_pinyin_is_written_in_letters_with_tones(rows):
    odd = [r["pinyin"] for r in rows if not toneless(r["pinyin"]).replace("ü", "v").isascii()]
    assert odd == []


def test_a_gloss_is_short_english(rows):
    told = {row["phrase"]: row["gloss"] for row in rows if row["gloss"]}
    assert len(told) > 700
    assert {p: g for p, g in told.items() if not g.isascii() or len(g.split()) > 12} == {}
    ends = re.compile(r"[A-Za-z0-9].*[A-Za-z0-9)]", re.DOTALL)
    assert {p: g for p, g in told.items() if not ends.fullmatch(g) or "  " in g} == {}


def test_dates_are_dates_with_a_bound_a_source_and_a_confidence(rows):
    dated = [row for row in rows if row["first_use"]]
    assert len(dated) > 500
    for row in dated:
        window = parse(row["first_use"])
        assert window, row
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", row["first_use"]), row
        assert row["lower_bound"] in ("hard", "soft") and row["source"], row
        assert row["confidence"] in ("high", "medium", "low"), row
    assert [r["phrase"] for r in rows if r["lower_bound"] and not r["first_use"]] == []


@pytest.fixture(scope="module")
def calendar():
    """Names and aliases of meetings, each with the windows of those of that name."""
    held = {}
    for row in read_reference("party_calendar.csv", ("kind", "name", "aliases", "start", "end")):
        for name in {row["name"], *row["aliases"].split("|")} - {""}:
            held.setdefault(name.removeprefix("党的"), []).append((row["start"], row["end"]))
        if row["kind"] == "npc":
            held.setdefault("政府工作报告", []).append((row["start"], row["start"]))
    return held


def named(source, calendar):
    """The event of the calendar that a source names, its windows, and the date it gives."""
    told = re.fullmatch(r"(.+?) (\d{4}(?:-\d\d){2})", source.split("; ")[0])
    title = re.sub("^党的|(报告|公报|决定|决议)$", "", told[1]) if told else ""
    event = (
        "政府工作报告"
        if told and told[1] == "政府工作报告"
        else ADOPTED.get(told[1] if told else "", title)
    )
    return event, calendar.get(event, []), told and told[2]


def test_a_source_that_is_in_the_calendar_was_there_on_its_date(rows, calendar):
    """Reports of government are held to the first day of the National People's Congress."""
    found = [(row, *named(row["source"], calendar)) for row in rows if row["kind"] == "national"]
    held = [(row, event, windows, day) for row, event, windows, day in found if windows and day]
    assert len(held) > 150
    wrong = [
        (row["phrase"], event, day)
        for row, event, windows, day in held
        if not any(start <= day <= end for start, end in windows) or parse(day) is None
    ]
    assert wrong == []


def test_no_phrase_is_dated_by_what_nobody_looked_up(rows):
    unnamed = {"general knowledge", "seed documents, expert reading"}
    for row in rows:
        if row["first_use"]:
            assert row["source"] not in unnamed and re.search(r"\d{4}", row["source"]), row
        elif row["source"] in unnamed:
            assert row["confidence"] == "low", row


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("供给侧结构性改革", "2015-11-10"),
        ("精准扶贫", "2013-11-03"),
        ("全面建设小康社会", "2000-10-11"),
        ("文化自信", "2011-10-18"),
        ("农业转移人口市民化", "2012-11-08"),
        ("巩固拓展脱贫攻坚成果同乡村振兴有效衔接", "2020-10-29"),
        ("新质生产力", "2023-09-07"),
        ("八荣八耻", "2006-03-04"),
    ],
)
def test_well_known_phrases_begin_when_they_did(rows, phrase, day):
    assert {row["phrase"]: row["first_use"] for row in rows}[phrase] == day


def test_no_wording_stands_twice(rows):
    forms = [form for row in rows for form in (row["phrase"], *row["variants"].split("|")) if form]
    told = Counter(spelling(form, "", "any")[:2] for form in forms)  # its letters, and its 、
    assert [key for key, n in told.items() if n > 1] == []


def test_the_table_is_large_enough_and_holds_national_and_provincial_phrases(rows):
    kinds = Counter(row["kind"].partition(":")[0] for row in rows)
    assert kinds.total() >= 600
    assert kinds["national"] > 500 and kinds["provincial"] > 80
    held = {row["phrase"] for row in rows}
    assert held >= {"供给侧结构性改革", "新质生产力", "放管服", "一带一路", "八八战略"}


def test_the_file_is_a_table_that_excel_opens_with_the_columns_of_its_readme():
    raw = FILE.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n")
    head = next(csv.reader(raw.decode("utf-8-sig").splitlines()))
    assert tuple(head) == PHRASE_COLUMNS
    readme = (FILE.parent / "README.md").read_text("utf-8")
    listed = re.findall(r"(?m)^\| ([a-z_, ]+) \|", readme.partition("## set_phrases.csv")[2])
    assert set(head) <= {name for cell in listed for name in cell.split(", ")}
