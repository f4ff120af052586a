"""The item and category of figures. In a case the figure is in brackets: its number and its measure word."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from zongji.corpus.labels import Bound, Category, Modality
from zongji.corpus.records import Figure
from zongji.pipeline.figures.categories import bare_number, category_of, counted
from zongji.pipeline.figures.items import inherited, item_of
from zongji.pipeline.figures.units import find_unit


def category_in(unit: str, item: str, left: str, *, right: str = "", before: Figure | None = None) -> Category:
    found = find_unit(unit, 0)
    looked = bare_number("", item, left) if found is None else counted(found, item, left, right=right, before=before)
    return category_of(looked)[0]


_CASE = re.compile(r"(?P<left>[^\[]*)\[[0-9.]+[万亿]?(?P<unit>[^\]]*)\](?P<right>.*)")


def _item(case: str) -> str:
    match = _CASE.fullmatch(case)
    return item_of(match["left"], match["right"], match["unit"]) if match else "not a case"


def _figure(item: str, unit: str, quote: str = "") -> Figure:
    return Figure(
        id="f1",
        category=Category.OTHER,
        value=1,
        value_max=None,
        bound=Bound.EXACT,
        unit=unit,
        item=item,
        modality=Modality.ACHIEVED,
        total=False,
        per=None,
        text="1" + unit,
        start=0,
        end=2,
        section=None,
        quote=quote,
    )


@pytest.mark.parametrize(
    ("case", "item"),
    [
        ("[300名]网格员走上岗位，", "网格员"),
        ("[18个]乡镇文化站全部开放", "乡镇文化站"),
        ("[45名]中高级职称教师", "中高级职称教师"),
        ("更换 LED 灯[30盏]", "LED 灯"),
        ("[4场]的演出", "演出"),
        ("[200余名]家长和学生到场", "家长和学生"),
        ("[8场次]的科普报告会", "科普报告会"),
        ("[12名]“五老”人员参加", "“五老”人员"),
        ("[56名]60岁以上困难老人过节", "困难老人"),
        ("[6成]农户用上自来水", "农户"),
        ("[85%]的家庭签约", "家庭"),
        ("[36家]企业的负责人参加", "企业"),
        ("[3次]集体备课，", "集体备课"),
        ("[20顶]帐篷送到灾区", "帐篷"),
        ("[4家]学会按期换届", "学会"),
        ("[4辆]宣传车集中出发", "宣传车"),
        ("[12个]村、农户4800户，", "村"),
        ("[7个]镇、村两级网格", "镇、村"),
        ("[4家]饭店投资改造后厨", "饭店"),
        ("[3个]部门常态化开展检查", "部门"),
        ("[2个]社区用房面积不足", "社区"),
        ("[12家]政府网站完成改版", "政府网站"),
        ("[3家]企业负责人到会", "企业负责人"),
        ("[300条]灯谜一抢而空", "灯谜"),
        ("[8个]合作社中有三家", "合作社"),
        ("[9个]司法所中一人所占多数", "司法所"),
        ("[30名]高中一年级学生", "高中一年级学生"),
        ("[5件]作品入选画展", "作品"),
    ],
)
def test_noun_behind_the_measure_word_wins(case: str, item: str) -> None:
    assert _item(case) == item


@pytest.mark.parametrize(
    ("case", "item"),
    [
        ("发放防汛手册[5000份]，", "防汛手册"),
        ("抓获犯罪嫌疑人[76名]，", "犯罪嫌疑人"),
        ("新建污水处理站[5座]，", "污水处理站"),
        ("投放新能源公交车[60辆]，", "新能源公交车"),
        ("县林业局检查木材企业[32家次]，", "木材企业"),
        ("组织老党员走访困难群众[80户]，", "困难群众"),
        ("开展走访慰问活动[6次]，", "走访慰问活动"),
        ("支部发展党员[4名]，", "党员"),
        ("批改作业[24次]，", "作业"),
        ("演讲比赛中获二等奖[2项]，", "二等奖"),
        ("送去慰问金[3万元]，", "慰问金"),
        ("慰问品每位老人[30元]，", "慰问品"),
        ("补助标准由每公里[10万元]提高", "补助标准"),
        ("罚款[9.6万元]，", "罚款"),
        ("评选校级“阅读之星”[50名]，", "“阅读之星”"),
        ("完善规章制度[26项]，", "规章制度"),
        ("没收不合格食品[120公斤]，", "不合格食品"),
        ("张贴标语[160条]，", "标语"),
        ("新建村卫生室[3个]，", "村卫生室"),
        ("调用编织袋[3000条]，", "编织袋"),
    ],
)
def test_verb_that_takes_the_noun_stays_outside(case: str, item: str) -> None:
    assert _item(case) == item


@pytest.mark.parametrize(
    ("case", "item"),
    [
        ("培训时间[5天]，", "培训时间"),
        ("慰问对象[60名]，", "慰问对象"),
        ("退休教师[18名]，", "退休教师"),
        ("现有注册志愿者[420名]，", "注册志愿者"),
        ("销售滞销柑橘[5000公斤]，", "滞销柑橘"),
        ("观看警示教育片[3部]，", "警示教育片"),
        ("全年重大隐患按期整改率达[98%]，", "重大隐患按期整改率"),
        ("规模以上工业企业[63户]，", "规模以上工业企业"),
        ("举办亲子阅读活动[9场]，", "亲子阅读活动"),
    ],
)
def test_verb_inside_a_compound_stays(case: str, item: str) -> None:
    assert _item(case) == item


@pytest.mark.parametrize(
    ("case", "item"),
    [
        ("工会经费列支[10万元]，", "工会经费"),
        ("为65岁以上老年人免费体检[3260人]，", "老年人"),
        ("预备党员按期转正[4名]，", "预备党员"),
        ("安置残疾人就业[12名]，", "残疾人"),
        ("黑板报每月出刊[1期]，", "黑板报"),
        ("粮食总产量稳定在[21万吨]，", "粮食总产量"),
        ("普法经费只有[8000元]，", "普法经费"),
        ("选派村医到县医院进修[2名]，", "村医"),
        ("越级上访比上年减少[2成]，", "越级上访"),
        ("会费收缴率为[97%]，", "会费收缴率"),
        ("志愿服务总时长达[600小时]，", "志愿服务总时长"),
    ],
)
def test_predicate_between_noun_and_number_is_cut(case: str, item: str) -> None:
    assert _item(case) == item


@pytest.mark.parametrize(
    ("case", "item"),
    [
        ("为高龄老人免费维修家电[75户]，", "高龄老人"),
        ("为20—30岁女职工免费接种HPV疫苗[90人]，", "女职工"),
        ("给行动不便的老人提供免费理发[300人次]，", "老人"),
        ("成为先进典型[3名]，", "先进典型"),
    ],
)
def test_people_for_whom_it_was_done_are_counted(case: str, item: str) -> None:
    assert _item(case) == item


@pytest.mark.parametrize(
    ("case", "item"),
    [
        ("接受社会捐赠[12万元]，", "社会捐赠"),
        ("培育社会组织[7家]，", "社会组织"),
        ("农村居民人均可支配收入[19000元]，", "农村居民人均可支配收入"),
        ("城乡居民人均可支配收入分别达到[38000元]", "可支配收入"),
    ],
)
def test_what_looks_like_a_predicate_or_a_break_stays_inside(case: str, item: str) -> None:
    assert _item(case) == item


@pytest.mark.parametrize(
    "case",
    [
        "每组[5人]，",
        "每万人[8名]，",
        "集中研讨[3天]，",
        "突击队连续奋战[20天]，",
        "现场测量血压[860人次]，",
        "立案[19起]，",
        "投入[85万元]对活动室进行改造，",
        "配备专职人员的只有[5个]，",
        "保证群众在[12小时]内得到救助，",
        "每村[1名]，",
    ],
)
def test_no_noun_no_item(case: str) -> None:
    assert _item(case) == ""


@pytest.mark.parametrize(
    ("left", "unit", "before", "item"),
    [
        ("人增加到", "人", _figure("志愿者", "人"), "志愿者"),
        ("，增长", "%", _figure("税收", "亿元"), "税收"),
        ("，其中省级", "篇", _figure("稿件", "篇"), "稿件"),
        ("，调处", "起", _figure("邻里纠纷", "起"), "邻里纠纷"),
        ("，户均", "元", _figure("慰问金", "元"), "慰问金"),
        ("，价值", "元", _figure("医疗设备", "台"), "医疗设备"),
        ("，比计划多", "个", _figure("监控探头", "个"), "监控探头"),
        ("、", "人次", _figure("来访", "件"), "来访"),
        ("和", "%", _figure("事故起数", "%", "事故起数、死亡人数分别下降8%和5%"), "死亡人数"),
    ],
)
def test_elided_noun_is_that_of_the_figure_before(left: str, unit: str, before: Figure, item: str) -> None:
    assert inherited(left, "", unit, before)[0] == item


@pytest.mark.parametrize(
    ("left", "unit", "before"),
    [
        ("，", "人次", _figure("应急演练", "场")),
        ("", "人", _figure("村", "个")),
        ("，投资", "元", _figure("水库", "座")),
    ],
)
def test_noun_of_something_else_is_not_taken_over(left: str, unit: str, before: Figure) -> None:
    assert inherited(left, "", unit, before)[0] == ""


@pytest.mark.parametrize(
    ("left", "unit", "item", "category"),
    [
        ("评出优秀征文", "篇", "优秀征文", Category.AWARDS),
        ("收到优秀征文", "篇", "优秀征文", Category.MATERIALS),
        ("命名“最美庭院”", "户", "最美庭院", Category.AWARDS),
        ("慰问劳动模范", "名", "劳动模范", Category.PARTICIPANTS),
        ("添置电脑", "台", "电脑", Category.MATERIALS),
        ("捐赠电脑", "台", "电脑", Category.MATERIALS),
        ("缝制布袋", "个", "布袋", Category.MATERIALS),
        ("没收假农药", "袋", "假农药", Category.OTHER),
        ("购买图书", "套", "图书", Category.MATERIALS),
        ("展示项目", "个", "项目", Category.OTHER),
        ("规模以上企业", "户", "规模以上企业", Category.ORGANIZATIONS),
        ("抽检食品", "批次", "食品", Category.OTHER),
        ("编发简报", "期", "简报", Category.MATERIALS),
        ("阅读量", "次", "阅读量", Category.OTHER),
        ("现有教学班", "个", "教学班", Category.ORGANIZATIONS),
        ("举办培训班", "个", "培训班", Category.SESSIONS),
        ("农技协总数达", "个", "农技协总数", Category.ORGANIZATIONS),
        ("开设发热门诊", "家", "发热门诊", Category.ORGANIZATIONS),
        ("审查合同", "份", "合同", Category.OTHER),
        ("免费安装报警器", "只", "报警器", Category.MATERIALS),
    ],
)
def test_category_by_noun_and_by_what_was_done(left: str, unit: str, item: str, category: Category) -> None:
    assert category_in(unit, item, left) is category


@pytest.mark.parametrize(
    ("left", "unit", "item", "category"),
    [
        ("发放折页2万张、限盐勺", "个", "限盐勺", Category.MATERIALS),
        ("捐赠防护服20套，口罩", "只", "口罩", Category.MATERIALS),
        ("赠送图书300册、购置电脑", "台", "电脑", Category.MATERIALS),
        ("摆放展板30块，", "辆", "消防车", Category.OTHER),
        ("出具证明", "份", "证明", Category.MATERIALS),
        ("办理证明", "份", "证明", Category.OTHER),
        ("建立健康档案", "份", "健康档案", Category.MATERIALS),
        ("调阅档案", "卷", "档案", Category.OTHER),
        ("年审采矿许可证", "本", "采矿许可证", Category.OTHER),
        ("检查作业", "本", "作业", Category.MATERIALS),
        ("采集土壤样品", "份", "土壤样品", Category.OTHER),
        ("口罩库存", "只", "口罩", Category.MATERIALS),
        ("收集旧家谱", "本", "旧家谱", Category.OTHER),
        ("治理小流域", "条", "小流域", Category.OTHER),
        ("推送岗位", "个", "岗位", Category.OTHER),
        ("新购图书", "册", "图书", Category.MATERIALS),
        ("拆除广告牌", "块", "广告牌", Category.OTHER),
        ("派送《读本》2,000份、书券", "张", "书券", Category.MATERIALS),
        ("更换挂图", "期", "挂图", Category.SESSIONS),
        ("建成供水工程", "处", "供水工程", Category.ORGANIZATIONS),
        ("消除台区", "处", "台区", Category.OTHER),
        ("举办家政", "个", "班", Category.SESSIONS),
        ("“两癌”筛查", "例", "“两癌”筛查", Category.PARTICIPANTS),
        ("师徒结对", "对", "师徒", Category.OTHER),
        ("选树“金牌工匠”", "名", "“金牌工匠”", Category.AWARDS),
        ("命名示范村", "个", "示范村", Category.ORGANIZATIONS),
        ("命名示范户", "户", "示范户", Category.AWARDS),
        ("学生作文获奖", "篇", "学生作文", Category.AWARDS),
        ("获得各级奖励", "个", "", Category.AWARDS),
        ("发放奖励", "人次", "", Category.PARTICIPANTS),
    ],
)
def test_category_by_the_verb_that_governs_a_list(left: str, unit: str, item: str, category: Category) -> None:
    assert category_in(unit, item, left) is category


@pytest.mark.parametrize(
    ("unit", "item", "left", "right", "category"),
    [
        ("床", "棉被", "购置棉被", "、电热毯40条送到老人家里。", Category.MATERIALS),
        ("件", "投诉", "受理投诉", "、展出展板40块。", Category.OTHER),
        ("名", "学生", "", "学生被评为好少年。", Category.PARTICIPANTS),
        ("户", "最美家庭", "其中", "获省级表彰。", Category.AWARDS),
        ("人", "", "", "获得资格证书。", Category.PARTICIPANTS),
        ("家", "企业", "", "企业获得贷款1亿元。", Category.ORGANIZATIONS),
    ],
)
def test_category_by_what_stands_behind(unit: str, item: str, left: str, right: str, category: Category) -> None:
    assert category_in(unit, item, left, right=right) is category


@pytest.mark.parametrize(
    ("left", "unit", "item", "whole", "category"),
    [
        ("论文6篇获奖，其中省级", "篇", "论文", Category.AWARDS, Category.AWARDS),
        ("工会14个，其中配备社工的", "个", "", Category.ORGANIZATIONS, Category.ORGANIZATIONS),
        ("抽检样品85批次，合格", "批次", "合格", Category.OTHER, Category.OTHER),
        ("审查合同27份，印发合同", "份", "合同", Category.OTHER, Category.MATERIALS),
    ],
)
def test_part_has_the_category_of_its_whole(
    left: str, unit: str, item: str, whole: Category, category: Category
) -> None:
    before = replace(_figure("论文" if item == "论文" else "合同", unit), category=whole)
    assert category_in(unit, item, left, before=before) is category
