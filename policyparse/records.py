"""What the parse builds: the fields of ``policyparse.model`` as plain objects, without any checks.

The verbs turn them into models (``model_validate(record.plain())``).  The command line writes them as they are, so
that it need not import pydantic, which takes longer than to parse a notice.  What the fields mean is told in
``policyparse.model``; ``tests/test_records.py`` sees to it that both have the same and write the same JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from types import SimpleNamespace
from typing import Any, ClassVar, Literal, dataclass_transform

SCHEMA_VERSION = "1.0"

Span = tuple[int, int]
Kind = Literal["notice", "plan", "opinion", "measures", "report", "letter", "news", "other"]
Modality = Literal["obligation", "prohibition", "permission"]
Role = Literal["lead", "responsible", "support", "supervise", "recipient", "official"]
Basis = Literal["stated", "convention", "table", "default", "inherited", "prose"]
DeadlineKind = Literal["due", "period", "start", "within", "ahead", "recurring", "ongoing", "cutoff"]
Unit = Literal["hour", "day", "workday", "week", "month", "year"]
Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "SEMIANNUAL", "YEARLY"]
Precision = Literal["day", "tenday", "month", "quarter", "half", "year"]
Bound = Literal["exact", "min", "max", "about"]
Relation = Literal["basis", "forwards", "amends", "repeals", "mentions"]
BlockKind = Literal["paragraph", "heading", "cell", "note"]


_RECORDS: set[str] = set()  # names of all kinds of records


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Record(SimpleNamespace):
    """Base of all records: keyword arguments become attributes, the rest keep the defaults of the class."""

    _fields: ClassVar[dict[str, Any]]  # all fields in the order of the JSON, with their defaults
    _nested: ClassVar[tuple[str, ...]]  # those of them that hold records

    def __init_subclass__(cls) -> None:
        _RECORDS.add(cls.__name__)
        cls._fields = {name: getattr(cls, name, None) for name in cls.__annotations__}
        words = {name: set(re.split(r"\W+", said)) for name, said in cls.__annotations__.items()}
        cls._nested = tuple(name for name in cls._fields if not words[name].isdisjoint(_RECORDS))

    def plain(self) -> dict[str, Any]:
        """The fields that were given, records in them as dicts too; to be read only."""
        given = vars(self)
        if not self._nested:
            return given
        out = dict(given)
        for name in self._nested:
            value = given.get(name)
            if type(value) is tuple:
                if value:  # all of one kind
                    out[name] = [x.plain() for x in value] if value[0]._nested else [x.__dict__ for x in value]
            elif isinstance(value, Record):  # not the source of a document that is a model
                out[name] = value.plain()
        return out

    def model_dump_json(self, indent: int | None = None) -> str:
        """The same JSON that the model of this record gives."""
        form: Any = {"indent": indent, "separators": (",", ":") if indent is None else None, "ensure_ascii": False}
        try:
            return json.dumps(self, default=_written, allow_nan=False, **form)
        except ValueError:  # a number of more than 308 digits is infinite, for which JSON has no other word than null
            finite = json.loads(json.dumps(self, default=_written), parse_constant=lambda _: None)
            return json.dumps(finite, **form)


def _written(value: Any) -> Any:
    """What stands for a record or a date in JSON."""
    return {**value._fields, **vars(value)} if isinstance(value, Record) else value.isoformat()


class Cell(Record):
    """Place of a block in a table."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class Block(Record):
    """A stretch of the document's text with the place it was read from."""

    span: Span
    kind: BlockKind = "paragraph"
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    cell: Cell | None = None
    confidence: float | None = None


class Source(Record):
    """Where a document came from."""

    name: str | None = None
    format: str = "text"
    encoding: str | None = None
    sha256: str = ""
    pages: int | None = None
    characters: int = 0


class Document(Record):
    """A notice as read from its file."""

    text: str
    blocks: tuple[Block, ...] = ()
    source: Source = Source()
    warnings: tuple[str, ...] = ()


class Citation(Record):
    """A document that the notice names."""

    title: str | None = None
    number: str | None = None
    relation: Relation = "mentions"
    span: Span


class Post(Record):
    """A post in a body and who holds it."""

    post: str
    holder: str


class Group(Record):
    """A working group below a body."""

    name: str
    lead: str | None = None
    members: tuple[str, ...] = ()


class Organ(Record):
    """A body that the document sets up."""

    name: str
    alias: str | None = None
    posts: tuple[Post, ...] = ()
    groups: tuple[Group, ...] = ()
    members: tuple[str, ...] = ()
    office_at: str | None = None
    span: Span


class Clause(Record):
    """A numbered part of the notice."""

    path: tuple[str, ...]
    label: str
    heading: str
    span: Span
    page: int | None = None
    children: tuple[Clause, ...] = ()


class Measure(Record):
    """One sentence of an obligation."""

    text: str
    span: Span
    modality: Modality = "obligation"


class Party(Record):
    """A unit or person, and its role in an obligation."""

    name: str
    text: str
    role: Role
    basis: Basis
    span: Span
    unit: str | None = None


class Deadline(Record):
    """What bounds when an obligation must be done."""

    text: str
    span: Span
    kind: DeadlineKind
    start: dt.date | None = None
    end: dt.date | None = None
    amount: float | None = None
    unit: Unit | None = None
    trigger: str | None = None
    freq: Frequency | None = None
    interval: int | None = None
    by: str | None = None
    rrule: str | None = None
    precision: Precision | None = None
    provisional: bool = False


class Quantity(Record):
    """A number with its unit."""

    text: str
    span: Span
    value: float
    unit: str
    bound: Bound = "exact"
    of: str | None = None


class Fact(Record):
    """A sentence of a report or news piece that says what was done or given."""

    text: str
    span: Span
    quantities: tuple[Quantity, ...] = ()
    when: str | None = None


class Obligation(Record):
    """A row of the responsibility register."""

    id: str
    clause: tuple[str, ...]
    heading: str
    text: str
    span: Span
    page: int | None = None
    modality: Modality = "obligation"
    measures: tuple[Measure, ...] = ()
    parties: tuple[Party, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    quantities: tuple[Quantity, ...] = ()


class Notice(Record):
    """A notice and its responsibility register."""

    schema_version: str = SCHEMA_VERSION
    id: str
    kind: Kind = "other"
    title: str = ""
    number: str | None = None
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    issued_on: dt.date | None = None
    cc: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    aliases: dict[str, str]
    organs: tuple[Organ, ...] = ()
    clauses: tuple[Clause, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    facts: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()
    source: Source = Source()
