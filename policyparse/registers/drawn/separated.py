"""Rows with a separator between their cells: | (Markdown, web pages saved as text) or tabs (pasted from a spreadsheet)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policyparse.patterns import regex
from policyparse.registers.cells import NUMBER
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
    trimmed,
)

_PIPE = regex(r"(?<!\\)[|｜]")
_TAB = regex(r"\t")
_LINES = regex(r"[\n\r]|<br ?/?>")
_BLANK = 2  # blank lines that may stand between two rows
_MORE = 12  # lines that a row may go on for
_SECTION = regex(r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])[^。；;|｜\t]{0,40}")


def read(text: str, lines: Sequence[Line], first: int) -> Table | None:
    """The register whose heading stands in line ``first``, or None."""
    a, b = lines[first]
    pipe = _PIPE.search(text, a, b) is not None
    return (_Pipes if pipe else _Tabs)(text, lines).table(first)


class _Separated:
    """Lines with a separator between the cells; ``row`` finds where a row ends that more than one line holds."""

    separator: re.Pattern[str]
    marks = ""

    def __init__(self, text: str, lines: Sequence[Line]):
        self.text, self.lines = text, lines

    def table(self, first: int) -> Table | None:
        head = self._heading(first)
        if head is None:
            return None
        rows: list[Row] = []
        last, k, blank = head.last, head.last + 1, 0
        while k < len(self.lines) and blank <= _BLANK:
            line = self.text[slice(*self.lines[k])]
            if not line.strip() or PAGE_NUMBER.fullmatch(line.strip()):
                blank, k = blank + (not line.strip()), k + 1
                continue
            if RULE.fullmatch(line.strip()):
                k, blank = k + 1, 0
                continue
            found = self.row(k, len(head.columns))
            if found is None:
                break
            row, stop = found
            if same_row(self.text, row, head.rows[0]):
                k = stop + len(head.rows)
            elif not NUMBER.fullmatch(said(self.text, row[0])) and type(self)(self.text, self.lines)._heading(k):
                break  # the next table
            else:
                rows.append(row)
                k = stop + 1
            last, blank = k - 1, 0
        return Table(head, rows, min(last, len(self.lines) - 1), self.whole()) if rows else None

    def whole(self) -> bool:
        return False

    def _heading(self, k: int) -> Heading | None:
        first = self.row(k, 0)
        if first is None:
            return None
        j = first[1] + 1
        second = self.row(j, len(first[0])) if j < len(self.lines) else None
        rows, lasts = [first[0]], [first[1]]
        if second:
            rows, lasts = [*rows, second[0]], [*lasts, second[1]]
        return heading(self.text, rows, lasts)

    def row(self, k: int, width: int) -> tuple[Row, int] | None:
        """The row of ``width`` cells (0: the heading) that begins in line ``k`` and its last line; None if none does."""
        raise NotImplementedError

    def cell(self, start: int, end: int) -> list[Piece]:
        """The lines of a cell."""
        out: list[Piece] = []
        at = start
        for a, b in [*(m.span() for m in _LINES.finditer(self.text, start, end)), (end, end)]:
            if piece := trimmed(self.text, at, a, self.marks):
                out.append(piece)
            at = b
        return out

    def section(self, k: int) -> bool:
        """Whether line ``k`` parts the table (三、改善民生) though it has no separator: the next rows follow."""
        return (
            _SECTION.fullmatch(self.text, *self.lines[k]) is not None
            and k + 1 < len(self.lines)
            and self.separator.search(self.text, *self.lines[k + 1]) is not None
        )


class _Pipes(_Separated):
    separator = _PIPE
    marks = "*"

    def __init__(self, text: str, lines: Sequence[Line]):
        super().__init__(text, lines)
        self.closed = self.opened = False

    def whole(self) -> bool:
        return self.closed and not self.opened

    def row(self, k: int, width: int) -> tuple[Row, int] | None:
        start, end = self.lines[k]
        if _PIPE.search(self.text, start, end) is None:
            return ([self.cell(start, end)], k) if width and not self.opened and self.section(k) else None
        line = self.text[start:end].strip()
        if not width:
            self.closed, self.opened = line.endswith(("|", "｜")), line.startswith(("|", "｜"))
        elif self.opened and line[0] not in "|｜":
            return None
        last = k
        while self.closed and not self.text[slice(*self.lines[last])].rstrip().endswith(("|", "｜")):
            last += 1
            if last >= len(self.lines) or last - k > _MORE:
                return None
        row = self._cells(start, self.lines[last][1])
        return (row, last) if last == k or len(row) <= width else None

    def _cells(self, start: int, end: int) -> Row:
        cuts = [m.start() for m in _PIPE.finditer(self.text, start, end)]
        edges = [start - 1, *cuts, end]
        row = [self.cell(a + 1, b) for a, b in zip(edges, edges[1:], strict=False)]
        begin = 1 if self.opened and not row[0] else 0
        return row[begin : len(row) - (self.closed and not row[-1])]


class _Tabs(_Separated):
    separator = _TAB

    def row(self, k: int, width: int) -> tuple[Row, int] | None:
        start, end = self.lines[k]
        if "\t" not in self.text[start:end] and not self.text.startswith('"', start):
            return ([self.cell(start, end)], k) if width and self.section(k) else None
        row, last = self._cells(k)
        if len(row) < 2:
            return None
        if last == k and width and len(row) < width and k + 1 < len(self.lines):
            after = self.lines[k + 1]
            cuts = self.text.count("\t", *after)
            if cuts and len(row) + cuts == width and not _NUMBERED.match(self.text, *after):
                edges = [m.start() for m in _TAB.finditer(self.text, *after)]
                row[-1] += self.cell(after[0], edges[0])
                row += [self.cell(a + 1, b) for a, b in zip(edges, [*edges[1:], after[1]], strict=True)]
                last = k + 1
        return row, last

    def _cells(self, k: int) -> tuple[Row, int]:
        """The cells of the row from line ``k`` on; a cell in quotation marks may hold line breaks (RFC 4180)."""
        out: Row = []
        at, last = self.lines[k][0], k
        while True:
            end = self.lines[last][1]
            closing = self._closing(at, last) if self.text.startswith('"', at) else None
            if closing:
                quoted, last = closing
                out.append(self.cell(at + 1, quoted))
                stop, end = quoted + 1, self.lines[last][1]
            else:
                stop = self.text.find("\t", at, end)
                stop = end if stop < 0 else stop
                out.append(self.cell(at, stop))
            if stop >= end or self.text[stop] != "\t":
                return out, last
            at = stop + 1

    def _closing(self, at: int, k: int) -> tuple[int, int] | None:
        """Where the quotation mark at ``at`` in line ``k`` is closed (before a tab or a line's end), and in which line."""
        for last in range(k, min(k + _MORE, len(self.lines))):
            start, end = max(at + 1, self.lines[last][0]), self.lines[last][1]
            for found in _CLOSING.finditer(self.text, start, end):
                return found.start(), last
        return None


_CLOSING = regex(r'(?<!")"(?=\t|\r?$|\r?\n)')
_NUMBERED = regex(r"\s*\d{1,3}[.、]?\s*\t|\t")
