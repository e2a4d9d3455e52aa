"""A calendar (RFC 5545): every dated or recurring deadline as a task (VTODO) and as an event (VEVENT), with alarms.

Google Calendar and iOS ignore tasks, task lists ignore events: so both are offered.  A task is due at the
end of its day in Beijing time, because clients disagree on whether ``DUE;VALUE=DATE`` counts its day; an
event fills its day.  DTSTAMP is the notice's date of issue, so the same notice gives the same bytes.
The only home of icalendar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from policyparse import schedule
from policyparse.exports.base import ROLES, Options, clause_path, clean, deadline_words, notice_name, place, units
from policyparse.model import Deadline, Notice, Obligation

_ZONE = dt.timezone(dt.timedelta(hours=8))
_TZID = "Asia/Shanghai"
_CLOSE = dt.time(23, 59)  # a task is due when its last day ends …
_REMIND = dt.time(9, 0)  # … and reminders ring when offices open
_NEVER = dt.date(1970, 1, 1)


def write(notices: Sequence[Notice], options: Options) -> bytes:
    """All entries of ``notices``; deadlines without any date (ongoing, cutoff, event unknown) have none."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//policyparse//policyparse//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = notice_name(notices[0]) if len(notices) == 1 else f"{len(notices)}份文件的任务时限"
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", _TZID)
    calendar.add_component(_zone())
    for notice in notices:
        for obligation in notice.obligations:
            for part in _entries(notice, obligation, options):
                calendar.add_component(part)
    return bytes(calendar.to_ical())


def entries(
    notice: Notice, obligation: Obligation, options: Options
) -> Iterator[tuple[str, Deadline, dt.date, dt.date]]:
    """What ``obligation`` puts on a calendar: (UID stem, deadline with its dates, first day, last day).

    A recurring deadline comes once, with its first occurrence.  The stem counts deadlines of one kind, so
    that a deadline added before it moves no other kind's entry.
    """
    seen: dict[str, int] = {}
    for deadline in obligation.deadlines:
        n = seen[deadline.kind] = seen.get(deadline.kind, 0) + 1
        found = schedule.resolve(deadline, options.triggers, options.working_days)
        last = found.end
        if found.kind in ("ongoing", "cutoff"):
            continue
        if found.kind == "recurring":
            since = found.start or notice.issued_on or options.since
            last = schedule.first_occurrence(found, since) if since else None
        elif found.kind == "start":
            last = found.start
        if last is not None:
            first = found.start if found.kind == "period" and found.start else last
            yield f"{obligation.id}-{found.kind}-{n}", found, first, last


def _entries(notice: Notice, obligation: Obligation, options: Options) -> Iterator[Any]:
    from icalendar import Event, Todo

    for stem, deadline, first, last in entries(notice, obligation, options):
        if "todo" in options.components:
            todo = Todo()
            _describe(todo, stem + "-todo", notice, obligation, deadline, options)
            due = dt.datetime.combine(last, _CLOSE)
            # DTSTART is the first occurrence's anchor (RFC 5545, 3.8.5.3) and must have the type of DUE.
            begin = dt.datetime.combine(first, dt.time() if first < last else _REMIND)
            todo.add("dtstart", begin, {"tzid": _TZID})
            todo.add("due", due, {"tzid": _TZID})
            todo.add("status", "NEEDS-ACTION")
            _repeat(todo, deadline, zoned=True)
            _remind(todo, options, dt.datetime.combine(last, _REMIND) - due, "END")
            yield todo
        if "event" in options.components:
            event = Event()
            _describe(event, stem + "-event", notice, obligation, deadline, options)
            event.add("dtstart", last)
            event.add("dtend", last + dt.timedelta(days=1))  # exclusive
            event.add("transp", "TRANSPARENT")
            _repeat(event, deadline, zoned=False)
            _remind(event, options, dt.timedelta(hours=_REMIND.hour), "START")
            yield event


def _describe(
    entry: Any, uid: str, notice: Notice, obligation: Obligation, deadline: Deadline, options: Options
) -> None:
    """What a task and an event have in common."""
    stamp = options.stamp or notice.issued_on or _NEVER
    entry.add("uid", f"{uid}@policyparse")
    entry.add("dtstamp", dt.datetime.combine(stamp, dt.time(), dt.UTC))
    entry.add("summary", clean(obligation.heading or obligation.text[:40]).replace("\n", ""))
    names = list(
        dict.fromkeys(clean(p.name) for p in obligation.parties if p.role in ("lead", "responsible", "support"))
    )
    if names:
        entry.add("categories", names)
    entry.add("description", _description(notice, obligation, deadline, options))


def _description(notice: Notice, obligation: Obligation, deadline: Deadline, options: Options) -> str:
    lines = [f"时限：{deadline_words(deadline, options)}"]
    lines += [f"{ROLES[role]}：{names}" for role in ROLES if (names := units(obligation, role))]
    where = clause_path(obligation.clause)
    lines.append(f"依据：{notice_name(notice)}{'，' + where if where else ''}（{place(obligation)}）")
    lines.append(obligation.text)
    return clean("\n".join(lines))


def _repeat(entry: Any, deadline: Deadline, zoned: bool) -> None:
    """RRULE; its UNTIL has the type that DTSTART asks for (RFC 5545, 3.3.10)."""
    from icalendar import vRecur

    text = schedule.rule(deadline) if deadline.kind == "recurring" else None
    if text is None:
        return
    recur = vRecur.from_ical(text)
    recur.pop("UNTIL", None)
    if deadline.end is not None:
        at_close = dt.datetime.combine(deadline.end, _CLOSE, _ZONE).astimezone(dt.UTC)
        recur["UNTIL"] = [at_close if zoned else deadline.end]
    entry.add("rrule", recur)


def _remind(entry: Any, options: Options, at: dt.timedelta, related: str) -> None:
    """An alarm at 9 o'clock on each of the days asked for; ``at`` is 9 o'clock of the last day, from ``related``."""
    from icalendar import Alarm

    for days in options.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry["summary"])
        alarm.add("trigger", at - dt.timedelta(days=days), {"related": related})
        entry.add_component(alarm)


def _zone() -> Any:
    """Beijing time: UTC+8 all year since 1992."""
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", dt.datetime(1992, 1, 1))
    standard.add("tzoffsetfrom", dt.timedelta(hours=8))
    standard.add("tzoffsetto", dt.timedelta(hours=8))
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", _TZID)
    zone.add_component(standard)
    return zone
