"""Real tables: cells with rows, columns and spans, from web pages, Word, PDF, spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from policyparse.items import Item
from policyparse.registers.base import Column, Row, Spans, column, columns_of, is_register, item, section_of
from policyparse.text import Flow, Line

_Cells = dict[tuple[int, int], Spans]
_Covers = dict[tuple[int, int], tuple[int, int]]
_Say = Callable[[int, int], str]


def read(flow: Flow, lines: Sequence[Line]) -> list[Item] | None:
    """Items of a table with cells; None where it is no register."""
    cells: _Cells = {}
    size: dict[tuple[int, int], tuple[int, int]] = {}
    for line in lines:
        cell = line.cell
        assert cell is not None
        cells.setdefault((cell.row, cell.column), []).append((line.start, line.end))
        size[cell.row, cell.column] = (cell.row_span, cell.column_span)
    width = max(c + size[r, c][1] for r, c in cells)
    covers = {(r + i, c + j): (r, c) for (r, c), (h, w) in size.items() for i in range(h) for j in range(w)}
    last = max(r for r, _ in cells)

    def say(row: int, col: int) -> str:
        at = covers.get((row, col))
        return "".join(flow.text[a:b] for a, b in cells[at]) if at else ""

    for top in range(min(4, last + 1)):
        for height in (1, 2):
            heads = [_head(say, range(top, top + height), c) for c in range(width)]
            columns = columns_of(heads)
            if not is_register(columns, heads) or (height == 1 and _heading_row(say, top + 1, width)):
                continue
            return list(_grid_items(flow, cells, covers, columns, range(top + height, last + 1), width))
    return None


def _head(say: _Say, rows: range, col: int) -> str:
    parts: list[str] = []
    for row in rows:
        part = say(row, col).replace(" ", "")
        if part and part not in parts:
            parts.append(part)
    return parts[-1] if len(parts) > 1 and column(parts[-1]) else "".join(parts)


def _heading_row(say: _Say, row: int, width: int) -> bool:
    texts = [say(row, c) for c in range(width)]
    known = [t for t in texts if t and len(t) <= 12 and column(t) is not None]
    return len(known) >= 2 and len(known) == len([t for t in texts if t])


def _grid_items(
    flow: Flow, cells: _Cells, covers: _Covers, columns: list[Column | None], rows: range, width: int
) -> Iterator[Item]:
    section: tuple[str, ...] = ()
    for r in rows:
        own = {c for c in range(width) if covers.get((r, c), (None, None))[0] == r}
        starts = {covers[r, c] for c in own}
        if not starts:
            continue
        if len(starts) == 1:
            text = "".join(flow.text[a:b] for a, b in cells[next(iter(starts))])
            section = section_of(text, section)
            if len(own) > 1 or section:
                continue
        row = Row(section=section)
        for c in range(width):
            at = covers.get((r, c))
            if at is None or any(columns[k] == columns[c] and covers.get((r, k)) == at for k in range(c)):
                continue
            (row.cells if at[0] == r else row.carried)[c] = cells[at]
        made = item(flow, row, columns)
        if made:
            yield made


