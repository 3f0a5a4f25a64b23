"""Families against their definition, gone through one by one; kinds; copies with edits."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.passages.reuse import shared_passages

FORMULA = "以习近平同志为核心的党中央坚强领导下"


def families_by_hand(found, texts):
    """Name the family of each passage, from the table and the texts alone."""
    places = {}  # passage → {document: (sentence, start, end)}; the texts hold no mark but 。
    for row in found.itertuples():
        text = texts[int(row.doc_id[1:])]
        place = (text[: row.start].count("。"), row.start, row.end)
        places.setdefault(row.span_id, {})[row.doc_id] = place
    chars = found.groupby("span_id")["chars"].first()
    order = sorted(places, key=lambda span: (-len(places[span]) * chars[span], span))

    def sentences(span):
        return {(doc, place[0]) for doc, place in places[span].items()}

    def lie_on_one_another(one, other):
        for doc in places[one].keys() & places[other].keys():
            (_, a, b), (_, c, d) = places[one][doc], places[other][doc]
            if min(b, d) - max(a, c) >= 0.8 * (max(b, d) - min(a, c)):
                return True
        return False

    alike = {span: [s for s in order if sentences(s) == sentences(span)] for span in order}
    family = {}
    for head in order:
        if head in family:
            continue
        near = {
            member
            for span in order
            if span not in family and any(lie_on_one_another(one, span) for one in alike[head])
            for member in alike[span]
        }
        family |= dict.fromkeys(near | set(alike[head]), head)
    return family


@settings(deadline=None, max_examples=150)
@given(st.lists(st.text(alphabet="甲乙丙丁。", max_size=30), min_size=2, max_size=5))
def test_families_are_those_of_the_definition(corpus_of, texts):
    found = shared_passages(corpus_of(*texts), min_chars=2)
    given_names = dict(zip(found["span_id"], found["family"], strict=True))
    assert given_names == families_by_hand(found, texts)


def test_a_sentence_that_was_changed_in_the_middle_is_one_family(corpus_of):
    found = shared_passages(
        corpus_of(
            "把优化营商环境作为头等大事来抓推动重点项目早开工早见效。另有内容甲",
            "把优化营商环境作为首要大事来抓推动重点项目早开工早见效。别的说法乙",
        )
    )
    texts = found.drop_duplicates("span_id")["text"].tolist()
    assert texts == ["大事来抓推动重点项目早开工早见效", "把优化营商环境作为"]
    assert found["family"].nunique() == 1


def test_a_copy_that_was_changed_is_a_copy(corpus_of):
    """Neither piece has 40 characters, both together have more."""
    first, second = (
        "扎实推进生态文明建设守住绿水青山这个金山银山",
        "让人民群众在蓝天白云下有更多的获得感幸福感",
    )
    found = shared_passages(corpus_of(f"甲{first}并且{second}。", f"乙{first}，努力{second}！"))
    assert found["chars"].max() < 40
    assert found["kind"].tolist() == ["copied passage"] * 4


@pytest.mark.parametrize(("between", "kind"), [(2, "copied passage"), (9, "shared passage")])
def test_what_a_change_left_in_between_counts_if_it_is_too_short_to_be_listed(
    corpus_of, between, kind
):
    """Nineteen characters and nineteen, and between them what is another in each document."""
    first, second = (
        "扎实推进生态文明建设守住绿水青山这座金",
        "让人民群众在蓝天白云下有更多的获得感幸",
    )
    changed = f"{first}{'又' * between}{second}"
    found = shared_passages(corpus_of(changed, f"{first}{'并' * between}{second}"))
    assert found["kind"].tolist() == [kind] * 4


@pytest.mark.parametrize(("more", "same"), [(4, True), (5, False)])
def test_four_fifths_make_a_variant(corpus_of, more, same):
    longer = FORMULA + "我们战胜了"[:more]  # 18 of 22 characters, or of 23
    found = shared_passages(corpus_of(f"一{longer}。", f"二{longer}呀", f"三{FORMULA}啊"))
    assert found["span_id"].nunique() == 2
    assert (found["family"].nunique() == 1) == same


def test_a_variant_of_two_stays_with_what_is_repeated_more(corpus_of):
    nearer, far = f"{FORMULA}我们战胜", f"{FORMULA}我们战胜各种风险"
    texts = [*[FORMULA] * 3, *[nearer] * 2, *[far] * 2]
    found = shared_passages(corpus_of(*(f"{at}{text}{at}" for at, text in enumerate(texts))))
    called = dict(zip(found["text"], found["family"], strict=True))
    assert called[nearer] == called[FORMULA] != called[far]


def test_variants_are_counted_together_but_not_what_only_holds_a_part(corpus_of):
    longer = f"在{FORMULA}"
    whole = f"{FORMULA}我们战胜了来自各方面的许多风险和挑战"
    found = shared_passages(
        corpus_of(
            f"一{longer}。", f"二{longer}吧", f"三{FORMULA}呀", f"四{whole}。", f"五{whole}啊"
        )
    )
    called = dict(zip(found["text"], found["family"], strict=True))
    assert called[longer] == called[FORMULA] != called[whole]


@pytest.mark.parametrize(
    ("copied", "holders", "kind"),
    [
        ("坚" * 12, 2, "shared passage"),
        ("扎实推进生态文明建设" * 3 + "守住绿水青山这个金山", 2, "copied passage"),
        ("扎实推进生态文明建设" * 3 + "守住绿水青山这座山", 2, "shared passage"),
        ("扎实推进生态文明建设" * 3 + "守住绿水青山这个金山", 8, "stock formula"),
    ],
)
def test_kinds_are_told_by_documents_and_length(corpus_of, copied, holders, kind):
    others = [chr(0x5000 + at) * 20 for at in range(40 - holders)]
    found = shared_passages(corpus_of(*[copied] * holders, *others), min_chars=12)
    assert found.groupby("text")["kind"].first()[copied] == kind


def test_a_formula_held_in_variants_is_a_formula(corpus_of):
    """Each variant stands in two of 40 documents, all together in eight."""
    texts = [f"{end}{FORMULA}{end}" for end in "甲乙丙丁" for _ in range(2)]
    others = [chr(0x5000 + at) * 20 for at in range(32)]
    found = shared_passages(corpus_of(*texts, *others))
    assert found["family"].nunique() == 1
    assert set(found["kind"]) == {"stock formula"}


def edited(passage, dice, share):
    """Change, drop or add a character at each place with the probability given."""
    kept = []
    for char in passage:
        strange = chr(0x9000 + dice.randrange(500))
        kept += dice.choice([[strange], [], [char, strange]]) if dice.random() < share else [char]
    return "".join(kept)


def test_copies_with_edits_are_found(corpus_of):
    """Sixty characters copied into another document, one in twenty of them changed."""
    dice = random.Random(20_160_318)
    texts = ["".join(chr(0x5000 + dice.randrange(900)) for _ in range(600)) for _ in range(400)]
    pairs = [(2 * at, 2 * at + 1) for at in range(len(texts) // 2)]
    for one, other in pairs:
        passage = "".join(chr(0x5000 + dice.randrange(900)) for _ in range(60))
        for at, here in ((one, passage), (other, edited(passage, dice, 0.05))):
            texts[at] = f"{texts[at][:300]}。{here}。{texts[at][300:]}"
    found = shared_passages(corpus_of(*texts))
    holders = found.groupby("family").agg({"doc_id": set, "kind": "first"})
    hit = {tuple(sorted(int(doc[1:]) for doc in docs)) for docs in holders["doc_id"]}
    assert hit <= set(pairs)  # nothing that was not planted
    assert len(hit) >= 0.95 * len(pairs)
    assert len(holders) == len(hit)  # the pieces of one copy are one family
    assert (holders["kind"] == "copied passage").mean() >= 0.95
    planted = [len(texts[int(doc[1:])].split("。")[1]) for doc in found["doc_id"]]
    assert (found["whole_start"] >= 301).all() and (
        found["whole_end"] <= np.array(planted) + 301
    ).all()
    most = found.assign(size=found["whole_end"] - found["whole_start"]).groupby("doc_id")["size"]
    assert (most.max() >= 48).mean() >= 0.95  # four fifths of it
