"""Lists of people: 组长：…, 成员：… under the title or heading that names their body, a line each or all in one line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policyparse.rules.base import compiled
from policyparse.rules.organs.base import CHAR, KIND, MEMBER, POST, Body, is_generic, split
from policyparse.rules.organs.details import find_office
from policyparse.rules.organs.listed import entries
from policyparse.rules.organs.people import is_unit
from policyparse.text import Flow, fold

_HEADS = ("组长", "总召集人", "召集人", "总指挥", "指挥长", "主任委员", "主任")
_HEAD = r"(?:组 *长|召 *集 *人|总 *指 *挥|指 *挥 *长|主 *任 *委 *员|主 *任)[: ]"
_LISTED = rf"(?:^|(?<=\n))[#* (]*(?P<post>{POST})[: ]+(?=\S)|(?:^|(?<=\n))(?P<alone>{POST}):\n"
_GLUED = rf"(?P<post>{POST}):(?=\S)"
_NAMED_HEADING = rf"(?:^|(?<=\n))(?:#+ ?)?[一二三四五六七八九十\d]{{1,2}}[、.](?P<name>{CHAR}{{4,60}}?{KIND})(?:组成人员|成员名单|成员|名单)?\n"
_NAMED_BEFORE = rf"(?:^|[。:;\n、])(?P<name>{CHAR}{{4,60}}{KIND})(?:组成人员|成员名单|成员|名单)?:?$"
_FOUNDED = r"(?:成立|组建|设立|建立|调整充实|调整|充实)"
_NO_HOLDER = r"。|[:：]|^[一二三四五六七八九十]{1,2}、|^附|^注|^以上"
_DUTY = r"^(?:负责|主持|承担|统筹|协助)"


@dataclass(frozen=True, slots=True)
class Row:
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
            _add_row(body, row)


def _add_row(body: Body, row: Row) -> None:
    """People are posts; what 成员 lists is kept as members too, and units are nothing else."""
    listed = row.holders
    if row.post in MEMBER:
        parts = [one[a:b] for one in listed for a, b in split(fold(one))]
        if all(is_unit(part) for part in parts):
            listed = parts
        body.listed = body.listed or listed
    for holder in listed:
        if row.post not in MEMBER or not is_unit(holder):
            body.hold(row.post, holder)


def _listed_body(flow: Flow, bodies: list[Body], title: str, start: int, at: int, end: int) -> Body | None:
    """The body whose people are listed from ``at`` on: named in a heading above, in the text above, or in ``title``."""
    text = flow.text
    heading = list(compiled(_NAMED_HEADING).finditer(text, start, at))
    if heading and at - heading[-1].end() < 200:
        return _known(bodies, flow, *heading[-1].span("name"))
    before = compiled(_NAMED_BEFORE).search(text[max(start, at - 90) : at])
    if before and not is_generic(before["name"]):
        shift = max(start, at - 90)
        return _known(bodies, flow, shift + before.start("name"), shift + before.end("name"))
    above = [body for body in bodies if any(start <= place <= at for place, _ in body.regions)]
    if above:
        return above[-1]
    found = re.match(rf"(?:.*{_FOUNDED})?(?P<name>.*{KIND})(?:组成|成员|及|名单|人员|制度|的|$)", title.replace(" ", ""))
    if not found or is_generic(found["name"]):
        return None
    first = max(0, start - 300)
    named = re.compile(r"\s*".join(map(re.escape, fold(found["name"])))).search(text, first, start)
    if not named:
        return None
    body = _known(bodies, flow, *named.span(), name=found["name"])
    body.regions.append((at, at))
    office = find_office(flow, start, end)
    if office:
        body.office = body.office or flow.quote(*office)
        body.last = office[1]
    return body


def _known(bodies: list[Body], flow: Flow, start: int, end: int, name: str = "") -> Body:
    """The body of ``bodies`` that is the one named in flow[start:end] (maybe in short), or that one, added to them."""
    name = name or flow.quote(start, end)
    for one in bodies:
        if one.name.endswith(name) or name.endswith(one.name):
            return one
    bodies.append(Body(name, start, end, regions=[(end, end)]))
    return bodies[-1]


def _rows(flow: Flow, start: int, end: int, source: str) -> list[Row]:
    """Lines like ``组长：某某`` with the lines that go on with them; or several of them in one line."""
    text = flow.text
    if not compiled(_HEAD).search(text, start, end):
        return []
    marks = list(compiled(_LISTED).finditer(text, start, end))
    glued = list(compiled(_GLUED).finditer(text, start, end))
    if len(glued) > 1 and any("\n" not in text[a.end() : b.start()] for a, b in zip(glued, glued[1:], strict=False)):
        marks = glued
    out: list[Row] = []
    for i, mark in enumerate(marks):
        stop = marks[i + 1].start() if i + 1 < len(marks) else end
        holders: list[str] = []
        last = mark.end()
        for line in re.finditer(r"[^\n]+", text[mark.end() : stop]):
            a, b = mark.end() + line.start(), mark.end() + line.end()
            if holders and compiled(_NO_HOLDER).search(line[0]):
                break
            found = entries(_spaced(flow, source, a, b))
            if not found or compiled(_DUTY).match(line[0]) and len(found) == 1 and len(line[0]) > 20:
                break
            holders += found
            last = b
        if holders:
            post = mark.groupdict().get("post") or mark.groupdict().get("alone") or ""
            out.append(Row(post, _paired(holders), mark.start(), last))
    return out


def _spaced(flow: Flow, source: str, start: int, end: int) -> str:
    """flow[start:end] with single spaces where the source has any between words."""
    a, b = flow.span(start, end)
    return re.sub(r"(?:\s|\xa0|\u200b|&nbsp;)+", " ", source[a:b] if source else flow.quote(start, end)).strip()


def _paired(lines: list[str]) -> list[str]:
    """Names and offices on alternate lines, put together."""
    names, offices = lines[::2], lines[1::2]
    if offices and len(names) == len(offices) and all(len(n) <= 4 for n in names) and all(len(t) > 4 for t in offices):
        return [f"{name} {office}" for name, office in zip(names, offices, strict=True)]
    return lines
