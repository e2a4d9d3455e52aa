"""Flowed text with an offset map back to the source, and length-preserving folding of width variants.

A notice arrives as lines: some are paragraphs, some are halves of a sentence that a page end or a hard
wrap cut in two, some are page numbers that stand between such halves.  ``flow`` joins what belongs
together, drops the spaces that justification put between Han characters, folds width variants (１→1,
（→(, ，→,) and remembers where every character came from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from policyparse.patterns import regex
from policyparse.records import Document
from policyparse.text.base import Drawn, Flow, Fragment, Line
from policyparse.text.copies import second_copy
from policyparse.text.folding import FOLDED, FREQUENT, RARE, fold
from policyparse.text.joining import BLANKS, CUT_DATE, DATE_GOES_ON, HAS_STOP, continues, squeeze, wrap_width
from policyparse.text.rows import rows_of

__all__ = ["Drawn", "Flow", "Fragment", "Line", "flow", "fold"]


_ODD = regex("[" + re.escape(BLANKS + RARE) + "]")


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
    pieces: list[str] = []
    starts: list[int] = []  # of the runs of source characters that the pieces make, in the flow …
    to: list[int] = []  # … and in the source
    size, shift = 0, -1  # of the flow so far; offset in the source less that in the flow
    lines: list[Line] = []
    odd = set(_ODD.findall("\n".join([row[1] for row in rows])))  # one search for the blanks and the rare variants
    spaced = {row[0] for blank in odd.intersection(BLANKS) for row in rows if blank in row[1]}
    before, before_cell = "", None
    for start, line, blank, indent, cell, wraps in rows:
        joined, lead = False, "\n" if lines else ""
        if cell:
            if lines and cell == before_cell:
                joined = continues(before, line, blank, 0) if wraps is None else wraps
                if DATE_GOES_ON.match(line) and CUT_DATE.search(before):
                    joined = True  # a date that wraps inside its cell
        elif lines and not indent and before_cell is None:
            joined = continues(before, line, blank, width) if wraps is None else wraps
        if joined:
            # a Latin word must not grow together with the next
            latin = not wraps and before[-1] < "\u2e80" > line[0] and before[-1].isalnum() and line[0].isalnum()
            lead = " " if latin else ""
        begin = size + len(lead)
        kept: Iterable[tuple[int, str]] = ((start - len(lead), lead + line),)
        if start in spaced:
            keep = len(line) < 40 and not HAS_STOP.search(line)
            kept = ((start - 1, lead), *squeeze(line, start, keep))
        for at, piece in kept:
            if at - size != shift and piece:  # where nothing was left out, a run goes on
                shift = at - size
                starts.append(size)
                to.append(at)
            pieces.append(piece)
            size += len(piece)
        if joined:
            lines[-1] = lines[-1]._replace(end=size)
        else:
            page = paged[max(bisect_right(page_starts, start) - 1, 0)].page if paged else None
            lines.append(Line(begin, size, blank, indent, page, cell))
        before, before_cell = line, cell
    drawn = frozenset(x.cell.table for table in tables for x in table.fragments)
    variants = (*FREQUENT, *odd.intersection(FOLDED))
    return Flow("".join(pieces), starts or [0], to or [0], lines, paged, repeated, drawn, variants)
