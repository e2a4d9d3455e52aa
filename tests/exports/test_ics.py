"""The calendar, read back with icalendar and expanded with dateutil."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from policyparse.exports import render
from policyparse.model import Notice
from tests.notices import sample

NOTICE, _ = sample()
TRIGGERS = {"贷款审批同意": dt.date(2024, 10, 8), "收到申请": dt.date(2024, 9, 26), "合同到期": dt.date(2025, 8, 31)}


def _entries(kind: str, notice: Notice = NOTICE, **options: Any) -> dict[str, Any]:
    calendar = Calendar.from_ical(render(notice, "ics", **options))
    return {str(part["uid"]): part for part in calendar.walk(kind)}


def _of(number: int, kind: str, **options: Any) -> Any:
    found = [p for uid, p in _entries(kind, **options).items() if uid.startswith(f"n1-{number:03d}-")]
    assert len(found) == 1
    return found[0]


def test_a_dated_deadline_is_a_task_and_an_event() -> None:
    todo, event = _of(1, "VTODO"), _of(1, "VEVENT")
    assert todo["due"].dt.replace(tzinfo=None) == dt.datetime(2031, 11, 1, 23, 59)
    assert str(todo["due"].params["TZID"]) == "Asia/Shanghai"
    assert event["dtstart"].dt == dt.date(2031, 11, 1) and event["dtend"].dt == dt.date(2031, 11, 2)
    for entry in (todo, event):
        assert entry["summary"] == "推进事项1"
        assert [str(c) for c in entry["categories"].cats] == [
            "市河湖局",
            "市数据局",
            "云泽县〈街道、开发区〉",
            "市园林局",
        ]
        assert entry["dtstamp"].dt == dt.datetime(2031, 1, 15, tzinfo=dt.UTC)
        assert "牵头：市河湖局" in entry["description"] and "2031年11月1日前" in entry["description"]


def test_alarms_ring_at_nine() -> None:
    for kind in ("VTODO", "VEVENT"):
        entry = _of(1, kind)
        ring = sorted(alarm.trigger.replace(tzinfo=None) for alarm in entry.alarms.times)
        assert ring == [dt.datetime(2031, 10, 25, 9), dt.datetime(2031, 10, 31, 9)]
    assert not list(_of(1, "VEVENT", alarms=()).walk("VALARM"))


def test_a_period_is_marked_on_its_last_day() -> None:
    todo = _of(3, "VTODO")
    assert (todo["dtstart"].dt.date(), todo["due"].dt.date()) == (dt.date(2031, 6, 1), dt.date(2031, 12, 31))
    assert _of(3, "VEVENT")["dtstart"].dt == dt.date(2031, 12, 31)
    assert _of(4, "VEVENT")["dtstart"].dt == dt.date(2031, 10, 1)  # a start


@pytest.mark.parametrize(
    ("number", "days"),
    [
        (8, [(2031, 1, 25), (2031, 2, 25), (2031, 3, 25)]),
        (9, [(2031, 2, 28), (2032, 2, 29), (2033, 2, 28)]),
        (10, [(2031, 3, 31), (2031, 6, 30), (2031, 9, 30)]),
    ],
)
def test_recurring_deadlines(number: int, days: list[tuple[int, int, int]]) -> None:
    for kind in ("VTODO", "VEVENT"):
        entry = _of(number, kind)
        start = entry["dtstart"].dt
        begin = dt.datetime(start.year, start.month, start.day)
        rule = rrulestr(entry["rrule"].to_ical().decode(), dtstart=begin)
        assert [found.date() for _, found in zip(range(3), rule, strict=False)] == [dt.date(*day) for day in days]


def test_an_end_becomes_until() -> None:
    obligation = NOTICE.obligations[7]
    deadline = obligation.deadlines[0].model_copy(
        update={"end": dt.date(2031, 12, 31), "rrule": "FREQ=MONTHLY;BYMONTHDAY=25"}
    )
    notice = NOTICE.model_copy(update={"obligations": (obligation.model_copy(update={"deadlines": (deadline,)}),)})
    (todo,), (event,) = _entries("VTODO", notice).values(), _entries("VEVENT", notice).values()
    assert todo["rrule"]["UNTIL"] == [dt.datetime(2031, 12, 31, 15, 59, tzinfo=dt.UTC)]
    assert event["rrule"]["UNTIL"] == [dt.date(2031, 12, 31)]


def test_relative_deadlines_wait_for_their_event() -> None:
    for number in (5, 6, 7):
        assert not [uid for uid in _entries("VTODO") if uid.startswith(f"n1-{number:03d}-")]
    due = {n: _of(n, "VTODO", triggers=TRIGGERS)["due"].dt.date() for n in (5, 6, 7)}
    assert due == {5: dt.date(2025, 1, 8), 6: dt.date(2024, 10, 22), 7: dt.date(2025, 2, 28)}
    assert "（至2025年1月8日）" in _of(5, "VEVENT", triggers=TRIGGERS)["description"]


def test_every_dated_obligation_is_there() -> None:
    dated = {
        o.id for o in NOTICE.obligations if any(d.kind in ("due", "period", "start", "recurring") for d in o.deadlines)
    }
    for kind in ("VTODO", "VEVENT"):
        assert {"-".join(uid.split("-")[:2]) for uid in _entries(kind)} == dated


def test_uids_are_stable_and_unique() -> None:
    data = render(NOTICE, "ics")
    uids = [line for line in data.decode().splitlines() if line.startswith("UID:")]
    assert len(uids) == len(set(uids))
    reworded = NOTICE.obligations[0].model_copy(update={"heading": "换了说法", "text": "换了说法。"})
    other = NOTICE.model_copy(update={"obligations": (reworded, *NOTICE.obligations[1:])})
    assert [line for line in render(other, "ics").decode().splitlines() if line.startswith("UID:")] == uids


def test_components_stamp_and_since() -> None:
    assert not _entries("VEVENT", components=("todo",)) and _entries("VTODO", components=("todo",))
    undated = NOTICE.model_copy(update={"issued_on": None})
    assert not [uid for uid in _entries("VTODO", undated) if "recurring" in uid]
    entries = _entries("VTODO", undated, since=dt.date(2032, 1, 1), stamp=dt.date(2031, 5, 1))
    monthly = next(e for uid, e in entries.items() if uid.startswith("n1-008-"))
    assert monthly["due"].dt.date() == dt.date(2032, 1, 25)
    assert monthly["dtstamp"].dt == dt.datetime(2031, 5, 1, tzinfo=dt.UTC)


def test_lines_are_folded_as_rfc_5545_asks() -> None:
    for line in render(NOTICE, "ics").split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line
