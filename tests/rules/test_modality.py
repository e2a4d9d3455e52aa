"""Modality: the main clause decides."""

from __future__ import annotations

import pytest

from policyparse.rules import modality
from policyparse.text import fold


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("加快推进雨水利用。", "obligation"),
        ("鼓励社会资本参与雨水利用。", "obligation"),
        ("各单位应当按时报送。", "obligation"),
        ("不得新增政府隐性债务。", "prohibition"),
        ("任何单位和个人不得擅自占用。", "prohibition"),
        ("严禁弄虚作假。", "prohibition"),
        ("对未通过验收的项目，不得拨付资金。", "prohibition"),
        ("支持银行提供贷款，不得新增政府隐性债务。", "obligation"),
        ("对确有困难的项目，可采取缓建、停建等措施。", "permission"),
        ("各区可以结合实际制定细则。", "permission"),
        ("允许企业按程序调整规划条件。", "permission"),
        ("推动可持续发展，提高可靠性。", "obligation"),
        ("不得不承担的费用由财政保障。", "obligation"),
    ],
)
def test_of(sentence: str, wanted: str) -> None:
    assert modality.of(fold(sentence)) == wanted
