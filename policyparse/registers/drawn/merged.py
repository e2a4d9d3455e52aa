"""Rows of a drawn table -> cells with their places: which columns a short row leaves out, which cells reach down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from policyparse.patterns import regex
from policyparse.records import Cell
from policyparse.registers.base import Column
from policyparse.registers.cells import NOTHING, NUMBER, SECTION, is_units, kind_of
from policyparse.registers.drawn.base import Piece, Row, Slots, Table, said
from policyparse.text import Fragment, fold

_SHARED = regex(
    r"[^。;]{2,40}(?:牵头|主办|负责|落实)(?:[,、;]?[^。;]{2,60}(?:配合|参与|协办|协助))?"
)  # 办公室牵头,各科室配合
_DITTO = regex(r"同上|〃|\"")


class _Placed(NamedTuple):
    """A row: the cell in each column; with ``across`` all of it is one cell that runs across the table."""

    slots: Slots
    across: bool = False


def fragments(text: str, table: Table, number: int, unread: list[str]) -> list[Fragment]:
    """The cells of ``table``, the document's ``number``-th one; the first words of rows that stay unread go to ``unread``."""
    out: list[Fragment] = []
    rows = _rows(text, table, unread)
    for r, (slots, across) in enumerate(rows):
        for c, pieces in enumerate(slots):
            if across:
                cell = Cell(table=number, row=r, column=0, column_span=len(table.heading.columns))
            else:
                cell = Cell(table=number, row=r, column=c, row_span=_reach(rows, r, c))
            out += [Fragment(a, b, cell, wraps) for a, b, wraps in pieces or ()]
    return out


def _rows(text: str, table: Table, unread: list[str]) -> list[_Placed]:
    """The rows of ``table``, those of its heading first."""
    columns = table.heading.columns
    out = [_Placed(list(row)) for row in table.heading.rows]
    above: Slots | None = None
    for row in table.rows:
        if not any(row):
            continue
        slots = list(row) if table.placed else _placed(text, [c or [] for c in row], columns, table.whole)
        if _parts(text, row, table.whole) or slots is None:
            if slots is None:
                unread.append(_opening(text, row))
            out.append(_Placed(list(row), across=True))
            above = None
            continue
        if _is_numeral(text, slots, columns):
            above = None
        else:
            _merge(text, slots, above, columns, table.whole or table.placed, unread)
            above = slots
        out.append(_Placed(slots))
    return out


def _reach(rows: Sequence[_Placed], r: int, c: int) -> int:
    """How many rows the cell in row ``r`` and column ``c`` takes up."""
    k = r + 1
    while k < len(rows) and not rows[k].across and c < len(rows[k].slots) and rows[k].slots[c] is None:
        k += 1
    return k - r


def _opening(text: str, row: Sequence[list[Piece] | None]) -> str:
    return " ".join(said(text, cell) for cell in row if cell)[:24]


def _parts(text: str, row: Sequence[list[Piece] | None], whole: bool) -> bool:
    """Whether a row parts the table with its only cell (三、改善民生)."""
    filled = [(i, cell) for i, cell in enumerate(row) if cell]
    if len(filled) != 1 or len(filled[0][1]) != 1 or None in row:
        return False
    at, cell = filled[0]
    sure = at == 0 or SECTION.fullmatch(said(text, cell).replace(" ", "")) is not None
    return sure or (whole and len(row) == 1)


_NUMERAL = regex(r"[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.]?")


def _is_numeral(text: str, slots: Slots, columns: Sequence[Column | None]) -> bool:
    """Whether a row parts the table with a number and a title in cells of their own (二 | 改善民生)."""
    roles = [cell for cell, col in zip(slots, columns, strict=True) if col and col.kind == "role"]
    return not any(roles) and bool(slots[0]) and _NUMERAL.fullmatch(said(text, slots[0] or ())) is not None


def _placed(text: str, row: Row, columns: Sequence[Column | None], whole: bool) -> Slots | None:
    """The cells of ``row`` in their columns; None where a short row fits in more than one way."""
    width = len(columns)
    filled = list(row)
    while filled and not filled[-1]:
        filled.pop()
    if not filled or len(filled) > width:
        return None
    short = width - len(filled)
    drawn: Slots = [*row[:width], *([] for _ in range(width - len(row)))]
    if not short or (len(row) >= width and not _misfits(text, drawn, columns)):
        return drawn
    fits: dict[int, int] = {}
    for at in range(len(filled) + 1):
        fits[at] = _misfits(text, [*filled[:at], *[None] * short, *filled[at:]], columns)
    best = min(fits.values())
    last = len(filled)
    if len(row) >= width and fits[last] == best:
        return drawn
    likely = 0 if whole else last
    ways = [at for at, misfits in fits.items() if misfits == best]
    if likely not in ways and len(ways) > 1:
        return None
    at = likely if likely in ways else ways[0]
    gap: Slots = [[] if at == last and not whole else None for _ in range(short)]
    return [*filled[:at], *gap, *filled[at:]]


def _misfits(text: str, slots: Slots, columns: Sequence[Column | None]) -> int:
    """How many cells say what does not belong into their columns; that nobody is named counts as well."""
    roles = [cell for cell, col in zip(slots, columns, strict=True) if col and col.kind == "role"]
    return all(cell == [] for cell in roles) + sum(
        _misfit([fold(text[a:b]) for a, b, _ in cell], col)
        for cell, col in zip(slots, columns, strict=True)
        if cell and col
    )


def _misfit(lines: Sequence[str], col: Column) -> bool:
    whole = "".join(lines)
    if NOTHING.fullmatch(whole):
        return False
    units = all(is_units(line.rstrip("。、,;")) or _SHARED.fullmatch(line) for line in lines)
    if col.kind == "role":
        return not (kind_of(whole, True) in ("person", "role") if col.role == "official" else units)
    if col.kind == "no":
        return len(whole) > 6
    if col.kind == "time":
        return units or NUMBER.fullmatch(whole) is not None
    return col.kind == "task" and ((units and "、" in whole) or NUMBER.fullmatch(whole) is not None)


def _merge(
    text: str,
    slots: Slots,
    above: Slots | None,
    columns: Sequence[Column | None],
    whole: bool,
    unread: list[str],
) -> None:
    """Set those of ``slots`` to None into which a cell from above reaches down."""
    if above is None:
        slots[:] = [cell or [] for cell in slots]
        return
    for c, cell in enumerate(slots):
        if cell and _DITTO.fullmatch(said(text, cell).strip()):
            slots[c] = None
    if whole:
        return  # a blank cell is blank: one that is merged is not printed at all
    roles = [c for c, col in enumerate(columns) if col and col.kind == "role"]
    tasks = [c for c in range(roles[0]) if slots[c] and (columns[c] is None or columns[c].kind == "task")]  # type: ignore[union-attr]
    headless = not slots[0]
    for c in range(roles[0]):
        if slots[c] == [] and tasks and (headless or c < tasks[-1]):
            slots[c] = None
    if all(slots[c] == [] for c in roles):
        if headless and tasks:
            for c, col in enumerate(columns):
                if slots[c] == [] and col and col.kind in ("role", "time"):
                    slots[c] = None
        elif tasks and any(above[c] is None or above[c] for c in roles):
            unread.append(_opening(text, slots))
