import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.bodies import host
from difang.corpus.cleaning import Moved
from difang.corpus.edits import Offsets
from difang.corpus.evidence import Page
from difang.corpus.roles import genre_evidence, level_evidence, source_evidence

GOLD = Path(__file__).parents[1] / "gold"
SEEDS = {d["file"]: d for d in json.loads((GOLD / "metadata.json").read_text("utf-8"))["documents"]}


def page(text, title=None, moved=()):
    return Page("x", text, text, Offsets([]), moved=moved, title=title)


def value(pieces):
    return next((p.value for p in pieces if p.confidence != "low"), None)


def test_what_a_dateline_stood_above_is_news():
    line = Moved("source", "新华社", 0, 9, "dateline")
    for moved, kind in (((line,), "news"), ((), "other")):
        pieces = genre_evidence(page("一位发言制度的推动者，成为发言人。", None, moved))
        assert value(pieces) == kind


@pytest.mark.parametrize("file", sorted(SEEDS))
def test_seeds_have_the_level_and_genre_of_the_expert(file):
    gold = SEEDS[file]
    seed = page((GOLD / "clean" / file).read_text("utf-8"), gold["title"]["value"])
    assert value(level_evidence(seed)) == gold["level"]["code"]
    assert value(genre_evidence(seed)) == gold["genre"]["code"].replace("_", " ")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("现在，我代表国务院，向大会作政府工作报告。", "national"),
        ("国务院总理李强7月31日主持召开国务院常务会议。", "national"),
        ("中央某某工作会议12月9日至11日在北京举行。", "national"),
        ("中央某某工作会议在京召开后，县委召开常委会会议。", "county"),
        ("县委传达中央某某工作会议在京召开情况。", "county"),
        ("7月3日，省委召开常委会会议。", "province"),
        ("我代表自治区人民政府，向大会报告工作。", "province"),
        ("在北京市第十四届人民代表大会第二次会议上", "province"),
        ("在太原市第十三届人民代表大会第三次会议上", "city"),
        ("近日，州委召开常委会会议。", "city"),
        ("近日，县委召开常委会会议。", "county"),
        ("近日，区政府召开党组会议。", "county"),
        ("近日，市教育局召开党组会议。", "city"),
        ("现在，我代表义乌市人民政府，向大会报告工作。", "county"),
        ("11月2日，水口镇召开党委会议，镇党委书记主持。镇党委要求全镇行动。", "township"),
        ("社区党委召开会议。", "township"),
        ("6月3日，石桥镇胜利召开第十九届人民代表大会第三次会议。", "township"),
        ("市委召开会议，各乡镇、各村要落实，乡镇级干部参加。", "county"),
        ("市委召开会议，各县区、各乡镇要落实，县委书记参加。", "city"),
        ("3月2日，省水利厅调研组来青河调研灌区建设，副县长李明陪同。", None),
        ("3月2日，市委书记陈一鸣来我县调研春耕。", None),  # his event, or ours
        ("在全县春耕现场会上的讲话\n同志们：今天讲三点。", "county"),
        ("在全市安全生产会议上的讲话\n同志们：各区县要落实。", "city"),
        ("全县党员培训班开班式在县委党校举行", None),
        ("第八师石河子市党委召开会议。", "county"),
        ("记者专访了镇党委书记周明。", "township"),
        ("经县委常委会研究，现将人选予以公示。", "county"),
        ("全国春耕工作会议在京召开，要求各地抓好春耕。", "national"),
        ("全国春耕现场会3月25日至26日在河南召开，部长讲话。", "national"),
        ("全国春耕现场会在我市召开，市委书记致辞。", "city"),
        ("流域保护座谈会在海东举行。副省长张三多出席会议并讲话。", "province"),
        ("迎丰镇：召开誓师大会\n8月22日，县里的干部来到镇上。", None),  # the colon is of a title
        ("3月2日，市安全生产检查组来我县检查，县长陈一鸣作了汇报。", "county"),
        ("4月8日，州委副书记、市委书记孙立主持召开市委常委会会议。", "county"),
        ("5月6日，临江经济开发区举行项目开工仪式，市人大副主任周明出席。", "county"),
        ("5月6日，第九师党委召开会议。", "city"),
        ("5月6日，一八三团党委召开会议。", "county"),
        ("5月6日，代表团召开会议。", None),
        ("9月1日，遂昌县组织收听收看全省安全生产电视电话会议。", "county"),
        ("区党委召开常委会会议。", "province"),
        ("5月8日，区水利厅召开党组会议。", "province"),
        ("高新区党工委召开会议。", "county"),
        ("4月6日，市长林海主持召开市政府常务会议，各县区要抓落实。", "city"),
        ("4月6日，县委学习传达江西省第十四届人民代表大会第二次会议精神。", "county"),
        ("李明（松溪县委书记）：我们要发展茶叶。", "county"),
        ("我市经济平稳，全省第一，全省领先。我市居全省前列，我市将继续，全省最好。", "city"),
    ],
)
def test_level_is_that_of_the_speaking_body(text, level):
    assert value(level_evidence(page(text))) == level


