"""Rules for spans of time, counted from an event (3个月内) or before it (提前6个月)."""

from __future__ import annotations

import re

from policyparse.records import Unit
from policyparse.rules.base import Rule
from policyparse.rules.deadlines import context
from policyparse.rules.deadlines.when import KIND, When
from policyparse.rules.numbers import parse

_FIGURES = r"[\d一二三四五六七八九十]{0,3}(?:\.\d)?"
_AMOUNT = rf"(?P<n>[0-9一二两三四五六七八九十半](?=[0-9一二三四五六七八九十.~至个小工自日天周星月年季-])(?<![0-9.第每].){_FIGURES}(?:[-~至]\d{{1,3}})?)个?"
_BARE_AMOUNT = rf"(?P<n>[\d一二两三四五六七八九十半]{_FIGURES}(?:[-~至]\d{{1,3}})?)个?"
_UNIT = "(?P<u>小时|工作日|自然日|日|天|周|星期|月|年|季度)"
_UNITS: dict[str, tuple[Unit, float]] = {
    "小时": ("hour", 1),
    "工作日": ("workday", 1),
    "自然日": ("day", 1),
    "日": ("day", 1),
    "天": ("day", 1),
    "周": ("week", 1),
    "星期": ("week", 1),
    "月": ("month", 1),
    "季度": ("month", 3),
    "年": ("year", 1),
}


def _measure(match: re.Match[str]) -> tuple[float, Unit] | None:
    """Amount and unit; of a range (2-3年) the longer end; 半年 is 6 months, 半个月 15 days."""
    unit, factor = _UNITS[match["u"]]
    written = re.split("[-~至]", match["n"])[-1]
    if written == "半":
        return {"year": (6.0, "month"), "month": (15.0, "day"), "day": (12.0, "hour")}.get(unit)  # type: ignore[return-value]
    amount = parse(written)
    return None if amount is None else (amount * factor, unit)


def _within(match: re.Match[str]) -> When | None:
    text, start, end = match.string, match.start(), match.end()
    left, behind = context.clause_before(text, start), context.clause_behind(text, end, 20)
    if context.ends(left, "standing") or context.holds(left[-8:], "service") or behind.startswith("的"):
        return None
    measure = _measure(match)
    if measure is None or context.is_validity(text, start) or context.in_title(text, start):
        return None
    lasting = measure[1] in ("month", "year") and (
        context.holds(behind, "benefit") or re.match("对.{2,16}实行", behind) is not None
    )
    return None if lasting or context.holds(behind, "condition") else When("within", amount=measure[0], unit=measure[1])


def _effort(match: re.Match[str]) -> When | None:
    """用3年时间, 经过5年努力."""
    measure, left = _measure(match), context.before(match.string, match.start(), 6).rstrip("约近")
    used = left.endswith(("用", "通过", "经过", "花", "以"))
    return When("within", amount=measure[0], unit=measure[1]) if measure and used else None


_NO_EVENT = ("年", "月", "日", "底", "末", "目", "旬", "季度", "以", "之", "提", "近", "此")


def _before_event(match: re.Match[str]) -> When | None:
    """期满3个月前, 会议召开前3个工作日. Any event stands before days; months could be those of a year (前5个月)."""
    measure, event = _measure(match), context.clause_before(match.string, match.start())
    event = re.split("[、“”()]|[应须]当?在?|(?<!存)在", event)[-1]
    if (
        measure is None
        or event.removesuffix("的").endswith(_NO_EVENT)
        or event.removesuffix("最后").endswith(("每月", "每季度", "每年", "每周"))  # 每月最后一个工作日前
        or len(event) < 2
        or not "一" <= min(event[-2:]) <= max(event[-2:]) <= "鿿"
    ):
        return None
    known = context.ends(event, "event")
    inside, behind = match.groupdict().get("inside"), match.string[match.end() : match.end() + 1]
    if (inside and not event.endswith(("满", "到期"))) or (
        not known and (measure[1] in ("month", "year") or behind == "的")
    ):
        return None  # 开班前14天内有旅居史, 开展前3个月的情况
    return When("ahead", amount=measure[0], unit=measure[1], trigger=event)


def _aimed(match: re.Match[str]) -> When | None:
    """力争三年形成: an effort, a span and an act. 发展计划三年实施 names a plan, 力争25年完成 a year."""
    text, measure = match.string, _measure(match)
    if measure is None or measure[0] > 12 or not context.acts(text, match.end()):
        return None
    plan = match["aim"] == "计划" and context.ends(context.before(text, match.start(), 2), "planned")
    return None if plan else When("within", amount=measure[0], unit=measure[1])


