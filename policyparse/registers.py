"""Tables as responsibility registers: columns recognised by their headings, each row an item.

Three forms come in: real tables with cells (web pages, Word, PDF), tables that were flattened to one cell
a line, and tables whose rows were glued together.  All end as rows of ``{column: spans}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from policyparse import lexicon
from policyparse.items import Item, Seat
from policyparse.rules import parties
from policyparse.rules.units import is_unit, names, split
from policyparse.structure.outline import Node
from policyparse.text import Flow, Line

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register: ``kind`` is no, task, role, time or other; ``role`` is set for role columns."""

    kind: str
    role: str = ""
    comma_leads: bool = False  # (逗号前为牵头单位)


@dataclass(slots=True)
class Row:
    """One row: the spans of each column's cell, in the flow."""

    cells: dict[int, Spans] = field(default_factory=dict)
    section: str = ""
    carried: dict[int, Spans] = field(default_factory=dict)  # cells merged from rows above


_TIME_HEAD = re.compile(r"时限|时间|期限|时间节点|进度|完成日期|节点")
_TEXT_HEAD = re.compile(
    r"任务|事项|项目|内容|措施|举措|要求|目标|指标|职责|工作|成果|名称|领域|类别|重点|问题|要点|计划|方向|政策|环节|做法|行动|工程|安排|标准"
)
_NO_HEAD = re.compile(r"(?:序|编)号?|号|NO\.?|No\.?")
_SCORE_HEAD = re.compile(r"分值|评分|得分|扣分|计量单位|数值|权重")
_UNIT_HEAD = re.compile(r"(?:部门|处室|科室|责任|牵头|配合|主体|职能部门|有关部门|成员单位|单位名称)")


def column(head: str) -> Column | None:
    """What a column is by its heading; None where the heading says nothing known."""
    head = head.replace(" ", "").replace("\n", "")
    if not head or len(head) > 24:
        return None
    if _NO_HEAD.fullmatch(head):
        return Column("no")
    if _TIME_HEAD.search(head) and not head.endswith(("目标", "任务")):
        return Column("time")
    bare = re.sub(r"\([^()]*\)", "", head)
    noun = next((w for w in lexicon.words("role_nouns") if bare.endswith(w)), None)
    if noun and (role := parties.role_of(head)):
        if lexicon.table("role_nouns")[noun] == "person":
            return Column("role", "official")
        if role == "lead" and re.search(r"责任|负责", head) and not re.search(r"第一责任|主要责任|牵头责任", head):
            role = "responsible"  # 牵头（责任）单位: one or the other, so the weaker
        return Column("role", role, "逗号前" in head)
    if _UNIT_HEAD.fullmatch(head):
        return Column("role", parties.role_of(head) or "responsible")
    if _TEXT_HEAD.search(head):
        return Column("task")
    return Column("other") if re.search(r"备注|说明|依据|来源|类型|级别", head) else None


def is_register(columns: Sequence[Column | None], heads: Sequence[str]) -> bool:
    """Whether these columns make a responsibility register: somebody, and something to do."""
    kinds = [c.kind for c in columns if c]
    return "role" in kinds and "task" in kinds and not any(_SCORE_HEAD.search(h) for h in heads)


def find(flow: Flow, start: int, end: int) -> tuple[list[Item], list[tuple[int, int]]]:
    """The items of all registers in flow[start:end], and the stretches of the flow that these tables take up."""
    lines = [x for x in flow.lines if x.start >= start and x.end <= end]
    out: list[Item] = []
    taken: list[tuple[int, int]] = []
    celled = [x for x in lines if x.cell]
    if celled:
        tables: dict[int, list[Line]] = {}
        for line in celled:
            tables.setdefault(line.cell.table, []).append(line)  # type: ignore[union-attr]
        for table in tables.values():
            found = _grid(flow, table)
            if found is not None:
                taken.append((table[0].start, table[-1].end))
                out += found
    loose = [x for x in lines if not x.cell]
    if _hint(flow.text, start, end):
        for first, last, found in (*_flattened(flow, loose), *_glued(flow, loose)):
            taken.append((first, last))
            out += found
    return out, taken


