"""Rules for spans of time, counted from an event or before it, and for what recurs or goes on."""

from __future__ import annotations

import re

from policyparse.model import Frequency, Unit
from policyparse.rules.base import Rule
from policyparse.rules.deadlines import context
from policyparse.rules.deadlines.dates import KIND
from policyparse.rules.deadlines.when import FIGURE, When, read_point
from policyparse.rules.numbers import parse

_AMOUNT = (
    r"(?P<n>[\d一二两三四五六七八九十半](?<![\d.第每].)(?:[\d一二三四五六七八九十]{0,3}(?:\.\d)?)(?:[-~至]\d{1,3})?)个?"
)
_UNIT = "(?P<u>小时|工作日|日|天|周|星期|月|年|季度)"
_UNITS: dict[str, tuple[Unit, float]] = {
    "小时": ("hour", 1),
    "工作日": ("workday", 1),
    "日": ("day", 1),
    "天": ("day", 1),
    "周": ("week", 1),
    "星期": ("week", 1),
    "月": ("month", 1),
    "季度": ("month", 3),
    "年": ("year", 1),
}
_SERVICE_TIME = re.compile(
    "(?:压缩|缩短|控制|缩减|压减|减少?|降低?|放宽|延长|维持|保持|提速|不超过|时限|时长|用时|最长|最多|周期|辐射|间隔)[^,。;\n]{0,4}$"
)
_BENEFIT = re.compile(
    "[^,。;\n]{0,16}(?:免征|免收|免租|免费|减免|给予|享受|保留|不得|不予|禁止|取消|停止|暂停|累计|任意|无|未|有国内|有[^,。;]{0,6}史)|"
    "对[^,。;\n]{2,30}(?:实行|给予|免|减)"
)
_STANDING = re.compile("(?:近|最近|过去|以往|未在|未于|未|连续|前|满|超过|每|后的?第)$")
_EFFORT = re.compile("(?:用|利用|通过|经过|花|以|再用)(?:约|近|大约)?$")


def _measure(match: re.Match[str]) -> tuple[float, Unit] | None:
    """Amount and unit; of a range (2-3年) the longer end; 半年 is 6 months, 半个月 15 days."""
    unit, factor = _UNITS[match["u"]]
    written = re.split("[-~至]", match["n"])[-1]
    if written == "半":
        return {"year": (6.0, "month"), "month": (15.0, "day"), "day": (12.0, "hour")}.get(unit)  # type: ignore[return-value]
    amount = parse(written)
    return None if amount is None else (amount * factor, unit)


def _within(match: re.Match[str]) -> When | None:
    text, left = match.string, context.before(match.string, match.start())
    if (
        _STANDING.search(left)
        or _SERVICE_TIME.search(left)
        or context.is_validity(left)
        or context.in_title(text, match.start())
    ):
        return None
    measure = _measure(match)
    if measure is None or _BENEFIT.match(text, match.end()):
        return None
    if text[match.end() : match.end() + 1] == "的" or (
        measure[1] == "year" and re.match("[^,。;\n]{0,8}(?:减让|降幅)", text[match.end() : match.end() + 12])
    ):
        return None
    return When("within", amount=measure[0], unit=measure[1])


def _effort(match: re.Match[str]) -> When | None:
    measure = _measure(match)
    if measure is None or not _EFFORT.search(context.before(match.string, match.start(), 6)):
        return None
    return When("within", amount=measure[0], unit=measure[1])


def _ahead(match: re.Match[str]) -> When | None:
    left = context.before(match.string, match.start(), 4)
    measure = _measure(match)
    if measure is None or left.endswith(("可", "可以", "准予")):
        return None
    return When("ahead", amount=measure[0], unit=measure[1])


_EVENT_AHEAD = re.compile(
    "([^,。;:、\n“”()]{0,20}(?:届满|期满|到期|满|截止|结束|召开|举行|举办|开工|开始|施行|实施|会议|交付|启动))$"
)


def _before_event(match: re.Match[str]) -> When | None:
    event = _EVENT_AHEAD.search(context.before(match.string, match.start()))
    measure = _measure(match)
    if measure is None or event is None:
        return None
    return When("ahead", amount=measure[0], unit=measure[1], trigger=event[1])


