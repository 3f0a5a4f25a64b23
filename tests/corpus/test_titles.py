"""Titles: named lines move, leads, addresses and delivery lines do not."""

import pytest

from difang.corpus.cleaning import clean
from difang.corpus.edits import apply
from difang.corpus.titles import title

BODY = (
    "现在，我代表市人民政府，向大会报告工作，请予审议，并请市政协委员和其他列席人员提出意见。\n"
    "过去一年，成绩显著。"
)


@pytest.mark.parametrize(
    ("head", "moved", "stays"),
    [
        ("政府工作报告\n", "政府工作报告", ""),
        ("政府工作报告\n各位代表：\n", "政府工作报告", "各位代表：\n"),
        (
            "政府工作报告\n——2012年1月11日在省第十一届人民代表大会第五次会议上\n省长 王国生\n",
            "政府工作报告",
            "——2012年1月11日在省第十一届人民代表大会第五次会议上\n省长 王国生\n",
        ),
        ("2012年政府工作报告\n（2012年1月11日）\n", "2012年政府工作报告", "（2012年1月11日）\n"),
        ("专访县委书记张明：激励干部一线比拼\n", "专访县委书记张明：激励干部一线比拼", ""),
        ("县政府关于印发\n工作要点的通知\n", "县政府关于印发\n工作要点的通知", ""),
        ("在县委全会上的总结讲话\n同志们：\n", "在县委全会上的总结讲话", "同志们：\n"),
        (
            "在县委全会上的讲话县委书记张明(2012年1月5日)同志们：",
            "在县委全会上的讲话",
            "县委书记张明(2012年1月5日)同志们：",
        ),
        ("县委书记调研春耕生产\n", "县委书记调研春耕生产", ""),
        ("青山县“十四五”规划全文来了！\n", "青山县“十四五”规划全文来了！", ""),
        (
            "共话发展共谋未来——\n四市联席会议在青山召开\n",
            "四市联席会议在青山召开",
            "共话发展共谋未来——\n\n",
        ),
        ("常委会召开会议\n——研究部署工作\n", "常委会召开会议", "——研究部署工作\n"),
        ("在首届梨花节\n开幕式上的讲话\n", "在首届梨花节\n开幕式上的讲话", ""),
        ("（青山）2022年政府工作报告（全文）\n", "（青山）2022年政府工作报告（全文）", ""),
        ("2021年12月青山大事记\n", "2021年12月青山大事记", ""),
        ("第3552章\n", "第3552章", ""),
        ("第一章 初到县城\n", "第一章 初到县城", ""),
        ("第二百零三回：夜访县委大院\n", "第二百零三回：夜访县委大院", ""),
        ("青山县人民政府\n关于印发工作要点的通知\n", "青山县人民政府\n关于印发工作要点的通知", ""),
        ("“水不清，山不青，小康也就是一句空话”\n", "“水不清，山不青，小康也就是一句空话”", ""),
        ("张明：再苦的地方，也能长出甜来\n", "张明：再苦的地方，也能长出甜来", ""),
        (
            "青山召开苹果大会，书记说“果子就是票子”\n",
            "青山召开苹果大会，书记说“果子就是票子”",
            "",
        ),
        ("县长答网友问（我整理的，还不全）\n", "县长答网友问（我整理的，还不全）", ""),
        (
            "中共青山县委文件\n青发〔2016〕4号\n关于做好春耕工作的意见\n",
            "关于做好春耕工作的意见",
            "中共青山县委文件\n青发〔2016〕4号\n\n",
        ),
        ("“等不起，慢不得”——访县水务局局长张明\n", "“等不起，慢不得”——访县水务局局长张明", ""),
        ("县委书记调研茶叶基地\n", "县委书记调研茶叶基地", ""),
        # broken within a word, or before the bracket that tells the state of a paper
        ("港城转型升级——对话东山市委书\n记沈明\n", "港城转型升级——对话东山市委书\n记沈明", ""),
        ("全县上下合力推进重点项\n目建设\n", "全县上下合力推进重点项\n目建设", ""),
        ("青山县人民政府工作报告\n（节选）\n", "青山县人民政府工作报告\n（节选）", ""),
        ("青山镇政府工作报告\n（讨论稿）\n", "青山镇政府工作报告", "（讨论稿）\n"),
        # a meeting that is held, but not yet named
        ("青山县召开搬迁群众\n后续工作专题会议\n", "青山县召开搬迁群众\n后续工作专题会议", ""),
        ("青山县召开搬迁工作会\n（张明主持会议）\n", "青山县召开搬迁工作会", "（张明主持会议）\n"),
        ("县委常委会召开会议\n（张明主持）\n", "县委常委会召开会议", "（张明主持）\n"),
        ("市领导调研特色农\n张明主持 李四出席\n", "市领导调研特色农", "张明主持 李四出席\n"),
        # commas and marks do not make running text of a headline
        (
            "“旅游牌”要打，“扶贫仗”更要打——访青山县县长蓝志\n",
            "“旅游牌”要打，“扶贫仗”更要打——访青山县县长蓝志",
            "",
        ),
        (
            "【转贴】县里开会说修路，大港、小港都点名了\n",
            "【转贴】县里开会说修路，大港、小港都点名了",
            "",
        ),
        ("常委会召开会议\n张明主持 李四出席\n", "常委会召开会议", "张明主持 李四出席\n"),
    ],
)
def test_titles_move(head: str, moved: str, stays: str) -> None:
    text = head + BODY
    assert [edit.old for edit in title(text)] == [moved]
    assert apply(text, title(text)).lstrip("\n") == stays + BODY
    assert title(stays + BODY) == []


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"各位代表：\n{BODY}",
        f"一、工作回顾\n{BODY}",
        f"第一章 总则\n第一条 为了发展，制定本办法。\n{BODY}",
        f"第一章 发展环境\n第一节 成就\n{BODY}",
        f"2012年1月11日在市第十一届人民代表大会第五次会议上\n{BODY}",
        f"市长张明\n{BODY}",
        f"省长 齐扎拉\n{BODY}",
        f"县委书记 李建国\n{BODY}",
        f"区委书记、区长 邱伟\n{BODY}",
        f"张明 李四\n{BODY}",
        f"青政发〔2012〕5号\n{BODY}",
        f"记者：您怎么看今年的工作？\n{BODY}",
        f"张明在会议上强调\n庄严出席\n{BODY}",
        f"各位领导、同志们！\n{BODY}",
        f"索取号：QP7100 信息公开分类：主动公开\n{BODY}",
        f"“十二五”期间，我县面临的形势更加严峻，在发展上还\n存在许多困难。\n{BODY}",
        f"全县经济保持了较快增长，但结构性矛盾依然突\n出，转型任务繁重。\n{BODY}",
        f"过去一年，全县上下团结拼搏，各项事业蒸\n蒸日上。\n{BODY}",
        f"会议认为，一季度开局良好，工业投资增\n速居全市前列。\n{BODY}",
        f"要抓好春耕生产，同时落实各项惠农政策，确保农\n民增收。\n{BODY}",
        f"各乡镇要根据县委的统一部署扎实推进环境整治和\n厕所改造。\n{BODY}",
        "江西省南昌市\n江西省九江市\n江西省赣州市\n江西省吉安市\n" + BODY,
        "政府工作报告",
        "政府工作报告\n谢谢大家。",
        "",
    ],
)
def test_texts_without_a_title_get_none(text: str) -> None:
    assert title(text) == []


