"""The title of a notice, and the bodies that it or the nameplate names as issuing it.

A title may run over several lines, be printed twice (for the web and on the document), or stand below the
nameplate (发文机关标志).  Of several complete titles the last counts: it stands nearest to number and addressees;
but not 甲市人民政府令, which puts into force what is named above it.
"""

from __future__ import annotations

import re

from policyparse.patterns import regex
from policyparse.structure.base import (
    FORWARDS,
    ISSUES,
    Head,
    Stretch,
    date,
    ends_title,
    is_body_name,
    split_names,
    tidy,
)
from policyparse.text import Flow, fold

_DATED = regex(r"\((?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?\)$")  # behind a title: the day it was adopted
_OFFICIAL = regex(
    r"(?:通知|通报|公告|通告|决定|命令|意见|函|批复|报告|请示|答复|纪要|办法|规定|细则|方案)(?:\([^()]*\))?$"
)
_NOTICE_END = regex(r"(?:通知|通报|公告|通告|决定|命令|令|函|批复)(?:\([^()]*\))?$")
# 甲市人民政府令, below the name of the regulation that it puts into force: a title of its own only where it stands alone
_DECREE = regex(r"[\u4e00-\u9fff]{2,30}(?:人民政府令|委员会公告|[部局署]令)")
_BUTTON = regex(r"(?<=\S) \S{2,6}$")


def read(flow: Flow, head: Head) -> tuple[str, ...]:
    """Fill in title and day of adoption of ``head``; return the bodies named on the nameplate above the title."""
    groups = _groups(flow, head.pieces)
    texts = ["".join(flow.text[p.start : p.end] for p in group) for group in groups]
    titles = [i for i, text in enumerate(texts) if ends_title(text)]
    if not titles:
        titles = _numbered(head, groups) if head.addressees else _headline(flow, groups)
    above = groups[: titles[-1]] if titles else groups
    lines = [flow.text[p.start : p.end].strip().removesuffix("文件").strip() for group in above for p in group]
    names = tuple(name for line in lines for name in split_names(line) if is_body_name(name))
    if head.pieces and head.pieces[0].kind == "annex":
        names = ()
    if titles:
        chosen = groups[titles[-1]]
        head.title_start, head.title_end = chosen[0].start, chosen[-1].end
        if len(titles) > 1 and _DECREE.fullmatch(texts[titles[-1]]):
            names = (*names, *issuers_of_title(texts[titles[-1]]))
            chosen = groups[titles[-2]]
        head.title = _dated(head, tidy("".join(flow.quote(p.start, p.end).strip() for p in chosen)))
    return names


def _numbered(head: Head, groups: list[list[Stretch]]) -> list[int]:
    """The group right before the number, which is taken for the title where none ends in the word for a document."""
    numbers = [piece.start for piece in head.pieces if piece.kind == "number"]
    return [i for i, group in enumerate(groups) if any(0 <= number - group[-1].end <= 2 for number in numbers)][-1:]


def _headline(flow: Flow, groups: list[list[Stretch]]) -> list[int]:
    """The group that holds the headline of a piece that is no official document, cut down to that line.

    A long line goes on in the next, shorter one.
    """
    for i, group in enumerate(groups):
        for k, piece in enumerate(group):
            text = flow.text[piece.start : piece.end]
            if len(text) >= 8 and not is_body_name(text) and text[0] != "“":
                long = len(text) >= 25 or text[-1] == "》"
                wrapped = long and k + 1 < len(group) and group[k + 1].end - group[k + 1].start < len(text)
                groups[i] = group[k : k + 1 + wrapped]
                return [i]
    return []


def _dated(head: Head, title: str) -> str:
    """``title`` without the day of adoption in brackets behind it, which goes to ``head``."""
    dated = _DATED.search(fold(title))
    if not dated:
        return title
    head.written = head.written or date(dated[0])
    return title[: dated.start()]


def _groups(flow: Flow, pieces: list[Stretch]) -> list[list[Stretch]]:
    """Titles and nameplates: runs of text pieces, cut where a title is complete."""
    groups: list[list[Stretch]] = []
    current: list[Stretch] = []
    for piece in _unglued(flow, pieces):
        text = flow.text[piece.start : piece.end]
        button = _BUTTON.search(text) if piece.kind == "text" else None
        if button and ends_title(text[: button.start()]) and not ends_title(text):
            piece = Stretch(piece.start, piece.start + button.start(), "text")
        if piece.kind != "text":
            if current:
                groups.append(current)
            current = []
            continue
        before = "".join(flow.text[p.start : p.end] for p in current)
        if (
            current
            and _is_complete(before)
            and text[0] not in "的()》〉”和及"
            and not _goes_on(before, text)
            or current
            and is_body_name(before.removesuffix("文件").strip())
            and _names_issuer(text)
        ):
            groups.append(current)
            current = []
        current.append(piece)
    if current:
        groups.append(current)
    return groups


def _unglued(flow: Flow, pieces: list[Stretch]) -> list[Stretch]:
    """``pieces``, with a title printed twice on one line cut in two."""
    out: list[Stretch] = []
    for piece in pieces:
        text = flow.text[piece.start : piece.end]
        again = text.find(text[:4], 8) if piece.kind == "text" and len(text) > 40 else -1
        if again > 0 and ends_title(text[:again]) and ends_title(text[again:]) and "关于" in text[again:]:
            out += [Stretch(piece.start, piece.start + again, "text"), Stretch(piece.start + again, piece.end, "text")]
        else:
            out.append(piece)
    return out


def _is_complete(title: str) -> bool:
    """Whether a title could end here: 关于印发…的通知 is complete with 通知 only."""
    if title.count("《") != title.count("》") or title.count("(") != title.count(")"):
        return False
    if title.startswith("《") and title.endswith("》"):
        return False
    outside = title.partition("《")[0]
    if FORWARDS.search(outside):
        return _NOTICE_END.search(title) is not None or title.endswith("》")
    return ends_title(title)


def _goes_on(before: str, after: str) -> bool:
    """关于甲制度 / 乙制度的意见: a title that could end at ``before`` goes on to the word for a kind of document."""
    return "关于" in before and not _OFFICIAL.search(before) and ends_title(after) and not _names_issuer(after)


def _names_issuer(title: str) -> bool:
    """Whether the line of a title begins with the body that issues it."""
    found = ISSUES.search(title)
    return found is not None and found.start() > 1 and is_body_name(title[: found.start()])


def issuers_of_title(title: str) -> tuple[str, ...]:
    """The bodies that a title names as issuing it: 甲市人民政府办公室关于印发… -> 甲市人民政府办公室."""
    found = ISSUES.search(title)
    before = title[: found.start()] if found else re.sub(r"(?:令|公告|通告)$", "", title)
    names = split_names(before) if before != title else ()
    return names if all(is_body_name(fold(name)) for name in names) else ()
