"""Names of units: where they end, how a list of them is split, what a shortened one stands for."""

from __future__ import annotations

import re
from functools import lru_cache

from policyparse import lexicon
from policyparse.patterns import LETTER, regex
from policyparse.rules.sharing import LEVELS, Name, carry, may_share
from policyparse.rules.sharing import is_department as is_department

_OPEN, _CLOSE = "(〈《“", ")〉》”"
# 等, 等部门, 等有关单位 behind a list is left out.
_ETC = regex(
    r"等(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:国务院|省级?|市级?|县级?|区级?|州级?|中央)?(?:各|其他)?(?:有关|相关|成员|责任|直属|职能|主管|市直|省直|县直)?"
    r"(?:方面|部门(?:和单位|、单位|\(单位\)|及单位)?|单位(?:和部门|\(部门\))?|处室|机构|机关|企业|委办局|地方|高校|媒体)?$"
)
_GLOSS = regex(r"[(〈](?:含|包括|不含|下同|以下简称|排|列|首位|第一)[^()〈〉]*[)〉]$|[(〈][^()〈〉]*下同[)〉]$")
# 等涉及个人办事的市级部门: a longer description behind a list, left out likewise.
_ETC_LONG = regex(r"等[^、,;等]{2,16}(?:部门|单位|政府|机构|机关|企业)(?:和单位)?$")
_AND = regex(r"以及|及其|及|或者|或|和|与|并")


@lru_cache(maxsize=1)
def _suffix() -> re.Pattern[str]:
    words = sorted((w for w in lexicon.words("unit_suffixes")), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + r")(?:[(〈][^()〈〉]*[)〉])?$")


_NOT_NAME = regex(
    r"[%=《》:。!?是了【】]|^\([^()]{2,}\)对(?![外口台])|^全[省市县区州](?:引进|新增|培育)|^我们|^党的|^\d+[.、]|第[一二三四五六七八九十百]+条|\d(?:年|月|日|个|%|项|万|亿|家|名)|的$|由(?!贸)|[×…_*]{2}|^-|率(?!先)|"
    r"(?:大会|(?<!联席)(?<!常务)会议|例会|年会|博览会|展会|洽谈会|座谈会|发布会|交流会|培训会|协调会|机会|社会|网站|基站|为单位|(?<!价)格局|布局|(?<!安)全局|大局|时局|(?:[网掌]上|就近|一次|[网证省国办]通|全程网)办|"
    r"(?:法|肃|厉|决|严|案|时)查处|惩处|论处)$|^自行(?!车)|^建成(?!区)|^面向(?!未来)|\d(?:处(?!室)|起|次|批)|^(?:配合|协助)(?!配合|协助|参与|牵头|责任).{2,}(?:部门|单位|机构|处室)$|^各地(?![区方市州级各直有相]|(?:人民)?政府$|[^、]{2,8}(?:主管|行政|牵头)部门$|$)"
)
# 将乐县, 于都县, 都江堰市: places that begin like phrases
_PLACED = regex(
    rf"[将应于从当如即若含都让未](?!.?[各全我本有相]){LETTER}{{1,2}}[县市区旗州]|向(?![各全我本有相]).区|"
    r"对[外口台]|当地|每个?[县市区镇乡]"
)
_VERB_NAMED = regex(
    rf"(?!其中|..[各有相其本])(?:.{{2,4}}(?:单位|部门|机构|处室|主体)$|.{{2,5}}[处科股室]$|[^{LEVELS}]{{2,5}}(?:站|中心|院|所|集团|公司|银行|总队|支队)$)|"
    r"开发区|重点(?:项目|企业|工程|行业|领域|区域|地区|用能|排污)"
)


