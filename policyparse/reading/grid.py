"""Tables with ruled lines: cells from their rectangles, text into cells, and tables that run over several pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from policyparse.patterns import regex
from policyparse.reading.base import Box, Piece
from policyparse.records import Cell

_TERMINAL = regex(r"[。！？；!?;][”’\"'）)】〕\]」』]*$")
_OPENER = regex(
    r"[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}\s*[.．、](?!\d)|[①-⑳●•◆■]"
)
_TOKEN = regex(r"(?:[0-9A-Za-z.%/-]+|.)[、，。；：）》”]?", re.S)
# Names of units one a line, without separators, must not grow together.
_UNIT = regex(r"(?:[局委办厅部室会院站队处科所社团行]|中心|政府|公司|集团|街道|[县市区镇乡])[）)]?$")
_SNAP = 3.0  # edges closer than this many points are one edge
_PADDING = 12.0  # what word processors leave free at both sides of a cell together
_SHIFT = 8.0  # how far the columns of a table may stand apart on its pages


@dataclass(slots=True)
class CellLine:
    """A line of text in a cell."""

    text: str
    x0: float
    top: float
    x1: float
    size: float


@dataclass(slots=True)
class Slot:
    """A cell of a grid: its place, its box, its page, and its lines of text."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    page: int = 0
    lines: list[CellLine] = field(default_factory=list)
    measure: float = 0.0  # width at which lines wrap in its column, where that can be seen
    tail: str = ""  # what follows on the next page
    open_top: bool = False  # no line is drawn there: the cell is cut by the page end
    open_bottom: bool = False

    @property
    def text(self) -> str:
        """The cell's paragraphs, one a line; lines that wrapped at the cell's edge are joined."""
        width = self.box[2] - self.box[0]
        size = self.lines[0].size if self.lines else 0.0
        text = _paragraphs(self.lines, self.measure or width - max(_PADDING, min(0.08 * width, 2 * size)))
        joint = "\n" if text and self.tail and (_TERMINAL.search(text) or _OPENER.match(self.tail)) else ""
        return text + joint + self.tail


