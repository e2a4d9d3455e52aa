"""Tables as responsibility registers: columns recognised by their headings, each row an item.

The forms that come in: tables with cells (of web pages, Word, PDF, or drawn with characters), tables that were
flattened to one cell a line, tables whose rows were glued together, and records with a label above each value.
"""

from __future__ import annotations

from policyparse.items import Item
from policyparse.patterns import regex
from policyparse.registers.repeats import repeated
from policyparse.text import Flow, Line

__all__ = ["find", "repeated"]


def find(flow: Flow, start: int, end: int, warnings: list[str]) -> tuple[list[Item], list[tuple[int, int]]]:
    """The items of all registers in flow[start:end], and the stretches of the flow that these tables take up.

    Rows that could not be read with certainty are told in ``warnings``.
    """
    hinted = _hint(flow.text, start, end)
    within = flow.within(start, end)
    lines = flow.lines[within.start : within.stop]
    if lines and lines[0].start < start:
        del lines[0]  # the first and the last may be shared with the parts beside
    if lines and lines[-1].end > end:
        del lines[-1]
    out: list[Item] = []
    taken: list[tuple[int, int]] = []
    celled = [x for x in lines if x.cell]
    if celled:
        from policyparse.registers import grid  # the readers are many modules, which most notices need none of

        tables: dict[int, list[Line]] = {}
        for line in celled:
            tables.setdefault(line.cell.table, []).append(line)  # type: ignore[union-attr]
        for table in tables.values():
            found = grid.read(flow, table)
            if found is not None:
                taken.append((table[0].start, table[-1].end))
                out += found
    if hinted:
        from policyparse.registers import flat, glued, records

        loose = [x for x in lines if not x.cell] if celled else lines
        for first, last, found in (*flat.read(flow, loose, warnings), *glued.read(flow, loose, warnings)):
            taken.append((first, last))
            out += found
        for a, b in taken:
            loose = [x for x in loose if not a <= x.start < b]
        for first, last, found in records.read(flow, loose):
            taken.append((first, last))
            out += found
    return out, taken


# A line that may be a heading: a role's column (责任单位（排名第一位的为牵头单位）), alone or glued to others.
_HINT = regex(
    r"(?:牵头|责任|配合|主办|协办|承办|实施|落实|负责)[^\n,。:;]{0,6}(?:单位|部门|处室|科室|领导|主体)(?:\([^()\n]{0,30}\))?[^\n,。:;()]{0,16}(?:\n|$)"
    r"|(?<=\n)(?:成员单位|单位名称|部门)(?=\n)"
)


_NUMBERED = regex(r"序号(?:(?<=\n序号)|(?<=\n 序号))")
# The nouns of ``_HINT`` near the end of a line, each by its rarer character: for a single one a text is searched fastest.
_NOUNS = [
    regex(rf"{noun}(?:\([^()\n]{{0,30}}\))?[^\n,。:;()]{{0,16}}(?:\n|$)")
    for noun in (
        "位(?<=单位)",
        "门(?<=部门)",
        "室(?:(?<=处室)|(?<=科室))",
        "导(?<=领导)",
        "体(?<=主体)",
        "称(?<=\n单位名称)",
    )
]


def _hint(text: str, start: int, end: int) -> bool:
    first = max(0, start - 1)
    if _NUMBERED.search(text, first, end):
        return True
    near = (found for noun in _NOUNS for found in noun.finditer(text, first, end))
    return any(_HINT.search(text, max(first, x.start() - _BEFORE), min(end, x.end() + 1)) for x in near)


_BEFORE = 12  # characters of a heading before the end of its noun