@lru_cache(maxsize=1)
def _no_heads() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that no name begins with (是, 鼓励), and verbs, with which some do (建设单位, 发展改革委)."""
    never = [w for kind in ("function", "urge") for w in lexicon.words("no_unit_heads", 0, kind)]
    verbs = [w for kind in ("verb", "adverb", "other") for w in lexicon.words("no_unit_heads", 0, kind)]
    return tuple(never), tuple(verbs)


# Verbs that stand in sentences and never inside a name.
_PREDICATE = regex(
    "制[订定]|包括|开展|进行|提供(?![部方单])|实现|形成|担任|组成(?!部门|员)|可以|能够|应当|必须|已经|正在|予以|给予|按照|根据|通过|为主|并且|认为|需要|具有|达到|属于|承担(?!单位|部门|机构|企业|主体)|"
    "会同|承担的|有利|作为|成为|存在|学习|借鉴|主动|积极|不断|进一步|一并|上报|报送|启动|审核后|后向|在各|应请|率先|无需|"
    "推荐(?!单位|部门|机构)|用于|主要为|依托(?!单位|部门|机构|企业|医院|学校|高校)|符合(?!性)|以下条件|任组长|"
    "建立健全(?!.*(?:小组|专班|指挥部))|(?:提请|租用|拥有)(?!单位|部门|企业|人|者)|协调各|明确专|(?<!所)在相关|深入(?=[工农企基乡村社园一])|"
    "已(?:委托|经|由|将|与)|(?<![财神外国])经(?=专[区家]|[各有][关级相])|"
    r"[局委办厅部府会导人门位](?:指定|委托|授权|向(?![阳东西南北荣上前党心导])|联合(?![会办督检工调征党体应]))(?!的)|"
    r"[业府门位区]为(?![民老农侨军企])|[局委办厅部府会门位]受(?![理益])"
)
_WHOLE = ("协调机制", "指导单位", "组织单位")
# Bodies whose names begin with a word that is a verb elsewhere: 推进组, 联合采购办公室, 协调小组办公室.
_BODY = regex(
    rf"(?!.*[成建设]立)(?:推进|推动|协调|联合|指导|促进|提升|考察|遴选|举办|整治|治理|评估|评价|考核|审核|评审|审查|清理|排查|统筹|保护|建设|发展|改革|研究|组织)(?![{LEVELS}各有相全本])"
    rf"{LETTER}{{0,12}}(?:(?:小组|专班|组|指挥部|联席会议|委员会)(?:办公室|秘书处|各?成员单位)?|办公室)(?:\([^()]*\))?"
)
_BODY_ENDS = frozenset("组班部议会室处位)")  # what it ends with: a cheap test before it
_PLACE_NAME = regex(
    rf"(?:各|有关|相关|其他|其余|试点|所在|属地|牵头).*|(?!全|..城市$).{{1,4}}[{LEVELS}镇乡村]|(?!全|国家|.级).{{3,4}}新区"
)


def _is_body(name: str) -> bool:
    return name[-1:] in _BODY_ENDS and _BODY.fullmatch(name) is not None


@lru_cache(maxsize=8192)
def is_phrase(name: str) -> bool:
    """Whether ``name`` certainly is no name: it begins like a phrase (持续, 鼓励企业) or holds a sentence's signs."""
    if _NOT_NAME.search(name[2:] if name.startswith("各地") and is_department(name[2:]) else name):
        return True  # 各地应急管理部门 is a name, 各地加强监管部门 is none
    never, verbs = _no_heads()
    begins = name.startswith(never) and not _PLACED.match(name)
    begins = begins or (name.startswith(verbs) and not _VERB_NAMED.match(name))
    return begins and not is_department(name) and not _is_body(name)


@lru_cache(maxsize=1)
def suffix_ends() -> frozenset[str]:
    """What a name that ends like a unit's can end with: a cheap test before the dear ones."""
    return frozenset(")〉") | {word[-1] for word in lexicon.words("unit_suffixes")}


def has_suffix(name: str) -> bool:
    """Whether ``name`` ends like a unit's."""
    return name[-1:] in suffix_ends() and _suffix().search(name) is not None


