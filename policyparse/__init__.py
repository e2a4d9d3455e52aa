"""policyparse: Chinese government notices -> structured, traceable obligations.

    import policyparse as pp
    notice = pp.parse("notice.txt")

Importing this package loads none of its parts; each verb loads what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policyparse.api import parse, parse_text
    from policyparse.checks import check
    from policyparse.comparison.levels import cascade
    from policyparse.comparison.versions import diff
    from policyparse.context import Context
    from policyparse.errors import PolicyParseError, ReadError
    from policyparse.exports import export
    from policyparse.exports.report import report
    from policyparse.graph import build_graph
    from policyparse.model import Document, Finding, Notice
    from policyparse.reading import read
    from policyparse.units import Units
    from policyparse.worklist import agenda

__version__ = "0.1.0"

_HOME = {
    "parse": "api",
    "parse_text": "api",
    "read": "reading",
    "build_graph": "graph",
    "check": "checks",
    "cascade": "comparison.levels",
    "diff": "comparison.versions",
    "agenda": "worklist",
    "export": "exports",
    "report": "exports.report",
    "Context": "context",
    "PolicyParseError": "errors",
    "ReadError": "errors",
    "Document": "model",
    "Notice": "model",
    "Finding": "model",
    "Units": "units",
}
__all__ = [
    "Context",
    "Document",
    "Finding",
    "Notice",
    "PolicyParseError",
    "ReadError",
    "Units",
    "agenda",
    "build_graph",
    "cascade",
    "check",
    "diff",
    "export",
    "parse",
    "parse_text",
    "read",
    "report",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"policyparse.{_HOME[name]}"), name)
    raise AttributeError(f"module 'policyparse' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
