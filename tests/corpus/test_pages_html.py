import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.decoding import UndecodableError
from difang.corpus.pages_html import is_page, read_page
from difang.corpus.parts import FormatError
from difang.corpus.reading import read_folder

LONG = "全县上下要坚持稳中求进工作总基调，把各项任务落到实处，确保全年目标如期完成。"


def page(body, head=""):
    return next(read_page(f"<html><head>{head}</head><body>{body}</body></html>".encode()))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>一</p><p>二</p>", "一\n二"),
        ("一<br>二<div>三<b>四</b>五</div>六", "一\n二\n三四五\n六"),
        ("<p>全省\n  经济</p>", "全省 经济"),
        ("<p>　　首段&nbsp;&lt;5%&amp;</p>", "　　首段\xa0<5%&"),
        ("<pre>一\n二\n</pre>", "一\n二"),
        ("<h1>题</h1><ul><li>甲<li>乙</ul>", "题\n甲\n乙"),
        ("<table><tr><td>市</td><td>增速</td></tr><tr><td>甲</td><td>8%</td></tr></table>",
         "市\t增速\n甲\t8%"),
        ("<table><tr><td>栏</td><td><p>一</p><p>二</p></td></tr></table>", "栏\n一\n二"),
        ("<a>首页</a><a>要闻</a>", "首页 要闻"),
        ("学习<a>会议</a>精神，<a>县委</a>要求", "学习会议精神，县委要求"),
        ("<span>时间：2018</span><span>来源：甲报</span>", "时间：2018 来源：甲报"),
        ("<span>江西</span><span>省</span>", "江西省"),
        ("增长<5%，依据<关于甲的通知>", "增长<5%，依据<关于甲的通知>"),
        ("一<!-- 注 -->二<script>var p='<p>三</p>'</script><style>p{}</style>", "一二"),
        ("一</body></html>二<html><body><p>三", "一二\n三"),
        ("<form id=aspnetForm><p>一</p></form>", "一"),
    ],
)  # fmt: skip
def test_the_text_is_what_a_reader_sees(body, text):
    assert page(body).raw == text


@pytest.mark.parametrize(
    "element",
    [
        "<nav>%s</nav>", "<footer>%s</footer>", "<div role='navigation'>%s</div>",
        "<div style='color:red; DISPLAY: none'>%s</div>", "<p hidden>%s</p>",
        "<select><option>%s</select>", "<nav>%s<nav>下级</nav></nav>",
    ],
)  # fmt: skip
def test_what_the_page_declares_no_text_is_left_out_unless_it_holds_sentences(element):
    assert page("前" + element % "链接" + "后").raw.split("\n") in (["前", "后"], ["前后"])
    assert LONG * 3 in page("前" + element % (LONG * 3) + "后").raw


def test_a_list_of_nothing_but_links_is_a_menu():
    item = "<li><a href='/a'>要闻</a></li>"
    assert "要闻" not in page(f"前<ul>{item * 3}</ul>后").raw
    assert "要闻" in page(f"前<ul>{item * 2}</ul>后").raw  # two may be named in a text
    assert "要闻" in page(f"前<ul>{item * 3}<li>会议开幕</li></ul>后").raw
    assert LONG * 3 in page(f"前<ol>{item * 3}<li><a href='/b'>{LONG * 3}</a></ol>后").raw


def test_a_page_that_hides_all_until_a_script_has_run_is_read():
    assert "一" in next(read_page("<html><body style='display:none'>一".encode())).raw


@given(st.lists(st.text(alphabet="甲乙丙。，a1", min_size=1), min_size=1, max_size=8))
@settings(deadline=None, max_examples=50)
def test_no_paragraph_is_lost(paragraphs):
    body = "".join(f"<div><p>{p}</p></div>" for p in paragraphs)
    assert page(body).raw.split("\n") == paragraphs


def test_however_deep_the_page_is_nested():
    assert page("<div>" * 3000 + "深" + "</div>" * 3000 + "浅").raw == "深\n浅"


@pytest.mark.parametrize("meta", ["", "<meta charset=gb2312>", "<meta charset='utf-8'>"])
def test_bytes_that_are_utf8_are_read_so_whatever_is_declared(meta):
    assert page(LONG, meta)[:2] == (LONG, "html:utf-8")


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("gb2312", "gb18030", "朱镕基到江西省各县调研，㐀"),  # 镕 and 㐀 are in no gb2312
        ("GBK", "gb18030", LONG),
        ("big5", "big5hkscs", "縣域經濟發展工作會議強調，要堅持穩中求進。" * 3),
    ],
)
def test_the_codec_a_page_declares_is_honoured(declared, codec, text):
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    data = f"<html><head>{head}</head><body>{text}</body></html>".encode(codec)
    assert next(read_page(data))[:2] == (text, f"html:{codec}")


