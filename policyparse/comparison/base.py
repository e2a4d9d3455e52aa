"""What both comparisons share: how one side of a pair is shown, and how values are put into words."""

from __future__ import annotations

import datetime as dt

from policyparse.model import Deadline, Model, Notice, Obligation


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
