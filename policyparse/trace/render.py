"""A trace as plain text for developers."""

from __future__ import annotations

from collections.abc import Iterator

from policyparse.model import Party, Span
from policyparse.trace.base import AssignmentView, ClauseView, Explained, ObligationView, Sentence, Trace, Unit


def render(trace: Trace) -> str:
    """``trace`` in lines, each clause under a heading of its own."""
    lines = [
        f"notice {trace.notice} ({trace.kind}) {trace.title}",
        f"  years left out: date of issue {trace.issued_on or 'unknown'}, Context.today {trace.today or 'not given'}; "
        f"working days by {trace.calendar}",
    ]
    for said in trace.conventions:
        scope = "all lists from here on" if said.lasts else "the list it stands in"
        lines.append(f"  lead-first convention {_at(said.span)} “{said.text}”, for {scope}")
    lines += [f"  warning: {warning}" for warning in trace.warnings]
    for clause in trace.clauses:
        lines += ["", *_clause(clause)]
    return "\n".join(lines) + "\n"


def _at(span: Span) -> str:
    return f"[{span[0]}:{span[1]}]"


def _clause(clause: ClauseView) -> Iterator[str]:
    yield f"== {'/'.join(clause.path) or '(no number)'} {_at(clause.span)} in {clause.part}"
    yield "text"
    yield from (f"  {_at(span)} {text}" for span, text in clause.text)
    yield from (f"note: {note}" for note in clause.notes)
    for title, kinds in (("deadline rules", "deadline"), ("quantity rules", "quantity")):
        seen = [s for s in clause.sights if s.kind == kinds]
        yield title if seen else f"{title}: nothing seen"
        for sight in seen:
            value = f" = {sight.value}" if sight.value else ""
            yield f"  {sight.fate:9} {sight.rule:12} {_at(sight.span)} “{sight.text}”{value} ({sight.why})"
    yield "assignments" if clause.assignments else "assignments: none found"
    for found in clause.assignments:
        yield from _assignment(found)
    yield "sentences that name who must act" if clause.sentences else "sentences that name who must act: none judged"
    for sentence in clause.sentences:
        yield from _sentence(sentence)
    for obligation in clause.obligations:
        yield from _obligation(obligation)


def _unit(unit: Unit) -> str:
    name = f"“{unit.text}”" if unit.name == unit.text else f"“{unit.text}” -> {unit.name}"
    said = f" by “{unit.said}”" if unit.said else ""
    return f"{unit.role:11} {name} {_at(unit.span)}{said}{f' ({unit.how})' if unit.how else ''}"


def _assignment(found: AssignmentView) -> Iterator[str]:
    yield f"  {found.form} {_at(found.span)} “{found.text}”"
    yield from (f"    {_unit(unit)}" for unit in found.units)
    if found.lead_first:
        yield "    says that the first unit leads"
    if found.defaults:
        yield f"    parties of everything that follows: {'、'.join(found.defaults)}"
    yield f"    -> {', '.join(found.obligations) or 'bound nothing'}"


def _sentence(sentence: Sentence) -> Iterator[str]:
    flags = [name for name in ("assigned", "recipient", "binding", "timed") if getattr(sentence, name)]
    yield f"  {_at(sentence.span)} “{sentence.text}” ({', '.join(flags) or 'no flags'})"
    yield from (f"    {_unit(unit)}" for unit in sentence.actors)
    yield f"    -> {sentence.fate}: {sentence.why}"


def _obligation(view: ObligationView) -> Iterator[str]:
    made = view.obligation
    yield f"obligation {made.id} {_at(made.span)} {made.heading}"
    for party in view.parties:
        yield f"  party    {_party(party)}"
        yield f"           because: {party.why}"
    for title, values in (("deadline", view.deadlines), ("quantity", view.quantities)):
        for value in values:
            yield f"  {title:8} {_value(value)}"
            yield f"           because: {value.why}"
    yield from (f"  left out {words}" for words in view.left_out)


def _party(explained: Explained) -> str:
    party = explained.value
    assert isinstance(party, Party)
    name = "" if party.name == party.text else f" -> {party.name}"
    return f"“{party.text}”{name} {_at(party.span)} = {party.role}, basis {party.basis}"


def _value(explained: Explained) -> str:
    value = explained.value
    shown = value.model_dump(mode="json", exclude_none=True, exclude_defaults=True, exclude={"text", "span"})
    said = ", ".join(f"{key} {item}" for key, item in shown.items())
    return f"“{value.text}” {_at(value.span)} = {said}, by rule {explained.rule}"
