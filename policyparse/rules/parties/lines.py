"""Assignments whose label stands at the start of a line or of a sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.rules.base import covering
from policyparse.rules.parties.brackets import NEXT
from policyparse.rules.parties.labels import LONGEST_UNIT, label_pattern, unbulleted
from policyparse.rules.parties.reader import DEFAULT, Assignment, Reader, clean_text, units_in_lines
from policyparse.rules.units import is_unit, names, trim

_OCCASION = regex("大会|会议|论坛|活动|比赛|大赛|竞赛|展会|展览|博览|培训班|讲座|晚会|仪式")


def _below_task(text: str, at: int) -> bool:
    """Whether the line before offset ``at`` is the text of a numbered task, not that of an event."""
    line = text[text.rfind("\n", 0, max(at - 1, 0)) + 1 : max(at - 1, 0)]
    return len(line) > 20 and line.endswith("。") and NEXT.match(line) is not None and not _OCCASION.search(line)


# Own lines: 主办/协办/承办单位 alone are those of an event, not of a duty; behind a task in its line they are.
_EVENT = regex(r"(?:主办|协办|承办|支持|指导|参加|参与|联系|推荐|申报|报送)(?:单位|部门|机构)?")


def read(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> list[Assignment]:
    """Assignments whose label stands at the start of a line or of a sentence."""
    found = list(_opening_labels(text, start, end, taken))
    out: list[Assignment] = []
    i = 0
    while i < len(found):
        group = [found[i]]
        while i + 1 < len(found) and _adjacent(text, group[-1], found[i + 1]):
            i += 1
            group.append(found[i])
        i += 1
        assignment = _line_group(text, group, end)
        if assignment is not None:
            out.append(assignment)
    return out


def _opening_labels(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The labels that a line or a sentence begins with, outside ``taken``."""
    for colon in _COLON.finditer(text, start, end):
        at = colon.start()
        i = bisect_right(taken, (at, end)) - 1
        if text[at - 1] not in _label_ends() or (i >= 0 and at < taken[i][1]):
            continue
        low = max(start, at - _LONGEST_LABEL - 1)
        begin = max(*(text.rfind(stop, low, at) for stop in "\n。;/"), low - 1) + 1
        if at - begin <= _LONGEST_LABEL:
            begin = unbulleted(text, trim(text, begin, at)[0], at)
            opens = begin + 1 if begin < at and text[begin] == "(" else begin
            label = label_pattern().match(text, opens, at + 1)
            i = bisect_right(taken, (begin, end)) - 1
            if label and label.end() == at + 1 and not (i >= 0 and begin < taken[i][1]):
                yield label


def defaults(text: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[Assignment]:
    """Sentences that say for all that follows who acts: 以下各项任务均需各区政府落实,不再列出."""
    out: list[Assignment] = []
    for found in DEFAULT.finditer(text, start, end):
        a, b = found.span()
        opens = a == start or text[a - 1] in "\n。;) "
        if opens and not covering(taken, a) and (units := names(text, *found.span("units"))):
            out.append(Assignment(a, b, (), "run", False, tuple(units), (a, b)))
    return out


_COLON = regex(":")
_LONGEST_LABEL = 24


@lru_cache(maxsize=1)
def _label_ends() -> frozenset[str]:
    """What a label can end with: a cheap test before the dear one."""
    words = (*lexicon.words("roles"), *lexicon.words("role_nouns"), *lexicon.words("field_labels"), ")", " ")
    return frozenset(word[-1] for word in words)


def _adjacent(text: str, one: re.Match[str], two: re.Match[str]) -> bool:
    between = text[one.end() : two.start()]
    return "。" not in between[:-1] and between.count("\n") <= 1 + (between.startswith("\n"))


def _line_end(text: str, at: int, end: int) -> int:
    """End of the value that starts at ``at``: its line; where that is empty, all the lines of units behind it."""
    below = text[at : at + 1] == "\n"
    if below:
        at += 1
    stop = text.find("\n", at, end)
    stop = end if stop < 0 else stop
    while below and stop < end and units_in_lines(text, at, stop):
        more = text.find("\n", stop + 1, end)
        more = end if more < 0 else more
        if more - stop > LONGEST_UNIT or not units_in_lines(text, stop + 1, more):
            break
        stop = more
    full = text.find("。", at, stop)
    return full if full >= 0 else stop


def _line_group(text: str, group: list[re.Match[str]], end: int) -> Assignment | None:
    roles = [m for m in group if m["stem"]]
    own = group[0].start() == 0 or text[group[0].start() - 1] == "\n"
    events = all(_EVENT.fullmatch(m[0].rstrip(" :").split("\n")[-1]) for m in roles)
    if not roles or (own and events and not _below_task(text, group[0].start())):
        return None
    stop = _line_end(text, group[-1].end(), end)
    reader = Reader(text)
    reader.content(group[0].start(), stop)
    if not reader.parties and not reader.defaults:
        return None
    if not own and not all(p.role == "official" or is_unit(clean_text(p.name.text)) for p in reader.parties):
        return None
    return Assignment(
        group[0].start(),
        stop,
        tuple(reader.parties),
        "line" if own else "run",
        reader.lead_first,
        tuple(reader.defaults),
        (group[0].start(), stop),
    )
