"""What a report or a news piece says was done or given: its sentences, with their numbers and the time they name.

A sentence is a fact where it states a number with its unit, or names a time and what was done at it.  What is only
announced (将…, 力争…; the parts of a work report on the coming year) is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from policyparse.records import Fact, Quantity, Span
from policyparse.rules.base import Mention, Rule, compiled, covering
from policyparse.text import Flow

QuantitiesFind = Callable[[str, int, int], list[Mention]]

_YEAR = r"(?:(?:19|20)\d\d年|今年|去年|上年|前年|当年)"
WHEN = Rule(
    id="fact.when",
    kind="when",
    pattern=(
        rf"(?:截至|截止|到|至|自)?{_YEAR}(?:以来|(?:(?:上|下)半年|(?:前?[一二三四1-4]|前三)季度|(?:1至)?\d{{1,2}}月(?:份|\d{{1,2}}日|底|末|初|[上中下]旬)?|底|末|初|年?以来)?)"
        r"|(?:截至|截止)?(?:目前|当前)|近年来|近日|日前|\d{1,2}月\d{1,2}日"
    ),
    value=lambda match: match[0],
    yes=(
        ("2023年", "2023年"),
        ("截至2023年7月", "截至2023年7月"),
        ("今年6月底", "今年6月底"),
        ("去年上半年", "去年上半年"),
        ("近年来", "近年来"),
        ("6月28日", "6月28日"),
    ),
    no=("三年行动", "第7号", "6月"),
    needs=("年", "目前", "日"),
)
RULES: tuple[Rule, ...] = (WHEN,)

_WHEN = WHEN.pattern
_STOP = r"[。!?](?:[”’\"])?|\n"
_DONE = r"已|了(?!解)|完成|获|建成|印发|出台|召开|举办|成立|实现|达到?|增长|下降|开通|交付|拨付|投入|荣获|入选|启动|发放|新增|解决"
_COMING = (
    r"(?:^|[,;:、])(?:[^,;]{0,14}?)(?:将(?=[^,;]{0,16}(?:达|增|建|新|实现|完成|投|推|继续))|力争|争取|预计|预期|计划|拟|目标[是为]|确保)|"
    r"(?:^|[,;])(?:各|全|我们)?[^,;]{0,6}?(?:要|必须)(?=[^求素点])|^(?:下一步|下步|今后)"
)
# In a part that looks back, estimates (预计增长5.2%左右) and efforts (争取资金2083亿元) are told as done.
_STILL_COMING = (
    r"(?:^|[,;])(?:[^,;]{0,14}?)将(?=[^,;]{0,16}(?:达|增|建|新|实现|完成|投|推|继续))|^(?:下一步|下步|今后|我们要|必须)"
)
_HEADING = r"(?m)^[#* ]*(?:[一二三四五六七八九十]{1,2}、)?(?P<text>[^。\n]{4,50})$"
_AHEAD = r"(?:今年|明年|下一步|下步|下阶段|今后|(?:19|20)\d\d年).{0,14}?(?:目标|任务|安排|重点工作|工作重点|总体要求|要求|打算|思路|部署|建议|经济社会发展|工作)$"
_LOOKS_BACK = r"(?:(?:19|20)\d\d年|去年|过去|一年).{0,12}(?:回顾|总结)|^工作回顾"
_BACK = r"回顾|总结|情况|成效|成绩|完成|进展"


def read(flow: Flow, find_quantities: QuantitiesFind, spans: Sequence[Span] | None = None) -> list[Fact]:
    """The facts of a report or news piece, in order.

    find_quantities: finder of numbers with units, called with the folded text and a range; the value of each
                     mention has the attributes value, unit, bound and of.
    spans:           ranges of the flow to read (default: all of it).
    """
    out: list[Fact] = []
    for start, end in spans if spans is not None else [(0, len(flow.text))]:
        ahead = _ahead(flow.text, start, end)
        back = _back(flow.text, start, end)
        found = find_quantities(flow.text, start, end)
        starts = [mention.start for mention in found]
        for a, b in _sentences(flow.text, start, end):
            coming = _STILL_COMING if covering(back, a) else _COMING
            if covering(ahead, a) or compiled(coming).search(flow.text[a:b]):
                continue
            numbers = found[bisect_right(starts, a - 1) : bisect_right(starts, b - 1)]
            when = compiled(_WHEN).search(flow.text, a, b)
            if numbers or (when and compiled(_DONE).search(flow.text, a, b)):
                out.append(_fact(flow, a, b, numbers, when))
    return out


def _sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of text[start:end], without the white space around them."""
    out: list[Span] = []
    begin = start
    for stop in [*compiled(_STOP).finditer(text, start, end), None]:
        close = stop.end() if stop else end
        sentence = text[begin:close]
        lead = len(sentence) - len(sentence.lstrip("#* \n"))
        if sentence.strip("#* \n”"):
            out.append((begin + lead, begin + len(sentence.rstrip())))
        begin = close
    return out


def _ahead(text: str, start: int, end: int) -> list[Span]:
    """Ranges under headings on the time to come (二、2025年重点工作), up to a heading that looks back."""
    return _under(
        text, start, end, _comes, lambda said: bool(compiled(_BACK).search(said) and compiled(_PAST).search(said))
    )


def _back(text: str, start: int, end: int) -> list[Span]:
    """Ranges under headings on the year that is over (一、2024年工作回顾), up to one on the time to come."""
    return _under(text, start, end, lambda said: compiled(_LOOKS_BACK).search(said) is not None, _comes)


_PAST = r"(?:19|20)\d\d年|去年|过去"


def _comes(heading: str) -> bool:
    """Whether a heading is on the time to come."""
    return compiled(_AHEAD).search(heading) is not None and not compiled(_BACK).search(heading)


def _under(text: str, start: int, end: int, opens: Callable[[str], bool], closes: Callable[[str], bool]) -> list[Span]:
    """Ranges of text[start:end] from a heading that ``opens`` to the next that ``closes``; no heading does both."""
    out: list[Span] = []
    since = -1
    for heading in compiled(_HEADING).finditer(text, start, end):
        said = heading["text"].strip("，,:： ")
        if since < 0 and opens(said):
            since = heading.start()
        elif since >= 0 and closes(said):
            out.append((since, heading.start()))
            since = -1
    return [*out, (since, end)] if since >= 0 else out


def _fact(flow: Flow, start: int, end: int, numbers: Sequence[Mention], when: re.Match[str] | None) -> Fact:
    return Fact(
        text=flow.quote(start, end),
        span=flow.span(start, end),
        quantities=tuple(
            Quantity(
                text=flow.quote(m.start, m.end),
                span=flow.span(m.start, m.end),
                value=m.value.value,
                unit=m.value.unit,
                bound=m.value.bound,
                of=m.value.of,
            )
            for m in numbers
        ),
        when=flow.quote(*when.span()) if when else None,
    )
