"""Flowed text with an offset map back to the source, and length-preserving folding of width variants.

A notice arrives as lines: some are paragraphs, some are halves of a sentence that a page end or a hard
wrap cut in two, some are page numbers that stand between such halves.  ``flow`` joins what belongs
together, drops the spaces that justification put between Han characters, folds width variants (１→1,
（→(, ，→,) and remembers where every character came from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from policyparse.patterns import regex
from policyparse.records import Document
from policyparse.text.base import Drawn, Flow, Fragment, Line
from policyparse.text.copies import second_copy
from policyparse.text.folding import FOLDED, FREQUENT, RARE, fold
from policyparse.text.joining import BLANKS, CUT_DATE, DATE_GOES_ON, HAS_STOP, continues, squeeze, wrap_width
from policyparse.text.rows import rows_of

__all__ = ["Drawn", "Flow", "Fragment", "Line", "flow", "fold"]


_ODD = regex("[" + re.escape(BLANKS + RARE) + "]")


class _Runs:
    """The pieces of a flow, and the runs of source characters that they make."""

    __slots__ = ("pieces", "shift", "size", "starts", "to")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.to: list[int] = []
        self.size, self.shift = 0, -1  # of the flow so far; offset in the source less that in the flow

    def put(self, at: int, piece: str) -> None:
        """Add a piece that stands at ``at`` in the source; where nothing was left out, a run goes on."""
        if not piece:
            return
        self.pieces.append(piece)
        shift = at - self.size
        if shift != self.shift:
            self.shift = shift
            self.starts.append(self.size)
            self.to.append(at)
        self.size += len(piece)


def flow(document: Document, tables: Sequence[Drawn] = ()) -> Flow:
    """Join the lines of ``document`` into logical lines; see the module docstring.

    ``tables`` are those that its text draws with characters, in order: each of their cells makes its own lines.
    """
    text = document.text
    if "&nbsp;" in text:  # left in by exporters of web pages; blanks of the same length keep the offsets
        text = text.replace("&nbsp;", "\xa0" + "\u200b" * 5)
    repeated = second_copy(text)
    tables = [t for t in tables if repeated is None or t.end <= repeated]
    rows = rows_of(text[:repeated], [b for b in document.blocks if b.cell is not None], tables)
    width = 0 if document.blocks else wrap_width([r[1] for r in rows if not r[4]])
    paged = [b for b in document.blocks if b.page is not None]
    page_starts = [b.span[0] for b in paged]
    runs = _Runs()
    lines: list[Line] = []
    odd = set(_ODD.findall("\n".join([row[1] for row in rows])))  # one search for the blanks and the rare variants
    spaced = {row[0] for blank in odd.intersection(BLANKS) for row in rows if blank in row[1]}
    before, before_cell = "", None
    for start, line, blank, indent, cell, wraps in rows:
        joined, lead = False, ""
        if lines and cell == before_cell and (cell or not indent):
            joined = continues(before, line, blank, 0 if cell else width) if wraps is None else wraps
        if cell and cell == before_cell and DATE_GOES_ON.match(line) and CUT_DATE.search(before):
            joined = True  # a date that wraps inside its cell
        if not joined and lines:
            lead = "\n"
        elif joined and not wraps and before[-1] < "\u2e80" > line[0] and before[-1].isalnum() and line[0].isalnum():
            lead = " "  # a Latin word must not grow together with the next
        begin = runs.size + len(lead)
        if start in spaced:
            runs.put(start - 1, lead)
            for at, piece in squeeze(line, start, keep=len(line) < 40 and not HAS_STOP.search(line)):
                runs.put(at, piece)
        else:
            runs.put(start - len(lead), lead + line)
        if joined:
            lines[-1] = lines[-1]._replace(end=runs.size)
        else:
            page = paged[max(bisect_right(page_starts, start) - 1, 0)].page if paged else None
            lines.append(Line(begin, runs.size, blank, indent, page, cell))
        before, before_cell = line, cell
    drawn = frozenset(x.cell.table for table in tables for x in table.fragments)
    variants = (*FREQUENT, *odd.intersection(FOLDED))
    return Flow("".join(runs.pieces), runs.starts or [0], runs.to or [0], lines, paged, repeated, drawn, variants)
