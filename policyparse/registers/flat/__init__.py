"""Tables that were flattened to one cell a line."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.items import Item
from policyparse.registers.base import item
from policyparse.registers.cells import parted
from policyparse.registers.flat.heads import head_run
from policyparse.registers.flat.table import Table
from policyparse.text import Flow, Line


def read(flow: Flow, lines: Sequence[Line], warnings: list[str]) -> list[tuple[int, int, list[Item]]]:
    """Registers that stand with one cell a line: the stretch each takes up, and its items.

    A numbered row without units is told in ``warnings``: those above may hold for it as well, or none.
    """
    out: list[tuple[int, int, list[Item]]] = []
    lines = parted(flow, lines)
    i = 0
    while i < len(lines):
        heads = head_run(flow, lines, i)
        if heads is None:
            i += 1
            continue
        table = Table(flow, lines, heads)
        table.read(heads.behind)
        if table.rows:
            found = [x for x in (item(flow, row, table.columns) for row in table.rows) if x]
            out.append((lines[i].start, lines[table.last].end, found))
            i = table.last + 1
            if table.unread:
                start, end = table.unread[0]
                warnings.append(f"表格有{len(table.unread)}行未写责任单位，未读出：“{flow.quote(start, end)[:24]}”等。")
        else:
            i = heads.behind
    return out
