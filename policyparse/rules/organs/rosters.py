"""Lists of people: 组长：…, 成员：… under the title or heading that names their body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policyparse.rules.base import compiled
from policyparse.rules.organs.base import CHAR, KIND, OFFICE, POST, Body, is_generic
from policyparse.text import Flow, fold

_LISTED = rf"[#* (]*(?P<post>{POST})[: ]+(?=\S)|(?P<alone>{POST}):\n"  # at the start of a line
_NAMED_HEADING = rf"(?:^|(?<=\n))(?:#+ ?)?[一二三四五六七八九十\d]{{1,2}}[、.](?P<name>{CHAR}{{4,60}}?{KIND})(?:组成人员|成员名单|成员|名单)?\n"
_NO_HOLDER = r"。|[:：]|^[一二三四五六七八九十]{1,2}、|^附|^注|^以上"
_HEADS = ("组长", "总召集人", "召集人", "总指挥", "主任委员", "主任")
_HEADED = rf"(?:{'|'.join(_HEADS)})[: ]"


class Row(NamedTuple):
    """Lines of a roster: the post, who holds it, where they stand."""

    post: str
    holders: list[str]
    start: int
    end: int


def add_roster(flow: Flow, bodies: list[Body], title: str, start: int, end: int, source: str) -> None:
    """The people listed in flow[start:end], under ``title`` (甲领导小组成员名单) or a heading of their own.

    ``source`` is the document's text: there the spaces between names and offices are still to be seen.
    """
    rows = _rows(flow, start, end, source)
    blocks: list[list[Row]] = []
    for row in rows:
        if not blocks or (row.post in _HEADS and any(r.post == row.post for r in blocks[-1])):
            blocks.append([])
        blocks[-1].append(row)
    for block in blocks:
        body = _listed_body(flow, bodies, title, start, block[0].start, end)
        if body is None:
            continue
        body.last = max(body.last, block[-1].end)
        for row in block:
            if row.post in ("成员", "组员", "委员"):
                body.members = body.members or row.holders
            else:
                body.posts = [one for one in body.posts if one[0] != row.post]
                body.posts += [(row.post, holder) for holder in row.holders]


def _listed_body(flow: Flow, bodies: list[Body], title: str, start: int, at: int, end: int) -> Body | None:
    """The body whose people are listed from ``at`` on: named in a heading above, in the text above, or in ``title``."""
    text = flow.text
    heading = list(compiled(_NAMED_HEADING).finditer(text, start, at))
    if heading and at - heading[-1].end() < 200:
        span = heading[-1].span("name")
        return _known(bodies, Body(flow.quote(*span), *span))
    before = [body for body in bodies if start <= body.start and body.end <= at]
    if before:
        return before[-1]
    found = re.match(rf"(?P<name>.*{KIND})(?:组成|成员|及|名单|人员|$)", title.replace(" ", ""))
    if not found or is_generic(found["name"]):
        return None
    first = max(0, start - 300)
    named = re.compile(r"\s*".join(map(re.escape, fold(found["name"])))).search(text, first, start)
    if not named:
        return None
    body = _known(bodies, Body(found["name"], *named.span(), stop=end))
    office = compiled(OFFICE).search(text, start, end)
    if office:
        body.office = body.office or flow.quote(*office.span("at"))
        body.last = office.end()
    return body


def _known(bodies: list[Body], body: Body) -> Body:
    """The body of ``bodies`` that is the same as ``body`` (its name may be shorter), or ``body``, added to them."""
    for one in bodies:
        if one.name.endswith(body.name) or body.name.endswith(one.name):
            return one
    bodies.append(body)
    return body


def _rows(flow: Flow, start: int, end: int, source: str) -> list[Row]:
    """Lines like ``组长：某某`` with the lines that go on with them."""
    text = flow.text
    if not compiled(_HEADED).search(text, start, end):
        return []
    marks = list(_marks(text, start, end))
    out: list[Row] = []
    for i, mark in enumerate(marks):
        stop = marks[i + 1].start() if i + 1 < len(marks) else end
        holders: list[str] = []
        last = mark.end()
        for line in re.finditer(r"[^\n]+", text[mark.end() : stop]):
            holder = _spaced(flow, source, mark.end() + line.start(), mark.end() + line.end())
            if compiled(_NO_HOLDER).search(line[0]) or len(holder) > 60:
                break
            holders.append(holder)
            last = mark.end() + line.end()
        if holders:
            out.append(Row(mark["post"] or mark["alone"], _paired(holders), mark.start(), last))
    return out


def _marks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The posts that lines of text[start:end] begin with."""
    breaks = [found.end() for found in re.finditer("\n", text[start:end])]
    opens = [start, *(start + at for at in breaks)]
    for at in opens if not start or text[start - 1] == "\n" else opens[1:]:
        if found := compiled(_LISTED).match(text, at, end):
            yield found


def _spaced(flow: Flow, source: str, start: int, end: int) -> str:
    """flow[start:end] with the spaces that the source has between words, but none within a name (陈　瀛)."""
    a, b = flow.span(start, end)
    words = re.sub(r"(?:\s|\xa0|&nbsp;)+", " ", source[a:b] if source else flow.quote(start, end)).strip()
    return re.sub(r"(?:^|(?<=、))([\u4e00-\u9fff]) ([\u4e00-\u9fff])(?=[ (（、]|$)", r"\1\2", words)


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
