"""Clauses and mentions -> obligations: one part of a notice is read, its items become Obligations."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from policyparse import registers, resolution
from policyparse.context import Context
from policyparse.items import Item, Prose, Said, Seat, add_prose, items
from policyparse.mentions import Mentions
from policyparse.patterns import regex
from policyparse.records import Deadline, Measure, Modality, Obligation, Party, Quantity
from policyparse.rules import deadlines, modality, parties, quantities
from policyparse.rules.base import Mention, Trail, covering
from policyparse.rules.parties import Assignment
from policyparse.structure.base import Frame, Part
from policyparse.structure.outline import Node, outline
from policyparse.text import Flow, Line


@dataclass(slots=True)
class Reading:
    """What is gathered while one document is read.

    ``trail`` and ``said`` are set by ``policyparse.trace`` only: they take down what rules and prose were judged by.
    """

    flowed: Flow
    frame: Frame
    context: Context
    aliases: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    trail: Trail | None = None
    said: list[Said] | None = None


@dataclass(slots=True)
class PartRead:
    """One part of a notice, read: its clauses, its items, and what was seen in it."""

    part: Part
    root: Node
    items: list[Item]
    times: Mentions
    amounts: Mentions
    tasks: frozenset[int]  # where the headings of items with an assignment of their own begin
    assignments: list[Assignment]
    above: dict[int, Above] = field(default_factory=dict)  # by id of the clause that they stand above


class Above(NamedTuple):
    """What the headings above the clauses of one parent say: their times, and the year nearest below."""

    times: list[Mention]
    year: int | None


_NOTHING = Above([], None)


def read_part(reading: Reading, part: Part) -> PartRead:
    """The clause tree, the items and the mentions of one part of a notice."""
    flowed, framed = reading.flowed, reading.frame
    text = flowed.text
    rows, tables = registers.find(flowed, part.body, part.end, reading.warnings)
    skip = sorted([*tables, *(u for u in framed.used if u[0] < part.end and u[1] > part.body)])
    root = outline(flowed, _lines(reading, part, sorted(tables)), part.body, part.end)
    outside = [a for a in parties.find(text, part.body, part.end) if not covering(skip, a.start)]
    times = Mentions(text, part.body, part.end, partial(deadlines.find, text, trail=reading.trail))
    amounts = Mentions(text, part.body, part.end, partial(quantities.find, text, trail=reading.trail))
    regulation = sum(n.style == "article" for n in root.walk()) >= 3
    prose = Prose(text, part.body, part.end, times, formal=not regulation, said=reading.said)
    found = items(text, root, outside, prose, skip)
    for item in found:
        if item.assignment:
            add_prose(prose, item)
    resolution.apply_defaults(found, root.children, part.end)
    ordered = sorted([*found, *rows], key=lambda item: (item.start, item.end))
    # who traces a notice asks for all that was seen in it
    for a, b in _stretches(ordered) if reading.trail is None else [(part.body, part.end)]:
        times.read(a, b)
        amounts.read(a, b)
    tasks = frozenset(i.heading[0] for i in found if i.assignment)
    return PartRead(part, root, ordered, times, amounts, tasks, outside)


_NEAR = 100  # characters that are sooner read than skipped


def _stretches(ordered: Sequence[Item]) -> list[tuple[int, int]]:
    """The stretches that the items take up, neighbours as one."""
    out: list[tuple[int, int]] = []
    for item in ordered:
        if out and item.start - out[-1][1] < _NEAR:
            out[-1] = (out[-1][0], max(out[-1][1], item.end))
        else:
            out.append((item.start, item.end))
    return out


def _lines(reading: Reading, part: Part, tables: Sequence[tuple[int, int]]) -> list[Line]:
    """The lines of a part that are neither frame nor in one of the sorted ``tables``."""
    flowed, used = reading.flowed, reading.frame.lines_used
    out = [flowed.lines[i] for i in flowed.within(part.body, part.end) if i not in used]
    for start, end in reversed(tables):
        first = bisect_left(out, start, key=_start)
        del out[first : bisect_left(out, end, first, key=_start)]
    for i in (0, -1) if out else ():  # the first and the last may be shared with the parts beside
        if out[i].start < part.body or out[i].end > part.end:
            out[i] = out[i]._replace(start=max(out[i].start, part.body), end=min(out[i].end, part.end))
    return out


_start = attrgetter("start")


def obligations(reading: Reading, name: str, read: Sequence[PartRead]) -> Iterable[Obligation]:
    """The obligations of all parts of the notice ``name``, in order."""
    return (_obligation(reading, part, item, key) for part, item, key in rows(reading, name, read))


_BY_CHANCE = 30  # characters that two items may have alike


def rows(reading: Reading, name: str, read: Sequence[PartRead]) -> Iterable[tuple[PartRead, Item, str]]:
    """The items that become obligations, each with its part and the obligation's id."""
    used: Counter[str] = Counter()
    seen: set[str] = set()
    body: list[Item] = []
    main = sum(p.part.kind != "annex" for p in read)
    for i, part in enumerate(read):
        prefix = f"p{i}" if part.part.kind != "annex" else f"a{part.part.number or i - main + 1}"
        body += [item for item in part.items if not item.table]
        again = registers.repeated(reading.flowed, part.items, body)
        for item in part.items:
            if item.end - item.start > _BY_CHANCE:
                said = reading.flowed.text[item.start : item.end]
                if said in seen:
                    continue  # pages saved twice into one file
                seen.add(said)
            if id(item) in again:
                continue
            labels = item.labels if item.labels is not None else item.node.path()
            key = "/".join([name, prefix, *[label.strip("()（）") for label in labels]])
            used[key] += 1
            yield part, item, key if used[key] == 1 else f"{key}-{used[key]}"