class Grid:
    """A table on a page, from the boxes of its cells; ``gaps`` are edges that are not drawn (y, x0, x1)."""

    def __init__(self, boxes: Iterable[Box], page: int, gaps: Sequence[tuple[float, float, float]] = ()):
        ordered = sorted(set(boxes), key=lambda b: (b[1], b[0]))
        self.page = page
        self.xs = _edges([x for b in ordered for x in (b[0], b[2])])
        self.ys = _edges([y for b in ordered for y in (b[1], b[3])])
        self.slots: list[Slot] = []
        self._at: dict[tuple[int, int], Slot] = {}
        for box in ordered:
            column, row = _place(self.xs, box[0]), _place(self.ys, box[1])
            columns, rows = _place(self.xs, box[2]) - column, _place(self.ys, box[3]) - row
            if columns > 0 and rows > 0 and (row, column) not in self._at:
                slot = Slot(row, column, rows, columns, box, page)
                middle = (box[0] + box[2]) / 2
                slot.open_top = any(abs(y - box[1]) < 2 * _SNAP and a <= middle <= b for y, a, b in gaps)
                slot.open_bottom = any(abs(y - box[3]) < 2 * _SNAP and a <= middle <= b for y, a, b in gaps)
                self.slots.append(slot)
                self._cover(slot)

    @property
    def top(self) -> float:
        """Upper edge on its page."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Lower edge on its page."""
        return self.ys[-1]

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        """Number of rows, those taken over from later pages included."""
        return max((slot.row + slot.rows for slot in self.slots), default=0)

    def slot_at(self, x: float, y: float) -> Slot | None:
        """The cell that holds a point, or None."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        return self._at.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))

    def row(self, index: int) -> dict[int, Slot]:
        """The cells that begin in a row, by column."""
        return {slot.column: slot for slot in self.slots if slot.row == index}

    def covering(self, row: int, column: int) -> Slot | None:
        """The cell that covers a place."""
        return self._at.get((row, column))

    def pieces(self, table: int) -> list[Piece]:
        """One piece a filled cell, row by row."""
        out = []
        for slot in sorted(self.slots, key=lambda s: (s.row, s.column)):
            cell = Cell(table=table, row=slot.row, column=slot.column, row_span=slot.rows, column_span=slot.columns)
            x0, top, x1, bottom = slot.box
            box = (round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))
            out.append(Piece(slot.text, "cell", slot.page, box, cell))
        return out

    def settle(self) -> None:
        """Find the width at which each column wraps: where the longest lines of several cells end alike."""
        widths: dict[tuple[int, int], list[tuple[float, float]]] = {}
        for slot in self.slots:
            for line in _rows(slot.lines)[:-1]:
                widths.setdefault((slot.column, slot.columns), []).append((line.x1 - line.x0, line.size))
        for slot in self.slots:
            found = sorted(widths.get((slot.column, slot.columns), ()), reverse=True)[:3]
            free = slot.box[2] - slot.box[0]
            if len(found) > 1 and found[0][0] - found[1][0] < 0.6 * found[0][1] and found[0][0] > 0.55 * free:
                slot.measure = min(found[0][0] - 0.3 * found[0][1], free - _PADDING)

    def take_over(self, other: Grid) -> None:
        """Append the rows of ``other``, which continues this table on the next page."""
        skip = self._repeated(other)
        first = other.row(skip)
        last = self.rows - 1
        cut = self._is_cut(first, last)
        offset = self.rows - skip - (1 if cut else 0)
        for slot in sorted(other.slots, key=lambda s: (s.row, s.column)):
            if slot.row < skip:
                continue
            above = self.covering(last, slot.column) if slot.row == skip else None
            if above is not None and above.columns == slot.columns and self._continues(above, slot, cut):
                text = slot.text
                if text and above.tail:
                    above.tail += text
                elif text:
                    above.tail = text
                above.rows = slot.row + offset + slot.rows - above.row
                self._cover(above)
            else:
                slot.row += offset
                self.slots.append(slot)
                self._cover(slot)

    def same_columns(self, other: Grid) -> bool:
        """Whether another grid has the same columns, perhaps moved to the side as on a facing page."""
        if self.columns != other.columns:
            return False
        shift = other.xs[0] - self.xs[0]
        return all(abs(b - a - shift) < _SHIFT for a, b in zip(self.xs, other.xs, strict=True))

    def _cover(self, slot: Slot) -> None:
        for r in range(slot.row, slot.row + slot.rows):
            for c in range(slot.column, slot.column + slot.columns):
                self._at.setdefault((r, c), slot)

    def _repeated(self, other: Grid) -> int:
        """How many rows at the head of ``other`` repeat the heading of this table."""
        count = 0
        while count < 3:
            mine = {c: s.text for c, s in self.row(count).items()}
            theirs = {c: s.text for c, s in other.row(count).items()}
            if mine != theirs or not any(mine.values()) or count + 1 >= max(2, other.rows):
                return count
            count += 1
        return count

    def _is_cut(self, first: dict[int, Slot], last: int) -> bool:
        """Whether a page's first row is the rest of the row that the page before began.

        Either no line is drawn between them, or: its filled cells stand below filled ones, the longest of which
        breaks off in mid-sentence, and a cell that names the row (序号, 任务) is empty.
        """
        longest, missing = "", False
        for column, slot in first.items():
            above = self.covering(last, column)
            if above is None or (slot.text and not above.text):
                return False
            if slot.text and above.open_bottom and slot.open_top:
                return True
            if slot.text:
                longest = max(longest, above.text, key=len)
            else:
                missing = missing or (bool(above.text) and above.row == last)
        return missing and bool(longest) and not _TERMINAL.search(longest)

    @staticmethod
    def _continues(above: Slot, slot: Slot, cut: bool) -> bool:
        """Whether a cell at the head of a page is the rest of the cell at the foot of the page before."""
        if cut or (above.open_bottom and slot.open_top and not slot.text):
            return True
        return not slot.text and bool(above.text) and (slot.rows > 1 or above.rows > 1)


def join_grids(pages: list[tuple[list[Grid], list[float]]]) -> None:
    """Join tables that go on over the page end; what was taken over is removed from its page.

    pages: for each page its grids from top to bottom, and the tops of its lines of text outside them.
    """
    open_grid: Grid | None = None
    for grids, tops in pages:
        grids.sort(key=lambda grid: grid.top)
        foot = grids[-1].bottom if grids else 0.0
        lines_below = any(top > foot - _SNAP for top in tops)
        if grids and open_grid is not None and not any(top < grids[0].top for top in tops):
            first = grids[0]
            if open_grid.same_columns(first):
                open_grid.take_over(first)
                del grids[0]
                if not grids:
                    open_grid = None if lines_below else open_grid
                    continue
        if not grids or lines_below:
            open_grid = None
        else:
            open_grid = grids[-1]


def _edges(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _SNAP:
            out.append(value)
    return out


def _place(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - value))


def _paragraphs(lines: list[CellLine], measure: float) -> str:
    rows = _rows(lines)
    if not rows:
        return ""
    if (
        len(rows) > 1
        and all(_UNIT.search(row.text) for row in rows)
        and not any(c in row.text for row in rows for c in "、，,")
    ):
        return "\n".join(row.text for row in rows)
    left = min(row.x0 for row in rows)
    text = rows[0].text
    for before, row in pairwise(rows):
        token = _TOKEN.match(row.text)
        need = sum(before.size * (0.55 if c.isascii() else 1.0) for c in token[0]) if token else before.size
        full = before.x1 - before.x0 + need > measure
        centred = abs((row.x0 + row.x1) - (before.x0 + before.x1)) < 1.4 * row.size
        indented = row.x0 - left > 1.2 * row.size and before.x0 - left < 0.5 * row.size and not centred
        opens = _OPENER.match(row.text) is not None and (_TERMINAL.search(before.text) is not None or not full)
        text += ("" if full and not opens and not indented else "\n") + row.text
    return text


def _rows(lines: list[CellLine]) -> list[CellLine]:
    """The lines of a cell from top to bottom, parts of one line joined from left to right."""
    groups: list[list[CellLine]] = []
    for line in sorted(lines, key=lambda line: line.top):
        if groups and line.top - groups[-1][0].top < 0.5 * max(line.size, 1.0):
            groups[-1].append(line)
        else:
            groups.append([line])
    out: list[CellLine] = []
    for group in groups:
        group.sort(key=lambda line: line.x0)
        first = group[0]
        row = CellLine(first.text, first.x0, first.top, first.x1, first.size)
        for part in group[1:]:
            row.text += (" " if part.x0 - row.x1 > 0.6 * part.size else "") + part.text
            row.x1 = max(row.x1, part.x1)
        out.append(row)
    return out
