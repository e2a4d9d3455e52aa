"""Tables that were flattened to one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from policyparse.items import Item
from policyparse.patterns import regex
from policyparse.registers.base import Column, Row, Spans, column, is_register, item
from policyparse.rules import parties
from policyparse.rules.units import is_unit, names
from policyparse.text import Flow, Line

_TIMELY = regex(r"\d+月|\d{4}年|年底|年内|季度|持续|长期|全年|常态|上半年|下半年|立即|随时|即日|\d{4}\.\d|每[年月周季]")
_STOP = regex(r"[。;:、]")
_NUMBER = regex(r"\d{1,3}[.、]?")
_SECTION = regex(r"(?P<label>[一二三四五六七八九十]{1,3})、(?P<title>[^。;:]{0,40})|\((?P<sub>[一二三四五六七八九十]{1,3})\)[^。;:]{0,40}")
_MARK = "△▲★☆*"


def _type(text: str, columns: Sequence[Column | None]) -> str:
    """What a flattened cell holds: no, section, time, role, person or text."""
    if _NUMBER.fullmatch(text):
        return "no"
    if _SECTION.fullmatch(text):
        return "section"
    if len(text) <= 30 and "。" not in text and _TIMELY.search(text) and not _TEXTUAL.search(text):
        return "time"
    if _unit_cell(text):
        return "role"
    if any(c and c.role == "official" for c in columns) and re.fullmatch(r"[\u4e00-\u9fa5]{2,4}(?:[、,\s][\u4e00-\u9fa5]{2,4}){0,6}", text) and not _STATE.fullmatch(text):
        return "person"
    return "text"


_STATE = regex(r".{0,2}[新续在改扩拟已未待][建设]?[建设成]?|.{0,2}项目|是|否|有|无")
_TEXTUAL = regex(r"建设|完成.{2}|实现|开展|制定|推广|平台|系统")


@lru_cache(maxsize=4096)
def _unit_cell(text: str) -> bool:
    bare = text.lstrip(_MARK)
    if len(bare) > 260 or "。" in bare[:-1]:
        return False
    listed = [n for n in names(bare, 0, len(bare)) if not parties.CONVENTION.search(n.text)]
    return bool(listed) and all(is_unit(n.text.lstrip(_MARK)) or len(n.full) > len(n.text) for n in listed)


def read(flow: Flow, lines: Sequence[Line]) -> list[tuple[int, int, list[Item]]]:
    """Registers that stand with one cell a line."""
    out: list[tuple[int, int, list[Item]]] = []
    i = 0
    while i < len(lines):
        heads = _head_run(flow, lines, i)
        if heads is None:
            i += 1
            continue
        columns, first = heads
        rows, last = _flat_rows(flow, lines, first, columns)
        if rows:
            found = [x for x in (item(flow, row, columns) for row in rows) if x]
            out.append((lines[i].start, lines[last].end, found))
            i = last + 1
        else:
            i = first
    return out


def _head_run(flow: Flow, lines: Sequence[Line], i: int) -> tuple[list[Column | None], int] | None:
    """Columns of a heading that begins at line ``i`` with one heading a line, and the first line behind it."""
    heads: list[str] = []
    j = i
    while j < len(lines) and lines[j].end - lines[j].start <= 16:
        text = flow.text[lines[j].start : lines[j].end]
        if column(text) is None or _STOP.search(text):
            break
        heads.append(text)
        j += 1
    columns = [column(h) for h in heads]
    return (columns, j) if len(heads) >= 3 and is_register(columns, heads) else None


def _flat_rows(flow: Flow, lines: Sequence[Line], first: int, columns: list[Column | None]) -> tuple[list[Row], int]:
    tasks = [i for i, c in enumerate(columns) if c and c.kind in ("task", "other")]
    roles = [i for i, c in enumerate(columns) if c and c.kind == "role" and c.role != "official"]
    persons = [i for i, c in enumerate(columns) if c and c.role == "official"]
    times = [i for i, c in enumerate(columns) if c and c.kind == "time"]
    before = [i for i in tasks if i < min(roles)] or tasks[:1]
    numbered = any(c and c.kind == "no" for c in columns)
    rows: list[Row] = []
    row, section, last, since = Row(), "", first, 0
    texts: Spans = []
    fresh = True
    carried: Spans = []

    def close() -> None:
        nonlocal row, texts, carried, fresh
        if texts:
            _place(row, texts, before, fresh or not carried)
            if row.cells.get(before[0]):
                carried = row.cells[before[0]]
        if any(row.cells.get(i) for i in roles) and (texts or carried):
            if carried and before[0] not in row.cells:
                row.carried[before[0]] = carried
            rows.append(row)
        row, texts, fresh = Row(section=section), [], False

    for k in range(first, len(lines)):
        span = (lines[k].start, lines[k].end)
        text = flow.text[span[0] : span[1]]
        kind = _type(text, columns)
        filled = [i for i in row.cells if i in roles or i in times or i in persons]
        if kind == "no" and numbered:
            close()
            row.cells[0], fresh, carried = [span], True, []
        elif kind == "section" and (filled or (not texts and not row.cells)):
            close()
            found = _SECTION.fullmatch(text)
            section = (found["label"] or found["sub"] or "") if found else ""
            row.section, fresh = section, True
        elif kind == "role":
            free = [i for i in roles if i not in row.cells and i > max(filled, default=-1)] or [
                i for i in roles if i not in row.cells and not filled
            ]
            row.cells.setdefault(free[0] if free else max((i for i in roles if i in row.cells), default=roles[0]), []).append(span)
            last, since = k, 0
        elif kind == "time" and times:
            if any(i in row.cells for i in times) or (filled and max(filled) > times[-1]):
                close()
            row.cells.setdefault(times[0], []).append(span)
        elif kind == "person" and persons:
            row.cells.setdefault(persons[0], []).append(span)
        elif re.match(r"附件|注:|附:", text):
            break
        else:
            after = [i for i in tasks if filled and i > max(filled) and i not in row.cells]
            if filled and after and numbered and fresh is not None and k + 1 < len(lines) and not _starts_task(text, lines, k, flow):
                row.cells[after[0]] = [span]
                last = k
            else:
                if filled:
                    close()
                texts.append(span)
            since += 1
            if since > 14:
                break
    close()
    return rows, last


def _starts_task(text: str, lines: Sequence[Line], k: int, flow: Flow) -> bool:
    """Whether a text behind the units begins a row of its own (its units follow before the next number)."""
    for line in lines[k + 1 : k + 4]:
        piece = flow.text[line.start : line.end]
        if _NUMBER.fullmatch(piece):
            return False
        if _unit_cell(piece):
            return True
    return False


def _place(row: Row, texts: Spans, columns: Sequence[int], whole: bool) -> None:
    """Put a row's texts into its task columns; a row whose task is merged from above has only the last ones."""
    if not whole and len(texts) < len(columns):
        columns = columns[len(columns) - len(texts) :]
    spare = len(texts) - len(columns)
    for i, col in enumerate(columns):
        if spare > 0:
            row.cells[col] = texts[: spare + 1] if i == 0 else [texts[spare + i]]
        elif i < len(texts):
            row.cells[col] = [texts[i]]


