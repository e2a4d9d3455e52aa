"""The flow and its lines, with the offsets that lead back to the source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from policyparse.records import Block, Cell, Span
from policyparse.text.folding import fold, labelled, stopped


class Line(NamedTuple):
    """A logical line of the flow: one paragraph, or one table cell's paragraph."""

    start: int
    end: int
    gap: int = 0  # blank lines before it in the source
    indent: bool = False  # it began with white space
    page: int | None = None
    cell: Cell | None = None


class Fragment(NamedTuple):
    """What one line of the source holds of a cell; with ``wraps`` it goes on with the fragment before it."""

    start: int
    end: int
    cell: Cell
    wraps: bool = False


class Drawn(NamedTuple):
    """A table that is drawn with characters: the stretch of the source it takes up, and its fragments cell by cell."""

    start: int
    end: int
    fragments: tuple[Fragment, ...]


class Flow:
    """The flowed text of a document.

    ``text`` is what rules read (folded, lines separated by one newline), ``raw`` the same characters
    before folding; both have the same length.  ``lines`` are the logical lines; ``span`` maps offsets
    of the flow to offsets of ``Document.text``, which rise with them but in a table whose cells wrap beside
    each other: the flow has these one cell after the other.  ``repeated`` is where in ``Document.text`` a second copy
    of the notice begins, which is left out of the flow; None where there is none.  ``drawn`` are the numbers
    of the registers that the text draws with characters: certain tables, whatever stands around them.
    """

    __slots__ = (
        "_at",
        "_ends",
        "_shifts",
        "_starts",
        "_to",
        "_woven",
        "drawn",
        "lines",
        "pages",
        "raw",
        "repeated",
        "text",
    )

    def __init__(
        self,
        raw: str,
        starts: list[int],
        to: list[int],
        lines: list[Line],
        pages: list[Block],
        repeated: int | None = None,
        drawn: frozenset[int] = frozenset(),
        variants: Iterable[str] | None = None,
    ):
        self.raw = raw
        self.text = stopped(labelled(fold(raw, variants)))
        self.lines = lines
        self.pages = pages
        self.repeated = repeated
        self.drawn = drawn
        self._starts = starts  # flow offset at which a run of source characters starts …
        self._ends = [*starts[1:], len(raw)]
        self._to = to  # … and the source offset of its first character
        self._shifts = [there - here for here, there in zip(starts, to, strict=True)]
        self._woven = any(after < before for before, after in zip(to, to[1:], strict=False))
        self._at = [b.span[0] for b in pages]

    def source(self, offset: int) -> int:
        """Source offset of the character at flow ``offset``."""
        i = bisect_right(self._starts, offset) - 1
        return offset + self._shifts[i]

    def breaks(self, start: int, end: int) -> list[int]:
        """Offsets in flow(start:end) before which white space or a line break of the source was left out."""
        a, b = bisect_right(self._starts, start), bisect_left(self._starts, end)
        return [
            at
            for i in range(max(a, 1), b)
            if (at := self._starts[i]) > start and self._to[i] > self._to[i - 1] + at - self._starts[i - 1]
        ]

    def span(self, start: int, end: int) -> Span:
        """Span in ``Document.text`` of flow[start:end] (both ends trimmed to characters of the source)."""
        if end <= start:
            at = self.source(start)
            return (at, at)
        i = bisect_right(self._starts, start) - 1
        shift = self._shifts[i]
        if end <= self._ends[i]:  # all of it in one run, as nearly always
            return (start + shift, end + shift)
        if not self._woven:
            return (start + shift, self.source(end - 1) + 1)
        return self._hull(start, end, i)

    def _hull(self, start: int, end: int, first: int) -> Span:
        """The span of flow[start:end], which begins in run ``first``, where runs are not in the order of the source."""
        spans: list[Span] = []
        for k in range(first, bisect_left(self._starts, end)):
            a, b = max(start, self._starts[k]), min(end, self._ends[k])
            shown = self.raw[a:b].strip("\n")
            if shown:
                a += self.raw[a:b].index(shown)
                spans.append((a + self._shifts[k], a + len(shown) + self._shifts[k]))
        return (
            (min(a for a, _ in spans), max(b for _, b in spans)) if spans else (self.source(start), self.source(start))
        )

    def within(self, start: int, end: int) -> range:
        """Indices of the lines that hold something of flow[start:end]."""
        first = bisect_right(self.lines, start, key=lambda line: line.end)
        return range(first, bisect_left(self.lines, end, first, key=lambda line: line.start))

    def shift(self, start: int, end: int) -> int | None:
        """What the offsets of flow[start:end] differ by from those in ``Document.text``; None where that changes."""
        i = bisect_right(self._starts, start) - 1
        return self._shifts[i] if end <= self._ends[i] else None

    def page(self, offset: int) -> int | None:
        """Page that the character at flow ``offset`` stands on, where the reader knows it."""
        if not self.pages:
            return None
        i = bisect_right(self._at, self.source(offset)) - 1
        return self.pages[max(i, 0)].page

    def quote(self, start: int, end: int) -> str:
        """The characters of flow[start:end] as printed, without line breaks."""
        return self.raw[start:end].replace("\n", "")
