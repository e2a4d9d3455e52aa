"""What is not in the text: today's date, the user's unit register, the working-day calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Context:
    """All that a notice's meaning may depend on besides its text.

    today:    date to resolve years against where the notice has no date of its own; None leaves them open.
    units:    register of units (``policyparse.units.Units``), or None; it fills in ``Party.unit``.
    calendar: object with ``is_workday(date) -> bool`` and ``covers(year) -> bool``; None takes the
              State Council calendar.
    """

    today: dt.date | None = None
    units: Any = None
    calendar: Any = None
