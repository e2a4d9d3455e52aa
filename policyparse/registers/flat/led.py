"""Rows that begin with their units, in a table that was flattened to one cell a line (责任单位 | 工作职责 | 完成时限)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from policyparse.patterns import regex
from policyparse.registers.base import Row, Spans, column, section_of
from policyparse.registers.cells import END, Cell, cells, is_units, kind_of
from policyparse.registers.flat.heads import Heading, head_run
from policyparse.text import Flow, Line

_LOST = 40  # lines without units behind which the table has ended
_SHORT = 20  # characters of a cell that may be a unit under a name nobody knows
_SAID = regex("[。;:,]")
_TITLED = regex("[省市县区州旗镇乡各]")  # units of the notice's own level begin so
_DATE = regex(r"(?:20\d\d年)\d{1,2}月\d{1,2}日")
_POINT = regex(r"\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、)](?!\d)|[①-⑳]|第[一二三四五六七八九十]")


def leads(heading: Heading) -> bool:
    """Whether units stand left of what they are asked, so that the rows begin with them."""
    kinds = [c.kind for c in heading.columns if c]
    return kinds.index("role") < kinds.index("task")


class LedTable:
    """The rows of one table whose rows begin with units (below a number, if it has such a column).

    ``doubtful`` holds what may belong to the row above or to one that could not be read; nobody is named for it.
    """

    def __init__(self, flow: Flow, lines: Sequence[Line], heading: Heading):
        self.flow, self.lines, self.heading, self.columns = flow, lines, heading, list(heading.columns)
        kinds = [(i, c.kind) for i, c in enumerate(heading.columns) if c]
        task = next(i for i, kind in kinds if kind == "task")
        self.roles = [i for i, kind in kinds if kind == "role" and i < task]
        self.behind = [i for i, kind in kinds if kind == "role" and i > task]
        self.persons = any(c.role == "official" for c in heading.columns if c)
        self.number = next((i for i, kind in kinds if kind == "no"), None)
        self.time = next((i for i, kind in kinds if kind == "time"), None)
        self.tasks = [i for i, kind in kinds if kind == "task"]
        self.rows: list[Row] = []
        self.last = 0
        self.doubtful: Spans = []
        self.section: tuple[str, ...] = ()
        self.row = Row()
        self.texts: list[Cell] = []  # of the open row
        self.ends = 0  # the line of its time limit
        self.open: tuple[Row, list[Cell]] | None = None  # the last row and its texts, if nothing told where they end
        self.remarks = self.time is not None and any(i > self.time and kind in ("task", "other") for i, kind in kinds)

    def read(self, first: int) -> None:
        """Read the rows from line ``first`` on; none where the first of them doesn't begin with units."""
        skip, self.last = 0, first
        if self.behind and self.number is None and (self.time is None or self.time < self.behind[-1]):
            self.doubtful = [(self.lines[first].start, self.lines[first].end)] if first < len(self.lines) else []
            return  # nothing tells the units that end a row from those that begin the next
        for cell in cells(self.flow, self.lines, first, self.persons, self.heading.bordered):
            if cell.line < skip:
                continue
            if again := self._heading(cell):
                if again.columns != self.heading.columns:
                    break
                skip = again.behind
                continue
            kind = kind_of(cell.text, self.persons)
            if END.match(cell.text) or len(self.texts) > _LOST or self._is_signed(cell):
                break
            if kind == "section" and self._parts():
                self._close()
                self.section = section_of(cell.text, self.section)
                self.row.section = self.section
            elif kind == "no" and self.number is not None and (self.texts or not self.row.cells):
                self._close()
                self.row.cells[self.number] = [(cell.start, cell.end)]
            elif kind in ("role", "person"):
                self._seat(cell)
            elif not any(i in self.row.cells for i in self.roles) and not self.rows and not self.texts:
                self.doubtful = [(cell.start, cell.end)]
                return
            else:
                self._put(cell, kind)
        self._finish()

    def _heading(self, cell: Cell) -> Heading | None:
        known = cell.end - cell.start <= _SHORT * 2 and column(cell.text) is not None
        return head_run(self.flow, self.lines, cell.line) if known else None

    def _is_signed(self, cell: Cell) -> bool:
        """Whether a date stands below units that were asked nothing: they have signed."""
        return bool(self.row.cells) and not self.texts and _DATE.fullmatch(cell.text) is not None

    def _parts(self) -> bool:
        """Whether a line 一、… parts the table here; it may be a point of the duties in an open row."""
        if not self.row.cells or self.ends:
            return True
        points = any(kind_of(x.text, False) == "section" for x in self.texts)
        return bool(self.texts) and self.time is None and not points

    def _seat(self, cell: Cell) -> None:
        """Put units into the row that they open, or to the units that already stand there."""
        parts = [*self._cut_off(cell), *cell.parts]
        if self.texts and not self.ends and (last := [i for i in self.behind if i not in self.row.cells]):
            self.row.cells[last[0]] = parts
            return
        if self.texts or self.ends:
            if self.number is not None and self.number in self.row.cells and not self.ends:
                self.doubtful.append((cell.start, cell.end))  # neither below a number nor below a complete row
                return
            self._close()
        free = [i for i in self.roles if i not in self.row.cells] or self.roles[-1:]
        self.row.cells.setdefault(free[0], []).extend(parts)

    def _cut_off(self, cell: Cell) -> Spans:
        """The line before ``cell`` if it is the first half of its first unit; taken away from the texts."""
        if not self.texts or (len(self.texts) == 1 and any(i in self.row.cells for i in self.roles)):
            return []
        head, start = self.texts[-1], cell.text.partition("、")[0]
        if head.line != cell.line - len(cell.parts) or len(head.text) > _SHORT or _SAID.search(head.text):
            return []
        if not _TITLED.match(head.text) or _TITLED.match(start) or not is_units(head.text + start):
            return []
        self.texts.pop()
        return [(head.start, head.end)]

    def _put(self, cell: Cell, kind: str) -> None:
        """Put a text, a time limit or an empty cell into the open row."""
        if kind == "time" and self.time is not None and not self.ends:
            if self.time in self.row.cells:
                self._close()
            self.row.cells[self.time] = list(cell.parts)
            self.ends = cell.line if self.time > self.tasks[0] else 0
        elif kind == "none":
            self.ends = cell.line if self.texts and self.time is not None else self.ends
        elif self.ends and self.remarks:
            self.ends = cell.line
        elif self.ends:
            self._close()  # the units hold for the next row as well, if it has a time limit of its own
            self.texts.append(cell)
        elif any(i in self.row.cells for i in self.behind):
            self._doubt(cell)
        else:
            self.texts.append(cell)

    def _doubt(self, cell: Cell) -> None:
        """Note a text that stands where the row should end: the units before it may be those of the next row."""
        self.doubtful.append((cell.start, cell.end))
        if self.number is None:
            for i in self.behind:
                self.row.cells.pop(i, None)
            self.ends = cell.line

    def _finish(self) -> None:
        """End the last row; units below it that are asked nothing are no row (a signature)."""
        if self.texts:
            self._close(final=True)
        elif self.open is not None:
            row, texts = self.open
            kept = self._sure(texts, True, True)
            for i in self.tasks:
                row.cells.pop(i, None)
            self._place(row, kept, True)
            self.last = kept[-1].line

    def _close(self, final: bool = False) -> None:
        """End the open row."""
        row, texts, ends = self.row, self.texts, self.ends
        self.row, self.texts, self.ends = Row(section=self.section), [], 0
        if not texts:
            if ends:
                self.doubtful += [s for i in self.roles for s in row.cells.get(i, ())][:1]
            return
        own = any(i in row.cells for i in self.roles)
        kept = self._sure(texts, own, final and not ends)
        if not own and (not self.rows or not ends or len(kept) < len(texts)):
            if not final:
                self.doubtful.append((texts[0].start, texts[0].end))
            return
        if len(kept) < len(texts) and not final:
            self.doubtful.append((texts[len(kept)].start, texts[len(kept)].end))
            ends = 0
            if self.time is not None:
                row.cells.pop(self.time, None)  # of the row that could not be read
        if not own:
            above = {**self.rows[-1].carried, **self.rows[-1].cells}
            row.carried = {i: s for i, s in above.items() if i != self.time}
        self._place(row, kept, own)
        self.rows.append(row)
        self.open = (row, kept) if own and not ends else None
        self.last = max(ends, kept[-1].line)

    def _sure(self, texts: list[Cell], own: bool, final: bool) -> list[Cell]:
        """The texts that surely belong to the row: not from a short cell on that may name the units of another.

        Of the last row, and of one that shares its units, only what the columns hold and the points that go on with it.
        """
        least = len(self.tasks) if own else 1
        strict = final or not own
        more = takewhile(
            lambda c: _POINT.match(c.text) or (not strict and (len(c.text) > _SHORT or _SAID.search(c.text))),
            texts[least:],
        )
        return [*texts[:least], *more]

    def _place(self, row: Row, texts: Sequence[Cell], own: bool) -> None:
        """Put texts into the columns of tasks, what is left into the last; a merged task is not told again."""
        columns = self.tasks if own else self.tasks[-1:]
        for i, cell in enumerate(texts):
            row.cells.setdefault(columns[min(i, len(columns) - 1)], []).append((cell.start, cell.end))
