"""PDF (ISO 32000): text and boxes by pdfium, ruled tables by pdfplumber on the pages that have them.

Pages without text are scans: they are recognised where the extra ``ocr`` is installed.
"""

from __future__ import annotations

import ctypes
import logging
import math
import re
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from policyparse.errors import ReadError
from policyparse.reading.base import Box, Draft, Job
from policyparse.reading.grid import CellLine, Grid, Slot
from policyparse.reading.layout import Line, Page, compose_pages, tidy

if TYPE_CHECKING:
    import pypdfium2

_MOST_CHARACTERS = 300_000  # on one page
_MOST_OBJECTS = 20_000  # drawn on one page, beyond which its lines are no table
_BREAK = re.compile(r"\r\n|\r|\n")
_GARBAGE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0b\x0c\x0e-\x1f]")
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_GAP = re.compile("[ \t\xa0\u3000\x00]+")
_HAN_SPACE = re.compile("(?<=[\u2e80-\u9fff\uff00-\uffef\u3001-\u303f]) +(?=[\u2e80-\u9fff\uff00-\uffef\u3001-\u303f])")
_SPACES = " \t\xa0\u3000\x00"
_WRITTEN = 0.4  # a gap of this many characters between Han characters is a space, not justification
_THIN = 3.0  # a rectangle as thin as this is a line
_SMALL_STREAM = 100_000
_STREAM = re.compile(rb"stream\r?\n")
_SCAN_DPI = 200
_MOST_SCANNED = 300  # pages that are recognised at most
_GRAY, _BLANK = 0.3, 8  # share of unreadable characters, and number of characters, that make a page a scan


