import pandas as pd
import pytest
from IPython.display import Markdown

from difang.corpus.documents import Corpus
from difang.reports import phrases_page as page
from difang.reports.figures import Chart
from difang.words.lexicon import read_lexicon

HEAD = "phrase,variants,match,kind,first_use,lower_bound,occasion,source,confidence\n"


def corpus_of(*rows, evidence=()):
    """Documents from (text, province, day or year), named d0, d1, …"""
    days = [str(day) if day else None for _, _, day in rows]
    documents = pd.DataFrame(
        {
            "text": pd.Series([row[0] for row in rows], dtype="str"),
            "province": pd.Series([row[1] for row in rows], dtype="str"),
            "level": pd.Series([None] * len(rows), dtype="str"),
            "date": pd.to_datetime([d if d and len(d) > 4 else None for d in days]),
            "date_latest": pd.to_datetime([d if d and len(d) > 4 else None for d in days]),
            "year": pd.array([int(d[:4]) if d else None for d in days], dtype="Int64"),
            "duplicate_of": pd.Series([None] * len(rows), dtype="str"),
        }
    )
    documents.index = pd.Index([f"d{at}" for at in range(len(rows))], name="doc_id", dtype="str")
    columns = ["doc_id", "rule", "quote", "value", "reason"]
    found = pd.DataFrame(evidence, columns=columns, dtype="str")
    return Corpus("texts", documents, found, pd.DataFrame(), pd.DataFrame(), {})


@pytest.fixture
def lexicon(tmp_path):
    rows = (
        "一带一路,,any,national,2013-09-07,hard,哈萨克斯坦,a book,high\n新征程,,any,national,,,,,\n"
    )
    (tmp_path / "set_phrases.csv").write_text(HEAD + rows, encoding="utf-8")
    return read_lexicon(tmp_path)


TEXTS = (
    ("推进“一带一路”，搞好‘多彩工程’。踏上新征程。", "贵州省", "2012-01-10"),
    ("推进“一带一路”。建设“多彩工程”。", "贵州省", "2015-01-10"),
    ("推进一带一路，做好“一号改革”。", "江西省", 2016),
    ("平安。", "江西省", None),
)


@pytest.fixture
def found(lexicon):
    return page.read(corpus_of(*TEXTS), lexicon)


def texts(fragment):
    return fragment.data if isinstance(fragment, Markdown) else fragment.html


def test_the_first_figure_and_the_headline_name_the_phrase_of_most_documents(found):
    chart = page.most_documents(found, 20)
    assert isinstance(chart, Chart)
    assert chart.alt.startswith("No set phrase stands in more documents than 一带一路: 3 of 4.")
    assert chart.data["documents"].tolist() == [3, 2, 1, 1]
    headline = page.told(found, "headline").data
    assert "**一带一路**: 3 of 4, 3 occurrences" in headline
    assert "4 phrases, **50%** of them from one document alone" in headline


def test_the_register_opens_as_many_lines_as_it_counts(found):
    told = page.table(found, "register", 20).html
    for phrase, number in {"一带一路": 3, "多彩工程": 2, "新征程": 1, "一号改革": 1}.items():
        assert f"Sentences with {phrase}: </span>{number}<" in told
    assert "2012-01 – 2016" in told
    assert "first – last seen in this corpus" in told


def test_the_register_tells_in_english_what_the_lexicon_tells(tmp_path):
    rows = "phrase,gloss,variants\n一带一路,Belt and Road,多彩工程\n新征程,,\n"
    (tmp_path / "set_phrases.csv").write_text(rows, encoding="utf-8")
    told = page.table(page.read(corpus_of(*TEXTS), read_lexicon(tmp_path)), "register", 20).html
    for phrase in ("一带一路", "多彩工程"):
        assert f'{phrase} <small lang="en">Belt and Road</small></th>' in told
    assert "新征程</th>" in told and "一号改革</th>" in told
    assert "<small lang" not in page.table(page.read(corpus_of(*TEXTS)), "register", 20).html


def test_official_dates_come_from_the_lexicon_and_early_documents_are_listed(found):
    dates = page.table(found, "official", 20).html
    assert "2013-09-07 hard" in dates and "a book" in dates and "with 新征程" not in dates
    early, contradiction = page.table(found, "early", 20), page.contradictions(found, 20)
    assert "一带一路" in early.html and ">2012-01-10<" in early.html
    assert "</span>1<" in early.html and "d0" in early.html and "d1" not in early.html
    assert texts(contradiction) == page.WORDS["against"]["none"]


def test_a_provincial_phrase_is_early_in_its_own_province_only(tmp_path):
    rows = (
        "phrase,kind,first_use\n多彩工程,provincial:贵州省,2019\n一号改革,provincial:贵州省,2019\n"
    )
    (tmp_path / "set_phrases.csv").write_text(rows, encoding="utf-8")
    early = page.table(page.read(corpus_of(*TEXTS), read_lexicon(tmp_path)), "early", 20).html
    assert "多彩工程" in early and "一号改革" not in early


