"""COV: who was forgotten, and what was given to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policyparse.checks.base import DOERS, Case, Hit, check, formal, place, shorten
from policyparse.model import Clause, Obligation, Span
from policyparse.naming import is_vague
from policyparse.text import fold

_DEMAND = re.compile(
    r"要|应|须|必须|不得|加快|推进|推动|建立|健全|完善|加强|强化|开展|组织|落实|制定|实施|建设|提升|提高|做好|抓好"
)
_NAMING = re.compile(
    r"牵头|责任单位|责任部门|配合单位|负责|会同|部门|单位|机关|[各由]|[一-鿿]{2}[局委厅办](?=[要应须、,])"
)
_GENERAL = re.compile(r"总体|指导思想|基本原则|工作原则|目标|意义|适用范围|附则|名词解释")
_COLLECTIVE = re.compile(r"各|有关|相关|所属|直属|全体|其他|驻|[有辖]关")
_PLAN = re.compile(
    r"(?:制定|编制|研究制定|制订|出台|拟订|起草)(?:完善|出台|印发|并)?[^。;,:]{0,40}?"
    r"(?:实施方案|工作方案|行动方案|专项方案|一揽子方案|行动计划|实施细则|管理办法|实施意见|专项规划)"
)
_OVERSIGHT = re.compile(
    r"督查|督导|督办|督促|督察|考核|考评|评估|通报|问责|检查|巡查|调度|监测|验收|报告|报送|上报|汇报|反馈|备案"
)


@check("COV001", "unassigned-clause", "info")
def unassigned_clause(case: Case) -> Iterator[Hit]:
    """A clause demands something and assigns it to nobody, while its neighbours are assigned.

    What it checks:
        A numbered clause without clauses below it holds words of demand and names nobody, and at least three of
        the clauses beside it, and three times as many as do not, hold an assignment of their own.
    Why it matters:
        Where every other item has its units, the one without was probably forgotten.
    Example::

        清溪县人民政府办公室关于印发清溪县助企纾困方案的通知
        一、主要任务
        （一）减轻负担。全面落实减税降费政策。（责任单位：县税务局）
        （二）稳定用工。开展专场招聘，保障企业用工。
        （三）保障要素。加强用地用能保障。（责任单位：县自然资源局）
        （四）优化服务。建立企业服务专员制度。（责任单位：县政务服务局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县助企纾困方案的通知
        一、主要任务
        （一）减轻负担。全面落实减税降费政策。（责任单位：县税务局）
        （二）稳定用工。开展专场招聘，保障企业用工。（责任单位：县人社局）
        （三）保障要素。加强用地用能保障。（责任单位：县自然资源局）
        （四）优化服务。建立企业服务专员制度。（责任单位：县政务服务局）
    Known limits:
        Needs the text of the notice. Abstains where the clause names anybody at all, and where an annexed table
        assigns the tasks of the body.
    """
    for clause in _unassigned(case):
        text = fold(case.quote(clause.span))
        if len(text) > 20 and _DEMAND.search(text):
            yield Hit(
                f"{'/'.join(clause.path)}“{shorten(clause.heading or text, 24)}”提出了要求，但没有写明责任单位，"
                "而同级其他条款都有，请补上。",
                span=clause.span,
            )


def _unassigned(case: Case) -> Iterator[Clause]:
    """Clauses that name nobody, beside at least three that have assignments of their own and are most of them."""
    if case.flow is None or any(p.basis == "table" for o in case.assigned for p in o.parties):
        return  # an annexed table may assign what the body does not
    held = [o.span for o in case.assigned]
    named = [o.span for o in case.notice.obligations]
    for siblings in _levels(case.notice.clauses):
        if any(clause.children for clause in siblings):
            continue
        free = [c for c in siblings if not _overlaps(c, named)]
        covered = sum(_overlaps(c, held) for c in siblings)
        if covered >= 3 and len(free) * 3 <= covered:
            yield from (
                c for c in free if not _GENERAL.search(c.heading) and not _NAMING.search(fold(case.quote(c.span)))
            )


def _overlaps(clause: Clause, spans: Sequence[Span]) -> bool:
    return any(a < clause.span[1] and clause.span[0] < b for a, b in spans)


def _levels(clauses: tuple[Clause, ...]) -> Iterator[tuple[Clause, ...]]:
    """The clauses of every level, brothers together."""
    if clauses:
        yield clauses
    for clause in clauses:
        yield from _levels(clause.children)


def _tasked(case: Case, without: int = -1) -> set[str]:
    """Keys of all names that have something to do, be it in the prose; not by the entry that holds offset ``without``."""
    own = (o for o in case.notice.obligations if not o.span[0] <= without < o.span[1])
    return {case.naming.key(p.name) for o in own for p in o.parties if p.role != "recipient"}


def _collective_tasks(case: Case) -> bool:
    """Whether a collective (各成员单位, 各有关部门) has a task that may cover a unit that is not named itself."""
    return any(
        is_vague(p.text) or "成员单位" in p.text for o in case.notice.obligations for p in o.parties if p.role in DOERS
    )


@check("COV002", "idle-member", "info")
def idle_member(case: Case) -> Iterator[Hit]:
    """A member of the body that the notice sets up has no task in it.

    What it checks:
        A unit named as a member of a 领导小组, 专班 … is named in no task and nowhere else in the text, and the
        notice assigns at least three tasks by name.
    Why it matters:
        Either the unit has nothing to do in the body, or its task was forgotten.
    Example::

        清溪县人民政府办公室关于印发清溪县防汛工作方案的通知
        一、排查隐患。排查水库堤防。（责任单位：县水利局）
        二、储备物资。补足抢险物资。（责任单位：县应急局）
        三、监测预警。加密雨情监测。（责任单位：县气象局）
        四、加强领导。成立清溪县防汛工作专班，由县政府分管领导任召集人，成员由县水利局、县应急局、县气象局、县审计局负责人组成，专班办公室设在县水利局。
    Use instead::

        清溪县人民政府办公室关于印发清溪县防汛工作方案的通知
        一、排查隐患。排查水库堤防。（责任单位：县水利局）
        二、储备物资。补足抢险物资。（责任单位：县应急局、县审计局）
        三、监测预警。加密雨情监测。（责任单位：县气象局）
        四、加强领导。成立清溪县防汛工作专班，由县政府分管领导任召集人，成员由县水利局、县应急局、县气象局、县审计局负责人组成，专班办公室设在县水利局。
    Known limits:
        A remit stated with the list of members (…等成员单位按职责做好相关工作) is no task of one's own.
    """
    if len(case.assigned) < 3:
        return
    for organ in case.notice.organs:
        tasked = _tasked(case, organ.span[0])
        led = {case.naming.key(name) for group in organ.groups for name in (group.lead, *group.members) if name}
        host = {case.naming.key(organ.office_at)} if organ.office_at else set()
        for member in organ.members:
            busy = case.naming.key(member) in tasked | led | host
            if not busy and not _covers(member) and _mentions(case, member) < 2:
                yield Hit(
                    f"“{member}”是“{organ.name}”的成员单位，但全文没有给它安排任务，请补上任务，或核对成员名单。",
                    span=organ.span,
                )


def _mentions(case: Case, name: str) -> int:
    """How often ``name`` stands in the text that is known."""
    return sum(passage.text.count(fold(name)) for passage in case.passages)


def _covers(name: str) -> bool:
    """Whether ``name`` is a collective, a place or a person, for which a task can't be told by its name."""
    return bool(_COLLECTIVE.search(name) or re.search(r"\s", name)) or not re.search(
        r"[局委办部厅院会行]$|公司$|中心$|分局$|大队$", name
    )