_CYCLES: dict[str, tuple[Frequency, int]] = {
    "年": ("YEARLY", 1),
    "半年": ("SEMIANNUAL", 1),
    "季": ("QUARTERLY", 1),
    "月": ("MONTHLY", 1),
    "旬": ("MONTHLY", 1),
    "周": ("WEEKLY", 1),
    "星期": ("WEEKLY", 1),
    "日": ("DAILY", 1),
    "天": ("DAILY", 1),
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


_DAY_OF = re.compile(f"({FIGURE}{{1,3}})[日号]")


def printed_day(freq: Frequency, tail: str) -> str | None:
    """The day printed behind 每年 (``02-28``) or 每月 (``25``), or None."""
    if freq == "YEARLY":
        if re.match("年?[底末]", tail):
            return "12-31"
        point = read_point(re.sub("之?前$|以前$|的", "", tail)) if tail else None
        if point is None or not point.month:
            return None
        try:
            return point.last(2023).strftime("%m-%d")
        except ValueError:
            return None
    found = _DAY_OF.search(tail)
    day = parse(found[1]) if found and "工作日" not in tail else None
    return str(int(day)) if day and 1 <= day <= 31 else None


_MONEY_RATE = re.compile(
    "(?:可|均|各)?(?:最高|不超过|最多|上限|合计|增长|递增|每)|[^,。;\n]{0,12}(?:给予|奖励|补助|补贴|资助|奖补|支付给?)|"
    r"[\d,.]+(?:万|亿)?元|(?:租金|工资|收入|生活费)"
)
_PER_HEAD = re.compile("[人户家生床亩村名辆台项例次位](?:/)?$")
_DAILY_ACT = re.compile("[^,。;\n]{0,14}(?:报送|上报|通报|报告|调度|汇总|更新|公布|发布|巡查|排查|检查|研判)")


def _recurring(match: re.Match[str]) -> When | None:
    text, left = match.string, context.before(match.string, match.start())
    freq, interval = _CYCLES[match["u"]][0], None
    if match["n"]:
        count = int(parse(match["n"]) or 0)
        if count < 1:
            return None
        interval = count if count > 1 else None
    tail = match["tail"] or ""
    if (
        _PER_HEAD.search(left)
        or context.in_title(text, match.start())
        or (not tail and _MONEY_RATE.match(text, match.end()))
    ):
        return None
    if freq == "DAILY" and (match["n"] or not _DAILY_ACT.match(text, match.end())):
        return None
    if (
        match["u"] == "年"
        and not tail
        and text[match.end() : match.end() + 1] in ("度", "一", "的")
        and not text.startswith("一次", match.end())
    ):
        return None
    by = printed_day(freq, tail)
    count_days = re.search(f"结束(?:之?后)?的?({FIGURE}{{1,2}})个?(工作日|日|天)", tail)
    amount = parse(count_days[1]) if count_days else None
    unit: Unit | None = None if not count_days else "workday" if count_days[2] == "工作日" else "day"
    if count_days:
        by = None
    return When(
        "recurring",
        amount=amount,
        unit=unit,
        freq=freq,
        interval=interval,
        by=by,
        rrule=rrule(freq, interval, by, re.sub("之?前$", "", tail)),
    )


_COUNTING = re.compile("[份计缴租付发等领、]|支付|方式")


def _by_period(match: re.Match[str]) -> When | None:
    if _COUNTING.match(match.string, match.end()) or context.in_title(match.string, match.start()):
        return None
    freq = _CYCLES[match["u"]][0]
    return When("recurring", freq=freq, rrule=rrule(freq))


def _every_once(match: re.Match[str]) -> When | None:
    if context.before(match.string, match.start(), 1) in ("每", "第", "“") and match.start():
        return None
    freq = _CYCLES[match["u"]][0]
    if match["n"] == "半":
        return When("recurring", freq="SEMIANNUAL", rrule=rrule("SEMIANNUAL")) if freq == "YEARLY" else None
    count = int(parse(match["n"]) or 1)
    interval = count if count > 1 else None
    return When("recurring", freq=freq, interval=interval, rrule=rrule(freq, interval))


def _yearly_rate(match: re.Match[str]) -> When | None:
    return When("recurring", freq="YEARLY", rrule=rrule("YEARLY"))


def _ongoing(match: re.Match[str]) -> When | None:
    text, left = match.string, context.before(match.string, match.start())
    following = text[match.end() : match.end() + 1]
    begins = (
        not left
        or left[-1] in "(;\n"
        or (left[-1] == ":" and context.labelled(left[:-1] + ":"))
        or left.endswith("成效并")
    )
    return When("ongoing") if begins and (not following or following in "),;。\n") else None


_BY_MONTH = f"(?:的)?{FIGURE}{{1,2}}月份?(?:{FIGURE}{{1,3}}[日号]|[上中下]旬|[底末初])?"
_BY_DAY = f"(?:的)?{FIGURE}{{1,3}}[日号](?!常|均)"
_AFTER = f"(?:度)?结束(?:之?后)?的?{FIGURE}{{1,2}}个?(?:工作日|日|天)(?:之内|以内|内)"
_WORKDAY = f"(?:的)?(?:最后|前|第){FIGURE}{{1,2}}个工作日"

RULES = (
    Rule(
        id="within",
        kind=KIND,
        pattern=_AMOUNT + _UNIT + "(?:之内|以内|内(?![部容地外涝环]))",
        value=_within,
        yes=(
            ("15个工作日内", When("within", amount=15, unit="workday")),
            ("3个月内", When("within", amount=3, unit="month")),
            ("两年之内", When("within", amount=2, unit="year")),
            ("48小时内", When("within", amount=48, unit="hour")),
            ("自收到申请之日起7日内", When("within", amount=7, unit="day", trigger="收到申请")),
            ("审核通过后1个月内", When("within", amount=1, unit="month", trigger="审核通过")),
        ),
        no=(
            "办理时间压缩至4个月以内",
            "近三年内",
            "3年内免征房产税",
            "5年内关税减让显著的商品",
            "15分钟内",
            "三年内取消申报资格",
        ),
        needs=("内",),
    ),
    Rule(
        id="effort",
        kind=KIND,
        pattern=_AMOUNT + "(?P<u>年|月)(?:左右)?(?:的)?(?:时间|努力)",
        value=_effort,
        yes=(
            ("用5年时间", When("within", amount=5, unit="year")),
            ("利用2-3年时间", When("within", amount=3, unit="year")),
        ),
        no=("延长3年时间", "实习6个月时间"),
        needs=("时间", "努力"),
    ),
    Rule(
        id="ahead",
        kind=KIND,
        pattern="提前(?:至少|约)?" + _AMOUNT.replace("第每", "第") + _UNIT,
        value=_ahead,
        yes=(("提前6个月", When("ahead", amount=6, unit="month")), ("提前两周", When("ahead", amount=2, unit="week"))),
        no=("提前申报", "可提前一年参加考试", "提前谋划"),
        needs=("提前",),
    ),
    Rule(
        id="before-event",
        kind=KIND,
        pattern="前(?:至少)?" + _AMOUNT.replace("第每", "第") + "(?P<u>工作日|日|天|周|月)(?!内|以内|之内)",
        value=_before_event,
        yes=(("会议召开前3个工作日", When("ahead", amount=3, unit="workday", trigger="会议召开")),),
        no=("开班前14天内有旅居史", "工作开展前3个月的情况"),
        needs=("前",),
    ),
    Rule(
        id="units-before",
        kind=KIND,
        pattern=_AMOUNT + "(?P<u>工作日|天|月)(?:之?前|以前)",
        value=_before_event,
        yes=(("合同期满3个月前", When("ahead", amount=3, unit="month", trigger="合同期满")),),
        no=("3个月前获得", "12个月前后"),
        needs=("前",),
    ),
    Rule(
        id="recurring",
        kind=KIND,
        pattern=(
            r"每(?:间隔)?(?P<n>[\d一二两三四五六十]{1,2})?个?(?P<u>半年|年|季(?=度)|季|月|旬|周|星期|日|天)(?:度)?"
            rf"(?P<tail>{_AFTER}|(?<=年)(?:度)?(?:{_BY_MONTH}|年?[底末](?!考)|[上下]半年)(?:之?前|以前)?|(?<=月)(?:{_BY_DAY}|{_WORKDAY}|月?[底末]|[上中下]旬)(?:之?前|以前)?"
            rf"|(?<=[季度])(?:{_WORKDAY}|(?:的)?(?:最后一个月|第[一二三]个月|首月|末月|次月|季?末月?)(?:{_BY_DAY}|底)?|[底末])(?:之?前|以前)?"
            rf"|(?<=半年)[底末](?:之?前)?|(?<=周)[一二三四五六日天](?![次场期轮])(?:之?前)?)?"
        ),
        value=_recurring,
        yes=(
            ("每月25日前", When("recurring", freq="MONTHLY", by="25", rrule="FREQ=MONTHLY;BYMONTHDAY=25")),
            ("每年2月底前", When("recurring", freq="YEARLY", by="02-28", rrule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1")),
            (
                "每年11月30日前",
                When("recurring", freq="YEARLY", by="11-30", rrule="FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
            ),
            ("每季度末", When("recurring", freq="QUARTERLY", rrule="FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1")),
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
            "每人每月400元",
            "每天接触户外自然光",
            "一周一例会",
            "每年给予运营补贴",
            "每家企业",
        ),
        needs=("每",),
    ),
    Rule(
        id="by-period",
        kind=KIND,
        pattern="按(?P<u>半年|年|季|月|周)(?:度)?(?![内期])",
        value=_by_period,
        yes=(
            ("按月", When("recurring", freq="MONTHLY", rrule="FREQ=MONTHLY")),
            ("按季度", When("recurring", freq="QUARTERLY", rrule="FREQ=MONTHLY;INTERVAL=3")),
            ("按年度", When("recurring", freq="YEARLY", rrule="FREQ=YEARLY")),
        ),
        no=("按月缴纳租金", "按年份细化任务", "按次、按年等方式"),
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
    ),
    Rule(
        id="yearly-rate",
        kind=KIND,
        pattern="年(?:平均|均)(?=培训|新增|培养|完成|实施|建设|引进|培育|认定|组织|开展)",
        value=_yearly_rate,
        yes=(("【年平均】培训技术骨干200人", When("recurring", freq="YEARLY", rrule="FREQ=YEARLY")),),
        no=("年均增长20%", "年平均雨量"),
        needs=("年平均", "年均"),
    ),
    Rule(
        id="ongoing",
        kind=KIND,
        pattern="(?:长期(?:坚持|推进|实施)?|持续(?:推进|实施|开展|坚持)?|常年(?:坚持|推进)?|常态化(?:推进|开展)?)",
        value=_ongoing,
        yes=(("长期坚持", When("ongoing")), ("持续推进", When("ongoing"))),
        no=("持续推进城市更新。", "坚持长期规划"),
        needs=("长期", "持续", "常"),
    ),
)
