"""Working days in China: the calendar of holidays and shifted working days that the State Council publishes each year.

The only home of the chinesecalendar package, which is imported on first use.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from types import ModuleType
from typing import Protocol


class WorkingDays(Protocol):
    """What ``Context.calendar`` must offer."""

    def is_workday(self, day: dt.date) -> bool:
        """Whether offices work on ``day``."""

    def covers(self, year: int) -> bool:
        """Whether the holidays of ``year`` are known."""


@lru_cache(maxsize=1)
def _package() -> ModuleType:
    import chinese_calendar  # type: ignore[import-untyped]

    package: ModuleType = chinese_calendar
    return package


class StateCouncil:
    """The State Council's calendar; beyond the published years Monday to Friday count as working days."""

    def is_workday(self, day: dt.date) -> bool:
        """Whether offices work on ``day``."""
        if not self.covers(day.year):
            return day.weekday() < 5
        return bool(_package().is_workday(day))

    def covers(self, year: int) -> bool:
        """Whether the holidays of ``year`` have been published in the package that is installed."""
        days = _package().constants.holidays
        return bool(min(days).year <= year <= max(days).year)


def add_workdays(start: dt.date, count: int, calendar: WorkingDays | None = None) -> tuple[dt.date, bool]:
    """The last of ``count`` working days that follow ``start`` (the day of the event itself is not counted,
    Civil Code art. 201), and whether the result is provisional: it rests on a year without published holidays.
    """
    days = calendar or StateCouncil()
    day, known = start, True
    while count > 0:
        day += dt.timedelta(days=1)
        known = known and days.covers(day.year)
        count -= days.is_workday(day)
    return day, not known
