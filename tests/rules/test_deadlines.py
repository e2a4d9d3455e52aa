"""Years left out, working days, recurrences, and what is no deadline after all."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.rrule import rrulestr

from policyparse.calendars import StateCouncil, add_workdays
from policyparse.rules import deadlines
from policyparse.rules.deadlines import Resolved, plan_years

ISSUED = dt.date(2024, 5, 10)


def read(text: str, **known: object) -> list[Resolved]:
    known = {"issued_on": ISSUED} | known
    return deadlines.resolve(deadlines.find(text), text, **known)  # type: ignore[arg-type]


def ends(text: str, **known: object) -> list[str]:
    return [str(d.end) for d in read(text, **known)]


def test_a_year_left_out_is_the_nearest_stated_before() -> None:
    assert ends("2025年6月底前完成一期,12月底前完成二期。") == ["2025-06-30", "2025-12-31"]
    assert ends("6月底前启动,2026年3月底前建成。") == ["2024-06-30", "2026-03-31"]


def test_a_year_left_out_is_else_that_of_heading_plan_issue_or_today() -> None:
    assert ends("10月底前完成。", heading_year=2026, plan_years=(2025, 2025)) == ["2026-10-31"]
    assert ends("10月底前完成。", plan_years=(2025, 2025)) == ["2025-10-31"]
    assert ends("10月底前完成。", plan_years=(2023, 2026)) == ["2024-10-31"]
    assert ends("10月底前完成。") == ["2024-10-31"]
    assert ends("10月底前完成。", issued_on=None, today=dt.date(2027, 1, 5)) == ["2027-10-31"]


def test_without_any_year_the_end_stays_open_and_is_reported() -> None:
    (found,) = read("10月底前完成。", issued_on=None)
    assert found.end is None
    assert found.note is not None and "10月底前" in found.note


def test_january_in_a_notice_of_december_is_next_year() -> None:
    assert ends("1月底前报送总结。", issued_on=dt.date(2024, 12, 20)) == ["2025-01-31"]


def test_an_impossible_date_is_reported() -> None:
    (found,) = read("2024年2月30日前完成。")
    assert found.end is None
    assert found.note is not None and "2月30日" in found.note


def test_working_days_from_a_stated_date() -> None:
    (found,) = read("自2024年9月26日起15个工作日内完成整改。")
    assert (found.kind, found.amount, found.unit, found.trigger) == ("within", 15, "workday", "2024年9月26日")
    assert (found.end, found.provisional) == (dt.date(2024, 10, 22), False)


def test_working_days_beyond_the_published_calendar_are_provisional() -> None:
    last = max(y for y in range(2004, 2100) if StateCouncil().covers(y))
    end, provisional = add_workdays(dt.date(last, 12, 30), 10)
    assert end.year == last + 1
    assert provisional


def test_the_same_deadline_is_given_once() -> None:
    assert ends("2024年底前完成立项,确保年底前开工。") == ["2024-12-31"]


def test_what_lies_in_the_past_is_no_deadline() -> None:
    assert ends("2023年,全县共建成站点30个。") == []
    assert ends("2022年6月,省委作出部署。") == []
    assert ends("3月底前完成的,不再重复。") == ["2024-03-31"]  # 前 marks a limit, whenever it was


def test_up_to_a_day_to_come_is_an_aim() -> None:
    assert ends("截至2023年底,全县共有站点30个。") == []
    assert ends("截至2026年底,建成站点50个。") == ["2026-12-31"]


def test_counted_from_the_notice_itself() -> None:
    (found,) = read("自本通知印发之日起1个月内制定实施细则。")
    assert (found.start, found.end) == (ISSUED, dt.date(2024, 6, 10))


def test_a_cutoff_bounds_what_is_meant() -> None:
    (found,) = read("对截至2024年3月31日在建未完工的项目,逐一建立台账。")
    assert (found.kind, found.end) == ("cutoff", dt.date(2024, 3, 31))
    (found,) = read("改造2000年底前建成的老旧小区。")
    assert (found.kind, found.end) == ("cutoff", dt.date(2000, 12, 31))


def test_start_and_recurrence_are_one() -> None:
    (found,) = read("自2025年起,各单位于每年2月底前报送。")
    assert (found.freq, found.by, found.start) == ("YEARLY", "02-28", dt.date(2025, 1, 1))
    (found,) = read("自2024年起按年度于当年年底前向专班报告。")
    assert (found.freq, found.by, found.start) == ("YEARLY", "12-31", dt.date(2024, 1, 1))


def test_a_cell_of_the_column_for_deadlines() -> None:
    def cell(text: str) -> list[tuple[str, str]]:
        found = deadlines.resolve(deadlines.find(text, labelled=True), text, issued_on=ISSUED)
        return [(d.kind, str(d.end)) for d in found]

    assert cell("2023年") == [("due", "2023-12-31")]
    assert cell("12月") == [("due", "2024-12-31")]
    assert cell("长期") == [("ongoing", "None")]
    assert cell("2024-2026") == [("period", "2026-12-31")]
    assert cell("第一批2024年6月底;第二批2024年12月底") == [("due", "2024-06-30"), ("due", "2024-12-31")]


def test_offsets_are_those_of_the_text() -> None:
    text = "各区县应当自收到通知之日起10个工作日内报市专班,每季度末报送进展。"
    assert [text[m.start : m.end] for m in deadlines.find(text)] == ["自收到通知之日起10个工作日内", "每季度末"]
    assert [text[m.start : m.end] for m in deadlines.find(text, 20, 24)] == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("每月25日前", ["2024-05-25", "2024-06-25"]),
        ("每年2月底前", ["2025-02-28", "2026-02-28"]),
        ("每季度末", ["2024-06-30", "2024-09-30"]),
        ("每季度最后一个月18日前", ["2024-06-18", "2024-09-18"]),
        ("每半年末", ["2024-06-30", "2024-12-31"]),
        ("每周五", ["2024-05-10", "2024-05-17"]),
        ("每月最后一个工作日", ["2024-05-31", "2024-06-28"]),
        ("每季度结束后10个工作日内", ["2024-07-12", "2024-10-14"]),
        ("每两年", ["2024-05-10", "2026-05-10"]),
    ],
)
def test_recurrence_rules_expand(text: str, days: list[str]) -> None:
    (found,) = read(text)
    assert found.rrule is not None
    rule = rrulestr(found.rrule, dtstart=dt.datetime(2024, 5, 10))
    assert [str(day.date()) for day in rule[:2]] == days


def test_years_of_a_plan() -> None:
    assert plan_years("全县数字乡村建设行动方案（2024—2026年）") == (2024, 2026)
    assert plan_years("关于印发2024年工作要点的通知") == (2024, 2024)
    assert plan_years("关于做好工作的通知") is None


def test_issuing_lies_ahead_in_a_plan_and_behind_in_a_tale() -> None:
    issued = dt.date(2019, 5, 20)
    for text, expected in (
        ("2019年制定、发布一批标准", [dt.date(2019, 12, 31)]),
        ("2020年出台实施细则", [dt.date(2020, 12, 31)]),
        ("2018年印发实施细则", []),
        ("2019年5月印发实施细则", []),
        ("2019年6月印发实施细则", [dt.date(2019, 6, 30)]),
        ("2019年印发了实施细则", []),
        ("落实2019年印发的细则", []),
    ):
        found = deadlines.resolve(deadlines.find(text), text, issued_on=issued)
        assert [r.end for r in found] == expected, text
    text = "2019年印发实施细则"
    assert deadlines.resolve(deadlines.find(text), text) == []


def test_tales_of_the_past() -> None:
    text = "2018年,全区产值700亿元,力争2020年达到800亿元。"
    told = deadlines.tales(deadlines.find(text), text, issued_on=dt.date(2019, 5, 20))
    assert [text[a:b] for a, b in told] == [",全区产值700亿元,"]
    assert deadlines.tales(deadlines.find(text), text, issued_on=dt.date(2018, 5, 20)) == []
