"""Subjects of prose duties: the units that a sentence or one of its clauses begins with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.rules.base import behind_last
from policyparse.rules.duties.base import MODAL, Actor, heads, last_characters, persons, signs, units
from policyparse.rules.sharing import Name
from policyparse.rules.units import is_unit, split

# What may stand right behind the subject of a duty.
_ADVERBS = "也|都|均|还|又|同时|切实|主要|重点|具体|统一"
_ABOUT = "就(?![业地近医餐读是诊学任座职绪养寝位])"  # 甲局就进展情况向乙局报告
_VERBS = (
    rf"{MODAL}|务必|负责(?!解释|人|同志)|承担|于|每|在|把|从|根据|结合|会同|牵头|定期|不定期|及时|分别|"
    r"共同|自|到|制定|研究|组织(?![部处科室人])|建立|开展|指导|受托|配合|围绕|依托|加强|做好|抓好|提出|负总责|主动|积极|适时|如[遇有需]|以[^,。;:]{2,12}为单位|原则上|明确|落实|工作中|"
    r"\d|一次性|编制|印发|出台|发布|完成|启动|召开|通报|评估|汇总|审核|实施|实行|对照|执行|推进|推动|督促|统筹|协调|整合|"
    r"设立|成立(?!文件)|梳理|排查|选派|确定|建成|实现|配备|提供|参照|依法|率先|全面|进一步|继续|认真|严格|委托"
    rf"|{_ABOUT}"
)
_URGED = "也|都|均|还|同时|要|主要|及时|切实|适时|定期|具体"
_URGES = rf"{MODAL}|{_ABOUT}|务必|负责(?!解释|人|同志)|承担|指导|加强|积极|密切|组织(?![部处科室人])|做好|配合|适时|开展|每月|每季|每年"
_FOLLOWS = regex(r"要|应|须|于|每|并于|按|\d")
_LEADS = regex(r"(?:主要|要|应|具体)?(?:负责)?牵头(?!人|单位|部门|机构|企业|医院|处室|领导|[^,。;]{0,4}的)")
_GLUED = regex(
    "(?:工作|主要|具体|议事)(?:要求|规则|职责|任务|步骤|措施)"
    "(?!分工|落实|实施|牵头|责任|单位|部门|机构|委员会|小组|办公室|专班)"
)  # a heading that runs on into its text
_GLUED_HEADS = "工主具议"
_INTRO = regex(
    r"(?:[一二三四五六七八九]是|请(?![示求教假])|其中|此外|同时|原则上|今后|各级|下一步|同意后|必要时)?,?(?:请(?![示求教假]))?(?:第[一二三四五六七八九十]批:)?"
)
_DATE_INTRO = regex(r"[^,。;]{0,6}\d[^,。;]{0,14}(?:前|底|内|起|末|中旬|上旬|下旬|期间|年|后),")
_SHARE = regex(r"\d+%(?:以上|左右)?的")  # 80%以上的监测机构要…
_PAPER = regex(
    r"(?:的)?(?:相关|有关|具体|实施|工作|年度|各自)*(?:方案|计划|情况|总结|报告|材料|名单|办法|清单|意见|措施|台账|文件)$"
)
_PAPER_ENDS = "案划况结告料单法见施账件"
_LABEL = regex(r".{0,6}(?:单位|部门|处室|机构|地区|对象|范围|方式|人员)")
_SHALL = regex("[应要须]")  # 财政部门:应于…
_OPENS = regex(r"[,。;:!?\n由]")
_HELP = regex(r"(?:积极|密切|主动|重点|全力|协同)*(?:配合|协助|参与)(?:[,。;]|$)")


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    """A character that a unit's name can end with, and a verb of duty or a comma behind it."""
    ends = re.escape("".join(sorted(last_characters() | set(_PAPER_ENDS))))
    return regex(rf"[{ends}](?=[,:{heads(f'{_ADVERBS}|{_VERBS}')}])(?=,|:|(?:{_ADVERBS})?(?:{_VERBS}))")


