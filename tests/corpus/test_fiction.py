import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from difang.corpus.cleaning import Moved
from difang.corpus.cues import cues
from difang.corpus.edits import Offsets
from difang.corpus.evidence import Page
from difang.corpus.fiction import fiction_evidence
from difang.corpus.metadata import describe
from difang.corpus.reference import ReferenceTableError
from difang.corpus.roles import genre_evidence

SCENE = (
    "常委会定在晚上八点。县委书记罗大川照例最后一个走进会议室，扫了众人一眼，轻咳了一声道："
    "“开会吧。”\n"
    "贺长林心里一紧，不由看了对面的唐县长一眼。唐县长低下头翻着笔记本，脸上没有什么表情。\n"
    "“开发区的事，大家怎么看？”罗大川问。没有人说话。半晌，贺长林忽然笑了笑，说：“罗书记，"
    "我有个想法。”\n"
)
PLAIN = (
    "周平的任命来得很快。当天晚上，消息就在县委大院里传开了，似乎所有人都比他先知道。\n"
    "丁部长找他谈话，说这是组织的信任。周平明白，丁部长其实并不赞成，不过是陈书记点了头。\n"
    "第二天的干部大会上，县委副书记宣读了市委的决定。周平站起来向台下鞠躬，心里却想着另一件事。\n"
    "散会以后，马县长拍了拍他的肩膀，什么也没说，转身走了。后来他才知道，马县长也要调走。\n"
)
SPEECH = (
    "第412章 动员大会（第2/3页）\n接下来请县长讲话。韩立冬拿过话筒，朝台下看了一眼，开口说道："
    "“同志们，今年是我县发展的关键一年，我们要坚持项目为王，加快推进园区建设，"
    "确保完成全年目标任务，全面提升服务水平，促进经济社会发展。”\n"
    "台下顿时响起热烈的掌声。\n本章未完，请点击下一页继续阅读\n"
)


def page(text, title=None, moved=()):
    return Page("x", text, text, Offsets([]), moved=moved, title=title)


FIGURES = SCENE + (
    "罗大川接着念道：“全县生产总值增长12%，财政收入增长9%，截至6月，项目开工率达到85%。"
    "”念到这里，他忽然停住了。\n"
)


@pytest.mark.parametrize("text", [SCENE, PLAIN, SPEECH, FIGURES, SCENE * 8])
def test_novels_of_officialdom_are_fiction(text):
    (piece,) = fiction_evidence(page(text))
    assert (piece.value, piece.confidence) == ("fiction", "high")
    assert piece.quote == text[piece.start : piece.end]
    assert "where 6.5 is enough" in piece.reason


