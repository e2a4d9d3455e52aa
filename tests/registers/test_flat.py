"""Tables with one cell a line: columns, rows, broken cells; all places and units are invented."""

from __future__ import annotations

import pytest

import policyparse
from policyparse.model import Notice, Obligation
from policyparse.registers.cells import is_units

HEAD = "云岭市人民政府办公室关于印发数字云岭任务清单的通知\n各区县人民政府：\n现印发给你们。\n云岭市人民政府办公室\n2024年3月1日\n附件\n数字云岭任务清单\n"


def parsed(*cells: str) -> Notice:
    return policyparse.parse(policyparse.read((HEAD + "\n".join(cells) + "\n").encode(), name="notice.txt"))


def rows(*cells: str) -> list[Obligation]:
    return [o for o in parsed(*cells).obligations if any(p.basis in ("table", "convention") for p in o.parties)]


def seats(row: Obligation) -> list[tuple[str, str]]:
    return [(p.name, p.role) for p in row.parties]


NUMBERED = ("序号", "工作任务", "具体内容", "牵头单位", "备注")


def test_a_heading_may_hold_cells_of_unknown_meaning() -> None:
    found = rows(
        *("序号", "项目名称", "实施单位", "地点", "主要内容", "建设性质", "建设", "周期（年）", "总投资", "（亿元）"),
        *("1", "云岭数据港", "青川区政府", "青川区", "建设机房和配套道路", "新建", "2021-2025", "72"),
        *("2", "北坡园区", "北坡县政府", "北坡县", "改造老旧厂房", "在建", "2022-2024", "3"),
    )
    assert [o.clause for o in found] == [("1",), ("2",)]
    assert seats(found[0]) == [("青川区政府", "responsible")]
    assert found[0].deadlines[0].text == "2021-2025"


def test_scores_are_not_told_from_numbers() -> None:
    assert not rows(
        *("序号", "考核项目", "分值", "考核指标", "负责考核部门"),
        *("1", "推进水域保洁", "7", "落实保洁员。", "市河长办", "2", "完善组织体系", "5", "公布名单。", "市水利局"),
    )


def test_a_heading_is_measured_without_its_brackets() -> None:
    found = rows(
        "序号", "工作任务", "责任单位（排名第一位的为牵头单位，其余为配合单位）", "1", "修订名录", "市档案局、市司法局"
    )
    assert [(o.heading, seats(o)) for o in found] == [("修订名录", [("市档案局", "lead"), ("市司法局", "responsible")])]


def test_the_second_line_may_be_data() -> None:
    found = rows(
        "工作任务", "完成时间", "责任单位", "1.修订名录", "6月底前", "市档案局", "2.完善目录", "9月底前", "市司法局"
    )
    assert [(o.clause, seats(o)) for o in found] == [
        (("1",), [("市档案局", "responsible")]),
        (("2",), [("市司法局", "responsible")]),
    ]


def test_another_heading_ends_the_table() -> None:
    found = rows(
        *("工作任务", "内容", "完成时间", "责任单位", "1.修订名录", "编印新名录", "6月底前", "市档案局"),
        *(
            "工作任务",
            "内容",
            "完成时间",
            "省级牵头单位",
            "市级配合单位",
            "1.联网",
            "接通专线",
            "9月底前",
            "省司法厅",
            "市司法局",
        ),
    )
    assert [seats(o) for o in found] == [
        [("市档案局", "responsible")],
        [("省司法厅", "lead"), ("市司法局", "support")],
    ]


def test_the_same_heading_again_is_a_page_break() -> None:
    found = rows(
        *NUMBERED, "1", "修订名录", "编印新名录。", "市档案局", *NUMBERED, "2", "完善目录", "重编目录。", "市司法局"
    )
    assert [(o.clause, o.heading) for o in found] == [(("1",), "修订名录"), (("2",), "完善目录")]


