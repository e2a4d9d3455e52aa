"""Flowed text with an offset map back to the source, and length-preserving folding of width variants.

A notice arrives as lines: some are paragraphs, some are halves of a sentence that a page end or a hard
wrap cut in two, some are page numbers that stand between such halves.  ``flow`` joins what belongs
together, drops the spaces that justification put between Han characters, folds width variants (１→1,
（→(, ，→,) and remembers where every character came from.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policyparse.copies import second_copy
from policyparse.patterns import regex
from policyparse.records import Block, Cell, Document, Span

# Variants are replaced one by one, and only those that are present: many times as fast as str.translate.
_FREQUENT_FROM, _FREQUENT_TO = "，（）；：．", ",();:."
_RARE_FROM = (
    "０１２３４５６７８９"
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
    "［］[]〔〕【】〖〗﹝﹞％＋－‐‑‒–—―−─～∼〜／！？＜＞＆＃＊＝｜＂＇｡､\xa0\u3000\u2002\u2003\u2009\t﹑﹒﹐﹔﹕﹙﹚㎡㎞○∶︰"
)
_RARE_TO = (
    "0123456789"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    "()()()()()()%+---------~~~/!?〈〉&#*=|\"'。、      、.,;:()㎡㎞〇::"
)
_FOLDED = dict(zip(_FREQUENT_FROM + _RARE_FROM, _FREQUENT_TO + _RARE_TO, strict=True))
_VARIANT = regex("[" + re.escape(_FREQUENT_FROM + _RARE_FROM) + "]")


def fold(text: str, variants: Iterable[str] | None = None) -> str:
    """Return ``text`` with width variants folded to one form; the length never changes.

    Brackets of every kind but 《》〈〉 become (), dashes -, digits and Latin letters ASCII.  ``variants`` are those
    that it can hold, where that is known.
    """
    for variant in set(_VARIANT.findall(text)) if variants is None else variants:
        text = text.replace(variant, _FOLDED[variant])
    return text


# A full stop of half width: behind a word, before a space, a bracket or the end of the line (not 一. or 3.5).
_HALF_STOP = regex(r"\.(?=[ \n(]|$)(?<=[\u4e00-\u9fff)”%]\.)(?<![一二三四五六七八九十]\.)")
_MAY_STOP = regex(r"\.(?=[ \n])")  # a cheap test
_FEW = 0.2  # of the full stops have their full width, where the half width is the habit of the text


# 【责任单位】甲局: a label in brackets at the start of a line.
_BRACKETED = regex(
    r"\n( *)\(((?:牵头|责任|配合|主办|协办|承办|参与|参加|落实|实施|督办|负责)(?:责任)?(?:单位|部门|处室|科室|主体|领导|人))\)(?= ?[\u4e00-\u9fff])"
)

_MAY_BE_LABEL = regex("\n *\\([牵责配主协承参落实督负]")  # a cheap test, cheap to compile


def _labelled(text: str) -> str:
    """Folded ``text`` in which a label in brackets (``(责任单位)甲局``) stands before a colon; the length stays."""
    return _BRACKETED.sub(r"\n\1 \2:", text) if _MAY_BE_LABEL.search(text) else text


def _stopped(text: str) -> str:
    """Folded ``text`` whose sentences end in half-width stops (``现提出如下意见. ``), with full stops in their place."""
    if not _MAY_STOP.search(text):
        return text
    count = len(_HALF_STOP.findall(text))
    return _HALF_STOP.sub("。", text) if count > 2 and text.count("。") <= _FEW * count else text


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
        self.text = _stopped(_labelled(fold(raw, variants)))
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


HAN = "\u3400-\u9fff\uf900-\ufaff〇"
_WIDE = HAN + "，。；：、！？（）［］〔〕【】《》〈〉“”‘’…—％０-９"
_BLANKS = " \u3000\t\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\ufeff\xad"
_BLANK = regex(f"[{_BLANKS}]+")
_ODD = regex("[" + re.escape(_BLANKS + _RARE_FROM) + "]")
_PAGE_NUMBER = regex(
    r"(?:[-—－–―─]{1,2}\s*\d{1,4}\s*[-—－–―─]{1,2}|第\s*\d+\s*页\s*(?:[,，/]?\s*共\s*\d+\s*页)?|\d{1,3}\s*/\s*\d{1,3}|Page\s+\d+.*)$"
)
# A line that starts like this is a paragraph of its own, whatever stands before it.
_OPENER = regex(
    r"[#\-*>●•◆■□▪➢·]|--|——|第[一二三四五六七八九十百零\d]{1,4}[章节条编部]|[一二三四五六七八九十]{1,3}\s*[、.．,，]|"
    r"[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|\d{1,2}\s*[.．、](?!\d)|\d{1,2}[）)]|[①-⑳]|"
    r"(?:牵头|责任|配合|主办|协办|承办|参与|参加|负责|完成时|时间节点|联系|抄送|附件|附:|附：|主送|组\s*长|副\s*组\s*长|成\s*员|[一二三四五六七八九十]是)"
)
_FIELD = regex(r"[（(〔［\[【]?[^，。；、,;：:]{2,10}[：:]")
_TERMINALS = tuple("。！？；：!?;:」』…")
_STOPS = frozenset(_TERMINALS)
_CLOSING = "”’\"'）)】〕]］》"
_HAS_STOP = regex("[，。；、,;：:]")


_DRAWN = "━─═▬＿_—–-="  # what a line across the page is drawn with
_RULE = regex(f"[{re.escape(_DRAWN)}]{{8,}}$")


def _is_furniture(line: str) -> bool:
    """Whether a line is a page number, or drawn across the page."""
    first = line[0]
    if first in _DRAWN and _RULE.match(line):
        return True
    return len(line) < 24 and (first in "-—－–―─第P" or first.isdecimal()) and _PAGE_NUMBER.match(line) is not None


def _ends(line: str) -> bool:
    """Whether a sentence ends with ``line``, closing quotes and brackets left aside."""
    return line[-1] in _STOPS or (line[-1] in _CLOSING and line.rstrip(_CLOSING).endswith(_TERMINALS))


def _width(line: str) -> int:
    """How wide a line is set: 2 for each Han character, 1 for each digit or Latin letter."""
    return len(line.encode("gbk", "replace"))


def _wrap_width(lines: list[str]) -> int:
    """Width at which hard-wrapped text breaks, or 0 where lines are whole paragraphs."""
    if len(lines) < 8 or max(map(len, lines)) > 90:
        return 0
    widths = sorted(map(_width, lines))
    longest = widths[-max(3, len(widths) // 3) :]
    width = longest[-1]
    if width > 180 or width < 40 or longest[0] < width * 0.85:
        return 0
    return int(width * 0.85)


def _is_open(line: str) -> bool:
    """Whether a bracket that ``line`` opens is closed on another line."""
    return max(line.rfind("（"), line.rfind("(")) > max(line.rfind("）"), line.rfind(")"))


def _continues(before: str, after: str, blank: int, wrap: int) -> bool:
    """Whether the source line ``after`` goes on with the sentence that ``before`` left open."""
    if not before:
        return False
    filled = wrap and blank == 0 and _width(before) >= wrap
    last = before[-1]
    if _ends(before):
        return bool(filled) and last in "：:；;" and _is_open(before)  # （责任单位： / 区住建局）
    if _OPENER.match(after):
        return bool(filled) and _is_open(before)
    if last in "、，,(（《“" or after[0] in "、，,。；;）)》”":
        return True
    if wrap:
        return bool(filled)
    # A paragraph cut by a page end: it already holds a stop, is long, and ends in the middle of a word,
    # and what follows ends as a sentence does (a signature or the next row of a table would not).
    return (
        len(before) >= 30
        and _HAS_STOP.search(before) is not None
        and last not in "）)】〕］]》”"
        and not _FIELD.match(before)
        and _ends(after)
    )


_AFTER_NUMBER = tuple("年月日号时万亿元％%")  # 2024 年 12 月, 50 万元: never two columns
_CUT_DATE = regex(r"(?:^|[^\d])20\d\d\s*(?:年\s*\d{0,2})?$|\d\s*月$")
_DATE_GOES_ON = regex(r"(?:年|月|\d{1,2}\s*[月日])")


def _squeeze(line: str, base: int, keep: bool) -> Iterable[tuple[int, str]]:
    """The pieces of ``line`` that remain when justification spaces are dropped, with their offsets."""
    at = 0
    for gap in _BLANK.finditer(line):
        a, b = gap.span()
        left, right = line[a - 1], line[b] if b < len(line) else ""
        latin = left < "\u2e80" and right < "\u2e80" and left.isalnum() and right.isalnum()
        inside = (left.isdigit() and right in _AFTER_NUMBER) or (right.isdigit() and left in "年月")
        if inside or (not latin and not keep):
            yield base + at, line[at:a]
            at = b
        elif b - a > 1:
            yield base + at, line[at : a + 1]
            at = b
    yield base + at, line[at:]


def _rows(text: str, cells: list[Block], tables: Sequence[Drawn]) -> list[_Row]:
    """The lines of ``text`` that hold something, without page numbers; of a drawn table its fragments.

    Bars that stand alone or at the ends of lines are what a page saved as text has of the borders between cells.
    """
    cell_starts = [b.span[0] for b in cells]
    rows: list[_Row] = []
    last_end, gap = 0, 0
    bars, barred = any(bar in text for bar in _BARS), False
    waiting = list(reversed(tables))
    at, windows = 0, "\r" in text
    for raw in text.splitlines():
        a, b = at, at + len(raw)
        at = b + (2 if windows and text.startswith("\r\n", b) else 1)
        if not raw:
            continue
        if waiting and a >= waiting[-1].start:
            if waiting[-1].fragments:
                rows += [
                    (x.start, text[x.start : x.end], 0, False, x.cell, x.wraps or None) for x in waiting[-1].fragments
                ]
                waiting[-1] = waiting[-1]._replace(fragments=())
            if b <= waiting[-1].end:
                last_end = b
                continue
            waiting.pop()
        if a - last_end > 1:
            gap += max(0, text.count("\n", last_end, a) - 1)
        last_end = b
        line = raw.strip(" \t\xa0\u3000\u2002\u2003\u2009\u200b\ufeff")
        if (len(line) < 24 or line[0] in _DRAWN) and (not line or _is_furniture(line)):
            gap += not line
            continue
        start = a if line is raw else a + raw.index(line)
        closed = bars and line[-1] in _BARS
        if bars and (closed or line[0] in _BARS):
            bare = line.strip(_BARS + " \t\u3000")
            barred = barred or line[0] in _BARS or not bare
            if not bare:
                continue
            start, line = start + line.index(bare), bare
        cell = None
        if cells:
            i = bisect_right(cell_starts, start) - 1
            if i >= 0 and start < cells[i].span[1]:
                cell = cells[i].cell
        rows.append((start, line, gap + barred, start > a, cell, False if barred else None))
        gap, barred = 0, closed
    return rows


# Offset, text, blank lines (or bars) before it, indented, cell, and whether it goes on with the row before, if known.
_Row = tuple[int, str, int, bool, Cell | None, bool | None]
_BARS = "|｜"


class _Runs:
    """The pieces of a flow, and the runs of source characters that they make."""

    __slots__ = ("pieces", "shift", "size", "starts", "to")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.to: list[int] = []
        self.size, self.shift = 0, -1  # of the flow so far; offset in the source less that in the flow

    def put(self, at: int, piece: str) -> None:
        """Add a piece that stands at ``at`` in the source; where nothing was left out, a run goes on."""
        if not piece:
            return
        self.pieces.append(piece)
        shift = at - self.size
        if shift != self.shift:
            self.shift = shift
            self.starts.append(self.size)
            self.to.append(at)
        self.size += len(piece)


def flow(document: Document, tables: Sequence[Drawn] = ()) -> Flow:
    """Join the lines of ``document`` into logical lines; see the module docstring.

    ``tables`` are those that its text draws with characters, in order: each of their cells makes its own lines.
    """
    text = document.text
    if "&nbsp;" in text:  # left in by exporters of web pages; blanks of the same length keep the offsets
        text = text.replace("&nbsp;", "\xa0" + "\u200b" * 5)
    repeated = second_copy(text)
    tables = [t for t in tables if repeated is None or t.end <= repeated]
    rows = _rows(text[:repeated], [b for b in document.blocks if b.cell is not None], tables)
    width = 0 if document.blocks else _wrap_width([r[1] for r in rows if not r[4]])
    paged = [b for b in document.blocks if b.page is not None]
    page_starts = [b.span[0] for b in paged]
    runs = _Runs()
    lines: list[Line] = []
    odd = set(_ODD.findall("\n".join([row[1] for row in rows])))  # one search for the blanks and the rare variants
    spaced = {row[0] for blank in odd.intersection(_BLANKS) for row in rows if blank in row[1]}
    before, before_cell = "", None
    for start, line, blank, indent, cell, wraps in rows:
        joined, lead = False, ""
        if lines and cell == before_cell and (cell or not indent):
            joined = _continues(before, line, blank, 0 if cell else width) if wraps is None else wraps
        if cell and cell == before_cell and _DATE_GOES_ON.match(line) and _CUT_DATE.search(before):
            joined = True  # a date that wraps inside its cell
        if not joined and lines:
            lead = "\n"
        elif joined and not wraps and before[-1] < "\u2e80" > line[0] and before[-1].isalnum() and line[0].isalnum():
            lead = " "  # a Latin word must not grow together with the next
        begin = runs.size + len(lead)
        if start in spaced:
            runs.put(start - 1, lead)
            for at, piece in _squeeze(line, start, keep=len(line) < 40 and not _HAS_STOP.search(line)):
                runs.put(at, piece)
        else:
            runs.put(start - len(lead), lead + line)
        if joined:
            lines[-1] = lines[-1]._replace(end=runs.size)
        else:
            page = paged[max(bisect_right(page_starts, start) - 1, 0)].page if paged else None
            lines.append(Line(begin, runs.size, blank, indent, page, cell))
        before, before_cell = line, cell
    drawn = frozenset(x.cell.table for table in tables for x in table.fragments)
    variants = (*_FREQUENT_FROM, *odd.intersection(_FOLDED))
    return Flow("".join(runs.pieces), runs.starts or [0], runs.to or [0], lines, paged, repeated, drawn, variants)
