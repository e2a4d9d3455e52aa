"""A debug view: which rules saw what in a clause, which overlaps lost, and how each value was resolved.

It runs the functions that parse a notice and lets them take down what they leave out, so that it can't drift
from the parse; a parse that is not traced takes nothing down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from policyparse.context import Context
from policyparse.errors import PolicyParseError
from policyparse.model import Document
from policyparse.notice import TOLD
from policyparse.text import fold
from policyparse.trace.base import Convention, Trace
from policyparse.trace.clauses import Target, targets, view
from policyparse.trace.render import render
from policyparse.trace.values import calendar
from policyparse.trace.watch import Watched, watch

__all__ = ["Trace", "gather", "render", "trace"]


def trace(document: Document, context: Context | None = None, clauses: Iterable[str] = ()) -> str:
    """How the obligations of ``document`` came about, as plain text in English.

    ``clauses`` are paths such as ``二/（一）/1`` in full- or half-width signs, each with all clauses below it; none:
    every clause that became an obligation.  Raises PolicyParseError for a clause that the notice does not have.
    """
    return render(gather(document, context, clauses))


def gather(document: Document, context: Context | None = None, clauses: Iterable[str] = ()) -> Trace:
    """The same as data."""
    context = context or Context()
    watched = watch(document, context)
    chosen = _chosen(watched, tuple(clauses))
    register = watched.register
    return Trace(
        notice=register.id,
        title=register.title,
        kind=register.kind,
        issued_on=register.issued_on,
        today=context.today,
        calendar=calendar(watched),
        conventions=tuple(_convention(watched, at, lasts) for at, lasts in watched.conventions),
        clauses=tuple(view(watched, target) for target in chosen),
        warnings=register.warnings,
    )


def _chosen(watched: Watched, clauses: tuple[str, ...]) -> list[Target]:
    """The targets asked for, in the order of the notice."""
    known = targets(watched)
    if not clauses:
        kept = {id(row.item) for row in watched.rows}
        return [t for t in known if any(id(item) in kept for item in t.items)]
    wanted = {clause: _labels(clause) for clause in clauses}
    for clause, path in wanted.items():
        if not path or not any(_below(target, path) for target in known):
            raise PolicyParseError(f"clause {clause!r}: {_hint(watched, known)}")
    return [t for t in known if any(_below(t, path) for path in wanted.values())]


_AROUND = " .、"


def _labels(path: str) -> tuple[str, ...]:
    """The labels of a path as typed, width variants folded."""
    return tuple(label.strip(_AROUND) for label in fold(path).split("/") if label.strip(_AROUND))


def _below(target: Target, path: tuple[str, ...]) -> bool:
    """Whether the path of ``target`` begins with ``path``."""
    return tuple(fold(label).strip(_AROUND) for label in target.path[: len(path)]) == path


def _hint(watched: Watched, known: list[Target]) -> str:
    """What to say when a clause is not there."""
    if watched.reading.frame.kind in TOLD:
        return f"a document of kind {watched.reading.frame.kind} is read for facts, not for obligations"
    paths = list(dict.fromkeys("/".join(t.path) for t in known if t.path))
    if not paths:
        return "this notice has no numbered clauses; leave --clause out"
    more = f" … ({len(paths)} in all)" if len(paths) > 12 else ""
    return f"this notice has none; its clauses are {', '.join(paths[:12])}{more}"


def _convention(watched: Watched, at: int, lasts: bool) -> Convention:
    stop = re.compile(r"[。;)\n]").search(watched.flow.text, at)
    end = stop.start() if stop else len(watched.flow.text)
    return Convention(watched.flow.quote(at, end), watched.flow.span(at, end), lasts)
