"""A document -> its Notice: the frame, the parts, and all that the whole notice says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from policyparse import resolution
from policyparse.context import Context
from policyparse.digest import sha256
from policyparse.obligations import PartRead, Reading, obligations, read_part
from policyparse.records import Citation, Clause, Document, Notice
from policyparse.registers import drawn
from policyparse.rules import aliases, citations, facts, organs, quantities
from policyparse.structure import frame
from policyparse.structure.base import Frame
from policyparse.structure.outline import Node
from policyparse.text import Flow, flow


def read(document: Document, context: Context) -> Notice:
    """The notice that ``document`` holds; what could not be read or decided is told in ``warnings``."""
    reading = begin(document, context)
    flowed, framed = reading.flowed, reading.frame
    reading.aliases = {a.short: a.full for a in aliases.read(flowed.text, flowed.raw)}
    told = framed.kind in TOLD
    parts = read_parts(reading)
    name = name_of(framed, flowed)
    register = tuple(obligations(reading, name, parts))
    if not register and not told:
        reading.warnings.append("未发现任何任务或责任分工。")
    return Notice(
        id=name,
        kind=framed.kind,
        title=framed.title,
        number=framed.number,
        issuers=framed.issuers,
        addressees=framed.addressees,
        issued_on=framed.issued_on,
        cc=framed.cc,
        citations=tuple(_citations(flowed, framed)),
        aliases=reading.aliases,
        organs=tuple(organs.read(flowed, _titled(framed), framed.used, document.text)),
        clauses=tuple([_clause(flowed, child) for p in parts for child in p.root.children]),
        obligations=register,
        facts=tuple(facts.read(flowed, partial(quantities.find, facts=True))) if told else (),
        warnings=tuple(dict.fromkeys(reading.warnings)),
        source=document.source,
    )


TOLD = ("report", "news")  # kinds that tell what was done: their facts are read, and no obligations


def begin(document: Document, context: Context) -> Reading:
    """The document flowed and its frame read: what its parts are read with."""
    warnings = list(document.warnings)
    flowed = flow(document, drawn.tables(document, warnings))
    if flowed.repeated is not None:
        warnings.append(f"全文印了两遍，只读第一遍（自第 {flowed.repeated + 1} 字起为第二遍）。")
    return Reading(flowed, frame.read(flowed), context, warnings=warnings)


def read_parts(reading: Reading) -> list[PartRead]:
    """All parts of a notice, read and settled among each other; none of what only tells."""
    if reading.frame.kind in TOLD:
        return []
    parts = [read_part(reading, part) for part in reading.frame.parts if part.kind != "toc"]
    resolution.resolve(reading.flowed.text, [i for p in parts for i in p.items])
    return parts


def _titled(framed: Frame) -> list[tuple[str, int, int]]:
    return [(p.title, p.body, p.end) for p in framed.parts if p.kind != "toc"]


def _citations(flowed: Flow, framed: Frame) -> Sequence[Citation]:
    found = citations.read(
        flowed.text,
        flowed.raw,
        openings=[citations.opening(flowed.text, p.body, p.end) for p in framed.parts if p.kind in ("wrapper", "plan")],
        own=(framed.title, *framed.enclosed, *(p.title for p in framed.parts)),
        own_number=framed.number,
        skip=framed.used,
    )
    return [
        Citation(title=r.title, number=r.number, relation=r.relation, span=flowed.span(r.start, r.end)) for r in found
    ]


def _clause(flowed: Flow, node: Node, above: tuple[str, ...] = ()) -> Clause:
    path = (*above, node.label)
    return Clause(
        path=path,
        label=node.label,
        heading=flowed.quote(*node.heading),
        span=flowed.span(node.start, node.end),
        page=flowed.page(node.start),
        children=tuple([_clause(flowed, child, path) for child in node.children]),
    )


def name_of(framed: Frame, flowed: Flow) -> str:
    """An id for the notice that does not hang on its wording: from its number, else from title, issuers and date."""
    key = framed.number or "|".join((framed.title, *framed.issuers, str(framed.issued_on or "")))
    key = re.sub(r"\s", "", key if key.strip("|") else flowed.text)
    return "n" + sha256(key.encode(errors="surrogatepass"))[:12]
