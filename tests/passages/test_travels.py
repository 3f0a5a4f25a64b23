"""Witnesses and flows against a walk over all pairs of documents; no direction without dates."""

import math
from datetime import date, timedelta
from unittest.mock import patch

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.passages import travels
from difang.passages.reuse import shared_passages
from difang.passages.travels import FLOWS, WITNESSES, flows, witnesses

PASSAGE = "把优化营商环境作为头等大事抓紧抓实"
START = date(2016, 12, 30)  # the days drawn lie in two years


def days(values):
    return pd.to_datetime(pd.Series(values, dtype="object")).astype("datetime64[s]").to_numpy()


def corpus_dated(corpus_of, texts, early, late, province):
    given_dates = {"date_earliest": days(early), "date_latest": days(late)}
    return corpus_of(*texts, **given_dates, province=list(province))


def test_the_first_witness_is_the_one_with_the_earliest_date(corpus_of):
    texts = [f"{mark}{PASSAGE}{mark}" for mark in "甲乙丙丁"]
    when = ["2020-05-01", "2019-01-01", None, "2019-01-01"]
    corpus = corpus_dated(corpus_of, texts, when, when, ["江西", "湖北", "贵州", "湖南"])
    (row,) = witnesses(shared_passages(corpus), corpus.documents).itertuples()
    assert (row.text, row.documents, row.dated, row.first) == (PASSAGE, 4, 3, "d1")
    assert row.first_date == pd.Timestamp("2019-01-01")
    assert row.as_early == 2  # the other of that day, and the undated


def test_without_dates_there_is_no_first_witness_and_no_direction(corpus_of):
    texts = [f"{mark}{PASSAGE}{mark}" for mark in "甲乙"]
    corpus = corpus_dated(corpus_of, texts, [None, None], [None, None], ["江西", "湖北"])
    found = shared_passages(corpus)
    (row,) = witnesses(found, corpus.documents).itertuples()
    assert row.dated == 0 and pd.isna(row.first) and pd.isna(row.first_date)
    told = flows(found, corpus.documents, "province")
    assert told[["earlier", "later", "ordered", "shared", "pairs"]].to_numpy().tolist() == [
        ["江西", "湖北", False, 1, 1]
    ]


def test_nothing_shared_gives_empty_tables_with_their_columns(corpus_of):
    corpus = corpus_dated(corpus_of, ["甲", "乙"], [None] * 2, [None] * 2, [None, None])
    found = shared_passages(corpus)
    assert list(witnesses(found, corpus.documents).columns) == WITNESSES
    told = flows(found, corpus.documents, "province")
    assert list(told.columns) == FLOWS and told.empty


known = st.none() | st.integers(0, 4)
documents = st.lists(
    st.tuples(
        st.text(alphabet="甲乙丙。", max_size=12), known, known, st.sampled_from(["赣", "鄂", None])
    ),
    min_size=2,
    max_size=6,
)


def bounds(early, late):
    if early is not None and late is not None:
        early, late = min(early, late), max(early, late)
    return [None if at is None else START + timedelta(at) for at in (early, late)]


