"""What the readers of prose duties share: actors, modal verbs, and lists that hold nothing but units."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.rules.sharing import LEVELS, Name
from policyparse.rules.units import is_department, is_phrase, is_unit, may_list, names, split, suffix_ends, trim


class Sign(NamedTuple):
    """Something that a sentence needs for a reader to find anything: a pattern, and the character that it begins with."""

    first: str
    pattern: re.Pattern[str]


def signs(*patterns: str) -> tuple[Sign, ...]:
    """Signs with these ``patterns``, each of which begins with a character: for that a text is searched fastest."""
    return tuple(Sign(pattern[0], regex(pattern)) for pattern in patterns)


class Actor(NamedTuple):
    """A unit named in prose and the role its sentence gives it."""

    name: Name
    role: str


# Modal verbs, and not the words that begin with the same character (应急, 要素, 可再生).
MODAL = r"应当|应(?![急用届收付聘邀变战援])|(?<![重主需必次首紧纲摘概提])要(?![素求点件塞闻])|须|必须|需(?![求要])|可(?![再持视靠])|不得|将(?!军)|对(?!口|内|外[开交合贸投宣经联服援友文事窗发公承劳])|按(?!揭)"


def heads(alternatives: str) -> str:
    """The characters that ``alternatives`` (a pattern) begin with, for a class that is tried before them."""
    bare = re.sub(r"\(\?<?!.*?\)", "", alternatives)
    return "".join(sorted({word[: 1 + word.startswith("\\")] for word in bare.split("|")}))


_APPOSITION = regex(r"(?<=[局委办厅部心院会行社])(?:等)?[\d一二三四五六七八九十]+(?:家|个|大)[^、,]*?(?:单位|部门)$")
_COUNT = regex("[家个大]")


def persons() -> tuple[str, ...]:
    """How officials end who are named by their office: 分管领导, 校长."""
    return lexicon.words("officials")


@lru_cache(maxsize=1)
def last_characters() -> frozenset[str]:
    """What a name of a unit can end with: a cheap test before the dear ones."""
    return suffix_ends() | frozenset("等员")


# 处于, 所需 …: the character belongs to the next word.
_NO_END = {
    a + b for a, after in (("处", "于在理置罚"), ("所", "需有在属涉"), ("会", "议"), ("部", "分署")) for b in after
}


def units(text: str, start: int, end: int) -> list[Name]:
    """The units of text[start:end], or nothing where any piece is not a unit."""
    start, end = trim(text, start, end)
    if end - start < 2 or text[end - 1] not in last_characters() or text[end - 1 : end + 1] in _NO_END:
        return []
    if text.count("(", start, end) != text.count(")", start, end):
        return []
    if text.find("商", start, end) > start and (consulted := _CONSULTS.search(text, start, end)):
        end = consulted.start()
    if text[end - 1] == "员" and _STAFF.fullmatch(text, start, end):
        staff = text[start:end]
        return [] if is_phrase(staff) else [Name(start, end, staff, staff)]
    listing = text.find("、", start, end) >= 0
    if listing and (trades := _trades(text, start, end)):
        return trades
    if text.endswith(("单位", "部门"), start, end) and _COUNT.search(text, start, end):
        cut = _APPOSITION.search(text[start:end])
        end = start + cut.start() if cut else end
    listed = names(text, start, end) if end - start <= 160 and may_list(text, start, end) else []
    for name in listed:
        if (not is_unit(name.text) and len(name.full) == len(name.text)) or " " in name.text:
            return []  # a blank parts a person from a unit in a list of members
    return [] if all(_GENERIC.fullmatch(n.text) for n in listed) else listed


# 甲局商乙局: who is asked for a view is not who must act.
_CONSULTS = regex("商(?<=[局委办厅部府门]商)(?![务业会贸标户])")
# 现有湿地执法人员要…: those who do a unit's work; not 甲局及其工作人员, which speaks of their faults.
_STAFF = regex(
    "(?!该|.*(?:发现|配备|聘用|委派|选派|招聘|要求|安排|抽调|充实))[^及和与、的()]{2,12}(?:工作|执法|监管|管理|组成|值班|值守)人员"
)
# Words for everybody and nobody.
_GENERIC = regex(
    r"政府|企业|学校|高校|医院|单位|部门|机关|园区|社区|城区|县区|机构|银行|小镇|本市|本省|本县|本区|我市|我省|我县|我区|多部门|全社会"
)


TRADES = regex(r"[\u4e00-\u9fa5]{2,8}(?:、[\u4e00-\u9fa5]{2,8})+(?:等(?:有关|相关|职能|主管)?)?部门")


_DEPARTMENTS = ("行政主管部门", "主管部门", "部门")


def _trades(text: str, start: int, end: int) -> list[Name]:
    """发展改革、财政、公安等部门: departments named by their field alone."""
    if not text.endswith("部门", start, end) or not TRADES.fullmatch(text, start, end):
        return []
    out: list[Name] = []
    known = 0
    level = text[start] if text[start] in LEVELS else ""  # 市发展改革、财政等部门
    stop = text.rfind("等", start, end)
    kind = "部门" if stop >= 0 else next(k for k in _DEPARTMENTS if text.endswith(k, start, end))
    for a, b, _ in split(text, start, stop if stop >= 0 else end - len(kind)):
        trade = text[a:b].removeprefix(level)
        if is_phrase(trade) or is_unit(trade):
            return []
        known += is_department(trade)
        out.append(Name(a, b, text[a:b], f"{level}{trade}{kind}", "trade"))
    return out if 2 * known >= len(out) else []


_GO_ON = regex(
    r"等|组织|组建|统筹|开展|对|制定|研究|建立|共同|联合|按|及时|加强|定期|进行|做好|筛选|将|于|在|提出|推进|根据|指导|督促|拟[订定]|另行|加快|抓紧|尽快|"
    r"全面|认真|积极|继续|协调|依法|自(?=收|接)|监督|编制|修订|起草|健全|启动|审[核查批](?![处科部中委])"
)
_BRACKET = regex(r"\([^()]{2,16}\)")


def unit_end(piece: str) -> int:
    """Where the unit that ``piece`` begins with ends, when a verb follows it; 0 where that is not certain."""
    for found in _ends().finditer(piece):
        end = found.end()
        if bracket := _BRACKET.match(piece, end):
            end = bracket.end()
        if _GO_ON.match(piece, end) and is_unit(piece[:end]):
            return end
    return 0


@lru_cache(maxsize=1)
def _ends() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in lexicon.words("unit_suffixes")))
