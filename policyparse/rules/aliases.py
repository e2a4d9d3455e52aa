"""Short names that a notice gives: 乙协调机制 in 甲市乙协调机制（以下简称协调机制）, and what they stand for.

The full name is read back from the bracket to the beginning of its noun phrase; where that cannot be told
(a list named as a whole, a phrase of unclear beginning) the alias is left out.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from policyparse import lexicon
from policyparse.records import Span
from policyparse.rules.base import Mention, Rule, candidates, compiled, settle

_LONGEST = 48  # characters of a full name
_STOPS = ",。;:!?、\n"


class Alias(NamedTuple):
    """A short name and what it stands for, as printed; all offsets are those of the flow."""

    short: str
    full: str
    start: int  # of the full name …
    end: int
    at: int  # … and of the bracket that gives the short one


def _short(match: re.Match[str]) -> str | None:
    short = match["short"].strip()
    listed = "、" in short and "“" not in match[0] and "《" not in match[0]
    return None if listed or short.isdigit() else short


DEFINED = Rule(
    id="alias.defined",
    kind="alias",
    pattern=(
        r"\((?:(?:[^()\n]|\([^()\n]*\)){0,40}[,;])?(?:以下|下)?均?(?:简称|称)(?:为|作)?[: ]?"
        r"[“\"‘《]?(?P<short>(?:[^()“”‘’《》\",;。\n]|\([^()\n]{1,6}\)){1,20})[”\"’》]?\)"
    ),
    value=_short,
    yes=(
        ("(以下简称协调机制)", "协调机制"),
        ("(以下简称“白名单”)", "白名单"),
        ("(以下称试点城市)", "试点城市"),
        ("(河政发(2023)1号,以下简称《条例》)", "条例"),
        ("(下简称市专班)", "市专班"),
    ),
    no=("(又名水滴)", "简称河", "(以下简称甲、乙)", "(以下统称公共机构)"),
    needs=("简称", "以下称"),
)
RULES: tuple[Rule, ...] = (DEFINED,)
_ARTICLE = r"第[一二三四五六七八九十百]{1,4}条 ?"
_OWN_WORDS = r"\((?!附|见|[^,;]*\d{1,5}号)[^,;()]*[,;]"  # (自治县,以下简称区县): more than the phrase before it
_NAMED = "称(?:(?<=简称)|(?<=以下称))"


def find(text: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """Brackets in text[start:end] that give a short name; their values are the short names."""
    stop = len(text) if end is None else end
    found: list[Mention] = []
    for word in compiled(_NAMED).finditer(text, start, stop):
        begin = word.end() - (2 if text.startswith("简", word.end() - 2) else 3)
        found += candidates(text, RULES, max(start, begin - 70), min(stop, word.end() + 28))
    return settle(found)


def read(text: str, raw: str) -> list[Alias]:
    """Short names with what they stand for, in order; text is the flow folded, raw the same as printed."""
    out: list[Alias] = []
    seen: set[str] = set()
    for mention in find(text):
        short = _printed(text, raw, mention)
        span = None if compiled(_OWN_WORDS).match(text, mention.start) else _full(text, mention.start, mention.value)
        if span and short not in seen:
            seen.add(short)
            out.append(Alias(short, raw[span[0] : span[1]], *span, mention.start))
    return out


def _printed(text: str, raw: str, mention: Mention) -> str:
    at = text.rindex(mention.value, mention.start, mention.end)
    return raw[at : at + len(mention.value)]


def _full(text: str, at: int, short: str) -> Span | None:
    """Span of what the bracket at ``at`` gives a short name to, or None where its beginning is unclear."""
    while at and text[at - 1] == " ":
        at -= 1
    last = text[at - 1 : at]
    if last and last in "》”":
        return _quoted(text, at, "《" if last == "》" else "“", last)
    start = _stop_before(text, at)
    start = _phrase(text, start, at, short)
    full = text[start:at]
    if not len(short) < len(full) <= _LONGEST or full == short or re.search(r"或者?|是指|[了应要须]", full):
        return None
    return (start, at)


def _quoted(text: str, at: int, opening: str, closing: str) -> Span | None:
    """Span within the quotation marks that close right before ``at``."""
    depth = 0
    for i in range(at - 1, max(at - 120, -1), -1):
        depth += (text[i] == closing) - (text[i] == opening)
        if depth == 0:
            listed = text[max(0, i - 2) : i].endswith(("》", "》、", "》和", "》及", "”", "”、", "”和"))
            return None if listed else (i + 1, at - 1)
    return None


def _stop_before(text: str, at: int) -> int:
    """Where the clause that ends at ``at`` begins: behind the last stop outside brackets and quotes."""
    depth = 0
    for i in range(at - 1, max(at - 160, -1), -1):
        char = text[i]
        if char in ")》”":
            depth += 1
        elif char in "(《“":
            if depth == 0:
                return i + 1
            depth -= 1
        elif depth == 0 and char in _STOPS:
            return i + 1
    return max(at - 160, 0)


def _phrase(text: str, start: int, end: int, short: str) -> int:
    """Where the noun phrase in text[start:end] begins, once verbs and prepositions before it are taken off."""
    cut = max((m.end() for m in _cuts().finditer(text, start, end)), default=start)
    if text[cut:end].startswith("由") or end - cut <= len(short):
        cut = start
    strips = _strips()
    while True:
        found = compiled(_ARTICLE).match(text, cut, end) or strips.match(text, cut, end)
        if not found or end - found.end() <= len(short):
            break
        cut = found.end()
    # 负有主要责任的甲公司: the attribute goes where the short name is made of what stands behind it.
    of = text.rfind("的", cut, end)
    chars = iter(text[of + 1 : end])
    return of + 1 if of >= 0 and end - of - 1 > len(short) and all(c in chars for c in short) else cut


@cache
def _cuts() -> re.Pattern[str]:
    return re.compile(lexicon.alternation("phrase_leads", "cut"))


@cache
def _strips() -> re.Pattern[str]:
    return re.compile(lexicon.alternation("phrase_leads", "strip"))
