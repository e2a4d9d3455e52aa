"""Which lines of the source go on with the line before, and which blanks within a line are dropped."""

from __future__ import annotations

from collections.abc import Iterable

from policyparse.patterns import regex

BLANKS = " \u3000\t\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\ufeff\xad"
_BLANK = regex(f"[{BLANKS}]+")
# A line that starts like this is a paragraph of its own, whatever stands before it.
_OPENER = regex(
    r"[#\-*>●•◆■□▪➢·]|--|——|第[一二三四五六七八九十百零\d]{1,4}[章节条编部]|[一二三四五六七八九十]{1,3}\s*[、.．,，]|"
    r"[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]|\d{1,2}\s*[.．、](?!\d)|\d{1,2}[）)]|[①-⑳]|"
    r"(?:牵头|责任|配合|主办|协办|承办|参与|参加|负责|完成时|时间节点|联系|抄送|附件|附:|附：|主送|组\s*长|副\s*组\s*长|成\s*员|[一二三四五六七八九十]是)"
)
_OPENER_HEADS = frozenset(
    "#-*>●•◆■□▪➢·第一二三四五六七八九十百零（(0123456789牵责配主协承参落负完时联抄附组副成"
) | frozenset(
    map(chr, range(0x2460, 0x2474))  # ①-⑳
)  # what it begins with: a cheap test before it
_FIELD = regex(r"[（(〔［\[【]?[^，。；、,;：:]{2,10}[：:]")
_TERMINALS = tuple("。！？；：!?;:」』…")
_STOPS = frozenset(_TERMINALS)
_CLOSING = "”’\"'）)】〕]］》"
HAS_STOP = regex("[，。；、,;：:]")


def _ends(line: str) -> bool:
    """Whether a sentence ends with ``line``, closing quotes and brackets left aside."""
    return line[-1] in _STOPS or (line[-1] in _CLOSING and line.rstrip(_CLOSING).endswith(_TERMINALS))


def _opens(line: str) -> bool:
    """Whether ``line`` begins as a paragraph of its own does."""
    may_be = line[0] in _OPENER_HEADS or line[0].isdecimal()
    return may_be and _OPENER.match(line) is not None


def _width(line: str) -> int:
    """How wide a line is set: 2 for each Han character, 1 for each digit or Latin letter."""
    return len(line.encode("gbk", "replace"))


_JOINED = 20  # among so many lines of hard-wrapped text one may be longer, since something joined it to the next


def wrap_width(lines: list[str]) -> int:
    """Width at which hard-wrapped text breaks, or 0 where lines are whole paragraphs."""
    spare = len(lines) // _JOINED
    if len(lines) < 8 or sum(len(line) > 90 for line in lines) > spare:
        return 0
    widths = sorted(map(_width, lines))
    if spare and widths[-1] > 2.1 * widths[-spare - 1]:
        return 0  # no two lines joined: the introduction to a list of short ones
    widths = widths[: len(widths) - spare]
    longest = widths[-max(3, len(widths) // 3) :]
    width = longest[-1]
    if width > 180 or width < 40 or longest[0] < width * 0.85:
        return 0
    return int(width * 0.85)


def _is_open(line: str) -> bool:
    """Whether a bracket that ``line`` opens is closed on another line."""
    return max(line.rfind("（"), line.rfind("(")) > max(line.rfind("）"), line.rfind(")"))


def continues(before: str, after: str, blank: int, wrap: int) -> bool:
    """Whether the source line ``after`` goes on with the sentence that ``before`` left open."""
    if not before:
        return False
    last = before[-1]
    leads_on = last in "、，,(（《“" or after[0] in "、，,。；;）)》”"
    if not wrap:
        return (leads_on or _is_cut(before, after)) and not _ends(before) and not _opens(after)
    filled = blank == 0 and _width(before) >= wrap
    if _ends(before):
        return filled and last in "：:；;" and _is_open(before)  # （责任单位： / 区住建局）
    if _opens(after):
        return filled and _is_open(before)
    return filled or leads_on


def _is_cut(before: str, after: str) -> bool:
    """Whether a page end may have cut a paragraph between two lines.

    It already holds a stop, is long, and ends in the middle of a word, and what follows ends as a sentence does (a
    signature or the next row of a table would not).
    """
    return (
        len(before) >= 30
        and before[-1] not in "）)】〕］]》”"
        and _ends(after)
        and HAS_STOP.search(before) is not None
        and not ((":" in before or "：" in before) and _FIELD.match(before))
    )


_AFTER_NUMBER = tuple("年月日号时万亿元％%")  # 2024 年 12 月, 50 万元: never two columns
CUT_DATE = regex(r"(?:^|[^\d])20\d\d\s*(?:年\s*\d{0,2})?$|\d\s*月$")
DATE_GOES_ON = regex(r"(?:年|月|\d{1,2}\s*[月日])")


def squeeze(line: str, base: int, keep: bool) -> Iterable[tuple[int, str]]:
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
