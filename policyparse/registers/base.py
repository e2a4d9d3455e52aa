"""What the readers of registers share: columns by their headings, rows, and how a row becomes an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from policyparse import lexicon
from policyparse.items import Item, Seat
from policyparse.patterns import regex
from policyparse.rules import parties
from policyparse.rules.units import is_unit, split
from policyparse.structure.outline import Node
from policyparse.text import Flow

Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register: ``kind`` is no, task, role, time or other; ``role`` is set for role columns."""

    kind: str
    role: str = ""
    comma_leads: bool = False  # (逗号前为牵头单位)
    title: str = field(default="", compare=False)  # of a role column, as printed
    first_leads: bool = False  # (排名第一位的为牵头单位)
    category: bool = False  # a task column that only sorts the tasks (类别)


NO, OTHER = Column("no"), Column("other")


@dataclass(slots=True)
class Row:
    """One row: the spans of each column's cell, in the flow."""

    cells: dict[int, Spans] = field(default_factory=dict)
    section: tuple[str, ...] = ()  # labels of the lines that part the table, from the outside in
    carried: dict[int, Spans] = field(default_factory=dict)  # cells merged from rows above


_TIME_HEAD = regex(r"时限|时间|期限|时间节点|进度|完成日期|节点|周期|年限")
TEXT_HEADS = "任务|事项|实事|项目|内容|措施|举措|要求|目标|指标|职责|工作|成果|名称|领域|类别|重点|问题|要点|计划|方向|政策|环节|做法|行动|工程|安排|标准"
_TEXT_HEAD = regex(TEXT_HEADS)
_NO_HEAD = regex(r"(?:序|编)号?|号|NO\.?|No\.?")
_LEADER = regex(
    r"(?:分管|主管|协管|主抓|联系|包[保抓联]|挂[钩联点包])\w{0,4}领导$|[省市县区州旗盟厅局委院校](?:级|政府|委)?领导$"
)
_TOLD_HEAD = regex(r"(?:完成|进展|落实|推进|办理|执行|整改|开展)(?:情况|成效)$|(?:成效|进展)$")  # what was done so far
_SCORE_HEAD = regex(r"分值|评分|得分|扣分|计量单位|数值|权重")
NOTE = regex(r"\([^()]*\)")
_CATEGORY_HEAD = regex(r"(?:类别|类型|性质|领域|板块|分类|大类)$")
_OTHER_HEAD = regex("备注|说明|依据|来源|类型|级别")
_UNIT_HEAD = regex(r"(?:部门|处室|科室|责任|牵头|配合|主体|职能部门|有关部门|成员单位|单位名称)")


@lru_cache(maxsize=4096)
def column(head: str) -> Column | None:
    """What a column is by its heading; None where the heading says nothing known."""
    head = head.replace(" ", "").replace("\n", "")
    first = ("第一" in head or "首" in head) and parties.CONVENTION.search(head) is not None
    if not first and len(head) > 24:
        return None
    if first:
        head = NOTE.sub("", head)
    if not head or len(head) > 24:
        return None
    if _NO_HEAD.fullmatch(head):
        return NO
    if _TIME_HEAD.search(head) and not head.endswith(("目标", "任务")):
        return Column("time")
    bare = NOTE.sub("", head) if "(" in head else head
    nouns = lexicon.words("role_nouns")
    if "," in bare and not all(part.endswith(nouns) for part in bare.split(",")):
        return None  # a sentence; but 责任单位,配合单位
    noun = next(w for w in nouns if bare.endswith(w)) if bare.endswith(nouns) else None
    if noun and (role := parties.role_of(bare) or (_LEADER.match(bare) and "official")):
        if lexicon.table("role_nouns")[noun] == "person":
            return Column("role", "official", title=head)
        if role == "lead" and re.search(r"责任|负责", bare) and not re.search(r"第一责任|牵头责任", bare):
            role = "responsible"  # 牵头、责任单位: one or the other, so the weaker; 牵头(责任)单位 are leads
        return Column("role", role, "逗号前" in head, head, first)
    if _UNIT_HEAD.fullmatch(head):
        return Column("role", parties.role_of(head) or "responsible", title=head)
    if _TOLD_HEAD.search(bare):
        return OTHER
    if _TEXT_HEAD.search(head):
        return Column("task", category=_CATEGORY_HEAD.search(bare) is not None)
    return OTHER if _OTHER_HEAD.search(head) else None


