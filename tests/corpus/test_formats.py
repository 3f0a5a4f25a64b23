import io

import pandas as pd
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.pdf_by_hand import PICTURE, pdf
from difang import project
from difang.corpus import reading
from difang.corpus.archives import Budget
from difang.corpus.formats import stem, suffix
from difang.corpus.loading import load
from difang.corpus.reading import read_folder
from difang.corpus.tables import TEXT_COLUMNS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def word(build) -> bytes:
    document, file = Document(), io.BytesIO()
    build(document)
    document.save(file)
    return file.getvalue()


def speech(document):
    document.core_properties.title = "文档1"
    document.add_heading("政府工作报告", 1)
    document.add_paragraph("各位代表：")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["市", "增速", "甲市", "8%"], strict=True):
        cell.text = text
    document.add_paragraph("一、回顾\t2018年").add_run("\n谢谢大家！")


def read(folder, name, content):
    documents, skipped = read_folder(folder({name: content}))
    return documents, [(s.reason, s.what_to_do) for s in skipped]


def test_word_paragraphs_and_tables_stand_in_their_order(folder):
    documents, skipped = read(folder, "a.docx", word(speech))
    assert documents[0].raw.split("\n") == [
        "政府工作报告", "各位代表：", "市\t增速", "甲市\t8%", "一、回顾\t2018年", "谢谢大家！",
    ]  # fmt: skip
    assert (documents[0].encoding, documents[0].given, skipped) == ("docx", (), [])


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:sdt {}><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>",
         "控件"),
        ("<w:p {}><w:ins><w:r><w:t>加</w:t></w:r></w:ins>"
         "<w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>", "加"),
        ("<w:p {}><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>", "链接"),
        ("<w:p {}><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>缩进</w:t></w:r></w:p>",
         "缩进"),
        ("<w:p {}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p>"
         "</w:txbxContent></w:pict></w:r></w:p>", "文本框"),
    ],
)  # fmt: skip
def test_text_in_word_is_read_whatever_it_is_wrapped_in(folder, xml, text):
    def build(document):
        document.add_paragraph("前")
        document.element.body.insert(1, parse_xml(xml.format(nsdecls("w"))))

    assert read(folder, "a.docx", word(build))[0][0].raw.split() == ["前", text]


def test_a_text_box_stands_below_the_paragraph_that_holds_it(folder):
    box = (
        "<w:r {}><w:pict><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"
        "</w:pict></w:r>"
    )

    def build(document):
        paragraph = document.add_paragraph("全县经济")
        paragraph._p.append(parse_xml(box.format(nsdecls("w"))))
        paragraph.add_run("平稳增长。")

    assert read(folder, "a.docx", word(build))[0][0].raw == "全县经济平稳增长。\n框"


@pytest.mark.parametrize(("number", "told"), [("3", 1), ("0", 0)])
def test_numbers_that_word_counts_are_told(folder, number, told):
    xml = f"<w:p {{}}><w:pPr><w:numPr><w:numId w:val='{number}'/></w:numPr></w:pPr></w:p>"

    def build(document):
        document.add_paragraph("文")
        document.element.body.insert(0, parse_xml(xml.format(nsdecls("w"))))

    skipped = read(folder, "a.docx", word(build))[1]
    assert ["numbers paragraphs (1)" in reason for reason, _ in skipped] == [True] * told


@pytest.mark.parametrize(
    "xml",
    [
        "<w:p {}><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>文</w:t></w:r></w:p>",
        "<w:p {}><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:r><w:t>文</w:t></w:r></w:p>",
    ],
)
def test_layout_and_what_was_moved_away_are_no_text_of_word(folder, xml):
    def build(document):
        document.element.body.insert(0, parse_xml(xml.format(nsdecls("w"))))

    assert read(folder, "a.docx", word(build))[0][0].raw == "文"


def test_the_footnotes_of_word_follow_its_text(folder):
    note = "<w:footnote><w:p><w:r><w:t>注</w:t></w:r></w:p></w:footnote>"

    def build(document):
        document.add_paragraph("文")
        blob = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), "application/xml", blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    assert read(folder, "a.docx", word(build))[0][0].raw == "文\n注"


