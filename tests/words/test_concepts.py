import re
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.words.concepts import find_concepts, read_concepts
from difang.words.concordance import kwic
from difang.words.lexicon import LexiconError


def table(**terms):
    rows = [(concept, term) for concept, own in terms.items() for term in own.split()]
    return pd.DataFrame(rows, columns=["concept", "term"])


def found(text, concepts):
    rows = find_concepts(pd.Series({"d": text}), concepts)
    return [(row.concept, row.term, row.start, row.end) for row in rows.itertuples()]


@pytest.fixture
def written(tmp_path):
    def make(content):
        path = tmp_path / "concepts.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


def test_rows_are_read_as_they_stand(written):
    read = read_concepts(
        written("\ufeffconcept,term,note,来源\n 稳定 ,社会稳定,,甲\n,,,\n稳定,5G*网,注,\n")
    )
    assert read.to_dict("records") == [
        {"concept": "稳定", "term": "社会稳定", "group": "", "note": "", "来源": "甲"},
        {"concept": "稳定", "term": "5G*网", "group": "", "note": "注", "来源": ""},
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"holds the columns none\. Name one column `concept`"),
        ("concept\n稳定\n", r"holds the columns concept\. Name one column"),
        ("concept;term\n稳定;信访\n", "holds the columns concept;term"),
        ("concept,term,term\n稳定,信访,访\n", "holds the columns concept, term, term"),
        ("concept,term\n", r"holds no concept\. Add rows"),
        ("concept,term\n稳定,信访\n安全,\n", r"line 3: the concept '安全' has no term there"),
        ("concept,term\n,信访\n", r"line 2: the term '信访' has no concept there"),
        ("concept,term,note\n,,注\n", "line 2: the concept '' has no term"),
        (
            "concept,term\n稳定,信访\n安全,信访\n稳定,信访\n",
            "line 4: 稳定, 信访 stands in line 2 too",
        ),
        (
            "concept,term\n稳定,*。\n",
            "line 2: the term '.。' holds no character".replace(".", r"\*"),
        ),
        ("concept,term\n稳定,信访,多\n", "line 2: it has more cells than the head"),
        ('concept,term\n稳定,"信访\n', "after line 1: unexpected end of data"),
        ("concept,term\n稳定,信访\n".encode("gb18030"), "as UTF-8, line 2.*Save the file as UTF-8"),
        ("concept,term\n稳定,信访\n".encode("utf-16"), "as UTF-8, line 1"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(written, content, message):
    with pytest.raises(LexiconError, match=message):
        read_concepts(written(content))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"none\.csv\. There is no such file\. Name a CSV"):
        read_concepts(tmp_path / "none.csv")


def test_the_concepts_that_ship_can_be_read_and_tell_what_overlaps():
    read = read_concepts()
    assert set(read["concept"]) == {"发展", "稳定", "生态", "民生", "科技", "安全", "党建"}
    assert read.groupby("concept").size().min() >= 10
    twice = read[read.duplicated("term", keep=False)]
    assert twice["note"].ne("").all()


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("维护社会稳定", "稳定 社会稳定 维护社会", ["维护社会", "稳定"]),
        ("社会稳定", "稳定 社会 社会稳定", ["社会稳定"]),
        ("“四个意识”和四个“意识”", "四个意识", ["四个意识"]),
        ("新发展理念，新\n发展理念", "新发展理念", ["新发展理念"]),
        ("5G、35G和AI", "5G AI", ["5G", "5G", "AI"]),
        ("的的的", "的的 的", ["的的", "的"]),
        ("功成不必在我、功成必定有我", "功成*在我 功成", ["功成不必在我", "功成"]),
    ],
)
def test_no_character_counts_twice_for_one_concept(text, terms, expected):
    assert [text[start:end] for _, _, start, end in found(text, table(甲=terms))] == expected


def test_concepts_do_not_see_each_other():
    both = table(发展="统筹发展和安全 发展", 安全="统筹发展和安全 安全", 统筹="统筹")
    assert [row[:2] for row in found("统筹发展和安全，发展", both)] == [
        ("发展", "统筹发展和安全"), ("安全", "统筹发展和安全"), ("统筹", "统筹"), ("发展", "发展"),
    ]  # fmt: skip


def by_hand(text, terms):
    """Read from left to right: where a term begins take the longest, and go on behind it."""
    at, spans = 0, []
    while at < len(text):
        sizes = [len(term) for term in terms if text.startswith(term, at)]
        if sizes:
            spans.append((at, at + max(sizes)))
        at += max(sizes, default=1)
    return spans


@settings(deadline=None)
@given(
    st.text("甲乙丙。\n", max_size=40),
    st.lists(
        st.sets(st.text("甲乙丙", min_size=1, max_size=4), min_size=1), min_size=1, max_size=3
    ),
)
def test_occurrences_are_those_read_by_hand(text, concepts):
    rows = [(f"c{k}", term) for k, terms in enumerate(concepts) for term in sorted(terms)]
    hits = found(text, pd.DataFrame(rows, columns=["concept", "term"]))
    for k, terms in enumerate(concepts):
        own = [(start, end) for concept, _, start, end in hits if concept == f"c{k}"]
        assert own == by_hand(text, terms)
    assert all(text[start:end] == term for _, term, start, end in hits)


@settings(deadline=None)
@given(
    st.text("功成在我。，", max_size=40),
    st.sampled_from(["功成*在我", "功*成", "成", "功成", "*我"]),
)
def test_one_term_alone_stands_where_kwic_finds_it(text, pattern):
    corpus = SimpleNamespace(documents=pd.DataFrame({"text": {"d": text}}))
    lines = kwic(corpus, pattern)
    hits = [(start, end) for *_, start, end in found(text, table(甲=pattern))]
    assert hits == list(zip(lines["start"], lines["end"], strict=True))
    assert not re.search(r"[。，]", "".join(lines["keyword"]))