_PLACES = "区县市州旗镇乡村省"


@lru_cache(maxsize=1)
def _ends() -> set[str]:
    """What a unit's name ends with where a strong verb of duty stands behind it."""
    long = {w[-1] for w in lexicon.words("unit_suffixes") if len(w) > 1}
    return (long | set("局委办厅部院府处室队站员")) - {"所"}


@lru_cache(maxsize=1)
def _acts() -> re.Pattern[str]:
    """The end of a unit's name (but a place's) with a strong verb of duty behind it."""
    last = "".join(sorted(_ends()))
    return regex(
        rf"[{last}{_PLACES}](?=[({heads(f'{_URGED}|{_URGES}')}])(?:(?<=[{last}])|(?<=[各关].))(?:\([^()]{{1,10}}\))?"
        rf"(?=(?:{_URGED})?(?:{_URGES}))"
    )


def places(text: str, start: int, end: int) -> list[int]:
    """Offsets in text[start:end] where a unit's name may end with a verb of duty behind it."""
    return [found.start() for found in _stands().finditer(text, start, end)]


@lru_cache(maxsize=1)
def _stands() -> re.Pattern[str]:
    """One of these stands in every sentence that this module reads: all that ``_opening`` and ``_acts`` see, and more.

    It looks ahead, but rules nothing out by what it sees: so it holds for a sentence that is cut off anywhere.
    """
    ends = re.escape("".join(sorted(last_characters() | set(_PAPER_ENDS + _PLACES) | _ends())))
    urges, adverbs = re.sub(r"\(\?<?!.*?\)", "", _URGES), f"{_ADVERBS}|{_URGED}"
    words = {*re.sub(r"\(\?<?!.*?\)", "", _VERBS).split("|"), *urges.split("|")}
    short = "".join(sorted(w for w in words if len(w.lstrip("\\")) == 1))
    long = sorted(w for w in words if w[0] not in short)
    # two classes of characters rule most out before the many words are tried one by one
    named = [w for w in long if w[1] != "["]
    pairs = f"[{heads('|'.join(named))}][{''.join(sorted({w[1] for w in named}))}]"
    others = heads("|".join([adverbs, *(w for w in long if w[1] == "[")]))
    return regex(
        rf"[{ends}](?=[,:({short}{heads('|'.join([adverbs, *long]))}])"
        rf"(?=[:{short}]|,[要应须于每并按\d]|\([^()]{{1,10}}\)(?:{_URGED})?(?:{urges})|"
        rf"(?=[{others}]|{pairs})(?:{adverbs})?(?:[{short}]|{'|'.join(long)}))"
    )


@lru_cache(maxsize=1)
def _verb_heads() -> frozenset[str]:
    """First two characters of the words that no name of a unit begins with."""
    words = lexicon.words("no_unit_heads")
    return frozenset(w[:2] for w in words if len(w) > 1) - {"建设", "发展", "规划", "应急", "审计", "重点"}


def read(text: str, start: int, end: int, named: Sequence[int]) -> list[Actor]:
    """The subject of the sentence text[start:end], with its role; ``named`` are the ``places`` in it."""
    found = [] if text[start : start + 2] in _verb_heads() else _subject(text, start, end, named)
    if not found:
        return []
    leads = _LEADS.match(text, found[-1].end, end) is not None
    return [Actor(n, "official" if n.text.endswith(persons()) else "lead" if leads else "responsible") for n in found]


