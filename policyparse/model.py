"""What comes out: the output contract as frozen pydantic models, without logic beyond validation.

Every ``span`` is a half-open pair of code-point offsets into ``Document.text``:
``document.text[start:end]`` is what was read.  Dates are ISO 8601 calendar dates.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from policyparse.records import SCHEMA_VERSION as SCHEMA_VERSION
from policyparse.records import Basis as Basis
from policyparse.records import BlockKind as BlockKind
from policyparse.records import Bound as Bound
from policyparse.records import DeadlineKind as DeadlineKind
from policyparse.records import Frequency as Frequency
from policyparse.records import Kind as Kind
from policyparse.records import Modality as Modality
from policyparse.records import Precision as Precision
from policyparse.records import Relation as Relation
from policyparse.records import Role as Role
from policyparse.records import Span as Span
from policyparse.records import Unit as Unit

Severity = Literal["error", "warning", "info"]


class Model(BaseModel):
    """Base of every model here: immutable, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cell(Model):
    """Place of a block in a table; rows and columns count from 0."""

    table: int = Field(description="Number of the table within the document, from 0.")
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class Block(Model):
    """A stretch of the document's text with the place it was read from."""

    span: Span
    kind: BlockKind = "paragraph"
    page: int | None = Field(default=None, description="Page number, from 1.")
    box: tuple[float, float, float, float] | None = Field(
        default=None, description="x0, top, x1, bottom in PDF points (1/72 inch) from the page's top left corner."
    )
    cell: Cell | None = None
    confidence: float | None = Field(default=None, description="Confidence of optical recognition, 0 to 1.")


class Source(Model):
    """Where a document came from."""

    name: str | None = Field(default=None, description="File name without its folders.")
    format: str = "text"
    encoding: str | None = None
    sha256: str = Field(default="", description="SHA-256 of the bytes that were read, in hexadecimal.")
    pages: int | None = None
    characters: int = Field(default=0, description="Length of Document.text in code points.")


class Document(Model):
    """A notice as read from its file: the text, and where each part of it stands.

    ``blocks`` may be empty: then the lines of ``text`` are all that is known of the layout.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    source: Source = Source()
    warnings: tuple[str, ...] = ()


class Citation(Model):
    """A document that the notice names in 《》 or by its number."""

    title: str | None = None
    number: str | None = None
    relation: Relation = "mentions"
    span: Span


class Post(Model):
    """A post in a body and who holds it."""

    post: str
    holder: str


class Group(Model):
    """A working group below a body."""

    name: str
    lead: str | None = None
    members: tuple[str, ...] = ()


class Organ(Model):
    """A body that the document sets up (工作专班, 领导小组 …)."""

    name: str
    alias: str | None = None
    posts: tuple[Post, ...] = ()
    groups: tuple[Group, ...] = ()
    members: tuple[str, ...] = ()
    office_at: str | None = None
    span: Span


class Clause(Model):
    """A numbered part of the notice."""

    path: tuple[str, ...] = Field(description="Labels from the outside in, e.g. 二, （一）, 1.")
    label: str
    heading: str
    span: Span
    page: int | None = None
    children: tuple[Clause, ...] = ()


class Measure(Model):
    """One sentence of an obligation."""

    text: str
    span: Span
    modality: Modality = "obligation"


class Party(Model):
    """A unit or person, and its role in an obligation."""

    name: str = Field(description="The resolved name: carried-over prefixes and aliases written out.")
    text: str = Field(description="The name as printed, without line breaks.")
    role: Role
    basis: Basis
    span: Span
    unit: str | None = Field(default=None, description="Entry of the user's unit register, if any.")


class Deadline(Model):
    """What bounds when an obligation must be done.

    ``end`` is the last day, inclusive. ``amount`` counts ``unit``s. ``by`` is the day printed in a
    recurring deadline (``25`` or ``12-31``); ``rrule`` the same as an RFC 5545 recurrence rule.
    """

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
    provisional: bool = Field(default=False, description="True where a working-day calendar was not yet published.")


class Quantity(Model):
    """A number with its unit. Money is in 元, per cent as ``%`` (30 for 30 %)."""

    text: str
    span: Span
    value: float
    unit: str
    bound: Bound = "exact"
    of: str | None = Field(default=None, description="The noun that is counted or measured.")


class Fact(Model):
    """A sentence of a report or news piece that says what was done or given."""

    text: str
    span: Span
    quantities: tuple[Quantity, ...] = ()
    when: str | None = None


class Obligation(Model):
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


class Notice(Model):
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
    aliases: dict[str, str] = Field(default_factory=dict)
    organs: tuple[Organ, ...] = ()
    clauses: tuple[Clause, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    facts: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()
    source: Source = Source()


class Related(Model):
    """Another place that a finding speaks of."""

    notice: str = Field(description="Id of the notice.")
    span: Span
    obligation: str | None = None
    text: str = Field(default="", description="The words that stand there, or what they are.")


class Finding(Model):
    """Something that a check found in a notice, and what to do about it."""

    code: str = Field(description="Code of the check: family and three digits.")
    slug: str
    severity: Severity
    message: str = Field(description="In Chinese: the clause, the quoted words, and what to do.")
    notice: str = Field(description="Id of the notice.")
    obligation: str | None = Field(default=None, description="Id of the obligation, where it is about one.")
    span: Span | None = Field(default=None, description="None where something is missing from the whole notice.")
    related: tuple[Related, ...] = ()
