"""Bounds, nouns and shared units; what a clause tells as already so."""

from __future__ import annotations

from policyparse.rules import quantities


def read(text: str, facts: bool = False) -> list[tuple[float, str, str, str | None]]:
    found = (m.value for m in quantities.find(text, facts=facts))
    return [(a.value, a.unit, a.bound, a.of) for a in found]


def test_bounds() -> None:
    assert read("不少于20家") == [(20, "家", "min", None)]
    assert read("不超过20家") == [(20, "家", "max", None)]
    assert read("控制在5%以内") == [(5, "%", "max", None)]
    assert read("约300亩") == [(300, "亩", "about", None)]
    assert read("最高奖励50万元") == [(500000, "元", "max", None)]
    assert read("突破100亿元") == [(1e10, "元", "min", None)]


def test_nouns() -> None:
    assert read("新建12个示范基地,") == [(12, "个", "exact", "示范基地")]
    assert read("行政村覆盖率达到90%以上") == [(90, "%", "min", "行政村覆盖率")]
    assert read("完成投资3亿元") == [(3e8, "元", "exact", "投资")]


def test_ranges_have_two_ends() -> None:
    assert read("30%-50%") == [(30, "%", "min", None), (50, "%", "max", None)]
    text = "给予500-1000万元支持"
    assert {text[m.start : m.end] for m in quantities.find(text)} == {"500-1000万元"}


def test_what_is_already_so_is_left_out_unless_wanted() -> None:
    assert read("在已归集3批10项的基础上") == []
    assert read("目前已建成站点30个", facts=True) == [(30, "个", "exact", None)]


def test_times_and_names_are_none() -> None:
    for text in (
        "3年",
        "15个工作日",
        "2024年5月",
        "第三批",
        "三大工程",
        "“三个清单”",
        "1+3+N",
        "4:3:2:1的比例",
        "前10名",
        "65岁",
    ):
        assert read(text) == [], text
