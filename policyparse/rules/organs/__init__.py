"""Bodies that a notice sets up (工作专班, 领导小组, 联席会议 …): name, short name, posts, groups, members, office.

A body counts where the text sets it up (成立/组建/设立/建立 甲工作专班), forms it anew (调整甲领导小组成员), says who
holds its posts (甲工作专班由…任组长) or lists its people (组长：…).  Bodies without a name of their own (成立工作专班),
and those that others may or should set up (各地要成立…, 可根据需要设立…), are left out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from policyparse.records import Organ, Post, Span
from policyparse.rules.base import compiled, covering
from policyparse.rules.organs.base import ADJUSTED, MADE_OF, RULES, SET_UP, Body, find, name_span
from policyparse.rules.organs.details import add_details, names
from policyparse.rules.organs.posts import add_posts
from policyparse.rules.organs.rosters import add_roster
from policyparse.text import Flow

__all__ = ["RULES", "find", "read"]

_ALIAS = r"[”》]?\n?\((?:以下|下)?简称(?:为)?[“《]?([^()“”《》,;]{1,16})[”》]?\)"
_HEADING = r"\n(?:#+ ?)?(?:[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]{1,3}[章条]|附件)"


def read(
    flow: Flow, titled: Sequence[tuple[str, int, int]] = (), skip: Sequence[Span] = (), source: str = ""
) -> list[Organ]:
    """The bodies that the document sets up, in order.

    titled: the parts of the document, as (title as printed, start and end of their text in the flow); a part
            titled 甲领导小组成员名单 lists the people of that body.
    skip:   spans of the flow that are not searched (titles).
    source: ``Document.text``, for the spaces between names and offices, which the flow leaves out.
    """
    bodies = _bodies(flow, sorted(skip))
    for title, start, end in titled:
        add_roster(flow, bodies, title, start, end, source)
    bodies.sort(key=lambda body: body.start)
    _add_regions(flow.text, bodies, sorted((start, end) for _, start, end in titled))
    for body in bodies:
        add_details(flow, body)
    return [_organ(flow, body) for body in bodies if not _is_bare(body)]


def _bodies(flow: Flow, skip: Sequence[Span]) -> list[Body]:
    out: dict[str, Body] = {}
    for mention in find(flow.text):
        if covering(skip, mention.start) or flow.lines[_line_of(flow, mention.start)].cell:
            continue  # a table tells tasks: there others are to set it up
        start, end = name_span(mention)
        name = flow.quote(start, end)
        alias = compiled(_ALIAS).match(flow.text, end)
        body = out.setdefault(name, Body(name, start, end, adjusted=mention.rule == ADJUSTED.id))
        body.adjusted = body.adjusted and mention.rule == ADJUSTED.id
        body.regions.append((end, end))
        if alias and not body.alias:
            body.alias = flow.quote(*alias.span(1))
        if mention.rule == SET_UP.id:
            add_posts(flow, body, mention.start + 2, start)  # in the attribute: 成立由甲任组长的乙领导小组
        elif mention.rule == MADE_OF.id:
            body.members = body.members or names(flow, mention.start + 1, start - 2)
    short = {body.alias for body in out.values()}
    return [body for body in out.values() if body.name not in short]


def _line_of(flow: Flow, at: int) -> int:
    return bisect_right(flow.lines, at, key=lambda line: line.start) - 1


def _add_regions(text: str, bodies: list[Body], parts: Sequence[Span]) -> None:
    """Note for each body what text is about it: from each place that names it to the place that names another."""
    headings = [found.start() for found in compiled(_HEADING).finditer(text)] if bodies else []
    places = sorted((at, i) for i, body in enumerate(bodies) for at, _ in body.regions)
    for body in bodies:
        body.regions = []
    for n, (at, i) in enumerate(places):
        after = next((bodies[j].start for _, j in places[n + 1 :] if j != i), len(text))
        body = bodies[i]
        if not body.regions or at >= body.regions[-1][1]:
            body.regions.append((at, max(at, min(_region_end(text, at, parts, headings), after))))


def _region_end(text: str, at: int, parts: Sequence[Span], headings: Sequence[int]) -> int:
    """Where the text about a body named at ``at`` ends: at the next heading 一、 or 第X条 behind its own paragraph.

    A body named in the opening of a part is what that part is about, to its end.
    """
    start, end = covering(parts, at) or (0, len(text))
    line = text.find("\n", at, end)
    before = bisect_left(headings, at)
    if line < 0 or before == bisect_left(headings, start - 1):
        return min(end, at + 4000)
    after = bisect_left(headings, line)
    return min(headings[after] if after < len(headings) else end, end, at + 2500)


def _is_bare(body: Body) -> bool:
    """Bodies of experts and the like need no posts; a short name alone is no body, nor one that only changes."""
    if body.adjusted and not body.posts:
        return True
    return not (body.posts or body.groups or body.members or body.office or body.alias) and len(body.name) < 7


def _organ(flow: Flow, body: Body) -> Organ:
    return Organ(
        name=body.name,
        alias=body.alias,
        posts=tuple(Post(post=post, holder=holder) for post, holder in body.posts),
        groups=tuple(body.groups),
        members=tuple(body.members),
        office_at=body.office,
        span=flow.span(body.start, max(body.end, body.last)),
    )
