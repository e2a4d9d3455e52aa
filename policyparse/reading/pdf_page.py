"""One page of a PDF as pdfium sees it: its frame, its lines of text, the lines drawn on it, and its tables filled."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from policyparse.patterns import regex
from policyparse.reading.base import Box
from policyparse.reading.grid import CellLine, Grid, Slot
from policyparse.reading.layout import Line, tidy
from policyparse.reading.ruling import THIN, Edge, edge, rectangle

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

Matrix = tuple[float, float, float, float, float, float]
_MOST_OBJECTS = 20_000  # drawn on one page, beyond which its lines are no table
_MOST_SEGMENTS = 2_000  # of one path
_BREAK = regex(r"\r\n|\r|\n")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
HAN = regex(f"[{_WIDE}]")
_GAP = regex("[ \t\xa0\u3000\x00]+")
_HAN_SPACE = regex(f"(?<=[{_WIDE}]) +(?=[{_WIDE}])")
_SPACES = " \t\xa0\u3000\x00"
_WRITTEN = 0.4  # a gap of this many characters between Han characters is a space, not justification
_APART = 1.5  # a gap of this many characters parts a line (columns, names side by side)
_FLAT = 0.01  # points of width at most: pdfium passes over such texts
_ASLANT = 0.43  # sine of the angle from which on type is a watermark; slanted type stays below


class Frame:
    """Maps positions of the page's own space to the page as it is seen: from the top left corner, turned upright."""

    def __init__(self, page: PdfPage):
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.turn = page.get_rotation() % 360
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.turn in (90, 270) else (wide, high)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """x0, top, x1, bottom of a rectangle given in the page's own space."""
        if self.turn == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turn == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


class Characters:
    """The characters of a page by index, and where they stand."""

    def __init__(self, text_page: PdfTextPage, frame: Frame):
        from pypdfium2 import raw

        self.count: int = text_page.count_chars()
        self._handle, self._frame = text_page.raw, frame
        self._rect = raw.FS_RECTF()
        self._pointer = ctypes.byref(self._rect)
        self._look_up, self._angle = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharAngle
        text = text_page.get_text_range() if self.count else ""
        if len(text) != self.count:  # characters outside the BMP, or some that pdfium leaves out of the text
            codes = (raw.FPDFText_GetUnicode(self._handle, i) for i in range(self.count))
            text = "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)
        self.text = text

    def box(self, index: int) -> Box:
        """Box of a character's line height and advance."""
        self._look_up(self._handle, index, self._pointer)
        rect = self._rect
        return self._frame.box(rect.left, rect.bottom, rect.right, rect.top)

    def upright(self, index: int) -> bool:
        """Whether a character stands upright on the page as seen; watermarks are set aslant."""
        angle: float = self._angle(self._handle, index)
        return abs(math.sin(angle - math.radians(self._frame.turn))) < _ASLANT

    def lines(self) -> list[Line]:
        """The lines that pdfium sees, cut at wide gaps; boxes are looked up at their ends and at spaces only."""
        out: list[Line] = []
        at = 0
        for start, end in [*(m.span() for m in _BREAK.finditer(self.text)), (self.count, self.count)]:
            first, last = _trim(self.text, at, start)
            at = end
            if first < last and self.upright(first):
                out += _segments(self.text, first, last, self.box)
        return out

    def fill(self, grids: list[Grid]) -> list[Line]:
        """Hand every character to the cell it stands in; return the lines outside the tables."""
        out: list[Line] = []
        run: list[tuple[str, Box]] = []
        place: Slot | None = None
        for index, character in enumerate(self.text):
            if character in "\r\n\x00":
                _close(run, place, out)
                continue
            box = self.box(index)
            if character in _SPACES:
                if run:
                    run.append((" ", box))
                continue
            middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            slot = next((s for grid in grids if (s := grid.slot_at(*middle))), None)
            if run and (slot is not place or not _follows(run, box)):
                _close(run, place, out)
            place = slot
            if run or self.upright(index):
                run.append((character, box))
        _close(run, place, out)
        for grid in grids:
            grid.settle()
        return out


