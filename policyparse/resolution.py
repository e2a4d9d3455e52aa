"""What needs the rest of the notice: lead-first conventions, default parties, aliases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyparse.items import Item, Seat
from policyparse.rules.parties import CONVENTION
from policyparse.structure.outline import Node


def conventions(text: str) -> list[tuple[int, bool]]:
    """Where the notice says that the first unit leads: (offset, whether it holds from there on)."""
    if not any(word in text for word in ("第一", "首位", "首个")):
        return []
    return [
        (m.start(), "下同" in text[m.end() : m.end() + 8] or "以下" in text[m.end() : m.end() + 8])
        for m in CONVENTION.finditer(text)
    ]


def apply_convention(items: Sequence[Item], said: Sequence[tuple[int, bool]]) -> None:
    """Make the first unit of every list under a lead-first convention the lead."""
    lasting = min((at for at, lasts in said if lasts), default=None)
    for item in items:
        assignment = item.assignment
        if assignment is None:
            continue
        here = any(assignment.start <= at < assignment.end for at, _ in said)
        if not here and (lasting is None or assignment.start < lasting):
            continue
        stated = [s for s in item.seats if s.basis == "stated"]
        if any(s.role == "lead" for s in stated):
            continue
        for i, seat in enumerate(item.seats):
            if seat.role == "responsible" and seat.basis == "stated":
                item.seats[i] = Seat(seat.name, "lead", "convention")
                break


def apply_defaults(items: Sequence[Item], top: Sequence[Node], end: int) -> None:
    """Add parties stated once (以下均需…落实，不再列出) to every item behind them, to the end of that part."""
    for source in items:
        if source.assignment is None or not source.assignment.defaults:
            continue
        at = source.assignment.end
        limit = _scope(top, source.start, end)
        for item in items:
            if item.assignment is None or not at <= item.assignment.end <= limit:
                continue
            known = {s.name.full for s in item.seats if s.basis != "prose"}
            item.seats += [
                Seat(name, "responsible", "default") for name in source.assignment.defaults if name.full not in known
            ]


def _scope(top: Sequence[Node], at: int, end: int) -> int:
    """End of the top-level part that holds ``at``; parts whose items are numbered on count as one list."""
    limit = end
    last = 0
    for node in top:
        if node.start <= at < node.end:
            limit, last = node.end, node.children[-1].number if node.children else 0
        elif node.start >= limit and last and node.children and node.children[0].number == last + 1:
            limit, last = node.end, node.children[-1].number
        elif node.start >= limit:
            break
    return limit


def unique(seats: Sequence[Seat]) -> list[Seat]:
    """Each unit once for a role; what is stated outranks prose."""
    out: dict[tuple[str, str], Seat] = {}
    stated = {s.name.full for s in seats if s.basis != "prose"}
    for seat in seats:
        key = (seat.name.full, seat.role)
        if seat.basis == "prose" and seat.role == "responsible" and seat.name.full in stated:
            continue
        if key not in out or (out[key].basis == "prose" and seat.basis != "prose"):
            out[key] = seat
    return list(out.values())


_SPACE = re.compile(r"\s+")


def close_up(name: str) -> str:
    """A name without the white space that printing put into it."""
    return _SPACE.sub("", name)