@settings(deadline=None, max_examples=150)
@given(documents)
def test_flows_are_those_of_a_walk_over_all_pairs(corpus_of, rows):
    texts, *when, province = zip(*rows, strict=True)
    when = [bounds(*both) for both in zip(*when, strict=True)]
    corpus = corpus_dated(corpus_of, texts, *zip(*when, strict=True), province)
    found = shared_passages(corpus, min_chars=2)
    held = {f"d{at}": set() for at in range(len(rows))}
    for row in found.itertuples():
        held[row.doc_id].add(row.family)

    def before(one, other):
        late, early = when[one][1], when[other][0]
        return late is not None and early is not None and late < early

    expected, walked = {}, []
    for one in range(len(rows)):
        for other in range(len(rows)):
            if one == other or province[one] is None or province[other] is None:
                continue
            places = (province[one], province[other])
            ordered = before(one, other)
            if before(other, one) or (not ordered and one > other):
                continue
            key = (*(places if ordered else sorted(places)), ordered)
            common = len(held[f"d{one}"] & held[f"d{other}"])
            shared, pairs = expected.get(key, (0, 0))
            expected[key] = (shared + common, pairs + 1)
            if ordered:
                years = (when[one][1].year, when[other][0].year)
                walked.append((places, years, common, one, other))
    with patch.multiple(travels, FEW=1, FEW_DOCUMENTS=1):
        told = flows(found, corpus.documents, "province")
    for row in told[told["ordered"]].itertuples():
        cell = [pair for pair in walked if pair[0] == (row.earlier, row.later)]
        assert row.earlier_docs == len({pair[3] for pair in cell})
        assert row.later_docs == len({pair[4] for pair in cell})
        others = [
            [
                of[2]
                for of in walked
                if of[1] == pair[1] and len({*of[0], ""}) > 2 and of[0] != pair[0]
            ]
            for pair in cell
        ]
        means = [sum(of) / len(of) for of in others if of]
        alike = sum(pair[2] for pair, of in zip(cell, others, strict=True) if of)
        assert row.matched == len(means)
        if sum(means):
            assert math.isclose(row.ratio, alike / sum(means))
        else:
            assert pd.isna(row.ratio)
    told = flows(found, corpus.documents, "province")
    given_flows = {
        (row.earlier, row.later, row.ordered): (row.shared, row.pairs) for row in told.itertuples()
    }
    assert given_flows == expected
    for row in told.itertuples():
        assert row.rate == row.shared / row.pairs


def composed(corpus_of, extra=""):
    """Each document has what all have; those of 2010 and 2011 have one more passage in common."""
    always, then = "持续打造风清气正的政治环境", PASSAGE
    rows = [("赣", 2010, 4), ("鄂", 2010, 4), ("湘", 2011, 4), ("黔", 2018, 4)]
    texts, dates, provinces = [], [], []
    for province, year, n in rows:
        for at in range(n):
            mark = extra if province in "赣湘" else ""
            texts.append(f"{always}。{then if year < 2018 else at}{province}。{mark}")
            dates.append(f"{year}-01-{at + 1:02}")
            provinces.append(province)
    return corpus_dated(corpus_of, texts, dates, dates, provinces)


def test_who_has_only_later_documents_does_not_look_as_if_it_received_less(corpus_of):
    corpus = composed(corpus_of)
    told = flows(shared_passages(corpus), corpus.documents, "province").set_index("earlier")
    told = told[told["ordered"]].loc["赣"].set_index("later")
    assert told.loc[["湘", "黔"], "rate"].tolist() == [2, 1]
    assert told.loc[["湘", "黔"], "ratio"].tolist() == [1, 1]
    assert told.loc["湘", ["pairs", "matched", "earlier_docs", "later_docs"]].tolist() == [
        16,
        16,
        4,
        4,
    ]
    assert pd.isna(told.loc["鄂", "ratio"])  # six pairs, too few


def test_a_ratio_says_how_many_times_what_others_share(corpus_of):
    corpus = composed(corpus_of, "把优化营商环境当作一号工程来抓。")
    told = flows(shared_passages(corpus), corpus.documents, "province").set_index("earlier")
    told = told[told["ordered"] & (told["later"] == "湘")]
    assert told["ratio"][["赣", "鄂"]].tolist() == [1.5, 2 / 3]


@settings(deadline=None, max_examples=100)
@given(documents)
def test_first_witnesses_are_those_of_a_walk(corpus_of, rows):
    texts, *when, province = zip(*rows, strict=True)
    when = [bounds(*both) for both in zip(*when, strict=True)]
    corpus = corpus_dated(corpus_of, texts, *zip(*when, strict=True), province)
    found = shared_passages(corpus, min_chars=2)
    for row in witnesses(found, corpus.documents).itertuples():
        docs = set(found.loc[found["family"] == row.family, "doc_id"])
        dated = {doc: when[int(doc[1:])][1] for doc in docs if when[int(doc[1:])][1] is not None}
        assert (row.documents, row.dated) == (len(docs), len(dated))
        if not dated:
            assert pd.isna(row.first)
            continue
        earliest = min(dated.values())
        assert dated[row.first] == earliest
        rivals = [when[int(doc[1:])][0] for doc in docs - {row.first}]
        assert row.as_early == sum(early is None or early <= earliest for early in rivals)
