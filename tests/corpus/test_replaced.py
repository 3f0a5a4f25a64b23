"""Words that a library of documents has replaced: told, never guessed at."""

import pytest

from difang.corpus.cleaning import clean
from difang.corpus.replaced import replaced

COPY = "以科学开展观为指导，转变经济开展方式，加快产业构造调整，改善根底设施，做好公共效劳。"
OWN = "以科学发展观为指导，转变经济发展方式，加快产业结构调整，改善基础设施，做好公共服务。"


def test_a_text_with_words_replaced_counts_as_damaged_and_stays_as_it_is():
    assert (clean(COPY).text, clean(OWN).text) == (COPY, OWN)
    assert clean(COPY).damage >= 4
    assert clean(OWN).damage == 0


@pytest.mark.parametrize(
    "text",
    [
        "扎实开展工作，高质量开展主题教育，围绕经济社会开展调研，打牢根底，建立健全机制。",
        "巡察工作持续开展，活动健康开展。党的建立和发展，是历史的选择。落实方案，构造合理。",
        "新农村建立健全了机制，队伍建立起来了，生态文明建立了制度，为群众效劳。",
        "加强根底设施投入。" * 5,  # a slip, or one author's own word
    ],
    ids=["work", "activities", "founding", "one kind"],
)
def test_words_in_their_own_place_are_no_damage(text):
    assert replaced(text) == 0