def _subject(text: str, start: int, end: int, named: Sequence[int]) -> list[Name]:
    """The units that a sentence begins with, or that own the paper it begins with."""
    start = _headed(text, start, end)
    start = _INTRO.match(text, start, end).end()  # type: ignore[union-attr]
    date = _DATE_INTRO.match(text, start, end)
    if date:
        start = date.end()
    if start >= end:
        return []
    if text[start].isdigit() and (share := _SHARE.match(text, start, end)):
        start = share.end()
    limit = min(end, start + 170)
    comma = text.find(",", start, limit)
    if comma >= 0 and text.find("、", start, comma) < 0:
        limit = comma + 1  # one unit stands before the first comma, or none
    opening = _opening()
    for place in named:
        if not start < place < limit or not opening.match(text, place, limit):
            continue
        at = place + 1
        if text[at] == "," and not _FOLLOWS.match(text, at + 1, end):
            continue
        who = text.endswith("各级", 0, start) and units(text, start - 2, at)  # 各级联席会议 is a name, too
        if who := who or units(text, start, at):
            label = text[at] == ":" and _LABEL.fullmatch(text, start, at) and not _SHALL.match(text, at + 1)
            return [] if label else who
        if text[at] == ":":
            return []
        if text[at - 1] in _PAPER_ENDS and (paper := _PAPER.search(text[start:at])):
            return units(text, start, start + paper.start()) or _owners(text, start, at)
        if at - start > 60 and text.find("、", start, at) < 0:
            break
    return []


def _headed(text: str, start: int, end: int) -> int:
    """``start``, or the offset behind the heading that stands there without a stop: 工作要求市湿地局要…."""
    glued = _GLUED.match(text, start, end) if text[start : start + 1] in _GLUED_HEADS else None
    return glued.end() if glued else start


def _owners(text: str, start: int, end: int) -> list[Name]:
    """The units that papers are of, by what stands before: 各区(市)修复方案、巡护台账等, 各地、各校办公室成立文件."""
    stop = start
    for a, b, separator in split(text, start, end):
        ends = [k for k in range(a + 2, b + 1) if is_unit(text[a:k])] if text[a] == "各" and separator != "," else []
        if not ends:
            break
        stop = ends[-1]
        if text.startswith(_FOUNDED, stop):  # the body that is founded does not hand in the paper
            whole = [k for k in ends if not text.startswith("公室", k)]
            stop = next(k for k in whole if k + 1 not in ends or text.startswith("办公室", k))
        if ends[-1] < b:
            return units(text, start, stop)
    return []


_FOUNDED = ("成立", "组建", "设立")
ASKS = signs(r"请(?<=[,;:。、.)\s应]请)")  # 、 and . stand behind a label: 三、请各区…
_ASKED = regex(
    r"请(?<=[,;:。、.)\s应]请)(?![示求教假])(?P<who>[^,。;:]{2,90}?)(?=在|于|按|将|对|要|抓紧|接到|收到|尽快|认真|负责|做好|"
    r"高度重视|切实|严格(?!的)|及时|积极|商(?=[财有相各同市省]))"
)


def elsewhere(text: str, start: int, end: int, named: Sequence[int]) -> list[Actor]:
    """Subjects of further clauses: …不一致的,区建设局应及时…; 组织审计部门适时…; 有关处室积极配合.

    ``named`` are the ``places`` in the sentence.
    """
    out: list[Actor] = []
    if text.find("请", start, end) >= start:
        for asked in _ASKED.finditer(text, start, end):
            out += [Actor(n, "responsible") for n in units(text, *asked.span("who"))]
    stop, acts = start, _acts()
    for place in named:
        if place < stop:
            continue
        if text[place] in _PAPER_ENDS:
            a = behind_last(text, _OPENS, max(start, place - 60), place)
            if text[a] == "各" and _PAPER.search(text[a : place + 1]):
                out += [Actor(n, "responsible") for n in _owners(text, a, place + 1)]
        if not (found := acts.match(text, place, end)):
            continue
        stop = found.end()
        a = behind_last(text, _OPENS, max(start, place - 60), stop)
        a = _headed(text, a, stop)
        by = text.rfind("组织", a, stop)
        if by >= 0 and text[by + 2] != "部":
            a = by + 2
        listed = units(text, a, stop)
        if listed:
            role = "support" if _HELP.match(text, stop, end) else "responsible"
            out += [Actor(n, role) for n in listed]
    return out
