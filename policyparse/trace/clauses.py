"""What was seen in one clause: mentions and their fates, assignments, sentences of prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policyparse.items import Item, Said
from policyparse.model import Span
from policyparse.obligations import PartRead, sentences
from policyparse.rules.deadlines import Point, When
from policyparse.rules.parties import Assignment
from policyparse.rules.quantities import Amount
from policyparse.rules.sharing import Name
from policyparse.trace.base import AssignmentView, ClauseView, Sentence, SentenceFate, Sight, Unit
from policyparse.trace.values import explain, how
from policyparse.trace.watch import Row, Watched


@dataclass(slots=True)
class Target:
    """A clause, a table row or an unnumbered paragraph: flow[start:end] of a part, and the items it became."""

    part: PartRead
    path: tuple[str, ...]
    start: int
    end: int
    items: list[Item] = field(default_factory=list)

    def take(self, item: Item) -> None:
        """Let the stretch hold ``item``, which may reach over the clauses below it."""
        self.items.append(item)
        self.start, self.end = min(self.start, item.start), max(self.end, item.end)


def targets(watched: Watched) -> list[Target]:
    """All clauses, rows and unnumbered items, in order."""
    out: list[Target] = []
    for part in watched.parts:
        own = {
            id(node): Target(part, node.path(), node.start, node.own_end)
            for node in part.root.walk()
            if node.style != "root"
        }
        for item in part.items:
            if id(item.node) in own:
                own[id(item.node)].take(item)
            else:
                own[id(item)] = Target(part, item.labels or (), item.start, item.end, [item])
        out += sorted(own.values(), key=lambda t: (t.start, t.end))
    return out


def view(watched: Watched, target: Target) -> ClauseView:
    """Everything that was seen in ``target``."""
    flow = watched.flow
    made = [row for row in watched.rows if any(row.item is item for item in target.items)]
    where = watched.reading.frame.title if target.part.part.kind == "wrapper" else target.part.part.title
    return ClauseView(
        path=target.path,
        part=f"{target.part.part.kind} “{where}”",
        span=flow.span(target.start, target.end),
        text=tuple(_sentences(watched, target.start, target.end)),
        sights=tuple(_sights(watched, target, made)),
        assignments=tuple(_assignments(watched, target, made)),
        sentences=tuple(_prose(watched, target)),
        obligations=tuple(explain(watched, row) for row in made),
        notes=tuple(_notes(watched, target, made)),
    )


def _sentences(watched: Watched, start: int, end: int) -> Iterator[tuple[Span, str]]:
    flow = watched.flow
    for a, b in sentences(flow.text, start, end):
        if flow.text[a:b].strip():
            yield flow.span(a, b), flow.quote(a, b)


def _notes(watched: Watched, target: Target, made: Sequence[Row]) -> Iterator[str]:
    """Why a clause has no obligation of its own."""
    for item in target.items:
        if not any(row.item is item for row in made):
            yield "an item of it was left out: the same text stands earlier in the document"
    if target.items:
        return
    above = [r for r in watched.rows if r.item.start <= target.start and target.end <= r.item.end]
    yield from (f"its text belongs to {row.obligation.id}" for row in above)
    if not above:
        yield "no obligation: neither an assignment nor a sentence of it names who must act"


# --- rules


def _sights(watched: Watched, target: Target, made: Sequence[Row]) -> Iterator[Sight]:
    """The mentions of the stretch, and those that its obligations took from elsewhere (headings, shared lists)."""
    taken = {m for row in made for m in (*(m for m, _ in row.deadlines), *row.quantities)}
    mentions = dict.fromkeys((*taken, *watched.between(target.start, target.end)))
    for mention in sorted(mentions, key=lambda m: (m.start, m.end, m.kind, m.rule)):
        fate, why = watched.fates[mention]
        yield Sight(
            mention.kind,
            mention.rule,
            watched.flow.quote(mention.start, mention.end),
            watched.flow.span(mention.start, mention.end),
            told(mention.value),
            fate,
            why,
        )


def told(value: object) -> str:
    """A value of a rule in one line: the fields that are not as they are by default."""
    if isinstance(value, Amount | When | Point):
        known = value._field_defaults
        return ", ".join(f"{k} {_brief(v)}" for k, v in value._asdict().items() if k not in known or v != known[k])
    if isinstance(value, tuple):
        return " + ".join(told(v) for v in value)
    return "" if value is None else str(value)


def _brief(value: object) -> str:
    if isinstance(value, Point):
        return f"({told(value)})"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


# --- assignments


def _assignments(watched: Watched, target: Target, made: Sequence[Row]) -> Iterator[AssignmentView]:
    taken = [item.assignment for item in target.items if item.assignment]
    for found in target.part.assignments:
        inside = target.start <= found.start < target.end
        if inside or any(a.start <= found.start < a.end for a in taken):
            yield _assignment(watched, found)
    for row in made:
        if row.item.table:
            yield _cells(watched, row)


def _assignment(watched: Watched, found: Assignment) -> AssignmentView:
    users = [
        row.obligation.id
        for row in watched.rows
        if row.item.assignment and row.item.assignment.start <= found.start < row.item.assignment.end
    ]
    return AssignmentView(
        found.form,
        watched.flow.quote(found.start, found.end),
        watched.flow.span(found.start, found.end),
        tuple(_unit(watched, p.name, p.role, p.said) for p in found.parties),
        found.lead_first,
        tuple(name.full for name in found.defaults),
        tuple(users),
    )


def _cells(watched: Watched, row: Row) -> AssignmentView:
    """The role columns of a table row."""
    return AssignmentView(
        "table",
        row.obligation.text,
        row.obligation.span,
        tuple(_unit(watched, s.name, s.role, s.said) for s in row.item.seats if s.basis in ("table", "convention")),
        obligations=(row.obligation.id,),
    )


def _unit(watched: Watched, name: Name, role: str, said: str) -> Unit:
    text = watched.flow.quote(name.start, name.end)
    full = text if name.full == name.text else name.full
    return Unit(text, full, watched.flow.span(name.start, name.end), role, said, how(name))


# --- prose


def _prose(watched: Watched, target: Target) -> Iterator[Sentence]:
    for said in sorted(watched.said, key=lambda s: s.start):
        if target.start <= said.start < target.end:
            fate, why = _judged(watched, said, target.part)
            duty = said.duty
            yield Sentence(
                watched.flow.quote(said.start, said.end),
                watched.flow.span(said.start, said.end),
                tuple(_unit(watched, a.name, a.role, "") for a in duty.actors),
                duty.assigned,
                duty.recipient,
                duty.binding,
                said.timed,
                fate,
                why,
            )


def _judged(watched: Watched, said: Said, part: PartRead) -> tuple[SentenceFate, str]:
    """What became of a sentence, by the seats its units got; why, by what it was judged by."""
    item = next(
        (
            i
            for i in part.items
            for s in i.seats
            if i.start <= said.start < i.end and said.start <= s.name.start < said.end
        ),
        None,
    )
    if said.beside:
        if item is None or all(s.basis != "prose" for s in item.seats if said.start <= s.name.start < said.end):
            return "none", "its units are named by the assignment of the item already"
        return "prose", "its item has an assignment of its own, so those named here are basis prose"
    if item is None:
        lacks = "it tells a goal or a fact with a date" if not said.duty.binding and said.timed else _lacks(said)
        return "none", f"no obligation: {lacks}"
    if not any(s.basis == "stated" and said.start <= s.name.start < said.end for s in item.seats):
        return "prose", f"basis prose only: {_lacks(said)}"
    title = item.node.heading[1] if item.start == item.node.start else item.start
    opens = any(title <= other.start <= max(title + 2, item.start) for other in watched.said)  # else it is its clause
    if not said.assigns:
        fused = "told together with the sentence beside it: one names who acts, the other who is reported to"
        return ("own" if opens else "clause"), fused
    return ("own" if opens and item.end <= said.end + 1 else "clause"), _holds(said)


def _holds(said: Said) -> str:
    """What lets a sentence assign."""
    reasons = [
        ("it holds a time", said.timed),
        ("it says 由…牵头, 负责 or the like", said.duty.assigned),
        ("it names who is reported to", said.duty.recipient),
    ]
    return "an obligation: it binds, and " + ", ".join(words for words, holds in reasons if holds)


def _lacks(said: Said) -> str:
    """What keeps a sentence from assigning."""
    reasons = [
        ("it only sets up a body, whose posts and members are read as such", said.founds),
        ("prose never assigns in a regulation", not said.formal),
        ("it names nobody but who is reported to", all(a.role == "recipient" for a in said.duty.actors)),
        ("it asks nothing (a goal, a fact, a private actor)", not said.duty.binding),
        ("it has no time, no 由…牵头 or 负责, and nobody who is reported to", not (_any(said) or said.founds)),
    ]
    return ", ".join(words for words, holds in reasons if holds) or "it is part of another clause's text"


def _any(said: Said) -> bool:
    return said.timed or said.duty.assigned or said.duty.recipient
