"""What the readers of drawn tables share: lines, cells as stretches of the text, and where a heading stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from policyparse.patterns import regex
from policyparse.registers import base
from policyparse.registers.base import Column
from policyparse.text import fold


class Piece(NamedTuple):
    """text[start:end], a line of a cell; with ``wraps`` it goes on with the piece before it."""

    start: int
    end: int
    wraps: bool = False


Row = list[list[Piece]]  # the pieces of each cell
Slots = list[list[Piece] | None]  # the cell in each column; empty where it is blank, None where one reaches down
Line = tuple[int, int]  # a line of the text, without its line break


class Heading(NamedTuple):
    """The heading of a register: its rows, what its columns are, and the last line that it takes up."""

    rows: list[Row]
    columns: list[Column | None]
    last: int


class Table(NamedTuple):
    """A register as it was drawn: its heading, its rows, the last line that it takes up.

    ``whole`` says that a cell is only left out where one from above reaches down into the row; ``placed`` that each
    cell of ``rows`` stands in its column, None where one from above reaches down.
    """

    heading: Heading
    rows: Sequence[Row | Slots]
    last: int
    whole: bool = False
    placed: bool = False


_EDGE = " \t\r\xa0\u3000\u2002\u2003\u2009\u200b\ufeff"


def trimmed(text: str, start: int, end: int, marks: str = "") -> Piece | None:
    """text[start:end] without white space and ``marks`` at its ends, or None where nothing remains."""
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip(_EDGE + marks))
    stop = end - len(piece) + len(piece.rstrip(_EDGE + marks))
    return Piece(begin, stop) if begin < stop else None


def said(text: str, cell: Sequence[Piece]) -> str:
    """What a cell says, folded and without line breaks."""
    return fold("".join(text[a:b] for a, b, _ in cell))


def heading(text: str, rows: Sequence[Row], lasts: Sequence[int]) -> Heading | None:
    """The heading that the first of ``rows`` begins, if it is a register's; ``lasts`` are the last lines of the rows."""
    width = len(rows[0])
    heads = [said(text, cell) for cell in rows[0]]
    if width < 2 or any(len(head) > _LONGEST_HEAD or _SAYS.search(head) for head in heads):
        return None

    def say(row: int, col: int) -> str:
        return said(text, rows[row][col]) if row < len(rows) and col < len(rows[row]) else ""

    found = base.heading(say, 0, width)
    if not found or (found[1] == 2 and (len(rows) < 2 or len(rows[1]) != width)):
        return None
    columns, height = found
    return Heading(list(rows[:height]), columns, lasts[height - 1])


_LONGEST_HEAD = 40
_SAYS = regex(r"[:。;]")  # of a sentence or a label with its value


def width_of(text: str) -> int:
    """How wide ``text`` is printed, in half-width characters."""
    return len(text) + sum(char > "\u2e7f" or char in "“”‘’…—·×①②③④⑤⑥⑦⑧⑨⑩△▲★☆" for char in text)


_RAGGED = 3  # half-width characters by which a line that is full may be shorter than its column is wide


def wrapped(text: str, rows: Sequence[Row | Slots]) -> list[Slots]:
    """``rows`` with those pieces marked that go on with a line that fills its column."""
    widths: dict[int, int] = {}
    for row in rows:
        for c, cell in enumerate(row):
            widths[c] = max([widths.get(c, 0), *(width_of(text[p.start : p.end]) for p in cell or ())])
    out: list[Slots] = []
    for row in rows:
        slots: Slots = []
        for c, cell in enumerate(row):
            full = [width_of(text[p.start : p.end]) >= widths[c] - _RAGGED for p in cell or ()]
            pieces = [p._replace(wraps=i > 0 and full[i - 1]) for i, p in enumerate(cell or ())]
            slots.append(None if cell is None else pieces)
        out.append(slots)
    return out


def same_row(text: str, row: Row, other: Row) -> bool:
    """Whether two rows say the same, as a heading does that is printed again on the next page."""
    return [said(text, c).replace(" ", "") for c in row] == [said(text, c).replace(" ", "") for c in other]


PAGE_NUMBER = regex(r"[-—－–―─ ]*\d{1,4}[-—－–―─ ]*|第\s*\d+\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}")
RULE = regex(r"[-—:=+|｜ \t]*(?:-{2,}|—{2,}|={2,}|:-)[-—:=+|｜ \t]*")
