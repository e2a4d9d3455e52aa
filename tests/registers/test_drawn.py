"""Registers that plain text draws with characters; all places and units are invented."""

from __future__ import annotations

import pytest

import policyparse
from policyparse.model import Document, Notice, Obligation
from tests import spans

HEAD = "栎川市人民政府办公室关于印发年度任务分解表的通知\n\n各县（区）人民政府：\n\n现将任务分解表印发给你们。\n\n栎川市人民政府办公室\n2031年3月4日\n\n附件\n年度任务分解表\n\n"


def parsed(table: str) -> Notice:
    document = Document(text=HEAD + table)
    notice = policyparse.parse(document)
    assert spans.wrong(document, notice) == []
    return notice


def rows(table: str) -> list[Obligation]:
    return [o for o in parsed(table).obligations if any(p.basis in ("table", "convention") for p in o.parties)]


def told(table: str) -> list[tuple[str, str, str]]:
    """Clause, roles and time of each row: 一/1, 牵头 甲 责任 乙, 6月底前."""
    out = []
    for row in rows(table):
        seats = " ".join(f"{p.role}:{p.name}" for p in row.parties)
        out.append(("/".join(row.clause), seats, " ".join(d.text for d in row.deadlines)))
    return out


MARKDOWN = """
| 序号 | 项目名称 | 建设内容 | 责任领导 | 牵头单位 | 责任单位 | 完成时限 |
|:---:|---|---|:---:|---|---|---|
| **一** | **安居工程** | | | | | |
| 1 | 加装电梯 | 加装电梯40台 | 丁 岚 | 市住建局 | 市规划局<br>各县（区）人民政府 | 9月底前 |
| 2 | 改造管网 | 改造供水管网12公里 | 丁 岚 | 市水务局 | / | 2031年3月至10月 |
| **二** | **便民服务** | | | | | |
| 3 | 文化惠民 | 举办演出30场 | 白 榆 | 市文旅局 | 市总工会、团市委 | 持续推进 |

> 注：表中数据为计划数。
"""


def test_markdown() -> None:
    assert told(MARKDOWN) == [
        ("一/1", "official:丁岚 lead:市住建局 responsible:市规划局 responsible:各县（区）人民政府", "9月底前"),
        ("一/2", "official:丁岚 lead:市水务局", "2031年3月至10月"),
        ("二/3", "official:白榆 lead:市文旅局 responsible:市总工会 responsible:团市委", "持续推进"),
    ]
    assert not parsed(MARKDOWN).warnings
    first = rows(MARKDOWN)[0]
    assert first.heading == "加装电梯"
    assert "|" not in first.text and "<br>" not in first.text


def test_a_heading_in_two_rows() -> None:
    table = "任务\t责任分工\t\t完成时限\n\t牵头单位\t配合单位\t\n修订名录\t市档案局\t市司法局\t5月底前\n"
    assert told(table) == [("", "lead:市档案局 support:市司法局", "5月底前")]


def test_cells_in_quotation_marks_hold_line_breaks() -> None:
    table = (
        "序号\t领域\t任务\t牵头单位\t责任单位\t完成时限\n"
        "1\t企业开办\t推行“一网办”。\t市市监局\t市税务局、市公安局\t6月底前\n"
        '2\t\t推广电子执照至300户。\t市市监局\t"市数据局\n市政务局\n各县（区）人民政府"\t9月30日前\n'
        '3\t获得电力\t"减免接电费用60万元；\n每季度首月15日前公布结果。"\t栎川供电局\t\t11月底前\n'
        "备注：未列明的由牵头单位自定。\n"
    )
    assert told(table) == [
        ("1", "lead:市市监局 responsible:市税务局 responsible:市公安局", "6月底前"),
        ("2", "lead:市市监局 responsible:市数据局 responsible:市政务局 responsible:各县（区）人民政府", "9月30日前"),
        ("3", "lead:栎川供电局", "每季度首月15日前 11月底前"),
    ]


def test_a_row_without_number_and_units_shares_those_above() -> None:
    table = "序号\t任务\t责任单位\t完成时限\n5\t新建养护院\t市民政局\t5月底前\n\t新建老年大学\t\t9月底前\n6\t修复古桥\t市文旅局\t年底前\n"
    assert told(table) == [
        ("5", "responsible:市民政局", "5月底前"),
        ("5", "responsible:市民政局", "9月底前"),
        ("6", "responsible:市文旅局", "年底前"),
    ]


def test_a_numbered_row_without_units_is_told_and_not_guessed() -> None:
    notice = parsed("序号\t任务\t责任单位\n1\t新建养护院\t市民政局\n2\t新建老年大学\t\n3\t修复古桥\t市文旅局\n")
    assert [o.clause for o in notice.obligations] == [("1",), ("3",)]
    assert any("新建老年大学" in warning for warning in notice.warnings)


