"""The agenda of a unit: what it must do, with whom, by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from policyparse import schedule
from policyparse.model import Deadline, DeadlineKind, Model, Notice, Obligation, Party, Role
from policyparse.naming import Naming
from policyparse.units import Units, canonical

ORDER: tuple[Role, ...] = ("lead", "responsible", "support", "supervise", "recipient", "official")


class Partner(Model):
    """Another party of the same task."""

    name: str
    role: Role


class AgendaItem(Model):
    """One thing to do on one day; a recurring one has an item for each day it falls due.

    ``date`` is None where no date can be told: ``deadline`` then holds what is said about the time, if anything.
    """

    date: dt.date | None
    deadline: str = ""
    kind: DeadlineKind | None = None
    role: Role
    name: str
    task: str
    clause: tuple[str, ...]
    partners: tuple[Partner, ...] = ()
    notice: str
    title: str
    obligation: str


def agenda(
    unit: str,
    *notices: Notice,
    until: dt.date | None = None,
    since: dt.date | None = None,
    units: Units | None = None,
) -> list[AgendaItem]:
    """What ``unit`` must do by ``notices``, sorted by date, what has no date last.

    ``unit`` is matched by its name as printed, by its full name (with the place of the notice written out),
    by certain abbreviations, and through the register ``units``, which also gives it the tasks of the
    collectives (各镇 …) that it is a member of.  Recurring deadlines are spelled out from ``since`` (else the
    notice's own date) to ``until``; without ``until`` they come once, without a date.  ``since`` and
    ``until`` (both inclusive) also bound the dated items.
    """
    items: list[AgendaItem] = []
    for notice in notices:
        meant = _who(unit, notice, units)
        for obligation in notice.obligations:
            party = min((p for p in obligation.parties if meant(p.name)), key=_rank, default=None)
            if party is not None:
                items += _items(notice, obligation, party, meant, since, until)
    return sorted(items, key=lambda i: (i.date is None, i.date or dt.date.min))


def _rank(party: Party) -> int:
    return ORDER.index(party.role)


def _who(unit: str, notice: Notice, units: Units | None) -> Callable[[str], bool]:
    """Whether a name printed in ``notice`` means ``unit`` or a collective that holds it."""
    naming = Naming(notice, units)
    wanted = {canonical(unit), naming.key(unit)}
    if units is not None:
        for collective in units.collectives(naming.full(unit)):
            wanted |= {canonical(collective), naming.key(collective)}
    return lambda name: naming.key(name) in wanted or canonical(name) in wanted


def _items(
    notice: Notice,
    obligation: Obligation,
    party: Party,
    meant: Callable[[str], bool],
    since: dt.date | None,
    until: dt.date | None,
) -> Iterator[AgendaItem]:
    bounded = [d for d in obligation.deadlines if d.kind not in ("cutoff", "start")]
    partners = tuple(Partner(name=p.name, role=p.role) for p in obligation.parties if not meant(p.name))

    def item(date: dt.date | None, deadline: Deadline | None) -> AgendaItem:
        return AgendaItem(
            date=date,
            deadline=deadline.text if deadline else "",
            kind=deadline.kind if deadline else None,
            role=party.role,
            name=party.name,
            task=obligation.heading or obligation.text[:40],
            clause=obligation.clause,
            partners=partners,
            notice=notice.id,
            title=notice.title,
            obligation=obligation.id,
        )

    if not bounded:
        yield item(None, None)
    for deadline in bounded:
        if deadline.kind == "recurring":
            begin = since or deadline.start or notice.issued_on
            if until is None or begin is None:
                yield item(None, deadline)
            else:
                for day in schedule.occurrences(deadline, begin, until):
                    yield item(day, deadline)
        elif deadline.end is None:
            yield item(None, deadline)
        elif (since is None or since <= deadline.end) and (until is None or deadline.end <= until):
            yield item(deadline.end, deadline)
