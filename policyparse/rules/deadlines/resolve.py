"""Years left out, working days and impossible dates: from When to the fields of a Deadline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from policyparse.calendars import WorkingDays, add_workdays
from policyparse.patterns import regex
from policyparse.records import DeadlineKind, Frequency, Precision, Unit
from policyparse.rules.base import Mention, Trail
from policyparse.rules.deadlines.when import Point, When
from policyparse.text import fold

# Where a year was taken from: the words themselves, a date before them in the item, a heading above, the plan's
# title, the date of issue, or Context.today.
YearSource = Literal["words", "item", "heading", "plan", "issued", "today"]
_Dated = tuple[dt.date | None, YearSource | None]


class Resolved(NamedTuple):
    """The fields of ``policyparse.model.Deadline`` but its text, with the place in the flow.

    ``note`` is a sentence for the notice's warnings where something had to be left open; ``start_from`` and
    ``end_from`` say where the years came from.
    """

    span: tuple[int, int]
    kind: DeadlineKind
    start: dt.date | None = None
    end: dt.date | None = None
    amount: float | None = None
    unit: Unit | None = None
    trigger: str | None = None
    freq: Frequency | None = None
    interval: int | None = None
    by: str | None = None
    rrule: str | None = None
    precision: Precision | None = None
    provisional: bool = False
    note: str | None = None
    start_from: YearSource | None = None
    end_from: YearSource | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two deadlines of one obligation the same."""
        return (
            self.kind,
            self.start,
            self.end,
            self.amount,
            self.unit,
            self.trigger,
            self.freq,
            self.interval,
            self.by,
        )


@dataclass(slots=True)
class _Years:
    """The year that a date without one belongs to, by what has been read so far."""

    stated: int | None
    heading: int | None
    plan: tuple[int, int] | None
    issued: dt.date | None
    today: dt.date | None

    def own(self) -> tuple[int | None, YearSource | None]:
        """The notice's own year, which 今年 means."""
        if self.issued:
            return self.issued.year, "issued"
        if self.plan:
            return self.plan[0], "plan"
        return (self.today.year, "today") if self.today else (None, None)

    def base(self) -> tuple[int | None, YearSource | None]:
        """Nearest year stated, else the heading's, else the plan's, else that of issue, else today's."""
        if self.stated:
            return self.stated, "item"
        if self.heading:
            return self.heading, "heading"
        if self.plan and self.plan[0] == self.plan[1]:
            return self.plan[0], "plan"
        return self.own()

    def of(self, point: Point) -> tuple[int | None, YearSource | None]:
        """Year of ``point``, and where it was taken from."""
        if point.year:
            return point.year, "words"
        if point.shift is not None:
            own, source = self.own()
            return own + point.shift if own else None, source
        base, source = self.base()
        follows = base and self.issued and not (self.stated or self.heading or self.plan)
        if follows and base and self.issued and point.month and point.month + 6 <= self.issued.month:
            return base + 1, source  # 1月底前, in a notice of December
        return base, source


