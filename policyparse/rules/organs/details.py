"""What the text says about a body: its groups, who holds its posts, its members, where its office is."""

from __future__ import annotations

from policyparse import lexicon
from policyparse.patterns import regex
from policyparse.records import Span
from policyparse.rules.base import compiled
from policyparse.rules.organs.base import KIND, MEMBER, Body, split
from policyparse.rules.organs.groups import add_groups
from policyparse.rules.organs.people import ends_in_office, is_unit, unit_list
from policyparse.rules.organs.posts import add_posts
from policyparse.text import Flow

_AT = r"(?P<at>(?:[^,。;()\n]|\([^()\n]{1,14}\)){2,24}?)(?=[,。;()\n]|$)"
_OFFICE = regex(
    lambda: (
        r"(?:办公室|办公地点|秘书处)(?:地点)?[^。;,(\n]{0,4}[,(]?(?:设(?:置|立)?[在于]|"
        rf"(?<=下设办公室)在|(?<!下)设(?=[^,。;(\n]{{2,16}}(?:{lexicon.alternation('unit_suffixes')})[,。;)\n])){_AT}"
    )
)
_MEMBERS = r"等(?:为)?成员(?:单位)?|为成员单位"
_MADE_OF = (
    rf"(?:成员(?:单位)?(?:由|包括|为|有)|{KIND}由)(?P<list>[^。;\n]{{4,400}}?)"
    r"(?:(?:组成|参加|构成)[,。;\n]|(?:(?<=负责人)|(?<=负责同志)|(?<=领导)),|[。;\n]|$)"
)
_WHO = r"(?:(?:主要|分管|有关|相关|班子)?(?:负责人|负责同志|领导|同志))"
_TAIL = regex(
    rf"(?:等(?:\d{{1,2}}个)?(?:有关|相关)?(?:部门和单位|部门|单位|成员)?{_WHO}?|{_WHO}|\d{{1,2}}个(?:部门和单位|部门|单位|成员)?|)$"
)
_AND_OTHERS = regex(r"等(?:有关|相关)?(?:部门|单位)$")
_NOT_A_MEMBER = regex(r"牵头|组长|召集人|任|负责|设在|主任|书记|长$")
_AND = regex("[和及与]")


def add_details(flow: Flow, body: Body) -> None:
    """Groups, posts, members and office out of the text about ``body``."""
    for start, stop in body.regions:
        add_groups(flow, body, start, stop)
        add_posts(flow, body, start, stop)
        office = find_office(flow, start, stop) if not body.office else None
        if office:
            body.office = flow.quote(*office)
        if not body.members:
            _add_members(flow, body, start, min(stop, start + 900))
    for post, holder in body.posts if not body.members else ():
        if post in MEMBER:
            body.members += unit_list(holder)
    if body.listed and not (len(body.members) > 2 and all(map(is_unit, body.members))):
        body.members = body.listed


def find_office(flow: Flow, start: int, stop: int) -> Span | None:
    """Where flow[start:stop] says the office of a body is; None where it does not."""
    found = _OFFICE.search(flow.text, start, stop)
    return found.span("at") if found else None


def _add_members(flow: Flow, body: Body, start: int, stop: int) -> None:
    text = flow.text
    closing = compiled(_MEMBERS).search(text, start, stop)
    made_of = None if closing else compiled(_MADE_OF).search(text, start, stop)
    if closing:
        begin = max(start, *(text.rfind(mark, start, closing.start()) + 1 for mark in "。;\n"))
        body.members = names(flow, begin, closing.start())
    elif made_of:
        begin, end = made_of.span("list")
        body.members = names(flow, begin, end)
        holder = flow.quote(begin, end)
        if made_of[0].startswith("成员") and ends_in_office(holder) and len(holder) <= 60:
            body.hold("成员", holder)  # 成员由甲局、乙局等部门负责同志组成


def names(flow: Flow, start: int, end: int) -> list[str]:
    """Names of members in flow[start:end]; what stands before the list is dropped with the piece it stands in."""
    text = flow.text
    end = start + _TAIL.search(text[start:end]).start()  # type: ignore[union-attr]  # matches at the end at least
    out: list[str] = []
    for a, b in reversed([(start + a, start + b) for a, b in split(text[start:end])]):
        piece = text[a:b]
        if len(piece) > 24 or piece.endswith(("组", "专班")) or _NOT_A_MEMBER.search(piece):
            break
        for c, d in reversed(_joined(piece)):
            name = _AND_OTHERS.sub("", flow.quote(a + c, a + d).strip())
            out.insert(0, name)
    return out


def _joined(piece: str) -> list[Span]:
    """甲局和乙局 in two: where both are units."""
    for found in _AND.finditer(piece):
        if is_unit(piece[: found.start()]) and is_unit(piece[found.end() :]):
            return [(0, found.start()), (found.end(), len(piece))]
    return [(0, len(piece))]
