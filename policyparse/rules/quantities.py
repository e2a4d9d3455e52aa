"""Quantities: numbers with their units – money in 元, parts in per cent, counts with their measure word, sizes.

Durations, dates, numbers of documents and items, ordinals, names (三大工程, 1+N+X), ratios, ranks and ages are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from policyparse.lexicon import alternation, load
from policyparse.model import Bound
from policyparse.rules.base import Mention, Rule, candidates, settle
from policyparse.rules.numbers import DIGITS, MORE_DIGITS, SCALE, WORDS, parse

KIND = "quantity"


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its unit: money in 元 (foreign money in its own), per cent as %; ``of`` is the noun counted."""

    value: float
    unit: str
    bound: Bound = "exact"
    of: str | None = None


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in load("measures")}


_MIN = re.compile(
    "(?:不低于|不少于|不小于|不得低于|不得少于|至少|最少|最低|(?<!不)(?<!得)超过?|(?<!不)超出|突破|大于|(?<!不)高于|多于|逾|≥|>|满)(?:为|约)?$"
)
_MAX = re.compile(
    "(?:不超过|不得超过|不高于|不得高于|不多于|不大于|(?<!不)低于|(?<!不)少于|小于|最高|最多|至多|上限为?|不足|≤|<|封顶)(?:给予|奖励|补助|资助|补贴|支持|为|可达|可)*$"
)
_ABOUT = re.compile("(?:约|近|大约|将近|接近)$")
_RIGHT = re.compile(
    r"(?:\(含\)|\(含[^()]{0,6}\))?(?P<min>及?以上|起)|(?:\(含\))?(?P<max>及?以下|以内|之内|封顶)|(?P<about>左右|上下|多)"
)


def _bound(text: str, start: int, end: int, more: bool) -> Bound:
    """What the words around a number say about it: at least, at most, about."""
    right = _RIGHT.match(text, end)
    if right:
        return "min" if right["min"] else "max" if right["max"] else "about"
    left = text[max(0, start - 10) : start]
    if _MAX.search(left):
        return "max"
    if _MIN.search(left):
        return "min"
    return "about" if more or _ABOUT.search(left) else "exact"


_MEASURED = re.compile(
    r"([一-鿿]{0,8}(?:率|比例|比重|占比|额|收入|产值|规模|增加值|数量|总量|总数|面积|里程|投资|利润|费用|资金|人数|户数|产量|能力|指数|浓度|强度|消费|贷款|价格|成本|水平))"
    r"(?:平均|均|的|将|要|应|力争|争取|全部|分别|年均|同比|累计|再|达到?|超过?|突破|不低于|不少于|不超过|控制在|提高到|提升至|提升到|提高至|降至|降低|增长|下降|提高|增加|为|在|至|到|约|近|高于|低于|保持在|稳定在){0,4}$"
)
_COUNTED = re.compile(r"(?:以上|以下|左右|以内|及以上)?的?([一-鿿]{2,8}?)(?=[,。;、():“”和及与或的等\n]|$)")
_VERBS = re.compile("^(?:以|左|进|给|由|在|将|按|应|要|为|并|予|一次|用|从|对|是)|[予给把被]")
_MEASURE_HEAD = re.compile("(?:打造|建设|完成|培育|实现|推动|推进|力争|争取|确保|全市|全省|全县|全区|全国|,|我|到|的)")


def _noun(text: str, start: int, end: int, kind: str) -> str | None:
    """The noun that is counted or measured, where it stands right beside the number; None when unsure."""
    if kind in ("count", "word"):
        found = _COUNTED.match(text, end)
        return None if not found or _VERBS.search(found[1]) else found[1]
    left = _MEASURED.search(text[max(0, start - 24) : start])
    if not left:
        return None
    return _MEASURE_HEAD.split(left[1])[-1] or None


_QUOTE_OPEN, _QUOTE_CLOSE = "“‘", "”’"


def _named(text: str, start: int, end: int) -> bool:
    """Whether the number is part of a name: in 《…》, or in a short quotation."""
    low = max(0, start - 60)
    if text.rfind("《", low, start) > text.rfind("》", low, start):
        return True
    low = max(0, start - 16)
    opened = max(text.rfind(c, low, start) for c in _QUOTE_OPEN)
    if opened < 0 or opened < max(text.rfind(c, low, start) for c in _QUOTE_CLOSE):
        return False
    return any(0 <= text.find(c, end, end + 12) for c in _QUOTE_CLOSE)


