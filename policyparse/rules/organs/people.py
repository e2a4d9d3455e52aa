"""Who holds a post: one person or several, told apart by how offices and personal names end."""

from __future__ import annotations

from functools import cache, lru_cache

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.records import Span
from policyparse.text import fold

HAN = "[\u4e00-\u9fff]"
_AREA = "[国省市县区州镇乡旗]"


def office_end() -> str:
    """The words that offices end in, as a regular expression."""
    return lexicon.alternation("office_titles")


def _generic() -> str:
    return lexicon.alternation("office_titles", "generic")


def _name() -> str:
    return rf"{lexicon.alternation('surnames')}{HAN}{{1,2}}|{HAN}{{1,6}}·{HAN}{{1,8}}"


_GLOSS = regex(r"[(（][^()（）]*简称[^()（）]*[)）]")
_BETWEEN = regex(r"[,;]?以及|[、,;]|[和及与](?!其他)")
_NAMED = regex(lambda: rf"{office_end()}(?P<name>{_name()})(?:同志)?(?:\([^()]*\))?$")
_BARE = regex(lambda: rf"(?P<name>{_name()})(?:同志)?(?:\([^()]*\))?$")
_OFFICE = regex(lambda: rf"{office_end()}(?:\([^()]*\))?$")
# An office in a department of its own, not in the committee or government that people hold several offices in.
_DEPARTMENT = regex(
    lambda: (
        rf"^(?!.*{_AREA}委).*{_AREA}.*{HAN}(?:局|厅|办|部|委|办公室|委员会|中心|队|公司|集团|行|院|处|所|站|校|大学)"
        rf"(?:党组|党委|党工委)?(?:常务|第一)?副?(?:局长|厅长|主任|部长|书记|队长|总经理|董事长|行长|院长|处长|所长|站长|校长|{office_end()})$"
    )
)
_ANYBODY = regex(lambda: rf"{HAN}{{2}}(?:主要|分管|有关|相关|班子)?{_generic()}$")
_COLLECTIVE = regex(r"^(?:各|有关|相关|其他)|等(?:有关|相关)?(?:部门|单位)|各")
_NO_PERSON = regex(r"[局委办厅署部处室队所股镇乡]$|[法医学]院$")
_BRACKET = regex(r"\([^()]*\)$")
_UNIT = regex(lambda: rf"(?:{lexicon.alternation('unit_suffixes')}|政府|办事处|街道|园区|[镇乡村])$")
# What may stand behind a list of units: 等单位分管负责同志
_BEHIND_UNITS = regex(lambda: rf"(?:等(?:有关|相关)?(?:部门|单位)?)?(?:(?:主要|分管|有关|相关)?{_generic()})?[。;]?$")
_LONGEST_TAIL = 20  # characters


@cache
def _tail_ends() -> tuple[str, ...]:
    return ("。", ";", "等", "等有关", "等相关", "部门", "单位", *lexicon.words("office_titles", 0, "generic"))


_BETWEEN_UNITS = regex(r"[、,，;；](?![^(（]*[)）])")
_ANY_GENERIC = regex(_generic)


def is_name(text: str) -> bool:
    """Whether ``text`` is a personal name as far as its form tells: 王小明, 欧阳兰, 王小明同志, 王小明(区教育局)."""
    found = _BARE.match(text)
    return found is not None and _is_person(found["name"])


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    """Whether ``text`` ends as names of units do: 区财政局, 各镇(街道)."""
    bare = _BRACKET.sub("", text) if ")" in text else text
    return " " not in bare and _UNIT.search(bare) is not None


def unit_list(text: str) -> list[str]:
    """The units in a list of members such as 甲局、乙局分管负责同志; empty where it holds anything but units."""
    if " " in text and ")" not in text and "）" not in text:  # 王小明 市长
        return []
    bare = text
    if text.endswith(_tail_ends()):
        bare = text[:-_LONGEST_TAIL] + _BEHIND_UNITS.sub("", text[-_LONGEST_TAIL:])
    pieces = [piece for piece in _BETWEEN_UNITS.split(bare) if piece]
    return pieces if all(is_unit(fold(piece)) and not _ANY_GENERIC.search(piece) for piece in pieces) else []


