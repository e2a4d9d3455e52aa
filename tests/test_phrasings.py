"""Every line of ../shared/benchmark/patterns.tsv, re-worded with invented names, and what must come out of it.

The rows stand in the order of that file; the comment before each is its line number there.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

import policyparse as pp
from policyparse.model import Deadline, Obligation
from tests.notices import ITEMS, party_words

PATTERNS = Path(__file__).parents[2] / "shared" / "benchmark" / "patterns.tsv"

# a notice whose annex is a table that lost its ruling
SHEET = """\
云岭市人民政府办公室关于印发行动方案任务分工表的通知
云政办发〔2022〕5号
各区人民政府：
《云岭市行动方案任务分工表》已经市政府同意，现印发给你们。
云岭市人民政府办公室
2022年3月5日
附件
2022年云岭市行动方案任务分工表
{}
"""
SECOND = "responsible 市甲局；responsible 市乙局"
LEAD_FIRST = "lead~ 市甲局；responsible 市乙局"


class Row(NamedTuple):
    """Words of the first item and what it says; ` | ` stands between obligations; ``then``: the second item's parties.

    A deadline is its kind with its date, or its recurrence rule; a quantity is its value and unit.
    """

    words: str
    parties: str = ""
    deadlines: str = ""
    quantities: str = ""
    then: str = SECOND
    form: str = ITEMS


ROWS = [
    # 1
    Row("完善名录。（牵头单位：市林草局）", "lead 市林草局"),
    # 2
    Row(
        "完善名录。（责任单位：市数据局。列第一位的为牵头单位，下同）",
        "lead~ 市数据局",
        then=LEAD_FIRST,
    ),
    # 3
    Row(
        "工作任务\n内容\n完成时间\n责任单位\n一、强化规划引领\n1.编制行动计划\n出台《云岭市河湖治理行动计划》\n5月底前\n"
        "市河湖办公室（排名第一位的为牵头单位，下同）、市数据局\n"
        "2.推进试点示范\n申报典型项目，至少建成4个以上示范应用\n11月底前\n市数据局，市级有关部门，各区县﹝市﹞政府",
        "lead~ 市河湖办公室；responsible~ 市数据局 | lead~ 市数据局；responsible~ 市级有关部门；responsible~ 各区县﹝市﹞政府",
        "due 2022-05-31 | due 2022-11-30",
        " | 4 个",
        then="",
        form=SHEET,
    ),
    # 4
    Row(
        "完善名录。（责任单位：市水利局、市林草局、各基础供水企业。排在责任单位第一位的单位为牵头单位，下同）",
        "lead~ 市水利局；responsible 市林草局；responsible 各基础供水企业",
        then=LEAD_FIRST,
    ),
    # 5
    Row(
        "完善名录。（责任单位：市水利局、市林草局，列首位的为牵头单位，下同）",
        "lead~ 市水利局；responsible 市林草局",
        then=LEAD_FIRST,
    ),
    # 6
    Row(
        "完善名录。〔市水利局、市林草局、各基础供水企业〕（排在首位的为牵头单位，下同）",
        "lead~ 市水利局；responsible 市林草局；responsible 各基础供水企业",
        then=LEAD_FIRST,
    ),
    # 7
    Row(
        "完善名录。（林草总局、水利部、海洋总署负责，排在第一位的部门为牵头部门，下同）",
        "lead~ 林草总局；responsible 水利部；responsible 海洋总署",
        then=LEAD_FIRST,
    ),
    # 8
    Row(
        "完善名录。（市水利局、市林草局等负责。列第一位者为牵头单位，下同）",
        "lead~ 市水利局；responsible 市林草局",
        then=LEAD_FIRST,
    ),
    # 9
    Row(
        "序号专项计划（项目）名称建设内容责任单位（逗号前为牵头单位）进度安排\n"
        "1湿地修复专项计划修复湿地，恢复水鸟栖息地。市林草局，市水利局、市财政局等启动建设\n"
        "2河道整治专项计划整治河道，建设生态护岸。市水利局，市林草局、各县（区）等持续推进",
        "lead~ 市林草局；responsible~ 市水利局；responsible~ 市财政局 | "
        "lead~ 市水利局；responsible~ 市林草局；responsible~ 各县（区）",
        " | ongoing",
        " | ",
        then="",
        form=SHEET,
    ),
    # 10
    Row(
        "完善名录。（牵头单位：市林草局；配合单位：市直相关部门、各县（市）区人民政府、各园区管委会；"
        "以下均需市直相关部门、各县（市）区人民政府、各园区管委会落实，不再重复）",
        "lead 市林草局；support 市直相关部门；support 各县（市）区人民政府；support 各园区管委会",
        then=f"{SECOND}；responsible~ 市直相关部门；responsible~ 各县（市）区人民政府；responsible~ 各园区管委会",
    ),
    # 11
    Row(
        "完善名录。（省林草局指导，试点县政府负责落实。以下均需试点县政府落实，不再列出）",
        "supervise 省林草局；responsible 试点县政府",
        then=f"{SECOND}；responsible~ 试点县政府",
    ),
    # 12
    Row(
        "完善名录。（省林草局、省水利厅及各设区市人民政府、云泽新区管委会按职责分工负责。"
        "以下责任单位均包括各设区市人民政府、云泽新区管委会，不再列出）",
        "responsible 省林草局；responsible 省水利厅；responsible 各设区市人民政府；responsible 云泽新区管委会",
        then=f"{SECOND}；responsible~ 各设区市人民政府；responsible~ 云泽新区管委会",
    ),
    # 13
    Row(
        "完善名录。（水利部牵头，林草总局、自然资源部按职责分工负责）",
        "lead 水利部；responsible 林草总局；responsible 自然资源部",
    ),
    # 14
    Row(
        "完善名录。（水利部、林草总局等国务院相关部门及各地区按职责分工负责）",
        "responsible 水利部；responsible 林草总局；responsible 各地区",
    ),
    # 15
    Row(
        "完善名录。（水利部牵头，国家林草局、自然资源部、财政部、国家海洋局参与）",
        "lead 水利部；support 国家林草局；support 自然资源部；support 财政部；support 国家海洋局",
    ),
    # 16
    Row(
        "完善名录。（市水利局牵头，市湿地管理局、青禾自来水集团有限公司云岭分公司配合）",
        "lead 市水利局；support 市湿地管理局；support 青禾自来水集团有限公司云岭分公司",
    ),
    # 17
    Row(
        "完善名录。（自治区湿地保护局、水利厅牵头；自治区各有关单位按职责分工负责）",
        "lead 自治区湿地保护局；lead 水利厅=自治区水利厅；responsible 自治区各有关单位",
    ),
    # 18
    Row("完善名录。（市大河湾办、市委农办牵头）", "lead 市大河湾办；lead 市委农办"),
    # 19
    Row(
        "完善名录。（省水利厅牵头，省林草局、省财政厅、省司法厅按职责分工配合）",
        "lead 省水利厅；support 省林草局；support 省财政厅；support 省司法厅",
    ),
    # 20
    Row(
        "完善名录。（市水利局牵头，市林草局和有关区县政府具体负责）",
        "lead 市水利局；responsible 市林草局；responsible 有关区县政府",
    ),
    # 21
    Row("完善名录。（水利部负责）", "responsible 水利部"),
    # 22
    Row(
        "完善名录。（市水务委、市绿化委、市政府办公室及各相关部门、各区、云泽新片区）",
        "responsible 市水务委；responsible 市绿化委；responsible 市政府办公室；responsible 各相关部门；"
        "responsible 各区；responsible 云泽新片区",
    ),
    # 23
    Row(
        "完善名录。（推进单位：区农委、区绿化管理委、各供水商）",
        "responsible 区农委；responsible 区绿化管理委；responsible 各供水商",
    ),
    # 24
    Row("完善名录。（牵头落实：市园林绿化水务局）", "lead 市园林绿化水务局"),
    # 25
    Row(
        "完善名录。（负责部门：水利部、自然资源部、财政部；适用范围：所有湿地试验区，"
        "以下除标注适用于特定湿地试验区的措施外，适用范围均为所有湿地试验区）",
        "responsible 水利部；responsible 自然资源部；responsible 财政部",
    ),
    # 26
    Row("完善名录。（责任处室：湿地保护处）", "responsible 湿地保护处"),
    # 27
    Row(
        "完善名录。（牵头单位：省水利厅，参加单位：省农业和林业厅、省财政厅、青禾市政府）",
        "lead 省水利厅；support 省农业和林业厅；support 省财政厅；support 青禾市政府",
    ),
    # 28
    Row(
        "完善名录。〔牵头单位：县农林水务局、自然资源局;配合单位：各乡（镇）人民政府,"
        "县财政局、旅游开发投资有限公司等〕",
        "lead 县农林水务局；lead 自然资源局=县自然资源局；support 各乡（镇）人民政府；support 县财政局；"
        "support 旅游开发投资有限公司=县旅游开发投资有限公司",
    ),
    # 29
    Row(
        "完善名录。（牵头单位：县湿地保护局，配合部门：县林业局（水利局）、农业局、商务局）",
        "lead 县湿地保护局；support 县林业局（水利局）；support 农业局=县农业局；support 商务局=县商务局",
    ),
    # 30
    Row("完善名录。[责任单位：市水利局、市委农办]", "responsible 市水利局；responsible 市委农办"),
    # 31
    Row(
        "完善名录。［责任单位：市农林水务局，各县（市、区）政府］",
        "responsible 市农林水务局；responsible 各县（市、区）政府",
    ),
    # 32
    Row(
        "完善名录。［市农业和水利局（市湿地管理局）牵头，市财政局、青禾水投公司配合］",
        "lead 市农业和水利局（市湿地管理局）；support 市财政局；support 青禾水投公司",
    ),
    # 33
    Row(
        "完善名录。（牵头单位：市水利局；责任单位：市园林和林业局、市督查办、市湿地资源局）",
        "lead 市水利局；responsible 市园林和林业局；responsible 市督查办；responsible 市湿地资源局",
    ),
    # 34
    Row(
        "完善名录。（责任单位：市水利局、市地方湿地工作局，各区人民政府）",
        "responsible 市水利局；responsible 市地方湿地工作局；responsible 各区人民政府",
    ),
    # 35
    Row(
        "完善名录。\n责任单位：市水利局、农业委、林草局、商务局，各县（市、区）人民政府，青禾经开区（高新区）管委会",
        "responsible 市水利局；responsible 农业委=市农业委；responsible 林草局=市林草局；responsible 商务局=市商务局；"
        "responsible 各县（市、区）人民政府；responsible 青禾经开区（高新区）管委会",
    ),
    # 36
    Row(
        "完善名录。(责任单位:省林草厅牵头，省水利厅、省财政厅、青禾清河河务局等部门分工负责)",
        "lead 省林草厅；responsible 省水利厅；responsible 省财政厅；responsible 青禾清河河务局",
    ),
    # 37
    Row("完善名录。（责任单位：市林草局；完成时限：2023年10月底）", "responsible 市林草局", "due 2023-10-31"),
    # 38
    Row("完善名录。(县水利局牵头,完成时限:2023年底)", "lead 县水利局", "due 2023-12-31"),
    # 39
    Row(
        "2022年9月底前完成普查。（市水利局牵头,完成时限为上述工作任务时间节点)",
        "lead 市水利局",
        "due 2022-09-30",
    ),
    # 40
    Row(
        "完善名录。（6月底取得阶段性成效并持续推进，牵头考核单位：市湿地服务局）",
        "lead 市湿地服务局",
        "due 2022-06-30；ongoing",
    ),
    # 41
    Row(
        "工作任务\n内容\n完成时间\n责任单位\n一、强化监管\n1.整合队伍\n整合执法队伍，统一执法标准\n6月底前\n"
        "市综合湿地执法局、市林草监管局、市委农办（市治水办）\n2.完善制度\n出台制度\n11月底前\n市水利局",
        "responsible~ 市综合湿地执法局；responsible~ 市林草监管局；responsible~ 市委农办（市治水办） | responsible~ 市水利局",
        "due 2022-06-30 | due 2022-11-30",
        " | ",
        then="",
        form=SHEET,
    ),
    # 42
    Row(
        "序号重点任务主要内容牵头单位配合单位年度重点任务及工作目标\n"
        "1 壮大湿地生态产业加快培育水生植物产业集群市林草局市水利局、市农业局、各区县（市）政府"
        "1.推进育苗基地建设；2.力争2022年底全市产值达到24亿元。\n"
        "2 大力发展观鸟产业市文旅局市林草局、有关区县（市）政府1.建设观鸟屋；2.力争2022年客流增速达到12%以上。",
        "lead~ 市林草局；support~ 市水利局；support~ 市农业局；support~ 各区县（市）政府 | "
        "lead~ 市文旅局；support~ 市林草局；support~ 有关区县（市）政府",
        "due 2022-12-31 | due 2022-12-31",
        "2400000000 元 | 12 %",
        then="",
        form=SHEET,
    ),
    # 43
    Row(
        "序号工作任务具体指标完成时间责任单位\n"
        "1优化湿地服务配合省局做好湿地名录平台对接后的全面应用2022年5月湿地处、监测站，各区县（市）林草局\n"
        "湿地巡查记录实现掌上办理2022年6月法规处、监测站，各区县（市）林草局",
        "responsible~ 湿地处；responsible~ 监测站；responsible~ 各区县（市）林草局 | "
        "responsible~ 法规处；responsible~ 监测站；responsible~ 各区县（市）林草局",
        "due 2022-05-31 | due 2022-06-30",
        " | ",
        then="",
        form=SHEET,
    ),
    # 44
    Row(
        "序号专项计划（项目）名称建设内容责任单位（逗号前为牵头单位）进度安排\n"
        "1湿地修复专项计划修复湿地，恢复水鸟栖息地。市林草局，市水利局、市财政局等启动建设\n"
        "2青禾同城合作专项计划建设湿地合作试验区，联合开展监测。青禾云泽新区，东岭新区、市水利局、各产业园区等持续推进",
        "lead~ 市林草局；responsible~ 市水利局；responsible~ 市财政局 | "
        "lead~ 青禾云泽新区；responsible~ 东岭新区；responsible~ 市水利局；responsible~ 各产业园区",
        " | ongoing",
        " | ",
        then="",
        form=SHEET,
    ),
    # 45
    Row(
        "一、互联网＋湿地小组\n负责人：赵小河\n责任人：钱大川\n牵头处室：湿地保护处\n配合处室：法规处、监测站\n"
        "二、互联网＋巡查小组\n负责人：孙青山责任人：李长林牵头处室：巡查执法队配合处室：法规处",
        "official 赵小河；official 钱大川；lead 湿地保护处；support 法规处；support 监测站 | "
        "official 孙青山；official 李长林；lead 巡查执法队；support 法规处",
        " | ",
        " | ",
        then="",
        form=SHEET,
    ),
    # 46
    Row(
        "湿地类项目由州林业委会同州水利局、州湿地保护管理局等部门牵头落实。",
        "lead 州林业委；responsible 州水利局；responsible 州湿地保护管理局",
    ),
    # 47
    Row(
        "积极推广湿地监测，加快监测站建设。（市林草局负责）支持公园、河道等领域的湿地应用，加快改造。"
        "（市水利局、青禾供水公司等按职责分工负责）",
        "responsible 市林草局 | responsible 市水利局；responsible 青禾供水公司",
        " | ",
        " | ",
    ),
    # 48
    Row("财政部会同水利部等有关部门研究提出了办理意见：该问题将根据今年来水情况统筹考虑。"),
    # 49
    Row(
        "完善名录。（责任单位：省水利厅、省财政厅等有关部门，各市政府，云泽新区管委会）",
        "responsible 省水利厅；responsible 省财政厅；responsible 各市政府；responsible 云泽新区管委会",
    ),
    # 50
    Row(
        "完善名录。（责任单位：省水利厅、各市政府、青禾示范区管委会、各省直管县〔市〕政府）",
        "responsible 省水利厅；responsible 各市政府；responsible 青禾示范区管委会；responsible 各省直管县〔市〕政府",
    ),
    # 51
    Row(
        "湿地信息平台。5月底前，湿地信息系统实现全覆盖；10底前，实现湿地资源一张图导览。（牵头落实：市林草局）",
        "lead 市林草局",
        "due 2022-05-31；due 2022-10-31",
    ),
    # 52
    Row(
        "完善名录。（责任部门：市林草局、市财政局；完成时限：2022年11月中旬）",
        "responsible 市林草局；responsible 市财政局",
        "due 2022-11-20",
    ),
    # 53
    Row(
        "各县（市、区）林草局将每月巡查情况于当月底前报市湿地保护领导小组办公室。",
        "responsible 各县（市、区）林草局；recipient 市湿地保护领导小组办公室",
        "MONTHLY BYMONTHDAY=-1",
    ),
    # 54
    Row(
        "市级各牵头部门每月8日前向市湿地保护领导小组办公室上报台账进展情况。",
        "responsible 市级各牵头部门；recipient 市湿地保护领导小组办公室",
        "MONTHLY BYMONTHDAY=8",
    ),
    # 55
    Row(
        "请各盟市做好跟踪服务，于每季度结束8个工作日内将湿地巡查情况报送至湿地保护局。",
        "responsible 各盟市；recipient 湿地保护局",
        "MONTHLY BYMONTH=1,4,7,10 BYDAY=MO,TU,WE,TH,FR BYSETPOS=8",
    ),
    # 56
    Row(
        "各有关部门于每年3月底前，根据上一年度巡查成效，研究提出拟予激励的名单，报市政府办公室。",
        "responsible 各有关部门；recipient 市政府办公室",
        "YEARLY BYMONTH=3 BYMONTHDAY=-1",
    ),
    # 57
    Row(
        "序号工作任务具体指标完成时间责任单位\n"
        "1任务落实各地要制定工作方案，按月细化任务2022年6月法规处、监测站，各区县（市）林草局\n"
        "省级试点项目的工作专班，每月15日前报送工作进展，其他项目每季度末报送2022年12月湿地处、监测站，各区县（市）林草局",
        "responsible~ 法规处；responsible~ 监测站；responsible~ 各区县（市）林草局 | "
        "responsible~ 湿地处；responsible~ 监测站；responsible~ 各区县（市）林草局",
        "MONTHLY；due 2022-06-30 | MONTHLY BYMONTHDAY=15；MONTHLY BYMONTH=3,6,9,12 BYMONTHDAY=-1；due 2022-12-31",
        " | ",
        then="",
        form=SHEET,
    ),
    # 58
    Row("本措施自2022年9月1日起实施，有效期至2026年12月31日。"),
    # 59
    Row("本措施自2022年3月1日起实施，有效期4年，实施细则另行制定。"),
    # 60
    Row(
        "扶持资金由市区两级财政按4:6的比例共同承担，其余条款涉及的扶持资金由市区两级财政按45:55的比例共同承担。"
        "（市林草局负责）",
        "responsible 市林草局",
    ),
    # 61: the act recurs; only the number is capped (每年不多于20家 alone would give no deadline)
    Row("评选湿地公园，每年认定不多于20家。（市林草局负责）", "responsible 市林草局", "YEARLY", "20 家"),
    # 62
    Row(
        "力争实现到户水价不高于2.649元/立方米。（市水利局负责）",
        "responsible 市水利局",
        "",
        "2.649 元/立方米",
    ),
    # 63
    Row("全市湿地公园数量在2020年基础上翻一番。[责任单位：市林草局]", "responsible 市林草局", "", "2 倍"),
    # 64
    Row(
        "水产、苗木、文旅产值分别达到160亿元以上、400亿元以上、90亿元以上。（市林草局负责）",
        "responsible 市林草局",
        "",
        "16000000000 元；40000000000 元；9000000000 元",
    ),
    # 65
    Row(
        "对进入前20名、21－40名、41－80名的，分别给予400万元、200万元、90万元一次性奖励。（市林草局负责）",
        "responsible 市林草局",
        "",
        "4000000 元；2000000 元；900000 元",
    ),
    # 66
    Row("集聚四成以上全国苗木产量前一百名企业。（市林草局负责）", "responsible 市林草局", "", "40 %"),
    # 67
    Row("给予一次性200-400万元补贴。（市林草局负责）", "responsible 市林草局", "", "2000000 元；4000000 元"),
    # 68
    Row("推动湿地修复周期缩短四分之一以上。（市林草局负责）", "responsible 市林草局", "", "25 %"),
    # 69
    Row(
        "湿地保护率每年增加2-4个百分点。2030年达到65%。（市林草局负责）",
        "responsible 市林草局",
        "YEARLY；due 2030-12-31",
        "2 个百分点；4 个百分点；65 %",
    ),
    # 70
    Row("开展5G巡护试点，开通5G基站20个以上。（市林草局负责）", "responsible 市林草局", "", "20 个"),
    # 71
    Row(
        "完善名录。（责任单位：市水利局、市农业和林业局等部门，各县（市、区）政府）",
        "responsible 市水利局；responsible 市农业和林业局；responsible 各县（市、区）政府",
    ),
    # 72
    Row(
        "到2023年，湿地巡护站点覆盖全市80%以上行政村。（牵头单位：市林草局）",
        "lead 市林草局",
        "due 2023-12-31",
        "80 %",
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=range(1, len(ROWS) + 1))
def test_phrasing(row: Row) -> None:
    found = pp.parse_text(row.form.format(row.words)).obligations
    items = [o for o in found if row.form is SHEET or o.clause[-1] != "2"]
    assert " | ".join(_parties(o) for o in items) == row.parties
    assert " | ".join("；".join(map(_deadline, o.deadlines)) for o in items) == row.deadlines
    assert " | ".join("；".join(f"{q.value:.12g} {q.unit}" for q in o.quantities) for o in items) == row.quantities
    assert [_parties(o) for o in found if o not in items] == [row.then] * (row.form is ITEMS)


def test_every_line_of_the_list_has_its_row() -> None:
    if not PATTERNS.exists():
        pytest.skip("../shared/benchmark/patterns.tsv is not there")
    assert len(ROWS) == len(PATTERNS.read_text(encoding="utf-8").splitlines())


def _parties(obligation: Obligation) -> str:
    return "；".join(party_words(party) for party in obligation.parties)


def _deadline(deadline: Deadline) -> str:
    if deadline.kind == "recurring":
        return (deadline.rrule or "").replace("FREQ=", "").replace(";", " ")
    return f"{deadline.kind} {deadline.end or deadline.start or ''}".strip()
