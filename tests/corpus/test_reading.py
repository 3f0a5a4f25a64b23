import os
import socket
from pathlib import Path

import pytest

from difang.corpus.listing import shown
from difang.corpus.reading import CorpusNotFoundError, read_folder


def ids(documents):
    return [d.doc_id for d in documents]


def test_folders_in_folders_are_read_in_the_order_of_their_paths(folder):
    root = folder({"b.txt": "二", "a/z.md": "一", "a/y.txt": "零"})
    documents, skipped = read_folder(root)
    assert ids(documents) == ["a/y", "a/z", "b"]
    assert [d.raw for d in documents] == ["零", "一", "二"]
    assert skipped == []


def test_a_single_file_is_a_corpus_of_one(folder):
    root = folder({"a.txt": "一", "b.txt": "二"})
    documents, _ = read_folder(root / "a.txt")
    assert ids(documents) == ["a"]


def test_readme_licence_metadata_and_hidden_files_are_no_documents(folder):
    names = ["README.md", "readme.txt", "LICENSE", "metadata.csv", ".hidden.txt", ".git/x.txt"]
    documents, skipped = read_folder(folder(dict.fromkeys(names, "file\nx") | {"a.txt": "一"}))
    assert ids(documents) == ["a"]
    assert [s.path for s in skipped] == ["metadata.csv"]
    assert "'x' (row 1)" in skipped[0].reason


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.doc", b"\xd0\xcf", ".doc is not read"),
        ("a", b"x", "a file without suffix is not read"),
        ("a.txt", b"", "no text"),
        ("a.txt", b" \n\t", "no text"),
        ("a.txt", b"\x00\x01", "NUL"),
        (
            "a.csv",
            "标题\n一",
            "No column `text` or `full_text` or `content` or `正文` or `全文` or `内容`. "
            "The table holds: 标题.",
        ),
        ("a.csv", "", "no text"),
        ("a.csv", "text,text\n一,二", "Two columns have one name: text."),
        ("a.csv", 'text\n"一', "Not a CSV table"),
    ],
)
def test_what_is_not_read_is_listed_with_its_reason(folder, name, content, reason):
    documents, skipped = read_folder(folder({name: content, "good.txt": "正文"}))
    assert ids(documents) == ["good"]
    assert [s.path for s in skipped] == [name]
    assert reason in skipped[0].reason
    assert skipped[0].what_to_do


@pytest.mark.parametrize("column", ["text", "full_text", "content", "正文", "全文", "内容"])
def test_a_table_is_one_document_a_row(folder, column):
    root = folder({"t.csv": f"\ufeffprovince,{column}\r\n江西省,一\r\n湖北省,\r\n,二\r\n三\r\n"})
    documents, skipped = read_folder(root)
    assert [(d.doc_id, d.raw) for d in documents] == [("t#1", "一"), ("t#3", "二")]
    assert [(g.field, g.value, g.where) for g in documents[0].given] == [
        ("province", "江西省", "t.csv row 1")
    ]
    assert documents[1].given == ()
    assert [(s.path, s.reason) for s in skipped] == [
        ("t.csv#2", f"The cell `{column}` is empty."),
        ("t.csv#4", "The row has 1 cells, the header 2."),
    ]


def test_a_cell_may_hold_a_whole_report(folder):
    long = "发展" * 200_000
    documents, _ = read_folder(folder({"t.csv": f"text\n{long}\n"}))
    assert documents[0].raw == long


def test_metadata_beside_the_files_is_given_to_them(folder):
    root = folder(
        {
            "metadata.csv": "file,year\nsub/a.txt,2018\nb.txt,2019\nc.txt,2020\n",
            "sub/metadata.csv": "doc_id,province\na,江西省\n",
            "sub/a.txt": "一",
            "b.txt": "二",
        }
    )
    documents, skipped = read_folder(root)
    given = {d.doc_id: [(g.field, g.value, g.where) for g in d.given] for d in documents}
    assert given == {
        "sub/a": [
            ("year", "2018", "metadata.csv row 1"),
            ("province", "江西省", "sub/metadata.csv row 1"),
        ],
        "b": [("year", "2019", "metadata.csv row 2")],
    }
    assert [s.reason for s in skipped] == [
        "1 of its rows name what is not among the documents: 'c.txt' (row 3)."
    ]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("name,year\na.txt,2018\n", "No column `file` or `doc_id`. The table holds: name, year."),
        ("file,year\na.txt\n", "The row has 1 cells, the header 2."),
        (b"\x00", "NUL"),
    ],
)
def test_metadata_that_cannot_be_used_is_listed(folder, table, reason):
    documents, skipped = read_folder(folder({"metadata.csv": table, "a.txt": "一"}))
    assert ids(documents) == ["a"]
    assert reason in skipped[0].reason


def test_a_yaml_head_gives_metadata_and_the_text_follows_it(folder):
    text = "---\ntitle: 讲话\nyear: 2018\n---\n同志们：\n"
    document = read_folder(folder({"a.md": text}))[0][0]
    assert [(g.field, g.value) for g in document.given] == [("title", "讲话"), ("year", "2018")]
    assert document.raw == text
    assert document.raw[document.body :] == "同志们：\n"


@pytest.mark.parametrize(
    "text", ["---\n正文", "---\n: [\n---\n文", "---\n- a\n---\n文", "一\n---\n---\n"]
)
def test_what_looks_like_a_yaml_head_and_is_none_stays_text(folder, text):
    document = read_folder(folder({"a.md": text}))[0][0]
    assert (document.given, document.body) == ((), 0)


def test_two_files_that_differ_in_their_suffix_keep_it(folder):
    documents, _ = read_folder(folder({"a.txt": "一", "a.md": "二", "b.txt": "三"}))
    assert ids(documents) == ["a.md", "a.txt", "b"]


