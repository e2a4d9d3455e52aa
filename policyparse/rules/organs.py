"""Bodies that a notice sets up (工作专班, 领导小组, 联席会议 …): name, short name, posts, groups, members, office.

A body counts where the text sets it up (成立/组建/设立/建立 甲工作专班), says who holds its posts (甲工作专班由…任组长)
or lists its people (组长：…).  Bodies without a name of their own (成立工作专班), and those that others may or should
set up (各地要成立…, 可根据需要设立…), are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from policyparse import lexicon
from policyparse.model import Group, Organ, Post, Span
from policyparse.rules.base import Mention, Rule, candidates, settle
from policyparse.text import Flow

_KIND = lexicon.alternation("organ_kinds")
_CHAR = r"(?:[^,。;:、()“”\"《》\n]|“[^“”\n]{1,24}”|\([^()\n]{1,14}\))"
_NAME = rf"(?P<name>{_CHAR}{{2,44}}?{_KIND}(?:领导小组)?(?:[\u4e00-\u9fff]{{2,8}}组(?=[,。;(\n]))?)(?=[,。;:(、)\n及和与的制由以]|$)"


@dataclass(slots=True)
class Body:
    """A body under construction: where its name stands, and what is known of it. Offsets of the flow."""

    name: str
    start: int
    end: int
    alias: str | None = None
    posts: list[tuple[str, str]] = field(default_factory=list)
    groups: list[tuple[str, str | None]] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    office: str | None = None
    stop: int = 0  # where the text about it ends


_SEVERAL = re.compile(r"等.|(?:组|会|专班)[和与及]")  # several bodies in one breath


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a roster: the post, who holds it, the offset."""

    post: str
    holders: list[str]
    start: int


def _name(match: re.Match[str]) -> str | None:
    name = match["name"]
    if name.startswith(("了", "过", "由", "以", "的", "各")) or _is_generic(name) or _SEVERAL.search(name):
        return None
    return name


SET_UP = Rule(
    id="organ.set-up",
    kind="organ",
    pattern=rf"(?:成立|组建|设立|建立|建立健全)(?:由(?P<held>[^。;\n]{{2,80}}?)的|(?P<led>[^,。;\n]{{2,20}}任[^,。;\n]{{2,4}})的)?{_NAME}",
    value=_name,
    yes=(
        ("成立青石区保供工作专班", "青石区保供工作专班"),
        ("设立河湾市“互联网+养老”推进领导小组", "河湾市“互联网+养老”推进领导小组"),
        ("成立由市政府主要领导任组长的青石市雨水利用领导小组", "青石市雨水利用领导小组"),
        ("建立青石市雨水利用联席会议", "青石市雨水利用联席会议"),
    ),
    no=("成立工作专班", "成立了青石市雨水利用领导小组", "建立健全相应工作机构", "成立领导小组"),
    needs=("成立", "组建", "设立", "建立"),
)
HELD = Rule(
    id="organ.held",
    kind="organ",
    pattern=rf"(?:^|(?<=[。\n])){_NAME}由[^。\n]{{2,60}}?任{lexicon.alternation('organ_posts')}",
    value=_name,
    yes=(
        ("青石区保供工作专班由副区长任组长", "青石区保供工作专班"),
        ("河湾市雨水利用推进组由市长、副市长担任总召集人", "河湾市雨水利用推进组"),
    ),
    no=("工作专班由副区长任组长", "青石区保供工作专班由区府办牵头"),
    needs=("任",),
)
RULES: tuple[Rule, ...] = (SET_UP, HELD)