def test_a_codec_that_is_declared_wrongly_is_not_believed():
    data = f"<html><head><meta charset=big5></head><body>{LONG}".encode("gb18030")
    assert next(read_page(data))[:2] == (LONG, "html:gb18030")


def test_bytes_in_no_codec_are_refused_though_one_is_declared():
    with pytest.raises(UndecodableError):
        next(read_page(b"<html><meta charset=gbk>" + b"\xff\x80\xff" * 999))


@pytest.mark.parametrize("body", ["", "<script>var a</script>", "<nav>首页</nav>"])
def test_a_page_without_text_says_so(body):
    with pytest.raises(FormatError, match="The page holds no text"):
        page(body)


def test_what_the_head_states_is_given():
    head = (
        '<title>x</title><meta name="ArticleTitle" content="甲县召开大会">'
        '<meta name="PubDate" content="2018-01-04 10:00"><meta name="ContentSource" content="甲报">'
        '<meta name="keywords" content="改革"><meta name="viewport" content="width=1">'
    )
    assert page("文", head).fields == {
        "title": "甲县召开大会",
        "date_published": "2018-01-04 10:00",
        "source": "甲报",
        "keywords": "改革",
    }


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("甲县大会_甲县人民政府", "<h1>甲县大会</h1>", "甲县大会"),
        ("甲县召开全县经济大会 - 要闻 - 甲", "<p>甲县召开全县经济大会</p>", "甲县召开全县经济大会"),
        ("改革——在大会上的讲话_网", "<h2>改革——在大会上的讲话</h2>", "改革——在大会上的讲话"),
        ("甲县召开全县经济大会-要闻-甲", "<p>甲县召开全县经济大会</p>", "甲县召开全县经济大会"),
        ("甲县召开全县经济大会>>要闻", "<p>甲县召开全县经济大会</p>", "甲县召开全县经济大会"),
        ("甲县2016-2020年经济规划-甲", "<p>甲县2016-2020年经济规划</p>", "甲县2016-2020年经济规划"),
        ("甲县人民政府", "<p>甲县人民政府</p>", None),  # the site's name stands on each page
        ("甲县召开经济工作大会_网", "<p>甲县大会</p>", None),
    ],
)  # fmt: skip
def test_the_title_of_the_window_is_given_if_the_page_shows_it(title, body, expected):
    assert page(body, f"<title>{title}</title>").fields.get("title") == expected


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE html>",
        "\ufeff<html>",
        "<?xml version='1.0'?>\n<html>",
        "<!-- x --> <HTML lang=zh>",
    ],
)
def test_a_page_is_told_by_its_first_bytes(start):
    assert is_page(start.encode())


@pytest.mark.parametrize("text", ["", "<p>一", "html", "<htmlx>", "《<html>》", "<!--" * 400])
def test_other_texts_are_no_pages(text):
    assert not is_page(text.encode())


def test_a_page_called_something_else_is_read_as_a_page(folder):
    names = ["a.txt", "b.doc", "c.pdf", "d.php", "e"]
    documents, skipped = read_folder(folder(dict.fromkeys(names, "<html><body><p>一<p>二")))
    assert [(d.path, d.raw, d.encoding) for d in documents] == [
        (name, "一\n二", "html:utf-8") for name in names
    ]
    assert skipped == []


@pytest.mark.parametrize("hides", ["<noscript>%s</noscript>", "<div style='display:none'>%s</div>"])
def test_hidden_text_is_read_once(hides):
    text = "".join(f"<p>{n}、{LONG}</p>" for n in "一二三四")
    told = page(f"<p>{LONG}</p>{hides % text}").raw
    assert told.split("\n") == [LONG, *(f"{n}、{LONG}" for n in "一二三四")]
    for body in (hides % text + text, text + hides % text):
        assert page(f"<h1>县委召开全体会议</h1>{body}").raw.count(LONG) == 4


def test_notices_that_scroll_and_characters_strewn_by_forums_are_no_text():
    body = f"<marquee>欢迎光临本网！</marquee><font class='jammer'>1 v7 u% H!</font>{LONG}"
    assert page(body).raw == LONG


@pytest.mark.parametrize("stop", ["。", "\\u3002"])
def test_text_that_lies_in_scripts_is_told(stop):
    script = f"<script>var text='{(LONG[:-1] + stop) * 5}'</script>"
    told = list(read_page(f"<html><body><p>县委召开全体会议</p>{script}</body></html>".encode()))
    assert [type(one).__name__ for one in told] == ["Part", "Problem"]
    assert "scripts" in told[1].reason and "browser" in told[1].what_to_do
    shown = f"<html><body>{LONG * 5}{script}</body></html>".encode()
    assert len(list(read_page(shown))) == 1  # the script repeats what is shown
