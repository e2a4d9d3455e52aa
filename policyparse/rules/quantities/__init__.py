"""Quantities: numbers with their units – money in 元, parts in per cent, counts with their measure word, sizes.

Durations, dates, numbers of documents and items, ordinals, names (三大工程, 1+N+X), ratios, ranks and ages are none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from policyparse.lexicon import alternation, load
from policyparse.patterns import regex
from policyparse.records import Bound
from policyparse.rules.base import Mention, Rule, Trail, candidates, settle
from policyparse.rules.numbers import DIGITS, MORE_DIGITS, NUMERAL, SCALE, WORDS, parse
from policyparse.rules.quantities import context

KIND = "quantity"


class Amount(NamedTuple):
    """A value with its unit: money in 元 (foreign money in its own), per cent as %; ``of`` is the noun counted."""

    value: float
    unit: str
    bound: Bound = "exact"
    of: str | None = None


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Printed unit -> normal form, class, and what makes another word of it."""
    return {row[0]: (row[1], row[2], tuple(row[3].split()) if len(row) > 3 else ()) for row in load("measures")}


_LINK = regex(r"\(含\)|[-~至到、和或及]")
_RANGE = regex("[-~至到]")
_RANKED = ("名", "位")
_RANK = regex("(?:前|第|排名|位列|列|位居|居|排)(?:全国|全省|全市)?$")
_RANKS = regex(r"(?:前|第)\d+[名位](?:[、,]第?\d+(?:[-~至到]\d+)?[名位])*[、,]第?$")  # 前10名、11-30名、
_DURATION = regex(r"(?:[、和或]\d+个)+(?:工作日|月|小时|季度|周|学期|学年)")


def _is_other_word(text: str, printed: str, end: int) -> bool:
    """Whether what follows makes another word of the unit: 2人间, 4个、2个工作日."""
    if text.startswith(_units()[printed][2], end):
        return True
    if printed.isascii() and printed.isalpha():
        following = text[end : end + 1]
        return following.isascii() and following.isalpha()
    return printed == "个" and _DURATION.match(text, end) is not None


def _amounts(
    match: re.Match[str], numbers: list[str], scale: str, unit: str, kind: str, ranged: bool
) -> tuple[Amount, ...] | None:
    """The amounts of numbers that share a scale and a unit."""
    text, (start, end) = match.string, match.span()
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
    noun = context.noun(text, start, end, kind)
    if ranged and len(values) == 2:
        return (Amount(values[0], unit, "min", noun), Amount(values[1], unit, "max", noun))
    bound = context.bound(text, start, end, bool(match["more"]))
    return tuple(Amount(v, unit, bound, noun) for v in values)


def _digits(match: re.Match[str]) -> tuple[Amount, ...] | None:
    text, (start, end) = match.string, match.span()
    series, printed, scale, per, bare = match.group("series", "unit", "scale", "per", "bare")
    if printed is None:
        unit, kind, other = "元", "money", not context.is_money(text, start, end)
    else:
        unit, kind, _ = _units()[printed]
        other = _is_other_word(text, printed, match.end("unit"))
        if printed in _RANKED and (
            _RANK.search(text[max(0, start - 4) : start]) or _RANKS.search(text[max(0, start - 40) : start])
        ):
            return None
    if other or context.named(text, start, end):
        return None
    if printed == "方" and not scale:
        return None  # 100万方 is a volume or an area, 5方 are parties
    if printed == "项" and "." in series and text.startswith("目", end) and not text.startswith("目标", end):
        return None  # 2.0项目: a version
    numbers = [series] if series.isdecimal() else [n for n in _LINK.split(series) if n]
    ranged = len(numbers) == 2 and _RANGE.search(series) is not None
    return _amounts(match, numbers, scale or bare or "", unit + (per or ""), kind, ranged)


_ONLY_POWERS = regex("[十百千万亿]+$")
_FIGURES_RUN = regex("[一二两三四五六七八九]{2}")


def _words(match: re.Match[str]) -> tuple[Amount, ...] | None:
    text, start, end = match.string, match.start(), match.end()
    number, printed = match["number"], match["unit"]
    unit, kind, _ = _units()[printed]
    value = parse(number + (match["scale"] or ""))
    if value is None or value < 2 or number == "二" or _FIGURES_RUN.search(number):
        return None  # 一个 is vague, 三五个 too; 二次 is the second
    before = text[start - 1 : start] if start else ""
    if before in ("第", "前", "数", "几", "届", "之") or (before in ("、", "和") and printed in ("次", "条")):
        return None
    powers = _ONLY_POWERS.match(number) is not None and number != "十"
    if powers and (kind == "money" or (before not in tuple("超过近逾破达") and not match["more"])):
        return None  # 千家万户, 百场活动; 百亿元 is seen by round-money
    if kind == "money" and not any(power in number + (match["scale"] or "") for power in "十百千万亿"):
        return None  # 三元材料
    if _is_other_word(text, printed, end) or _set_phrase().match(text, end) or context.named(text, start, end):
        return None
    return _amounts(match, [number], match["scale"] or "", unit, kind, False)


