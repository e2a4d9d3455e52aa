"""What an item is: a stretch of the notice that asks something, with who has a seat in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from policyparse.patterns import regex
from policyparse.rules.parties import Assignment
from policyparse.rules.sharing import Name
from policyparse.structure.outline import Node


class Seat(NamedTuple):
    """A unit's place in an item, before anything is resolved; ``said`` is the label, verb or column of its role."""

    name: Name
    role: str
    basis: str
    said: str = ""


@dataclass(slots=True)
class Item:
    """One task: flow[start:end], with its clause and who was named for it.

    ``also`` are further stretches that speak of the item's time: a shared assignment behind its siblings.
    ``limits`` are the cells of a table's column for time limits, where 2024年 or 长期 alone says when.
    """

    node: Node
    start: int
    end: int
    heading: tuple[int, int]
    seats: list[Seat] = field(default_factory=list)
    assignment: Assignment | None = None
    also: list[tuple[int, int]] = field(default_factory=list)
    limits: list[tuple[int, int]] = field(default_factory=list)
    labels: tuple[str, ...] | None = None  # instead of the clause's path, where a table row has its own
    table: bool = False
    task: tuple[int, int] = (0, 0)  # of a table row: its longest task cell


PUNCTUATION = regex(r"[。;,\s)\-•●]*")


def behind_signs(text: str, start: int, end: int) -> int:
    """``start``, or the offset behind the signs and bullets that stand there."""
    found = PUNCTUATION.match(text, start, end)
    return found.end() if found else start
