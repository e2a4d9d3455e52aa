"""One line of a list of people, cut into its entries by the spaces between names and offices."""

from __future__ import annotations

from policyparse.patterns import regex
from policyparse.rules.organs.base import KIND
from policyparse.rules.organs.people import HAN, each, ends_in_office, is_unit, office_end, unit_list
from policyparse.text import fold

_NAME = rf"(?:{HAN} {HAN}{{1,2}}|{HAN}{{2,3}}|{HAN}{{1,6}}·{HAN}{{1,8}})"
_BRACKET = r"(?: ?\([^()]*(?:\([^()]*\)[^()]*)?\))"
_ENTRY_FORM = rf"(?P<name>{_NAME})(?= |\()"
_ENTRY = regex(_ENTRY_FORM)
_BEFORE_ENTRY = regex(lambda: rf"(?:{office_end()}{_BRACKET}?|\)) ?(?={_ENTRY_FORM})")
_INNER_SPACE = regex(rf"(?:^|(?<=[、 ]))({HAN}) ({HAN})(?=[ (（、]|$)")
_OFFICE_GOES_ON = regex(lambda: rf"{office_end()}{_BRACKET}?(?=(?P<more>[、兼(助级副党])|)")
_STOP = regex("[。;]")
_ANY_STOP = regex("[。;,]")
_PROSE = regex(r"[。;]|,[^、]*(?:任|设在|负责)")
# What may follow the last name or office of a list that goes on as prose in the same line.
_AFTER = rf"(?:{KIND}|办公室|以上|根据|上述|附|联系|[一二三四五六七八九十]{{1,2}}、|\([一二三四五六七八九十]\)|\d{{1,2}}[.、]|\d{{4}}年)"
_ONE_NAME = regex(rf"(?:{HAN} {HAN}(?![^ 、])|{_NAME}(?:{_BRACKET})?)(?P<stop>[ 、]+|$|(?={_AFTER}))")
_LONGEST = 70


def entries(line: str) -> list[str]:
    """The people in ``line``, the part of a list behind 组长： or a line of it, with single spaces between words.

    王小明 市长 → itself; 许 明 戴建平 → two names; 王小明 副市长李 红 市水利局局长 → two people with their offices;
    empty where the line is prose.
    """
    text = fold(line)
    text = text.rstrip("。;、, ")
    open_end = _PROSE.search(text) is not None  # prose follows in the same line
    found = _names_only(text, open_end)
    if found is None:
        found = _with_offices(text, open_end)
    if found is None and open_end:
        first = _STOP.split(text, maxsplit=1)[0]
        found = [(0, len(first))] if ends_in_office(first) or unit_list(first) else []
    if found is None:
        found = [(0, len(text))] if len(text) <= 400 else []
    out: list[str] = []
    for a, b in found:
        printed = line[a:b].strip(" 、")
        if " " in printed:
            printed = _INNER_SPACE.sub(r"\1\2", printed)
        out += each(printed) if " " not in printed else [printed]
    return out if all(len(one) <= _LONGEST or "、" in one for one in out) else []


def _with_offices(text: str, open_end: bool) -> list[tuple[int, int]] | None:
    """Entries of a name, a space and an office; the next name stands right behind the office."""
    if not _ENTRY.match(text):
        return None
    starts = [0]
    for found in _BEFORE_ENTRY.finditer(text):
        name = _ENTRY.match(text, found.end())
        if name and found.start() > starts[-1] + 2 and not _is_office(name["name"]):
            starts.append(found.end())
    end = len(text)
    if open_end:
        tail = _office_end(text, starts[-1])
        if tail is None:
            return None
        end = tail
    return list(zip(starts, [*starts[1:], end], strict=True))


def _is_office(name: str) -> bool:
    bare = name.replace(" ", "")
    return ends_in_office(bare) or (len(bare) == 3 and bare[-1] in "局委办厅部处室队")


def _office_end(text: str, start: int) -> int | None:
    """Where the last office ends in a line that goes on with prose; None where that cannot be told."""
    stop = _ANY_STOP.search(text[start:])
    limit = start + stop.start() if stop else len(text)
    if text.endswith(")", start, limit) or ends_in_office(text[start:limit]):
        return limit
    for found in _OFFICE_GOES_ON.finditer(text, start, limit):
        if not found["more"] and found.end() - start > 4:
            return found.end()
    return None


def _names_only(text: str, open_end: bool) -> list[tuple[int, int]] | None:
    """许 明 戴建平, 许明、戴建平: nothing but names, apart by spaces or 、 (the last one may run into prose)."""
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        found = _ONE_NAME.match(text, at)
        if not found or (_is_office(found[0].strip(" 、")) or is_unit(found[0].strip(" 、"))):
            return None
        out.append((at, found.start("stop")))
        at = found.end()
        if found["stop"] == "" and at < len(text):
            break
    return out or None