@lru_cache(maxsize=8192)
def is_unit(name: str) -> bool:
    """Whether ``name`` reads as the name of a unit, a class of units, or a place that stands for its government."""
    if name in _WHOLE or _is_body(name):
        return True
    if not 1 < len(name) <= 34 or not has_suffix(name) or is_phrase(name):
        return False
    if _PREDICATE.search(name):
        return False
    return name[-1] not in LEVELS + "镇乡村" or _PLACE_NAME.fullmatch(name) is not None


_BRACKETS = regex(rf"[{_OPEN}{_CLOSE}]")


@lru_cache(maxsize=8)
def _between(separators: str) -> re.Pattern[str]:
    return re.compile(rf"[^{re.escape(separators)}]+")


@lru_cache(maxsize=8)
def _marks(separators: str) -> re.Pattern[str]:
    return re.compile(rf"[{re.escape(separators)}{_OPEN}{_CLOSE}]")


def split(text: str, start: int, end: int, separators: str = "、,;。") -> list[tuple[int, int, str]]:
    """Split text[start:end] at top-level separators: (start, end, separator before) of each piece, trimmed."""
    out: list[tuple[int, int, str]] = []
    if not _BRACKETS.search(text, start, end):
        for found in _between(separators).finditer(text, start, end):
            a, b = found.span()
            if text[a] not in " \n" or not found[0].isspace():
                out.append(_trimmed(text, (a, b, text[a - 1] if a > start else "")))
        return out
    depth, at, before = 0, start, ""
    for found in _marks(separators).finditer(text, start, end):
        char = found[0]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0:
            where = found.start()
            if where > at:
                out.append((at, where, before))
            at, before = where + 1, char
    if end > at:
        out.append((at, end, before))
    return [_trimmed(text, piece) for piece in out if not text[piece[0] : piece[1]].isspace()]


def _trimmed(text: str, piece: tuple[int, int, str]) -> tuple[int, int, str]:
    start, end, before = piece
    return (*trim(text, start, end), before) if text[start] in " \n" or text[end - 1] in " \n-" else piece


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """text[start:end] without white space at its ends."""
    while start < end and text[start] in " \n":
        start += 1
    while end > start and text[end - 1] in " \n-":
        end -= 1
    return start, end


_ANY_AND = regex("[及和与并或]")
_EACH = regex(r"(各(?!级)[^各()]{1,4})各(?=[^各()]{1,8}$)")


