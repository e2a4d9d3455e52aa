"""Tables whose rows stand in one line each, the cells glued together.

Read only as far as the borders of the cells are certain: units that follow a full stop or a date, and as
many runs of units side by side as the heading has columns for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from policyparse import lexicon
from policyparse.items import Item
from policyparse.patterns import regex
from policyparse.registers.base import Column, Row, columns_of, is_register, item, layout, section_of
from policyparse.rules import deadlines
from policyparse.rules.units import is_unit, names
from policyparse.text import Flow, Line

_TEXT_HEADS = regex(r"(?:[^()]|\([^()]*\))*?(?:任务|内容|指标|目标|项目|措施|举措|要求|名称|事项)(?:\([^()]*\))?")
_TIMES = r"(?:完成)?(?:时限|时间节点|时间|期限)(?:要求)?|进度安排|时间安排"


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    """Headings of the columns that are not text."""
    stems, nouns = "|".join(lexicon.words("roles")), "|".join(map(re.escape, lexicon.words("role_nouns")))
    return regex(rf"序号|(?:{stems})+(?:\(\w+\))?(?:{nouns})(?:\([^()]*\))?|{_TIMES}|备注")


_PLACE = "[省市县区州旗]|自治[区州]"
_ENDS = "委员会|办公室|局|委|办|厅|部|中心|院|处|队|会|公司|集团"


def _sure() -> str:
    """Units whose beginning and end are certain."""
    return (
        rf"(?:{_PLACE})?(?:委|政府|人民政府)?(?:{lexicon.alternation('departments')})(?:[\u4e00-\u9fa5]{{0,8}}?(?:{_ENDS})|(?<=[办部委局会厅室]))(?:\([^()]{{1,12}}\))?"
        r"|各[\u4e00-\u9fa5]{0,6}(?:\([^()]{1,9}\))?[\u4e00-\u9fa5]{0,6}?(?:政府|管委会|单位|部门|企业|公司|局|街道|乡镇|开发区|处室|高校)"
        rf"|(?:{_PLACE})(?:级|直|属|政府)?各?(?:有关|相关)(?:部门|单位|企业|区县|方面)(?:\([^()]{{1,6}}\))?"
    )


@lru_cache(maxsize=1)
def _unit() -> re.Pattern[str]:
    """One unit at the start of a run."""
    return regex(
        rf"{_sure()}|(?:{_PLACE})[\u4e00-\u9fa5]{{2,3}}(?=、[\u4e00-\u9fa5]{{2,4}}、)|[\u4e00-\u9fa5]{{1,3}}[区县市州](?=、)"
    )


@lru_cache(maxsize=1)
def _more() -> re.Pattern[str]:
    """A further unit of a run, with the separator before it."""
    return regex(
        rf"[、,](?:{_sure()}|中、?省(?:直|属)?驻[\u4e00-\u9fa5]{{1,3}}各?(?:有关)?单位|[\u4e00-\u9fa5]{{1,3}}[区县市州](?=、)|[\u4e00-\u9fa5]{{2,4}}(?=、)"
        rf"|[\u4e00-\u9fa5()]{{0,14}}?(?:{_ENDS}|政府|银行|支行|管委会|单位|部门|企业|海关|大学|学院|总队|支队)(?:\([^()]{{1,12}}\))?)"
    )


_ETC = regex(r"等(?:有关|相关)?(?:部门|单位)?")


def read(flow: Flow, lines: Sequence[Line], warnings: list[str]) -> list[tuple[int, int, list[Item]]]:
    """Registers among ``lines``: the stretch each takes up, and its items; rows left out are told in ``warnings``."""
    out: list[tuple[int, int, list[Item]]] = []
    behind = 0
    for i, line in enumerate(lines):
        if i < behind or not flow.text.startswith("序号", line.start):
            continue
        columns = _columns(flow.text[line.start : line.end])
        if columns is None:
            continue
        found, last, unread = _rows(flow, lines, i + 1, columns)
        if unread:
            warnings.append(
                f"表格“{flow.quote(line.start, line.end)[:24]}”有{unread}行的单元格界限不清，未读出责任单位。"
            )
        if found or unread:  # what could not be read as a table is no prose either
            out.append((line.start, lines[last].end, found))
        behind = max(last, i) + 1
    return out


def _columns(text: str) -> list[Column | None] | None:
    """The columns of a glued heading line (序号重点任务牵头单位配合单位年度目标), which begins with 序号; None if it is none."""
    if not 8 <= len(text) <= 70 or "。" in text or ":" in text:
        return None
    heads: list[str] = []
    at = 0
    for found in _heads().finditer(text):
        heads += _text_heads(text[at : found.start()])
        heads.append(found[0])
        at = found.end()
    heads += _text_heads(text[at:])
    columns = columns_of(heads)
    return columns if len(heads) >= 3 and heads[0] == "序号" and is_register(columns, heads) else None


def _text_heads(text: str) -> list[str]:
    out: list[str] = []
    rest = 0
    for found in _TEXT_HEADS.finditer(text):
        if out and found[0][0] in "和及与、":
            out[-1] += found[0]
        else:
            out.append(found[0])
        rest = found.end()
    if text[rest:]:
        out.append(text[rest:])
    return out


_NUMBER = regex(r"(\d{1,3}) ?(?P<sign>[.、]?) ?(?=[^\d年月.、%个])")
_SECTION = regex(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\))[^。]{2,40}$")
_GAP = 3  # lines without a number behind which the table has ended


def _rows(flow: Flow, lines: Sequence[Line], first: int, columns: list[Column | None]) -> tuple[list[Item], int, int]:
    """The items of the rows from line ``first`` on, the last line of the table, and how many rows stayed unread."""
    text = flow.text
    rows: list[Row] = []
    section: tuple[str, ...] = ()
    number: tuple[int, int] | None = None
    last, count, unread, open_row, parted, sign = first - 1, 0, 0, False, True, ""
    k = first
    while k < len(lines):
        line = lines[k]
        piece = text[line.start : line.end]
        if _SECTION.match(piece):
            section, parted, open_row = section_of(piece, section), True, False
            k += 1
            continue
        head = _numbered(piece, (count + 1, 1) if parted else (count + 1,))
        if head and count and head["sign"] != sign:
            head = None  # a list behind the table
        if not head and k - last > _GAP:
            break
        row, start, stop = Row(section=section), line.start, k
        if head:
            count, start, sign, parted = int(head[1]), line.start + head.end(), head["sign"], False
            number = (line.start, line.start + head.end(1))
            row.cells[0] = [number]
        elif number:
            row.carried[0] = [number]
        more = _continued(text, lines, k, count)
        if _fill(text, row, start, line.end, columns):
            rows.append(row)
            open_row, last = True, k
        elif head and any(
            _fill(text, row, start, lines[j].end, columns) and (stop := j) for j in range(k + 1, more + 1)
        ):
            rows.append(row)
            open_row, last = True, stop
        elif head:
            unread, open_row, last = unread + 1, False, k
        elif more >= k:
            last = k
            unread += open_row and not _extend(rows[-1], columns, (line.start, line.end))
        k = stop + 1
    shape = layout(columns)
    out = [made for row in rows if (made := item(flow, row, shape))]
    return out, last, unread + len(rows) - len(out)


def _numbered(piece: str, wanted: tuple[int, ...]) -> re.Match[str] | None:
    """The number that opens a row, if it is one of those ``wanted``."""
    head = _NUMBER.match(piece)
    return head if head and int(head[1]) in wanted and not _MEASURE.match(piece) else None


_MEASURE = regex(r"\d{1,2}[.、].*;$")  # 2.…; goes on with the measures of a row


def _continued(text: str, lines: Sequence[Line], k: int, count: int) -> int:
    """The last line before the next number, where it follows soon behind line ``k``; else a line before ``k``."""
    for j in range(k + 1, min(k + 2 + _GAP, len(lines))):
        piece = text[lines[j].start : lines[j].end]
        head = _NUMBER.match(piece)
        if (head and int(head[1]) == count + 1 and not _DOTTED.match(piece)) or _SECTION.match(piece):
            return j - 1
    return k - 1


_DOTTED = regex(r"\d{1,2}[.、]")


def _extend(row: Row, columns: list[Column | None], span: tuple[int, int]) -> bool:
    """Put a line that goes on with the text behind the units into the last cell of the row; False where none does."""
    roles = [i for i, c in enumerate(columns) if c and c.kind == "role"]
    behind = [i for i, c in enumerate(columns) if i in row.cells and i > roles[-1] and c and c.kind != "time"]
    if behind:
        row.cells[behind[-1]].append(span)
    return bool(behind)


def _fill(text: str, row: Row, start: int, end: int, columns: list[Column | None]) -> bool:
    """Put the cells of one glued row into ``row``; False where their borders are not certain."""
    roles = [i for i, c in enumerate(columns) if c and c.kind == "role"]
    times = [i for i, c in enumerate(columns) if c and c.kind == "time"]
    tasks = [i for i, c in enumerate(columns) if c and c.kind == "task"]
    before, after = [i for i in tasks if i < roles[0]], [i for i in tasks if i > roles[-1]]
    if times and roles[-1] == len(columns) - 1 and times[-1] == roles[0] - 1:
        return _tail(text, row, start, end, before, times[-1], roles)
    if (
        len(roles) == 1
        and times
        and not after
        and times[0] > roles[0]
        and _timed(text, row, start, end, before, times[0], roles[0])
    ):
        return True
    found = _runs_at(text, start, end, len(roles), bool(after or times))
    if found is None or (times and not after and times[0] > roles[-1] and not _is_time(text, found[-1][1], end)):
        return False
    row.cells[before[0]] = [(start, found[0][0])]
    for col, run in zip(roles, found, strict=False):
        row.cells[col] = [run]
    rest = (found[-1][1], end)
    if rest[1] > rest[0]:
        row.cells[(after or times or before)[0]] = [rest] if after or times else row.cells[before[0]]
    return True


_STEADY = regex(r"(?:全年|持续|长期)(?:推进|坚持|开展|实施)?|启动(?:建设|实施)")


def _tail(text: str, row: Row, start: int, end: int, before: list[int], time: int, roles: list[int]) -> bool:
    """A row that ends with a date and the units behind it."""
    dates = {(m.start, m.end) for m in deadlines.find(text, start, end, labelled=True)}
    dates |= {found.span() for found in _STEADY.finditer(text, start, end)}
    for a, b in sorted(dates, key=lambda s: (-s[1], s[0])):
        listed = names(text, b, end)
        if a > start and listed and all(is_unit(n.text) for n in listed):
            row.cells[before[0]] = [(start, a)]
            row.cells[time] = [(a, b)]
            row.cells[roles[0]] = [(b, end)]
            return True
    return False


def _is_time(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a time limit and nothing else."""
    if _STEADY.fullmatch(text, start, end):
        return True
    return any(m.start == start and m.end == end for m in deadlines.find(text, start, end, labelled=True))