@lru_cache(maxsize=1)
def _set_phrase() -> re.Pattern[str]:
    return re.compile(alternation("set_phrases"))


_TENTHS_UNLESS = tuple("立员果效功本为长品都分群套熟")
_HALVED = ("压缩", "缩短", "减少", "降低", "缩减", "压减")


def _part(match: re.Match[str]) -> tuple[Amount, ...] | None:
    """三成, 五分之一, 百分之三十, 一半以上; 翻一番 is 2 倍 of what was, as 翻两番 is 4 倍."""
    text, start, end, head = match.string, match.start(), match.end(), match["head"]
    before, unit = text[max(0, start - 2) : start], "%"
    if match["above"]:
        low, high = parse(head), parse(match["above"])
        if not low or high is None or before.endswith("十"):
            return None
        value = high / low * 100
    elif match["times"]:
        value, unit = 2.0 ** int(parse(match["times"]) or 1), "倍"
    elif match["half"]:
        value = 50.0
        if head != "一" or not (text.startswith(("以上", "以下"), end) or before in _HALVED):
            return None
    else:
        value = (parse(head) or 0) * 10
        if text.startswith(_TENTHS_UNLESS, end) or before.endswith(tuple("第前完形建")) or value > 100:
            return None
    if context.named(text, start, end):
        return None
    bound, noun = context.bound(text, start, end, False), context.noun(text, start, end, "part")
    return (Amount(round(value, 6), unit, bound, noun),)


def _round_money(match: re.Match[str]) -> tuple[Amount, ...] | None:
    """亿元以上, 百亿元, 超千万元, without a figure; 收入超百亿, where the words before say that it is money."""
    text, start, end = match.string, match.start(), match.end()
    if (start and text[start - 1] in "0123456789.几数一二三四五六七八九两十百千万亿多余 ") or text.startswith(
        ("级", ")"), end
    ):
        return None
    value, bound = parse(match["scale"]), context.bound(text, start, end, False)
    if (
        value is None
        or value < 10**4
        or (match["unit"] is None and not context.is_money(text, start, end, directly=True))
        or (len(match["scale"]) == 1 and bound == "exact")
        or context.named(text, start, end)
    ):
        return None
    return (Amount(value, "元", bound, context.noun(text, start, end, "money")),)


def _pattern_units(*classes: str) -> str:
    """Alternation of the printed units, longest first, that never captures."""
    return "(?:" + "|".join(re.escape(row[0]) for row in load("measures") if not classes or row[2] in classes) + ")"


_HEADS = "".join(sorted({row[0][0] for row in load("measures")}))  # a cheap test before two hundred words
_LINKED = rf"{DIGITS}(?:[百千]?[万亿])?"
_SERIES = rf"(?P<series>[0-9](?<![A-Za-z0-9第+×].){MORE_DIGITS}(?:(?:[百千]?[万亿])?(?:\(含\))?[-~至到]{_LINKED}|(?:[、和或]{_LINKED}){{1,6}})?)"