def test_rows_that_fit_in_no_way_are_told() -> None:
    notice = parsed(
        '任务\t责任单位\t时限\n修桥\t市城管局\t5月\n"修\n路"\t市城管局\t6月\t甲\t乙\n\t\t\n铺路\t市城管局\t7月\n'
    )
    assert [o.heading for o in notice.obligations] == ["修桥", "铺路"]
    assert any("修路" in warning for warning in notice.warnings)


def test_ditto_marks() -> None:
    table = "| 任务 | 责任单位 |\n|---|---|\n| 新建养护院 | 市民政局 |\n| 新建老年大学 | 同上 |\n"
    assert [seats for _, seats, _ in told(table)] == ["responsible:市民政局"] * 2


SAVED = """类别 | 事项名称 | 年度目标 | 责任单位 | 分管市领导 | 进展情况 |
一、教育 | 1.改建学校 | 完成2座教学楼建设。 | 市教育局 | 丁岚 | 已完成30% |
2.推进课后服务 | 34所学校全覆盖。 | 市教育局 | 丁岚 | 已开展 | |
二、出行 | 3.畅通道路 | 打通断头路3条。 | 市城管局牵头，市公安局配合 | 白榆 | 施工中 |
"""


def test_rows_of_a_saved_page_leave_merged_cells_out() -> None:
    assert told(SAVED) == [
        ("一/1", "responsible:市教育局 official:丁岚", ""),
        ("一/2", "responsible:市教育局 official:丁岚", ""),
        ("二/3", "lead:市城管局 support:市公安局 official:白榆", ""),
    ]
    assert [q.text for o in rows(SAVED) for q in o.quantities] == [
        "2座",
        "34所",
        "3条",
    ]  # what was done asks for nothing


def test_a_row_of_a_saved_page_may_share_the_units_above() -> None:
    table = "序号 | 任务 | 责任单位 | 时限 |\n1 | 修复古桥 | 市文旅局 | 6月底 |\n2 | 铺设步道 | 年底前 |\n3 | 新建公园 | 市园林局 | 9月底 |\n"
    assert told(table) == [
        ("1", "responsible:市文旅局", "6月底"),
        ("2", "responsible:市文旅局", "年底前"),
        ("3", "responsible:市园林局", "9月底"),
    ]


def test_cells_of_a_saved_page_may_have_several_lines() -> None:
    table = "序号 | 任务 | 牵头单位 | 配合单位 | 时限 |\n1 | 建校3所。\n建院2家。 | 市教育局\n市卫健委 | 市财政局 | 年底前 |\n2 | 修桥1座。 | 市城管局 | 各县\n（区）政府 | 6月底 |\n"
    assert told(table) == [
        ("1", "lead:市教育局 lead:市卫健委 support:市财政局", "年底前"),
        ("2", "lead:市城管局 support:各县（区）政府", "6月底"),
    ]


def test_a_heading_printed_again() -> None:
    head = "任务 | 责任单位 | 时限 |\n"
    table = head + "修订名录 | 市档案局 | 5月底前 |\n— 3 —\n" + head + "完善目录 | 市司法局 | 6月底前 |\n"
    assert [seats for _, seats, _ in told(table)] == ["responsible:市档案局", "responsible:市司法局"]


def test_two_tables_and_text_between() -> None:
    table = "任务 | 责任单位 |\n修订名录 | 市档案局 |\n二、其他事项\n各县（区）要于5月1日前报市司法局备案。\n事项 | 牵头部门 |\n完善目录 | 市司法局 |\n"
    assert [seats for _, seats, _ in told(table)] == ["responsible:市档案局", "lead:市司法局"]
    assert any(p.role == "recipient" for o in parsed(table).obligations for p in o.parties)


ALIGNED = """序号  整改任务                              牵头部门            配合部门                完成时限
1     停招社会需求不足的专业4个             教务处              招生处、各学院          2031年7月15日
2     建立毕业生跟踪调查制度，回收有效问卷  招生处              校友办、各学院          10月底
      3000份以上
3     落实听课评课制度                      教务处              人事处、工会            长期坚持

栎川学院办公室                                             2031年4月3日印发
"""


def test_aligned_columns() -> None:
    assert told(ALIGNED) == [
        ("1", "lead:教务处 support:招生处 support:各学院", "2031年7月15日"),
        ("2", "lead:招生处 support:校友办 support:各学院", "10月底"),
        ("3", "lead:教务处 support:人事处 support:工会", "长期坚持"),
    ]
    assert rows(ALIGNED)[1].heading == "建立毕业生跟踪调查制度，回收有效问卷3000份以上"


BOXED = """┌────┬────────────────────────┬──────────────┬──────────────────────┬──────────┐
│序号│        工作任务        │   牵头单位   │       配合单位       │ 完成时限 │
├────┼────────────────────────┼──────────────┼──────────────────────┼──────────┤
│ 1  │新建社区食堂12家，覆盖全│市民政局      │市财政局、市市场监督管│6月底前   │
│    │部街道。                │              │理局                  │          │
├────┼────────────────────────┼──────────────┼──────────────────────┼──────────┤
│ 2  │改造农村公路30公里。    │市交通运输局  │各县（区）人民政府    │10月底前  │
├────┼────────────────────────┤              ├──────────────────────┼──────────┤
│ 3  │新增公交线路2条。       │              │市公安局              │年底前    │
└────┴────────────────────────┴──────────────┴──────────────────────┴──────────┘
"""


