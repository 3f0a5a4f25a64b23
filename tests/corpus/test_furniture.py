"""Furniture: what the page adds goes or moves, what the document says stays."""

import pytest

from difang.corpus.cleaning import clean

LEAD = (
    "1月5日，市委召开常委会会议，传达学习会议精神，研究部署全市贯彻落实工作，张明主持会议并讲话。"
)
BODY = (
    f"{LEAD}\n会议强调，要坚持稳中求进工作总基调，着力推动高质量发展，抓好各项工作落实。\n"
    "会议还研究了其他事项。"
)


def fields(raw: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for moved in clean(raw).moved:
        found.setdefault(moved.field, []).append(moved.value)
    return found


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "首页 > 政务公开 > 要闻\n常委会召开会议\n来源：赣江日报　发布时间：2022-01-06 08:30　"
            "浏览次数：12　字体：【大 中 小】\n\n",
            {"title": ["常委会召开会议"], "source": ["赣江日报"], "date_published": ["2022-01-06"]},
        ),
        (
            "标题：常委会召开会议\r\n日期：2022/1/6\r\n作者：李四\r\n正文：\r\n　　",
            {"title": ["常委会召开会议"], "date_published": ["2022-01-06"], "reporter": ["李四"]},
        ),
        (
            "常委会召开会议\n——研究部署经济工作\n2022年01月06日 08:30:12\n本报记者 李四 王五\n",
            {
                "title": ["常委会召开会议 ——研究部署经济工作"],
                "date_published": ["2022-01-06"],
                "reporter": ["李四 王五"],
            },
        ),
        ("楼主 李四 发表于 2012-3-4 10:20\n本帖最后由 李四 于 2012-3-5 编辑\n", {}),
        ("Text: ", {}),
        ("本报讯（记者李四 通讯员王五）", {"reporter": ["李四 通讯员王五"]}),
        ("赣江网消息（新闻播报）：", {"source": ["赣江网"]}),
    ],
)
def test_what_stands_above_the_article(head: str, expected: dict[str, list[str]]) -> None:
    assert clean(head + BODY).text == BODY
    assert fields(head + BODY) == expected


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("（记者 李四）", {"reporter": ["李四"]}),
        ("（本报记者李四、王五）\n\n\t本市访谈\n\n\t航拍本市\n", {"reporter": ["李四、王五"]}),
        ("\n责任编辑：赵六 校对：钱七", {"editors": ["责任编辑：赵六 校对：钱七"]}),
        ("\n(责编：赵六、钱七)\n\n更多精彩内容请看\n", {"editors": ["（责编：赵六、钱七）"]}),
        ("\n来源：赣江日报", {"source": ["赣江日报"]}),
        ("\n（来源：赣江日报）", {"source": ["赣江日报"]}),
        ("\n图为会议现场。李四摄\n", {"captions": ["图为会议现场。李四摄"]}),
        ("\n会议现场。 视觉本市李四、王五摄\n", {"captions": ["会议现场。视觉本市李四、王五摄"]}),
        ("\n【打印本页】 【关闭窗口】\n上一篇：工作会议召开\n下一篇：没有了\n", {}),
        ("\n分享到：微信 微博\n版权所有：市政府  赣ICP备05001234号\n", {}),
        ("\n尊敬的市民：\n如您接到0791-88888888的来电，请您耐心倾听。祝您身体健康！\n", {}),
        ("\n评论一下\n0人参与,0条评论\n快来抢沙发吧!\n", {}),
        ("\n---\n", {}),
        (" |", {}),
        ("\n2022-01-06 08:30", {"date_published": ["2022-01-06"]}),
    ],
)
def test_what_stands_below_the_article(tail: str, expected: dict[str, list[str]]) -> None:
    assert clean(BODY + tail).text == BODY
    assert fields(BODY + tail) == expected


@pytest.mark.parametrize(
    "tail",
    [
        "江西省人民政府\n2022年1月5日",
        "市长 张明\n二〇二二年一月五日",
        "附：\n名单\n张三\n李四",
        "谢谢大家。",
        "感谢您的支持！祝您和家人身体健康！",
        "各位代表！",
        "他说，记者节是记者的节日（记者注）",
        "“您的电话打不通。”他说，“请您再打一次，我们正在开会，今天没有时间，明天再说吧。”\n第二天，他走了。",
        "来源：各级财政投入。要加强管理，确保资金用在刀刃上，提高使用效益，防止浪费和损失。\n要抓落实。",
        "他爱好是航拍\n大家都参加拍摄",
        "“您不用客气，有事请打热线来电。”他说。\n“谢谢您的来电。”",
        "名词解释\n1.四新：指新技术、新产业。",
    ],
)
def test_the_documents_own_words_stay(tail: str) -> None:
    assert clean(f"{BODY}\n{tail}").text == f"{BODY}\n{tail}"
    assert fields(f"{BODY}\n{tail}") == {}


def test_an_editors_line_amid_a_document_does_not_end_it() -> None:
    text = f"{BODY}\n责任编辑：赵六\n{BODY}\n{BODY}"
    assert clean(text).text == text
    annexed = f"{BODY}\n{BODY}\n责任编辑：赵六\n名词解释\n1.四新：指新技术。"
    assert clean(annexed).text.endswith("名词解释\n1.四新：指新技术。")


@pytest.mark.parametrize("heading", ["坚持“一个统领” 做到“五个统筹”", "一、工作回顾", "工作回顾"])
def test_section_heads_stay(heading: str) -> None:
    text = f"{LEAD}\n{heading}\n{BODY}"
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("raw", "clean_text"),
    [
        ("**一、回顾**\n\n{0}", "一、回顾\n{0}"),
        ("<p>{0}</p><p>要抓落实。<br></p>", "{0}\n要抓落实。"),
        ("{0}&nbsp;&nbsp;\n&mdash;&mdash;要抓落实。", "{0}\n——要抓落实。"),
        ("## 一、回顾\n- {0}\n![](a.jpg)\n", "一、回顾\n{0}"),
        ("{0}\n\n[查看原文](https://a.cn/b.html)\n", "{0}"),
        ("{0}[全文](https://a.cn/b)如下。", "{0}全文如下。"),
        ("<script>var a = '会议';</script>{0}", "{0}"),
        ("2 < 3 且 5 > 4，{0}", "2 < 3且5 > 4，{0}"),
    ],
)
def test_markup_goes_and_words_stay(raw: str, clean_text: str) -> None:
    assert clean(raw.format(LEAD)).text == clean_text.format(LEAD)


def test_words_of_comments_and_images_are_kept_as_captions() -> None:
    raw = f"<!-- 张明作报告。李四摄 -->\n{LEAD}\n![会议现场](a.jpg)"
    assert clean(raw).text == LEAD
    assert fields(raw)["captions"][0] == "张明作报告。李四摄"
    assert len(fields(raw)["captions"]) == 2
