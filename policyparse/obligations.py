"""Clauses and mentions -> obligations, and the notice they belong to."""

from __future__ import annotations

from policyparse import registers, resolution
from policyparse.context import Context
from policyparse.items import Item, add_prose, items
from policyparse.model import Clause, Document, Notice, Obligation, Party
from policyparse.rules import parties
from policyparse.rules.base import Mention
from policyparse.structure import frame
from policyparse.structure.base import Frame, Part
from policyparse.structure.outline import Node, outline
from policyparse.text import Flow, flow


def notice(document: Document, context: Context) -> Notice:
    """The notice that ``document`` holds."""
    flowed = flow(document)
    framed = frame.read(flowed)
    times: list[Mention] = []
    roots: list[Node] = []
    found: list[Item] = []
    if framed.kind not in ("report", "news"):
        for part in framed.parts:
            root, rows = _part(flowed, framed, part, times)
            roots.append(root)
            found += rows
        resolution.apply_convention(found, resolution.conventions(flowed.text))
    return Notice(
        id="n-0",
        kind=framed.kind,
        title=framed.title,
        number=framed.number,
        issuers=framed.issuers,
        addressees=framed.addressees,
        issued_on=framed.issued_on,
        cc=framed.cc,
        clauses=tuple(_clause(flowed, child) for root in roots for child in root.children),
        obligations=tuple(_obligation(flowed, item, i) for i, item in enumerate(found)),
        source=document.source,
    )


def _part(flowed: Flow, framed: Frame, part: Part, times: list[Mention]) -> tuple[Node, list[Item]]:
    """The clause tree and the items of one part of a notice."""
    text = flowed.text
    rows, tables = registers.find(flowed, part.body, part.end)
    skip = sorted([*tables, *(u for u in framed.used if u[0] < part.end and u[1] > part.body)])
    lines = [
        x
        for i, x in enumerate(flowed.lines)
        if x.end > part.body and x.start < part.end and i not in framed.lines_used and not _within(x.start, tables)
    ]
    root = outline(flowed, lines, part.body, part.end)
    outside = [a for a in parties.find(text, part.body, part.end) if not _within(a.start, skip)]
    found = items(text, root, outside, times, skip)
    for item in found:
        if item.assignment:
            add_prose(text, item)
    resolution.apply_defaults(found, root.children, part.end)
    return root, sorted([*found, *rows], key=lambda i: (i.start, i.end))


def _within(at: int, stretches: list[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in stretches)


def _clause(flowed: Flow, node: Node) -> Clause:
    return Clause(
        path=node.path(),
        label=node.label,
        heading=flowed.quote(*node.heading),
        span=flowed.span(node.start, node.end),
        page=flowed.page(node.start),
        children=tuple(_clause(flowed, child) for child in node.children),
    )


def _obligation(flowed: Flow, item: Item, i: int) -> Obligation:
    return Obligation(
        id=f"n-0/{i}",
        clause=item.labels or item.node.path(),
        heading=flowed.quote(*item.heading),
        text=flowed.quote(item.start, item.end),
        span=flowed.span(item.start, item.end),
        parties=tuple(
            Party(
                name=s.name.full,
                text=flowed.quote(s.name.start, s.name.end),
                role=s.role,
                basis=s.basis,
                span=flowed.span(s.name.start, s.name.end),
            )
            for s in resolution.unique(item.seats)
        ),
    )