def test_remarks_are_no_rows() -> None:
    found = rows(
        *("序号", "项目名称", "主要任务", "牵头领导", "责任单位", "备注", "项目类型"),
        *("1", "智慧云岭", "建设平台，汇集数据。", "沈　敏", "市水利局", "续建", "多部门", "协同应用", "系统"),
        *("2", "数字青川", "归集水情信息。", "顾长风", "市农业", "农村局", "新建", "单部门", "重要系统"),
        *("说明：1．续建指上年已开工的项目。",),
    )
    assert [[p.name for p in o.parties] for o in found] == [
        ["沈敏", "市水利局"],
        ["顾长风", "市农业农村局"],
    ]
    assert [p.role for p in found[0].parties] == ["official", "responsible"]


def test_a_task_with_units_of_its_own_is_a_row() -> None:
    found = rows(
        *("序号", "工作任务", "具体指标", "完成时间", "责任单位", "1", "领航行动"),
        *(
            "一批证明事项实现掌上办理",
            "2025年6月",
            "市教育局",
            "各类资助事项接入服务网",
            "2025年9月",
            "市财政局、市民政局",
            "2",
        ),
        *("夯基行动", "完善主题数据库", "2025年12月", "市数据局"),
    )
    assert [(o.clause, o.heading, len(o.parties)) for o in found] == [
        (("1",), "领航行动", 1),
        (("1",), "领航行动", 2),
        (("2",), "夯基行动", 1),
    ]


def test_behind_the_number_stands_the_task() -> None:
    found = rows(
        *NUMBERED,
        "1",
        "云岭市数字人社",
        "建设统一服务平台。",
        "市人社局",
        "2",
        "适配检测中心",
        "建成中心。",
        "市科技局",
    )
    assert [(o.heading, seats(o)) for o in found] == [
        ("云岭市数字人社", [("市人社局", "lead")]),
        ("适配检测中心", [("市科技局", "lead")]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "17.推广异地通办",
        "36.水环境治理服务中心",
        "建成智慧海洋大数据中心（一期）",
        "建设“智慧大脑”运营指挥中心。",
        "“云校”课程管理网络化应用覆盖所有高校",
        "多部门",
        "单部门",
    ],
)
def test_tasks_are_no_units(text: str) -> None:
    assert not is_units(text.replace("（", "(").replace("）", ")"))


@pytest.mark.parametrize(
    "text", ["市“信用云岭”建设领导小组各成员单位", "建设单位", "市发展改革委、财政局", "△市水利局,市财政局", "市委"]
)
def test_units_are(text: str) -> None:
    assert is_units(text)


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("市自然资源", "规划局"), ["市自然资源规划局"]),
        (("市机关事务", "管理局"), ["市机关事务管理局"]),
        (("市委", "网信办"), ["市委网信办"]),
        (("云岭", "市政府"), ["云岭市政府"]),
        (("市委",), ["市委"]),
        (("市水利局", "市财政局"), ["市水利局", "市财政局"]),
        (("市水利局", "财政局", "司法局"), ["市水利局", "财政局", "司法局"]),
    ],
)
def test_cells_broken_over_two_lines(lines: tuple[str, ...], names: list[str]) -> None:
    found = rows("序号", "工作任务", "责任单位", "1", "修订名录并编印成册", *lines, "2", "完善目录", "市司法局")
    assert [p.name for p in found[0].parties] == names


def test_names_of_tasks_broken_over_two_lines() -> None:
    found = rows(
        *NUMBERED,
        "1",
        "放射源“智能安全",
        "手环”",
        "打造监管平台。",
        "市环境局",
        "2",
        "完善公共",
        "数据库",
        "归集数据。",
        "市数据局",
    )
    assert [o.heading for o in found] == ["放射源“智能安全手环”", "完善公共数据库"]


def test_labels_are_paths_and_numbers_carry() -> None:
    found = rows(
        *("序号", "类别", "任务名称", "主要内容", "完成时间", "责任单位", "三、应用体系", "（一）经济调节"),
        *(
            "1",
            "政务服务",
            "接轨全省平台",
            "推动网上办向好办转变。",
            "全年推进",
            "市数据局",
            "加快改革。",
            "12月底前",
            "市司法局",
        ),
    )
    assert [(o.clause, o.heading) for o in found] == [
        (("三", "（一）", "1"), "接轨全省平台"),
        (("三", "（一）", "1"), "接轨全省平台"),
    ]


