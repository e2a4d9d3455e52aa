"""The spaCy component ``policyparse`` (spaCy's only home): ``nlp.add_pipe("policyparse")`` on ``spacy.blank("zh")``.

spaCy finds it through the entry points ``spacy_factories`` and ``spacy_displacy_colors``; nothing else of the
package imports this module.  It sets

``doc._.notice``                  the Notice, its offsets those of ``doc.text``
``doc.spans["policyparse"]``      parties (label = role), deadlines, numbers, citations, bodies
``doc.spans["policyparse_obligations"]``  one span an obligation
``span._.exact``                  (start, end) in ``doc.text``: exact where the span had to be widened to whole tokens
``span._.obligation``             id of the obligation it belongs to, or None
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from policyparse.api import parse_text
from policyparse.context import Context
from policyparse.model import Notice
from policyparse.model import Span as Offsets

# Readable with black text, told apart also by people who see few colours; as in the report.
COLORS = {
    "LEAD": "#ffb38f",
    "RESPONSIBLE": "#b3ccff",
    "SUPPORT": "#9fe3d8",
    "SUPERVISE": "#dcc0ff",
    "RECIPIENT": "#f2cf9b",
    "OFFICIAL": "#d3d8df",
    "DEADLINE": "#ffb8cf",
    "QUANTITY": "#bfe6a6",
    "CITATION": "#e6e2b0",
    "ORGAN": "#c4d8e2",
    "OBLIGATION": "#fff3c4",
}


@Language.factory(
    "policyparse", assigns=["doc._.notice", "doc.spans"], default_config={"today": None, "spans_key": "policyparse"}
)
def create(nlp: Language, name: str, today: str | None, spans_key: str) -> Component:
    """The component; ``today`` (2024-09-26) resolves years in notices without a date of their own."""
    return Component(Context(today=dt.date.fromisoformat(today) if today else None), spans_key)


class Component:
    """Parses each doc's text; see the module's docstring for what it sets."""

    def __init__(self, context: Context, spans_key: str):
        self.context = context
        self.spans_key = spans_key
        _extend()

    def __call__(self, doc: Doc) -> Doc:
        """``doc`` with its notice and spans; never raises on text."""
        notice = parse_text(doc.text, self.context)
        # As text, so that docs still serialise and travel between processes.
        doc.user_data["policyparse"] = notice.model_dump_json()
        doc.spans[self.spans_key] = _group(doc, self.spans_key, _values(notice))
        items = ((o.span, "OBLIGATION", o.id) for o in notice.obligations)
        doc.spans[f"{self.spans_key}_obligations"] = _group(doc, f"{self.spans_key}_obligations", items)
        return doc


Found = tuple[Offsets, str, str]  # offsets, label, id of the obligation ("" for none)


def _values(notice: Notice) -> Iterator[Found]:
    for obligation in notice.obligations:
        for party in obligation.parties:
            yield party.span, party.role.upper(), obligation.id
        for deadline in obligation.deadlines:
            yield deadline.span, "DEADLINE", obligation.id
        for quantity in obligation.quantities:
            yield quantity.span, "QUANTITY", obligation.id
    for citation in notice.citations:
        yield citation.span, "CITATION", ""
    for organ in notice.organs:
        yield organ.span, "ORGAN", ""


def _group(doc: Doc, name: str, found: Iterator[Found]) -> SpanGroup:
    """The spans of whole tokens that cover ``found``; each span's id holds its exact offsets."""
    spans = []
    for (start, end), label, obligation in sorted(set(found)):
        key = f"{start}:{end}:{obligation}"
        span = doc.char_span(start, end, label=label, alignment_mode="expand", span_id=key)
        if span is not None:
            spans.append(span)
    return SpanGroup(doc, name=name, spans=spans)


def _extend() -> None:
    """Register the extension attributes, once a process."""
    if not Doc.has_extension("notice"):
        Doc.set_extension("notice", getter=_notice)
        Span.set_extension("exact", getter=_exact)
        Span.set_extension("obligation", getter=_obligation)


def _notice(doc: Doc) -> Notice | None:
    text = doc.user_data.get("policyparse")
    return None if text is None else Notice.model_validate_json(text)


def _exact(span: Span) -> Offsets:
    parts = span.id_.split(":", 2)
    if len(parts) == 3 and parts[0].isdigit() and parts[1].isdigit():
        return int(parts[0]), int(parts[1])
    return span.start_char, span.end_char


def _obligation(span: Span) -> str | None:
    parts = span.id_.split(":", 2)
    return parts[2] or None if len(parts) == 3 else None
