"""Pages of positioned lines -> paragraphs: what PDF, OFD and scans have in common.

A page is what a reader found on it: lines of text with their boxes, and grids (tables) with theirs.  Here the
page furniture goes (page numbers, running heads, watermarks), lines are put in order, and those that belong to
one paragraph are joined, also from one page to the next.  Lengths are PDF points; tops grow downwards.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from policyparse.patterns import regex
from policyparse.reading.base import Box, Piece
from policyparse.reading.grid import Grid, join_grids
from policyparse.records import BlockKind

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·①-⑳"
# A space with a wide character on either side is drawn by justification, not written: 2024 年 11 月.
_NARROW_SPACE = regex(rf"(?<=[{_WIDE}]) (?=[0-9A-Za-z%.(（])|(?<=[0-9A-Za-z%.)）]) (?=[{_WIDE}])")
_HAN_SPACE = regex(rf"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_PAGE_NUMBER = regex(
    r"[-—–―─_·.\s|]*(?:第\s*)?\d{1,4}\s*(?:页)?\s*(?:[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–―─_·.\s|]*$|page\s+\d+(?:\s+of\s+\d+)?$",
    re.I,
)
_LEADERS = regex(r"(?:[.．…·•]\s?){5,}\s*[-—(（]?\s*\d{1,4}\s*[-—)）]?$")
_TERMINAL = regex(r"[。！？；：!?;:…][”’\"'）)】〕\]」』]*$")
_OPENER = regex(
    r"[●•◆■□▪➢·★☆]|——|第[一二三四五六七八九十百零〇\d]{1,4}[章节条编部]|[一二三四五六七八九十]{1,3}\s*[、.．]|"
    r"[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|\d{1,2}\s*[.．、](?!\d)|[①-⑳]|附件|抄送"
)
_UNBROKEN = regex(r"[0-9A-Za-z.%/@:_-]+|.", re.S)
_NUMBERS = regex(r"\d+")
_ZONE = 0.13  # share of the page height in which running heads and feet stand
_SLACK = (
    2.2  # a line that ends this many characters before the margin is still full (punctuation does not begin a line)
)


@dataclass(slots=True)
class Line:
    """A line of text on a page, or a part of one; ``size`` is the width of a Han character."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    confidence: float | None = None


@dataclass(slots=True)
class Page:
    """What a reader found on one page."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


@dataclass(slots=True)
class _Margins:
    left: float
    right: float
    pitch: float
    indented: bool


def compose_pages(pages: list[Page]) -> list[Piece]:
    """The pieces of a document from its pages, in reading order."""
    for page in pages:
        page.lines = _merge(page.lines)
    _drop_furniture(pages)
    join_grids([(page.grids, [line.top for line in page.lines]) for page in pages])
    for page in pages:
        _dissolve(page)
    size = _body_size(pages)
    margins = _margins(pages, size)
    pieces: list[Piece] = []
    before: tuple[Line, Page] | None = None
    tables = 0
    for page in pages:
        items: list[Line | Grid] = [*page.lines, *page.grids]
        for item in sorted(items, key=lambda item: item.top):
            if isinstance(item, Grid):
                pieces += item.pieces(tables)
                tables += 1
                before = None
                continue
            glue = before is not None and _goes_on(before, (item, page), margins, size)
            text = item.text
            if glue and before is not None and _needs_space(before[0].text, text):
                text = " " + text
            _add(pieces, item, text, page, glue, size)
            before = (item, page)
    return pieces


def tidy(text: str) -> str:
    """Close the spaces that justification put between Han characters, or between them and digits."""
    text = text.replace("\x02", "-").replace("\ufffe", "-").replace("\xa0", " ")
    return _NARROW_SPACE.sub("", text) if " " in text else text


def _add(pieces: list[Piece], line: Line, text: str, page: Page, glue: bool, body: float) -> None:
    """Put a line behind its paragraph, or begin a new one; a paragraph is a piece for each page it stands on."""
    box: Box = (round(line.x0, 1), round(line.top, 1), round(line.x1, 1), round(line.bottom, 1))
    last = pieces[-1] if pieces else None
    if glue and last is not None and last.page == page.number and last.box is not None:
        last.text += text
        a = last.box
        last.box = (min(a[0], box[0]), min(a[1], box[1]), max(a[2], box[2]), max(a[3], box[3]))
        if line.confidence is not None and last.confidence is not None:
            last.confidence = min(last.confidence, line.confidence)
        return
    heading = line.size > body * (1.12 if line.confidence is None else 1.3) and len(text) < 60 and not glue
    kind: BlockKind = "heading" if heading else "paragraph"
    pieces.append(Piece(text, kind, page.number, box, confidence=line.confidence, glue=glue))


def _dissolve(page: Page) -> None:
    """A grid of one row is no table but boxes side by side (buttons, a frame): its words are lines."""
    boxes = [grid for grid in page.grids if grid.rows == 1]
    if not boxes:
        return
    page.grids = [grid for grid in page.grids if grid.rows > 1]
    for slot in (slot for grid in boxes for slot in grid.slots):
        page.lines += [Line(c.text, c.x0, c.top, c.x1, c.top + c.size, c.size) for c in slot.lines]
    page.lines = _merge(page.lines)


def _merge(lines: list[Line]) -> list[Line]:
    """Order lines from top to bottom and join the parts of one line; the same line drawn twice counts once."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom, line.x0)):
        if not line.text.strip():
            continue
        row = rows[-1] if rows else None
        if row is not None and _same_row(row[0], line):
            row.append(line)
        else:
            rows.append([line])
    return [_row(row) for row in rows]


