import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.words.matching import Matcher, longest, spelling


def found(text, *written, match="any"):
    phrases = [spelling(form, form, match) for form in written]
    return [text[hit.start : hit.end] for hit in longest(Matcher(phrases).hits(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("四个意识", "增强“四个意识”，坚定", ["四个意识"]),
        ("五型政府", "建设“五型”政府。", ["“五型”政府"]),
        ("亲清政商关系", "构建“亲”“清”政商关系", ["“亲”“清”政商关系"]),
        ("忠诚践行两个维护", "忠诚践行“两个维护”。", ["忠诚践行“两个维护”"]),
        ("量的合理增长", "推动“量”的合理增长", ["“量”的合理增长"]),
        ("五区建设", "推进‘五区’建设", ["‘五区’建设"]),
        ("碳达峰、碳中和", "碳达峰，碳中和与碳达峰碳中和", ["碳达峰，碳中和", "碳达峰碳中和"]),
        ("三个代表、科学发展观", "“三个代表”、“科学发展观”", ["“三个代表”、“科学发展观”"]),
        ("高质量发展", "追求高质量，发展县域", []),
        ("高质量发展", "高质量\n发展", []),
        ("四个全面、五位一体", "四个全面。五位一体", []),
        ("新发展理念", "坚持“创新”发展理念", []),
        ("三个代表", "二十三个代表", []),
        ("六保", "第六保障中心", []),
        ("5020项目", "5020项目与15020项目", ["5020项目"]),
        ("互联网+", "互联网+政务", ["互联网+"]),
        ("APP整治", "MAPP整治", []),
        ("推广VR", "推广VRP与推广VR", ["推广VR"]),
    ],
)
def test_quotes_are_looked_through_and_commas_only_where_the_phrase_has_them(
    phrase, text, expected
):
    assert found(text, phrase) == expected


def test_a_phrase_for_quotation_marks_only_stays_silent_elsewhere():
    assert found("对外开放的重要窗口", "重要窗口", match="quoted") == []
    assert found("建设“重要窗口”", "重要窗口", match="quoted") == ["重要窗口"]


def test_the_longest_wins_from_left_to_right():
    text = "不忘初心、牢记使命，不忘初心"
    both = found(text, "不忘初心", "不忘初心、牢记使命")
    assert both == ["不忘初心、牢记使命", "不忘初心"]
    assert found("甲乙丙丁", "甲乙", "乙丙丁") == ["甲乙"]


@settings(deadline=None, max_examples=200)
@given(
    st.text("甲乙丙一“”‘’、，。\n", max_size=30),
    st.sets(st.text("甲乙丙一", min_size=1), max_size=5),
)
def test_every_hit_reads_as_its_entry_with_paired_quotes(text, written):
    for hit in Matcher([spelling(form, form, "any") for form in written]).hits(text):
        span = text[hit.start : hit.end]
        assert "".join(c for c in span if c not in "“”‘’") == hit.entry
        assert span.count("“") == span.count("”") and span.count("‘") == span.count("’")


@settings(deadline=None, max_examples=200)
@given(st.text("甲乙丙", max_size=30), st.sets(st.text("甲乙丙", min_size=1), max_size=5))
def test_without_punctuation_every_place_of_every_entry_is_found(text, written):
    phrases = [spelling(form, form, "any") for form in written]
    places = {(i, w) for w in written for i in range(len(text)) if text.startswith(w, i)}
    assert {(hit.start, hit.entry) for hit in Matcher(phrases).hits(text)} == places