def test_a_contradicted_date_is_shown_with_its_reason(lexicon):
    rows = [("d0", "anachronism", "一带一路", "2013-09-07/..", "Contradicts 2012-01-10.")]
    shown = page.contradictions(page.read(corpus_of(*TEXTS, evidence=rows), lexicon), 20)
    assert "Contradicts 2012-01-10." in shown.html


def test_phrases_of_one_province_stand_apart_from_those_of_one_document(found):
    local, single = (texts(page.table(found, name, 20)) for name in ("local", "single"))
    assert "多彩工程" in local and "贵州省" in local and "一号改革" not in local
    assert "一号改革" in single and "d2" in single and "多彩工程" not in single
    assert "新征程" not in single  # in the lexicon


def test_small_groups_are_told_in_documents_not_in_rates(found):
    told = page.groups(found, "province", 20).html
    assert "贵州省 (2)" in told and ">2 of 2<" in told and ">1 of 2<" in told and "%" not in told
    assert texts(page.groups(found, "level", 20)) == (
        "No two groups of documents with phrases are known by level: there is nothing to compare."
    )


def test_groups_of_three_documents_are_drawn_as_shares(lexicon):
    rows = [("“一带一路”。", "贵州省", y) for y in (2014, 2015, 2016)]
    rows += [("平安。", "江西省", y) for y in (2014, 2015)] + [("“一带一路”", "江西省", 2016)]
    rows += [("“一带一路”", "湖北省", 2016)]
    chart = page.groups(page.read(corpus_of(*rows), lexicon), "province", 20)
    shares = chart.data.set_index("phrase").loc["一带一路"]
    assert shares.round(1).to_dict() == {"江西 n=3": 33.3, "贵州 n=3": 100.0}


def test_what_the_lexicon_adds_is_counted_apart(found):
    told = page.added(found).html
    by_lexicon, by_marks, by_both = told.split("<tbody>")[1:]
    assert "新征程" in by_lexicon and "多彩工程" in by_marks and "一号改革" in by_marks
    assert "marks and lexicon" in by_both and "一带一路" in by_both


def test_without_a_lexicon_the_page_says_so():
    found = page.read(corpus_of(*TEXTS))
    assert texts(page.added(found)) == page.WORDS["no lexicon"]
    assert texts(page.table(found, "official", 20)) == page.WORDS["official"]["none"]


def test_documents_without_a_phrase_get_sentences_and_no_figure(lexicon):
    found = page.read(corpus_of(("今天天气很好。", None, None)), lexicon)
    shown = [page.most_documents(found, 20), page.told(found, "headline"), page.added(found)]
    assert all(one.data.startswith("No set phrase was found in 1 document:") for one in shown)
    others = [
        page.table(found, name, 5) for name in ("register", "official", "local", "single", "early")
    ]
    others += [page.groups(found, "year", 5), page.contradictions(found, 5)]
    assert all(isinstance(one, Markdown) and one.data for one in others)


def test_limits_count_undated_documents(found):
    assert "Without a date: 1 of 4 documents." in page.told(found, "limits").data


FRAMED = (
    ("“一张蓝图绘到底”。一张蓝图绘到底。弘扬碗窑传统。", "贵州省", 2012),
    ("“一张蓝图干到底”。弘扬碗窑传统。", "江西省", 2013),
)


def test_variants_stand_together_and_the_frame_is_filled_from_the_texts():
    found = page.read(corpus_of(*FRAMED))
    families = texts(page.variants(found, 20))
    assert "一张蓝图绘到底 1、一张蓝图干到底 1" in families and "一张蓝图*到底" in families
    filled = texts(page.slot(found, None, 20))
    assert "What fills 一张蓝图*到底" in filled and filled.count("<tr>") >= 3
    assert "弘扬碗窑传统" in texts(page.slot(found, "弘扬*传统", 20))


def test_what_is_repeated_and_not_registered_is_proposed_with_its_sentences():
    framed = page.read(corpus_of(*FRAMED))
    told = texts(page.proposals(framed, *page.repeated(framed, 20), 20))
    assert "Sentences with 弘扬碗窑传统: </span>2<" in told
    assert "cohesion" not in told  # of few documents


def test_without_variants_frames_or_repetition_the_page_says_so(found):
    lone = page.read(corpus_of(("“一号改革”", "江西省", 2016)))
    assert texts(page.variants(lone, 5)) == page.WORDS["variants"]["none"]
    assert texts(page.slot(lone, None, 5)) == page.WORDS["no frame"]
    assert (
        texts(page.proposals(lone, *page.repeated(lone, 5), 5)) == page.WORDS["proposals"]["none"]
    )
