"""The signs of assigning and of reporting stand in every sentence that says them."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyparse.rules import duties
from policyparse.text import fold

WORDS = (
    *"市湿地局 区水利局（筹） 各区（市） 各县政府 有关部门 联席会议办公室 监测机构 现有执法人员 财政、公安等部门 分管领导 各校办公室".split(),
    *"请 由 会同 牵头 负责 配合 应 要 须 将 于 每月 每年2月底前 2025年 10月底前， 授权 指定 委托 商 交由 启动 成立 组建".split(),
    *"向 报送 报 报告 抄送 函告 提交 反馈 通报 发送 汇总至 备案 审批 责任主体 是 作为 具体实施 组织实施 制定 提出".split(),
    *"方案 情况 工作要求 参与 参加 指导 落实 完成 开展 建立 的机制 领导小组 ， ， 、 ； ： （ ） 等 及 和 并 的".split(),
)


@settings(derandomize=True, deadline=None, max_examples=1500, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=12).map("".join))
def test_signs_hold_for_all_that_is_found(said: str) -> None:
    text = fold(said) + "。"
    places = duties.places(text, 0, len(text))
    everywhere = list(range(len(text)))
    without = duties.find(text, 0, len(text), duties.Places(places.subjects, everywhere, everywhere))
    assert duties.find(text, 0, len(text), places) == without