@lru_cache(maxsize=4096)
def ends_in_office(text: str) -> bool:
    """Whether ``text`` ends in an office: 副区长, 区水务局主要负责同志."""
    return _OFFICE.search(text) is not None


def each(holder: str) -> list[str]:
    """The holders that ``holder`` (as printed) names, one a person; all of it where its form leaves that open.

    Pieces belong together until one ends in a name or an office: 分管供水、排水工作的副县长.  Where names are given,
    a name closes a person (县委常委、副县长王小明); where only offices are, two are two persons if each has its own
    department or is nobody in particular (县水利局局长、县住建局主要负责同志) or if 和 joins them (市长和市政府秘书长), and
    one person's if not (副市长、市公安局局长).
    """
    raw = (_GLOSS.sub("", holder) if "简称" in holder else holder).strip()
    text = fold(raw)
    persons = _closed(text)
    if not all(ends_in_office(text[a:b]) for a, b in persons):  # what ends in no office is named
        persons = _by_name(text, persons)
    elif any(_COLLECTIVE.search(text[a:b]) for a, b in persons):
        persons = []
    else:
        persons = _by_department(text, persons)
    return [_without_address(raw[a:b]) for a, b in persons] or [_without_address(raw)]


def _without_address(holder: str) -> str:
    """``holder`` without 同志 behind a personal name: 王小明同志, but not 主要负责同志."""
    bare = holder.removesuffix("同志")
    return bare if bare != holder and _is_named(bare) else holder


def _closed(text: str) -> list[Span]:
    """``text`` cut wherever a piece ends in a name or an office; empty where the last piece ends in neither."""
    out: list[Span] = []
    begin = 0
    for found in [*_BETWEEN.finditer(text), None]:
        end = found.start() if found else len(text)
        piece = text[begin:end]
        if piece.count("(") > piece.count(")"):
            continue
        if piece and (ends_in_office(piece) or _is_named(piece)):
            out.append((begin, end))
            begin = found.end() if found else end
    return out if begin == len(text) else []


def _by_name(text: str, persons: list[Span]) -> list[Span]:
    """Offices go to the name behind them; those behind the last name are other persons, or nothing is certain."""
    out: list[Span] = []
    first: int | None = None
    for a, b in persons:
        first = a if first is None else first
        if not ends_in_office(text[a:b]):
            out.append((first, b))
            first = None
    rest = [one for one in persons if first is not None and one[0] >= first]
    return [*out, *rest] if all(_stands_alone(text[a:b]) for a, b in rest) else []


def _by_department(text: str, persons: list[Span]) -> list[Span]:
    out = persons[:1]
    for a, b in persons[1:]:
        before, one, between = text[out[-1][0] : out[-1][1]], text[a:b], text[out[-1][1] : a]
        apart = between.endswith(("和", "及", "与")) or _is_anybody(before) or _is_anybody(one)
        if apart or (_stands_alone(before) and _stands_alone(one)):
            out.append((a, b))
        else:
            out[-1] = (out[-1][0], b)
    return out


def _stands_alone(text: str) -> bool:
    """Whether an office has its own department, or is nobody in particular."""
    return _is_anybody(text) or _DEPARTMENT.search(text) is not None


def _is_anybody(text: str) -> bool:
    return "分管" in text or _ANYBODY.search(text) is not None


def _is_named(text: str) -> bool:
    """Whether ``text``, which does not end in an office, ends in a personal name."""
    found = _NAMED.search(text) or _BARE.match(text)
    return found is not None and _is_person(found["name"])


def _is_person(name: str) -> bool:
    return not (ends_in_office(name) or _NO_PERSON.search(name))
