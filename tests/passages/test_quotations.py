import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.passages.quotations import (
    is_name,
    is_number,
    is_numbered,
    members,
    numbered_shapes,
    parallels,
    quotations,
    spans,
)


@pytest.mark.parametrize(
    "marks", ["“”", "‘’", "「」", "『』", "‹›", "«»", "〝〞", '""', "＂＂", "''", "＇＇", "《》"]
)
def test_every_kind_of_mark_quotes(marks):
    assert list(quotations(f"树牢{marks[0]}四个意识{marks[1]}，坚定信心。")) == ["四个意识"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("出台《关于加强作风建设的意见》", []),
        ("《三国演义》和《十四五规划》", []),
        ("弘扬“井冈山精神”，拍摄《井冈山精神》", ["井冈山精神", "井冈山精神"]),
        ("it's not '放管服', don't", ["放管服"]),
    ],
)
def test_titles_and_apostrophes_quote_nothing(text, found):
    assert list(quotations(text)) == found


def test_nested_quotations_are_read_both_ways():
    found = set(quotations("贯彻“奋力推进‘五区’建设、打造最美转型城市”部署"))
    assert found == {"奋力推进‘五区’建设、打造最美转型城市", "五区"}


@pytest.mark.parametrize(
    "text",
    [
        "既要有“思”，又要有“路”",  # single characters
        "拨打“0791-12340、0791-86312345”",  # telephone numbers
        "拨打“079186312345”",
        "他说：“好的。”",  # a sentence
        "他问：“去不去？”",
        "她说：“好吧”",  # speech, by its particle
        "学习“《努力成为可堪大用的栋梁之才》”",  # a title
        "“学习系列访谈——我们在行动”栏目",  # a programme
        "“把党和人民事业长长久久推下去，必须善于从政治上看问题，善于把握政治大局”",  # too long
        "“PPP”模式",  # no Chinese
        "“5·12”地震",  # a date
        "用的是“3.14”",
        "“2008”工程，“90后”干部",  # years
        "“尤里·奥列菲连科”在港",  # a name
        "“民主：全人类共同价值”论坛",  # a title
        "“没有合上的引号\n下一段”",
    ],
)
def test_what_is_no_phrase_by_its_shape_is_left_out(text):
    assert list(quotations(text)) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "1231511",
        "5020",
        "1+3+N",
        "1＋8",
        "互联网+",
        "怕、慢、假、庸、散",
        "守护多彩贵州·严打环境犯罪",
    ],
)
def test_codes_and_phrases_with_inner_punctuation_are_phrases(phrase):
    assert list(quotations(f"实施“{phrase}”计划")) == [phrase]


def test_straight_marks_pair_along_a_paragraph():
    assert list(quotations('抓好"米袋子"，拎稳"菜篮子"')) == ["米袋子", "菜篮子"]
    assert list(quotations('抓好"米袋子，拎稳"菜篮子"\n打好"组合拳"')) == ["组合拳"]


def test_an_open_mark_harms_one_quotation():
    assert list(quotations("推进“放管服改革，坚持“一盘棋”，紧盯“国之大者”")) == [
        "一盘棋",
        "国之大者",
    ]


def test_a_series_has_members():
    assert members("即申即享、免申即享") == ["即申即享", "免申即享"]
    assert members("三提升、四个一") == ["三提升", "四个一"]
    assert members("怕、慢、假、庸、散") == []
    assert members("国之大者") == []


@pytest.mark.parametrize(
    "phrase",
    ["四个意识", "十型", "第一议题", "一岗双责", "三新一高", "万村千乡", "1231511"],
)
def test_numbering_is_seen(phrase):
    assert is_numbered(phrase)


@pytest.mark.parametrize("phrase", ["国之大者", "一把手", "一刀切", "百年变局", "开门红"])
def test_one_and_round_numbers_do_not_number(phrase):
    assert not is_numbered(phrase)


def test_numerals_alone_are_a_number():
    assert is_number("十二五")
    assert is_number("1231511")
    assert not is_number("四有")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("构建一主两翼，推进", {"一主两翼"}),
        ("完成三去一降一补，推进", set()),  # not a piece of a longer shape
        ("共有三个方面，分别", set()),
        ("二〇二〇年，", set()),
        ("一二三四，", set()),
    ],
)
def test_numbered_shapes_fill_a_clause_to_its_end(text, found):
    assert numbered_shapes(text) == found


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet='一二政府“”‘’「」"、，。1+\n《》'))
def test_a_quotation_stands_in_marks_and_in_one_sentence(text):
    for found in quotations(text):
        assert any(f"{a}{found}{b}" in text for a, b in ("“”", "‘’", "「」", '""'))
        assert not set("。\n《》") & set(found)


@pytest.mark.parametrize(
    "text",
    [
        "被誉为“云朵上的山寨”。",
        "所谓“民主峰会”闭幕",
        "题为“和平与发展”的讲话",
        "他说：“强农富民”",
        "海军“和平方舟”号医院船",
        "炸毁“北溪”天然气管道",
        "“权威访谈”栏目",
        "“绿色明珠”之称",
        "荣获“全国文明城市”",
        "“全国粮食生产先进市”称号",
        "颁发“航天功勋奖章”",
        "今天是“世界气象日”",
    ],
)
def test_a_quotation_may_only_name(text):
    assert [is_name(text, *span) for span in spans(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "作为“一号工程”来抓",
        "开展“平安云南”创建活动",
        "提出“四个革命、一个合作”战略",
        "打造“五型”政府",
        "抓住“关键环节”",
        "推行“一证通办”，办好身份证",
        "召开演示会，“一网通办”上线",
        "习近平总书记指出，“江山就是人民”",
        "获“四好农村路”奖",
    ],
)
def test_a_phrase_is_no_name(text):
    assert [is_name(text, *span) for span in spans(text)] == [False]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("坚持问需于民、问计于民，", {"问需于民问计于民"}),
        ("实现劳有所得、病有所医、老有所养的目标", {"劳有所得病有所医老有所养"}),
        ("知责于心，担责于身，履责于行。", {"知责于心担责于身履责于行"}),
        ("协调发展、绿色发展、共享发展等理念", {"协调发展绿色发展共享发展"}),
        ("生态优先、绿色发展，", set()),  # nothing shared
        ("城乡发展、绿色发展，", set()),  # two clauses that share half
        ("合理布局、合理、布局", set()),
        ("稳定发展、稳定发展、稳定发展", set()),  # the same again
        ("抓铁有痕。踏石有痕。留印有痕", set()),  # not one sentence
    ],
)
def test_clauses_that_repeat_characters_at_the_same_places_are_parallel(text, found):
    assert parallels(text) == found


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="问需计于民、，的等。", max_size=40))
def test_parallel_clauses_stand_in_the_text(text):
    plain = "".join(one for one in text if one not in "、，")
    for found in parallels(text):
        assert found in plain and len(found) >= 8