def _obligation(reading: Reading, part: PartRead, item: Item, name: str) -> Obligation:
    flowed = reading.flowed
    measures = _measures(flowed, item)
    return Obligation(
        id=name,
        clause=item.labels if item.labels is not None else item.node.path(),
        heading=flowed.quote(*item.heading),
        text=flowed.quote(item.start, item.end),
        span=flowed.span(item.start, item.end),
        page=flowed.page(item.start),
        modality=_modality(measures),
        measures=tuple(measures),
        parties=tuple(_parties(flowed, resolution.unique(item.seats))),
        deadlines=tuple(_deadlines(reading, part, item)),
        quantities=tuple(_quantities(reading, part, item)),
    )


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of text[start:end], each with the sign that ends it: what a measure of an obligation is."""
    out: list[tuple[int, int]] = []
    part = text[start:end]
    for sign in "!?;\n":  # several times as fast as a pattern
        part = part.replace(sign, "。")
    for said in part.split("。"):
        stop = start + len(said)
        if said:
            out.append((start, stop if stop == end or text[stop] == "\n" else stop + 1))
        start = stop + 1
    return out


_SURELY_SAYS = 12  # characters of a sentence that are not all signs


def _measures(flowed: Flow, item: Item) -> list[Measure]:
    """The sentences of an item, without its label and its assignment."""
    text, raw = flowed.text, flowed.raw
    out: list[Measure] = []
    start = item.node.body if item.start == item.node.start else item.start
    own = item.assignment
    stop = own.start if own and item.start <= own.start < item.end else item.end
    shift = flowed.shift(start, stop)
    marked = modality.is_marked(text[start:stop])
    for a, b in sentences(text, start, stop):
        if b - a < _SURELY_SAYS and len(text[a:b].strip(" 。;()")) < 2:
            continue
        span = flowed.span(a, b) if shift is None else (a + shift, b + shift)
        if marked and (kind := modality.of(text[a:b])) != "obligation":
            out.append(Measure(text=raw[a:b], span=span, modality=kind))
        else:
            out.append(Measure(text=raw[a:b], span=span))
    return out


def _modality(measures: Sequence[Measure]) -> Modality:
    """What most of an obligation is: a prohibition or permission only where every sentence is one."""
    kinds = {m.modality for m in measures}
    return kinds.pop() if len(kinds) == 1 else "obligation"


def _parties(flowed: Flow, seats: Sequence[Seat]) -> list[Party]:
    """The parties of ``seats``: each name as printed, unless something had to be written out."""
    out: list[Party] = []
    for (start, end, text, full, _), role, basis, _ in seats:
        printed = flowed.quote(start, end)
        name = printed if full == text else full
        # seats hold plain strings
        out.append(Party(name=name, text=printed, role=role, basis=basis, span=flowed.span(start, end)))  # type: ignore[arg-type]
    return out


_YEARS = regex(r"((?:19|20)\d\d)年?(?:[-~至到]((?:19|20)\d\d))?年?")


def _above(flowed: Flow, part: PartRead, node: Node) -> Above:
    """What the headings that cover a clause say, from the outside in."""
    parent = node.parent
    if parent is None or parent.style == "root":
        return _NOTHING
    known = part.above.get(id(parent))
    if known is None:
        times, year = _above(flowed, part, parent)
        a, b = parent.heading
        own = [] if a in part.tasks else part.times.between(a, b)
        stated = _YEARS.search(flowed.text, a, b)
        known = part.above[id(parent)] = Above([*times, *own], int(stated[1]) if stated else year)
    return known


def bounding(flowed: Flow, part: PartRead, item: Item) -> list[Mention]:
    """The mentions that an item's deadlines come from: of the headings above it, its own, those of an assignment
    that it shares, and those of its cells of time limits, which are read as such.
    """
    mentions = part.times.between(item.start, item.end)
    for a, b in item.limits:
        mentions = [m for m in mentions if not a <= m.start < b]
    if above := _above(flowed, part, item.node).times:
        mentions = [*above, *mentions]
    for a, b in item.also:
        mentions += part.times.between(a, b)
    for a, b in item.limits:
        mentions += deadlines.find(flowed.text, a, b, labelled=True)
    return mentions


def resolved(reading: Reading, part: PartRead, item: Item, trail: Trail | None = None) -> list[deadlines.Resolved]:
    """The deadlines of one item: of the headings above it, its own, and those of a shared assignment."""
    flowed, framed = reading.flowed, reading.frame
    mentions = bounding(flowed, part, item)
    if not mentions:
        return []
    found = deadlines.resolve(
        mentions,
        flowed.text,
        heading_year=_above(flowed, part, item.node).year,
        plan_years=_plan_years(reading, part),
        issued_on=framed.issued_on,
        today=reading.context.today,
        calendar=reading.context.calendar,
        trail=trail,
    )
    dated = {r.freq for r in found if r.kind == "recurring" and r.by}
    # 每月通报, and every month by the 25th: one duty, said twice
    kept = [r for r in found if not (r.kind == "recurring" and not r.by and r.freq in dated and not r.start)]
    if trail is not None and len(kept) < len(found):
        twice = {r.span for r in found if r not in kept}
        trail.dropped += [(m, "the same rhythm is said with its day") for m in mentions if (m.start, m.end) in twice]
    return kept


def _deadlines(reading: Reading, part: PartRead, item: Item) -> list[Deadline]:
    flowed = reading.flowed
    out: list[Deadline] = []
    for r in resolved(reading, part, item):
        if r.note:
            reading.warnings.append(r.note)
        out.append(
            Deadline(
                text=flowed.quote(*r.span),
                span=flowed.span(*r.span),
                kind=r.kind,
                start=r.start,
                end=r.end,
                amount=r.amount,
                unit=r.unit,
                trigger=r.trigger,
                freq=r.freq,
                interval=r.interval,
                by=r.by,
                rrule=r.rrule,
                precision=r.precision,
                provisional=r.provisional,
            )
        )
    return out


def _plan_years(reading: Reading, part: PartRead) -> tuple[int, int] | None:
    return deadlines.plan_years(part.part.title) or deadlines.plan_years(reading.frame.title)


def _tales(reading: Reading, part: PartRead, item: Item) -> list[tuple[int, int]]:
    """The stretches of an item that tell what was so in years before the notice."""
    return deadlines.tales(
        part.times.between(item.start, item.end),
        reading.flowed.text,
        plan_years=_plan_years(reading, part),
        issued_on=reading.frame.issued_on,
        today=reading.context.today,
    )


def counted(reading: Reading, part: PartRead, item: Item, trail: Trail | None = None) -> Iterable[Mention]:
    """The quantities of one item, each once, without those in its list of units and in tales of the past."""
    mentions = part.amounts.between(item.start, item.end)
    if not mentions:
        return
    told = _tales(reading, part, item)
    units = item.assignment.content if item.assignment else (-1, -1)
    seen: set[tuple[float, str]] = set()
    for mention in mentions:
        amount: quantities.Amount = mention.value
        key = (amount.value, amount.unit)
        past = covering(told, mention.start) is not None
        if key in seen or past or units[0] <= mention.start < units[1]:
            if trail is not None:
                why = "it repeats a quantity" if key in seen else "it stands in the list of units"
                trail.dropped.append((mention, "a date before the notice tells of it" if past else why))
            continue
        seen.add(key)
        yield mention


def _quantities(reading: Reading, part: PartRead, item: Item) -> list[Quantity]:
    flowed = reading.flowed
    out: list[Quantity] = []
    for mention in counted(reading, part, item):
        amount: quantities.Amount = mention.value
        text, span = flowed.quote(mention.start, mention.end), flowed.span(mention.start, mention.end)
        out.append(Quantity(text=text, span=span, **amount._asdict()))
    return out
