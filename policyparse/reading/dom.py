"""A parsed web page: walking its nodes, weighing them, finding the box of the text and the menus in it.

Works on the nodes that ``policyparse.reading.html`` parsed.  Walks are loops, not recursion, and weigh every node
once: a hostile page may nest thousands of elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyparse.patterns import regex

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul".split()
)
_TABLE_PARTS = frozenset(("tbody", "thead", "tfoot", "tr", "td", "th", "colgroup"))
_STOP = regex("[，。；、？！]")
# Names that web designers give to what surrounds the text (ids and classes of page furniture).
_FURNITURE = regex(
    r"(?:^|[\s_-])(?:foot|footer|nav|navbar|menu|crumb|breadcrumb|copyright|share|sidebar|related|recommend|toolbar|"
    r"login|search|comment|pagination|bottom|jiathis|bdsharebuttonbox)(?:$|[\s_-]|\d)",
    re.I,
)
_BOXES = BLOCKS - {"p", "h1", "h2", "h3", "li", "dd", "caption", "table", "pre"}
_LEVELS = 2  # above the box found, in which more of the text is looked for
_MOST_INNER = 50  # tables inside a table, beyond which it lays out the page whatever they hold
_CELL_LIMIT = 4000  # a table whose cell holds more characters than this lays out a page


@dataclass(slots=True)
class Weight:
    """What an element holds: sentence punctuation outside links and furniture, and outside links alone;
    characters, those in links; links; full stops."""

    stops: int = 0
    commas: int = 0
    characters: int = 0
    linked: int = 0
    links: int = 0
    ends: int = 0


class Walker:
    """Reads the nodes of a page, passing over those whose ``mem_id`` is in ``skip`` with all they hold."""

    def __init__(self, body: LexborNode, skip: set[int]):
        self.body = body
        self.skip = skip
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
        mute = linked = 0
        for node, entering in self.walk(self.body):
            if node.is_text_node:
                if entering and stack:
                    _add_text(stack[-1], node.text_content or "", linked > 0, mute > 0)
                continue
            if not node.is_element_node:
                continue
            link = node.tag == "a"
            quiet = link or (node.mem_id != self.body.mem_id and is_furniture(node))
            mute += quiet if entering else -quiet
            linked += link if entering else -link
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
                    above.commas += found.commas
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
        whole = self.weights[box.mem_id]
        named_so = whole.stops * 2 < whole.commas  # most of the text stands in what is named like furniture
        enough = max((whole.commas if named_so else whole.stops) * 0.97 - 1, 1)
        while True:
            inner = next((c for c in box.iter(include_text=False) if self._stops(c, named_so) >= enough), None)
            if inner is None:
                break
            box = inner
        while box.tag in _TABLE_PARTS and box.parent is not None and not self.lays_out(_table_of(box)):
            box = box.parent
        # What a notice consists of may stand in several boxes side by side: the letter, the plan, the annex.
        level = box
        for _ in range(_LEVELS):
            parent = level.parent
            if parent is None or level.mem_id == self.body.mem_id:
                break
            own, more = self.weights[box.mem_id], self.weights[parent.mem_id]
            around = more.characters - own.characters
            if (
                self._stops(parent, named_so) - self._stops(box, named_so) >= 2
                and more.linked - own.linked < 0.5 * around
            ):
                box = parent
            level = parent
        # A paragraph or inline element is never the whole box: its neighbours are short lines without punctuation.
        while box.tag not in _BOXES and box.parent is not None and box.mem_id != self.body.mem_id:
            box = box.parent
        return box

    def _stops(self, node: LexborNode, furniture: bool) -> int:
        weight = self.weights.get(node.mem_id)
        return 0 if weight is None else weight.commas if furniture else weight.stops

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

    def lays_out(self, table: LexborNode) -> bool:
        """Whether a table only arranges a page: one column, tables inside it, or a cell as long as a notice."""
        rows = rows_of(table)
        if max((len(row) for row in rows), default=0) < 2:
            return True
        inner = table.css("table")
        if len(inner) > _MOST_INNER or any(len(rows_of(t)) > 1 for t in inner if t.mem_id != table.mem_id):
            return True
        longest = max((w.characters for row in rows for c in row if (w := self.weights.get(c.mem_id))), default=0)
        return longest > _CELL_LIMIT


def is_furniture(node: LexborNode) -> bool:
    """Whether an element is page furniture by its tag or by the name its designer gave it."""
    if node.tag in ("footer", "nav", "aside"):
        return True
    names = node.attributes
    return bool(_FURNITURE.search(f"{names.get('id') or ''} {names.get('class') or ''}"))


def _add_text(weight: Weight, text: str, linked: bool, mute: bool) -> None:
    weight.characters += len(text) - text.count(" ") - text.count("\n")
    weight.ends += text.count("。")
    if not linked:
        stops = len(_STOP.findall(text))
        weight.commas += stops
        weight.stops += 0 if mute else stops


def _table_of(node: LexborNode) -> LexborNode:
    while node.tag != "table" and node.parent is not None:
        node = node.parent
    return node


def rows_of(table: LexborNode) -> list[list[LexborNode]]:
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
