"""What both comparisons share: how one side of a pair is shown, and how values are put into words."""

from __future__ import annotations

import datetime as dt

from policyparse.model import Deadline, Model, Notice, Obligation, Quantity

UNIT_WORDS = {"hour": "小时", "day": "天", "workday": "个工作日", "week": "周", "month": "个月", "year": "年"}


class Side(Model):
    """One side of a pair: an obligation and where it stands."""

    notice: str
    id: str
    clause: tuple[str, ...]
    heading: str

    @property
    def place(self) -> str:
        """The clause and heading in one line."""
        return " ".join(part for part in ("/".join(self.clause), self.heading) if part)


def side(notice: Notice, obligation: Obligation) -> Side:
    """How ``obligation`` is shown."""
    return Side(
        notice=notice.id, id=obligation.id, clause=obligation.clause, heading=obligation.heading or obligation.text[:30]
    )


def last_due(obligation: Obligation) -> Deadline | None:
    """The deadline with the latest last day among those that end on a date."""
    dated = [d for d in obligation.deadlines if d.kind in ("due", "period") and d.end is not None]
    return max(dated, key=lambda d: d.end or dt.date.min, default=None)


def number(value: float) -> str:
    """A number without a needless fraction."""
    return f"{value:,.0f}".replace(",", "") if value == int(value) else f"{value:g}"


def amount(quantity: Quantity) -> str:
    """A quantity in words: what is counted, how many, of which unit."""
    return f"{quantity.of or ''}{number(quantity.value)}{quantity.unit}"
