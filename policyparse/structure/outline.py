"""The clause tree: 第X章/第X条, 一、（一）1.（1）①, 一是; also where the numbering restarts, skips a level, or
several labels stand in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from policyparse.patterns import regex
from policyparse.structure.decimals import STYLES as DECIMALS
from policyparse.structure.decimals import decimals
from policyparse.text import Flow, Line

_HAN = "一二三四五六七八九十百零〇"
# Style -> pattern of its label at the start of a line; the order is the usual nesting.
_STYLES = (
    ("chapter", rf"第[{_HAN}\d]{{1,4}}[编章](?=[^\d节条])"),
    ("section", rf"第[{_HAN}\d]{{1,4}}节"),
    ("article", rf"第[{_HAN}\d]{{1,5}}条(?!例)"),
    *((style, "") for style in DECIMALS),  # told apart by how they go on, see policyparse.structure.decimals
    ("han", rf"[{_HAN}]{{1,4}}(?=[、.])|-(?=、)"),  # —、 is how recognition of scans reads 一、
    ("phan", rf"\([{_HAN}]{{1,4}}\)"),
    ("num", r"\d{1,3}(?=[.、](?:\D|(?:19|20)\d\d年|\d{1,2}[GDK][^a-zA-Z\d]|$))"),
    ("pnum", r"\(\d{1,3}\)"),
    ("half", r"\d{1,2}(?=\))"),
    ("circle", r"[①-⑳]"),
    ("first", rf"[{_HAN}]{{1,3}}是(?=[^否,。])"),
)
# First character of a label -> the pattern of the styles that begin with it.
_LABELS = {
    first: label
    for firsts, names in (
        ("第", ("chapter", "section", "article")),
        (_HAN, ("han", "first")),
        ("-", ("han",)),
        ("(", ("phan", "pnum")),
        ("0123456789", ("num", "half")),
        ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", ("circle",)),
    )
    for label in [regex("|".join(f"(?P<{name}>{pattern})" for name, pattern in _STYLES if name in names))]
    for first in firsts
}
_LEAD = regex(r"[#*>\- ]*")
_LED = "#*>- "
_LONG_DASHES = "—－―─"  # as wide as 一
_FIRSTS = frozenset(_LABELS) | frozenset(_LED)
_LONG = 160  # characters of a line in which further labels may stand
_DOTS, _AFTER = " 、.", "、.,:) *"
# What may stand between a label and its text.
_BETWEEN = {name: "" if name == "first" else _AFTER if name in ("han", "num", "half") else _DOTS for name, _ in _STYLES}
_RANK = {name: i for i, (name, _) in enumerate(_STYLES)}
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
# A label within a line; what may stand before it is tested by hand.
_INLINE = regex(
    rf"[{_HAN}(0-9第](?:(?<=[{_HAN}])[{_HAN}]{{0,2}}、|(?<=\()[{_HAN}]{{1,3}}\)|(?<=\d)\d?[.、](?=[^\d\s]|20\d\d年)"
    rf"|(?<=第)[{_HAN}\d]{{1,4}}[章条](?![例款规中]))"
)


_DASH = regex(r"-、(?=[^\W\d])")
_FIGURES = regex(r"\d+")


@lru_cache(maxsize=1024)
def number_of(label: str) -> int:
    """The number that a label counts: 3 for 三, （三）, 3, ③, 第三条; 0 where there is none."""
    if "①" <= label[:1] <= "⑳":
        return ord(label[0]) - ord("①") + 1
    if label == "-":
        return 1
    digits = _FIGURES.search(label)
    if digits:
        return int(digits[0])
    total = current = 0
    for char in label:
        if char in _DIGITS:
            current = _DIGITS[char]
        elif char == "十":
            total, current = total + (current or 1) * 10, 0
        elif char == "百":
            total, current = total + (current or 1) * 100, 0
    return total + current


class Node:
    """A clause: flow[start:end] with its label at start, its children inside; ``body`` starts behind the label."""

    __slots__ = ("_path", "body", "children", "end", "heading", "label", "number", "parent", "start", "style")

    def __init__(self, label: str, style: str, number: int, start: int, body: int, end: int = 0):
        self.label, self.style, self.number = label, style, number
        self.start, self.body, self.end = start, body, end
        self.heading: tuple[int, int] = (0, 0)
        self.parent: Node | None = None
        self.children: list[Node] = []
        self._path: tuple[str, ...] | None = None  # kept once asked for

    @property
    def own_end(self) -> int:
        """Where the clause's own text ends: at its first child."""
        return self.children[0].start if self.children else self.end

    def path(self) -> tuple[str, ...]:
        """Labels from the outside in."""
        if self._path is None:
            above = self.parent.path() if self.parent else ()
            self._path = above if self.style == "root" else (*above, self.label)
        return self._path

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in order."""
        ahead = [self]
        while ahead:
            node = ahead.pop()
            yield node
            ahead += node.children[::-1]


def outline(flow: Flow, lines: Iterable[Line], start: int, end: int) -> Node:
    """The clause tree of ``lines``, under a root node that spans flow[start:end]."""
    root = Node("", "root", 0, start, start, end)
    stack = [root]
    nodes: list[Node] = []
    text = flow.text
    lines = list(lines)
    numbered = decimals(text, lines)
    for line in lines:
        at, stop = line.start, line.end
        if at in numbered:
            kind, behind = numbered[at]
            number, body = number_of(text[at:behind].rpartition(".")[2]), _body(text, behind, stop, kind)
            nodes.append(Node(flow.raw[at:behind], kind, number, at, body))
            _open(stack, nodes[-1])
            continue
        long = stop - at > _LONG
        if not long and text[at] not in _FIRSTS:
            continue
        opened = stack[:] if long else stack
        first_lost = (
            text.startswith("-、", at) and flow.raw[at] in _LONG_DASHES and all(n.style != "han" for n in stack)
        )
        begin = _led(text, at, stop) if text[at] in _LED and not first_lost else at
        label = _LABELS.get(text[begin : begin + 1]) if first_lost or text[begin : begin + 1] != "-" else None
        first = label.match(text, begin, stop) if label else None
        if first and (style := first.lastgroup):
            number, at = number_of(first[0]), _body(text, first.end(), stop, style)
            nodes.append(Node(flow.raw[first.start() : first.end()], style, number, first.start(), at))
            _open(stack, nodes[-1])
        if stop - at > _LONG and (found := [*_dashes(text, at, stop), *_INLINE.finditer(text, at, stop)]):
            seen = {node.style: node.number for node in opened}
            if first and first.lastgroup:
                seen = _advance(seen, first.lastgroup, number_of(first[0]))
            for style, said, begin, body in _inline(text, at, stop, found, seen):
                nodes.append(Node(flow.raw[begin : begin + len(said)], style, number_of(said), begin, body))
                _open(stack, nodes[-1])
    _close(stack, 0, end)
    for node in nodes:
        node.heading = heading(text, node.body, node.own_end)
    return root


def _dashes(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The first label of a line in which —、 stands for 一、, if it has one before all others."""
    found = _DASH.search(text, start, end) if text.find("-、", start, end) >= 0 else None
    return [found] if found and not _INLINE.search(text, start, found.start()) else []


