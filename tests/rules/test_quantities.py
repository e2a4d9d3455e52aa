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


def test_what_is_quoted_elsewhere_is_a_name() -> None:
    assert read("建好“四个平台”。依托四个平台，新建四个平台站") == []
    assert [r[0] for r in read("依托四个平台,新建四个中心")] == [4, 4]


def test_a_sum_behind_what_is_told_as_done() -> None:
    text = "园区已整合全区数据,共布置感知点90个(其中高空9台、卡口14处),累计接入企业8家。"
    assert read(text) == []
    assert [r[0] for r in read(text, facts=True)] == [90, 9, 14, 8]
    assert [r[0] for r in read("在已建成平台基础上,累计接入企业8家")] == [8]
    assert [r[0] for r in read("已整合全区数据,力争年底前累计接入企业8家")] == [8]


def test_a_caption_counts_the_items_below() -> None:
    assert read("责任单位\n1个中心平台\n1.加快建设") == []
    assert [r[0] for r in read("责任单位\n12个项目\n区建设局")] == [12]


def test_money_without_its_unit_only_where_it_is_money() -> None:
    assert [r[:2] for r in read("培育20家以上年营业收入超百亿元的企业")] == [(20, "家"), (1e10, "元")]
    assert [r[:2] for r in read("软件收入突破1000亿;")] == [(1e11, "元")]
    for text in ("活跃用户突破1000万", "打造规模超千亿的集群", "投资带动下注册用户突破20万。"):
        assert read(text) == [], text


def test_doubling_is_two_times() -> None:
    assert [r[:2] for r in read("产值翻一番")] == [(2, "倍")]
