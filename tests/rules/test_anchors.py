"""Rules with anchors find what their patterns find without them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyparse.reading import read_record
from policyparse.rules import base, citations, deadlines, facts, organs, quantities
from policyparse.text import flow, fold
from tests.seeds import SHARED

CORPORA = Path(__file__).parents[2] / "corpora"
NOTICES = sorted([*CORPORA.glob("*.txt"), *((SHARED / "benchmark" / "docs").glob("*.txt") if SHARED else ())])
RULES = [rule for module in (deadlines, quantities, citations, facts, organs) for rule in module.RULES if rule.anchors]
WORDS = (
    *"今年 明年 本年 全年 上半年 下半年 下个月 次月 当月 当季 第一季度末 二季度 年底 年内 年中 3月 12月底 2024年 2018-2020年 三月".split(),
    *"前 之前 以前 内 以内 之内 起 之后 后 期间 至 到 - ~ -- 次年 三 两 半 10 2-3 1.5 个 月 年 日 天 周 小时 工作日 季度".split(),
    *"(星期五) 17时 (含当日) 力争 争取 计划 用 左右的 时间 努力 三成 五分之一 百分之三十 翻两番 一半以上 市专班 由 任组长".split(),
    *"2024.12.31 2025-06 每两个月 每年一次 一周一次 完成 建成 ， 。 ； 、 （ ） 的".split(),
)


@cache
def texts() -> list[str]:
    return [flow(read_record(path)).text for path in NOTICES]


def spans(found: object) -> list[tuple[int, int]]:
    return [one.span() for one in found]  # type: ignore[attr-defined]


def check(rule: base.Rule, text: str) -> None:
    everything = base.compiled(rule.pattern).finditer(text)
    assert spans(base.matches(rule, text, 0, len(text))) == spans(everything)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@settings(derandomize=True, deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=14).map("".join))
def test_made_up(rule: base.Rule, said: str) -> None:
    check(rule, fold(said))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_notices(rule: base.Rule) -> None:
    for text in texts():
        check(rule, text)