@check("COV003", "idle-addressee", "info")
def idle_addressee(case: Case) -> Iterator[Hit]:
    """An addressee that is named has no task in the notice.

    What it checks:
        A unit addressed by its own name is named in no task, the notice assigns at least three tasks by name,
        and no collective (各…, 有关单位) stands among the addressees or among those who have a task.
    Why it matters:
        Who gets the notice and finds nothing to do in it will file it.
    Example::

        清溪县人民政府办公室关于做好秸秆禁烧工作的通知
        县农业农村局、县生态环境局、县气象局：
        一、加强巡查。组织人员巡查田间。（责任单位：县农业农村局）
        二、严格执法。查处露天焚烧。（责任单位：县生态环境局）
        三、综合利用。推广秸秆还田。（责任单位：县农业农村局）
        清溪县人民政府办公室
        2024年5月6日
    Use instead::

        清溪县人民政府办公室关于做好秸秆禁烧工作的通知
        县农业农村局、县生态环境局、县气象局：
        一、加强巡查。组织人员巡查田间。（责任单位：县农业农村局）
        二、严格执法。查处露天焚烧。（责任单位：县生态环境局）
        三、综合利用。推广秸秆还田。（责任单位：县农业农村局）
        四、监测火点。每日通报卫星火点。（责任单位：县气象局）
        清溪县人民政府办公室
        2024年5月6日
    Known limits:
        Notices sent to collectives (各乡镇人民政府, 县直有关单位) are passed over.
    """
    addressees = case.notice.addressees
    if len(case.assigned) < 3 or _collective_tasks(case) or any(_COLLECTIVE.search(name) for name in addressees):
        return
    tasked = _tasked(case)
    for name in addressees:
        if case.naming.key(name) not in tasked and not _covers(name):
            yield Hit(f"主送机关“{name}”在全文中没有任务，请核对主送机关，或补上它的任务。")


