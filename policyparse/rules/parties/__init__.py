"""Assignments: where a notice says which units lead, share, support or supervise.

``find`` sees brackets of every kind (folded to parentheses), own lines and running labels; each
Assignment lists its units with their roles, and whether it states a lead-first convention
(列第一位的为牵头单位，下同) or default parties (以下均需各区政府落实，不再列出).
"""

from __future__ import annotations

from policyparse.rules.parties import brackets, lines
from policyparse.rules.parties.labels import role_of
from policyparse.rules.parties.reader import CONVENTION, Assignment, Named, cell

__all__ = ["CONVENTION", "Assignment", "Named", "cell", "find", "role_of"]


def find(text: str, start: int = 0, end: int | None = None) -> list[Assignment]:
    """All assignments in text[start:end] in order: brackets, own lines, running labels."""
    stop = len(text) if end is None else end
    out = [
        a
        for pair in brackets.pairs(text, start, stop)
        if pair[1] - pair[0] > brackets.SHORTEST and (a := brackets.bracket(text, *pair)) is not None
    ]
    taken = [(a.start, a.end) for a in out]
    out += lines.read(text, start, stop, taken)
    if text.find("以下", start, stop) >= 0:
        out += lines.defaults(text, start, stop, sorted((a.start, a.end) for a in out))
    return sorted(out, key=lambda a: a.start)
