"""The 任务分解表 as an Excel workbook: all tasks, the same by unit, and what was found.  The only home of xlsxwriter.

Every text goes in by write_string: by plain write() a text that starts with = would become a formula.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from policyparse.exports.base import SEVERITIES, Options, Register, by_unit, clean, notice_name, place, register
from policyparse.exports.base import clause_path as path
from policyparse.model import Notice

_LONGEST = 32767  # UTF-16 units that Excel takes in one cell
_CUT = "……（超出单元格上限，余文见原文）"
_HEAD_ROW = 2  # title, subtitle, then the heading row


def write(notices: Sequence[Notice], options: Options) -> bytes:
    """Three sheets: 任务分解表, 按单位, 检查与提示; each with title, heading row that stays, filters, print set-up."""
    import xlsxwriter  # type: ignore[import-untyped]

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    table = register(notices, options)
    # Without a date of its own the workbook would hold the time of day.
    book.set_properties({"title": table.title[:255], "created": dt.datetime(2000, 1, 1)})
    heads = [(column.title, column.width) for column in table.columns]
    styles = _styles(book)
    _sheet(book, styles, "任务分解表", (table.title, table.subtitle), heads, table.rows)
    _sheet(book, styles, "按单位", (table.title + "（按单位）", _unit_note(table)), *_units(table))
    _sheet(book, styles, "检查与提示", ("检查与提示", _finding_note(options)), *_findings(notices, options))
    book.close()
    return stream.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    cell = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "top", "border": 1}
    return {
        "title": book.add_format({"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"}),
        "note": book.add_format({"font_name": "宋体", "font_size": 10, "align": "center", "font_color": "#555555"}),
        "head": book.add_format(
            {**cell, "font_name": "黑体", "align": "center", "valign": "vcenter", "bg_color": "#E8EDF3"}
        ),
        "cell": book.add_format(cell),
        "number": book.add_format({**cell, "align": "center"}),
    }


def _sheet(
    book: Any,
    styles: dict[str, Any],
    name: str,
    titles: tuple[str, str],
    heads: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str]],
) -> None:
    """One sheet with title, note, heading row and rows of text; the column 序号 is written as numbers."""
    sheet = book.add_worksheet(name)
    last = len(heads) - 1
    for row, (text, style) in enumerate(zip(titles, ("title", "note"), strict=True)):
        sheet.merge_range(row, 0, row, last, "", styles[style])
        sheet.write_string(row, 0, _fit(text), styles[style])
    sheet.set_row(0, 30)
    for column, (title, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEAD_ROW, column, title, styles["head"])
    row = _HEAD_ROW
    for row, cells in enumerate(rows, _HEAD_ROW + 1):
        for column, text in enumerate(cells):
            if heads[column][0] == "序号" and text:
                sheet.write_number(row, column, int(text), styles["number"])
            else:
                sheet.write_string(row, column, _fit(text), styles["cell"])
        sheet.set_row(row, _height(cells, heads))
    sheet.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.autofilter(_HEAD_ROW, 0, row, last)
    _print_setup(sheet, row, last)


def _print_setup(sheet: Any, row: int, column: int) -> None:
    """A4 landscape, as wide as the page, the heading row on every page, page numbers."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.print_area(0, 0, row, column)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _height(cells: Sequence[str], heads: Sequence[tuple[str, int]]) -> float:
    """Height in points at which every cell shows whole: LibreOffice does not work it out for wrapped text."""
    lines = 1
    for text, (_, width) in zip(cells, heads, strict=True):
        lines = max(lines, sum(-(-_columns(part) // width) or 1 for part in text.split("\n")))
    return min(lines * 15.0 + 3, 409.0)  # 409 points is the format's own limit


def _columns(text: str) -> int:
    """Width of ``text`` in characters of Latin text: what is not ASCII counts 2."""
    return 2 * len(text) - sum(character < "\x80" for character in text)


def _fit(text: str) -> str:
    """``text`` cut to what a cell takes, with a remark where it was cut."""
    text = clean(text)
    if len(text) * 2 <= _LONGEST or len(text.encode("utf-16-le")) // 2 <= _LONGEST:
        return text
    room = (_LONGEST - len(_CUT)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT


def _units(table: Register) -> tuple[list[tuple[str, int]], list[list[str]]]:
    """The tasks of each unit: one row a unit and task."""
    titles = [column.title for column in table.columns]
    kept = [c for c in ("文件", "条款", "重点任务", "牵头单位", "完成时限", "来源") if c in titles]
    heads = [("单位", 18), ("角色", 10), ("序号", 5)]
    heads += [(c, next(column.width for column in table.columns if column.title == c)) for c in kept]
    rows = [
        [unit, role, str(index + 1), *(table.rows[index][titles.index(c)] for c in kept)]
        for unit, tasks in by_unit(table.obligations).items()
        for index, role in tasks
    ]
    return heads, rows


def _unit_note(table: Register) -> str:
    tasks = by_unit(table.obligations)
    return f"共{len(tasks)}个单位，{sum(map(len, tasks.values()))}项分工"


def _findings(notices: Sequence[Notice], options: Options) -> tuple[list[tuple[str, int]], list[list[str]]]:
    """What the checks found, then what could not be read or decided."""
    heads = [("级别", 7), ("代码", 9), ("条款", 12), ("重点任务", 28), ("问题", 84), ("来源", 14)]
    known = {(notice.id, o.id): o for notice in notices for o in notice.obligations}
    rows = []
    for finding in options.findings or ():
        obligation = known.get((finding.notice, finding.obligation or ""))
        where = [path(obligation.clause), obligation.heading, place(obligation)] if obligation else ["", "", ""]
        rows.append([SEVERITIES[finding.severity], finding.code, *where[:2], finding.message, where[2]])
    for notice in notices:
        name = f"《{notice_name(notice)}》" if len(notices) > 1 else ""
        rows += [["提示", "", "", "", name + warning, ""] for warning in notice.warnings]
    return heads, rows


def _finding_note(options: Options) -> str:
    if options.findings is None:
        return "本次导出未运行检查；下列为解析时的提示"
    return f"检查发现{len(options.findings)}处；其后为解析时的提示"
