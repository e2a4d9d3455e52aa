"""The frame of a notice: title, number, issuers, date, addressees, copies, and the parts it consists of."""

from __future__ import annotations

from bisect import bisect_left

from policyparse.records import Span
from policyparse.structure import head as heads
from policyparse.structure import kinds, parts, signoff
from policyparse.structure import title as titles
from policyparse.structure.base import Frame, Head, Lines, Part, date, split_names
from policyparse.text import Flow

__all__ = ["Frame", "Part", "read"]


def read(flow: Flow) -> Frame:
    """The frame of ``flow``. Never raises; what is not printed stays empty."""
    lines = Lines(flow)
    head, fields = heads.read(flow)
    plate = titles.read(flow, head)
    head.number = heads.number(flow, head) or fields.get("number")
    if not head.title and not plate:
        head.title = fields.get("title", "")
    head.issuers = (
        titles.issuers_of_title(head.title)
        or split_names(fields.get("signer", ""))
        or plate
        or split_names(fields.get("issuer", ""))
    )
    head.written = head.written or date(fields.get("written", ""))
    enclosed = parts.enclosed_titles(flow, head, len(flow.text))
    sign = signoff.dated(flow, lines, head, enclosed)
    if not sign.end:
        sign = signoff.undated(flow, lines, head, _first_title(flow, lines, head, enclosed))
    elif sign.start < head.body + parts.OPENING:
        enclosed = parts.enclosed_titles(flow, head, sign.start)
    annexes, lists = parts.listed_annexes(flow, lines, head.body, len(flow.text))
    imprint = signoff.imprint(flow, head.body)
    found = parts.read(flow, lines, head, sign, enclosed, annexes)
    used = _used(flow, lines, head, sign, imprint, found, [(s.start, s.end) for s in lists])
    framed = bool(head.number or head.addressees or sign.end)
    title = head.title
    if found and found[0].kind == "annex" and not title:
        title = found[0].title
    return Frame(
        kind=kinds.read(flow, title, framed),
        title=title,
        number=head.number,
        issuers=sign.issuers or head.issuers,
        issued_on=sign.signed or head.written or imprint.printed,
        addressees=head.addressees,
        cc=imprint.cc,
        parts=tuple(found),
        used=tuple(used),
        lines_used=_whole_lines(flow, lines, used),
        body=head.body,
        enclosed=(*enclosed, *annexes),
    )


def _first_title(flow: Flow, lines: Lines, head: Head, enclosed: tuple[str, ...]) -> int:
    """Offset at which the first of the enclosed documents is printed, or the end of the flow."""
    none = signoff.SignOff()
    starts = [p.start for p in parts.read(flow, lines, head, none, enclosed, ()) if p.kind == "plan"]
    return min(starts, default=len(flow.text))


def _used(
    flow: Flow,
    lines: Lines,
    head: Head,
    sign: signoff.SignOff,
    imprint: signoff.Imprint,
    found: list[Part],
    lists: list[Span],
) -> list[Span]:
    """Everything that is frame and not text: sorted spans that do not overlap."""
    spans: list[Span] = [
        (0, head.body),
        *lists,
        *imprint.spans,
        *signoff.asides(flow, lines),
        *signoff.page_footer(flow),
    ]
    if sign.end:
        spans.append((sign.start, sign.end))
    for part in found:
        spans.append((part.start, part.end if part.kind == "toc" else part.body))
    out: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _whole_lines(flow: Flow, lines: Lines, used: list[Span]) -> frozenset[int]:
    """Lines that lie wholly in ``used``."""
    out: list[int] = []
    for start, end in used:
        index = bisect_left(lines.starts, start)
        while index < len(flow.lines) and flow.lines[index].end <= end:
            out.append(index)
            index += 1
    return frozenset(out)
