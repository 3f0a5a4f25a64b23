import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus import archives, reading
from difang.corpus.archives import Budget
from difang.corpus.reading import read_folder
from difang.corpus.tables import TEXT_COLUMNS


def packed(*members, method=zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def ids(documents):
    return [d.doc_id for d in documents]


def test_a_zip_is_read_as_the_folder_that_it_packs(folder):
    data = packed(
        ("江西省/2018.txt", "一"),
        ("t.csv", "text\n二\n三\n"),
        ("metadata.csv", "file,year\n江西省/2018.txt,2018\n"),
        ("README.txt", "x"),
        ("__MACOSX/._a.txt", "x"),
        (".git/a.txt", "x"),
        ("空/", ""),
        ("a.doc", "x"),
    )
    documents, skipped = read_folder(folder({"a.zip": data}))
    assert [(d.doc_id, d.path, d.raw) for d in documents] == [
        ("a.zip/t#1", "a.zip/t.csv", "二"),
        ("a.zip/t#2", "a.zip/t.csv", "三"),
        ("a.zip/江西省/2018", "a.zip/江西省/2018.txt", "一"),
    ]
    assert [(g.field, g.value) for g in documents[2].given] == [("year", "2018")]
    assert [(s.path, s.reason) for s in skipped] == [("a.zip/a.doc", ".doc is not read")]


def test_a_zip_alone_is_a_corpus(folder):
    root = folder({"a.zip": packed(("b.txt", "一"))})
    assert ids(read_folder(root / "a.zip")[0]) == ["a.zip/b"]


@pytest.mark.parametrize("codec", ["gbk", "utf-8"])
def test_names_without_a_mark_of_their_codec_are_read(folder, codec):
    name = "江西省报告.txt".encode(codec)
    data = packed(("x" * len(name), "一")).replace(b"x" * len(name), name)
    assert ids(read_folder(folder({"a.zip": data}))[0]) == ["a.zip/江西省报告"]


def test_backslashes_in_names_part_folders(folder):
    data = packed(("甲/乙.txt", "一"))
    name = "甲/乙.txt".encode()
    documents, _ = read_folder(folder({"a.zip": data.replace(name, name.replace(b"/", b"\\"))}))
    assert ids(documents) == ["a.zip/甲/乙"]


@pytest.mark.parametrize("name", ["../a.txt", "b/../../a.txt", "/a.txt", "C:/a.txt"])
def test_names_that_point_out_of_the_archive_are_refused(folder, name):
    root = folder({"in/a.zip": packed((name, "一"), ("b.txt", "二"))})
    documents, skipped = read_folder(root / "in")
    assert ids(documents) == ["a.zip/b"]
    assert [s.reason for s in skipped] == ["Its name points out of the archive."]
    assert [path.name for path in root.rglob("*")] == ["in", "a.zip"]


def test_of_two_members_of_one_name_the_later_is_read(folder):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(("b.txt", "早"), ("b.txt", "晚"))
    documents, skipped = read_folder(folder({"a.zip": data}))
    assert [d.raw for d in documents] == ["晚"]
    assert [s.reason for s in skipped] == ["The archive holds a later file of this name."]


def test_archives_within_archives_are_read_but_not_without_end(folder):
    data = packed(("甲.txt", "一"))
    for _ in range(archives.DEPTH):
        data = packed(("z.zip", data), ("乙.txt", "二"))
    documents, skipped = read_folder(folder({"a.zip": data}))
    assert ids(documents) == ["a.zip/z.zip/z.zip/乙", "a.zip/z.zip/乙", "a.zip/乙"]
    assert [(s.path, s.reason) for s in skipped] == [
        ("a.zip/z.zip/z.zip/z.zip", "Archives lie deeper within archives.")
    ]


def test_gzip_within_gzip_comes_to_an_end(folder):
    data = "一".encode()
    for _ in range(archives.DEPTH + 1):
        data = gzip.compress(data)
    _, skipped = read_folder(folder({"a.txt.gz": data}))
    assert [s.reason for s in skipped] == ["Archives lie deeper within archives."]


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(archives, "FLOOR", 10_000)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", packed(("b.txt", "一" * 99_999))),
        ("a.zip", packed(*((f"{n}.txt", "一" * 30_000) for n in range(99)))),
        ("a.zip", packed(("b.zip", packed(("b.txt", "一" * 99_999))))),
        ("a.txt.gz", gzip.compress(("一" * 99_999).encode(), mtime=0)),
        ("a.docx", packed(("[Content_Types].xml", " " * 999_999), ("word/document.xml", ""))),
        ("a.xlsx", packed(("[Content_Types].xml", " " * 999_999), ("xl/workbook.xml", ""))),
    ],
)
def test_what_would_unfold_beyond_measure_is_refused(folder, small, name, data):
    documents, skipped = read_folder(folder({name: data}))
    assert documents == []
    assert len(skipped) == 1
    assert "as a zip bomb is" in skipped[0].reason


