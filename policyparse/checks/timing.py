"""TIM: dates that can't be, or that contradict each other."""

from __future__ import annotations

import calendar as months
import datetime as dt
import re
from collections.abc import Iterator

from policyparse.checks.base import Case, Hit, check, place
from policyparse.model import Deadline, Obligation, Related
from policyparse.text import fold

_DAY = re.compile(r"月(\d{1,2})[日号](?!\d)")
_MONTH = re.compile(r"(?<![\d.])(?:((?:19|20)\d\d)年)?(\d{1,2})$")
_DAY_PRINTED = re.compile(r"\d{1,2}[日号](?:\d{1,2}[时点:]\S{0,4})?(?:之|以)?(?:前|止|截止)$")
_ALL = re.compile("全部完成|全面完成|完成全部|完成所有|整体完成")
_REPORT = re.compile(r"(?:总结|完成情况|落实情况|整改报告|验收报告|自查报告)[^。;]{0,20}?(?:报送?|上报|报至|提交)")


@check("TIM001", "due-before-issue", "warning")
def due_before_issue(case: Case) -> Iterator[Hit]:
    """A task is due before the notice was issued.

    What it checks:
        The last day of a due date or period lies before the day on which the notice was issued.
    Why it matters:
        The task is late on the day it is given; mostly a year was not changed when an older notice was reused.
    Example::

        清溪县人民政府办公室关于开展安全检查的通知
        各乡镇人民政府：
        一、自查自改。2023年5月底前完成自查。（责任单位：各乡镇人民政府）
        清溪县人民政府办公室
        2024年4月8日
    Use instead::

        清溪县人民政府办公室关于开展安全检查的通知
        各乡镇人民政府：
        一、自查自改。2024年5月底前完成自查。（责任单位：各乡镇人民政府）
        清溪县人民政府办公室
        2024年4月8日
    Known limits:
        Plans issued in the middle of their own years hold such dates on purpose; the finding is right but
        may be accepted.
    """
    issued = case.notice.issued_on
    if issued is None:
        return
    for obligation in case.notice.obligations:
        for deadline in obligation.deadlines:
            if deadline.kind in ("due", "period") and deadline.end and deadline.end < issued:
                yield Hit(
                    f"{place(obligation)}的时限“{deadline.text}”（{deadline.end}）早于本文件成文日期{issued}，请核对年份。",
                    obligation,
                    deadline.span,
                )


@check("TIM002", "ends-before-it-begins", "error")
def ends_before_it_begins(case: Case) -> Iterator[Hit]:
    """A period ends before it begins.

    What it checks:
        The end of a period lies before its start.
    Why it matters:
        One of the two dates is wrong, and nobody can tell which.
    Example::

        清溪县人民政府办公室关于开展专项行动的通知
        一、集中整治。2024年9月1日至2024年6月30日开展集中整治。（责任单位：县公安局）
    Use instead::

        清溪县人民政府办公室关于开展专项行动的通知
        一、集中整治。2024年6月1日至2024年9月30日开展集中整治。（责任单位：县公安局）
    Known limits:
        Periods whose years are left out (11月至次年3月) are read over the turn of the year.
    """
    for obligation in case.notice.obligations:
        for deadline in obligation.deadlines:
            if deadline.start and deadline.end and deadline.end < deadline.start:
                yield Hit(
                    f"{place(obligation)}的期间“{deadline.text}”结束早于开始（{deadline.start}至{deadline.end}），请核对。",
                    obligation,
                    deadline.span,
                )


@check("TIM003", "impossible-date", "error")
def impossible_date(case: Case) -> Iterator[Hit]:
    """A date does not exist.

    What it checks:
        A day like 2月30日, 6月31日, 13月5日, or 2月29日 of a year that is no leap year.
    Why it matters:
        A deadline that never comes can't be met.
    Example::

        清溪县人民政府办公室关于报送材料的通知
        一、报送材料。请各乡镇人民政府于2024年6月31日前报送材料。（责任单位：各乡镇人民政府）
    Use instead::

        清溪县人民政府办公室关于报送材料的通知
        一、报送材料。请各乡镇人民政府于2024年6月30日前报送材料。（责任单位：各乡镇人民政府）
    Known limits:
        Without a year 2月29日 is taken as possible.
    """
    for passage, match in case.find(_DAY):
        begin = max(0, match.start() - 8)
        before = _MONTH.search(passage.text[begin : match.start()])
        if before is None:
            continue
        year, month, day = int(before[1] or 2000), int(before[2]), int(match[1])
        if not 1 <= month <= 12 or not 1 <= day <= months.monthrange(year, month)[1]:
            at = (begin + before.start(), match.end())
            span = passage.span(*at)
            yield Hit(f"日期“{passage.quote(*at)}”不存在，请改正。", _holder(case, span), span)


def _holder(case: Case, span: tuple[int, int]) -> Obligation | None:
    return next((o for o in case.notice.obligations if o.span[0] <= span[0] < o.span[1]), None)