def test_comments_in_the_margin_of_word_are_told(folder):
    def build(document):
        document.add_comment(document.add_paragraph("文").runs, text="批注")

    documents, skipped = read(folder, "a.docx", word(build))
    assert documents[0].raw == "文"
    assert skipped == [("Comments in the margin are not read.", "Put what matters into the text.")]


def test_word_without_text_says_so(folder):
    documents, skipped = read(folder, "a.docx", word(lambda document: None))
    assert documents == []
    assert "no text" in skipped[0][0]


def test_the_pages_of_a_pdf_are_one_text(folder):
    data = pdf(["政府工作报告", "各位代表："], ["一、回顾"])
    documents, skipped = read(folder, "a.pdf", data)
    assert documents[0].raw == "政府工作报告\n各位代表：\n\f一、回顾"
    assert (documents[0].encoding, skipped) == ("pdf", [])


def test_indentation_that_a_pdf_shows_is_written_down(folder):
    data = pdf(["\t各位代表：", "\t全县经济", "平稳增长。"], ["各项事业", "\t全面进步。"])
    raw = read(folder, "a.pdf", data)[0][0].raw
    assert raw == "　　各位代表：\n　　全县经济\n平稳增长。\n\f各项事业\n　　全面进步。"


def test_gaps_between_the_lines_of_a_pdf_are_blank_lines(folder):
    data = pdf(["全县经济", "平稳增长。", "", "各项事业", "全面进步。"])
    raw = read(folder, "a.pdf", data)[0][0].raw
    assert raw == "全县经济\n平稳增长。\n\n各项事业\n全面进步。"


def test_a_character_that_a_pdf_draws_and_does_not_tell_leaves_a_mark(folder):
    raw = read(folder, "a.pdf", pdf(["全\0经济平稳增长。"]))[0][0].raw
    assert raw == "全\ufffd经济平稳增长。"


def test_lines_of_a_turned_page_stay_whole(folder):
    data = pdf(["全县经济", "平稳增长"]).replace(b"72 720 Td", b"0 1 -1 0 300 100 Tm")
    assert read(folder, "a.pdf", data)[0][0].raw == "全县经济\n平稳增长"


def test_a_pdf_that_may_only_not_be_printed_is_read(folder):
    documents, skipped = read(folder, "a.pdf", pdf(["报告"], password=b""))
    assert ([d.raw for d in documents], skipped) == (["报告"], [])


@pytest.mark.parametrize(
    ("data", "reason", "what"),
    [
        (pdf(["报告"], password=b"secret"), "locked with a password", "without"),
        (pdf(PICTURE, PICTURE), "pictures (scanned)", "OCR"),
        (pdf([]), "no text", "OCR"),
        (pdf(["报告"])[:400], "damaged: it cannot be read as a PDF", "Obtain it again"),
        (pdf(["\ue000\ue001\ue002报"]), "do not tell which characters", "OCR"),
    ],
)
def test_a_pdf_that_gives_no_text_says_why_and_what_to_do(folder, data, reason, what):
    documents, skipped = read(folder, "a.pdf", data)
    assert documents == []
    assert reason in skipped[0][0]
    assert what in skipped[0][1]


def test_of_a_pdf_scanned_in_part_the_rest_is_read_and_the_pages_are_named(folder):
    data = pdf(PICTURE, ["一"], PICTURE, PICTURE, [], ["二"])
    documents, skipped = read(folder, "a.pdf", data)
    assert [d.raw for d in documents] == ["一\n\f二"]
    assert "these are pictures without text: 1, 3-4." in skipped[0][0]