def _same_row(a: Line, b: Line) -> bool:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > 0.6 * min(a.bottom - a.top, b.bottom - b.top) and abs(a.size - b.size) < 0.6 * max(a.size, b.size)


def _row(parts: list[Line]) -> Line:
    parts.sort(key=lambda part: part.x0)
    first = parts[0]
    text, x1 = first.text.rstrip(), first.x1
    biggest = max(parts, key=lambda part: len(part.text))
    drawn = [first]
    for part in parts[1:]:
        size = max(part.size, 1.0)
        if any(p.text == part.text and abs(p.x0 - part.x0) < 0.3 * size for p in drawn):
            continue  # fake bold: the same characters drawn again a little to the side
        drawn.append(part)
        gap = part.x0 - x1
        text += "  " if gap > 1.5 * size else " " if gap > 0.6 * size or _needs_space(text, part.text) else ""
        text, x1 = text + part.text.strip(), max(x1, part.x1)
    top, bottom = min(p.top for p in drawn), max(p.bottom for p in drawn)
    known = [p.confidence for p in drawn if p.confidence is not None]
    return Line(tidy(text), first.x0, top, x1, bottom, biggest.size, min(known) if known else None)


def _needs_space(before: str, after: str) -> bool:
    """Whether two Latin words would grow together."""
    a, b = before[-1:], after[:1]
    return a.isascii() and b.isascii() and a.isalpha() and b.isalpha()


def _drop_furniture(pages: list[Page]) -> None:
    """Leave out page numbers, lines that stand at the same place on many pages, and lines of a table of contents."""
    seen: Counter[tuple[str, int]] = Counter()
    numbers: dict[int, set[int]] = defaultdict(set)  # printed number - page number -> pages
    for page in pages:
        for line in page.lines:
            if _in_zone(line, page):
                seen[_mark(line)] += 1
                lone = line.text.strip()
                if lone.isdecimal() and len(lone) < 5:
                    numbers[int(lone) - page.number].add(page.number)
            else:
                seen[(line.text, round(line.top / 3))] += 1
    enough = max(2 if len(pages) < 4 else 3, len(pages) * 0.4)
    counted = {page for offset, at in numbers.items() if len(at) > 1 or (offset, len(pages)) == (0, 1) for page in at}
    for page in pages:
        repeated = [
            line for line in page.lines if _in_zone(line, page) and _is_repeated(seen[_mark(line)], line, enough)
        ]
        if len(pages) > 3:
            often = max(3, len(pages) * 0.6)
            body = [line for line in page.lines if not _in_zone(line, page)]
            marks = [line for line in body if seen[(line.text, round(line.top / 3))] >= often]
            repeated += (
                marks if len(marks) <= 3 or len(marks) * 3 <= len(body) else []
            )  # else the pages themselves are alike: a form
        gone = {id(line) for line in repeated} if len(repeated) < len(page.lines) else set()
        page.lines = [
            line
            for line in page.lines
            if id(line) not in gone
            and not _LEADERS.search(line.text)
            and not (_in_zone(line, page) and _is_page_number(line.text, page.number in counted))
        ]