@pytest.mark.parametrize(
    ("title", "text", "level"),
    [
        ("县领导督导景区安全", "5月2日，副县长周明到湖边查看，镇政府作了汇报。", "county"),
        ("市领导小组印发安全方案", "各成员单位要落实。", None),
        ("致全镇村民的一封信", "亲爱的村民朋友们：", "township"),
        ("关于致全县域经济的思考", "经济要发展。", None),
        ("市领导到盐化园区调研", "4月2日，副市长周明到位于我县的盐化园区调研。", "county"),
        ("在全区工作会议上的报告", "受地区行署委托，我向会议报告工作。", "city"),
        ("周明到聂荣看牧民", "7月4日，行署专员周明走进帐篷。", "city"),
        ("师市召开植树部署会", "会上安排了任务。", "city"),
        ("春风的博客", "书记在县委中心组学习会上的讲话\n抓什么？抓人。", "county"),
        (None, "同志们：\n　　县委农村工作会议开了一天，我再说几句。", "county"),
        (None, "记者：您到任县委书记两年，最难的是什么？\n周明：土地。", "county"),
        (None, "记者：您认识他们县委书记吗？\n周明：不认识。", None),
        ("乡镇抓党建工作述职报告", "现将情况述职如下。", "township"),
        (None, "表彰大会10日在人民大会堂隆重举行。", "national"),
        ("国务院办公厅关于推进水价改革的意见", "各省、自治区、直辖市人民政府：", "national"),
        ("中共中央 国务院印发纲要", "现将纲要印发，请青河县等地认真执行。", "national"),
        ("国家林草局关于松材线虫病的公告", "各省、自治区、直辖市：", "national"),
        ("青河县贯彻国务院关于水价改革的意见", "一、合理定价。", "county"),
        (None, "代表们在人民大会堂河北厅举行座谈。", None),
    ],
)
def test_level_by_leaders_letters_and_those_who_are_asked(title, text, level):
    assert value(level_evidence(page(text, title))) == level


def test_the_district_of_a_title_is_the_autonomous_region_the_lead_names():
    title = "王海主持召开区政府党组会议"
    assert value(level_evidence(page("近日，自治区政府召开党组会议。", title))) == "province"
    assert value(level_evidence(page("近日，政府召开党组会议。", title))) == "county"


@pytest.mark.parametrize(
    "text",
    ["小区的绿化。", "各县委要抓落实。", "城市治理。", "", "全区上下，全区人民，全区干部。"],
)
def test_common_nouns_and_vague_words_give_no_level(text):
    assert value(level_evidence(page(text))) is None


@pytest.mark.parametrize(
    "text",
    ["我区和全区要抓落实，自治区有部署。", "召开全区会议，全区要抓落实。"],
)
def test_a_name_that_two_levels_use_gives_low_evidence_only(text):
    pieces = level_evidence(page(text))
    assert pieces and value(pieces) is None


