"""Tables that were flattened to one cell a line."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.items import Item
from policyparse.registers.base import Spans, item, layout
from policyparse.registers.cells import parted
from policyparse.registers.flat.heads import LONGEST_HEAD, head_run
from policyparse.registers.flat.led import LedTable, leads
from policyparse.registers.flat.table import Table
from policyparse.text import Flow, Line


def read(flow: Flow, lines: Sequence[Line], warnings: list[str]) -> list[tuple[int, int, list[Item]]]:
    """Registers that stand with one cell a line: the stretch each takes up, and its items.

    Rows whose units are uncertain are told in ``warnings``: a numbered row without units (those above may hold for
    it as well, or none), or a text between units of which it is not known whose it is.
    """
    out: list[tuple[int, int, list[Item]]] = []
    lines = parted(flow, lines)
    behind = 0
    for i, line in enumerate(lines):
        if i < behind or line.end - line.start > LONGEST_HEAD or not (heads := head_run(flow, lines, i)):
            continue
        table = LedTable(flow, lines, heads) if leads(heads) else Table(flow, lines, heads)
        table.read(heads.behind)
        if table.rows:
            shape = layout(table.columns)
            found = [made for row in table.rows if (made := item(flow, row, shape))]
            out.append((line.start, lines[table.last].end, found))
            behind = table.last + 1
        else:
            behind = heads.behind
        if isinstance(table, LedTable):
            warnings += _told(flow, table.doubtful, "看不出属于哪个责任单位")
        elif table.rows:
            warnings += _told(flow, table.unread, "未写责任单位")
    return out


def _told(flow: Flow, rows: Spans, why: str) -> list[str]:
    """A warning about the ``rows`` that were not read; none if there are none."""
    return [f"表格有{len(rows)}行{why}，未读出：“{flow.quote(*rows[0])[:24]}”等。"] if rows else []
