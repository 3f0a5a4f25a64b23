from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.passages.normalising import normalise
from difang.passages.set_phrases import COLUMNS, set_phrases
from difang.words.lexicon import read_lexicon

GOLD = Path(__file__).resolve().parents[1] / "gold" / "seed_tifa_gold.tsv"


@pytest.fixture(scope="module")
def gold():
    table = pd.read_csv(GOLD, sep="\t", dtype=str, keep_default_na=False)
    return table.astype({"count": int, "quoted_count": int})


def accepted(gold, tiers):
    """Phrases of these tiers, with the wordings the gold accepts in their place."""
    rows = gold[gold["tier"].isin(list(tiers))]
    return set(rows["phrase"]) | {p for cell in rows["accept_also"] for p in cell.split(";") if p}


def lexicon(**variants):
    rows = [(phrase, forms, "any") for phrase, forms in variants.items()]
    return SimpleNamespace(phrases=pd.DataFrame(rows, columns=["phrase", "variants", "match"]))


def by_phrase(register):
    return register.set_index("phrase")


def test_best_known_phrases_of_the_seeds(seeds):
    register = by_phrase(set_phrases(seeds))
    documents = register["documents"]
    assert documents["两个维护"] == 4
    for phrase in ("两个确立", "四个意识", "四个自信", "国之大者"):
        assert documents[phrase] == 3
    assert list(register.columns) == [column for column in COLUMNS if column != "phrase"]


def test_counts_of_each_seed_equal_the_gold(seeds, gold):
    checked = 0
    for doc_id in seeds.documents.index:
        one = SimpleNamespace(documents=seeds.documents.loc[[doc_id]])
        register = by_phrase(set_phrases(one))
        expected = gold[gold["seed_file"] == f"{doc_id}.txt"].set_index("phrase")
        both = register.index.intersection(expected.index)
        assert register.loc[both, "count"].to_dict() == expected.loc[both, "count"].to_dict()
        quoted = expected.loc[both, "quoted_count"]
        assert register.loc[both, "quoted"].to_dict() == quoted.to_dict()
        checked += len(both)
    assert checked > 100


def measured(gold, found):
    """Precision on tiers A and B, and recall of tier A, of the phrases found in all seeds."""
    sure = gold[gold["tier"] == "A"].drop_duplicates("phrase")
    hits = [
        phrase in found or bool(found & set(also.split(";")))
        for phrase, also in zip(sure["phrase"], sure["accept_also"], strict=True)
    ]
    return len(found & accepted(gold, "AB")) / len(found), sum(hits) / len(hits)


def test_without_a_lexicon_the_phrases_of_the_seeds_are_what_a_reader_would_list(seeds, gold):
    precision, recall = measured(gold, set(set_phrases(seeds)["phrase"]))
    assert precision >= 0.85
    assert recall >= 0.50


def test_so_are_they_with_entries_that_are_dated_and_not_taken_from_the_seeds(seeds, gold):
    table = read_lexicon().phrases
    outside = table[(table["first_use"] != "") & ~table["source"].str.contains("seed")]
    assert 0 < len(outside) < len(table)
    found = set(set_phrases(seeds, SimpleNamespace(phrases=outside))["phrase"])
    precision, recall = measured(gold, found)
    assert precision >= 0.90
    assert recall >= 0.70


def test_the_lexicon_finds_what_nobody_quotes(seeds, gold):
    wanted = gold.loc[gold["tier"] == "A", "phrase"].unique()
    register = by_phrase(set_phrases(seeds, lexicon(**dict.fromkeys(wanted, ""))))
    rows = [phrase for phrase in wanted if phrase in register.index]
    held = set("、".join(register["holds"]).split("、"))
    assert set(wanted) <= {*rows, *held}
    totals = {p: sum(normalise(t).text.count(p) for t in seeds.documents["text"]) for p in rows}
    assert register.loc[rows, "count"].to_dict() == totals
    assert set(register.loc[rows, "lexicon"]) == {"yes"}
    assert register.loc["疑难杂症", "lexicon"] == "no"