def _conjoined(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split 省发展改革委及各市人民政府 at 及, 各地各部门 before the second 各; leave 工业和信息化部 whole."""
    piece = text[start:end]
    if not _ANY_AND.search(piece) and piece.count("各") < 2:
        return [(start, end)]
    if each := _EACH.match(piece):
        return [(start, start + each.end(1)), (start + each.end(1), end)]
    if "(" not in piece and "〈" not in piece:
        for found in _AND.finditer(piece):
            left, right = piece[: found.start()], piece[found.end() :]
            bare = _ETC.sub("", left)
            if is_unit(bare) and len(bare) >= 2 and _starts_unit(right, found[0]):
                return [(start, start + found.start()), *_conjoined(text, start + found.end(), end)]
    elif closed := _CLOSED_AND.search(piece):
        at = closed.start() + 1
        if is_unit(piece[:at]) and is_unit(_ETC.sub("", piece[closed.end() :])):
            return [(start, start + at), *_conjoined(text, start + closed.end(), end)]
    return [(start, end)]


_CLOSED_AND = regex(r"[)〉](?:以及|及|或者|或|和|与)(?=.{2,})")


def _starts_unit(right: str, conjunction: str) -> bool:
    if not is_unit(_ETC.sub("", right)):
        return False
    if conjunction in ("或", "或者"):
        return len(right) > 2  # 国资监管机构或部门 is one
    if conjunction in ("以及", "及"):
        return True
    # 和 and 与 stand inside names too (住房和城乡建设局): what follows must begin like a unit of its own.
    return _UNIT_HEAD.match(right) is not None


_UNIT_HEAD = regex(
    rf"各|(?:人民)?政府$|有关|相关|其他|上级|下级|上一级|同级|本级|[{LEVELS}][^{LEVELS}]|国[家务]|人民|.{{2,4}}(?:[{LEVELS}](?!域)|新区|开发区)|"
    r".{2,6}(?:单位|部门|机构|公司|集团|高校|院校|企业)$"  # 市财政局和运营单位; nothing before 和 is a unit in 住房和城乡建设部门
)


def names(text: str, start: int, end: int) -> list[Name]:
    """The units listed in text[start:end], lists like ``市发展改革委、教育局`` written out in ``full``."""
    out: list[Name] = []
    groups: list[int] = []
    if not _NOT_SIMPLE.search(whole := text[start:end]):  # as most are
        for run in whole.replace(";", ",").replace("。", ",").split(","):
            if run and run[0] != "、":
                groups.append(len(out))
            for piece in run.split("、"):
                for x, y, name in _named(piece):
                    out.append(Name(start + x, start + y, name, name))
                start += len(piece) + 1
        return carry(out, groups) if len(out) > 1 else out
    for a, b, separator in split(text, start, end):
        if separator != "、":
            groups.append(len(out))
        for x, y, name in _named(text[a:b]):
            out.append(Name(a + x, a + y, name, name))
    return carry(out, groups)


_NOT_SIMPLE = regex(rf"[{_OPEN}{_CLOSE} \n-]")  # what ``split`` and ``trim`` heed but separators


@lru_cache(maxsize=8192)
def _named(piece: str) -> tuple[tuple[int, int, str], ...]:
    """The names in one piece of a list: where each begins and ends, and the name."""
    if piece and not _NOT_PLAIN.search(piece):
        return ((0, len(piece), piece),)
    narrowed = [clean(piece, a, b) for a, b in _conjoined(piece, 0, len(piece))]
    return tuple([(a, b, piece[a:b].replace("\n", "")) for a, b in narrowed if b > a])


def may_list(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] can list nothing but units by its first name: a cheap test before ``names``."""
    stop = _FIRST.search(text, start, end)
    if stop and stop[0] not in "、,;。":
        return True
    first = _named(text[start : stop.start() if stop else end])
    return len(first) != 1 or is_unit(first[0][2]) or (stop is not None and may_share(first[0][2]))


_FIRST = regex(rf"[、,;。 \n{_OPEN}{_CLOSE}-]")


# What neither ``_conjoined`` nor ``clean`` may change holds none of these.
_NOT_PLAIN = regex(r"[及和与并或各等以由请)〉△▲★☆*]|^会同|^责成")


_LED = regex(r"(?:由|责成|请(?![示求教假])|以及|及|或者|或|和|与|会同|[△▲★☆*])(?=.{2})")


def clean(text: str, start: int, end: int) -> tuple[int, int]:
    """Narrow text[start:end] to the name: without 等有关部门, glosses, 由, 各自."""
    piece = text[start:end]
    cut = "等" in piece or piece.endswith((")", "〉"))
    while cut:
        cut = False
        for pattern in (_GLOSS, _ETC):
            found = pattern.search(piece)
            if found and found[0]:
                piece, cut = piece[: found.start()], True
    if (long := _ETC_LONG.search(piece)) and (is_unit(piece[: long.start()]) or long.start() in (2, 3)):
        piece = piece[: long.start()]
    lead = _LED.match(piece)
    offset = lead.end() if lead and not is_unit_head(piece, lead.end()) else 0
    return trim(text, start + offset, start + len(piece))


_HE_PLACE = regex(r"和[\u4e00-\u9fa5]{1,2}[县区市镇乡]")


def is_unit_head(piece: str, at: int) -> bool:
    """Whether the conjunction that ``piece`` begins with belongs to the name (和平区教育局, 与…)."""
    return at == 1 and piece[0] == "和" and _HE_PLACE.match(piece) is not None
