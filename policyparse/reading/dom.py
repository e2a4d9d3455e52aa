"""A parsed web page as pieces: walking its nodes, finding its text box, turning blocks and tables into pieces.

Works on the nodes that ``policyparse.reading.html`` parsed.  Walks are loops, not recursion: a hostile page
may nest a hundred thousand elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyparse.model import Cell
from policyparse.reading.base import Piece

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TABLE_PARTS = frozenset(("tbody", "thead", "tfoot", "tr", "td", "th", "colgroup"))
_SPACE = re.compile(r"[ \t\n\r\f]+")
_STOP = re.compile("[，。；、？！]")
# A line end of the source between two Han characters is no space of the text.
_WIDE_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\n\r][ \t\n\r\f]*(?=[\u3000-\u9fff\uff00-\uffef])")
# Names that web designers give to what surrounds the text (ids and classes of page furniture).
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:foot|footer|nav|navbar|menu|crumb|breadcrumb|copyright|share|sidebar|related|recommend|toolbar|"
    r"login|search|comment|pagination|bottom|jiathis|bdsharebuttonbox)(?:$|[\s_-]|\d)",
    re.I,
)
_BOXES = _BLOCKS - {"p", "h1", "h2", "h3", "li", "dd", "caption", "table", "pre"}
_MOST_COLUMNS = 500  # of a table
_MOST_ROWS = 20_000
_MOST_INNER = 50  # tables inside a table, beyond which it lays out the page whatever they hold
_CELL_LIMIT = 4000  # a table whose cell holds more characters than this lays out a page


@dataclass(slots=True)
class Weight:
    """What an element holds: sentence punctuation outside links, characters, those in links, links, full stops."""

    stops: int = 0
    characters: int = 0
    linked: int = 0
    links: int = 0
    ends: int = 0


class Walker:
    """Reads the nodes of a page, passing over those whose ``mem_id`` is in ``skip`` with all they hold."""

    def __init__(self, body: LexborNode, skip: set[int]):
        self.body = body
        self.skip = skip
        self.warnings: list[str] = []
        self.weights: dict[int, Weight] = {}
        self._weigh()

    def walk(self, root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
        """Every node below and including ``root``, entered (True) and left (False), in document order."""
        end = root.mem_id
        node = root
        while True:
            yield node, True
            child = self._shown(node.first_child)
            if child is not None:
                node = child
                continue
            while True:
                yield node, False
                if node.mem_id == end:
                    return
                following = self._shown(node.next)
                if following is not None:
                    node = following
                    break
                parent = node.parent
                if parent is None:
                    return
                node = parent

    def _shown(self, node: LexborNode | None) -> LexborNode | None:
        while node is not None and node.mem_id in self.skip:
            node = node.next
        return node

    def _weigh(self) -> None:
        stack: list[Weight] = []
        mute = 0
        for node, entering in self.walk(self.body):
            if node.is_text_node:
                if entering and stack:
                    _add_text(stack[-1], node.text_content or "", mute > 0)
                continue
            if not node.is_element_node:
                continue
            link = node.tag == "a"
            quiet = link or (node.mem_id != self.body.mem_id and is_furniture(node))
            mute += quiet if entering else -quiet
            if entering:
                stack.append(Weight())
                self.weights[node.mem_id] = stack[-1]
            else:
                found = stack.pop()
                if link:
                    found.linked, found.links = found.characters, found.links + 1
                if stack:
                    above = stack[-1]
                    above.stops += found.stops
                    above.characters += found.characters
                    above.linked += found.linked
                    above.links += found.links
                    above.ends += found.ends

    def text_box(self) -> LexborNode:
        """The element that holds the notice: the innermost with nearly all sentence punctuation outside links.

        Menus, lists of related pages and footers are links, or hold no commas and full stops; what is named as
        furniture (footer, nav, share …) counts nothing.
        """
        box = self.body
        enough = max(self.weights[box.mem_id].stops * 0.97 - 1, 1)
        while True:
            inner = next((c for c in box.iter(include_text=False) if self._stops(c) >= enough), None)
            if inner is None:
                break
            box = inner
        while box.tag in _TABLE_PARTS and box.parent is not None and not self._lays_out(_table_of(box)):
            box = box.parent
        # A paragraph or inline element is never the whole box: its neighbours are short lines without punctuation.
        while box.tag not in _BOXES and box.parent is not None and box.mem_id != self.body.mem_id:
            box = box.parent
        return box

    def _stops(self, node: LexborNode) -> int:
        weight = self.weights.get(node.mem_id)
        return weight.stops if weight else 0

    def menus(self, box: LexborNode) -> set[int]:
        """Furniture inside the text box, and blocks that are nearly all links to other pages."""
        found = set()
        for node, entering in self.walk(box):
            if (
                not entering
                or node.tag not in ("div", "ul", "footer", "nav", "dl", "section")
                or node.mem_id == box.mem_id
            ):
                continue
            weight = self.weights[node.mem_id]
            linked = weight.links >= 4 and weight.linked > 0.8 * weight.characters
            if weight.characters < 2000 and not weight.ends and (linked or is_furniture(node)):
                found.add(node.mem_id)
        return found

    def pieces(self, root: LexborNode, tables: int = 0) -> list[Piece]:
        """The paragraphs and table cells below ``root``; tables are numbered from ``tables``."""
        collector = _Collector()
        inside: int | None = None  # a data table that was read and is now passed over
        for node, entering in self.walk(root):
            if inside is not None:
                inside = None if not entering and node.mem_id == inside else inside
            elif node.is_text_node:
                if entering:
                    collector.line.append(node.text_content or "")
            elif node.tag == "table" and entering and not self._lays_out(node):
                collector.flush()
                collector.pieces += self._cells(node, tables)
                tables += 1
                inside = node.mem_id
            else:
                collector.element(node, entering)
        collector.flush()
        return collector.pieces

    def _lays_out(self, table: LexborNode) -> bool:
        """Whether a table only arranges a page: one column, tables inside it, or a cell as long as a notice."""
        rows = _rows(table)
        if max((len(row) for row in rows), default=0) < 2:
            return True
        inner = table.css("table")
        if len(inner) > _MOST_INNER or any(len(_rows(t)) > 1 for t in inner if t.mem_id != table.mem_id):
            return True
        longest = max((w.characters for row in rows for c in row if (w := self.weights.get(c.mem_id))), default=0)
        return longest > _CELL_LIMIT

    def _cells(self, table: LexborNode, number: int) -> list[Piece]:
        """One piece a filled cell, row by row, with its place in the grid (HTML Living Standard 4.9.12)."""
        out: list[Piece] = []
        for caption in table.css("caption")[:1]:
            out += self.pieces(caption)
        taken: dict[int, int] = {}  # column -> row up to which a cell from above covers it
        rows = _rows(table)
        if len(rows) > _MOST_ROWS:
            rows = rows[:_MOST_ROWS]
            self.warnings.append(f"有一个表格超过 {_MOST_ROWS} 行，其余的行没有读取")
        for r, row in enumerate(rows):
            column = 0
            for cell in row:
                if cell.mem_id in self.skip:
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
        for node, entering in self.walk(cell):
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
        elif tag in _BLOCKS:
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


def is_furniture(node: LexborNode) -> bool:
    """Whether an element is page furniture by its tag or by the name its designer gave it."""
    if node.tag in ("footer", "nav", "aside"):
        return True
    names = node.attributes
    return bool(_FURNITURE.search(f"{names.get('id') or ''} {names.get('class') or ''}"))


def _add_text(weight: Weight, text: str, mute: bool) -> None:
    weight.characters += len(text) - text.count(" ") - text.count("\n")
    weight.ends += text.count("。")
    if not mute:
        weight.stops += len(_STOP.findall(text))


def _number(item: LexborNode, before: int) -> int:
    value = item.attributes.get("value") or ""
    return int(value) if value.isdecimal() and len(value) < 7 else before + 1


def _table_of(node: LexborNode) -> LexborNode:
    while node.tag != "table" and node.parent is not None:
        node = node.parent
    return node


def _rows(table: LexborNode) -> list[list[LexborNode]]:
    """Rows of a table, without those of tables inside it."""
    rows: list[list[LexborNode]] = []
    parts = [table]
    while parts:
        part = parts.pop()
        inner = []
        for child in part.iter(include_text=False):
            if child.tag == "tr":
                rows.append([c for c in child.iter(include_text=False) if c.tag in ("td", "th")])
            elif child.tag in ("tbody", "thead", "tfoot"):
                inner.append(child)
        parts += reversed(inner)
    return rows


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return int(value) if value.isdecimal() and len(value) < 7 else 1