_HINT = re.compile(r"\n[ ]?(?:序号|(?:[^\n,。;:]{0,3})(?:牵头|责任|配合|主办)[^\n,。:;]{0,6}(?:单位|部门|处室|领导)[^\n,。:;]{0,12})(?=\n|[\u4e00-\u9fa5]{2,12}(?:单位|部门|处室))")


def _hint(text: str, start: int, end: int) -> bool:
    return _HINT.search(text, start, end) is not None


# ---------------------------------------------------------------- real tables


def _grid(flow: Flow, lines: Sequence[Line]) -> list[Item] | None:
    """Items of a table with cells; None where it is no register."""
    cells: dict[tuple[int, int], Spans] = {}
    size: dict[tuple[int, int], tuple[int, int]] = {}
    for line in lines:
        cell = line.cell
        assert cell is not None
        cells.setdefault((cell.row, cell.column), []).append((line.start, line.end))
        size[cell.row, cell.column] = (cell.row_span, cell.column_span)
    width = max(c + size[r, c][1] for r, c in cells)
    covers = {(r + i, c + j): (r, c) for (r, c), (h, w) in size.items() for i in range(h) for j in range(w)}
    last = max(r for r, _ in cells)

    def say(row: int, col: int) -> str:
        at = covers.get((row, col))
        return "".join(flow.text[a:b] for a, b in cells[at]) if at else ""

    for top in range(min(4, last + 1)):
        for height in (1, 2):
            heads = [_head(say, range(top, top + height), c) for c in range(width)]
            columns = [column(h) for h in heads]
            if not is_register(columns, heads) or (height == 1 and _heading_row(say, top + 1, width)):
                continue
            return list(_grid_items(flow, cells, covers, columns, range(top + height, last + 1), width))
    return None


def _head(say, rows: range, col: int) -> str:  # type: ignore[no-untyped-def]
    parts: list[str] = []
    for row in rows:
        part = say(row, col).replace(" ", "")
        if part and part not in parts:
            parts.append(part)
    return parts[-1] if len(parts) > 1 and column(parts[-1]) else "".join(parts)


def _heading_row(say, row: int, width: int) -> bool:  # type: ignore[no-untyped-def]
    texts = [say(row, c) for c in range(width)]
    known = [t for t in texts if t and len(t) <= 12 and column(t) is not None]
    return len(known) >= 2 and len(known) == len([t for t in texts if t])


def _grid_items(flow: Flow, cells, covers, columns: list[Column | None], rows: range, width: int) -> Iterator[Item]:  # type: ignore[no-untyped-def]
    section = ""
    for r in rows:
        own = {c for c in range(width) if covers.get((r, c), (None, None))[0] == r}
        starts = {covers[r, c] for c in own}
        if not starts:
            continue
        if len(starts) == 1:
            text = "".join(flow.text[a:b] for a, b in cells[next(iter(starts))])
            found = re.match(r"[一二三四五六七八九十]+(?=[、.])|\([一二三四五六七八九十]+\)", text)
            section = found[0] if found else ""
            if len(own) > 1 or found:
                continue
        row = Row(section=section)
        for c in range(width):
            at = covers.get((r, c))
            if at is None or any(columns[k] == columns[c] and covers.get((r, k)) == at for k in range(c)):
                continue
            (row.cells if at[0] == r else row.carried)[c] = cells[at]
        item = _item(flow, row, columns)
        if item:
            yield item


# ---------------------------------------------------------------- one cell a line

_TIMELY = re.compile(r"\d+月|\d{4}年|年底|年内|季度|持续|长期|全年|常态|上半年|下半年|立即|随时|即日|\d{4}\.\d|每[年月周季]")
_NUMBER = re.compile(r"\d{1,3}[.、]?")
_SECTION = re.compile(r"(?P<label>[一二三四五六七八九十]{1,3})、(?P<title>[^。;:]{0,40})|\((?P<sub>[一二三四五六七八九十]{1,3})\)[^。;:]{0,40}")
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


