"""A parsed web page as pieces: walking its nodes, finding its text box, turning blocks and tables into pieces.

Works on the nodes that ``policyparse.reading.html`` parsed.  Walks are loops, not recursion: a hostile page
may nest a hundred thousand elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_CELL_LIMIT = 4000  # a table whose cell holds more characters than this lays out a page


def walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every node below and including ``root``, entered (True) and left (False), in document order."""
    end = root.mem_id
    node = root
    while True:
        yield node, True
        child = node.first_child
        if child is not None:
            node = child
            continue
        while True:
            yield node, False
            if node.mem_id == end:
                return
            following = node.next
            if following is not None:
                node = following
                break
            parent = node.parent
            if parent is None:
                return
            node = parent


def text_box(body: LexborNode) -> LexborNode:
    """The element that holds the notice: the innermost with nearly all sentence punctuation outside links.

    Menus, lists of related pages and footers are links, or hold no commas and full stops; what is named as
    furniture (footer, nav, share …) counts nothing.
    """
    stops: dict[int, int] = {}
    stack: list[int] = []
    mute = 0
    for node, entering in walk(body):
        if node.is_text_node:
            if entering and not mute and stack:
                stops[stack[-1]] += len(_STOP.findall(node.text_content or ""))
            continue
        if not node.is_element_node:
            continue
        quiet = node.tag == "a" or (node.mem_id != body.mem_id and is_furniture(node))
        if entering:
            stack.append(node.mem_id)
            stops[node.mem_id] = 0
            mute += quiet
        else:
            mute -= quiet
            found = stops[stack.pop()]
            if stack:
                stops[stack[-1]] += found
    box = body
    enough = stops[body.mem_id] * 0.97 - 1
    while True:
        inner = next((c for c in box.iter(include_text=False) if stops.get(c.mem_id, 0) >= max(enough, 1)), None)
        if inner is None:
            break
        box = inner
    while box.tag in _TABLE_PARTS and box.parent is not None and not _lays_out(_table_of(box)):
        box = box.parent
    # A paragraph or inline element is never the whole box: its neighbours are short lines without punctuation.
    while box.tag not in _BLOCKS - {"p", "h1", "h2", "h3", "li", "dd", "caption", "table", "pre"} and box.parent:
        if box.mem_id == body.mem_id:
            break
        box = box.parent
    return box


def is_furniture(node: LexborNode) -> bool:
    """Whether an element is page furniture by its tag or by the name its designer gave it."""
    if node.tag in ("footer", "nav", "aside"):
        return True
    names = node.attributes
    return bool(_FURNITURE.search(f"{names.get('id') or ''} {names.get('class') or ''}"))


def pieces(root: LexborNode, skip: frozenset[int] = frozenset(), tables: int = 0) -> list[Piece]:
    """The paragraphs and table cells below ``root``; elements whose ``mem_id`` is in ``skip`` are left out."""
    out: list[Piece] = []
    line: list[str] = []
    kind = "paragraph"
    hidden: int | None = None
    lists: list[int] = []

    def flush(blank: bool = False) -> None:
        text = _WIDE_BREAK.sub("", "".join(line))
        text = _SPACE.sub(" ", text).strip(" ")
        line.clear()
        if text or blank:
            out.append(Piece(text, "heading" if text and kind == "heading" else "paragraph"))

    for node, entering in walk(root):
        if hidden is not None:
            if not entering and node.mem_id == hidden:
                hidden = None
            continue
        if node.is_text_node:
            if entering:
                line.append(node.text_content or "")
            continue
        tag = node.tag
        if entering and node.mem_id in skip:
            hidden = node.mem_id
        elif tag == "br":
            if entering:
                flush(blank=True)
        elif tag == "table" and entering and not _lays_out(node):
            flush()
            out += _cells(node, tables)
            tables += 1
            hidden = node.mem_id
        elif tag in _BLOCKS:
            flush(blank=entering is False and tag == "p" and not line and node.first_child is None)
            if tag in _HEADINGS:
                kind = "heading" if entering else "paragraph"
            elif tag in ("ol", "ul"):
                if entering:
                    lists.append(0 if tag == "ol" else -1)
                elif lists:
                    lists.pop()
            elif tag == "li" and entering and lists and lists[-1] >= 0:
                lists[-1] = _number(node, lists[-1])
                line.append(f"{lists[-1]}.")
    flush()
    return out


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


def _lays_out(table: LexborNode) -> bool:
    """Whether a table only arranges a page: one column, tables inside it, or a cell as long as a notice."""
    rows = _rows(table)
    if max((len(row) for row in rows), default=0) < 2:
        return True
    if any(len(_rows(inner)) > 1 for inner in table.css("table") if inner.mem_id != table.mem_id):
        return True
    return any(len(cell.text()) > _CELL_LIMIT for row in rows for cell in row)


def _cells(table: LexborNode, number: int) -> list[Piece]:
    """One piece a filled cell, row by row, with its place in the grid (HTML Living Standard 4.9.12)."""
    out: list[Piece] = []
    for caption in table.css("caption"):
        out += pieces(caption)
    taken: dict[tuple[int, int], bool] = {}
    rows = _rows(table)
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in taken:
                column += 1
            wide, high = _span(cell, "colspan", 1000), min(_span(cell, "rowspan", 65534) or len(rows), len(rows) - r)
            for dr in range(high):
                for dc in range(wide):
                    taken[(r + dr, column + dc)] = True
            text = "\n".join(p.text for p in pieces_of_cell(cell) if p.text)
            if text:
                place = Cell(table=number, row=r, column=column, row_span=high, column_span=wide)
                out.append(Piece(text, "cell", cell=place))
            column += wide
    return out


def pieces_of_cell(cell: LexborNode) -> list[Piece]:
    """The paragraphs of a cell; a table inside it is read as paragraphs."""
    return [Piece(piece.text) for piece in pieces(cell)]


def _span(cell: LexborNode, name: str, most: int) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    number = int(value) if value.isdecimal() and len(value) < 7 else 1
    return min(max(number, 0 if name == "rowspan" else 1), most)