def test_a_phrase_that_stands_only_within_a_longer_one_has_no_row(corpus_of):
    known = lexicon(党委书记="", 委书记="", 县委书记="", 大众创业="", 万众创新="")
    texts = ["县委书记和党委书记。“大众创业、万众创新”", "“大众创业、万众创新”。‘万众创新’"]
    register = by_phrase(set_phrases(corpus_of(*texts), known))
    assert set(register.index) == {"县委书记", "党委书记", "大众创业万众创新", "万众创新"}
    assert register["holds"].to_dict() == {
        "县委书记": "委书记", "党委书记": "", "大众创业万众创新": "大众创业", "万众创新": "",
    }  # fmt: skip
    apart = by_phrase(set_phrases(corpus_of(*texts, "市委书记"), known))
    assert apart.loc["委书记", "count"] == 3


def test_count_holds_every_occurrence_and_quoted_only_the_quoted_ones(corpus_of):
    corpus = corpus_of("坚持“国之大者”。心怀国之大者，国之。大者", "牢记“国之大者”", date=pd.NaT)
    row = by_phrase(set_phrases(corpus)).loc["国之大者"]
    assert (row["count"], row["quoted"], row["documents"]) == (3, 2, 2)


def test_punctuation_inside_is_taken_out(corpus_of):
    corpus = corpus_of("整治“怕、慢、假、庸、散”问题，防怕慢假庸散", date=pd.NaT)
    assert by_phrase(set_phrases(corpus))["count"].to_dict() == {"怕慢假庸散": 2}


def test_variants_belong_to_the_family_of_their_phrase(corpus_of):
    corpus = corpus_of("统筹好发展与安全。统筹发展和安全。", date=pd.NaT)
    register = by_phrase(
        set_phrases(corpus, lexicon(统筹发展和安全="统筹好发展与安全|统筹发展与安全"))
    )
    assert register["family"].to_dict() == dict.fromkeys(register.index, "统筹发展和安全")
    assert sorted(register.index) == ["统筹发展和安全", "统筹好发展与安全"]


def test_the_lexicon_says_how_an_entry_is_matched(corpus_of):
    corpus = corpus_of("要有四张牌，打好“四张牌”。狠抓落实。一盘棋", date=pd.NaT)
    rows = [("四张牌", "", "quoted"), ("狠抓落实", "", "off"), ("一盘棋", "", "any")]
    table = pd.DataFrame(rows, columns=["phrase", "variants", "match"])
    register = by_phrase(set_phrases(corpus, SimpleNamespace(phrases=table)))
    assert register["count"].to_dict() == {"四张牌": 1, "一盘棋": 1}


def test_first_and_last_are_dates_of_dated_documents(corpus_of):
    dates = pd.to_datetime(["2021-12-28", None, "2018-09-13"])
    text = "牢记“国之大者”"
    register = set_phrases(corpus_of(text, text, text, date=dates))
    assert list(register["first"]) == ["2018-09-13"]
    assert list(register["last"]) == ["2021-12-28"]
    by_year = set_phrases(corpus_of(text, text, year=pd.array([2016, None], dtype="Int64")))
    assert by_year[["first", "last"]].to_numpy().tolist() == [["2016", "2016"]]
    undated = set_phrases(corpus_of(text, date=pd.to_datetime([None])))
    assert undated["first"].isna().all()


def test_plain_words_in_scare_quotes_are_no_set_phrases(corpus_of):
    plain = "高质量发展。" * 20
    corpus = corpus_of(f"{plain}推动“高质量发展”，实现“领跑”，推行“双减”", date=pd.NaT)
    assert list(set_phrases(corpus)["phrase"]) == ["双减"]


def test_what_is_mostly_quoted_as_a_name_is_none(corpus_of):
    named = ["炸毁“北溪”管道，“北溪”管道，“北溪”。", "被誉为“云上山寨”", "“东海前哨”号"]
    corpus = corpus_of(*named, "推行“一窗受理”，题为“一窗受理”")
    assert list(set_phrases(corpus)["phrase"]) == ["一窗受理"]


def test_a_short_wording_quoted_once_has_to_be_quoted_in_a_third(corpus_of):
    often = "科学应对。" * 3 + "冰天雪地也是金山银山。" * 3 + "一主两翼。" * 3
    corpus = corpus_of(often + "“科学应对”“冰天雪地也是金山银山”“一主两翼”")
    assert set(set_phrases(corpus)["phrase"]) == {"冰天雪地也是金山银山", "一主两翼"}