def columns_of(heads: Sequence[str]) -> list[Column | None]:
    """The columns of a heading; what sorts the tasks (类型, 性质) is a remark where it stands right of the roles."""
    out = [column(h) for h in heads]
    first = next((i for i, c in enumerate(out) if c and c.kind == "role"), len(out))
    if not any(c.kind == "task" and not (c.category and i > first) for i, c in enumerate(out) if c):
        return out
    return [OTHER if c and c.category and i > first else c for i, c in enumerate(out)]


def is_register(columns: Sequence[Column | None], heads: Sequence[str], celled: bool = False) -> bool:
    """Whether these columns make a responsibility register: somebody, and something to do.

    Scores and figures are told from the numbers of the rows only where the cells are known (``celled``); 单位 alone may
    be what they are measured in.
    """
    kinds = [c.kind for c in columns if c]
    if "role" not in kinds or "task" not in kinds:
        return False
    if not any(_SCORE_HEAD.search(h) for h in heads):
        return True
    return celled and any(_UNIT_HEAD.search(h) for h in heads)


def heading(say: Say, top: int, width: int) -> tuple[list[Column | None], int] | None:
    """The columns of a register whose heading begins in row ``top``, and the rows that it takes up; None if it is none.

    ``say(row, column)`` is what stands in a cell; cells that are merged say the same.
    """
    for height in (1, 2):
        heads = [_head(say, range(top, top + height), c) for c in range(width)]
        columns = columns_of(heads)
        if is_register(columns, heads, celled=True) and not (height == 1 and _goes_on(say, top + 1, width)):
            return columns, height
    return None


Say = Callable[[int, int], str]


def _head(say: Say, rows: range, col: int) -> str:
    parts: list[str] = []
    for row in rows:
        part = say(row, col).replace(" ", "")
        if part and part not in parts:
            parts.append(part)
    return parts[-1] if len(parts) > 1 and column(parts[-1]) else "".join(parts)


def _goes_on(say: Say, row: int, width: int) -> bool:
    """Whether a row is the second of a heading."""
    texts = [say(row, c) for c in range(width)]
    known = [t for t in texts if t and len(t) <= 12 and column(t) is not None]
    return len(known) >= 2 and len(known) == len([t for t in texts if t])


class Layout(NamedTuple):
    """Which columns of a register hold what."""

    roles: list[tuple[int, Column]]
    times: list[int]
    tasks: list[int]
    numbers: list[int]
    categories: list[int]
    told: frozenset[int]  # what an item tells: all that is known, and what stands unknown between


def layout(columns: Sequence[Column | None]) -> Layout:
    """Which of ``columns`` hold what."""
    known = [(i, c) for i, c in enumerate(columns) if c]
    of = {kind: [i for i, c in known if c.kind == kind] for kind in ("time", "task", "no")}
    last = max((i for i, c in known if c.kind != "other"), default=-1)
    return Layout(
        [(i, c) for i, c in known if c.kind == "role"],
        of["time"],
        of["task"],
        of["no"],
        [i for i, c in known if c.category],
        frozenset(i for i, c in enumerate(columns[: last + 1]) if c is None or c.kind != "other"),
    )


