"""Rules for what recurs (每季度末, 按月) and what goes on (长期坚持); recurrence rules as RFC 5545 text."""

from __future__ import annotations

import re

from policyparse.patterns import regex
from policyparse.records import Frequency, Unit
from policyparse.rules.base import Rule
from policyparse.rules.deadlines import context
from policyparse.rules.deadlines.when import FIGURE, KIND, When, read_point
from policyparse.rules.numbers import parse

_CYCLES: dict[str, Frequency] = {
    "年": "YEARLY",
    "半年": "SEMIANNUAL",
    "季": "QUARTERLY",
    "月": "MONTHLY",
    "旬": "MONTHLY",
    "周": "WEEKLY",
    "星期": "WEEKLY",
    "日": "DAILY",
    "天": "DAILY",
}
_BASE = {"YEARLY": "FREQ=YEARLY", "SEMIANNUAL": "FREQ=MONTHLY;INTERVAL=6", "QUARTERLY": "FREQ=MONTHLY;INTERVAL=3"}
_ENDS = {"YEARLY": ";BYMONTH=12", "SEMIANNUAL": ";BYMONTH=6,12", "QUARTERLY": ";BYMONTH=3,6,9,12", "MONTHLY": ""}
_STARTS = {"YEARLY": ";BYMONTH=1", "SEMIANNUAL": ";BYMONTH=1,7", "QUARTERLY": ";BYMONTH=1,4,7,10", "MONTHLY": ""}
_WORKDAYS = ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS="
_WEEKDAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))


def rrule(freq: Frequency, interval: int | None = None, by: str | None = None, tail: str = "") -> str:
    """RFC 5545 recurrence rule of a deadline: its last day where one is printed (``by``, or 末, 工作日, 周五 in ``tail``)."""
    every = f";INTERVAL={interval}" if interval else ""
    if by and "-" in by:
        month, day = by.split("-")
        last = int(day) >= 28 and int(month) == 2 or int(day) >= 30 and not tail.endswith(("日", "号"))
        return f"FREQ=YEARLY{every};BYMONTH={int(month)};BYMONTHDAY={-1 if last else int(day)}"
    if by:
        months = _ENDS[freq] if "末" in tail or "最后" in tail or freq == "MONTHLY" else _STARTS[freq]
        return f"FREQ=MONTHLY{every}{months};BYMONTHDAY={by}"
    count = re.search(f"({FIGURE}+)个?工作日", tail)
    if count and freq != "DAILY" and freq != "WEEKLY":
        at = -1 if "最后" in tail else int(parse(count[1]) or 1)
        return f"FREQ=MONTHLY{_ENDS[freq] if at < 0 else _STARTS[freq]}{_WORKDAYS}{at}"
    if re.search("[底末终]", tail) and freq in _ENDS:
        return f"FREQ=MONTHLY{every}{_ENDS[freq]};BYMONTHDAY=-1"
    if freq == "WEEKLY" and tail[-1:] in _WEEKDAYS:
        return f"FREQ=WEEKLY{every};BYDAY={_WEEKDAYS[tail[-1]]}"
    return _BASE.get(freq, f"FREQ={freq}") + (every if freq not in ("SEMIANNUAL", "QUARTERLY") else "")


_DAY_OF = regex(f"({FIGURE}{{1,3}})[日号]")


def printed_day(freq: Frequency, tail: str) -> str | None:
    """The day printed behind 每年 (``02-28``) or 每月 (``25``), or None."""
    if freq == "YEARLY":
        if re.match("年?[底末]", tail):
            return "12-31"
        point = read_point(re.sub("之?前$|以前$|的", "", tail)) if tail else None
        if point is None or not (point.month or point.quarter or point.half):
            return None
        try:
            return point.last(2023).strftime("%m-%d")
        except ValueError:
            return None
    found = _DAY_OF.search(tail)
    day = parse(found[1]) if found and "工作日" not in tail else None
    return str(int(day)) if day and 1 <= day <= 31 else None


_COUNTED = regex("[0-9]+余?(?:名|人|家|个|项|户|场|次)")  # 每年选拔资助100名: how many, not how much
_MONEY = regex(r"[\d,.]+(?:万|亿)?元")


def _is_rate_of_money(text: str, start: int, end: int) -> bool:
    """每人每月400元, 每年最高500万元, 每年给予…: an amount, not a time."""
    clause = context.clause_behind(text, end)
    return (
        (context.holds(clause, "grant") and re.search("[0-9]|最高", _COUNTED.sub("", clause)) is not None)
        or context.ends(context.before(text, start, 4).rstrip("/"), "head")
        or context.begins(text, end, "cap")
        or _MONEY.match(text, end) is not None
    )