def edges(page: PdfPage, frame: Frame) -> list[Edge]:
    """The straight lines drawn on a page; filled areas are background unless they are as thin as a line."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    out: list[Edge] = []
    for handle, _, matrix in _objects(page, (raw.FPDF_PAGEOBJ_PATH,)):
        if not raw.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke)):
            continue
        for points in _subpaths(handle, matrix, frame):
            if stroke.value:
                pairs = pairwise(points)
                out += [e for (ax, ay), (bx, by) in pairs if (e := edge(ax, ay, bx, by)) is not None]
            elif fill.value:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                box = min(xs), min(ys), max(xs), max(ys)
                if min(box[2] - box[0], box[3] - box[1]) <= THIN:
                    out += rectangle(box)
    return out


def is_picture(page: PdfPage, frame: Frame) -> bool:
    """Whether a picture covers much of the page: an image, or letters drawn as outlines."""
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    outlines, covered = 0, 0.0
    for handle, kind, _ in _objects(page, (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)):
        if kind == raw.FPDF_PAGEOBJ_IMAGE and raw.FPDFPageObj_GetBounds(handle, *(ctypes.byref(s) for s in sides)):
            covered += (sides[2].value - sides[0].value) * (sides[3].value - sides[1].value)
        outlines += kind == raw.FPDF_PAGEOBJ_PATH
    return covered > 0.4 * frame.width * frame.height or outlines > 300


def left_out(page: PdfPage) -> int:
    """How many texts of the page have no room, so that pdfium leaves them out, and a font that isn't embedded.

    They are blank, or single characters for which the system has no font.
    """
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    count = 0
    for handle, _, _ in _objects(page, (raw.FPDF_PAGEOBJ_TEXT,)):
        if raw.FPDFPageObj_GetBounds(handle, *(ctypes.byref(s) for s in sides)):
            flat = sides[2].value - sides[0].value < _FLAT
            count += flat and not raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(handle))
    return count


def _objects(page: PdfPage, wanted: tuple[int, ...]) -> Iterator[tuple[Any, int, Matrix]]:
    """What is drawn on the page of the ``wanted`` kinds, up to the limit, with its matrix; form objects are opened."""
    from pypdfium2 import raw

    values = raw.FS_MATRIX()
    place = ctypes.byref(values)
    get, kind_of, form = raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType, raw.FPDF_PAGEOBJ_FORM

    def matrix(handle: Any, outer: Matrix) -> Matrix:
        if not raw.FPDFPageObj_GetMatrix(handle, place):
            return outer
        return _times((values.a, values.b, values.c, values.d, values.e, values.f), outer)

    left = _MOST_OBJECTS
    none: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    stack = [(get(page.raw, i), none, 0) for i in range(min(raw.FPDFPage_CountObjects(page.raw), left))]
    while stack and left:
        handle, outer, depth = stack.pop()
        left -= 1
        kind = kind_of(handle)
        if kind in wanted:
            yield handle, kind, matrix(handle, outer)
        elif kind == form and depth < 5:
            own = matrix(handle, outer)
            inner = min(raw.FPDFFormObj_CountObjects(handle), left)
            stack += [(raw.FPDFFormObj_GetObject(handle, i), own, depth + 1) for i in range(inner)]


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _subpaths(handle: Any, matrix: Matrix, frame: Frame) -> Iterator[list[tuple[float, float]]]:
    """The parts of a path as points on the page; curves end a part, since they rule no table."""
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for i in range(min(raw.FPDFPath_CountSegments(handle), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(handle, i)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        px = matrix[0] * x.value + matrix[2] * y.value + matrix[4]
        py = matrix[1] * x.value + matrix[3] * y.value + matrix[5]
        box = frame.box(px, py, px, py)
        if raw.FPDFPathSegment_GetType(segment) != raw.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append((box[0], box[1]))
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _segments(text: str, first: int, last: int, box: Callable[[int], Box]) -> list[Line]:
    """text[first:last] as one line, or several where a gap parts it."""
    han = HAN.search(text, first, last)
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
        if distance > _APART * size or distance < -size:
            out.append(_line("".join(parts), box(begin), box(a - 1), size))
            parts, begin = [], b
        elif distance > _WRITTEN * size or not (HAN.match(text, a - 1) and HAN.match(text, b)):
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


def _follows(run: list[tuple[str, Box]], box: Box) -> bool:
    """Whether a character stands right behind the run, and not a wide gap away."""
    last = next(b for c, b in reversed(run) if c != " ")
    size = max(last[3] - last[1], box[3] - box[1], 1.0)
    return -size < box[0] - last[2] < 1.3 * size and abs(box[1] - last[1]) < 0.7 * size


def _close(run: list[tuple[str, Box]], place: Slot | None, out: list[Line]) -> None:
    """Hand a run of characters to its cell, or to the lines of the page."""
    while run and run[-1][0] == " ":
        run.pop()
    if not run:
        return
    text = tidy(_HAN_SPACE.sub("", "".join(c for c, _ in run)))
    boxes = [b for c, b in run if c != " "]
    box = boxes[0][0], min(b[1] for b in boxes), boxes[-1][2], max(b[3] for b in boxes)
    han = next((b for c, b in run if HAN.match(c)), None)
    size = max(han[2] - han[0] if han else (box[3] - box[1]) / 1.15, 1.0)
    if place is not None:
        place.lines.append(CellLine(text, box[0], box[1], box[2], size))
    else:
        out.append(Line(text, *box, size))
    run.clear()
