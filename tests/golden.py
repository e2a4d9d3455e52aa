"""The golden file of a notice: its text with one line under each obligation, as a policy officer would check it.

Lines that start with » (indented or not) are ours, all others are the notice, character by character.
The head says what the notice is; under the line in which an obligation ends stands

      » 二/（一）/1 标题 | 牵头 甲 | 责任 乙；丙 | 时限 截止 2025-12-31 | 数量 ≥12个

An obligation whose clause and title are those of another one also quotes how it begins.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter

from policyparse.model import Deadline, Document, Notice, Obligation, Organ, Party, Quantity

MARK = "»"
ROLES = {
    "lead": "牵头",
    "responsible": "责任",
    "support": "配合",
    "supervise": "督导",
    "recipient": "报送",
    "official": "责任人",
}
RELATIONS = {"basis": "依据", "forwards": "转发", "amends": "修改", "repeals": "废止", "mentions": "提及"}
UNITS = {"hour": "小时", "day": "天", "workday": "个工作日", "week": "周", "month": "个月", "year": "年"}
FREQUENCIES = {
    "DAILY": "每日",
    "WEEKLY": "每周",
    "MONTHLY": "每月",
    "QUARTERLY": "每季度",
    "SEMIANNUAL": "每半年",
    "YEARLY": "每年",
}
BOUNDS = {"exact": "", "min": "≥", "max": "≤", "about": "约"}


def plain(golden: str) -> str:
    """The notice that a golden file holds: the file without our lines."""
    return "".join(line for line in golden.splitlines(keepends=True) if not line.lstrip(" ").startswith(MARK))


def render(document: Document, notice: Notice) -> str:
    """The golden file of ``notice`` as read from ``document`` (whose lines end in a line feed)."""
    lines = document.text.splitlines(keepends=True)
    ends: list[int] = []
    for line in lines:
        ends.append((ends[-1] if ends else 0) + len(line))
    below: dict[int, list[str]] = {}

    def put(end: int, line: str) -> None:
        last = len(document.text[:end].rstrip())  # a span may end in the line break behind its words
        below.setdefault(bisect_left(ends, last), []).append(line)

    for organ in notice.organs:
        put(organ.span[1], organ_line(organ))
    twins = Counter((o.clause, o.heading) for o in notice.obligations)
    for one in sorted(notice.obligations, key=lambda o: o.span):
        put(one.span[1], obligation_line(one, twins[one.clause, one.heading] > 1))
    for fact in (f for f in notice.facts if f.quantities):
        put(fact.span[1], f"事实 {'；'.join(map(quantity, fact.quantities))}")
    out = [f"{MARK} {line}\n" for line in head(notice)]
    for i, line in enumerate(lines):
        out.append(line if line.endswith("\n") else line + "\n")
        out.extend(f"  {MARK} {note}\n" for note in below.get(i, ()))
    return "".join(out)


def head(notice: Notice) -> list[str]:
    """The lines that say what the notice is."""
    out = [f"种类 {notice.kind}"]
    for label, value in (
        ("标题", notice.title),
        ("文号", notice.number),
        ("发文", "；".join(notice.issuers)),
        ("成文", notice.issued_on),
        ("主送", "；".join(notice.addressees)),
        ("抄送", "；".join(notice.cc)),
    ):
        if value:
            out.append(f"{label} {value}")
    for cited in notice.citations:
        name = f"《{cited.title}》" if cited.title else ""
        out.append(f"引用 {RELATIONS[cited.relation]} {name}{cited.number or ''}")
    out.extend(f"简称 {short}＝{full}" for short, full in notice.aliases.items())
    return out


def organ_line(organ: Organ) -> str:
    """``机构 名称（简称） | 职务 姓名 | 组 名称：牵头 | 成员 … | 办公室 …``"""
    parts = [f"机构 {organ.name}" + (f"（{organ.alias}）" if organ.alias else "")]
    parts += [f"{post.post} {post.holder}" for post in organ.posts]
    parts += [f"组 {group.name}" + (f"：{group.lead}" if group.lead else "") for group in organ.groups]
    holders = {post.holder for post in organ.posts}
    if members := [member for member in organ.members if member not in holders]:
        parts.append("成员 " + "；".join(members))
    if organ.office_at:
        parts.append(f"办公室 {organ.office_at}")
    return " | ".join(parts)


def obligation_line(one: Obligation, twin: bool) -> str:
    """``条款 标题 | 牵头 … | 责任 … | 时限 … | 数量 …``; ``twin``: quote the beginning too."""
    parts = [f"{'/'.join(one.clause) or '-'} {one.heading}" + (f" “{beginning(one)}…”" if twin else "")]
    if one.modality != "obligation":
        parts.append({"prohibition": "禁止", "permission": "允许"}[one.modality])
    parties = sorted(one.parties, key=lambda p: (rank(p), p.span))
    for label in dict.fromkeys(map(role, parties)):
        parts.append(f"{label} " + "；".join(name(p) for p in parties if role(p) == label))
    if one.deadlines:
        parts.append("时限 " + "；".join(map(deadline, sorted(one.deadlines, key=lambda d: d.span))))
    if one.quantities:
        parts.append("数量 " + "；".join(map(quantity, sorted(one.quantities, key=lambda q: q.span))))
    return " | ".join(parts)


def beginning(one: Obligation) -> str:
    """The first ten characters of an obligation behind its label and title."""
    text = one.text
    for known in (one.clause[-1] if one.clause else "", one.heading):
        text = text.removeprefix(known).lstrip("、.．。，：: \u3000")
    return text[:10]


def rank(party: Party) -> tuple[int, int]:
    """Stated parties first, then those stated once for many, then those of the prose; each by role."""
    return ({"default": 1, "prose": 2}.get(party.basis, 0), list(ROLES).index(party.role))


def role(party: Party) -> str:
    """牵头, 责任 …; with 默认 for parties stated once for many, 行文 for those who must act in the prose."""
    return {"prose": "行文", "default": "默认"}.get(party.basis, "") + ROLES[party.role]


def name(party: Party) -> str:
    """The name as printed, and the full one where it differs."""
    same = unicodedata.normalize("NFKC", party.name) == unicodedata.normalize("NFKC", party.text)
    return party.text if same else f"{party.text}→{party.name}"


def deadline(d: Deadline) -> str:
    """What a deadline means, in its normalised form."""
    if d.kind == "recurring":
        often = FREQUENCIES[d.freq or "DAILY"] + (f"（间隔{d.interval}）" if (d.interval or 1) > 1 else "")
        return often + (f" {d.by}" if d.by else "") + (f" 自 {d.start}" if d.start else "")
    if d.kind in ("within", "ahead"):
        return f"{'限期' if d.kind == 'within' else '提前'} {number(d.amount or 0)}{UNITS[d.unit or 'day']}"
    if d.kind == "period":
        return f"期间 {d.start} 至 {d.end}"
    if d.kind == "ongoing":
        return "长期"
    return {"due": "截止", "start": "起始", "cutoff": "时点"}[d.kind] + f" {d.end if d.end else d.start}"


def quantity(q: Quantity) -> str:
    """``≥12个``"""
    return f"{BOUNDS[q.bound]}{number(q.value)}{q.unit}"


def number(value: float) -> str:
    """``value`` without a decimal point where it is whole."""
    return str(int(value)) if value == int(value) else str(value)