def test_box_lines() -> None:
    assert told(BOXED) == [
        ("1", "lead:市民政局 support:市财政局 support:市市场监督管理局", "6月底前"),
        ("2", "lead:市交通运输局 support:各县（区）人民政府", "10月底前"),
        ("3", "lead:市交通运输局 support:市公安局", "年底前"),
    ]


def test_box_lines_of_ascii() -> None:
    table = (
        "+----+----------------+----------+\n|序号|任务            |责任单位  |\n+====+================+==========+\n"
        "|1   |建成公园6个     |市园林局  |\n+----+----------------+----------+\n"
        "|2   |改造公厕20座    |市城管局  |\n|    |                |各街道    |\n+----+----------------+----------+\n"
    )
    assert [seats for _, seats, _ in told(table)] == [
        "responsible:市园林局",
        "responsible:市城管局 responsible:各街道",
    ]


def test_borders_that_do_not_agree_are_told() -> None:
    notice = parsed(
        "┌──────────┬──────────┐\n│任务      │责任单位  │\n├──────────┼──────────┤\n│改造公厕二│市城管局  │\n"
        "│十座并长效├──────────┤\n│管护。    │市园林局  │\n└──────────┴──────────┘\n"
    )
    assert not [o for o in notice.obligations if any(p.basis == "table" for p in o.parties)]
    assert any("框线" in warning for warning in notice.warnings)


@pytest.mark.parametrize(
    "table",
    [
        "| 区县 | 常住人口 | 增速 |\n|---|---|---|\n| 青川县 | 12万人 | 3% |\n",
        "单位\t姓名\t职务\t电话\n市民政局\t丁岚\t科长\t0000\n",
        "指标 | 工作内容 | 单位 | 分值 |\n台账 | 建立台账 | 份 | 10 |\n",
        "责任单位：市民政局  配合单位：市财政局  完成时限：6月底前\n",
        "| 字段 | 说明 |\n|---|---|\n| 责任单位 | 填写全称 |\n",
        "序号\t任务\t责任单位\n\n填报人：        填报时间：\n",
    ],
)
def test_other_tables_are_left_alone(table: str) -> None:
    notice = parsed(table)
    assert not [p for o in notice.obligations for p in o.parties if p.basis == "table"]


def test_a_numbered_row_is_no_heading() -> None:
    notice = parsed(
        "序号\t任务\t责任领导\t责任单位\t参加单位\t完成时限\n1\t修订预案\t王小明\t市甲局\t各乡镇\t4月15日前\n"
        "2\t在建工程度汛\t市政府秘书长\t市乙局、市丙局\t各项目业主\t全汛期\n3\t汛后检查\t李大方\t市丁办\t成员单位\t11月10日前\n"
    )
    seats = [[(p.name, p.role) for p in o.parties] for o in notice.obligations if o.parties[0].basis == "table"]
    assert len(seats) == 3
    assert seats[1][:3] == [("市政府秘书长", "official"), ("市乙局", "responsible"), ("市丙局", "responsible")]
    assert seats[2] == [("李大方", "official"), ("市丁办", "responsible"), ("成员单位", "support")]


def test_scores_beside_the_units_are_remarks() -> None:
    notice = parsed("考核内容 | 分值 | 责任单位 | 负责考核部门 |\n台账齐全 | 10 | 市民政局 | 市河长办 |\n")
    row = next(o for o in notice.obligations if any(p.basis == "table" for p in o.parties))
    assert [(p.name, p.role) for p in row.parties] == [("市民政局", "responsible"), ("市河长办", "supervise")]


def test_points_within_a_cell_are_no_labels() -> None:
    page = (
        "<table><tr><td>序号</td><td>考核项目</td><td>考核指标</td><td>负责考核部门</td></tr>"
        "<tr><td>1</td><td>推进水域保洁</td><td><p>1.落实保洁员，得4分。</p><p>2.建立台账，得3分。</p></td><td>市河长办</td></tr></table>"
    )
    notice = policyparse.parse(policyparse.read(f"<html><body>{page}</body></html>".encode(), name="notice.html"))
    assert [(o.clause, o.heading) for o in notice.obligations] == [(("1",), "推进水域保洁")]


def test_the_text_stays_as_it_was_read() -> None:
    document = policyparse.read((HEAD + MARKDOWN).encode(), name="notice.md")
    assert document.text == HEAD + MARKDOWN
    party = next(p for o in policyparse.parse(document).obligations for p in o.parties if p.name == "市规划局")
    assert document.text[slice(*party.span)] == "市规划局"


@pytest.mark.parametrize(
    "line", ["任务|责任单位|" + "|" * 400, "任务\t责任单位\n" + '"\t' * 9000, "│任务│责任单位\n" * 3000]
)
def test_hostile_lines_end_soon(line: str) -> None:
    policyparse.parse(Document(text=line * 20))