def test_units_that_only_white_space_parts() -> None:
    found = rows(
        "序号",
        "工作任务",
        "责任单位",
        "1",
        "修订名录",
        "市数据局　　市工信委　市能源局",
        "2",
        "完善目录",
        "市住房 城乡建设局",
    )
    assert [[p.name.replace(" ", "") for p in o.parties] for o in found] == [
        ["市数据局", "市工信委", "市能源局"],
        ["市住房城乡建设局"],
    ]


BODY = (
    "云岭市推进数据融合方案\n一、重点任务\n（一）推进农业生产管理精准化。加快构建大数据和物联网技术为一体的现代农业发展模式。"
    "（责任单位：市农业农村局、市数据局）\n（二）推进市场销售网络化。积极培育农村电商主体并提升其应用能力和水平。（责任单位：市商务局）\n"
    "附件：任务分工表\n序号\n类别\n目标任务\n责任单位\n"
)
FIRST = "1\n生产\n加快构建大数据和物联网技术为一体的现代农业发展模式。\n市农业农村局\n"


def test_a_table_that_repeats_the_body_is_not_counted_again() -> None:
    again = FIRST + "2\n销售\n积极培育农村电商主体并提升其应用能力和水平。\n市商务局\n"
    assert len(policyparse.parse(policyparse.read((BODY + again).encode(), name="notice.txt")).obligations) == 2


def test_a_table_with_other_units_is_counted() -> None:
    other = (
        FIRST.replace("市农业农村局", "市水利局") + "2\n销售\n积极培育农村电商主体并提升其应用能力和水平。\n市司法局\n"
    )
    assert len(policyparse.parse(policyparse.read((BODY + other).encode(), name="notice.txt")).obligations) == 4


def test_a_person_with_a_space_in_a_real_table() -> None:
    cells = (("序号", "工作任务", "牵头领导", "责任单位"), ("1", "修订名录并编印成册", "沈　敏", "市水利局"))
    page = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in cells)
    page = f"<html><body><p>云岭市任务清单</p><table>{page}</table></body></html>"
    found = policyparse.parse(policyparse.read(page.encode(), name="notice.html")).obligations
    assert seats(found[0]) == [("沈敏", "official"), ("市水利局", "responsible")]


def apart(*cells: str) -> list[Obligation]:
    """Rows of a table whose cells are set off by blank lines."""
    return rows(*("\n" + cell for cell in cells))


OFFICIALS = ("序号", "工作任务", "责任领导", "牵头单位", "责任单位", "完成时限")


def test_blank_lines_set_cells_off() -> None:
    found = apart(
        *OFFICIALS,
        *(
            "1",
            "新增企业45家。",
            "韩  立\n陈静怡",
            "市发展改革委\n市财政局",
            "市统计局、\n市税务局",
            "6月底完成过半\n12月底全面完成",
        ),
        *OFFICIALS,
        *("2", "排查安全隐患。", "陈静怡", "市应急管理局", "—", "长期坚持"),
    )
    assert seats(found[0]) == [
        ("韩立", "official"),
        ("陈静怡", "official"),
        ("市发展改革委", "lead"),
        ("市财政局", "lead"),
        ("市统计局", "responsible"),
        ("市税务局", "responsible"),
    ]
    assert [d.text for d in found[0].deadlines] == ["6月底", "12月底"]
    assert seats(found[1]) == [("陈静怡", "official"), ("市应急管理局", "lead")]
    assert [d.kind for d in found[1].deadlines] == ["ongoing"]


