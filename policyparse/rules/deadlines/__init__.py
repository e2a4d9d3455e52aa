"""Deadlines: what bounds when something must be done.

``find`` sees the time expressions of a text, ``resolve`` fills in the years that they leave out.
The kinds are those of ``policyparse.model.Deadline``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from policyparse.patterns import regex
from policyparse.rules.base import Mention, Trail, candidates, settle
from policyparse.rules.deadlines import dates, recurrence, spans
from policyparse.rules.deadlines.resolve import Resolved, plan_years, resolve, tales
from policyparse.rules.deadlines.when import Point, When, read_point

__all__ = ["RULES", "Point", "Resolved", "When", "find", "plan_years", "resolve", "tales"]

RULES = (*dates.RULES, *spans.RULES, *recurrence.RULES)

_LEAD = regex('(?:力争|争取|确保)?(?:自|从|到|至|截[至止][到于]?)[“"]?$|[“"]$')
_LEAD_EFFORT = regex("(?:利用|通过|经过|用)$")
_TRIGGER = regex(r"([^,。;:、\n“”()]{1,40}?)(?P<after>之日起|次日起|之日|之后|以后|后|起),?(?:的)?$")
_OPENS = regex("[在于应须要并]")
_BOUND = regex(
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
    value = mention.value._replace(trigger=event, start=stated if stated and stated.day else None)
    return mention._replace(start=begin, value=value)


def _extend(text: str, mention: Mention, low: int) -> Mention:
    """The mention with the words before it that belong to it: 到, 自, the trigger of a span."""
    if mention.value.kind == "ahead" and mention.value.trigger:
        return mention._replace(start=mention.start - len(mention.value.trigger))
    effort = mention.rule == "span" and text[mention.end - 1] in "间力"
    if mention.rule in ("span", "from-day") and not effort:
        return _trigger(text, mention, low)
    pattern = _LEAD_EFFORT if effort else _LEAD
    lead = pattern.search(text[max(low, mention.start - 6) : mention.start])
    return mention._replace(start=mention.start - len(lead[0])) if lead else mention


_LIST = ("和", "、", "及", "与", "或")


def _joined(text: str, last: Mention, mention: Mention) -> Mention | None:
    """What two neighbours say together: 自2024年起 … 每年2月底前, 按年度于当年年底前, 自即日起至12月31日; or None."""
    if mention.start - last.end > 24:
        return None
    gap, when, before = text[last.end : mention.start], mention.value, last.value
    if "。" in gap or ";" in gap or "\n" in gap:
        return None
    if before.kind == "start" and when.kind == "recurring":
        begin = last.start if len(gap) <= 1 else mention.start
        return mention._replace(start=begin, value=when._replace(start=before.start))
    if before.kind == "start" and when.kind == "due" and not gap and text[mention.start] in "至到":
        return mention._replace(start=last.start, value=when._replace(kind="period", start=before.start))
    if before.kind == "recurring" and mention.rule == "date-words" and text[mention.start] in "当次翌":
        tail = re.sub("^[当次翌](?:年|月|季度?)|之?前$", "", text[mention.start : mention.end])
        by = before.by or recurrence.printed_day(before.freq, tail)
        rrule = recurrence.rrule(before.freq, before.interval, by, tail)
        return last._replace(end=mention.end if len(gap) <= 2 else last.end, value=before._replace(by=by, rrule=rrule))
    return None


def _merge(text: str, mentions: list[Mention], trail: Trail | None = None) -> list[Mention]:
    """Join what is one deadline in two places, and read 每年1月15日和7月15日前 as two of each year."""
    out: list[Mention] = []
    for mention in mentions:
        last = out[-1] if out else None
        joined = _joined(text, last, mention) if last else None
        point = mention.value.end or mention.value.start
        if joined:
            if trail is not None and last:
                trail.joined += [(last, joined), (mention, joined)]
            out[-1] = joined
        elif last and last.value.by and last.value.freq == "YEARLY" and text[last.end : mention.start] in _LIST:
            by = recurrence.printed_day("YEARLY", re.sub("之?前$", "", text[mention.start : mention.end]))
            value = (
                last.value._replace(by=by, rrule=recurrence.rrule("YEARLY", last.value.interval, by))
                if by
                else mention.value
            )
            out.append(mention._replace(value=value))
            if trail is not None and by:
                trail.joined.append((mention, out[-1]))
        elif point and point.month_shift is not None and text[mention.start] in "当次":
            if trail is not None:
                trail.dropped.append((mention, "当月 or 次月 with nothing before it that it counts from"))
        else:
            out.append(mention)
    return out


_PIECE = regex("[^;,、\n]+")
_YEARS_ONLY = regex(r"20\d\d(?:(?:--?|~|至)20\d\d)?")
_LABEL = "完成时限:"


@lru_cache(maxsize=4096)  # the cells of one column say the same few things
def _behind_label(words: str) -> tuple[Mention, ...]:
    found = find(_LABEL + words, len(_LABEL))
    return tuple([mention._replace(value=mention.value._replace(firm=True)) for mention in found])


def _find_labelled(text: str, start: int, end: int) -> list[Mention]:
    """Each piece of text[start:end] read as if a label stood before it."""
    out: list[Mention] = []
    for piece in _PIECE.finditer(text, start, end):
        shift = piece.start() - len(_LABEL)
        words = piece[0] + "年" if _YEARS_ONLY.fullmatch(piece[0]) else piece[0]
        for mention in _behind_label(words):
            last = min(mention.end + shift, piece.end())
            out.append(Mention(mention.kind, mention.start + shift, last, mention.value, mention.rule))
    return out


_SIGNS = frozenset("0123456789年月日天周季时期旬底末常持")  # one of these stands in all that a rule matches
_SHORT = 64  # characters in which that is looked for sooner than for all that the rules need


def find(
    text: str, start: int = 0, end: int | None = None, labelled: bool = False, trail: Trail | None = None
) -> list[Mention]:
    """All time expressions of text[start:end] that can bound an obligation, in order.

    ``text`` is folded flow text; each mention's value is a ``When``. ``labelled``: the stretch is the cell of a
    column, or the value of a label, that says 完成时限; then 2024年, 长期 or 12月 alone are deadlines too.
    ``trail`` takes down what is not in the result (not with ``labelled``).
    """
    if labelled:
        return _find_labelled(text, start, len(text) if end is None else end)
    stop = len(text) if end is None else end
    if stop - start < _SHORT and _SIGNS.isdisjoint(text[start:stop]):
        return []
    seen = (_extend(text, mention, start) for mention in candidates(text, RULES, start, stop, trail))
    return _merge(text, settle(seen, trail), trail)
