"""Cells of a table that was flattened to one cell a line: where they end, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.registers.base import NAMES_RUN_ON
from policyparse.rules import parties
from policyparse.rules.sharing import prefix_of
from policyparse.rules.units import is_department, is_phrase, is_unit, may_list, names
from policyparse.text import Flow, Line

NUMBER = regex(r"\d{1,3}[.、]?")
SECTION = regex(
    r"(?P<label>[一二三四五六七八九十]{1,3})、(?P<title>[^。;:]{0,40})|\((?P<sub>[一二三四五六七八九十]{1,3})\)(?P<subtitle>[^。;:]{0,40})"
)
NOTHING = regex(r"[-/\\\s]{1,4}")  # printed in a cell that stays empty
END = regex(r"(?:附件|附表)\d*(?:$|[:-])|(?:[注附]|说明|备注):")
END_HEADS = "附注说备"  # what ``END`` begins with: a cheap test before it

_TIMELY = regex(
    r"\d+月|\d{4}年|年底|年内|季度|持续|长期|全年|常态|上半年|下半年|立即|随时|即日|\d{4}\.\d|每[年月周季]|20\d\d[-~]20\d\d$"
)
STARTS_TIME = regex(r"(?:20\d\d年)?(?:\d{1,2}月(?!报|刊|度计划)|[年季]底|[上下]半年)|20\d\d年|第?[一二三四]季度")
_TEXTUAL = regex(r"建设|完成.{2}|实现|开展|制定|推广|平台|系统")
_PERSON = regex(
    r"[\u4e00-\u9fa5]{2,4}(?:[、,\s][\u4e00-\u9fa5]{2,4}){0,6}|[\u4e00-\u9fa5] [\u4e00-\u9fa5](?:[、,\s][\u4e00-\u9fa5]{2,4})*"
)
_OFFICE = regex(r"[\u4e00-\u9fa5]{2,10}(?:秘书长|[省市县区州旗镇乡局厅院校部处科]长|主任|书记|主席)")  # 市政府秘书长
_STATE = regex(r".{0,2}[新续在改扩拟已未待][建设]?[建设成]?|.{0,2}项目|是|否|有|无")
_MARK = "△▲★☆*"
_NUMBERED = regex(r"\d{1,3}[.、](?!\d)")
_HOW_MANY = regex(r"[多单跨各两](?:个)?部门|多单位|单一?单位")
_QUOTED = regex(r"[“\"][^”\"]{1,12}[”\"](?P<rest>.{6,})")
_FIRST_PLACE = regex("第一|首")  # of the convention that the first unit leads, which is no name
_BODY = regex(r"(?:专班|小组|办公室|指挥部|单位|部门|办|委员会|联盟|协会|公司)$")
_BY_NATURE = regex(r".{2,4}(?:单位|部门|机构|处室|主体|企业)$|.{2,6}[处科股室]$")


class Cell(NamedTuple):
    """A cell: flow[start:end], its text without line breaks, the last line that it takes up, and its own lines."""

    start: int
    end: int
    text: str
    line: int
    parts: tuple[tuple[int, int], ...]


def kind_of(text: str, officials: bool) -> str:
    """What a cell holds: no, section, time, role, person (only where ``officials`` have a column), none (—) or text."""
    if len(text) <= 4 and not text[:1].isalnum() and NOTHING.fullmatch(text):
        return "none"
    if text[:1].isdigit() and NUMBER.fullmatch(text):
        return "no"
    if text[:1] in "一二三四五六七八九十(" and SECTION.fullmatch(text):
        return "section"
    if len(text) <= 30 and "。" not in text and _TIMELY.search(text) and not _TEXTUAL.search(text):
        return "time"
    if is_units(text):
        return "role"
    named = officials and (_PERSON.fullmatch(text) or _OFFICE.fullmatch(text) or NAMES_RUN_ON.fullmatch(text))
    if named and not _STATE.fullmatch(text):
        return "person"
    return "text"


@lru_cache(maxsize=1)
def _actions() -> re.Pattern[str]:
    words = {*lexicon.words("heading_verbs"), *(w for w in lexicon.words("actions", 0, "result"))}
    return regex("|".join(sorted((w for w in words if len(w) > 1), key=lambda w: (-len(w), w))))


def _is_task(name: str) -> bool:
    """Whether a name that could be a unit's rather says what to do: 建成…中心, “…”…应用覆盖所有高校."""
    if is_department(name) or _BY_NATURE.match(name):
        return False
    if len(name) >= 6 and _actions().match(name):
        return True
    quoted = _QUOTED.match(name)
    return quoted is not None and not _BODY.search(name)