_STATED = re.compile("(?<!尽)(?:已(?!建成的)|目前|现有|截至|截止|去年|近年来)")


def _is_past(text: str, start: int, end: int) -> bool:
    """Whether the clause tells what is already so: 在已归集10项的基础上."""
    low = max(text.rfind(c, max(0, start - 40), start) for c in ",。;\n")
    left = text[low + 1 if low >= 0 else max(0, start - 40) : start]
    return _STATED.search(left) is not None


_RANK = re.compile("(?:前|第|排名|位列|列|位居|居|排)(?:全国|全省|全市)?$")
# Characters that make another word of the unit: 2人间, 17部门, 5场景.
_NOT_UNIT = {
    "人": "间行座制工均民员物才", "部": "门委署队分", "处": "室长罚理置于", "场": "景所地馆站", "家": "庭长乡具电", "条": "例件线",
    "项": "目", "期": "间限货", "台": "账风阶", "单": "位元个一", "起": "来草", "对": "于应接口", "例": "如外会", "站": "点式",
    "所": "有在属需以", "门": "店类户诊", "间": "接", "路": "线网径", "本": "级地市省年月区级着级", "份": "额", "类": "型似",
    "片": "区", "班": "级子", "轮": "岗训", "位": "于置", "张": "贴", "头": "部等", "块": "链", "支": "持撑付出", "款": "项",
    "列": "入为出", "届": "满时", "宗": "教旨", "只": "有要能", "根": "据", "次": "日月年", "架": "构", "米": "粉", "克": "服", "元": "化素",
    "批": "准复发", "度": "假", "兆": "以瓦", "席": "位", "升": "级", "套": "餐", "座": "谈", "件": "均", "名": "单称牌录", "个": "人体性月工小",
}  # fmt: skip
_DURATION = re.compile(r"(?:[、和或]\d+个)*(?:工作日|月|小时|季度|周|学期|学年)")


def _is_other_word(text: str, unit: str, end: int) -> bool:
    following = text[end : end + 1]
    if unit == "个":
        if following == "人":  # 个人 is a word, 5个人 is not
            return True
        return _DURATION.match(text, end) is not None
    return bool(following) and following in _NOT_UNIT.get(unit, "")


_LINK = re.compile(r"\(含\)|[-~至到、和或及]")
_MONEY = re.compile("(?:收入|产值|投资|资金|奖励?|补助|补贴|资助|规模|营收|销售|额|注资|贷款|给予)[^,。;\n]{0,10}$")


def _amounts(
    text: str, start: int, end: int, numbers: list[str], scale: str, unit: str, kind: str, more: bool, ranged: bool
) -> tuple[Amount, ...] | None:
    """The amounts of numbers that share a scale and a unit."""
    last = numbers[-1]  # 500-1000万元: the scale of the last holds for all
    own = (last[len(last.rstrip("百千万亿")) :] if last[0].isdigit() else "") or scale
    values: list[float] = []
    for number in numbers:
        value = parse(number if number[-1] in "千万亿" else number + own)
        if value is None:
            return None
        values.append(round(value, 6))
    if ranged and values[0] > values[1]:  # 8000-1万: the first stands without the scale
        values[0] = parse(numbers[0]) or 0.0
    bound, noun = _bound(text, start, end, more), _noun(text, start, end, kind)
    if ranged and len(values) == 2:
        return (Amount(values[0], unit, "min", noun), Amount(values[1], unit, "max", noun))
    return tuple(Amount(v, unit, bound, noun) for v in values)