def read(job: Job) -> Draft:
    """Read a PDF; raises ReadError where it is damaged, encrypted, too long, or a scan that cannot be recognised."""
    import pypdfium2

    _refuse_bombs(job)
    try:
        document = pypdfium2.PdfDocument(job.data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise job.error("PDF 设有打开密码，请先取消密码再读取") from None
        raise job.error("PDF 已损坏或不完整，无法打开，请重新获取原文件") from None
    try:
        if count > job.limits.pages:
            raise job.error(f"共 {count} 页，超过 {job.limits.pages} 页，可用 --max-pages 提高上限")
        if count == 0:
            raise job.error("PDF 里没有页面")
        return _document(job, document)
    finally:
        document.close()


def _document(job: Job, document: pypdfium2.PdfDocument) -> Draft:
    warnings: list[str] = []
    pages: list[Page] = []
    ruled: list[int] = []
    scans: list[int] = []
    for index in range(len(document)):
        page, lines, scan = _page(job, document, index)
        pages.append(page)
        if scan:
            scans.append(index)
        elif lines:
            ruled.append(index)
    if ruled:
        _tables(job, document, pages, ruled, warnings)
    if scans:
        _recognise(job, document, pages, scans, warnings)
    return Draft(pieces=compose_pages(pages), pages=len(pages), warnings=warnings)


def _page(job: Job, document: pypdfium2.PdfDocument, index: int) -> tuple[Page, bool, bool]:
    """A page with its lines of text, whether ruled lines are drawn on it, and whether it is a scan."""
    import pypdfium2

    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        raise job.error(f"PDF 第 {index + 1} 页已损坏，无法打开") from None
    try:
        frame = _Frame(page)
        found = Page(index + 1, frame.width, frame.height)
        text_page = page.get_textpage()
        try:
            count = text_page.count_chars()
            if count > _MOST_CHARACTERS:
                raise job.error(f"PDF 第 {index + 1} 页有 {count} 个字符，可能是恶意文件，未读取")
            text = text_page.get_text_range() if count else ""
            if len(text) != count:  # characters beyond the BMP: then by index, one code point each
                text = _by_index(text_page, count)
            visible = text.strip()
            scan = len(visible) < _BLANK or len(_GARBAGE.findall(visible)) > _GRAY * len(visible)
            if not (scan and _is_picture(page, frame)):
                found.lines = _lines(text_page, text, frame)
                return found, _is_ruled(page), False
            return found, False, True
        finally:
            text_page.close()
    finally:
        page.close()


class _Frame:
    """Maps positions of the page's own space to the page as it is seen: from the top left corner, turned upright."""

    def __init__(self, page: pypdfium2.PdfPage):
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.turn = page.get_rotation() % 360
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.turn in (90, 270) else (wide, high)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def _lines(text_page: pypdfium2.PdfTextPage, text: str, frame: _Frame) -> list[Line]:
    """The lines that pdfium sees, cut at wide gaps; boxes are looked up at their ends and at spaces only."""
    from pypdfium2 import raw

    handle, rect = text_page.raw, raw.FS_RECTF()
    pointer = ctypes.byref(rect)

    def box(i: int) -> Box:
        raw.FPDFText_GetLooseCharBox(handle, i, pointer)
        return frame.box(rect.left, rect.bottom, rect.right, rect.top)

    out: list[Line] = []
    at = 0
    for end in [*(m.span() for m in _BREAK.finditer(text)), (len(text), len(text))]:
        start, at = at, end[1]
        first, last = _trim(text, start, end[0])
        if first < last and _is_upright(raw.FPDFText_GetCharAngle(handle, first), frame.turn):
            out += _segments(text, first, last, box)
    return out


def _segments(text: str, first: int, last: int, box: Callable[[int], Box]) -> list[Line]:
    """text[first:last] as one line, or several where a gap is wider than a character and a half."""
    han = _HAN.search(text, first, last)
    probe = box(han.start() if han else first)
    size = max(probe[2] - probe[0] if han else (probe[3] - probe[1]) / 1.15, 1.0)
    out: list[Line] = []
    parts: list[str] = []
    begin = at = first
    for gap in _GAP.finditer(text, first, last):
        a, b = gap.span()
        distance = box(b)[0] - box(a - 1)[2]
        parts.append(text[at:a])
        at = b
        if distance > 1.5 * size or distance < -size:
            out.append(_line("".join(parts), box(begin), box(a - 1), size))
            parts, begin = [], b
        elif distance > _WRITTEN * size or not (_HAN.match(text, a - 1) and _HAN.match(text, b)):
            parts.append(" ")
    parts.append(text[at:last])
    out.append(_line("".join(parts), box(begin), box(last - 1), size))
    return out


def _line(text: str, a: Box, b: Box, size: float) -> Line:
    return Line(tidy(text), a[0], min(a[1], b[1]), b[2], max(a[3], b[3]), size)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    stripped = text[start:end].lstrip(_SPACES)
    start = end - len(stripped)
    return start, start + len(stripped.rstrip(_SPACES))


def _is_upright(angle: float, turn: int) -> bool:
    """Whether a character stands upright on the page as seen; watermarks are set aslant (slanted type is not)."""
    return abs(math.sin(angle - math.radians(turn))) < 0.43


def _by_index(text_page: pypdfium2.PdfTextPage, count: int) -> str:
    from pypdfium2 import raw

    codes = (raw.FPDFText_GetUnicode(text_page.raw, i) for i in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)


def _objects(page: pypdfium2.PdfPage) -> Iterator[Any]:
    """Handles of what is drawn on the page, up to the limit, those inside form objects included."""
    from pypdfium2 import raw

    left = _MOST_OBJECTS
    stack = [(raw.FPDFPage_GetObject(page.raw, i)) for i in range(min(raw.FPDFPage_CountObjects(page.raw), left))]
    stack.reverse()
    while stack and left:
        handle = stack.pop()
        left -= 1
        if raw.FPDFPageObj_GetType(handle) == raw.FPDF_PAGEOBJ_FORM and len(stack) < _MOST_OBJECTS:
            stack += [raw.FPDFFormObj_GetObject(handle, i) for i in range(min(raw.FPDFFormObj_CountObjects(handle), left))]
        else:
            yield handle


def _is_ruled(page: pypdfium2.PdfPage) -> bool:
    """Whether enough lines are drawn across and down the page for a table with inner lines."""
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    across = down = 0
    for handle in _objects(page):
        if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(handle, *(ctypes.byref(side) for side in sides)):
            continue
        wide, high = sides[2].value - sides[0].value, sides[3].value - sides[1].value
        if high <= _THIN < 8 <= wide:
            across += 1
        elif wide <= _THIN < 8 <= high:
            down += 1
        elif wide > 8 and high > 8 and raw.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke)):
            across, down = across + 2 * bool(stroke.value), down + 2 * bool(stroke.value)
        if min(across, down) >= 2 and max(across, down) >= 3:
            return True
    return False


