"""Clauses and mentions -> obligations. (Stand-in: an empty register.)"""

from __future__ import annotations

from policyparse.context import Context
from policyparse.model import Document, Notice


def notice(document: Document, context: Context) -> Notice:
    """The notice that ``document`` holds."""
    return Notice(id="n-0", source=document.source)
