"""Between versions of one notice: what was added, dropped, moved, and what changed in what was kept."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from policyparse.comparison.base import Side, side
from policyparse.errors import PolicyParseError
from policyparse.matching import WAYS, Task, one_to_one, task
from policyparse.model import Clause, Deadline, Model, Notice, Obligation, Party, Quantity
from policyparse.naming import Naming
from policyparse.wording import ROLE_WORDS, amount, counted

LEAST = 0.3  # score from which on two obligations are versions of one; chosen on real pairs, see docs/comparison.md


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

    ``moved``: it stands below another heading, or before something that it stood behind; a number that
    changed because others were put in or taken out is no move.  Changes are those of parties (with their roles), deadlines, quantities, the
    heading, and the text.  Raises PolicyParseError for an unknown matching.
    """
    if matching not in WAYS:
        raise PolicyParseError(f"{matching}: no such matching; take one of {', '.join(WAYS)}")
    before, after = [task(o) for o in old.obligations], [task(o) for o in new.obligations]
    scores = WAYS[matching](before, after)
    for (i, j), score in scores.items():  # of two that are equally alike, the one in the same place
        scores[i, j] = score + (0.02 if old.obligations[i].clause == new.obligations[j].clause else 0.0)
    found = one_to_one(scores, least)
    moved = _moved(old, new, {i: j for i, (j, _) in found.items()})
    names = (Naming(old), Naming(new))
    kept = [
        _kept((old, old.obligations[i]), (new, new.obligations[j]), score, names, (before[i], after[j]), i in moved)
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
    moved: bool,
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
        moved=moved,
        changes=tuple(changes),
    )


def _moved(old: Notice, new: Notice, found: dict[int, int]) -> set[int]:
    """Those of ``found`` (old index -> new) that stand below another heading, or before what they stood behind."""
    above, below = _Parents(old), _Parents(new)
    here = {i: (above.of(old.obligations[i]), below.of(new.obligations[j])) for i, j in found.items()}
    moved = {i for i, (a, b) in here.items() if a[0] != b[0] and a[1] != b[1]}
    stayed = [i for i in sorted(found) if i not in moved]
    return moved | (set(stayed) - _in_order(stayed, found))


def _in_order(stayed: list[int], found: dict[int, int]) -> set[int]:
    """The most of ``stayed`` whose order is the same on both sides (a longest increasing subsequence)."""
    tails: list[int] = []  # new index that ends the best run of each length …
    ends: list[int] = []  # … and the old index it belongs to
    before: dict[int, int | None] = {}
    for i in stayed:
        at = bisect_left(tails, found[i])
        before[i] = ends[at - 1] if at else None
        tails[at : at + 1], ends[at : at + 1] = [found[i]], [i]
    out: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        out.add(last)
        last = before[last]
    return out


class _Parents:
    """What stands above an obligation: the labels, and the headings, from the outside in."""

    def __init__(self, notice: Notice):
        self._headings: dict[tuple[str, ...], str] = {}
        self._collect(notice.clauses)

    def _collect(self, clauses: tuple[Clause, ...]) -> None:
        for clause in clauses:
            self._headings.setdefault(clause.path, clause.heading)
            self._collect(clause.children)

    def of(self, obligation: Obligation) -> tuple[tuple[str, ...], tuple[str, ...]]:
        labels = obligation.clause[:-1]
        return labels, tuple(self._headings.get(labels[: n + 1], "") for n in range(len(labels)))


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
