"""CON: what contradicts itself, within a notice and between notices of one place.

Tasks are compared only where a cheap key brings them together (the same heading, the same opening words):
thousands of notices must not be compared each with each.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from policyparse.checks.base import DOERS, Case, Corpus, Hit, check, names, place, with_role
from policyparse.model import Obligation, Related
from policyparse.text import fold
from policyparse.wording import amount, counted

MOST = 12  # tasks under one key that are still compared each with each: more is boilerplate
_BARE = re.compile(r"[^一-鿿A-Za-z]+")
_DIGITS = re.compile(r"[0-9.]+")


@dataclass(frozen=True)
class _Task:
    case: Case
    obligation: Obligation

    @cached_property
    def words(self) -> str:
        """The text without its assignment, numbers and punctuation."""
        text = fold(self.obligation.text)
        for party in self.obligation.parties:
            if party.basis != "prose":
                text = text.replace(fold(party.text), "")
        return _BARE.sub("", text)

    @cached_property
    def pairs(self) -> frozenset[str]:
        return frozenset(self.words[i : i + 2] for i in range(len(self.words) - 1))


def _alike(one: _Task, other: _Task) -> float:
    """Share of the pairs of characters that two tasks have in common (Jaccard)."""
    both = one.pairs | other.pairs
    return len(one.pairs & other.pairs) / len(both) if both else 0.0


def same_tasks(corpus: Corpus, least: float) -> Iterator[tuple[_Task, _Task]]:
    """Pairs of obligations that are one task: the same heading or opening, and wording at least ``least`` alike.

    Between notices only those of one place are compared, and not a notice with the one it forwards,
    amends or repeals.
    """
    if "same tasks" not in corpus.memo:
        corpus.memo["same tasks"] = list(_pairs(corpus.cases))
    return ((one, other) for one, other, alike in corpus.memo["same tasks"] if alike >= least)


def _pairs(cases: Sequence[Case]) -> Iterator[tuple[_Task, _Task, float]]:
    """Pairs of tasks that a key brings together, with how alike they are."""
    keyed: dict[tuple[str, str], list[_Task]] = defaultdict(list)
    for case in cases:
        here = case.naming.place.here
        for obligation in case.assigned:
            heading = _BARE.sub("", obligation.heading)
            opening = _BARE.sub("", obligation.text[:60])[:24]
            task = _Task(case, obligation)
            for key in (heading, opening) if heading != opening else (heading,):
                if len(key) > 5:
                    keyed[here, key].append(task)
    seen: set[tuple[int, int]] = set()
    for tasks in keyed.values():
        if not 1 < len(tasks) <= MOST:
            continue
        for one, other in combinations(tasks, 2):
            pair = (id(one.obligation), id(other.obligation))
            if pair not in seen and not _overlap(one, other) and not _succeeds(one.case, other.case):
                seen.add(pair)
                yield one, other, _alike(one, other)


def _overlap(one: _Task, other: _Task) -> bool:
    """Whether two entries of one notice were read from the same words."""
    a, b = one.obligation.span, other.obligation.span
    return one.case is other.case and a[0] < b[1] and b[0] < a[1]


def _succeeds(one: Case, other: Case) -> bool:
    """Whether one of two notices deals with the other, so that differences are meant."""
    if one is other:
        return False
    if one.notice.id == other.notice.id:
        return True
    for here, there in ((one.notice, other.notice), (other.notice, one.notice)):
        for citation in here.citations:
            if citation.relation in ("forwards", "amends", "repeals") and (
                (citation.number and citation.number == there.number)
                or (citation.title and citation.title == there.title)
            ):
                return True
    return False


def _where(task: _Task, other: _Task) -> str:
    """What the other task is called: its clause, and its notice where that is another one."""
    title = other.case.notice.number or other.case.notice.title
    return place(other.obligation) if task.case is other.case else f"《{title}》{place(other.obligation)}"


def _compare(
    corpus: Corpus, values: Callable[[_Task], set[Any]], shown: Callable[[_Task], str], what: str
) -> Iterator[tuple[Case, Hit]]:
    """Pairs of one task for which ``values`` are given on both sides and have nothing in common."""
    for one, other in same_tasks(corpus, 0.7):
        here, there = values(one), values(other)
        if here and there and not here & there:
            yield (
                other.case,
                Hit(
                    f"{place(other.obligation)}与{_where(other, one)}是同一项任务，但{what}不同：“{shown(other)}”与“{shown(one)}”，"
                    "请统一。",
                    other.obligation,
                    related=(one.case.related(one.obligation),),
                ),
            )


@check("CON001", "different-leads", "warning", scope="corpus")
def different_leads(corpus: Corpus) -> Iterator[tuple[Case, Hit]]:
    """One task has different leads in two places.

    What it checks:
        Two entries with the same heading or opening and nearly the same words, in one notice or in two of
        the same place, name different leads.
    Why it matters:
        Each unit may point at the other.
    Example::

        清溪县人民政府办公室关于印发清溪县燃气安全整治方案的通知
        一、排查用户。对餐饮场所燃气使用情况开展全面排查，逐户建立台账。（牵头单位：县住建局；责任单位：各镇）
        二、重点工作
        （一）排查用户。对餐饮场所燃气使用情况开展全面排查，逐户建立台账。（牵头单位：县商务局；责任单位：各镇）
    Use instead::

        清溪县人民政府办公室关于印发清溪县燃气安全整治方案的通知
        一、排查用户。对餐饮场所燃气使用情况开展全面排查，逐户建立台账。（牵头单位：县住建局；责任单位：各镇）
        二、重点工作
        （一）更换软管。为餐饮场所更换金属软管。（牵头单位：县商务局；责任单位：各镇）
    Known limits:
        Two notices are compared only where both speak for one place and neither forwards or amends the other.
    """

    def leads(task: _Task) -> set[str]:
        return {task.case.naming.key(p.name) for p in with_role(task.obligation, "lead")}

    yield from _compare(corpus, leads, lambda t: names(with_role(t.obligation, "lead")), "牵头单位")


@check("CON002", "different-deadlines", "warning", scope="corpus")
def different_deadlines(corpus: Corpus) -> Iterator[tuple[Case, Hit]]:
    """One task has different deadlines in two places.

    What it checks:
        As different-leads, for due dates and periods.
    Why it matters:
        The later date will be the one that is kept.
    Example::

        清溪县人民政府办公室关于印发清溪县管网普查方案的通知
        一、普查管网。2024年6月底前完成全县地下管网普查，形成一张图。（责任单位：县住建局）
        二、重点工作
        （一）普查管网。2024年10月底前完成全县地下管网普查，形成一张图。（责任单位：县住建局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县管网普查方案的通知
        一、普查管网。2024年6月底前完成全县地下管网普查，形成一张图。（责任单位：县住建局）
        二、重点工作
        （一）更新管网。2024年10月底前更换老旧供水管网。（责任单位：县住建局）
    Known limits:
        Plans of successive years that repeat a task with a new date are reported where both are given.
    """

    def dates(task: _Task) -> set[Any]:
        return {(d.start if d.kind == "period" else None, d.end) for d in task.obligation.deadlines if d.end}

    def shown(task: _Task) -> str:
        return "、".join(d.text for d in task.obligation.deadlines if d.end)

    yield from _compare(corpus, dates, shown, "时限")


@check("CON003", "different-numbers", "warning", scope="corpus")
def different_numbers(corpus: Corpus) -> Iterator[tuple[Case, Hit]]:
    """One task has different numbers in two places.

    What it checks:
        As different-leads, for quantities that count the same noun in the same unit.
    Why it matters:
        Nobody knows which number will be checked.
    Example::

        清溪县人民政府办公室关于印发清溪县充电桩建设方案的通知
        一、建设充电桩。在公共停车场新建充电桩200个，实现乡镇全覆盖。（责任单位：县发展改革局）
        二、重点工作
        （一）建设充电桩。在公共停车场新建充电桩300个，实现乡镇全覆盖。（责任单位：县发展改革局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县充电桩建设方案的通知
        一、建设充电桩。在公共停车场新建充电桩200个，实现乡镇全覆盖。（责任单位：县发展改革局）
        二、重点工作
        （一）维护充电桩。对故障充电桩及时更换。（责任单位：县发展改革局）
    Known limits:
        Numbers are compared where the same noun, or the same words before the number, stand on both sides.
    """
    for one, other in same_tasks(corpus, 0.7):
        for here in one.obligation.quantities:
            what = counted(one.obligation, here)
            same = [
                q for q in other.obligation.quantities if q.unit == here.unit and counted(other.obligation, q) == what
            ]
            if what and len(same) == 1 and same[0].value != here.value:
                yield (
                    other.case,
                    Hit(
                        f"{place(other.obligation)}与{_where(other, one)}是同一项任务，但数量不同：“{amount(same[0])}”与"
                        f"“{amount(here)}”，请统一。",
                        other.obligation,
                        same[0].span,
                        (one.case.related(one.obligation, here.text),),
                    ),
                )


@check("CON004", "duplicate-task", "info", scope="corpus")
def duplicate_task(corpus: Corpus) -> Iterator[tuple[Case, Hit]]:
    """A task is given twice in one notice.

    What it checks:
        Two entries of one notice have the same heading or opening and nearly the same words.
    Why it matters:
        It is counted twice in every register, and amended in one place only.
    Example::

        清溪县人民政府办公室关于印发清溪县校车整治方案的通知
        一、检查校车。对全县校车开展安全检查，建立一车一档。（责任单位：县教育局）
        二、重点工作
        （一）检查校车。对全县校车开展安全检查，建立一车一档。（责任单位：县教育局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县校车整治方案的通知
        一、检查校车。对全县校车开展安全检查，建立一车一档。（责任单位：县教育局）
        二、重点工作
        （一）培训驾驶人。对校车驾驶人开展安全培训。（责任单位：县教育局）
    Known limits:
        Tasks that say the same in other words are not found; an annexed table may repeat the body.
    """
    within: dict[str, list[tuple[_Task, _Task]]] = defaultdict(list)
    for one, other in same_tasks(corpus, 0.9):
        if one.case is other.case and _twice(one, other):
            within[one.case.notice.id].append((one, other))
    for pairs in within.values():
        case = pairs[0][0].case
        if len(pairs) * 3 > len(case.assigned) > 3:
            continue  # the file holds the whole text twice
        for one, other in pairs:
            yield (
                case,
                Hit(
                    f"{place(other.obligation)}与{place(one.obligation)}内容重复，请合并或删去一处。",
                    other.obligation,
                    related=(case.related(one.obligation),),
                ),
            )


def _twice(one: _Task, other: _Task) -> bool:
    """Whether two like tasks stand in one place of the notice: a table annexed to the body repeats it on purpose."""
    tables = {any(p.basis == "table" for p in task.obligation.parties) for task in (one, other)}
    return len(tables) == 1 and len(one.words) >= 20


_PROHIBITED = re.compile(r"(?:不得|严禁|禁止|不准)([一-鿿]{5,20})(?=[,;。]|$)")
_ASKED = r"(?:应当|必须|可以|允许|鼓励|支持|应|须)[^,;。:不禁]{0,6}"


_CONDITION = re.compile(r"除|未经|情形|情况|[时的前后外],|如|若|紧急|特殊|不符合|执行.{0,6}任务|为了?")


def _conditional(text: str, at: int) -> bool:
    """Whether the sentence around ``at`` says when it holds; then it may stand beside its opposite."""
    start = max(text.rfind(mark, 0, at) for mark in "。;\n") + 1
    ends = [end for mark in "。;\n" if (end := text.find(mark, at)) >= 0]
    return _CONDITION.search(text, start, min(ends, default=len(text))) is not None


@check("CON005", "forbidden-and-demanded", "warning")
def forbidden_and_demanded(case: Case) -> Iterator[Hit]:
    """What one sentence forbids, another one allows or demands.

    What it checks:
        The words behind 不得, 严禁 or 禁止 (five characters and more, up to the next stop) stand elsewhere in
        the notice behind 应当, 必须, 可以, 允许 or 鼓励.
    Why it matters:
        Whoever obeys one sentence breaks the other.
    Example::

        清溪县人民政府办公室关于规范户外广告的通知
        一、严格审批。不得在人行道设置广告牌。（责任单位：县城管局）
        二、方便商户。可以在人行道设置广告牌。（责任单位：县城管局）
    Use instead::

        清溪县人民政府办公室关于规范户外广告的通知
        一、严格审批。不得在人行道设置广告牌。（责任单位：县城管局）
        二、方便商户。可以在沿街墙面设置门头店招。（责任单位：县城管局）
    Known limits:
        Only the same words are found; conditions (未经批准不得…) are not weighed.
    """
    for passage, match in case.find(_PROHIBITED):
        words = match[1]
        if "的" in words or _conditional(passage.text, match.start()):
            continue
        for other in re.finditer(_ASKED + re.escape(words) + "(?=[,;。]|$)", passage.text):
            span = passage.span(*match.span())

            yield Hit(
                f"一处写“{match[0]}”，另一处写“{other[0]}”，前后矛盾，请核对。",
                None,
                span,
                (Related(notice=case.notice.id, span=passage.span(*other.span()), text=other[0]),),
            )


@check("CON006", "reporting-circle", "warning", scope="corpus")
def reporting_circle(corpus: Corpus) -> Iterator[tuple[Case, Hit]]:
    """Units report to each other in a circle.

    What it checks:
        Following who reports to whom (the doers of a task to its recipients) leads from a unit back to
        itself, through the notices that are given together.
    Why it matters:
        Reports go round, and nobody decides.
    Example::

        清溪县人民政府办公室关于做好信息报送工作的通知
        一、县应急局每月5日前向县防汛办报告隐患排查情况。
        二、县防汛办每月10日前向县应急局报告隐患排查情况。
    Use instead::

        清溪县人民政府办公室关于做好信息报送工作的通知
        一、县应急局每月5日前向县防汛办报告隐患排查情况。
        二、县防汛办每月10日前向县政府办公室报告隐患排查情况。
    Known limits:
        Collectives are taken by their name.
    """
    reports: dict[str, dict[str, tuple[Case, Obligation, str, str]]] = defaultdict(dict)
    for case in corpus.cases:
        for obligation in case.notice.obligations:
            to = [p for p in obligation.parties if p.role == "recipient"]
            for recipient in to:
                for doer in (p for p in obligation.parties if p.role in DOERS):
                    target = case.naming.key(recipient.name)
                    reports[case.naming.key(doer.name)].setdefault(
                        target, (case, obligation, doer.text, recipient.text)
                    )
    for circle in _circles({unit: list(to) for unit, to in reports.items()}):
        steps = [reports[a][b] for a, b in zip(circle, [*circle[1:], circle[0]], strict=True)]
        case, obligation, _, _ = steps[-1]
        path = "→".join([*(step[2] for step in steps), steps[0][2]])
        yield (
            case,
            Hit(
                f"报送关系形成循环：{path}，请明确最终报送对象。",
                obligation,
                related=tuple(c.related(o) for c, o, _, _ in steps[:-1]),
            ),
        )


def _circles(reports: dict[str, list[str]]) -> Iterable[list[str]]:
    """One circle for every unit from which the reports lead back to it, each circle once; no unit reports to itself."""
    done: set[str] = set()
    for start, first in reports.items():
        path, tried = [start], {start: iter(first)}
        while path:
            step = next(tried[path[-1]], None)
            if step is None:
                done.add(path.pop())
            elif step in path:
                circle = path[path.index(step) :]
                if len(circle) > 1:
                    yield circle
                    done.update(circle)
            elif step not in done and step in reports and step not in tried:
                tried[step] = iter(reports[step])
                path.append(step)
        done.add(start)
