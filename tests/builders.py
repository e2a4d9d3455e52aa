"""Notices made by hand, for tests that are about what is done with a notice and not about how it is read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from policyparse.model import Basis, Deadline, DeadlineKind, Notice, Obligation, Party, Quantity, Role

HERE = (0, 1)


def party(name: str, role: Role = "responsible", basis: Basis = "stated", **more: Any) -> Party:
    return Party(name=name, text=more.pop("text", name), role=role, basis=basis, span=more.pop("span", (5, 9)), **more)


def deadline(text: str, kind: DeadlineKind = "due", end: str | None = None, **more: Any) -> Deadline:
    return Deadline(text=text, span=HERE, kind=kind, end=dt.date.fromisoformat(end) if end else None, **more)


def quantity(text: str, value: float, unit: str, of: str | None = None) -> Quantity:
    return Quantity(text=text, span=HERE, value=value, unit=unit, of=of)


def obligation(id: str, text: str, *parties: Party, heading: str = "", clause: str = "", **more: Any) -> Obligation:
    path = tuple(clause.split("/")) if clause else ()
    span = more.pop("span", (0, 10))
    return Obligation(id=id, clause=path, heading=heading or text[:6], text=text, span=span, parties=parties, **more)


def notice(id: str, *obligations: Obligation, **more: Any) -> Notice:
    return Notice(id=id, obligations=obligations, **{"kind": "notice", **more})