_POST = lexicon.alternation("organ_posts")
_ALIAS = re.compile(r"[”》]?\((?:以下|下)?简称(?:为)?[“《]?([^()“”《》,;]{1,16})[”》]?\)")
# Who must not be the one that sets it up, or how it is not set up here and now.
_THEIRS = re.compile(
    r"各(?:地|级|县|市|区|镇|乡|街道|部门|单位|开发区|有关|成员|相关|高校)|可(?:以)?(?:根据|视|结合|按|分别|成立|设立|组建|参照)|必要时|鼓励|参照|有条件|"
    r"根据[^,。]{0,24}需要|应当?$|要$|已经?$|相继$|支持$|拟$|批准$|如$|请求$|共同$|提请"
)
_HELD_BY = re.compile(rf"(?:担任|兼任|任|(?<![作成认定称])为)(?P<post>{_POST})(?=[,;。)、\n的]|$)")
_POST_BY = re.compile(rf"(?P<post>{_POST})(?:分别)?由(?P<holder>[^;。\n]{{2,90}}?)(?:兼任|担任|任)(?=[,;。\n]|$)")
_OFFICE = re.compile(
    r"办公室(?:地点)?[^。;,(\n]{0,4}\(?设在(?P<at>(?:[^,。;()\n]|\([^()\n]{1,14}\)){2,24}?)(?=[,。;()\n]|$)"
)
_GROUPS = re.compile(
    r"(?:下设|设立?|组建)(?P<list>(?:[^。;\n()]|\([^()\n]{0,40}\)){4,240}?(?:组|专班|小组|办公室|中心)(?:\([^()\n]{2,40}\))?)(?=[,。;\n]|\d|[一二三四五六七八九十]个|等|$)"
)
_SHARED = re.compile(
    r"(?:下设|设立?|组建)(?P<list>[^。;,\n()]{2,80}?)等?(?P<count>\d{1,2}|[一二三四五六七八九十])个(?P<kind>[^,。;、\n()]{0,8}(?:组|专班))"
    r"(?:,分别由(?P<leads>[^。;\n]{2,120}?)牵头)?"
)
_GROUP = re.compile(
    r"(?P<name>(?:[^、,()]){2,24}?(?:组|专班))(?P<many>\d+个[^、,()]{0,6})?(?:\((?:由)?(?P<lead>[^()]{2,30}?)牵头[^()]*\))?$"
)
_MEMBERS = re.compile(r"(?P<list>[^。;\n]{4,400}?)等(?:为)?成员(?:单位)?")
_MADE_OF = re.compile(
    r"成员(?:单位)?(?:由|包括|为|有)(?P<list>[^。;\n]{4,300}?)(?:等(?:有关|相关)?(?:部门|单位)?)?(?:主要|分管|有关|相关)?(?:负责人|负责同志|领导)?(?:组成|参加|构成)?[,。;\n]"
)
_LISTED = re.compile(rf"(?:^|(?<=\n))[#* (]*(?P<post>{_POST})[: ]+(?=\S)|(?:^|(?<=\n))(?P<alone>{_POST}):\n")
_NAMED_HEADING = re.compile(
    rf"(?:^|(?<=\n))(?:#+ ?)?[一二三四五六七八九十\d]{{1,2}}[、.](?P<name>{_CHAR}{{4,60}}?{_KIND})(?:组成人员|成员名单|成员|名单)?\n"
)
_NO_HOLDER = re.compile(r"。|[:：]|^[一二三四五六七八九十]{1,2}、|^附|^注|^以上")
_HEADS = ("组长", "总召集人", "召集人", "总指挥", "主任委员", "主任")


def find(text: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """Names of bodies set up in text[start:end]; the values are the names."""
    stop = len(text) if end is None else end
    found = candidates(text, (SET_UP,), start, stop)
    for post in _HELD_BY.finditer(text, start, stop):
        sentence = max(text.rfind("。", start, post.start()), text.rfind("\n", start, post.start()), start - 1) + 1
        found += candidates(text, (HELD,), sentence, post.end())
    return [m for m in settle(found) if not _is_theirs(text, m)]


def read(flow: Flow, titled: Sequence[tuple[str, int, int]] = (), skip: Sequence[Span] = ()) -> list[Organ]:
    """The bodies that the document sets up, in order.

    titled: parts with a title of their own, as (title as printed, start and end of their text in the flow); a part
            titled 甲领导小组成员名单 lists the people of that body.
    skip:   spans of the flow that are not searched (titles).
    """
    bodies = _bodies(flow, skip)
    for title, start, end in titled:
        _add_roster(flow, bodies, title, start, end)
    bodies.sort(key=lambda body: body.start)
    for body in bodies:
        body.stop = body.stop or _region_end(flow.text, body.end, titled)
    for i, body in enumerate(bodies):
        limit = bodies[i + 1].start if i + 1 < len(bodies) else len(flow.text)
        body.stop = max(body.end, min(body.stop, limit))
        _add_details(flow, body)
    return [_organ(flow, body) for body in bodies if not _is_bare(body)]


def _bodies(flow: Flow, skip: Sequence[Span]) -> list[Body]:
    out: dict[str, Body] = {}
    for mention in find(flow.text):
        if any(a <= mention.start < b for a, b in skip):
            continue
        start, end = _name_span(mention)
        name = flow.quote(start, end)
        alias = _ALIAS.match(flow.text, end)
        body = out.setdefault(name, Body(name, start, end))
        if alias and not body.alias:
            body.alias = flow.quote(*alias.span(1))
        if mention.rule == SET_UP.id:
            _add_posts(flow, body, mention.start + 2, start)  # in the attribute: 成立由甲任组长的乙领导小组
    return list(out.values())


def _name_span(mention: Mention) -> Span:
    """Where the name stands in a mention: at its end behind 成立, at its beginning before 由…任."""
    size = len(mention.value)
    return (mention.end - size, mention.end) if mention.rule == SET_UP.id else (mention.start, mention.start + size)


def _is_generic(name: str) -> bool:
    """Whether nothing but the word for the kind of body is there: 工作专班, 相应工作机构, 专家委员会."""
    bare = _generic().sub("", name)
    return len(bare) < 2


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:相应|本级|本地区|专门|专业|联合|各级|市级|县级|省级|相关|有关|专项|统一|若干|多个|强有力|高规格|跨部门|健全|完善|工作|推进|现场|组织|协调|的|和|\d+个|个)*{_KIND}$"
    )


