"""Tables that were turned on their side: a label alone on its line, its value on the lines below, once for each task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from policyparse.items import Item
from policyparse.patterns import regex
from policyparse.registers.base import Column, Row, Spans, column, item, layout, section_of
from policyparse.registers.cells import NOTHING, NUMBER, is_units, kind_of
from policyparse.text import Flow, Line

_LONGEST = 10  # characters of a label
_MOST = 30  # lines of a value
_COUNTED = regex(
    r"[\d一二三四五六七八九十](?:\)|[、.].*)?$|^(?:\(?[\d一二三四五六七八九十]{1,3}[)、.])"
)  # 任务一, 一、目标


class _Field(NamedTuple):
    """A label and the lines of its value: lines[first:last], the label on the line before ``first``."""

    column: Column
    label: str
    first: int
    last: int


def read(flow: Flow, lines: Sequence[Line]) -> list[tuple[int, int, list[Item]]]:
    """Registers whose tasks stand below each other with a label before each value: the stretch of each, and its items."""
    out: list[tuple[int, int, list[Item]]] = []
    labels = {
        i: found
        for i, line in enumerate(lines)
        if line.end - line.start <= _LONGEST and (found := _label(flow.text[line.start : line.end]))
    }
    begun = 0
    for i in sorted(labels):
        if i < begun or labels[i].kind != "task":
            continue
        fields = _record(flow, lines, labels, i)
        row = _row(flow, lines, fields, i)
        if row and (made := item(flow, row, layout([f.column for f in fields]))):
            start, end = row.cells[0][0]
            stop = flow.text.find("。", start, end)
            made.heading, made.labels = (start, stop if stop > start else end), row.section
            begun = fields[-1].last
            out.append((lines[i].start, lines[begun - 1].end, [made]))
    return out


def _label(text: str) -> Column | None:
    """What a line labels that holds nothing but a label: a task, units, a time limit; None where it is none."""
    found = column(text)
    return found if found and found.kind in ("task", "role", "time") and not _COUNTED.search(text) else None


def _record(flow: Flow, lines: Sequence[Line], labels: dict[int, Column], i: int) -> list[_Field]:
    """The fields of the record whose first label stands on line ``i``; each label comes but once in it."""
    out: list[_Field] = []
    while i in labels:
        label = flow.text[lines[i].start : lines[i].end]
        if label in [f.label for f in out]:
            break  # the next record
        last = i + 1
        while last < len(lines) and last not in labels and last - i <= _MOST:
            if not _belongs(flow, lines[last], labels[i], last - i):
                break
            last += 1
        out.append(_Field(labels[i], label, i + 1, last))
        i = last
    return out


def _belongs(flow: Flow, line: Line, col: Column, nth: int) -> bool:
    """Whether a line is the ``nth`` of the value of a label."""
    text = flow.text[line.start : line.end]
    if col.kind == "role":
        kind = kind_of(text, col.role == "official")
        return kind == "none" or (kind == "person" if col.role == "official" else is_units(text))
    if col.kind == "time":
        return nth == 1 and not NUMBER.fullmatch(text)
    return not NUMBER.fullmatch(text)


def _row(flow: Flow, lines: Sequence[Line], fields: Sequence[_Field], first: int) -> Row | None:
    """The row of a register that a record makes; None unless it says what and who (a value or two may be left out)."""
    filled = {f.column.kind for f in fields if f.first < f.last}
    empty = [f for f in fields if f.first == f.last]
    if len(fields) < 3 or not {"task", "role"} <= filled or len(empty) * 3 > len(fields) + 2:
        return None
    if any(f.column.kind == "task" for f in empty):
        return None
    row = Row()
    for i, one in enumerate(fields):
        spans: Spans = [(x.start, x.end) for x in lines[one.first : one.last]]
        row.cells[i] = [s for s in spans if not NOTHING.fullmatch(flow.text, *s)]
    if first:
        above = flow.text[lines[first - 1].start : lines[first - 1].end]
        row.section = (above.strip(".、"),) if NUMBER.fullmatch(above) else section_of(above, ())
    return row