def _is_repeated(times: int, line: Line, enough: float) -> bool:
    return times >= enough and not line.text.strip().isdecimal()


def _in_zone(line: Line, page: Page) -> bool:
    return line.bottom < page.height * _ZONE or line.top > page.height * (1 - _ZONE)


def _mark(line: Line) -> tuple[str, int]:
    """Text with its numbers made alike, and its height on the page: what a running head keeps from page to page."""
    return _NUMBERS.sub("#", line.text.replace(" ", "")), round(line.top / 6)


def _is_page_number(text: str, counted: bool) -> bool:
    text = text.strip()
    return _PAGE_NUMBER.match(text) is not None and (counted or not text.isdecimal())


def _body_size(pages: list[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 12.0


def _margins(pages: list[Page], size: float) -> dict[int, _Margins]:
    """The type area of each page; pages with few lines take that of the nearest page of the same width and side."""
    out: dict[int, _Margins] = {}
    full: list[tuple[Page, _Margins]] = []
    for page in pages:
        body = [line for line in page.lines if abs(line.size - size) < 0.15 * size]
        if len(body) >= 6:
            out[page.number] = found = _type_area(body, size, page.width)
            full.append((page, found))
    for page in pages:
        if page.number not in out:
            like = [
                (abs(p.number - page.number), (p.number - page.number) % 2, m)
                for p, m in full
                if abs(p.width - page.width) < 9
            ]
            if like:
                out[page.number] = min(like, key=lambda found: (found[1], found[0]))[2]
            else:
                out[page.number] = _type_area(page.lines, size, page.width)
    return out


def _type_area(lines: list[Line], size: float, width: float) -> _Margins:
    """Margins from the lines of a page; where all lines are short, the right one is taken to be like the left one."""
    if not lines:
        return _Margins(0.0, 0.0, size * 1.5, True)
    starts = sorted(line.x0 for line in lines)
    ends = sorted((line.x1 for line in lines), reverse=True)
    enough = max(2, len(lines) // 12)
    near = 0.5 * size
    left = next((x for i, x in enumerate(starts) if sum(1 for y in starts[i:] if y - x < near) >= enough), starts[0])
    right = next((x for i, x in enumerate(ends) if sum(1 for y in ends[i:] if x - y < 2 * near) >= enough), ends[0])
    right = max(right, width - left - 4 * size)
    steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 4 * size]
    indents = sum(1 for line in lines if 1.4 * size < line.x0 - left < 2.8 * size and line.x1 - line.x0 > 6 * size)
    return _Margins(left, right, median(steps) if steps else size * 1.5, indents * 14 >= len(lines))


def _goes_on(before: tuple[Line, Page], here: tuple[Line, Page], margins: dict[int, _Margins], body: float) -> bool:
    """Whether a line continues the paragraph of the line before it."""
    (a, page_a), (b, page_b) = before, here
    ma, mb = margins[page_a.number], margins[page_b.number]
    size = max(a.size, 1.0)
    if abs(a.size - b.size) > (0.12 if a.confidence is None else 0.3) * size:
        return False  # sizes of recognised lines are estimates
    if page_a is page_b and b.top - a.top > max(1.45 * ma.pitch, 1.2 * size):
        return False
    width = ma.right - ma.left
    token = _UNBROKEN.match(b.text)
    need = max(_SLACK * size, len(token[0]) * 0.55 * size if token else 0)
    if ma.right - a.x1 > need or a.x1 - a.x0 < 0.6 * width:
        return False
    if a.size > 1.12 * body and abs((a.x0 + a.x1) - page_a.width) < 2 * size:
        return False  # lines of a title stay lines
    ended, opens = _TERMINAL.search(a.text) is not None, _OPENER.match(b.text) is not None
    if abs(b.x0 - mb.left) < 0.8 * size:
        return mb.indented or not (ended and opens)
    if ended or opens or abs((b.x0 + b.x1) - page_b.width) < 2 * size and b.x0 - mb.left > 2.5 * size:
        return False
    # In text with indented first lines, an indented line goes on only with an item that hangs behind its number.
    return not mb.indented or (_OPENER.match(a.text) is not None and b.x0 - a.x0 > 0.8 * size)