def _is_picture(page: pypdfium2.PdfPage, frame: _Frame) -> bool:
    """Whether a picture covers much of the page: an image, or letters drawn as outlines."""
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    outlines, covered = 0, 0.0
    for handle in _objects(page):
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_IMAGE and raw.FPDFPageObj_GetBounds(handle, *(ctypes.byref(s) for s in sides)):
            covered += (sides[2].value - sides[0].value) * (sides[3].value - sides[1].value)
        outlines += kind == raw.FPDF_PAGEOBJ_PATH
    return covered > 0.4 * frame.width * frame.height or outlines > 300


def _tables(
    job: Job, document: pypdfium2.PdfDocument, pages: list[Page], ruled: list[int], warnings: list[str]
) -> None:
    """Find the tables of the pages with ruled lines, and move the text inside them into their cells."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it reports every odd font on standard error
    try:
        with pdfplumber.open(BytesIO(job.data)) as plumber:
            for index in ruled:
                try:
                    pages[index].grids = _grids(plumber.pages[index], index + 1)
                finally:
                    plumber.pages[index].close()
                if not pages[index].grids:
                    continue
                page = document[index]
                try:
                    _fill(page, pages[index])
                finally:
                    page.close()
    except ReadError:
        raise
    except Exception as error:  # pdfminer raises anything on odd files; the text itself was read by pdfium
        warnings.append(f"有的页面上的表格线无法识别（{type(error).__name__}），表格按普通文字读取")


def _grids(page: Any, number: int) -> list[Grid]:
    """The tables of a page; filled areas are background, not lines, unless they are thin."""

    def is_line(item: dict[str, Any]) -> bool:
        if item.get("object_type") != "rect" or item.get("stroke"):
            return item.get("object_type") in ("line", "rect", "curve")
        return bool(min(item["width"], item["height"]) <= _THIN)

    lines = page.filter(is_line)
    dx, dy = page.cropbox[0] - page.mediabox[0], page.cropbox[1] - page.mediabox[1]
    found = []
    across, down = _missing_edges(lines.edges)
    settings = {
        "snap_tolerance": 3,
        "join_tolerance": 3,
        "intersection_tolerance": 4,
        "explicit_horizontal_lines": across,
        "explicit_vertical_lines": down,
    }
    for table in lines.find_tables(settings):
        boxes = [(c[0] - dx, c[1] - dy, c[2] - dx, c[3] - dy) for c in table.cells]
        if len({round(b[0]) for b in boxes}) > 1:  # a single column frames text
            gaps = [(e["top"] - dy, e["x0"] - dx, e["x1"] - dx) for e in across]
            found.append(Grid(boxes, number, gaps))
    return found


def _missing_edges(edges: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Edges that a table lacks: across where a page end cuts it, down where its sides are left open."""
    from pdfplumber.table import merge_edges

    edges = merge_edges(edges, 3, 3, 3, 3)
    across = [e for e in edges if e["orientation"] == "h" and e["x1"] - e["x0"] > 8]
    down = [e for e in edges if e["orientation"] == "v" and e["bottom"] - e["top"] > 8]
    return (
        [_edge(a, b, at, at) for at, a, b in _open_ends(down, across, ("top", "bottom"), ("x0", "x1"), 2)],
        [_edge(at, at, a, b) for at, a, b in _open_ends(across, down, ("x0", "x1"), ("top", "bottom"), 3)],
    )


def _open_ends(
    lines: list[dict[str, Any]], closing: list[dict[str, Any]], ends: tuple[str, str], sides: tuple[str, str], least: int
) -> list[tuple[float, float, float]]:
    """Where at least ``least`` lines end together and nothing closes them: the place, from where, to where."""
    found: list[tuple[float, float, float]] = []
    for end in ends:
        left = sorted(lines, key=lambda line: line[end])
        while left:
            at = left[0][end]
            group = [line for line in left if line[end] - at < 4]
            left = left[len(group) :]
            places = sorted({line[sides[0]] for line in group})
            if len(places) < least:
                continue
            for low, high in zip(places, places[1:], strict=False):
                middle = (low + high) / 2
                closed = any(c[sides[0]] < middle < c[sides[1]] and abs(c[ends[0]] - at) < 5 for c in closing)
                if high - low > 4 and not closed:
                    found.append((at, low, high))
    return found


