"""What the text says about a body: who holds its posts, its groups, its members, where its office is."""

from __future__ import annotations

import re

from policyparse.rules.base import compiled
from policyparse.rules.organs.base import OFFICE, POST, Body, held, split
from policyparse.text import Flow

_POST_BY = rf"(?P<post>{POST})(?:分别)?由(?P<holder>[^;。\n]{{2,90}}?)(?:兼任|担任|任)(?=[,;。\n]|$)"
# 下设甲组（由某局牵头）、乙组
_GROUPS = (
    r"(?:下设|设立?|组建)(?P<list>(?:[^。;\n()]|\([^()\n]{0,40}\)){4,240}?(?:组|专班|小组|办公室|中心)(?:\([^()\n]{2,40}\))?)"
    r"(?=[,。;\n]|\d|[一二三四五六七八九十]个|等|$)"
)
_GROUP = (
    r"(?P<name>(?:[^、,()]){2,24}?(?:组|专班))(?:\d+个[^、,()]{0,6})?"
    r"(?:\((?:由)?(?P<lead>[^()]{2,30}?)牵头[^()]*\))?$"
)
# 下设经济、社会等2个工作组，分别由甲、乙牵头
_SHARED = (
    r"(?:下设|设立?|组建)(?P<list>[^。;,\n()]{2,80}?)等?(?P<count>\d{1,2}|[一二三四五六七八九十])个"
    r"(?P<kind>[^,。;、\n()]{0,8}(?:组|专班))(?:,分别由(?P<leads>[^。;\n]{2,120}?)牵头)?"
)
_MEMBERS = r"等(?:为)?成员"
_MADE_OF = (
    r"成员(?:单位)?(?:由|包括|为|有)(?P<list>[^。;\n]{4,300}?)(?:等(?:有关|相关)?(?:部门|单位)?)?"
    r"(?:主要|分管|有关|相关)?(?:负责人|负责同志|领导)?(?:组成|参加|构成)?[,。;\n]"
)


def add_details(flow: Flow, body: Body) -> None:
    """Posts, groups, members and office out of the text about ``body``."""
    text = flow.text
    add_posts(flow, body, body.end, body.stop)
    office = compiled(OFFICE).search(text, body.end, body.stop)
    if office:
        body.office = flow.quote(*office.span("at"))
    groups = compiled(_GROUPS).search(text, body.end, body.stop)
    if groups:
        _add_groups(flow, body, groups)
    shared = compiled(_SHARED).search(text, body.end, body.stop) if not body.groups else None
    if shared:
        _add_shared(flow, body, shared)
    if not body.members:
        stop = min(body.stop, body.end + 900)
        closing = compiled(_MEMBERS).search(text, body.end, stop)
        made_of = None if closing else compiled(_MADE_OF).search(text, body.end, stop)
        if closing:
            start = max(body.end, *(text.rfind(mark, body.end, closing.start()) + 1 for mark in "。;\n"))
            body.members = _names(flow, start, closing.start())
        elif made_of:
            body.members = _names(flow, *made_of.span("list"))


def add_posts(flow: Flow, body: Body, start: int, stop: int) -> None:
    """Posts that flow[start:stop] says somebody holds: 由甲任组长, 组长由甲担任."""
    text = flow.text
    posts: list[tuple[int, str, str]] = []
    for post, at, _ in held(text, start, stop):
        begin = _holder_start(text, start, at)
        holder = flow.quote(begin, at).strip()
        sentence = max(start, text.rfind("。", start, begin) + 1)
        if 2 <= len(holder) <= 60 and "设在" not in holder and not re.search("成立|组建|设立", text[sentence:at]):
            posts.append((begin, post, holder))
    for found in compiled(_POST_BY).finditer(text, start, stop):
        posts.append((found.start(), found["post"], flow.quote(*found.span("holder"))))
    for _, post, holder in sorted(posts):
        if (post, holder) not in body.posts:
            body.posts.append((post, holder))


def _holder_start(text: str, start: int, end: int) -> int:
    """Where the one begins who holds the post named at ``end``: behind a stop, an open bracket or 由."""
    begin = end
    while begin > start:
        begin = max(*(text.rfind(mark, start, begin - 1) for mark in ",;。:\n"), start - 1) + 1
        inside = text[begin:end]
        if inside.count(")") <= inside.count("("):  # otherwise the stop stands inside brackets
            break
    begin = max(begin, text.rfind("由", begin, end) + 1)
    inside = text[begin:end]
    return begin + inside.rfind("(") + 1 if inside.count("(") > inside.count(")") else begin


def _add_groups(flow: Flow, body: Body, found: re.Match[str]) -> None:
    """Groups named one by one: 甲组（由某局牵头）、乙组."""
    start = found.start("list")
    items: list[tuple[str, str | None]] = []
    for a, b in split(found["list"]):
        group = compiled(_GROUP).match(flow.text[start + a : start + b])
        if not group or group["name"].startswith("各"):
            continue
        name = flow.quote(start + a + group.start("name"), start + a + group.end("name"))
        lead = flow.quote(start + a + group.start("lead"), start + a + group.end("lead")) if group["lead"] else None
        items.append((name, lead))
    if len(items) > 1 or (items and items[0][1]):
        body.groups = items


def _add_shared(flow: Flow, body: Body, found: re.Match[str]) -> None:
    """经济、社会等2个工作组，分别由甲、乙牵头: groups that share the end of their names."""
    firsts = [flow.quote(found.start("list") + a, found.start("list") + b) for a, b in split(found["list"])]
    leads = [flow.quote(found.start("leads") + a, found.start("leads") + b) for a, b in split(found["leads"] or "")]
    kind = flow.quote(*found.span("kind"))
    if len(firsts) == int(found["count"]) if found["count"].isdecimal() else len(firsts) > 1:
        paired = leads if len(leads) == len(firsts) else [None] * len(firsts)
        body.groups = [(first + kind, lead) for first, lead in zip(firsts, paired, strict=True)]


def _names(flow: Flow, start: int, end: int) -> list[str]:
    """Names of members in flow[start:end]; what stands before the list is dropped with the piece it stands in."""
    pieces = [(start + a, start + b) for a, b in split(flow.text[start:end])]
    out: list[str] = []
    for a, b in reversed(pieces):
        text = flow.text[a:b]
        if len(text) > 24 or text.endswith(("组", "专班")) or re.search(r"牵头|组长|召集人|任|负责|设在", text):
            break
        out.insert(0, flow.quote(a, b).strip())
    return out