def _timed(text: str, row: Row, start: int, end: int, before: list[int], time: int, role: int) -> bool:
    """A row whose units stand between a full stop and the time limit that it ends with."""
    dates = [m.start for m in deadlines.find(text, start, end, labelled=True) if m.end == end]
    dates += [m.start() for m in _STEADY.finditer(text, start, end) if m.end() == end]
    for at in sorted(dates):
        stop = max(text.rfind("。", start, at), text.rfind(";", start, at)) + 1
        listed = names(text, stop, at) if stop > start else []
        if listed and all(is_unit(n.text) for n in listed):
            row.cells.update({before[0]: [(start, stop)], role: [(stop, at)], time: [(at, end)]})
            return True
    return False


def _runs_at(text: str, start: int, end: int, count: int, more: bool) -> list[tuple[int, int]] | None:
    """The runs of units of a row, side by side; None unless exactly one place fits."""
    fits: list[list[tuple[int, int]]] = []
    for found in _OPENS.finditer(text, start, end):
        at = found.end() if found[0] in "。;" else found.start()
        stopped = text[at - 1] in "。;"
        if not stopped and count < 2:
            continue
        runs = _runs(text, at, end, count)
        if len(runs) == count and (runs[-1][1] < end) == more:
            if stopped:
                return runs
            fits.append(runs)
    # 市市级有关部门: of places side by side the first one counts, if nothing else fits.
    return fits[0] if fits and all(runs[-1] == fits[0][-1] for runs in fits) else None


# Where a run of units may begin: behind a full stop, or with a word that opens a unit's name.
_OPENS = regex("[。;]|[省市县区州旗各](?!级各|内|外|域|民)|有关|相关")


def _runs(text: str, at: int, end: int, count: int) -> list[tuple[int, int]]:
    """Up to ``count`` runs of units from ``at`` on, each a list of units with separators."""
    out: list[tuple[int, int]] = []
    while len(out) < count:
        head = _unit().match(text, at, end)
        if not head:
            break
        stop = head.end()
        while more := _more().match(text, stop, end):
            stop = more.end()
        etc = _ETC.match(text, stop, end)
        stop = etc.end() if etc else stop
        out.append((at, stop))
        at = stop
    return out