def _open(stack: list[Node], node: Node) -> None:
    """Put ``node`` where its style belongs: beside the open node of that style, else below the innermost."""
    style = node.style
    depth = len(stack) - 1
    while depth and stack[depth].style != style:
        depth -= 1
    if not depth:
        depth = len(stack)
        # A style that outranks all open ones starts a level above them (a chapter behind loose clauses).
        while depth > 1 and _RANK[style] < _RANK[stack[depth - 1].style] <= _RANK["article"]:
            depth -= 1
    _close(stack, depth, node.start)
    node.parent = stack[-1]
    stack[-1].children.append(node)
    stack.append(node)


def _close(stack: list[Node], depth: int, end: int) -> None:
    while len(stack) > depth:
        stack.pop().end = end


def _led(text: str, at: int, end: int) -> int:
    """Where a line that begins at ``at`` goes on behind list marks and the like."""
    lead = _LEAD.match(text, at, end)
    return lead.end() if lead else at


def _body(text: str, at: int, end: int, style: str) -> int:
    """Where the text behind a label that ends at ``at`` begins."""
    between = _BETWEEN[style]
    while at < end and text[at] in between:
        at += 1
    return at


def _advance(seen: dict[str, int], style: str, number: int) -> dict[str, int]:
    """The open numbers after a label: deeper styles start afresh."""
    order = list(seen)
    kept = order[: order.index(style)] if style in seen else order
    whole = {"article": seen["article"]} if style == "chapter" and "article" in seen else {}  # articles count on
    return {s: seen[s] for s in kept} | {style: number} | whole