@pytest.mark.parametrize(
    ("title", "text", "genre"),
    [
        (None, "各位代表：\n现在，我代表省人民政府，向大会报告工作，请予审议。", "work report"),
        ("2019年贵阳市政府工作报告", "一、过去一年", "work report"),
        (None, "同志们：\n这次会议很重要。", "speech"),
        ("在动员大会上的讲话", "今天我讲三点。", "speech"),
        ("专访县委书记", "他说。", "interview"),
        (None, "记者：今年怎样？\n李明：很好。\n记者：明年呢？\n李明：更好。", "interview"),
        ("湖北省“十四五”规划纲要", "第一章 发展环境", "plan"),
        (None, "第一章 总则\n第一节 指导思想\n第二章 目标\n主要目标如下。", "plan"),
        (None, "9月13日，省委召开座谈会。", "meeting news"),
        (None, "中共某县委全会闭幕。会议强调，要抓落实。", "meeting news"),
        (None, "本报讯（记者李明）桃花开了。", "news"),
        (None, "桃花开了。", "other"),
        ("和平县主题教育全面启动", "3月2日，和平县召开动员大会。", "meeting news"),
        ("全县检查材料", "一、不足。", "other"),
        ("党委书记个人对照检查材料", "现检查如下：一、下村不够，走访群众少。", "other"),
        (
            "省长参加海北代表团审议",
            "昨天下午，省长来到海北代表团，与代表们一起审议报告。",
            "meeting news",
        ),
        ("市人大代表分组讨论政府工作报告", "1月7日下午，代表们为报告鼓掌。", "meeting news"),
        ("市政协举行联组讨论", "2月15日，委员们面对面交流。", "meeting news"),
        ("县长：烧烤棚必须撤", "昨天下午县里开的现场会，县长、副县长都到了。", "meeting news"),
        ("县委书记在线答网友问", "网友“山里人”：灯几时亮？\n李明：月底前。", "interview"),
        (None, "网友“甲”：灯几时亮？\n李明：月底前。\n网友“乙”：路呢？\n李明：在修。", "interview"),
        ("县委书记李明出席会议并讲话", "全县招商大会3月1日召开，会议强调落实。", "meeting news"),
        (
            "李明在全县招商大会上作重要讲话",
            "全县招商大会3月1日召开，会议强调落实。",
            "meeting news",
        ),
        ("在全县招商工作会议上的讲话", "同志们：要抓好落实。", "speech"),
        ("我县召开春耕工作会议　李明张强讲话", "3月1日，我县召开会议，李明讲话。", "meeting news"),
        (
            "县发改局党组传达学习省委全会精神",
            "3月1日，县发改局来到东山镇视察春耕后，党组召开扩大会议。",
            "meeting news",
        ),
        (
            "李明：转变作风",
            "3月6日，出席大会的我省代表团举行全体会议，审议政府工作报告。",
            "meeting news",
        ),
        ("《新闻联播》", "本期节目主要内容：\n某地今天举行会议。", "news"),
    ],
)
def test_genre_by_what_shows_it(title, text, genre):
    assert value(genre_evidence(page(text, title))) == genre


NOVEL = (
    "第一章 上任\n李长河走进县委大院。“您就是新来的书记？”老王笑着问道。他点了点头，说：“是我。”\n"
    "她看了他一眼。“走吧。”老王道：“县长在等您。”他跟着她上楼。她回头说：“小心台阶。”他笑道：“谢谢。”\n"
    "县委召开常委会会议，会议强调纪律。他不说话，她也不说话。\n"
)


def test_a_novel_of_officialdom_is_fiction_though_it_holds_meetings():
    assert value(genre_evidence(page(NOVEL))) == "fiction"