def _recurring(match: re.Match[str]) -> When | None:
    text, start, end = match.string, match.start(), match.end()
    freq, tail = _CYCLES[match["u"]], match["tail"] or ""
    count = int(parse(match["n"]) or 0) if match["n"] else 1
    if count < 1 or context.ends(context.before(text, start, 4), "attributive"):
        return None  # 结合每月专项检查情况
    if context.in_title(text, start) or (not tail and _is_rate_of_money(text, start, end)):
        return None
    if freq == "DAILY" and (match["n"] or not context.holds(context.clause_behind(text, end, 16), "daily")):
        return None
    if match["u"] == "年" and not tail and text[end : end + 1] in ("度", "的"):
        return None
    interval = count if count > 1 else None
    days = re.search(f"(?:结束|终了)(?:之?后)?的?({FIGURE}{{1,2}})个?(工作日|日|天)", tail)
    if days:
        unit: Unit = "workday" if days[2] == "工作日" else "day"
        return When(
            "recurring",
            amount=parse(days[1]),
            unit=unit,
            freq=freq,
            interval=interval,
            rrule=rrule(freq, interval, None, tail),
        )
    by = printed_day(freq, tail)
    return When(
        "recurring", freq=freq, interval=interval, by=by, rrule=rrule(freq, interval, by, re.sub("之?前$", "", tail))
    )


def _by_period(match: re.Match[str]) -> When | None:
    if context.begins(match.string, match.end(), "counting") or context.in_title(match.string, match.start()):
        return None
    freq = _CYCLES[match["u"]]
    return When("recurring", freq=freq, rrule=rrule(freq))


def _every_once(match: re.Match[str]) -> When | None:
    if context.before(match.string, match.start(), 1) in ("每", "第", "“") and match.start():
        return None
    freq = _CYCLES[match["u"]]
    if match["n"] == "半":
        return When("recurring", freq="SEMIANNUAL", rrule=rrule("SEMIANNUAL")) if freq == "YEARLY" else None
    count = int(parse(match["n"]) or 1)
    interval = count if count > 1 else None
    return When("recurring", freq=freq, interval=interval, rrule=rrule(freq, interval))


def _yearly_rate(match: re.Match[str]) -> When | None:
    return When("recurring", freq="YEARLY", rrule=rrule("YEARLY"))


_ROLE_BEFORE = regex("(?:负责|牵头|参与|参加|配合|协助|落实)[,;]$")


def _ongoing(match: re.Match[str]) -> When | None:
    text, left = match.string, context.before(match.string, match.start(), 48)
    following = text[match.end() : match.end() + 1]
    item = re.split("[;\n]", left)[-1]
    labelled = context.labelled(re.sub("[^:;。\n]{0,40}[,、]并?$", "", item))  # 完成时限:立即启动,长期坚持
    if match["other"]:  # 持续优化 goes on only as the value of a time limit; else it says what is to be done
        return When("ongoing") if labelled or (left[-1:] == ";" and following == ")") else None
    shared = following == ")" and _ROLE_BEFORE.search(left) is not None  # (甲局牵头,乙局参与,持续推进)
    begins = not left or left[-1] in "(;\n" or labelled or shared or left.endswith("成效并")
    return When("ongoing") if begins and (not following or following in "),;。\n") else None


_BY_MONTH = f"(?:的)?{FIGURE}{{1,2}}月份?(?:{FIGURE}{{1,3}}[日号]|[上中下]旬|[底末初])?"
_BY_DAY = f"(?:的)?{FIGURE}{{1,3}}[日号](?!常|均)"
_AFTER = f"(?:度)?(?:结束|终了)(?:之?后)?的?{FIGURE}{{1,2}}个?(?:工作日|日|天)(?:之内|以内|内)"
_WORKDAY = f"(?:的)?(?:最后|前|第){FIGURE}{{1,2}}个工作日"

