"""Lists of people: 组长：…, 成员：… under the title or heading that names their body, a line each or all in one line."""

from __future__ import annotations

import re
from typing import NamedTuple

from policyparse.patterns import regex
from policyparse.rules.base import compiled
from policyparse.rules.organs.base import CHAR, KIND, MEMBER, POST, Body, is_generic
from policyparse.rules.organs.details import find_office
from policyparse.rules.organs.listed import entries
from policyparse.rules.organs.people import ends_in_office, unit_list
from policyparse.text import Flow, fold

_HEADS = ("组长", "总召集人", "召集人", "总指挥", "指挥长", "主任委员", "主任")
_HEAD = r"(?:组 *长|召 *集 *人|总 *指 *挥|指 *挥 *长|主 *任 *委 *员|主 *任)[: ]"
_HEAD_ENDS = (regex(":(?<=[长人挥员任]:)"), regex(" (?<=[长人挥员任] )"))
_LABEL = rf"[#* (]*(?P<post>{POST})(?::\n|[: ]+(?=\S))"
_LABEL_END = r"[长人挥任员委问]:(?=\S)"  # the ends of posts
_NAMED_HEADING = rf"(?:^|(?<=\n))(?:#+ ?)?[一二三四五六七八九十\d]{{1,2}}[、.](?P<name>{CHAR}{{4,60}}?{KIND})(?:组成人员|成员名单|成员|名单)?\n"
_NAMED_BEFORE = rf"(?:^|[。:;\n、])(?:现将)?(?:调整后的)?(?P<name>{CHAR}{{4,60}}{KIND})(?:组成)?(?:人员|成员)?(?:名单)?(?:公布|通知|调整)?(?:如下)?:?$"
# 1.综合组。组长：…: a group of the body has people of its own
_GROUP_BEFORE = r"(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]{1,2}\))[^。:\n]{2,14}(?<!领导小)组[。:,(]?\n?$"
_FOUNDED = r"(?:成立|组建|设立|建立|调整充实|调整|充实)"
_NO_HOLDER = r"。|[:：]|^[一二三四五六七八九十]{1,2}、|^附|^注|^以上"
_BEFORE_POST = regex(r"[。;,][\u4e00-\u9fff]{0,8}$")
_SPACES = regex(r"(?:\s|\xa0|\u200b|&nbsp;)+")
_LINE = regex(r"[^\n]+")
_DUTY = r"^(?:负责|主持|承担|统筹|协助)"


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
        of_group = False
        for row in block:
            if row.post in _HEADS:
                before = flow.text[max(start, row.start - 24) : row.start]
                of_group = compiled(_GROUP_BEFORE).search(before) is not None
            if not of_group:
                _add_row(body, row)


def _add_row(body: Body, row: Row) -> None:
    """People are posts; what 成员 lists is kept as members too, and units are nothing else."""
    if row.post not in MEMBER:
        for holder in row.holders:
            body.hold(row.post, holder)
        return
    listed: list[str] = []
    for holder in row.holders:
        units = unit_list(holder)
        listed += units or [holder]
        if not units or (ends_in_office(fold(holder)) and len(holder) <= 60):
            body.hold(row.post, holder)
    body.listed = body.listed or listed


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
    found = re.match(
        rf"(?:.*{_FOUNDED})?(?P<name>.*{KIND})(?:组成|成员|及|名单|人员|制度|的|$)", title.replace(" ", "")
    )
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
    body = Body(name, start, end)
    body.regions.append((end, end))
    bodies.append(body)
    return body


def _rows(flow: Flow, start: int, end: int, source: str) -> list[Row]:
    """Lines like ``组长：某某`` with the lines that go on with them; or several of them in one line."""
    text = flow.text
    if not any(hint.search(text, start, end) for hint in _HEAD_ENDS) or not compiled(_HEAD).search(text, start, end):
        return []
    marks, in_lines = _labels(text, start, end)
    out: list[Row] = []
    for i, (post, first, begin) in enumerate(marks):
        stop = marks[i + 1][1] if i + 1 < len(marks) else end
        holders: list[str] = []
        last = begin
        for line in _LINE.finditer(text[begin:stop]):
            a, b = begin + line.start(), begin + line.end()
            if in_lines and b == stop:  # what stands before the next post: ；专班成员：
                b = a + len(_BEFORE_POST.sub("", line[0]))
            if holders and compiled(_NO_HOLDER).search(line[0]):
                break
            found = entries(_spaced(flow, source, a, b))
            if not found or compiled(_DUTY).match(line[0]) and len(found) == 1 and len(line[0]) > 20:
                break
            holders += found
            last = b
        if holders:
            out.append(Row(post, _paired(holders), first, last))
    return out


def _labels(text: str, start: int, end: int) -> tuple[list[tuple[str, int, int]], bool]:
    """The posts that begin rows in text[start:end], each with its span, and whether several of them share a line."""
    inside: list[tuple[str, int, int]] = []
    for found in compiled(_LABEL_END).finditer(text, start, end):
        at = found.start() + 1
        post = compiled(rf"{POST}$").search(text, max(start, at - 7), at)
        if post:
            inside.append((post[0], post.start(), found.end()))
    if any("\n" not in text[one[2] : other[1]] for one, other in zip(inside, inside[1:], strict=False)):
        return inside, True
    label = compiled(_LABEL)
    lines = [label.match(text, start, end), *compiled(r"\n" + _LABEL).finditer(text, start, end)]
    return [(one["post"], one.start("post"), one.end()) for one in lines if one], False


def _spaced(flow: Flow, source: str, start: int, end: int) -> str:
    """flow[start:end] with single spaces where the source has any between words."""
    a, b = flow.span(start, end)
    return _SPACES.sub(" ", source[a:b] if source else flow.quote(start, end)).strip()


def _paired(lines: list[str]) -> list[str]:
    """Names and offices on alternate lines, put together."""
    names, offices = lines[::2], lines[1::2]
    if offices and len(names) == len(offices) and all(len(n) <= 4 for n in names) and all(len(t) > 4 for t in offices):
        return [f"{name} {office}" for name, office in zip(names, offices, strict=True)]
    return lines