_STATE = re.compile(r".{0,2}[新续在改扩拟已未待][建设]?[建设成]?|.{0,2}项目|是|否|有|无")
_TEXTUAL = re.compile(r"建设|完成.{2}|实现|开展|制定|推广|平台|系统")


def _unit_cell(text: str) -> bool:
    bare = text.lstrip(_MARK)
    if len(bare) > 260 or "。" in bare[:-1]:
        return False
    listed = [n for n in names(bare, 0, len(bare)) if not parties.CONVENTION.search(n.text)]
    return bool(listed) and all(is_unit(n.text.lstrip(_MARK)) or len(n.full) > len(n.text) for n in listed)


def _flattened(flow: Flow, lines: Sequence[Line]) -> list[tuple[int, int, list[Item]]]:
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
            found = [x for x in (_item(flow, row, columns) for row in rows) if x]
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
        if re.search(r"[。;:、]", text) or column(text) is None:
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
    row, texts, section, last, since = Row(), [], "", first, 0
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


# ---------------------------------------------------------------- rows to items


def _item(flow: Flow, row: Row, columns: Sequence[Column | None]) -> Item | None:
    """The item of one row; None where it names nobody or asks nothing."""
    text = flow.text
    own = [s for spans in row.cells.values() for s in spans]
    if not own:
        return None
    seats: list[Seat] = []
    also: list[tuple[int, int]] = []
    for i, col in enumerate(columns):
        spans = row.cells.get(i) or row.carried.get(i)
        if not spans or not col:
            continue
        if col.kind == "role":
            for span in spans:
                seats += _seats(text, span, col)
        elif i not in row.cells and col.kind == "time":
            also += spans
    tasks = [s for i, c in enumerate(columns) if c and c.kind == "task" for s in (row.cells.get(i) or row.carried.get(i) or [])]
    if not seats or not tasks:
        return None
    labels = [row.section] if row.section else []
    for i, col in enumerate(columns):
        if col and col.kind == "no" and (spans := row.cells.get(i) or row.carried.get(i)):
            labels.append(text[spans[0][0] : spans[0][1]].strip(" .、"))
    head = tasks[0]
    stop = re.compile(r"[。;]").search(text, *head)
    own_task = next((s for i, c in enumerate(columns) if c and c.kind == "task" for s in row.cells.get(i, [])), None)
    if own_task and own_task != tasks[0] and (number := re.match(r"(\d{1,2})[.、]|\((\d{1,2})\)", text[own_task[0] : own_task[1]])):
        labels.append(number[1] or number[2])
    heading = (head[0], stop.start() if stop and stop.start() > head[0] else head[1])
    start, end = min(a for a, _ in own), max(b for _, b in own)
    node = Node("", "row", 0, start, start, end)
    return Item(node, start, end, heading, seats, None, also, tuple(labels), True)


def _seats(text: str, span: tuple[int, int], col: Column) -> list[Seat]:
    listed = parties.cell(text, *span, col.role)
    out = [Seat(p.name, p.role, "table") for p in listed]
    marked = [i for i, s in enumerate(out) if text[s.name.start - 1 : s.name.start] in tuple("△▲")]
    if marked and col.role == "responsible":
        out = [Seat(s.name, "lead", "convention") if i in marked else s for i, s in enumerate(out)]
    if col.comma_leads and out:
        comma = next((a for a, _, sep in split(text, *span) if sep == ","), span[1] + 1)
        out = [Seat(s.name, "lead", "convention") if s.name.start < comma else s for s in out]
    return out


# ---------------------------------------------------------------- glued rows


def _glued(flow: Flow, lines: Sequence[Line]) -> list[tuple[int, int, list[Item]]]:
    """Registers whose rows stand in one line each, cells glued together."""
    return []
