"""What the rules of one kind see in a part of a notice: its lines are read when somebody asks for them.

Half of a notice is nobody's task: its numbers and dates need not be looked for.  That gives the same as reading all of it
because no rule for dates or numbers looks over the end of a line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from policyparse.rules.base import Mention, some_in

Find = Callable[[int, int], list[Mention]]  # everything between two offsets of the flow, in order


class Mentions:
    """The mentions of flow[start:end], looked up by place; ``find`` is asked for whole lines, each once."""

    def __init__(self, text: str, start: int, end: int, find: Find):
        self._text, self._start, self._end, self._find = text, start, end, find
        self._froms: list[int] = []  # of the stretches that were read, sorted, none touching another
        self._tos: list[int] = []
        self._mentions: list[Mention] = []
        self._starts: list[int] = []

    def __iter__(self) -> Iterator[Mention]:
        """All mentions of the lines read so far."""
        return iter(self._mentions)

    def read(self, start: int, end: int) -> None:
        """See to it that the lines of flow[start:end] are read."""
        i = bisect_right(self._froms, start) - 1
        if i < 0 or end > self._tos[i]:
            stop = self._text.find("\n", end, self._end) + 1
            self._read(max(self._text.rfind("\n", 0, start) + 1, self._start), stop or self._end)

    def _read(self, start: int, end: int) -> None:
        """Read what was not yet read of the whole lines flow[start:end]."""
        first, last = bisect_left(self._tos, start), bisect_right(self._froms, end)
        at = start
        for a, b in zip(self._froms[first:last], self._tos[first:last], strict=True):
            if at < a:
                self._add(self._find(at, a))
            at = max(at, b)
        if at < end:
            self._add(self._find(at, end))
        if first < last:
            start, end = min(start, self._froms[first]), max(end, self._tos[last - 1])
        self._froms[first:last], self._tos[first:last] = [start], [end]

    def _add(self, new: list[Mention]) -> None:
        """Put the mentions of a stretch between those that are known."""
        if new:
            at = bisect_left(self._starts, new[0].start)
            self._mentions[at:at] = new
            self._starts[at:at] = [mention.start for mention in new]

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that lie in flow[start:end], in a list of their own."""
        self.read(start, end)
        at = stop = bisect_left(self._starts, start)
        if at == len(self._starts) or self._starts[at] >= end:
            return []
        while stop < len(self._mentions) and self._mentions[stop].end <= end:
            stop += 1
        return self._mentions[at:stop]

    def begins(self, start: int, end: int) -> bool:
        """Whether a mention begins in flow[start:end]."""
        self.read(start, end)
        return some_in(self._starts, start, end)