def _digits(match: re.Match[str]) -> tuple[Amount, ...] | None:
    text, start, end = match.string, match.start(), match.end()
    printed = match["unit"]
    if printed is None:  # 30万, 1000亿: money where the words say so
        boundary = text[end : end + 1]
        if (boundary and boundary not in ",。;、)\n的以左") or not _MONEY.search(text[max(0, start - 18) : start]):
            return None
        unit, kind = "元", "money"
    else:
        unit, kind = _units()[printed]
        if _is_other_word(text, printed, end) or (
            printed in ("名", "位", "强") and _RANK.search(text[max(0, start - 4) : start])
        ):
            return None
        if printed.isascii() and printed.isalpha() and text[end : end + 1].isalpha() and text[end : end + 1].isascii():
            return None
    if _named(text, start, end):
        return None
    per = match["per"]
    numbers = [n for n in _LINK.split(match["series"]) if n]
    ranged = len(numbers) == 2 and re.search("[-~至到]", match["series"]) is not None
    scale = match["scale"] or match["bare"] or ""
    return _amounts(text, start, end, numbers, scale, unit + (per or ""), kind, bool(match["more"]), ranged)


def _words(match: re.Match[str]) -> tuple[Amount, ...] | None:
    text, start, end = match.string, match.start(), match.end()
    number, printed = match["number"], match["unit"]
    unit, kind = _units()[printed]
    value = parse(number + (match["scale"] or ""))
    if value is None or value < 2 or _named(text, start, end) or _set_phrase().match(text, end):
        return None
    if (
        _is_other_word(text, printed, end)
        or text[start - 1 : start] in ("第", "前", "数", "几", "届", "、", "上", "之")
        and start
    ):
        return None
    bare = all(c in "百千万亿" for c in number)
    if bare and kind == "money":
        return None  # seen by round-money
    if bare and not re.search("[超过近逾破达]$", text[max(0, start - 1) : start]):
        return None  # 千家万户, 百场活动
    return _amounts(text, start, end, [number], match["scale"] or "", unit, kind, bool(match["more"]), False)


@lru_cache(maxsize=1)
def _set_phrase() -> re.Pattern[str]:
    return re.compile(alternation("set_phrases"))


def _part(match: re.Match[str]) -> tuple[Amount, ...] | None:
    """三成, 五分之一, 百分之三十, 翻一番."""
    text, start, end = match.string, match.start(), match.end()
    if _named(text, start, end):
        return None
    if match["tenths"]:
        value = (parse(match["tenths"]) or 0) * 10
        follows = text[end : end + 1] in (
            "立",
            "员",
            "果",
            "效",
            "功",
            "本",
            "为",
            "长",
            "品",
            "都",
            "分",
            "群",
            "套",
            "熟",
        )
        if follows or text[start - 1 : start] in ("第", "完", "形", "建", "达") or not 10 <= value <= 100:
            return None
    elif match["below"]:
        low, high = parse(match["below"]), parse(match["above"])
        if not low or high is None:
            return None
        value = high / low * 100
    else:
        return (
            Amount(
                2.0 ** int(parse(match["times"]) or 1),
                "倍",
                _bound(text, start, end, False),
                _noun(text, start, end, "part"),
            ),
        )
    return (Amount(round(value, 6), "%", _bound(text, start, end, False), _noun(text, start, end, "part")),)


def _round_money(match: re.Match[str]) -> tuple[Amount, ...] | None:
    """亿元, 百亿元, 千万元 without a figure."""
    text, start, end = match.string, match.start(), match.end()
    if _named(text, start, end) or text[start - 1 : start] in tuple("几数十百千万亿多余") and start:
        return None
    value = parse(match["scale"])
    return (
        None
        if value is None
        else (Amount(value, "元", _bound(text, start, end, False), _noun(text, start, end, "money")),)
    )


def _pattern_units(*classes: str) -> str:
    """Alternation of the printed units, longest first, that never captures."""
    return "(?:" + "|".join(re.escape(row[0]) for row in load("measures") if not classes or row[2] in classes) + ")"


_LINKED = rf"{DIGITS}(?:[百千]?[万亿])?"
_SERIES = rf"(?P<series>\d(?<![A-Za-z\d第+×].){MORE_DIGITS}(?:(?:[百千]?[万亿])?(?:\(含\))?[-~至到]{_LINKED}|(?:[、和或]{_LINKED}){{1,6}})?)"