@check("COV004", "task-for-outsider", "warning")
def task_for_outsider(case: Case) -> Iterator[Hit]:
    """A unit has tasks and does not get the notice.

    What it checks:
        A unit with an assigned task is neither addressee nor copied, nor issuer, nor member of a body that
        the notice sets up, and the addressees hold no collective (各…, 有关单位) that may include it.
    Why it matters:
        Who is not sent the notice does not learn of the task.
    Example::

        清溪县人民政府办公室关于做好森林防火工作的通知
        县林业局、县应急局：
        一、排查隐患。排查林区输电线路。（责任单位：县林业局、县供电公司）
        二、备足力量。集结扑火队伍。（责任单位：县应急局）
        清溪县人民政府办公室
        2024年3月6日
    Use instead::

        清溪县人民政府办公室关于做好森林防火工作的通知
        县林业局、县应急局、县供电公司：
        一、排查隐患。排查林区输电线路。（责任单位：县林业局、县供电公司）
        二、备足力量。集结扑火队伍。（责任单位：县应急局）
        清溪县人民政府办公室
        2024年3月6日
    Known limits:
        Without a register a unit below an addressee is an outsider.
    """
    notice = case.notice
    if not case.directive or not notice.addressees or any(_COLLECTIVE.search(name) for name in notice.addressees):
        return
    reached = {case.naming.key(name) for name in (*notice.addressees, *notice.cc, *notice.issuers)}
    for organ in notice.organs:
        members = [*organ.members, *(n for g in organ.groups for n in (g.lead, *g.members) if n), organ.name]
        reached |= {case.naming.key(name) for name in members}
    first: dict[str, tuple[str, Obligation]] = {}
    for obligation in case.assigned:
        for party in obligation.parties:
            if formal(party) and party.role != "official" and not _COLLECTIVE.search(party.text):
                first.setdefault(case.naming.key(party.name), (party.text, obligation))
    for key, (name, obligation) in first.items():
        if key not in reached:
            yield Hit(
                f"“{name}”在{place(obligation)}中有任务，但不在主送、抄送机关和成员单位之列，请增加主送或抄送。",
                obligation,
            )


@check("COV005", "plan-without-author", "info")
def plan_without_author(case: Case) -> Iterator[Hit]:
    """A plan is demanded and nobody must write it.

    What it checks:
        A clause that unassigned-clause (COV001) would name asks for a plan, measures or rules to be written
        (制定…实施方案).
    Why it matters:
        1+N+X packages fail on the N and X that nobody was told to write.
    Example::

        清溪县人民政府办公室关于印发清溪县老旧电梯更新方案的通知
        一、主要任务
        （一）摸清底数。排查使用十五年以上的电梯。（责任单位：县市场监管局）
        （二）完善政策。研究制定老旧电梯更新补贴实施细则。
        （三）加强监管。开展维保质量抽查。（责任单位：县市场监管局）
        （四）筹集资金。用好住宅专项维修资金。（责任单位：县住建局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县老旧电梯更新方案的通知
        一、主要任务
        （一）摸清底数。排查使用十五年以上的电梯。（责任单位：县市场监管局）
        （二）完善政策。研究制定老旧电梯更新补贴实施细则。（责任单位：县住建局、县财政局）
        （三）加强监管。开展维保质量抽查。（责任单位：县市场监管局）
        （四）筹集资金。用好住宅专项维修资金。（责任单位：县住建局）
    Known limits:
        Needs the text of the notice, and looks only among clauses whose neighbours are assigned.
    """
    for clause in _unassigned(case):
        found = _PLAN.search(fold(case.quote(clause.span)))
        if found:
            yield Hit(
                f"{'/'.join(clause.path)}要求“{shorten(found[0], 40)}”，但没有写明由谁制定，请写明起草单位和完成时间。",
                span=clause.span,
            )


@check("COV006", "no-oversight", "info")
def no_oversight(case: Case) -> Iterator[Hit]:
    """A notice assigns tasks and nowhere asks for a report, a check or an evaluation.

    What it checks:
        A notice with three assigned tasks or more names no unit that supervises or is reported to, and its
        text holds none of the words of oversight (督查, 考核, 通报, 报送, 检查 …).
    Why it matters:
        Without it nobody learns whether anything was done.
    Example::

        清溪县人民政府办公室关于印发清溪县绿道建设方案的通知
        一、完善规划。确定绿道线路。（责任单位：县自然资源局）
        二、加快施工。建成绿道20公里。（责任单位：县住建局）
        三、配套设施。设置驿站6处。（责任单位：县文旅局）
    Use instead::

        清溪县人民政府办公室关于印发清溪县绿道建设方案的通知
        一、完善规划。确定绿道线路。（责任单位：县自然资源局）
        二、加快施工。建成绿道20公里。（责任单位：县住建局）
        三、配套设施。设置驿站6处，每季度末向县政府办公室报送进展。（责任单位：县文旅局）
    Known limits:
        The words are looked for anywhere in the text that is known.
    """
    if len(case.assigned) < 3:
        return
    if any(p.role in ("supervise", "recipient") for o in case.notice.obligations for p in o.parties):
        return
    if not any(True for _ in case.find(_OVERSIGHT)):
        yield Hit(f"全文安排了{len(case.assigned)}项任务，但没有报送、督查或考核的要求，请写明由谁督促、何时报送进展。")
