"""Annexed tables that say the tasks of the body again."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.items import Item
from policyparse.patterns import regex
from policyparse.text import Flow

_FIGURE = regex(r"\d+(?:\.\d+)?")
_SHORTEST = 20  # characters of a task that cannot stand in two items by chance


def repeated(flow: Flow, items: Sequence[Item], body: Sequence[Item]) -> set[int]:
    """The ids of the table rows among ``items`` that an annexed table says again after the items of the ``body``.

    A table repeats the body only if most of its rows do; a single row that agrees is a task of its own.
    """
    rows = [i for i in items if i.table]
    if not rows or not body:
        return set()
    told = [(other, _close_up(flow.text, other.start, other.end)) for other in body]
    again = {id(row) for row in rows if _repeats(flow.text, row, told)}
    return again if len(again) * 2 > len(rows) else set()


def _repeats(text: str, row: Item, told: Sequence[tuple[Item, str]]) -> bool:
    """Whether some item holds the task of the row, its units, dates and numbers."""
    task = _close_up(text, *row.task).rstrip("。;")
    alike = [(x, said) for x, said in told if x.end <= row.start and task in said] if len(task) >= _SHORTEST else []
    if not alike:
        return False
    units = {s.name.full for s in row.seats}
    limits = [_close_up(text, a, b) for a, b in row.limits]
    figures = set(_FIGURE.findall(text[row.start : row.end])) - set(row.labels or ())
    return any(
        units <= {s.name.full for s in other.seats}
        and all(limit in said for limit in limits)
        and figures <= set(_FIGURE.findall(said))
        for other, said in alike
    )


def _close_up(text: str, start: int, end: int) -> str:
    """text[start:end] without white space."""
    return "".join(text[start:end].split())
