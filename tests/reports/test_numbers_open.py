"""Every number that opens sentences is the number of lines behind it, on every page.

The texts hold what could part the two: variants and quoted forms of set phrases, terms within
longer terms, function words, ASCII, digits, quotation marks out of order, copies and fiction.
"""

import re
from html import unescape

import pytest

import difang
from difang.reports import compare_page, compare_views, explore_page, phrases_page, reuse_page
from difang.reports.comparison import compare
from difang.reports.fragment import Fragment
from difang.reports.lines import quote_lines

pytestmark = pytest.mark.usefixtures("own_cache")

SHARED = (
    "会议强调，要坚持以习近平新时代中国特色社会主义思想为指导，增强“四个意识”、坚定“四个自信”、"
    "做到两个维护。贯彻新发展理念，推动创新发展理念深入人心。践行‘三个代表’重要思想，落实三个代表。"
)
OWN = {
    "江西省/2016.txt": "建设“五型”政府，五型政府要有为。“十二五”收官，”十二五“大。5G、GDP。",
    "江西省/2017.txt": '一张蓝图绘到底，一张蓝图干到底，一张“蓝图”绘到底。"十二五"和"。5G、35G。',
    "江西省/2018.txt": "功成不必在我、功成必定有我，“十二五、十三五”规划，做好“互联网+”。",
    "湖北省/2016.txt": "建设“重要窗口”，重要窗口要亮。“‘十二五’规划”实施。2016年GDP增长8%。",
    "湖北省/2017.txt": "“一号改革工程”、一号改革工程。数字经济数字经济，“数字经济”。AI和AI赋能。",
    "湖北省/2018.txt": "高质量发展，“高质量”发展，高质量，发展。打造“1+3+N”，1+3+N，“1231511”。",
    "贵州省/2016.txt": "守好发展和生态两条底线，“两条底线”。的的的了了和和。" + "发展，" * 30,
    "贵州省/2017.txt": "大数据大数据，“四新”主攻“四化”。〇一二三。“重要窗口 ”与「重要窗口」。",
    "贵州省/2018.txt": "小说《重要窗口》。“十二五”“十二五”，‘“十二五”’。ＧＤＰ与５Ｇ。",
}
BODY = re.compile(r"<tbody>(.*?)</tbody>", re.S)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    texts = {path: SHARED * 2 + own for path, own in OWN.items()}
    texts["贵州省/2018a.txt"] = texts["贵州省/2018.txt"]
    for path, text in texts.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    corpus = difang.load(folder)
    assert corpus.documents["duplicate_of"].notna().sum() == 1
    return corpus


@pytest.fixture(scope="module")
def tokens(corpus):
    return difang.segment(corpus)


def fragments(shown):
    for one in shown if isinstance(shown, list) else [shown]:
        if isinstance(one, Fragment):
            yield one.html


def plain(html):
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


def rows(shown, column):
    """Yield the term, the number shown, the total stated and the lines listed, row by row."""
    for html in fragments(shown):
        heads = [plain(one) for one in re.findall(r'<th scope="col".*?</th>', html, re.S)]
        if column not in heads:
            continue
        for body in BODY.findall(html):
            above = re.sub(r"<small.*?</small>", "", body.split("<details")[0])
            cells = [plain(one) for one in re.findall(r"<t[hd][ >].*?</t[hd]>", above, re.S)]
            stated = re.search(r"</span>([\d,]+)(?: of ([\d,]+))?</summary>", body)
            total = int((stated[2] or stated[1]).replace(",", "")) if stated else 0
            listed = int(stated[1].replace(",", "")) if stated else 0
            cites = re.findall(r"<cite>(.*?)</cite>", body)
            assert listed == len(cites) == min(total, 20)
            yield cells[0], int(cells[heads.index(column)].replace(",", "")), total, cites


def check(shown, column, least=1):
    found = list(rows(shown, column))
    assert len(found) >= least
    assert [(term, n) for term, n, *_ in found] == [(term, total) for term, _, total, _ in found]
    return found


def test_terms_of_the_exploration(corpus, tokens):
    counts = explore_page.counted(tokens, corpus.documents)
    terms = explore_page.frequencies(counts, difang.read_lexicon())
    shown = explore_page.with_sentences(corpus, tokens, terms, top=500)
    found = check(shown, "n", 50)
    n_docs = terms.set_index("term")["n_docs"]
    for term, _, _, cites in found:
        assert len(set(cites)) == min(n_docs[term], 20)
    assert {"的", "5G", "GDP", "五型政府", "AI", "8%"} & {term for term, *_ in found}


@pytest.mark.parametrize("by", ["province", "year"])
def test_terms_of_groups(corpus, tokens, by):
    counts = difang.count(tokens, corpus.documents)
    page = compare(corpus, tokens, counts, by=by, reference="others")
    for name in page.groups.names:
        check(compare_page.group_report(page, name, top=500), "n")
    check(compare_views.shared_by_all(page, top=500), "n")


def test_names_of_groups(corpus, tokens):
    counts = difang.count(tokens, corpus.documents)
    page = compare(corpus, tokens, counts, by="province", target="江西省")
    list(rows(compare_page.masked_names(page, top=500), "n"))


@pytest.mark.parametrize("known", [True, False])
def test_set_phrases(corpus, known):
    found = phrases_page.read(corpus, difang.read_lexicon() if known else None)
    assert found.register["count"].gt(0).all()
    documents = found.register.set_index("phrase")["documents"]
    for name in ("register", "local", "single", "early"):
        for phrase, _, _, cites in check(phrases_page.table(found, name, 500), "count 次", 0):
            assert name == "early" or len(set(cites)) == min(documents[phrase], 20)
    assert check(phrases_page.table(found, "register", 500), "count 次")


def test_shared_passages(corpus):
    found = reuse_page.read(corpus, difang.read_lexicon())
    for name in ("between", "within", "formulas"):
        check(reuse_page.table(found, name, 100), "docs 篇", 0)


@pytest.mark.parametrize(
    "term", ["五型政府", "一张蓝图绘到底", "重要窗口", "发展", "GDP", "四个意识"]
)
def test_the_firing_report_says_what_a_concordance_with_variants_lists(corpus, tokens, term):
    lexicon = difang.read_lexicon()
    report = difang.firing_report(corpus, tokens, lexicon, terms=[term]).set_index("entry")
    lines = difang.kwic(corpus, term, lexicon=lexicon)
    assert report.loc[term, "in_text"] == len(lines) > 0


@pytest.mark.parametrize(
    "pattern", ["发展", "功成*在我", "五型", "GDP", "十二五", "的", "1+3", "8%"]
)
def test_a_concordance(corpus, pattern):
    lines = difang.kwic(corpus, pattern)
    (html,) = fragments(quote_lines(lines, caption=pattern))
    stated = re.search(r"<small>(?:(\d+) of )?(\d+) lines?</small>", html)
    assert int(stated[2]) == len(lines) > 0
    assert html.count("<li>") == int(stated[1] or stated[2]) == min(len(lines), 20)
