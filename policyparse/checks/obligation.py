"""OBL: what a task itself leaves open: who, who leads, by when, how much."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyparse.checks.base import DOERS, Case, Hit, check, names, place, with_role
from policyparse.model import Obligation, Party, Span
from policyparse.naming import is_vague
from policyparse.text import fold

_BOUNDING = ("due", "period", "within", "recurring", "ongoing", "ahead")
_TITLE_YEARS = re.compile(
    r"(?:19|20)\d\d\s*年?\s*[-—―－~至到]\s*(?:(?:19|20)\d\d|\d\d)\s*年|(?:19|20)\d\d年"
    r"|[一两三四五六七八九十]年(?:行动|攻坚|倍增|计划|规划)|十[二三四五]五|年度"
)
_ANY_TIME = re.compile(
    r"(?:19|20)\d\d|\d月|年底|年内|月底|季度|每[年月周日季旬]|长期|持续推进|常年|[一二三四五六七八九十两\d]+个?(?:工作)?[日天周月年]"
)
_LABEL = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[）).．、]")
_NAMED = re.compile(r"[局委厅办部院处组会]|政府|部门|单位|机关|机构|企业|公司|中心|[市县区镇乡]|学校|各")
_REFERS = re.compile(r"有关|相关")
_VAGUE_TIME = re.compile(
    r"尽快|尽早|适时(?!性|.{0,4}(?:调整|修订|修改|更新|优化|完善))|择机|早日|择期|近期内?(?=[完启开出制组召])"
)


@check("OBL001", "no-unit", "info")
def no_unit(case: Case) -> Iterator[Hit]:
    """A task names nobody who does it.

    What it checks:
        An entry of the register names nobody at all, or only the one who is reported to.
    Why it matters:
        What is given to nobody is done by nobody, and nobody can be asked about it.
    Example::

        清溪县人民政府办公室关于做好防汛工作的通知
        各乡镇人民政府：
        一、加强巡查。对水库堤防开展拉网式排查。（责任单位：县水利局）
        二、报送信息。每月25日前将巡查情况报送县水利局。
        清溪县人民政府办公室
        2024年3月1日
    Use instead::

        清溪县人民政府办公室关于做好防汛工作的通知
        各乡镇人民政府：
        一、加强巡查。对水库堤防开展拉网式排查。（责任单位：县水利局）
        二、报送信息。各乡镇人民政府每月25日前将巡查情况报送县水利局。
        清溪县人民政府办公室
        2024年3月1日
    Known limits:
        Abstains where the words hold anything that may be a unit, or speak to the addressee (请…). Sentences that
        never became an entry of the register are looked at by unassigned-clause (COV001).
    """
    for obligation in case.tasks:
        if any(party.role in (*DOERS, "supervise") for party in obligation.parties):
            continue
        text = obligation.text
        for party in obligation.parties:
            text = text.replace(party.text, "")
        if not _NAMED.search(text) and not re.search("[请我本]", text):
            yield Hit(f"{place(obligation)}没有写明由谁负责，请补上牵头单位和责任单位。", obligation)


@check("OBL002", "no-lead", "warning")
def no_lead(case: Case) -> Iterator[Hit]:
    """Several units share a task and none of them leads.

    What it checks:
        An assignment names two or more responsible units one by one, none of them as the lead, in a notice that names
        leads for other tasks.  Where a notice names leads for fewer tasks than it leaves without, that is said once.
    Why it matters:
        With several units and no lead each waits for the others; supervision offices ask for one lead a task.
    Example::

        清溪县人民政府办公室关于印发清溪县冬季清洁取暖工作方案的通知
        一、改造管网。更换老旧管网。（牵头单位：县住建局；责任单位：县财政局）
        二、补贴到户。发放取暖补贴。（责任单位：县财政局、县民政局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县冬季清洁取暖工作方案的通知
        一、改造管网。更换老旧管网。（牵头单位：县住建局；责任单位：县财政局）
        二、补贴到户。发放取暖补贴。（牵头单位：县财政局；责任单位：县民政局）
    Known limits:
        A lead-first convention (列第一位的为牵头单位) is respected from the place where it stands.
    """
    shared = [o for o in case.assigned if len(_named(o)) > 1 and not with_role(o, "lead", "official")]
    led = sum(1 for o in case.assigned if with_role(o, "lead"))
    if not led and len(shared) < 3:
        return  # a list of duties, office by office, and not a division of tasks
    if len(shared) > led:
        some = "没有指定牵头单位" if not led else f"只有{led}项任务指定了牵头单位"
        yield Hit(
            f"全文{some}，有{len(shared)}项任务由多个单位共同负责（如{place(shared[0])}），"
            "请逐项指定牵头单位，或写明“列第一位的为牵头单位”。",
            related=tuple(case.related(o) for o in shared),
        )
        return
    for obligation in shared:
        units = names(with_role(obligation, "responsible"))
        yield Hit(f"{place(obligation)}由“{units}”共同负责，没有牵头单位，请指定一个。", obligation)


def _named(obligation: Obligation) -> list[Party]:
    """Responsible units that are named one by one: of 财政部 and 各地区 it is clear who goes ahead."""
    return [p for p in with_role(obligation, "responsible") if not is_vague(p.text) and "各" not in p.text]


@check("OBL003", "several-leads", "info")
def several_leads(case: Case) -> Iterator[Hit]:
    """A task has more than one lead.

    What it checks:
        Two or more different units are named as lead of one entry of the register.  Where a third of the tasks
        (and five at least) are like that, it is said once.
    Why it matters:
        Two leads are often none; where both are meant, the split between them should be said.
    Example::

        清溪县人民政府办公室关于印发清溪县文明城市创建方案的通知
        一、整治环境。清理背街小巷。（牵头单位：县住建局、县城管局；责任单位：各镇）
    Use instead::

        清溪县人民政府办公室关于印发清溪县文明城市创建方案的通知
        一、整治环境。清理背街小巷。（牵头单位：县城管局；责任单位：县住建局、各镇）
    Known limits:
        A collective name (各镇〈街道〉) counts as one lead.
    """
    several = [o for o in case.assigned if len({case.naming.key(p.name) for p in with_role(o, "lead")}) > 1]
    if len(several) > 4 and len(several) * 3 > len(case.assigned):
        yield Hit(
            f"全文{len(case.assigned)}项任务中有{len(several)}项列了两个以上牵头单位（如{place(several[0])}），"
            "请逐项确定一个总牵头，或写明列第一位的为总牵头。",
            related=tuple(case.related(o) for o in several),
        )
        return
    for obligation in several:
        leads = with_role(obligation, "lead")
        yield Hit(
            f"{place(obligation)}有{len(leads)}个牵头单位（“{names(leads)}”），请确定一个总牵头，或写明各自牵头的内容。",
            obligation,
        )


@check("OBL004", "unit-in-two-roles", "warning")
def unit_in_two_roles(case: Case) -> Iterator[Hit]:
    """The same unit stands in two roles of one task.

    What it checks:
        One unit (all its certain names taken together) is named in two of the roles lead, responsible,
        support and supervise of one entry.
    Why it matters:
        A unit that supports itself or supervises itself is usually a slip of copying; the unit that was
        meant is missing.
    Example::

        清溪县人民政府办公室关于印发清溪县河道保洁方案的通知
        一、清理河道。打捞水面漂浮物。（牵头单位：县水利局；配合单位：县水利局、县财政局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县河道保洁方案的通知
        一、清理河道。打捞水面漂浮物。（牵头单位：县水利局；配合单位：县农业农村局、县财政局）
    Known limits:
        Only formal assignments count; a unit that leads by assignment may act in the prose as well.
    """
    for obligation in case.assigned:
        roles: dict[str, set[str]] = {}
        for party in with_role(obligation, "lead", "responsible", "support", "supervise"):
            roles.setdefault(case.naming.key(party.name), set()).add(party.role)
        twice = [key for key, held in roles.items() if len(held) > 1]
        for key in twice:
            name = next(p.text for p in obligation.parties if case.naming.key(p.name) == key)
            yield Hit(f"{place(obligation)}中“{name}”同时承担两种责任，请核对是否笔误，只保留一种。", obligation)


@check("OBL005", "no-deadline", "info")
def no_deadline(case: Case) -> Iterator[Hit]:
    """A task has no deadline.

    What it checks:
        An assigned task has no date, period, term or recurrence.  Where four fifths of the tasks have one, each
        that lacks it is named; else it is said once for the notice.  Notices whose
        title bounds them (2024年, 2021—2023年, 三年行动) are passed over.
    Why it matters:
        Without a date nothing can be chased.
    Example::

        清溪县人民政府办公室关于印发清溪县排查整治方案的通知
        一、全面排查。排查在建工地。（责任单位：县住建局）
        二、集中整治。整改全部隐患。（责任单位：县住建局）
        三、总结提升。形成长效机制。（责任单位：县应急局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县排查整治方案的通知
        一、全面排查。2024年6月底前排查在建工地。（责任单位：县住建局）
        二、集中整治。2024年8月底前整改全部隐患。（责任单位：县住建局）
        三、总结提升。2024年12月底前形成长效机制。（责任单位：县应急局）
    Known limits:
        A deadline in a heading above the task counts only where the register carries it down.
    """
    tasks = case.assigned
    missing = [o for o in tasks if not any(d.kind in _BOUNDING for d in o.deadlines) and not _ANY_TIME.search(o.text)]
    if len(tasks) < 3 or not missing or _TITLE_YEARS.search(case.notice.title):
        return
    if len(missing) * 5 > len(tasks):
        yield Hit(
            f"全文{len(tasks)}项任务中有{len(missing)}项没有完成时限（如{place(missing[0])}），请逐项明确，或统一规定总的完成时限。",
            related=tuple(case.related(o) for o in missing),
        )
        return
    for obligation in missing:
        yield Hit(f"{place(obligation)}没有完成时限，而本文件其他任务大多有，请补上。", obligation)


@check("OBL006", "vague-deadline", "info")
def vague_deadline(case: Case) -> Iterator[Hit]:
    """A task is to be done "soon" or "when suitable", and no date is given.

    What it checks:
        A sentence of a task says 尽快, 尽早, 适时, 择机, 早日 or 近期 and holds no deadline.
    Why it matters:
        Nobody can be reminded of "soon".
    Example::

        清溪县人民政府办公室关于印发清溪县停车设施建设方案的通知
        一、摸清底数。尽快完成公共停车位普查。（责任单位：县住建局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县停车设施建设方案的通知
        一、摸清底数。2024年9月底前完成公共停车位普查。（责任单位：县住建局）
    Known limits:
        及时 and 抓紧 are how a thing is done in most notices, not when; they are not looked for.  适时调整 and
        适时修订 have no end and are passed over.
    """
    for obligation in case.tasks:
        bounds = [d.span[0] for d in obligation.deadlines if d.kind in _BOUNDING]
        for text, (start, end) in _sentences(obligation):
            found = _VAGUE_TIME.search(fold(text))
            if found and not any(start <= at < end for at in bounds):
                quote = _LABEL.sub("", _part(text, found.start()))
                message = f"{place(obligation)}只写“{quote}”，没有具体时限，请改为明确的日期或期限。"
                yield Hit(message, obligation, (start, end))


def _sentences(obligation: Obligation) -> list[tuple[str, Span]]:
    """The sentences of ``obligation``, or all of it where they are not known."""
    return [(m.text, m.span) for m in obligation.measures] or [(obligation.text, obligation.span)]


def _part(text: str, at: int) -> str:
    """The part of a sentence around offset ``at``, as printed."""
    start = max(text.rfind(mark, 0, at) for mark in "，。；：、,;") + 1
    ends = [end for mark in "，。；,;" if (end := text.find(mark, at)) >= 0]
    return text[start : min(ends, default=len(text))][:30]


@check("OBL007", "only-vague-units", "warning")
def only_vague_units(case: Case) -> Iterator[Hit]:
    """A task is assigned to "the departments concerned" and to nobody by name.

    What it checks:
        All units of an assignment are names like 有关部门, 各相关单位, 市级有关部门.
    Why it matters:
        Everybody may think that somebody else is concerned.
    Example::

        清溪县人民政府办公室关于印发清溪县节能降碳方案的通知
        一、推广绿电。组织企业参与绿电交易。（责任单位：各有关部门）
    Use instead::

        清溪县人民政府办公室关于印发清溪县节能降碳方案的通知
        一、推广绿电。组织企业参与绿电交易。（牵头单位：县发展改革局；责任单位：各有关部门）
    Known limits:
        Collectives whose members are known (各镇, 各县〈市、区〉) are not vague, nor is what is meant for all (各部门).
    """
    for obligation in case.assigned:
        doers = with_role(obligation, *DOERS)
        if doers and all(is_vague(p.text) and _REFERS.search(p.text) for p in doers):
            yield Hit(f"{place(obligation)}只写由“{names(doers)}”负责，没有具体单位，请写明单位名称。", obligation)


@check("OBL008", "no-target", "info")
def no_target(case: Case) -> Iterator[Hit]:
    """A notice sets tasks and no number by which to tell whether they were done.

    What it checks:
        A notice with five assigned tasks or more holds no quantity (count, percentage, amount) in any of them.
    Why it matters:
        What is not measured can be reported as done on any day.
    Example::

        清溪县人民政府办公室关于印发清溪县乡村旅游提升方案的通知
        一、完善设施。改造旅游厕所。（责任单位：县文旅局）
        二、丰富产品。培育精品民宿。（责任单位：县文旅局）
        三、打造品牌。举办采摘节。（责任单位：县农业农村局）
        四、强化培训。培训从业人员。（责任单位：县人社局）
        五、加强监管。规范市场秩序。（责任单位：县市场监管局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县乡村旅游提升方案的通知
        一、完善设施。改造旅游厕所30座。（责任单位：县文旅局）
        二、丰富产品。培育精品民宿10家。（责任单位：县文旅局）
        三、打造品牌。举办采摘节。（责任单位：县农业农村局）
        四、强化培训。培训从业人员500人次。（责任单位：县人社局）
        五、加强监管。规范市场秩序。（责任单位：县市场监管局）
    Known limits:
        Targets that stand outside the tasks (总体目标) are not seen where only the register is given.
    """
    tasks = case.assigned
    if len(tasks) > 4 and not any(o.quantities for o in tasks) and not any(True for _ in case.find(_NUMBER)):
        yield Hit(f"全文{len(tasks)}项任务都没有可以考核的数量指标，请为能够量化的任务写明数量、比例或次数。")


_NUMBER = re.compile(
    r"\d\s*(?:%|个|[家户套座条处项人亩辆台次名场件所篇期门支只批类种吨米]|公里|分钟|小时|万|亿|平方)"
    r"|百分之|[一二三四五六七八九十百两]\s*(?:次|家|项|个以上|名)"
)
