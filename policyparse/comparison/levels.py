"""Down the levels: which obligation of a subordinate notice takes over which one of the superior notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from policyparse.comparison.base import Side, last_due, side
from policyparse.errors import PolicyParseError
from policyparse.matching import WAYS, Task, best, task
from policyparse.model import Model, Notice, Obligation, Quantity
from policyparse.places import place_of, unit_level
from policyparse.wording import amount, counted
from policyparse.words import vocabulary

LEAST = 0.22  # score from which on a task counts as taken over; chosen on real chains, see docs/comparison.md
LEVELS = ("国家", "省", "市", "县", "乡镇")


class Remark(Model):
    """Where the subordinate notice falls behind the superior one."""

    kind: Literal["later_deadline", "lower_number", "lead_level"]
    message: str
    parent: str = ""
    child: str = ""


class Pair(Model):
    """An obligation of the superior notice and the one that takes it over."""

    parent: Side
    child: Side
    score: float
    reason: str
    remarks: tuple[Remark, ...] = ()


class NotTaken(Side):
    """An obligation of the superior notice that ``by`` (id of a subordinate notice) does not take over."""

    by: str


class Cascade(Model):
    """How one or more subordinate notices take over the obligations of a superior one."""

    parent: str
    children: tuple[str, ...]
    pairs: tuple[Pair, ...]
    not_taken_over: tuple[NotTaken, ...]
    new_in_child: tuple[Side, ...]


def cascade(parent: Notice, *children: Notice, matching: str = "lexical", least: float = LEAST) -> Cascade:
    """Each obligation of ``parent`` beside the one of each child that takes it over.

    ``matching`` is ``lexical`` (characters, the default) or ``semantic`` (needs the extra of that name);
    ``least`` the score from 0 to 1 from which on a pair counts.  Several obligations of the parent may be
    taken over by one of a child.  Raises PolicyParseError for another matching.
    """
    if matching not in WAYS:
        raise PolicyParseError(f"{matching}: no such matching; take one of {', '.join(WAYS)}")
    pairs: list[Pair] = []
    missing: list[NotTaken] = []
    new: list[Side] = []
    above = [task(obligation) for obligation in parent.obligations]
    for child in children:
        below = [task(obligation) for obligation in child.obligations]
        reasons = Reasons([*above, *below])
        taken = best(WAYS[matching](above, below), least)
        for i, (j, score) in sorted(taken.items()):
            pairs.append(_pair(parent, child, i, j, score, reasons(above[i], below[j])))
        for i, obligation in enumerate(parent.obligations):
            if i not in taken:
                missing.append(NotTaken(**dict(side(parent, obligation)), by=child.id))
        used = {j for j, _ in taken.values()}
        new += [side(child, obligation) for j, obligation in enumerate(child.obligations) if j not in used]
    return Cascade(
        parent=parent.id,
        children=tuple(child.id for child in children),
        pairs=tuple(pairs),
        not_taken_over=tuple(missing),
        new_in_child=tuple(new),
    )


def _pair(parent: Notice, child: Notice, i: int, j: int, score: float, reason: str) -> Pair:
    upper, lower = parent.obligations[i], child.obligations[j]
    return Pair(
        parent=side(parent, upper),
        child=side(child, lower),
        score=round(score, 3),
        reason=reason,
        remarks=tuple(_remarks(upper, lower, child)),
    )


class Reasons:
    """Puts into words why two tasks count as one: the words they share that few other tasks use."""

    def __init__(self, tasks: Sequence[Task]):
        self._words = {task: vocabulary(task.whole) for task in tasks}
        self._seen = Counter(word for words in self._words.values() for word in words)

    def shared(self, here: Task, there: Task, where: str, most: int = 3) -> list[str]:
        """Words of both that stand in ``where``, the rarest among all tasks first."""
        both = [word for word in self._words[here].keys() & self._words[there].keys() if word in where]
        return sorted(both, key=lambda word: (self._seen[word], -len(word), word))[:most]

    def __call__(self, here: Task, there: Task) -> str:
        parts: list[str] = []
        if here.heading and here.heading == there.heading:
            parts.append("标题相同")
        elif words := [w for w in self.shared(here, there, here.heading) if w in there.heading]:
            parts.append(f"标题同有“{'”“'.join(words)}”")
        if quoted := sorted(here.quoted & there.quoted, key=lambda word: (-len(word), word))[:3]:
            parts.append(f"同引“{'”“'.join(quoted)}”")
        if len(parts) < 2 and (words := self.shared(here, there, here.body)):
            parts.append(f"正文同有“{'”“'.join(words)}”")
        return "；".join(parts) or "措辞相近"


def _remarks(upper: Obligation, lower: Obligation, child: Notice) -> Iterator[Remark]:
    first, second = last_due(upper), last_due(lower)
    if first and second and first.end and second.end and second.end > first.end:
        yield Remark(
            kind="later_deadline",
            message=f"时限晚于上级：上级为{first.end}（“{first.text}”），本级为{second.end}（“{second.text}”），请提前或说明理由",
            parent=first.text,
            child=second.text,
        )
    for ours, theirs in _lower_numbers(upper, lower):
        todo = "请不低于上级要求" if ours.unit == "%" else "请核对是否为分解后的指标"
        yield Remark(
            kind="lower_number",
            message=f"数量低于上级：上级为{amount(ours)}，本级为{amount(theirs)}，{todo}",
            parent=ours.text,
            child=theirs.text,
        )
    here = place_of(child).level
    for party in lower.parties:
        level = unit_level(party.name)
        if party.role == "lead" and level is not None and here > level:
            yield Remark(
                kind="lead_level",
                message=f"牵头单位层级不对：“{party.text}”是{LEVELS[level]}级单位，本级为{LEVELS[here]}级文件，请改由本级单位牵头",
                child=party.text,
            )


def _lower_numbers(upper: Obligation, lower: Obligation) -> Iterator[tuple[Quantity, Quantity]]:
    """Quantities that count the same thing in the same unit and are lower below; caps are no targets."""
    for ours in upper.quantities:
        what = counted(upper, ours)
        same = [
            q for q in lower.quantities if q.unit == ours.unit and q.bound != "max" and _same(what, counted(lower, q))
        ]
        if what and ours.bound != "max" and len(same) == 1 and same[0].value < ours.value:
            yield ours, same[0]


def _same(one: str, other: str) -> bool:
    """Whether two nouns are one: equal, or the longer one ends in the other."""
    return bool(other) and (one.endswith(other) or other.endswith(one))