def test_a_task_without_number_and_units_shares_those_above() -> None:
    found = apart(
        *("序号", "民生实事", "责任单位", "完成时限"),
        *("1", "新建养护楼。", "县民政局", "县代建中心", "5月底前动工", "新建老年大学。", "12月底前"),
        *("2", "完成改造2836户。", "县住建局", "12月底前"),
    )
    assert [(o.clause, o.heading, seats(o)) for o in found] == [
        (("1",), "新建养护楼", [("县民政局", "responsible"), ("县代建中心", "responsible")]),
        (("1",), "新建老年大学", [("县民政局", "responsible"), ("县代建中心", "responsible")]),
        (("2",), "完成改造2836户", [("县住建局", "responsible")]),
    ]


def test_bars_of_a_saved_page_set_cells_off() -> None:
    table = (
        "序号",
        "目标与任务",
        "分 管 县领导",
        "牵头责任单位",
        "责任单位",
        "1",
        "新增托位400个。",
        "陆 明俞 悦",
        "县教育局",
        "县各有关单位",
    )
    found = rows(*(f"{cell} |" for cell in table))
    assert seats(found[0]) == [
        ("陆明", "official"),
        ("俞悦", "official"),
        ("县教育局", "lead"),
        ("县各有关单位", "responsible"),
    ]
    assert "|" not in found[0].text


def test_numbers_below_no_heading_of_their_own() -> None:
    table = ("工作任务", "具体要求", "责任科室", "时限要求", "规范公开", "1", "公布目录。", "办公室", "年底前")
    more = ("深化解读", "2", "丰富形式。", "各科室", "持续推进", "3", "及时发布。", "办公室", "持续推进")
    found = rows(*"\n|\n".join([*table, *more]).split("\n"))
    assert [(o.clause, o.heading, seats(o)) for o in found] == [
        (("1",), "规范公开", [("办公室", "responsible")]),
        (("2",), "深化解读", [("各科室", "responsible")]),
        (("3",), "深化解读", [("办公室", "responsible")]),
    ]


def test_support_in_a_sentence_of_its_own() -> None:
    found = rows(
        "序号", "重点任务", "主要责任单位", "协同配合单位", "1", "引进教育资源。", "区教育局", "区投资促进中心。"
    )
    assert seats(found[0]) == [("区教育局", "responsible"), ("区投资促进中心", "support")]


def test_a_text_that_is_nothing_but_a_table() -> None:
    table = (
        "序号",
        "重点工作",
        "责任领导",
        "责任单位",
        "完成时限",
        "1",
        "推动空间再造，盘活土地400亩。",
        "马振明",
        "改革办",
        "全年",
    )
    found = policyparse.parse_text("\n".join(f"{cell} |" for cell in table)).obligations
    assert [seats(o) for o in found] == [[("马振明", "official"), ("改革办", "responsible")]]


def test_a_numbered_row_without_units_is_told_and_not_guessed() -> None:
    notice = parsed(
        *("序号", "工作任务", "责任单位"), *("1", "修桥。", "市城管局", "2", "铺路。", "3", "建校。", "市教育局")
    )
    assert [o.clause for o in notice.obligations] == [("1",), ("3",)]
    assert any("铺路" in warning for warning in notice.warnings)


def test_units_and_a_remark_that_the_flow_joined() -> None:
    units = "法规处、发展规划处、财务处、基础教育处、职业与成人教育处、教师工作处、市教育考试院"
    table = ("序号", "试点项目", "指导处室", "意见", "1", "教育服务专区", units, "基本同意，注意与各处室加强业务联系。")
    assert len(seats(rows(*table, "2", "平安校园", "校园安全处", "同意，抓紧实施。")[0])) == 7


def test_every_heading_may_stand_on_two_lines() -> None:
    head = ("序号", "重点任务", "牵头", "单位", "配合", "单位", "完成", "时限")
    found = rows(*head, "1", "修桥1座", "县交通局", "县财政局", "6月底前", "2", "铺路", "县交通局", "各乡镇", "年底前")
    assert [(seats(o)[1], o.deadlines[0].text) for o in found] == [
        (("县财政局", "support"), "6月底前"),
        (("各乡镇", "support"), "年底前"),
    ]


