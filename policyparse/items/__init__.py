"""Clauses + assignments -> items: which stretch of text is one task, and who was named for it.

An item is one row of the responsibility table that an office would draw up (GUIDELINES: "What is one
obligation"): its text runs from its label to the end of its assignment; an assignment behind several
numbered items covers each of them; a paragraph with several assignments is several items.
"""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.items.assigned import covering, home, own_items, shared_by
from policyparse.items.base import Item, Seat
from policyparse.items.prose import Prose, Said, add_prose, said_items
from policyparse.rules.parties import Assignment
from policyparse.structure.outline import Node

__all__ = ["Item", "Prose", "Said", "Seat", "add_prose", "items"]


def items(
    text: str,
    root: Node,
    assignments: Sequence[Assignment],
    prose: Prose,
    skip: Sequence[tuple[int, int]] = (),
) -> list[Item]:
    """The items of one part of a notice, in order; ``skip`` are stretches that are no clauses (tables, sign-off)."""
    placed: dict[int, list[Assignment]] = {}
    for assignment in assignments:
        placed.setdefault(id(home(root, assignment.start)), []).append(assignment)
    out: list[Item] = []
    covered: set[int] = set()
    nodes = list(root.walk())
    for node in nodes:
        if len(node.children) > 1 and (shared := shared_by(text, node, placed)):
            out += covering(node, shared)
            covered.update(id(kid) for kid in node.children)
        if id(node) in placed and id(node) not in covered:
            out += own_items(text, node, placed)
    taken = sorted([*((i.start, i.end) for i in out), *skip])
    out += said_items(prose, nodes, taken)
    for item in out:
        while item.end > item.start and text[item.end - 1] in "\n ":
            item.end -= 1
    return sorted(out, key=lambda i: (i.start, i.end))
