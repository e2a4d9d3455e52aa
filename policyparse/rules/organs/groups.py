"""Groups below a body: 下设甲组（由某局牵头）、乙组; 分别由甲、乙牵头; 1.甲组。牵头单位：某局."""

from __future__ import annotations

import re

from policyparse.records import Group
from policyparse.rules.base import compiled
from policyparse.rules.organs.base import Body, split
from policyparse.text import Flow

_LEADS = r"(?:,?分别由(?P<leads>[^。;\n]{2,160}?)牵头)?"
# 下设甲组（由某局牵头）、乙组
_LISTED = (
    r"(?:下设|分设|设立?(?!在)|组建)(?P<list>(?:&quot;|[^。;\n()]|\([^()\n]{0,40}\)){4,240}?"
    r"(?:组|专班|小组|办公室|中心)(?:\([^()\n]{2,40}\))?)(?=[,。;\n]|\d|[一二三四五六七八九十]个|等|$)" + _LEADS
)
_ONE = (
    r"(?P<name>(?:[^、,()]){2,24}?(?:组|专班))(?:\d+个[^、,()]{0,6})?"
    r"(?:\((?:由)?(?P<lead>[^()]{2,30}?)牵头[^()]*\))?$"
)
# 下设工作专班，由…
_SINGLE = r"下设(?:了)?(?P<name>秘书处|[\u4e00-\u9fff]{2,14}(?:专班|秘书处|组))(?=[,。;])"
# 下设经济、社会等2个工作组，分别由甲、乙牵头
_SHARED = (
    r"(?:下设|设立?(?!在)|组建)(?P<list>[^。;,\n()]{2,80}?)等?(?P<count>\d{1,2}|[一二三四五六七八九十])个"
    r"(?P<kind>[^,。;、\n()]{0,8}(?:组|专班))" + _LEADS
)
_SEVERAL = r"^(?:各|若干|多个|相应|相关|有关)|(?:\d|[一二两三四五六七八九十多])个"
# 1.甲组。牵头单位：某局；成员单位：…
_LABEL = r"[#* ]*(?:\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十\d]{1,2}[、.]|[①-⑳])?"
_LED = (
    rf"(?:(?<=[\n。;:])|^){_LABEL}(?P<name>[\u4e00-\u9fff“”]{{2,16}}?(?:组|专班|秘书处))[:,。(]?\n?"
    r"(?:(?:牵头(?:单位|部门)|组长单位):(?P<lead>[^。;\n()]{2,60}?)(?=[。;\n)(]|,?成员单位|$)|"
    r"由(?P<by>[^。;,\n()]{2,60}?)牵头)"
)
_WITH = (
    r"[,。;\n) ]{0,3}(?:成员|参加|参与|配合|责任|组成|协助)(?:单位|部门):(?P<members>[^。;\n]{2,300}?)"
    r"(?:等(?:有关|相关)?(?:单位|部门)?)?(?=[。;\n)]|$)"
)


def add_groups(flow: Flow, body: Body, start: int, stop: int) -> None:
    """The groups of ``body`` that flow[start:stop] names, by the first way of naming them that is found."""
    if body.groups:
        return
    text = flow.text
    for found in compiled(_LISTED).finditer(text, start, stop):
        if _add_listed(flow, body, found):
            return
    for found in compiled(_SHARED).finditer(text, start, stop):
        if _add_shared(flow, body, found):
            return
    body.groups = _led(flow, body, start, stop)
    if not body.groups:
        single = compiled(_SINGLE).search(text, start, stop)
        if single and not compiled(_SEVERAL).search(single["name"]):
            body.groups = [Group(name=flow.quote(*single.span("name")))]


def _add_listed(flow: Flow, body: Body, found: re.Match[str]) -> bool:
    """Groups named one by one: 甲组（由某局牵头）、乙组."""
    start = found.start("list")
    items: list[Group] = []
    for a, b in split(found["list"]):
        group = compiled(_ONE).match(flow.text[start + a : start + b])
        if not group or group["name"].startswith("各"):
            continue
        name = flow.quote(start + a + group.start("name"), start + a + group.end("name"))
        lead = flow.quote(start + a + group.start("lead"), start + a + group.end("lead")) if group["lead"] else None
        items.append(Group(name=name, lead=lead))
    leads = _pieces(flow, found, "leads")
    if len(leads) == len(items):
        items = [Group(name=one.name, lead=lead) for one, lead in zip(items, leads, strict=True)]
    if len(items) > 1 or (items and items[0].lead):
        body.groups = items
    return bool(body.groups)


def _add_shared(flow: Flow, body: Body, found: re.Match[str]) -> bool:
    """经济、社会等2个工作组，分别由甲、乙牵头: groups that share the end of their names."""
    firsts = _pieces(flow, found, "list")
    leads: list[str | None] = [*_pieces(flow, found, "leads")]
    kind = flow.quote(*found.span("kind"))
    if len(firsts) == int(found["count"]) if found["count"].isdecimal() else len(firsts) > 1:
        paired = leads if len(leads) == len(firsts) else [None] * len(firsts)
        body.groups = [Group(name=first + kind, lead=lead) for first, lead in zip(firsts, paired, strict=True)]
    return bool(body.groups)


def _led(flow: Flow, body: Body, start: int, stop: int) -> list[Group]:
    """Groups in paragraphs or sentences of their own that say who leads each."""
    out: list[Group] = []
    for found in compiled(_LED).finditer(flow.text, start, stop):
        name = flow.quote(*found.span("name"))
        if body.name.endswith(name) or name == body.alias:
            continue
        lead = flow.quote(*found.span("lead" if found["lead"] else "by"))
        beside = compiled(_WITH).match(flow.text, found.end(), stop)
        members = tuple(_pieces(flow, beside, "members")) if beside else ()
        out.append(Group(name=name, lead=lead, members=members))
    return out


def _pieces(flow: Flow, found: re.Match[str], group: str) -> list[str]:
    at = found.start(group)
    return [flow.quote(at + a, at + b) for a, b in split(found[group] or "")]