def _is_theirs(text: str, mention: Mention) -> bool:
    """Whether the sentence leaves it to others to set the body up, or says that it was set up before."""
    start = max(text.rfind(mark, 0, mention.start) for mark in "。;:\n") + 1
    verb = text[start : mention.start]
    if verb.count("《") > verb.count("》"):
        return True
    verb = re.sub(r"(?:成立|组建|设立|建立健全|建立)[^,。;]*$", "", verb)
    return _THEIRS.search(verb) is not None and mention.rule == SET_UP.id


def _is_bare(body: Body) -> bool:
    """Bodies of experts and the like need no posts; a short name alone is no body."""
    return not (body.posts or body.groups or body.members or body.office or body.alias) and len(body.name) < 7


def _region_end(text: str, at: int, titled: Sequence[tuple[str, int, int]]) -> int:
    """Where the text about a body named at ``at`` ends: at the next heading 一、 or 第X条 behind its own paragraph.

    A body named in the opening of a part is what that part is about, to its end.
    """
    start, end = next(((a, b) for _, a, b in titled if a <= at < b), (0, len(text)))
    line = text.find("\n", at, end)
    if line < 0 or not _HEADING.search(text, max(start - 1, 0), at):
        return min(end, at + 4000)
    heading = _HEADING.search(text, line, end)
    return min(heading.start() if heading else end, at + 2500)


_HEADING = re.compile(r"\n(?:#+ ?)?(?:[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]{1,3}[章条]|附件)")


def _add_details(flow: Flow, body: Body) -> None:
    """Posts, groups, members and office out of the text about ``body``."""
    text = flow.text
    _add_posts(flow, body, body.end, body.stop)
    office = _OFFICE.search(text, body.end, body.stop)
    if office:
        body.office = flow.quote(*office.span("at"))
    groups = _GROUPS.search(text, body.end, body.stop)
    if groups:
        _add_groups(flow, body, groups)
    shared = _SHARED.search(text, body.end, body.stop) if not body.groups else None
    if shared:
        _add_shared(flow, body, shared)
    if not body.members:
        for pattern in (_MEMBERS, _MADE_OF):
            found = pattern.search(text, body.end, min(body.stop, body.end + 900))
            if found:
                body.members = _names(flow, *found.span("list"))
                break


def _add_posts(flow: Flow, body: Body, start: int, stop: int) -> None:
    text = flow.text
    held: list[tuple[int, str, str]] = []
    for found in _HELD_BY.finditer(text, start, stop):
        begin = _holder_start(text, start, found.start())
        holder = flow.quote(begin, found.start()).strip()
        if 2 <= len(holder) <= 60 and "设在" not in holder:
            held.append((begin, found["post"], holder))
    for found in _POST_BY.finditer(text, start, stop):
        held.append((found.start(), found["post"], flow.quote(*found.span("holder"))))
    for _, post, holder in sorted(held):
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
    for a, b in _split(found["list"]):
        group = _GROUP.match(flow.text[start + a : start + b])
        if not group or group["name"].startswith("各"):
            continue
        name = flow.quote(start + a + group.start("name"), start + a + group.end("name"))
        lead = flow.quote(start + a + group.start("lead"), start + a + group.end("lead")) if group["lead"] else None
        items.append((name, lead))
    if len(items) > 1 or (items and items[0][1]):
        body.groups = items


def _add_shared(flow: Flow, body: Body, found: re.Match[str]) -> None:
    """经济、社会等2个工作组，分别由甲、乙牵头: groups that share the end of their names."""
    firsts = [flow.quote(found.start("list") + a, found.start("list") + b) for a, b in _split(found["list"])]
    leads = [flow.quote(found.start("leads") + a, found.start("leads") + b) for a, b in _split(found["leads"] or "")]
    kind = flow.quote(*found.span("kind"))
    if len(firsts) == int(found["count"]) if found["count"].isdecimal() else len(firsts) > 1:
        paired = leads if len(leads) == len(firsts) else [None] * len(firsts)
        body.groups = [(first + kind, lead) for first, lead in zip(firsts, paired, strict=True)]


