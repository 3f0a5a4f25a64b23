import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.decoding import UndecodableError, decode, undecodable
from difang.corpus.edits import apply
from difang.project import SEEDS

REPORT = "会议强调，要全面贯彻落实党的十九大精神，推动全省经济社会发展。" * 3


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16-le"),
    ],
)
def test_a_report_is_read_in_each_codec(codec, name):
    assert decode(REPORT.encode(codec)) == (REPORT, name)


@pytest.mark.parametrize("seed", sorted(SEEDS.iterdir()), ids=lambda p: p.stem)
def test_seeds_are_read_from_gb18030_as_from_utf8(seed):
    text = seed.read_bytes().decode("utf-8")
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_traditional_big5_is_refused_and_not_read_as_other_characters():
    text = "會議強調，要全面貫徹落實黨的精神，推動全省經濟社會發展。" * 3
    with pytest.raises(UndecodableError, match="neither UTF-8 nor GB18030"):
        decode(text.encode("big5"))


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0", b"PK\x03\x04\x14\0", b"a\0b"])
def test_binary_files_are_refused(data):
    with pytest.raises(UndecodableError, match="NUL"):
        decode(data)


def test_a_broken_byte_is_kept_and_marked():
    data = REPORT.encode() + b"\xff\xfe" + REPORT.encode()
    text, encoding = decode(data)
    assert encoding == "utf-8"
    assert text.encode("utf-8", "surrogateescape") == data
    assert apply(text, undecodable(text)) == REPORT + "\ufffd\ufffd" + REPORT


def test_line_ends_stay_as_they_are():
    assert decode("一\r\n二\r三\n".encode()).text == "一\r\n二\r三\n"


@settings(deadline=None)
@given(st.one_of(st.binary(), st.text().map(lambda t: t.encode("gb18030", "ignore"))))
def test_whatever_is_read_gives_its_bytes_back(data):
    try:
        text, encoding = decode(data)
    except UndecodableError as error:
        assert str(error).endswith(".")
        return
    mark = {"utf-8-sig": 3, "utf-16-le": 2, "utf-16-be": 2}.get(encoding, 0)
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    assert text.encode(codec, "surrogateescape") == data[mark:]
