"""What every export shares: its row in the table of formats, its options, and the register in the words officials read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from policyparse import schedule
from policyparse.calendars import WorkingDays
from policyparse.model import Deadline, Finding, Notice, Obligation, Quantity, Role


@dataclass(frozen=True)
class Options:
    """What a caller may ask of an export; every format takes what concerns it.

    findings:   what the checks found, or None where they were not run (xlsx).
    triggers:   the dates of events that relative deadlines count from, e.g. {"贷款审批同意": date(2024, 10, 8)}.
    working_days: calendar for deadlines in working days (see ``Context.calendar``).
    since:      first day for recurring deadlines where neither text nor notice has a date (ics).
    stamp:      DTSTAMP of every entry; None takes each notice's date of issue (ics).
    alarms:     days before a deadline on which to remind, at 9 o'clock (ics).
    components: which calendar components to write: "todo", "event" or both (ics).
    """

    findings: Sequence[Finding] | None = None
    triggers: schedule.Triggers = field(default_factory=dict)
    working_days: WorkingDays | None = None
    since: dt.date | None = None
    stamp: dt.date | None = None
    alarms: tuple[int, ...] = (7, 1)
    components: tuple[str, ...] = ("todo", "event")


@dataclass(frozen=True)
class Format:
    """A row of the table of formats.

    name:   what ``--format`` takes, and the suffix of its files unless ``suffixes`` says otherwise.
    write:  notices and options to bytes; where it lives is named, so that its library loads when it is called.
    """

    name: str
    suffixes: tuple[str, ...]
    write: str
    about: str


Writer = Callable[[Sequence[Notice], Options], bytes]

# Characters that XML 1.0 can't hold; left in, they make a workbook or Word file that won't open.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """``text`` without the control characters that no document format can hold."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


# --- the words officials read -------------------------------------------------------------------------------

ROLES: dict[Role, str] = {
    "lead": "牵头",
    "responsible": "责任",
    "support": "配合",
    "supervise": "督导",
    "recipient": "报送",
    "official": "责任人",
}
SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
_STOPS = "。；;：:"
_LABEL = 12  # characters that a label before a heading may have
_BOUNDS = {"min": "不少于", "max": "不超过", "about": "约"}
_BOUNDED = re.compile(r"^[\d.,]+\D*$")
_BOUND_WORDS = re.compile("以[上下内]|左右|[余多]|不|超|近|至|至少|最")


def clause_path(labels: Sequence[str]) -> str:
    """A clause's labels as one would cite it: 二（一）1, 三、1, 第一章第二条."""
    out = ""
    for label in labels:
        tie = out and not out.endswith(("）", ")")) and label[:1] not in ("（", "(", "第")
        out += ("、" if tie else "") + label
    return out


def units(obligation: Obligation, role: Role) -> str:
    """The parties with ``role``, each once, joined by 、.

    Behind those of an explicit assignment, who is only named in the text is marked so: 区府办、商业银行（正文表述）.
    """
    stated = any(p.basis != "prose" for p in obligation.parties)
    names: dict[str, str] = {}
    for p in sorted(obligation.parties, key=lambda p: p.basis == "prose"):
        if p.role == role:
            names.setdefault(p.name, p.name + ("（正文表述）" if stated and p.basis == "prose" else ""))
    return "、".join(names.values())


def day(date: dt.date) -> str:
    """2024年11月1日."""
    return f"{date.year}年{date.month}月{date.day}日"


def deadline_words(deadline: Deadline, options: Options) -> str:
    """A deadline as printed, with the resolved date behind it where the print leaves it open.

    年底前 → 年底前（2024年12月31日）; 2024年11月1日前 stays as it is.
    """
    resolved = schedule.resolve(deadline, options.triggers, options.working_days)
    text = clean(deadline.text)
    plain = text.replace(" ", "")
    dates = [d for d in (resolved.start, resolved.end) if d is not None]
    if deadline.kind == "cutoff":
        return f"统计口径：{text}"
    if resolved.kind in ("within", "ahead") and resolved.end is not None:
        return f"{text}（{'至' if resolved.kind == 'within' else '不晚于'}{day(resolved.end)}{_doubt(resolved)}）"
    if all(day(d) in plain for d in dates) or deadline.kind in ("recurring", "ongoing"):
        return text
    shown = "至".join(day(d) for d in dates)
    return f"{text}（{shown}{_doubt(deadline)}）"


def _doubt(deadline: Deadline) -> str:
    return "，工作日暂按周一至周五推算" if deadline.provisional else ""


def quantity_words(quantity: Quantity) -> str:
    """A number as printed, with its bound where the print holds it elsewhere, and what it counts: 不少于1764套（保障房）."""
    text = clean(quantity.text)
    if quantity.bound in _BOUNDS and _BOUNDED.match(text) and not _BOUND_WORDS.search(text):
        text = _BOUNDS[quantity.bound] + text
    return f"{text}（{clean(quantity.of)}）" if quantity.of and quantity.of not in text else text


