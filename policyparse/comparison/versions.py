"""Between versions of one notice: what was added, dropped, moved, and what changed in what was kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from policyparse.comparison.base import Side, side
from policyparse.errors import PolicyParseError
from policyparse.graph.naming import Naming
from policyparse.matching import WAYS, Task, one_to_one, task
from policyparse.model import Deadline, Model, Notice, Obligation, Party, Quantity
from policyparse.wording import ROLE_WORDS, amount, counted

LEAST = 0.4  # score from which on two obligations are versions of one


class Change(Model):
    """One value that differs: ``old`` is empty where it was added, ``new`` where it was dropped."""

    field: Literal["party", "deadline", "quantity", "heading", "text"]
    old: str = ""
    new: str = ""


class Kept(Model):
    """An obligation that both versions hold."""

    old: Side
    new: Side
    score: float
    moved: bool
    changes: tuple[Change, ...] = ()


class Difference(Model):
    """What separates two versions; ``moved`` and ``changed`` are those of ``kept`` that are either."""

    old: str
    new: str
    added: tuple[Side, ...]
    dropped: tuple[Side, ...]
    moved: tuple[Kept, ...]
    changed: tuple[Kept, ...]
    kept: tuple[Kept, ...]


def diff(old: Notice, new: Notice, matching: str = "lexical", least: float = LEAST) -> Difference:
    """The obligations that ``new`` adds, drops, moves and changes against ``old``.

    ``moved``: it stands in another clause (another label or another heading above it counts, the order of
    unnumbered ones does not).  Changes are those of parties (with their roles), deadlines, quantities, the
    heading, and the text.  Raises PolicyParseError for an unknown matching.
    """
    if matching not in WAYS:
        raise PolicyParseError(f"{matching}: no such matching; take one of {', '.join(WAYS)}")
    before, after = [task(o) for o in old.obligations], [task(o) for o in new.obligations]
    scores = WAYS[matching](before, after)
    for (i, j), score in scores.items():  # of two that are equally alike, the one in the same place
        scores[i, j] = score + (0.02 if old.obligations[i].clause == new.obligations[j].clause else 0.0)
    found = one_to_one(scores, least)
    names = (Naming(old), Naming(new))
    kept = [
        _kept((old, old.obligations[i]), (new, new.obligations[j]), score, names, (before[i], after[j]))
        for i, (j, score) in sorted(found.items())
    ]
    used = {j for j, _ in found.values()}
    return Difference(
        old=old.id,
        new=new.id,
        added=tuple(side(new, o) for j, o in enumerate(new.obligations) if j not in used),
        dropped=tuple(side(old, o) for i, o in enumerate(old.obligations) if i not in found),
        moved=tuple(pair for pair in kept if pair.moved),
        changed=tuple(pair for pair in kept if pair.changes),
        kept=tuple(kept),
    )


def _kept(
    old: tuple[Notice, Obligation],
    new: tuple[Notice, Obligation],
    score: float,
    names: tuple[Naming, Naming],
    tasks: tuple[Task, Task],
) -> Kept:
    before, after = old[1], new[1]
    changes = [
        *_by_key("party", _parties(before, names[0]), _parties(after, names[1])),
        *_by_key("deadline", _deadlines(before), _deadlines(after)),
        *_by_key("quantity", _quantities(before), _quantities(after)),
    ]
    if before.heading != after.heading:
        changes.append(Change(field="heading", old=before.heading, new=after.heading))
    if tasks[0].body != tasks[1].body:  # beyond the parties, dates and numbers told above
        changes.append(Change(field="text", old=before.text, new=after.text))
    return Kept(
        old=side(*old),
        new=side(*new),
        score=round(min(1.0, score), 3),
        moved=before.clause != after.clause,
        changes=tuple(changes),
    )


# A value as (what it is about, its value, how it is shown): values about the same thing that differ are one change.
_Value = tuple[Any, Any, str]


def _parties(obligation: Obligation, naming: Naming) -> list[_Value]:
    def shown(party: Party) -> str:
        return f"{ROLE_WORDS[party.role]}：{party.text}"

    return [(naming.key(p.name), p.role, shown(p)) for p in obligation.parties if p.basis != "prose"]


def _deadlines(obligation: Obligation) -> list[_Value]:
    def value(d: Deadline) -> tuple[Any, ...]:
        return (d.start, d.end, d.amount, d.unit, d.freq, d.interval, d.by)

    return [(d.kind, value(d), d.text) for d in obligation.deadlines]


def _quantities(obligation: Obligation) -> list[_Value]:
    def about(q: Quantity) -> tuple[str, str]:
        return (q.unit, counted(obligation, q))

    return [(about(q), (q.value, q.bound), amount(q)) for q in obligation.quantities]


def _by_key(
    field: Literal["party", "deadline", "quantity"], before: Sequence[_Value], after: Sequence[_Value]
) -> Iterator[Change]:
    """What is left of both sides once equal values are struck out, those about the same thing side by side."""
    here, there = Counter((key, value) for key, value, _ in before), Counter((key, value) for key, value, _ in after)
    gone = _left(before, here - there)
    come = _left(after, there - here)
    for key, _, shown in gone:
        other = next((c for c in come if c[0] == key), None)
        if other:
            come.remove(other)
        yield Change(field=field, old=shown, new=other[2] if other else "")
    for _, _, shown in come:
        yield Change(field=field, new=shown)


def _left(values: Sequence[_Value], open_: Counter[tuple[Any, Any]]) -> list[_Value]:
    out: list[_Value] = []
    for key, value, shown in values:
        if open_[key, value] > 0:
            open_[key, value] -= 1
            out.append((key, value, shown))
    return out
