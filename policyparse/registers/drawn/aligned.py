"""Columns aligned with blanks: two or more between the cells of a line, wrapped cells going on below their beginning."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.patterns import regex
from policyparse.registers.base import Column
from policyparse.registers.cells import NUMBER, SECTION, is_units
from policyparse.registers.drawn.base import (
    PAGE_NUMBER,
    RULE,
    Heading,
    Line,
    Piece,
    Row,
    Table,
    heading,
    said,
    same_row,
    width_of,
    wrapped,
)

_CELL = regex(r"[^\s\u3000]+(?:[ ][^\s\u3000]+)*")
_LEAST = 3  # columns: two could be a line of prose with a gap
_SLACK = 2  # half-width characters by which a cell may begin beside its heading
_BLANK = 1  # blank lines between two rows


def read(text: str, lines: Sequence[Line], first: int) -> Table | None:
    """The register whose heading stands in line ``first``, or None; it ends where a line does not fit the columns."""
    cells = _cells(text, lines[first])
    if len(cells) < _LEAST:
        return None
    head = heading(text, [[[piece] for piece, _ in cells]], [first])
    if head is None or sum(c is not None for c in head.columns) < _LEAST:
        return None
    starts = [at for _, at in cells]
    rows: list[Row] = []
    last, k, blank = first, first + 1, 0
    while k < len(lines) and blank <= _BLANK:
        line = text[slice(*lines[k])].strip()
        if not line or PAGE_NUMBER.fullmatch(line) or RULE.fullmatch(line):
            blank, k = blank + (not line), k + 1
            continue
        placed = _placed(_cells(text, lines[k]), starts)
        if placed is None:
            break
        row: Row = [[placed[c]] if c in placed else [] for c in range(len(starts))]
        if not same_row(text, row, head.rows[0]):
            if _begins(text, row, head.columns):
                rows.append(row)
            elif rows and not blank and _goes_on(row, head):
                for cell, more in zip(rows[-1], row, strict=True):
                    cell += more
            else:
                break
        last, blank, k = k, 0, k + 1
    return Table(head, wrapped(text, rows), last) if rows else None


def _cells(text: str, line: Line) -> list[tuple[Piece, int]]:
    """The cells of a line, each with the column of the screen in which it begins."""
    found = _CELL.finditer(text, *line)
    return [(Piece(*m.span()), width_of(text[line[0] : m.start()])) for m in found]


def _placed(cells: Sequence[tuple[Piece, int]], starts: Sequence[int]) -> dict[int, Piece] | None:
    """Which column each cell stands in; None where that is not certain."""
    if len(cells) == len(starts):
        return dict(enumerate(piece for piece, _ in cells))
    out: dict[int, Piece] = {}
    for piece, at in cells:
        col = next((c for c, start in enumerate(starts) if abs(at - start) <= _SLACK), None)
        if col is None or (out and col <= max(out)):
            return None
        out[col] = piece
    return out or None


def _begins(text: str, row: Row, columns: Sequence[Column | None]) -> bool:
    """Whether a line begins a row: with its number, or with a task and its units; or it parts the table."""
    opening = said(text, row[0])
    if not opening:
        return False
    if SECTION.fullmatch(opening) and not any(row[1:]):
        return True
    if columns[0] == Column("no"):
        return NUMBER.fullmatch(opening) is not None
    roles = [c for c, col in enumerate(columns) if col and col.kind == "role" and col.role != "official"]
    return any(row[c] and is_units(said(text, row[c])) for c in roles)


def _goes_on(row: Row, head: Heading) -> bool:
    """Whether a line goes on with the cells of the row above."""
    return not row[0] or (head.columns[0] is not None and head.columns[0].kind == "task" and not any(row[1:]))
