"""What a rule is, how rules are run, and how overlaps are settled.

A rule is data with its own examples: a pattern over the folded flow (see ``policyparse.text``), a
function that turns a match into a value (or None: abstain), ``yes`` phrases with the value each must
give and ``no`` phrases that must stay silent.  ``tests/rules/test_examples.py`` runs them all.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from policyparse import patterns
from policyparse.patterns import places


class Mention(NamedTuple):
    """Something a rule saw: flow[start:end], before anything is resolved."""

    kind: str
    start: int
    end: int
    value: Any
    rule: str


class Rule(NamedTuple):
    """One way in which something is written.

    ``needs`` are literal strings of which one must occur for the pattern to be tried (a cheap gate).  So must
    something that one of the ``anchors`` matches: small patterns that go before one which is dear to compile or slow
    to search.  One that begins with a literal character is searched for ten times as fast as one that begins with a
    class.  With ``reach`` (a, b) every match of the pattern holds the beginning of an anchor: it begins at most a
    characters before that, and ends, with all that it looks ahead at, within the b behind.
    ``value`` gets the match and returns the mention's value, or None to abstain; a group named
    ``span`` narrows the mention to a part of the match.
    """

    id: str
    kind: str
    pattern: str
    value: Callable[[re.Match[str]], Any]
    yes: tuple[tuple[str, Any], ...]
    no: tuple[str, ...]
    needs: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    reach: tuple[int, int] | None = None


@dataclass(slots=True)
class Trail:
    """What became of all that rules saw; kept only for who asks (``policyparse.trace``).

    ``abstained``: a rule's pattern matched and the rule declined; ``lost``: (loser, winner) of an overlap;
    ``joined``: (before, after) where mentions were read together; ``dropped``: what the context ruled out, and why.
    """

    abstained: list[Mention] = field(default_factory=list)
    lost: list[tuple[Mention, Mention]] = field(default_factory=list)
    joined: list[tuple[Mention, Mention]] = field(default_factory=list)
    dropped: list[tuple[Mention, str]] = field(default_factory=list)


@lru_cache(maxsize=None)
def compiled(pattern: str) -> re.Pattern[str]:
    """The compiled pattern; compiled on first use, so that importing a module stays cheap."""
    return patterns.compile_cheaply(pattern)


def find(text: str, rules: Sequence[Rule], start: int = 0, end: int | None = None) -> list[Mention]:
    """Everything that ``rules`` see in text[start:end], overlaps settled, in order."""
    return settle(candidates(text, rules, start, end))


def candidates(
    text: str, rules: Sequence[Rule], start: int = 0, end: int | None = None, trail: Trail | None = None
) -> list[Mention]:
    """Everything that ``rules`` see in text[start:end], overlaps included."""
    stop = len(text) if end is None else end
    part = text[start:stop]
    out: list[Mention] = []
    for rule in rules:
        if rule.needs and not holds_any(part, rule.needs):
            continue
        for match in matches(rule, text, start, stop):
            value = rule.value(match)
            if value is not None:
                a, b = match.span("span") if "span" in match.re.groupindex else match.span()
                out.append(Mention(rule.kind, a, b, value, rule.id))
            elif trail is not None:
                trail.abstained.append(Mention(rule.kind, *match.span(), None, rule.id))
    return out


def matches(rule: Rule, text: str, start: int, end: int) -> Iterable[re.Match[str]]:
    """What the pattern of ``rule`` matches in text[start:end], from left to right, none overlapping another."""
    if rule.reach:
        return _around(rule, text, start, end)
    if rule.anchors and not any(compiled(anchor).search(text, start, end) for anchor in rule.anchors):
        return ()
    return compiled(rule.pattern).finditer(text, start, end)


def _around(rule: Rule, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The same, searched for only around the anchors of ``rule``."""
    before, behind = rule.reach or (0, 0)
    at = start
    for place in places(map(compiled, rule.anchors), text, start, end):
        if place >= at:
            match = compiled(rule.pattern).search(text, max(at, place - before), min(end, place + behind))
            if match and match.start() <= place:
                yield match
                at = match.end()


def covering(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The one of ``spans`` (sorted, not overlapping) that holds offset ``at``, or None."""
    i = bisect_right(spans, (at, sys.maxsize)) - 1
    return spans[i] if i >= 0 and at < spans[i][1] else None


def some_in(offsets: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the sorted ``offsets`` lies in start:end."""
    i = bisect_left(offsets, start)
    return i < len(offsets) and offsets[i] < end


def lie_in(offsets: Sequence[int], start: int, end: int) -> Sequence[int]:
    """Those of the sorted ``offsets`` that lie in start:end."""
    i = bisect_left(offsets, start)
    return offsets[i : bisect_left(offsets, end, i)]


def holds_any(part: str, words: Iterable[str]) -> bool:
    """Whether one of ``words`` stands in ``part``."""
    for word in words:  # faster than any()
        if word in part:
            return True
    return False


def behind_last(text: str, marks: re.Pattern[str], start: int, end: int) -> int:
    """The offset behind the last of ``marks`` (single characters) in text[start:end]; ``start`` where none is there."""
    found = marks.search(text[start:end][::-1])
    return end - found.start() if found else start


def settle(mentions: Iterable[Mention], trail: Trail | None = None) -> list[Mention]:
    """Settle overlaps: the leftmost wins, then the longest, then the rule listed first."""
    out: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not out or mention.start >= out[-1].end:
            out.append(mention)
        elif trail is not None:
            trail.lost.append((mention, out[-1]))
    return out