def _split(text: str) -> list[Span]:
    """Spans of the pieces of ``text`` between 、 or ， outside brackets and quotes."""
    out: list[Span] = []
    depth = begin = 0
    for i, char in enumerate(text):
        if char in "(“《":
            depth += 1
        elif char in ")”》":
            depth -= 1
        elif char in "、,;" and depth <= 0:
            out.append((begin, i))
            begin = i + 1
    out.append((begin, len(text)))
    return [(a, b) for a, b in out if text[a:b].strip()]


def _names(flow: Flow, start: int, end: int) -> list[str]:
    """Names of members in flow[start:end]; what stands before the list is dropped with the piece it stands in."""
    pieces = [(start + a, start + b) for a, b in _split(flow.text[start:end])]
    out: list[str] = []
    for a, b in reversed(pieces):
        text = flow.text[a:b]
        if len(text) > 24 or text.endswith(("组", "专班")) or re.search(r"牵头|组长|召集人|任|负责|设在", text):
            break
        out.insert(0, flow.quote(a, b).strip())
    return out


def _add_roster(flow: Flow, bodies: list[Body], title: str, start: int, end: int) -> None:
    """The people listed in flow[start:end], under ``title`` (甲领导小组成员名单) or a heading of their own."""
    rows = _rows(flow, start, end)
    blocks: list[list[Row]] = []
    for row in rows:
        if not blocks or (row.post in _HEADS and any(r.post == row.post for r in blocks[-1])):
            blocks.append([])
        blocks[-1].append(row)
    for block in blocks:
        body = _listed_body(flow, bodies, title, start, block[0].start, end)
        if body is None:
            continue
        for row in block:
            if row.post in ("成员", "组员", "委员"):
                body.members = body.members or row.holders
            else:
                body.posts = [one for one in body.posts if one[0] != row.post]
                body.posts += [(row.post, holder) for holder in row.holders]


def _listed_body(flow: Flow, bodies: list[Body], title: str, start: int, at: int, end: int) -> Body | None:
    """The body whose people are listed from ``at`` on: named in a heading above, in the text above, or in ``title``."""
    text = flow.text
    heading = list(_NAMED_HEADING.finditer(text, start, at))
    if heading and at - heading[-1].end() < 200:
        span = heading[-1].span("name")
        return _known(bodies, Body(flow.quote(*span), *span))
    before = [body for body in bodies if start <= body.start and body.end <= at]
    if before:
        return before[-1]
    found = re.match(rf"(?P<name>.*{_KIND})(?:组成|成员|及|名单|人员|$)", title.replace(" ", ""))
    if not found or _is_generic(found["name"]):
        return None
    body = _known(bodies, Body(found["name"], start, start, stop=end))
    office = _OFFICE.search(text, start, end)
    body.office = body.office or (flow.quote(*office.span("at")) if office else None)
    return body


def _known(bodies: list[Body], body: Body) -> Body:
    """The body of ``bodies`` that is the same as ``body`` (its name may be shorter), or ``body``, added to them."""
    for one in bodies:
        if one.name.endswith(body.name) or body.name.endswith(one.name):
            return one
    bodies.append(body)
    return body


def _rows(flow: Flow, start: int, end: int) -> list[Row]:
    """Lines like ``组长：某某`` with the lines that go on with them."""
    text = flow.text
    marks = list(_LISTED.finditer(text, start, end))
    out: list[Row] = []
    for i, mark in enumerate(marks):
        stop = marks[i + 1].start() if i + 1 < len(marks) else end
        holders: list[str] = []
        for line in re.finditer(r"[^\n]+", text[mark.end() : stop]):
            holder = flow.quote(mark.end() + line.start(), mark.end() + line.end()).strip()
            if _NO_HOLDER.search(line[0]) or len(holder) > 60:
                break
            holders.append(holder)
        if holders:
            out.append(Row(mark["post"] or mark["alone"], _paired(holders), mark.start()))
    return out


def _paired(lines: list[str]) -> list[str]:
    """Names and offices on alternate lines, put together."""
    names = lines[::2]
    if (
        len(lines) > 1
        and len(lines) % 2 == 0
        and all(len(n) <= 4 for n in names)
        and all(len(t) > 4 for t in lines[1::2])
    ):
        return [f"{name} {office}" for name, office in zip(names, lines[1::2], strict=True)]
    if all(len(name) <= 4 for line in lines for name in line.strip("、").split("、")):
        return [name for line in lines for name in line.strip("、").split("、")]
    return lines


def _organ(flow: Flow, body: Body) -> Organ:
    return Organ(
        name=body.name,
        alias=body.alias,
        posts=tuple(Post(post=post, holder=holder) for post, holder in body.posts),
        groups=tuple(Group(name=name, lead=lead) for name, lead in body.groups),
        members=tuple(body.members),
        office_at=body.office,
        span=flow.span(body.start, max(body.end, body.start + 1)),
    )
