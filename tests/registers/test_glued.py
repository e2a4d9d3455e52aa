"""Tables whose rows stand in one line each; all places and units are invented."""

from __future__ import annotations

import policyparse
from policyparse.model import Notice

HEAD = "云岭市人民政府办公室关于印发数字云岭任务清单的通知\n各区县人民政府：\n现印发给你们。\n云岭市人民政府办公室\n2024年3月1日\n附件\n数字云岭任务清单\n"


def parsed(*lines: str) -> Notice:
    return policyparse.parse(policyparse.read((HEAD + "\n".join(lines) + "\n").encode(), name="notice.txt"))


def test_headings_with_brackets() -> None:
    notice = parsed(
        "序号专项计划（项目）名称建设内容责任单位（逗号前为牵头单位）进度安排",
        "1数据研发专项计划创建研发中心和实验室。市科技局，市财政局、各县（区）等启动建设",
        "2农业数字化专项计划推进园区改造。市农业农村局，市商务局等持续推进",
        "十、名词解释",
        "1.数字经济：以数据资源为关键要素的经济活动。",
    )
    assert [[(p.name, p.role) for p in o.parties] for o in notice.obligations] == [
        [("市科技局", "lead"), ("市财政局", "responsible"), ("各县（区）", "responsible")],
        [("市农业农村局", "lead"), ("市商务局", "responsible")],
    ]
    assert not any("未读出" in w for w in notice.warnings)


def test_dates_without_a_year_and_numbers_that_carry() -> None:
    notice = parsed(
        "序号工作任务具体指标完成时间责任单位",
        "1优化服务一批证明事项实现掌上办理5月底前市教育局、市民政局",
        "资助事项接入服务网9月底前市财政局",
        "2推广办公完善主题数据库2024年12月市数据局",
    )
    assert [(o.clause, len(o.parties), o.deadlines[0].text) for o in notice.obligations] == [
        (("1",), 2, "5月底前"),
        (("1",), 1, "9月底前"),
        (("2",), 1, "2024年12月"),
    ]


def test_lines_that_go_on_with_a_row() -> None:
    notice = parsed(
        "序号重点任务牵头单位配合单位年度工作目标",
        "1推动产业融合市经信局市科技局、市财政局1.出台实施意见，推进应用场景建设；",
        "2.加大攻关力度；3.谋划成立产业联盟。",
        "2推进企业上云市经信局各区县（市）政府1.组织开展培训工作。",
    )
    assert [o.clause for o in notice.obligations] == [("1",), ("2",)]
    assert notice.obligations[0].text.endswith("产业联盟。")


def test_unread_rows_are_told_and_are_no_prose() -> None:
    notice = parsed(
        "序号场景名称场景内容实施单位指导处室建设周期",
        "1应急物资管理场景建立统一的管理信息系统，由调度中心负责2024年底前完成供水调度中心水务公司水资源处2021-2023",
        "2供水监管场景建设评估体系，由供水公司于2024年6月底前报市水务局备案供水公司水资源处2022-2023",
    )
    assert not [o for o in notice.obligations if "场景" in o.text]
    assert any("有2行" in w for w in notice.warnings)
