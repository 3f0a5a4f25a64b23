import re
from html import unescape

import pytest

import difang
from difang.reports.samples import LONGEST, SAMPLES, by_rule, samples

pytestmark = pytest.mark.usefixtures("own_cache")


def text_of(html):
    return unescape(re.sub(r"<[^>]*>", " ", html))


def test_rules_are_summed_with_their_reasons(seeds):
    table = by_rule(seeds.edits).set_index("rule")
    assert table.loc["gloss", "edits"] == 177  # counted by hand in the gold of seed 001
    assert table.loc["gloss", "reason"] == difang.RULES["gloss"]
    assert table["edits"].sum() == len(seeds.edits)
    assert difang.RULES["bytes"] in table.loc["bytes+script", "reason"]


def test_samples_show_a_gloss_and_a_repair_before_and_after(seeds):
    shown = samples(seeds).html
    assert "創<del>(chuàng)</del>造" in shown
    assert "<del>??h</del>" in shown
    assert "<ins>。县</ins>" in shown
    sides = re.findall(r'<td lang="zh-Hans">(.*?)</td><td lang="zh-Hans">(.*?)</td>', shown)
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
    row = next(row for row in samples(seeds).html.split("<tbody>") if "after_end" in row)
    gone = text_of(row.split("<del>")[1].split("</del>")[0])
    assert " … " in gone
    assert len(gone) <= LONGEST + 3


def test_a_corpus_without_edits_has_no_samples(tmp_path):
    (tmp_path / "a.txt").write_text("发展", encoding="utf-8")
    corpus = difang.load(tmp_path)
    assert by_rule(corpus.edits).empty
    assert samples(corpus).html.count("<tr>") == 1  # the heading
