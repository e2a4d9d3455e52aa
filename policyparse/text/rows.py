"""The lines of a source that hold something: without page numbers and rules, tables cell by cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from policyparse.patterns import regex
from policyparse.records import Block, Cell
from policyparse.text.base import Drawn

_PAGE_NUMBER = regex(
    r"(?:[-—－–―─]{1,2}\s*\d{1,4}\s*[-—－–―─]{1,2}|第\s*\d+\s*页\s*(?:[,，/]?\s*共\s*\d+\s*页)?|\d{1,3}\s*/\s*\d{1,3}|Page\s+\d+.*)$"
)
_DRAWN = "━─═▬＿_—–-="  # what a line across the page is drawn with
_RULE = regex(f"[{re.escape(_DRAWN)}]{{8,}}$")


def _is_furniture(line: str) -> bool:
    """Whether a line is a page number, or drawn across the page."""
    first = line[0]
    if first in _DRAWN and _RULE.match(line):
        return True
    may_be = first in "-—－–―─第P" or (first.isdecimal() and line[-1].isdecimal())
    return may_be and len(line) < 24 and _PAGE_NUMBER.match(line) is not None


# Offset, text, blank lines (or bars) before it, indented, cell, and whether it goes on with the row before, if known.
Row = tuple[int, str, int, bool, Cell | None, bool | None]


_BARS = "|｜"


def rows_of(text: str, cells: list[Block], tables: Sequence[Drawn]) -> list[Row]:
    """The lines of ``text`` that hold something, without page numbers; of a drawn table its fragments.

    Bars that stand alone or at the ends of lines are what a page saved as text has of the borders between cells.
    """
    cell_starts = [b.span[0] for b in cells]
    rows: list[Row] = []
    last_end, gap = 0, 0
    bars, barred = any(bar in text for bar in _BARS), False
    waiting = list(reversed(tables))
    at, windows = 0, "\r" in text
    for raw in text.splitlines():
        a, b = at, at + len(raw)
        at = b + (2 if windows and text.startswith("\r\n", b) else 1)
        if not raw:
            continue
        if waiting and a >= waiting[-1].start:
            if waiting[-1].fragments:
                rows += [
                    (x.start, text[x.start : x.end], 0, False, x.cell, x.wraps or None) for x in waiting[-1].fragments
                ]
                waiting[-1] = waiting[-1]._replace(fragments=())
            if b <= waiting[-1].end:
                last_end = b
                continue
            waiting.pop()
        if a - last_end > 1:
            gap += max(0, text.count("\n", last_end, a) - 1)
        last_end = b
        line = raw.strip(" \t\xa0\u3000\u2002\u2003\u2009\u200b\ufeff")
        if (len(line) < 24 or line[0] in _DRAWN) and (not line or _is_furniture(line)):
            gap += not line
            continue
        start = a if line is raw else a + raw.index(line)
        closed = bars and line[-1] in _BARS
        if bars and (closed or line[0] in _BARS):
            bare = line.strip(_BARS + " \t\u3000")
            barred = barred or line[0] in _BARS or not bare
            if not bare:
                continue
            start, line = start + line.index(bare), bare
        cell = None
        if cells:
            i = bisect_right(cell_starts, start) - 1
            if i >= 0 and start < cells[i].span[1]:
                cell = cells[i].cell
        rows.append((start, line, gap + barred, start > a, cell, False if barred else None))
        gap, barred = 0, closed
    return rows