@check("TIM004", "part-after-whole", "warning")
def part_after_whole(case: Case) -> Iterator[Hit]:
    """A part is due after the whole that it belongs to.

    What it checks:
        A task stands in a clause below another task, both have exactly one due date, the whole's is for all of
        it (it stands in the heading, or with 全部完成, 全面完成, 完成全部), and the part's is later.
    Why it matters:
        The whole can't be finished before its parts.
    Example::

        清溪县人民政府办公室关于印发清溪县管网改造方案的通知
        一、实施改造。2024年10月底前完成全部改造。（牵头单位：县住建局）
        （一）老旧小区。2024年12月底前完成老旧小区改造。（责任单位：县住建局）
        （二）城中村。2024年9月底前完成城中村改造。（责任单位：县住建局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县管网改造方案的通知
        一、实施改造。2024年12月底前完成全部改造。（牵头单位：县住建局）
        （一）老旧小区。2024年12月底前完成老旧小区改造。（责任单位：县住建局）
        （二）城中村。2024年9月底前完成城中村改造。（责任单位：县住建局）
    Known limits:
        Only the clause tree tells what is a part of what.
    """
    ends: dict[tuple[str, ...], list[tuple[Obligation, Deadline]]] = {}
    for obligation in case.notice.obligations:
        due = [d for d in obligation.deadlines if d.kind == "due" and d.end]
        if len(due) == 1 and obligation.clause:
            ends.setdefault(obligation.clause, []).append((obligation, due[0]))
    for path, parts in ends.items():
        for depth in range(1, len(path)):
            wholes = [(o, d) for o, d in ends.get(path[:depth], []) if _of_all(o, d)]
            if len(wholes) == 1:
                yield from _later(case, parts, *wholes[0])


def _of_all(whole: Obligation, deadline: Deadline) -> bool:
    """Whether ``deadline`` bounds all of ``whole`` and not a single measure in it."""
    after = whole.text[whole.text.find(deadline.text) :][: len(deadline.text) + 20]
    return deadline.text in whole.heading or bool(_ALL.search(re.split("[。；]", after)[0]))


def _later(case: Case, parts: list[tuple[Obligation, Deadline]], whole: Obligation, bound: Deadline) -> Iterator[Hit]:
    for part, deadline in parts:
        if deadline.end and bound.end and deadline.end > bound.end and part.span[0] > whole.span[0]:
            yield Hit(
                f"{place(part)}的时限“{deadline.text}”晚于它所属的{place(whole)}的时限“{bound.text}”，请核对。",
                part,
                deadline.span,
                (case.related(whole, bound.text),),
            )


@check("TIM005", "due-on-rest-day", "info")
def due_on_rest_day(case: Case) -> Iterator[Hit]:
    """A task is due on a day on which offices are closed.

    What it checks:
        A due date printed to the day (…日前, …日止) is a weekend or a holiday in the calendar of the State Council (or the
        one given), and not a working day shifted to a weekend.
    Why it matters:
        By article 203 of the Civil Code a term that ends on a rest day ends on the next working day; for
        tasks between offices it is better to print the day that is meant.
    Example::

        清溪县人民政府办公室关于报送总结的通知
        一、报送总结。请各乡镇人民政府于2024年10月1日前报送总结。（责任单位：各乡镇人民政府）
    Use instead::

        清溪县人民政府办公室关于报送总结的通知
        一、报送总结。请各乡镇人民政府于2024年9月30日前报送总结。（责任单位：各乡镇人民政府）
    Known limits:
        Ends of months and years (6月30日, 12月31日) are passed over, and years whose calendar is not published.
    """
    from policyparse.calendars import StateCouncil

    days = case.calendar or StateCouncil()
    for obligation in case.notice.obligations:
        for deadline in obligation.deadlines:
            end = deadline.end
            if deadline.kind != "due" or end is None or not _DAY_PRINTED.search(fold(deadline.text)):
                continue
            if end == _month_end(end) or not days.covers(end.year) or days.is_workday(end):
                continue
            yield Hit(
                f"{place(obligation)}的时限“{deadline.text}”（{end}）是休息日，请改为工作日，或写明顺延。",
                obligation,
                deadline.span,
            )


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=months.monthrange(day.year, day.month)[1])


@check("TIM006", "report-before-work-ends", "warning")
def report_before_work_ends(case: Case) -> Iterator[Hit]:
    """A report on the result is due before the work it reports on.

    What it checks:
        In one task a sentence that has a summary or result reported (总结, 完成情况, 验收报告 … 报送) carries an
        earlier due date than another sentence of the task.
    Why it matters:
        The report would have to be written before there is anything to report.
    Example::

        清溪县人民政府办公室关于开展排查的通知
        一、开展排查。2024年9月30日前完成隐患整改。2024年8月20日前将完成情况报送县应急局。（责任单位：各乡镇）
    Use instead::

        清溪县人民政府办公室关于开展排查的通知
        一、开展排查。2024年9月30日前完成隐患整改。2024年10月20日前将完成情况报送县应急局。（责任单位：各乡镇）
    Known limits:
        Reports on progress (进展情况) may come at any time and are not looked at.
    """
    for obligation in case.notice.obligations:
        dated = [d for d in obligation.deadlines if d.kind == "due" and d.end]
        if len(dated) < 2:
            continue
        for measure in obligation.measures:
            inside = [d for d in dated if measure.span[0] <= d.span[0] < measure.span[1]]
            if len(inside) != 1 or not _REPORT.search(fold(measure.text)):
                continue
            report = inside[0]
            later = [d for d in dated if d.end and report.end and d.end > report.end and d.span[0] < report.span[0]]
            for work in later[:1]:
                yield Hit(
                    f"{place(obligation)}要求“{report.text}”报送结果，而工作本身的时限是“{work.text}”，请核对先后。",
                    obligation,
                    report.span,
                    (Related(notice=case.notice.id, span=work.span, obligation=obligation.id, text=work.text),),
                )
