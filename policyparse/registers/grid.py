"""Real tables: cells with rows, columns and spans, from web pages, Word, PDF, spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyparse.items import Item
from policyparse.patterns import regex
from policyparse.registers.base import Column, Row, Spans, heading, item, layout, section_of
from policyparse.text import Flow, Line

_Cells = dict[tuple[int, int], Spans]
_Covers = dict[tuple[int, int], tuple[int, int]]


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
        if _FIRST_NUMBER.fullmatch(next(filter(None, (say(top, c) for c in range(width))), "")):
            return None  # the rows have begun
        if found := heading(say, top, width):
            columns, height = found
            return list(_grid_items(flow, cells, covers, columns, range(top + height, last + 1), width))
    return None


def _grid_items(
    flow: Flow, cells: _Cells, covers: _Covers, columns: list[Column | None], rows: range, width: int
) -> Iterator[Item]:
    section: tuple[str, ...] = ()
    shape = layout(columns)
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
        numeral = _numeral(flow, cells, starts, columns)
        if numeral:
            section = section_of(numeral, section)
            continue
        row = Row(section=section)
        for c in range(width):
            at = covers.get((r, c))
            if at is None or any(columns[k] == columns[c] and covers.get((r, k)) == at for k in range(c)):
                continue
            (row.cells if at[0] == r else row.carried)[c] = cells[at]
        made = item(flow, row, shape)
        if made:
            yield made


_FIRST_NUMBER = regex(r"(?:1|一|\(一\)|\(1\))[、.]?")
_NUMERAL = regex(r"[一二三四五六七八九十]{1,3}[、.]?|\([一二三四五六七八九十]{1,3}\)")


def _numeral(flow: Flow, cells: _Cells, starts: set[tuple[int, int]], columns: Sequence[Column | None]) -> str:
    """The number of a row that parts the table with a number and a title in cells of their own (二 | 改善民生)."""
    if len(starts) != 2 or any(c and c.kind == "role" and i in {at[1] for at in starts} for i, c in enumerate(columns)):
        return ""
    a, b = cells[min(starts)][0]
    found = _NUMERAL.fullmatch(flow.text, a, b)
    if not found:
        return ""
    return found[0] if found[0][-1] in "、.)" else f"{found[0]}、"
