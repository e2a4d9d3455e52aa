"""The verbs: each takes plain things and returns a model."""

from __future__ import annotations

from pathlib import Path

from policyparse.context import Context
from policyparse.model import Document, Notice


def parse(source: str | Path | Document, context: Context | None = None) -> Notice:
    """Read a notice (a path or a Document) and return its responsibility register."""
    from policyparse import notice, reading

    document = source if isinstance(source, Document) else reading.read(source)
    context = context or Context()
    register = notice.read(document, context)
    if context.units is None:
        return register
    from policyparse.naming import registered

    return registered(register, context.units)


def parse_text(text: str, context: Context | None = None) -> Notice:
    """The same for a notice that is already a string."""
    from policyparse.model import Source

    return parse(Document(text=text, source=Source(characters=len(text))), context)