def _edge(x0: float, x1: float, top: float, bottom: float) -> dict[str, Any]:
    return {"object_type": "line", "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}


def _fill(page: pypdfium2.PdfPage, found: Page) -> None:
    """Read the page again, character by character, into the cells of its tables; the rest are its lines."""
    from pypdfium2 import raw

    frame = _Frame(page)
    text_page = page.get_textpage()
    try:
        handle, rect = text_page.raw, raw.FS_RECTF()
        pointer = ctypes.byref(rect)
        found.lines = []
        run: list[tuple[str, Box]] = []
        place: Slot | None = None
        for i in range(text_page.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(handle, i) or 0)
            if character in "\r\n\x00":
                _close(run, place, found)
                continue
            raw.FPDFText_GetLooseCharBox(handle, i, pointer)
            box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
            if character in _SPACES:
                if run:
                    run.append((" ", box))
                continue
            middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            slot = next((s for grid in found.grids if (s := grid.slot_at(*middle))), None)
            if slot is not place or (run and not _follows(run, box)):
                _close(run, place, found)
            place = slot
            if run or _is_upright(raw.FPDFText_GetCharAngle(handle, i), frame.turn):
                run.append((character, box))
        _close(run, place, found)
        for grid in found.grids:
            grid.settle()
    finally:
        text_page.close()


def _follows(run: list[tuple[str, Box]], box: Box) -> bool:
    """Whether a character stands right behind the run, and not a wide gap away."""
    last = next(b for c, b in reversed(run) if c != " ")
    size = max(last[3] - last[1], box[3] - box[1], 1.0)
    return -size < box[0] - last[2] < 1.3 * size and abs(box[1] - last[1]) < 0.7 * size


def _close(run: list[tuple[str, Box]], place: Slot | None, found: Page) -> None:
    """Hand a run of characters to its cell, or to the page's lines."""
    while run and run[-1][0] == " ":
        run.pop()
    if not run:
        return
    text = "".join(c for c, _ in run)
    box = run[0][1][0], min(b[1] for c, b in run if c != " "), run[-1][1][2], max(b[3] for c, b in run if c != " ")
    han = next((b for c, b in run if _HAN.match(c)), None)
    size = max(han[2] - han[0] if han else (box[3] - box[1]) / 1.15, 1.0)
    text = tidy(_HAN_SPACE.sub("", text)) if " " in text else tidy(text)
    if place is not None:
        place.lines.append(CellLine(text, box[0], box[1], box[2], size))
    else:
        found.lines.append(Line(text, *box, size))
    run.clear()


def _recognise(
    job: Job, document: pypdfium2.PdfDocument, pages: list[Page], scans: list[int], warnings: list[str]
) -> None:
    """Read the pages that are pictures; where that cannot be done and the rest has text, say which were left out."""
    from policyparse.reading import ocr

    reason = ocr.missing() if job.ocr else "已关闭文字识别"
    if reason:
        if len(scans) == len(pages):
            raise job.error(f"是扫描件，没有可提取的文字：{reason}")
        warnings.append(f"第 {_numbers(scans)} 页是扫描图像，没有读取：{reason}")
        return
    if len(scans) > _MOST_SCANNED:
        raise job.error(f"扫描页有 {len(scans)} 页，超过可识别的 {_MOST_SCANNED} 页，请拆分后读取")
    for index in scans:
        page = document[index]
        try:
            width, height = page.get_size()
            scale = min(_SCAN_DPI / 72, 4000 / max(width, height, 1))
            picture = page.render(scale=scale).to_pil()
        finally:
            page.close()
        pages[index].lines = ocr.lines(picture, 1 / scale)
        pages[index].width, pages[index].height = width, height
    warnings += ocr.doubts([pages[index] for index in scans])


def _numbers(indexes: list[int]) -> str:
    shown = "、".join(str(i + 1) for i in indexes[:8])
    return shown + (" 等" if len(indexes) > 8 else "")


def _refuse_bombs(job: Job) -> None:
    """Refuse a file in which one compressed stream unpacks to more than the limit.

    Only streams of more than 100 KB can: Deflate packs at most 1032 : 1 (RFC 1951).
    """
    data = job.data
    for found in _STREAM.finditer(data):
        start = found.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        if end - start < _SMALL_STREAM or b"FlateDecode" not in data[max(0, start - 600) : start]:
            continue
        unpacker, size, rest = zlib.decompressobj(), 0, data[start:end]
        try:
            while rest and not unpacker.eof:
                size += len(unpacker.decompress(rest, 1 << 20))
                rest = unpacker.unconsumed_tail
                if size > job.limits.unpacked:
                    raise job.error("PDF 中的数据解压后过大，可能是恶意文件，未读取")
        except zlib.error:
            continue
