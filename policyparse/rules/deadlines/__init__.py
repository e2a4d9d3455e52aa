"""Deadlines: what bounds when something must be done.

``find`` sees the time expressions of a text, ``resolve`` fills in the years that they leave out.
The kinds are those of ``policyparse.model.Deadline``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from policyparse.rules.base import Mention, candidates, settle
from policyparse.rules.deadlines import dates, recurrence, spans
from policyparse.rules.deadlines.resolve import Resolved, resolve
from policyparse.rules.deadlines.when import Point, When, read_point

__all__ = ["RULES", "Point", "Resolved", "When", "find", "resolve"]

RULES = (*dates.RULES, *spans.RULES, *recurrence.RULES)

_LEAD = re.compile('(?:力争|争取|确保)?(?:自|从|到|至|截[至止][到于]?)[“"]?$|[“"]$')
_LEAD_EFFORT = re.compile("(?:利用|通过|经过|用)$")
_TRIGGER = re.compile(r"([^,。;:、\n“”()]{1,40}?)(?P<after>之日起|次日起|之日|之后|以后|后|起),?(?:的)?$")
_OPENS = re.compile("[在于应须要并]")
_BOUND = re.compile(
    "(?:存|现|所|内|正|实|旨)在|(?:关|对|由|属|位|等|基|终|至|鉴)于|(?:相|适|响|对|反|供)应|(?:必)须|(?:需|主|重|只|重)要|"
    "(?:各|来|独|亲)自|自(?:然|主|治|贸|动|身|愿|行|建|查|评|觉|律|筹)"
)


def _trigger(text: str, mention: Mention, low: int) -> Mention:
    """Take the words of the event that a span of time is counted from into the mention."""
    at = mention.start + (2 if mention.rule == "from-day" else 0)
    found = _TRIGGER.search(text[max(low, at - 50) : at])
    if not found:
        return mention
    words, begin = found[1], at - len(found[0])
    masked = _BOUND.sub(lambda m: "\0" * len(m[0]), words)
    since = max(masked.rfind("自"), masked.rfind("从"))
    openings = [m.end() for m in _OPENS.finditer(masked)]
    if since >= 0:
        event, begin = words[since + 1 :], begin + since
    else:
        cut = openings[-1] if openings else 0
        event, begin = words[cut:], begin + cut
    if not event or event.startswith("每"):
        return mention
    stated = read_point(event)
    value = replace(mention.value, trigger=event, start=stated if stated and stated.day else None)
    return replace(mention, start=begin, value=value)


def _extend(text: str, mention: Mention, low: int) -> Mention:
    """The mention with the words before it that belong to it: 到, 自, the trigger of a span."""
    if mention.rule in ("within", "from-day"):
        return _trigger(text, mention, low)
    if mention.value.kind == "ahead" and mention.value.trigger:
        return replace(mention, start=mention.start - len(mention.value.trigger))
    pattern = _LEAD_EFFORT if mention.rule == "effort" else _LEAD
    lead = pattern.search(text[max(low, mention.start - 6) : mention.start])
    return replace(mention, start=mention.start - len(lead[0])) if lead else mention


_RELATIVE = re.compile("当|次|翌")


def _merge(text: str, mentions: list[Mention]) -> list[Mention]:
    """Join what is one deadline in two places: 自2024年起 … 每年2月底前, 按年度于当年年底前."""
    out: list[Mention] = []
    for mention in mentions:
        last = out[-1] if out else None
        gap = text[last.end : mention.start] if last else ""
        near = last is not None and len(gap) <= 24 and not re.search("[。;\n]", gap)
        relative = (
            mention.rule == "date-words" and _RELATIVE.search(text[mention.start : mention.start + 2]) is not None
        )
        if last and near and last.value.kind == "start" and mention.value.kind == "recurring":
            joined = len(gap) <= 1
            value = replace(mention.value, start=last.value.start)
            out[-1] = replace(mention, start=last.start if joined else mention.start, value=value)
        elif last and near and relative and last.value.kind == "recurring":
            freq = last.value.freq
            tail = re.sub("^[^当次翌]*[当次翌](?:年|月|季度?)|之?前$", "", text[mention.start : mention.end])
            by = last.value.by or recurrence.printed_day(freq, tail)
            out[-1] = replace(
                last,
                end=mention.end if len(gap) <= 2 else last.end,
                value=replace(last.value, by=by, rrule=recurrence.rrule(freq, last.value.interval, by, tail)),
            )
        elif relative and mention.value.end and mention.value.end.month_shift is not None:
            continue  # 当月, 次月 of nothing
        else:
            out.append(mention)
    return out


def find(text: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """All time expressions of text[start:end] that can bound an obligation, in order.

    ``text`` is folded flow text; each mention's value is a ``When``.
    """
    seen = (_extend(text, mention, start) for mention in candidates(text, RULES, start, end))
    return _merge(text, settle(seen))