def _is_titled(name: str) -> bool:
    """Whether a name begins as units do, so that it is one even as a sentence of its own (区投资促进中心。)."""
    return name[0] in _LEVEL + "各"


@lru_cache(maxsize=4096)
def is_units(text: str) -> bool:
    """Whether a cell holds nothing but names of units."""
    marked = text.lstrip(_MARK)
    bare = marked.removesuffix("。")
    if len(bare) > 260 or "。" in bare or _NUMBERED.match(bare):
        return False
    if not may_list(bare, 0, len(bare)) and not _FIRST_PLACE.search(bare):
        return False
    listed = [n for n in names(bare, 0, len(bare)) if not parties.CONVENTION.search(n.text)]
    if listed and _is_task(listed[0].text):
        return False
    if len(listed) == 1 and bare != marked and not _is_titled(listed[0].text):
        return False
    return bool(listed) and all(
        (is_unit(n.text.lstrip(_MARK)) or len(n.full) > len(n.text)) and not _HOW_MANY.fullmatch(n.text) for n in listed
    )


_TAIL = regex(r"(?:人民)?政府(?:办公室)?|管委会|党委|党工委|办公室")
_SUFFIXED = regex(
    r"[\u4e00-\u9fa5]{0,4}有限公司|[\u4e00-\u9fa5]{0,2}(?:园区|小镇|聚集区|集聚区|示范区|街道|政府|管委会|公司|中心|基地|单位|部门|平台|系统)"
)
_LEVEL = "省市县区州旗"
_GOVERNMENT = regex(rf"[{_LEVEL}](?:人民)?政府")
_FOREIGN = regex(r"[^\u4e00-\u9fa5()]")
_OF_THE_PARTY = regex(rf"(?:自治区党委|[\u4e00-\u9fa5]{{0,3}}[{_LEVEL}]委)$")
_PARTY_OFFICE = regex(
    r"(?:[\u4e00-\u9fa5]{2,3}[部办]|政法委|办公[厅室]|[\u4e00-\u9fa5]{2}工委|党校)(?:\([^()]{1,12}\))?"
)
_SEPARATOR = regex("[、,]")
_CLOSER = {"“": "”", "(": ")", "《": "》"}


def is_generic(text: str) -> bool:
    """Whether a cell is no more than the end of a name (园区, 小镇, 政府): it opens no cell of units."""
    return _SUFFIXED.fullmatch(text) is not None and not prefix_of(text) and text[0] not in _LEVEL + "各"


def _open(text: str) -> str:
    """The sign that would close what ``text`` leaves open; empty where nothing is open."""
    for opening, closing in _CLOSER.items():
        if opening in text and text.rfind(opening) > text.rfind(closing):
            return closing
    return ""


def _is_number(text: str) -> bool:
    return text[:1].isdigit() and NUMBER.fullmatch(text) is not None