def test_reported_speech_in_news_is_not_fiction():
    text = (
        "9月13日，县委召开会议。县委书记说：“要抓落实。”他指出：“要快。”代表们表示拥护。"
        + "全县要行动。" * 60
    )
    assert value(genre_evidence(page(text))) == "meeting news"


def test_losing_kinds_stay_as_low_evidence():
    pieces = genre_evidence(page("9月13日，省委召开座谈会。", "在座谈会上的讲话"))
    assert value(pieces) == "speech"
    assert {(p.value, p.confidence) for p in pieces[1:]} >= {("meeting news", "low")}


def test_the_cue_cites_the_raw_text():
    text = "9月13日，江西省委召开座谈会。"
    piece = level_evidence(page(text))[0]
    assert piece.quote == "江西省委" == text[piece.start : piece.end]


def test_a_cue_in_the_title_cites_where_the_title_stood():
    raw = "标题：县委全会公报\n正文"
    moved = (Moved("title", "县委全会公报", 3, 9, "title"),)
    seed = Page("x", raw, "正文", Offsets([]), moved=moved, title="县委全会公报")
    piece = level_evidence(seed)[0]
    assert (piece.value, piece.start, piece.end) == ("county", 3, 9)


def test_source_is_what_the_page_states():
    raw = "来源：大江网"
    moved = (Moved("source", "大江网 ", 3, 6, "credit line"),)
    piece = source_evidence(Page("x", raw, "", Offsets([]), moved=moved))[0]
    assert (piece.value, piece.quote, piece.basis) == ("大江网", "大江网", "stated")
    assert source_evidence(page("来源不明")) == []


TEXT = st.text(
    st.sampled_from("省委市县区召开会议我全代表说道：“”他她第一章各位。，\n1月日记者\ud800"),
    max_size=120,
)


@settings(deadline=None, max_examples=80)
@given(TEXT)
def test_every_text_has_exactly_one_genre_and_no_crash(text):
    sure = {p.value for p in genre_evidence(page(text)) if p.confidence != "low"}
    assert len(sure) == 1
    cue = host(page(text))
    assert cue is None or cue.start <= cue.end


@pytest.mark.parametrize(
    "text, genre",
    [
        ("在全市林业工作会议上的讲话（2011年3月2日）陈一鸣同志们：今天我们召开会议。", "speech"),
        ("县长在全县林业会议上的讲话\n同志们：今天我们开会，讲三点意见。", "speech"),
        ("县长在全县林业会议上的讲话\n同志们：刚才，一鸣同志讲了，我再讲三点意见。", "speech"),
        ("8月2日县长到镇上检查防汛。\n8月3日县委召开常委会会议。\n8月5日项目开工。\n", "other"),
        ("8月2日，县里召开会议。\n会议要求防汛。\n", "meeting news"),
        ("各乡镇人民政府：\n《规划纲要》已经批准，现印发给你们，请贯彻执行。", "other"),
        ("9月5日，网络媒体采风记者见面会在我县举行，四十人参加了会议。", "news"),
        ("陈一鸣：您好。\n罗书记：您好。\n陈一鸣：今年怎么样？\n罗书记：很好。\n", "interview"),
    ],
)
def test_genre_without_a_title(text, genre):
    assert genre_evidence(page(text))[0].value == genre


def test_a_real_text_lent_as_a_model_keeps_its_kind():
    text = (
        "下面是小编为大家整理的讲话，供参考。\n各位代表：\n我代表{0}政府向大会报告工作。{0}发展了。"
    )
    assert genre_evidence(page(text.format("县")))[0].value == "other"
    assert genre_evidence(page(text.format("莲花县")))[0].value == "work report"


def test_blank_lines_cost_no_time_to_speak_of():
    text = "县政府工作会议召开。" + "\n" * 60_000 + "完"
    assert genre_evidence(page(text))[0].value == "meeting news"


