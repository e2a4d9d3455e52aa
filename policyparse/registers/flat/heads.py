"""The heading of a table that was flattened to one cell a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.registers.base import NOTE, OTHER, TEXT_HEADS, Column, column, columns_of, is_register
from policyparse.registers.cells import NUMBER, SECTION, is_units
from policyparse.rules.units import is_phrase
from policyparse.text import Flow, Line

_HEAD_ENDS = regex(rf"(?:{TEXT_HEADS})$")
_WORDS = regex(r"[\u4e00-\u9fa5A-Za-z]*")
_STOPS = regex("[。;:、,]")
_STEM = regex(r"建设|完成|工作|主要|重点|实施|具体|计划|年度|起止|开工")
_NOUN = regex(r"(?:单位|部门|周期|时限|时间|期限|年限|内容|任务|目标|措施|领导|性质|地点|进度)$")
_TITLE = regex(r"附?表[一二三四五六七八九十\d]")
# The name of a task, which follows the heading of a table without numbers: 云岭公园工程, but not 主要建设内容, 重点工程.
_NAMED = regex(r"(?!(?:主要|重点|具体|实施|建设|年度|工作|配套)).{3,}(?:工程|行动|计划|项目|工作|政策)")


class Heading(NamedTuple):
    """The columns of a heading, the first line behind it, and whether a blank line or bar stands before every cell."""

    columns: list[Column | None]
    behind: int
    bordered: bool


_MOST = 40  # lines of a heading
LONGEST_HEAD = 40  # characters of a cell of a heading


def head_run(flow: Flow, lines: Sequence[Line], i: int) -> Heading | None:
    """The heading that begins at line ``i`` with one heading a line.

    Short cells of unknown meaning (地点, 总投资) may stand in it, if a known heading or the first number follows.
    """
    text = flow.text
    first = text[lines[i].start : lines[i].end]
    if not _is_short(first) or (opens := column(first)) is None or not _head(first) or _is_title(first):
        return None
    if i + 1 == len(lines) or not _head(text[lines[i + 1].start : lines[i + 1].end]):
        return None  # one heading alone makes no register
    heads, sure, behind = [first], 1, i + 1
    bordered, numbered = _bordered(lines, i), opens.kind == "no"
    j = i + 1
    while j < min(len(lines), i + _MOST):
        piece = text[lines[j].start : lines[j].end]
        head = _head(piece)
        if not head or (_NAMED.fullmatch(head) and is_register([column(h) for h in heads], heads)):
            break
        bare = NOTE.sub("", piece) if "(" in piece else piece
        if not bare or (bordered and not lines[j].gap):
            heads[-1] += piece  # 总投资 / (亿元)
        elif _is_stem(heads[-1]) and len(bare) <= 4 and _NOUN.search(bare):
            heads[-1] += piece  # 建设 / 周期(年)
        else:
            heads.append(head)
        j += 1
        known = column(heads[-1]) is not None
        if known or (numbered and j < len(lines) and _is_first(text, lines[j])):
            sure, behind = len(heads), j
        elif len(heads) - sure > 4:
            break
    heads = heads[:sure]
    columns = [c or OTHER for c in columns_of(heads)]
    if not is_register(columns, heads) or (
        len(heads) < 3 and not _is_pair(flow.text, lines[behind : behind + _PAIR], columns)
    ):
        return None
    return Heading(list(columns), behind, bordered)


def _is_title(text: str) -> bool:
    """Whether ``text`` is what a table is called, above its heading: 表一 日常任务, 云岭市任务分解表."""
    return text.endswith("表") or (text.endswith("清单") and len(text) >= 7) or _TITLE.match(text) is not None


def _is_pair(text: str, lines: Sequence[Line], columns: Sequence[Column | None]) -> bool:
    """Whether two headings, units and duties, stand above ``lines``: units and what is no unit take turns there."""
    if [c.kind for c in columns if c] != ["role", "task"]:
        return False
    units = [is_units(text[x.start : x.end]) for x in lines]
    return units[:2] == [True, False] and any(units[2:])


_PAIR = 12  # lines among which a second row begins

_SAMPLE = 16  # lines by which it is told whether the cells are set off


def _bordered(lines: Sequence[Line], i: int) -> bool:
    """Whether the cells from line ``i`` on are set off by blank lines or bars, though some of them have several lines."""
    gaps = [line.gap > 0 for line in lines[i + 1 : i + 1 + _SAMPLE]]
    return all(gaps[:2]) and len(gaps) > 2 and sum(gaps) * 2 > len(gaps)


def _is_short(text: str) -> bool:
    """Whether ``text`` is as short as a cell of a heading and no sentence, but for a note in brackets."""
    if len(text) > LONGEST_HEAD:
        return False
    bare = NOTE.sub("", text) if "(" in text else text
    return len(bare) <= 16 and not _STOPS.search(bare)


def _head(text: str) -> str:
    """``text`` if it may be a cell of a heading, else empty."""
    if not _is_short(text) or NUMBER.fullmatch(text):
        return ""
    bare = NOTE.sub("", text) if "(" in text else text
    known = column(text)
    if known is None and _STEM.fullmatch(text):
        return text
    if known is None:
        return text if len(bare) <= 8 and _WORDS.fullmatch(bare) and not is_phrase(bare) else ""
    if known.kind == "task" and is_phrase(bare) and not _HEAD_ENDS.search(bare):
        return ""
    return text


def _is_stem(head: str) -> bool:
    return len(head) == 2 and (_STEM.fullmatch(head) is not None or head in lexicon.words("roles"))


def _is_first(text: str, line: Line) -> bool:
    """Whether the rows of a numbered table begin with ``line``."""
    piece = text[line.start : line.end]
    return SECTION.fullmatch(piece) is not None or NUMBER.fullmatch(piece) is not None
