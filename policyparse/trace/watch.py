"""A notice parsed while everything that rules saw is taken down: by the functions that parse it, with a trail."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from policyparse import api, notice, resolution
from policyparse.context import Context
from policyparse.items import Item, Said
from policyparse.model import Document, Notice, Obligation
from policyparse.obligations import PartRead, Reading, bounding, counted, resolved, rows
from policyparse.rules.base import Mention, Trail
from policyparse.rules.deadlines import Resolved
from policyparse.text import Flow
from policyparse.trace.base import Fate

if TYPE_CHECKING:
    from policyparse import records

Fates = dict[Mention, tuple[Fate, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """An item, the obligation it became, and what its deadlines and quantities were read from."""

    part: PartRead
    item: Item
    obligation: Obligation
    deadlines: list[tuple[Mention, Resolved]]
    quantities: list[Mention]
    dropped: list[tuple[Mention, str]]


@dataclass(slots=True)
class Watched:
    """All that a trace is made from. Offsets are those of ``flow``."""

    reading: Reading
    register: Notice
    parts: list[PartRead]
    rows: list[Row]
    said: list[Said]
    conventions: list[tuple[int, bool]]
    fates: Fates = field(default_factory=dict)
    ordered: list[Mention] = field(default_factory=list)

    @property
    def flow(self) -> Flow:
        """The text that rules saw."""
        return self.reading.flowed

    def between(self, start: int, end: int) -> Iterator[Mention]:
        """Everything that a rule of deadlines or quantities saw in flow[start:end], in order."""
        at = bisect_left(self.ordered, start, key=lambda m: m.start)
        while at < len(self.ordered) and self.ordered[at].start < end:
            yield self.ordered[at]
            at += 1

    def convention_for(self, item: Item) -> int | None:
        """Where the lead-first convention stands that holds for ``item``."""
        return resolution.convention_for(item, self.conventions, resolution.lasting_from(self.conventions))


def watch(document: Document, context: Context) -> Watched:
    """Parse ``document`` and keep what its rules saw."""
    register = api.parse(document, context)
    reading = notice.begin(cast("records.Document", document), context)
    reading.trail, reading.said = Trail(), []
    parts = notice.read_parts(reading)
    known = {o.id: o for o in register.obligations}
    made = [_row(reading, part, item, known[key]) for part, item, key in rows(reading, register.id, parts)]
    said = resolution.conventions(reading.flowed.text) if parts else []
    watched = Watched(reading, register, parts, made, reading.said, said)
    watched.fates = _fates(reading, parts, made)
    watched.ordered = sorted(watched.fates, key=lambda m: (m.start, m.end, m.kind, m.rule))
    return watched


def _row(reading: Reading, part: PartRead, item: Item, obligation: Obligation) -> Row:
    trail = Trail()
    seen = {(m.start, m.end): m for m in bounding(reading.flowed, part, item)}
    times = [(seen[r.span], r) for r in resolved(reading, part, item, trail)]
    return Row(part, item, obligation, times, list(counted(reading, part, item, trail)), trail.dropped)


def _fates(reading: Reading, parts: Sequence[PartRead], made: Sequence[Row]) -> Fates:
    """What became of each mention: those that no value came from, then those that the parts kept."""
    quote = reading.flowed.quote
    trail = reading.trail or Trail()
    out: Fates = dict.fromkeys(trail.abstained, ("abstained", "the rule declines these words here"))
    for loser, winner in trail.lost:
        out[loser] = ("lost", f"overlaps “{quote(winner.start, winner.end)}” ({winner.rule}), {_better(winner, loser)}")
    for mention, why in trail.dropped:
        out[mention] = ("dropped", why)
    for before, after in trail.joined:
        out[before] = ("joined", f"read together as “{quote(after.start, after.end)}” ({after.rule})")
    for part in parts:
        out.update((m, ("unused", "no obligation holds it")) for m in (*part.times, *part.amounts))
    for row in made:
        anew = [m for m in row.part.times for a, b in row.item.limits if a <= m.start < b]
        out.update((m, ("dropped", "its cell is read anew, as one of a column for time limits")) for m in anew)
        out.update((mention, ("dropped", f"{why} ({row.obligation.id})")) for mention, why in row.dropped)
    users: dict[Mention, list[str]] = {}
    for row in made:
        for mention in (*(m for m, _ in row.deadlines), *row.quantities):
            users.setdefault(mention, []).append(row.obligation.id)
    out.update((mention, ("bound", "in " + ", ".join(ids))) for mention, ids in users.items())
    return out


def _better(winner: Mention, loser: Mention) -> str:
    """Why ``winner`` won, by the order in which ``rules.base.settle`` takes mentions."""
    if winner.start < loser.start:
        return "which begins earlier"
    return "which is longer" if winner.end > loser.end else "whose rule is listed first"