@pytest.mark.parametrize(
    ("name", "content", "reason", "what"),
    [
        ("a.doc", OLE, ".doc is not read", ".docx"),
        ("a.wps", OLE, ".wps is not read", ".docx"),
        ("a.rtf", b"{\\rtf1", ".rtf is not read", ".docx"),
        ("a.xls", OLE, ".xls is not read", ".xlsx"),
        ("a.ppt", OLE, ".ppt is not read", ".pdf"),
        ("a.caj", b"CAJ", ".caj is not read", ".pdf"),
        ("a.ofd", b"PK\x03\x04", ".ofd is not read", ".pdf"),
        ("a.rar", b"Rar!\x1a", ".rar is not read", "Unpack"),
        ("a.jpg", b"\xff\xd8", ".jpg is not read", "OCR"),
        ("a.docx", OLE, "but is an Office file of before 2007, or locked", "without password"),
        ("a.xlsx", OLE, "but is an Office file of before 2007, or locked", ".xlsx"),
        ("a.docx", "文", "named .docx, but is none", "its format"),
        ("a.parquet", "文", "named .parquet, but is none", "its format"),
        ("a.zip", "文", "named .zip, but is none", "its format"),
        ("a.txt", b"Rar!\x1a\x07", "named .txt, but is an archive", "Unpack"),
        ("a.txt", bytes(range(256)), "NUL", "UTF-8"),
        ("a.docx", "", "no text", "Fill it"),
        ("a.html", "", "no text", "Fill it"),
        ("a.docx", word(speech)[:2000], "damaged", "Obtain it again"),
    ],
)
def test_what_is_not_read_is_told_what_to_do(folder, name, content, reason, what):
    documents, skipped = read(folder, name, content)
    assert documents == []
    assert reason in skipped[0][0]
    assert what in skipped[0][1]


@pytest.mark.parametrize(
    ("content", "encoding"), [(word(speech), "docx"), (pdf(["各位代表：", "报告"]), "pdf")]
)
def test_a_file_is_read_as_what_it_is_whatever_its_name(folder, content, encoding):
    names = ["a.doc", "b.txt", "c", "d.wps"]
    documents, skipped = read_folder(folder(dict.fromkeys(names, content)))
    assert [(d.path, d.encoding) for d in documents] == [(name, encoding) for name in names]
    assert skipped == []


def test_the_raw_text_is_the_same_when_a_file_is_read_again(folder):
    root = folder({"a.docx": word(speech), "b.pdf": pdf(["报告"]), "c.html": "<html><body>文"})
    assert read_folder(root) == read_folder(root)


def test_edits_of_any_format_are_undone_to_its_raw_text_also_from_the_cache(
    folder, tmp_path, monkeypatch
):
    head = '<meta name="PubDate" content="2018-01-05 10:00">'
    root = folder({
        "in/a.docx": word(speech),
        "in/b.pdf": pdf(["2018年1月4日,江西省召开会议.", "— 1 —"]),
        "in/c.html": f"<html><head>{head}</head><body><p>　　2018年1月4日，江西省召开会议。",
    })  # fmt: skip
    monkeypatch.setattr(project, "CACHE", tmp_path / "cache")
    first, again = load(root / "in"), load(root / "in")
    for doc_id, raw in first.raw.items():
        assert first.undo(doc_id) == again.undo(doc_id) == raw == again.raw[doc_id]
    published = first.documents["date_published"]
    assert published["c"] == pd.Timestamp("2018-01-05")
    assert published.drop("c").isna().all()


@pytest.mark.parametrize(
    ("name", "end", "rest"),
    [("甲/a.TXT", "txt", "甲/a"), ("a.csv.gz", "csv", "a"), ("2018.1月", "1月", "2018.1月")],
)
def test_the_suffix_of_a_format_is_no_part_of_the_id(name, end, rest):
    assert (suffix(name), stem(name)) == (end, rest)


GOOD = {
    "a.docx": word(speech),
    "a.pdf": pdf(["各位代表："], PICTURE),
    "b.pdf": pdf(["各位代表："], password=b""),
    "a.html": "<html><head><meta charset=gbk></head><body><p>各位代表：<nav>甲".encode("gbk"),
}


@given(st.sampled_from(sorted(GOOD)), st.data())
@settings(deadline=None, max_examples=150)
def test_a_damaged_file_is_read_or_listed_and_never_raises(name, data):
    content = bytearray(GOOD[name])
    for _ in range(data.draw(st.integers(1, 9))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(content[: data.draw(st.integers(1, len(content)))])
    assert list(reading._items(name, cut, TEXT_COLUMNS, Budget(len(cut))))