def _joins(before: str, after: str, officials: bool) -> bool:
    """Whether the line ``after`` is the second half of the cell that ``before`` began."""
    closing = _open(before)
    if not closing and (len(after) > 12 or "。" in before):
        return False
    if len(before) > 120 or _is_number(after) or _is_number(before):
        return False
    if closing and 0 <= after.find(closing) < 30:
        return _open(after[: after.find(closing) + 1]) == "" and after.count(closing) > after.count(_opener(closing))
    if len(after) > 12 or "。" in before:
        return False
    head = before[max(before.rfind("、"), before.rfind(",")) + 1 :].lstrip(_MARK)
    tail = _SEPARATOR.split(after, 1)[0]
    if (
        not head
        or len(head) > 10
        or not is_unit(head + tail)
        or (head != before and not is_units(before[: -len(head) - 1]))
    ):
        return False
    if is_unit(head):
        party = _OF_THE_PARTY.fullmatch(head) and _PARTY_OFFICE.fullmatch(tail) and not prefix_of(tail)
        return bool(party) or (_TAIL.fullmatch(tail) is not None and head[-1] in _LEVEL + "镇乡)")
    if len(head) > 8 or is_phrase(head) or _FOREIGN.search(head) or not is_unit(tail):
        return False
    if _GOVERNMENT.fullmatch(tail):
        return not officials and 2 <= len(head) <= 3 and "(" not in head and ")" not in head
    if prefix_of(tail) or tail[0] in _LEVEL + "各":
        return False
    return head[0] in _LEVEL or bool(prefix_of(head)) or (is_generic(tail) and len(head) > 3)


_LONGEST_NAME = 10  # characters of a unit's name on a line of its own, within a sentence


def _within(before: str, name: str, after: str) -> bool:
    """Whether ``name`` reads like a unit's but stands on a line of its own within a sentence: …,实现 / 企业开办 / 全程网办。"""
    if len(name) > _LONGEST_NAME or len(before) < 12 or before[-1] in "。;" or not after.endswith("。"):
        return False
    last = before[before.rfind(",") + 1 :]
    if len(last) == len(before) or len(last) > 4 or not _actions().match(last):
        return False
    return is_units(name) and not _SEPARATOR.search(name) and not is_department(name) and not _is_titled(name)


def _opener(closing: str) -> str:
    return next(o for o, c in _CLOSER.items() if c == closing)


def parted(flow: Flow, lines: Sequence[Line]) -> list[Line]:
    """``lines``, those cut in two that the flow joined though the first half is a cell of units."""
    out: list[Line] = []
    for line in lines:
        at = _seam(flow, line) if line.end - line.start > 40 else 0
        out += [line._replace(end=at), line._replace(start=at)] if at else [line]
    return out


_OPENS = regex(
    rf"[{_MARK}]?(?:[{_LEVEL}各]|自治|[\u4e00-\u9fa5]{{2,4}}[{_LEVEL}]|国家|中央|[\u4e00-\u9fa5]{{2,8}}[处科室局办部][、,])"
)


def _seam(flow: Flow, line: Line) -> int:
    """Where the source breaks a line behind a list of units and text follows; 0 where it does not."""
    text = flow.text
    if not _OPENS.match(text, line.start, line.end):
        return 0
    for at in flow.breaks(line.start, line.end):
        if (
            at - line.start >= 30
            and line.end - at >= 8
            and is_units(text[line.start : at])
            and not is_units(text[at : line.end])
        ):
            return at
    return 0


def cells(flow: Flow, lines: Sequence[Line], first: int, officials: bool, bordered: bool = False) -> Iterator[Cell]:
    """The cells from line ``first`` on; lines that go on with a cell are joined to it.

    With ``bordered`` a blank line or a bar stands before every cell: lines without one go on with the cell before.
    """
    k, whole = first, flow.text
    while k < len(lines):
        start, end = lines[k].start, lines[k].end
        text, parts = whole[start:end], [(start, end)]
        while k + 1 < len(lines):
            after = lines[k + 1]
            said = whole[after.start : after.end]
            if bordered and not after.gap and not _is_number(said) and not _is_number(text):
                parts.append((after.start, after.end))
            elif not bordered and after.start - end <= 2 and _joins(text, said, officials):
                parts[-1] = (parts[-1][0], after.end)
            elif (
                not bordered
                and len(said) <= _LONGEST_NAME
                and k + 2 < len(lines)
                and _within(text, said, whole[lines[k + 2].start : lines[k + 2].end])
            ):
                k, parts[-1] = k + 1, (parts[-1][0], lines[k + 2].end)  # the text of both lines
                after, said = lines[k + 1], whole[after.start : lines[k + 1].end]
            else:
                break
            k, end, text = k + 1, after.end, text + said
        yield Cell(start, end, text, k, tuple(parts))
        k += 1
