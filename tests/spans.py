"""Whether every span of a notice quotes what it claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from policyparse.model import Clause, Document, Notice, Span

# Page numbers and the like that a page end puts into the middle of a sentence: the flowed text steps over them.
_PAGE_END = re.compile(
    r"(?m)^\s*(?:[-—－–―─]{0,2}\s*\d{1,4}\s*[-—－–―─]{0,2}|第\s*\d+\s*页.*|\d+\s*/\s*\d+|Page \d+.*)\s*$"
)
_BLANK = re.compile(r"(?:\s|&nbsp;|[\u200b\ufeff\xad])+")  # text saved from a web page may print its spaces as &nbsp;


def wrong(document: Document, notice: Notice) -> list[str]:
    """A line for every span that does not hold the words it stands for."""
    out = []
    for what, span, text, whole in claims(notice):
        start, end = span
        if not 0 <= start <= end <= len(document.text):
            out.append(f"{what}: span {span} lies outside the text of {len(document.text)}")
            continue
        read = document.text[start:end]
        fits = _same if whole else _holds
        if not any(fits(text, one) for one in (read, _PAGE_END.sub("", read))) and not _drawn(text, read):
            out.append(f"{what}: claims {text[:60]!r}, but its span reads {read[:60]!r}")
    return out


def claims(notice: Notice) -> Iterator[tuple[str, Span, str, bool]]:
    """(what, span, text, whether the span is the text and nothing else) of everything that has a span."""
    for one in notice.obligations:
        yield f"obligation {one.id}", one.span, one.text, True
        for measure in one.measures:
            yield f"measure of {one.id}", measure.span, measure.text, True
        for party in one.parties:
            yield f"party of {one.id}", party.span, party.text, True
        for deadline in one.deadlines:
            yield f"deadline of {one.id}", deadline.span, deadline.text, True
        for quantity in one.quantities:
            yield f"quantity of {one.id}", quantity.span, quantity.text, True
    for fact in notice.facts:
        yield "fact", fact.span, fact.text, True
        for quantity in fact.quantities:
            yield "quantity of a fact", quantity.span, quantity.text, True
    for cited in notice.citations:
        yield "citation", cited.span, cited.title or cited.number or "", False
    for organ in notice.organs:
        yield "organ", organ.span, organ.name, False
    for clause in _all(notice.clauses):
        yield f"clause {'/'.join(clause.path)}", clause.span, clause.label, False


def _all(clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    for clause in clauses:
        yield clause
        yield from _all(clause.children)


# What a text draws a table with: it stands between the cells and in none of them.
_BORDER = re.compile(r"[|｜│┃║─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬+*]|<br ?/?>|(?m:^[-:=\s]+$)")


def _drawn(text: str, read: str) -> bool:
    """Whether ``read`` holds the characters of ``text`` between the borders of a table, whose cells may wrap side by side."""
    if not _BORDER.search(read) and not re.search(r" {2}|\t", read):
        return False
    kept, said = Counter(_BLANK.sub("", _BORDER.sub("", read))), Counter(_BLANK.sub("", _BORDER.sub("", text)))
    return said <= kept


def _same(text: str, read: str) -> bool:
    return _BLANK.sub("", text) == _BLANK.sub("", read)


def _holds(text: str, read: str) -> bool:
    return _BLANK.sub("", text) in _BLANK.sub("", read)
