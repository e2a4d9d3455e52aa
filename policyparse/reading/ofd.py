"""OFD, the national format for fixed layouts (GB/T 33190-2016): text by ofdkit, tables from the drawn lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyparse.patterns import regex
from policyparse.reading.archive import Archive
from policyparse.reading.base import Draft, Job
from policyparse.reading.grid import CellLine, Grid, Slot
from policyparse.reading.layout import Line, Page, compose_pages, tidy
from policyparse.reading.ruling import THIN, Edge, edge, grids, rectangle

if TYPE_CHECKING:
    import ofdkit
    from lxml.etree import _Element

_POINTS = 72 / 25.4  # OFD measures in millimetres
_ASCENT, _DESCENT = 0.86, 0.14  # of a Han character, above and below its baseline
_PATH = regex(r"([SMLQBAC])|(-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)")
_MOST_PATHS = 20_000
_POINT_AT = {"S": 0, "M": 0, "L": 0, "Q": 2, "B": 4, "A": 5}  # where the end point stands among an operator's numbers


def read(job: Job) -> Draft:
    """Read an OFD document; raises ReadError where it is damaged, too long, or holds no text."""
    import ofdkit

    archive = Archive(job)
    try:
        with ofdkit.open(job.data) as document:
            if len(document.pages) > job.limits.pages:
                raise job.error(f"共 {len(document.pages)} 页，超过 {job.limits.pages} 页，可用 --max-pages 提高上限")
            pages = [_page(page, archive) for page in document.pages]
            missing = sum(page.location is None for page in document.pages)
    except ofdkit.OFDError as error:
        raise job.error("OFD 已损坏或不完整，无法打开，请重新获取原文件") from error
    if not any(page.lines or any(slot.lines for grid in page.grids for slot in grid.slots) for page in pages):
        raise job.error("OFD 里没有文字，可能是扫描图像；请导出为 PDF 或图片后用文字识别读取")
    warnings = [f"有 {missing} 页的内容缺失，没有读取"] if missing else []
    return Draft(pieces=compose_pages(pages), pages=len(pages), warnings=warnings)


def _page(page: ofdkit.Page, archive: Archive) -> Page:
    left, top, width, height = page.box
    found = Page(page.index + 1, width * _POINTS, height * _POINTS)
    if page.location is not None and page.location in archive.names:
        root = archive.xml(page.location)
        found.grids = grids(_edges(root, left, top), page.index + 1) if root is not None else []
    for run in page.runs:
        text = tidy(run.text.strip())
        if not text:
            continue
        size = max(run.size * _POINTS, 1.0)
        x0, baseline = (run.x - left) * _POINTS, (run.y - top) * _POINTS
        line = Line(text, x0, baseline - _ASCENT * size, x0 + run.width * _POINTS, baseline + _DESCENT * size, size)
        slot = _slot(found.grids, line)
        if slot is not None:
            slot.lines.append(CellLine(text, line.x0, line.top, line.x1, size))
        else:
            found.lines.append(line)
    for grid in found.grids:
        grid.settle()
    return found


def _slot(tables: list[Grid], line: Line) -> Slot | None:
    y = (line.top + line.bottom) / 2
    x = min(line.x0 + line.size / 2, (line.x0 + line.x1) / 2)
    return next((slot for table in tables if (slot := table.slot_at(x, y))), None)


def _edges(root: _Element, left: float, top: float) -> list[Edge]:
    """The straight lines that a page's path objects draw (GB/T 33190, 9)."""
    out: list[Edge] = []
    paths = [e for e in root.iter() if isinstance(e.tag, str) and e.tag.endswith("}PathObject")]
    for path in paths[:_MOST_PATHS]:
        boundary = _floats(path.get("Boundary"))
        if len(boundary) != 4:
            continue
        x, y, wide, high = boundary
        x, y = x - left, y - top
        if min(wide, high) * _POINTS <= THIN:
            out += rectangle((x * _POINTS, y * _POINTS, (x + wide) * _POINTS, (y + high) * _POINTS))
            continue
        if path.get("Stroke", "true") == "false":
            continue
        data = next((e.text or "" for e in path if isinstance(e.tag, str) and e.tag.endswith("}AbbreviatedData")), "")
        matrix = _floats(path.get("CTM")) or [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        for (ax, ay), (bx, by) in _strokes(data, matrix):
            side = edge((x + ax) * _POINTS, (y + ay) * _POINTS, (x + bx) * _POINTS, (y + by) * _POINTS)
            if side is not None:
                out.append(side)
    return out


def _strokes(data: str, m: list[float]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path in abbreviated form: operators S M L Q B A C, each before its numbers."""
    out = []
    start = here = (0.0, 0.0)
    operator, numbers = "", list[float]()
    tokens = [(a, b) for a, b in _PATH.findall(data[:200_000])]
    for letter, number in [*tokens, ("C", "")]:
        if number:
            numbers.append(float(number))
            continue
        if operator in _POINT_AT and len(numbers) >= _POINT_AT[operator] + 2 and len(m) == 6:
            px, py = numbers[_POINT_AT[operator]], numbers[_POINT_AT[operator] + 1]
            point = (m[0] * px + m[2] * py + m[4], m[1] * px + m[3] * py + m[5])
            if operator in "SM":
                start = point
            elif operator == "L":
                out.append((here, point))
            here = point
        elif operator == "C":
            out.append((here, start))
            here = start
        operator, numbers = letter, []
    return out


def _floats(text: str | None) -> list[float]:
    try:
        return [float(part) for part in (text or "").split()]
    except ValueError:
        return []