def test_no_two_documents_have_one_id(folder):
    names = {"a.txt": "一", "a.md": "二", "a.txt.md": "三", "t.csv": "text\n一\n二\n"}
    documents, _ = read_folder(folder(names | {"t#1.txt": "四"}))
    assert ids(documents) == ["a.md", "a.txt", "a.txt.md", "t#1.txt", "t.csv#1", "t#2"]


def test_names_in_the_bytes_of_another_encoding_stay_apart():
    names = {shown(f"2018{stray}.txt") for stray in ("\udcbd\udcad", "\udcba\udcfe", "\n", "\\n")}
    assert len(names) == 4
    assert all(name.startswith("2018") and name.isprintable() for name in names)


def test_one_bad_row_of_metadata_does_not_take_the_others_with_it(folder):
    root = folder({"metadata.csv": "file,year\na.txt\nb.txt,2019\n", "a.txt": "一", "b.txt": "二"})
    documents, skipped = read_folder(root)
    assert [(d.doc_id, [g.value for g in d.given]) for d in documents] == [
        ("a", []),
        ("b", ["2019"]),
    ]
    assert [s.path for s in skipped] == ["metadata.csv#1"]


def test_a_single_file_gets_its_own_row_of_the_metadata_beside_it(folder):
    root = folder(
        {"metadata.csv": "file,year\na.txt,2018\nb.txt,2019\n", "a.txt": "一", "b.txt": ""}
    )
    documents, skipped = read_folder(root / "a.txt")
    assert [g.value for g in documents[0].given] == ["2018"]
    assert skipped == []


def test_a_loop_of_links_is_listed_and_not_followed(folder):
    root = folder({"a.txt": "一"})
    os.symlink(root, root / "loop")
    documents, skipped = read_folder(root)
    assert ids(documents) == ["a"]
    told = [("loop", "A link to a folder is not followed.")]
    assert [(s.path, s.reason) for s in skipped] == told


def test_a_dangling_link_is_listed(folder):
    root = folder({"a.txt": "一"})
    os.symlink(root / "gone.txt", root / "b.txt")
    documents, skipped = read_folder(root)
    assert ids(documents) == ["a"]
    assert [s.path for s in skipped] == ["b.txt"]


def test_what_is_no_file_is_listed_and_never_waited_for(folder):
    root = folder({"a.txt": "一"})
    os.mkfifo(root / "pipe.txt")
    os.symlink("/dev/zero", root / "zero.csv")
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(root / "s.txt"))
        documents, skipped = read_folder(root)
    assert ids(documents) == ["a"]
    assert [s.path for s in skipped] == ["pipe.txt", "s.txt", "zero.csv"]
    assert {s.reason for s in skipped} == {"It is no regular file."}


@pytest.mark.parametrize("error", [PermissionError(13, "denied"), FileNotFoundError(2, "gone")])
def test_a_file_that_cannot_be_opened_or_vanishes_is_listed(folder, monkeypatch, error):
    root = folder({"a.txt": "一", "b.txt": "二"})
    plain = Path.open

    def open_or_fail(path, *args, **more):
        if path.name == "b.txt":
            raise error
        return plain(path, *args, **more)

    monkeypatch.setattr(Path, "open", open_or_fail)
    documents, skipped = read_folder(root)
    assert ids(documents) == ["a"]
    assert [(s.path, s.reason) for s in skipped] == [("b.txt", f"{error.strerror}.")]


def test_a_folder_that_may_not_be_entered_is_listed(folder, monkeypatch):
    root = folder({"a.txt": "一", "shut/b.txt": "二"})
    scan = os.scandir

    def scan_or_fail(path):
        if str(path).endswith("shut"):
            raise PermissionError(13, "denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scan_or_fail)
    documents, skipped = read_folder(root)
    assert ids(documents) == ["a"]
    assert [(s.path, s.reason) for s in skipped] == [("shut", "denied.")]


def test_a_name_with_a_line_end_is_one_line(folder):
    documents, _ = read_folder(folder({"一\n二.txt": "文"}))
    assert ids(documents) == ["一\\x0a二"]


def test_one_character_is_a_document(folder):
    documents, skipped = read_folder(folder({"a.txt": "一"}))
    assert (documents[0].raw, skipped) == ("一", [])


def test_files_that_programs_keep_for_themselves_are_no_documents(folder):
    names = ["~$a.docx", "__MACOSX/a.txt", "x.html", "x_files/ad.html", "y_files/a.txt"]
    documents, skipped = read_folder(folder(dict.fromkeys(names, "<html><body>文")))
    assert ids(documents) == ["x", "y_files/a"]
    assert [s.path for s in skipped] == ["x_files"]


def test_rows_of_metadata_without_a_file_are_one_line_that_counts_them(folder):
    rows = "".join(f"{n}.txt,2018\n" for n in range(1, 8))
    _, skipped = read_folder(folder({"metadata.csv": f"file,year\n{rows}", "7.txt": "一"}))
    assert [s.path for s in skipped] == ["metadata.csv"]
    assert skipped[0].reason.startswith("6 of its rows name what is not among the documents: ")
    assert "'1.txt' (row 1), '2.txt' (row 2)" in skipped[0].reason
    assert skipped[0].reason.endswith(" ….")


def test_metadata_that_names_a_table_goes_to_each_of_its_rows(folder):
    root = folder({"metadata.csv": "file,year\nt.csv,2018\n", "t.csv": "text\n一\n二\n"})
    documents, skipped = read_folder(root)
    assert [[g.value for g in d.given] for d in documents] == [["2018"], ["2018"]]
    assert skipped == []


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CorpusNotFoundError, match="There is no such folder or file"):
        read_folder(tmp_path / "nowhere")
