"""Decoding: each codec, changes of codec within a file, and bytes that come back, always."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from difang.corpus.decoding import UndecodableError, decode, encode, undecodable
from difang.corpus.edits import apply
from difang.project import SEEDS

REPORT = "会议强调，要全面贯彻落实党的十九大精神，推动全省经济社会发展。" * 3
TRADITIONAL = "會議強調，要全面貫徹落實黨的精神，推動全省經濟社會發展。\n"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_a_report_is_read_in_each_codec(codec, name):
    assert decode(REPORT.encode(codec)) == (REPORT, name)


@pytest.mark.parametrize("codec", ["big5", "cp950", "big5hkscs", "gb18030", "utf-16-le"])
@pytest.mark.parametrize("text", [TRADITIONAL, "縣域經濟", "臺灣與香港的交流"])
def test_traditional_texts_are_told_apart(codec, text):
    assert decode(text.encode(codec)).text == text


def test_hong_kong_characters_are_read():
    text = "會議在深水埗、鰂魚涌舉行，推動經濟發展"
    assert decode(text.encode("big5hkscs")) == (text, "big5hkscs")


@pytest.mark.parametrize("seed", sorted(SEEDS.iterdir()), ids=lambda p: p.stem)
def test_seeds_are_read_from_gb18030_as_from_utf8(seed):
    text = seed.read_bytes().decode("utf-8")
    assert decode(text.encode("gb18030")) == (text, "gb18030")


@pytest.mark.parametrize(
    "parts",
    [
        [(REPORT, "gb18030"), (REPORT, "utf-8")],
        [(REPORT, "utf-8"), (REPORT, "gb18030")],
        [(TRADITIONAL, "big5hkscs"), (REPORT, "utf-8")],
        [(REPORT, "utf-8"), ("\n县域经济\n", "gb18030"), (REPORT, "utf-8")],
        [("基础设施建设。", "gb18030"), ("要抓好落实。", "utf-8")],
        [("", "utf-8-sig"), (REPORT, "gb18030")],
    ],
    ids=str,
)
def test_files_that_change_their_codec_are_read_stretch_by_stretch(parts):
    data = b"".join(text.encode(codec) for text, codec in parts)
    text, encoding = decode(data)
    assert text == "".join(text for text, _ in parts)
    assert [name.split(":")[0] for name in encoding.split()] == [codec for _, codec in parts]


def test_a_mark_inside_and_one_before_another_codec_are_kept():
    assert decode(REPORT.encode("utf-8-sig") * 2) == (f"{REPORT}\ufeff{REPORT}", "utf-8-sig")
    assert decode(b"\xfe\xff" + REPORT.encode("utf-16-be")) == ("\ufeff" + REPORT, "utf-16-be")


def test_nul_characters_in_a_chinese_text_are_characters():
    text = f"{REPORT}\0{REPORT}"
    assert decode(text.encode()).text == decode(text.encode("utf-16-le")).text == text


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0", b"PK\x03\x04\x14\0", b"a\0b"])
def test_binary_files_are_refused(data):
    with pytest.raises(UndecodableError, match="NUL"):
        decode(data)


@pytest.mark.parametrize("codec", ["latin-1", "koi8-r", "euc-kr"])
def test_other_languages_are_refused_and_not_read_as_chinese(codec):
    text = {"latin-1": "été à Noël", "koi8-r": "отчёт о работе", "euc-kr": "보고서를 읽다"}[codec]
    with pytest.raises(UndecodableError, match="neither UTF-8 nor GB18030"):
        decode((text * 30).encode(codec))


def test_a_broken_byte_is_kept_and_marked():
    data = REPORT.encode() + b"\xff\xfe" + REPORT.encode()
    text, encoding = decode(data)
    assert encoding == "utf-8"
    assert encode(text, encoding) == data
    assert apply(text, undecodable(text)) == REPORT + "\ufffd\ufffd" + REPORT


def test_line_ends_stay_as_they_are():
    assert decode("一\r\n二\r三\n".encode()).text == "一\r\n二\r三\n"


CODECS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-be"])
WORDS = st.sampled_from(
    ["县域经济发展", "縣域經濟，", "。", "a·é", "\n", "\0", "\ufeff", "\U00020000"]
)
STRETCH = st.tuples(st.lists(WORDS, max_size=9).map("".join), CODECS)


@settings(deadline=None, max_examples=400)
@given(
    st.lists(STRETCH.map(lambda s: s[0].encode(s[1], "ignore")) | st.binary(max_size=5)).map(
        b"".join
    )
)
@example(b"\xff\xfe\x00")
@example(b"\xfe\xff\x00\xd8")
@example(b"\xef\xbb\xbf")
@example(b"")
@example("县".encode("gb18030") + b"\x80")
def test_whatever_is_read_gives_its_bytes_back(data):
    try:
        text, encoding = decode(data)
    except UndecodableError as error:
        assert str(error).endswith(".")
        return
    assert encode(text, encoding) == data


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_read_or_refused(data):
    try:
        assert encode(*decode(data)) == data
    except UndecodableError as error:
        assert error.what_to_do
