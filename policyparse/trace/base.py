"""What a trace holds: for each clause what rules saw in it, and how every value of its obligations came about.

All spans are half-open pairs of code-point offsets into ``Document.text``; all reasons are in English.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from policyparse.model import Deadline, Obligation, Party, Quantity, Span

# bound: a value of an obligation; joined: read together with a neighbour; lost: another mention overlaps it;
# dropped: the context ruled it out; abstained: the rule's pattern matched and the rule declined; unused: it lies
# in no obligation.
Fate = Literal["bound", "joined", "lost", "dropped", "abstained", "unused"]
# own: the sentence is an obligation; clause: it makes its clause one; prose: its units are basis prose; none.
SentenceFate = Literal["own", "clause", "prose", "none"]


@dataclass(frozen=True, slots=True)
class Sight:
    """Something that a rule of deadlines or quantities saw, what it took it for, and what became of it."""

    kind: str
    rule: str
    text: str
    span: Span
    value: str
    fate: Fate
    why: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as an assignment or a sentence names it: printed, resolved, and what said its role."""

    text: str
    name: str
    span: Span
    role: str
    said: str
    how: str


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """An assignment that was found. ``form``: bracket, line, run (a label within a paragraph) or table (columns)."""

    form: str
    text: str
    span: Span
    units: tuple[Unit, ...]
    lead_first: bool = False
    defaults: tuple[str, ...] = ()
    obligations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of prose that names who must act, and what was made of it."""

    text: str
    span: Span
    actors: tuple[Unit, ...]
    assigned: bool
    recipient: bool
    binding: bool
    timed: bool
    fate: SentenceFate
    why: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A value of an obligation and why it is as it is.

    ``rule`` is the id of the rule that saw it; for a party the label, verb or column that says its role, or "".
    """

    value: Party | Deadline | Quantity
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class ObligationView:
    """An obligation with its values explained; ``left_out`` are units that were named and not taken over."""

    obligation: Obligation
    parties: tuple[Explained, ...]
    deadlines: tuple[Explained, ...]
    quantities: tuple[Explained, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseView:
    """One clause (or table row, or unnumbered paragraph): everything seen in it. ``text`` goes by sentences."""

    path: tuple[str, ...]
    part: str
    span: Span
    text: tuple[tuple[Span, str], ...]
    sights: tuple[Sight, ...]
    assignments: tuple[AssignmentView, ...]
    sentences: tuple[Sentence, ...]
    obligations: tuple[ObligationView, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Convention:
    """Where the notice says that the first unit of a list leads; ``lasts``: for all lists from there on."""

    text: str
    span: Span
    lasts: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """How a notice was read: what years and names were resolved against, and its clauses."""

    notice: str
    title: str
    kind: str
    issued_on: dt.date | None
    today: dt.date | None
    calendar: str
    conventions: tuple[Convention, ...]
    clauses: tuple[ClauseView, ...]
    warnings: tuple[str, ...]
