"""Furniture: what the page adds goes or moves, what the document says stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.cleaning import clean
from difang.corpus.edits import undo

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
            "常委会召开会议\n2022-01-06\n",
            {"title": ["常委会召开会议"], "date_published": ["2022-01-06"]},
        ),
        (
            "标题：常委会召开会议\r\n日期：2022/1/6\r\n作者：李四\r\n正文：\r\n　　",
            {"title": ["常委会召开会议"], "date_published": ["2022-01-06"], "reporter": ["李四"]},
        ),
        (
            "常委会召开会议\n2022年01月06日 08:30:12\n本报记者 李四 王五\n",
            {
                "title": ["常委会召开会议"],
                "date_published": ["2022-01-06"],
                "reporter": ["李四 王五"],
            },
        ),
        (
            "楼主 李四 发表于 2012-3-4 10:20\n本帖最后由 李四 于 2012-3-5 编辑\n",
            {"date_published": ["2012-03-04"]},
        ),
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
        ("□李四 王五 图/文", {"reporter": ["李四 王五"]}),
        ("（本报记者李四、王五）\n\n\t本市访谈\n\n\t航拍本市\n", {"reporter": ["李四、王五"]}),
        ("\n责任编辑：赵六 校对：钱七", {"editors": ["责任编辑：赵六 校对：钱七"]}),
        ("\n(责编：赵六、钱七)\n\n更多精彩内容请看\n", {"editors": ["（责编：赵六、钱七）"]}),
        ("\n来源：赣江日报", {"source": ["赣江日报"]}),
        ("\n（来源：赣江日报）", {"source": ["赣江日报"]}),
        (
            "\n启动仪式现场。“青山+”微信公号 图\n",
            {"captions": ["启动仪式现场。“青山+”微信公号 图"]},
        ),
        ("\n青山县委书记李四。资料图", {"captions": ["青山县委书记李四。资料图"]}),
        ("\n图为会议现场。李四摄\n", {"captions": ["图为会议现场。李四摄"]}),
        ("\n会议现场。 视觉本市李四、王五摄\n", {"captions": ["会议现场。视觉本市李四、王五摄"]}),
        ("\n【打印本页】 【关闭窗口】\n上一篇：工作会议召开\n下一篇：没有了\n", {}),
        ("\n分享到：微信 微博\n版权所有：市政府  赣ICP备05001234号\n", {}),
        ("\n尊敬的市民：\n如您接到0791-88888888的来电，请您耐心倾听。祝您身体健康！\n", {}),
        ("\n评论一下\n0人参与,0条评论\n快来抢沙发吧!\n", {}),
        ("\n---\n", {}),
        (" |", {}),
        (
            "\n青山日报 要闻·新民生 00005 新代表取经 2013-01-26 2891449 2 2013年01月26日 星期六",
            {"date_published": ["2013-01-26"]},
        ),
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
        "“您的电话打不通。”他说，“请您再打一次，我们正在开会，今天没有时间，明天再说吧。”\n"
        "第二天，他走了。",
        "来源：各级财政投入。要加强管理，确保资金用在刀刃上，提高使用效益，防止浪费和损失。\n"
        "要抓落实。",
        "他爱好是航拍\n大家都参加拍摄",
        "“您不用客气，有事请打热线来电。”他说。\n“谢谢您的来电。”",
        "名词解释\n1.四新：指新技术、新产业。",
        "我们引进国产精品设备，改造二区三区，在线办理高清视频会议",
        "要加强版权保护，未经批准不得转载",
        "谢谢亲爱的读者们！",
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


TITLE = "张明到东山镇调研乡村振兴工作"


@pytest.mark.parametrize(
    "head",
    [
        "青山首页 - 新闻 - 体育 - 娱乐 - 财经 - 房产 - 邮件\n青山首页 > 新闻频道 > 正文\n{0}\n",
        "无障碍浏览\n进入长者版\n首页 >> 政务要闻\n{0}\n",
        "登录|注册\n|用户中心|退出\n当前位置: 首页 > 要闻\n\n{0}\n\n字号：大 中 小\n",
        "政务公开\n当前位置：首页>动态\n{0}\n2010/1/6 16:43:13 次浏览 分类：动态    来源：\n",
        "{0}\n2024-10-28 08:18:32 青山日报\n",
        "{0}\nNEWS.QINGSHAN.COM  2005年01月12日11:09  来源:青山日报\n【我来说两句】【打印】\n",
        "{0}\n青山门户网站 www.qingshan.gov.cn   2010年01月07日   来源：青山日报\n",
        "{0}\n|| 2022-03-23 11:18:04 编辑: 李四 审核人:王五 阅读次数:2236 |\n",
        "{0}_青山新闻网\n来源：青山日报\n{0}\n更新时间：2023-02-22 11:37:32 阅读： 评论：0\n",
        "{0}\n时间：2022-07-15 08:03:00 我要投稿\n相关推荐\n{0}\n",
        "{0}\n导语：{0}由会员上传，与本站立场无关，想要定制文章请咨询客服。\n",
        "{0}（2 / 3）\n推荐阅读：\n从山里走出的强者\n满身伤疤：被看见了\n",
        "关灯\n护眼\n字体：\n{0}\n首页书架加入书签返回目录\n请安装我们的客户端\n",
        "下一版»本期共4版, 当前第1版 PDF\n{0}\n",
        "找回密码\n注册\n查看: 32|回复: 2\n{0}\n发表于 2011-1-9 20:41:33 | 显示全部楼层\n",
        "{0}\n2021-11-27 08:00\n李四 王五\n",
        "• 当前位置：\n news\n{0}\n"
        "来源：青山宣传 | 作者：李四 | 发布时间：2021-01-06 | 668次浏览 | 分享到：\n",
        "第00001版：一版要闻\nPDF版\n· 企业瞄准技术高地\n· 安置房纳入保障体系\n上一期 下一期\n"
        "青山日报报业集团主办\n2009年2月28日 收藏 打印 推荐 更多功能\n{0}\n",
        "天气预报：\n青山区气象台2021年5月2日06时发布：今天多云转阴，南风2级；气温21℃至12℃。\n{0}\n"
        "发布日期：2021-07-26 来源：青山信息港\n字号\n",
        "无障碍辅助浏览工具条\n{0}\n日期：2022-09-18 15:00 来源：\n",
        "{0}\n小编为大家整理了县政府报告的范文，希望对您有所帮助，欢迎收藏。\n",
        "{0}\n07.03.2016  09:15\n",
        "马上注册，结交更多好友，享用更多功能\n{0}\n本帖最后由 李四 于 2015-4-13 00:37 编辑\n",
        "青山湖网　今日青河　东山视窗　西山在线\n{0}\n2010-09-27　来源：青山湖网　记者 李四\n",
        "阅读记录\n{0}[2/2页]\n设置 ×\n• 字体颜色\n",
        "发表新帖　回复本帖\n山里人 发表于 2013-5-6 10:11 只看楼主\n等级：进士 积分 88\n2楼\n{0}\n",
        "青山论坛 → 时政广场 → 浏览：[转帖]县里开会，备耕\n共有 8 人看过　树形　打印\n{0}\n",
        "青山论坛 - 百姓生活 - 青山版\n查看: 22 | 回复: 1\n[复制链接]\n{0}\n",
        "好范文 - 领导讲话 - 会议讲话\n{0}\n",
        "范文大全_工作总结_乡镇工作总结\n{0}\n",
        "青山新闻网　Монгол　Français\n{0}\n",
        "青山发布　微信公众号：qsfb2020\n{0}\n原创 2021-04-13 21:10 发表于江西\n",
        "山中人的空间\n{0}（转载）\n分类：工作 2010-10-28 22:31 阅读(58) 评论(1)\n",
        "国产精品一区二区三区在线观看,久久综合网\n{0}\n发布时间：2013/5/7 9:20\n",
        "青山区人民政府 · 今日要闻\n{0}\n2015-3-4\n",
        "青山信息港　字号：T|T\n{0}\n2016-01-28 07:55:30 来源：青山信息港\n",
        "新闻现场 视频回放 今日青山\n{0}\n",
        "首 页 | 县情概览 | 新闻中心\n站内搜索：\n{0}\n【字体：大 中 小】\n",
        "☆青山原创☆\n{0}\n",
        "[转载] 来自：青山日报\n{0}\n",
        f"{{0}} \n{LEAD[:-3]}\n{{0}}\n",
    ],
)
def test_chrome_above_the_article_goes_and_the_title_is_kept(head: str) -> None:
    cleaned = clean(head.format(TITLE) + BODY)
    assert cleaned.text == BODY
    assert [m.value for m in cleaned.moved if m.field == "title"] == [TITLE]
    assert undo(cleaned.text, cleaned.edits) == head.format(TITLE) + BODY


@pytest.mark.parametrize(
    "tail",
    [
        "（李四）",
        "（李四 王五）",
        "（县政府办）",
        "    记者 李四",
        "\n图文：青山电视台 李四",
        "\n青山融媒 李四 王五",
        "\n|\n|",
        "\n?\n责编:李四 审核:王 五",
        "\n版权所有 青山县人民政府 网站标识码:4100000000\n联系电话: 0395-3190001 地址:青山县1号",
        "\nProduced By CMS 网站群内容管理系统 publishdate:2024-06-21 15:22:22",
        "\nLoading...\n未加载完，尝试【刷新】或【关闭小说模式】。\n收藏网址：www.qingshan.cc\n"
        "(>_<;)",
        "\n相关阅读：\n张明到西山镇调研\n打印 | 收藏 | 发给好友 【字号 大 中 小】 |",
        "\n本站部分内容来自网友上传，不代表本站观点，如有侵权请联系删除。",
        "\n附件下载：工作要点.doc",
        "\n扫一扫在手机打开当前页",
        "\n(未完,全文共1979字,当前显示496字)\n预览结束，免费获取全文\n评论已关闭",
        "\n-- END --\n来源：青山日报",
        "\n《 青山日报 》( 2024年02月24日 05 版)",
        "第1页 共3页",
        "\n丨责编：李四丨校对：李四\n丨审核：王五 赵六",
        "\n青山发布向各界朋友约稿，欢迎来稿。邮箱：12345@qq.com。",
        "\n请您留言\n登录名\n密 码\n查看所有评论",
        "（本文来自青山新闻，更多原创资讯请下载“青山新闻”APP）\n新闻推荐\n10日开盘后，指数震荡，"
        "以1904点报收...",
        "\n640 (3).jpg\n图片图片图片",
        "\n工作要点.docx",
        "\n青山网络台 编辑：李四\n（本文来源：2013-07-31 青山日报A1版）\n"
        "感谢您浏览本站，您可能还对以下内容感兴趣：\n亚洲欧美无码高清在线",
        "\n前一篇：山歌几首\n后一篇：清明回乡",
        "\n上一篇文章：县直机关捐款\n下一篇文章：气象局发布专报",
        "\n您对本文的评价：○很好 ○一般 ○较差 [投票]\n热点图文　　人大召开会议\n我县组队参加歌会",
        "\n附件下载：\n相关文件：",
        "\n东山镇调研相关文章：\n1.王五到西山镇调研\n2.春耕会议发言",
        "\n青山县人民政府办公室主管",
        "\n[责任编辑：李四 NB041]\n网罗青山\n青山新媒体介绍 | 投资者关系 | 诚征英才",
        "\nCopyRight 2009-2012 青山县管委会 All rights reserved",
        "\n31人喜欢　显示大图",
        "\n青山县融媒体中心出品",
        "\n《青云路》所有内容均来自网络，本站只为原作者宣传。",
        "\n推荐 转载\n阅读(58) 评论(1)",
        "\n新内容2555新内容2555新内容 新内容2555新内容j新内容j注| 新内容j",
        "\n首页 上一页 1 2 3 ... 9 下一页 尾页",
        "\n【上一页】【下一页】【返回目录】",
        "\n信息科维护　最佳浏览：1280×1024",
        "\n看完这篇文章，您的感受是：感动 愤怒",
        "\n暂无相关新闻",
        "\n青山旅游节官方网站链接",
        "\n录入员：办公室小王",
        "\n文：李四　图：王五 赵六",
        "\n（青山县人民政府办公室整理）",
        "\n※ 根据录音整理，未经本人审阅 ※",
        "\n【百度推广】办公用品九折",
        "（李四）\n会议指出，要抓落实，促发展。（王五）\n会议要求，要提高效率。（赵六）",
    ],
)
def test_what_sites_set_below_the_article_goes(tail: str) -> None:
    cleaned = clean(BODY + tail)
    own = [line for line in tail.split("\n") if line.startswith("会议")]
    assert cleaned.text == "\n".join([BODY, *(line[: line.index("（")] for line in own)])
    assert undo(cleaned.text, cleaned.edits) == BODY + tail


@pytest.mark.parametrize(
    ("mark", "source"),
    [
        ("本网青山10月31日讯（记者 李四）", None),
        ("本报9月5日讯", None),
        ("青山网8月9日讯 ", "青山网"),
        ("青山日报讯", "青山日报"),
        ("QS.com消息（新闻会客厅）：", "QS.com"),
        ("【青山日报讯】", "青山日报"),
        ("青山发布客户端消息 ", "青山发布"),
        ("青山新闻网讯 ", "青山新闻网"),
        ("中新社青山一月七日电 （记者 李四）", "中新社"),
        ("中国甘肃在线甘南讯（李四报道）", "中国甘肃在线"),
        ("记者李四报道：", None),
        ("【青山晚报】", "青山晚报"),
        ("中国台湾网5月30日青山讯 ", "中国台湾网"),
        ("本报1月11日报道：（记者 李四）", None),
        ("青山云快讯 ", "青山云"),
        ("青山新闻频道7月16日报道：", "青山新闻频道"),
    ],
)
def test_datelines_go_and_name_the_outlet(mark: str, source: str | None) -> None:
    cleaned = clean(mark + BODY)
    assert cleaned.text == BODY
    assert next((m.value for m in cleaned.moved if m.field == "source"), None) == source


@pytest.mark.parametrize(
    "own",
    [
        "（掌声）",
        "（鼓掌）",
        "（完毕）",
        "（试行）",
        "（二）",
        "（略）",
    ],
)
def test_brackets_that_name_nobody_stay_at_the_end(own: str) -> None:
    assert clean(BODY + own).text == BODY + own


@pytest.mark.parametrize(
    "replies",
    [
        "李四 发表于 2012-3-5 11:20\n说得好，早该管了。\n王五 发表于 2012-3-5 12:01\n顶",
        "作者：爱喝茶 回复日期：2006-3-5 1:02:31\n　好看！沙发！\n[关闭窗口] 共有 12 位访问者",
        "回复(31)　举报　|　来自 Android客户端　12楼　2013-06-14 23:12\n李四：快更！！\n收起回复",
        "网友评论（2）\n李四：不知道真的假的，大家去看看就晓得了。\n王五：支持。",
        "2# 李四 : 太偏了吧！\n下一页",
        "楼主发言：1次 发图：0张 | 更多\n作者：李四 时间：2008-11-26 08:30:11\n　说得好",
        "支持 3　反对 1\n山里人：说得是，过路人都看得见……\n返回列表",
        "举报 评分\n山里人：说得好！　沙发\n过路：别删　板凳",
        "山里人：停电六天了，蜡烛三块一根　[2楼]\n过客：坚持　[3楼]",
        "[IP: 已记录] 引用 回复 编辑\n河边 发表评论：顶！该修啦",
        "为您推荐：整改清单 发言提纲 述职述廉",
        "上一章　目录　下一章\n温馨提示：按回车[Enter]键返回书目，按←键返回上一页",
        "放大⊕ 缩小⊖ 默认○",
        "国务院部门网站\n地方政府网站\n区（县）政府网站\n其他网站\n版权所有：青山县人民政府",
        "请输入验证码",
        "国内新闻精选：\n- 2025年07月16日 18:22:30\n- 2025年07月16日 14:40:10",
        "用户名：　密码：　验证码：　匿名发表\n请您注意：遵守国家有关法律法规，尊重网上道德",
    ],
)
def test_what_readers_reply_and_do_is_no_part_of_a_document(replies: str) -> None:
    assert clean(f"{BODY}\n{replies}").text == BODY


def test_a_document_that_goes_on_in_a_later_post_stays() -> None:
    raw = f"{BODY}\n李四 发表于 2012-3-5 11:20\n{LEAD * 3}\n{BODY}"
    assert LEAD * 3 in clean(raw).text


@pytest.mark.parametrize(
    "text",
    [
        "目录\n一、规划背景\n（一）发展基础\n二、指导思想\n（一）指导思想\n一、规划背景\n"
        "（一）发展基础\n{0}",
        "各位代表：\n{0}",
        "亲爱的青山居民朋友们：\n{0}",
        "县人民政府县长 张明\n各位代表：\n{0}",
        "（2006年8月30日）\n同志们：\n{0}",
        "{0}\n江西省人民政府\n2022年1月5日",
        "{0}\n违反本办法规定的，依法追究法律责任。",
        "{0}\n以上意见，仅供大家参考。",
        "{0}\n联系电话：0791-88888888",
        "{0}\n抄送：市委办公室",
        "记者：您怎么看今年的工作？\n张明：今年是关键的一年，{0}",
        "记者：您怎么看今年的工作？\n张明：今年是关键的一年，{0}\n记者：谢谢您接受我们的采访。",
        "{0}\n>>东山镇古鹤村\n{0}",
        "网友“山里人”：张县长，搬迁以后地还有没有？\n张明：有的，请放心。\n网友“求学”："
        "孩子上学太远。\n{0}",
        f"{LEAD[:-1]}，全市各级干部四百余人到会\n{{0}}",
        "{0}\n加强技术支持\n{0}",
        "{0}\n推动客户端建设，{0}",
        "本报告期内，{0}",
        "本社区通讯员队伍不断壮大，{0}",
        "时间：2012年1月5日上午\n地点：县会议中心\n主持人：张明\n{0}",
        "（周明）\n{0}",
        "（方案）\n{0}",
        "春风拂面\n万物生长\n江山如画\n岁月如歌\n{0}",
    ],
)
def test_own_lines_near_the_edges_stay(text: str) -> None:
    raw = text.format(BODY)
    assert clean(raw).text == raw


PARAGRAPHS = [
    "随后，张明一行来到东山镇，察看春耕生产情况，听取乡镇负责人的汇报。",
    "会议强调，要坚持稳中求进，抓好各项工作落实，确保完成全年目标。",
    "图片来之不易，大家要珍惜，把档案整理好、保存好，传给后人。",
    "全市编辑出版的刊物要提高质量，来源于群众，服务于群众，反映群众呼声。",
]
AROUND = [
    "首页 > 要闻", "图片", "图片图片", "640.jpg", "责编：李四", "相关阅读：", "分享到：微信 微博",
    "来源：青山日报 2021-01-06 08:30",
    "张明到东山镇调研", "● 东山区 ●", "（李四）", "|", "字号：大 中 小",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARAGRAPHS) | st.sampled_from(AROUND), max_size=14))
@settings(deadline=None, max_examples=200)
def test_running_text_stays_whatever_stands_around_it(pieces: list[str]) -> None:
    text = clean("\n".join(pieces)).text
    ends = [i for i, piece in enumerate(pieces) if piece.startswith(("责编", "相关"))]
    own = pieces[: ends[0]] if ends else pieces
    for paragraph in PARAGRAPHS:
        assert text.count(paragraph) >= min(1, own.count(paragraph))


REPORT = f"各位代表：\n{BODY}\n各位代表！让我们团结一心，为建设美丽青山而奋斗！"
TERMS = [
    "1.“三变”改革：指资源变资产、资金变股金、农民变股东。",
    "2.一村一品：以村为单位，发展主导产品。",
    "3.河长制，即由党政负责人担任河长。",
]


@pytest.mark.parametrize(
    "head",
    [
        "名词解释",
        "附：名词解释：",
        "注释：",
        "《政府工作报告》有关名词解释",
        "名词注解：",
        "名词解释和说明",
        "《政府工作报告》有关术语的说明",
        "政府工作报告专业术语名词解释",
        "《政府工作报告》相关缩略语",
    ],
)
def test_a_glossary_behind_a_document_goes(head: str) -> None:
    raw = "\n".join([REPORT, head, *TERMS])
    assert clean(raw).text == REPORT
    assert {e.rule for e in clean(raw).edits if e.old.strip()} == {"glossary"}
    assert clean(raw, off=["glossary"]).text == raw


@pytest.mark.parametrize(
    "own",
    [
        [
            "名词解释",
            TERMS[0],
            "以上各项由县发改局负责解释，自印发之日起施行。",
            "各乡镇遵照执行。",
        ],
        ["二、术语", *TERMS],
        ["附件", *TERMS],
        [*TERMS, "名词解释工作由县政府办公室负责。"],
        ["一、规范术语的使用和说明", "各部门要规范用语。", "要按期报送。"],
    ],
)
def test_numbered_lines_are_no_glossary_without_its_head_and_its_terms(own: list[str]) -> None:
    raw = "\n".join([REPORT, *own])
    assert clean(raw).text == raw


@pytest.mark.parametrize(
    "head",
    [
        "索引号：\nQS0012/2021-00031\n发文机关：\n青山县水务局\n成文日期：\n2021年01月04日\n{0}\n",
        "索 引 号 20210106-1 发 文 机 关 县水务局\n成 文 日 期 2021-01-04\n{0}\n",
        "组配分类：通知公告\n生成日期：2021-01-06\n废止时间：\n内容概述：略\n{0}\n",
        "青山县人民政府\n走进青山\n首页 > 要闻\n{0}\n发布时间：2021-01-06\n字号：\n大\n中\n小\n",
        "2023年03月29日 星期三\n{0}\n发布日期：2021-01-06\n信息来源：青山日报\n",
        "青山\n{0}\n2021-01-06 00:00:00  来源：青山政协网\n",
        "{0} |\n3/7/2013 11:54:41 AM\n添加人：李四\n|\n",
        "[青山河畔] [新闻] [县情] [民俗]\n{0}\n作者：李四  2021-01-06 09:03\n",
        "青山晨刊数字报 第831期 2021年1月6日 要闻版\n{0}\n■本报记者 李四\n",
        "图片新闻\n领导讲话\n当前位置：首页 > 动态\n{0}\n",
        "在线免费视频,国产亚洲一区二区,日韩欧美成人网站\n{0}\n2021-01-06 09:03\n",
        "文档页数：5 格式：DOC 大小：28KB\n立即下载\n{0}\n上传人：小雨 下载积分：5\n",
        "本站开通短信服务，欢迎广大网友订阅，编辑短信即可免费获得资讯。\n首页 > 要闻\n{0}\n",
    ],
)
def test_what_no_label_names_falls_by_its_place_among_fields(head: str) -> None:
    cleaned = clean(head.format(TITLE) + BODY)
    assert cleaned.text == BODY
    assert [m.value for m in cleaned.moved if m.field == "title"] == [TITLE]


@pytest.mark.parametrize(
    "tail",
    [
        "记者 | 李四\n编辑 | 王五\n值班编委 | 赵六",
        "一审：李四\n二审：王五\n终审：\n赵六 钱七",
        "来源/青山融媒\n供稿/县教育局\n签发/李四",
        "（县广播电视台 供稿）",
        "本文标签：党课 讲话\n相关范文：\n• 述职报告三篇\n• 心得体会五篇",
        "推荐图集\n青山雪景\n春到茶园",
        "责编：李四\n热点：返乡招聘会正月十六举行\n青山天气：晴 -6～5℃",
        "评论 | 打印 | 纠错\n东山 西山 南山 北山 中山 青山\n青ICP备：1234号",
        "友情链接：省政府 | 东山 | 西山 | 南山",
        "以上就是小编为大家带来的讲话稿，希望能帮到您！",
        "网友“山里人”：支持！希望早点修路",
    ],
)
def test_lists_and_credits_of_any_wording_go_below_the_article(tail: str) -> None:
    assert clean(f"{BODY}\n{tail}").text == BODY


def test_a_document_that_opens_with_its_name_keeps_it_whatever_columns_stand_below() -> None:
    raw = f"《青山夜话》第三回\n新闻摘要\n详细新闻\n{TITLE}\n{BODY}"
    assert fields(raw)["title"] == ["《青山夜话》第三回"]


def test_an_outlet_is_a_source_only_where_a_day_or_field_stands() -> None:
    assert "source" not in fields(f"手机阅读请访问青山文学网\n{TITLE}\n{BODY}")
    assert fields(f"{TITLE}\n2021-01-06 青山在线\n{BODY}")["source"] == ["青山在线"]


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("来源：青山晚报　　【打印此文】【关闭】", "青山晚报"),
        ("来源：青山县融媒体中心时间：2021-01-06", "青山县融媒体中心"),
        ("2021-01-06 08:10　来源：青山日报　评论 3 条", "青山日报"),
        ("【 来源：青山党建网　作者：李四　发布时间：2021-01-06 】", "青山党建网"),
        ("[时间：2021-01-06] [来源：青山新闻网] [打印]", "青山新闻网"),
        ("原创　青山融媒　青山零距离　2021-01-06 22:10　发表于湖北", "青山零距离"),
        ("2021-01-06 08:10　　青山特区报　　【字号】大 中 小", "青山特区报"),
        ("发布：县政府办　2021-01-06　【大 中 小】", "县政府办"),
        ("来源：《青山报》　发布人：信息中心　发布时间：2021-01-06", "青山报"),
        ("青山报 2021-01-06　记者 李四", "青山报"),
        ("［字号：大 中 小］　青山报 2021-1-6", "青山报"),
        ("青山晨刊 2021年1月6日 星期二 03版", "青山晨刊"),
        ("2021-01-06　青山县委办", "青山县委办"),
        ("来源：青山日报 进入论坛手机读报", "青山日报"),
        ("2010-05-19 07:56　来源：青山网-民生热线　主持人：阿珊", "青山网-民生热线"),
        ("发布机构 | 青山县人民政府办公室 | 成文日期 |", "青山县人民政府办公室"),
    ],
)
def test_a_source_ends_where_the_name_of_the_outlet_ends(head: str, value: str) -> None:
    assert fields(f"{TITLE}\n{head}\n{BODY}")["source"] == [value]
    assert clean(f"{TITLE}\n{head}\n{BODY}").text == BODY


def test_a_sources_day_is_none_of_its_name_and_a_claim_of_rights_names_no_source() -> None:
    assert fields(f"{BODY}\n（本文来源：2021-01-06 青山日报A1版）")["source"] == ["青山日报"]
    rights = "版权声明：凡注明“来源：青山报”的文章，转载须经授权。"
    assert "source" not in fields(f"{BODY}\n{rights}")
    assert clean(f"{BODY}\n{rights}").text == BODY


def test_reporters_behind_a_stamp_are_kept() -> None:
    assert fields(f"{TITLE}\n青山报 2021-01-06 记者 李四 王五\n{BODY}")["reporter"] == ["李四 王五"]
    assert fields(f"青山报讯 记者李四报道　{BODY}")["reporter"] == ["李四"]


SITE = [
    "首页 > 政务公开 > 要闻", "青山县人民政府门户网站", "登录 | 注册 | 无障碍", "字体：大 中 小",
    "来源：青山日报　2021-01-06 08:30", "作者：李四　点击：88", "青山论坛 → 时政 → 正文",
]  # fmt: skip
BELOW = [
    "责任编辑：赵六", "【打印】【关闭】", "相关阅读", "· 王五到西山镇调研", "（李四）",
    "图为会场。李四摄", "版权所有 青山县人民政府",
    "上一篇：没有了", "扫一扫在手机打开当前页", "回复 举报 评分", "顶！",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(SITE), max_size=3),
    st.sampled_from(["", TITLE, "在全县大会上的讲话", "青山县召开春耕会议 部署备耕"]),
    st.lists(st.sampled_from([*SITE, "市长 张明", "各位代表：", "（2021年1月5日）"]), max_size=2),
    st.lists(st.sampled_from(BELOW), max_size=4),
)
@settings(deadline=None, max_examples=150)
def test_a_page_that_is_clean_stays_as_it_is(
    above: list[str], name: str, under: list[str], below: list[str]
) -> None:
    once = clean("\n".join([*above, name, *under, BODY, *below])).text
    assert clean(once).text == once
    assert LEAD in once


@pytest.mark.parametrize(
    "value", ["网络", "网友投稿", "sp20241101", "未知", "百川文库网", "互联网整理"]
)
def test_a_library_and_nobody_are_no_source(value: str) -> None:
    assert "source" not in fields(f"{TITLE}\n来源：{value}　发布时间：2021-01-06\n{BODY}")


def test_the_outlet_comes_before_the_issuing_body_and_publication_before_signing() -> None:
    table = "发布机构：青山县人民政府\n成文日期：2021年1月5日\n发布日期：2021-01-06\n"
    moved = {m.rule: m.value for m in clean(f"{table}{TITLE}\n来源：青山报社\n{BODY}").moved}
    assert (moved["header_issuer"], moved["header_source"]) == ("青山县人民政府", "青山报社")
    assert (moved["header_written"], moved["header_date"]) == ("2021-01-05", "2021-01-06")


@pytest.mark.parametrize(
    "head",
    [
        "青山日报电子版　2021年1月6日　第三版：要闻",
        "青山年鉴·2021　　大事记",
        "青山时政 / 乡镇",
        "青山县人民政府公报　2019年第3期",
        "青山政报（2008）第十二期",
        "青山论坛\n本文已被256人阅读",
        "青山县零距离　微信公众号",
        "青山县人民政府\n索引号：00123\n信息分类：要闻",
        "青山新闻　　机关党建　　援建风采　　乡土文化",
        "公开目录：会议公开",
        "编者按：本报今起推出系列访谈，敬请读者关注，并提出意见。",
        "青山信息网  QINGSHAN INFO",
        "青山农网　机构｜法规｜动态｜行情｜专家在线",
        "好范文网——您写作的好帮手",
        "青山在线登录手机版",
        "讲话选编（内部资料 请勿外传）",
        "县政府办公室简报",
        "青山统战 第12期",
        "【春耕备耕系列报道】",
        "青山发布　3天前",
        "关于我们　产品展示　党群之窗　English",
        "发表于 2011-3-8 7:05:11",
        "12人参与　评论",
    ],
)
def test_mastheads_and_tables_are_neither_title_nor_text(head: str) -> None:
    cleaned = clean(f"{head}\n{TITLE}\n2021-01-06\n{BODY}")
    assert (cleaned.text, fields(f"{head}\n{TITLE}\n2021-01-06\n{BODY}")["title"]) == (
        BODY,
        [TITLE],
    )


def test_a_box_below_the_editors_goes_and_one_amid_the_text_stays() -> None:
    box = "新闻链接\n青山园区位于东山镇，规划面积五十平方公里。"
    assert clean(f"{TITLE}\n{BODY}\n（编辑：李四）\n{box}").text == BODY
    assert box in clean(f"{TITLE}\n{BODY}\n{box}\n{BODY}").text


def test_what_a_site_says_amid_the_text_goes_and_the_text_stays() -> None:
    raw = f"{LEAD}（文章来源：青山文库 http://www.qswk.cn）\n本文来自网络，仅供参考\n{BODY}"
    assert clean(raw).text == f"{LEAD}\n{BODY}"
    pages = BODY.replace("强调，", "强调，（下转第二版）\n（上接第一版）")
    assert clean(pages).text.replace("\n", "") == BODY.replace("\n", "")
    own = f"{LEAD}（来源：各级财政投入）\n要加强网站管理，未经批准不得转载\n{BODY}"
    assert clean(own).text == own


@pytest.mark.parametrize(
    "line",
    [
        "[09:15:40]",
        "【内容广告】代写总结，满意付款",
        "微信号 qingshanfabu",
        "功能介绍 发布青山新闻，听民声、汇民意",
        "听新闻 · 主播小青为您朗读",
        "倍速：0.5X 1.0X 2.0X",
        "网友评论：（只显示最新5条。评论不代表本站）",
        "▼居民在公园散步。 资料图片",
        "文档上传者 qs_2009",
        "繁簡轉換：關閉",
    ],
)
def test_lines_that_players_accounts_and_sites_set_amid_the_text_go(line: str) -> None:
    assert clean(f"{TITLE}\n{LEAD}\n{line}\n{BODY}").text == f"{LEAD}\n{BODY}"


@pytest.mark.parametrize(
    "own", ["9:15", "上午9:15开幕式", "听新闻发布会后，群众很满意。", "微信号要实名登记。"]
)
def test_hours_and_sentences_like_them_stay(own: str) -> None:
    assert own.replace(":", "：") in clean(f"{TITLE}\n{LEAD}\n{own}\n{BODY}").text.replace(
        ":", "："
    )


@pytest.mark.parametrize("sign", "▲△▼↓")
def test_an_arrow_before_a_picture_goes_and_before_a_task_stays(sign: str) -> None:
    tasks = f"{sign}加快项目建设，完成投资三百亿元。\n{sign}保障和改善民生\n{sign}绘就发展新蓝图"
    for raw in (f"{BODY}\n{tasks}\n{LEAD}", f"{LEAD}\n{BODY}\n{tasks}"):
        assert clean(f"{TITLE}\n{raw}").text == raw
    for caption in (
        "居民在公园散步。（王五 摄）",
        "居民在公园散步，十分惬意。王五供图",
        "活动现场",
    ):
        assert clean(f"{TITLE}\n{LEAD}\n{sign}{caption}\n{BODY}").text == f"{LEAD}\n{BODY}"


def test_images_called_by_the_title_go_and_headings_of_a_table_of_contents_stay() -> None:
    parts = BODY.split("\n")
    pictures = clean("\n".join([TITLE, parts[0], TITLE, parts[1], TITLE, parts[2]]))
    assert pictures.text == BODY
    contents = "目录\n过去五年工作回顾\n今年主要工作安排"
    plan = f"{contents}\n{parts[0]}\n过去五年工作回顾\n{parts[1]}\n今年主要工作安排\n{parts[2]}"
    assert clean(plan).text.count("过去五年工作回顾") == plan.count("过去五年工作回顾")


def test_a_line_of_shapes_alone_parts_paragraphs_and_is_none() -> None:
    assert clean(BODY.replace("\n", "\n▼\n", 1)).text == BODY


def test_names_masked_with_asterisks_stay_masked() -> None:
    masked = (
        "在**市委领导下，**各项工作取得新进展，为**经济发展打下基础。\n我到**工作一年，**变化大。"
    )
    assert clean(masked).text == masked
    bold = "**一、形势**要抓好**三项工作**，做到**四个坚持**。\n**二、任务**在**市委**领导下工作。"
    assert "*" not in clean(bold).text


def test_shapes_strewn_amid_words_go_and_lists_and_ratings_stay() -> None:
    assert (
        clean("要抓好发★■展◆◆★、改革■■和“稳定★◆”工作★★。").text == "要抓好发展、改革和“稳定”工作。"
    )
    own = "■本报记者 李四\n▲会议现场\n评为★★★★★，不如★★★。标■的是新增◆项目，●号是重点。"
    assert (
        "评为★★★★★，不如★★★。标■的是新增◆项目，●号是重点。" in clean(f"{BODY}\n{own}\n{BODY}").text
    )


def test_characters_strewn_against_copying_go_and_formulas_stay() -> None:
    assert clean(f"{LEAD} : b4 U4 p1 |5 i+ q+ M L\n{BODY}").text == f"{LEAD}\n{BODY}"
    kept = f"A B C D E F G H I\n{BODY}\n1 + 2 + 3 + 4 + 5 = 15\n{BODY}"
    assert clean(kept).text.endswith(f"1 + 2 + 3 + 4 + 5 = 15\n{BODY}")


@pytest.mark.parametrize(
    ("raw", "line", "rule"),
    [
        (f"{BODY}\n正在加载中", "正在加载中", "page_line"),
        (f"{TITLE}\n李四\n{TITLE}\n{BODY}", "李四", "title_repeat"),
        (f"青山日报\n{TITLE}\n{BODY}", "青山日报", "site_name"),
        (f"{BODY}\n相关阅读：\n张明到西山镇", "张明到西山镇", "links"),
        (f"要抓落实。 : b4 U4 p1 |5 i+ q+ M L\n{BODY}", "U4", "anti_copy"),
    ],
)
def test_each_kind_has_its_switch(raw: str, line: str, rule: str) -> None:
    assert line not in clean(raw).text
    assert line in clean(raw, off=[rule]).text


@pytest.mark.parametrize(
    "widget",
    [
        "视频播放加载中…\n0:00 / 1:46  倍速 高清",
        "00:00/12:03 1.5倍速 超清 全屏",
        "听全文  12人听过",
        "音频时长 03:12 1.2万人听过",
        "自动播放 静音 弹幕",
        "本文朗读 约3分钟",
        "AI朗读",
        "听报道 03:21",
    ],
)
def test_what_plays_or_reads_out_a_text_is_no_title(widget: str) -> None:
    page = clean(f"{widget}\n常委会召开会议\n2022-01-06 08:30\n{BODY}")
    assert (page.text, [m.value for m in page.moved if m.field == "title"]) == (
        BODY,
        ["常委会召开会议"],
    )


@pytest.mark.parametrize(
    "tail",
    [
        "下载文档到电脑，方便使用\n还剩 6 页未读，继续阅读\n相关资源："
        "镇人大工作报告  镇财政预算报告",
        "看过“驻村干部培训心得”的人还看了：\n1.支部书记心得5篇\n2.新教师岗前培训心得\n"
        "上一页 1 2 3 下一页",
        "顶一下(14)  踩一下(0)\n共有评论 3 条，点击查看\n匿名网友：路什么时候能通？\n"
        "请自觉遵守互联网相关的政策法规，严禁发布反动言论。",
        "支持(3) 反对(1)\n已有 12 条评论\n山里人：说得好",
        "网友评论（共 6 条）  查看全部\n匿名：说得实在！\n匿名：什么时候通网",
        "阿婆：那里是我外家，顶！\n马来亚客：家乡越来越好\n[回复] [引用] [收藏本帖]",
        "热图推荐\n湿地丹顶鹤放飞\n公园菊展开幕",
        "频道推荐\n三江源水草丰美\n金丝猴影像公布\n关于我们 | 投稿 | 广告服务",
        "相关热词搜索：报告 政府 工作\n版权所有 站长统计\n主站蜘蛛池模板： | | | |",
        "相关附件：任务分解表.pdf\n用户满意度评价  ☆☆☆☆☆\n主办：青山县人民政府  承办：县政务公开办",
        "解读链接：一图读懂工作方案",
        "觉得有用就打赏一下吧\n打赏\n微信扫码支付",
        "评论 0 条\n说点什么吧",
        "文章评分：5.0 分（3 人评分）\n顶 12 踩 3",
        "分享让更多人看到\n推荐阅读\n相关新闻\n人民日报社概况",
        "线索提供 刘先生 稿费50元",
        "相关新闻\n· 用电再创新高 (08-22)\n网友评论仅供其表达个人看法，并不表明本网立场。",
    ],
)
def test_lists_votes_and_replies_below_the_article_go(tail: str) -> None:
    assert clean(f"{BODY}\n{tail}").text == BODY


@pytest.mark.parametrize(
    "advert",
    [
        "广告  家里有老人的注意了，这三种菜少吃  查看详情",
        "广告位出租，加微信：abc998877",
        "微信公众号：文稿写手，领取海量素材",
        "[热门文章]2019年度民主生活会对照检查",
        "（根据会议录音整理，有删节）",
        "第三章 主要任务……………………27",
        "二、重点工作 ........... 9",
    ],
)
@pytest.mark.parametrize(
    "own",
    [
        "广告牌要统一拆除，违法广告一律查处，各乡镇要在月底前完成。",
        "公众号要办好，关注群众的诉求，微信群要管好。",
        "录音整理由档案馆负责，月底前完成。",
        "他数到三……2",
    ],
)
def test_an_advertisement_amid_the_text_goes_and_words_of_advertising_stay(
    advert: str, own: str
) -> None:
    first, *rest = BODY.split("\n")
    assert clean("\n".join([first, advert, *rest])).text == BODY
    assert clean("\n".join([first, own, *rest])).text == "\n".join([first, own, *rest])


@pytest.mark.parametrize(
    ("mark", "source", "reporter"),
    [
        ("图木舒克讯（通讯员 赵文）", None, "赵文"),
        ("固原消息（记者 安宏）", None, "安宏"),
        ("平阳晨刊讯（记者 贺晓 通讯员 张红）", "平阳晨刊", "贺晓 通讯员 张红"),
        ("鹤城晚刊讯 ", "鹤城晚刊", None),
        ("（梅江侨讯 饶良）", None, "梅江侨讯饶良"),
    ],
)
def test_a_place_before_the_reporter_is_no_outlet(
    mark: str, source: str | None, reporter: str | None
) -> None:
    page = fields(f"常委会召开会议\n{mark}{BODY}")
    assert clean(f"常委会召开会议\n{mark}{BODY}").text == BODY
    assert (page.get("source", [None])[0], page.get("reporter", [None])[0]) == (source, reporter)


@pytest.mark.parametrize(
    "own",
    [
        "收到资讯（记者除外）的单位要在当日回复，逾期通报。",
        "朝克图：欢迎大家夏天来草原。",
        "李县长：祝乡亲们新年好！",
        "第一，顶住压力，守住底线，支持企业渡过难关。",
        "（县委书记 张明）",
    ],
)
def test_own_words_that_look_like_datelines_and_replies_stay(own: str) -> None:
    assert clean(f"常委会召开会议\n{BODY}\n{own}\n{LEAD}").text == f"{BODY}\n{own}\n{LEAD}"


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("时间：05-11  来源：网友投稿  热度：加载中", None),
        ("来源：赣江日报 热度：312 栏目：要闻", "赣江日报"),
        ("来源丨东山县融媒体中心", "东山县融媒体中心"),
        ("2019年3月5日 08:10　来源：东山日报　12条评论", "东山日报"),
        ("欢迎光临青山县政府网！今天是2020年5月7日\n2020-04-02 来源：东山日报", "东山日报"),
        ("2022-02-25 19:32  东山零距离", "东山零距离"),
        ("太行时评    2019-08-30 07:15:09    +关注", "太行时评"),
        ("来源：\n东山融媒\n时间：\n2019-08-30", "东山融媒"),
        ("来源：东山县妇联　撰稿：李四", "东山县妇联"),
        ("[ 作者：李四　　转载自：东山晚报　　更新时间：2004-2-20 ]", "东山晚报"),
        ("来源：东山时讯　录入员：李四", "东山时讯"),
        ("作者：李四　文章来源：本站原创　更新时间：2004-2-20", None),
        ("来源：\n时间：2019-08-30\n作者：\n李四", None),
    ],
)
def test_a_source_is_cut_at_the_next_field(head: str, value: str | None) -> None:
    assert fields(f"常委会召开会议\n{head}\n{BODY}").get("source", [None])[0] == value


def test_a_day_in_chinese_numerals_below_the_title_is_that_of_the_paper() -> None:
    raw = "县政府部署春耕\n青山日报 二〇〇三年三月二十一日 星期五\n" + BODY
    found = fields(raw)
    assert (found["source"], found["date_published"]) == (["青山日报"], ["2003-03-21"])
    assert clean(raw).text == BODY


def test_the_day_of_a_greeting_is_no_publication_and_a_labelled_day_beside_it_is() -> None:
    raw = "{0}\n常委会召开会议\n日期：2017-03-04　作者：李四\n" + BODY
    greeting = "感谢您访问青山县人民政府网站  2018年6月12日 星期二"
    assert fields(raw.format(greeting))["date_published"] == ["2017-03-04"]
    assert clean(raw.format(greeting)).text == BODY
    named = "欢迎光临青山在线　来源：青山日报　时间：2017-03-04"
    assert fields(f"常委会召开会议\n{named}\n{BODY}")["source"] == ["青山日报"]


def test_a_stamp_of_a_server_in_english_names_the_month_first() -> None:
    assert fields(f"{TITLE}\n3/7/2013 11:54:41 AM\n{BODY}")["date_published"] == ["2013-03-07"]


def test_the_account_above_the_stamp_and_the_button_is_the_source() -> None:
    head = "常委会召开会议\n天眼新闻\n2024-05-21 16:20\n"
    page = clean(f"{head}关注\n{BODY}")
    assert page.text == BODY
    assert [m.value for m in page.moved if m.field == "source"] == ["天眼新闻"]
    assert "source" not in fields(f"常委会召开会议\n小城故事\n2024-05-21 16:20\n{BODY}")


@pytest.mark.parametrize(
    "notice",
    [
        "此处隐藏3120个字。VIP会员可见",
        "……（好文网https://www.example.cn省略812字，正式会员可完整阅读）",
        "……（未完，全文共4102字，当前仅显示2011字，请阅读下面提示信息。",
        "以上为免费预览内容，剩余60%内容需付费阅读",
        "（试读结束，阅读全文请登录）",
        "还剩5页未读，继续阅读",
        "登录后可继续阅读全文",
    ],
)
@pytest.mark.parametrize("below", [BODY, ""], ids=["amid", "end"])
def test_what_a_site_keeps_back_leaves_the_text_and_counts_as_damage(notice: str, below: str):
    whole, cut_short = (
        clean(f"{TITLE}\n{BODY}\n{below}"),
        clean(f"{TITLE}\n{BODY}\n{notice}\n{below}"),
    )
    assert cut_short.text == whole.text
    assert (whole.damage, cut_short.damage) == (0, 1)
    assert notice[-8:] in clean(f"{TITLE}\n{BODY}\n{notice}\n{below}", off=["withheld"]).text


@pytest.mark.parametrize(
    ("line", "damage"),
    [
        ("共3页: 上一页 1 2 3 下一页", 1),
        ("【1】 【2】 【3】 下一页", 1),
        ("[1] [2] ... 8 下页", 1),
        ("上一页 下一页", 0),  # of other articles
        ("共3页: 上一页 1 2 3", 0),  # the last one
    ],
)
def test_an_article_that_goes_on_on_a_next_page_counts_as_damage(line: str, damage: int) -> None:
    page = clean(f"{TITLE}\n{BODY}\n{line}")
    assert (page.text, page.damage) == (BODY, damage)


def test_what_a_site_keeps_back_amid_a_paragraph_counts_as_damage() -> None:
    cut_short = clean(f"{TITLE}\n{BODY}要抓落实……（好文网省略812字，会员可阅读）不放松。\n{BODY}")
    assert "要抓落实……不放松。" in cut_short.text and cut_short.damage == 1


@pytest.mark.parametrize(
    "line",
    [
        "全市农民专业合作社会员可享受贷款贴息，剩余部分由县财政承担。",
        "全文共八个部分，主要讲了三个问题，请大家认真阅读全文。",
        "还剩5个村没有通路，要继续查看，完整记录在案。",
        "展开剩余工程的招标",
    ],
)
def test_what_only_sounds_like_a_notice_of_a_site_stays(line: str) -> None:
    cleaned = clean(f"{TITLE}\n{BODY}\n{line}\n{BODY}")
    assert line in cleaned.text and cleaned.damage == 0


@pytest.mark.parametrize("line", ["—分享—", "展开详细", "查看全文", "展开剩余55%"])
def test_buttons_around_the_text_leave_it(line: str) -> None:
    whole = clean(f"{TITLE}\n{BODY}\n{BODY}")
    for raw in (f"{TITLE}\n{line}\n{BODY}\n{BODY}", f"{TITLE}\n{BODY}\n{BODY}\n{line}"):
        assert clean(raw).text == whole.text and clean(raw).damage == 0


def test_a_button_behind_the_last_sentence_leaves_it() -> None:
    assert clean(f"{TITLE}\n{BODY} 展开详细").text == clean(f"{TITLE}\n{BODY}").text


def test_the_abstract_of_a_library_of_documents_leaves_with_its_pointer_to_the_text() -> None:
    note = (
        "编者按：本文主要从认清形势；抓好落实两个方面进行阐述。其中，主要内容包括：稳步发展、"
        "项目加快等。具体材料请详见："
    )
    speech = "同志们：今天召开这次会议，主要任务是部署工作。要抓好项目建设，抓好招商引资。" * 6
    page = clean(f"县长在全县农业工作会议上的讲话{note}{speech}")
    assert page.text == speech
    assert [m.value for m in page.moved] == ["县长在全县农业工作会议上的讲话"]
    asked = "各镇要把本文主要内容传达到村，具体要求请详见附件。"
    assert asked in clean(f"{TITLE}\n{BODY}\n{asked}\n{BODY}").text


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("[县长讲话稿]县长在全县农业工作会议上的讲话", "县长在全县农业工作会议上的讲话"),
        (
            "县长在全县农业工作会议上讲话县长在全县农业工作会议上的讲话",
            "县长在全县农业工作会议上的讲话",
        ),
        (
            "县长在全县农业工作会议上的讲话 县长在全县农业工作会议上的讲话",
            "县长在全县农业工作会议上的讲话",
        ),
        ("[2016]3号文件学习会上的讲话", "[2016]3号文件学习会上的讲话"),
        ("抓落实抓落实再抓落实", "抓落实抓落实再抓落实"),
    ],
    ids=["key words", "twice", "twice apart", "number", "said thrice"],
)
def test_a_title_is_told_without_key_words_before_it_and_once(line: str, title: str) -> None:
    assert fields(f"{line}\n{BODY}")["title"] == [title]


def test_the_source_ends_before_the_counter_of_readers() -> None:
    head = f"{TITLE}\n时间：2016-08-12 来源：青山日报 本文已影响 305 人\n{BODY}"
    assert fields(head)["source"] == ["青山日报"]


@pytest.mark.parametrize(
    "foot",
    [
        "（来源：青山日报）",
        "（来源：青山日报 记者 李四）",
        "\n【来源：青山日报】",
        "\n（记者 李四 来源：青山日报）",
    ],
)
def test_a_source_in_a_bracket_is_told_without_it(foot: str) -> None:
    page = clean(f"{TITLE}\n{BODY}{foot}")
    assert page.text == BODY
    assert [m.value for m in page.moved if m.field == "source"] == ["青山日报"]


def test_the_source_of_a_picture_is_not_that_of_the_text() -> None:
    for line in ("图片来源：青山日报", "会场 图片来源:青山日报"):
        page = clean(f"{TITLE}\n{line}\n{BODY}\n{line}")
        assert (page.text, [m.value for m in page.moved if m.field == "source"]) == (BODY, [])


def test_the_original_title_below_is_the_title_of_a_page_without_one() -> None:
    foot = "原标题：李四主持召开会议时强调因地制宜全域推进"
    assert fields(f"{BODY}\n{foot}\n编辑：王五")["title"] == [foot[4:]]
    assert fields(f"{TITLE}\n{BODY}\n（{foot}）")["title"][0] == TITLE


def test_a_title_glued_before_the_address_leaves_and_the_first_words_of_a_sentence_stay() -> None:
    title, said = "青山镇政府换届工作报告", "各位代表：\n我代表镇政府报告工作，请予审议。"
    page = clean(f"{title}\n资源描述:\n{title}{title}{said}\n{BODY}")
    assert page.text == f"{said}\n{BODY}"
    lead = f"{TITLE}，传达学习全会精神。"
    assert clean(f"{TITLE}\n{lead}\n{BODY}").text.startswith(lead)


@pytest.mark.parametrize("label", ["【导语】", "[同期声]", "【配音】：", "（画外音）", "解说："])
def test_labels_of_a_television_script_leave_and_what_is_said_stays(label: str) -> None:
    said = "会议还听取了春耕备耕情况汇报。"
    assert clean(f"{TITLE}\n{BODY}\n{label}{said}").text == f"{BODY}\n{said}"


def test_words_like_the_labels_of_a_script_stay_within_a_sentence() -> None:
    own = "解说员为代表们讲解。（现场办公会同日举行）字幕由县融媒体中心制作。"
    assert clean(f"{TITLE}\n{BODY}\n{own}").text == f"{BODY}\n{own}"


def test_turns_of_an_interview_on_the_web_stay_apart_without_their_times() -> None:
    turns = [
        "[主持人]各位网友大家好，欢迎收看在线访谈。",
        "[李四]主持人好，各位网友大家好，很高兴来到这里！",
        "[主持人]请李县长介绍一下今年的重点工作。",
        "[李四]今年我们将抓好五项工作，一是稳增长，二是促改革。",
        "[网友“山里人”]请问农村道路什么时候硬化？",
        "[李四]今年计划硬化农村道路两百公里，请大家放心。",
    ]
    head = "访谈嘉宾：青山县县长 李四\n访谈主题：解读政府工作报告\n\n"
    page = clean(head + "\n".join(f"{turn}[10:0{n}:12]" for n, turn in enumerate(turns)))
    assert page.text.split("\n")[-6:] == turns
    assert [m.value for m in page.moved if m.field == "title"] == ["解读政府工作报告"]
