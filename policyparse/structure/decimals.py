"""Decimal numbering, as emergency plans and standards have it: 1 总则, 1.1 编制目的, 2.3.1 …"""

from __future__ import annotations

from collections.abc import Sequence

from policyparse.patterns import regex
from policyparse.text import Line

_DECIMAL = regex(r"\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.%:/~-])(?=[ 、.]?[^\W\d_]|[ 、.]?[《“(])")
_CHAPTER = regex(r"(?P<number>\d{1,2})[ 、.]?[^\W\d_][^\d。;:!?,]{1,30}")
_LEAST = 3  # decimal labels: fewer may be amounts
STYLES = ("dec1", "dec2", "dec3", "dec4")


def decimals(text: str, lines: Sequence[Line]) -> dict[int, tuple[str, int]]:
    """The labels among ``lines``: offset of the line -> style and offset behind the label; empty without such numbering.

    A label counts when it goes on with the numbering (1.1, 1.2, 1.2.1, 2.1), so that an amount (3.5万元) is none.
    """
    out: dict[int, tuple[str, int]] = {}
    if not lines or text.find("1.1", lines[0].start, lines[-1].end) < 0:
        return out
    before: tuple[int, ...] = (0,)
    chapters: dict[int, tuple[int, int]] = {}  # lines that may head a chapter, since the last label
    for line in lines:
        if not text[line.start].isdigit():
            continue
        if found := _DECIMAL.match(text, line.start, line.end):
            path = tuple(map(int, found[0].split(".")))
            if _goes_on(before, path):
                if path[1:] == (1,) and path[0] in chapters:
                    start, end = chapters[path[0]]
                    out[start] = (STYLES[0], end)
                out[line.start] = (STYLES[len(path) - 1], found.end())
                before, chapters = path, {}
        elif chapter := _CHAPTER.fullmatch(text, line.start, line.end):
            chapters[int(chapter["number"])] = (line.start, chapter.end("number"))
    return out if sum(style != STYLES[0] for style, _ in out.values()) >= _LEAST else {}


_FIRST = regex(r"1(?:\.1(?![\d.])[ 、.]?[^\W\d_]|[ 、.]?[^\W\d_][^\d。;:!?,\n]{1,20}\n1\.1(?![\d.]))")


def begins(text: str, at: int) -> bool:
    """Whether such numbering begins with the line at offset ``at``: 1.1 编制目的, or 1 总则 above it."""
    return text.startswith("1", at) and _FIRST.match(text, at) is not None


def _goes_on(before: tuple[int, ...], path: tuple[int, ...]) -> bool:
    """Whether ``path`` may follow ``before``: its first child, the next beside it or one above, the next chapter's first."""
    if path == (*before, 1) or path == (before[0] + 1, 1):
        return True
    size = len(path)
    return size <= len(before) and path == (*before[: size - 1], before[size - 1] + 1)
