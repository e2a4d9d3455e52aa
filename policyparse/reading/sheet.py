"""Spreadsheets (.xlsx, .xls, .et): every visible sheet as a table with its merged cells, by python-calamine."""

from __future__ import annotations

import datetime as dt
import re
import struct
from io import BytesIO
from typing import TYPE_CHECKING, Any

from policyparse.patterns import regex
from policyparse.reading.archive import Archive
from policyparse.reading.base import OLE, Draft, Job, Piece
from policyparse.reading.ole import Compound, Damaged
from policyparse.records import Cell

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_REFERENCE = regex(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_DEFAULT_NAME = regex(r"(?:sheet|工作表|表)\s*\d*$", re.I)
_BOF = 0x0809
_FILEPASS = 0x002F
_CELLS = frozenset((0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E))


def read(job: Job) -> Draft:
    """Read a spreadsheet; raises ReadError where it is damaged, encrypted, too large, or empty."""
    import python_calamine

    _check(job)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(job.data))
        pieces: list[Piece] = []
        warnings: list[str] = []
        hidden = [m.name for m in book.sheets_metadata if m.visible != python_calamine.SheetVisibleEnum.Visible]
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names if name not in hidden]
    except python_calamine.PasswordError:
        raise job.error("表格设有打开密码，请先取消密码再读取") from None
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise job.error("表格已损坏或不完整，无法打开，请重新获取原文件") from error
    if hidden:
        warnings.append(f"隐藏的工作表没有读取：{'、'.join(hidden)}")
    filled = [sheet for sheet in sheets if sheet.width and sheet.height]
    for number, sheet in enumerate(filled):
        if len(filled) > 1 and not _DEFAULT_NAME.match(sheet.name):
            pieces.append(Piece(sheet.name, "heading"))
        pieces += _sheet(sheet, number)
    return Draft(pieces=pieces, warnings=warnings)


def _sheet(sheet: CalamineSheet, number: int) -> list[Piece]:
    """The cells of a sheet; lines above and below the table that fill a row by themselves are paragraphs."""
    top, left = sheet.start or (0, 0)
    merged = {(a[0] - top, a[1] - left): (b[0] - a[0] + 1, b[1] - a[1] + 1) for a, b in sheet.merged_cell_ranges or ()}
    rows = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
    used = [i for i, row in enumerate(rows) if any(row)]
    alone = [i for i in used if sum(map(bool, rows[i])) == 1 and sum(map(bool, rows[i][:2]))]
    first = next((i for i in used if i not in set(alone)), len(rows))
    last = next((i for i in reversed(used) if i not in set(alone)), -1)
    tops = [i for i in alone if i < first]
    ends = [i for i in alone if i > last and not _spans_rows(merged, i, last)]
    out = [Piece("".join(rows[i]), "heading" if i == 0 else "paragraph") for i in tops]
    skip = {*tops, *ends}
    for r, row in enumerate(rows):
        for c, text in enumerate(row if r not in skip else ()):
            if text:
                high, wide = merged.get((r, c), (1, 1))
                out.append(
                    Piece(
                        text, "cell", cell=Cell(table=number, row=r - first, column=c, row_span=high, column_span=wide)
                    )
                )
    return out + [Piece("".join(rows[i])) for i in ends]


def _spans_rows(merged: dict[tuple[int, int], tuple[int, int]], row: int, last: int) -> bool:
    """Whether a merged cell of the table reaches down to ``row``."""
    return any(r <= last < row < r + high for (r, _), (high, _) in merged.items())


def _text(value: Any) -> str:
    """A cell's value as it would be read out; dates in the Chinese form, whole numbers without a point."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return f"{value.year}年{value.month}月{value.day}日{value.hour}时{value.minute:02d}分"
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value)


def _check(job: Job) -> None:
    """Refuse what would make the reader reserve more cells than the limit, before it reads."""
    if job.data.startswith(OLE):
        try:
            book = Compound(job.data)
            areas = _areas_of_records(job, book.read("Workbook") or book.read("Book"))
        except (Damaged, struct.error):
            raise job.error("表格已损坏或不完整，无法打开，请重新获取原文件") from None
    else:
        archive = Archive(job)
        areas = []
        for name in sorted(archive.names):
            data = archive.read(name) or b""  # reads all: what the container claims of sizes is not believed
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in data[:65536]:
                raise job.error(f"{name} 含有文档类型声明，可能是恶意文件，未读取")
            if name.startswith("xl/worksheets/"):
                areas.append(_area_of_xml(data))
    if max(areas, default=0) > job.limits.cells:
        raise job.error("表格的区域过大，可能是恶意文件，未读取")


def _area_of_xml(data: bytes) -> int:
    rows, columns = [], []
    for letters, digits in _REFERENCE.findall(data):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        columns.append(column)
        rows.append(int(digits))
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0


def _areas_of_records(job: Job, stream: bytes) -> list[int]:
    """Area of the cells of each sheet of a BIFF stream ([MS-XLS] 2.4)."""
    areas: list[int] = []
    rows: list[int] = []
    columns: list[int] = []
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind in (_BOF, _FILEPASS):
            if kind == _FILEPASS:
                raise job.error("表格设有打开密码，请先取消密码再读取")
            areas.append((max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0)
            rows, columns = [], []
        elif kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", stream, at + 4)
            rows.append(row)
            columns.append(column)
        at += 4 + length
    areas.append((max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0)
    return areas