def item(flow: Flow, row: Row, shape: Layout) -> Item | None:
    """The item of one row; None where it names nobody or asks nothing."""
    text, cells, carried = flow.text, row.cells, row.carried
    seats: list[Seat] = []
    for i, col in shape.roles:
        before = len(seats)
        for span in _rejoined(text, cells.get(i) or carried.get(i) or ()):
            for part in (
                [span] if col.comma_leads else (col.role == "official" and _persons(text, *span)) or _spaced(flow, span)
            ):
                seats += _seats(text, part, col)
        if col.first_leads and len(seats) > before and col.role == "responsible":
            seats[before] = seats[before]._replace(role="lead", basis="convention")
    limits = [s for i in shape.times for s in cells.get(i) or carried.get(i) or ()]
    tasks = [s for i in shape.tasks for s in cells.get(i) or carried.get(i) or ()]
    own = [s for i, spans in cells.items() if i in shape.told for s in spans]
    if not seats or not tasks or not own:
        return None
    heading, labels = _headed(text, row, shape, tasks)
    start, end = min([a for a, _ in own]), max([b for _, b in own])
    node = Node("", "row", 0, start, start, end)
    return Item(
        node,
        start,
        end,
        heading,
        seats,
        None,
        limits=limits,
        labels=labels,
        table=True,
        task=max(tasks, key=lambda s: s[1] - s[0]),
    )


_NUMBERED = regex(r"[★☆▲△* ]*(?:(\d{1,3})[.、](?!\d)|\((\d{1,2})\))")

_SECOND = regex(r"[。;] ?2[.、](?!\d)")


def _headed(text: str, row: Row, shape: Layout, tasks: Spans) -> tuple[tuple[int, int], tuple[str, ...]]:
    """The heading of a row and its labels: section, number, number of the measure."""
    labels = list(row.section)
    for i in shape.categories if not labels else ():
        for a, b in (row.cells.get(i) or row.carried.get(i) or [])[:1]:
            labels += section_of(text[a:b], ())
    for i in shape.numbers:
        if spans := row.cells.get(i) or row.carried.get(i):
            labels.append(text[spans[0][0] : spans[0][1]].strip(" .、"))
    head = _name(text, row, shape) or tasks[0]
    if not shape.numbers and (printed := _NUMBERED.match(text[head[0] : head[1]])):
        if not (printed[1] == "1" and any(_SECOND.search(text, *s) for s in tasks)):  # a list of points in one cell
            labels.append(printed[1] or printed[2])
        head = (head[0] + printed.end(), head[1])
    asked = [s for i in shape.tasks if i < shape.roles[0][0] for s in row.cells.get(i, ())]
    last = asked[-1] if asked and asked[-1] != tasks[0] else None
    points = sum(_NUMBERED.match(text[a:b]) is not None for a, b in asked)  # several are a list within a cell
    if last and points == 1 and (measure := _NUMBERED.match(text[last[0] : last[1]])):
        labels.append(measure[1] or measure[2])
        head = (last[0] + measure.end(), last[1])
    stop = _SENTENCE_END.search(text, *head)
    return (head[0], stop.start() if stop and stop.start() > head[0] else head[1]), tuple(labels)


def _name(text: str, row: Row, shape: Layout) -> tuple[int, int] | None:
    """The cell that names the task: the first task column, but not one that only sorts the tasks if another follows."""
    filled = [i for i in shape.tasks if row.cells.get(i) or row.carried.get(i)]
    if not filled:
        return None
    named = next((i for i in filled if i not in shape.categories), filled[0])
    first = (row.cells.get(named) or row.carried[named])[0]
    short = first[1] - first[0] <= _LONGEST_TITLE and "。" not in text[slice(*first)]
    col = named if short else filled[0]
    spans = row.cells.get(col) or row.carried[col]
    end = spans[0][1]
    for before, after in zip(spans, spans[1:], strict=False):
        if before[1] - before[0] > _LONGEST_NAME or after[1] - after[0] > _LONGEST_NAME or after[0] - end > 2:
            break
        end = after[1]  # a name that wraps in its cell
    return spans[0][0], end


_LONGEST_TITLE = 40  # characters of a cell that names a task rather than describes it
_LONGEST_NAME = 12  # characters of a line of a name that wraps in its cell
_SENTENCE_END = regex(r"[。;]")


