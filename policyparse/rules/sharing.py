"""What the units of one list share: a carried-over prefix (市发展改革委、教育局), a common head or tail
(各市、州、县人民政府; 南宁、柳州市人民政府; 各市、县（市、区）教育局)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from policyparse import lexicon
from policyparse.patterns import LETTER, regex

LEVELS = "省市县区州旗盟"
_LEVEL = rf"(?:[{LEVELS}乡镇]|自治区|自治州|直辖市|设区市|地区)级?"
_BRACKET = r"(?:[(〈][^()〈〉]*[)〉])?"
_PREFIX = regex(
    rf"(?:自治[区州]|全[{LEVELS}]|[{LEVELS}](?![场域块划])|各?{LETTER}{{2,5}}?(?:自治区|自治州|[省市县州旗]|新区|区))(?=[^{LEVELS}各、]{{2,}})"
)
_CARRIES = regex(r"[局委办厅院社会室]$|中心$|总队$|支队$")
_OFFICE = regex(r"[\u4e00-\u9fa5]{2,4}办$")
# 旅游发展投资有限公司 behind 县发改局 is the county's own: a trade and what such firms do, no name that tells it apart
_OWN_FIRM = regex(
    rf"[^{LEVELS}]{{2,4}}(?:发展|投资|建设|开发|运营|经营|控股){{1,3}}(?:集团)?(?:有限(?:责任)?公司|公司|集团)"
)
_TAILED = regex(
    rf"(?P<head>{LETTER}{{0,6}}?)(?P<level>{_LEVEL})(?P<bracket>{_BRACKET})"
    rf"(?P<tail>人民政府|政府|党委|发展改革委|{LETTER}{{2,10}}?(?:[局委办厅]|部门|单位|机构))$"
)
# 中、省驻云有关单位: bodies of the centre and of the province that sit in a place.
_STATIONED = regex(r"[省市区](?:直)?(驻.{1,12})$")
_ABOVE = ("中", "中央", "部", "国家", "省")
_GOVERNMENT = ("人民政府", "政府", "党委")
_LEVEL_ENDS = regex(rf"(?:[{LEVELS}乡镇]|地区)级?{_BRACKET}$")
_LOW, _MIDDLE = regex("各?[乡镇]"), regex("各?[区县]")
_BARE_LEVEL = regex(rf"各?{_LEVEL}{_BRACKET}")
_EACH_LEVEL = regex(rf"各(?:{_LEVEL}){{1,3}}{_BRACKET}区?")
_CLOSED = regex(r"[局委办厅院部社府会协联行关队处室科心站所团司]$|部门$")  # 厦门, 江门 are places


class Name(NamedTuple):
    """A unit's name at flow[start:end]: ``text`` as folded, ``full`` with carried-over parts written out.

    ``how`` says what made ``full`` differ: prefix, tail, place, trade, or pair where two pieces were one name.
    """

    start: int
    end: int
    text: str
    full: str
    how: str = ""


def is_department(text: str) -> bool:
    """Whether ``text`` begins like the name of a government department (发展改革, 财政 …)."""
    return text.startswith(lexicon.words("departments"))


@lru_cache(maxsize=8192)
def prefix_of(name: str) -> str:
    """The territorial prefix of a unit's name: 市 of 市教育局, 自治区 of 自治区财政厅; empty where there is none."""
    found = _PREFIX.match(name)
    return found[0] if found and not found[0].startswith("各") else ""


def carry(out: list[Name], groups: list[int]) -> list[Name]:
    """Write out, in place, what the units of a list share; ``groups`` are the indices at which a run between 、 begins."""
    if len(out) < 2:
        return out
    texts = [name.text for name in out]
    for i, text in enumerate(texts):
        if text in _GOVERNMENT and i and texts[i - 1].endswith("党委"):  # 各级党委和政府
            out[i] = out[i]._replace(full=texts[i - 1].removesuffix("党委") + text, how="prefix")
    prefixed, bare = any(map(prefix_of, texts)), any(map(may_share, texts))
    if prefixed or bare:
        for first, last in zip(groups, [*groups[1:], len(out)], strict=False):
            if prefixed and last - first > 1:
                _carry_prefix(out, first, last)
            if bare and last - first > 1:
                _share_tail(out, first, last)
    return out


def _carry_prefix(out: list[Name], first: int, last: int) -> None:
    prefix = ""
    for i in range(first, last):
        start, end, text, *_ = out[i]
        if own := prefix_of(text):
            prefix = own
        elif prefix and (does := _behind_prefix(text)) == "takes":
            out[i] = Name(start, end, text, prefix + text, "prefix")
        elif prefix and does == "ends":
            prefix = ""