def test_members_of_a_series_count_where_they_stand_alone_too(corpus_of):
    series = "以“功成不必在我、功成必定有我”的胸怀"
    corpus = corpus_of(series, "功成不必在我", date=pd.NaT)
    register = by_phrase(set_phrases(corpus))
    assert register["count"].to_dict() == {"功成不必在我": 2, "功成不必在我功成必定有我": 1}


def test_numbers_are_counted_where_they_are_quoted(corpus_of):
    corpus = corpus_of(
        "“十二五”时期共十二五个，第二十二五。“1231511”计划投入1231511元", date=pd.NaT
    )
    counts = by_phrase(set_phrases(corpus))["count"].to_dict()
    assert counts == {"十二五": 1, "1231511": 1}


def test_a_numeral_is_not_cut_out_of_a_longer_one(corpus_of):
    corpus = corpus_of("实施“五个一流”。建二十五个一流学科。第一，“五个一流”", date=pd.NaT)
    assert by_phrase(set_phrases(corpus)).loc["五个一流", "count"] == 2


def test_numbered_shapes_need_two_documents(corpus_of):
    corpus = corpus_of("构建一主两翼，", "完善一主两翼。", "形成三纵四横。", date=pd.NaT)
    register = by_phrase(set_phrases(corpus))
    assert register["kind"].to_dict() == {"一主两翼": "numbered"}


def test_parallel_clauses_need_two_documents(corpus_of):
    corpus = corpus_of("问需于民、问计于民。", "坚持问需于民、问计于民。", "守土有责、守土尽责。")
    register = by_phrase(set_phrases(corpus))
    assert register["documents"].to_dict() == {"问需于民问计于民": 2}


def test_copies_are_left_out(corpus_of):
    corpus = corpus_of("“国之大者”", "“国之大者”", date=pd.NaT, duplicate_of=[None, "d0"])
    assert list(set_phrases(corpus)["documents"]) == [1]


def test_nothing_quoted_gives_an_empty_register(corpus_of):
    for corpus in (corpus_of(date=pd.Series(dtype="datetime64[s]")), corpus_of("无", date=pd.NaT)):
        register = set_phrases(corpus)
        assert list(register.columns) == COLUMNS
        assert register.empty


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(alphabet="四个意识双“”、，。1+\n"), min_size=1, max_size=3))
def test_quoted_never_exceeds_count(corpus_of, texts):
    register = set_phrases(corpus_of(*texts, date=pd.NaT))
    assert (register["quoted"] <= register["count"]).all()
    assert (register["documents"] <= register["count"]).all()
    assert register["phrase"].is_unique


ROWS = [
    ("绿水青山", "lǜshuǐ qīngshān", "lucid waters and lush mountains", "两山|双山"),
    ("两山、一水", "", "", ""),
]


def table_of(rows):
    columns = ["phrase", "pinyin", "gloss", "variants"]
    return SimpleNamespace(phrases=pd.DataFrame(rows, columns=columns).assign(match="any"))


def test_the_register_tells_what_the_lexicon_says_and_nothing_of_other_phrases(corpus_of):
    texts = corpus_of("绿水青山与两山。两山一水。“碗窑精神”。", date=pd.NaT)
    register = by_phrase(set_phrases(texts, table_of(ROWS)))
    told = register[["pinyin", "gloss"]].T.to_dict("list")
    assert told["绿水青山"] == ["lǜshuǐ qīngshān", "lucid waters and lush mountains"]
    assert told["两山"] == ["", "lucid waters and lush mountains"]  # of its phrase, read otherwise
    assert told["两山一水"] == told["碗窑精神"] == ["", ""]
    assert set(set_phrases(texts)[["pinyin", "gloss"]].to_numpy().ravel()) == {""}


def test_two_lexicons_in_one_process_never_mix(corpus_of):
    texts = corpus_of("绿水青山，国之大者，新征程。", date=pd.NaT)
    first = table_of([("绿水青山", "", "one", "国之大者")])
    second = table_of([("新征程", "", "two", ""), ("绿水青山", "", "three", "")])
    wanted = [set_phrases(texts, one) for one in (first, second)]
    for one, once in zip((first, second, first, second), wanted * 2, strict=True):
        pd.testing.assert_frame_equal(set_phrases(texts, one), once)
    assert by_phrase(wanted[0])["gloss"].to_dict() == {"绿水青山": "one", "国之大者": "one"}
    assert by_phrase(wanted[1])["gloss"].to_dict() == {"绿水青山": "three", "新征程": "two"}
    assert set_phrases(texts).empty