def _month(point: Point, years: _Years) -> Point | None:
    """本月, 下月 and the day of issue as a dated point; the point itself where it is none of these."""
    if point.month_shift is None:
        return point
    if years.issued is None:
        return None
    if point.day == 99:
        return Point(year=years.issued.year, month=years.issued.month, day=years.issued.day)
    count = years.issued.year * 12 + years.issued.month - 1 + point.month_shift
    return Point(year=count // 12, month=count % 12 + 1, day=point.day, tenday=point.tenday)


def _date(point: Point | None, years: _Years, last: bool) -> _Dated:
    """First or last day of ``point``; None where its year is unknown. Raises ValueError for 2月30日."""
    if point is None or (dated := _month(point, years)) is None:
        return None, None
    year, source = years.of(dated)
    if year is None:
        return None, None
    return dated.last(year) if last else dated.first(year), source if dated is point else "issued"


def _dates(when: When, years: _Years) -> tuple[_Dated, _Dated]:
    """Start and end of what ``when`` says."""
    end, end_from = _date(when.end, years, last=True)
    start, start_from = _date(when.start, years, last=False)
    if start and end and start > end and when.start and not when.start.year:
        start = start.replace(year=end.year - 1)  # 11月至次年3月
    return (start, start_from), (end, end_from)


def _is_past(when: When, end: dt.date | None, years: _Years) -> bool:
    """Whether a date without 前, 到 or 起 lies before the notice: then it tells what has been done."""
    if when.firm or end is None:
        return False
    begins = years.issued or (dt.date(years.plan[0], 1, 1) if years.plan else None)
    if when.told and begins and when.end and when.end.precision != "year":
        begins = begins.replace(day=1) + dt.timedelta(days=31)  # 5月印发, in a notice of May: done or to be done
    return when.told if begins is None else end < begins


# Where a tale of the past ends and what is to be done begins.
_TALE = regex("[^。;\n]*?(?=[。;\n]|今年|[要将再]|力争|争取|确保|计划|$)")


def tales(
    mentions: Sequence[Mention],
    text: str,
    *,
    plan_years: tuple[int, int] | None = None,
    issued_on: dt.date | None = None,
    today: dt.date | None = None,
) -> list[tuple[int, int]]:
    """The stretches of ``text`` that bare dates before the notice tell of (2018年,全区产值700亿元), up to the next date.

    ``mentions`` are those of one item in order; the other parameters are as in ``resolve``.
    """
    years = _Years(None, None, plan_years, issued_on, today)
    out: list[tuple[int, int]] = []
    for i, mention in enumerate(mentions):
        when: When = mention.value
        if when.firm or when.kind not in ("due", "period") or when.end is None or not when.end.year:
            continue
        try:
            past = _is_past(when, _date(when.end, years, last=True)[0], years)
        except ValueError:
            continue
        if past:
            stop = mentions[i + 1].start if i + 1 < len(mentions) else len(text)
            tale = _TALE.match(text, mention.end, max(stop, mention.end))
            out.append((mention.end, tale.end() if tale else mention.end))
    return out


# 自本通知印发之日起: the event is the notice itself.
_ISSUING = regex("本?(?:通知|方案|意见|文件|办法|文|措施|计划|细则)?(?:印发|发布|下发|公布|发文)$")
_YEAR = dt.timedelta(days=366)


def _is_cutoff(when: When, end: dt.date | None, text: str, at: int, years: _Years) -> bool:
    """Whether a day long past bounds what is meant: 2000年底前建成的老旧小区."""
    long_past = when.kind == "due" and end is not None and years.issued is not None and end < years.issued - _YEAR
    return long_past and "的" in re.split("[,。;\n]", text[at : at + 24])[0]


def _span_end(when: When, start: dt.date | None, calendar: WorkingDays | None) -> tuple[dt.date | None, bool]:
    """Last day of a span counted from a stated date, and whether it is provisional."""
    if start is None or when.amount is None or when.amount != int(when.amount):
        return None, False
    count = int(when.amount)
    if when.unit == "workday":
        return add_workdays(start, count, calendar)
    if when.unit in ("day", "week"):
        return start + dt.timedelta(days=count * (7 if when.unit == "week" else 1)), False
    if when.unit in ("month", "year"):
        months = start.year * 12 + start.month - 1 + count * (12 if when.unit == "year" else 1)
        day = min(start.day, Point(year=months // 12, month=months % 12 + 1).last(months // 12).day)
        return dt.date(months // 12, months % 12 + 1, day), False
    return None, False


def _one(mention: Mention, when: When, text: str, years: _Years, calendar: WorkingDays | None) -> Resolved | None:
    """One mention resolved, or None where it is no deadline after all."""
    note, provisional = None, False
    words = text[mention.start : mention.end]
    try:
        (start, start_from), (end, end_from) = _dates(when, years)
    except ValueError:
        start = end = start_from = end_from = None
        note = f"“{words}”不是日历上的日期，未推定期限。"
    if _is_past(when, end, years):
        return None
    if when.kind in ("due", "period", "start", "cutoff") and note is None and start is None and end is None:
        note = f"“{words}”没有写明年份，全文也无从推定，未推定期限。"
    kind: DeadlineKind = "cutoff" if _is_cutoff(when, end, text, mention.end, years) else when.kind
    if when.kind == "within":
        if start is None and when.trigger and _ISSUING.match(when.trigger):
            start, start_from = years.issued, "issued"
        end, provisional = _span_end(when, start, calendar)
    point = when.end or when.start
    return Resolved(
        span=(mention.start, mention.end),
        kind=kind,
        start=start,
        end=end,
        amount=when.amount,
        unit=when.unit,
        trigger=when.trigger,
        freq=when.freq,
        interval=when.interval,
        by=when.by,
        rrule=when.rrule,
        precision=point.precision if point and when.kind not in ("within", "recurring") else None,
        provisional=provisional,
        note=note,
        start_from=start_from,
        end_from=end_from,
    )


_PLAN_YEARS = regex(r"(20\d\d)年?(?:(?:-{1,2}|~|至|到)(20\d\d))?年")


@lru_cache(maxsize=64)  # asked for every obligation of a part
def plan_years(title: str) -> tuple[int, int] | None:
    """First and last year that a title states (…行动计划(2024-2026年), 2024年工作要点), both alike where it is one."""
    found = _PLAN_YEARS.search(fold(title))
    return (int(found[1]), int(found[2] or found[1])) if found else None


def resolve(
    mentions: Sequence[Mention],
    text: str,
    *,
    heading_year: int | None = None,
    plan_years: tuple[int, int] | None = None,
    issued_on: dt.date | None = None,
    today: dt.date | None = None,
    calendar: WorkingDays | None = None,
    trail: Trail | None = None,
) -> list[Resolved]:
    """The deadlines of one obligation: ``mentions`` of one item in order, found in ``text``, each deadline once.

    A year left out is that of the nearest year stated before it in the item, else ``heading_year``, else the
    plan's year (``plan_years`` where both are one), else the year of issue, else today's; else the dates stay
    open and ``note`` says so. ``calendar`` counts working days, the State Council's by default. ``trail`` takes
    down which mentions are no deadline after all, or repeat one.
    """
    years = _Years(None, heading_year, plan_years, issued_on, today)
    out: dict[tuple[object, ...], Resolved] = {}
    for mention in mentions:
        when: When = mention.value
        found = _one(mention, when, text, years, calendar)
        if trail is not None and (found is None or found.key in out):
            why = (
                "its date lies before the notice: it tells what was done" if found is None else "it repeats a deadline"
            )
            trail.dropped.append((mention, why))
        if found is None:
            continue
        stated = [p.year for p in (when.start, when.end) if p and p.year]
        if stated and found.kind != "cutoff":
            years.stated = stated[-1]
        out.setdefault(found.key, found)
    return list(out.values())
