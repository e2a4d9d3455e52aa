"""What the page shows of one notice: rows of the table, filters, findings; links are ids of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from policyparse import schedule
from policyparse.exports.base import (
    ROLES,
    SEVERITIES,
    Options,
    clause_path,
    clean,
    deadline_words,
    notice_name,
    quantity_words,
)
from policyparse.exports.report import drawings, source
from policyparse.model import Deadline, Document, Finding, Notice, Obligation, Span

BASES = {
    "stated": "明列",
    "convention": "按约定（如列首位为牵头）",
    "table": "表格",
    "default": "通用条款",
    "inherited": "承上",
    "prose": "正文表述",
}
KINDS = {
    "notice": "通知",
    "plan": "方案",
    "opinion": "意见",
    "measures": "办法",
    "report": "报告",
    "letter": "函",
    "news": "报道",
    "other": "其他",
}
RELATIONS = {"basis": "依据", "forwards": "转发", "amends": "修改", "repeals": "废止", "mentions": "提及"}
_OPEN = dt.date(9999, 12, 31)


@dataclass(frozen=True)
class Chip:
    """A value in a cell with the link to the words it was read from."""

    text: str
    kind: str
    href: str
    title: str = ""
    first: str = ""  # ISO dates that the date filter compares, empty where there are none
    last: str = ""
    prose: bool = False  # named in the text, not in an assignment


@dataclass(frozen=True)
class Row:
    """One obligation in the table."""

    number: int
    clause: str
    top: str
    heading: str
    modality: str
    cells: tuple[tuple[Chip, ...], ...]  # lead, responsible, others, deadlines, quantities
    due: str


@dataclass(frozen=True)
class Problem:
    """One finding, or a warning of the parser (code empty)."""

    severity: str
    label: str
    code: str
    message: str
    clause: str
    href: str
    related: tuple[tuple[str, str], ...] = ()  # other places it speaks of: words and link


@dataclass(frozen=True)
class View:
    """Everything about one notice that the template needs; ``key`` starts all of its ids."""

    key: str
    notice: Notice
    name: str
    lines: list[source.Line]
    rows: list[Row]
    units: list[str]
    roles: list[tuple[str, str]]
    clauses: list[str]
    problems: list[Problem]
    checked: bool
    graph: drawings.Graph | None
    timeline: drawings.Timeline | None
    kind: str


def view(index: int, notice: Notice, document: Document, options: Options, today: dt.date | None) -> View:
    """``notice`` as the page shows it; ``index`` tells several notices of one page apart."""
    key = f"n{index}"
    findings = [f for f in options.findings or () if f.notice in (None, notice.id)]
    marks = [source.Mark(m.span, kind) for kind, m in _found(notice)]
    items = {o.span: number for number, o in enumerate(notice.obligations, 1)}
    marks += [source.Mark(span, "finding") for span in _places(notice, findings) if span not in items]
    rows = [_row(key, number, o, notice, options) for number, o in enumerate(notice.obligations, 1)]
    parties = [p for o in notice.obligations for p in o.parties]
    used = {p.role for p in parties}
    return View(
        key=key,
        notice=notice,
        name=notice_name(notice),
        lines=source.lines(document, [o.span for o in notice.obligations], marks),
        rows=rows,
        units=list(dict.fromkeys(clean(p.name) for p in parties)),
        roles=[(role, label) for role, label in ROLES.items() if role in used],
        clauses=list(dict.fromkeys(row.top for row in rows if row.top)),
        problems=[_problem(key, notice, f, items) for f in findings] + [_warning(w) for w in notice.warnings],
        checked=options.findings is not None,
        graph=drawings.graph(notice),
        timeline=drawings.timeline(notice, options, today),
        kind=KINDS[notice.kind],
    )


def _found(notice: Notice) -> Sequence[tuple[str, Any]]:
    out: list[tuple[str, Any]] = []
    for obligation in notice.obligations:
        out += [(party.role, party) for party in obligation.parties]
        out += [("deadline", deadline) for deadline in obligation.deadlines]
        out += [("quantity", quantity) for quantity in obligation.quantities]
    return out


def _row(key: str, number: int, obligation: Obligation, notice: Notice, options: Options) -> Row:
    def parties(*roles: str) -> tuple[Chip, ...]:
        return tuple(
            Chip(
                clean(p.name),
                p.role,
                f"#{key}c{p.span[0]}",
                f"{ROLES[p.role]}，{BASES[p.basis]}，原文“{clean(p.text)}”",
                prose=p.basis == "prose",
            )
            for p in obligation.parties
            if p.role in roles
        )

    deadlines = tuple(_deadline(key, d, notice, options) for d in obligation.deadlines)
    quantities = tuple(
        Chip(quantity_words(q), "quantity", f"#{key}c{q.span[0]}", f"{q.value:g} {clean(q.unit)}")
        for q in obligation.quantities
    )
    others = parties("support", "supervise", "recipient", "official")
    return Row(
        number=number,
        clause=clean(clause_path(obligation.clause)),
        top=clean(obligation.clause[0]) if obligation.clause else "",
        heading=clean(obligation.heading or obligation.text[:40]),
        modality={"prohibition": "禁止", "permission": "允许"}.get(obligation.modality, ""),
        cells=(parties("lead"), parties("responsible"), others, deadlines, quantities),
        due=min((chip.last for chip in deadlines if chip.last and chip.kind == "deadline"), default="9999-12-31"),
    )


def _deadline(key: str, deadline: Deadline, notice: Notice, options: Options) -> Chip:
    """A deadline as a chip; a recurring one covers every date from its start on, a cutoff none."""
    found = schedule.resolve(deadline, options.triggers, options.working_days)
    first, last = found.start, found.end
    if found.kind == "recurring":
        first, last = first or notice.issued_on or dt.date.min, last or _OPEN
    elif found.kind == "start":
        last = first
    elif found.kind == "cutoff":
        first = last = None
    last = last or first
    return Chip(
        deadline_words(deadline, options),
        "deadline",
        f"#{key}c{deadline.span[0]}",
        {"within": "自事件发生之日起算", "ahead": "早于事件发生之日"}.get(deadline.kind, ""),
        (first or last).isoformat() if last and (first or last) else "",
        last.isoformat() if last else "",
    )


def _places(notice: Notice, findings: Sequence[Finding]) -> Sequence[Span]:
    """Every place of this notice that ``findings`` speak of."""
    spans = [f.span for f in findings] + [r.span for f in findings for r in f.related if r.notice == notice.id]
    return [span for span in spans if span]


def _problem(key: str, notice: Notice, finding: Finding, items: dict[Span, int]) -> Problem:
    """One finding; a place that is a whole obligation is linked to the obligation, any other to its words."""

    def link(span: Span) -> str:
        return f"#{key}s{items[span]}" if span in items else f"#{key}c{span[0]}"

    clause = next((o.clause for o in notice.obligations if o.id == finding.obligation), ())
    return Problem(
        severity=finding.severity,
        label=SEVERITIES[finding.severity],
        code=finding.code,
        message=clean(finding.message),
        clause=clean(clause_path(clause)),
        href=link(finding.span) if finding.span else "",
        related=tuple((clean(r.text), link(r.span)) for r in finding.related if r.notice == notice.id),
    )


def _warning(text: str) -> Problem:
    return Problem("info", SEVERITIES["info"], "", clean(text), "", "")
