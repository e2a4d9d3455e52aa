"""Blocks and tables of a web page -> paragraphs and cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyparse.patterns import regex
from policyparse.reading.base import Piece
from policyparse.reading.dom import BLOCKS, Walker, rows_of
from policyparse.records import Cell

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SPACE = regex(r"[ \t\n\r\f]+")
# A line end of the source between two Han characters is no space of the text.
_WIDE_BREAK = regex(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\n\r][ \t\n\r\f]*(?=[\u3000-\u9fff\uff00-\uffef])")
_MOST_COLUMNS = 500  # of a table
_MOST_ROWS = 20_000


class Renderer:
    """Turns elements of a page into pieces; ``warnings`` tell what was left out."""

    def __init__(self, walker: Walker):
        self.walker = walker
        self.warnings: list[str] = []

    def pieces(self, root: LexborNode, tables: int = 0) -> list[Piece]:
        """The paragraphs and table cells below ``root``; tables are numbered from ``tables``."""
        collector = _Collector()
        inside: int | None = None  # a data table that was read and is now passed over
        for node, entering in self.walker.walk(root):
            if inside is not None:
                inside = None if not entering and node.mem_id == inside else inside
            elif node.is_text_node:
                if entering:
                    collector.line.append(node.text_content or "")
            elif node.tag == "table" and entering and not self.walker.lays_out(node):
                collector.flush()
                collector.pieces += self._cells(node, tables)
                tables += 1
                inside = node.mem_id
            else:
                collector.element(node, entering)
        collector.flush()
        return collector.pieces

    def _cells(self, table: LexborNode, number: int) -> list[Piece]:
        """One piece a filled cell, row by row, with its place in the grid (HTML Living Standard 4.9.12)."""
        out: list[Piece] = []
        for caption in table.css("caption")[:1]:
            out += self.pieces(caption)
        taken: dict[int, int] = {}  # column -> row up to which a cell from above covers it
        rows = rows_of(table)
        if len(rows) > _MOST_ROWS:
            rows = rows[:_MOST_ROWS]
            self.warnings.append(f"有一个表格超过 {_MOST_ROWS} 行，其余的行没有读取")
        for r, row in enumerate(rows):
            column = 0
            for cell in row:
                if cell.mem_id in self.walker.skip:
                    continue
                while taken.get(column, 0) > r:
                    column += 1
                if column >= _MOST_COLUMNS:
                    break
                wide = max(min(_span(cell, "colspan"), _MOST_COLUMNS), 1)
                high = max(min(_span(cell, "rowspan") or len(rows), len(rows) - r), 1)
                if high > 1:
                    taken.update(dict.fromkeys(range(column, column + wide), r + high))
                text = "\n".join(p.text for p in self._paragraphs(cell) if p.text)
                if text:
                    place = Cell(table=number, row=r, column=column, row_span=high, column_span=wide)
                    out.append(Piece(text, "cell", cell=place))
                column += wide
        return out

    def _paragraphs(self, cell: LexborNode) -> list[Piece]:
        """The paragraphs of a cell; a table inside it is read as paragraphs."""
        collector = _Collector()
        for node, entering in self.walker.walk(cell):
            if node.is_text_node:
                if entering:
                    collector.line.append(node.text_content or "")
            else:
                collector.element(node, entering)
        collector.flush()
        return collector.pieces


class _Collector:
    """Gathers text into paragraphs at the borders of block elements."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.line: list[str] = []
        self._heading = False
        self._lists: list[int] = []  # number of the last item of each open list, -1 where items are not numbered

    def flush(self, blank: bool = False) -> None:
        """End the paragraph; an empty one is kept only where ``blank``."""
        text = _SPACE.sub(" ", _WIDE_BREAK.sub("", "".join(self.line))).strip(" ")
        self.line.clear()
        if text or blank:
            self.pieces.append(Piece(text, "heading" if text and self._heading else "paragraph"))

    def element(self, node: LexborNode, entering: bool) -> None:
        """Take note of an element that begins or ends."""
        tag = node.tag
        if tag == "br":
            if entering:
                self.flush(blank=True)
        elif tag in BLOCKS:
            self.flush(blank=not entering and tag == "p" and not self.line and node.first_child is None)
            if tag in _HEADINGS:
                self._heading = entering
            elif tag in ("ol", "ul"):
                if entering:
                    self._lists.append(0 if tag == "ol" else -1)
                elif self._lists:
                    self._lists.pop()
            elif tag == "li" and entering and self._lists and self._lists[-1] >= 0:
                self._lists[-1] = _number(node, self._lists[-1])
                self.line.append(f"{self._lists[-1]}.")


def _number(item: LexborNode, before: int) -> int:
    value = item.attributes.get("value") or ""
    return int(value) if value.isdecimal() and len(value) < 7 else before + 1


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return int(value) if value.isdecimal() and len(value) < 7 else 1
