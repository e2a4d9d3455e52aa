"""Why each value of an obligation came out as it did."""

from __future__ import annotations

import re

from policyparse.items import Seat
from policyparse.model import Deadline, Party, Quantity
from policyparse.resolution import unique
from policyparse.rules.base import Mention
from policyparse.rules.deadlines import Resolved
from policyparse.rules.deadlines.resolve import YearSource
from policyparse.rules.sharing import Name
from policyparse.trace.base import Explained, ObligationView
from policyparse.trace.watch import Row, Watched


def explain(watched: Watched, row: Row) -> ObligationView:
    """The obligation of ``row`` with the reason for each of its values."""
    seats = unique(row.item.seats)
    made = row.obligation
    kept = {id(seat) for seat in seats}
    return ObligationView(
        made,
        tuple(_party(watched, row, seat, party) for seat, party in zip(seats, made.parties, strict=True)),
        tuple(_deadline(watched, row, *pair, value) for pair, value in zip(row.deadlines, made.deadlines, strict=True)),
        tuple(_quantity(watched, row, m, value) for m, value in zip(row.quantities, made.quantities, strict=True)),
        tuple(
            f"{seat.name.full} ({seat.role}, {seat.basis}): already named, or stated elsewhere in the item"
            for seat in row.item.seats
            if id(seat) not in kept
        ),
    )


def _where(watched: Watched, start: int, end: int) -> str:
    """Flow[start:end], quoted with its place in the document."""
    a, b = watched.flow.span(start, end)
    return f"“{watched.flow.quote(start, end)}” [{a}:{b}]"


def _sentence(watched: Watched, at: int) -> str:
    """The sentence around ``at`` that a convention or a default stands in, quoted with its place."""
    text = watched.flow.text
    start = max(text.rfind(stop, 0, at) for stop in "(。;\n") + 1
    stop = re.compile(r"[。;)\n]").search(text, at)
    return _where(watched, start, stop.start() if stop else len(text))


# --- parties


def how(name: Name) -> str:
    """Why the resolved name differs from the printed one; empty where it does not."""
    if name.how == "pair":
        return "two pieces of the list, which every list of the notice writes as this pair, are one name"
    if name.full == name.text:
        return ""
    if name.how == "prefix":
        return f"“{name.full.removesuffix(name.text)}” carried over from the unit before it in the list"
    if name.how in ("tail", "place"):
        before, _, behind = name.full.partition(name.text)
        shared = " and ".join(f"“{words}”" for words in (before, behind) if words)
        return f"{shared} shared with its neighbours in the list"
    if name.how == "trade":
        return "a field of work in a list that ends in 等部门"
    return "written out"


def _party(watched: Watched, row: Row, seat: Seat, party: Party) -> Explained:
    why = [_role(watched, row, seat), how(seat.name)]
    if alias := watched.register.aliases.get(party.name):
        why.append(f"the notice uses it as short for “{alias}”")
    if party.unit:
        why.append(f"entry “{party.unit}” of the register of units")
    return Explained(party, seat.said, "; ".join(w for w in why if w))


def _role(watched: Watched, row: Row, seat: Seat) -> str:
    """What gave the seat its role."""
    if seat.basis == "convention":
        at = watched.convention_for(row.item)
        if at is not None:
            return f"first of its list, under the convention {_sentence(watched, at)}"
        return f"marked in its cell, or by the heading of its column “{seat.said}”"
    if seat.basis == "default":
        return f"stated once for many items: {_sentence(watched, seat.name.start)}"
    if seat.basis == "prose":
        return "named by a sentence of the clause that assigns nobody formally"
    if seat.basis == "table":
        return f"column or verb “{seat.said}”"
    if seat.said:
        return f"label or verb “{seat.said}”"
    if row.item.assignment is None:
        return "its sentence assigns as a list would (see the sentences)"
    return "named without label or verb: responsible"


# --- deadlines


def _year(watched: Watched, source: YearSource | None, row: Row) -> str:
    """Where a year was taken from, in words."""
    if source == "plan":
        title = row.part.part.title or watched.register.title
        return f"year of the plan, from the title “{title}”"
    return {
        "words": "year in the words themselves",
        "item": "year of the nearest date before it in the item",
        "heading": "year of a heading above",
        "issued": f"year by the date of issue {watched.register.issued_on}",
        "today": f"year of Context.today {watched.reading.context.today}",
    }.get(source or "", "")


def _deadline(watched: Watched, row: Row, mention: Mention, found: Resolved, value: Deadline) -> Explained:
    why: list[str] = []
    if any(a <= mention.start < b for a, b in row.item.limits):
        why.append("in a cell of the column for time limits")
    elif not row.item.start <= mention.start < row.item.end:
        also = any(a <= mention.start < b for a, b in row.item.also)
        why.append("from the list or cell shared with its neighbours" if also else "from a heading above")
    if found.kind == "cutoff" and mention.value.kind != "cutoff":
        why.append("a day long before the notice, tied to a noun by 的: it bounds what is meant, not when")
    if found.kind == "within":
        why.append(_counted(watched, row, found))
    else:
        if found.start:
            why.append(f"start {found.start}: {_year(watched, found.start_from, row)}")
        if found.end:
            why.append(f"end {found.end}: {_year(watched, found.end_from, row)}")
    if found.kind == "ahead":
        event = f"“{found.trigger}”" if found.trigger else "the event, which it does not name"
        why.append(f"open: counted back from {event}, whose date is not in the notice")
    if found.kind == "recurring":
        why.append(f"recurs {found.freq}" + (f", {found.rrule}" if found.rrule else ""))
    if found.kind == "ongoing":
        why.append("its words say that it goes on, without an end")
    if found.note:
        why.append(f"left open, with the warning {found.note}")
    return Explained(value, mention.rule, "; ".join(why))


def _counted(watched: Watched, row: Row, found: Resolved) -> str:
    """How a span of time was counted, or why it was not."""
    if found.start is None or found.end is None:
        event = f"the date of “{found.trigger}”" if found.trigger else "the day it counts from"
        return f"open: {event} is not in the notice"
    said = f"end {found.end}: {found.amount:g} {found.unit}(s) from {found.start} ({_year(watched, found.start_from, row)})"
    if found.unit == "workday":
        said += f", by {calendar(watched)}"
    return said + (", provisional: the holidays of a year in it are not published" if found.provisional else "")


def calendar(watched: Watched) -> str:
    """The calendar that working days are counted on."""
    own = watched.reading.context.calendar
    return "the State Council calendar" if own is None else f"Context.calendar ({type(own).__name__})"


# --- quantities


def _quantity(watched: Watched, row: Row, mention: Mention, value: Quantity) -> Explained:
    said = [f"bound {value.bound}" + ("" if value.bound == "exact" else " by the words around it or a range")]
    said.append(f"counts “{value.of}”" if value.of else "no noun stands right beside it")
    return Explained(value, mention.rule, "; ".join(said))