def test_a_heading_below_the_title_is_not_taken_when_cleaned_again() -> None:
    once = clean(f"政府工作报告\n市长 张明\n过去五年回顾\n{BODY}").text
    assert once == f"市长 张明\n过去五年回顾\n{BODY}"
    assert clean(once).text == once


def test_the_line_above_a_title_that_tells_who_said_it_stays() -> None:
    head = "张明主持召开县委常委会会议时强调\n把精神作为首要政治任务\n李四出席\n"
    assert [edit.old for edit in title(head + BODY)] == ["把精神作为首要政治任务"]
    once = clean(head + BODY).text
    assert once == f"张明主持召开县委常委会会议时强调\n李四出席\n{BODY}"
    assert clean(once).text == once


def test_a_second_line_stays_as_subtitle_and_nothing_is_put_in() -> None:
    for second in ("十四位委员建言献策", "张明到会听取意见"):
        once = clean(f"市政协举行第二次全体会议\n{second}\n{BODY}")
        assert [m.value for m in once.moved] == ["市政协举行第二次全体会议"]
        assert once.text == f"{second}\n{BODY}"


@pytest.mark.parametrize(
    "line", ["抓春耕，保丰收", "稳增长，促改革，惠民生", "市委召开全会，部署今冬明春工作"]
)
def test_a_title_may_have_clauses(line: str) -> None:
    assert [edit.old for edit in title(f"{line}\n{BODY}")] == [line]