LED = ("责任单位", "工作职责", "完成时限")


def test_units_may_stand_before_what_they_are_asked() -> None:
    found = rows(
        *LED,
        *("市档案局", "1.编印新名录，核对旧名录；2.培训档案员80人。", "5月底前"),
        *("市司法局、市教育局", "1.完善法治课程目录；2.每校配备辅导员1名。", "持续推进"),
        *("北坡供水有限公司", "检修泵站。", "6月20日前"),
        *("说明：各单位抓好落实。", "云岭市人民政府办公室"),
    )
    assert [o.clause for o in found] == [(), (), ()], "1. counts the duties of a cell, not the rows"
    assert [(seats(o), [d.text for d in o.deadlines]) for o in found] == [
        ([("市档案局", "responsible")], ["5月底前"]),
        ([("市司法局", "responsible"), ("市教育局", "responsible")], ["持续推进"]),
        ([("北坡供水有限公司", "responsible")], ["6月20日前"]),
    ]


@pytest.mark.parametrize("heads", [("部门", "职责"), ("牵头单位", "任务内容")])
def test_units_and_duties_alone(heads: tuple[str, ...]) -> None:
    found = rows(
        *heads,
        *("市档案局", "编印新名录，核对旧名录。"),
        *("市司法局", "完善法治课程目录，修订旧目录。", "编写教学案例，送交各区县。"),
        *("市教育局", "推动各校开设法治课程。"),
        *("以上职责由各单位负责人亲自部署，并在年底前完成自查。", "云岭市人民政府办公室", "2024年3月1日"),
    )
    assert [[p.name for p in o.parties] for o in found] == [["市档案局"], ["市司法局"], ["市教育局"]]
    assert "教学案例" in found[1].text and "自查" not in found[2].text


def test_rows_that_begin_with_a_number_and_units() -> None:
    found = rows(
        *("序号", "牵头单位", "工作任务", "配合单位", "完成时限"),
        *("1", "市档案局", "编印新名录，核对旧名录。", "市司法局", "5月底前"),
        *("2", "市教育局", "推动各校开设法治课程。", "市司法局、市团委", "6月底前"),
    )
    assert [(o.clause, seats(o)) for o in found] == [
        (("1",), [("市档案局", "lead"), ("市司法局", "support")]),
        (("2",), [("市教育局", "lead"), ("市司法局", "support"), ("市团委", "support")]),
    ]


def test_a_row_shares_the_units_that_begin_the_row_above() -> None:
    found = rows(
        *LED,
        "市档案局",
        "编印新名录，核对旧名录。",
        "5月底前",
        "培训档案员80人。",
        "6月底前",
        "市司法局",
        "修订目录。",
        "年底前",
    )
    assert [(seats(o)[0][0], o.deadlines[0].text) for o in found] == [
        ("市档案局", "5月底前"),
        ("市档案局", "6月底前"),
        ("市司法局", "年底前"),
    ]


def test_what_may_belong_to_an_unknown_unit_is_told_and_not_guessed() -> None:
    notice = parsed(
        *LED,
        *("市档案局", "编印新名录，核对旧名录。", "5月底前"),
        *("云岭红帆", "为社区老人送餐，每周两次。", "6月底前"),
        *("市司法局", "修订法治课程目录。", "年底前"),
    )
    assert [[p.name for p in o.parties] for o in notice.obligations if o.parties and o.parties[0].basis == "table"] == [
        ["市档案局"],
        ["市司法局"],
    ]
    assert any("看不出属于哪个责任单位" in w for w in notice.warnings)


@pytest.mark.parametrize(
    "cells",
    [
        ("责任单位", "工作职责", "完成时限", "编印新名录，核对旧名录。", "市档案局", "5月底前"),
        ("牵头单位", "任务", "配合单位", "市档案局", "编印新名录。", "市司法局", "市教育局", "开设课程。", "市团委"),
    ],
)
def test_units_that_may_be_those_of_either_row_are_not_guessed(cells: tuple[str, ...]) -> None:
    assert rows(*cells) == []
    assert any("看不出属于哪个责任单位" in w for w in parsed(*cells).warnings)


