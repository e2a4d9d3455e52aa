"""What a time expression says before years left out are filled in: Point and When, and the fragments they are read with."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from policyparse.patterns import regex
from policyparse.records import DeadlineKind, Frequency, Precision, Unit
from policyparse.rules.numbers import integer

KIND = "deadline"

# Fragments (never capturing). A figure is a digit or a numeral in words.
FIGURE = "[0-9〇零一二三四五六七八九十]"
DAY = f"(?:{FIGURE}{{1,3}}[日号])"
TENDAY = "(?:[上中下]旬)"
QUARTER = "(?:第?[一二三四1-4]季度)"
HALF = "(?:[上下]半年)"
# What may stand behind 年: a month with its day or part, a quarter, a half, or the year's own end.
IN_MONTH = f"月份?(?:{DAY}|{TENDAY}|[底末]|初(?![步期始级次]))?"
IN_YEAR = f"年(?:{FIGURE}{{1,2}}(?:{IN_MONTH}|底(?=前))|{HALF}|{QUARTER}末?|年?[底末]|初(?![步期始级次])|终|度?内(?![部容地外河涝环控在]))?"
# 年底, 上半年, 第三季度 … without a year, and years told from the notice's own: 今年, 明年.
SHIFTS = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "翌年": 1, "来年": 1}
MONTH_SHIFTS = {"本月": 0, "当月": 0, "下月": 1, "次月": 1, "下个月": 1}
_READ = regex(
    rf"(?:(?P<year>{FIGURE}{{4}})年?|(?P<shift>[今本当明次翌来]年)(?:度(?=内))?|(?P<ms>[本当下次]个?月))?"
    rf"(?:(?:的)?(?P<half>{HALF}|年中)|(?P<quarter>{QUARTER})末?|全年|年?度?(?P<part>[底末内终中])|年?(?P<early>初)"
    rf"|(?:(?P<month>{FIGURE}{{1,2}})(?:月份?|(?=底)))?"
    rf"(?:(?P<day>{FIGURE}{{1,3}})[日号]?|(?P<ten>[上中下])旬|(?P<end>[底末])|(?P<start>初))?)$"
)
_TENS = {"上": 10, "中": 20, "下": 31}
_QUARTERS = {c: i % 4 + 1 for i, c in enumerate("一二三四1234")}


class Point(NamedTuple):
    """A stretch of the calendar as written: a year, half, quarter, month, ten-day part or day, the year maybe left out.

    ``shift`` counts years from the notice's own (明年 is 1), ``month_shift`` months from its month of issue.
    ``tenday`` is the last day of the part: 10, 20 or 31 (month's end).
    """

    year: int | None = None
    shift: int | None = None
    half: int | None = None
    quarter: int | None = None
    month: int | None = None
    month_shift: int | None = None
    tenday: int | None = None
    day: int | None = None
    early: bool = False

    @property
    def precision(self) -> Precision:
        """How finely the point is given."""
        if self.day:
            return "day"
        if self.tenday and self.tenday < 31:
            return "tenday"
        if self.month or self.month_shift is not None:
            return "month"
        return "quarter" if self.quarter else "half" if self.half else "year"

    def first(self, year: int) -> dt.date:
        """First day of the point in ``year``. Raises ValueError where the calendar has no such day."""
        month = self.month or (self.quarter or 1) * 3 - 2 if not self.half else self.half * 6 - 5
        day = self.day or (min(self.tenday - 9, 21) if self.tenday else 1)
        return dt.date(year, month, day)

    def last(self, year: int) -> dt.date:
        """Last day of the point in ``year``. Raises ValueError where the calendar has no such day."""
        month = self.month or (self.quarter * 3 if self.quarter else self.half * 6 if self.half else 12)
        after = dt.date(year + month // 12, month % 12 + 1, 1)
        end = (after - dt.timedelta(days=1)).day
        return dt.date(year, month, self.day or min(self.tenday or end, end))


@lru_cache(maxsize=1024)  # a plan says 2025年 and 年底 over and over
def read_point(text: str) -> Point | None:
    """``2024年6月底``, ``上半年``, ``今年9月``, ``10日`` as a Point; None where it is none (month 13, year 3000)."""
    found = _READ.match(text)
    if not found or not text:
        return None
    written, shift, ms, half, quarter, _, early, in_month, on_day, ten, end, start = found.groups()
    year = integer(written) if written else None
    month = integer(in_month) if in_month else None
    day = integer(on_day) if on_day else None
    if (year and not 1990 <= year <= 2099) or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and not 1 <= day <= 31:
        return None
    return Point(
        year=year,
        shift=SHIFTS[shift] if shift else None,
        half=(2 if half[0] == "下" else 1) if half else None,  # 年中: the end of June
        quarter=_QUARTERS[quarter.lstrip("第")[0]] if quarter else None,
        month=month,
        month_shift=MONTH_SHIFTS.get(ms) if ms else None,
        tenday=_TENS[ten] if ten else 10 if start else 31 if end else None,
        day=day,
        early=bool(early),
    )


class When(NamedTuple):
    """A time that bounds a task, before years left out are resolved.

    ``firm`` says that the words themselves mark a limit (前, 到, 起, a label); a bare date that turns out
    to lie in the past is no deadline. ``told`` says that such a date has 印发, 发布, 成立 … behind it: it is a deadline
    only where it surely lies ahead. ``rrule`` is an RFC 5545 recurrence rule.
    """

    kind: DeadlineKind
    end: Point | None = None
    start: Point | None = None
    amount: float | None = None
    unit: Unit | None = None
    trigger: str | None = None
    freq: Frequency | None = None
    interval: int | None = None
    by: str | None = None
    rrule: str | None = None
    firm: bool = True
    told: bool = False
