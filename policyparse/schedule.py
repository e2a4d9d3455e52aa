"""Dates of deadlines: relative ones once their event is known, recurring ones spelled out.

The rules leave a relative deadline (审批同意之日起3个月内) open, because the event's date is not in the
text; who knows it passes ``triggers``, a mapping of the event's words to its date.  Nothing here asks
what day it is today.  The only home of python-dateutil.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping

from policyparse.calendars import StateCouncil, WorkingDays
from policyparse.errors import PolicyParseError
from policyparse.model import Deadline
from policyparse.patterns import regex
from policyparse.text import fold

Triggers = Mapping[str, dt.date]

_AROUND = regex(r"^(?:在|自|从|于|经)|(?:之日起|之日|之后|以后|后|起|当日|时)+$")
_DEFAULT_RULES = {
    "DAILY": "FREQ=DAILY",
    "WEEKLY": "FREQ=WEEKLY;BYDAY=SU",
    "MONTHLY": "FREQ=MONTHLY;BYMONTHDAY={day}",
    "QUARTERLY": "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={day}",
    "SEMIANNUAL": "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY={day}",
    "YEARLY": "FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}",
}


def parse_trigger(text: str) -> tuple[str, dt.date]:
    """Read ``贷款审批同意=2024-10-08`` as (event, date); raises PolicyParseError on anything else."""
    event, equals, day = text.rpartition("=")
    try:
        date = dt.date.fromisoformat(day.strip())
    except ValueError:
        equals = ""
    if not equals or not _key(event):
        raise PolicyParseError(f"trigger {text!r}: write the event and its date, such as 贷款审批同意=2024-10-08")
    return event.strip(), date


def trigger_of(deadline: Deadline, triggers: Triggers) -> str | None:
    """The key of ``triggers`` that names the event of ``deadline``: the longest one that its words hold."""
    if not deadline.trigger:
        return None
    words = _key(deadline.trigger)
    named = [event for event in triggers if _key(event) in words]
    return max(named, key=lambda event: (len(_key(event)), event), default=None)


def resolve(deadline: Deadline, triggers: Triggers, working_days: WorkingDays | None = None) -> Deadline:
    """``deadline`` with ``start`` and ``end`` filled in where it is relative and its event is in ``triggers``.

    Days, weeks, months and years are counted as the Civil Code does (arts. 201, 202: the day of the event
    does not count; a month ends on the day of the same number, or on its last day); working days on
    ``working_days`` (see ``Context.calendar``; None: the State Council calendar).  Hours round down to days.
    A deadline that already has an ``end``, or whose event is not given, comes back unchanged.
    """
    event = trigger_of(deadline, triggers)
    if event is None or deadline.end is not None or deadline.amount is None or deadline.unit is None:
        return deadline
    if deadline.kind not in ("within", "ahead"):
        return deadline
    day = triggers[event]
    sign = 1 if deadline.kind == "within" else -1
    try:
        end, provisional = _shift(day, sign * deadline.amount, deadline.unit, working_days)
    except (OverflowError, ValueError):  # beyond the year 9999: no date can be given
        return deadline
    start = day if deadline.kind == "within" else None
    return deadline.model_copy(update={"start": start, "end": end, "provisional": provisional})


def rule(deadline: Deadline) -> str | None:
    """The RFC 5545 recurrence rule of a recurring deadline, with the day on which it falls due.

    Where the text names no day, it is the last one of the week, month, quarter, half or year (每季度报送一次 →
    the quarter's end): a bare FREQ would mean the day and month on which the count happens to begin.
    """
    printed = (deadline.rrule or "").removeprefix("RRULE:")
    if "BY" in printed or deadline.kind != "recurring" or deadline.freq is None:
        return printed or None
    month, _, day = (deadline.by or "").rpartition("-")
    if not (day.isdigit() and (month.isdigit() or not month)):
        month = day = ""
    made = _DEFAULT_RULES[deadline.freq].format(month=int(month or 12), day=int(day) if day else -1)
    if deadline.interval and deadline.interval > 1:
        made += f";INTERVAL={deadline.interval}"
    return made


def occurrences(deadline: Deadline, since: dt.date, until: dt.date) -> list[dt.date]:
    """The days on which a recurring deadline falls due from ``since`` to ``until``, both inclusive."""
    from dateutil.rrule import rrulestr

    text = rule(deadline)
    if text is None:
        return []
    first = max(since, deadline.start or since)
    last = min(until, deadline.end or until)
    # The rule's phase (every second month …) counts from the stated start, else from ``since``.
    begin = dt.datetime.combine(deadline.start or since, dt.time())
    try:
        dates = rrulestr(text, dtstart=begin, ignoretz=True)
    except ValueError:
        return []
    span = dt.datetime.combine(first, dt.time()), dt.datetime.combine(last, dt.time())
    return [found.date() for found in dates.between(*span, inc=True)]


def first_occurrence(deadline: Deadline, since: dt.date) -> dt.date | None:
    """The first day on or after ``since`` (and the stated start) on which a recurring deadline falls due."""
    far = (deadline.start or since).replace(day=1) + dt.timedelta(days=366 * 5)
    return next(iter(occurrences(deadline, since, max(far, since + dt.timedelta(days=366 * 5)))), None)


def _key(event: str) -> str:
    """An event's words without white space, width variants, and the words that only tie it in (之日起)."""
    return _AROUND.sub("", re.sub(r"\s+", "", fold(event)))


def _shift(day: dt.date, amount: float, unit: str, working_days: WorkingDays | None) -> tuple[dt.date, bool]:
    """``day`` moved by ``amount`` units; the flag says that a working-day calendar was not yet published."""
    count = int(amount)
    if unit == "workday":
        return _workdays(day, count, working_days)
    if unit in ("month", "year"):
        months = round(amount * (12 if unit == "year" else 1))
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(day.day, last)), False
    days = {"hour": int(amount / 24), "day": count, "week": round(amount * 7)}[unit]
    return day + dt.timedelta(days=days), False


def _workdays(day: dt.date, count: int, working_days: WorkingDays | None) -> tuple[dt.date, bool]:
    """``day`` moved by ``count`` working days, back where it is negative; the day itself does not count."""
    days = working_days or StateCouncil()
    step = dt.timedelta(days=1 if count > 0 else -1)
    known = True
    while count:
        day += step
        known = known and days.covers(day.year)
        count -= step.days * days.is_workday(day)
    return day, not known
