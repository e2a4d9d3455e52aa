"""Annexed tables that say the tasks of the body again."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.items import Item
from policyparse.patterns import regex
from policyparse.text import Flow

_SPACE = regex(r"\s+")
_FIGURE = regex(r"\d+(?:\.\d+)?")
_SHORTEST = 20  # characters of a task that cannot stand in two items by chance


def repeated(flow: Flow, items: Sequence[Item], body: Sequence[Item]) -> set[int]:
    """The ids of the table rows among ``items`` that an annexed table says again after the items of the ``body``.

    A table repeats the body only if most of its rows do; a single row that agrees is a task of its own.
    """
    rows = [i for i in items if i.table]
    if not rows or not body:
        return set()
    told = [(other, _SPACE.sub("", flow.text[other.start : other.end])) for other in body]
    again = {id(row) for row in rows if _repeats(flow.text, row, told)}
    return again if len(again) * 2 > len(rows) else set()


def _repeats(text: str, row: Item, told: Sequence[tuple[Item, str]]) -> bool:
    """Whether some item holds the task of the row, its units, dates and numbers."""
    task = _SPACE.sub("", text[slice(*row.task)]).rstrip("。;")
    if len(task) < _SHORTEST:
        return False
    units = {s.name.full for s in row.seats}
    limits = [_SPACE.sub("", text[a:b]) for a, b in row.limits]
    figures = set(_FIGURE.findall(text[row.start : row.end])) - set(row.labels or ())
    return any(
        other.end <= row.start
        and task in said
        and units <= {s.name.full for s in other.seats}
        and all(limit in said for limit in limits)
        and figures <= set(_FIGURE.findall(said))
        for other, said in told
    )
