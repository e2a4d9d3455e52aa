"""Checks: what a notice forgot, contradicts, or gets wrong. One file a family; ``base`` says what a check is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyparse.errors import PolicyParseError
from policyparse.model import Document, Finding, Notice

if TYPE_CHECKING:
    from policyparse.checks.base import Case, Check
    from policyparse.units import Units

FAMILIES = ("obligation", "timing", "coverage", "conflict", "reference", "form")


def checks() -> dict[str, Check]:
    """All checks by code, family by family."""
    from policyparse.checks.base import CHECKS

    for family in FAMILIES:
        import_module(f"policyparse.checks.{family}")
    return CHECKS


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Check]:
    """The checks that ``select`` names (all where it is empty) without those that ``ignore`` names.

    A name is a code (OBL002), the beginning of one (OBL), or a slug (no-lead).
    Raises PolicyParseError where a name fits no check.
    """
    wanted, unwanted = _matching(select), _matching(ignore)
    return [check for code, check in checks().items() if (not wanted or code in wanted) and code not in unwanted]


def _matching(names: Iterable[str]) -> set[str]:
    out: set[str] = set()
    for name in names:
        found = {code for code, check in checks().items() if code.startswith(name.upper()) or check.slug == name}
        if not found or not name:
            raise PolicyParseError(f"{name}: no check has this code or slug; `policyparse explain` lists them")
        out |= found
    return out


def check(
    *notices: Notice | Document | str | Path,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    documents: Sequence[Document | None] | None = None,
    units: Units | None = None,
    calendar: Any = None,
) -> list[Finding]:
    """Run the checks over ``notices`` and return what they find, notice by notice, in the order of the text.

    A notice may be given parsed, or as a Document or path, which is then parsed here.  Where the text is
    known (a Document or path, or ``documents``, one for each notice), the checks that read the whole text
    see all of it; else they see the obligations alone.  ``select`` and ``ignore`` take codes (OBL002), their
    beginnings (OBL) and slugs (no-lead).  ``units`` is the register that tells which names mean one unit,
    ``calendar`` the working-day calendar (see ``Context``).

    Raises PolicyParseError for an unknown code and for a file that can't be read.
    """
    from policyparse.checks.base import Corpus

    running = chosen(select, ignore)
    cases = [_case(notice, i, documents, units, calendar) for i, notice in enumerate(notices)]
    corpus = Corpus(cases)
    found = [finding for check in running for finding in check.findings(corpus)]
    order = {case.notice.id: i for i, case in reversed(list(enumerate(cases)))}
    return sorted(found, key=lambda f: (order[f.notice], f.span is None, f.span or (0, 0), f.code))


def _case(
    given: Notice | Document | str | Path,
    i: int,
    documents: Sequence[Document | None] | None,
    units: Units | None,
    calendar: Any,
) -> Case:
    from policyparse.checks.base import Case
    from policyparse.context import Context

    document = documents[i] if documents else None
    if isinstance(given, Notice):
        return Case(given, document, units, calendar)
    from policyparse import api, reading

    document = given if isinstance(given, Document) else reading.read(given)
    return Case(api.parse(document, Context(units=units, calendar=calendar)), document, units, calendar)
