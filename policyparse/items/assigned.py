"""Items that an assignment makes: which clause, paragraph or bullet a list of units stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from policyparse.items.base import Item, Seat, behind_signs
from policyparse.patterns import regex
from policyparse.rules.parties import Assignment
from policyparse.structure.outline import Node, heading

_END = regex(r"[。.;,、)\s]*")
_DEEP = ("num", "pnum", "half", "circle", "first")


def home(root: Node, at: int) -> Node:
    """The innermost clause whose own text holds offset ``at``."""
    node = root
    while node.children:
        i = bisect_right(node.children, at, key=lambda c: c.start) - 1
        if i < 0 or at >= node.children[i].end:
            break
        node = node.children[i]
    return node


def _seats(assignments: Iterable[Assignment]) -> list[Seat]:
    return [Seat(p.name, p.role, "stated", p.said) for a in assignments for p in a.parties]


def _merge(assignments: Sequence[Assignment]) -> Assignment:
    """Several assignments that stand side by side, as one."""
    first, last = assignments[0], assignments[-1]
    if first is last:
        return first
    return Assignment(
        first.start,
        last.end,
        tuple(p for a in assignments for p in a.parties),
        first.form,
        any(a.lead_first for a in assignments),
        tuple(d for a in assignments for d in a.defaults),
        (first.content[0], last.content[1]),
    )


def _groups(text: str, own: Sequence[Assignment]) -> list[Assignment]:
    """Assignments with nothing but punctuation between them are one."""
    out: list[list[Assignment]] = []
    for assignment in own:
        if out and _END.fullmatch(text, out[-1][-1].end, assignment.start):
            out[-1].append(assignment)
        else:
            out.append([assignment])
    return [_merge(group) for group in out]


def shared_by(text: str, node: Node, placed: dict[int, list[Assignment]]) -> Assignment | None:
    """The assignment that stands behind the numbered items of ``node``, which has several, and covers all of them."""
    kids = node.children
    if kids[0].style not in _DEEP or any(kid.children for kid in kids):
        return None
    if any(id(kid) in placed for kid in kids[:-1]) or id(node) in placed:
        return None
    last = _groups(text, placed.get(id(kids[-1]), []))
    if len(last) != 1 or not _END.fullmatch(text, last[0].end, kids[-1].end):
        return None
    if last[0].form == "line" or text[last[0].start - 1] == "\n":
        return last[0]
    return last[0] if _siblings_share(text, node, placed) else None


def _siblings_share(text: str, node: Node, placed: dict[int, list[Assignment]]) -> bool:
    """Whether the clauses beside ``node`` also name their units once, behind their last item."""
    alike = others = 0
    for sibling in node.parent.children if node.parent else []:
        if sibling is node or len(sibling.children) < 2:
            continue
        kids = sibling.children
        if any(id(kid) in placed for kid in kids[:-1]):
            others += 1
        elif id(kids[-1]) in placed:
            alike += 1
    return alike > 0 and others == 0


def covering(node: Node, shared: Assignment) -> list[Item]:
    """An item for each child of ``node``, all of which ``shared`` is for."""
    out = []
    for kid in node.children:
        last = kid is node.children[-1]
        end = shared.end if last else kid.end
        item = Item(kid, kid.start, end, kid.heading, _seats([shared]), shared)
        if not last:
            item.also.append(shared.content)
        out.append(item)
    return out


def own_items(text: str, node: Node, placed: dict[int, list[Assignment]]) -> list[Item]:
    """Items of the assignments that stand in the clause's own text."""
    own = _groups(text, placed.get(id(node), []))
    out: list[Item] = []
    at = node.start
    for i, group in enumerate(own):
        if node.style == "root" and not text[at : group.start].strip(" \n("):
            at = group.end  # units with nothing to do: the head of a list of members
            continue
        start = at if node.style != "root" else max(at, _paragraph(text, group, at))
        if len(own) > 1:
            start = _bullet(text, start, group.start)
        start = behind_signs(text, start, group.start)
        end = group.end
        if len(own) == 1 and _only_heading(text, node, start, group):
            end = node.end if not any(id(n) in placed for c in node.children for n in c.walk()) else node.own_end
        where = (
            _measure(text, start, group.start) or node.heading
            if i == 0 and node.style != "root"
            else _title(text, node, start, group.start)
        )
        if where[0] < group.start <= where[1]:
            where = (where[0], group.start)  # 推进厂区改造(甲局、乙局)
        out.append(Item(node, start, end, where, _seats([group]), group))
        at = group.end
    return out


def _bullet(text: str, start: int, at: int) -> int:
    """Where a bulleted paragraph (——…) of a clause with several begins; ``start`` where it is not bulleted."""
    line = text.rfind("\n", start, at) + 1
    return line if line > start and text[line] in "-•●" and line < at else start


def _paragraph(text: str, assignment: Assignment, floor: int) -> int:
    """Start of the paragraph that an unnumbered item's assignment belongs to."""
    at = text.rfind("\n", floor, assignment.start) + 1
    if at and not text[at : assignment.start].strip(" ("):  # the assignment has a line of its own
        at = text.rfind("\n", floor, at - 1) + 1
    return max(at, floor)


def _only_heading(text: str, node: Node, start: int, assignment: Assignment) -> bool:
    """Whether nothing but the clause's title stands before its assignment, and its text behind."""
    if node.style == "root" or start != node.start:
        return False
    before = text[node.body : assignment.start]
    after = _END.match(text, assignment.end, node.end)
    return (
        len(before) <= 60
        and "。" not in before
        and "\n" not in before.strip()
        and after is not None
        and after.end() < node.end - 12
    )


_MEASURES = regex(r"(?:具体|主要|重点)?(?:措施|举措|任务|要求):")


def _measure(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Heading of an unnumbered measure behind 具体措施：."""
    found = _MEASURES.match(text, start, end)
    return heading(text, found.end(), end) if found else None


def _title(text: str, node: Node, start: int, end: int) -> tuple[int, int]:
    """Heading of a further item of a clause: its run-in title, else the clause's heading."""
    if measure := _measure(text, start, end):
        return measure
    a, b = heading(text, start, end)
    run_in = text[start - 1 : start] == "\n" and b - a <= 28 and b + 1 < end
    named = text[node.heading[1] : node.heading[1] + 1] not in (";", "(")  # else it is but the first task of several
    return (a, b) if run_in or node.style == "root" or not named else node.heading