REPORTS = {
    "meeting": "5月6日，县委召开常委会会议。县委书记罗大川主持，强调要加快项目建设，确保目标实现。"
    "县长唐明要求，各乡镇要落实责任，推进服务群众工作，促进经济发展，提升治理水平。\n",
    "visit": "近日，县委书记罗大川来到青石村，拉着老人的手问：“身体好吗？”老人笑着说：“好着呢！”"
    "他强调，要加强帮扶，落实政策，确保群众增收。记者看到，新修的路通到门口。（记者张明）\n",
    "villager": "“过去路不好走啊。”村民王贵告诉记者，他指着门前的路笑了笑，“现在车能开到家。”\n"
    "本报讯（记者李华）近年来，该县加快推进农村公路建设，全面提升服务水平，促进群众增收。"
    "全县新建公路三百公里，建成桥梁十二座，受益群众六万人，他说起变化满是喜悦。\n",
    "reportage": "罗书记当年走遍了江西省吉安市吉水县的山山水水。吉水县的老人说起他，满是敬意。"
    "那天晚上下着雨，吉安市通往吉水县的路断了，六个村与外面失去联系，他带着三十人连夜修路。"
    "吉水县后来用五年时间修通了所有村的路，种下三万亩果树，江西省评它为先进县。\n",
    "interview": "主持人：周市长，您好！网友们都很关心，城区的路什么时候能修好呢？\n"
    "周市长：谢谢主持人。这个问题提得好啊。我们今年要加快推进十条道路建设。\n主持人：那么学校呢？"
    "大家觉得上学难。\n周市长：是啊，我明白大家的心情。\n",
    "chat": "网友“山里人”：书记您好，啥时候能亮灯？\n"
    "康守田：我昨天晚上专门去走了一趟，灯杆有，灯泡没有。"
    "亮不了你再来骂我。\n网友“在东莞打工”：厂里放假了，老板跑了，俺们回家干啥呢？\n"
    "康守田：这也是我最操心的事。\n网友“匿名”：书记，你是真的吗？\n康守田：（笑）是真的，"
    "不信你明天来。\n",
    "letter": "亲爱的青山居民朋友们：\n"
    "这几天，许多朋友在群里问：什么时候能出小区？什么时候能买到菜？"
    "我们非常理解您的焦急。大家甚至觉得怎么这么难。早晨有人在门口喊：“谁家没有菜？"
    "”晚上还在送呢。\n",
    "questions": "见到周县长，是在食堂里。他坐下，说：“你尽管问吧。”\n问：有人说您是作秀呢？\n"
    "答：有人这么骂，后来大家就习惯了。\n问：那天晚上您怎么想？\n答：我觉得难，但是并不后悔。\n"
    "他看看表，起身走了。\n",
    "plain speech": "同志们：\n刚才大家都听到了，什么叫落后？坐在后排的同志，不要低头。"
    "前几天有人跑到我办公室，说这件事难办。我说，你看看人家，怎么就办成了呢？散了会，"
    "请来说明白。\n",
    "feature": "“大伙坐近点，今天不讲大道理。”9月1日晚，镇党委书记钱江坐在小马扎上，跟群众开会。\n"
    "村民赵根站起来问：“俺家那块地咋办？”钱江当场答复。镇长周平说，截至9月4日，签约率达到93%。"
    "这条路在全镇有7公里，涉及3个村、226户，占地400亩，补偿1200万元。\n",
    "toast": "尊敬的各位来宾，同志们、朋友们：\n今晚不讲排场，就是说几句心里话。"
    "大家这一年过得什么样？什么滋味，谁都明白。可是咱们没有一家跑路，我觉得脸上有光。来，"
    "我先敬大家一杯！\n",
    "diary": "分类：驻村日记\n王书记到我们镇来看木耳。他蹲在地上，问老陈一袋多少。"
    "老陈笑着说：“两块三。”"
    "王书记扭头对李县长说：“不能一关了之。”李县长点了点头。晚上我睡不着，觉得明白了许多。\n",
    "class": "同志们，今天不念稿子，就是聊聊天。什么叫规矩？有的人嘴上说明白，心里不明白。\n"
    "我昨天去了一户，老人问我，新房什么时候能住呢？我说，快了。可是回来一想，觉得脸红。\n",
    "model": "工作心得体会（精选3篇）\n我有一个朋友在乡镇工作，那天晚上他忽然告诉我，他觉得很累。"
    "不过他并不后悔，心里仍然高兴。\n",
    "letter to all": "亲爱的某镇居民朋友们：\n这几天大家都在问，什么时候能出小区？"
    "什么时候能买到菜？我们非常理解。不过大家再坚持坚持，哪怕难一点，也别慌。春天已经来了，"
    "老街的樱花似乎也在等大家呢！\n",
    "questions of readers": "网友“转楼人”：康书记您好，路灯啥时候能亮呢？\n"
    "康守田：我昨天晚上去走了一趟，灯杆有，灯泡没有。亮不了你再来骂我吧！\n"
    "网友“匿名”：书记，你是真的吗？\n康守田：（笑）是真的，不信你明天来，那么怎么样？\n",
    "she is asked": "提起何小禾，果农都不叫她局长。她笑着说：“叫我小禾就行。”日前，"
    "我们在园子里见到了她。\n"
    "问：什么叫减？\n何小禾：减的是病树。群众心疼，我也心疼。\n问：那怎么办呢？\n何小禾："
    "加的是避雨棚。\n"
    "问：最担心什么？\n何小禾：最担心早采。\n她看了看天，站起来，忽然说：“等一等，才会甜。”\n",
    "asked by Q": "Q1：您当时怎么想？\n周平：我觉得难，那天晚上没睡着。\nQ2：后来呢？\n周平："
    "后来大家都来了。\n",
    "market": "“这红薯不打药，您尝一块？”县长一边招呼，一边笑着说：“蒸熟了甜。"
    "”和他一起站摊的是五个种植户。\n"
    "今年全县种了四万多亩，不少人家堆在窖口发愁。种植户老马数着钱，他说，不知道明年县长还来不来。\n"
    "据了解，该县将从本月起在四个大集轮流设摊。\n",
    "old secretary": "我原先不大想听。直到昨天，我见到了方老。方老当过县委副书记，他不要人扶，"
    "自己走上台。\n"
    "“欠老百姓的，利息是信任。”他说。台下静得很。我在机关工作十一年，觉得脸红。回来的路上，"
    "我想到了三件小事，于是写下来。\n"
    "我给老林办证，我给房东打一个电话。\n",
    "river": "清早，老支书蹲在堤上，望了望水，叹了口气。他不知道走过多少回这条路。\n"
    "“水大不大？”有人问。“不大！”他笑着说。堤长三公里，护着八千多亩稻田，该镇去年修了它。\n"
    "据介绍，全镇今年不再淹水。\n",
    "speech": "同志们：\n大家想一想，我们为什么落后？就是要加快发展，推进项目建设，落实责任。"
    "有的同志不明白，觉得难，其实不难。要坚持实干，确保完成任务，全面提升服务水平，"
    "促进经济社会发展。\n",
}