def measures(obligation: Obligation) -> str:
    """What is to be done, without the label and heading that start it."""
    text = "".join(m.text for m in obligation.measures) or obligation.text
    heading = obligation.heading.rstrip(_STOPS)
    at = text.find(heading) if heading else -1
    if 0 <= at <= _LABEL:
        text = text[at + len(heading) :].lstrip(_STOPS) or text
    return clean(text)


def place(obligation: Obligation) -> str:
    """Where an obligation stands: its page, or else its characters counted from 1."""
    if obligation.page is not None:
        return f"第{obligation.page}页"
    return f"第{obligation.span[0] + 1}–{obligation.span[1]}字"


@dataclass(frozen=True)
class Column:
    """A column of the 任务分解表. ``width`` in characters of Latin text (a Han character counts 2)."""

    title: str
    width: int
    value: Callable[[Obligation, Options], str]
    always: bool = True  # False: left out where every cell would be empty


def _of_role(role: Role) -> Callable[[Obligation, Options], str]:
    return lambda obligation, _: clean(units(obligation, role))


COLUMNS = (
    Column("条款", 11, lambda o, _: clean(clause_path(o.clause))),
    Column("重点任务", 18, lambda o, _: clean(o.heading)),
    Column("具体举措", 60, lambda o, _: measures(o)),
    Column("牵头单位", 12, _of_role("lead")),
    Column("责任单位", 16, _of_role("responsible")),
    Column("配合单位", 14, _of_role("support")),
    Column("督导单位", 10, _of_role("supervise"), always=False),
    Column("责任人", 10, _of_role("official"), always=False),
    Column("完成时限", 16, lambda o, x: "；".join(dict.fromkeys(deadline_words(d, x) for d in o.deadlines))),
    Column("量化目标", 14, lambda o, _: "；".join(dict.fromkeys(quantity_words(q) for q in o.quantities))),
    Column("报送对象", 10, _of_role("recipient")),
    Column("来源", 11, lambda o, _: place(o)),
)


@dataclass(frozen=True)
class Register:
    """The 任务分解表 of some notices, ready to be set in cells: strings only.

    ``rows`` are as long as ``columns``; the first cell is the running number (序号), from 1.
    """

    title: str
    subtitle: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    obligations: tuple[tuple[Notice, Obligation], ...]


def register(notices: Sequence[Notice], options: Options) -> Register:
    """All obligations of ``notices`` as one table; several notices get a column that names each."""
    pairs = tuple((n, o) for n in notices for o in n.obligations)
    number = Column("序号", 6, lambda o, _: "")
    columns: list[Column] = [number]
    cells: list[list[str]] = [[str(i)] for i in range(1, len(pairs) + 1)]
    if len(notices) > 1:
        columns.append(Column("文件", 16, lambda o, _: ""))
        for row, (notice, _) in zip(cells, pairs, strict=True):
            row.append(notice_name(notice))
    for column in COLUMNS:
        values = [column.value(o, options) for _, o in pairs]
        if column.always or any(values):
            columns.append(column)
            for row, value in zip(cells, values, strict=True):
                row.append(value)
    return Register(
        title=table_title(notices),
        subtitle=_subtitle(notices, len(pairs)),
        columns=tuple(columns),
        rows=tuple(tuple(row) for row in cells),
        obligations=pairs,
    )


def notice_name(notice: Notice) -> str:
    """What to call a notice: its title, else its number, its file, or its id."""
    return clean(notice.title or notice.number or notice.source.name or notice.id).replace("\n", "")


def table_title(notices: Sequence[Notice]) -> str:
    """《…通知》任务分解表; several notices share a plain title."""
    if len(notices) != 1:
        return f"任务分解表（{len(notices)}份文件）"
    name = notice_name(notices[0]).translate(str.maketrans("《》", "〈〉"))
    return f"《{name}》任务分解表"


def _subtitle(notices: Sequence[Notice], count: int) -> str:
    parts = [f"共{count}项任务"]
    if len(notices) == 1:
        notice = notices[0]
        if notice.issued_on:
            parts.insert(0, day(notice.issued_on))
        if notice.number:
            parts.insert(0, clean(notice.number))
        if notice.issuers:
            parts.insert(0, clean("、".join(notice.issuers)))
    return "　".join(parts)


def by_unit(pairs: Iterable[tuple[Notice, Obligation]]) -> dict[str, list[tuple[int, str]]]:
    """Unit -> its tasks as (index among the obligations, role in words), units and tasks in order of appearance.

    A unit that has one role twice in an obligation is counted once; persons and recipients are left out.
    """
    out: dict[str, dict[tuple[int, Role], str]] = {}
    for index, (_, obligation) in enumerate(pairs):
        stated = any(p.basis != "prose" for p in obligation.parties)
        for party in sorted(obligation.parties, key=lambda p: p.basis == "prose"):
            if party.role not in ("recipient", "official"):
                words = ROLES[party.role] + ("（正文表述）" if stated and party.basis == "prose" else "")
                out.setdefault(clean(party.name), {}).setdefault((index, party.role), words)
    return {name: [(index, words) for (index, _), words in tasks.items()] for name, tasks in out.items()}