RULES = (
    Rule(
        id="figures",
        kind=KIND,
        pattern=(
            rf"{_SERIES}(?=[{_HEADS}余多来百千万亿(])(?P<more>[余多来])?"
            rf"(?:(?P<scale>{SCALE})?[余多]?(?:\(含\))?(?P<unit>(?=[{_HEADS}]){_pattern_units()})"
            r"(?P<per>/[百千]?万?(?:平方米|立方米|千瓦时|公里|小时|人次|[人户家亩吨次年月日天个台套件项度升秒]|kWh?)(?:·[年月日])?)?|(?P<bare>[百千]?[万亿]))"
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
            ("软件收入突破【1000亿】;", (Amount(100000000000, "元", "min", "软件收入"),)),
            ("新增【100万方】,", (Amount(1000000, "方"),)),
            ("开展【2轮】,", (Amount(2, "轮"),)),
            ("不少于【80学时】", (Amount(80, "学时", "min"),)),
            ("新建【5000桩】", (Amount(5000, "桩"),)),
            ("新增【3吉瓦】", (Amount(3, "吉瓦"),)),
            ("【1.2万标准机架】", (Amount(12000, "标准机架"),)),
            ("改造【500m2】", (Amount(500, "平方米"),)),
            ("【5项】目标", (Amount(5, "项", "exact", "目标"),)),
            ("占比较上年提高【0.4个百分点】", (Amount(0.4, "个百分点"),)),
            ("培育【20家】以上年销售过亿的企业", (Amount(20, "家", "min"),)),
        ),
        no=(
            "前10名",
            "前10名、11-30名、31-100名的",
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
            "700MHz频段",
            "28纳米工艺",
            "平台2.0项目",
            "5方联动",
            "活跃用户突破1000万。",
            "投资带动下用户突破1000万。",
            "园区占地12平方公里,入驻规上企业80家,",
            "已完成数据整合,共布置感知点9个,累计接入企业8家",
            "\n1个中心平台\n1.加快建设",
            "推进“四个平台”建设,依托四个平台",
        ),
    ),
    Rule(
        id="words",
        kind=KIND,
        pattern=rf"(?P<number>[二两三四五六七八九十百千万亿]{NUMERAL}{{0,11}})(?P<more>[余多来])?(?P<scale>[万亿]{{1,2}})?[余多]?(?P<unit>{_pattern_units('word', 'money')})",
        value=_words,
        yes=(
            ("两家", (Amount(2, "家"),)),
            ("八个", (Amount(8, "个"),)),
            ("超过【百家】", (Amount(100, "家", "min"),)),
            ("二十余名", (Amount(20, "名", "about"),)),
            ("为【百余个】教学点", (Amount(100, "个", "about", "教学点"),)),
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
    ),
    Rule(
        id="parts",
        kind=KIND,
        pattern=(
            f"(?P<head>[一二两三四五六七八九十百翻])(?:成|分之(?P<above>{WORDS})|(?<=翻)(?P<times>[一两二三])番|(?P<half>半))"
        ),
        value=_part,
        yes=(
            ("三成", (Amount(30, "%"),)),
            ("五分之一", (Amount(20, "%"),)),
            ("百分之三十", (Amount(30, "%"),)),
            ("翻一番", (Amount(2, "倍"),)),
            ("翻两番", (Amount(4, "倍"),)),
            ("【一半】以上", (Amount(50, "%", "min"),)),
        ),
        no=("三成员单位", "成立", "五分钟", "一半的路程", "第三成", "十四五分之"),
        needs=("成", "分之", "半", "番"),
        anchors=tuple(f"{word}(?<=[一二两三四五六七八九十百翻]{word})" for word in ("成", "分之", "半"))
        + ("番(?<=翻[一两二三]番)",),
        reach=(2, 16),
    ),
    Rule(
        id="round-money",
        kind=KIND,
        pattern="(?P<scale>[十百千万亿][万亿]{0,2})(?:(?P<unit>元)|(?=[的,。;)\n]|以上|$))",
        value=_round_money,
        yes=(
            ("超【亿元】", (Amount(100000000, "元", "min"),)),
            ("百亿元", (Amount(10000000000, "元"),)),
            ("年营业收入超【千亿】的企业", (Amount(100000000000, "元", "min", "营业收入"),)),
        ),
        no=("数亿元", "“百亿元”企业", "规模超千亿的集群", "用户超千万,", "经济总量千亿县"),
        needs=("万", "亿"),
    ),
)


_RANGE_LINK = ("-", "--", "~", "至", "到")


def _join(text: str, mentions: list[Mention], trail: Trail | None = None) -> list[Mention]:
    """A mention for each amount; 30%-50%, of which either end has its unit, is one range."""
    out: list[Mention] = []
    for mention in mentions:
        last = out[-1] if out else None
        if last and len(mention.value) == 1 and text[last.end : mention.start] in _RANGE_LINK:
            low, high = last.value, mention.value[0]
            if low.unit == high.unit and low.value < high.value and text[last.start - 1 : last.start] != "从":
                out[-1] = last._replace(end=mention.end, value=low._replace(bound="min"))
                out.append(mention._replace(start=last.start, value=high._replace(bound="max")))
                if trail is not None:
                    trail.joined += [(last, out[-2]), (mention, out[-1])]
                continue
        out += [Mention(KIND, mention.start, mention.end, amount, mention.rule) for amount in mention.value]
    return out


def find(
    text: str, start: int = 0, end: int | None = None, facts: bool = False, trail: Trail | None = None
) -> list[Mention]:
    """All quantities of text[start:end], in order; numbers that share a unit, and ranges, give a mention each.

    ``text`` is folded flow text; each mention's value is an ``Amount``. What a clause tells as already so
    (在已归集10项的基础上) is left out unless ``facts`` is true. ``trail`` takes down what is not in the result.
    """
    seen = settle(candidates(text, RULES, start, end, trail), trail)
    kept = [m for m in seen if facts or not context.stated(text, m.start, m.end)]
    if trail is not None:
        held = {m.start for m in kept}
        trail.dropped += [(m, "the clause tells it as already so") for m in seen if m.start not in held]
    return _join(text, kept, trail)