def test_all_archives_within_one_share_its_budget(folder, small):
    inner = packed(("b.txt", "一" * 2_000))
    data = packed(*((f"{n}.zip", inner) for n in range(9)), method=zipfile.ZIP_STORED)
    documents, skipped = read_folder(folder({"a.zip": data}))
    read = sum(len(d.raw.encode()) for d in documents)
    assert len(documents) + len(skipped) == 9
    assert read <= max(archives.FLOOR, archives.RATIO * len(data))


def test_texts_packed_as_texts_are_no_bomb(folder, small):
    text = "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(20_000))
    documents, skipped = read_folder(folder({"a.zip": packed(("b.txt", text))}))
    assert (documents[0].raw, skipped) == (text, [])


def test_a_locked_member_is_listed_and_the_others_are_read(folder):
    data = bytearray(packed(("b.txt", "一"), ("c.txt", "二")))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag of the first member in the directory
    documents, skipped = read_folder(folder({"a.zip": bytes(data)}))
    assert ids(documents) == ["a.zip/c"]
    assert [(s.path, s.reason) for s in skipped] == [
        ("a.zip/b.txt", "It is locked with a password.")
    ]


def test_a_damaged_member_is_listed_and_the_others_are_read(folder):
    data = packed(("b.txt", "甲乙丙"), ("c.txt", "二"), method=zipfile.ZIP_STORED)
    data = data.replace("甲乙丙".encode(), "甲乙丁".encode())
    documents, skipped = read_folder(folder({"a.zip": data}))
    assert ids(documents) == ["a.zip/c"]
    assert skipped[0].path == "a.zip/b.txt"
    assert "damaged" in skipped[0].reason


def test_a_link_in_an_archive_is_not_followed(folder):
    info = zipfile.ZipInfo("b.txt")
    info.external_attr = 0o120777 << 16
    documents, skipped = read_folder(folder({"a.zip": packed((info, "/etc/passwd"))}))
    assert documents == []
    assert skipped[0].reason == "A link in an archive is not followed."


@pytest.mark.parametrize(
    ("name", "content", "doc_id"), [("a.txt.gz", "一", "a"), ("a.csv.gz", "text\n一\n", "a#1")]
)
def test_gzip_is_read_as_what_it_packs(folder, name, content, doc_id):
    documents, skipped = read_folder(folder({name: gzip.compress(content.encode())}))
    assert [(d.doc_id, d.path, d.raw) for d in documents] == [(doc_id, name, "一")]
    assert skipped == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", packed(("b.txt", "一"))[:-30]),
        ("a.zip", b"PK\x03\x04"),
        ("a.txt.gz", gzip.compress("一".encode() * 99, mtime=0)[:-9]),
        ("a.txt.gz", b"\x1f\x8b\x08"),
    ],
    ids=["zip, end missing", "zip, first bytes", "gzip, end missing", "gzip, first bytes"],
)
def test_an_archive_that_is_cut_off_is_listed(folder, name, data):
    documents, skipped = read_folder(folder({name: data}))
    assert documents == []
    assert [s.path for s in skipped] == [name]
    assert "damaged" in skipped[0].reason


GOOD = {
    "a.zip": packed(("甲.txt", "一"), ("b.csv", "text\n一\n"), ("c.zip", packed(("d.txt", "二")))),
    "a.txt.gz": gzip.compress("各位代表：".encode(), mtime=0),
}  # fmt: skip


@given(st.sampled_from(sorted(GOOD)), st.data())
@settings(deadline=None, max_examples=150)
def test_a_damaged_archive_is_read_or_listed_and_never_raises(name, data):
    content = bytearray(GOOD[name])
    for _ in range(data.draw(st.integers(1, 9))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(content[: data.draw(st.integers(1, len(content)))])
    assert list(reading._items(name, cut, TEXT_COLUMNS, Budget(len(cut))))