@pytest.mark.parametrize(
    ("title", "text", "genre"),
    [
        ("青河市人民政府第十二次常务会议纪要", "3月1日，市长主持召开会议。", "meeting news"),
        ("县长办公会议纪要（第4期）", "一、研究供水。", "meeting news"),
        ("两地协作座谈会在我市召开", "书记与客人一同考察了基地。", "meeting news"),
        ("全县春耕现场会在青石镇举行", "书记察看了机耕路。", "meeting news"),
        ("农民运动会在我县举行", "昨天举行仪式，书记到场慰问。", "news"),
        ("招商座谈会上的对话", "书记：“说吧。”\n老板：“难。”", "meeting news"),
        ("对话县委书记", "他谈了三点。", "interview"),
        ("县委六次全会召开", "全会听取了书记陈一鸣受常委会委托作的工作报告。", "meeting news"),
        (
            "2012年计划执行情况与2013年计划草案的报告",
            "各位代表：\n受县政府委托，报告如下。",
            "plan",
        ),
        ("县人大常委会听取计划执行情况的报告", "6月3日，县人大开会。", "news"),
        ("县委关于制定第十三个五年规划的建议", "（2015年12月4日通过）\n现提出建议。", "plan"),
        ("全区两会精神在我旗引起强烈反响", "自治区人大会议闭幕后，我旗干部认真学习。", "news"),
        ("2012年预算执行情况的报告", "各位代表：\n受县政府委托，报告如下。", "work report"),
        ("2015年全市农业工作安排", "为做好今年工作，作如下安排。", "plan"),
        ("关于国庆节放假安排的通知", "各单位：现通知如下。", "other"),
        ("暴雨中的坚守", "暴雨如注。书记赶到大堤扛沙袋，主持召开了短会。", "news"),
        ("县委召开防汛会议", "县委召开会议，暴雨期间干部要赶赴一线。", "meeting news"),
        ("青河县推出“银龄食堂”二十条 老人不出村", "一顿五元。", "news"),
        ("关于启动防汛四级应急响应的通知", "各乡镇：决定启动响应。", "other"),
        (None, "“要翻山。”村民老周说。\n县卫健局局长李岚介绍，建了四十个卫生室。", "news"),
        (None, "我认为，要学。有人说，难学。我说，不难。", "other"),
        ("书记党课讲稿", "今天聊聊初心。", "speech"),
        ("书记讲党课", "6月30日，书记为党员讲党课。", "news"),
        (None, "同志们，今天我来不是念稿子。咱们说说村里的事。", "speech"),
        (
            "会议发言摘登",
            "编者按：会议召开，现将部分发言摘登如下。\n镇长周明：\n要干。",
            "meeting news",
        ),
        ("在会上的讲话", "本文来源于网友上传，不代表本站观点。\n同志们：\n我县开会。", "speech"),
    ],
)
def test_genre_by_what_the_text_is_for(title, text, genre):
    assert value(genre_evidence(page(text, title))) == genre


