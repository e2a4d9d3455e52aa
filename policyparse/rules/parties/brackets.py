"""Assignments in brackets, of whatever kind: they are folded to parentheses."""

from __future__ import annotations

from policyparse.patterns import regex
from policyparse.rules.parties.labels import label_pattern
from policyparse.rules.parties.reader import CONVENTION, Assignment, Reader, clean_text
from policyparse.rules.units import has_suffix, is_unit

_BRACKET = regex(r"[()\n]")
_OPENING = regex(r"\((?:[^()\n]*\))?")  # with all of the bracket where no other stands in it


def pairs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost brackets of text[start:end] as (offset of the opening, offset behind the closing).

    A bracket that is never closed ends with its line.
    """
    out: list[tuple[int, int]] = []
    stop = start
    for found in _OPENING.finditer(text, start, end):
        at, closed = found.span()
        if at >= stop:
            stop = closed if closed > at + 1 else _closing(text, at, end)
            out.append((at, stop))
    return out


def _closing(text: str, start: int, end: int) -> int:
    """The offset behind the bracket that closes the one at ``start``; the end of its line where none does."""
    depth = 0
    for found in _BRACKET.finditer(text, start, end):
        if found[0] == "\n":
            return found.start()
        depth += 1 if found[0] == "(" else -1
        if depth == 0:
            return found.end()
    return end


_MARKER = regex(r"牵头|负责|责任|单位|部门|配合|主办|协办|承办|落实|参与|参加|处室|均需|指导")
SHORTEST = 3  # characters of a bracket in which no unit has room: (一)
_TITLE = regex(
    r"(?:^|[\n。])[ #*]*(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])(?P<title>[^,。;:()\n]{4,30})$"
)
NEXT = regex(
    r" ?(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d))"
)  # a label without a line break


def _behind_title(text: str, start: int, end: int) -> bool:
    """Whether the bracket text[start:end] closes the title of a numbered item: 1.推进厂区改造(甲局、乙局)。…"""
    if text[end : end + 1] not in ("。", "\n"):
        return False
    found = _TITLE.search(text[max(0, start - 40) : start])
    return found is not None and not is_unit(found["title"].strip())


def _closes_item(text: str, start: int, end: int, inside: str) -> bool:
    """Whether the bracket text[start:end] ends an item: …不低于40%(甲局、乙局)。 and no gloss on units (各部门(甲局、乙局)。"""
    if not text.startswith(("。\n", "。"), end) or text[end + 1 : end + 2] not in ("", "\n") or "、" not in inside:
        return False
    sentence = max(text.rfind("。", 0, start), text.rfind("\n", 0, start))
    return start - sentence > 20 and not has_suffix(text[max(0, start - 8) : start])


# 〔甲局、乙局〕（排在首位的为牵头单位，下同）: the convention in a bracket of its own belongs to the list before it
_CONVENTION_BEHIND = regex(rf"\((?:以上|以下)?{CONVENTION.pattern}(?:,以?下同)?\)")


def bracket(text: str, start: int, end: int) -> Assignment | None:
    """The assignment in the bracket text[start:end], or None."""
    a = start + 1
    closed = text[end - 1] == ")"
    b = end - 1 if closed else end
    inside = text[a:b]
    before = text[start - 1] if start else "\n"
    if len(inside) < 2 or len(inside) > 1500:
        return None
    loose, limit = before not in "。;!?\n", None
    closing = loose and (_behind_title(text, start, end) or _closes_item(text, start, end, inside))
    if loose and not closing and not _MARKER.search(inside):
        return None
    reader = Reader(text)
    reader.content(a, b)
    if not closed and not label_pattern().match(text, a):
        return None
    if not reader.parties and not reader.defaults:
        return None
    if text.startswith("(", end) and (behind := _CONVENTION_BEHIND.match(text, end)):
        reader.lead_first, end = True, behind.end()
    if not reader.spoken and not reader.defaults:
        # A bare list must stand behind a sentence and hold nothing but units.
        follows = text[end : end + 2].lstrip(" ")[:1]
        if (
            (loose and not closing)
            or (follows not in ("", "\n", "。") and not NEXT.match(text, end) and not (limit := _TIME.match(text, end)))
            or not all(is_unit(p.name.text) or len(p.name.full) > len(p.name.text) for p in reader.parties)
        ):
            return None
        if len(reader.parties) == 1 and not is_unit(clean_text(inside)):
            return None
        end = limit.end() if limit else end
    elif ":" not in inside or not label_pattern().search(inside):
        follows = text[end : end + 1]
        amid = before not in "。;!?\n)" and (follows not in ("", "\n", "。", ";", "(") or inside.startswith("由"))
        if (amid and not _LEADS.match(inside)) or not _said_of_units(reader):
            return None
    return Assignment(start, end, tuple(reader.parties), "bracket", reader.lead_first, tuple(reader.defaults), (a, b))


_LEADS = regex(r"由[^由]{2,20}牵头[,;]")  # …的原则(由甲局牵头,各企业共筹费用),…; not 由甲局牵头的项目


# (甲局、乙局)(2021年10月底前完成): the time limit in a bracket of its own
_TIME = regex(r"\([^();:]{0,20}(?:[年月日旬]|[前底]|季度|长期|持续)(?:完成|落实|推进|坚持|实施|到位)?\)(?=[。\n]|$)")


def _said_of_units(reader: Reader) -> bool:
    """Whether a bracket that speaks in verbs is about units (财政部牵头) and not a gloss (由财政承担的部分)."""
    good = sum(is_unit(p.name.text) for p in reader.parties)
    return good * 2 >= len(reader.parties) and good > 0