def _inline(
    text: str, start: int, end: int, found: list[re.Match[str]], seen: dict[str, int]
) -> Iterator[tuple[str, str, int, int]]:
    """The labels among what was ``found`` within a line, where a document came without line breaks.

    A label counts when it goes on with the numbering and stands behind a full stop, a closed bracket
    or a colon; (一) also right behind the heading of 一、.
    """
    top = end  # where the title of the last 一、 begins, until another label follows it
    counted = seen.get("num", 0)  # numbers may count on over the headings above them
    for i, match in enumerate(found):
        token, at = match[0], match.start()
        style = _inline_style(token)
        label = token.rstrip(".、")
        number = number_of(label)
        before = text[at - 1]
        last = seen.get(style)
        goes_on = number == (last or 0) + 1 if last is not None else number == 1 or (style == "phan" and number > 1)
        if style == "han" and last is not None and before in "。)" and last < number <= last + 3:
            goes_on = True  # a label between was lost
        if style == "han" and last is None and number == 2 and before == "。" and _counts_on(text, found, i, seen):
            goes_on = True  # the first was lost
        if last is not None and number == 1 and style == "num" and before == ":":
            goes_on = True
        if style == "num" and last is None and counted and number == counted + 1:
            goes_on = True
        if not goes_on:
            continue
        stopped = (
            before in "。)!\n" or (before == ":" and number == 1) or (style == "han" and _heads_list(text, found, i))
        )
        if style in ("chapter", "article"):
            stopped = before in "。)!" or (
                style == "article" and _TITLE_OF_CHAPTER.search(text, max(0, at - 24), at) is not None
            )
        fresh = (
            style == "phan"
            and before not in ",;、:("
            and (_behind_heading(text, at, seen, start) or (top < at <= top + 60 and "。" not in text[top:at]))
        )
        if not stopped and not fresh:
            continue
        if style == "num" and not _sequence(text, found, i):
            continue
        yield style, label, at, match.end()
        top = match.end() if style == "han" else end
        counted = number if style == "num" else counted
        seen = _advance(seen, style, number)


_TITLE_OF_CHAPTER = regex(rf"第[{_HAN}\d]{{1,4}}章[^。;,]{{2,20}}$")


def _inline_style(token: str) -> str:
    if token[0] == "第":
        return "chapter" if token[-1] == "章" else "article"
    return "phan" if token[0] == "(" else "num" if token[0].isdigit() else "han"


def _heads_list(text: str, found: list[re.Match[str]], i: int) -> bool:
    """Whether label ``i`` (二、) is a heading by what follows it: a title without a full stop, then （一）."""
    if i + 1 >= len(found):
        return False
    following = found[i + 1]
    title = text[found[i].end() : following.start()]
    return following[0][0] == "(" and 4 <= len(title) <= 60 and "。" not in title and ";" not in title


def _counts_on(text: str, found: list[re.Match[str]], i: int, seen: dict[str, int]) -> bool:
    """Whether the label behind 二、 follows, behind a full stop as well, and no clause of another kind holds them."""
    if not seen.keys() <= {"root", "phan"}:
        return False
    return any(other[0] == "三、" and text[other.start() - 1] in "。)" for other in found[i + 1 :])


_TOP = regex(rf"(?:^|[。)\n])[{_HAN}]{{1,3}}、(?P<rest>[^。\n]*)$")


def _behind_heading(text: str, at: int, seen: dict[str, int], start: int) -> bool:
    """Whether the stretch before (一) is the heading of a 一、: short, without a full stop in it."""
    if "han" not in seen:
        return False
    return _TOP.search(text[max(start - 12, at - 70, 0) : at]) is not None


def _sequence(text: str, found: list[re.Match[str]], i: int) -> bool:
    """Whether label ``i`` (1.) has a neighbour in sequence that also stands behind a full stop."""
    number = int(re.sub(r"\D", "", found[i][0]))
    for other in found[max(0, i - 12) : i + 12]:
        if (
            other[0][0].isdigit()
            and abs(int(re.sub(r"\D", "", other[0])) - number) == 1
            and text[other.start() - 1] in "。):"
        ):
            return True
    return number == 1 and text[found[i].start() - 1] == ":"


_STOP = regex(r"[。!?\n]")
_ROLES = regex(r"\((?=[^()]{0,6}(?:单位|部门|牵头|责任|处室))")


def heading(text: str, start: int, end: int) -> tuple[int, int]:
    """The heading of a clause whose body starts at ``start``: its title line, or its first sentence."""
    stop = _STOP.search(text, start, end)
    at = stop.start() if stop else end
    bracket = _ROLES.search(text, start, at) if text.find("(", start, at) >= 0 else None
    if bracket and bracket.start() > start:
        at = bracket.start()
    if at - start > 60:
        semicolon = text.find(";", start, at)
        at = semicolon if semicolon > start else at
    while at > start and text[at - 1] in " *:":
        at -= 1
    return start, at
