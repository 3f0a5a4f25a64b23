import re
from html import unescape

import pytest

import difang
from difang.reports.samples import LONG, LONGEST, SAMPLES, by_rule, returned, risks, samples, whole
from reports.corpora import KNOWN, gone, made

pytestmark = pytest.mark.usefixtures("own_cache")


def text_of(html):
    return unescape(re.sub(r"<[^>]*>", " ", html))


def test_rules_are_summed_with_their_reasons(seeds):
    table = by_rule(seeds).set_index("rule")
    assert table.loc["gloss", "share"] == 1 / 5
    assert table.loc["gloss", "edits"] == 177  # counted by hand in the gold of seed 001
    assert table.loc["gloss", "reason"] == difang.RULES["gloss"]
    assert table["edits"].sum() == len(seeds.edits)
    assert difang.RULES["bytes"] in table.loc["bytes+script", "reason"]


def test_samples_show_a_gloss_and_a_repair_before_and_after(seeds):
    shown = samples(seeds).html
    assert "創<del>(chuàng)</del>造" in shown
    assert "<del>??h</del>" in shown
    assert "<ins>。县</ins>" in shown
    sides = re.findall(r"<td\b[^>]*>(.*?)</td>\s*<td\b[^>]*>(.*?)</td>", shown)
    clean = next(after for before, after in sides if "??h" in before)
    assert re.sub("<[^>]*>", "", clean) in seeds.documents.loc["001_e082826ebc31ba23", "text"]
    assert shown.count(">gloss<") == SAMPLES


def test_samples_let_nothing_stay_unseen_and_escape_the_rest(tmp_path):
    text = "<b>坚持</b>&\t发展。\n\n\n发展\u200b是第一要务。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    corpus = difang.load(tmp_path)
    shown = samples(corpus).html
    assert "&lt;b&gt;" in shown
    assert "⟨200B⟩" in shown
    assert "¶" in shown


def test_a_long_removal_is_cut_in_the_middle(seeds):
    row = next(row for row in samples(seeds).html.split("<tbody>") if "appeal" in row)
    gone = text_of(row.split("<del>")[1].split("</del>")[0])
    assert " … " in gone
    assert len(gone) <= LONGEST + 3


def test_a_corpus_without_edits_has_no_samples(tmp_path):
    (tmp_path / "a.txt").write_text("发展", encoding="utf-8")
    corpus = difang.load(tmp_path)
    assert by_rule(corpus).empty
    assert risks(corpus).empty
    assert returned(corpus) == 1
    assert samples(corpus).html.count("<tr>") == 1  # the heading


SPEECH = "我们要坚持以人民为中心的发展。" * 5  # 70 Han characters, five sentences
OWN = "省政府召开常务会议，研究部署下一阶段工作，" * 100
MENU = "首页新闻政务服务互动交流" * 6  # 72 Han characters, no sentence


def risky(raw, *taken, rows=None):
    edits = [("甲", gone(raw, old, *how)) for old, *how in taken]
    return risks(made([{"doc_id": "甲", **KNOWN}], edits=edits, raw={"甲": raw}))


def test_a_long_stretch_with_sentences_is_to_be_read():
    assert len(SPEECH) - SPEECH.count("。") >= LONG
    table = risky(OWN + SPEECH, (SPEECH, "closing"))
    assert table[["rule", "han", "marks"]].to_numpy().tolist() == [["closing", 70, 5]]


def test_a_long_menu_is_not_unless_it_is_much_of_the_document_or_moved():
    assert risky(OWN + MENU, (MENU, "navigation")).empty
    assert risky("会议" * 300 + MENU, (MENU, "navigation"))["share"].tolist() == [72 / 672]
    assert len(risky(OWN + MENU, (MENU, "title", "move"))) == 1


def test_what_a_rule_takes_in_touching_pieces_is_one_stretch():
    half = len(SPEECH) // 2
    first, second = SPEECH[:half], SPEECH[half:]
    raw = OWN + first + "\n" + second + MENU
    edits = ((first, "closing"), (second, "closing"), (MENU, "closing"))
    assert risky(raw, *edits)["han"].tolist() == [70 + 72]
    edits = ((first, "closing"), (second, "links"))
    assert risky(raw, *edits).empty


def test_glosses_and_blanks_hold_no_text_of_the_document():
    raw = "創(chuàng)造" * 30
    edits = [("甲", gone(raw, "(chuàng)", "gloss"))]
    assert risks(made([{"doc_id": "甲"}], edits=edits, raw={"甲": raw})).empty


def test_a_removal_opens_all_of_it_between_its_neighbours():
    raw = "前文\n" + SPEECH + "\n后文"
    edits = [("甲", gone(raw, SPEECH, "closing"))]
    corpus = made([{"doc_id": "甲"}], edits=edits, raw={"甲": raw})
    named, lines = whole(corpus, risks(corpus), shown=1)
    assert named["removal"].tolist() == ["甲: closing at 3"]
    (line,) = lines["甲: closing at 3"].to_dict("records")
    assert (line["left"], line["keyword"], line["right"]) == ("前文¶", SPEECH, "¶后文")


def test_rules_with_removals_to_read_come_first(seeds):
    raw = OWN + SPEECH
    edits = [("甲", gone(raw, OWN[:20], "title", "move")), ("甲", gone(raw, SPEECH, "closing"))]
    edits += [("乙", gone(MENU, MENU[:40], "byline", "replace"))]
    rows = [{"doc_id": "甲"}, {"doc_id": "乙"}]
    table = by_rule(made(rows, edits=edits, raw={"甲": raw, "乙": MENU}))
    assert table["rule"].tolist() == ["closing", "byline", "title"]
    assert table["look"].tolist() == [1, 0, 0]
    assert table["out"].tolist() == [75, 40, 20]
    assert table["share"].tolist() == [0.5] * 3


def test_documents_whose_raw_text_comes_back_are_counted():
    rows = [{"doc_id": "甲", "text": "前后"}, {"doc_id": "乙", "text": "前"}]
    edits = [("甲", gone("前(qián)后", "(qián)", "gloss"))]
    assert returned(made(rows, edits=edits, raw={"甲": "前(qián)后", "乙": "前后"})) == 1
