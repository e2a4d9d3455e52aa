"""The notice's own text as lines of pieces, each piece knowing what was read in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from policyparse.exports.base import clean
from policyparse.model import Document, Span


@dataclass(frozen=True)
class Mark:
    """Something that was read: where, and as what (a role, ``deadline``, ``quantity``, ``finding``)."""

    span: Span
    kind: str


@dataclass
class Piece:
    """A stretch of text with the same marks throughout. ``at`` is its offset where a mark starts, else None."""

    text: str
    kinds: str = ""
    at: int | None = None


@dataclass
class Run:
    """Pieces that belong to the same obligations (their numbers, from 1); ``first`` are those that start here."""

    numbers: tuple[int, ...]
    first: tuple[int, ...] = ()
    pieces: list[Piece] = field(default_factory=list)

    @property
    def joined(self) -> str:
        return " ".join(map(str, self.numbers))


@dataclass
class Line:
    """A line of the document; ``page`` is given on the first line of a page."""

    runs: list[Run]
    page: int | None = None


def lines(document: Document, obligations: Iterable[Span], marks: Iterable[Mark]) -> list[Line]:
    """The lines of ``document`` that are not blank, cut where an obligation or a mark starts or ends.

    Spans may overlap, nest and run over line ends; parts of them outside the text are left out.
    """
    text = document.text
    starts, ends = _events(len(text), obligations, marks)
    points = sorted({0, len(text), *starts, *ends})
    pages = {block.span[0]: block.page for block in document.blocks if block.page is not None}
    page_starts = sorted(pages)
    out: list[Line] = []
    active: dict[int, Mark | int] = {}
    shown_page = None
    waiting: list[Mark | int] = []  # what starts on a line break: it is shown from the next character on
    for line_start, line in _lines(text):
        line_end = line_start + len(line)
        built = Line([])
        inside = points[bisect_right(points, line_start) : bisect_right(points, line_end - 1)]
        for a, b in zip([line_start, *inside], [*inside, line_end], strict=True):
            waiting += _step(active, starts.pop(a, ()), ends.pop(a, ()))
            if a < b:
                _add(built, text[a:b], active, waiting)
                waiting = []
        waiting += _step(active, starts.pop(line_end, ()), ends.pop(line_end, ()))
        if page_starts and line.strip():
            page = pages[page_starts[max(bisect_right(page_starts, line_start) - 1, 0)]]
            built.page, shown_page = (page if page != shown_page else None), page
        if line.strip():
            out.append(built)
    return out


def _lines(text: str) -> Iterable[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


_Event = tuple[int, "Mark | int"]  # key of the span, and what it is: a mark or an obligation's number


def _events(
    length: int, obligations: Iterable[Span], marks: Iterable[Mark]
) -> tuple[dict[int, list[_Event]], dict[int, list[_Event]]]:
    """Offset -> what starts there, and offset -> what ends there."""
    starts: dict[int, list[_Event]] = {}
    ends: dict[int, list[_Event]] = {}
    spans: list[tuple[Span, Mark | int]] = [(span, number) for number, span in enumerate(obligations, 1)]
    spans += [(mark.span, mark) for mark in marks]
    for key, ((a, b), what) in enumerate(spans):
        if 0 <= a < min(b, length):
            starts.setdefault(a, []).append((key, what))
            ends.setdefault(min(b, length), []).append((key, what))
    return starts, ends


def _step(active: dict[int, Mark | int], starting: Iterable[_Event], ending: Iterable[_Event]) -> list[Mark | int]:
    """Bring ``active`` up to date at one offset; returns what starts there."""
    for key, _ in ending:
        active.pop(key, None)
    for key, what in starting:
        active[key] = what
    return [what for _, what in starting]


def _add(line: Line, text: str, active: dict[int, Mark | int], new: list[Mark | int]) -> None:
    """Append ``text`` to ``line``, to its last run where the obligations are the same."""
    numbers = tuple(what for what in active.values() if isinstance(what, int))
    first = tuple(what for what in new if isinstance(what, int))
    if not line.runs or line.runs[-1].numbers != numbers or first:
        line.runs.append(Run(numbers, first))
    kinds = sorted({what.kind for what in active.values() if isinstance(what, Mark)})
    at = next((what.span[0] for what in new if isinstance(what, Mark)), None)
    line.runs[-1].pieces.append(Piece(clean(text), " ".join(kinds), at))
