"""Short names and the full names read back from where they are given."""

from __future__ import annotations

import pytest

from policyparse.rules import aliases
from policyparse.text import fold


def read(text: str) -> dict[str, str]:
    return {one.short: one.full for one in aliases.read(fold(text), text)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("成立青石区保供工作专班（以下简称区专班），由区长任组长。", {"区专班": "青石区保供工作专班"}),
        ("积极向青石市雨水融资协调机制（以下简称协调机制）推送。", {"协调机制": "青石市雨水融资协调机制"}),
        ("争取纳入可给予支持的雨水项目名单（以下简称“绿名单”）。", {"绿名单": "可给予支持的雨水项目名单"}),
        ("《青石市雨水利用条例》（以下简称《条例》）自明年起施行。", {"条例": "青石市雨水利用条例"}),
        ("《关于节水的通知》（青政发〔2023〕1号，以下简称《通知》）", {"通知": "关于节水的通知"}),
        ("对负有责任的清泉供水有限公司（以下简称清泉公司）", {"清泉公司": "清泉供水有限公司"}),
        ("依托河湾（青石）雨水利用试验区（以下简称试验区）", {"试验区": "河湾（青石）雨水利用试验区"}),
        ("家庭、企业、农业用水合作组织（以下简称合作组织）", {"合作组织": "农业用水合作组织"}),
        # where the beginning is unclear, or a list is named as a whole, nothing is said
        ("各区县（自治县，以下简称区县）要落实。", {}),
        ("镇人民政府或者街道办事处（以下称属地）", {}),
        ("（“1”为总体方案，“N”为专项方案）", {}),
        ("依次为省汉字简称、单位汉字简称。", {}),
        ("《甲方案》《乙方案》（以下简称“两个方案”）", {}),
    ],
)
def test_full_names(text: str, wanted: dict[str, str]) -> None:
    assert read(text) == wanted


def test_offsets_quote_the_text() -> None:
    text = "为此，市政府决定成立青石市雨水利用领导小组（以下简称领导小组）。"
    (one,) = aliases.read(fold(text), text)
    assert text[one.start : one.end] == one.full == "青石市雨水利用领导小组"
    assert text[one.at] == "（"