RULES = (
    Rule(
        id="recurring",
        kind=KIND,
        pattern=(
            r"每(?:间隔)?(?P<n>[\d一二两三四五六十]{1,2})?个?(?P<u>半年|年|季(?=度)|季|月|旬|周|星期|日|天)(?:度)?"
            rf"(?P<tail>{_AFTER}|(?<=年)(?:度)?(?:{_BY_MONTH}|年?[底末](?!考)|[上下]半年|第?[一二三四]季度)(?:之?前|以前)?|(?<=月)(?:{_BY_DAY}|{_WORKDAY}|月?[底末]|[上中下]旬)(?:之?前|以前)?"
            rf"|(?<=[季度])(?:{_WORKDAY}|(?:的)?(?:最后一个月|第[一二三1-3]个月|首月|末月|次月|季?末月?)(?:{_BY_DAY}|底)?|[底末])(?:之?前|以前)?"
            rf"|(?<=半年)[底末](?:之?前)?|(?<=周)[一二三四五六日天](?![次场期轮调通研会])(?:之?前)?)?"
        ),
        value=_recurring,
        yes=(
            ("每月25日前", When("recurring", freq="MONTHLY", by="25", rrule="FREQ=MONTHLY;BYMONTHDAY=25")),
            (
                "每月最后一个工作日前",
                When("recurring", freq="MONTHLY", rrule="FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
            ),
            ("每年2月底前", When("recurring", freq="YEARLY", by="02-28", rrule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1")),
            (
                "每年11月30日前",
                When("recurring", freq="YEARLY", by="11-30", rrule="FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
            ),
            ("每季度末", When("recurring", freq="QUARTERLY", rrule="FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1")),
            (
                "每季度最后一个月的25日前",
                When("recurring", freq="QUARTERLY", by="25", rrule="FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"),
            ),
            (
                "每季度第1个月的10日前",
                When("recurring", freq="QUARTERLY", by="10", rrule="FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
            ),
            ("每两月", When("recurring", freq="MONTHLY", interval=2, rrule="FREQ=MONTHLY;INTERVAL=2")),
            ("每5年", When("recurring", freq="YEARLY", interval=5, rrule="FREQ=YEARLY;INTERVAL=5")),
            ("每半年", When("recurring", freq="SEMIANNUAL", rrule="FREQ=MONTHLY;INTERVAL=6")),
            ("每周五", When("recurring", freq="WEEKLY", rrule="FREQ=WEEKLY;BYDAY=FR")),
            (
                "每季度最后一个月18日前",
                When("recurring", freq="QUARTERLY", by="18", rrule="FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=18"),
            ),
            (
                "每季度结束后10个工作日内",
                When(
                    "recurring",
                    amount=10,
                    unit="workday",
                    freq="QUARTERLY",
                    rrule="FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=10",
                ),
            ),
            (
                "每月最后一个工作日",
                When("recurring", freq="MONTHLY", rrule="FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
            ),
        ),
        no=(
            "每年最高500万元",
            "每年不超过3次",
            "每年不多于30家",
            "每人每月400元",
            "每天接触户外自然光",
            "一周一例会",
            "每年给予运营补贴",
            "每家企业",
        ),
        needs=("每",),
        anchors=(r"每(?:间隔)?[\d一二两三四五六十]*个?[半年季月旬周星日天]",),
    ),
    Rule(
        id="by-period",
        kind=KIND,
        pattern="按(?P<u>半年|年|季|月|周)(?:度)?(?![内期化])",
        value=_by_period,
        yes=(
            ("按月", When("recurring", freq="MONTHLY", rrule="FREQ=MONTHLY")),
            ("按季度", When("recurring", freq="QUARTERLY", rrule="FREQ=MONTHLY;INTERVAL=3")),
            ("按年度", When("recurring", freq="YEARLY", rrule="FREQ=YEARLY")),
        ),
        no=("按年度计划实施", "按月缴纳租金", "按年份细化任务", "按次、按年等方式", "按年化担保额补贴"),
        needs=("按",),
    ),
    Rule(
        id="every-once",
        kind=KIND,
        pattern="(?P<n>[一两二三半])个?(?P<u>年|季|月|周)(?:度)?一次",
        value=_every_once,
        yes=(("两月一次", When("recurring", freq="MONTHLY", interval=2, rrule="FREQ=MONTHLY;INTERVAL=2")),),
        no=("一周一例会", "一月一通报"),
        needs=("一次",),
        anchors=("次(?<=[年季月周度]一次)",),
    ),
    Rule(
        id="yearly-rate",
        kind=KIND,
        pattern="年(?:平均|均)(?=培训|新增|培养|完成|实施|建设|引进|培育|认定|组织|开展)",
        value=_yearly_rate,
        yes=(("【年平均】培训技术骨干200人", When("recurring", freq="YEARLY", rrule="FREQ=YEARLY")),),
        no=("年均增长20%", "年平均雨量"),
        needs=("均",),
    ),
    Rule(
        id="ongoing",
        kind=KIND,
        pattern="(?:长期(?:坚持|推进|实施)?|持续(?:推进|实施|开展|坚持|(?P<other>[^\\W\\d]{2,4}(?=[),;。\n]|$)))?|常年(?:坚持|推进)?|常态化(?:推进|开展)?)",
        value=_ongoing,
        yes=(
            ("长期坚持", When("ongoing")),
            ("持续推进", When("ongoing")),
            ("完成时限:立即启动,【长期坚持】", When("ongoing")),
            ("完成时限:【持续优化】", When("ongoing")),
            ("(区建设局牵头;【持续提升】)", When("ongoing")),
            ("(区建设局牵头,区财政局参与,【持续推进】)", When("ongoing")),
        ),
        no=("持续推进城市更新。", "坚持长期规划", "办事体验持续提升。", "2.持续优化。", "完成时间:可持续发展"),
        needs=("长期", "持续", "常年", "常态化"),
    ),
)
