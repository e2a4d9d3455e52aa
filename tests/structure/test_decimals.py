"""Decimal numbering: 1 总则, 1.1 编制目的, 2.1.1 …; all places and units are invented."""

from __future__ import annotations

import policyparse as pp
from policyparse.model import Clause

HEAD = """\
云岭县人民政府办公室关于印发云岭县突发环境事件应急预案的通知
云政办发〔2021〕9号
各乡镇人民政府，县直各单位：
《云岭县突发环境事件应急预案》已经县政府同意，现印发给你们，请认真贯彻执行。
云岭县人民政府办公室
2021年3月5日
"""
PLAN = """\
云岭县突发环境事件应急预案
1 总则
1.1 编制目的
健全应对机制，科学有序高效应对突发环境事件。
1.2 适用范围
本预案适用于本县行政区域内突发环境事件应对工作。
2 组织指挥体系
2.1 县级指挥机构
2.1.1 指挥部办公室
办公室要做好日常工作：
1.定期组织演练；
2.及时报送信息。
2.2 成员单位职责
各成员单位按照职责分工做好工作。
3 监测预警
3.1 监测
县甲局应于每年3月底前向指挥部报告风险评估情况。
3.5万元以下的损失不计。
3.2 预警
预警由县甲局会同县乙局负责发布，2小时内报县政府。
"""


def tree(clauses: tuple[Clause, ...]) -> list[object]:
    return [[c.label, *tree(c.children)] if c.children else c.label for c in clauses]


TREE = [["1", "1.1", "1.2"], ["2", ["2.1", ["2.1.1", "1", "2"]], "2.2"], ["3", "3.1", "3.2"]]


def test_outline() -> None:
    for text in (PLAN, HEAD + PLAN):
        notice = pp.parse_text(text)
        assert tree(notice.clauses) == TREE
        assert [o.clause for o in notice.obligations if o.deadlines] == [("3", "3.1"), ("3", "3.2")]
    assert notice.number == "云政办发〔2021〕9号"
    assert notice.clauses[0].heading == "总则"


def test_amounts_are_no_labels() -> None:
    text = "一、任务\n1.5万元以下的由市甲局负责。\n2.5万元以下的由市乙局负责。\n3.5G网络由市丙局负责建设。\n"
    assert [c.label for c in pp.parse_text(HEAD + text).clauses[0].children] == ["3"]