@pytest.mark.parametrize(
    ("title", "text", "level"),
    [
        ("名单", "现将名单公布。\n云水县公安局交通警察大队\n2016年4月20日", "county"),
        ("名单", "现将名单公布。\n\n　　青河县石桥镇人民政府\n　二〇一六年四月二十日", "township"),
        ("名单", "现将名单公布。\n宜宾市教育局\n2016年4月20日", "city"),
        ("名单", "现将名单公布。\n义乌市教育局\n2016年4月20日", "county"),
        ("名单", "我们学习了县教育局的通知。\n李明\n2016年4月20日", None),
        ("关于交通管制的通告", "现将事项通告如下：\n　　青河县人民政府办公室", "county"),
        (
            "全市社区建设座谈会举行",
            "5月7日，会议在石桥镇举行。石桥镇党委书记周明作了介绍。",
            "city",
        ),
        ("城关镇召开信访工作会议", "9月7日，城关镇开会。县委常委周明到会指导。", "township"),
        ("城镇召开会议？", "9月7日，县委召开会议。", "county"),
        (None, "10月28日，农业部在青河县召开全国草业会，青河县代表作了发言。", "national"),
        ("驻村干部培训心得体会", "上个礼拜，我参加了培训班，收获很多。", None),
        ("村干部培训心得体会", "上个礼拜，我参加了培训班，收获很多。", "township"),
        ("在造林会上的讲话", "同志们：我当县长三年，年年在这里讲。", "county"),
        ("在造林会上的讲话", "同志们：我当县长的时候，也在这里讲过。", None),
        ("全国县域“新业态”论坛在京举行", "5月2日，论坛举行。青河县副县长周明发言。", "national"),
        ("我县收听收看国务院召开的全国会议", "5月2日，我县设分会场。", "county"),
        ("石桥村党支部书记在表彰会上的发言", "各位领导：我讲三点。", "township"),
        ("副县长李明在供水会上的讲话", "同志们：讲三点。", "county"),
        ("会上的发言", "吉水县阜田镇党委书记　周明\n各位领导：我讲三点。", "township"),
        ("全区两会精神在我旗引起反响", "自治区十二届人大五次会议闭幕后，我旗学习。", "county"),
        ("会上的发言", "各位领导：我是东河镇王家坝社区的支部书记周明。", "township"),
        ("访县水利局局长周明", "日前，记者走进水利局。", "county"),
        ("2012年全县农业工作要点", "为做好工作，提出要点。", "county"),
        ("市领导看望教师", "市委书记李明看望教师。全市二十一个乡镇的教师受到慰问。", "county"),
        ("市领导看望教师", "市委书记李明看望教师。全市186个乡镇的教师受到慰问。", "city"),
        ("吉水县阜田镇举办龙舟赛", "3月2日，村民划船。", "township"),
        ("县委书记到吉水县阜田镇调研", "3月2日，县委书记来了。", "county"),
        ("吉水县各乡镇春耕忙", "3月2日，各乡镇春耕。", "county"),
        ("吉水县城镇建设加快", "3月2日，工程开工。", "county"),
        ("吉水县召开“百县千镇”会议", "3月2日，会议召开。", "county"),
        ("周明到园区调研", "市委常委、高新区党工委书记周明到园区督导。", None),
    ],
)
def test_level_by_who_speaks_signs_or_is_told_of(title, text, level):
    assert value(level_evidence(page(text, title))) == level


def test_a_site_that_lists_its_townships_is_that_of_a_small_city():
    raw = "首页　部门动态　镇街传真\n{0}"
    text = "8日，市委书记陈一鸣来到市一中巡视考场。"
    seed = Page("x", raw.format(text), text, Offsets([]), moved=(), title="市领导巡视考点")
    assert value(level_evidence(seed)) == "county"
    assert value(level_evidence(page(text, "市领导巡视考点"))) == "city"


def test_the_body_that_signs_is_cited_where_it_signs():
    text = "现将名单公布。\n义乌市教育局\n2016年4月20日"
    piece = level_evidence(page(text, "名单"))[0]
    assert (piece.quote, text[piece.start : piece.end]) == ("义乌市教育局", "义乌市教育局")


@pytest.mark.parametrize(
    ("title", "level"), [("迎丰镇：召开誓师大会", "township"), ("城镇：未来之路", None)]
)
def test_a_township_before_the_colon_of_a_title_is_told_of(title, level):
    text = "8月22日下午，干部们来到会场，参加誓师大会。"
    assert value(level_evidence(page(text, title))) == level


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("青山县第十六届人民代表大会第二次会议关于政府工作报告的决议", "other"),
        ("关于《政府工作报告》起草情况的说明", "other"),
        ("今年政府工作报告更注重实效", "other"),
        ("青山县2013年政府工作报告", "work report"),
    ],
)
def test_what_is_said_of_a_work_report_is_none(title, kind):
    text = "过去的一年，全县上下团结一心，完成了上次会议确定的任务，群众生活有了改善。"
    assert value(genre_evidence(page(text, title))) == kind
