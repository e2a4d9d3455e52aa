"""Relative and recurring deadlines on the calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from policyparse import schedule
from policyparse.errors import PolicyParseError
from policyparse.model import Deadline


def _deadline(**fields: Any) -> Deadline:
    return Deadline(text="", span=(0, 0), **fields)


@pytest.mark.parametrize(
    ("amount", "unit", "day", "end"),
    [
        (3, "month", "2024-11-30", "2025-02-28"),
        (1, "year", "2024-02-29", "2025-02-28"),
        (10, "day", "2024-12-25", "2025-01-04"),
        (2, "week", "2024-12-25", "2025-01-08"),
        (48, "hour", "2024-12-25", "2024-12-27"),
        (2, "hour", "2024-12-25", "2024-12-25"),
        (15, "workday", "2024-09-26", "2024-10-22"),
        (0.5, "year", "2024-08-31", "2025-02-28"),
    ],
)
def test_within(amount: float, unit: str, day: str, end: str) -> None:
    deadline = _deadline(kind="within", amount=amount, unit=unit, trigger="自合同签订之日起")
    found = schedule.resolve(deadline, {"合同签订": dt.date.fromisoformat(day)})
    assert (found.start, found.end) == (dt.date.fromisoformat(day), dt.date.fromisoformat(end))
    assert not found.provisional


def test_working_days_beyond_the_published_calendar_are_provisional() -> None:
    deadline = _deadline(kind="within", amount=1, unit="workday", trigger="签订")
    found = schedule.resolve(deadline, {"签订": dt.date(2090, 5, 5)})  # a Friday
    assert found.end == dt.date(2090, 5, 8) and found.provisional


def test_own_calendar() -> None:
    class Sundays:
        def covers(self, year: int) -> bool:
            return True

        def is_workday(self, day: dt.date) -> bool:
            return day.weekday() == 6

    deadline = _deadline(kind="ahead", amount=2, unit="workday", trigger="到期")
    assert schedule.resolve(deadline, {"到期": dt.date(2024, 9, 26)}, Sundays()).end == dt.date(2024, 9, 15)


def test_what_stays_open() -> None:
    within = _deadline(kind="within", amount=3, unit="month", trigger="审批同意")
    assert schedule.resolve(within, {}) is within
    assert schedule.resolve(within, {"合同到期": dt.date(2024, 1, 1)}) is within
    stated = within.model_copy(update={"end": dt.date(2024, 1, 1)})
    assert schedule.resolve(stated, {"审批同意": dt.date(2025, 1, 1)}) is stated
    far = within.model_copy(update={"amount": 1e9, "unit": "year"})
    assert schedule.resolve(far, {"审批同意": dt.date(2025, 1, 1)}) is far


def test_the_longest_event_wins() -> None:
    deadline = _deadline(kind="within", amount=1, unit="day", trigger="主办行贷款审批同意")
    triggers = {"审批": dt.date(2024, 1, 1), "贷款 审批同意": dt.date(2024, 2, 1)}
    assert schedule.trigger_of(deadline, triggers) == "贷款 审批同意"


def test_parse_trigger() -> None:
    assert schedule.parse_trigger("贷款审批同意=2024-10-08") == ("贷款审批同意", dt.date(2024, 10, 8))
    for wrong in ("贷款审批同意", "=2024-10-08", "贷款=2024-13-01", "贷款="):
        with pytest.raises(PolicyParseError, match="write the event and its date"):
            schedule.parse_trigger(wrong)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"freq": "MONTHLY", "by": "25"}, "FREQ=MONTHLY;BYMONTHDAY=25"),
        ({"freq": "MONTHLY", "interval": 2}, "FREQ=MONTHLY;BYMONTHDAY=-1;INTERVAL=2"),
        ({"freq": "QUARTERLY", "by": "18"}, "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=18"),
        ({"freq": "SEMIANNUAL"}, "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
        ({"freq": "YEARLY", "by": "02-28"}, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28"),
        ({"freq": "YEARLY"}, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1"),
        ({"freq": "WEEKLY", "rrule": "FREQ=WEEKLY"}, "FREQ=WEEKLY;BYDAY=SU"),
        (
            {"freq": "YEARLY", "rrule": "FREQ=YEARLY;INTERVAL=5", "interval": 5},
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1;INTERVAL=5",
        ),
        ({"freq": "DAILY", "rrule": "FREQ=DAILY"}, "FREQ=DAILY"),
        ({"rrule": "RRULE:FREQ=WEEKLY;BYDAY=FR"}, "FREQ=WEEKLY;BYDAY=FR"),
    ],
)
def test_rule(fields: dict[str, Any], rule: str) -> None:
    assert schedule.rule(_deadline(kind="recurring", **fields)) == rule


def test_occurrences_keep_to_the_stated_span() -> None:
    deadline = _deadline(kind="recurring", freq="MONTHLY", by="25", start=dt.date(2024, 3, 1), end=dt.date(2024, 5, 1))
    days = schedule.occurrences(deadline, dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert days == [dt.date(2024, 3, 25), dt.date(2024, 4, 25)]
    assert schedule.first_occurrence(deadline, dt.date(2024, 4, 1)) == dt.date(2024, 4, 25)
    assert schedule.first_occurrence(deadline, dt.date(2024, 6, 1)) is None
