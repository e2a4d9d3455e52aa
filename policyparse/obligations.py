"""Clauses and mentions -> obligations, and the notice they belong to."""

from __future__ import annotations

from bisect import bisect_left

from policyparse import resolution
from policyparse.context import Context
from policyparse.items import Item, add_prose, items
from policyparse.model import Document, Notice, Obligation, Party
from policyparse.rules import parties
from policyparse.rules.base import Mention
from policyparse.structure.outline import Node, outline
from policyparse.text import Flow, flow


def notice(document: Document, context: Context) -> Notice:
    """The notice that ``document`` holds."""
    flowed = flow(document)
    text = flowed.text
    times: list[Mention] = []
    root = outline(flowed, flowed.lines, 0, len(text))
    found = items(text, root, parties.find(text), times)
    for item in found:
        if item.assignment:
            add_prose(text, item)
    resolution.apply_convention(found, resolution.conventions(text))
    resolution.apply_defaults(found, root.children, len(text))
    return Notice(
        id="n-0",
        obligations=tuple(_obligation(flowed, item, i) for i, item in enumerate(found)),
        source=document.source,
    )


def _obligation(flowed: Flow, item: Item, i: int) -> Obligation:
    return Obligation(
        id=f"n-0/{i}",
        clause=item.labels or item.node.path(),
        heading=flowed.quote(*item.heading),
        text=flowed.quote(item.start, item.end),
        span=flowed.span(item.start, item.end),
        parties=tuple(
            Party(name=s.name.full, text=flowed.quote(s.name.start, s.name.end), role=s.role, basis=s.basis, span=flowed.span(s.name.start, s.name.end))
            for s in resolution.unique(item.seats)
        ),
    )