def test_a_unit_cut_in_two_begins_a_row() -> None:
    found = rows(
        *("部门", "职责", "市档案局", "编印新名录，核对旧名录。", "市司法局", "完善法治课程目录。"),
        *("市人力资源社会", "保障局、市教育局", "组织技能培训，开设课程。"),
    )
    assert [[p.name for p in o.parties] for o in found] == [
        ["市档案局"],
        ["市司法局"],
        ["市人力资源社会保障局", "市教育局"],
    ]


def test_a_line_within_a_sentence_names_no_units() -> None:
    found = rows(
        *("序号", "工作举措", "牵头部门", "完成时限"),
        *("1", "推出电子印章，优化申报流程，实现", "商铺开办", "一次办好。", "市档案局", "5月底前"),
        *("2", "完善目录，修订名录", "市司法局", "6月底前"),
    )
    assert [(o.clause, seats(o)) for o in found] == [
        (("1",), [("市档案局", "lead")]),
        (("2",), [("市司法局", "lead")]),
    ]
    assert "商铺开办一次办好" in found[0].text.replace("\n", "")


def test_the_title_of_a_table_and_its_first_task_are_no_headings() -> None:
    bordered = "\n\n".join(
        (
            *("表一　日常整治任务", "工作任务", "责任单位", "完成时间"),
            *("清理乱堆乱放，规范门头。", "镇城管中队", "4月底前"),
            *("开设健康课，印发手册。", "山南中学、北坡小学", "5月底前"),
            *("整理档案，分类装订。", "镇党政办", "6月底前"),
            *("表二　设施建设任务", "项目名称", "建设内容", "牵头单位", "配合单位", "完成时间"),
            *("青川桥工程", "新建人行桥1座。", "镇建设办", "镇财政所", "7月底前"),
            *("北坡公园", "建设步道800米。", "镇文广站", "镇党政办", "8月底前"),
        )
    )
    found = rows(bordered)
    assert [([p.name for p in o.parties], o.deadlines[0].text) for o in found] == [
        (["镇城管中队"], "4月底前"),
        (["山南中学", "北坡小学"], "5月底前"),
        (["镇党政办"], "6月底前"),
        (["镇建设办", "镇财政所"], "7月底前"),
        (["镇文广站", "镇党政办"], "8月底前"),
    ]
    assert [o.heading for o in found[3:]] == ["青川桥工程", "北坡公园"]


@pytest.mark.parametrize(
    "label", ["（牵头：市档案局  配合：市司法局、市教育局）", "（牵头：市档案局　配合：市司法局、市教育局）"]
)
def test_bare_labels_that_white_space_parts(label: str) -> None:
    found = parsed("1.编印名录。核对旧名录，推进登记。" + label, "2.修订目录。组织培训。（牵头：市司法局）").obligations
    assert [seats(o) for o in found] == [
        [("市档案局", "lead"), ("市司法局", "support"), ("市教育局", "support")],
        [("市司法局", "lead")],
    ]


def test_points_and_limits_within_rows_that_begin_with_units() -> None:
    points = rows(
        "部门",
        "职责",
        "市档案局",
        "（一）编印新名录",
        "（二）核对旧名录",
        "市司法局",
        "（一）完善目录",
        "（二）修订名录",
    )
    assert [[p.name for p in o.parties] for o in points] == [["市档案局"], ["市司法局"]]
    assert "核对旧名录" in points[0].text and "修订名录" in points[1].text
    timed = rows(
        *("责任单位", "完成时限", "工作任务"),
        *("市档案局", "5月底前", "编印新名录。", "市司法局", "年底前", "修订名录。"),
    )
    assert [(seats(o)[0][0], o.deadlines[0].text) for o in timed] == [("市档案局", "5月底前"), ("市司法局", "年底前")]
