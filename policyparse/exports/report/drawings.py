"""Where things stand in the two drawings of the page; the template draws them, so that all text is escaped there.

Sizes are user units of the SVG (pixels at its natural size). Colours and line styles are classes of report.css.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from policyparse import schedule
from policyparse.exports.base import Options, clean, deadline_words
from policyparse.model import Deadline, Notice, Obligation

WIDTH = 1000
_TOP, _ROW = 30, 26
_UNITS_TO, _TASKS_FROM = 250, 520  # right edge of the units, left edge of the tasks
_PLOT_FROM, _PLOT_TO = 300, 860
_MOST_DOTS = 60  # of one recurring deadline


@dataclass(frozen=True)
class Node:
    """A unit (``number`` 0) or a task."""

    y: float
    text: str
    full: str
    number: int = 0
    lead: bool = False


@dataclass(frozen=True)
class Edge:
    role: str
    path: str
    unit: str
    number: int


@dataclass(frozen=True)
class Graph:
    """Units left, tasks right, one line for each assignment."""

    units: list[Node]
    tasks: list[Node]
    edges: list[Edge]
    height: float
    width: int = WIDTH
    units_to: int = _UNITS_TO
    tasks_from: int = _TASKS_FROM


def graph(notice: Notice) -> Graph | None:
    """The responsibility graph; a unit stands at the mean height of its tasks, so that few lines cross.

    None where no obligation names a unit.
    """
    tasks = [(number, o) for number, o in enumerate(notice.obligations, 1) if o.parties]
    if not tasks:
        return None
    middle = {number: _TOP + i * _ROW + _ROW / 2 for i, (number, _) in enumerate(tasks)}
    held: dict[str, list[float]] = defaultdict(list)
    links: dict[tuple[str, int, str], None] = {}
    for number, obligation in tasks:
        for party in obligation.parties:
            name = clean(party.name)
            held[name] += [middle[number]] * (3 if party.role == "lead" else 1)
            links[name, number, party.role] = None
    order = sorted(held, key=lambda name: (sum(held[name]) / len(held[name]), name))
    height = max(len(order), len(tasks)) * _ROW
    gap = height / len(order)
    spread = {name: _TOP + i * gap + gap / 2 for i, name in enumerate(order)}
    stretch = height / (len(tasks) * _ROW)
    middle = {number: _TOP + (y - _TOP) * stretch for number, y in middle.items()}
    leads = {name for name, _, role in links if role == "lead"}
    # Leads are drawn last, on top of the others.
    edges = sorted(links, key=lambda link: link[2] == "lead")
    return Graph(
        units=[Node(round(spread[n], 1), short(n, 15), n, lead=n in leads) for n in order],
        tasks=[Node(round(middle[n], 1), short(o.heading or o.text, 30), clean(o.heading), n) for n, o in tasks],
        edges=[Edge(role, _curve(spread[name], middle[number]), name, number) for name, number, role in edges],
        height=height + _TOP + 10,
    )


def _curve(a: float, b: float) -> str:
    bend = (_UNITS_TO + _TASKS_FROM) // 2
    return f"M{_UNITS_TO},{a:.1f}C{bend},{a:.1f} {bend},{b:.1f} {_TASKS_FROM},{b:.1f}"


def short(text: str, most: int) -> str:
    """``text`` on one line of at most ``most`` full-width characters."""
    text = clean(text).replace("\n", "")
    width = 0.0
    for i, character in enumerate(text):
        width += 0.55 if character < "\x80" else 1
        if width > most:
            return text[: i - 1] + "…"
    return text


@dataclass(frozen=True)
class Entry:
    """A dated deadline on its line: a bar from ``x`` to ``end``, or dots where it falls due."""

    y: float
    number: int
    text: str
    words: str
    when: str
    kind: str
    href: str
    x: float
    end: float
    dots: list[float]


@dataclass(frozen=True)
class Timeline:
    entries: list[Entry]
    ticks: list[tuple[float, str]]
    undated: list[tuple[int, str, str, str]]  # number, task, words, href
    height: float
    today: float | None = None
    width: int = WIDTH
    plot_from: int = _PLOT_FROM
    plot_to: int = _PLOT_TO


@dataclass
class _Dated:
    number: int
    obligation: Obligation
    deadline: Deadline
    days: list[dt.date] = field(default_factory=list)


def timeline(notice: Notice, options: Options, today: dt.date | None) -> Timeline | None:
    """Every deadline with a date on one axis, sorted by date; the others in a list. None where there is no deadline."""
    dated: list[_Dated] = []
    undated: list[tuple[int, str, str, str]] = []
    recurring: list[_Dated] = []
    key = "c{}".format
    for number, obligation in enumerate(notice.obligations, 1):
        for deadline in obligation.deadlines:
            found = schedule.resolve(deadline, options.triggers, options.working_days)
            one = _Dated(number, obligation, found)
            if found.kind == "recurring":
                recurring.append(one)
            elif found.kind not in ("cutoff", "ongoing") and (found.end or found.start):
                one.days = [day for day in (found.start, found.end) if day]
                dated.append(one)
            elif found.kind != "cutoff":
                words = deadline_words(deadline, options)
                undated.append((number, short(obligation.heading or obligation.text, 40), words, key(deadline.span[0])))
    known = [day for one in dated for day in one.days] + [one.deadline.start for one in recurring if one.deadline.start]
    known += [day for day in (notice.issued_on, today) if day]
    if not known:
        undated += [
            (o.number, short(o.obligation.heading, 40), deadline_words(o.deadline, options), key(o.deadline.span[0]))
            for o in recurring
        ]
        return Timeline([], [], undated, 0) if undated else None
    since = min(known)
    until = max([*known, _year_later(since)]) if recurring else max(known)
    for one in recurring:
        one.days = schedule.occurrences(one.deadline, since, until)[:_MOST_DOTS]
        if one.days:
            dated.append(one)
        else:
            words = deadline_words(one.deadline, options)
            undated.append((one.number, short(one.obligation.heading, 40), words, key(one.deadline.span[0])))
    if not dated:
        return Timeline([], [], undated, 0) if undated else None
    return _placed(dated, undated, since, until, options, today)


def _year_later(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=365)


def _placed(
    dated: list[_Dated],
    undated: list[tuple[int, str, str, str]],
    since: dt.date,
    until: dt.date,
    options: Options,
    today: dt.date | None,
) -> Timeline:
    first = since.replace(day=1)
    days = max((until - first).days, 27)

    def x(day: dt.date) -> float:
        return round(_PLOT_FROM + (_PLOT_TO - _PLOT_FROM) * (day - first).days / days, 1)

    dated.sort(key=lambda one: (one.days[-1] if one.deadline.kind != "recurring" else one.days[0], one.number))
    entries = []
    for i, one in enumerate(dated):
        bar = one.deadline.kind in ("period", "within") and len(one.days) == 2
        entries.append(
            Entry(
                y=_TOP + 14 + i * _ROW,
                number=one.number,
                text=short(one.obligation.heading or one.obligation.text, 17),
                words=deadline_words(one.deadline, options),
                when=short(one.deadline.text, 10) if one.deadline.kind == "recurring" else one.days[-1].isoformat(),
                kind=one.deadline.kind,
                href=f"c{one.deadline.span[0]}",
                x=x(one.days[0]),
                end=x(one.days[-1]),
                dots=[] if bar else [x(day) for day in one.days],
            )
        )
    height = _TOP + len(entries) * _ROW + 20
    return Timeline(entries, _ticks(first, until, x), undated, height, x(today) if today else None)


def _ticks(first: dt.date, until: dt.date, x: Callable[[dt.date], float]) -> list[tuple[float, str]]:
    """At most a dozen marks on the axis: months, quarters, or years."""
    months = (until.year - first.year) * 12 + until.month - first.month + 1
    step = next((step for step in (1, 3, 6, 12, 24, 60, 120) if months / step <= 12), 600)
    out = []
    for count in range(months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
        if (month if step < 12 else year * 12 + month) % step == 0 and year < 9999:
            day = dt.date(year, month + 1, 1)
            if day <= until:
                out.append((x(day), f"{year}年" if step >= 12 else f"{year}-{month + 1:02d}"))
    return out