@lru_cache(maxsize=8192)
def _behind_prefix(text: str) -> str:
    """What a name without a prefix does to that of the names before it: it takes it, keeps it or ends it."""
    carries = _CARRIES.search(text) is not None
    if is_department(text) and (carries or _OWN_FIRM.fullmatch(text)):
        return "takes"
    if carries:
        return "takes" if _OFFICE.fullmatch(text) else "keeps"
    return "keeps" if text.endswith("部") else "ends"


def _share_tail(out: list[Name], first: int, last: int) -> None:
    for i in range(last - 1, first, -1):
        if not may_share(out[i - 1].text):
            continue
        if (seat := _STATIONED.match(out[i].text)) and out[i - 1].text in _ABOVE:
            out[i - 1] = out[i - 1]._replace(full=out[i - 1].text + seat[1], how="place")
            return
        found = _TAILED.match(out[i].text)
        if found and (begin := _bare_before(out, first, i, found)) < i:
            _write_out(out, begin, i, found)
            return
    _write_heads(out, first, last)


@lru_cache(maxsize=8192)
def may_share(text: str) -> bool:
    """Whether ``text`` may be a bare place or level, or a level above; else it shares no tail and no 各."""
    if text in _ABOVE or _EACH_LEVEL.fullmatch(text):
        return True
    return not _CLOSED.search(text) and (_is_bare_level(text) or _is_bare_place(text))


def _is_bare_level(text: str) -> bool:
    """Whether ``text`` is a level without a name: 各县, 乡镇, 自治州."""
    return _BARE_LEVEL.fullmatch(text) is not None


def _is_bare_place(text: str) -> bool:
    """Whether ``text`` can be the name of a place: two or three signs, or up to six and a level behind them."""
    named = 2 <= len(text) <= 3 and text[0] not in LEVELS
    if not named and not (3 <= len(text) <= 7 and text[-1] in LEVELS):
        return False
    return min(text) >= "\u4e00" and max(text) <= "\u9fa5"


def _bare_before(out: list[Name], first: int, i: int, found: re.Match[str]) -> int:
    """Index of the first of the bare places in front of out[i], to which its tail belongs too."""
    of_levels = found["head"] in ("", "各", "直辖")
    low = found["level"][0] in "乡镇"
    own = found["level"] == "市" and found["tail"] not in _GOVERNMENT  # 各区、市教育局: the city's own bureau
    begin = i
    if _is_area(found) and _LOW.match(out[i - 1].text) is None and _EACH_LEVEL.fullmatch(out[i - 1].text):
        return i - 1
    while begin > first:
        text = out[begin - 1].text
        bare = _is_bare_level if of_levels else _is_bare_place
        if not bare(text) or _CLOSED.search(text):
            break
        if of_levels and ((_LOW.match(text) is not None) != low or (own and _MIDDLE.match(text))):
            break
        begin -= 1
    return begin


def _is_area(found: re.Match[str]) -> bool:
    """Whether what is tailed is an area beside the counties: 功能区教育部门, 义龙新区财政局."""
    return found["level"] == "区" and len(found["head"]) >= 2 and found["tail"] not in _GOVERNMENT


def _write_out(out: list[Name], begin: int, i: int, found: re.Match[str]) -> None:
    if _is_area(found) and _EACH_LEVEL.fullmatch(out[begin].text):  # 各县(市)、义龙新区财政局
        out[begin] = out[begin]._replace(full=out[begin].text + found["tail"], how="tail")
        return
    head = "各" if out[begin].text.startswith("各") else ""
    for k in range(begin, i + 1):
        name = out[k]
        text = name.text if name.text.startswith(head) else head + name.text
        if k < i:
            text += found["tail"] if _ends_in_level(text) else found["level"] + found["tail"]
        out[k] = name._replace(full=text, how="tail")


def _ends_in_level(text: str) -> bool:
    """Whether a place says its level; 福州 and 柳州 do not, 甘孜州 does."""
    if text.endswith("州") and len(text) == 2 and not text.startswith("各"):
        return False
    return _LEVEL_ENDS.search(text) is not None


def _write_heads(out: list[Name], first: int, last: int) -> None:
    """各县、市、区: the head 各 belongs to every bare level."""
    headed = False
    for i in range(first, last):
        text = out[i].text
        if text.startswith("各") and _BARE_LEVEL.fullmatch(text):
            headed = True
        elif headed and len(text) == 1 and text in LEVELS:
            out[i] = out[i]._replace(full="各" + text, how="tail")
        else:
            headed = False
