"""The rows of a table that was flattened to one cell a line."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.patterns import regex
from policyparse.registers.base import (
    NO,
    OTHER,
    Column,
    Row,
    Spans,
    column,
    section_of,
)
from policyparse.registers.cells import (
    END,
    END_HEADS,
    NUMBER,
    SECTION,
    STARTS_TIME,
    Cell,
    cells,
    is_generic,
    is_units,
    kind_of,
)
from policyparse.registers.flat.heads import LONGEST_HEAD, Heading, head_run
from policyparse.rules.units import has_suffix
from policyparse.text import Flow, Line

_LOST = 14  # lines without units behind which the table has ended
_LIMIT = 20  # characters of a time limit that begins with a date
_REMARK = 30  # characters of a cell that needs no proof to be a remark
_LISTS = regex("[、,]")
_STOPS = regex("[。;:]")
_PLACE = regex(r"[\u4e00-\u9fa5]{2,8}[省市县区州旗镇乡]")


class Table:
    """The rows of one table, read cell by cell."""

    def __init__(self, flow: Flow, lines: Sequence[Line], heading: Heading):
        columns = list(heading.columns)
        self.flow, self.lines, self.columns, self.heading = flow, lines, columns, heading
        kinds = [(i, c.kind, c.role) for i, c in enumerate(columns) if c]
        self.persons = [i for i, kind, role in kinds if kind == "role" and role == "official"]
        self.roles = [i for i, kind, role in kinds if kind == "role" and role != "official"] or self.persons
        self.times = [i for i, kind, _ in kinds if kind == "time"]
        self.filling = frozenset([*self.roles, *self.persons, *self.times])
        tasks = [i for i, kind, _ in kinds if kind in ("task", "other")]
        self.named = any(i < self.roles[0] for i, kind, _ in kinds if kind == "task")
        self.before = [i for i in tasks if i < self.roles[0]] or tasks[:1]
        self.behind = [i for i in tasks if i > self.roles[-1] and i not in self.before]
        self.asked = {i for i in self.behind if columns[i] == Column("task")}
        self.number = next((i for i, kind, _ in kinds if kind == "no"), None)
        self.rows: list[Row] = []
        self.last, self.since, self.count = 0, 0, 0
        self.section: tuple[str, ...] = ()
        self.row, self.fresh = Row(), True
        self.texts: Spans = []
        self.carried: dict[int, Spans] = {}
        self.unread: Spans = []  # tasks of numbered rows without units, between rows that have some …
        self.waiting: Spans = []  # … and below all of these

    def read(self, first: int) -> None:
        """Read the rows from line ``first`` on."""
        self.last = first
        skip = 0
        untitled = False
        for cell in cells(self.flow, self.lines, first, bool(self.persons), self.heading.bordered):
            if cell.line < skip:
                continue
            if cell.end - cell.start <= LONGEST_HEAD and (again := head_run(self.flow, self.lines, cell.line)):
                if again.columns != self.heading.columns:
                    break
                skip = again.behind
                continue
            kind = self._kind(cell)
            if untitled and kind != "no" and len(cell.text) <= 20:
                untitled = False
                continue
            if cell.text[:1] in END_HEADS and END.match(cell.text):
                break
            if kind == "no" and self._is_unnamed(cell):
                self._number(cell)
            elif kind == "no" and self._counts(cell):
                self._open_row(cell)
            elif kind == "section" and (self._filled() or not (self.texts or self.row.cells)):
                untitled = self._open_section(cell)
            elif not self._put(cell, kind):
                break
        self._close()

    def _kind(self, cell: Cell) -> str:
        """What a cell holds: what all its lines hold, if they hold the same."""
        officials = bool(self.persons)
        if len(cell.parts) > 1:
            kinds = {kind_of(self.flow.text[a:b], officials) for a, b in cell.parts}
            if len(kinds) == 1 and not kinds.isdisjoint(("role", "time", "person")):
                return kinds.pop()
        return kind_of(cell.text, officials)

    def _filled(self) -> list[int]:
        """The columns of units, persons and time limits that have a cell in the open row."""
        return [i for i in self.row.cells if i in self.filling]

    def _has(self, columns: Sequence[int]) -> bool:
        """Whether the open row has a cell in one of ``columns``."""
        return not self.row.cells.keys().isdisjoint(columns)

    def _counts(self, cell: Cell) -> bool:
        """Whether a number opens a row; amounts in the columns behind the units do not."""
        if self.number is None:
            return False
        value = int(cell.text.rstrip(".、"))
        if not self.behind and not any(i > self.roles[-1] for i in self.times):
            return True
        if not self._has(self.roles):
            return not self.row.cells or bool(self.texts)
        if value not in (self.count + 1, 1):
            return False
        following = self.lines[cell.line + 1 : cell.line + 2]
        return not any(self.flow.text[x.start : x.end].rstrip(".、") == str(value) for x in following)

    def _is_unnamed(self, cell: Cell) -> bool:
        """Whether a number counts the rows though no heading says so (it stands below 工作任务 beside the task)."""
        value = int(cell.text.rstrip(".、"))
        if value != self.count + 1 or (self.number is not None and self.number < len(self.heading.columns)):
            return False
        return len(self.texts) <= 1 if not self._filled() else bool(self.texts)

    def _number(self, cell: Cell) -> None:
        """Note the number of a row that may have begun before it, in a column of its own."""
        if self._filled():
            self._close()
        if self.number is None:
            self.number = len(self.columns)
            self.columns.append(NO)
        self.row.cells[self.number] = [(cell.start, cell.end)]
        self.count += 1

    def _open_row(self, cell: Cell) -> None:
        self._close()
        assert self.number is not None
        self.row.cells[self.number] = [(cell.start, cell.end)]
        self.fresh, self.carried, self.count = True, {}, int(cell.text.rstrip(".、"))

    def _open_section(self, cell: Cell) -> bool:
        """Note a line that parts the table; True where its title stands on the next line."""
        self._close()
        self.section = section_of(cell.text, self.section)
        self.row.section, self.fresh, self.carried = self.section, True, {}
        found = SECTION.fullmatch(cell.text)
        return found is not None and not (found["title"] or found["subtitle"])

    def _put(self, cell: Cell, kind: str) -> bool:
        """Put a cell into the row; False where the table has ended."""
        span, filled = (cell.start, cell.end), self._filled()
        if kind in ("role", "person") and self._is_name(cell, kind):
            kind = "text"
        elif kind == "text" and self._is_time(cell, filled):
            kind = "time"
        elif kind == "person" and self.roles != self.persons and self._has(self.persons):
            if self.heading.bordered or has_suffix(cell.text):
                kind = "role"  # 改革办 beside the official
        if kind == "role" and self._has(self.roles) and self._is_place(cell.text):
            kind = "text"
        if kind == "role":
            self._seat(cell.parts, filled)
            self.last, self.since = cell.line, 0
        elif kind == "time" and self.times:
            if self._has(self.times) or (filled and max(filled) > self.times[-1]):
                self._close()
            elif not filled and self._is_full():
                self._seat([self.texts.pop()], filled)  # units that nobody knows (山南中学) stand in their place
            self.row.cells.setdefault(self.times[0], []).extend(cell.parts)
            if filled or self._shares():
                self.last = cell.line
        elif kind == "none":
            self._leave(filled)
            self.last = cell.line if filled else self.last
        elif kind == "person" and not self._has(self.roles):
            self.row.cells.setdefault(self.persons[0], []).extend(cell.parts)
        elif self._has(self.roles) and self._is_remark(cell):
            free = [i for i in self.behind if i not in self.row.cells]
            self.row.cells.setdefault(free[0] if free else self.behind[-1], []).append(span)
            self.last = cell.line
        else:
            if filled:
                self._close()
            self.texts.append(span)
            self.since += 1
        return self.since <= _LOST

    def _is_name(self, cell: Cell, kind: str) -> bool:
        """Whether a cell is text though it reads like units or a person: it stands where the task is named."""
        if self._filled():
            return False
        if self.texts:
            first, last = self.texts[-1]
            if kind == "person" and len(self.texts) <= len(self.before):
                return self._before_text(cell)
            return is_generic(cell.text) and last - first <= 16 and self.flow.text[last - 1] not in "。;"
        opened = self.number is not None and self.number in self.row.cells
        return opened and self.named and not _LISTS.search(cell.text)

    def _before_text(self, cell: Cell) -> bool:
        """Whether a text follows, not the units that stand beside a person."""
        for line in self.lines[cell.line + 1 : cell.line + 2]:
            return line.end - line.start > 20 and not is_units(self.flow.text[line.start : line.end])
        return False

    def _is_place(self, text: str) -> bool:
        """Whether a cell behind the units belongs to a remark of unknown meaning (地点) right of them."""
        following = self.roles[-1] + 1
        if self._has(self.behind):
            return True
        if following not in self.behind or self.roles[-1] not in self.row.cells:
            return False
        return self.columns[following] == OTHER and _PLACE.fullmatch(text) is not None

    def _is_full(self) -> bool:
        """Whether every column left of the time limit has its cell, the last short: it stands where the units do."""
        if not self.heading.bordered or not self.rows or self.number is not None or len(self.roles) > 1:
            return False
        if len(self.texts) != len(self.before) + 1 or self.times[0] != self.roles[0] + 1:
            return False
        start, end = self.texts[-1]
        return end - start <= _REMARK and not _STOPS.search(self.flow.text, start, end)

    def _is_time(self, cell: Cell, filled: Sequence[int]) -> bool:
        """Whether a text behind the units fills the column of time limits: 6月底完成过半."""
        due = self.times and filled and self.times[0] > max(filled)
        return bool(due) and len(cell.text) <= _LIMIT and STARTS_TIME.match(cell.text) is not None

    def _leave(self, filled: Sequence[int]) -> None:
        """Pass over the next column of units or time limits: its cell says that there is none."""
        free = [i for i in sorted([*self.roles, *self.persons, *self.times]) if i > max(filled, default=-1)]
        if free and (self.texts or filled):
            self.row.cells[free[0]] = []

    def _shares(self) -> bool:
        """Whether the open row has neither number nor units, since those of the row above hold for it as well."""
        if self.number is None or self.number in self.row.cells or not self.texts or not self.rows:
            return False
        if not self.times or self.times[0] < max(self.roles) or self._has(self.roles):
            return False
        above = self.rows[-1].cells
        numbered = [self.flow.text[a:b].rstrip(".、") for a, b in above.get(self.number, ())]
        return numbered == [str(self.count)] and any(above.get(i) for i in self.roles)

    def _seat(self, spans: Sequence[tuple[int, int]], filled: Sequence[int]) -> None:
        """Put units into the next free column of roles, or to those that stand there."""
        cells = self.row.cells
        free = [i for i in self.roles if i not in cells and i > max(filled, default=-1)] or [
            i for i in self.roles if i not in cells and not filled
        ]
        col = free[0] if free else max((i for i in self.roles if i in cells), default=self.roles[0])
        cells.setdefault(col, []).extend(spans)

    def _is_remark(self, cell: Cell) -> bool:
        """Whether a text behind the units belongs to the columns right of them."""
        if not self.behind or self.number is None or not self.count:
            return False
        free = [i for i in self.behind if i not in self.row.cells]
        asks = not self.asked.isdisjoint(free)
        if self._starts_task(cell) and (not asks or cell.text.endswith("。")):
            return False
        return bool(free) or self._goes_on(cell.line)

    def _starts_task(self, cell: Cell) -> bool:
        """Whether a text behind the units begins a row of its own (its units follow before the next number)."""
        if len(cell.text) < 12 and not cell.text.endswith("。"):
            return False
        for line in self.lines[cell.line + 1 : cell.line + 4]:
            piece = self.flow.text[line.start : line.end]
            if NUMBER.fullmatch(piece) or SECTION.fullmatch(piece) or column(piece) == NO:
                return False
            if is_units(piece):
                return True
        return False

    def _goes_on(self, line: int) -> bool:
        """Whether the next number follows soon behind ``line``."""
        for following in self.lines[line + 1 : line + 9]:
            if self.flow.text[following.start : following.end].rstrip(".、") == str(self.count + 1):
                return True
        return False

    def _close(self) -> None:
        """End the row that is open."""
        row, texts = self.row, self.texts
        if self.times and self.times[0] in row.cells and self._shares():
            row.carried.update({i: s for i, s in self.rows[-1].cells.items() if i in self.roles or i in self.persons})
        if texts:
            self._place(row, texts)
            top = min(i for i in row.cells if i in self.before)
            self.carried = {i: s for i, s in self.carried.items() if i < top}
            self.carried.update({i: row.cells[i] for i in self.before if i in row.cells})
        if any(row.cells.get(i) or row.carried.get(i) for i in self.roles) and (texts or self.carried):
            row.carried.update({i: s for i, s in self.carried.items() if i not in row.cells})
            if self.number is not None:
                if self.number in row.cells:
                    self.carried[self.number] = row.cells[self.number]
            self.rows.append(row)
            self.unread, self.waiting = self.unread + self.waiting, []
        elif texts and self._is_row(row):
            self.waiting.append(texts[0])
        self.row, self.texts, self.fresh = Row(section=self.section), [], False

    def _is_row(self, row: Row) -> bool:
        """Whether a row without units is one: it has a number, or a time limit right of where the units are missing."""
        if any(i in row.cells for i in self.roles):
            return False
        timed = bool(self.times) and self.times[0] in row.cells and self.times[0] > self.roles[-1]
        return self.number in row.cells or (timed and self.number is None)

    def _place(self, row: Row, texts: Spans) -> None:
        """Put texts into the task columns; a row whose task is merged from above has only the last ones."""
        columns = self.before
        if not self.fresh and self.carried and len(texts) < len(columns):
            columns = columns[len(columns) - len(texts) :]
        spare, at = len(texts) - len(columns), 0
        for i, col in enumerate(columns):
            if at >= len(texts):
                break
            stop = at + 1
            while spare > 0 and (i == len(columns) - 1 or self._wraps(texts[stop - 1], texts[stop])):
                stop, spare = stop + 1, spare - 1
            row.cells[col] = texts[at:stop]
            at = stop

    def _wraps(self, before: tuple[int, int], after: tuple[int, int]) -> bool:
        """Whether ``after`` is the second line of the name that ``before`` began."""
        long = before[1] - before[0] > 16 or after[1] - after[0] > 10
        return not long and self.flow.text[before[1] - 1] not in "。;" and self.flow.text[after[1] - 1] not in "。;"
