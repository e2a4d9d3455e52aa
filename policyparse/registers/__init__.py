"""Tables as responsibility registers: columns recognised by their headings, each row an item.

Three forms come in: real tables with cells (web pages, Word, PDF), tables that were flattened to one cell
a line, and tables whose rows were glued together.
"""

from __future__ import annotations

from policyparse.items import Item
from policyparse.patterns import regex
from policyparse.registers import flat, glued, grid
from policyparse.text import Flow, Line

__all__ = ["find"]


def find(flow: Flow, start: int, end: int, warnings: list[str]) -> tuple[list[Item], list[tuple[int, int]]]:
    """The items of all registers in flow[start:end], and the stretches of the flow that these tables take up.

    Rows that could not be read with certainty are told in ``warnings``.
    """
    hinted = _hint(flow.text, start, end)
    lines = [x for x in flow.lines if (hinted or x.cell) and x.start >= start and x.end <= end]
    out: list[Item] = []
    taken: list[tuple[int, int]] = []
    celled = [x for x in lines if x.cell]
    if celled:
        tables: dict[int, list[Line]] = {}
        for line in celled:
            tables.setdefault(line.cell.table, []).append(line)  # type: ignore[union-attr]
        for table in tables.values():
            found = grid.read(flow, table)
            if found is not None:
                taken.append((table[0].start, table[-1].end))
                out += found
    loose = [x for x in lines if not x.cell]
    if hinted:
        for first, last, found in (*flat.read(flow, loose), *glued.read(flow, loose, warnings)):
            taken.append((first, last))
            out += found
    return out, taken


_HINT = regex(r"\n[ ]?(?:序号|(?:[^\n,。;:]{0,3})(?:牵头|责任|配合|主办)[^\n,。:;]{0,6}(?:单位|部门|处室|领导)[^\n,。:;]{0,12})(?=\n|[\u4e00-\u9fa5]{2,40}(?:单位|部门|处室))")


def _hint(text: str, start: int, end: int) -> bool:
    return _HINT.search(text, max(0, start - 1), end) is not None