def _span(match: re.Match[str]) -> When | None:
    tail = match["tail"]
    if tail.endswith("内"):
        return _within(match)
    return _before_event(match) if tail.endswith("前") else _effort(match)


def _ahead(match: re.Match[str]) -> When | None:
    measure, left = _measure(match), context.before(match.string, match.start(), 4)
    if measure is None or left.endswith(("可", "可以", "准予")):
        return None
    return When("ahead", amount=measure[0], unit=measure[1])


RULES = (
    Rule(
        id="span",
        kind=KIND,
        pattern=_AMOUNT + _UNIT + "(?P<tail>之内|以内|内(?![部容地外涝环])|[之以]?前(?!后)|(?:左右)?的?(?:时间|努力))",
        value=_span,
        yes=(
            ("15个工作日内", When("within", amount=15, unit="workday")),
            ("3个月内", When("within", amount=3, unit="month")),
            ("两年之内", When("within", amount=2, unit="year")),
            ("48小时内", When("within", amount=48, unit="hour")),
            ("5个自然日内", When("within", amount=5, unit="day")),
            ("自收到申请之日起7日内", When("within", amount=7, unit="day", trigger="收到申请")),
            ("审核通过后1个月内", When("within", amount=1, unit="month", trigger="审核通过")),
            ("用5年时间", When("within", amount=5, unit="year")),
            ("利用2-3年时间", When("within", amount=3, unit="year")),
            ("经过三年左右的努力", When("within", amount=3, unit="year")),
            ("合同期满3个月前", When("ahead", amount=3, unit="month", trigger="合同期满")),
        ),
        no=(
            "办理时间压缩至4个月以内",
            "近三年内",
            "3年内免征房产税",
            "5年内关税减让显著的商品",
            "15分钟内",
            "三年内取消申报资格",
            "延长3年时间",
            "实习6个月时间",
            "3个月前获得",
            "12个月前后",
        ),
        needs=("内", "前", "时间", "努力"),
        anchors=tuple(f"{tail}(?<=[时日天周期月年度之以右的]{tail})" for tail in ("内", "前", "时间", "努力")),
        reach=(20, 6),
    ),
    Rule(
        id="aim",
        kind=KIND,
        pattern=r"(?P<aim>力争|争取|计划|分)约?(?P<n>[1-9一二两三四五六七八九十半]{1,2}(?:[-~至]\d)?)个?(?P<u>年|(?<=个)月)(?:左右)?",
        value=_aimed,
        yes=(
            ("【力争三年】形成新业态", When("within", amount=3, unit="year")),
            ("园区【计划2年】完成改造", When("within", amount=2, unit="year")),
            ("【争取6个月】建成", When("within", amount=6, unit="month")),
            ("【分三年】完成改造", When("within", amount=3, unit="year")),
        ),
        no=("力争三年行动取得实效", "连续3年补助", "行动计划三年实施方案", "力争25年完成"),
        needs=("力争", "争取", "计划", "分"),
        anchors=tuple(f"{aim}(?=约?[1-9一二两三四五六七八九十半])" for aim in ("力争", "争取", "计划"))
        + ("分(?=[2-9二两三四五]年)",),
        reach=(0, 16),
    ),
    Rule(
        id="from-day",
        kind=KIND,
        pattern="日起,?的?" + _BARE_AMOUNT + _UNIT + "(?!内|以内|之内|[后起])",
        value=_within,
        yes=(("自收到申请之日起15个工作日", When("within", amount=15, unit="workday", trigger="收到申请")),),
        no=("自印发之日起30日后施行", "即日起施行"),
        needs=("日起",),
    ),
    Rule(
        id="ahead",
        kind=KIND,
        pattern="提前(?:至少|约)?" + _BARE_AMOUNT + _UNIT,
        value=_ahead,
        yes=(("提前6个月", When("ahead", amount=6, unit="month")), ("提前两周", When("ahead", amount=2, unit="week"))),
        no=("提前申报", "可提前一年参加考试", "提前谋划"),
        needs=("提前",),
    ),
    Rule(
        id="before-event",
        kind=KIND,
        pattern="前(?:至少)?" + _BARE_AMOUNT + _UNIT + "(?P<inside>[以之]?内)?",
        value=_before_event,
        yes=(
            ("合同期满前30日内", When("ahead", amount=30, unit="day", trigger="合同期满")),
            ("会议召开前3个工作日", When("ahead", amount=3, unit="workday", trigger="会议召开")),
            ("新建电站在【并网前10个工作日】完成检测", When("ahead", amount=10, unit="workday", trigger="并网")),
        ),
        no=("开班前14天内有旅居史", "工作开展前3个月的情况", "前三年", "今年前5个月"),
        needs=("前",),
    ),
)