RULES = (
    Rule(
        id="figures",
        kind=KIND,
        pattern=(
            rf"{_SERIES}(?P<more>[余多来])?(?:(?P<scale>{SCALE})?[余多]?(?:\(含\))?(?P<unit>{_pattern_units()})"
            r"(?P<per>/(?:平方米|立方米|千瓦时|公里|小时|[人户家亩吨次年月日天个台套件项度升]|kWh?))?|(?P<bare>[百千]?[万亿]))"
        ),
        value=_digits,
        yes=(
            ("300万元", (Amount(3000000, "元"),)),
            ("500-1000万元", (Amount(5000000, "元", "min"), Amount(10000000, "元", "max"))),
            ("30、20、10万元", (Amount(300000, "元"), Amount(200000, "元"), Amount(100000, "元"))),
            ("2亿美元", (Amount(200000000, "美元"),)),
            ("2万平方米", (Amount(20000, "平方米"),)),
            ("0.3元/千瓦时", (Amount(0.3, "元/千瓦时"),)),
            ("3个百分点", (Amount(3, "个百分点"),)),
            ("10余个", (Amount(10, "个", "about"),)),
            ("1.5万名", (Amount(15000, "名"),)),
            ("覆盖率不低于【90%】", (Amount(90, "%", "min", "覆盖率"),)),
            ("【1,200套】以上", (Amount(1200, "套", "min"),)),
            ("20和30家", (Amount(20, "家"), Amount(30, "家"))),
            ("每个项目奖励【30万】。", (Amount(300000, "元"),)),
            ("不超过【50万元】", (Amount(500000, "元", "max"),)),
        ),
        no=(
            "前10名",
            "第3批",
            "5个月",
            "压减到4个、2个工作日",
            "2人间病房",
            "4A级景区",
            "5G基站",
            "3:7的比例",
            "2020年12月",
            "“12个一”工程",
            "(2024)18号",
            "年满18周岁",
            "《促进经济20条》",
            "17部门联合",
            "目前已归集10项",
            "12345热线",
        ),
        needs=(),
    ),
    Rule(
        id="words",
        kind=KIND,
        pattern=rf"(?P<number>[二两三四五六七八九十百千万亿]{WORDS[:-1]}*)(?P<more>[余多来])?(?P<scale>[万亿]{{1,2}})?[余多]?(?P<unit>{_pattern_units('word', 'money')})",
        value=_words,
        yes=(
            ("两家", (Amount(2, "家"),)),
            ("八个", (Amount(8, "个"),)),
            ("超过【百家】", (Amount(100, "家", "min"),)),
            ("二十余名", (Amount(20, "名", "about"),)),
        ),
        no=(
            "一批",
            "一个",
            "三个一批",
            "两个维护",
            "“两个市场”",
            "第三批",
            "十二届八次全会",
            "千家万户",
            "一家一策",
            "数十家",
            "个人",
        ),
        needs=(),
    ),
    Rule(
        id="parts",
        kind=KIND,
        pattern=(
            f"(?:(?P<tenths>[一二两三四五六七八九])成|(?P<below>百|[二三四五六七八九十])分之(?P<above>{WORDS}(?:点{WORDS})?)|翻(?P<times>[一二两三])番)"
        ),
        value=_part,
        yes=(
            ("三成", (Amount(30, "%"),)),
            ("五分之一", (Amount(20, "%"),)),
            ("百分之三十", (Amount(30, "%"),)),
            ("翻一番", (Amount(2, "倍"),)),
            ("翻两番", (Amount(4, "倍"),)),
        ),
        no=("三成员", "成立", "五分钟"),
        needs=("成", "分之", "番"),
    ),
    Rule(
        id="round-money",
        kind=KIND,
        pattern="(?P<scale>(?:十|百|千)?[万亿]{1,2})元",
        value=_round_money,
        yes=(("超【亿元】", (Amount(100000000, "元", "min"),)), ("百亿元", (Amount(10000000000, "元"),))),
        no=("数亿元", "“百亿元”企业"),
        needs=("万元", "亿元"),
    ),
)


def find(text: str, start: int = 0, end: int | None = None, facts: bool = False) -> list[Mention]:
    """All quantities of text[start:end], in order; numbers that share a unit, and ranges, give a mention each.

    ``text`` is folded flow text; each mention's value is an ``Amount``. What a clause tells as already so
    (在已归集10项的基础上) is left out unless ``facts`` is true.
    """
    out: list[Mention] = []
    for mention in settle(candidates(text, RULES, start, end)):
        if facts or not _is_past(text, mention.start, mention.end):
            out.extend(replace(mention, value=amount) for amount in mention.value)
    return out