@pytest.mark.parametrize(
    ("above", "name"),
    [
        ("青山县第十五届人民代表大会\n第四次会议文件（三）\n", "青山县人民政府工作报告"),
        ("中国共产党青山县第十二次代表大会文件\n", "中共青山县委工作报告"),
        (
            "青山县“十二五”规划纲要\n青山回族自治县\n",
            "国民经济和社会发展第十二个五年规划纲要",
        ),
    ],
)
def test_a_session_and_a_short_name_stand_above_the_name_of_a_paper(above: str, name: str) -> None:
    (moved,) = clean(f"{above}{name}\n{BODY}").moved
    assert moved.value.endswith(name) and "会议" not in moved.value and "“" not in moved.value


def test_a_title_ends_at_the_day_and_name_it_ran_together_with() -> None:
    name = "思想再解放改革再提速以奋斗姿态迈向国内一流城市"
    behind = "（2019年1月11日）李四 在青山县第十一次代表大会第四次会议上的报告"
    titles = [m.value for m in clean(f"{name} {behind}\n{BODY}\n{BODY}").moved]
    assert titles == [name]


def test_what_a_forum_sets_before_a_title_is_none_of_it() -> None:
    head = "楼主：山里人 时间：2008-11-25 22:06:00 点击：1568\n[转帖]在全县林业工作会议上的讲话"
    titles = [m.value for m in clean(f"{head}\n{BODY}").moved if m.field == "title"]
    assert titles == ["在全县林业工作会议上的讲话"]


def test_a_session_alone_above_running_text_names_it() -> None:
    head = "青山县第十五届人民代表大会第四次会议"
    assert [edit.old for edit in title(f"{head}\n{BODY}")] == [head]


def test_a_word_or_phrase_broken_over_two_lines_is_whole_in_the_title() -> None:
    broken = clean(f"港城转型升级——对话东山市委书\n记沈明\n{BODY}")
    assert [m.value for m in broken.moved] == ["港城转型升级——对话东山市委书记沈明"]
    phrase = clean(f"青山县人民政府关于\n修路工作的通知\n{BODY}")
    assert [m.value for m in phrase.moved] == ["青山县人民政府关于修路工作的通知"]
    last = clean(f"县长在全县三级干部会议上\n的讲话\n{BODY}")
    assert [m.value for m in last.moved] == ["县长在全县三级干部会议上的讲话"]
    parted = clean(f"青山县人民政府\n关于修路工作的通知\n{BODY}")
    assert [m.value for m in parted.moved] == ["青山县人民政府 关于修路工作的通知"]


@pytest.mark.parametrize(
    "above",
    ["青山县档案局\n", "中共青山县委员会\n青山县人民政府\n", "青山县人民政府办公室\n文件\n"],
)
def test_offices_above_the_name_of_a_speech_are_none_of_it_and_stay(above: str) -> None:
    name = "在全县档案工作会议上的讲话"
    cleaned = clean(f"{above}{name}\n{BODY}")
    assert [moved.value for moved in cleaned.moved] == [name]
    assert cleaned.text.startswith(above.split("\n")[0])


@pytest.mark.parametrize("above", ["今日青山\n数字报刊平台\n", "信息公开目录\n", "政务公开指南\n"])
def test_the_parts_of_a_site_above_a_title_are_none_of_it(above: str) -> None:
    name = "在全县档案工作会议上的讲话"
    cleaned = clean(f"{above}{name}\n2015-03-04 09:12\n{BODY}")
    assert [moved.value for moved in cleaned.moved if moved.field == "title"] == [name]
    assert cleaned.text == clean(BODY).text
