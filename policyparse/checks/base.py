"""What a check is, what it gets to see, and how checks register themselves.

A check is a function with a code (family and three digits, never used again for something else), a slug that
names the problem, a severity, and a docstring that is run: its Example must raise the code, its Use instead
must not.  It gets a ``Case`` (scope ``notice``) or the ``Corpus`` of them (scope ``corpus``) and yields ``Hit``s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Literal, cast

from policyparse.model import Document, Finding, Notice, Obligation, Party, Related, Severity, Span
from policyparse.naming import Naming
from policyparse.registers import drawn
from policyparse.text import Flow, flow
from policyparse.units import Units

if TYPE_CHECKING:
    from policyparse import records

DOERS = ("lead", "responsible", "support", "official")
SECTIONS = ("What it checks", "Why it matters", "Example", "Use instead", "Known limits")


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found, before it becomes a Finding."""

    message: str
    obligation: Obligation | None = None
    span: Span | None = None
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of folded text and the way back to offsets of the document."""

    text: str
    flow: Flow | None = None
    at: Span = (0, 0)

    def span(self, start: int, end: int) -> Span:
        """Offsets into the document; the whole passage where only its place is known."""
        return self.flow.span(start, end) if self.flow else self.at

    def quote(self, start: int, end: int) -> str:
        """The words as printed, where the document is known."""
        return self.flow.quote(start, end) if self.flow else self.text[start:end]


class Case:
    """A notice as checks see it: the notice, its text where it is known, and what several checks ask for."""

    def __init__(
        self, notice: Notice, document: Document | None = None, units: Units | None = None, calendar: Any = None
    ):
        self.notice = notice
        self.document = document
        self.calendar = calendar
        self.naming = Naming(notice, units)

    @cached_property
    def flow(self) -> Flow | None:
        """The flowed text of the document, or None where only the notice was given."""
        if self.document is None:
            return None
        document = cast("records.Document", self.document)
        return flow(document, drawn.tables(document, []))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All text that is known: the document's, else that of the obligations."""
        if self.flow is not None:
            return (Passage(self.flow.text, self.flow),)
        from policyparse.text import fold

        return tuple(Passage(fold(o.text), None, o.span) for o in self.notice.obligations)

    @cached_property
    def directive(self) -> bool:
        """Whether the notice tells others what to do: no letter, report or news piece."""
        return self.notice.kind not in ("letter", "report", "news")

    @cached_property
    def tasks(self) -> tuple[Obligation, ...]:
        """The obligations of a notice that tells others what to do."""
        return self.notice.obligations if self.directive else ()

    @cached_property
    def assigned(self) -> tuple[Obligation, ...]:
        """The tasks that an assignment of their own (brackets, 责任单位：…, a table) gives to somebody."""
        return tuple(o for o in self.tasks if explicit(o))

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Every match of ``pattern`` in the text that is known."""
        for passage in self.passages:
            for match in pattern.finditer(passage.text):
                yield passage, match

    def quote(self, span: Span) -> str:
        """The printed words of ``span`` without line breaks, "" where the document is not known."""
        return re.sub(r"\s+", "", self.document.text[span[0] : span[1]]) if self.document else ""

    def related(self, obligation: Obligation, text: str = "") -> Related:
        """``obligation`` as another place that a finding speaks of."""
        return Related(
            notice=self.notice.id, span=obligation.span, obligation=obligation.id, text=text or place(obligation)
        )


class Corpus:
    """The cases that are checked together, and what several checks of them share (``memo``)."""

    def __init__(self, cases: Sequence[Case]):
        self.cases = cases
        self.memo: dict[str, Any] = {}


def formal(party: Party) -> bool:
    """Whether ``party`` does the work by an explicit assignment."""
    return party.basis != "prose" and party.role in DOERS


_OWN_BASIS = ("convention", "table", "default", "inherited")
# How an assignment of its own closes an item: in brackets, behind a label, or in the words of a division of tasks.
_CLOSING = re.compile(
    r"[)）〕\]］】]。?$|(?:单位|部门|处室|牵头|责任|配合|主办|协办)[:：][^。]*。?$|牵头[^。]{0,80}。?$|分工负责。?$"
)


def explicit(obligation: Obligation) -> bool:
    """Whether ``obligation`` has an assignment of its own, and not just a sentence that names who acts."""
    doers = [p for p in obligation.parties if formal(p)]
    if any(p.basis in _OWN_BASIS for p in doers):
        return True
    return (
        bool(doers)
        and max(p.span[1] for p in doers) >= obligation.span[1] - 30
        and bool(_CLOSING.search(obligation.text[-120:]))
    )


def with_role(obligation: Obligation, *roles: str) -> list[Party]:
    """The formally assigned parties in one of ``roles``."""
    return [p for p in obligation.parties if p.role in roles and p.basis != "prose"]


def place(obligation: Obligation) -> str:
    """Clause and heading, as they are called in messages."""
    heading = shorten(obligation.heading or obligation.text, 24)
    return f"{'/'.join(obligation.clause)}“{heading}”" if obligation.clause else f"“{heading}”"


def shorten(text: str, most: int = 30) -> str:
    """``text`` in at most ``most`` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def names(parties: Sequence[Party], most: int = 6) -> str:
    """The printed names, 、 between them."""
    shown = [p.text for p in parties[:most]]
    return "、".join(shown) + ("等" if len(parties) > most else "")


Run = Callable[..., Iterator[Any]]  # of Hit (scope notice), or of (Case, Hit) (scope corpus)
Scope = Literal["notice", "corpus"]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check."""

    code: str
    slug: str
    severity: Severity
    scope: Scope
    run: Run

    @property
    def title(self) -> str:
        """The first line of the docstring."""
        return cleandoc(self.run.__doc__ or "").partition("\n")[0]

    @property
    def sections(self) -> dict[str, str]:
        """The sections of the docstring, without their indentation."""
        doc = cleandoc(self.run.__doc__ or "")
        parts = re.split(rf"^({'|'.join(SECTIONS)})::?\n", doc, flags=re.MULTILINE)
        return {name: cleandoc("\n" + text) for name, text in zip(parts[1::2], parts[2::2], strict=True)}

    def findings(self, corpus: Corpus) -> Iterator[Finding]:
        """What the check finds in ``corpus``."""
        if self.scope == "corpus":
            for case, hit in self.run(corpus):
                yield self._finding(case, hit)
            return
        for case in corpus.cases:
            for hit in self.run(case):
                yield self._finding(case, hit)

    def _finding(self, case: Case, hit: Hit) -> Finding:
        span = hit.span or (hit.obligation.span if hit.obligation else None)
        return Finding(
            code=self.code,
            slug=self.slug,
            severity=self.severity,
            message=hit.message,
            notice=case.notice.id,
            obligation=hit.obligation.id if hit.obligation else None,
            span=span,
            related=hit.related,
        )


CHECKS: dict[str, Check] = {}


def check(code: str, slug: str, severity: Severity, scope: Scope = "notice") -> Callable[[Run], Run]:
    """Register a function as the check ``code``."""

    def register(run: Run) -> Run:
        if code in CHECKS or any(known.slug == slug for known in CHECKS.values()):
            raise RuntimeError(f"{code} {slug}: code or slug used twice")
        CHECKS[code] = Check(code, slug, severity, scope, run)
        return run

    return register
