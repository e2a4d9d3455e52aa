"""What the headings of a register's columns say; all places and units are invented."""

from __future__ import annotations

import pytest

from policyparse.registers.base import column
from tests.registers.test_drawn import told


@pytest.mark.parametrize(
    "head, role",
    [
        ("牵头单位", "lead"),
        ("牵头（责任）单位", "lead"),
        ("责任（牵头）单位", "responsible"),
        ("牵头、责任单位", "responsible"),
        ("牵头责任单位", "lead"),
        ("责任单位", "responsible"),
        ("配合单位", "support"),
        ("责任单位，配合单位", "support"),
        ("责任领导", "official"),
    ],
)
def test_roles(head: str, role: str) -> None:
    found = column(head.replace("（", "(").replace("）", ")").replace("，", ","))
    assert found and found.role == role


@pytest.mark.parametrize("head", ["调整名单,上报责任人及联络员", "落实措施,报告责任单位", "各镇要明确责任,确定责任人"])
def test_a_sentence_is_no_heading(head: str) -> None:
    assert column(head) is None


def test_rows_are_no_heading() -> None:
    table = """
| 一、 | 通用项目（全部责任单位） | 40 | | |
|---|---|---|---|---|
| 1 | 组织领导 | 8 | 组织领导 | 积极做好湖长制工作。 |
| 2 | 日常工作 | 7 | 上报名单 | 年内查看记录至少3次。 |
"""
    assert told(table) == []