def _rejoined(text: str, spans: Sequence[tuple[int, int]]) -> Spans:
    """The lines of a cell; two are one where a line break cut a unit's name in two."""
    out: Spans = []
    for start, end in spans:
        if out:
            head = split(text, *out[-1])[-1:]
            tail = split(text, start, end)[:1]
            whole = text[head[0][0] : head[0][1]] + text[tail[0][0] : tail[0][1]] if head and tail else ""
            broken = text[start] == "(" or not is_unit(text[head[0][0] : head[0][1]]) if head else False
            if whole and broken and is_unit(whole):
                out[-1] = (out[-1][0], end)
                continue
        out.append((start, end))
    return out


def _spaced(flow: Flow, span: tuple[int, int]) -> Spans:
    """The parts of a cell whose units only white space separates (州大数据局　州工信委); most cells are one part."""
    text, (start, end) = flow.text, span
    gaps = flow.breaks(start, end)
    if text.find(" ", start, end) >= 0:
        gaps = sorted({*gaps, *(m.end() for m in _BLANKS.finditer(text, start, end) if m.end() < end)})
    if not gaps:
        return [span]
    out: Spans = []
    for at in gaps:
        head = split(text, start, at)[-1:]
        tail = split(text, at, next((g for g in gaps if g > at), end))[:1]
        if not head or not tail or text[head[0][1] : at].strip() or "\n" in text[at - 1 : at + 1]:
            continue
        left, right = text[head[0][0] : head[0][1]], text[tail[0][0] : tail[0][1]]
        if is_unit(left) and is_unit(right) and len(left) > 2 and len(right) > 2 and tail[0][0] == at:
            out.append((start, head[0][1]))
            start = at
    return [*out, (start, end)]


_BLANKS = regex(r" +")
_NAME = regex(r"[\u4e00-\u9fa5] [\u4e00-\u9fa5]|[\u4e00-\u9fa5]{3}")
NAMES_RUN_ON = regex(r"(?=.* )(?:[\u4e00-\u9fa5] [\u4e00-\u9fa5]|[\u4e00-\u9fa5]{3}){2,6}")


def _persons(text: str, start: int, end: int) -> Spans:
    """The names of a cell that stand one behind the other, as wide as three characters each (陆 明俞 悦); else none."""
    return (
        [found.span() for found in _NAME.finditer(text, start, end)] if NAMES_RUN_ON.fullmatch(text, start, end) else []
    )


def _seats(text: str, span: tuple[int, int], col: Column) -> list[Seat]:
    listed = parties.cell(text, *span, col.role)
    if col.role == "official":  # 沈 敏 is printed with a space so that it is as wide as three characters
        listed = [
            p._replace(name=p.name._replace(full=p.name.full.replace(" ", ""))) if " " in p.name.full else p
            for p in listed
        ]
    out = [Seat(p.name, p.role, "table", p.said or col.title) for p in listed]
    marked = [i for i, s in enumerate(out) if text[max(s.name.start - 1, 0)] in "△▲"]
    if marked and col.role == "responsible":
        out = [Seat(s.name, "lead", "convention", s.said) if i in marked else s for i, s in enumerate(out)]
    if col.comma_leads and out:
        comma = next((a for a, _, sep in split(text, *span) if sep == ","), span[1] + 1)
        out = [Seat(s.name, "lead", "convention", s.said) if s.name.start < comma else s for s in out]
    return out


_PART = regex(r"(?P<label>[一二三四五六七八九十]{1,3})(?=[、.])|\((?P<sub>[一二三四五六七八九十]{1,3})\)")


def section_of(text: str, above: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of a line that parts a table (三、…, （一）…), with that of the part above it; else none."""
    found = _PART.match(text)
    if not found:
        return ()
    if found["label"]:
        return (found["label"],)
    return (*(label for label in above if "（" not in label), f"（{found['sub']}）")
