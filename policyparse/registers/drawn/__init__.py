"""Registers that a plain text draws with characters: | or tabs between cells, columns aligned by spaces, box lines.

What is found is handed to ``policyparse.text.flow``, which cuts the lines at the cells, so that these tables are read
like those of web pages.  Tables that are no registers are left as they are: their text is read as it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from policyparse.patterns import places, regex
from policyparse.records import Document
from policyparse.text import Drawn

if TYPE_CHECKING:
    from policyparse.registers.drawn.base import Line, Table

__all__ = ["tables"]

# Where a line may be cut into cells; blanks at a line's beginning are none.
_BARS = "|｜\t│┃║"
_GAPS = tuple(regex(rf"{blank}(?<=\S{blank})[ \u3000](?=.)") for blank in (" ", r"\u3000"))
# What a heading says of those who act.
_SOMEBODY = regex(r"(?:单\s*位|部\s*门|处\s*室|[科股]\s*室|领\s*导|主\s*体|[人办牵责]|负\s*责)")
_LONGEST = 400  # characters of a line that may be a heading


def tables(document: Document, warnings: list[str]) -> list[Drawn]:
    """The registers that the text of ``document`` draws, in order; rows that stay unread are told in ``warnings``."""
    text = document.text
    celled = [b for b in document.blocks if b.cell is not None]
    starts = [b.span[0] for b in celled]
    number = 1 + max((b.cell.table for b in celled if b.cell), default=-1)
    out: list[Drawn] = []
    lines: list[Line] = []
    resume = 0
    for at in _separators(text):
        if at < resume:
            continue
        begin = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        resume = end + 1
        if end - begin > _LONGEST or not _SOMEBODY.search(text, begin, end):
            continue
        i = bisect_right(starts, begin) - 1
        if i >= 0 and begin < celled[i].span[1]:
            continue
        lines = lines or _lines(text)
        first = bisect_right(lines, (begin, len(text))) - 1
        table = _read(text, lines, first, warnings)
        if table is None or bisect_right(starts, lines[table.last][1]) > i + 1:
            continue
        from policyparse.registers.drawn import boxed
        from policyparse.registers.drawn.merged import fragments

        if first and boxed.is_border(text, lines[first - 1]):
            begin = lines[first - 1][0]  # the upper edge of its frame
        unread: list[str] = []
        cells = fragments(text, table, number + len(out), unread)
        out.append(Drawn(begin, lines[table.last][1], tuple(cells)))
        resume = lines[table.last][1] + 1
        if unread:
            warnings.append(f"表格有{len(unread)}行的单元格归属不明，未读出责任单位：“{unread[0]}”等。")
    return out


def _separators(text: str) -> list[int]:
    """Where a line of ``text`` may be cut into cells, in order."""
    bars = [regex(re.escape(bar)) for bar in _BARS if bar in text]
    return places((*bars, *_GAPS), text, 0, len(text))


def _lines(text: str) -> list[Line]:
    out: list[Line] = []
    at = 0
    for line in text.split("\n"):
        out.append((at, at + len(line)))
        at += len(line) + 1
    return out


def _read(text: str, lines: Sequence[Line], first: int, warnings: list[str]) -> Table | None:
    """The register whose heading stands in line ``first``, by the reader that knows its form."""
    from policyparse.registers.drawn import aligned, boxed, separated  # few notices have a line that could be a heading

    start, end = lines[first]
    line = text[start:end]
    if any(sign in line for sign in "│┃║"):
        return boxed.read(text, lines, first, warnings)
    if "|" in line and (found := boxed.read(text, lines, first, warnings)):
        return found
    if any(sign in line for sign in "|｜\t") and (found := separated.read(text, lines, first)):
        return found
    return aligned.read(text, lines, first)
