"""Tables in a frame of box characters (┌─┬┐ │ ├─┼┤) or of + - |."""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.patterns import regex
from policyparse.registers.cells import NUMBER
from policyparse.registers.drawn.base import (
    PAGE_NUMBER,
    Line,
    Piece,
    Slots,
    Table,
    heading,
    said,
    trimmed,
    wrapped,
)

_BORDER = regex(r"[─━═┄┈┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╭╮╯╰+=-]+")
_ACROSS = regex(r"[─━═┄┈]{2,}|[=-]{3,}")
_UPRIGHT = regex(r"[│┃║┆├┤┼┣┫╋╠╣╬|]")
_CROSSED = regex(r"[|+]")
_BLANK = 1


def read(text: str, lines: Sequence[Line], first: int, warnings: list[str]) -> Table | None:
    """The register whose heading begins in line ``first``, below the upper edge of its frame, or None.

    None as well, with a word in ``warnings``, where the borders of units and tasks do not agree.
    """
    if not first or not is_border(text, lines[first - 1]):
        return None
    bands, last = _bands(text, lines, first)
    if len(bands) < 2:
        return None
    head = heading(text, [[cell or [] for cell in bands[0]]], [first])
    if head is None:
        return None
    rows = bands[1:]
    if len(rows) == 1 and (split := _split(text, rows[0])):
        rows = split
    tasks = [c for c, col in enumerate(head.columns) if col and col.kind == "task"]
    roles = [c for c, col in enumerate(head.columns) if col and col.kind == "role"]
    if any(all(row[c] is None for c in tasks) and any(row[c] for c in roles) for row in rows if len(row) > 1):
        said_first = said(text, rows[0][tasks[0]] or ())[:16]
        warnings.append(f"以“{said_first}”开头的框线表格中，责任单位与任务的框线不齐，未读出其中的任务。")
        return None
    return Table(head, wrapped(text, rows), last, placed=True)


def is_border(text: str, line: Line) -> bool:
    """Whether a line is nothing but a border across the table."""
    return _ACROSS.search(text, *line) is not None and _BORDER.fullmatch(text[slice(*line)].strip()) is not None


def _bands(text: str, lines: Sequence[Line], first: int) -> tuple[list[Slots], int]:
    """What stands between the lines across, column by column, and the last line of the table; nothing if it is uneven.

    A cell that no line ends goes on in the next band; it holds all its pieces in the first.
    """
    bands: list[Slots] = []
    reach: dict[int, list[Piece]] = {}  # the cell that each column is in
    width = len(_columns(text, lines[first]))
    open_band, blank, last, k = False, 0, first, first
    while k < len(lines) and blank <= _BLANK:
        line = text[slice(*lines[k])].strip()
        if not line or PAGE_NUMBER.fullmatch(line):
            blank, k = blank + (not line), k + 1
            continue
        if is_border(text, lines[k]):
            reach, open_band, last, blank, k = {}, False, k, 0, k + 1
            continue
        if not _CROSSED.match(line) and not (_UPRIGHT.match(line) and _UPRIGHT.match(line[-1])):
            break
        cells = _columns(text, lines[k])
        if len(cells) == 1 and not open_band and (piece := trimmed(text, *cells[0])):
            bands.append([[piece], *([] for _ in range(width - 1))])
        elif len(cells) != width:
            return [], first
        else:
            ended = [c for c, cell in enumerate(cells) if _ACROSS.fullmatch(text[slice(*cell)].strip())]
            if ended or not open_band:
                band: Slots = [[] if c in ended or c not in reach else None for c in range(width)]
                reach = {c: reach[c] if own is None else own for c, own in enumerate(band)}
                bands.append(band)
                open_band = True
            for c, cell in enumerate(cells):
                if c not in ended and (found := trimmed(text, *cell)):
                    reach[c].append(found)
        last, blank, k = k, 0, k + 1
    return [band for band in bands if any(band)], last


def _columns(text: str, line: Line) -> list[tuple[int, int]]:
    """The stretches between the upright lines."""
    crossed = text[slice(*line)].lstrip().startswith("+")  # a border that some cells interrupt
    cuts = [m.start() for m in (_CROSSED if crossed else _UPRIGHT).finditer(text, *line)]
    return [(a + 1, b) for a, b in zip(cuts, cuts[1:], strict=False)]


def _split(text: str, band: Slots) -> list[Slots]:
    """The rows of a table with lines across below its heading only: each begins with its number; none without them."""
    if not band[0] or not all(NUMBER.fullmatch(said(text, [piece])) for piece in band[0]):
        return []
    begins = [number.start for number in band[0]]
    ends = [*(text.rfind("\n", 0, at) for at in begins[1:]), len(text)]
    starts = [text.rfind("\n", 0, at) for at in begins]
    return [[[p for p in cell or () if a < p.start < b] for cell in band] for a, b in zip(starts, ends, strict=True)]