@pytest.mark.parametrize("kind", REPORTS)
@pytest.mark.parametrize("times", [1, 6])
def test_reports_speeches_and_interviews_are_not(kind, times):
    assert fiction_evidence(page(REPORTS[kind] * times)) == []


def test_a_novel_on_a_blog_is_fiction_still():
    for tag in ("分类：官场小说 随笔", "标签：连载 日记", "分类：未分类"):
        assert fiction_evidence(page(f"{tag}\n{SCENE}"))


def test_a_novel_told_by_its_hero_is_fiction_still():
    told = (
        "我心里一紧，不由看了罗书记一眼。他扫了众人一眼，轻咳了一声道：“开会吧。”\n"
        "散会以后，马县长拍了拍我的肩膀，忽然叹了口气。我明白他的意思，低下头，什么也没说。\n"
        "“你怎么看？”他问。我沉吟了半晌，说：“再等等吧。”那天晚上我才知道，丁部长也要走。\n"
    )
    assert fiction_evidence(page(told)) and fiction_evidence(page(told * 4))


def test_fiction_names_no_place_level_day_or_speaker():
    text = SCENE + "2016年3月1日，江西省吉水县委书记罗大川强调，要快。\n"
    fields, evidence = describe(page(text))
    assert fields["genre"] == "fiction"
    for field in ("province", "city", "county", "level", "speakers", "year"):
        assert fields[field] is None
    assert fields["date"] is not fields["date"] or str(fields["date"]) == "NaT"
    assert any("Set aside: this is fiction." in e.reason for e in evidence)


def test_a_novel_keeps_its_title_and_the_genre_given_to_it():
    moved = (Moved("title", "青云路", 0, 3, "title"),)
    fields, _ = describe(Page("x", "青云路\n" + SCENE, SCENE, Offsets([]), moved, (), "青云路"))
    assert (fields["title"], fields["genre"]) == ("青云路", "fiction")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("各位领导：\n××县委高度重视，××镇党委抓落实，××同志负责，××年完成××个项目。", None),
        ("某县在某镇召开会议，某县县委书记强调，某镇要抓落实，某县要督查。", None),
        ("讲话范文（三）\n同志们：\n今天开会。", "在动员会上的讲话"),
        ("下面是小编为大家整理的讲话，仅供参考。\n同志们：\n今天开会。", None),
    ],
)
def test_texts_to_write_by_are_other(text, title):
    best, *rest = genre_evidence(page(text, title))
    assert (best.value, best.rule in ("template", "masked names")) == ("other", True)
    assert all(p.confidence == "low" for p in rest if p.value != "other")


def test_a_page_that_masks_one_name_is_no_model():
    text = "3月2日，县委召开常委会会议，通报××一案。会议强调，要引以为戒。"
    assert genre_evidence(page(text))[0].value == "meeting news"


@settings(deadline=None, max_examples=60)
@given(
    st.text(
        st.sampled_from("他她道说：“”，。！\n笑了看一眼县委书记第章（1/2）页要推进×某"),
        max_size=300,
    )
)
def test_any_text_gives_one_piece_at_most_and_its_words(text):
    pieces = fiction_evidence(page(text))
    assert len(pieces) <= 1
    assert all(p.quote == text[p.start : p.end] for p in pieces)


REPORTAGE = (
    "村里要换届了。老许匆匆来到大儿子家，劝他说：“当了主角会得罪人！”他知道儿子的性格。\n"
    "42岁的大儿子笑着回答说：“爸，我没想当主角。”全村220多户、770多人，后来大家都选了他，"
    "他点了点头。\n"
)


def test_reportage_is_told_by_its_figures():
    assert not fiction_evidence(page(REPORTAGE))
    vague = REPORTAGE.replace("42岁", "中年").replace("220多户、770多人", "男女老少")
    assert fiction_evidence(page(vague))


def test_a_weight_that_is_no_number_is_named(tmp_path, monkeypatch):
    header = "cue,where,weight,most,pattern,reason\n"
    (tmp_path / "fiction_cues.csv").write_text(f"{header}face,text,much,6,脸,x\n", encoding="utf-8")
    monkeypatch.setattr("difang.project.REFERENCE", tmp_path)
    cues.cache_clear()
    with pytest.raises(ReferenceTableError, match="weight of face is 'much'"):
        cues("fiction_cues.csv")
    cues.cache_clear()
